"""Rulebooks and facts as plain data for readers: what the command line prints and the service answers."""

from __future__ import annotations

from typing import Any

from engine.explaining.requirement import requirement
from engine.ground.errors import Text
from engine.language.facts import AREA, Fact
from engine.rulebooks.logic import BenchmarkOf, Item, Rulebook, Score
from engine.rulebooks.rulebook import BenchmarkRight


def rulebook_page(rulebook: Rulebook, *, whole: bool = True) -> dict[str, Any]:
    """Give a rulebook: its edition and dates, and if `whole` its sources, criteria, parameters and open questions."""
    words = rulebook.words
    reviews = words.in_force_for_reviews
    page: dict[str, Any] = {
        "id": words.id,
        "title": words.title,
        "qualification": words.qualification,
        "edition": words.edition,
        "level": words.level,
        "area": words.area and rulebook.vocabulary[AREA].choices[words.area].title,
        "in_force": {"from": words.in_force.from_, "to": words.in_force.to},
        "in_force_for_reviews": reviews and {"from": reviews.from_, "to": reviews.to},
        "applies_to": list(words.applies_to),
        "digest": rulebook.digest,
    }
    if words.draft:
        page["draft"] = True
    if not whole:
        return {**page, "criteria_count": sum(criterion.words.decides for criterion in rulebook.criteria)}
    sources = {key: source.model_dump(mode="json") for key, source in words.sources.items()}
    parameters = [
        {
            "id": name,
            "title": parameter.title,
            "value": _value(parameter.value),
            "cite": parameter.cite.model_dump(),
            "quote": parameter.quote,
            "reading": parameter.reading,
            "confirmed": parameter.confirmed,
            "otherwise": [{"reading": one.reading, "value": _value(one.value)} for one in parameter.otherwise],
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
            "otherwise": [
                {
                    "id": one.id,
                    "reading": one.words,
                    "requires": requirement(criterion.in_world(frozenset({one.id}))),
                }
                for one in rulebook.alternatives
                if frozenset({one.id}) in criterion.others
            ],
        }
        for criterion in rulebook.criteria
    ]
    return {
        **page,
        "sources": sources,
        "parameters": parameters,
        "criteria": criteria,
        "scorecards": [_scorecard(score) for score in rulebook.ours.scores],
        "open_questions": [question.model_dump(mode="json") for question in words.open_questions],
        "facts_used": sorted(rulebook.facts_used),
        "facts": {fact.id: _fact_words(fact) for fact in sorted(rulebook.facts_behind, key=lambda fact: fact.id)},
        "benchmarks": words.benchmarks and words.benchmarks.model_dump() | _table(rulebook),
    }


def _table(rulebook: Rulebook) -> dict[str, Any]:
    """Give the benchmark table that a rulebook compares with: the figures of each row by column."""
    tables = [check.right.table for check in rulebook.checks if isinstance(check.right, BenchmarkOf)]
    if not tables:
        return {"rows": []}
    choices = rulebook.vocabulary[tables[0].by].choices
    rows = [
        {
            "code": code,
            "title": choices[code].title if code in choices else None,
            "figures": {name: _plain(row[name]) for name in tables[0].columns if name in row},
        }
        for code, row in tables[0].rows.items()
    ]
    return {"rows": rows}


def _fact_words(fact: Fact) -> dict[str, Any]:
    """Give what verdicts say of a fact whatever the firm."""
    formula = fact.formula.text if fact.formula else None
    return {"title": fact.title, "unit": fact.unit, "formula": formula, "evidence": fact.evidence}


def _value(value: str | BenchmarkRight) -> Any:  # noqa: ANN401 what JSON can hold
    return value if isinstance(value, str) else value.model_dump()


def _scorecard(score: Score) -> dict[str, Any]:
    """Give a total or sub-total with the points of each band in words."""
    fact = score.fact
    return {"id": fact.id, "title": fact.title, "unit": fact.unit, "items": [item_page(item) for item in score.items]}


def item_page(item: Item) -> dict[str, Any]:
    """Give a line of a scorecard with the points of each band in words."""
    bands = []
    if item.points_of is not None:
        title, most = item.points_of.title, _plain(item.maximum)
        bands.append(Text(f"按“{title.zh}”计，最多 {most} 分", f"as stated in {title.en}, at most {most} points"))
    for band in item.bands:
        requires, points = requirement(band.node), _plain(band.points)
        bands.append(Text(f"{requires.zh} {points} 分", f"{requires.en}: {points} points"))
    return {"id": item.id, "title": item.title, "max": _plain(item.maximum), "each": item.each, "bands": bands}


def fact_page(fact: Fact) -> dict[str, Any]:
    """Give a fact of the vocabulary."""
    return {
        "id": fact.id,
        "title": fact.title,
        "question": fact.asks or fact.question,
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
        "if_any": fact.if_any,
    }


def _plain(number: Any) -> float | int | None:  # noqa: ANN401 a Number or None
    return number if number is None or isinstance(number, int) else float(number)
