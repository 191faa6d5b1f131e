"""`--format brief` is a page for who decides in the firm: what is sure, what fails, what to fetch, what to do next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import assess
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
DAY = "2026-06-01"
A4 = {"zh": 60, "en": 68}  # lines of 100 cells, in letters of 10 and of 9 points


def _facts(name: str, **changed: Any) -> dict[str, Any]:
    facts = json.loads((MADE_UP / name).read_text(encoding="utf-8")) | changed
    return {name: value for name, value in facts.items() if value is not None}


def _page(capture: Capture, folder: Path, facts: dict[str, Any], lang: str = "zh", level: str = "小巨人") -> str:
    (folder / "firm.json").write_text(json.dumps(facts), encoding="utf-8")
    words = ("--level", level, "--as-of", DAY, "--lang", lang, "--format", "brief")
    done = run(capture, "assess", str(folder / "firm.json"), *words)
    assert (done.code, done.err) == (0, "")
    return done.out


def _run_on(page: str) -> str:
    return " ".join(page.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("level", ["小巨人", "专精特新", "创新型", "单项冠军"])
@pytest.mark.parametrize(
    "name", ["little-giant-qualifies.json", "little-giant-2026-just-fails.json", "little-giant-2026-just-passes.json"]
)
def test_a_usual_firm_has_one_page(capfdbinary: Capture, tmp_path: Path, name: str, level: str, lang: str) -> None:
    """Whatever came out, the page has the lines of one sheet and the verdict's summary, and ends with a next step."""
    page = _page(capfdbinary, tmp_path, _facts(name), lang, level)
    assert len(page.splitlines()) <= A4[lang]
    summary = assess(_facts(name), level=level, as_of=DAY).summary
    assert "".join(summary.in_language(lang).split()) in "".join(page.split())
    assert f"\n\n{'下一步：' if lang == 'zh' else 'Next: '}" in page


def test_a_met_criterion_has_its_figure_and_threshold(capfdbinary: Capture, tmp_path: Path) -> None:
    """A line for each criterion that figures meet; those that only a yes meets are named in one."""
    page = _page(capfdbinary, tmp_path, _facts("little-giant-qualifies.json"))
    assert "✓ 上年度营业收入 16,000 万元（不低于 5,000 万元）\n" in page
    assert page.count("✓ 按所填符合：") == 1
    english = _page(capfdbinary, tmp_path, _facts("little-giant-qualifies.json"), "en")
    assert "✓ Revenue, last full year CNY 160 million (at least CNY 50 million)\n" in english
    assert "apply when called to" in _run_on(english)


def test_what_fails_has_its_words_and_what_would_do(capfdbinary: Capture, tmp_path: Path) -> None:
    """A criterion that fails has its distance, the words of the text, and what the firm's figure must be."""
    page = "".join(_page(capfdbinary, tmp_path, _facts("little-giant-2026-just-fails.json")).split())
    assert (
        "✗上年度营业收入：4,999.99万元，要求不低于5,000万元，还差0.01万元。“上年度营业收入总额达5000万元以上”" in page
    )
    assert "→上年度研发费用须达到700.01万元" in page
    assert "补齐其余信息不改变结论" in page
    assert (
        "附件2（二）·读法待确认·计算公式未见原文，这里按上年度与大前年营业收入之比的平方根减一计算（可信度M）→" in page
    )
    assert page.count("·读法待确认") < page.count("✗")


def test_what_is_missing_beside_a_failure_is_named(capfdbinary: Capture, tmp_path: Path) -> None:
    """In a line, in either language; a criterion that is open for another reason has none."""
    facts = _facts("little-giant-2026-just-fails.json", product_restricted=None, abnormal_operation_list=None)
    page = "".join(_page(capfdbinary, tmp_path, facts).split())
    assert "?未列入异常或失信名单（缺：被列入经营异常名录）；产品不属于禁限类（缺：" in page
    assert "(missing: On the list of abnormal operations); " in _run_on(_page(capfdbinary, tmp_path, facts, "en"))


def test_what_is_open_has_its_paper(capfdbinary: Capture, tmp_path: Path) -> None:
    """What is missing stands with what is required of it and the paper that has it, several ways of a fact together."""
    facts = _facts("little-giant-qualifies.json", main_revenue_y0=None, product_domain=None)
    page = _page(capfdbinary, tmp_path, facts)
    assert "不低于 90%" in _run_on(page)
    assert "材料：上年度审计报告" in _run_on(page)
    assert "".join(page.split()).count("，或包含") == 3
    assert "填回填报表" in page


def test_what_fails_unless_leads_to_another_way(capfdbinary: Capture, tmp_path: Path) -> None:
    """Where another way could save what fails by what is stated, the next step is to look for it."""
    facts = _facts("little-giant-2026-just-passes.json", ip_class1_own_related_applied=3, award_level=None)
    page = _run_on(_page(capfdbinary, tmp_path, facts))
    assert "按所填不符合，另一条件符合方可 (1)" in page
    assert "下一步：先核对按所填不符合的 1 项" in page


def test_an_open_criterion_has_what_would_be_enough(capfdbinary: Capture, tmp_path: Path) -> None:
    """Of a figure that is missing, by the others that are stated."""
    page = _page(capfdbinary, tmp_path, _facts("little-giant-qualifies.json", main_revenue_y0=None))
    assert "上年度主营业务收入达到14,400万元即够" in "".join(page.split())


def test_a_scorecard_that_is_met_has_its_figure(capfdbinary: Capture, tmp_path: Path) -> None:
    """The points of a scorecard are a figure as others are, though no firm states them."""
    page = _page(capfdbinary, tmp_path, _facts("innovative-just-passes.json"), level="创新型")
    assert "创新型中小企业评价得分 60 分（不低于 60 分）" in _run_on(page)


def test_a_next_step_ends_with_the_title_that_comes_first(capfdbinary: Capture, tmp_path: Path) -> None:
    """What is so is said behind what is to be checked; the title to be had first stands at the end."""
    facts = _facts(
        "little-giant-2026-just-passes.json", valid_titles="创新型中小企业", revenue_y0=3900, main_revenue_y0=3800
    )
    page = "".join(_page(capfdbinary, tmp_path, facts).split())
    assert "只有填错的才能更正。属实的，只有这些改变以后才可能符合，补齐其余信息不改变结论。须先取得称号" in page


def test_a_review_reads_in_words(capfdbinary: Capture, tmp_path: Path) -> None:
    """A paper is not named beside itself, and a year to come is said in words."""
    page = "".join(_page(capfdbinary, tmp_path, {"application_type": "复核"}).split())
    assert "材料：供货合同或用户证明（填空白的可附查新报告）" in page
    assert "不低于-1年（即不晚于申报当年）" in page
