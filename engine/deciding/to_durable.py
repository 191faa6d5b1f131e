"""A rulebook as rules of durable_rules, and one firm decided by firing them.

Three rules for each check and gate (met, not_met, undetermined), of which exactly one fires. The figures of a firm are
asserted first; what fires is tallied and asserted for the gates above, level by level, up to the verdict. What stands
under a guard is asserted after the guard, and only if the guard is not met.

Exactness: a figure is sent as the nearest float *on the same side of the threshold* (values.nearest_float), so that a
comparison of floats says what the exact comparison says. A check against another fact or a benchmark sends the
difference, and compares it with 0. A check that is not about order sends 1 if it holds and 0 if not. A span sends both
its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from engine.deciding.durable_session import Round, Session
from engine.deciding.reference import Outcomes, add_up
from engine.deciding.sending import ORDER, REVERSE, Writer, ends, threshold, writer
from engine.firms.figures import Figures
from engine.ground.errors import EngineError, Problem, RulebookError, Text
from engine.ground.outcome import Outcome
from engine.rulebooks.logic import Check, Gate, Node, Rulebook, Score

_Guards = tuple[str, ...]
_NODES_A_FACT = 16  # durable_rules lets at most 64 conditions match one fact


class DurableEngine:
    """One rulebook on durable_rules, safe for any number of threads and after a fork."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Translate the rulebook; raises EngineError if two of its names look the same to durable_rules."""
        self._rulebook = rulebook
        self._names = {node.id: str(index) for index, node in enumerate(rulebook.nodes)}
        self._scores = frozenset(score.fact.id for score in rulebook.scores)
        self._levels = [_Level(*level, self) for level in _levels(rulebook, self._scores)]
        self._kinds = {node.id: part.kind for level in self._levels for part in level.parts for node in part.nodes}
        fields = [f"{letter}{name}" for name in self._names.values() for letter in "fmplh"]
        self._session = Session(self.rules(), ["id", "kind", *fields, *self._kinds.values()])
        self._meaning = {f"{node.id}:{outcome}": (node.id, outcome) for node in rulebook.nodes for outcome in Outcome}

    def rules(self) -> dict[str, dict[str, Any]]:
        """Give the rules as durable_rules takes them, by name `node:outcome`."""
        rules = {}
        for node in self._rulebook.nodes:
            for outcome, conditions in self._conditions(node).items():
                kind = {"kind": self._kinds[node.id]}
                rules[f"{node.id}:{outcome}"] = {"all": [{"m": {"$and": [kind, *conditions]}}]}
        return rules

    def decide(self, figures: Figures) -> tuple[Outcomes, list[str]]:
        """Give every node's outcome and the rules that fired, in order; raises EngineError unless one fired each."""
        outcomes: Outcomes = {}
        trace: list[str] = []
        expected = 0
        with self._session.lock, Round(self._session) as facts:
            for level in self._levels:
                for score in level.scores:
                    add_up(score, figures, outcomes)
                parts = [part for part in level.parts if not part.guards or part.applies(outcomes)]
                if parts:
                    fired = facts.fire({part.kind: part.fact(figures, outcomes) for part in parts})
                    outcomes.update(map(self._meaning.__getitem__, fired))
                    trace += fired
                    expected += sum(len(part.nodes) for part in parts)
                if not len(outcomes) == len(trace) == expected:
                    message = f"durable_rules fired {len(trace)} rules for {expected} nodes"
                    raise EngineError(message)
        return outcomes, trace

    def close(self) -> None:
        """Free the ruleset's memory."""
        self._session.close()

    def part(self, guards: _Guards, nodes: list[Node]) -> _Part:
        """Give the fact that carries what is known of `nodes`, which stand under `guards`."""
        return _Part(f"k{self._names[nodes[0].id]}", guards, [(node, self._writer(node)) for node in nodes])

    def _writer(self, node: Node) -> Writer:
        """Give the function that writes what is sent for a node: JSON fields, or nothing if a side is unknown."""
        name = self._names[node.id]
        if isinstance(node, Gate):
            return _gate_writer(node, name)
        if node.fact.id in self._scores:
            return _score_writer(node, name)
        return writer(node, name)

    def _conditions(self, node: Node) -> dict[Outcome, list[dict[str, Any]]]:
        name = self._names[node.id]
        if isinstance(node, Gate):
            met, possible = f"m{name}", f"p{name}"
            return {
                Outcome.MET: [{"$gte": {met: node.need}}],
                Outcome.NOT_MET: [{"$lt": {possible: node.need}}],
                Outcome.UNDETERMINED: [{"$lt": {met: node.need}}, {"$gte": {possible: node.need}}],
            }
        sign = ORDER.get(node.operator)
        if node.fact.id in self._scores and sign is not None:
            # met if the less favourable end is, not met if the more favourable end is not
            worse, better = (f"l{name}", f"h{name}") if sign in {"$gte", "$gt"} else (f"h{name}", f"l{name}")
            return {
                Outcome.MET: [{sign: {worse: threshold(node)}}],
                Outcome.NOT_MET: [{REVERSE[sign]: {better: threshold(node)}}],
                Outcome.UNDETERMINED: [{REVERSE[sign]: {worse: threshold(node)}}, {sign: {better: threshold(node)}}],
            }
        field = f"f{name}"
        holds = {sign: {field: threshold(node)}} if sign else {field: 1}
        fails = {REVERSE[sign]: {field: threshold(node)}} if sign else {field: 0}
        return {Outcome.MET: [holds], Outcome.NOT_MET: [fails], Outcome.UNDETERMINED: [{"$nex": {field: 1}}]}


