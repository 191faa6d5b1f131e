"""One firm of a list: the row that is meant, and that it is decided as a profile as it is screened as a row."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from engine import (
    InputError,
    Order,
    Problem,
    assess,
    evidence,
    ladder,
    profile_of,
    screen,
    screen_file,
    shipped,
    to_json,
)
from engine.answers.row_profile import RowFlagging, row_profile
from engine.firms.profiles import RowProfile
from engine.headers.understanding import understand
from engine.judging.problem_rows import NO_FIRM
from engine.language.facts import APPLICATION, BOOLEAN, Fact, Kind
from engine.proving.firms import thresholds
from engine.rulebooks.logic import Rulebook
from engine.screening.duckdb_backend import DuckdbBackend
from tests.shell import run

DAY = date(2026, 6, 1)
CANDIDATES = Path(__file__).parents[2] / "fixtures" / "candidates.csv"
DEFAULT = shipped().rulebook("cae-2021-champion")


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """Write a CSV, Excel or Parquet file of texts."""
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    elif path.suffix == ".parquet":
        pq.write_table(pa.table({name: [row[n] for row in rows[1:]] for n, name in enumerate(rows[0])}), path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return path


def screened(path: Path, book: Rulebook, folder: Path) -> tuple[dict[int, dict[str, Any]], dict[int, list[list[str]]]]:
    """Give the verdict row of each line, and the problems of each rejected one: column, value, problem, instead."""
    order = Order(book, DAY, folder / "v.jsonl", "jsonl", "en", rejected=str(folder / "r.csv"), raw_beside=True)
    screen_file(path, order)
    judged = [json.loads(line) for line in (folder / "v.jsonl").read_text(encoding="utf-8").splitlines()]
    rejected: dict[int, list[list[str]]] = {}
    with (folder / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            rejected.setdefault(int(row[0]), []).append([row[3], *row[5:]])
    return {row["line"]: row for row in judged}, rejected


def told(problem: Problem) -> list[str]:
    """Give a problem as the rejected file has it, but for the line before the column."""
    instead = problem.instead.en if problem.instead else ""
    return [problem.where.split(":", 2)[-1], problem.value or "", problem.what.en, instead]


def assert_alike(path: Path, rows: Sequence[Sequence[str]], book: Rulebook, folder: Path) -> list[RowProfile]:
    """Assert that every row is decided by `assess` as by the screening; give the profiles of those that are judged."""
    judged, rejected = screened(path, book, folder)
    columns = {f"t{n}": one for n, one in understand(rows[0], book.vocabulary, as_of=DAY).stated.items()}
    plan = RowFlagging(columns, book, DAY, needed=book.facts_used | {APPLICATION})
    sound = [row for row in rows[1:] if len(row) == len(rows[0])]
    texts = pa.table({f"t{n}": [row[n] for row in sound] for n in range(len(rows[0]))})
    with closing(DuckdbBackend(folder)) as backend:
        asked = backend.batches(plan.rows(backend.register("rows", texts), backend.by_row))
        told_rows = iter([one for batch in asked for one in batch.to_pylist()])
    found, no_firms = [], 0
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            assert line in rejected
            continue
        profile: RowProfile | None = None
        verdict, problems = None, tuple[Problem, ...]()
        try:
            profile = row_profile(next(told_rows), plan, path.name, line)
            verdict = assess(json.loads(json.dumps(profile)), book.id, DAY)
        except InputError as error:
            problems = error.problems
        if [one.what for one in problems] == [NO_FIRM[0]]:
            assert line not in {*judged, *rejected}, row
            no_firms += 1
            continue
        if profile is None or verdict is None:
            assert [told(one) for one in problems] == rejected.get(line), (row, problems)
            assert line in rejected, (row, problems)
            continue
        assert line not in rejected, (row, rejected[line])
        noted = assess(profile, book.id, DAY)
        assert [one.where for one in noted.warnings][: len(profile.notes)] == [one.where for one in profile.notes]
        assert judged[line]["notes"] == " ".join(note.en for note in noted.notes), row
        assert judged[line]["verdict"] == verdict.verdict.value, row
        outcomes = {one.id: one.outcome.value for one in verdict.criteria}
        assert {name: judged[line][name] for name in outcomes} == outcomes, row
        found.append(profile)
    assert len(judged) + len(rejected) + no_firms == len(rows) - 1
    return found


def test_every_fixture_is_decided_alike(tmp_path: Path) -> None:
    """Each row of the shipped list gets the verdict, the outcomes and the problems as a profile as it did as a row."""
    with CANDIDATES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    profiles = assert_alike(CANDIDATES, rows, DEFAULT, tmp_path)
    assert len(profiles) == 47
    assert profile_of(CANDIDATES, row=profiles[5].line, as_of=DAY) == profiles[5]


@pytest.mark.parametrize(("book", "count"), [
    ("cae-2021-champion", 200),
    ("miit-2026-little-giant", 200),
    pytest.param("cae-2021-champion", 10_000, marks=pytest.mark.long),
    pytest.param("miit-2026-little-giant", 10_000, marks=pytest.mark.long),
    pytest.param("most-2017-tech-sme", 10_000, marks=pytest.mark.long),
    *(pytest.param(book, 1_000, marks=pytest.mark.long) for book in shipped().ids),
])  # fmt: skip
def test_random_rows_are_decided_alike(book: str, count: int, tmp_path: Path) -> None:
    """Rows of cells of all kinds, good and bad, are decided as profiles as they are screened, or refused alike."""
    rulebook, dice = shipped().rulebook(book), random.Random(f"{book}{count}")
    rows = random_rows(rulebook, dice, count)
    profiles = assert_alike(written(tmp_path / "firms.csv", rows), rows, rulebook, tmp_path)
    assert count * (0.2 if count == 200 else 0.01) < len(profiles) < count * 0.98
    assert any(profile.notes for profile in profiles)


_WORDS = (
    "前3名",
    "第2名",
    "10-15%",
    "5年以上",
    "120余人",
    "≥10%",
    "不低于3",
    "3~5",
    "约15%",
    "3000万美元",
    "#DIV/0!",
    "-",
    "无数据",
    "N/A",
)
_MORE_WORDS = (
    "0.5",
    "15%",
    "1,200",
    "１２０",
    "1.2E+03",
    "(5)",
    "2.1亿",
    "3000万元",
    "0",
    "1e-20",
    "十五",
    "是",
    "否",
    "有",
    "2026-04-01",
)


def random_rows(book: Rulebook, dice: random.Random, count: int) -> list[list[str]]:
    """Give a table with a header: facts of the rulebook and some others, money in units of all sizes."""
    vocabulary, near = book.vocabulary, thresholds(book)
    used = sorted(name for name in book.facts_used | {APPLICATION} if not vocabulary[name].is_derived)
    others = [name for name in vocabulary.given if name not in used and vocabulary[name].kind is not Kind.TEXT]
    facts = [vocabulary[name] for name in [*used, *dice.sample(others, 12)]]
    sized = ["", "（万元）"] if dice.random() < 0.3 else ["（亿元）", "（元）", "（万元）", "(百万元)"]
    sizes = {fact.id: dice.choice(sized) for fact in vocabulary.given.values()}
    units = {fact.id: sizes[fact.part_of or fact.id] for fact in facts if fact.kind is Kind.MONEY}
    place = {fact.id: n for n, fact in enumerate(facts)}
    parts = [(place[fact.id], place[fact.part_of]) for fact in facts if fact.part_of in place]
    header = ["统一社会信用代码", "企业名称", "备忘", *(f"{fact.id}{units.get(fact.id, '')}" for fact in facts)]
    rows = []
    for n in range(count):
        bad = dice.choice([0.0, 0.0, 0.002, 0.02])
        cells = [random_cell(fact, near.get(fact.id, []), dice, bad) for fact in facts]
        for part, whole in parts:
            if dice.random() < 0.3:
                cells[part] = cells[whole]
        name = dice.choice(["合计", "", "-", "营业收入", "2025年"]) if dice.random() < 0.03 else f"企业{n}"
        code = dice.choice(["", "/", f"91-{n}", f"'{n:05}"]) if name else ""
        rows.append([code, name, dice.choice(["", "随便"]), *cells])
    return [header, *rows]


def random_cell(fact: Fact, near: list[Any], dice: random.Random, bad: float) -> str:
    """Give what somebody may have typed for a fact."""
    chance = dice.random()
    if chance < bad:
        return dice.choice(_WORDS + _MORE_WORDS)
    if chance < 0.3:
        return dice.choice(["", "", " ", "-", "/", "无数据", "暂无"])
    if fact.kind in BOOLEAN:
        return dice.choice(["是", "否", "yes", "√", "无"])
    if fact.kind in {Kind.CHOICE, Kind.CHOICES}:
        if fact.id == APPLICATION:
            return dice.choice(["new", "新申报", "new", "", "复核"] if dice.random() < 0.2 else ["", "new"])
        return dice.choice([word for code, one in fact.choices.items() for word in (code, one.zh)])
    if fact.kind is Kind.DATE:
        return dice.choice(["2024-07-01", "2023年5月6日", "20260401", "2025/12/31"])
    edge = dice.choice([float(one) for one in near] or [10.0])
    figure = max(edge + dice.choice([0, 0, 1, -1, 0.5, -0.5, 100]), 1)
    text = f"{figure:.10g}" if fact.kind in {Kind.MONEY, Kind.PERCENT} else f"{int(figure)}"
    forms = ["{}", "{}", " {} ", "{}以上", "≥{}", "不足{}", "{}-9999", "{}~{}"]
    forms += {Kind.PERCENT: ["{}%", "{}％"], Kind.MONEY: ["{}万元", "¥{}"], Kind.RANK: ["第{}名", "前{}名"]}.get(
        fact.kind, []
    )
    return dice.choice(forms).format(text, text)


HEADER = ["统一社会信用代码", "企业名称", "营业收入（亿元）", "主营业务收入（亿元）", "全球市场占有率（%）", "备注"]
ROWS = [
    HEADER,
    ["91330200-MA2AAAAA0X", "甲（宁波）有限公司", "2.1", "1.8", "23.5", "3"],
    ["91330200MA2BBBBB1X", " 乙公司 ", "2-3", "", "10-15%", "可"],
    ["91330200MA2CCCCC2X", "丙公司", "约2", "", "12", "3"],
    ["91330200MA2DDDDD3X", "丙公司", "1", "2", "12", "3"],
    ["", "合计", "9", "", "", ""],
    ["", "戊公司", "9", "", "", ""],
]


@pytest.mark.parametrize(("suffix", "line"), [(".csv", 2), (".xlsx", 2), (".parquet", 1)])
def test_a_firm_is_found_by_line_code_or_name(suffix: str, line: int, tmp_path: Path) -> None:
    """The line is that of the verdict file; blanks, hyphens and case of a code, blanks around a name do not count."""
    path = written(tmp_path / f"firms{suffix}", ROWS)
    by_line = profile_of(path, row=line, as_of=DAY)
    assert by_line == {
        "firm_id": "91330200-MA2AAAAA0X",
        "firm_name": "甲（宁波）有限公司",
        "revenue_y0": "2.1亿元",
        "main_revenue_y0": "1.8亿元",
        "global_market_share_pct": "23.5",
    }
    for name in ("91330200ma2aaaaa0x", "9133 0200 MA2A AAAA 0X", "甲(宁波)有限公司 "):
        found = profile_of(path, firm=name, as_of=DAY)
        assert (found, found.line) == (by_line, line)
    assert profile_of(path, firm="乙公司", as_of=DAY)["revenue_y0"] == "2-3亿元"


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ({}, ["has 5 firms (line 2 甲（宁波）有限公司 91330200-MA2AAAAA0X", "--row LINE or --firm CODE-OR-NAME"]),
        ({"firm": "丙公司"}, ["“丙公司” stands in 2 rows: line 4 丙公司 91330200MA2CCCCC2X, line 5 ", "--row LINE"]),
        ({"firm": "乙有限公司"}, ["is not in the list", "use --row: line 3 乙公司"]),
        ({"firm": "丁"}, ["is not in the list", "line 2 甲", "line 3 乙公司", "line 5 丙公司", "line 7 戊公司"]),
        ({"firm": "MA2BBBBB"}, ["is not in the list", "use --row: line 3 乙公司 91330200MA2BBBBB1X."]),
        ({"firm": " "}, ["is not in the list"]),
        ({"row": 1}, ["has no firm on line 1", "What is below the header stands on lines 2 to 7"]),
        ({"row": 8}, ["has no firm on line 8"]),
        ({"row": 2, "firm": "甲"}, ["both say which firm is meant"]),
        ({"row": 4}, ["firms.csv:4:营业收入（亿元）: “约2” is only about right"]),
        ({"row": 5}, ["firms.csv:5:主营业务收入（亿元）: “2” is larger than Revenue, last full year (1)"]),
        ({"row": 6}, ["firms.csv:6:企业名称: “合计” is a total, a note or a signature, not a firm."]),
    ],
)
def test_what_is_not_certain_is_refused(which: dict[str, Any], says: list[str], tmp_path: Path) -> None:
    """Which firm is meant is never guessed: candidates are named with their lines. A bad row is told as by screen."""
    with pytest.raises(InputError) as refused:
        profile_of(written(tmp_path / "firms.csv", ROWS), as_of=DAY, **which)
    [problem] = refused.value.problems
    for words in says:
        assert words in problem.in_language("en")


def test_a_list_of_one_firm_needs_no_choice(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """The filled template is assessed as it is, also with a sum below; an empty one has no firm."""
    template = run(capfdbinary, "facts", "--template").out
    header = next(csv.reader([template.removeprefix("\ufeff")]))
    blank = written(tmp_path / "blank.csv", [header])
    answer = run(capfdbinary, "assess", str(blank), "--lang", "en")
    assert (answer.code, answer.err.split(". ")[0]) == (1, "blank.csv: has no firm")
    firm = ["A1", "甲公司", *[""] * (len(header) - 2)]
    filled = written(tmp_path / "filled.csv", [header, firm, ["", "合计", *firm[2:]]])
    assert run(capfdbinary, "assess", str(filled), "--format", "line").out.split()[1:3] == ["A1", "甲公司"]
    two = written(tmp_path / "two.csv", [header, firm, firm])
    assert "第 2 行 甲公司 A1、第 3 行 甲公司 A1" in run(capfdbinary, "ladder", str(two)).err


def test_every_command_takes_a_firm_of_a_list(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """What assess, ladder and evidence say of a row is, to the byte, what they say of its profile."""
    path = written(
        tmp_path / "firms.xlsx", [["2026年名单"], *([["销售", *row[1:]] if row is HEADER else row for row in ROWS])]
    )
    ours = ["--as-of", "2026-06-01", "--format", "json"]
    one = ["--row", "3", "--map", "销售=firm_id", "--sheet", "Sheet"]
    profile = dict(profile_of(path, row=3, as_of=DAY, mapping={"销售": "firm_id"}))
    assert profile["firm_id"] == "91330200-MA2AAAAA0X"
    answers = {
        "assess": assess(profile, as_of=DAY),
        "ladder": ladder(profile, DAY),
        "evidence": evidence(profile, as_of=DAY),
    }
    for command, expected in answers.items():
        answer = run(capfdbinary, command, str(path), *one, *ours)
        assert (answer.code, json.loads(answer.out)) == (0, json.loads(to_json(expected)))
    (tmp_path / "one.json").write_text(json.dumps(profile), encoding="utf-8")
    assert (
        run(capfdbinary, "assess", str(tmp_path / "one.json"), *ours).out
        == run(capfdbinary, "assess", str(path), *one, *ours).out
    )
    rest = written(tmp_path / "firms.csv", ROWS).read_bytes()
    assert run(capfdbinary, "assess", "-", "--firm", "乙公司", "--format", "line", stdin=rest).out.split()[2:3] == [
        "乙公司"
    ]


def test_options_of_a_list_are_not_for_a_profile(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A profile in JSON has no rows: saying which is refused and not passed over."""
    (tmp_path / "one.json").write_text('{"firm_name": "甲"}', encoding="utf-8")
    for option in (["--row", "1"], ["--firm", "甲"], ["--map", "a=firm_id"], ["--sheet", "a"]):
        answer = run(capfdbinary, "assess", str(tmp_path / "one.json"), "--lang", "en", *option)
        assert answer.code == 1
        assert "is the profile of one firm, no list" in answer.err


