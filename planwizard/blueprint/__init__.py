"""Every field of the national template, declared once. ``edition(code)`` is the entrance."""

from planwizard.blueprint.edition import CURRENT, Edition, Pillar, UnknownEdition, edition

__all__ = ["CURRENT", "Edition", "Pillar", "UnknownEdition", "edition"]