def _score_writer(check: Check, name: str) -> Writer:
    def write(figures: Figures, outcomes: Outcomes) -> str:  # noqa: ARG001 one signature for all
        low, high = ends(check, figures)
        return f',"l{name}":{low},"h{name}":{high}'

    return write


def _gate_writer(gate: Gate, name: str) -> Writer:
    children = [child.id for child in gate.children]
    most = len(children) + 1
    said = [[f',"m{name}":{met},"p{name}":{met + unknown}' for unknown in range(most)] for met in range(most)]

    def write(figures: Figures, outcomes: Outcomes) -> str:  # noqa: ARG001 one signature for all
        below = list(map(outcomes.get, children))  # under a guard that is met there is nothing
        return said[below.count(Outcome.MET)][below.count(Outcome.UNDETERMINED)]

    return write


class _Part:
    """One fact of durable_rules: what is sent for up to 16 nodes."""

    def __init__(self, kind: str, guards: _Guards, nodes: list[tuple[Node, Writer]]) -> None:
        self.kind = kind
        self.guards = guards
        self.nodes = [node for node, _ in nodes]
        self._writers = [writer for _, writer in nodes]
        self._head = f'{{"id":"{kind}","kind":"{kind}"'

    def applies(self, outcomes: Outcomes) -> bool:
        """Say whether no guard above is met."""
        return Outcome.MET not in map(outcomes.__getitem__, self.guards)

    def fact(self, figures: Figures, outcomes: Outcomes) -> str:
        """Give the fact as JSON."""
        return self._head + "".join([write(figures, outcomes) for write in self._writers]) + "}"


class _Level:
    """Nodes that can be decided together, once the levels below are; before them, scores to add up."""

    def __init__(self, nodes: Mapping[_Guards, list[Node]], scores: list[Score], engine: DurableEngine) -> None:
        self.scores = scores
        self.parts = [
            engine.part(guards, several[start : start + _NODES_A_FACT])
            for guards, several in nodes.items()
            for start in range(0, len(several), _NODES_A_FACT)
        ]


def _levels(rulebook: Rulebook, score_ids: frozenset[str]) -> list[tuple[Mapping[_Guards, list[Node]], list[Score]]]:
    """Give, level by level, the nodes that depend only on levels below (by their guards), and the scores to add up."""
    depth: dict[str, int] = {}
    guards = {name: above for root in rulebook.roots for name, above in _guarded(root, ())}
    bands = {band.node.id for score in rulebook.scores for item in score.items for band in item.bands}
    scores_at = 0
    for node in rulebook.nodes:  # children first, and scorecards before criteria
        before = [*guards[node.id], *([child.id for child in node.children] if isinstance(node, Gate) else [])]
        after_scores = isinstance(node, Check) and node.fact.id in score_ids
        depth[node.id] = max([scores_at if after_scores else 0, *(depth[name] + 1 for name in before)])
        if node.id in bands:
            scores_at = max(scores_at, depth[node.id] + 1)
    levels: list[dict[_Guards, list[Node]]] = [{} for _ in range(1 + max(depth.values()))]
    for node in rulebook.nodes:
        levels[depth[node.id]].setdefault(guards[node.id], []).append(node)
    return [(nodes, list(rulebook.scores) if level == scores_at else []) for level, nodes in enumerate(levels)]


def _guarded(node: Node, above: _Guards) -> Iterator[tuple[str, _Guards]]:
    """Give every node under `node`, and itself, with the guards that it stands under."""
    yield node.id, above
    if isinstance(node, Gate):
        for child in node.children:
            within = above if node.guard is None or child is node.guard else (*above, node.guard.id)
            yield from _guarded(child, within)


_kept = lru_cache(maxsize=256)(DurableEngine)
_tried = lru_cache(maxsize=8)(DurableEngine)  # each has some 10 MB, and whoever asks may change a rulebook without end


def engine_for(rulebook: Rulebook) -> DurableEngine:
    """Give the engine of a rulebook, one for the process; of those that are changed for a trial, the last few."""
    return (_tried if rulebook.changes else _kept)(rulebook)


def decidable(rulebook: Rulebook) -> Rulebook:
    """Give a rulebook that the inference engine takes; raises RulebookError."""
    try:
        engine = DurableEngine(rulebook)
        engine.decide(Figures(rulebook.vocabulary, {}, rulebook.words.in_force.from_))
        engine.close()
    except EngineError as error:
        what = Text(f"推理引擎不能接受：{error}", f"is more than it can take: {error}")
        raise RulebookError([Problem(f"{rulebook.id}.yaml", what)]) from error
    return rulebook
