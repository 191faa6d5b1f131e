"""What a criterion requires, in words: whatever the firm, or what is open of it; what a trial (试算) has instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from engine.explaining.verdict import figure
from engine.explaining.wording import NOT_APPLICABLE, OPERATORS, Pair, figure_words, list_words, required_words
from engine.ground.errors import Language, Problem, Text, in_quotes, told_apart
from engine.ground.outcome import Outcome
from engine.ground.values import OUT, Known, out_of_term, unmarked
from engine.language.facts import Fact
from engine.rulebooks.logic import Change, Check, FactOf, Gate, Node, Rulebook, Threshold, walk
from engine.rulebooks.marks import TRIAL
from engine.rulebooks.rulebook import Operator


def requirement(node: Node) -> Text:
    """Say in words what a node requires."""
    if isinstance(node, Check):
        required = right_words(node)
        title, en_colon = node.fact.title, " " if node.fact.is_numeric else ": "
        return Text(f"{title.zh}{required.zh}", f"{title.en}{en_colon}{required.en}")
    if not node.children:
        return Text("没有要求", "nothing")
    if (in_short := _any_option(node) or _borrowed(node)) is not None:
        return in_short
    parts = [requirement(child) for child in node.children]
    if node.guard is not None:
        parts[0] = Text(f"{NOT_APPLICABLE.zh}（{parts[0].zh}）", f"{NOT_APPLICABLE.en} ({parts[0].en})")
    if len(parts) == 1:
        return parts[0]
    if node.word == "at_least":
        zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
        return Text(f"以下至少 {node.need} 项：{zh}", f"at least {node.need} of: {en}")
    return _joined(node.word, parts)


def _borrowed(gate: Gate) -> Text | None:
    borrowed = next((leaf.borrowed for leaf in walk(gate) if isinstance(leaf, Check) and leaf.borrowed), None)
    if borrowed is None or gate.word != "all_of" or len(gate.children) == 1:
        return None
    return Text(f"符合{borrowed.named.zh}", f"qualified under {borrowed.named.en}")


@lru_cache(maxsize=4096)
def _any_option(gate: Gate) -> Text | None:
    """Say in a phrase what a gate requires that asks for any of several options of one fact; None of another."""
    checks = [one for one in gate.children if isinstance(one, Check) and one.operator in _OF_OPTIONS]
    ways = {(one.fact.id, one.operator) for one in checks if not one.fact.is_numeric}
    if gate.word != "any_of" or gate.guard is not None or len(ways) != 1 or not len(checks) == len(gate.children) > 1:
        return None
    title, begin = checks[0].fact.title, OPERATORS[checks[0].operator]
    words = [right_words(one) for one in checks]
    options = told_apart(Text(one.zh.removeprefix(begin.zh), one.en.removeprefix(begin.en).strip()) for one in words)
    return Text(f"{title.zh}{begin.zh}{options.zh}之一", f"{title.en}: {f'{begin.en} any of'.strip()} {options.en}")


_OF_OPTIONS = frozenset({Operator.EQUALS, Operator.CONTAINS})


@lru_cache(maxsize=4096)
def told_by_parts(node: Node) -> bool:
    """Say whether of what a node requires the open parts can be told alone."""
    if isinstance(node, Check) or node.word == "at_least" or node.guard is not None or _any_option(node) is not None:
        return False
    return len(node.children) > 1 and not any(one.borrowed for one in walk(node) if isinstance(one, Check))


def open_requirement(node: Node, outcomes: Mapping[str, Outcome]) -> Text:
    """Say in words what an open node requires of the firm still: neither what is met, nor ways that are not met.

    Rows of a file are told the same by the database (`columns.words`).
    """
    if isinstance(node, Check) or not told_by_parts(node):
        return requirement(node)
    parts = [open_requirement(one, outcomes) for one in node.children if outcomes[one.id] is Outcome.UNDETERMINED]
    if len(parts) == 1:
        return parts[0]
    return _joined(node.word, parts)


def _joined(word: str, parts: Sequence[Text]) -> Text:
    begin, between, end = PARTS[word]
    zh, en = between.zh.join(one.zh for one in parts), between.en.join(one.en for one in parts)
    return Text(f"{begin.zh}{zh}{end.zh}", f"{begin.en}{en}{end.en}")


_BRACKETS = Text("（", "("), Text("）", ")")
PARTS = {
    "all_of": (_BRACKETS[0], Text("；并且", " and "), _BRACKETS[1]),
    "any_of": (_BRACKETS[0], Text("；或者", " or "), _BRACKETS[1]),
}
"""What stands before, between and behind what several parts of a gate require."""


def beside_it(check: Check) -> Text | None:
    """Say of a figure that is not the text's own what the text has; None of any other."""
    own = _own_words(check)
    return Text(f"{TRIAL.zh}，文本为{own.zh}", f"{TRIAL.en}; the text says {own.en}") if own else None


def _own_words(check: Check) -> Text | None:
    own = check.right.text if isinstance(check.right, Threshold) else None
    return None if own is None else right_words(replace(check, right=own))


