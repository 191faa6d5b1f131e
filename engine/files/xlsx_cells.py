"""The cells of a worksheet of an .xlsx as they are shown, row by row, each at its own place."""

from __future__ import annotations

import re
from pathlib import Path

from engine.files.number_formats import day_and_time, plain, shown
from engine.files.workbook_rows import MOST_COLUMNS, MOST_ROWS, AboutSheet, Cells, Sink
from engine.files.xlsx_parts import Look, Package, struck_out, unescaped
from engine.files.xlsx_styles import Attributes, is_true

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_PRINTED = [f"{pages}{where}" for pages in ("odd", "even", "first") for where in ("Header", "Footer")]
_PRINT_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]{1,3}|[A-Za-z])')
_PRINT_PARTS = re.compile(r"&[LCR]|[\r\n]+")
_PAGE_NUMBER = re.compile(r"第?\s*页?\s*[,，/、-]?\s*共?\s*页?|page\s*(?:of)?|[-—–/\s]*", re.IGNORECASE)
_MOST_PRINTED = 100  # letters
_BLANKS = " \t\r\n\u00a0\u3000"


class NewSheets:
    """The sheets of an .xlsx or .xlsm."""

    def __init__(self, path: Path) -> None:
        self._package = Package(path)
        self._parts = {one.name: one.part for one in self._package.sheets}
        self.names = [(one.name, one.is_hidden) for one in self._package.sheets]

    def close(self) -> None:
        """Let the file go."""
        self._package.close()

    def read(self, name: str, sink: Sink) -> AboutSheet:
        """Hand each row with cells to `sink`."""
        reader = _Reader(self._package, sink)
        self._package.parse(self._parts[name], reader.starts, reader.ends, reader.data)
        reader.about.remarks = self._package.remarks(self._parts[name])
        return reader.about


