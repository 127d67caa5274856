"""The custom property ``PlanExport``: from which stored tree a Word file was written (documents that come back edited)."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

NAME = "PlanExport"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that people name (ECMA-376-1, 22.3.2.2)


def write(package: Any, export: str) -> None:
    """Name ``export`` in a file that has no custom properties: our bases have none."""
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{_FORM}" pid="2" name="{NAME}"><vt:lpwstr>{escape(export)}</vt:lpwstr></property>'
        "</Properties>"
    )
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, xml.encode(), package)
    package.relate_to(part, RT.CUSTOM_PROPERTIES)
