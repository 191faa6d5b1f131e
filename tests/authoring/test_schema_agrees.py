"""The editor and `champion lint` agree on right and wrong files, made by changing what is shipped in one place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from engine import Catalog, rules_folder, shipped
from engine.authoring.schema import editor_schemas
from engine.lint import lint

_Change = Callable[[Any], object]
_SMALL = sorted(rules_folder().glob("*-*.yaml"), key=lambda file: file.stat().st_size)[:9]
_CASES = [rules_folder() / "cases" / file.name for file in _SMALL]
_NAMES = ("facts", "ladder", "routes", "documents")


def _at(data: Any, *path: Any) -> Any:
    """Give the part at a path."""
    for key in path:
        data = data[key]
    return data


def _put(*path: Any, **keys: Any) -> _Change:
    return lambda data: _at(data, *path).update(keys)


def _drop(*path: Any) -> _Change:
    return lambda data: _at(data, *path[:-1]).pop(path[-1])


def _check(**keys: Any) -> _Change:
    return lambda data: data["criteria"][0].update(require=keys)


_OURS = {"reading": "读法", "confirmed": "no"}
_ITEM = {"id": "i", "title": "行", "max": "5", "fact": "employees_y0", "bands": [{"points": "5", "at_least": "1"}]}


def _card(**keys: Any) -> _Change:
    def change(data: Any) -> None:
        item = {key: one for key, one in {**_ITEM, **keys}.items() if one is not None}
        group = {"id": "g", "title": "组", "items": [item]}
        cite = data["criteria"][0]["cite"]
        data["scorecards"] = [*data.get("scorecards", []), {"id": "c", "title": "表", "cite": cite, "groups": [group]}]

    return change


_FACT = {"fact": "employees_y0", "at_least": "1"}
RIGHT: dict[str, dict[str, _Change]] = {
    "rulebook": {
        "as it is": lambda _: None,
        "a title in one language": _put(title="规则"),
        "applies to 复核": _put(applies_to=["new", "复核"]),
        "a check with its unit": _check(fact="employees_y0", at_least="20人"),
        "a list": _check(fact="industry_code_2", none_of=["66", "68"]),
        "an option by its title": _check(fact="valid_titles", contains="专精特新中小企业"),
        "two of three": _check(at_least="2", of=[_FACT, _FACT, _FACT]),
        "another fact": _check(fact="revenue_y0", more_than={"fact": "revenue_y1"}),
        "informs, from memory": _put("criteria", 0, "cite", grade="B"),
        "a scorecard": _card(),
        "a stated score": _card(points_of="employees_y0", bands=None, fact=None),
    },
    "cases": {
        "as it is": lambda _: None,
        "a fact by its title": _put("base", 营业收入="30000万元"),
        "a blank": _put("cases", 0, "given", employees_y0="null"),
        "to be written": _put("cases", 0, expect="?"),
    },
    "facts": {
        "as it is": lambda _: None,
        "another fact": _put(made_up={"title": "编造的指标", "kind": "money"}),
        "another choice": _put(
            made_up={"title": "编造的", "kind": "choice", "choices": {"a": {"zh": "编甲", "en": "made a"}}}
        ),
    },
    "ladder": {"as it is": lambda _: None, "a note": _put("steps", 0, note="说明")},
    "routes": {"as it is": lambda _: None, "no targets": _put(targets=[])},
    "documents": {"as it is": lambda _: None, "nothing looked up": _drop("looked_up")},
}
WRONG: dict[str, dict[str, _Change]] = {
    "rulebook": {
        "a key that is none": _put("criteria", 0, colour="red"),
        "no title": _drop("title"),
        "no sources": _drop("sources"),
        "no criteria": _put(criteria=[]),
        "no id": _drop("criteria", 0, "id"),
        "no cite": _drop("criteria", 0, "cite"),
        "nothing required": _drop("criteria", 0, "require"),
        "a text for a list": _put(applies_to="new"),
        "nobody to apply": _put(applies_to=["old"]),
        "no such day": _put(in_force={"from": "2026年1月"}),
        "a grade that is none": _put("criteria", 0, "cite", grade="Z"),
        "an id with a space": _put("criteria", 0, id="a b"),
        "a fact that is none": _check(fact="emploees_y0", at_least="1"),
        "another fact that is none": _check(fact="revenue_y0", at_least={"fact": "revnue_y0"}),
        "two words of comparison": _check(fact="employees_y0", at_least="1", at_most="2"),
        "no comparison": _check(fact="employees_y0"),
        "a fact and a score": _check(fact="employees_y0", score="card", at_least="1"),
        "no fact": _check(at_least="1"),
        "nothing in all_of": _check(all_of=[]),
        "a word of exclusion": _check(fact="industry_code_2", not_in=["66"]),
        "no words": lambda data: (data["criteria"][0].pop("quote", None), data["criteria"][0].pop("words", None)),
        "words and none": _put("criteria", 0, quote="原文", words="not at hand"),
        "not confirmed, not read": lambda data: (
            data["criteria"][0].pop("reading", None),
            data["criteria"][0].update(confirmed="no"),
        ),
        "another reading and not ours": lambda data: (
            data["criteria"][0].pop("reading", None),
            data["criteria"][0].update(otherwise=[{"reading": "另"}]),
        ),
        "when and nothing": _put("criteria", 0, **_OURS, otherwise=[{"reading": "另", "when": _FACT}]),
        "memory decides": lambda data: (
            data["criteria"][0].pop("decides", None),
            data["criteria"][0]["cite"].update(grade="M"),
        ),
        "a band without a limit": _card(bands=[{"points": "5"}]),
        "a band with two": _card(bands=[{"points": "5", "at_least": "1", "at_most": "2"}]),
        "a line without bands": _card(bands=None),
        "bands and points": _card(points_of="employees_y0"),
    },
    "cases": {
        "a key that is none": _put("cases", 0, colour="red"),
        "nothing expected": _drop("cases", 0, "expect"),
        "an outcome that is none": _put("cases", 0, expect="yes"),
        "a reason that is none": _put("cases", 0, reason="unknown"),
        "a verdict that is none": _put("cases", 0, verdict="met"),
        "a fact that is none": _put("base", emploees_y0="1"),
        "no base": _drop("base"),
        "no day": _put(as_of="今天"),
        "lists in a list": _put("base", valid_titles=[["专精特新"]]),
    },
    "facts": {
        "a key that is none": _put("firm_name", colour="red"),
        "no kind": _drop("firm_name", "kind"),
        "a kind that is none": _put("firm_name", kind="colour"),
        "a choice of nothing": _put("firm_name", kind="choice"),
        "choices of a text": _put("firm_name", choices={"a": {"zh": "甲", "en": "a"}}),
        "stated without a formula": _put(made_up={"title": "编造的", "kind": "percent", "may_be_stated": "yes"}),
        "an option in one language": _put(
            made_up={"title": "编造的", "kind": "choice", "choices": {"a": {"zh": "编甲"}}}
        ),
    },
    "ladder": {
        "a key that is none": _put("steps", 0, colour="red"),
        "no steps": _put(steps=[]),
        "no titles": _drop("titles"),
    },
    "routes": {
        "a key that is none": _put("layers", 0, colour="red"),
        "no quote": _drop("layers", 0, "quote"),
        "no measures": _put("layers", 0, measures=[]),
        "no such day": _put("targets", 0, by="2025年"),
    },
    "documents": {
        "a key that is none": _put("papers", 0, colour="red"),
        "no names": _put("papers", 0, names=[]),
        "a year that is none": _put("papers", 0, "names", 0, years=["y9"]),
        "a fact that is none": _put(if_any=[{"name": "证明", "fact": "emploees_y0"}]),
    },
}
ONLY_LINT: dict[str, dict[str, _Change]] = {  # what hangs on other places of the file, on other files, or on a number
    "rulebook": {
        "a source that is none": _put("criteria", 0, "cite", source="nowhere"),
        "a parameter that is none": _check(fact="employees_y0", at_least={"parameter": "nowhere"}),
        "a rulebook that is none": _check(rulebook="nowhere"),
        "another unit": _check(fact="employees_y0", at_least="20%"),
        "an option that is none": _check(fact="valid_titles", contains="诺贝尔奖"),
        "a comparison of another kind": _check(fact="employees_y0", contains="20"),
        "an id twice": lambda data: data["criteria"].append(data["criteria"][0]),
        "two of one": _check(at_least="2", of=[_FACT]),
        "points above the most": _card(max="1"),
    },
    "cases": {"a criterion that is none": _put("cases", 0, criterion="nowhere")},
    "facts": {"a formula of nothing": _put(made_up={"title": "编造的", "kind": "percent", "formula": "a / b"})},
    "ladder": {"a level that is none": _put("steps", 0, levels=["nobel"])},
    "routes": {"a rulebook that is none": _put("layers", 0, rulebook="nowhere")},
    "documents": {"a name twice": lambda data: data["papers"].append(data["papers"][0])},
}


def _files(kind: str) -> list[Path]:
    if kind in _NAMES:
        return [rules_folder() / f"{kind}.yaml"]
    return (_SMALL if kind == "rulebook" else _CASES)[:4]


def _all(changes: dict[str, dict[str, _Change]]) -> list[Any]:
    return [
        pytest.param(kind, change, id=f"{kind}: {name}")
        for kind, several in changes.items()
        for name, change in several.items()
    ]


@cache
def _validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(editor_schemas(shipped().vocabulary)[kind])


def _said(kind: str, change: _Change, folder: Path) -> list[tuple[bool, bool]]:
    """Give for each file, changed so, whether it is right to the editor, and to lint."""
    found = []
    for shipped_file in _files(kind):
        data = yaml.load(shipped_file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 our own files
        change(data)
        file = folder / ("cases" if kind == "cases" else "rules") / shipped_file.name
        file.parent.mkdir(exist_ok=True)
        data = json.loads(json.dumps(data))  # a part that stands twice is two
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        shutil.copy(rules_folder() / "areas.csv", file.parent)
        if kind == "cases":  # `null` is nothing to an editor
            data = yaml.safe_load(file.read_text(encoding="utf-8").replace("'null'", "null"))
            data["as_of"] = str(data["as_of"])
        found.append((_validator(kind).is_valid(data), not lint(_catalog(), [file])[1]))
    return found


@cache
def _catalog() -> Catalog:
    return Catalog(rules_folder())


@pytest.mark.parametrize(("kind", "change"), _all(RIGHT))
def test_right(tmp_path: Path, kind: str, change: _Change) -> None:
    """What is right is right to both."""
    assert set(_said(kind, change, tmp_path)) == {(True, True)}


@pytest.mark.parametrize(("kind", "change"), _all(WRONG))
def test_wrong(tmp_path: Path, kind: str, change: _Change) -> None:
    """What is wrong with a file by itself is wrong to both."""
    assert set(_said(kind, change, tmp_path)) == {(False, False)}


@pytest.mark.parametrize(("kind", "change"), _all(ONLY_LINT))
def test_only_lint_knows(tmp_path: Path, kind: str, change: _Change) -> None:
    """What no schema can say is told by lint alone."""
    assert set(_said(kind, change, tmp_path)) == {(True, False)}


def test_there_are_two_hundred() -> None:
    """So many files are compared."""
    assert (
        sum(len(_files(kind)) * len(several) for one in (RIGHT, WRONG, ONLY_LINT) for kind, several in one.items())
        >= 200
    )
