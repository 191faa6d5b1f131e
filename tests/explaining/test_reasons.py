"""A row of a file says why, word for word, as the verdict on the same firm says it; what is said helps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import assess, ladder, screen, shipped
from engine.assessment import verdict
from engine.columns.macros import write_numbers
from engine.explaining.reasons import ALL_MET
from engine.explaining.verdict import Verdict
from engine.explaining.wording import apart, beside, decimal, in_full
from engine.firms.profiles import ProfileReader
from engine.ground.errors import Language
from engine.ground.values import Known, Span
from engine.proving.firms import any_firm
from engine.rulebooks.logic import Rulebook
from tests.random_rulebooks import VOCABULARY, rulebook_from
from tests.shell import run
from tests.tables import DAY as AS_OF

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _text(value: Known) -> str:
    """Give a value as it would be typed."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        digits = f"{float(value):.9f}".rstrip("0").rstrip(".")
        return digits if Fraction(digits) == value else f"{float(value):.6f}"
    if isinstance(value, frozenset):
        return "、".join(sorted(value)) or "无"
    if isinstance(value, Span):
        return f"前{value.high}名"
    return value.isoformat() if isinstance(value, date) else str(value)


def _compared(rulebook: Rulebook, several: Sequence[Mapping[str, Known]], lang: Language) -> list[str]:
    """Give what is said otherwise of a row than of its profile."""
    texts = [{name: _text(value) for name, value in one.items()} for one in several]
    names = [name for name in rulebook.vocabulary if name in rulebook.facts_read]
    columns = {"firm_name": [f"企业{place}" for place in range(len(texts))]}
    columns |= {name: [one.get(name, "") for one in texts] for name in names}
    found = screen(pa.table(columns), rulebook.id, AS_OF, lang=lang).to_pylist()
    different = []
    for row, one in zip(found, texts, strict=True):
        if row["problems"] is None:
            said = assess(one, rulebook.id, AS_OF).reasons.in_language(lang)
            if said != row["reasons"]:
                different.append(f"{one}\n  row: {row['reasons']}\n  one: {said}")
    return different


