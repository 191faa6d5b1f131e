"""A sweep comes to what deciding again at every value comes to: ties, blanks, ranges, scorecards and guards."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from engine import (
    Catalog,
    InputError,
    Order,
    changes_of,
    compare,
    compare_files,
    profile_reader,
    screen_file,
    shipped,
    sweep,
    target,
    what_if,
)
from engine.analysis.axes import Axis, axes_of, axis_of, borne_on
from engine.analysis.groups import NOT_STATED
from engine.analysis.stand_ins import Framed, comes_to, framed, worst
from engine.analysis.sweep import Counts, points_of
from engine.deciding.reference import Outcomes, decide
from engine.firms.figures import Figures
from engine.ground.errors import Text
from engine.proving.as_columns import Columns, differences, texts_of
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.settable import Settable, figures_in
from engine.rulebooks.what_if import Changes
from engine.rulebooks.what_if import what_if as changed
from tests.evaluators import stated
from tests.random_rulebooks import AS_OF, VOCABULARY, profiles, rulebooks
from tests.shell import run
from tests.small_rules import rules_asking
from tests.tables import DAY

_VALUES = ("0", "0.7", "2.1", "3", "15", "70", "1000")
_HEAD = "企业编号,企业名称,所在地,全球市场占有率,全球排名,主营业务收入,营业收入\n"


@st.composite
def _framed(draw: st.DrawFn) -> tuple[Rulebook, tuple[Axis, ...], Framed]:
    """Draw a rulebook, one or two of its figures with values that firms are likely to have, and its frames."""
    rulebook = draw(rulebooks())
    book = Settable(rulebook)
    figures = [one for _, tree in book.trees for one in figures_in(tree) if one.fact.is_numeric]
    names = [one.id for one in figures if borne_on(rulebook, [one])[1]]
    assume(names)
    vary = []
    for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)):
        _, check = book.meant(name)[0]
        values = [one for one in _VALUES if book.figure(check, name, one) is not None]
        assume(values)
        vary.append(f"{name}={','.join(values)}")
    axes = axes_of(rulebook, vary)
    return rulebook, axes, framed(rulebook, axes)


def _at_each(axes: tuple[Axis, ...], frame: Framed, outcomes: Outcomes) -> dict[tuple[tuple[str, str], ...], str]:
    """Give the verdict at every value, from what the framed rulebook comes to."""
    stay = worst("".join(outcomes[name][0] for name in frame.stays))
    frames, found = "".join(outcomes[name][0] for name in frame.frames), {}
    for places in product(*(range(len(axis.values)) for axis in axes)):
        at = [place for place, axis in zip(places, axes, strict=True) for _ in axis.checks]
        there = [outcomes[names[place]][0] for names, place in zip(frame.at, at, strict=True)]
        values = [axis.values[place] for axis, place in zip(axes, places, strict=True)]
        key = tuple((axis.name, f"{float(value):g}") for axis, value in zip(axes, values, strict=True))
        found[key] = worst(stay + comes_to(frames, there))
    return found


@given(_framed(), st.lists(profiles(), min_size=1, max_size=5))
def test_frames_come_to_what_the_changed_rulebook_comes_to(
    drawn: tuple[Rulebook, tuple[Axis, ...], Framed], firms: list[dict[str, Any]]
) -> None:
    """By the definition: the verdict at every value, of any rulebook, is that of the rulebook with the value set."""
    rulebook, axes, frame = drawn
    every = [Figures(VOCABULARY, stated(profile_reader(VOCABULARY), firm), AS_OF) for firm in firms]
    found = [_at_each(axes, frame, decide(frame.rulebook, one)) for one in every]
    for pairs in found[0]:
        again = changed(rulebook, Changes(pairs))
        for firm, verdicts in zip(firms, found, strict=True):
            figures = Figures(VOCABULARY, stated(profile_reader(VOCABULARY), firm), AS_OF)
            assert decide(again, figures)["verdict"][0] == verdicts[pairs], (pairs, firm)


@settings(max_examples=settings.default.max_examples // 3)
@given(_framed(), st.lists(profiles(), min_size=5, max_size=20))
def test_frames_as_columns_are_frames_by_the_definition(
    drawn: tuple[Rulebook, tuple[Axis, ...], Framed], firms: list[dict[str, Any]]
) -> None:
    """Columns say of the rulebook with frames what the definition says: nothing is left to floats."""
    book = drawn[-1].rulebook
    values = [stated(profile_reader(VOCABULARY), firm) for firm in firms]
    columns = Columns(book, AS_OF, {})
    for firm, said in zip(values, columns.judged(texts_of(values, book)), strict=True):
        assert said is not None
        assert differences(said, book, firm, AS_OF) == [], firm
    columns.drop()


def _screened(path: Path, catalog: Catalog) -> Counts:
    order = Order(catalog.rulebook(), DAY, path.with_name("again.parquet"), "parquet", reasons=False)
    found = screen_file(path, order).by_verdict
    return Counts(found["qualified"], found["undetermined"], found["not_qualified"])


_shares = st.sampled_from(
    ["", "5", "10%", "14.999999999999999", "15", "15.000000000000001%", "12-18%", "20以上", "约15%"]
)
_whole = st.sampled_from([("70", "100"), ("69.99", "100"), ("", "100"), ("2.1", "3"), ("7", "10"), ("60-80", "100")])
firm_rows = st.tuples(_shares, st.sampled_from(["1", "3", "前3名", "", "4"]), _whole)


def firms_file(folder: Path, rows: list[tuple[str, str, tuple[str, str]]]) -> Path:
    """Write a list of firms with those figures."""
    path = folder / "firms.csv"
    lines = [f"C{n},第{n}厂,浙江,{share},{rank},{','.join(whole)}" for n, (share, rank, whole) in enumerate(rows)]
    path.write_text(_HEAD + "\n".join(lines), encoding="utf-8")
    return path


@settings(max_examples=8, phases=(Phase.generate,))  # to shrink would take long
@given(st.lists(firm_rows, min_size=1, max_size=30))
def test_a_sweep_is_what_screening_at_every_value_gives(rows: list[tuple[str, str, tuple[str, str]]]) -> None:
    """Of any file: counts at each pair of values, rows that are refused among them, are those of `screen --set`."""
    rules = rules_asking(
        global_market_share_pct="at_least: 15%", global_rank="at_most: 3", main_revenue_share_pct_y0="more_than: 50%"
    )
    with TemporaryDirectory() as name:
        path = firms_file(Path(name), rows)
        share, main = "global-market-share-pct", "main-revenue-share-pct-y0"
        try:
            found = sweep(path, [f"{share}=10%..20%:5%", f"{main}=60%,70%"], catalog=rules, as_of=DAY)
        except InputError:  # of no row a firm's
            return
        assert len(found.points) == 6
        for one in found.points:
            figures = {share: one.said[0].zh, main: one.said[1].zh}
            assert _screened(path, what_if(figures, catalog=rules, as_of=DAY)) == one.counts, one


def _told(path: Path, *vary: str, **of: Any) -> list[tuple[str, str, str | None]]:
    with pytest.raises(InputError) as error:
        sweep(path, vary, as_of=DAY, **of)
    assert not any("--" in str(one.instead) for one in error.value.problems)  # Python has no options
    return [(one.where, one.what.en, one.value) for one in error.value.problems]


def test_what_is_written_wrongly_is_told_at_once(tmp_path: Path) -> None:
    """A name that is none, values that are none, a step of nothing, too many figures: each says what to write."""
    path = tmp_path / "firms.csv"
    path.write_text(_HEAD + "C1,甲厂,浙江,15,1,70,100\n", encoding="utf-8")
    every = _told(path, "global-shar=5%..30%:1%", "global-share=5%..x:1%", "global-share")
    assert {(what, value) for _, what, value in every} == {
        ("does not say which values", "global-share"),
        ("must be given once or twice, is given 3 times", None),
        ("is no figure of this rulebook", "global-shar"),
        ("is not a number", "global-share=x"),
    }
    assert _told(path, "global-share=30%..5%:1%")[0][1].startswith("needs a step above 0")
    assert _told(path, "global-share=5%..30%:0.01%")[0][1].startswith("needs a step above 0")
    assert _told(path, "global-share=0%..99%:1%", "core-business=1%..99.9%:0.5%")[0][1].startswith("comes to more than")
    assert _told(path, "global-share=5%", by="乡镇")[0][:2] == ("by", "is neither a column of the list nor a fact")
    assert _told(path, "global-share=5%", by="employees_y0")[0][:2] == (
        "by",
        "is in no column of the list: Full-time employees",
    )
    assert _told(path, "global-share=5%", by="全球排名")[0][:2] == (
        "by",
        "is a figure or a day, by which firms cannot be put into groups",
    )
    assert _told(path, "global-share=5%", by="chain_name")[0][0] == "by"
    assert _told(path, "rd=5%", level="小巨人")[0][:2] == (
        "rulebook",
        "is more than one rulebook: each row would be decided by its own, and the figures here are those of one",
    )


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("5..30:10", (5, 15, 25, 30)),
        ("5%..25%:10%", (5, 15, 25)),
        ("5..5:10", (5,)),
        ("5..8:50", (5, 8)),
        ("50, 100", (50, 100)),
        ("50%,100%", (50, 100)),
        ("50，100%", None),
        ("50,100", None),
        ("1,000", None),
    ],
)
def test_the_values_are_those_that_were_written(written: str, values: tuple[int, ...] | None) -> None:
    """The end is one whatever the step; what may be one number or several is refused, with how to write either."""
    book = shipped().rulebook()
    if values is not None:
        assert axes_of(book, [f"global-share={written}"])[0].values == values
        return
    with pytest.raises(InputError, match="does not say which values") as error:
        axes_of(book, [f"global-share={written}"])
    [problem] = error.value.problems
    assert problem.instead is not None
    assert "'global-share=50, 100'" in problem.instead.en


@pytest.mark.parametrize(
    ("book", "without", "name"),
    [
        ("", "global-share", "global-share"),
        ("", "全球市场占有率", "全球市场占有率"),
        ("miit-2022-srdi", "z22-4-score-or-direct", "z22-s2.1"),
    ],
)
def test_a_figure_that_decides_nothing_is_no_axis(book: str, without: str, name: str) -> None:
    """Of a criterion that is left out, or of a line whose score no criterion that decides asks for."""
    own = shipped().rulebook(book) if book else shipped().rulebook()
    tried = changed(own, Changes(without=(without,)))
    assert axes_of(own, [f"{name}=5"])
    for asked in (lambda: axes_of(tried, [f"{name}=5"]), lambda: axis_of(tried, name)):
        with pytest.raises(InputError, match="bears on no criterion that decides"):
            asked()


def test_of_a_trial_a_figure_has_the_title_of_the_text_and_goes_by_it() -> None:
    """Tried again or varied, it is called as the text calls it."""
    title = Text("全球市场占有率", "Global market share")
    once = changed(shipped().rulebook(), Changes((("global-share", "12%"),)))
    again = changed(once, Changes((("全球市场占有率", "11%"),)))
    assert [one.title for one in again.changes] == [title]
    [axis] = axes_of(once, ["全球市场占有率=5%"])
    assert axis.title == title
    left = changed(once, Changes(without=("全球市场占有率",)))
    assert {one.title for one in left.changes} == {title}
    assert [one.words.title.zh for one in left.criteria if one.words.id == "global-share"] == [
        f"{title.zh}（试算不计）"
    ]


def test_a_thousand_values_are_the_most_with_the_end() -> None:
    """One more is refused."""
    book = shipped().rulebook()
    assert len(axes_of(book, ["global-share=0.1%..99.95%:0.1%"])[0].values) == 1000
    with pytest.raises(InputError, match="at most 1,000"):
        axes_of(book, ["global-share=0%..99.95%:0.1%"])


def test_groups_add_up_and_are_in_words(tmp_path: Path) -> None:
    """`by` counts each group at each value, blanks last; a file, JSON and CSV say the same."""
    path = tmp_path / "firms.csv"
    rows = ["C1,甲厂,浙江,15,1,70,100", "C2,乙厂,浙江,,1,70,100", "C3,丙厂,,9,1,70,100", "C4,丁厂,江苏,16,9,70,100"]
    path.write_text(_HEAD + "\n".join(rows), encoding="utf-8")
    rules = rules_asking(global_market_share_pct="at_least: 15%", global_rank="at_most: 3")
    found = sweep(path, "global-market-share-pct=9%,15%", by="area", catalog=rules, as_of=DAY)
    assert [(one.group and one.group.zh, one.said[0].zh, one.counts) for one in found.points] == [
        (None, "9%", Counts(2, 1, 1)),
        (None, "15%", Counts(1, 1, 2)),
        ("江苏省", "9%", Counts(0, 0, 1)),
        ("江苏省", "15%", Counts(0, 0, 1)),
        ("浙江省", "9%", Counts(1, 1, 0)),
        ("浙江省", "15%", Counts(1, 1, 0)),
        ("未填", "9%", Counts(1, 0, 0)),
        ("未填", "15%", Counts(0, 0, 1)),
    ]
    assert found.now == Counts(1, 1, 2)


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("area", ["江苏省", "浙江省", "未填"]),
        ("所在地", ["江苏省", "浙江省", "未填"]),
        ("省份 ", ["江苏省", "浙江省", "未填"]),
        ("行业", ["专用设备制造业", "未填"]),
        ("乡镇", ["东乡", "西乡", "未填"]),
    ],
)
def test_firms_are_told_apart_by_whatever_a_fact_or_a_column_is_called(
    tmp_path: Path, by: str, groups: list[str]
) -> None:
    """Id, alias, the header of a fact in any width, what may be called so; a column of the caller's own, as written."""
    path = tmp_path / "firms.csv"
    rows = ["C1,甲厂,浙江,15,35,东乡", "C2,乙厂,浙江,9,35, 西乡", "C3,丙厂,,16,,", "C4,丁厂,江苏,20,35,东乡"]
    path.write_text("企业编号,企业名称,省份,全球市场占有率,行业大类代码,乡镇\n" + "\n".join(rows), encoding="utf-8")
    rules = rules_asking(global_market_share_pct="at_least: 15%")
    found = sweep(path, "global-market-share-pct=9%,15%", by=by, catalog=rules, as_of=DAY)
    assert list(dict.fromkeys(one.group.zh for one in found.points if one.group)) == groups
    whole = [one.counts for one in found.points if one.group is None]
    assert sum(one.counts.qualified for one in found.points if one.group) == sum(one.qualified for one in whole)


