"""What hangs on a reading: `hangs_on` is deciding twice, once by each reading; `hangs` is trying every combination."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from itertools import product
from typing import Any

from hypothesis import given

from engine.deciding.reference import Outcomes, decide
from engine.firms.figures import Figures
from engine.firms.profiles import ProfileReader
from engine.ground.outcome import Outcome
from engine.rulebooks.hanging import deciding, leans_on, turns
from engine.rulebooks.logic import Rulebook
from tests.random_rulebooks import AS_OF, DATA, VOCABULARY, profiles, read_words, rulebooks

_READER = ProfileReader(VOCABULARY)


def _decided(rulebook: Rulebook, firm: Mapping[str, Any]) -> tuple[dict[str, Outcome], Outcome]:
    """Give what the criteria and the verdict come to."""
    outcomes: Outcomes = decide(rulebook, Figures(VOCABULARY, firm, AS_OF))
    return {one.words.id: outcomes[one.gate.id] for one in rulebook.criteria}, outcomes["verdict"]


_ANYTHING = {"any_of": [{"fact": "yes", "given": word} for word in ("yes", "no")]}  # holds of every firm


def _read_otherwise(data: Any, chosen: Collection[str]) -> Any:
    """Give the data of a rulebook as an author would write it who reads it so, by the ids of the readings."""
    if isinstance(data, list):
        return [_read_otherwise(one, chosen) for one in data]
    if not isinstance(data, dict):
        return data
    several = data.get("otherwise", ()) if isinstance(data.get("otherwise"), list) else ()
    other = next((one for one in several if one["id"] in chosen), None)
    ours = {key: value for key, value in data.items() if not (key == "otherwise" and isinstance(value, list))}
    if other is None:
        return {key: _read_otherwise(value, chosen) for key, value in ours.items()}
    theirs = _read_otherwise({key: other[key] for key in ("require", "when", "value") if key in other}, chosen)
    if "value" in theirs:
        return {**ours, **theirs}
    require = theirs.get("require", _ANYTHING)
    if "points" in ours:
        return {"points": ours["points"], "when": require}
    if "fact" in ours or "score" in ours:
        return require
    ours.pop("when", None)
    return {**ours, "require": require, **{key: theirs[key] for key in ("when",) if key in theirs}}


def _rulebook(data: dict[str, Any], chosen: Collection[str]) -> Rulebook:
    data = _read_otherwise(deepcopy(data), chosen)
    if "'floor'" not in str(data["criteria"]) + str(data["scorecards"]):
        data["parameters"] = {}
    return read_words(data)


def _combinations(rulebook: Rulebook) -> Iterator[frozenset[str]]:
    """Give every choice of readings, at most one of each place."""
    places: dict[str, list[str]] = {}
    for one in rulebook.alternatives:
        places.setdefault(one.place, []).append(one.id)
    for names in product(*([None, *several] for several in places.values())):
        yield frozenset(name for name in names if name is not None)


@given(rulebook=rulebooks(), raw=profiles())
def test_a_reading_is_hung_on_if_deciding_by_it_comes_out_otherwise(rulebook: Rulebook, raw: dict[str, Any]) -> None:
    """Each turn of a single reading, with the verdict by it, is what the rulebook written that way says."""
    firm = _READER.read(raw).values
    data = DATA[rulebook.digest]
    outcomes = decide(rulebook, Figures(VOCABULARY, firm, AS_OF))
    ours, _ = _decided(rulebook, firm)
    told = {
        (turn.criterion.words.id, turn.readings[0].id): (turn.outcome, turn.verdict)
        for turn in turns(rulebook, outcomes)
        if len(turn.readings) == 1
    }
    want = {}
    for name in (one.id for one in rulebook.alternatives):
        theirs, verdict = _decided(_rulebook(data, {name}), firm)
        want |= {(one, name): (theirs[one], verdict) for one in ours if theirs[one] is not ours[one]}
    assert told == want


@given(rulebook=rulebooks(), raw=profiles())
def test_a_verdict_hangs_if_any_combination_of_readings_turns_it(rulebook: Rulebook, raw: dict[str, Any]) -> None:
    """A verdict is called plain only if no combination of readings could turn it, and then always."""
    firm = _READER.read(raw).values
    combinations = list(_combinations(rulebook))
    if len(combinations) > 40:
        return
    outcomes = decide(rulebook, Figures(VOCABULARY, firm, AS_OF))
    data = DATA[rulebook.digest]
    verdicts = {_decided(_rulebook(data, chosen), firm)[1] for chosen in combinations}
    assert bool(leans_on(deciding(rulebook), outcomes)) == (len(verdicts) > 1)
