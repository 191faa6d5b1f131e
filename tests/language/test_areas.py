"""Places: the divisions of China in `areas.csv`, and which of them a text names for sure."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Catalog, InputError, RulebookError, assess, rules_folder, shipped
from engine.assessment import read_profile
from engine.columns.values import with_values
from engine.ground.areas import CORPS, chain, within
from engine.headers.cells import Column
from engine.language.area_names import usual_words
from engine.language.area_text import division_exactly
from engine.language.option_text import option
from engine.screening.duckdb_backend import DuckdbBackend

AREA = shipped().vocabulary["area"]
UNREADABLE = None
SPELLINGS = {
    "33": "浙江 浙江省 33 33.0 330000 浙 浙江省义乌市 浙江义乌 浙江省朝阳区 浙江杭州湾新区 浙江省南京路1号",
    "3301": "3301 330100 330106 杭州 杭州市 杭州市余杭区 浙江省杭州市 浙江杭州 浙江-杭州 浙江/杭州市/余杭区 "
    "中国浙江省杭州市 杭州，浙江 3301杭州市 浙江杭州余杭区 Hangzhou Hangzhou,Zhejiang Hangzhou,China",
    "3302": "浙江省宁波市鄞州区××路1号 浙江省宁波市杭州湾新区 浙江省宁波市鄞州区南京路1号",
    "11": "北京市海淀区 北京朝阳区 北京市市辖区 110108 北京门头沟区 Beijing 京",
    "12": "天津河东区 天津市和平区",
    "31": "上海市浦东新区 310115 中国(上海)自由贸易试验区",
    "22": "吉林 吉林省 Jilin",
    "2202": "吉林市 吉林省吉林市 吉林省吉林 220200",
    "2201": "吉林省长春市吉林大路",
    "46": "海南 海南省",
    "6325": "海南州 青海海南州 青海海南 青海省海南藏族自治州",
    "2113": "朝阳市 辽宁朝阳 辽宁省朝阳市",
    "3211": "江苏镇江市丹阳市",
    "5111": "四川省乐山市峨眉山市",
    "2310": "黑龙江省牡丹江市西安区",
    "4228": "恩施州 恩施市 湖北恩施",
    "3205": "Suzhou,Jiangsu 苏州",
    "4403": "廣東省深圳市",
    "66": "新疆生产建设兵团 新疆兵团第八师 兵团 新疆生产建设兵团第八师石河子市 XPCC",
    "6501": "新疆乌鲁木齐市兵团大厦",
    "659001": "新疆维吾尔自治区石河子市 石河子",
    "429004": "仙桃 湖北省省直辖县级行政区划仙桃市 429004",
    UNREADABLE: "杭州/Nanjing 朝阳区 朝阳 南京路 浙江省南京市 浙江省朝阳市 浙江南京 外省 境外 全国 中国 省内 本省 "
    "浙江、江苏 浙江及江苏 浙江和江苏 浙江江苏 浙江等 浙江省其他 浙江以外 除浙江外 海南区 河北区 西安区 "
    "河南蒙古族自治县 上海庙镇 香港中路 上海市场 北京东路 杭州余杭区 余杭区 长三角 宁 兵团大厦 99 339 "
    "3399 330106000 311100杭州市余杭区 2025年浙江 Suzhou Suzhou,Zhejiang Nanjing,Zhejiang "
    "Zhejiang,Jiangsu 无锡杭州 杭州市南京市",
}


def test_file_has_every_division() -> None:
    """All provinces and the Corps, 333 cities and prefectures, 32 counties under a province; each in its province."""
    assert Counter(map(len, AREA.choices)) == {2: 34 + 1, 4: 293 + 30 + 7 + 3, 6: 1 + 4 + 15 + 12}
    kinds = Counter(one.zh[-1] for code, one in AREA.choices.items() if len(code) == len("3301"))
    assert kinds == {"市": 293, "州": 30, "区": 7, "盟": 3}
    assert all(code[:2] in AREA.choices for code in AREA.choices)
    assert len({one.zh for one in AREA.choices.values()}) == len({one.en for one in AREA.choices.values()}) == 400


def test_usual_words() -> None:
    """What the database reads by itself is what the text reads as."""
    assert all(option(AREA, word) == code for word, code in usual_words(AREA).items())


def test_exactly() -> None:
    """A province or a city is one by its usual names and codes; what says more, or is a county, is none."""
    assert all(division_exactly(AREA, word) == code for word, code in usual_words(AREA).items())
    for code, place in AREA.choices.items():
        assert {division_exactly(AREA, word) for word in (place.zh, place.en, *place.aliases)} == {code}
    whole = {
        "浙江宁波": "3302",
        "330200": "3302",
        "浙江省 / 宁波市": "3302",
        "Ningbo, Zhejiang": "3302",
        "恩施": "4228",
    }
    assert {word: division_exactly(AREA, word) for word in whole} == whole
    parts = "湖南省浏阳市 湖南省衡阳县 湖南省长沙市浏阳市 430181 恩施市 310115 重庆市辖县 Yuhang,Hangzhou 浙江省等"
    assert not any(division_exactly(AREA, word) for word in parts.split())


def test_column(tmp_path: Path) -> None:
    """A column of places has the codes, whether the database knows the words or they are read as text."""
    words = {"浙江省": "33", "浙江省杭州市": "3301", "浙江/杭州": "3301", "火星": None, "": None, "659001": "659001"}
    with closing(DuckdbBackend(tmp_path)) as backend:
        table = backend.register("places", pa.table({"t0": [*words]}))
        (batch,) = backend.batches(with_values(table, {"t0": Column("省份", AREA, "")}, backend.by_row))
    assert batch["x_area"].to_pylist() == [*words.values()]


def test_within_and_chain() -> None:
    """A city lies in its province and in no other; nothing lies in the Corps."""
    assert all(within(code, outer) for code in AREA.choices for outer in chain(code))
    assert [chain(code) for code in ("3302", "33", "419001")] == [("3302", "33"), ("33",), ("419001", "41")]
    assert [code for code in AREA.choices if within(code, CORPS)] == [CORPS]


@pytest.mark.parametrize(
    ("text", "code"), [(one, code) for code, several in SPELLINGS.items() for one in several.split()]
)
def test_spelling(text: str, code: str | None) -> None:
    """A place as people write it is the most specific division that it names for sure, or none."""
    assert option(AREA, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hangzhou, Zhejiang, P.R. China", "3301"),
        ("Yuhang District, Hangzhou City, Zhejiang Province", "3301"),
        ("Inner Mongolia Autonomous Region", "15"),
        ("Zhejiang Province", "33"),
        ("Jilin City", "2202"),
        ("Xi’an, Shaanxi", "6101"),
        ("浙江省 杭州市", "3301"),
        ("Nanjing Road", None),
        ("Zhejiang and Jiangsu", None),
        ("", None),
    ],
)
def test_spelling_with_spaces(text: str, code: str | None) -> None:
    """English names may stand in any of the usual forms."""
    assert option(AREA, text) == code


@given(st.sampled_from(sorted(AREA.choices)))
def test_every_name_reads_as_itself(code: str) -> None:
    """The code, the names, and the full name behind that of the province are the division."""
    one, province = AREA.choices[code], AREA.choices[code[:2]]
    english = one.en.replace(" (", ", ").rstrip(")")
    words = [code, code.ljust(6, "0"), one.zh, one.en, english, *one.aliases]
    words += [f"{province.zh}{one.zh}", f"{province.aliases[0]}{one.zh}", f"{province.zh}/{one.zh}", f"{code} {one.zh}"]
    assert {option(AREA, word) for word in words} == {code}


NAMES = [(word, code) for code, one in AREA.choices.items() for word in (one.zh, one.en, *one.aliases)]


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["", " ", "/", "、", "和", ", "]))
def test_two_places_are_neither(one: tuple[str, str], other: tuple[str, str], mark: str) -> None:
    """Two divisions of different provinces, one behind the other, are never read as either."""
    found = option(AREA, f"{one[0]}{mark}{other[0]}")
    if one[1][:2] != other[1][:2] and {one[1][:2], other[1][:2]} != {"65", CORPS}:
        assert found not in {one[1], other[1]} or found in {code for word, code in NAMES if word == one[0] + other[0]}


def test_profile() -> None:
    """A profile may state the area by its id or by a name of a column."""
    for key in ("area", "所在地", "省份", "Province"):
        stated = read_profile({key: "浙江省杭州市"}, shipped(), date(2026, 6, 1))
        assert stated.values == {"area": "3301"}
    with pytest.raises(InputError) as refused:
        assess({"所在地": "浙江、江苏"}, as_of=date(2026, 6, 1))
    (problem,) = refused.value.problems
    assert "省份，如“浙江省”" in problem.in_language("zh")
    assert len(problem.in_language("en")) < 200


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("3301,杭州市", "3301,宁波市", "areas.csv:97: “宁波市” stands on line 96 already"),
        ("code,zh", "code,name", "areas.csv:1: the first line must be code,zh,en,aliases"),
        (
            "3301,杭州市,Hangzhou,杭州",
            "3301,杭州市,Hangzhou",
            "areas.csv:96: “3301,杭州市,Hangzhou” must have four cells",
        ),
        (",杭州\n", ",杭州;\n", "has an empty alias"),
    ],
)
def test_broken_file(tmp_path: Path, old: str, new: str, says: str) -> None:
    """A mistake in the file of options is told with its line."""
    file = _copied(tmp_path)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        _ = Catalog(tmp_path / "rules").vocabulary
    assert any(says in problem.in_language("en") for problem in caught.value.problems), caught.value.problems


def test_digest_covers_the_file(tmp_path: Path) -> None:
    """Another option is another vocabulary, and the same rulebooks as long as none asks for the area."""
    file = _copied(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace(",杭州\n", ",\n", 1), encoding="utf-8")
    other = Catalog(tmp_path / "rules")
    assert other.vocabulary.digest != shipped().vocabulary.digest
    assert all(other.rulebook(name).digest == shipped().rulebook(name).digest for name in other.ids)


def _copied(folder: Path) -> Path:
    shutil.copytree(rules_folder(), folder / "rules")
    return folder / "rules" / "areas.csv"
