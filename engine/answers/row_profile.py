"""One row of a list as the profile of its firm: refused for what a screening rejects the row for, in the same words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from re import sub
from typing import Any

from engine.columns.values import ByRow
from engine.firms.profiles import RowProfile
from engine.ground.errors import InputError, Text
from engine.ground.harmless import printable
from engine.ground.values import Known, on_day
from engine.headers.cells import Column, shortened
from engine.judging.flags import Flag, Flagging
from engine.judging.problem_rows import RowProblem, ToldRow, as_note
from engine.judging.row_remarks import MENTIONED
from engine.language.answer import answer
from engine.language.facts import IDENTITY, Kind
from engine.language.reading import Unreadable
from engine.sql.functions import NO, list_of
from engine.sql.table import Table


@dataclass(frozen=True)
class RowFlagging(Flagging):
    """What a row may be rejected for, on account of the facts in `needed`.

    `is_sole`: no other rulebook decides it too, and so it is rejected if this one is not for such firms.
    """

    needed: frozenset[str] = frozenset()
    is_sole: bool = True

    @property
    def deciding_facts(self) -> frozenset[str]:
        """The facts of which a problem rejects a row."""
        return self.needed

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """Everything that a row may be flagged for."""
        left = {"new"} if self.is_sole else {"new", "application", "area"}
        return tuple(flag for flag in super().flags if flag.kind not in left)

    def rows(self, texts: Table, by_row: ByRow) -> Table:
        """Give of each row of a table of text columns its texts, those that cannot be read, and its flags.

        What is odd in a figure is not flagged: that is told of the profile.
        """
        undecided = replace(self, rulebook=replace(self.rulebook, criteria=(), scores=(), alternatives=(), members=()))
        found = undecided.flagged(texts, by_row)
        cells = list_of([found[name] for name in self.texts])
        return found.select("bad", *(flag.name for flag in undecided.flags), cells=cells, rejected=NO)


def row_profile(row: Mapping[str, Any], plan: RowFlagging, where: str, line: int) -> RowProfile:
    """Give the profile that one of the `rows` states: what was typed, with the unit that its column says, by fact.

    A cell that cannot be read and is not needed is left out, and so is such a part above its whole, or a ratio that its
    parts contradict: the notes of the profile say so, and what the row remarks. Raises InputError with the problems for
    which the row is rejected, at `where:line:column`.
    """
    told = ToldRow(row, plan, line)
    spare = [flag for flag in plan.flags if flag.kind in {"part", "ratio"} and row[flag.name]]
    odd = {flag.column.fact.id for flag in spare}
    said = [flag for flag in plan.flags if flag.kind in MENTIONED and row[flag.name]]
    stated = dict(
        _typed(column, text or "", value)
        for column, text in zip(plan.columns.values(), row["cells"], strict=False)
        if (value := column.known(_plain(column, text or ""))) is not None and column.fact.id not in odd
    )
    if problems := list(told.problems()):
        found = [replace(one.problem, where=f"{where}:{one.line}:{one.column}") for one in problems]
        error = InputError(found, None if told.is_apart else _rejected(problems, told, plan))
        error.read = stated
        raise error
    return RowProfile(stated, line, tuple(map(as_note, told.warnings([*spare, *said]))))


def _rejected(problems: Sequence[RowProblem], told: ToldRow, plan: RowFlagging) -> Text:
    """Say of a firm with problems that it has no verdict, and that its other figures were read."""
    name, odd = problems[0].firm_name or problems[0].firm_id or "", {one.problem.where for one in problems}
    fine = [one for one in told.read if one not in IDENTITY and one not in odd]
    zh = f"，其余 {len(fine)} 项已读取" if fine else ""
    en = f"; {len(fine)} other facts were read" if fine else ""
    is_form = any(column.row for column in plan.columns.values())
    who = Text(name, name) if is_form else Text(f"{name}（第 {told.line} 行）", f"{name} (line {told.line})")
    return Text(
        f"{who.zh}未比对，没有结论：请改正上面 {len(problems)} 处{zh}。改正后再比对。",
        f"{who.en} is rejected and has no verdict: correct what is said above{en}. Then try again.",
    )


def _plain(column: Column, text: str) -> str:
    """Give a cell; a text as one line, without what a profile may not have in it; one too long is cut."""
    text = text if column.fact.kind is Kind.CHOICES else shortened(text)
    return (
        " ".join(sub(r"[\x00-\x1f\x7f-\x9f]", " ", printable(text)).split()) if column.fact.kind is Kind.TEXT else text
    )


def _typed(column: Column, text: str, value: Known) -> tuple[str, str]:
    """Give the key and the text that state in a profile what a cell does: the unit of the column goes into the text."""
    fact, text = column.fact, _plain(column, text).strip()
    if column.unit in fact.choices:
        return fact.id, str(value)
    for one in (text, sub(r"([0-9０-９])(?!.*[0-9０-９])", rf"\g<1>{column.unit}", text, count=1)):
        with suppress(Unreadable):
            if on_day(answer(fact, one), column.as_of) == value:
                return fact.id, one
    return f"{fact.id}({column.unit})", text
