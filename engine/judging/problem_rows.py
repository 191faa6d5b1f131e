"""What is wrong with a row, one line a problem: for what it was refused, and what is only odd."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.columns.values import ByRow
from engine.firms.profiles import DAMAGED_CODE, MISTYPED_CODE
from engine.firms.strange_words import STRANGE_WORDS, strange_words
from engine.ground.errors import Language, Problem, Text, in_quotes, short, shown
from engine.headers.cells import Column
from engine.judging.flags import Flag, Flagging
from engine.judging.row_remarks import MEND, MENTIONED, OF_REVIEW, asks_for_review, contradiction, mentioned
from engine.language.facts import IDENTITY, half_width
from engine.language.figure_text import unwrapped
from engine.language.notes import CHECK_UNIT, FRACTION
from engine.layout.no_firm import NOBODY
from engine.rulebooks.caution import NAME_A_LEVEL, of_its_area
from engine.sql.functions import cases, list_of
from engine.sql.table import Table
from engine.sql.value import Value
from engine.tables.source import GAP

FIELDS: Mapping[str, Text] = {
    "line": Text("行号", "Line"),
    "firm_id": Text("统一社会信用代码", "Firm id"),
    "firm_name": Text("企业名称", "Firm name"),
    "column": Text("列", "Column"),
    "fact": Text("指标", "Fact"),
    "value": Text("填写内容", "Value"),
    "problem": Text("问题", "Problem"),
    "instead": Text("应如何填写", "What to write instead"),
}
WHOSE = 3  # of these fields say whose row it is


@dataclass(frozen=True)
class RowProblem:
    """One problem of one row, and the line of the source on which the row begins, if it has lines.

    `title` is that of the fact, `carried` what stands in the caller's own columns.
    """

    line: int | None
    firm_id: str | None
    firm_name: str | None
    column: str
    problem: Problem
    title: Text | None = None
    carried: tuple[str | None, ...] = ()

    def sentence(self, lang: Language, *, with_column: bool = True) -> str:
        """Say what is wrong and what to write instead, as a sentence; of which column and value, if that is wanted."""
        _, _, _, column, _, value, what, instead = self.told(lang)
        stop = {"zh": "。", "en": ". "}[lang]
        where = " ".join(filter(None, (column, value and in_quotes(value)))) if with_column else ""
        says = f"{where} {what}{stop}{instead}".strip()
        return says if with_column else says[:1].upper() + says[1:]

    def told(self, lang: Language, *, titles: bool = False, beside: Iterable[int] = ()) -> list[str]:
        """Give it as a line of a table, in the order of FIELDS; the fact by its id, or by its title.

        Behind whose it is stand the caller's own columns at the places `beside`.
        """
        instead = self.problem.instead.in_language(lang) if self.problem.instead else ""
        what = self.problem.what.in_language(lang)
        line = "" if self.line is None else str(self.line)
        value = self.problem.value or ""
        fact = self.title.in_language(lang) if titles and self.title else self.problem.where
        own = [(self.carried[place] or "") if self.carried else "" for place in beside]
        return [line, self.firm_id or "", self.firm_name or "", *own, self.column, fact, value, what, instead]


class ToldRow:
    """A row of which something is told: its cells, and what was flagged in it."""

    def __init__(self, row: Mapping[str, Any], plan: Flagging, line: int | None) -> None:
        """Take a row of the row statement, of those that have cells."""
        self._plan = plan
        self.line = line
        self._flags = row
        self._cells = dict(zip(plan.texts, row["cells"], strict=True))
        self._bad = dict(zip(plan.columns, row["bad"] or (), strict=False))
        self._id, self._name = (text and unwrapped(text) for text in map(self._cell, IDENTITY))
        self._carried = tuple(row.get("carried") or ())
        self.is_apart: bool = row[plan.total.name]
        self.is_rejected: bool = row["rejected"] and not self.is_apart

    @property
    def texts(self) -> list[str]:
        """What stands in its cells, each once."""
        cells = [*(self._cells["others"] or "").split(GAP), *self._cells.values()]
        return list(dict.fromkeys(text for text in cells if text and GAP not in text))

    @property
    def read(self) -> list[str]:
        """The facts that its cells state and that can be read."""
        columns = self._plan.columns.items()
        return [one.fact.id for name, one in columns if self._cells[name] and self._bad.get(name) is None]

    def other_header(self) -> str | None:
        """Give a header that stands in this row, which has those of another table, over a column with another one."""
        named = self._plan.rulebook.vocabulary.named
        whose = half_width(self._name or self._id or "").strip().casefold()
        if whose and whose not in named:
            return None
        of_figures = {name: one for name, one in self._plan.columns.items() if one.fact.id not in IDENTITY}
        columns = ((_bare(column.header), self._cells[name] or "") for name, column in of_figures.items())
        others = (text.strip() for header, text in columns if _bare(text) not in header)
        return next((text for text in others if _SIZED.sub("", half_width(text)).strip().casefold() in named), None)

    def problems(self) -> Iterator[RowProblem]:
        """Give every problem for which the row is rejected; of one that is no firm's, only that."""
        if self.is_apart:
            yield from self._flagged(self._plan.total)
            return
        yield from self._unreadable(self._plan.used)
        for flag in self._plan.flags:
            if flag.rejects and self._flags[flag.name]:
                yield from self._flagged(flag)

    def warnings(self, flags: Iterable[Flag]) -> Iterator[RowProblem]:
        """Give everything about the row that is odd and does not reject it, of flags what these say."""
        if self.is_apart:
            yield from self._flagged(self._plan.total)
            return
        yield from self.unread()
        for flag in flags:
            if self._flags[flag.name]:
                yield from self._flagged(flag)

    def noted(self, flags: Iterable[Flag]) -> Iterator[RowProblem]:
        """Give what flags say of the row as notes, whose words begin with what they are about."""
        for flag in flags:
            if self._flags[flag.name] and not self.is_apart:
                [one] = self._flagged(flag)
                what, title = one.problem.what, flag.column.fact.title
                about = Text(f"{in_quotes(title.zh)}{what.zh}", f"{title.en} {what.en}")
                yield replace(one, problem=replace(one.problem, what=about))

    def unread(self) -> Iterator[RowProblem]:
        """Give the cells that cannot be read in columns that the rulebook does not need."""
        return iter(()) if self.is_apart else self._unreadable(self._plan.elsewhere)

    def _cell(self, fact_id: str) -> str | None:
        place = self._plan.place_of.get(fact_id)
        return None if place is None else self._cells[place]

    def _first_text(self) -> str | None:
        return next((text.strip() for text in self.texts if text.strip()), None)

    def _told(self, column: Column, problem: Problem) -> RowProblem:
        whose = (column.row or self.line, self._id, self._name)
        return RowProblem(*whose, column.header, problem, column.fact.title, self._carried)

    def _unreadable(self, columns: Mapping[str, Column]) -> Iterator[RowProblem]:
        for name, column in columns.items():
            text = self._cells[name]
            if text is not None and self._bad.get(name) is not None:
                yield self._told(column, column.problem(column.fact.id, text))

    def _flagged(self, flag: Flag) -> Iterator[RowProblem]:
        fact = flag.column.fact
        if flag.kind == "ratio":
            if problem := self._plan.contradiction(fact, self._cells.get):
                yield self._told(flag.column, replace(problem, value=shown((self._cell(fact.id) or "").strip())))
            return
        if remark := self._remark(flag):
            header, said, (what, instead) = remark
            of_remark = self._told(flag.column, Problem("", what, instead, shown(said)))
            yield replace(of_remark, column=header, title=None)
            return
        what, instead = flag_words(flag, self._plan)
        value = self._cell(fact.id)
        if flag.whole is not None:
            limit = short((self._cell(flag.whole.id) or "").strip(), 30)
            what = Text(f"{what.zh}（{limit}）", f"{what.en} ({limit})")
        if flag.kind == "words":
            listed, day = flag.column.value(value or ""), flag.column.as_of
            told = strange_words(fact, listed, self._plan.rulebook.vocabulary, day)
            what, instead, value = (told.what, told.instead or instead, told.value) if told else (what, instead, value)
        if flag.kind in {"nobody", "total", "spilt", "remark", "review"}:
            value = self._name or self._id or self._first_text()
        yield self._told(flag.column, Problem(fact.id, what, instead, None if value is None else shown(value)))

    def _remark(self, flag: Flag) -> tuple[str, str, tuple[Text, Text | None]] | None:
        """Give the header and the remark for which a row has a flag, and what is to be said of that."""
        last = self._plan.as_of.year - 1
        for name, header in self._plan.remarks.items() if flag.kind in {"remark", "review", *MENTIONED} else ():
            text = (self._cells[name] or "").strip()
            if flag.kind in MENTIONED and (what := mentioned(flag.kind, text)) is not None:
                return header, text, (what, None)
            if flag.kind == "review" and asks_for_review(None, [text]):
                return header, text, OF_REVIEW
            if flag.kind == "remark" and (found := contradiction(text, last)) is not None:
                return header, text, found
        return None


