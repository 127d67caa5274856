"""The template's texts in the name of the town whose plan is shown."""

from django import template

from planwizard.plans.models import PlanVersion

register = template.Library()


@register.filter
def in_town(text: str, version: PlanVersion) -> str:
    return version.municipality.in_its_name(text)
