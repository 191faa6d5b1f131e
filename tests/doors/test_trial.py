"""A trial (试算) at every door: what a firm is decided by is changed alike, and everything says so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from api.app import create_app
from engine import InputError, Order, assess, ladder, ruling, screen, screen_file, shipped, what_if
from engine.deciding.reference import decide
from engine.deciding.to_durable import engine_for
from engine.firms.figures import Figures
from engine.firms.typed import written
from engine.ground.outcome import Reason
from engine.ground.values import Known, Span, Unknown
from engine.language.facts import WHOLE
from engine.proving.as_columns import texts_of
from engine.proving.by_itself import differing
from engine.proving.firms import any_firm, is_accepted
from engine.rulebooks.assumed import assumption
from engine.rulebooks.logic import Rulebook, Threshold
from engine.rulebooks.settable import Settable, figures_in
from engine.rulebooks.what_if import Changes
from engine.rulebooks.what_if import what_if as changed
from tests.columns import assert_columns_agree
from tests.shell import run
from tests.small_rules import rules_asking

DAY = date(2026, 6, 1)
CLIENT = TestClient(create_app())
FIRM = {"firm_name": "虚构一号有限公司", "global_market_share_pct": "12.4%", "global_rank": 5, "domestic_rank": 2}
OTHER = {"firm_name": "虚构二号有限公司", "global_market_share_pct": "11%", "global_rank": 1, "domestic_rank": 1}
CHANGES = {"global-share": "12%", "market-rank.1": "5名"}
OPTIONS = ["--set", "global-share=12%", "--set", "market-rank.1=5名", "--without", "sme", "--as-of", "2026-06-01"]
QUERY = {"set": ["global-share=12%", "market-rank.1=5名"], "without": ["sme"], "as_of": "2026-06-01"}
HEADERS = ["企业名称", "全球市场占有率", "全球市场占有率排名", "国内市场占有率排名"]
ROWS = [[str(cell) for cell in firm.values()] for firm in (FIRM, OTHER)]
LIST = "\n".join(map(",".join, [HEADERS, *ROWS]))


def told(answer: Any) -> dict[str, str]:
    """Give the outcomes of an answer in JSON, by criterion."""
    return {one["id"]: one["outcome"] for one in answer["criteria"]}


def firm_file(folder: Path) -> str:
    """Give the name of a file with the firm."""
    path = folder / "firm.json"
    path.write_text(json.dumps(FIRM), encoding="utf-8")
    return str(path)


def test_a_firm_is_tried_alike_at_every_door(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """In Python, on the command line and over HTTP; it has another digest and id than the verdict by the text."""
    verdict = assess(FIRM, as_of=DAY, catalog=what_if(CHANGES, without=["sme"], as_of=DAY))
    typed = json.loads(run(capfdbinary, "assess", firm_file(tmp_path), *OPTIONS, "--format", "json").out)
    sent = CLIENT.post("/v1/assessments", params=QUERY, json=FIRM).json()
    line, *_ = CLIENT.post("/v1/assessments:batch", params=QUERY, json=[FIRM]).text.splitlines()
    assert typed == sent == json.loads(line)["verdict"]
    assert (sent["id"], sent["rulebook"]["digest"]) == (verdict.id, verdict.rulebook.digest)
    assert told(sent)["global-share"] == told(sent)["market-rank"] == "met"
    assert not next(one for one in sent["criteria"] if one["id"] == "sme")["decides"]
    plain = assess(FIRM, as_of=DAY)
    assert plain.id != verdict.id
    assert plain.rulebook.digest != verdict.rulebook.digest


def test_a_trial_is_typed_alike_at_every_door(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """With a sign of either width, with names between commas, with a colon; also of what a list is to hand in."""
    typed = {
        "set": ["global-share＝12%"],
        "only": ["global-share,market-rank，patents"],
        "without": ["sme,patents"],
        "fill": ["domestic_rank:20", "cae-2021-champion:employees_y0＝20"],
    }
    figures, filled = {"global-share": "12%"}, {"domestic_rank": "20", "cae-2021-champion:employees_y0": "20"}
    left, kept = ["sme", "patents"], ["global-share", "market-rank", "patents"]
    catalog = what_if(figures, without=left, only=kept, fill=filled, as_of=DAY)
    digest = assess(FIRM, as_of=DAY, catalog=catalog).rulebook.digest
    options = [word for name, several in typed.items() for one in several for word in (f"--{name}", one)]
    day = ["--as-of", "2026-06-01"]
    printed = json.loads(run(capfdbinary, "assess", firm_file(tmp_path), *options, *day, "--format", "json").out)
    query = {**typed, "as_of": "2026-06-01"}
    sent = CLIENT.post("/v1/assessments", params=query, json=FIRM).json()
    assert printed["rulebook"]["digest"] == sent["rulebook"]["digest"] == digest
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    out = tmp_path / "o.csv"
    assert run(capfdbinary, "evidence", str(tmp_path / "list.csv"), *options, *day, "-o", str(out)).code == 0
    accept = {"Accept": "text/csv", "Accept-Language": "zh"}
    file = {"file": ("list.csv", LIST.encode())}
    assert CLIENT.post("/v1/evidence:list", params=query, files=file, headers=accept).content == out.read_bytes()


@pytest.mark.parametrize(
    ("lang", "mark", "own"), [("zh", "试算", "文本为不低于15%"), ("en", "whatif", "thetextsaysatleast15%")]
)
def test_what_is_printed_says_so(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], lang: str, mark: str, own: str
) -> None:
    """The verdict is marked; the text's own figure stands with the rulebook and with the criterion."""
    for form in ("text", "brief", "line"):
        printed = run(capfdbinary, "assess", firm_file(tmp_path), *OPTIONS, "--format", form, "--lang", lang).out
        whole = "".join(printed.split())
        assert mark in whole[:25]
        assert form == "line" or own in whole.partition("2026-06-01")[2], printed


