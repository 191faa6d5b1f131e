"""A rulebook is begun from another one, outside the clone, and lint and test take it as it is."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from engine import Catalog, rules_folder, shipped
from engine.authoring.slots import slot
from engine.lint import lint
from tests.shell import run

_Capture = pytest.CaptureFixture[bytes]


def _begin(capture: _Capture, folder: Path, *words: str) -> str:
    result = run(capture, "new", "rulebook", *words, "--rules", str(folder), "--lang", "en")
    assert result.code == 0, result.err
    return result.out


_LONG = pytest.mark.long
_BEGUN = {
    ("cae-2021-shortcoming", None),
    ("most-2017-tech-sme", None),
    ("miit-2026-srdi", None),
    ("miit-2026-srdi", "浙江省"),
}
_ALL = [pytest.param(*one, marks=[] if one in _BEGUN else _LONG) for one in product(shipped().ids, (None, "浙江省"))]


@pytest.mark.parametrize(("other", "area"), _ALL)
def test_all_is_there_and_sound(capfdbinary: _Capture, tmp_path: Path, other: str, area: str | None) -> None:
    """A folder that is made has all that the new rulebook needs: it is sound, and its cases hold."""
    folder = tmp_path / "mine"
    words = ("--area", area) if area else ()
    written = _begin(capfdbinary, folder, "mine-2026", "--from", other, *words)
    assert [str(folder / name) for name in ("mine-2026.yaml", "cases/mine-2026.yaml", "CHANGES.md")] == written.split()[
        :3
    ]
    assert lint(Catalog(folder))[1] == []
    said = run(capfdbinary, "test", "mine-2026", "--rules", str(folder), "--format", "json")
    assert (said.code, json.loads(said.out)["rulebooks"][0]["troubles"]) == (0, [])
    difference = run(capfdbinary, "rulebooks", "diff", other, "mine-2026", "--rules", str(folder), "--format", "json")
    assert area or {one["state"] for one in json.loads(difference.out)["requirements"]} == {"same"}


def test_from_nothing(capfdbinary: _Capture, tmp_path: Path) -> None:
    """Without another text the sample of the README is begun with, and nothing of it is left but what is written."""
    folder = tmp_path / "mine"
    _begin(capfdbinary, folder, "mine-2026")
    assert lint(Catalog(folder))[1] == []
    assert Catalog(folder).ids == ("mine-2026",)
    _begin(capfdbinary, folder, "zj-2026", "--area", "浙江省")
    assert lint(Catalog(folder))[1] == []
    assert run(capfdbinary, "test", "--rules", str(folder)).code == 0


def test_every_slot_is_explained(capfdbinary: _Capture, tmp_path: Path) -> None:
    """Each key that a rulebook may have stands in the file with what it is for, in both languages."""
    _begin(capfdbinary, tmp_path / "mine", "mine-2026", "--from", "most-2017-tech-sme")
    text = (tmp_path / "mine" / "mine-2026.yaml").read_text(encoding="utf-8")
    schema = json.loads((tmp_path / "mine" / "schema" / "rulebook.json").read_text(encoding="utf-8"))
    for key in schema["properties"]:
        says = slot("RulebookWords", key)
        assert (says.zh in text, says.en in text) == (True, True), key
    models = (
        "Source",
        "Parameter",
        "Scorecard",
        "Item",
        "Band",
        "CriterionWords",
        "Cite",
        "CheckWords",
        "OpenQuestion",
    )
    for model in models:
        for key in schema["$defs"][model]["properties"]:
            says = slot(model, key)
            assert re.search(rf"^#   [a-z.]*{key}: {re.escape(says.zh)} / {re.escape(says.en)}$", text, re.MULTILINE), (
                key
            )


def test_an_area_names_only_what_differs(capfdbinary: _Capture, tmp_path: Path) -> None:
    """The text of an area borrows that of the whole country; what it asks beside is all that is new."""
    folder = tmp_path / "mine"
    _begin(capfdbinary, folder, "zj-2026", "--from", "miit-2026-srdi", "--area", "浙江省")
    file = folder / "zj-2026.yaml"
    example = re.compile(r"^  # (- id: local|  [a-z]+: )", re.MULTILINE)
    file.write_text(example.sub(r"  \1", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert lint(Catalog(folder))[1] == []
    said = run(capfdbinary, "rulebooks", "diff", "miit-2026-srdi", "zj-2026", "--rules", str(folder), "--lang", "en")
    assert "0 changed, 1 new, 0 gone, 16 the same" in said.out
    assert "local-staff" in said.out
    options = ("--as-of", "2099-01-01", "--rules", str(folder), "--format", "json")
    firm = tmp_path / "firm.json"
    firm.write_text('{"area": "浙江省宁波市", "employees_y0": "19人"}', encoding="utf-8")

    def chosen(*by: str) -> str:
        return str(json.loads(run(capfdbinary, "assess", str(firm), *by, *options).out)["rulebook"]["id"])

    assert chosen("--level", "srdi") == "miit-2026-srdi"
    assert "本规则是草案，没有施行" in run(capfdbinary, "assess", str(firm), "--rulebook", "zj-2026", *options).out
    assert "（浙江省）（草案）" in run(capfdbinary, "rulebooks", "--rules", str(folder)).out
    file.write_text(file.read_text(encoding="utf-8").replace("draft: yes\n", ""), encoding="utf-8")
    assert chosen("--level", "srdi") == "zj-2026"


@pytest.mark.parametrize("other", ["most-2017-tech-sme", "miit-2022-little-giant"])
def test_what_cannot_be_borrowed(capfdbinary: _Capture, tmp_path: Path, other: str) -> None:
    """A text with a scorecard, or with more readings than a criterion may have, is there as a whole."""
    _begin(capfdbinary, tmp_path / "mine", "zj-2022", "--from", other, "--area", "浙江省")
    rules = Catalog(tmp_path / "mine")
    assert lint(rules)[1] == []
    assert len(rules.rulebook("zj-2022").criteria) == len(shipped().rulebook(other).criteria)


def test_facts_of_ones_own(capfdbinary: _Capture, tmp_path: Path) -> None:
    """Facts that are added are known to the editor once the schemas are written anew."""
    folder = tmp_path / "mine"
    _begin(capfdbinary, folder, "mine-2026", "--from", "cae-2021-scattered")
    with (folder / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write("made_up_y0:\n  title: {zh: 编造的指标, en: Made up}\n  kind: money\n")
    assert run(capfdbinary, "new", "schema", "--rules", str(folder)).code == 0
    assert "编造的指标（万元） Made up [money]" in (folder / "schema" / "rulebook.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rulebook", "mine-2026", "--from", "nowhere"], "“nowhere” is not a known rulebook"),
        (["rulebook", "Mine 2026", "--from", "most-2017-tech-sme"], "small letters, digits, - and _ only"),
        (["rulebook", "taken", "--from", "most-2017-tech-sme"], "taken.yaml: exists already"),
        (["rulebook", "routes", "--from", "most-2017-tech-sme"], "is the name of another kind of file"),
        (
            ["rulebook", "zj", "--from", "miit-2026-srdi", "--area", "元氏县"],
            "“元氏县” is neither a province nor a city",
        ),
        (["rulebook"], "give: new rulebook ID [--from RULEBOOK]"),
        (["schema", "mine-2026"], "give: new rulebook ID [--from RULEBOOK]"),
    ],
)
def test_mistakes(capfdbinary: _Capture, tmp_path: Path, words: list[str], told: str) -> None:
    """What cannot be begun is told, and nothing is written or overwritten."""
    (tmp_path / "taken.yaml").write_text("mine", encoding="utf-8")
    result = run(capfdbinary, "new", *words, "--rules", str(tmp_path), "--lang", "en")
    assert result.code in {1, 2}
    assert told in result.err
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("taken.yaml", "mine")]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["rulebook", "mine"], 1, "cannot be written"),
        (["schema"], 3, "facts.yaml:1:1: "),
    ],
)
def test_no_such_folder(capfdbinary: _Capture, tmp_path: Path, words: list[str], code: int, told: str) -> None:
    """A folder that cannot be made, and one without a vocabulary, are told."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run(capfdbinary, "new", *words, "--rules", str(tmp_path / "file" / "mine"), "--lang", "en")
    assert (result.code, told in result.err) == (code, True), result.err


def test_from_a_file_of_ones_own(capfdbinary: _Capture, tmp_path: Path) -> None:
    """The next edition begins from one's own last; the shipped rules stay as they are."""
    folder, before = tmp_path / "mine", sorted(rules_folder().rglob("*"))
    _begin(capfdbinary, folder, "mine-2026", "--from", "cae-2021-scattered")
    _begin(capfdbinary, folder, "mine-2027", "--from", "mine-2026")
    assert "## mine-2027" in (folder / "CHANGES.md").read_text(encoding="utf-8").split("## mine-2026")[0]
    assert lint(Catalog(folder))[1] == []
    assert sorted(shipped().folder.rglob("*")) == before
