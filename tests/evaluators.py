"""Every evaluator behind one signature, so that one suite runs over all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from engine.deciding.reference import Outcomes, decide
from engine.deciding.to_durable import DurableEngine
from engine.firms.figures import Figures
from engine.firms.profiles import Profile, ProfileReader
from engine.ground.values import Known
from engine.proving.as_columns import Columns, texts_of
from engine.rulebooks.logic import Rulebook

Firm = Mapping[str, Known]
Evaluator = Callable[[Rulebook, Sequence[Firm], date], list[Outcomes]]
"""What a rulebook says of firms on a day; more nodes than those that apply may be told of."""


def by_reference(rulebook: Rulebook, firms: Sequence[Firm], as_of: date) -> list[Outcomes]:
    """Give the outcomes of all nodes by the definition."""
    return [decide(rulebook, Figures(rulebook.vocabulary, firm, as_of)) for firm in firms]


def by_durable_rules(rulebook: Rulebook, firms: Sequence[Firm], as_of: date) -> list[Outcomes]:
    """Give the outcomes of all nodes by firing rules, in a ruleset of its own."""
    engine = DurableEngine(rulebook)
    try:
        return [engine.decide(Figures(rulebook.vocabulary, firm, as_of))[0] for firm in firms]
    finally:
        engine.close()


def by_columns(rulebook: Rulebook, firms: Sequence[Firm], as_of: date) -> list[Outcomes]:
    """Give the outcomes of all nodes by DuckDB, from the texts of one table."""
    columns = Columns(rulebook, as_of, {})
    rows = list(columns.judged(texts_of(firms, rulebook)))
    columns.drop()
    assert None not in rows, "a cell cannot be read"
    return [row.outcomes for row in rows if row is not None]


EVALUATORS: Mapping[str, Evaluator] = {
    "reference": by_reference,
    "durable_rules": by_durable_rules,
    "columns": by_columns,
}


def assert_agrees(evaluator: str, rulebook: Rulebook, firms: Sequence[Firm], as_of: date) -> None:
    """Compare an evaluator with the definition on every node that applies."""
    for firm, want, got in zip(
        firms, by_reference(rulebook, firms, as_of), EVALUATORS[evaluator](rulebook, firms, as_of), strict=True
    ):
        assert {node: got[node] for node in want} == want, firm
        assert evaluator == "columns" or got == want  # no rule fires for what does not apply


def stated(reader: ProfileReader, raw: Mapping[str, object]) -> Firm:
    """Give the stated values of a raw profile."""
    profile: Profile = reader.read(dict(raw))
    return profile.values
