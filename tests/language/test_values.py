# ruff: noqa: E501 a table of spellings
"""Figures, days and answers as people and tools write them: read alike in a profile and in a table, or refused."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from engine import InputError, Order, assess, screen, screen_file, shipped
from engine.columns.values import span, with_values, x
from engine.ground.outcome import Outcome
from engine.ground.values import Span, is_partly_read, on_day
from engine.headers.cells import PROBLEM, Column, plain
from engine.language.answer import answer
from engine.language.facts import Kind, Vocabulary
from engine.language.reading import LARGEST, Unreadable
from engine.language.reading import read as read_value
from engine.screening.duckdb_backend import DuckdbBackend
from tests.shell import run
from tests.small_rules import rulebook_asking, rules_asking

DAY = date(2026, 6, 1)
VOCABULARY: Vocabulary = shipped().rulebook("cae-2021-champion").vocabulary
HAIR = Fraction(1, 10**18)
TOP = LARGEST

BLANK, REFUSED = None, PROBLEM
READ: Mapping[str, Mapping[str, object]] = {
    "revenue_y0": {
        "1 234 567": 1234567, "1\u00a0234": 1234, "1\u2009234": 1234, "1\u202f234": 1234, "1'234": 1234, "1’234,5": REFUSED,
        "12 34": REFUSED, "12 345": 12345, "12 345.5万元": Fraction(24691, 2),
        "100 200": REFUSED, "110 200 300万元": REFUSED, "100 1 234": REFUSED, "1 234 5": REFUSED, "100 200-300": REFUSED, "100'200": 100200, "100\u202f200": 100200, "１，２００": 1200, "3000(万元)": 3000, "3000（万元）": 3000, "3千万": 3000, "3千万元": 3000,
        "2亿3000万": 23000, "2亿3千万元": 23000, "2亿3000": REFUSED, "三千万元": 3000, "一亿二千万元": 12000,
        "两百万": 200, "一百五万": REFUSED, '="4000"': 4000, "'4000": 4000, "4000-": REFUSED, "(500)": REFUSED,
        "NaN": BLANK, "\\N": BLANK, "不适用": BLANK, "未披露": BLANK, "待定": BLANK, "N.A.": BLANK, "…": BLANK, "—": BLANK,
        "无": REFUSED, "#N/A": REFUSED, "#DIV/0!": REFUSED, "inf": REFUSED, "-inf": REFUSED, "1e20": REFUSED,
        "约3000": REFUSED, "~3000万元": REFUSED, "3000左右": REFUSED, "3000万美元以上": REFUSED, "5000-1亿元": REFUSED,
        "1-2亿元": (10000, 20000), "5000万-1亿元": (5000, 10000), "3000余万元": (3000, TOP), "1亿余元": (10000, TOP), "5千多万元": (5000, TOP), "超过5亿元": (50000 + HAIR, TOP),
        "3000万元以上": (3000, TOP), "3000以上万元": (3000, TOP), "不超过2亿": (0, 20000), "低于2亿": (0, 20000 - HAIR),
    },
    "net_profit_y0": {"(500)": -500, "500-": -500, "（1,200.5万元）": REFUSED, "(500)万元": -500, "-100~200": (-100, 200),
        "(1)100": REFUSED, "（2）300": REFUSED, "(5) 100": REFUSED, "（一）100": REFUSED, "(1)-100": REFUSED, "(3)100-200": REFUSED, "(500) 万元": -500},
    "employees_y0": {
        "210.0": 210, "三百人": 300, "120余人": (120, TOP), "120多人": (120, TOP), "近300人": (0, 300), "100-120": (100, 120),
        "500+": (500, TOP), "超过300人": (301, TOP), "<300": (0, 299), "10.5-12": REFUSED, "True": REFUSED, "120-100": REFUSED,
    },
    "global_market_share_pct": {
        "10-15%": (10, 15), "10%~15%": (10, 15), "10％—15％": (10, 15), "10%以上": (10, 100), "≥10%": (10, 100), "百分之十五": 15,
        ">50%": (50 + HAIR, 100), "不低于10%": (10, 100), "约15%": REFUSED, "~30%": REFUSED, "30%左右": REFUSED, "0.1-0.2": REFUSED,
        "0.1%-0.2%": (Fraction(1, 10), Fraction(1, 5)), "15%-15%": 15, "90-110%": REFUSED,
    },
    "niche_market_years": {"5年以上": (5, 1000), "十余年": (10, 1000), "2015": REFUSED, "2015年": REFUSED, "2018.5": REFUSED, "2015-2020": REFUSED, "10年及以上": (10, 1000), "二十年": 20, "3至5年": (3, 5), "5年多": (5, 1000)},
    "global_rank": {"前3名": (1, 3), "前三": (1, 3), "第3-5名": (3, 5), "第十二名": 12, "Top 3": (1, 3), "5名以内": (1, 5), "0-3": REFUSED},
    "award_date": {
        "2025-05-06 00:00:00": date(2025, 5, 6), "2025/5/6 0:00": date(2025, 5, 6), "2025-05-06T00:00:00Z": date(2025, 5, 6),
        "2025-05-06T00:00:00.000000": date(2025, 5, 6), "2025-05-06 00:00:00+08:00": date(2025, 5, 6), "无": BLANK,
        "2025-05-06 08:30": REFUSED, "45783": REFUSED, "#VALUE!": REFUSED,
    },
    "valid_titles": {
        "高新技术企业、专精特新中小企业": frozenset({"srdi", "+高新技术企业"}), "瞪羚企业": frozenset({"+瞪羚企业"}), "无": frozenset(),
        "国家级专精特新“小巨人”企业": frozenset({"little_giant"}), '第五批专精特新"小巨人"企业': frozenset({"little_giant"}),
        "2023年国家级专精特新「小巨人」": frozenset({"little_giant"}), "小巨人（第三批）": frozenset({"little_giant"}),
        "专精特新小巨人（有效期：2024年7月-2027年6月）": frozenset({"little_giant"}), "制造业单项冠军": frozenset({"single_champion"}),
        "国家级制造业单项冠军示范企业": frozenset({"single_champion_demo"}), "专精特新中小企业（2024-2027）": frozenset({"srdi"}),
        "小巨人（有效期至2024-12-31）": frozenset({"+-小巨人（有效期至2024-12-31）"}), "小巨人（2018-2021）": frozenset({"+-小巨人（2018-2021）"}),
        "小巨人（至2026.3）、单项冠军（2024年-2026年）": frozenset({"+-小巨人（至2026.3）", "single_champion"}),
        **{f"小巨人（{term}）": frozenset({f"+-小巨人（{term}）"}) for term in (
            "2021年-2024年7月", "2021年-2024年", "有效期2021年-2024年", "2023年-2026年5月", "2023年至2026-05-31", "有效期:2024年", "2027年",
            "2026.7-2029.6", "2026年7月-2029年6月",
        )},
        **{f"小巨人（{term}）": frozenset({"little_giant"}) for term in ("2023年-2026年6月", "2023", "2024年认定", "2026年6月1日-2029年", "至2026年")},
        **{f"小巨人（{term}）": frozenset({f"?小巨人（{term}）"}) for term in (
            "2024-06-30", "2027-06-30", "2024年7月", "2019年", "2019年认定", "2020", "2021年度", "已过期", "失效", "撤销", "2027-2024", "2021-24",
            "2019年第一批", "20210701-20240630",
        )},
        "小巨人（2022年认定）": frozenset({"?小巨人（2022年认定）"}), "2019年第一批小巨人": frozenset({"?2019年第一批小巨人"}), "2019年小巨人（2024-2027）": frozenset({"little_giant"}),
        "小巨人、专精特新（均过期）": frozenset({"?小巨人", "?专精特新（均过期）"}), "小巨人；已失效": frozenset({"?小巨人", "?已失效"}),
        "小巨人（2021-2024）/专精特新（2025年）": frozenset({"+-小巨人（2021-2024）", "srdi"}),
        "小巨人（已撤销）、专精特新": frozenset({"?小巨人（已撤销）", "srdi"}),
        "曾获：创新型、专精特新": frozenset({"?曾获：创新型", "?专精特新"}), "专精特新，有效期至2025年12月31日": frozenset({"+-专精特新（至2025年12月31日）"}),
        "创新型、小巨人均无": frozenset({"?创新型", "?小巨人均无"}), "专精特新,2019": frozenset({"?专精特新", "?2019"}),
        "省级创新型中小企业、浙江省创新型中小企业": frozenset({"innovative"}), "创新型中小企业（是）": frozenset({"innovative"}),
        "1.创新型中小企业；2.专精特新": frozenset({"innovative", "srdi"}), "（1）创新型（2）专精特新": frozenset({"innovative", "srdi"}),
        "①创新型②专精特新": frozenset({"innovative", "srdi"}), "创新型中小企业（否）": frozenset({"?创新型中小企业（否）"}),
        "省级专精特新": frozenset({"srdi"}), "浙江省专精特新中小企业": frozenset({"srdi"}), "省级单项冠军": frozenset({"provincial_champion"}),
        "专精特新中小企业/创新型中小企业": frozenset({"srdi", "innovative"}), "专精特新 创新型": frozenset({"srdi", "innovative"}),
        "省级专精特新小巨人": frozenset({"?省级专精特新小巨人"}), "市级小巨人": frozenset({"?市级小巨人"}),
        "小巨人（省级）": frozenset({"?小巨人（省级）"}), "浙江省专精特新小巨人企业": frozenset({"?浙江省专精特新小巨人企业"}),
        "宁波市专精特新中小企业": frozenset({"?宁波市专精特新中小企业"}), "国家级专精特新中小企业": frozenset({"?国家级专精特新中小企业"}),
        "省级制造业单项冠军示范企业": frozenset({"?省级制造业单项冠军示范企业"}),
    },
    "product_domain": {"核心基础零部件、产业技术基础": frozenset({"six_base"}), "六基": frozenset({"six_base"})},
    "industry_code_2": {
        "C3912": "39", "3912": "39", "C391": "39", "391 计算机制造": "39", "621": "62", "39.0": "39", "3912.0": "39", "C39": "39", "C 39": "39", "1": "01", "A0111": "01",
        "C39计算机、通信和其他电子设备制造业": "39", "39 计算机、通信和其他电子设备制造业": "39", "C3912计算机整机制造": "39",
        "计算机、通信和其他电子设备制造业（C39）": "39", "制造业-计算机、通信和其他电子设备制造业": "39", "制造业/通用设备制造业": "34",
        "C": REFUSED, "制造业": REFUSED, "D39": REFUSED, "34计算机、通信和其他电子设备制造业": REFUSED, "39 机械": REFUSED,
        "采矿业-通用设备制造业": REFUSED, "99": REFUSED, "034": REFUSED, "A034": "03", "012": REFUSED, "39123": REFUSED,
        "391": REFUSED, "342.0": REFUSED, "511": REFUSED, "110": REFUSED, "0391": "03",  # 391 is the group or the class 0391
    },
    "digital_level": {"1.0": "level_1", "2级": "level_2"},
    "registered_in_mainland": {"True": True, "FALSE": False, "1.0": True, "0.0": False, '="是"': True, "#REF!": REFUSED},
}  # fmt: skip


def _plain(wanted: object) -> str | None:
    if isinstance(wanted, tuple):
        low, high = wanted
        return plain(Span(low, high, None))  # type: ignore[arg-type]
    if wanted is BLANK or wanted is REFUSED or isinstance(wanted, str):
        return wanted  # type: ignore[return-value]
    return plain(wanted)  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("fact_id", READ)
def test_in_a_profile(fact_id: str) -> None:
    """A profile reads each spelling as what it states, with both ends of a range, or refuses it with what to write."""
    fact = VOCABULARY[fact_id]
    for typed, wanted in READ[fact_id].items():
        if wanted is REFUSED:
            with pytest.raises(Unreadable) as refused:
                answer(fact, typed)
            assert all((refused.value.what.zh, refused.value.what.en, refused.value.instead.zh)), typed
            continue
        value = on_day(answer(fact, typed), DAY)
        found = (value.low, value.high) if isinstance(value, Span) else value
        assert found == wanted, typed


def test_in_columns(tmp_path: Path) -> None:
    """A table reads each spelling as a profile does."""
    rows = [(fact_id, typed, wanted) for fact_id, several in READ.items() for typed, wanted in several.items()]
    texts = {name: pa.array([typed if name == one else None for one, typed, _ in rows], pa.string()) for name in READ}
    backend = DuckdbBackend(tmp_path)
    columns = {name: Column(name, VOCABULARY[name], as_of=DAY) for name in READ}
    table = with_values(backend.register("given", pa.table(texts)), columns, backend.by_row)
    found = pa.Table.from_batches(backend.batches(table)).to_pylist()
    backend.close()
    for row, (name, typed, wanted) in zip(found, rows, strict=True):
        value = row[x(name)]
        got = PROBLEM if row["bad"] else row.get(span(name)) or (None if value is None else plain(value))
        expected = _plain(wanted)
        assert float(got) == float(expected) if isinstance(value, float) else got == expected, typed  # type: ignore[arg-type]


_DIGITS = """
    0 7 000 0012 12 100 1234 1234.5 1234. .5 0.50 1.123456 9999999999 9999999999.99999 99999999999 1,234 12,345.67
    1,234,567 123,456,789,012.125 1,234,567,890,123 0,123 1,23 1,2345 1,234,56 ,123
