"""A province or a city may have a text of its own: its firms are decided by it at every door, and no others."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import (
    Catalog,
    InputError,
    Order,
    RulebookError,
    assess,
    ladder,
    profile_of,
    rules_folder,
    ruling,
    screen,
    screen_file,
    shipped,
)
from engine.explaining.blank_form import blank_form
from engine.headers.narrowing import narrowing
from engine.lint import lint
from engine.rulebooks.routing import facts_asked
from tests.doors.test_doors import criteria
from tests.shell import run

DAY, LEVEL = date(2026, 6, 1), "little_giant"
_EDITION = """
id: {name}
title: {{zh: 编造的{name}, en: Made-up {name}}}
edition: 编造
level: {level}
{area}
qualification: {{zh: 编造, en: made up}}
in_force: {{from: {begins}}}
applies_to: [{applies}]
sources:
  made-up: {{title: {{zh: 编造的文件, en: Made-up document}}, document: 样字〔2026〕{least}号}}
criteria:
  - id: staff
    title: {{zh: 人数, en: Staff}}
    cite: {{source: made-up, clause: 一, grade: A}}
    quote: 人数不少于{least}人
    require: {{fact: employees_y0, at_least: {least}}}
  - id: research
    title: {{zh: 研发, en: Research}}
    cite: {{source: made-up, clause: 二, grade: A}}
    quote: 研发费用不少于{least}万元
    reading: {{zh: 是上年度的, en: Of the last year}}
    confirmed: no
    require: {{fact: rd_expense_y0, at_least: {least}}}
    otherwise:
      - reading: {{zh: 是上上年度的, en: Of the year before}}
        require: {{fact: rd_expense_y1, at_least: {least}}}
"""
EDITIONS = [
    ("all-new", LEVEL, "", "new", 100),
    ("all-review", LEVEL, "", "review", 50),
    ("zhejiang", LEVEL, "浙江省", "new, review", 30),
    ("ningbo", LEVEL, "宁波市", "new, review", 20),
    ("guangdong", "srdi", "广东", "new, review", 10),
]
FIRMS = {
    # where a firm says it is, what it applies for: the edition that decides, whether something is noted of the area
    ("浙江省杭州市", "新申报"): ("zhejiang", False),
    ("浙江", "复核"): ("zhejiang", True),
    ("宁波市鄞州区", "复核"): ("ningbo", False),
    ("江苏省南京市", "新申报"): ("all-new", False),
    ("广东", "复核"): ("all-review", False),
    ("", "新申报"): ("all-new", True),
    ("外省", "新申报"): (None, False),
}


def write(
    folder: Path, name: str, level: str, area: str, applies: str, least: int, begins: date = date(2026, 1, 1)
) -> None:
    """Write a made-up edition into a folder of rules."""
    stated = f"area: {area}" if area else ""
    text = _EDITION.format(name=name, level=level, area=stated, applies=applies, least=least, begins=begins)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def copied(folder: Path) -> Path:
    """Give a new folder of rules without a rulebook."""
    folder.mkdir()
    for name in ("facts.yaml", "ladder.yaml", "areas.csv"):
        shutil.copy(rules_folder() / name, folder)
    return folder


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give rules with editions of the country, a province, a city of it, and another province."""
    folder = copied(tmp_path_factory.mktemp("areas") / "rules")
    for edition in EDITIONS:
        write(folder, *edition)
    return Catalog(folder)


def figures(number: int) -> tuple[int, int | str, int]:
    """Give the staff of a firm and what it spends on research in two years, of which it may not say the last."""
    return 40 * number, "" if number % 4 == 1 else 12 * (number % 4), max(60 - 10 * number, 0)


def profile(number: int, area: str, kind: str) -> dict[str, Any]:
    """Give a firm that is there."""
    staff, last, before = figures(number)
    stated = {"area": area, "application_type": kind, "employees_y0": staff, "rd_expense_y0": last}
    stated["rd_expense_y1"] = before
    return {"firm_name": f"样例{number}有限公司", **{name: one for name, one in stated.items() if one != ""}}