def test_what_is_sent_says_so() -> None:
    """The quote stays the text's; title, requirement and where the figure comes from say that it is a trial."""
    answer = CLIENT.post("/v1/assessments", params=QUERY, json=FIRM).json()
    share = next(one for one in answer["criteria"] if one["id"] == "global-share")
    assert share["quote"] == "全球市场占有率不低于 15%"
    assert share["title"]["zh"] == "全球市场占有率（试算）"
    assert share["requires"]["en"] == "Global market share at least 12% [what if; the text says at least 15%]"
    assert share["checks"][0]["required_from"]["kind"] == "what_if"
    assert answer["summary"]["en"].startswith("Undetermined (what if")
    assert [one["en"] for one in answer["rulebook"]["changes"]] == [
        "Global market share at least 12% (the text says at least 15%)",
        "Market share rank: Global rank by market share among the first 5 (the text says among the first 3)",
        "Small or medium-sized enterprise does not count",
    ]
    brief = CLIENT.post("/v1/assessments", params={**QUERY, "words": "no", "lang": "zh"}, json=FIRM).json()
    assert brief["rulebook"]["changes"][0] == {"zh": "全球市场占有率不低于 12%（文本为不低于 15%）"}


def test_a_list_is_tried_as_its_firms_are(tmp_path: Path) -> None:
    """Its rows, in a file, a frame and over HTTP, have the outcomes and the reasons of the firm alone."""
    source = tmp_path / "list.csv"
    source.write_text(LIST, encoding="utf-8")
    rules = what_if(CHANGES, without=["sme"], as_of=DAY)
    order = Order(ruling(rules, None, None, DAY).rulebook, DAY, tmp_path / "out.jsonl", "jsonl", "zh")
    summary = screen_file(source, order)
    rows = [json.loads(line) for line in order.output.read_text(encoding="utf-8").splitlines()]
    table = pa.table(dict(zip(HEADERS, zip(*ROWS, strict=True), strict=True)))
    framed = screen(table, as_of=DAY, catalog=rules).to_pylist()
    answer = CLIENT.post("/v1/screenings", files={"file": ("list.csv", LIST.encode())}, params=QUERY)
    sent = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["row"] for one in sent if one["kind"] == "verdict"] == rows
    for row, frame, facts in zip(rows, framed, (FIRM, OTHER), strict=True):
        verdict = assess(facts, as_of=DAY, catalog=rules)
        assert row["verdict"] == frame["verdict"] == verdict.verdict.value
        assert row["reasons"] == verdict.reasons.zh
        assert {one.id: one.outcome.value for one in verdict.criteria}.items() <= row.items()
    assert "要求不低于 12%[试算，文本为不低于 15%]" in rows[1]["reasons"]
    assert rows[0]["rulebook"].startswith("cae-2021-champion（试算：全球市场占有率不低于 12%（文本为不低于 15%）；")
    assert summary.cautions[0].zh.startswith("试算：全球市场占有率不低于 12%（文本为不低于 15%）；")
    assert sent[-1]["summary"]["cautions"][0]["zh"] == summary.cautions[0].zh