"""
_UNITS = """
    % ％ 元 千元 万 万元 十万 百万元 千万 亿 亿元 十亿 十亿元 兆 人 名 位 项 件 个 年 分 以上 余 左右 美元 years
"""


def test_commas_and_units_in_columns(tmp_path: Path) -> None:
    """The database reads commas and units as the reader of cells does, and nothing that this one refuses."""
    dice = random.Random(11)
    digits, units = _DIGITS.split(), ["", *_UNITS.split()]
    numeric = [fact for fact in VOCABULARY.values() if fact.is_numeric and not fact.is_derived]
    columns = {f"t{at}": Column("", fact) for at, fact in enumerate(numeric)}
    money = next(fact for fact in numeric if fact.kind is Kind.MONEY)
    columns |= {
        f"in_{unit}": Column("", money.model_copy(update={"id": f"in_{unit}"}), unit) for unit in ("元", "千元", "亿元")
    }
    before = ["", "", "", "第", "前", "-", "约", "¥", "第 ", " ", "+", "+-", " +-", "--", "-+"]
    spelt = [f"{dice.choice(before)}{dice.choice(digits)}{dice.choice(units)}" for _ in range(1500)]
    spelt += [f"{digit}{unit}" for digit in digits for unit in units]
    backend = DuckdbBackend(tmp_path)
    texts = dict.fromkeys(columns, pa.array(spelt))
    table = with_values(backend.register("given", pa.table(texts)), columns, backend.by_row)
    rows = pa.Table.from_batches(backend.batches(table))
    backend.close()
    for place, column in enumerate(columns.values()):
        bad = pc.list_element(rows["bad"], place)
        found = zip(
            rows[x(column.fact.id)].to_pylist(), rows[span(column.fact.id)].to_pylist(), bad.to_pylist(), strict=True
        )
        for text, (value, ends, unread) in zip(spelt, found, strict=True):
            said = PROBLEM if unread else ends or (None if value is None else repr(value + 0.0))  # -0.0 is 0
            assert said == column.canonical(text), (column.fact.id, column.unit, text)


def test_a_bare_figure_of_a_range_is_in_the_unit_of_the_header() -> None:
    """Figures of a range without a unit are in that of the header, each of them."""
    column = Column("营业收入（亿元）", VOCABULARY["revenue_y0"], "亿元")
    ends = {"10-15": (100000, 150000), "5以上": (50000, TOP), "2-3万元": (2, 3), "5000万-1": (5000, 10000)}
    for typed, wanted in ends.items():
        value = column.value(typed)
        assert isinstance(value, Span)
        assert (value.low, value.high) == wanted


def test_a_range_decides_where_it_lies_on_one_side() -> None:
    """A range on one side of a threshold is decided; else it is said that a range is stated and what is needed."""

    def share(typed: str, lang: str = "zh") -> tuple[Outcome, str]:
        verdict = assess({"firm_name": "甲", "global_market_share_pct": typed}, as_of=DAY)
        [found] = [one for one in verdict.criteria if one.id == "global-share"]
        return found.outcome, found.checks[0].explanation.in_language(lang)  # type: ignore[arg-type]

    assert share("15%以上")[0] is Outcome.MET
    assert share("<15%")[0] is Outcome.NOT_MET
    assert share("10-20%") == (
        Outcome.UNDETERMINED,
        "全球市场占有率：10% 至 20%，须写明确切的数才能判定（要求不低于 15%）。",
    )
    firm = {"firm_name": "甲", "revenue_y0": "5000万元以上", "main_revenue_y0": 4000}
    verdict = assess(firm, "miit-2022-little-giant", DAY)
    told = [check.explanation.zh for one in verdict.criteria for check in one.checks]
    assert any("“上年度营业收入”只写了范围" in text for text in told)
    assert any("上年度营业收入：不低于 5,000 万元" in text for text in told)


STRANGE = {
    "企业名称": pa.array(["甲", "乙", "丙", "丁"]),
    "营业收入（元）": pa.array([Decimal("12345678.125"), None, Decimal("1e30"), None], pa.decimal256(60, 5)),
    "全球市场占有率(%)": pa.array([12.5, float("nan"), float("inf"), None], pa.float32()).cast(pa.float16()),
    "全球市场占有率排名": pa.array([b"2", b"", b"\xff\xfe", None]),
    "获奖日期": pa.array([datetime(2025, 5, 5, 16, tzinfo=UTC)] * 4, pa.timestamp("ns", "Asia/Shanghai")),
    "有效期内的称号": pa.array([["小巨人"], [], None, None]),
    "统一社会信用代码": pa.array(["a", "b", "c", "d"]).dictionary_encode(),
    "x1": pa.array([b"\xff", b"a", None, None]),
    "x2": pa.array([[("a", 1)], [], None, None], pa.map_(pa.string(), pa.int64())),
    "x3": pa.array([{"a": 1}, None, {"a": 2}, None]),
    "x4": pa.array([1, 2, 3, None], pa.duration("s")),
    "x5": pa.array([time(1, 2), None, None, None]),
    "x6": pa.array([float("inf"), 1e308, -1e308, 1e20]),
    "x7": pa.array([2**63] * 4, pa.uint64()),
    "x8": pa.array([Decimal("1e60"), None, None, None], pa.decimal256(76, 2)),
    "x9": pa.array([[[1]], None, [], None]),
    "x10": pa.array([None] * 4),
    "x11": pa.array([datetime(1, 1, 1)] * 4, pa.timestamp("us")),  # noqa: DTZ001
}
TABLE = pa.table(STRANGE)
ASKS = ("global_market_share_pct", "global_rank", "revenue_y0", "award_date", "valid_titles")


def test_parquet_of_any_type(tmp_path: Path) -> None:
    """Typed columns are read as what they say, whatever their type; figures that are none reject their row alone."""
    pq.write_table(TABLE, tmp_path / "in.parquet")
    order = Order(rulebook_asking(*ASKS), DAY, tmp_path / "out.jsonl", "jsonl", figures=True)
    order = replace(order, carry=True, rejected=tmp_path / "no.csv")
    screen_file(tmp_path / "in.parquet", order)
    first, *others = map(json.loads, order.output.read_text().splitlines())
    assert [row["firm_name"] for row in (first, *others)] == ["甲", "乙", "丁"]
    assert (first["global_market_share_pct"], first["global_rank"]) == (12.5, 2)
    assert first["营业收入（元）"].startswith("12345678.125")
    assert first["获奖日期"] == "2025-05-06"
    assert (first["x7"], first["firm_id"]) == ("9223372036854775808", "a")
    assert others[0]["global_market_share_pct"] is None
    with (tmp_path / "no.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["行号"], row["列"]) for row in csv.DictReader(file)] == [
            ("3", "营业收入（元）"),
            ("3", "全球市场占有率(%)"),
            ("3", "全球市场占有率排名"),
        ]


@pytest.mark.parametrize("kind", ["arrow", "polars", "pandas"])
def test_frames_of_any_type(kind: str) -> None:
    """The same holds of a table in Python; columns that are not read may be anything."""
    given: Any = TABLE
    if kind == "polars":
        dropped = ["全球市场占有率(%)", "营业收入（元）", "x2", "x8"]  # of types that Polars has not
        given = pl.from_arrow(TABLE.drop_columns(dropped)).with_columns(y=pl.Series([object()] * 4, dtype=pl.Object))
    if kind == "pandas":
        given = TABLE.drop_columns(["x11"]).to_pandas().assign(y=[object(), 1, "a", {1}], z=[10**30, 1, 2, 3])
    found = screen(given, as_of=DAY, catalog=rules_asking(*ASKS), figures=True)
    rows = pa.table(found).to_pylist() if kind != "polars" else found.to_dicts()
    assert [row["problems"] is None or row["problems"] != row["problems"] for row in rows] == [True, True, False, True]
    assert rows[0]["global_rank"] == 2


def test_a_parquet_header_twice(tmp_path: Path) -> None:
    """A column that stands twice is told; the first is not taken without a word."""
    twice = pa.Table.from_arrays(
        [pa.array(["甲"]), pa.array([20]), pa.array([10])], ["企业名称", "全球市场占有率", "全球市场占有率"]
    )
    pq.write_table(twice, tmp_path / "in.parquet")
    order = Order(rulebook_asking(*ASKS), DAY, tmp_path / "out.csv", "csv", rejected=tmp_path / "no.csv")
    with pytest.raises(InputError) as error:
        screen_file(tmp_path / "in.parquet", order)
    assert "全球市场占有率" in str(error.value)


def test_words_of_a_list_that_are_no_options(tmp_path: Path) -> None:
    """Titles that no criterion asks about keep nobody from being judged; one that cannot be read leaves open what it may be."""
    titles = [
        "高新技术企业、专精特新中小企业",
        "小距人",
        "国家级专精特新“小巨人”企业、小距人",
        "省级专精特新小巨人",
        "无",
    ]
    wanted = ["not_met", "undetermined", "met", "undetermined", "not_met"]
    criteria = []
    for typed, outcome in zip(titles, wanted, strict=True):
        verdict = assess({"firm_name": "甲", "valid_titles": typed}, as_of=DAY)
        [(found, check)] = [
            (one, part) for one in verdict.criteria for part in one.checks if part.fact == "valid_titles"
        ]
        criteria.append(found.outcome.value)
        assert check.outcome == outcome, typed
        assert bool(verdict.warnings) == (typed != "无"), typed
        if outcome == "undetermined":
            assert "无法识别" in check.explanation.zh
    rows = "".join(f"甲{n},{typed}\n" for n, typed in enumerate(titles))
    (tmp_path / "in.csv").write_text(f"企业名称,有效期内的称号\n{rows}", encoding="utf-8")
    order = Order(shipped().rulebook("cae-2021-champion"), DAY, tmp_path / "out.jsonl", "jsonl")
    screen_file(tmp_path / "in.csv", replace(order, rejected=tmp_path / "no.csv", warnings=tmp_path / "odd.csv"))
    judged = [json.loads(line) for line in order.output.read_text().splitlines()]
    assert [row[found.id] for row in judged] == criteria
    with (tmp_path / "odd.csv").open(encoding="utf-8-sig", newline="") as file:
        odd = list(csv.DictReader(file))
    assert [(row["行号"], row["填写内容"]) for row in odd] == [
        ("2", "高新技术企业"),
        ("3", "小距人"),
        ("4", "小距人"),
        ("5", "省级专精特新小巨人"),
    ]
    assert "有效期内的企业荣誉资质" in odd[0]["应如何填写"]


def test_ranges_and_strange_words_at_every_door(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Every command takes ranges and words that are no option, and prints what came of them in both languages."""
    firm = {
        "firm_name": "甲", "revenue_y0": "5000万元以上", "main_revenue_y0": "3000-4000", "employees_y0": "近300人",
        "valid_titles": "小距人、专精特新", "global_market_share_pct": ">15%", "net_profit_y0": "(500)",
        "rd_expense_y0": "100-120万元", "local_feature_points": "10-12",
    }  # fmt: skip
    profile = tmp_path / "firm.json"
    profile.write_text(json.dumps(firm), encoding="utf-8")
    for lang in ("zh", "en"):
        options = (str(profile), "--as-of", "2025-06-01", "--lang", lang)
        assert run(capfdbinary, "ladder", *options).code == 0
        assert run(capfdbinary, "evidence", *options, "--level", "srdi").code == 0
        for rulebook in ("miit-2022-srdi", "miit-2022-little-giant", "cae-2021-champion", "most-2017-tech-sme"):
            assert run(capfdbinary, "assess", *options, "--rulebook", rulebook).code == 0, rulebook


