"""Workbooks made part by part, as no library would write them: odd writers, and strangers who mean harm."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = {
    "_rels/.rels": f'<Relationships><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships>"
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>企业名称</t></is></c></row>'


def xlsx(path: Path, parts: Mapping[str, Iterable[str]]) -> Path:
    """Write an .xlsx; of each part of xl/ the pieces, of which there may be many."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, text)
        for name, pieces in parts.items():
            with archive.open(f"xl/{name}", "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece.encode())
    return path


def sheet(rows: Iterable[str], after: str = "") -> list[str]:
    """Give the pieces of a worksheet."""
    return ["<worksheet><sheetData>", HEADER, *rows, "</sheetData>", after, "</worksheet>"]


def ods(path: Path, rows: str, more: Mapping[str, str] | None = None, styles: str = "") -> Path:
    """Write an .ods of one sheet, with styles of its cells."""
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style", "manifest"))
    content = f"<office:document-content {names}>{styles}<office:body><table:table table:name='S'>{rows}</table:table>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{content}</office:body></office:document-content>")
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return path