def change_words(change: Change, stated: Mapping[str, Known | None] | None = None) -> Text:
    """Say what a trial has instead of the text: a figure with the text's own, or a criterion that does not count.

    Of a fact also what the firm has `stated` of it.
    """
    title, check = change.title, change.check
    if change.fact is not None and change.value is not None:
        words = _fact_words(change.fact, change.value, stated, instead=change.instead)
        return words if change.used else Text(f"{words.zh}（这里的条件不用它）", f"{words.en} (not used here)")
    if check is None or not isinstance(check.right, Threshold):
        return Text(f"{in_quotes(title.zh)}不计入结论", f"{title.en} does not count")
    now = requirement(replace(check, right=replace(check.right, text=None)))
    own = _own_words(check) or now
    zh, en = f"{now.zh}（文本为{own.zh}）", f"{now.en} (the text says {own.en})"
    return Text(zh, en) if check.fact.title == title else Text(f"{title.zh}：{zh}", f"{title.en}: {en}")


def _fact_words(fact: Fact, value: Known, stated: Mapping[str, Known | None] | None, *, instead: bool) -> Text:
    """Say what is taken of a fact, if it is blank or `instead` of what is stated, and what the firm states of it."""
    title, words = Text(in_quotes(fact.title.zh), fact.title.en), value_words(fact, value)
    own = None if stated is None else stated.get(fact.id)
    said = None if own is None else value_words(fact, own)
    if instead:
        zh, en = f"{title.zh}按{words.zh}计", f"{title.en} is taken to be {words.en}"
        if stated is None:
            return Text(zh, en)
        was = said or Text("空白", "blank")
        return Text(f"{zh}（所填为{was.zh.rstrip()}）", f"{en} (stated: {was.en})")
    if said is not None:
        return Text(
            f"{title.zh}已填{said.zh.rstrip()}，没有改（fill 只用于空白；改所填的，用 change）",
            f"{title.en} is stated as {said.en} and stays (fill is for blanks; change replaces what is stated)",
        )
    return Text(f"空白的{title.zh}按{words.zh}计", f"{title.en}, where blank, is taken to be {words.en}")


def stated_words(fact: Fact, value: Known, until: Mapping[str, date] = MappingProxyType({})) -> Pair:
    """Give what is stated of a fact in words; of a list also what is out of its term, and `until` when it has one."""
    if not isinstance(value, frozenset):
        return figure_words(fact, figure(value))
    options = [unmarked(one) for one in sorted(value) if not one.startswith(OUT)]
    return list_words(fact, options, until, out_of_term(value))


def value_words(fact: Fact, value: Known) -> Text:
    """Give a value in words, with its unit."""
    zh, en = stated_words(fact, value)
    return Text(f" {zh}{' ' if zh[-1].isascii() else ''}" if zh[0].isascii() else in_quotes(zh), en)


def assumed(fact: Fact, value: Known) -> Problem:
    """Note that a fact is blank and what it is taken to be."""
    words = value_words(fact, value)
    return Problem(
        fact.id, Text(f"没有填写，按假设的{words.zh}计", f"is blank, and taken to be {words.en} by assumption")
    )


def changes_of(several: Iterable[tuple[Text, Rulebook]], stated: Mapping[str, Known | None]) -> tuple[Text, ...]:
    """Say what each of several rulebooks has instead of its text, under its title; what is assumed of facts once."""
    told: dict[Text, None] = {}
    several = [*several]
    books = [book for _, book in several]
    for title, book in several:
        for change in book.changes:
            if not change.used and any(one.id == change.id and one.used for other in books for one in other.changes):
                continue
            words = change_words(change, stated)
            of_it = Text(f"{title.zh}：{words.zh}", f"{title.en}: {words.en}")
            told[of_it if change.fact is None else words] = None
    return tuple(told)


def trial_words(changes: Sequence[Text]) -> Text:
    """Say of an answer that it is a trial, and what is not as the text has it."""
    zh, en = "；".join(one.zh for one in changes), "; ".join(one.en for one in changes)
    return Text(f"{TRIAL.zh}：{zh}。", f"{TRIAL.en[0].upper()}{TRIAL.en[1:]}: {en}.")


def tried_name(name: str, rulebook: Rulebook, lang: Language) -> str:
    """Give the name of a rulebook, of a trial with what is not as the text has it."""
    if not rulebook.changes:
        return name
    told = trial_words(tuple(map(change_words, rulebook.changes))).in_language(lang).rstrip("。.")
    return f"{name}（{told}）" if lang == "zh" else f"{name} ({told})"


def right_words(check: Check) -> Text:
    """Say in words what a check asks of its fact."""
    right = check.right
    if isinstance(right, Threshold):
        words = Text(*required_words(check.fact, check.operator, figure(right.value)))
        beside = beside_it(check)
        return Text(f"{words.zh}[{beside.zh}]", f"{words.en} [{beside.en}]") if beside else words
    operator = OPERATORS[check.operator]
    if isinstance(right, FactOf):
        return Text(f"{operator.zh}{in_quotes(right.fact.title.zh)}", f"{operator.en} {right.fact.title.en}")
    return Text(f"{operator.zh}对标值 {right.column}", f"{operator.en} the benchmark {right.column}")
