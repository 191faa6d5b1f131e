"""What can be said of the parts of a rulebook whose shape is broken elsewhere, so that an author hears of it at once.

Facts, thresholds and sources are read where they stand. What lies between parts waits until the shape is sound: ids and
readings that stand twice, parameters that nobody uses, scores, benchmark tables, other rulebooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from engine.ground.errors import Text, did_you_mean
from engine.language.fact_hints import fact_meant, no_fact
from engine.language.facts import Vocabulary
from engine.language.yaml_file import Document, Place
from engine.rulebooks.comparison import Comparisons
from engine.rulebooks.rulebook import Band, BenchmarkRight, CheckWords, Parameter, ParameterRight
from engine.rulebooks.worlds import Readings

Part = TypeVar("Part", bound=BaseModel)


def check_parts(document: Document, vocabulary: Vocabulary) -> None:
    """Note what is wrong with the facts, thresholds and sources of a rulebook file, each by itself."""
    parameters = _sound_parameters(document.data)
    comparisons = Comparisons(parameters, Readings(document), document, vocabulary)
    sources = document.data.get("sources")
    for place, part, fact in _parts(document.data, (), None):
        name = _name(part.get("fact"))
        if name is not None and name not in vocabulary:
            document.report((*place, "fact"), no_fact(name), fact_meant(name, vocabulary))
        check = _sound(Band, part) if "points" in part else _sound(CheckWords, part)
        if check is not None and (check.fact or fact) and _stands_alone(check, parameters):
            comparisons.check(check, place, "part", fact=fact)
        source = _name(part.get("source")) if place[-1:] == ("cite",) else None
        if source is not None and isinstance(sources, dict) and source not in sources:
            what = Text(f"依据文件“{source}”未列出", f"the source “{source}” is not listed")
            document.report((*place, "source"), what, did_you_mean(source, sources))


def _parts(data: object, place: Place, fact: str | None) -> Iterator[tuple[Place, dict[str, Any], str | None]]:
    """Give everything in the file that has keys, where it stands, and the fact of the line of a scorecard around it."""
    if isinstance(data, dict):
        yield place, data, fact
        fact = _name(data.get("fact")) if "bands" in data else fact
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield from _parts(part, (*place, key), fact)


def _name(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _sound(model: type[Part], data: object) -> Part | None:
    """Give a part of the file as `model`; None if its shape is broken, which is told with the file's."""
    try:
        return model.model_validate(data)
    except (ValidationError, RecursionError):
        return None


def _sound_parameters(data: Mapping[str, Any]) -> dict[str, Parameter]:
    written = data.get("parameters")
    known = written.items() if isinstance(written, dict) else ()
    found = {name: _sound(Parameter, part) for name, part in known}
    return {name: one for name, one in found.items() if one is not None}


def _stands_alone(check: Band | CheckWords, parameters: Mapping[str, Parameter]) -> bool:
    """Say whether a check can be read without a score, a benchmark table or a parameter that is broken."""
    if isinstance(check, CheckWords) and check.score:
        return False
    if not check.comparisons:  # a band of a whole condition
        return False
    right = check.comparisons[0][1]
    if isinstance(right, ParameterRight):
        parameter = parameters.get(right.parameter)
        return parameter is not None and not isinstance(parameter.value, BenchmarkRight)
    return not isinstance(right, BenchmarkRight)