def test_a_title_that_is_over_in_a_list_of_json() -> None:
    """A list of JSON says of its titles when they are valid, and that all are over, as one cell does."""
    fact = VOCABULARY["valid_titles"]
    for raw, wanted in (
        (["小巨人（2021年-2024年）", "专精特新"], {"+-小巨人（2021年-2024年）", "srdi"}),
        (["小巨人", "专精特新（均已过期）"], {"?小巨人", "?专精特新（均已过期）"}),
        ([], set()),
    ):
        assert on_day(answer(fact, raw), DAY) == frozenset(wanted)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "专精特新（有效期到2026年12月）",
            "中的“专精特新（有效期到2026年12月）”在判定日已过期（有效至2026年12月31日）",
        ),
        ("专精特新（2028年7月至2031年6月）", "还没有生效（自2028年7月1日起有效）"),
        ("专精特新（22-25年）", "中的“专精特新（22-25年）”不能确定在判定日有效"),
        ("ISO9001", "中的“ISO9001”不在可选项之中"),
        ("ISO9001；专精特新（2020年至2024年）", "“专精特新（2020年至2024年）”在判定日已过期"),
    ],
)
def test_why_a_title_does_not_count(said: str, told: str) -> None:
    """A title that is over is said to be over, one to come to come; only what is doubtful is said to be doubtful."""
    for titles in (said, said.split("；")):
        found = assess({"valid_titles": titles}, as_of=date(2027, 6, 1), level="little_giant")
        [note] = [one.zh for one in found.notes if "有效期内的称号" in one.zh]
        assert told in note
        assert ("不在可选项之中" in note) == ("ISO" in note)


