"""The cells of a sheet of an OpenDocument spreadsheet (.ods) as they are shown, row by row.

An .ods has beside each figure the text that its cell shows: the figure is taken whole, the unit from the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

from engine.files.number_formats import day_and_time, plain, undecorated
from engine.files.workbook_rows import MOST_COLUMNS, MOST_ROWS, AboutSheet, Cells, Sink
from engine.files.xlsx_parts import Package, struck_out
from engine.files.xlsx_styles import Attributes

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_FIGURE = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?")
_TIME = re.compile(r"PT([0-9]+)H([0-9]+)M([0-9]+)(?:\.[0-9]+)?S")
_ASIDE = ("annotation", "shapes", "frame", "custom-shape")  # have texts that are in no cell
_SCALES = (0, -3, -4, -6, -8, -9)


class OpenSheets:
    """The sheets of an .ods."""

    def __init__(self, path: Path) -> None:
        """Open the workbook. Raises PermissionError if it has a password."""
        self._package = Package(path)
        passwords: list[Attributes] = []
        if self._package.has(_MANIFEST):
            self._package.parse(_MANIFEST, {"encryption-data": passwords.append})
        if passwords:
            raise PermissionError
        hidden: set[str] = set()
        self._struck: set[str] = set()
        styles = [""]
        self.names: list[tuple[str, bool]] = []

        def properties(attributes: Attributes) -> None:
            if attributes.get("table:display") == "false":
                hidden.add(styles[-1])

        def look(attributes: Attributes) -> None:
            if attributes.get("style:text-line-through-style", "none") != "none":
                self._struck.add(styles[-1])

        def table(attributes: Attributes) -> None:
            self.names.append((attributes.get("table:name", ""), attributes.get("table:style-name") in hidden))

        starts = {
            "style": lambda attributes: styles.append(attributes.get("style:name", "")),
            "table-properties": properties,
            "text-properties": look,
            "table": table,
        }
        self._package.parse(_CONTENT, starts)

    def close(self) -> None:
        """Let the file go."""
        self._package.close()

    def read(self, name: str, sink: Sink) -> AboutSheet:
        """Hand each row with cells to `sink`."""
        reader = _Reader(name, sink, self._struck)
        self._package.parse(_CONTENT, reader.starts, reader.ends, reader.data)
        reader.about.hidden_columns = len(reader.used & reader.hidden)
        return reader.about


class _Reader:
    """The state of reading a sheet."""

    def __init__(self, name: str, sink: Sink, struck: Collection[str]) -> None:
        self.about = AboutSheet()
        self._struck = struck
        self._aside: list[bool] = []
        self.used: set[int] = set()
        self.hidden: set[int] = set()
        self.starts: dict[str, Callable[[Attributes], object]] = {
            "table": self._start_table,
            "table-column": self._column,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "p": self._start_paragraph,
            "s": lambda attributes: self.data(" " * min(int(attributes.get("text:c", "1")), 1000)),
            "tab": lambda _: self.data("\t"),
            "line-break": lambda _: self.data("\n"),
            **dict.fromkeys(_ASIDE, lambda _: self._aside.append(True)),
            "annotation": self._start_remark,
        }
        self.ends: dict[str, Callable[[], object]] = {
            "table": self._end_table,
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell,
            "p": self._end_paragraph,
            **dict.fromkeys(_ASIDE, self._aside.pop),
        }
        self._wanted, self._sink = name, sink
        self._is_read = False
        self._row, self._next_column, self._place = 1, 0, 0
        self._cells: Cells = {}
        self._attributes: Attributes = {}
        self._of_row: Attributes = {}
        self._paragraphs: list[str] = []
        self._is_paragraph = False

    def data(self, text: str) -> None:
        """Letters follow."""
        if self._is_paragraph and not self._aside:
            self._paragraphs[-1] += text

    def _start_table(self, attributes: Attributes) -> None:
        self._is_read = attributes.get("table:name") == self._wanted

    def _end_table(self) -> None:
        self._is_read = False

    def _column(self, attributes: Attributes) -> None:
        if self._is_read:
            first = self._next_column
            self._next_column = min(first + _repeated(attributes, "columns"), MOST_COLUMNS)
            if attributes.get("table:visibility", "visible") != "visible":
                self.hidden |= set(range(first, self._next_column))

    def _start_row(self, attributes: Attributes) -> None:
        self._of_row, self._cells, self._place = attributes, {}, 0

    def _start_cell(self, attributes: Attributes) -> None:
        self._attributes = attributes
        self._paragraphs = []

    def _start_remark(self, _: Attributes) -> None:
        self._aside.append(True)
        self.about.remarks += self._is_read

    def _start_paragraph(self, _: Attributes) -> None:
        if not self._aside:
            self._paragraphs.append("")
            self._is_paragraph = True

    def _end_paragraph(self) -> None:
        self._is_paragraph = bool(self._aside) and self._is_paragraph

    def _end_cell(self) -> None:
        if not self._is_read:
            return
        place, attributes = self._place, self._attributes
        self._place = min(place + _repeated(attributes, "columns"), MOST_COLUMNS)
        text = self._text(attributes, "\n".join(self._paragraphs), place)
        if text:
            text = struck_out(text) if attributes.get("table:style-name") in self._struck else text
            self._cells |= dict.fromkeys(range(place, self._place), text)
        down = int(attributes.get("table:number-rows-spanned", "1"))
        across = int(attributes.get("table:number-columns-spanned", "1"))
        if down > 1 or across > 1:
            self.about.merge((self._row, place, min(self._row + down - 1, MOST_ROWS), place + across - 1))

    def _end_row(self) -> None:
        if not self._is_read:
            return
        count = _repeated(self._of_row, "rows")
        if self._cells:
            self.used.update(self._cells)
            if self._of_row.get("table:visibility", "visible") != "visible":
                self.about.hidden_rows += count
            for number in range(self._row, min(self._row + count, MOST_ROWS + 1)):
                self._sink(number, self._cells)
        self._row += count

    def _text(self, attributes: Attributes, written: str, place: int) -> str:
        """Give a cell as it is shown."""
        kind = attributes.get("office:value-type", "")
        if not kind and not written and "table:formula" in attributes:
            self.about.formula(self._row, place, self._cells)
            return "=" + attributes["table:formula"].removeprefix("of:").lstrip("=")
        if kind == "boolean":
            return "是" if attributes.get("office:boolean-value") == "true" else "否"
        if kind == "date":
            return day_and_time(attributes["office:date-value"])
        if kind == "time" and (found := _TIME.match(attributes["office:time-value"])):
            return ":".join(f"{int(part):02d}" for part in found.groups())
        if kind in {"float", "percentage", "currency"}:
            return shown_so(float(attributes["office:value"]), written, kind, attributes.get("office:currency", ""))
        return written


def _repeated(attributes: Attributes, what: str) -> int:
    return int(attributes.get(f"table:number-{what}-repeated", "1"))


def shown_so(value: float, written: str, kind: str = "float", currency: str = "") -> str:
    """Give a whole figure with the unit of the text that its cell shows, in the scale in which it is shown.

    >>> shown_so(2.1, "2.1亿元"), shown_so(210000000, "210.0百万元"), shown_so(0.145, "15%", "percentage")
    ('2.1亿元', '210百万元', '14.5%')
    >>> shown_so(7.0, "000007"), shown_so(-3.5, "(3.50)"), shown_so(5.2, "€ 5.2", "currency"), shown_so(3.0, "第3名")
    ('000007', '-3.5', '€5.2', '第3名')
    """
    if kind == "percentage":
        return f"{plain(value, 2)}%"
    found = _FIGURE.search(written)
    if found is None:
        return written if undecorated(written) and kind == "float" else plain(value)
    if written.isdecimal() and float(written) == value:
        return written
    before, after = undecorated(written[: found.start()]), undecorated(written[found.end() :])
    before = currency if currency == "JPY" else before
    digits = found[0].replace(",", "")
    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    for scale in _SCALES:
        if abs(abs(value) * 10.0**scale - float(digits)) <= half * (1 + 1e-9):
            return f"{before}{plain(value, scale)}{after}"
    is_plain = not before and not after
    return plain(value) if is_plain and "E" in written.upper() else f"{written} ({plain(value)})"