def sheet(tmp_path: Path) -> Path:
    """Give a list of the firms."""
    path = tmp_path / "名单.csv"
    rows = [
        ",".join([f"样例{place}有限公司", area, kind, *map(str, figures(place))])
        for place, (area, kind) in enumerate(FIRMS)
    ]
    head = "企业名称,省份,申报类型,员工人数,研发费用,2024年研发费用"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def over_http(path: Path, catalog: Catalog, day: date) -> dict[int, Any]:
    """Give the rows of a list that the service judges by the editions of the level, by their lines."""
    with TestClient(create_app(catalog)) as client:
        answer = client.post(
            "/v1/screenings",
            files={"file": ("firms.csv", path.read_bytes())},
            params={"level": LEVEL, "as_of": day.isoformat()},
        )
    sent = [json.loads(line) for line in answer.text.splitlines()]
    return {one["row"]["line"]: one["row"] for one in sent if one["kind"] == "verdict"}


@pytest.mark.parametrize("place", range(len(FIRMS)))
def test_the_text_of_the_area_decides(rules: Catalog, place: int) -> None:
    """A firm is decided by its city's text, else its province's, else the country's; never by another place's."""
    (area, kind), (expected, is_noted) = list(FIRMS.items())[place]
    if expected is None:
        with pytest.raises(InputError, match="area"):
            assess(profile(place, area, kind), level=LEVEL, as_of=DAY, catalog=rules)
        return
    found = assess(profile(place, area, kind), level=LEVEL, as_of=DAY, catalog=rules)
    assert found.rulebook.id == expected
    assert any("所在地" in note.zh for note in found.notes) == is_noted


def test_every_door_takes_the_text_of_the_area(rules: Catalog, tmp_path: Path) -> None:
    """A list, a request, a frame and one row of the list say of each firm what is said of it alone."""
    path, output = sheet(tmp_path), tmp_path / "out.jsonl"
    chosen = ruling(rules, None, LEVEL, DAY)
    summary = screen_file(path, Order(chosen.rulebook, DAY, output, "jsonl", routes=chosen.routes))
    judged = {row["line"]: row for row in map(json.loads, output.read_text(encoding="utf-8").splitlines())}
    assert {one.rulebook: one.verdicts for one in summary.editions} == {
        "all-new": 2,
        "all-review": 1,
        "ningbo": 1,
        "zhejiang": 2,
    }
    assert summary.rejected == 1
    assert summary.problems[0].column == "省份"
    columns = zip(*(line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]), strict=True)
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    frame = screen(pa.table(dict(zip(names, columns, strict=True))), level=LEVEL, as_of=DAY, catalog=rules).to_pylist()
    assert over_http(path, rules, DAY) == judged
    seen = []
    for place, (area, kind) in enumerate(FIRMS):
        line = place + 2
        if area == "外省":
            assert line not in judged
            assert frame[place]["verdict"] is None
            continue
        alone = assess(profile(place, area, kind), level=LEVEL, as_of=DAY, catalog=rules)
        of_row = assess(
            profile_of(path, row=line, level=LEVEL, as_of=DAY, catalog=rules), level=LEVEL, as_of=DAY, catalog=rules
        )
        assert of_row.rulebook == alone.rulebook
        assert of_row.notes == alone.notes
        for row in (judged[line], frame[place]):
            assert (row["rulebook"], row["verdict"]) == (alone.rulebook.id, alone.verdict.value)
            assert row["notes"] == "".join(note.zh for note in alone.notes)
            assert row["reasons"] == alone.reasons.zh
            assert criteria(row) == {one.id: one.outcome.value for one in alone.criteria}
            assert bool(row["hangs_on"]) == any(one.verdict is not alone.verdict for one in alone.hangs_on)
        seen.append((alone.verdict.value, bool(judged[line]["hangs_on"])))
    assert {verdict for verdict, _ in seen} == {"qualified", "not_qualified", "undetermined"}
    assert {hangs for _, hangs in seen} == {True, False}


def test_the_columns_of_a_province_and_a_city(rules: Catalog) -> None:
    """Two columns are read together unless a third says all, one of them is mapped, or they say the same."""
    for headers in (["省份", "地市"], ["城市", "企业名称", "所在省"], ["地区", "市（州）"], ["Province", "City"]):
        assert narrowing(headers, rules.vocabulary) is not None
    for headers in (["省份", "地市", "所在地"], ["地市", "城市"], ["省份", "区县"], ["省份", "注册省", "地市"]):
        assert narrowing(headers, rules.vocabulary) is None
    assert narrowing(["省份", "地市"], rules.vocabulary, {"地市": "area"}) is None


