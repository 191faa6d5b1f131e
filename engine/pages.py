"""Rulebooks and facts as plain data for readers: what the command line prints and the service answers."""

from __future__ import annotations

from typing import Any

from engine.errors import Text
from engine.facts import Fact
from engine.logic import Check, FactOf, Gate, Node, Rulebook, Threshold
from engine.verdict import figure
from engine.wording import OPERATORS, required_words


def rulebook_page(rulebook: Rulebook, *, whole: bool = True) -> dict[str, Any]:
    """Give a rulebook: its edition and dates, and if `whole` its sources, criteria, parameters and open questions."""
    words = rulebook.words
    page: dict[str, Any] = {
        "id": words.id,
        "title": words.title,
        "qualification": words.qualification,
        "edition": words.edition,
        "in_force": {"from": words.in_force.from_, "to": words.in_force.to},
        "applies_to": list(words.applies_to),
        "digest": rulebook.digest,
    }
    if not whole:
        return {**page, "criteria_count": len(rulebook.criteria)}
    sources = {key: source.model_dump(mode="json") for key, source in words.sources.items()}
    parameters = [
        {
            "id": name,
            "title": parameter.title,
            "value": parameter.value if isinstance(parameter.value, str) else parameter.value.model_dump(),
            "cite": parameter.cite.model_dump(),
            "quote": parameter.quote,
            "reading": parameter.reading,
            "confirmed": parameter.confirmed,
        }
        for name, parameter in words.parameters.items()
    ]
    criteria = [
        {
            "id": criterion.words.id,
            "title": criterion.words.title,
            "cite": criterion.words.cite.model_dump(),
            "quote": criterion.words.quote,
            "reading": criterion.words.reading,
            "confirmed": criterion.words.confirmed,
            "decides": criterion.words.decides,
            "evidence": list(criterion.words.evidence),
            "requires": requirement(criterion.gate),
        }
        for criterion in rulebook.criteria
    ]
    return {
        **page,
        "sources": sources,
        "parameters": parameters,
        "criteria": criteria,
        "open_questions": [question.model_dump(mode="json") for question in words.open_questions],
        "facts_used": sorted(rulebook.facts_used),
    }


def requirement(node: Node) -> Text:
    """Say in words what a node requires."""
    if isinstance(node, Check):
        required = _right_words(node)
        return Text(f"{node.fact.title.zh}{required.zh}", f"{node.fact.title.en} {required.en}")
    borrowed = next((check.borrowed for check in _checks(node) if check.borrowed), None)
    if borrowed is not None and len(node.children) > 1 and node.word == "all_of":
        return Text(f"符合规则 {borrowed[0]}", f"qualified under {borrowed[0]}")
    parts = [requirement(child) for child in node.children]
    if node.guard is not None:
        parts[0] = Text(f"不适用（{parts[0].zh}）", f"not applicable ({parts[0].en})")
    if len(parts) == 1:
        return parts[0]
    zh, en = {
        "all_of": ("；并且", " and "),
        "any_of": ("；或者", " or "),
        "at_least": ("；", "; "),
    }[node.word]
    words = Text(zh.join(part.zh for part in parts), en.join(part.en for part in parts))
    if node.word == "at_least":
        return Text(f"以下至少 {node.need} 项：{words.zh}", f"at least {node.need} of: {words.en}")
    return Text(f"（{words.zh}）", f"({words.en})")


def _checks(node: Node) -> list[Check]:
    if isinstance(node, Gate):
        return [check for child in node.children for check in _checks(child)]
    return [node]


def _right_words(check: Check) -> Text:
    right = check.right
    if isinstance(right, Threshold):
        return required_words(check.fact, check.operator, figure(right.value))
    operator = OPERATORS[check.operator]
    if isinstance(right, FactOf):
        return Text(f"{operator.zh}“{right.fact.title.zh}”", f"{operator.en} {right.fact.title.en}")
    return Text(f"{operator.zh}对标值 {right.column}", f"{operator.en} the benchmark {right.column}")


def fact_page(fact: Fact) -> dict[str, Any]:
    """Give a fact of the vocabulary."""
    return {
        "id": fact.id,
        "title": fact.title,
        "kind": fact.kind.value,
        "unit": fact.unit,
        "range": {"at_least": _plain(fact.lowest), "at_most": _plain(fact.highest)},
        "choices": {code: option.title for code, option in fact.choices.items()},
        "aliases": list(fact.aliases),
        "evidence": fact.evidence,
        "note": fact.note,
        "formula": fact.formula.text if fact.formula else None,
        "part_of": fact.part_of,
        "needs_review": fact.needs_review,
    }


def _plain(number: Any) -> float | int | None:  # noqa: ANN401 a Number or None
    return number if number is None or isinstance(number, int) else float(number)
