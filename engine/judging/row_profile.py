"""One row of a list as the profile of its firm: refused for what a screening rejects the row for, in the same words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from re import ASCII, search, sub
from typing import cast

from engine.firms.profiles import RowProfile
from engine.ground.errors import InputError
from engine.ground.harmless import printable
from engine.ground.values import Known, Number, on_day
from engine.headers.cells import Column, shortened
from engine.judging.plan import IDENTITY, LAST_FIGURE, SPILT, Flag, Plan, heads_figures, is_of_a_header, names_nobody
from engine.judging.problem_rows import ToldRow, left_out
from engine.judging.row_remarks import asks_for_review, contradicts
from engine.language.answer import answer
from engine.language.facts import Kind
from engine.language.reading import Unreadable
from engine.layout.no_firm import is_no_firm
from engine.rulebooks.caution import is_elsewhere
from engine.tables.source import GAP

Cells = Mapping[str, str | None]
"""The texts of a row by text column."""


@dataclass(frozen=True)
class RowPlan(Plan):
    """A plan by which a row is rejected for the facts in `needed`.

    `is_sole`: no other rulebook decides it too, and so it is rejected if this one is not for such firms.
    """

    needed: frozenset[str] = frozenset()
    is_sole: bool = True

    @property
    def deciding_facts(self) -> frozenset[str]:
        """The facts of which a problem rejects a row."""
        return self.needed


def row_profile(cells: Cells, plan: RowPlan, where: str, line: int) -> RowProfile:
    """Give the profile that a row states: what was typed, with the unit that its column says, by fact.

    A cell that cannot be read and is not needed is left out, and so is such a part above its whole, or a ratio that its
    parts contradict: the notes of the profile say so. Raises InputError with the problems for which the row is
    rejected, at `where:line:column`.
    """
    values = {column.fact.id: _value(column, cells[name] or "") for name, column in plan.columns.items()}
    flags = {flag.name: _is_flagged(flag, values, cells, plan) for flag in plan.flags}
    texts = [*(cells[name] for name in plan.columns), GAP.join(text or "" for text in cells.values())]
    texts += [cells[name] for name in plan.remarks]
    told = ToldRow({**flags, "rejected": False, "cells": texts}, plan, line)
    if problems := list(told.problems()):
        raise InputError([replace(one.problem, where=f"{where}:{one.line}:{one.column}") for one in problems])
    spare = [flag for flag in plan.flags if flag.kind in {"part", "ratio"} and flags[flag.name]]
    odd = {flag.column.fact.id for flag in spare}
    stated = dict(
        _typed(column, cells[name] or "", value)
        for name, column in plan.columns.items()
        if (value := values[column.fact.id]) is not None and column.fact.id not in odd
    )
    return RowProfile(stated, line, tuple(map(left_out, told.warnings(spare))))


def _value(column: Column, text: str) -> Known | None:
    """Give what a cell states; None for one that is blank or cannot be read."""
    with suppress(Unreadable):
        return column.value(_plain(column, text))
    return None


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


def _is_flagged(  # noqa: C901, PLR0911 a case a line
    flag: Flag, values: Mapping[str, Known | None], cells: Cells, plan: RowPlan
) -> bool:
    """Say whether a row has a flag, of those for which it may be rejected."""
    fact, named = flag.column.fact, [cells[plan.place_of[name]] or "" for name in IDENTITY if name in plan.place_of]
    match flag.kind:
        case "part":
            part, whole = values[fact.id], values[fact.part_of or ""]
            return isinstance(part, Number) and isinstance(whole, Number) and part > whole
        case "ratio":
            return plan.contradiction(fact, cells.get) is not None
        case "application":
            return plan.is_sole and values[fact.id] not in {None, *plan.rulebook.words.applies_to}
        case "area":
            return plan.is_sole and is_elsewhere(plan.rulebook.words, cast("str | None", values[fact.id]))
        case "spilt":
            row = GAP.join(cell or "" for cell in cells.values())
            return search(LAST_FIGURE, cells[plan.last or ""] or "") is not None and search(SPILT, row) is not None
        case "remark":
            return contradicts([cells[name] for name in plan.remarks], plan.as_of.year - 1)
        case "review":
            name = plan.place_of.get(IDENTITY[-1])
            return asks_for_review(cells[name] if name else None, [cells[one] for one in plan.remarks])
        case "unit":
            text = cells[plan.place_of[fact.id]] or ""
            return isinstance(values[fact.id], Number) and search(r"[0-9]\s*$", text, ASCII) is not None
        case "year":
            year = values[fact.id]
            return isinstance(year, Number) and year != plan.as_of.year - 1
        case "nobody":
            return all(map(names_nobody, named))
        case "total":
            code, name = (cells[plan.place_of[one]] if one in plan.place_of else None for one in IDENTITY)
            vocabulary = plan.rulebook.vocabulary
            if all(map(names_nobody, named)) and heads_figures([cells[one] for one in plan.headed], vocabulary):
                return True
            return is_no_firm(code, name, cells.values()) or is_of_a_header(named[-1], vocabulary)
    return False
