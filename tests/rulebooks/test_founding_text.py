"""No sentence of the founding text is left out, and no word is quoted that is not in it: `tests/founding_text.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from engine import shipped

FILE = Path(__file__).parents[1] / "founding_text.yaml"
SENTENCES = yaml.load(FILE.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 our own file
BOOKS = [name for name in shipped().ids if name.startswith("cae-2021-")]
_STOPS = "，。；、：… "


def _quotes() -> Iterator[tuple[str, str]]:
    """Give every quote of the founding text by what holds it."""
    for name in BOOKS:
        words = shipped().rulebook(name).words
        for one in words.criteria:
            if one.cite.source == "cae-2021":
                yield f"{name}/{one.id}", one.quote or ""
        yield from ((f"{name}~{one.id}", one.quote or "") for one in words.open_questions)
    for layer in shipped().routes.layers:
        yield layer.id, layer.quote
        yield from ((f"{layer.id}/*", one.quote) for one in layer.measures)
    yield from ((one.id, one.quote) for one in shipped().routes.targets)


QUOTES = list(_quotes())


@pytest.mark.parametrize("entry", SENTENCES, ids=[entry["sentence"][:16] for entry in SENTENCES])
def test_a_sentence_is_held(entry: dict[str, object]) -> None:
    """Every word of the sentence is in a criterion, a measure, a target, an open question, or no rule for a reason."""
    sentence = str(entry["sentence"])
    no_rule, held_by = entry.get("no_rule", {}), entry.get("held_by", [])
    assert isinstance(no_rule, dict)
    assert isinstance(held_by, list)
    words = [(phrase, reason) for phrase, reason in no_rule.items() if reason]
    assert len(words) == len(no_rule), "a reason is given"
    held = {name: [quote for holder, quote in QUOTES if holder == name and quote in sentence] for name in held_by}
    assert all(held.values()), f"quote nothing of it: {[name for name, quotes in held.items() if not quotes]}"
    covered = [False] * len(sentence)
    for phrase in [*(phrase for phrase, _ in words), *(quote for quotes in held.values() for quote in quotes)]:
        assert phrase in sentence, phrase
        at = sentence.index(phrase)
        covered[at : at + len(phrase)] = [True] * len(phrase)
    left = "".join(sign for sign, is_held in zip(sentence, covered, strict=True) if not is_held)
    assert not left.strip(_STOPS + "的和"), f"held by nothing: {left}"


@pytest.mark.parametrize(("holder", "quote"), QUOTES, ids=[holder for holder, _ in QUOTES])
def test_a_quote_is_in_the_text(holder: str, quote: str) -> None:
    """What is quoted stands in a sentence of the list, word by word, and the sentence names what quotes it."""
    places = [entry for entry in SENTENCES if quote and quote in entry["sentence"]]
    assert places, f"{quote} is in no sentence"
    assert any(holder in entry.get("held_by", []) for entry in places), f"no sentence names {holder}"


def test_a_sentence_stands_once() -> None:
    """No sentence is in the list twice, and none is empty."""
    found = [entry["sentence"] for entry in SENTENCES]
    assert len(found) == len(set(found))
    assert all(found)