def _sample(rulebook: Rulebook, count: int) -> list[dict[str, Known]]:
    dice = Random(rulebook.id)
    blanks = [1 / 2] * count + [0] * (count // 4)
    return [any_firm(rulebook, dice, AS_OF, share, edges=0) for share in blanks]


@pytest.mark.parametrize("name", ["cae-2021-champion", "miit-2022-little-giant", "most-2017-tech-sme"])
def test_same_words(name: str) -> None:
    """Random firms, many of them at the thresholds: the row and the verdict give the same sentence."""
    book = shipped().rulebook(name)
    lang = _LANGUAGES[len(name) % 2]
    assert _compared(book, _sample(book, 60), lang)[:2] == []


@pytest.mark.long
@pytest.mark.parametrize("lang", _LANGUAGES)
@pytest.mark.parametrize("name", shipped().ids)
def test_same_words_everywhere(name: str, lang: Language) -> None:
    """The same for every rulebook in both languages."""
    book = shipped().rulebook(name)
    assert _compared(book, _sample(book, 400), lang)[:2] == []


def _said(facts: Mapping[str, Any], rulebook: str, day: date = AS_OF) -> str:
    return assess(facts, rulebook, day).reasons.zh


def test_numbers() -> None:
    """A number has its marks for thousands at every door, and a yes or no is asked for in words.

    A reason that rests on a figure outside the usual range says so in the same sentence.
    """
    known = {"firm_name": "甲", "industry_sector": "industry"}
    firms = [
        {**known, "employees_y0": 42103, "revenue_y0": 15409000, "abnormal_operation_list": "是"},
        {**known, "employees_y0": 2000, "revenue_y0": 5 * 10**9, "abnormal_operation_list": "否"},
    ]
    said = [_said(firm, "miit-2022-little-giant") for firm in firms]
    for words in ("42,103 人", "15,409,000 万元", "：是，须为“否”。"):
        assert words in said[0]
    [revenue] = [one for one in shipped().vocabulary.watched if one.id == "revenue_y0"]
    assert f"（“{revenue.title.zh}”不在通常范围内，请先核对）（满足其一即可）。" in said[1]
    table = pa.Table.from_pylist([{name: str(value) for name, value in firm.items()} for firm in firms])
    assert screen(table, "miit-2022-little-giant", AS_OF)["reasons"].to_pylist() == said


def test_missing_is_named() -> None:
    """What keeps a verdict open is named, what is to be judged apart."""
    said = _said({"global_market_share_pct": 20}, "cae-2021-champion")
    assert said.startswith("无法判定：缺少“")
    assert "；待评审：“" in said


def test_a_yes_or_no_that_is_missing_is_a_question() -> None:
    """A firm that leaves blank whether it committed fraud does not read that it lacks fraud."""
    found = _little_giant(data_fraud_3y=None)
    title = shipped().vocabulary["data_fraud_3y"].title
    asks = {"zh": f"{title.zh}（是/否）", "en": f"{title.en} (yes or no)"}
    texts = [found.reasons, *(one.question for one in found.missing)]
    texts += [one.explanation for criterion in found.criteria for one in criterion.checks if title.zh in one.title.zh]
    told = [
        (lang, said) for one in texts for lang in _LANGUAGES if getattr(title, lang) in (said := one.in_language(lang))
    ]
    assert len(told) == 2 * 3
    assert all(said.count(getattr(title, lang)) == said.count(asks[lang]) for lang, said in told)


@pytest.mark.parametrize("of_few", [False, True])
def test_numbers_in_a_database(*, of_few: bool) -> None:
    """A database writes any float as Python does, on the same side of its threshold, of many rows and of few."""
    random = Random(7)
    numbers = [10 ** random.uniform(-12, 17) * random.choice([1, -1]) for _ in range(2000)]
    numbers += [round(random.uniform(0, 10**6), random.randint(0, 6)) for _ in range(2000)]
    numbers += [3999.9999999999995, 40000.50000000001, -1e-18, 5e-324]
    numbers += [random.randint(0, 4000) / 200 for _ in range(2000)] + [0.0, 1e300, 2.0**53, 69.9999, 1.115]
    bars = [random.choice([0.0, number, round(number, 2), 70.0, number * (1 + 1e-15)]) for number in numbers]
    connection = duckdb.connect()
    write_numbers(connection, of_few=not of_few)
    write_numbers(connection, of_few=of_few)
    table = pa.table({"number": numbers, "bar": bars})
    connection.register("numbers", table)
    columns = ["champion_decimal(number, bar)", "champion_full(number)", "champion_beside(number)"]
    got = connection.table("numbers").project(", ".join(columns)).fetchall()
    want = [(decimal(one, bar), in_full(one), beside(one)) for one, bar in zip(numbers, bars, strict=True)]
    assert got == want
    gaps = [*map(abs, numbers), *(tie / 2000 for tie in range(1, 2001)), *(tie / 2e5 for tie in range(1, 2001))]
    connection.register("gaps", pa.table({"gap": gaps}))
    odd = "SELECT champion_apart(x, 1e9, '0', 0.1), champion_decimal(x, x), champion_fifteen(x) FROM (SELECT {} AS x)"
    assert connection.execute("SELECT champion_full(-0.0::DOUBLE), champion_decimal(-0.0::DOUBLE, 1)").fetchall() == [
        ("0", "0")
    ]
    for one in ("'inf'::DOUBLE", "'-inf'::DOUBLE", "'nan'::DOUBLE", "NULL::DOUBLE"):
        connection.execute(odd.format(one)).fetchall()
    for even_from in (0.1, 0.005):
        told = connection.execute("SELECT champion_apart(gap, 1e9, '0.000000001', ?) FROM gaps", [even_from]).fetchall()
        assert told == [(apart(gap, even_from=even_from),) for gap in gaps]


@given(st.one_of(st.floats(1e-9, 1e12), st.decimals("0.0001", 10**6, places=4).map(float)))
def test_a_distance_is_even(gap: float) -> None:
    """A distance never reads as none, has no third decimal above 0.1, and is off by half of its last digit at most."""
    written = apart(gap)
    said = float(written.replace(",", ""))
    assert said > 0
    assert gap < 0.1 or len(written.partition(".")[2]) <= 2
    assert abs(said - gap) <= (0.005 + gap * 1e-15 if gap >= 0.1 else max(gap * 0.051, 5.1e-10, 5.1e-5 * (gap < 1e-3)))


@pytest.mark.parametrize(
    ("observed", "says"), [("3.83044%", "余量 0.83 个百分点"), ("2.99999%", "还差 0.00001 个百分点")]
)
def test_distances_beside_each_other(observed: str, says: str) -> None:
    """A distance is written as evenly as its figures, and one that is tiny still shows on which side they are."""
    found = assess({"rd_intensity_pct_y0": observed}, "miit-2026-srdi", AS_OF)
    assert says in str([one.explanation.zh for criterion in found.criteria for one in criterion.checks])


_WAYS = [
    {
        "id": "way",
        "title": "研发机构",
        "cite": {"source": "text", "clause": "一", "grade": "A"},
        "quote": "原文",
        "require": {"at_least": "1", "of": [{"fact": "staff", "at_least": "3"}, {"fact": "yes", "equals": "yes"}]},
    },
    {
        "id": "three",
        "title": "管理",
        "cite": {"source": "text", "clause": "一", "grade": "A"},
        "quote": "原文",
        "require": {
            "at_least": "2",
            "of": [
                {"fact": "share", "at_least": "15%"},
                {"fact": "judged", "equals": "yes"},
                {"fact": "plain", "at_least": "3"},
            ],
        },
    },
]


def _random_verdict(facts: Mapping[str, Any]) -> Verdict:
    rulebook = rulebook_from(_WAYS)
    profile = ProfileReader(VOCABULARY).read(facts)
    return verdict(rulebook, profile, AS_OF)


def test_not_met_unless() -> None:
    """An open criterion of which a way fails says what would save it; what fails beside one that is met, nothing."""
    said = _random_verdict({"staff": 1, "share": 20, "plain": 1}).reasons.zh
    assert "“研发机构”按所填不符合：指标staff：1，要求不低于 3，还差 2；除非指标yes为“是”。" in said
    assert "“管理”按所填不符合：指标plain：1，要求不低于 3，还差 2；除非补足下列条件，" in said
    assert "使 3 项中符合的达到 2 项：指标judged为“是”。" in said
    found = _random_verdict({"staff": 1, "yes": True, "share": 20, "plain": 9, "judged": False})
    assert found.reasons == ALL_MET
    checks = {check.fact: check.id in one.rests_on for one in found.criteria for check in one.checks}
    assert checks == {"staff": False, "yes": True, "share": True, "plain": True, "judged": False}


def test_another_kind_of_application_is_no_way_out() -> None:
    """Of two ways the one that is for reviews only is not told to a new applicant."""
    said = _said({"application_type": "new", "revenue_y0": 100, "revenue_y2": 100}, "miit-2026-little-giant")
    assert "近两年营业收入复合增长率：0%，要求不低于 5%" in said
    assert "复核" not in said
    assert "申报类型" not in said


def _little_giant(**stated: object) -> Verdict:
    """Give the verdict on a firm that has every figure of the text of 2026 but for what it is given otherwise."""
    facts = json.loads(Path("fixtures/made_up/little-giant-2026-just-passes.json").read_text(encoding="utf-8"))
    facts = {name: value for name, value in {**facts, **stated}.items() if value is not None}
    return assess(facts, "miit-2026-little-giant", date(2026, 6, 1))


def test_a_figure_that_fails_is_told_before_what_few_firms_have() -> None:
    """A blank award keeps the criterion open; what is said first is that the firm's own figure fails."""
    found = _little_giant(ip_class1_own_related_applied=3, award_level=None)
    assert (found.verdict, found.awaiting) == ("undetermined", "another_way")
    first = "“Ⅰ类知识产权，或国家级科技奖励”按所填不符合：自主申请、与主导产品相关且已应用的Ⅰ类知识产权：3 项"
    assert found.reasons.zh.startswith(first)
    assert "还差 1 项；除非（科技奖励级别为国家级科技奖励；" in found.reasons.zh
    assert "（如有请填；没有的，科技奖励级别填“无”即可）。" in found.reasons.zh
    assert "1 项按所填不符合，另一条件符合方可（“Ⅰ类知识产权，或国家级科技奖励”）" in found.summary.zh
    assert "没有不符合的" not in found.summary.zh


def test_a_firm_without_award_fails_nothing_by_that() -> None:
    """An award that a firm says it has not is no figure that fails: what is missing is the main way."""
    found = _little_giant(ip_class1_own_related_applied=None)
    assert (found.verdict, found.awaiting) == ("undetermined", "data")
    assert "除非" not in found.reasons.zh
    assert "没有不符合的" in found.summary.zh


@pytest.mark.parametrize("form", ["text", "brief", "line"])
def test_every_form_tells_what_fails_unless(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, form: str
) -> None:
    """The text, the brief and the line say that a figure fails unless another way is met; no ids of facts."""
    facts = json.loads(Path("fixtures/made_up/little-giant-2026-just-passes.json").read_text(encoding="utf-8"))
    del facts["award_level"]
    (tmp_path / "firm.json").write_text(json.dumps(facts | {"ip_class1_own_related_applied": 3}), encoding="utf-8")
    words = (str(tmp_path / "firm.json"), "--rulebook", "miit-2026-little-giant", "--as-of", "2026-06-01")
    said = "".join(run(capfdbinary, "assess", *words, "--format", form, "--lang", "zh").out.split())
    assert ("1项按所填不符合（另一条件符合方可）" if form == "line" else "按所填不符合，另一条件符合方可(1)") in said
    assert form == "line" or "3项，要求不低于4项，还差1项" in said
    assert "award_" not in said


def test_of_several_open_ways_one_is_enough() -> None:
    """It is said at every door that one of several open ways is enough; not where a way fails, or one is left."""
    told = "“市场占有率或名次，及知名度”中，以下满足其一即可：国内市场占有率不低于 10%；或者全球市场占有率不低于 10%；"
    stated: dict[str, object] = {"application_type": "new"}
    assert told in assess(stated, "miit-2026-little-giant", date(2026, 6, 1)).reasons.zh
    [level] = [one for one in ladder(stated, date(2026, 6, 1)).levels if one.level == "little_giant"]
    assert any(one.zh.startswith(told) for one in level.why)
    for share in (12, 5):
        stated["domestic_market_share_pct"] = share
        assert "名次，及知名度”中，以下" not in assess(stated, "miit-2026-little-giant", date(2026, 6, 1)).reasons.zh
    score = assess({"application_type": "review"}, "miit-2026-little-giant", date(2026, 6, 1))
    assert "“专精特新发展评价得分”中，以下满足其一即可：" in score.reasons.zh
    assert "发展评价得分”中，以下" not in assess(stated, "miit-2026-little-giant", date(2026, 6, 1)).reasons.zh
