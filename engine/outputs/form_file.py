"""The form for one firm as a file: a workbook with lists to choose from, to be filled in or printed, or CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter
from rich.cells import cell_len

from engine.explaining.blank_form import CARRIED, BlankForm, Question, blank_form
from engine.ground.errors import InputError, Language, Problem, Text, did_you_mean, shown
from engine.language.decision_day import Day, given_day
from engine.language.facts import Kind
from engine.layout.own_form import HEADS
from engine.outputs.carried_form import carried_form
from engine.outputs.table_output import BOM
from engine.outputs.worksheet import workbook
from engine.rulebooks.catalog import Catalog, shipped

_SUFFIXES = (".csv", ".xlsx")
_WIDTHS = (27, 20, 8, 33, 24)
_REMARKS = Text("备注", "Remarks")
_OF_REMARKS = 13  # the width of a column that only a form has into which another was carried
_LINE, _ROOM = 15, 5  # points
_SMALL, _UNIT_ENDS = 9 / 11, 3  # what stands behind the unit is smaller
_A4 = 9
_MOST_WORDS = 255  # of a note that Excel shows beside a cell
_DIGITS = "0123456789"
_SHORT = re.compile(r"-?(?=[0-9.]{1,15}$)[0-9]+(?:\.[0-9]+)?")  # no digit of it is lost in a cell of figures
_NOT_LISTED = Text(
    "不在下拉单中。同义的写法（如“有”“没有”）也能读，读不懂的比对时会指出。",
    "Not in the list. Other words for an option are read too; what is not understood will be pointed out.",
)
_SHEETS = Text("填报表", "Form"), Text("选项", "Options")


def form_file(  # noqa: PLR0913 as many as a form is made with
    name: str,
    *,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    lang: Language = "zh",
    catalog: Catalog | None = None,
    old: object = None,
    old_name: str = "",
    tell: Callable[[Text], None] = lambda _: None,
) -> bytes:
    """Give the form for one firm to fill in, as the .xlsx or .csv file of that name is to have it.

    It asks what a rulebook, a level, or named `ladder` all levels in force on the day ask; everything if neither is
    named. `old` is a profile, as JSON has it or `profile_of` gives it, that is carried over; `tell` is told by
    which year, and what is not. Raises InputError.
    """
    rules, day = catalog or shipped(), given_day(as_of)
    form = blank_form(rules, day, rulebook, level, lang)
    if old is not None:
        form = carried_form(form, old, rules, day, lang, old_name or {"zh": "原表", "en": "the old one"}[lang], tell)
    return form_bytes(form, name, lang)


def form_bytes(form: BlankForm, name: str, lang: Language) -> bytes:
    """Give the form as the file of that name is to have it. Raises InputError if it is neither .xlsx nor .csv."""
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        what = Text("不是填报表的格式", "is no format of a form")
        instead = did_you_mean(suffix, _SUFFIXES) or Text("请用 .xlsx 或 .csv。", "Use .xlsx or .csv.")
        raise InputError([Problem("output", what, instead, shown(name))])
    return _workbook(form, lang) if suffix == ".xlsx" else _csv(form, lang)


def _csv(form: BlankForm, lang: Language) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([form.title])
    writer.writerows([line] for line in form.lines)
    heads = _heads(form)
    writer.writerow([head.in_language(lang) for head in heads])
    for part in form.parts:
        writer.writerow([part.title])
        writer.writerows([cell.replace("\n", " ") for cell in _cells(one, heads, lang)] for one in part.questions)
    return (BOM + text.getvalue()).encode()


def _heads(form: BlankForm) -> tuple[Text, ...]:
    is_carried = any(one.answer for part in form.parts for one in part.questions)
    return (*HEADS, _REMARKS) if is_carried else HEADS


def _cells(one: Question, heads: Sequence[Text], lang: Language) -> list[str]:
    remark = CARRIED.in_language(lang) if one.answer else ""
    return [one.title, one.answer, one.unit, one.accepts, one.paper, remark][: len(heads)]


def _workbook(form: BlankForm, lang: Language) -> bytes:
    kept = io.BytesIO()
    with workbook(kept, in_memory=True) as book:
        sheet, lists = (book.add_worksheet(name.in_language(lang)) for name in _SHEETS)
        lists.hide()
        look = {"valign": "vcenter", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        plain = book.add_format(look)
        answers = {
            (is_text, is_old): book.add_format({**look, "bg_color": colour, **_as_text(is_text)})
            for is_text in (False, True)
            for is_old, colour in ((False, "#FFFBE6"), (True, "#E2F0D9"))
        }
        head = book.add_format({**look, "bold": True, "bg_color": "#DDEBF7"})
        part_look = book.add_format({**look, "bold": True, "bg_color": "#EDEDED"})
        small = book.add_format({**look, "font_size": 9, "font_color": "#404040"})
        heads = _heads(form)
        widths, last = (*_WIDTHS, _OF_REMARKS)[: len(heads)], len(heads) - 1
        sheet.merge_range(0, 0, 0, last, form.title, book.add_format({"bold": True, "font_size": 16}))
        sheet.set_row(0, 26)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for at, line in enumerate(form.lines, 1):
            sheet.merge_range(at, 0, at, last, line, wrapped)
            sheet.set_row(at, _LINE * _lines(line, sum(widths)) + _ROOM)
        header = 1 + len(form.lines)
        for column, (width, text) in enumerate(zip(widths, heads, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(header, column, text.in_language(lang), head)
        sheet.freeze_panes(header + 1, 2)
        row, choices = header + 1, _Lists(lists, lang)
        for part in form.parts:
            sheet.merge_range(row, 0, row, last, part.title, part_look)
            for at, one in enumerate(part.questions, row + 1):
                looks = (plain, answers[one.fact.kind in _TEXTS, bool(one.answer)], plain, small, small, small)
                _write(sheet, at, _cells(one, heads, lang), looks, widths, is_figure=one.fact.is_numeric)
                sheet.data_validation(at, 1, at, 1, choices.validation(one))
            row += 1 + len(part.questions)
        _print(sheet, header, (row, last), lang)
    return kept.getvalue()


_TEXTS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.CHOICES})


def _as_text(is_text: bool) -> dict[str, str]:  # noqa: FBT001
    return {"num_format": "@"} if is_text else {}  # a code of 18 digits stays one, and 01 does


def _write(
    sheet: Any,  # noqa: ANN401 xlsxwriter is not typed
    row: int,
    cells: Sequence[str],
    looks: Sequence[Any],
    widths: Sequence[int],
    *,
    is_figure: bool,
) -> None:
    for column, (text, look) in enumerate(zip(cells, looks, strict=False)):
        if not text:
            sheet.write_blank(row, column, None, look)
        elif column == 1 and is_figure and _SHORT.fullmatch(text):
            sheet.write_number(row, column, float(text), look)
        else:
            sheet.write_string(row, column, text, look)
    sizes = [1.0 if column < _UNIT_ENDS else _SMALL for column in range(len(cells))]
    heights = [size * _lines(text, width / size) for text, width, size in zip(cells, widths, sizes, strict=True)]
    sheet.set_row(row, _LINE * max(heights) + _ROOM)


def _lines(text: str, width: float) -> int:
    """Give how many lines a text takes in a column of that width."""
    return sum(max(1, ceil(cell_len(part) / (width - 2))) for part in text.split("\n"))


class _Lists:
    """The options of each question, a column each of a sheet that is not shown."""

    def __init__(self, sheet: Any, lang: Language) -> None:  # noqa: ANN401 xlsxwriter is not typed
        self._sheet, self._lang, self._known = sheet, lang, dict[tuple[str, ...], str]()
        self._name = _SHEETS[1].in_language(lang)

    def validation(self, one: Question) -> dict[str, Any]:
        """Give what a cell offers: the options, of which one must be chosen unless several may, and the note."""
        note = one.note if len(one.note) <= _MOST_WORDS else f"{one.note[: _MOST_WORDS - 1]}…"
        shows = {"input_message": note} if note else {}
        if not one.options:
            return {"validate": "any", **shows}
        # a place may be written as an address, a division as its number, and of several options more than one
        is_listed = one.fact.kind is not Kind.CHOICES and not one.fact.places and one.options[0][0] not in _DIGITS
        asks = {"show_error": is_listed, "error_type": "warning", "error_message": _NOT_LISTED.in_language(self._lang)}
        return {"validate": "list", "source": self._range(one.options), **asks, **shows}

    def _range(self, options: tuple[str, ...]) -> str:
        if options not in self._known:
            column = len(self._known)
            self._sheet.write_column(0, column, options)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            self._known[options] = f"='{self._name}'!${letter}$1:${letter}${len(options)}"
        return self._known[options]


def _print(sheet: Any, header: int, end: tuple[int, int], lang: Language) -> None:  # noqa: ANN401 xlsxwriter is not typed
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, end[0] - 1, end[1])
    sheet.set_footer(Text("&R第 &P 页，共 &N 页", "&RPage &P of &N").in_language(lang))
