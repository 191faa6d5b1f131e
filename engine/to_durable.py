"""A rulebook as rules of durable_rules, and one firm decided by firing them.

Three rules for each check and gate (met, not_met, undetermined), of which exactly one fires. The figures of a firm are
asserted first; what fires is tallied and asserted for the gates above, level by level, up to the verdict.

Exactness: a figure is sent as the nearest float *on the same side of the threshold* (values.nearest_float), so that a
comparison of floats says what the exact comparison says. A check against another fact or a benchmark sends the
difference, and compares it with 0. A check that is not about order sends 1 if it holds and 0 if not. A span sends
both its ends.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, cast

from engine.durable_session import Round, Session
from engine.errors import EngineError
from engine.figures import Figures
from engine.logic import Check, Gate, Node, Rulebook, Threshold
from engine.outcome import Outcome
from engine.reference import HOLDS, Outcomes, total
from engine.rulebook import Operator
from engine.values import Number, Span, Unknown, nearest_float

_ORDER = {Operator.AT_LEAST: "$gte", Operator.LESS_THAN: "$lt", Operator.AT_MOST: "$lte", Operator.MORE_THAN: "$gt"}
_REVERSE = {"$gte": "$lt", "$lt": "$gte", "$lte": "$gt", "$gt": "$lte"}
_CHECKS_A_FACT = 16  # durable_rules lets at most 64 conditions match one fact
_LARGEST = 2.0**53
_SMALLEST = 1e-9


class DurableEngine:
    """One rulebook on durable_rules, safe for any number of threads and after a fork."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Translate the rulebook and build its ruleset."""
        self._rulebook = rulebook
        self._names = {node.id: f"n{index}" for index, node in enumerate(rulebook.nodes)}
        self._scores = {score.fact.id for score in rulebook.scores}
        self._levels = _levels(rulebook, self._scores)
        self._session = Session(self.rules(), ["id", "kind", *self._names.values(), "met", "possible", "low", "high"])
        self._node_of = {f"{node.id}:{outcome}": (node.id, outcome) for node in rulebook.nodes for outcome in Outcome}

    def rules(self) -> dict[str, dict[str, Any]]:
        """Give the rules as durable_rules takes them, by name `node:outcome`."""
        rules = {}
        for node in self._rulebook.nodes:
            for outcome, conditions in self._conditions(node).items():
                kind = {"kind": self._kind(node)}
                rules[f"{node.id}:{outcome}"] = {"all": [{"m": {"$and": [kind, *conditions]}}]}
        return rules

    def decide(self, figures: Figures) -> tuple[Outcomes, list[str]]:
        """Give every node's outcome and the rules that fired, in order; raises EngineError unless one fired each."""
        outcomes: Outcomes = {}
        trace: list[str] = []
        with Round(self._session) as facts:
            for level in self._levels:
                if level.scores:
                    for score in level.scores:
                        figures.set_score(score.fact, total(score, figures, outcomes))
                fired = facts.fire(self._facts(level, figures, outcomes))
                for rule in fired:
                    node, outcome = self._node_of[rule]
                    outcomes[node] = outcome
                if len(fired) != len(level.nodes) or not all(node.id in outcomes for node in level.nodes):
                    message = f"durable_rules fired {len(fired)} rules for {len(level.nodes)} nodes"
                    raise EngineError(message)
                trace += fired
        return outcomes, trace

    def close(self) -> None:
        """Free the ruleset's memory."""
        self._session.close()

    def _kind(self, node: Node) -> str:
        if isinstance(node, Gate) or node.fact.id in self._scores:
            return self._names[node.id]
        return self._levels[0].chunk_of[node.id]

    def _conditions(self, node: Node) -> dict[Outcome, list[dict[str, Any]]]:
        if isinstance(node, Gate):
            return {
                Outcome.MET: [{"$gte": {"met": node.need}}],
                Outcome.NOT_MET: [{"$lt": {"possible": node.need}}],
                Outcome.UNDETERMINED: [{"$lt": {"met": node.need}}, {"$gte": {"possible": node.need}}],
            }
        sign = _ORDER.get(node.operator)
        if node.fact.id in self._scores:
            return _span_conditions(cast("str", sign), _threshold(node))
        name = self._names[node.id]
        met = {sign: {name: _threshold(node)}} if sign else {name: 1}
        not_met = {_REVERSE[sign]: {name: _threshold(node)}} if sign else {name: 0}
        return {Outcome.MET: [met], Outcome.NOT_MET: [not_met], Outcome.UNDETERMINED: [{"$nex": {name: 1}}]}

    def _facts(self, level: _Level, figures: Figures, outcomes: Outcomes) -> dict[str, str]:
        facts: dict[str, str] = {}
        for chunk, checks in level.chunks:
            fields = [f'"id":"{chunk}","kind":"{chunk}"']
            for check in checks:
                sent = _sent(check, figures)
                if sent is not None:
                    fields.append(f'"{self._names[check.id]}":{sent}')
            facts[chunk] = "{" + ",".join(fields) + "}"
        for check in level.score_checks:
            name = self._names[check.id]
            low, high = _ends(check, figures)
            facts[name] = f'{{"id":"{name}","kind":"{name}","low":{low},"high":{high}}}'
        for gate in level.gates:
            met = possible = 0
            for child in gate.children:
                outcome = outcomes[child.id]
                if outcome is Outcome.MET:
                    met += 1
                    possible += 1
                elif outcome is Outcome.UNDETERMINED:
                    possible += 1
            name = self._names[gate.id]
            facts[name] = f'{{"id":"{name}","kind":"{name}","met":{met},"possible":{possible}}}'
        return facts


