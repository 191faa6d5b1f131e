"""The same checks in the languages of other engines: compiled once, evaluated on a dict of figures already derived.

zen-engine and rule-engine happen to read the same text for every comparison that is used here. Both raise an error when
a blank is compared, so the checks on a firm with blanks are guarded, as their author would have to write them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any

import rule_engine
import zen

from engine.firms.figures import Figures
from engine.ground.values import Unknown, Value
from engine.rulebooks.logic import BenchmarkOf, Check, FactOf, Right, Threshold
from engine.rulebooks.rulebook import Operator

ZEN = "zen, an expression a check"
ZEN_NARROW = "zen, the same, each on its own figures only"
ZEN_GRAPH = "zen, one decision graph"
ZEN_AT_ONCE = "zen, all checks in one expression"
RULES = "rule-engine, a rule a check"
RULES_AT_ONCE = "rule-engine, all checks in one rule"
NAMES = (ZEN, ZEN_NARROW, ZEN_GRAPH, ZEN_AT_ONCE, RULES, RULES_AT_ONCE)

Outcomes = list[bool]
Firm = Mapping[str, Any]
_SIGNS = {
    Operator.AT_LEAST: ">=",
    Operator.LESS_THAN: "<",
    Operator.AT_MOST: "<=",
    Operator.MORE_THAN: ">",
    Operator.EQUALS: "==",
    Operator.DIFFERS_FROM: "!=",
    Operator.ONE_OF: "in",
    Operator.NONE_OF: "not in",
}


def evaluators(checks: Sequence[Check], firm: Firm, *, guarded: bool) -> Mapping[str, Callable[[], Outcomes]]:
    """Give what says for each check whether the firm meets it, by the name of the peer and of the way to use it."""
    texts = [expression(check, guarded=guarded) for check in checks]
    expressions = [zen.compile_expression(text) for text in texts]
    narrow = [(one, _figures_of(check, firm)) for one, check in zip(expressions, checks, strict=True)]
    whole = zen.compile_expression(f"[{', '.join(texts)}]")
    graph = _zen_graph(texts)
    rules = [rule_engine.Rule(text) for text in texts]
    one_rule = rule_engine.Rule(f"[{', '.join(texts)}]")
    return {
        ZEN: lambda: [one.evaluate(firm) for one in expressions],
        ZEN_NARROW: lambda: [one.evaluate(figures) for one, figures in narrow],
        ZEN_GRAPH: lambda: graph(firm),
        ZEN_AT_ONCE: lambda: whole.evaluate(firm),
        RULES: lambda: [rule.matches(firm) for rule in rules],
        RULES_AT_ONCE: lambda: list(one_rule.evaluate(firm)),
    }


def expression(check: Check, *, guarded: bool) -> str:
    """Give a check as text, false for a blank if it is guarded."""
    fact, right = check.fact.id, _right(check.right)
    if check.operator is Operator.GIVEN:
        return f"{fact} != null" if right == "true" else f"{fact} == null"
    holds = f"{right} in {fact}" if check.operator is Operator.CONTAINS else f"{fact} {_SIGNS[check.operator]} {right}"
    if not guarded:
        return holds
    guards = [f"{side} != null" for side in (fact, right) if side == fact or not isinstance(check.right, Threshold)]
    return " and ".join([*guards, holds])


def figures_for(checks: Sequence[Check], figures: Figures) -> Firm:
    """Give every figure that the checks need: derived, as floats, None for a blank."""
    values: dict[str, Value] = {}
    for check in checks:
        values[check.fact.id] = figures.value(check.fact)
        if not isinstance(check.right, Threshold):
            values[_right(check.right)] = figures.right(check.right)
    return {name: _plain(value) for name, value in values.items()}


def _figures_of(check: Check, firm: Firm) -> Firm:
    return {name: firm[name] for name in (check.fact.id, _right(check.right)) if name in firm}


def _zen_graph(texts: Sequence[str]) -> Callable[[Firm], Outcomes]:
    graph = zen.ZenEngine().create_decision(zen_content(texts))
    in_order = itemgetter(*(f"c{index}" for index in range(len(texts))))
    return lambda firm: list(in_order(graph.evaluate(firm)["result"]))


def zen_content(texts: Sequence[str]) -> str:
    """Give a decision graph of zen with a result c0, c1, … for each expression."""
    checks = [{"id": f"c{index}", "key": f"c{index}", "value": text} for index, text in enumerate(texts)]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {"id": "checks", "name": "checks", "type": "expressionNode", "content": {"expressions": checks}},
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b} for a, b in (("in", "checks"), ("checks", "out"))]
    return json.dumps({"nodes": nodes, "edges": edges})


def _right(right: Right) -> str:
    if isinstance(right, FactOf):
        return right.fact.id
    return f"benchmark_{right.column}" if isinstance(right, BenchmarkOf) else _literal(right.value)


def _literal(value: object) -> str:
    if isinstance(value, frozenset):
        return f"[{', '.join(_literal(one) for one in sorted(value))}]"
    return json.dumps(_plain(value))


def _plain(value: object) -> object:
    if isinstance(value, Unknown):
        return None
    if isinstance(value, frozenset):
        return sorted(value)
    return float(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else value