def told_of_rows(
    judged: Table, plan: Flagging, flags: Sequence[Flag], by_row: ByRow, tell: Callable[[ToldRow], list[str]]
) -> Callable[[Value], Value]:
    """Give a function of where rows are told of: a column of what `tell` says of each, null elsewhere.

    Of the flags a row then has only these.
    """

    def tell_row(texts: list[str | None] | None) -> list[str] | None:
        if texts is None:
            return None
        flagged = {flag.name: text == "true" for flag, text in zip(flags, texts, strict=False)}
        cells, bad = texts[len(flags) : -len(plan.columns)], texts[-len(plan.columns) :]
        row = {plan.total.name: False, **flagged, "rejected": False, "cells": cells, "bad": bad}
        return tell(ToldRow(row, plan, None))

    texts = [*(judged[flag.name].cast("VARCHAR") for flag in flags), *(judged[name] for name in plan.texts)]
    texts += [judged["bad"][place] for place in range(len(plan.columns))]
    answer = by_row(tell_row, "VARCHAR")
    return lambda where: answer(cases((where, list_of(texts))))


def flag_words(flag: Flag, plan: Flagging) -> tuple[Text, Text]:
    """Say what a flag means, and what to write instead."""
    if flag.whole is not None:
        what = Text(f"大于{in_quotes(flag.whole.title.zh)}", f"is larger than {flag.whole.title.en}")
        return what, Text("部分不能大于整体，请核对两个数。", "A part cannot exceed the whole: check both figures.")
    if flag.kind == "application":
        book = plan.rulebook
        kinds = [flag.column.fact.choices[kind] for kind in book.words.applies_to]
        zh, en = "、".join(kind.zh for kind in kinds), ", ".join(kind.en for kind in kinds)
        return (
            Text(f"规则 {book.id} 不适用于这类申报", f"{book.id} is not for this kind of application"),
            Text(
                f"适用于：{zh}；复核请用 --level 指明层级。",
                f"It applies to: {en}. Screen reviews with --level.",
            ),
        )
    if flag.kind == "refused" and plan.refusal is not None:
        return plan.refusal.what, plan.refusal.instead or Text("", "")
    if flag.kind == "unit":
        unit, header = next(iter(plan.other_units.items()))
        what = Text(
            f"没有写单位，而{in_quotes(header)}以{unit}计",
            f"has no unit, while {header} is in {unit}",
        )
        name = short(flag.column.header)
        return what, Text(
            f"请在列名里写明单位，如“{name}（{unit}）”。", f"Write the unit in the header, as {name}（{unit}）."
        )
    if flag.kind == "area":
        its = of_its_area(plan.rulebook.words, plan.rulebook.vocabulary)
        return its, NAME_A_LEVEL
    return _FLAGS[flag.kind]