class _Level:
    """Nodes that can be decided together, once the levels below are."""

    def __init__(self, nodes: list[Node], scores: list[Any], score_ids: set[str]) -> None:
        self.nodes = nodes
        self.scores = scores
        self.gates = [node for node in nodes if isinstance(node, Gate)]
        checks = [node for node in nodes if isinstance(node, Check)]
        self.score_checks = [check for check in checks if check.fact.id in score_ids]
        plain = [check for check in checks if check.fact.id not in score_ids]
        parts = [plain[start : start + _CHECKS_A_FACT] for start in range(0, len(plain), _CHECKS_A_FACT)]
        self.chunks = [(f"p{index}", part) for index, part in enumerate(parts)]
        self.chunk_of = {check.id: chunk for chunk, part in self.chunks for check in part}


def _levels(rulebook: Rulebook, score_ids: set[str]) -> list[_Level]:
    depth: dict[str, int] = {}
    bands = {band.node.id for score in rulebook.scores for item in score.items for band in item.bands}
    for node in rulebook.nodes:
        if isinstance(node, Gate):
            depth[node.id] = 1 + max(depth[child.id] for child in node.children)
        elif node.fact.id in score_ids:
            depth[node.id] = 1 + max(depth[band] for band in bands)
        else:
            depth[node.id] = 0
    scores_at = 1 + max((depth[band] for band in bands), default=0)
    return [
        _Level(
            [node for node in rulebook.nodes if depth[node.id] == level],
            list(rulebook.scores) if level == scores_at else [],
            score_ids,
        )
        for level in range(max(depth.values()) + 1)
    ]


def _span_conditions(sign: str, threshold: float) -> dict[Outcome, list[dict[str, Any]]]:
    """Met if the less favourable end is, not met if the more favourable end is not."""
    worse, better = ("low", "high") if sign in {"$gte", "$gt"} else ("high", "low")
    return {
        Outcome.MET: [{sign: {worse: threshold}}],
        Outcome.NOT_MET: [{_REVERSE[sign]: {better: threshold}}],
        Outcome.UNDETERMINED: [{_REVERSE[sign]: {worse: threshold}}, {sign: {better: threshold}}],
    }


def _threshold(check: Check) -> float:
    """Give the number that the rule compares with: the threshold, or 0 where a difference is sent."""
    if not isinstance(check.right, Threshold):
        return 0.0
    value = check.right.value
    return float(value.toordinal() if isinstance(value, date) else cast("Number", value))


def _sent(check: Check, figures: Figures) -> str | None:
    """Give what is asserted for a check, as JSON; None if a side of it is unknown."""
    if check.operator is Operator.GIVEN:
        return "1" if figures.is_given(check.fact) == figures.right(check.right) else "0"
    left, right = figures.value(check.fact), figures.right(check.right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return None
    if check.operator not in _ORDER:
        return "1" if HOLDS[check.operator](left, right) else "0"
    if isinstance(left, date):
        left, right = left.toordinal(), cast("date", right).toordinal()
    if right == 0 or not isinstance(check.right, Threshold):
        return _json(_difference(cast("Number", left) - cast("Number", right)))
    return _json(nearest_float(cast("Number", left), (cast("Number", right),)))


def _ends(check: Check, figures: Figures) -> tuple[str, str]:
    score, right = figures.value(check.fact), figures.right(check.right)
    low, high = (score.low, score.high) if isinstance(score, Span) else (score, score)
    thresholds = (cast("Number", right),)
    return _json(nearest_float(cast("Number", low), thresholds)), _json(nearest_float(cast("Number", high), thresholds))


def _difference(exact: Number) -> float:
    """Give a float of the same sign that durable_rules can read: no smaller than a billionth unless it is 0."""
    rounded = float(exact)
    return rounded if abs(rounded) >= _SMALLEST or exact == 0 else (_SMALLEST if exact > 0 else -_SMALLEST)


def _json(number: float) -> str:
    """Write a float as durable_rules reads it: within 2**53, and with a point before an exponent."""
    text = repr(min(max(number, -_LARGEST), _LARGEST))
    return text.replace("e", ".0e") if "e" in text and "." not in text else text


@lru_cache(maxsize=256)
def engine_for(rulebook: Rulebook) -> DurableEngine:
    """Give the engine of a rulebook, one for the process."""
    return DurableEngine(rulebook)
