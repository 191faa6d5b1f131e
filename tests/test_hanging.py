"""What hangs on a reading: `hangs_on` is deciding twice, once by each reading; `hangs` is trying every combination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from itertools import product
from typing import Any

from hypothesis import given

from engine.figures import Figures
from engine.hanging import deciding, leans_on, turns
from engine.logic import Rulebook
from engine.outcome import Outcome
from engine.profiles import ProfileReader
from engine.reference import Outcomes, decide
from tests.random_rulebooks import AS_OF, DATA, VOCABULARY, profiles, read_words, rulebooks

_READER = ProfileReader(VOCABULARY)


def _decided(rulebook: Rulebook, firm: Mapping[str, Any]) -> tuple[dict[str, Outcome], Outcome]:
    """Give what the criteria and the verdict come to."""
    outcomes: Outcomes = decide(rulebook, Figures(VOCABULARY, firm, AS_OF))
    return {one.words.id: outcomes[one.gate.id] for one in rulebook.criteria}, outcomes["verdict"]


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Take every other reading out of the data of a rulebook."""
    for one in [*data["criteria"], *data["parameters"].values(), *_bands(data)]:
        one.pop("otherwise", None)
    return data


def _bands(data: dict[str, Any]) -> list[dict[str, Any]]:
    items = [item for card in data["scorecards"] for group in card["groups"] for item in group["items"]]
    return [band for item in items for band in item.get("bands", ())]


def _read_otherwise(data: dict[str, Any], chosen: Mapping[str, int]) -> Rulebook:
    """Give the rulebook as an author would write it who reads it so: by place, which of the others holds."""
    data = deepcopy(data)
    criteria = {one["id"]: one for one in data["criteria"]}
    for place, number in chosen.items():
        if place.startswith("parameters."):
            parameter = data["parameters"][place.partition(".")[2]]
            parameter["value"] = parameter["otherwise"][number]["value"]
        elif "." in place:
            _, group, item, band = place.split(".")
            [items] = [one["items"] for one in data["scorecards"][0]["groups"] if one["id"] == group]
            [bands] = [one["bands"] for one in items if one["id"] == item]
            bands[int(band) - 1]["when"] = bands[int(band) - 1]["otherwise"][number]["require"]
        else:
            other = criteria[place]["otherwise"][number]
            criteria[place].pop("when", None)
            criteria[place] |= {key: other[key] for key in ("require", "when") if key in other}
            if "require" not in other:  # nothing is asked: of every firm either holds
                criteria[place]["require"] = {"any_of": [{"fact": "yes", "given": word} for word in ("yes", "no")]}
                criteria[place].pop("when", None)
            for name, condition in other.get("also", {}).items():
                criteria[name]["require"] = condition
    data["criteria"] = list(criteria.values())
    data = _plain(data)
    if "'floor'" not in str(data["criteria"]) + str(data["scorecards"]):
        data["parameters"] = {}
    return read_words(data)


def _combinations(rulebook: Rulebook) -> Iterator[dict[str, int]]:
    """Give every choice of readings, by place; where ours holds the place is left out."""
    places: dict[str, int] = {}
    for one in rulebook.alternatives:
        places[one.place] = places.get(one.place, 0) + 1
    for numbers in product(*(range(-1, count) for count in places.values())):
        yield {place: number for place, number in zip(places, numbers, strict=True) if number >= 0}


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
    for place, number, name in _single(rulebook):
        theirs, verdict = _decided(_read_otherwise(data, {place: number}), firm)
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
    verdicts = {_decided(_read_otherwise(data, chosen), firm)[1] for chosen in combinations}
    assert bool(leans_on(deciding(rulebook), outcomes)) == (len(verdicts) > 1)


def _single(rulebook: Rulebook) -> Iterator[tuple[str, int, str]]:
    seen: dict[str, int] = {}
    for one in rulebook.alternatives:
        number = seen.get(one.place, 0)
        seen[one.place] = number + 1
        yield one.place, number, one.id
