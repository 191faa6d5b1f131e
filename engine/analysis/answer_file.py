"""What came of an analysis, as a page, as a table, and as the bytes of a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal

import pyarrow.parquet as pq

from engine.analysis import compare_page, sweep_page, target_page
from engine.analysis.compare import Comparison
from engine.analysis.sweep import Sweep
from engine.analysis.target import Target
from engine.ground.errors import Language, Text
from engine.ground.harmless import harmless
from engine.ground.writing import to_json
from engine.outputs.page_lines import Line
from engine.outputs.worksheet import page_bytes

Answer = Sweep | Target | Comparison
AnswerForm = Literal["json", "csv", "xlsx", "parquet"]
_SHEET = Text("分析", "Analysis")


def page_of(found: Answer, lang: Language, *, in_full: bool = False) -> Iterable[Line]:
    """Give the page; `in_full` with every firm that flips."""
    if isinstance(found, Comparison):
        return compare_page.lines(found, lang, None) if in_full else compare_page.lines(found, lang)
    return sweep_page.lines(found, lang) if isinstance(found, Sweep) else target_page.lines(found, lang)


def answer_file(found: Answer, form: AnswerForm, lang: Language = "zh") -> bytes:
    """Give the file: a workbook is the page in full, JSON has all that was found, the others are the table."""
    if form == "xlsx":
        return page_bytes(_SHEET, page_of(found, lang, in_full=True), lang)
    if form == "json":
        return to_json(found, indent=True)
    if form == "csv":
        kept = io.StringIO()
        told = ([harmless(one) if isinstance(one, str) else one for one in row] for row in _cells(found))
        csv.writer(kept, lineterminator="\n").writerows(told)
        return kept.getvalue().encode()
    packed = io.BytesIO()
    pq.write_table(found.to_arrow(), packed)
    return packed.getvalue()


def _cells(found: Answer) -> Iterable[Sequence[object]]:
    if isinstance(found, Comparison):
        return compare_page.cells(found)
    return sweep_page.cells(found) if isinstance(found, Sweep) else target_page.cells(found)