@pytest.mark.parametrize("kind", [pa.table, pl.DataFrame])
def test_a_table_in_python_is_taken_as_its_file_is(kind: type, tmp_path: Path) -> None:
    """By all three analyses; what is no table is told, with all else that is wrong."""
    cells = {"企业编号": ["A1", "A2"], "企业名称": ["甲", "乙"], "全球市场占有率": [16.0, 9.0], "乡镇": ["东", "西"]}
    table, path = kind(cells), tmp_path / "firms.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in [cells, *zip(*cells.values(), strict=True)]), "utf-8")
    rules, changes = (
        rules_asking(global_market_share_pct="at_least: 15%"),
        changes_of({"global-market-share-pct": "9%"}),
    )
    for firms in (table, path):
        swept = sweep(firms, "global-market-share-pct=9%,15%", by="乡镇", catalog=rules, as_of=DAY)
        assert [one.counts.qualified for one in swept.points] == [2, 1, 1, 1, 1, 0]
        assert target(firms, 1, catalog=rules, as_of=DAY).aims[0].exact is not None
        assert [one.firm_id for one in compare(firms, catalog=rules, changes=changes, as_of=DAY).flips] == ["A2"]
        assert compare_files(firms, path, catalog=rules, as_of=DAY).flips == ()
    with pytest.raises(InputError, match="is not a table that can be screened"):
        sweep(3, "global-market-share-pct=9%", catalog=rules, as_of=DAY)


