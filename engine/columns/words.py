"""The sentence that says of each row why it is what it is, word for word as `reasons` says it of one firm."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from math import floor, log10
from typing import cast

from engine.columns.hanging import hangs
from engine.columns.macros import apart, beside, decimals, full, millions
from engine.columns.missing import Open
from engine.columns.missing_words import named
from engine.columns.outcomes import Decided
from engine.explaining.findings import watched_by
from engine.explaining.reasons import (
    ALL_MET,
    BETWEEN,
    HEADS,
    HUNG,
    INFORMING,
    LISTED,
    NOT_MET,
    OPEN,
    STOPS,
    UNCHANGEABLE,
    again_words,
    choice_words,
    gate_is_all,
    is_choice,
    is_only_spared,
    need_words,
    of_criterion,
    quoted,
    switches,
    unless_words,
    way_words,
)
from engine.explaining.requirement import PARTS, requirement, right_words, told_by_parts
from engine.explaining.sentences import OF_BENCHMARK, fraction_words, gap_decimals, of_fact, unusual_words, within
from engine.explaining.verdict import Awaiting
from engine.explaining.wording import (
    ASSUMED,
    ENDS,
    IN_YUAN,
    LESS_THAN,
    MILLION,
    OPERATORS,
    OUT_WORDS,
    STATED,
    Pair,
    even_gaps_from,
    is_typed,
    limits_of,
    must,
    singular,
)
from engine.ground.errors import Language, Text
from engine.ground.outcome import Reason
from engine.ground.values import OUT, Number
from engine.language.facts import BOOLEAN, WHOLE, Fact, Kind
from engine.language.reading import LARGEST
from engine.rulebooks.asked_order import asked_order
from engine.rulebooks.logic import Check, Criterion, FactOf, Gate, Node, Rulebook, Threshold, walk
from engine.rulebooks.rulebook import Operator
from engine.rulebooks.tiers import tiers
from engine.sql.functions import NO, and_, cases, joined, listed, null, or_, surely, total
from engine.sql.table import Table
from engine.sql.value import Value, literal
from engine.tables.source import GAP

_CUT = GAP  # between two sentences of a column
IS_FRACTION = "w_fraction_"
"""What the names of columns begin with that say whether a percentage may have been typed as a fraction."""
HAIR = 1e-12  # of its size, that floats may have added to a figure


def with_words(table: Table, rulebook: Rulebook, lang: Language) -> Table:
    """Give a judged table with what is said of each node that fails, which a sentence may say in several places.

    And with `unmet`, what rows that do not qualify fail by, `unless`, what could still save the rows in which a way
    fails, and `awaiting`, what undetermined rows wait for; of a ladder, whose levels are not met together, with these
    of each level. What nobody asks for is not computed.
    """
    table = _with_failing(table, rulebook, lang)
    of = Decided(table, rulebook)
    words = Words(of, lang)
    added: dict[str, Value] = {}
    levels = rulebook.criteria if rulebook.any_is_enough else (None,)
    for level in levels:
        unless = [way for criterion in _deciding(rulebook, level) for way in words.unless(criterion)]
        gate = rulebook.verdict_gate if level is None else level.gate
        waits = cases(
            (or_(*(where for where, _ in unless)), Awaiting.ANOTHER_WAY.value),
            (Open(of).only_judgements(level), Awaiting.JUDGEMENT.value),
            else_=Awaiting.DATA.value,
        )
        failed = [words.unmet(criterion) for criterion in _deciding(rulebook, level)]
        if level is not None:  # whose sentences stand apart
            failed = [cases((told != "", joined(told, _CUT))) for told in failed]
        said = [cases((where, told if level is None else joined(told, _CUT))) for where, told in unless]
        added |= {of_level("unmet", level): cases((~of.outcome(gate), joined("", *failed)), else_="")}
        added |= {of_level("unless", level): joined("", *said)}
        added |= {of_level("awaiting", level): cases((of.outcome(gate).isnull(), waits))}
    return table.mutate(**{name: null("VARCHAR") for name in ("unmet", "unless", "awaiting")} | added)


def _with_failing(table: Table, rulebook: Rulebook, lang: Language) -> Table:
    """Add what is said of each node that fails: first of the checks, then of what is made of them."""
    asking: dict[Node, list[Criterion]] = {}
    heights: dict[Node, int] = {}
    for criterion in _deciding(rulebook):
        for one in walk(criterion.gate):
            asking.setdefault(one, []).append(criterion)
            heights[one] = (
                1 + max((heights[child] for child in one.children), default=0) if isinstance(one, Gate) else 0
            )
    for height in range(max(heights.values(), default=-1) + 1):
        words = Words(Decided(table, rulebook), lang)
        several = [one for one, its in heights.items() if its == height]
        table = table.mutate(**{words.column(one): words.of_failing(one, asking[one]) for one in several})
        ways = [one for one in several if isinstance(one, Gate) and words.has_ways(one)]
        table = table.mutate(**{words.column(one): words.of_ways(table[words.column(one)], one) for one in ways})
    return table


def of_level(column: str, level: Criterion | None) -> str:
    """Give the name of a column of a level of a ladder; without one, of the whole."""
    return column if level is None else f"{column}:{level.words.id}"


def _deciding(rulebook: Rulebook, level: Criterion | None = None) -> list[Criterion]:
    """Give the criteria that decide, of a level of a ladder those of its edition."""
    return [one for one in (rulebook.criteria if level is None else level.parts) if one.words.decides]


def sentence(
    decided: Decided, lang: Language, counted: Container[str] = (), level: Criterion | None = None, mark: str = ""
) -> Value:
    """Give the sentences of each row of a table with words; missing facts that are `counted` are not named.

    Of a `level` of a ladder, those of its edition, but for what only informs, and what is open beside what fails.
    `mark` stands between two sentences.
    """
    words = Words(decided, lang, counted)
    outcome = decided.outcome(decided.rulebook.verdict_gate if level is None else level.gate)
    all_met = ALL_MET.in_language(lang) + {"zh": "", "en": " "}[lang]
    told = (decided.table[of_level(name, level)] for name in ("unmet", "unless"))
    return joined(
        cases((outcome, all_met), (~outcome, NOT_MET.in_language(lang)), else_=""),
        *(one if level is None else one.replace(_CUT, mark) for one in told),
        cases((Open(decided).is_any_open(level), joined(words.open(level), mark)), else_=""),
        *(cases((where, joined(told, mark)), else_="") for where, told in words.choices(level)),
        *words.beside(level),
    ).rstrip()


class Words:
    """The words for a judged table, in one language."""

    def __init__(self, decided: Decided, lang: Language, counted: Container[str] = ()) -> None:
        """Take a table, and which missing facts are counted, not named."""
        self._decided = decided
        self._counted = counted
        self._open = Open(decided)
        self._lang = lang
        self._is_zh = lang == "zh"
        self._stop = {"zh": "。", "en": ". "}[lang]  # a space may follow the last one

    def _say(self, pair: Pair | Text) -> str:
        if isinstance(pair, Text):
            return pair.in_language(self._lang)
        return pair[0] if self._is_zh else pair[1]

    def unmet(self, criterion: Criterion) -> Value:
        """Say what an unmet criterion fails by; nothing where it is met or open."""
        return self._said(criterion.gate)

    def beside(self, level: Criterion | None = None) -> list[Value]:
        """Say which criteria that only inform are not met, and on which readings the verdict, or a `level`, hangs."""
        rulebook = self._decided.rulebook
        informing = [one for one in rulebook.criteria if not one.words.decides]
        inform = [(~self._decided.outcome(one.gate), self._say(quoted(one.words.title))) for one in informing]
        hung: dict[str, list[Value]] = {}
        for place, one in enumerate(rulebook.alternatives):
            if level is not None and one.id not in level.moved_by:
                continue
            hung.setdefault(self._say(quoted(one.title)), []).append(self._decided.table[hangs(place)])
        told = []
        for parts, head in (
            (inform, INFORMING),
            ([(or_(*any_of), title) for title, any_of in hung.items()], HUNG),
        ):
            if parts:
                says = joined(self._say(head), listed(parts, self._say(LISTED)), self._stop)
                told.append(cases((or_(*(holds for holds, _ in parts)), says), else_=""))
        return told

    def open(self, level: Criterion | None = None) -> Value:
        """Name what is missing, what is to be judged, and the criteria that are open for another reason.

        Of one `level` of a ladder, which is itself the criterion, that.
        """
        book, told = self._decided.rulebook, []
        order, found = asked_order(book, level), self._open.missing(level)
        missing = {one: found[one] for one in sorted(found, key=order.__getitem__)}
        facts = [book.vocabulary[one] for one in missing]
        deciding = [one for one in book.criteria if one.words.decides] if level is None else [level]
        for reason, head in HEADS.items():
            if reason in {Reason.MISSING, Reason.NEEDS_REVIEW}:
                of_it = [one for one in facts if one.needs_review is (reason is Reason.NEEDS_REVIEW)]
                words = {one.id: self._say(quoted(one.question)) for one in of_it}
                titles = listed(named(missing, words, self._counted, self._lang), self._say(LISTED))
                said = joined(self._say(head), titles)
            else:  # which few rows have, and of these only some foremost
                words = {one.words.id: self._say(quoted(one.words.title)) for one in deciding}
                some = [(self._open.reason(one, "") == reason.value, words[one.words.id]) for one in deciding]
                titles = listed(some, self._say(LISTED))
                said = cases((titles != "", joined(self._say(head), titles)))
            told.append((self._open.is_for(reason, level), said))
        return joined(self._say(OPEN), listed(told, self._say(BETWEEN)), self._stop)

    def unless(self, criterion: Criterion) -> list[tuple[Value, Value]]:
        """Say of an open criterion of which some ways fail what could still save it, and in which rows that is said."""
        return self._saved(criterion.words.title, criterion.gate)

    def _saved(self, title: Text, node: Node) -> list[tuple[Value, Value]]:
        if isinstance(node, Check):
            return []
        outcome = self._decided.outcome
        within = [part for child in node.children for part in self._saved(title, child)]
        is_open = outcome(node).isnull()
        if node.guard is not None and node.guard.borrowed is not None:
            is_open &= outcome(node.guard).notnull()
        if gate_is_all(node):
            return [(is_open & where, said) for where, said in within]
        ways = [one for one in _ways(node) if not is_only_spared(node, one)]
        fails = [surely(~outcome(one)) & ~self._is_no_way(node, one) for one in ways]
        head, unless, between = (self._say(one) for one in unless_words(title, node))
        needs = [(outcome(one).isnull(), self._need(node, one)) for one in node.children]
        failed = [cases((fail, self._said(one)), else_="") for fail, one in zip(fails, ways, strict=True)]
        told = joined(head, *failed).re_replace(f"[{STOPS}]+$", "")
        said = joined(told, unless, listed(needs, between), self._stop)
        any_fails = or_(*fails)
        inner = [(is_open & ~any_fails & where, told) for where, told in within]
        return [(is_open & any_fails, said), *inner]

    def choices(self, level: Criterion | None = None) -> Iterator[tuple[Value, Value]]:
        """Say of open criteria that one of several ways is enough, and in which rows; of a `level`, of its edition."""
        for one in _deciding(self._decided.rulebook, level):
            yield from self._choices(one.words.title, one.gate)

    def _choices(self, title: Text, node: Node) -> Iterator[tuple[Value, Value]]:
        if isinstance(node, Check):
            return
        outcome = self._decided.outcome
        within = [part for one in node.children if one is not node.guard for part in self._choices(title, one)]
        if not is_choice(node):
            yield from ((outcome(node).isnull() & where, told) for where, told in within)
            return
        fails = [
            surely(~outcome(one)) & ~self._is_no_way(node, one) for one in _ways(node) if not is_only_spared(node, one)
        ]
        is_open = outcome(node).isnull() & ~or_(*fails)
        several = total([outcome(one).isnull().cast("BIGINT") for one in node.children]) > 1
        checks = [one for one in walk(node) if isinstance(one, Check)]
        behind = (part.id for one in checks for part in self._decided.rulebook.vocabulary.stated_behind(one.fact))
        if any(fact not in self._counted for fact in behind):
            head, between = map(self._say, choice_words(node))
            needs = [(outcome(one).isnull(), self._need(node, one)) for one in node.children]
            before = self._say(of_criterion(title)) + head
            yield is_open & several, joined(before, listed(needs, between), self._stop)
        yield from ((is_open & ~several & where, told) for where, told in within)

    def _need(self, gate: Gate, way: Node) -> Value:
        """Say what an open way of a gate still requires, and of what few firms have what to state."""
        nothing = Text("", "")
        return joined(self._still(way), self._say(need_words(gate, way, nothing)))

    def _still(self, node: Node) -> Value:
        """Say what an open node still requires, as `open_requirement` does."""
        if isinstance(node, Check) or not told_by_parts(node):
            return literal(self._say(requirement(node)))
        opens = [self._decided.outcome(one).isnull() for one in node.children]
        begin, between, end = map(self._say, PARTS[node.word])
        told = listed([(is_open, self._still(one)) for is_open, one in zip(opens, node.children, strict=True)], between)
        return cases((total([one.cast("BIGINT") for one in opens]) > 1, joined(begin, told, end)), else_=told)

    def column(self, node: Node) -> str:
        """Give the name of the column with what is said of a node that fails."""
        return f"says_{self._decided.place[node.id]}"

    def _said(self, node: Node) -> Value:
        return self._decided.table[self.column(node)]

    def of_failing(self, node: Node, criteria: Iterable[Criterion]) -> Value:
        """Say what a node fails by; nothing where it is met or open, or where all these criteria are met.

        Of a gate that has ways, these with GAP between them.
        """
        outcome = self._decided.outcome
        if isinstance(node, Check):
            all_met = and_(*(surely(outcome(one.gate)) for one in criteria))
            return cases((~outcome(node) & ~all_met, self._of_check(node)), else_="")
        ways = _ways(node)
        pieces = [self._said(child) for child in ways]
        if not gate_is_all(node) and (tiers(node) or any(_may_close(child) for child in ways)):
            is_way = or_(*(surely(~outcome(child)) & ~self._is_no_way(node, child) for child in ways))
            pieces = [
                cases((is_way & self._is_no_way(node, child), ""), else_=piece)
                for child, piece in zip(ways, pieces, strict=True)
            ]
        if self.has_ways(node):
            pieces = list(self._each_list_once(ways, pieces))
        told = joined(*(piece.nullif("") for piece in pieces), mark=GAP) if len(pieces) > 1 else pieces[0]
        if len(pieces) > 1 and not self.has_ways(node):
            told = told.re_replace(f"[{STOPS}]*{GAP}", self._say(BETWEEN))
        another = or_(*(surely(~outcome(one)) for one in switches(node)[0]))
        return cases((~outcome(node) & ~another, told), else_="")

    def _each_list_once(self, ways: Sequence[Node], pieces: Sequence[Value]) -> Iterator[Value]:
        """Give the words of ways, of which later ones do not tell again what is in a list."""
        listed: dict[str, list[Value]] = {}
        for way, piece in zip(ways, pieces, strict=True):
            again = again_words(way)
            if again is None:
                yield piece
                continue
            fact, words = again
            before = or_(*(one != "" for one in listed.get(fact, ())))
            told = words.in_language(self._lang) + {"zh": "", "en": " "}[self._lang]
            yield cases(((piece != "") & before, told), else_=piece) if fact in listed else piece
            listed.setdefault(fact, []).append(piece)

    def has_ways(self, gate: Gate) -> bool:
        """Say whether several ways may be told of a gate, of which one would be enough."""
        return not gate_is_all(gate) and len(_ways(gate)) > 1

    def of_ways(self, told: Value, gate: Gate) -> Value:
        """Say of ways with GAP between them that one is enough; of a single one there is nothing to say."""
        head, between, end = map(self._say, way_words(gate))
        several = told.re_replace(f"[{STOPS}]*{GAP}", between).re_replace(f"[{STOPS}]+$", "")
        return cases((told.contains(GAP), joined(head, several, end + ("" if self._is_zh else " "))), else_=told)

    def _is_no_way(self, gate: Gate, way: Node) -> Value:
        """Say whether a failing child of a gate is closed, or for firms of another tier, as in `reasons`."""
        asks, outcome = tiers(gate), self._decided.outcome
        own = or_(*(and_(*(surely(outcome(one)) for one in of_it)) for of_it in asks.values()))
        fails = or_(*(surely(~outcome(one)) for one in asks.get(way.id, ())))
        return (fails & own) | self._is_closed(way)

    def _is_closed(self, node: Node) -> Value:
        """Say whether a failing node is no way out, as in `reasons`."""
        if not _may_close(node):
            return NO
        fails = surely(~self._decided.outcome(node))
        if isinstance(node, Check):
            return fails
        closing = [surely(~self._decided.outcome(one)) for one in switches(node)[0]]
        if gate_is_all(node):
            closing += [self._is_closed(child) for child in node.children]
        return fails & or_(*closing)

    def _of_check(self, check: Check) -> Value:
        """Say of a check that fails what `finding_sentence` says."""
        title = self._say(check.fact.title)
        if check.operator is Operator.GIVEN and isinstance(check.right, Threshold):
            state = ("未填写", " is not given") if check.right.value else ("已填写", " is given")
            return literal(f"{title}{self._say(state)}{self._stop}")
        colon = self._say(("：", ": "))
        before = self._say((f"，{must(check.fact)}", "; required: "))
        tail, notes = self._distance(check), self._odd(check)
        asked, seen = self._required(check), self._seen(check)
        if check.fact.may_be_stated:
            seen = joined(seen, cases((self._decided.is_as_stated(check.fact), self._say(STATED)), else_=""))
        if (assumed := self._decided.is_assumed(check.fact)) is not None:
            is_so = assumed & ~self._decided.is_as_stated(check.fact)
            seen = joined(seen, cases((is_so, self._say(ASSUMED)), else_=""))
        return joined(f"{title}{colon}", seen, before, asked, tail, *notes, self._stop)

    def _odd(self, check: Check) -> Iterator[Value]:
        """Say what looks odd about the figures that a check rests on."""
        table = self._decided.table
        for one in watched_by(self._decided.rulebook.vocabulary, check):
            odd: list[tuple[Value, str]] = []
            if (name := f"{IS_FRACTION}{one.id}") in table.columns:
                rests = table[name] & self._decided.is_as_stated(one) if one.is_derived else table[name]
                odd.append((rests, self._say(fraction_words(one))))
            if one.plausible is not None:
                odd.append((is_unusual(one, self._decided.value(one)), self._say(unusual_words(one))))
            if odd:
                yield cases(*odd, else_="")

    def _required(self, check: Check) -> Value | str:
        right, fact = check.right, check.fact
        if isinstance(right, Threshold):
            return self._say(right_words(check))
        origin = self._say(of_fact(right.fact.title) if isinstance(right, FactOf) else OF_BENCHMARK)
        told = self._required_figure(fact, check.operator, self._decided.required(check))
        ends = self._decided.ends(right.fact) if isinstance(right, FactOf) else ()
        if len(ends) > 1:  # a range that the firm states of it
            before, after = self._say(("（", " (")), self._say(("）", ")"))
            said = joined(self._say(OPERATORS[check.operator]), before, self._range(fact, None, *ends), after)
            told = cases((ends[0] != ends[1], said), else_=told)
        return joined(told, origin)

    def _required_figure(self, fact: Fact, operator: Operator, value: Value) -> Value:
        word = self._say(OPERATORS[operator])
        if operator is Operator.AT_MOST and fact.kind is Kind.RANK:
            return joined(self._say(("前 ", "among the first ")), full(value), self._say((" 名", "")))
        if fact.is_numeric:
            return joined(f"{word} ", self._exactly(fact, value))
        return joined(self._say((word, f"{word} ")), self._other(fact, value))

    def _distance(self, check: Check) -> Value | str:
        """Say how far the figure of a check that fails is from the threshold, and on which side."""
        if check.operator in {Operator.EQUALS, Operator.DIFFERS_FROM} or not check.fact.is_numeric:
            return ""
        gap = self._decided.gap(check)
        at = self._say(("，恰在门槛上", ", exactly at the threshold"))
        side = cases((gap < 0.0, self._say(("，还差 ", ", short by "))), else_=self._say(("，超出 ", ", over by ")))
        size = self._size(check.fact, _without_noise(gap.abs(), check), gap_decimals(check))
        told = joined(side, size)
        told = told.replace(f" {LESS_THAN[0]}", LESS_THAN[0]) if self._is_zh else told
        told = cases((gap == 0.0, at), else_=told)
        low, *_, high = 2 * self._decided.ends(check.fact)
        return cases((gap.isnull(), ""), (low != high, ""), else_=told)

    def _size(self, fact: Fact, gap: Value, decimals: int) -> Value:
        less_than = self._say(LESS_THAN)
        written = apart(gap, decimals, less_than, even_gaps_from(fact))
        if fact.kind is Kind.MONEY and not self._is_zh:
            in_yuan = joined("CNY ", apart(gap * 10_000.0, max(decimals - IN_YUAN, 0), less_than))
            in_millions = joined("CNY ", apart(gap / 100.0, decimals), " million")
            return cases((gap < float(MILLION), in_yuan), else_=in_millions)
        if fact.kind is Kind.MONEY:
            return joined(written, " 万元")
        if fact.kind not in {Kind.PERCENT, Kind.RANK}:
            return self._with_unit(fact, written)
        zh, en = (" 个百分点", " percentage point") if fact.kind is Kind.PERCENT else (" 名", " place")
        return joined(written, zh) if self._is_zh else joined(written, en, cases((written == "1", ""), else_="s"))

    def _seen(self, check: Check) -> Value:
        """Write the figure of a check as `figure_words` does."""
        value = self._decided.value(check.fact)
        told = self._number(check, value) if check.fact.is_numeric else self._other(check.fact, value)
        bound = self._decided.within(check)
        if bound is None:
            return told
        whole, most = bound
        lowest, vocabulary = check.fact.lowest, self._decided.rulebook.vocabulary
        words = [(whole == one.id, self._say(within(one))) for one in vocabulary.wholes_of(check.fact)]
        least = literal(float(-LARGEST if lowest is None else lowest))
        bounded = joined(self._range(check.fact, self._decided.required(check), least, most), cases(*words))
        return cases((most.notnull(), bounded), else_=told)

    def _number(self, check: Check, value: Value) -> Value:
        fact = check.fact
        one = self.amount(fact, value, self._decided.required(check))
        ends = self._decided.ends(fact)
        if len(ends) == 1:
            return one
        return cases((ends[0] != ends[1], self._range(fact, self._decided.required(check), *ends)), else_=one)

    def _range(self, fact: Fact, bar: Value | None, low: Value, high: Value) -> Value:
        """Write a figure of which only the ends are known, or only one of them."""
        until, bar = self._say((" 至 ", " to ")), literal(0.0) if bar is None else bar
        lower, upper = (beside(low), beside(high)) if is_typed(fact) and fact.kind not in WHOLE else (low, high)
        least, most = self.amount(fact, lower, bar), self.amount(fact, upper, bar)
        if fact.kind is Kind.RANK:
            head, end = self._say(("第 ", "place ")), self._say((" 名", ""))
            between = joined(head, self._digits(fact, lower, bar), until, self._digits(fact, upper, bar), end)
        elif fact.kind in {Kind.MONEY, Kind.PERCENT}:
            between = joined(least, until, most)
        else:
            unit = f" {self._say(fact.unit)}"
            between = joined(self._digits(fact, lower, bar), until, self._digits(fact, upper, bar), unit)
        lowest, highest = limits_of(fact)
        is_open_below = low <= (-float(LARGEST) if lowest is None else float(lowest))
        is_open_above = high >= (float(LARGEST) if highest is None else float(highest))
        return cases(
            (is_open_below & is_open_above, between),
            (is_open_below, joined(self._end("high", high == upper), " ", most)),
            (is_open_above, joined(self._end("low", low == lower), " ", least)),
            else_=between,
        )

    def _end(self, name: str, belongs: Value) -> Value:
        """Write how the one end of a range is told that is known."""
        included, beyond = (self._say(OPERATORS[one]) for one in ENDS[name])
        return cases((belongs, included), else_=beyond)

    def amount(self, fact: Fact, value: Value, bar: Value | None = None) -> Value:
        """Write a figure with its unit, of those that are rounded with as many digits as tell it from `bar`."""
        bar = literal(0.0) if bar is None else bar
        if fact.kind is not Kind.MONEY:
            return self._with_unit(fact, self._digits(fact, value, bar))
        if self._is_zh:
            return joined(self._digits(fact, value, bar), " 万元")
        if not is_typed(fact):
            return self._yuan(value, bar)
        is_small = (value.abs() < 1.0) & (value != 0.0)
        return cases((is_small, self._yuan(value, bar)), else_=self._exactly(fact, value))

    def _digits(self, fact: Fact, value: Value, bar: Value) -> Value:
        if fact.is_calendar_year:
            return full(value).replace(",", "")
        return full(value) if is_typed(fact) else decimals(value, bar)

    def _exactly(self, fact: Fact, value: Value) -> Value:
        if fact.kind is Kind.MONEY:
            return joined(full(value), " 万元") if self._is_zh else joined("CNY ", full(millions(value)), " million")
        return self._with_unit(fact, self._digits(fact, value, value) if fact.is_calendar_year else full(value))

    def _yuan(self, value: Value, bar: Value) -> Value:
        is_small = (value.abs() < 1.0) & (value != 0.0)
        return cases(
            (is_small, joined("CNY ", decimals(value * 10_000.0, bar * 10_000.0))),
            else_=joined("CNY ", decimals(value / 100.0, bar / 100.0), " million"),
        )

    def _with_unit(self, fact: Fact, written: Value) -> Value:
        if fact.kind is Kind.PERCENT:
            return joined(written, "%")
        if fact.kind is Kind.RANK:
            return joined("第 ", written, " 名") if self._is_zh else joined("place ", written)
        unit = self._say(fact.unit)
        if not unit:
            return written
        if self._is_zh or singular(unit) == unit:
            return joined(written, f" {unit}")
        return joined(written, cases((written == "1", f" {singular(unit)}"), else_=f" {unit}"))

    def _other(self, fact: Fact, value: Value) -> Value:
        """Write what is no number."""
        if fact.kind in BOOLEAN:
            return cases((value, self._say(("是", "yes"))), else_=self._say(("否", "no")))
        if fact.kind in {Kind.CHOICE, Kind.CHOICES}:
            told = self._options(fact, value)
            return told if fact.kind is Kind.CHOICE else self._with_those_out(told, value)
        return value.cast("VARCHAR")

    def _options(self, fact: Fact, value: Value) -> Value:
        """Give the title of an option, or of each of several."""
        titles = {code: option.title.in_language(self._lang) for code, option in fact.choices.items()}
        if fact.kind is Kind.CHOICE:
            return cases(*((value == code, title) for code, title in titles.items()), else_=value)
        none, mark = {"zh": ("无", "、"), "en": ("none", ", ")}[self._lang]
        one = [(value == f",{code},", title) for code, title in titles.items()]
        told = [cases((value.contains(f",{code},"), title + mark), else_="") for code, title in titles.items()]
        several = joined("", *told)
        listed = cases((several == "", none), else_=several.substr(0, several.length() - len(mark)))
        return cases((value == ",", none), *one, else_=listed)

    def _with_those_out(self, told: Value, value: Value) -> Value:
        """Give the options of a list with what was typed and is out of its term, as `wording.list_words` does."""
        begin, mark, end = (self._say(one) for one in OUT_WORDS)
        none, between = {"zh": ("无", "；"), "en": ("none", "; ")}[self._lang]
        out = value.re_replace(r",(?:[^+,]|\+[^-,])[^,]*", "")
        typed = (
            out.substr(len(OUT) + 1, out.length() - len(OUT) - 2)
            .replace("“", "‘")
            .replace("”", "’")
            .replace(f",{OUT}", mark)
        )
        says = joined(cases((told == none, ""), else_=joined(told, between)), begin, typed, end)
        return cases((value.contains(f",{OUT}"), says), else_=told)


def is_unusual(fact: Fact, value: Value) -> Value:
    """Say which values of a fact are outside its usual range; a computed one at its end is not."""
    usual, hair = fact.plausible, HAIR if fact.is_derived else 0.0
    low = [] if usual is None or usual.at_least is None else [value < float(usual.at_least) * (1.0 - hair)]
    high = [] if usual is None or usual.at_most is None else [value > float(usual.at_most) * (1.0 + hair)]
    return or_(*low, *high)


def _without_noise(gap: Value, check: Check) -> Value:
    """Give a distance without the digits that only come of subtracting floats of the size of a threshold."""
    bar = abs(float(cast("Number", check.right.value))) if isinstance(check.right, Threshold) else 1e5
    rounded = gap.round(max(14 - floor(log10(max(bar, 1.0))), 2))
    return cases((rounded > 0.0, rounded), else_=gap)


def _ways(gate: Gate) -> list[Node]:
    """Give the children of a gate without its guard."""
    return [one for one in gate.children if one is not gate.guard]


def _may_close(node: Node) -> bool:
    """Say whether a node can be no way out for some firms."""
    if isinstance(node, Check):
        return node.fact.id in UNCHANGEABLE
    return bool(switches(node)[0]) or (gate_is_all(node) and any(_may_close(child) for child in node.children))
