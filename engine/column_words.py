"""The sentence that says of each row why it is what it is: what is unmet, with the figures, and how much is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import ibis
import ibis.expr.types as ir

from engine.errors import Language, Text
from engine.facts import BOOLEAN, Fact, Kind
from engine.logic import BenchmarkOf, Check, Criterion, FactOf, Gate, Node
from engine.outcome import Reason
from engine.rulebook import Operator
from engine.to_columns import Decided
from engine.verdict import figure
from engine.wording import OPERATORS, required_words

REASONS: Mapping[Reason, Text] = {
    Reason.MISSING: Text("缺少数据", "data missing"),
    Reason.NOT_COMPUTABLE: Text("无法计算", "not computable"),
    Reason.NO_BENCHMARK: Text("没有对标值", "no benchmark"),
    Reason.NEEDS_REVIEW: Text("待评审", "to be judged"),
}


def sentence(decided: Decided, reasons: Mapping[str, ir.StringValue], lang: Language) -> ir.StringValue:
    """Give the sentence of each row; `reasons` are the reason codes of the criteria that decide, by id."""
    words = Words(decided, lang)
    deciding = [criterion for criterion in decided.rulebook.criteria if criterion.words.decides]
    verdict = decided.outcome(decided.rulebook.verdict_gate)
    head, all_met = {"zh": ("不符合：", "全部条件符合。"), "en": ("Not met:", "All criteria are met.")}[lang]
    failing = ibis.literal(head).concat(*(words.unmet(criterion) for criterion in deciding))
    is_open = ibis.or_(*(decided.outcome(criterion.gate).isnull() for criterion in deciding))
    waiting = words.open(reasons)
    gap = {"zh": "", "en": " "}[lang]
    unmet = failing.concat(ibis.cases((is_open, ibis.literal(gap).concat(waiting)), else_=""))
    return ibis.cases((verdict, all_met), (verdict.isnull(), waiting), else_=unmet)


class Words:
    """The words for a decided table, in one language."""

    def __init__(self, decided: Decided, lang: Language) -> None:
        self._decided = decided
        self._lang = lang
        self._before, self._stop = {"zh": ("", "。"), "en": (" ", ".")}[lang]

    def unmet(self, criterion: Criterion) -> ir.StringValue:
        """Say what an unmet criterion fails by; nothing where it is met or open."""
        pieces = list(self._failing(criterion.gate, []))
        told = [piece if len(pieces) == 1 else ibis.cases((where, piece), else_="") for where, piece in pieces]
        return ibis.cases((~self._decided.outcome(criterion.gate), ibis.literal("").concat(*told)), else_="")

    def open(self, reasons: Mapping[str, ir.StringValue]) -> ir.StringValue:
        """Say how many criteria are open for which reason."""
        no, told = ibis.literal(value=False), []
        before: list[ir.BooleanValue] = [no]
        comma, stop = {"zh": ("，", "。"), "en": (", ", ".")}[self._lang]
        for reason, words in REASONS.items():
            is_so = [(code == reason.value).fill_null(no).cast("int8") for code in reasons.values()]
            count = sum(is_so[1:], is_so[0])
            number = count.cast("string")
            piece = (
                number + f" {words.en}" if self._lang == "en" else ibis.literal(f"{words.zh} ").concat(number, " 项")
            )
            mark = ibis.cases((ibis.or_(*before), comma), else_="")
            told.append(ibis.cases((count > 0, mark + piece), else_=""))
            before.append(count > 0)
        return ibis.literal({"zh": "无法判定：", "en": "Undetermined: "}[self._lang]).concat(*told, stop)

    def why_open(self, code: ir.StringValue) -> ir.StringValue:
        """Say why a criterion with that reason code is open."""
        head = {"zh": "无法判定，", "en": " undetermined, "}[self._lang]
        told = ((code == reason.value, f"{head}{words.in_language(self._lang)}") for reason, words in REASONS.items())
        return ibis.cases(*told, else_="").concat(self._stop)

    def _failing(self, node: Node, above: list[ir.BooleanValue]) -> Iterator[tuple[ir.BooleanValue, ir.StringValue]]:
        """Give the checks that fail in gates that fail, and what is said of each; of “is it given” nothing."""
        here = [*above, ~self._decided.outcome(node)]
        if isinstance(node, Gate):
            for child in node.children:
                if child is not node.guard:
                    yield from self._failing(child, here)
        elif node.operator is not Operator.GIVEN:
            yield ibis.and_(*here), self._of_check(node)

    def _of_check(self, check: Check) -> ir.StringValue:
        title = check.fact.title.in_language(self._lang)
        seen = self._figure(check.fact, self._decided.value(check.fact), check)
        must = {"zh": "，须", "en": ", required "}[self._lang]
        return ibis.literal(f"{self._before}{title} ").concat(seen, must, self._required(check), self._stop)

    def _required(self, check: Check) -> ir.StringValue | str:
        right = check.right
        operator = OPERATORS[check.operator].in_language(self._lang)
        if isinstance(right, FactOf):
            return ibis.literal(f"{operator} ").concat(self._figure(right.fact, self._decided.value(right.fact), None))
        if isinstance(right, BenchmarkOf):
            return ibis.literal(f"{operator} ").concat(self._figure(check.fact, self._decided.required(check), None))
        words = required_words(check.fact, check.operator, figure(right.value))
        return words[0] if self._lang == "zh" else words[1]

    def _figure(self, fact: Fact, value: ir.Value, check: Check | None) -> ir.StringValue:
        zh = self._lang == "zh"
        if fact.kind in BOOLEAN:
            return ibis.cases((value, "是" if zh else "yes"), else_="否" if zh else "no")
        if fact.kind in {Kind.CHOICE, Kind.CHOICES}:
            return self._options(fact, value)
        if fact.kind is Kind.DATE:
            return value.cast("string")
        written = (
            digits(value, self._decided.required(check) if check else None) if fact.is_derived else shortest(value)
        )
        if fact.kind is Kind.RANK:
            return ibis.literal("第 " if zh else "place ").concat(self._places(fact, written), " 名" if zh else "")
        unit = "万元" if fact.kind is Kind.MONEY else fact.unit.in_language(self._lang)
        return written + (unit if unit in {"", "%"} else f" {unit}")

    def _places(self, fact: Fact, one: ir.StringValue) -> ir.StringValue:
        low, *_, high = 2 * self._decided.ends(fact)
        several = shortest(low).concat({"zh": " 至 ", "en": " to "}[self._lang], shortest(high))
        return ibis.cases((low == high, one), else_=several)

    def _options(self, fact: Fact, value: ir.StringValue) -> ir.StringValue:
        """Give the title of an option, or of each of several."""
        titles = {code: option.title.in_language(self._lang) for code, option in fact.choices.items()}
        if fact.kind is Kind.CHOICE:
            return ibis.cases(*((value == code, title) for code, title in titles.items()), else_=value)
        none, mark = {"zh": ("无", "、"), "en": ("none", ", ")}[self._lang]
        one = [(value == f",{code},", title) for code, title in titles.items()]
        told = [ibis.cases((value.contains(f",{code},"), title + mark), else_="") for code, title in titles.items()]
        several = ibis.literal("").concat(*told)
        return ibis.cases((value == ",", none), *one, else_=several.substr(0, several.length() - len(mark)))


def shortest(value: ir.FloatingValue) -> ir.StringValue:
    """Write figures as they were stated, without a point where there is none.

    A float is written with as few digits as tell it from others, which are those that were typed.
    """
    is_whole = (value == value.floor()) & (value.abs() < _COUNTED_TO)
    return ibis.cases((is_whole, value.cast("int64").cast("string")), else_=value.cast("string"))


def digits(value: ir.FloatingValue, against: ir.FloatingValue | None) -> ir.StringValue:
    """Write figures with two decimals, but in full where that would blur their side of `against`."""
    rounded = value.round(2)
    bar = ibis.literal(0.0) if against is None else against
    keeps_side = ((rounded < bar) == (value < bar)) & ((rounded > bar) == (value > bar))
    return ibis.cases((keeps_side, shortest(rounded)), else_=shortest(value))


_COUNTED_TO = 2.0**53