def test_a_province_and_a_city_in_columns_of_their_own(rules: Catalog, tmp_path: Path) -> None:
    """Both together are where a firm is, at every door."""
    places = [
        ("浙江", "宁波市"),
        ("浙江省", "杭州"),
        ("浙江", ""),
        ("-", "宁波"),
        ("", ""),
        ("江苏", "南京市"),
        ("广东", "宁波"),
    ]
    expected = ["ningbo", "zhejiang", "zhejiang", "ningbo", "all-new", "all-new", None]
    columns = {
        "企业名称": [f"样例{at}有限公司" for at in range(len(places))],
        "省份": [one for one, _ in places],
        "申报类型": ["新申报"] * len(places),
        "地市": [other for _, other in places],
        "员工人数": ["40"] * len(places),
    }
    path, chosen = tmp_path / "名单.csv", ruling(rules, None, LEVEL, DAY)
    path.write_text(
        "\n".join(",".join(row) for row in [columns, *zip(*columns.values(), strict=True)]), encoding="utf-8"
    )
    pq.write_table(pa.table(columns), tmp_path / "名单.parquet")
    for source in (path, tmp_path / "名单.parquet"):
        screen_file(source, Order(chosen.rulebook, DAY, tmp_path / "out.jsonl", "jsonl", routes=chosen.routes))
        rows = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
        assert [row["rulebook"] for row in rows] == [one for one in expected if one]
    frame = screen(pa.table(columns), level=LEVEL, as_of=DAY, catalog=rules).to_pylist()
    assert [row["rulebook"] if row["verdict"] else None for row in frame] == expected
    assert [one["rulebook"] for _, one in sorted(over_http(path, rules, DAY).items())] == [
        one for one in expected if one
    ]
    for place, decides in enumerate(expected):
        raw = {name: cells[place] for name, cells in columns.items()}
        if decides is None:
            with pytest.raises(InputError, match="广东 宁波"):
                assess(raw, level=LEVEL, as_of=DAY, catalog=rules)
        else:
            of_row = profile_of(path, row=place + 2, level=LEVEL, as_of=DAY, catalog=rules)
            for given in (raw, of_row):
                assert assess(given, level=LEVEL, as_of=DAY, catalog=rules).rulebook.id == decides


def test_the_ladder_takes_the_text_of_the_area(rules: Catalog, tmp_path: Path) -> None:
    """The ladder of a row has the levels and verdicts of the ladder of its firm."""
    path, output = sheet(tmp_path), tmp_path / "out.jsonl"
    chosen = ruling(rules, "ladder", None, DAY)
    screen_file(path, Order(chosen.rulebook, DAY, output, "jsonl", levels=chosen.levels, routes=chosen.routes))
    judged = {row["line"]: row for row in map(json.loads, output.read_text(encoding="utf-8").splitlines())}
    assert len(judged) == len(FIRMS) - 1
    for place, (area, kind) in enumerate(FIRMS):
        if area != "外省":
            row, alone = judged[place + 2], ladder(profile(place, area, kind), DAY, rules)
            assert {level: row[level] for level in ("srdi", LEVEL) if row.get(level)} == {
                one.level: one.verdict.value for one in alone.levels
            }
            assert row["notes"] == "".join(note.zh for note in alone.notes)


def test_a_level_that_one_area_alone_decides(rules: Catalog, tmp_path: Path) -> None:
    """Firms elsewhere, and those that do not say where they are, are refused alone and in a list."""
    for area in ("", "浙江"):
        with pytest.raises(InputError, match="Guangdong"):
            assess(profile(5, area, "新申报"), level="srdi", as_of=DAY, catalog=rules)
    chosen = ruling(rules, None, "srdi", DAY)
    order = Order(chosen.rulebook, DAY, tmp_path / "out.jsonl", "jsonl", routes=chosen.routes)
    summary = screen_file(sheet(tmp_path), order)
    assert (summary.verdicts, summary.rejected) == (1, len(FIRMS) - 1)
    bare = tmp_path / "bare.csv"
    bare.write_text("企业名称,员工人数\n样例有限公司,12\n", encoding="utf-8")
    with pytest.raises(InputError, match="State the area"):
        screen_file(bare, order)


def test_a_text_of_an_area_by_its_name(rules: Catalog) -> None:
    """A text that is named decides no firm that is elsewhere, and says so of one that may be."""
    assert assess(profile(5, "杭州", ""), "zhejiang", DAY, rules).notes == ()
    assert "浙江省" in assess(profile(5, "", ""), "zhejiang", DAY, rules).notes[0].zh
    with pytest.raises(InputError, match="only for firms of Zhejiang"):
        assess(profile(5, "上海", ""), "zhejiang", DAY, rules)
    assert "宁波市" in assess(profile(5, "浙江", ""), "ningbo", DAY, rules).notes[0].zh