def test_of_two_figures_firms_alike_in_the_second_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 30 by 30 values 900 kinds of firms, with groups too, are no 810,000 looks."""
    looks: Counter[str] = Counter()

    def counted(frames: str, outcomes: list[str]) -> str:
        looks[frames] += 1
        return comes_to(frames, outcomes)

    monkeypatch.setattr("engine.analysis.sweep.comes_to", counted)
    axes = axes_of(shipped().rulebook(), ["global-share=1%..30%:1%", "core-business=51%..80%:1%"])
    at = ["m" * place + "n" * (30 - place) for place in range(30)]
    kinds = Counter((group, "mnunnnunu", both) for group in (None, NOT_STATED) for both in product(at, at))
    points = list(points_of(axes, kinds))
    assert [(one.counts.qualified, one.group) for one in (points[0], points[-1])] == [(29 * 29, None), (0, NOT_STATED)]
    assert looks.total() < 810_000 / 4


def test_every_form_of_output_says_the_same(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """On the screen, as CSV, JSON and a workbook; a trial under it is told; the text's own figure stands beside."""
    command = ["sweep", "fixtures/candidates.csv", "--vary", "global-share=5%,15%", "--as-of", "2026-06-01"]
    command += ["--only", "global-share", "--lang", "en"]
    said = " ".join(run(capfdbinary, *command).out.split())
    assert "With the figures of this trial (Global market share at least 15%)" in said
    assert "What if: Industrial foundation field does not count;" in said
    told = json.loads(run(capfdbinary, *command, "--format", "json").out)
    lines = run(capfdbinary, *command, "--format", "csv").out.splitlines()
    assert lines[0] == "global-share,qualified,undetermined,not_qualified"
    counts = [list(one["counts"].values()) for one in told["points"]]
    assert [[int(number) for number in line.split(",")[1:]] for line in lines[1:]] == counts
    for form in ("csv", "xlsx", "txt", "json"):
        file = tmp_path / f"out.{form}"
        assert run(capfdbinary, *command, "-o", str(file)).code == 0
        assert file.stat().st_size
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines() == lines
