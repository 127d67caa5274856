"""Small pictures drawn in the page itself."""

from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def drawn(name: str) -> SafeString:
    """A static SVG as part of the page: as a picture, a browser opens a document of its own for it."""
    return SafeString(Path(finders.find(name)).read_text())