@pytest.mark.parametrize("term", ["22-25年", "有效期至25年", "22年7月-25年6月", "~2025", "19年", "22/25"])
def test_a_title_whose_term_is_not_understood_is_not_held_for_sure(term: str) -> None:
    """Years of two digits may be any: whether the title is still valid is open."""
    column = Column("称号", shipped().vocabulary["valid_titles"], "", date(2026, 6, 1))
    value = column.value(f"创新型（{term}）")
    assert is_partly_read(value)
    assert isinstance(value, frozenset)
    assert "innovative" not in value


def test_three_noughts_are_no_figure() -> None:
    """What a comma for thousands leaves behind in a cell of its own is not read as 0."""
    with pytest.raises(Unreadable, match="000"):
        answer(shipped().vocabulary["employees_y0"], "000")


@pytest.mark.parametrize("text", ["待补", "尚未核定", "后补", "不清楚", "TBD", "另行补报"])
@pytest.mark.parametrize("name", ["revenue_y0", "employees_y0", "abnormal_operation_list", "industry_sector"])
def test_what_is_not_known_yet(name: str, text: str) -> None:
    """A word for what somebody is still to find out is no figure; it is said that a blank is what is not known."""
    with pytest.raises(Unreadable) as refused:
        read_value(shipped().vocabulary.given[name], text)
    assert refused.value.instead.zh.endswith("。不知道的留空。")
    assert refused.value.instead.en.endswith(". Leave blank what is not known.")
    with pytest.raises(Unreadable) as refused:
        read_value(shipped().vocabulary.given[name], "大约很多")
    assert "留空" not in refused.value.instead.zh
