"""The route of a key product: that of the first problem class that holds, the same at every door."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from itertools import product
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import Catalog, InputError, RulebookError, assess, facts_asked, route, rules_folder, screen, shipped
from engine.lint import lint
from engine.rulebooks.routes import Layer
from tests.shell import run

DAY = date(2026, 6, 1)
ROUTES = shipped().routes
CLASSES = [*ROUTES]
# What decides each class alone, where the product is of the five bases and all else of the class is so.
TIPS = ("embargo_exposure", "performance_poor", "market_voice_weak")
BASE = {
    "foundation_base": "materials",
    **dict.fromkeys(("strategic_industry_stops", "bargaining_power_lacking", "progress_without_profit"), True),
    **dict.fromkeys(("reliability_poor", "stability_poor", "consistency_poor", "chain_coordination_weak"), False),
}
OUTCOMES = [*product((True, False, None), repeat=3)]
FIRMS = [
    BASE | {"firm_id": f"F{n}"} | {tip: one for tip, one in zip(TIPS, outcomes, strict=True) if one is not None}
    for n, outcomes in enumerate(OUTCOMES)
]


def _expected(outcomes: tuple[bool | None, ...]) -> list[str]:
    """Give the routes that may follow, read off the text: the first layer that holds, and open ones before it."""
    ids = [layer.id for layer in ROUTES.layers]
    sure = outcomes.index(True) if True in outcomes else None
    before = [ids[n] for n, one in enumerate(outcomes[:sure]) if one is None]
    return [*before, "none" if sure is None else ids[sure]]


@pytest.mark.parametrize(("facts", "outcomes"), [*zip(FIRMS, OUTCOMES, strict=True)])
def test_the_first_class_that_holds(facts: dict[str, object], outcomes: tuple[bool | None, ...]) -> None:
    """Whatever comes of each class, the route is the first that holds; what may come before keeps it open."""
    found = route(facts, DAY)
    assert [one.id for one in found.may_follow] == _expected(outcomes)
    assert found.certain == (len(found.may_follow) == 1)
    assert (found.route.id if found.route else "none") == (_expected(outcomes)[0] if found.certain else "none")
    assert [one.verdict for one in found.classes] == [assess(facts, name, DAY) for name in CLASSES]
    open_ = [tip for tip, one in zip(TIPS, outcomes, strict=True) if one is None]
    first = outcomes.index(True) if True in outcomes else len(outcomes)
    asked = [tip for tip in open_ if TIPS.index(tip) < first]
    assert [one.fact for one in found.missing] == asked, "what is behind the first class that holds is not asked for"


def test_a_row_is_told_what_its_firm_is(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A list, and a table in Python, has a column a class and the route of each row."""
    heads = [*dict.fromkeys(name for firm in FIRMS for name in firm)]
    cells = [[{True: "是", False: "否", None: ""}.get(one := firm.get(name), one) for name in heads] for firm in FIRMS]
    with (tmp_path / "firms.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *cells])
    asked = ["--rulebook", "routes", "--as-of", DAY.isoformat()]
    run(capfdbinary, "screen", str(tmp_path / "firms.csv"), "-o", str(tmp_path / "out.csv"), *asked)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    table = pa.table(dict(zip(heads, map(list, zip(*cells, strict=True)), strict=True)))
    framed = screen(table, "routes", DAY).to_pylist()
    assert len(rows) == len(framed) == len(FIRMS)
    for row, same, facts in zip(rows, framed, FIRMS, strict=True):
        found = route(facts, DAY)
        ids = [one.id for one in found.may_follow]
        for told in (row, same):
            assert told["route"] == (ids[0] if found.certain else "undetermined")
            assert told["may_follow"] == ("" if found.certain else ";".join(ids))
            assert [told[name] for name in CLASSES] == [one.verdict.verdict for one in found.classes]


def test_a_workbook_says_why_by_class(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """In a workbook each class that does not hold has a line on a sheet of its own; a row not judged says so."""
    (tmp_path / "firms.csv").write_text("企业名称,面临禁运,可靠性差\n甲,否,是\n乙,也许吧,是\n", encoding="utf-8")
    asked = ["--rulebook", "routes", "--as-of", DAY.isoformat()]
    run(capfdbinary, "screen", str(tmp_path / "firms.csv"), "-o", str(tmp_path / "out.xlsx"), *asked)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    head, *lines = book["各类问题说明"].iter_rows(values_only=True)
    assert "问题类别" in head
    assert [line[3] for line in lines] == ["“卡脖子”问题", "“短板”问题", "“小散多软”问题"]
    head, judged, rejected = book["结论"].iter_rows(values_only=True)
    assert (judged[head.index("路线")], rejected[head.index("路线")]) == ("无法判定", "未比对")


def test_the_doors_say_the_same(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The command and the service give the answer of the Python function; a form asks what the classes ask."""
    (tmp_path / "firm.json").write_text(json.dumps(FIRMS[0]), encoding="utf-8")
    said = run(capfdbinary, "route", str(tmp_path / "firm.json"), "--as-of", DAY.isoformat(), "--format", "json").out
    client = TestClient(create_app())
    answer = client.post("/v1/route", params={"as_of": DAY.isoformat()}, json=FIRMS[0])
    assert json.loads(said) == answer.json()
    assert answer.json()["route"]["id"] == "national-system"
    asked = {name for one in CLASSES for name in shipped().rulebook(one).facts_used}
    assert facts_asked(shipped(), DAY, "routes") == asked
    listed = client.get("/v1/facts", params={"rulebook": "routes"}).json()
    assert {one["id"] for one in listed} == asked


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_route_is_told_with_its_words(lang: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The text shows every measure with the words, and where it leads."""
    firm = FIRMS[OUTCOMES.index((False, False, True))]
    (tmp_path / "firm.json").write_text(json.dumps(firm), encoding="utf-8")
    asked = [str(tmp_path / "firm.json"), "--as-of", DAY.isoformat(), "--lang", lang]
    out = "".join(run(capfdbinary, "route", *asked).out.split())
    layer = ROUTES.layers[-1]
    for one in layer.measures:
        assert "".join(one.quote.split()) in out
        assert "".join(getattr(one.title, lang).split()) in out
    assert all(one.rulebook in out for one in layer.onward)


def test_one_rulebook_is_not_several(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Where one rulebook is applied, `routes` is refused with what to use instead."""
    (tmp_path / "firm.json").write_text("{}", encoding="utf-8")
    result = run(capfdbinary, "assess", str(tmp_path / "firm.json"), "--rulebook", "routes", "--lang", "en")
    assert (result.code, "champion route" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rulebook: cae-2021-shortcoming", "rulebook: cae-2021-shortcomings", "cae-2021-shortcoming"),
        ("{rulebook: cae-2021-leading-firm", "{rulebook: leading", "is not a known rulebook"),
        ("id: chain-solution", "id: national-system", "stands here twice"),
        ("{source: cae-2021, clause: 五（二）", "{source: cae, clause: 五（二）", "the source “cae” is not listed"),
        ("reading:", "readings:", "readings"),
    ],
)
def test_lint_finds_what_is_wrong(old: str, new: str, said: str, tmp_path: Path) -> None:
    """A rulebook, a source or a key that there is not, and an id twice, are problems of the file with their place."""
    shutil.copytree(rules_folder(), tmp_path / "rules")
    file = tmp_path / "rules" / "routes.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [one.in_language("en") for one in lint(Catalog(tmp_path / "rules"))[1]]
    assert found
    assert all("routes.yaml:" in one for one in found)
    assert said in " ".join(found)
    with pytest.raises(RulebookError):
        route({}, DAY, Catalog(tmp_path / "rules"))


def test_rules_may_be_without_routes(tmp_path: Path) -> None:
    """A folder of rules without `routes.yaml` is sound; asked for a route it says that there is none."""
    shutil.copytree(rules_folder(), tmp_path / "rules")
    (tmp_path / "rules" / "routes.yaml").unlink()
    rules = Catalog(tmp_path / "rules")
    assert lint(rules)[1] == []
    with pytest.raises(InputError, match=r"routes\.yaml"):
        route({}, DAY, rules)


def test_layers_are_in_the_order_of_the_text() -> None:
    """The words of each layer name its place."""
    places = ("第一层次", "第二层次", "第三层次")
    assert [layer.quote[:4] for layer in ROUTES.layers] == [*places]
    assert all(isinstance(layer, Layer) for layer in ROUTES.layers)