def test_a_workbook_of_a_trial_says_so_on_every_sheet_of_firms(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In the column of the rulebook and at the head of the criterion; on the page; on the terminal."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    done = run(capfdbinary, "screen", str(tmp_path / "list.csv"), "-o", str(tmp_path / "o.xlsx"), *OPTIONS)
    assert "提醒：试算：全球市场占有率不低于 12%（文本为不低于 15%）" in done.err
    first, second, *_ = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets
    cells = [[str(cell.value) for cell in row] for row in first.iter_rows()]
    assert "全球市场占有率（试算）" in cells[0]
    assert all(any("（试算：全球市场占有率不低于 12%" in cell for cell in row) for row in cells[1:3])
    page = [str(cell.value) for row in second.iter_rows() for cell in row]
    assert page[0].endswith("（试算）")
    assert any("试算：全球市场占有率不低于 12%" in cell for cell in page)


def test_the_ladder_is_tried_at_the_level_that_is_named(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Other levels stay; what is printed to be typed again makes the same trial."""
    options = ["--set", "小巨人:lg26-2b-main-share=99%", "--as-of", "2026-06-01"]
    profile = "fixtures/made_up/little-giant-qualifies.json"
    found = ladder(
        json.loads(Path(profile).read_bytes()),
        DAY,
        what_if({"小巨人:lg26-2b-main-share": "99%"}, rulebook="ladder", as_of=DAY),
    )
    assert {one.level for one in found.levels if one.rulebook.changes} == {"little_giant"}
    assert found.summary.zh.startswith("试算：专精特新“小巨人”企业：主营业务收入占比：")
    printed = run(capfdbinary, "ladder", profile, *options).out
    assert "不符合（试算）" in printed
    one = run(capfdbinary, "assess", profile, "--rulebook", "miit-2026-srdi", *options, "--format", "line").out
    assert "试算" not in one


def test_a_change_is_for_the_editions_that_have_it() -> None:
    """Of a level, for the one for new applications; a name that several levels have must say which."""
    rules = what_if({"lg26-2b-main-share": "99%"}, level="小巨人", as_of=DAY)
    assert rules.rulebook("miit-2026-little-giant").changes
    assert not rules.rulebook("miit-2022-little-giant").changes
    for given_, where, what in (
        ({"without": ["base-2-sme"], "rulebook": "ladder"}, "without", "is in several rulebooks"),
        ({"without": ["base-2"], "rulebook": "ladder"}, "without", "is in none of the rulebooks that decide"),
        ({"only": ["lg26-1-title"], "level": "little_giant"}, "only", "is in some of the editions only"),
    ):
        with pytest.raises(InputError) as error:
            what_if(as_of=DAY, **given_)  # type: ignore[arg-type]
        assert [(one.where, one.what.en) for one in error.value.problems] == [(where, what)]


def test_mistakes_are_told_over_http_as_anywhere() -> None:
    """All at once, with 422."""
    answer = CLIENT.post("/v1/assessments", params={"set": ["global-share", "shre=3"], "only": ["x"]}, json=FIRM)
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["problems"]] == ["set", "set", "only"]


def _figures(book: Rulebook, random: Random) -> Changes:
    """Give changes at random to some figures of a rulebook, and perhaps leave a criterion out."""
    checks = {one.id: one for _, tree in Settable(book).trees for one in figures_in(tree)}
    pairs = []
    for check in random.sample(sorted(checks.values(), key=lambda one: one.id), min(3, len(checks))):
        own = check.right.value if isinstance(check.right, Threshold) else 3
        if isinstance(own, int | Fraction):
            value = Fraction(own) * random.choice([Fraction(1, 2), Fraction(9, 10), Fraction(3, 2)])
            value = Fraction(round(value)) if check.fact.kind in WHOLE else value
            pairs.append((check.id, f"{float(value):.6g}{'%' if check.fact.kind == 'percent' else ''}"))
    deciding = [one.words.id for one in book.criteria if one.words.decides]
    return Changes(tuple(pairs), (random.choice(deciding),) if len(deciding) > 1 and random.random() < 1 / 2 else ())


@settings(max_examples=max(8, settings.default.max_examples // 4), phases=(Phase.generate,))
@given(name=st.sampled_from(shipped().ids), seed=st.integers(0, 2**32))
def test_rulebooks_changed_at_random_are_decided_alike_by_all(name: str, seed: int) -> None:
    """The definition, the inference engine and the columns agree on firms at the edges of what they are changed to."""
    random, own = Random(seed), shipped().rulebook(name)
    day = own.words.in_force.from_
    try:
        book = changed(own, _figures(own, random))
    except InputError:  # a figure that no rulebook could have
        return
    firms = [any_firm(book, random, day) for _ in range(12)]
    assert [differing(book, day, [firm]) for firm in firms] == [{}] * len(firms)
    assert_columns_agree(book, texts_of(firms, book), day)


@settings(max_examples=max(8, settings.default.max_examples // 4), phases=(Phase.generate,))
@given(name=st.sampled_from(shipped().ids), seed=st.integers(0, 2**32))
def test_what_is_assumed_of_blanks_decides_as_if_it_were_stated(name: str, seed: int) -> None:
    """Alike by the definition, the inference engine and the columns; never instead of what a firm states."""
    random, own = Random(seed), shipped().rulebook(name)
    day, vocabulary = own.words.in_force.from_, own.vocabulary
    whole = any_firm(own, random, day, blanks=0)
    may = [one for one in sorted(whole) if isinstance(assumption(own, one, written(whole[one])), tuple)]
    assumed = {one: whole[one] for one in random.sample(may, min(4, len(may)))}
    book = replace(own, assumed=assumed)
    firms = [any_firm(own, random, day, blanks=1 / 2) for _ in range(12)]
    assert [differing(book, day, [firm]) for firm in firms] == [{}] * len(firms)
    assert_columns_agree(book, texts_of(firms, book), day)
    for firm in firms:
        if not (vocabulary.ratios.keys() & firm.keys() or any(vocabulary[one].lookup for one in assumed)):
            taken = {one: value for one, value in assumed.items() if is_accepted(vocabulary, {**firm, one: value})}
            stated = Figures(vocabulary, {**taken, **firm}, day, own.taken)
            assert decide(book, Figures(vocabulary, firm, day, book.taken)) == decide(own, stated)


def test_an_assumption_never_contradicts_a_total_that_is_stated() -> None:
    """A part above its whole, by a range or through a blank between, and a whole below its part, stay blank.

    Alike by the definition, the inference engine and the columns; two assumptions of which that is so are refused.
    """
    names = ("ip_class1", "ip_class1_related", "ip_class1_self")
    own = rules_asking(**dict.fromkeys(names, "at_least: 1")).rulebook()
    firms: list[dict[str, Known]] = [
        {names[0]: 2, names[2]: 1},
        {names[0]: 3},
        {names[0]: Span(1, 2, Unknown(Reason.MISSING, (names[0],)))},
        {names[0]: Span(1, 4, Unknown(Reason.MISSING, (names[0],))), names[2]: 0},
        {names[2]: 4},
        {names[1]: 4},
        {names[2]: 3},
    ]
    stays_blank = [{names[1]}, set(), {names[1], names[2]}, set(), {names[0], names[1]}, {names[0]}, set()]
    book = replace(own, assumed=dict.fromkeys(names, 3))
    day = own.words.in_force.from_
    assert [differing(book, day, [firm]) for firm in firms] == [{}] * len(firms)
    assert_columns_agree(book, texts_of(firms, book), day)
    for firm, blank in zip(firms, stays_blank, strict=True):
        figures = Figures(own.vocabulary, firm, day, book.taken)
        filled = book.assumed.keys() - firm.keys() - blank
        assert {one for one in book.assumed if figures.is_assumed(own.vocabulary[one])} == filled, firm
        assert all(isinstance(figures.value(own.vocabulary[one]), Unknown) for one in blank), firm
    with pytest.raises(InputError, match=r"fill: .main_revenue_y0. is assumed to be larger than Revenue"):
        what_if(fill={"main_revenue_y0": "4亿", "revenue_y0": "3亿"}, as_of=DAY)


def test_what_is_assumed_is_told_of_each_firm_that_is_blank(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In the notes of a firm and of a row, word for word, and of no other; a file of assumptions does as well."""
    rules = what_if(fill={"domestic_rank": 4, "全球市场占有率": "20%"}, as_of=DAY)
    blank = {name: value for name, value in OTHER.items() if name != "domestic_rank"}
    verdict = assess(blank, as_of=DAY, catalog=rules)
    assert [one.en for one in verdict.notes] == [
        "Domestic rank by market share is blank, and taken to be place 4 by assumption."
    ]
    assert [one.zh for one in verdict.rulebook.changes] == [
        "空白的“国内市场占有率排名”按“第 4 名”计",
        "“全球市场占有率”已填 11%，没有改（fill 只用于空白；改所填的，用 change）",
    ]
    assert next(one for one in verdict.criteria if one.id == "global-share").outcome == "not_met"
    kept = tmp_path / "assumed.yaml"
    kept.write_text("# for blanks\ndomestic_rank: 4\n全球市场占有率,20%\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text(f"{','.join(HEADERS)}\n虚构二号有限公司,11%,1,\n", encoding="utf-8")
    out = tmp_path / "o.jsonl"
    options = ["-o", str(out), "--fill", str(kept), "--as-of", "2026-06-01"]
    assert run(capfdbinary, "screen", str(tmp_path / "list.csv"), *options).code == 0
    row = json.loads(out.read_text(encoding="utf-8"))
    assert (row["notes"], row["reasons"]) == ("".join(one.zh for one in verdict.notes), verdict.reasons.zh)
    assert row["digest"] == verdict.rulebook.digest[:16]
    sent = CLIENT.post(
        "/v1/assessments",
        params={"fill": ["domestic_rank=4", "全球市场占有率=20%"], "as_of": "2026-06-01"},
        json=blank,
    )
    assert sent.json()["id"] == verdict.id


def test_a_firm_is_tried_with_another_figure_at_every_door(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """It is decided as if it stated that, which is told beside what it states; of a level also of what is not used."""
    change = {"全球市场占有率": "15%", "domestic_rank": "20"}
    rules = what_if(change=change, as_of=DAY)
    verdict, stated = assess(FIRM, as_of=DAY, catalog=rules), {**FIRM, "global_market_share_pct": "15%"}
    plain = assess({**stated, "domestic_rank": 20}, as_of=DAY)
    assert [one.outcome for one in verdict.criteria] == [one.outcome for one in plain.criteria]
    assert verdict.id != plain.id
    assert [one.zh for one in verdict.rulebook.changes] == [
        "“全球市场占有率”按 15% 计（所填为 12.4%）",
        "“国内市场占有率排名”按“第 20 名”计（所填为“第 2 名”）",
    ]
    typed = [word for name, value in change.items() for word in ("--change", f"{name}={value}")]
    options = [*typed, "--as-of", "2026-06-01", "--format", "json"]
    printed = json.loads(run(capfdbinary, "assess", firm_file(tmp_path), *options).out)
    query = {"change": typed[1::2], "as_of": "2026-06-01"}
    assert printed == CLIENT.post("/v1/assessments", params=query, json=FIRM).json()
    assert printed["id"] == verdict.id
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    of_list = run(capfdbinary, "assess", str(tmp_path / "list.csv"), "--row", "2", *options)
    assert [one["outcome"] for one in json.loads(of_list.out)["criteria"]] == [one.outcome for one in plain.criteria]
    unused = what_if(change={"研发人员数量": 60}, level="小巨人", as_of=DAY)
    [told] = assess(FIRM, level="小巨人", as_of=DAY, catalog=unused).rulebook.changes
    assert told.zh == "“研发人员数量”按 60 人计（所填为空白）（这里的条件不用它）"


@pytest.mark.parametrize("name", ["上年度（2025年）研发费用", "2025年研发费用（万元）", "研发费用", "小巨人:研发费用"])
def test_a_fact_is_named_as_a_header_would(name: str) -> None:
    """With its year and unit, at every door; of a year that no fact has, or what is not asked, it is said so."""
    rules = what_if(change={name: "900"}, level="小巨人", as_of=DAY)
    [told] = assess(FIRM, level="小巨人", as_of=DAY, catalog=rules).rulebook.changes
    assert told.zh.startswith("“上年度研发费用”按 900 万元计")
    query = {"change": f"{name}=900", "level": "小巨人", "as_of": "2026-06-01"}
    assert CLIENT.post("/v1/assessments", params=query, json=FIRM).json()["rulebook"]["changes"][0]["zh"] == told.zh
    assert what_if(fill={name: "900"}, level="小巨人", as_of=DAY).rulebook("miit-2026-little-giant").assumed
    with pytest.raises(InputError) as refused:
        what_if(change={"2020年研发费用": 5, "净利": 3}, level="小巨人", as_of=DAY)
    instead = [str(one.instead and one.instead.zh) for one in refused.value.problems]
    assert "没有这一年的上年度研发费用" in instead[0]
    assert "net_profit_y0" in instead[1]


def test_another_title_is_tried_on_the_ladder_and_the_documents(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """With the term that is written behind it; a figure that cannot be so beside the others is refused."""
    change = ["valid_titles=专精特新中小企业（2025年7月至2028年6月）"]
    found = CLIENT.post("/v1/ladder", params={"change": change, "as_of": "2026-06-01"}, json=FIRM).json()
    assert [one["id"] for one in found["held"]] == ["srdi"]
    assert found["summary"]["zh"].startswith("试算：“有效期内的称号”按“专精特新中小企业”计（所填为空白）。")
    words = ["--change", *change, "--level", "小巨人", "--as-of", "2026-06-01"]
    assert "试算：“有效期内的称号”" in run(capfdbinary, "evidence", firm_file(tmp_path), *words).out
    for wrong, what in (
        ({"main_revenue_y0": 5}, "is larger than Revenue, last full year (revenue_y0)"),
        ({"valid_titles": "大牛企业"}, "has an option that is not understood"),
        ({"main_revenue_share_pct_y0": 5}, "cannot be assumed"),
    ):
        with pytest.raises(InputError) as error:
            rules = what_if(change=wrong, level="小巨人", as_of=DAY)
            assess({**FIRM, "revenue_y0": 1}, level="小巨人", as_of=DAY, catalog=rules)
        assert error.value.problems[0].what.en == what


def test_a_list_is_not_tried_with_figures_of_one_firm(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In Python, on the command line and over HTTP."""
    rules = what_if(change={"domestic_rank": 4}, as_of=DAY)
    with pytest.raises(InputError, match="for no list"):
        screen(pa.table({"企业名称": ["虚构一号有限公司"]}), as_of=DAY, catalog=rules)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    out = ["--change", "domestic_rank=4", "-o", str(tmp_path / "o.csv")]
    assert "不用于名单" in run(capfdbinary, "evidence", str(tmp_path / "list.csv"), *out).err
    file = {"file": ("list.csv", LIST.encode())}
    for door, sent in (("screenings", {"files": file}), ("assessments:batch", {"json": [FIRM]})):
        assert CLIENT.post(f"/v1/{door}", params={"change": "domestic_rank=4"}, **sent).status_code == 422


def test_a_fact_is_told_from_a_figure_of_a_criterion() -> None:
    """Whoever sets a fact is told how the firm's figure is tried, and which figures of criteria rest on it."""
    for asked in ({"level": "小巨人"}, {"rulebook": "miit-2026-little-giant"}):
        with pytest.raises(InputError) as error:
            what_if({"上年度研发费用": 900}, as_of=DAY, **asked)  # type: ignore[arg-type]
        [problem] = error.value.problems
        assert problem.what.zh == "是企业的指标，不是条件的数值"
        assert problem.instead is not None
        assert "--change 上年度研发费用=…；试门槛，写用到它的条件：lg26-3-rd.1、lg26-3-rd.2" in problem.instead.zh


def test_what_follows_from_an_assumption_and_what_is_stated_goes_before_it() -> None:
    """An assumed division gives its sector; a ratio that is stated is not computed from a part that is assumed."""
    fill = {"industry_code_2": 34, "employees_y0": 500, "revenue_y0": "3亿", "rd_expense_y0": "1万元"}
    rules = what_if(fill=fill, as_of=DAY)
    firm = {"企业名称": ["虚构三号有限公司"], "上年度研发费用占营业收入比重": ["6%"]}
    row = screen(pa.table(firm), as_of=DAY, catalog=rules).to_pylist()[0]
    verdict = assess({"firm_name": "虚构三号有限公司", "rd_intensity_pct_y0": "6%"}, as_of=DAY, catalog=rules)
    outcomes = {one.id: one.outcome.value for one in verdict.criteria}
    assert outcomes["sme"] == row["sme"] == "met"
    assert outcomes["rd-intensity"] == row["rd-intensity"] == "met"


def test_rulebooks_changed_without_end_do_not_fill_the_memory() -> None:
    """Of the rulesets of the inference engine, which are large, only the last few of trials are kept."""
    books = [changed(shipped().rulebook(), Changes((("global-share", f"{n}%"),))) for n in range(1, 12)]
    first, *_ = [engine_for(book) for book in books]
    assert engine_for(books[0]) is not first
    assert engine_for(books[0]) is engine_for(books[0])
    assert engine_for(shipped().rulebook()) is engine_for(shipped().rulebook())


def test_what_cannot_be_assumed_is_refused_with_what_to_write() -> None:
    """A figure that is computed, which text decides, a range, nothing, a name that is none; the same twice."""
    fill = [
        ("rd_intensity_pct_y0", "5%"), ("application_type", "new"), ("global_rank", "前3名"), ("domestic_rank", ""),
        ("globl_rank", "1"), ("revenue_y0", "3亿"), ("revenue_y0", "4亿"), ("employees_y0", "约5"),
    ]  # fmt: skip
    with pytest.raises(InputError) as error:
        what_if(fill=fill, as_of=DAY)
    assert {one.where for one in error.value.problems} == {"fill"}
    assert [one.what.en for one in error.value.problems] == [
        "cannot be assumed",
        "is no fact that this rulebook uses",
        "must be one exact value",
        "must be one exact value",
        "is no fact that this rulebook uses",
        "is set twice",
        "is only about right",
    ]


@pytest.mark.parametrize("name", shipped().ids)
def test_the_texts_own_figures_decide_as_the_text(name: str) -> None:
    """Set to what they are, figures change no outcome."""
    own, random = shipped().rulebook(name), Random(name)
    checks = [one for _, tree in Settable(own).trees for one in figures_in(tree)]
    figures = [(one.id, one.right.value) for one in checks if isinstance(one.right, Threshold)]
    signs = {one.id: "%" if one.fact.kind == "percent" else "" for one in checks}
    typed = tuple(
        (key, f"{float(value):.15g}{signs[key]}") for key, value in figures if isinstance(value, int | Fraction)
    )
    book, day = changed(own, Changes(typed)), own.words.in_force.from_
    for firm in (any_firm(own, random, day) for _ in range(20)):
        before, after = (decide(one, Figures(own.vocabulary, firm, day)) for one in (own, book))
        assert before == after
