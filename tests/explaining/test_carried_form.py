"""An older form carried over: what lasts stays, figures move with their years, the rest is to be stated anew."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine import assess, form_file, profile_of
from engine.explaining.blank_form import blank_form
from engine.ground.errors import Text
from engine.outputs.carried_form import _WHEN, carried_form
from engine.rulebooks.catalog import shipped
from tests.forms import filled
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY, LATER = date(2026, 6, 1), date(2027, 6, 1)
ROOT = Path(__file__).parents[2]
FIRM: dict[str, Any] = {
    "firm_id": "MADE-UP-1",
    "firm_name": "虚构甲厂",
    "application_type": "new",
    "industry_code_2": "34",
    "revenue_y0": "2.1亿",
    "revenue_y1": 18000,
    "revenue_y2": "1.5-1.6亿",
    "rd_expense_y0": 0.1,
    "employees_y0": 320,
    "independent_legal_person": True,
    "valid_titles": ["srdi"],
    "domestic_market_share_pct": 12.5,
    "award_level": "national",
    "award_rank": 1,
    "award_date": "2025-03-01",
    "maker_china_tier": "top50",
}
WHO = {"firm_id": "MADE-UP-1", "firm_name": "虚构甲厂", "industry_code_2": "34 通用设备制造业"}
AWARD = {"award_level": "国家级科技奖励", "award_rank": "1", "award_date": "2025-03-01"}


def _answers(content: bytes | Path) -> dict[str, str]:
    text = content.read_bytes() if isinstance(content, Path) else content
    rows = [*csv.reader(text.decode("utf-8-sig").splitlines())]
    asked = {
        one.title: one.fact.id
        for day in (DAY, LATER)
        for part in blank_form(shipped(), day).parts
        for one in part.questions
    }
    found = [row for row in rows if len(row) > 5 and row[0] in asked]
    assert all(bool(row[1]) == (row[5] == "沿用") for row in found)
    return {asked[row[0]]: row[1] for row in found if row[1]}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_of_another_year_figures_move_the_rest_is_blank(suffix: str, tmp_path: Path, capfdbinary: Capture) -> None:
    """The last year of 2026 is the year before of 2027; whose it is and a dated award stay; the rest is asked anew."""
    old = filled(blank_form(shipped(), DAY, level="小巨人"), FIRM, tmp_path / f"old{suffix}")
    new = tmp_path / "new.csv"
    words = ("facts", "--template", "--level", "小巨人", "--as-of", str(LATER), "--from", str(old), "-o", str(new))
    assert run(capfdbinary, *words).code == 0
    figures = {"revenue_y1": "21000", "revenue_y2": "18000", "rd_expense_y1": "0.1"}
    assert _answers(new) == {**WHO, **figures, **AWARD}
    assert f"备注写“沿用”的 9 格由 old{suffix}（2025 年为上年度）带入，按年份移到该年的一行" in new.read_text(
        encoding="utf-8-sig"
    )
    read = profile_of(new, level="小巨人", as_of=LATER)
    assert read["revenue_y1"] == "21000"
    assert (read.unread, read.notes) == ((), ())


@pytest.mark.parametrize("asked", [{"level": "小巨人"}, {"rulebook": "ladder"}])
def test_all_that_is_blank_is_told_once(asked: dict[str, Any], tmp_path: Path) -> None:
    """What has no answer in the new form is named as blank, or as so on a day only; figures of years first."""
    told: list[Text] = []
    old = profile_of(filled(blank_form(shipped(), DAY, **asked), FIRM, tmp_path / "old.csv"), as_of=DAY, **asked)
    form = blank_form(shipped(), LATER, **asked)
    new = carried_form(form, {"fiscal_year_y0": 2025, **old}, shipped(), LATER, "zh", "old.csv", told.append)
    years, others, if_any, anew = (f"{one.zh.rstrip('。').partition('：')[2]}、" for one in told[1:5])
    blank = [one for part in new.parts if "：" not in part.title for one in part.questions if not one.answer]
    named = [one.title for one in blank if f"{one.title}、" in years + others + anew]
    assert {one.fact.id for one in blank if one.title not in named} == {"fiscal_year_y0"}
    assert years.startswith(("上年度（2026年）营业收入、", "上年度（2026年）"))
    assert "上年度（2026年）营业收入、" in years
    assert if_any == "、"


def test_of_the_same_year_all_is_carried_to_a_form_of_every_level(tmp_path: Path) -> None:
    """So is a figure between two ends, as it was typed, and it is read back as the old form was."""
    old = profile_of(
        filled(blank_form(shipped(), DAY, level="小巨人"), FIRM, tmp_path / "old.csv"), level="小巨人", as_of=DAY
    )
    content = form_file("f.csv", rulebook="ladder", as_of=DAY, old=old, old_name="old.csv")
    assert _answers(content).keys() == old.keys()
    assert _answers(content)["revenue_y2"] == "1.5-1.6亿"
    (tmp_path / "f.xlsx").write_bytes(form_file("f.xlsx", rulebook="ladder", as_of=DAY, old=old))
    again = profile_of(tmp_path / "f.xlsx", rulebook="ladder", as_of=DAY)
    assert again.keys() == old.keys()
    assert (again["revenue_y0"], again["industry_code_2"], again["independent_legal_person"]) == (
        "21000",
        "34 通用设备制造业",
        "是",
    )


def test_a_row_of_a_list_and_a_profile_are_carried(tmp_path: Path, capfdbinary: Capture) -> None:
    """A firm of a list by --firm, and JSON, whose own year counts."""
    common = ("facts", "--template", "--rulebook", "ladder", "--as-of", str(DAY), "--lang", "zh")
    listed = ("--from", str(ROOT / "fixtures" / "candidates.csv"), "--firm", "C023", "-o", str(tmp_path / "a.csv"))
    assert run(capfdbinary, *common, *listed).code == 0
    assert _answers(tmp_path / "a.csv")["revenue_y0"] == "2136000"
    (tmp_path / "p.json").write_text(json.dumps({**FIRM, "fiscal_year_y0": 2024}), encoding="utf-8")
    assert run(capfdbinary, *common, "--from", str(tmp_path / "p.json"), "-o", str(tmp_path / "b.csv")).code == 0
    assert _answers(tmp_path / "b.csv")["revenue_y1"] == "21000"


def test_what_is_taken_as_of_which_year_and_what_is_left_is_told(tmp_path: Path, capfdbinary: Capture) -> None:
    """On the screen: figures without a year, those that go by the year of others, and what has no line, by name."""
    common = ("facts", "--template", "--level", "小巨人", "--as-of", str(LATER), "--lang", "zh")

    def said(old: dict[str, Any]) -> str:
        (tmp_path / "p.json").write_text(json.dumps(old), encoding="utf-8")
        done = run(capfdbinary, *common, "--from", str(tmp_path / "p.json"), "-o", str(tmp_path / "f.csv"))
        return "".join(done.err.split())

    figures = {"上年度研发费用": 500, "独立法人资格": "是"}
    undated = said(figures)
    assert "p.json按2026年为上年度带入；没有写明年份、按判定日的上年度的1项：上年度研发费用。不是这一年的，" in undated
    assert "没有带入" not in undated
    mixed = said({"上年度（2025年）营业收入": 3000, "2020年营业收入": 3, "资产总额": 2000, **figures})
    assert "p.json按2025年为上年度带入；没有写明年份、按其余写明的年份的2项：资产总额、上年度研发费用。" in mixed
    assert "没有带入的1项（是当日的情况，请重新填）：独立法人资格。" in mixed
    assert "没有带入的2项（新表不再问这些年份的，2026年的请另填）：2020年营业收入、2025年末资产总额。" in mixed
    assert "请填各年的数" in mixed
    assert "：上年度（2026年）营业收入、" in mixed
    assert "其他空着、请填的" in mixed
    assert "没有这一行" not in mixed
    assert "没有带入的1项（新表没有这一行）：2025年研发人员数量。" in said({"上年度（2025年）研发人员数量": 3})
    assert "没有写明" not in said({"fiscal_year_y0": 2025, **figures})


@pytest.mark.parametrize("ends", ["2025年12月", "2026年12月"])
@pytest.mark.parametrize("by_items", [False, True])
def test_the_term_of_a_title_is_carried(ends: str, tmp_path: Path, *, by_items: bool) -> None:
    """A title with its term, be it over or not, stands in the new form so that it is read as in the old one."""
    typed = f"浙江省专精特新中小企业（有效期到{ends}）"
    old: dict[str, Any] = {"firm_name": "虚构甲厂", "valid_titles": typed}
    if by_items:
        expires = {"2025年12月": "2025-12-31", "2026年12月": "2026-12-31"}[ends]
        items = [{"title": "srdi", "issued": "2023-01-01", "expires": expires}]
        old = {"firm_name": "虚构甲厂", "title_items": items}
    new = tmp_path / "new.csv"
    new.write_bytes(form_file("new.csv", level="小巨人", as_of=DAY, old=old))
    carried = _answers(new)["valid_titles"]
    assert carried == typed if not by_items else not carried.startswith("-")
    before, after = (
        {one.id: one.outcome for one in assess(facts, level="小巨人", as_of=DAY).criteria}
        for facts in (old, dict(profile_of(new, level="小巨人", as_of=DAY)))
    )
    assert before == after


def test_a_remark_that_a_firm_adds_is_heeded(tmp_path: Path) -> None:
    """Behind 沿用 a firm may write what is looked at as any remark is; 沿用 itself is none."""
    content = form_file("f.csv", level="小巨人", as_of=DAY, old=FIRM).decode("utf-8-sig")
    path = tmp_path / "f.csv"
    path.write_text(content, encoding="utf-8-sig")
    assert not profile_of(path, level="小巨人", as_of=DAY).notes
    path.write_text(content.replace(",沿用", ",沿用；单位：元", 4), encoding="utf-8-sig")
    with pytest.raises(Exception, match="备注"):
        profile_of(path, level="小巨人", as_of=DAY)


def test_what_cannot_be_read_is_told_and_nothing_is_written(tmp_path: Path, capfdbinary: Capture) -> None:
    """A mistake in the old form is told with its cell; --from without a form to write is a mistake of usage."""
    old = filled(blank_form(shipped(), DAY, level="小巨人"), {**FIRM, "employees_y0": "约三百"}, tmp_path / "old.csv")
    words = ("facts", "--template", "--level", "小巨人", "--as-of", str(LATER), "--from", str(old), "--lang", "zh")
    done = run(capfdbinary, *words, "-o", str(tmp_path / "new.xlsx"))
    assert (done.code, "约三百" in done.err, (tmp_path / "new.xlsx").exists()) == (1, True, False)
    assert run(capfdbinary, *words).code == 2
    assert run(capfdbinary, *words, "-o", str(old)).code == 1


def test_a_carried_workbook_is_marked(tmp_path: Path) -> None:
    """A carried answer has a colour of its own and a remark; a figure is a figure, a code a text."""
    path = tmp_path / "f.xlsx"
    path.write_bytes(form_file("f.xlsx", level="小巨人", as_of=DAY, old=FIRM, lang="en"))
    rows = {row[0].value: row for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()}
    parts = blank_form(shipped(), DAY, lang="en").parts
    asked = {one.fact.id: one.title for part in parts for one in part.questions}
    revenue, name, blank = (rows[asked[one]] for one in ("revenue_y0", "firm_name", "total_assets_y0"))
    assert [one[5].value for one in (revenue, name, blank)] == ["Carried over", "Carried over", None]
    assert (revenue[1].value, name[1].value) == (21000, "虚构甲厂")
    assert revenue[1].fill.fgColor.rgb != blank[1].fill.fgColor.rgb


def test_what_lasts_is_in_the_vocabulary() -> None:
    """Each fact that stays, and the day of each that happened once, is one."""
    assert {*_WHEN, *_WHEN.values()} <= shipped().vocabulary.keys()
