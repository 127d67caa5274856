"""A row that tells of an entry of the catalogue, which may be gone by now."""

from __future__ import annotations

from django.db import models

from planwizard.catalog.catalog_file import SECTIONS
from planwizard.catalog.columns import title_of
from planwizard.catalog.entries import Loaded


class NamedEntry(models.Model):
    """Names the entry by the section of a catalogue file and by what it is called there."""

    section = models.CharField(max_length=30)
    reference = models.CharField(max_length=100)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.table}　{self.reference}"

    @property
    def model(self) -> type[Loaded]:
        return SECTIONS[self.section]

    @property
    def table(self) -> str:
        return title_of(self.model)