def test_what_is_not_needed_is_left_out_and_said(tmp_path: Path) -> None:
    """A bad cell that the rulebook does not use is no reason to refuse the firm: a note says that it was left out."""
    spare = next(
        fact
        for fact in DEFAULT.vocabulary.given.values()
        if fact.kind is Kind.COUNT and fact.id not in DEFAULT.facts_used
    )
    path = written(tmp_path / "firms.csv", [["企业名称", spare.id, "全球市场占有率"], ["甲", "约3", "12"]])
    profile = profile_of(path, as_of=DAY)
    assert profile == {"firm_name": "甲", "global_market_share_pct": "12"}
    [note] = assess(profile, as_of=DAY).warnings
    assert (note.where, note.value) == (spare.id, "约3")
    assert note.what.en == "is only about right; left out, the rules in question do not need it"
    user = next(book for name in shipped().ids if spare.id in (book := shipped().rulebook(name)).facts_used)
    with pytest.raises(InputError, match=r"firms\.csv:2"):
        profile_of(path, rulebook=user.id, as_of=DAY)


def test_a_row_of_another_year_is_refused_alike(tmp_path: Path) -> None:
    """Where headers name no years, a row that is said to be of another year is refused as a screening rejects it."""
    rows, mapping = [["企业名称", "何时", "营业收入"], ["甲", "2024", "3000"]], {"何时": "fiscal_year_y0"}
    table = pa.table(dict(zip(rows[0], ([cell] for cell in rows[1]), strict=True)))
    [expected] = screen(table, as_of=DAY, mapping=mapping, lang="en")["problems"].to_pylist()
    with pytest.raises(InputError) as refused:
        profile_of(written(tmp_path / "firms.csv", rows), as_of=DAY, mapping=mapping)
    [problem] = refused.value.problems
    assert problem.in_language("en") == f"firms.csv:2:{expected}"


@pytest.mark.parametrize("verb", ["assess", "ladder", "evidence"])
def test_the_mapping_that_a_list_needs_is_named(
    verb: str, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    """Of columns that are not read it is said which --map may be meant; with that mapping nothing is said."""
    (tmp_path / "a.csv").write_text("企业名称,市场占有率,联系电话\n甲,20,1\n", encoding="utf-8")
    words = (verb, str(tmp_path / "a.csv"), "--firm", "甲", "--as-of", "2026-06-01", "--lang")
    told = run(capfdbinary, *words, "zh").err
    assert "可能是：--map 市场占有率=全球市场占有率 或 --map 市场占有率=国内市场占有率" in told
    assert "Perhaps: --map 市场占有率=global_market_share_pct or" in run(capfdbinary, *words, "en").err
    mapped = run(capfdbinary, *words, "zh", "--map", "市场占有率=全球市场占有率").err
    assert ("可能是" in mapped, "没有用上的列：联系电话（" in mapped) == (False, True)
