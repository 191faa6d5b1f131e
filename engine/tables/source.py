"""A file of firms as it was opened: its header, its cells as a table of text, and the records that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.explaining.blank_form import MadeFor
from engine.ground.errors import InputError, Problem, Text, short
from engine.headers.units import MoneyUnit
from engine.sql.table import Table

GAP = "\x1f"
"""What stands between the cells of a row where they are one text."""
BLANKS = " \t\r\n\u00a0\u3000"  # a cell with nothing else in it is blank
LONGEST = 2_000_000  # bytes of a record of a delimited file
FIRST_ROWS = 30  # the header is one of them


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be split into the cells of the header: its line in the file, its text, what is wrong."""

    line: int
    text: str
    what: Text
    instead: Text


Lines = Callable[[Iterable[int], int], Iterator[int]]


@dataclass(frozen=True)
class Source:
    """A file of firms, opened.

    `table` has a text column for each header, named t0, t1, … by place; null and "" are blank. It is lazy and read from
    the file when it runs, in the order of the file, without broken records: its n-th row, from 0, is record n. `lines`
    gives, for records in ascending order and the number of rows that the table was found to have, the line (of Excel,
    the row; of Parquet, the record) of the file where each begins, counted from 1; it may read the file again.

    `unit` is the unit of money that the rows above the header or below the table state (单位：元). `blank_rows` are
    rows with cells and nothing in them that were left out; the table may have more of them. An empty line of a CSV file
    is no row.

    Of a form of one firm `rows_of` are the rows in which its headers stand, `where` the file and the sheet, `made_for`
    what it says that it is for; `forms` is how many forms a source is of, of a list 0.
    `other_sheets` of a workbook can be seen and were not read.

    `carefully` opens the file again where a database can fail to read the table: to be called if that happens.
    `rows` is how many rows the table must have, where that is known without the database; `likely_rows` how many it has
    if each record has a line of its own.
    """

    headers: tuple[str, ...]
    table: Table
    lines: Lines
    broken: tuple[Broken, ...] = ()
    blank_rows: int = 0
    notes: tuple[Text, ...] = ()
    unit: MoneyUnit | None = None
    carefully: Callable[[], Source] | None = None
    rows: int | None = None
    likely_rows: int = 0
    rows_of: tuple[int, ...] = ()
    where: str = ""
    made_for: MadeFor | None = None
    forms: int = 0
    other_sheets: tuple[str, ...] = ()

    @property
    def expected_rows(self) -> int:
        """How many rows the table must have, else how many it likely has; 0 or less if neither is known."""
        return self.likely_rows if self.rows is None else self.rows


def column_names(width: int) -> list[str]:
    """Give the names of the text columns of a table of that many columns.

    >>> column_names(2)
    ['t0', 't1']
    """
    return [f"t{place}" for place in range(width)]


def no_header(path: Path, instead: Text | None = None) -> InputError:
    """Give the error that a file has no row of column names."""
    what = Text(
        f"前 {FIRST_ROWS} 行中没有列名：没有一格是已知的指标名",
        f"has no header: no cell of its first {FIRST_ROWS} rows names a known fact",
    )
    instead = instead or Text(
        "请加上一行列名（champion facts --template 给出模板），或用 --map 列名=指标 指明。",
        "Add a row of column names (`champion facts --template` writes one), or name them: --map HEADER=FACT.",
    )
    return unusable(path, what, instead)


def unusable(path: Path, what: Text, instead: Text | None = None) -> InputError:
    """Give the error that a file cannot be used at all."""
    return InputError([Problem(short(path.name), what, instead)])
