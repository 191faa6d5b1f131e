"""The sentence that says of each row why it is what it is: what is unmet, with the figures, and how much is open."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from engine.column_formula import NO
from engine.column_hanging import hangs
from engine.column_reasons import Open
from engine.column_sql import joined, listed
from engine.errors import Language, Text
from engine.facts import BOOLEAN, WHOLE, Fact, Kind
from engine.logic import BenchmarkOf, Check, Criterion, FactOf, Gate, Node
from engine.outcome import Reason
from engine.reading import LARGEST
from engine.rulebook import Operator
from engine.to_columns import Decided
from engine.verdict import figure
from engine.wording import OPERATORS, STATED, required_words

REASONS: Mapping[Reason, Text] = {
    Reason.MISSING: Text("缺少数据", "data missing"),
    Reason.NOT_COMPUTABLE: Text("无法计算", "not computable"),
    Reason.NO_BENCHMARK: Text("没有对标值", "no benchmark"),
    Reason.NEEDS_REVIEW: Text("待评审", "to be judged"),
}


def sentence(decided: Decided, lang: Language) -> ir.StringValue:
    """Give the sentence of each row of a judged table."""
    words = Words(decided, lang)
    deciding = [criterion for criterion in decided.rulebook.criteria if criterion.words.decides]
    verdict = decided.outcome(decided.rulebook.verdict_gate)
    head, all_met = {"zh": ("不符合：", "全部条件符合。"), "en": ("Not met:", "All criteria are met.")}[lang]
    waiting, is_open = words.open(), Open(decided).is_any_open()
    gap = {"zh": "", "en": " "}[lang]
    unmet = joined(
        head, *(words.unmet(criterion) for criterion in deciding), ibis.cases((is_open, joined(gap, waiting)), else_="")
    )
    said = ibis.cases((verdict, all_met), (verdict.isnull(), waiting), else_=unmet)
    return joined(said, *words.beside())


class Words:
    """The words for a judged table, in one language."""

    def __init__(self, decided: Decided, lang: Language) -> None:
        self._decided = decided
        self._open = Open(decided)
        self._lang = lang
        self._before, self._stop = {"zh": ("", "。"), "en": (" ", ".")}[lang]

    def unmet(self, criterion: Criterion) -> ir.StringValue:
        """Say what an unmet criterion fails by; nothing where it is met or open."""
        return self._failing(criterion.gate)

    def beside(self) -> list[ir.StringValue]:
        """Say which criteria that only inform are not met, and which readings the verdict hangs on."""
        rulebook, zh = self._decided.rulebook, self._lang == "zh"
        inform = [
            (~self._decided.outcome(one.gate), one.words.title.in_language(self._lang))
            for one in rulebook.criteria
            if not one.words.decides
        ]
        titles = dict.fromkeys(one.title.in_language(self._lang) for one in rulebook.alternatives)
        hung = [(ibis.or_(*(self._decided.table[name] for name in self._hung(title))), title) for title in titles]
        told = []
        for parts, head in (
            (inform, Text("不影响结论的参考项不符合：", " Not met, but only informing: ")),
            (hung, Text("结论取决于读法：", " The verdict hangs on the reading of ")),
        ):
            if parts:
                says = joined(head.in_language(self._lang), listed(parts, "、" if zh else ", "), self._stop)
                told.append(ibis.cases((ibis.or_(*(holds for holds, _ in parts)), says), else_=""))
        return told

    def _hung(self, title: str) -> list[str]:
        """Give the columns of the readings of what has that title."""
        several = enumerate(self._decided.rulebook.alternatives)
        return [hangs(place) for place, one in several if one.title.in_language(self._lang) == title]

    def open(self) -> ir.StringValue:
        """Say how many of the criteria that decide are open for which reason."""
        told, before = [], [NO]
        comma, stop = {"zh": ("，", "。"), "en": (", ", ".")}[self._lang]
        for reason, words in REASONS.items():
            count = self._open.number_open(reason)
            is_any, written, zh = count != 0, count.cast("string"), self._lang == "zh"
            piece = joined(f"{words.zh} ", written, " 项") if zh else joined(written, f" {words.en}")
            mark = ibis.cases((ibis.or_(*before), comma), else_="")
            told.append(ibis.cases((is_any, joined(mark, piece)), else_=""))
            before.append(is_any)
        return joined({"zh": "无法判定：", "en": "Undetermined: "}[self._lang], *told, stop)

    def why_open(self, criterion: Criterion) -> ir.StringValue:
        """Say why a criterion that is open is so."""
        head = {"zh": "无法判定，", "en": " undetermined, "}[self._lang]
        told = {reason: f"{head}{words.in_language(self._lang)}{self._stop}" for reason, words in REASONS.items()}
        return self._open.by_reason(criterion, told, self._stop)

    def _failing(self, node: Node) -> ir.StringValue:
        """Say what is said of the checks that fail under a node, where it fails itself; of “is it given” nothing."""
        if isinstance(node, Gate):
            pieces = [self._failing(child) for child in node.children if child is not node.guard]
            told = pieces[0] if len(pieces) == 1 else joined("", *pieces)
        elif node.operator is Operator.GIVEN:
            return ibis.literal("")
        else:
            told = self._of_check(node)
        return ibis.cases((~self._decided.outcome(node), told), else_="")

    def _of_check(self, check: Check) -> ir.StringValue:
        title = check.fact.title.in_language(self._lang)
        seen = self._figure(check.fact, self._decided.value(check.fact), check)
        if check.fact.may_be_stated:
            mark = STATED.in_language(self._lang)
            seen = joined("", seen, ibis.cases((self._decided.is_as_stated(check.fact), mark), else_=""))
        must = {"zh": "，须", "en": ", required "}[self._lang]
        return joined(f"{self._before}{title} ", seen, must, self._required(check), self._stop)

    def _required(self, check: Check) -> ir.StringValue | str:
        right = check.right
        operator = OPERATORS[check.operator].in_language(self._lang)
        if isinstance(right, FactOf):
            return joined(f"{operator} ", self._figure(right.fact, self._decided.value(right.fact), None))
        if isinstance(right, BenchmarkOf):
            return joined(f"{operator} ", self._figure(check.fact, self._decided.required(check), None))
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
        if fact.kind in WHOLE and not fact.is_derived:
            written = value.try_cast("int64").cast("string")
        elif fact.is_derived:
            written = digits(value, self._decided.required(check) if check else None)
        else:
            written = shortest(value)
        unit = "万元" if fact.kind is Kind.MONEY else fact.unit.in_language(self._lang)
        before, behind = ("", unit if unit in {"", "%"} else f" {unit}")
        if fact.kind is Kind.RANK:
            before, behind = ("第 ", " 名") if zh else ("place ", "")
        is_range, ends = self._decided.is_range(fact), self._decided.ends(fact)
        told = joined(before, written, behind) if before else written + behind
        return ibis.cases((is_range, self._range(ends[0], ends[-1], before, behind)), else_=told)

    def _range(self, low: ir.FloatingValue, high: ir.FloatingValue, before: str, behind: str) -> ir.StringValue:
        """Give a figure of which only the ends are known, or only one of them."""
        no_more, no_less, to = {"zh": ("不超过 ", "不低于 ", " 至 "), "en": ("at most ", "at least ", " to ")}[
            self._lang
        ]
        first, last = shortest(low), shortest(high)
        return ibis.cases(
            (low <= -float(LARGEST), joined(no_more, before, last, behind)),
            (high >= float(LARGEST), joined(no_less, before, first, behind)),
            else_=joined(before, first, to, last, behind),
        )

    def _options(self, fact: Fact, value: ir.StringValue) -> ir.StringValue:
        """Give the title of an option, or of each of several."""
        titles = {code: option.title.in_language(self._lang) for code, option in fact.choices.items()}
        if fact.kind is Kind.CHOICE:
            return ibis.cases(*((value == code, title) for code, title in titles.items()), else_=value)
        none, mark = {"zh": ("无", "、"), "en": ("none", ", ")}[self._lang]
        one = [(value == f",{code},", title) for code, title in titles.items()]
        told = [ibis.cases((value.contains(f",{code},"), title + mark), else_="") for code, title in titles.items()]
        several = joined("", *told)
        listed = ibis.cases((several == "", none), else_=several.substr(0, several.length() - len(mark)))
        return ibis.cases((value == ",", none), *one, else_=listed)


def shortest(value: ir.FloatingValue) -> ir.StringValue:
    """Write figures as they were stated, without a point where there is none.

    A float is written with as few digits as tell it from others, which are those that were typed.
    """
    is_whole = (value % 1.0 == 0.0) & (value.abs() < _COUNTED_TO)
    return ibis.cases((is_whole, value.try_cast("int64").cast("string")), else_=value.cast("string"))


def digits(value: ir.FloatingValue, against: ir.FloatingValue | None) -> ir.StringValue:
    """Write figures with two decimals, but in full where that would blur their side of `against`."""
    rounded = value.round(2)
    bar = ibis.literal(0.0) if against is None else against
    keeps_side = ((rounded < bar) == (value < bar)) & ((rounded > bar) == (value > bar))
    return ibis.cases((keeps_side, shortest(rounded)), else_=shortest(value))


_COUNTED_TO = 2.0**53
