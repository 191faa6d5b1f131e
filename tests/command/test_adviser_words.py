"""What a firm's adviser reads of one firm: each thing named alike wherever it stands, and only what was asked."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import Catalog, assess, evidence, ladder, profile_of, shipped
from engine.command.page_foot import explained
from engine.explaining.blank_form import blank_form
from tests.shell import run

MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
DAY = "2026-06-01"
Capture = pytest.CaptureFixture[bytes]


def _facts(name: str, **changed: Any) -> dict[str, Any]:
    facts = json.loads((MADE_UP / name).read_text(encoding="utf-8")) | changed
    return {name: value for name, value in facts.items() if value is not None}


def _said(capture: Capture, command: str, facts: dict[str, Any], *words: str) -> str:
    lang = () if "--lang" in words else ("--lang", "zh")
    done = run(capture, command, "-", "--as-of", DAY, *lang, *words, stdin=json.dumps(facts).encode())
    assert done.code == 0, done.err
    return done.out


def test_papers_are_named_alike() -> None:
    """The papers to prepare for the next level are those of its list of evidence, and are for the same criteria."""
    facts = _facts("srdi-2026-just-passes.json")
    [following] = ladder(facts, DAY).next
    listed = evidence(facts, level=following.level, as_of=DAY)
    assert following.prepare == listed.prepare


def test_a_summary_says_what_its_two_numbers_count() -> None:
    """Criteria that are open and facts that are missing are told apart, where there are not as many of both."""
    facts = _facts("little-giant-2026-just-passes.json", rd_expense_y1=None, revenue_y1=None)
    found = assess(facts, level="小巨人", as_of=DAY).summary
    assert found.zh.endswith("判定这些条件尚缺 2 项信息（一项条件可能用到几项）。")
    assert found.en.endswith("To decide them 2 facts are missing (a criterion may take several).")
    facts = _facts("little-giant-2026-just-passes.json", no_such=None, data_fraud_3y=None)
    assert assess(facts, level="小巨人", as_of=DAY).summary.zh.endswith("判定这些条件尚缺 1 项信息。")


@pytest.mark.parametrize("form", ["text", "brief"])
def test_a_reading_that_a_verdict_hangs_on_is_told(capfdbinary: Capture, form: str) -> None:
    """Wherever a verdict hangs on a reading, that reading is told in the same words."""
    facts = _facts("little-giant-2026-just-passes.json", valid_titles="小巨人", application_type="new")
    verdict = assess(facts, level="小巨人", as_of=DAY)
    assert verdict.hangs
    words = ("--level", "小巨人", "--format", form)
    for out in (_said(capfdbinary, "assess", facts, *words), _said(capfdbinary, "ladder", facts)):
        run_on = "".join(out.split())
        turning = [one for one in verdict.hangs_on if one.verdict != verdict.verdict]
        assert turning
        assert all("".join(one.explanation.zh.split()) in run_on for one in turning)


def test_a_form_of_one_level_in_the_ladder(capfdbinary: Capture, tmp_path: Path) -> None:
    """It says once for which level the form asks everything; what it has no place for is counted, and not named."""
    form = tmp_path / "form.csv"
    run(capfdbinary, "facts", "--template", "--level", "小巨人", "--as-of", DAY, "-o", str(form))
    text = (
        form.read_text(encoding="utf-8-sig")
        .replace("独立法人资格,,", "独立法人资格,是,")
        .replace("企业名称,,", "企业名称,甲,")
    )
    form.write_text(text, encoding="utf-8-sig")
    out = run(capfdbinary, "ladder", str(form), "--as-of", DAY, "--lang", "zh").out
    assert out.count("问全的只有专精特新“小巨人”企业；") == 1
    assert out.count("champion facts --template --rulebook ladder") == 1
    assert "这张表没有问到的另有" in out
    assert "研发机构级别" not in out
    assert "全球市场占有率排名" not in out
    assert "产品质量精良" not in out  # nor a judgement, nor what is 如有
    found = ladder(profile_of(form, rulebook="ladder", as_of=date.fromisoformat(DAY)), DAY)
    asked = {
        one.fact.id
        for part in blank_form(shipped(), date.fromisoformat(DAY), level="小巨人").parts
        for one in part.questions
    }
    assert {name for level in found.levels for name in level.unasked}.isdisjoint(asked)
    for level in found.levels:
        named = " ".join(one.zh for one in level.why)
        assert not [name for name in level.unasked if f"“{shipped().vocabulary[name].title.zh}”" in named]
    for level in ladder(_facts("little-giant-2026-just-passes.json"), DAY).levels:
        assert level.unasked == ()


def test_what_is_open_is_in_one_order(capfdbinary: Capture) -> None:
    """A page lists what fails unless another way is met before what is open, as the full text and the ladder do."""
    facts = _facts(
        "little-giant-2026-just-passes.json", domestic_market_share_pct=None, global_market_share_pct=None,
        domestic_rank=4, data_fraud_3y=None,
    )  # fmt: skip
    texts = [_said(capfdbinary, "assess", facts, "--level", "小巨人", "--format", form) for form in ("text", "brief")]
    texts.append(_said(capfdbinary, "ladder", facts).partition("下一级：专精特新“小巨人”企业 ·")[2])
    for text in texts:
        run_on = "".join(text.split())
        assert run_on.index("按所填不符合：国内") < run_on.index("缺少“近三年数据造假（是/否）”")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("command", "words"), [("assess", ("--level", "小巨人")), ("ladder", ())])
@pytest.mark.parametrize("name", ["little-giant-2026-just-passes.json", "little-giant-2026-just-fails.json"])
def test_grades_and_bare_numbers_are_explained_once(
    capfdbinary: Capture, command: str, words: tuple[str, ...], name: str, lang: str
) -> None:
    """Every grade on a page is explained at its foot, no other, and what document a bare number is."""
    page, mark, foot = _said(capfdbinary, command, _facts(name), *words, "--lang", lang).rpartition(
        {"zh": "出处等级（可信度）：", "en": "Grades: "}[lang]
    )
    assert mark
    assert mark not in page
    grades = set(re.findall(r"\[([A-Z])\]|(?:可信度|grade )([A-Z])", page))
    assert {one or other for one, other in grades} == set(re.findall(r"([A-Z]) [两一凭tof]", foot.partition("\n")[0]))
    foot = "".join(foot.split())
    for number in {"zh": re.findall(r"(?<![0-9〕])([0-9]+)号", page), "en": re.findall(r"no\. ([0-9]+)", page)}[lang]:
        if number in {"2", "63", "115", "300"}:
            assert foot.count({"zh": f"{number}号即", "en": f"no.{number}is"}[lang]) == 1


def test_a_number_that_several_documents_have_is_not_explained(tmp_path: Path) -> None:
    """Nor is one that no rulebook has; a broken rulebook keeps nobody from a page."""
    for name, document in {"a": "甲发〔2020〕7号", "b": "乙发〔2021〕7号", "c": "丙发〔2022〕8号"}.items():
        (tmp_path / f"{name}.yaml").write_text(f"sources:\n  one:\n    document: {document}\n", encoding="utf-8")
    (tmp_path / "facts.yaml").write_text("{}", encoding="utf-8")
    assert explained("按 7号、8号、9号 [B]", Catalog(tmp_path), ["a"], "zh") == ["出处等级（可信度）：B 一处"]


def test_missing_facts_follow_the_criteria(capfdbinary: Capture) -> None:
    """What is missing is listed in the order of the criteria above it, and so is what could end the verdict."""
    facts = _facts(
        "little-giant-2026-just-passes.json", domestic_market_share_pct=None, global_market_share_pct=None,
        domestic_rank=4, data_fraud_3y=None,
    )  # fmt: skip
    for text in (_said(capfdbinary, "assess", facts, "--level", "小巨人"), _said(capfdbinary, "ladder", facts)):
        listed = text.rpartition("尚缺信息\n")[2]
        assert listed.index("国内市场占有率") < listed.index("近三年数据造假（是/否）")


def test_english_reads_as_english(capfdbinary: Capture) -> None:
    """A range of money has its unit, names with commas are quoted or parted, and one is one."""
    facts = _facts(
        "little-giant-2026-just-passes.json", revenue_y0="15200万元以上", rd_expense_y1="1000-1100万元",
        employees_y0=None, data_fraud_3y=None,
    )  # fmt: skip
    out = " ".join(_said(capfdbinary, "assess", facts, "--level", "小巨人", "--lang", "en").split())
    assert "[Main-business revenue, last full year: CNY 45 million; Revenue, last full year: at least CNY 152" in out
    assert "second-last full year: CNY 10 million to CNY 11 million" in out
    assert "10,000 CNY" not in out
    assert "Missing: Full-time employees (required: less than 1,000 people)." in out
    assert "“Revenue, last full year” and “Full-time employees”" in out
    assert "Application type: Review of a title held" in out
    one = _facts("little-giant-2026-just-passes.json", data_fraud_3y=None)
    assert assess(one, level="小巨人", as_of=DAY).summary.en.endswith("To decide them 1 fact is missing.")


def test_a_document_is_named_as_it_is_published(capfdbinary: Capture) -> None:
    """Wherever an officer reads, borrowed rules and thresholds have the number or the title of their document."""
    facts = _facts("little-giant-2026-just-passes.json", ip_class1_own_related_applied=3, award_level="national")
    page = "".join(_said(capfdbinary, "assess", facts, "--level", "小巨人").split())
    assert "要求：符合工信部联企业〔2011〕300号《中小企业划型标准规定》" in page
    assert "门槛出自工信部企业〔2026〕2号附件2（四）" in page
    assert "sme-2011-size" not in page
    assert "miit-2026-2" not in page
    assert "原文未见工信部联企业〔2011〕300号" not in page
    assert "门槛出自《" in "".join(_said(capfdbinary, "assess", _facts("boundary.json")).split())


def test_what_is_not_met_as_stated_has_one_mark(capfdbinary: Capture) -> None:
    """In the text, on the page and on the ladder."""
    facts = _facts("little-giant-2026-just-passes.json", ip_class1_own_related_applied=3, award_level=None)
    title = "✗ Ⅰ类知识产权，或国家级科"
    for form in ("text", "brief"):
        assert title in _said(capfdbinary, "assess", facts, "--level", "小巨人", "--format", form).replace("“", "")
    assert title in _said(capfdbinary, "ladder", facts | {"valid_titles": "专精特新"})


def test_ways_of_one_list_tell_once_what_is_in_it() -> None:
    """As rows do, which the tests of reasons compare."""
    over = "专精特新（2018-2021）"
    found = assess({"valid_titles": over, "application_type": "new"}, "miit-2026-srdi", DAY).reasons
    assert found.zh.count(over) == 1
    assert "；或者要求包含创新型中小企业；或者" in found.zh
    assert found.en.count(over) == 1


def test_the_page_tells_what_only_informs(capfdbinary: Capture) -> None:
    """As the code of the audit reports, with what is missing or what it came to."""
    facts = _facts("little-giant-2026-just-passes.json")
    page = _said(capfdbinary, "assess", facts, "--level", "小巨人", "--format", "brief")
    assert "· 仅供参考：审计报告已赋码并列示主营业务收入和成本：" in page


def test_an_option_has_a_chinese_name_in_chinese(capfdbinary: Capture) -> None:
    """A mistake in --rulebook, --level or -o is told of 规则, 层级, 结果文件."""
    for words, says in (
        (("--rulebook", "nosuch"), "规则: “nosuch”"),
        (("--level", "nosuch"), "层级: “nosuch”"),
        (("-o", "x.pdf"), "结果文件: “x.pdf”"),
    ):
        done = run(capfdbinary, "assess", str(MADE_UP / "boundary.json"), "--lang", "zh", *words)
        assert says in done.err
