"""What came of a table that was screened: how many rows of each verdict, which were refused, and why."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from engine.explaining.wording import STANDINGS, VERDICTS_BY_WORD
from engine.frames.arrow_of import arrow_of
from engine.ground.errors import InputError, Language, Problem, Text
from engine.judging.verdict_rows import HEADINGS
from engine.language.facts import IDENTITY

PROBLEMS = Text("问题", "problems")


class RefusedRowsWarning(UserWarning):
    """Rows of a table have no verdict, since what they state cannot be read or contradicts itself."""


@dataclass(frozen=True)
class Refused:
    """A row without a verdict: its place from 1, whose it is, and all that is wrong with it."""

    line: int
    firm_id: str | None
    firm_name: str | None
    problems: str


@dataclass(frozen=True)
class Account:
    """How many rows there are, how many of each verdict, and those that were refused."""

    rows: int
    by_verdict: Mapping[str, int]
    refused: tuple[Refused, ...]


def account(screened: object) -> Account:
    """Give what came of a table that `screen` gave, of whatever kind; one that is lazy is computed. Raises InputError.

    >>> firms = pa.table({"line": [1, 2], "verdict": ["qualified", None], "problems": [None, "全球排名：…"]})
    >>> account(firms).by_verdict["qualified"], account(firms).refused[0].line
    (1, 2)
    """
    table = arrow_of(screened)
    problems, verdicts = _column(table, PROBLEMS, "problems"), _column(table, HEADINGS["verdict"], "verdict")
    if problems is None:
        instead = Text("请给 screen 的结果。", "Give what `screen` gave.")
        raise InputError([Problem("table", Text("没有问题一列", "has no column of problems"), instead)])
    none = [None] * table.num_rows
    lines, codes, names = (_column(table, HEADINGS[one], one) or none for one in ("line", *IDENTITY))
    rows = zip(range(1, table.num_rows + 1), lines, codes, names, problems, strict=True)
    counted = Counter(VERDICTS_BY_WORD[one] for one in verdicts or () if one is not None)
    refused = tuple(Refused(at or place, code, name, told) for place, at, code, name, told in rows if told is not None)
    return Account(table.num_rows, {one.value: counted[one.value] for one in STANDINGS}, refused)


def warn_of_refused(table: pa.Table, lang: Language) -> None:
    """Warn if rows of a table that was screened were refused."""
    if many := table.num_rows - table.column(table.num_columns - 1).null_count:
        said = Text(
            f"{table.num_rows:,} 行中 {many:,} 行没有结论，为什么见“问题”（problems）一列；account(结果) 逐行列出。",
            f"{many:,} of {table.num_rows:,} rows have no verdict: the column of problems says why; account(RESULT) "
            "lists them.",
        )
        warnings.warn(said.in_language(lang), RefusedRowsWarning, stacklevel=5)


def _column(table: pa.Table, title: Text, name: str) -> list[Any] | None:
    """Give what a column says, by its id or its title; None if there is none."""
    found = next((one for one in (name, title.zh, title.en) if one in table.column_names), None)
    return None if found is None else table.column(found).to_pylist()