def test_two_texts_of_an_area_on_one_day(rules: Catalog, tmp_path: Path) -> None:
    """Two editions of a level that begin on a day for the same area are a mistake of the rules; for two areas not."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.folder, folder)
    assert not lint(Catalog(folder))[1]
    write(folder, "hangzhou", LEVEL, "杭州", "new", 5)
    assert not lint(Catalog(folder))[1]
    write(folder, "ningbo-too", LEVEL, "浙江省宁波市", "new", 5)
    [problem] = lint(Catalog(folder))[1]
    assert "ningbo and ningbo-too begin on the same day" in problem.what.en


def test_a_place_that_is_none(rules: Catalog, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """An area that no place is called is told where it stands."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.folder, folder)
    write(folder, "nowhere", LEVEL, "某省", "new", 5)
    found = run(capfdbinary, "lint", "--rules", str(folder))
    assert found.code == 3
    assert "nowhere.yaml:6" in found.err + found.out
    assert "某省" in found.err + found.out


@pytest.mark.parametrize(
    ("area", "wider"),
    [("湖南省浏阳市", "湖南省"), ("湖南省衡阳县", "湖南省"), ("湖南省长沙市浏阳市", "长沙市"), ("430181", "长沙市")],
)
def test_a_county_is_no_area(
    rules: Catalog, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], area: str, wider: str
) -> None:
    """A rulebook of a county is not that of its province or city: it is refused by lint and when it is loaded."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.folder, folder)
    write(folder, "county", LEVEL, area, "new", 5)
    found = run(capfdbinary, "lint", "county", "--rules", str(folder))
    told = f"“{area}”不是省，也不是市。写“{wider}”，则适用于那里的全部企业。区县的规则不写 level 和 area，"
    assert (found.code, told in found.out) == (3, True), found.out
    with pytest.raises(RulebookError, match="is neither a province nor a city"):
        assess(profile(5, "上海", ""), level=LEVEL, as_of=DAY, catalog=Catalog(folder))


def test_a_row_for_which_there_is_no_text_is_refused(rules: Catalog, tmp_path: Path) -> None:
    """A row of a kind that no text in force is for is refused with the reason, as its firm is alone."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.folder, folder)
    (folder / "all-new.yaml").unlink()
    some = Catalog(folder)
    chosen = ruling(some, None, LEVEL, DAY)
    path, output = sheet(tmp_path), tmp_path / "out.jsonl"
    summary = screen_file(path, Order(chosen.rulebook, DAY, output, "jsonl", routes=chosen.routes))
    judged = {row["line"]: row["rulebook"] for row in map(json.loads, output.read_text(encoding="utf-8").splitlines())}
    assert judged == {2: "zhejiang", 3: "zhejiang", 4: "ningbo", 6: "all-review"}
    said = " ".join(one.what.en for one in summary.problems)
    assert "is in force for new applications in the whole country" in said
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = zip(*(line.split(",") for line in lines[1:]), strict=True)
    frame = screen(
        pa.table(dict(zip(lines[0].split(","), columns, strict=True))), level=LEVEL, as_of=DAY, catalog=some
    ).to_pylist()
    assert {place + 2 for place, row in enumerate(frame) if row["verdict"] is not None} == judged.keys()
    for place, (area, kind) in enumerate(FIRMS):
        if place + 2 not in judged:
            with pytest.raises(InputError):
                assess(profile(place, area, kind), level=LEVEL, as_of=DAY, catalog=some)


def test_reviews_on_a_day_that_no_text_has_for_them(rules: Catalog, tmp_path: Path) -> None:
    """A text that is for reviews, though not yet on that day, judges none then, alone or in a list."""
    folder = tmp_path / "rules"
    shutil.copytree(rules.folder, folder)
    for name in ("all-review", "zhejiang", "ningbo", "guangdong"):
        (folder / f"{name}.yaml").unlink()
    text = (folder / "all-new.yaml").read_text(encoding="utf-8")
    later = "applies_to: [new, review]\nin_force_for_reviews: {from: 2027-01-01}"
    (folder / "all-new.yaml").write_text(text.replace("applies_to: [new]", later), encoding="utf-8")
    some = Catalog(folder)
    with pytest.raises(InputError, match="for reviews"):
        assess(profile(60, "", "复核"), level=LEVEL, as_of=DAY, catalog=some)
    chosen = ruling(some, None, LEVEL, DAY)
    order = Order(chosen.rulebook, DAY, tmp_path / "out.jsonl", "jsonl", routes=chosen.routes)
    summary = screen_file(sheet(tmp_path), order)
    assert (summary.verdicts, summary.rejected) == (4, 3)