class _Reader:
    """The state of reading a sheet; what is done for every cell is written for speed."""

    def __init__(self, package: Package, sink: Sink) -> None:
        self.about = AboutSheet()
        self._look = Look()
        self.starts = {
            **self._look.starts,
            "c": self._start_cell,
            "v": self._start_value,
            "f": self._start_value,
            "t": self._start_value,
            "row": self._start_row,
            "rPh": self._start_sound,
            "mergeCell": self._merge,
            "col": self._hide,
            **dict.fromkeys(_PRINTED, self._start_value),
        }
        self.ends = {
            "v": self._end_value,
            "c": self._end_cell,
            "f": self._end_formula,
            "t": self._end_text,
            "rPh": self._end_sound,
            "row": self._end_row,
            "sheetData": self._end_rows,
            **dict.fromkeys(_PRINTED, self._end_printed),
        }
        self._package, self._sink = package, sink
        self._texts, self._is_1904 = package.texts, package.is_1904
        self._formats, self._struck = package.styles.formats, package.styles.struck
        self._row, self._column, self._next = 0, 0, 0
        self._cells: Cells = {}
        self._is_hidden = self._is_sound = False
        self._hidden_columns: list[tuple[int, int]] = []
        self._used: set[int] = set()
        self._attributes: Attributes = {}
        self._pieces: list[str] = []
        self.data = self._pieces.append
        self._value = self._inline = ""
        self._formula: str | None = None
        self._columns = _Columns()

    def _start_cell(self, attributes: Attributes) -> None:
        where = attributes.get("r")
        self._column = column = self._columns[where.rstrip("0123456789")] if where else self._next
        self._next = column + 1
        self._attributes = attributes
        self._formula = None
        self._value = self._inline = ""
        self._look.end()

    def _start_value(self, _: Attributes) -> None:
        self._pieces.clear()

    def _end_value(self) -> None:
        self._value = "".join(self._pieces)

    def _end_formula(self) -> None:
        self._formula = "".join(self._pieces)

    def _end_text(self) -> None:
        if not self._is_sound:
            self._inline += self._look.marked("".join(self._pieces), self._inline)

    def _start_sound(self, _: Attributes) -> None:
        self._is_sound = True

    def _end_sound(self) -> None:
        self._is_sound = False

    def _end_cell(self) -> None:
        attributes, value = self._attributes, self._value
        kind = attributes.get("t", "n")
        if self._formula is not None and self._has_no_result(kind, value):
            self.about.formula(self._row, self._column, self._cells)
            text = f"={self._formula}"
        elif kind == "s":
            text = self._texts[int(value)] if value else ""
        elif kind == "n" and value.strip():
            code = self._formats.get(attributes.get("s", "0"))
            text = plain(float(value)) if code is None else shown(float(value), code, is_1904=self._is_1904)
        else:
            text = _typed(kind, value, self._inline)
        if text:
            is_struck = attributes.get("s", "0") in self._struck
            self._cells[self._column] = struck_out(text) if is_struck else text

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = int(number) if number else self._row + 1
        self._next = 0
        self._cells = {}
        self._is_hidden = is_true(attributes.get("hidden"))

    def _end_row(self) -> None:
        if not self._cells:
            return
        if not 0 < self._row <= MOST_ROWS or max(self._cells) >= MOST_COLUMNS:
            message = f"a cell beyond the last place of a sheet, in row {self._row}"
            raise ValueError(message)
        self._used.update(self._cells)
        if self._is_hidden and any(text.strip(_BLANKS) for text in self._cells.values()):
            self.about.hidden_rows += 1
        self._sink(self._row, self._cells)

    def _end_rows(self) -> None:
        areas = self._hidden_columns
        self.about.hidden_columns = sum(any(low <= column <= high for low, high in areas) for column in self._used)

    def _end_printed(self) -> None:
        self.about.printed += [one for one in printed("".join(self._pieces)) if one not in self.about.printed]

    def _has_no_result(self, kind: str, value: str) -> bool:
        """Say whether a formula was never computed: no value, or the 0 that a program put in its place."""
        if kind == "str":
            return False
        if not value.strip():
            return True
        return self._package.is_uncalculated and kind == "n" and float(value) == 0

    def _hide(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")):
            self._hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))

    def _merge(self, attributes: Attributes) -> None:
        ends = [_REFERENCE.fullmatch(one) for one in attributes.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:  # noqa: PLR2004
            (left, top), (right, bottom) = ((self._columns[one[1]], int(one[2])) for one in ends if one)
            self.about.merge((top, left, min(bottom, MOST_ROWS), min(right, MOST_COLUMNS - 1)))


def printed(text: str) -> list[str]:
    """Give what the header or the footer of printed pages says, part by part, without its codes and page numbers.

    >>> printed('&L&"宋体,常规"&10单位：元&C第 &P 页，共 &N 页&R2025年&A')
    ['单位：元', '2025年']
    """
    parts = (_PRINT_CODES.sub("", part.replace("&&", "＆")).strip(_BLANKS) for part in _PRINT_PARTS.split(text))
    return [part[:_MOST_PRINTED] for part in parts if part and not _PAGE_NUMBER.fullmatch(part)]


def _typed(kind: str, value: str, inline: str) -> str:
    """Give a cell that is no number, by its type."""
    if kind == "inlineStr":
        return unescaped(inline)
    if kind == "str":
        return unescaped(value)
    if kind == "b":
        return {"1": "是", "true": "是", "0": "否", "false": "否"}.get(value.strip(), value)
    return day_and_time(value.strip()) if kind == "d" and value.strip() else value.strip()


class _Columns(dict[str, int]):
    """The number of each column, from 0, by its letters."""

    def __missing__(self, letters: str) -> int:
        self[letters] = _column(letters)
        return self[letters]


def _column(letters: str) -> int:
    """Give the number of a column, from 0.

    >>> _column("A"), _column("AA"), _column("XFD")
    (0, 26, 16383)
    """
    number = 0
    for letter in letters.replace("$", "").upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
