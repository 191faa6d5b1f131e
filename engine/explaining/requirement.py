"""What a criterion requires, in words: whatever the firm, or of what is open of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from engine.explaining.verdict import figure
from engine.explaining.wording import NOT_APPLICABLE, OPERATORS, required_words
from engine.ground.errors import Text, in_quotes, told_apart
from engine.ground.outcome import Outcome
from engine.rulebooks.logic import Check, FactOf, Gate, Node, Threshold, walk
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


def right_words(check: Check) -> Text:
    """Say in words what a check asks of its fact."""
    right = check.right
    if isinstance(right, Threshold):
        return Text(*required_words(check.fact, check.operator, figure(right.value)))
    operator = OPERATORS[check.operator]
    if isinstance(right, FactOf):
        return Text(f"{operator.zh}{in_quotes(right.fact.title.zh)}", f"{operator.en} {right.fact.title.en}")
    return Text(f"{operator.zh}对标值 {right.column}", f"{operator.en} the benchmark {right.column}")