def test_words_that_ask_what_a_firm_applies_for(tmp_path: Path) -> None:
    """Where a text asks for the kind of application, a firm under review is a new applicant at levels that it lacks."""
    folder = copied(tmp_path / "rules")
    write(folder, "giant", LEVEL, "", "new, review", 10)
    write(folder, "hangzhou", LEVEL, "杭州", "new, review", 10)
    text = (folder / "giant.yaml").read_text(encoding="utf-8")
    asks = [
        "require: {any_of: [{fact: application_type, equals: new}, {fact: employees_y0, at_least: 100}]}",
        "require: {any_of: [{fact: application_type, equals: review}, {fact: employees_y0, at_least: 50}]}",
        "when: {fact: application_type, differs_from: review}\n    require: {fact: employees_y0, at_least: 20}",
    ]
    for number, require in enumerate(asks):
        text += f"\n  - id: asks-{number}\n    title: {{zh: 问{number}, en: Asks {number}}}\n    quote: 编造\n"
        text += f"    cite: {{source: made-up, clause: 三, grade: A}}\n    {require}\n"
    (folder / "giant.yaml").write_text(text, encoding="utf-8")
    some, path = Catalog(folder), tmp_path / "firms.csv"
    kinds, titles = ["新申报", "复核", ""], ["无", "小巨人", ""]
    firms = [(kind, title, staff) for kind in kinds for title in titles for staff in ("5", "30", "60", "200", "")]
    rows = [f"甲{place},浙江,{kind},{title},{staff},900,60,50" for place, (kind, title, staff) in enumerate(firms)]
    head = "企业名称,省份,申报类型,有效期内的称号,员工人数,营业收入,研发费用,2024年研发费用"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    chosen, output = ruling(some, "ladder", None, DAY), tmp_path / "out.jsonl"
    screen_file(path, Order(chosen.rulebook, DAY, output, "jsonl", levels=chosen.levels, routes=chosen.routes))
    for row in map(json.loads, output.read_text(encoding="utf-8").splitlines()):
        alone = ladder(profile_of(path, row=row["line"], rulebook="ladder", as_of=DAY, catalog=some), DAY, some)
        assert row[LEVEL] == alone.levels[0].verdict.value, row
        assert row["notes"] == "".join(note.zh for note in alone.notes), row


def test_a_firm_for_which_no_level_is_in_force(tmp_path: Path) -> None:
    """Where no level has a text for a firm, the ladder refuses it with what to write, alone and in a list."""
    folder = copied(tmp_path / "rules")
    write(folder, "guangdong", "srdi", "广东", "new, review", 10)
    some, path, output = Catalog(folder), sheet(tmp_path), tmp_path / "out.jsonl"
    chosen = ruling(some, "ladder", None, DAY)
    summary = screen_file(
        path, Order(chosen.rulebook, DAY, output, "jsonl", levels=chosen.levels, routes=chosen.routes)
    )
    assert (summary.verdicts, summary.rejected) == (1, len(FIRMS) - 1)
    for line in (2, 3):
        with pytest.raises(InputError, match="no level has a rulebook"):
            ladder(profile_of(path, row=line, rulebook="ladder", as_of=DAY, catalog=some), DAY, some)
    with pytest.raises(InputError, match="no level has a rulebook"):
        ladder(profile(1, "浙江", "新申报"), DAY, some)


def test_a_form_asks_where_the_firm_is_if_places_have_rules_of_their_own(rules: Catalog) -> None:
    """The form and the columns of a level ask what chooses its edition, and only then."""
    for catalog, level, is_asked in ((rules, LEVEL, True), (rules, "srdi", True), (shipped(), LEVEL, False)):
        form = {
            one.fact.id: part.title for part in blank_form(catalog, DAY, level=level).parts for one in part.questions
        }
        assert ("area" in form, "area" in facts_asked(catalog, DAY, level=level)) == (is_asked, is_asked)
        assert not form.get("area", "").startswith("如有")
    assert "application_type" in facts_asked(rules, DAY, level=LEVEL)