_SIZED = re.compile(r"^(?:19|20)[0-9]{2}\s*年?度?|\(.*$")


def _bare(text: str) -> str:
    return re.sub(r"[\s()]+", "", half_width(text)).casefold()


_LEFT_OUT = Text("；所用规则不需要这一项，未采用", "; left out, the rules in question do not need it")


def as_note(one: RowProblem) -> Problem:
    """Give a remark as a note; of a cell that cannot be used, and need not be, that it is left out."""
    if not one.problem.where:
        return replace(one.problem, where=one.column)
    what = one.problem.what
    return replace(one.problem, where=one.column, what=Text(f"{what.zh}{_LEFT_OUT.zh}", f"{what.en}{_LEFT_OUT.en}"))


_ONE_ROW = Text(
    "请给每家企业一行，列名写明年份，如 2025年营业收入。",
    "Give each firm one row, and years in the headers: 2025年营业收入.",
)
NO_FIRM = (
    Text("是合计、备注或落款，不是企业", "is a total, a note or a signature, not a firm"),
    Text("没有比对，也不计入企业数。", "It is not judged and not counted as one."),
)
_FLAGS: Mapping[str, tuple[Text, Text]] = {
    "nobody": NOBODY,
    "year": (
        Text("不是上年度，各列没有写明年份", "is not the last full year, and the headers name no years"),
        _ONE_ROW,
    ),
    "total": NO_FIRM,
    "spilt": (
        Text(
            "最后一格没有列名，可能是千位逗号把一个数分成了两格",
            "has a figure behind the last header, as if a comma had split one",
        ),
        Text("请去掉千位逗号，如 4000。", "Leave out commas for thousands, as 4000."),
    ),
    "remark": (Text("写明的与各列不符", "remarks what its columns do not say"), MEND),
    "review": OF_REVIEW,
    "damaged": DAMAGED_CODE,
    "mistyped": MISTYPED_CODE,
    "words": (STRANGE_WORDS, Text("其余各项照常计入。", "The others count.")),
    "length": (
        Text("不是 18 位，而多数代码是 18 位", "has not the 18 characters that most codes here have"),
        Text("请核对统一社会信用代码。", "Check the unified social credit code."),
    ),
    "fraction": FRACTION,
    **MENTIONED,
    "unusual": (Text("不在通常范围内", "is outside the usual range"), CHECK_UNIT),
}
