"""Excel workbooks as sources: a table of the cells of one sheet as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from engine.files.sheet import open_sheet
from engine.ground.errors import Text
from engine.headers.names import named
from engine.language.facts import YEAR
from engine.layout.across import MOST_LABELS
from engine.layout.header_rows import find_head
from engine.layout.layout import Desk, Rows, copied_source, has_other_years, lay_out, most_known, upright_source
from engine.tables.source import BLANKS, Source, no_header, unusable


def open_excel(path: Path, desk: Desk, kind: str, sheet: str | None) -> Source:
    """Open a sheet of a workbook, the first that can be seen if none is named. Raises InputError."""
    page = open_sheet(path, kind, sheet, desk.scratch)
    if not page.first:
        raise unusable(
            path, Text(f"工作表“{page.name}”是空的", f"has nothing on the sheet {page.name}"), _another(page.others)
        )
    first = [cells for _, cells in page.first]
    if not most_known(first, desk):
        raise no_header(path, _another(page.others))
    header_ends = page.first[find_head(first, desk.vocabulary, desk.mapping).last][0]
    layout = lay_out(first, [cells for number, cells in page.last if number > header_ends], desk, page.titles)
    if layout.labels is not None:
        rows = list(islice(page.rows(0, page.width), MOST_LABELS + 1))
        source = upright_source(path, layout.labels, rows, desk, page.notes, page.titles)
        return replace(source, other_sheets=page.seen)
    headers = list(layout.head.headers)
    while headers and not headers[-1].strip(BLANKS):
        headers.pop()
    layout = replace(layout, head=replace(layout.head, headers=tuple(headers)))
    last, width = page.first[layout.head.last][0], len(headers)
    years = has_other_years(
        layout, lambda place: (cells[place] for _, cells in page.rows(last, width) if place < width), desk
    )
    notes = [*page.notes, *layout.head.notes(page.first[layout.head.first][0]), *filter(None, [layout.note])]
    facts = [named(header, desk.vocabulary) for header in headers]
    figures_in = {at for at, fact in enumerate(facts) if fact is not None and fact.is_numeric and fact.id != YEAR}
    names_in = {at for at, fact in enumerate(facts) if fact is not None and fact.id in {"firm_id", "firm_name"}}
    rows_below = Rows(page.rows(last, width, figures_in, names_in), blank_rows=lambda: page.blank_rows)
    source = copied_source(path, layout, rows_below, desk, notes, years=years)
    source = replace(source, other_sheets=page.seen)
    if page.beyond:
        beyond = Text("有列没有列名，未读取", "there are columns without a header, not read")
        source = replace(source, notes=(*source.notes, beyond))
    return source


def _another(others: Sequence[str]) -> Text | None:
    if not others:
        return None
    return Text(
        f"请用 --sheet 指明工作表：{'、'.join(others)}。", f"Name another sheet with --sheet: {', '.join(others)}."
    )
