"""A form as it comes back: saved by another program, typed over by habit; read alike, or refused with what to write."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine.assessment import assess
from engine.explaining.blank_form import blank_form
from engine.ground.errors import InputError
from engine.ladder_standing import ladder
from engine.rulebooks.catalog import shipped
from engine.screening.one_of_list import profile_of
from tests.forms import filled

DAY = date(2026, 6, 1)
MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
REVENUE, SHARE, RIGHTS = "上年度（2025年）营业收入", "国内市场占有率", "自主申请、与主导产品相关且已应用的Ⅰ类知识产权"


def _form(path: Path, name: str = "", answer: object = None, shown: str = "") -> Path:
    filled(blank_form(shipped(), DAY, "ladder"), {"firm_name": "甲厂"}, path)
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        if row[0].value == name:
            row[1].value = answer
            row[1].number_format = shown or row[1].number_format
    book.save(path)
    return path


def _read(path: Path) -> dict[str, str]:
    found = dict(profile_of(path, rulebook="ladder", as_of=DAY))
    return {name: text for name, text in found.items() if name != "firm_name"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_saved_by_another_program_it_states_the_same(tmp_path: Path) -> None:
    """LibreOffice writes it as .xlsx, .ods, .xls and CSV in UTF-8, and each is read as the form itself."""
    profile = json.loads((MADE_UP / "little-giant-2026-just-fails.json").read_text(encoding="utf-8"))
    form = filled(blank_form(shipped(), DAY, "ladder"), profile, tmp_path / "form.xlsx")
    for kind in ("xlsx", "ods", "xls", "csv:Text - txt - csv (StarCalc):44,34,76"):
        into = tmp_path / kind[:4]
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(into), str(form)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        [saved] = into.iterdir()
        assert _read(saved) == _read(form)


@pytest.mark.parametrize(
    ("name", "answer", "shown", "stated"),
    [
        (REVENUE, "２１０００", "", {"revenue_y0": "２１０００"}),
        (REVENUE, "3000万元", "", {"revenue_y0": "3000万元"}),
        (REVENUE, 2.1, '0.0"亿元"', {"revenue_y0": "2.1亿元"}),
        (REVENUE, "/", "", {}),
        (REVENUE, "不适用", "", {}),
        (SHARE, 0.15, "0%", {"domestic_market_share_pct": "15%"}),
        ("获奖日期", datetime(2024, 3, 1), "yyyy/m/d", {"award_date": "2024-03-01"}),  # noqa: DTZ001
        ("获奖日期", "无", "", {}),
        ("有效期内的称号", "无", "", {"valid_titles": "无"}),
        ("独立法人资格", "不适用", "", {}),
    ],
)
def test_what_is_usually_typed_is_read(
    name: str, answer: object, shown: str, stated: dict[str, Any], tmp_path: Path
) -> None:
    """Full-width digits, a unit in the answer, a cell shown as a percentage or a day, and usual words for a blank."""
    assert _read(_form(tmp_path / "form.xlsx", name, answer, shown)) == stated


@pytest.mark.parametrize(
    ("name", "answer", "instead"),
    [
        (RIGHTS, "无", "请写整数，如 120。确实没有的填 0，不知道的留空。"),
        (REVENUE, "不涉及", "确实没有的填 0，不知道的留空。"),
        ("国内市场占有率排名", "没有", "没有或不知道的留空。"),
        ("从事细分市场时间", "2018", "是哪一年开始的，不是年数"),
        ("从事细分市场时间", datetime(2018, 3, 1), "是哪一年开始的，不是年数"),  # noqa: DTZ001
        ("“创客中国”入围年份", datetime(2024, 3, 1), "请写年份，如 2025。"),  # noqa: DTZ001
        ("获奖日期", "2024年", "请写日期，如 2026-04-01。"),
    ],
)
def test_what_is_not_certain_is_refused_with_what_to_write(
    name: str, answer: object, instead: str, tmp_path: Path
) -> None:
    """无 where a figure is asked is no zero, and a year is neither a span of years nor a day."""
    with pytest.raises(InputError) as refused:
        _read(_form(tmp_path / "form.xlsx", name, answer))
    [problem] = refused.value.problems
    assert instead in problem.in_language("zh")
    assert f"{name}" in problem.where


def test_what_only_a_review_is_asked_changes_nothing_anew(tmp_path: Path) -> None:
    """Of every form the answers below 复核时才填, filled in for a new application, leave each outcome as it is."""
    profile = json.loads((MADE_UP / "little-giant-2026-just-fails.json").read_text(encoding="utf-8"))
    for rulebook, level in (("ladder", None), (None, "小巨人")):
        form = blank_form(shipped(), DAY, rulebook, level)
        parts = {part.title: [one.fact for one in part.questions] for part in form.parts}
        of_reviews = [fact for title, facts in parts.items() if title.startswith("复核时才填") for fact in facts]
        assert {"rd_staff_y0", "mgmt_certs", "governance_sound"} <= {fact.id for fact in of_reviews}
        more = {"rd_staff_y0": 1, "mgmt_certs": [], "governance_sound": False, "maker_china_tier": "none"}
        more |= {"own_brand": False, "major_incident_3y": True, "ip_class1_related_applied": 100}
        more = {name: value for name, value in more.items() if name in {fact.id for fact in of_reviews}}
        plain, over = (
            profile_of(filled(form, profile | added, tmp_path / "form.csv"), rulebook=rulebook, level=level, as_of=DAY)
            for added in ({}, more)
        )
        assert over.keys() - plain.keys() <= more.keys()
        decided = [assess(one, level="小巨人", as_of=DAY) for one in (plain, over)]
        assert decided[0].criteria == decided[1].criteria
        if rulebook is not None:
            assert ladder(plain, DAY).levels == ladder(over, DAY).levels
