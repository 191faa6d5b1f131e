"""Sums, notes and signatures in a table of firms: never judged, never counted as firms, never lost."""

from __future__ import annotations

import csv
import json
from itertools import zip_longest
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import profile_of, screen
from engine.ground.errors import InputError
from engine.layout.no_firm import is_no_firm, no_firms, rows_to_look_at
from engine.layout.no_firm_words import AS_NAME
from engine.sql.database import described, fetched
from engine.tables.source import GAP
from tests.shell import run
from tests.small_rules import rules_asking

RULES = rules_asking("revenue_y0")
CODE = "91130132MA0AAAAA0W"
NO_NAMES = (
    "全市合计|规上工业企业合计(5家)|总和|总数|汇总|汇总数|累计|全部企业|全市|全国|全省规上工业|"
    "Grand Total|Sum|Average|Mean|Median|中位数|最大值|标准差|占比|增长率|同比增长|上年同期|行业平均水平|"
    "同行业均值|达标线|门槛值|标杆企业|其中：规上|其中:外资企业|#国有|制造业|通用设备制造业|大型|"
    "中小企业|小型企业（3家）|一、规上企业|2.制造业|其他|其他企业|总 部|本部|母公司|合并|合并数|抵消|"
    "内部抵销|样例|填写示例|示例：某某公司|（示例）XX有限公司|【样例】甲公司|例：A公司|"
    "2025年|续表|（续）|"
    "审核：李四|填表说明|填报说明：略|企业|员工|无|规模以上企业|本市|All|Others|最小值|"
    "注：以上不含分公司|示例行|样例公司|测试公司|测试企业1|示例A|Test|Demo company|机械行业|装备制造行业（3家）|"
    "（长沙小计）|（小计）|甲公司（合计）|甲集团(汇总)|"
    "集团本部|公司总部|长沙市|吴兴区|景宁畲族自治县|浙江省|"
    "桃江镇|城关街道|企业数|户数|单位数|名称|企业简称|以上共3家|以上12户|拟推荐企业名单|"
    "2026年申报企业汇总表|清单|续上表|接上页|"
    "下接|1、本表数据为合并口径|本表一式两份|（此页无正文）|以下空白|附：名单|附件1：略|"
    "第二批|第2批次|第一类|第三组|END|End|"
    "（完）|结束|"
    "（一）新申报企业|一、申报类|B类|甲类企业|省级专精特新企业|国家级小巨人企业（2家）|"
    "表格制作：李四|制作人：李四|导出时间：2026-3-1|"
    "币种：人民币|=====|_____|新申报|标准值|最低要求|申报条件|及格线|差额|总额|四季度|上半年|较上年|比上年增长|"
    "承上页|过次页|"
    "空白|无此企业|作废|已注销|同意推荐|附件1|个体工商户|序号"
)
LABELLED = (
    "税款所属期：2024-01-01至2024-12-31|数据期间：2024年1-12月|数据时点：2025年6月30日|"
    "更新时间：2026-05-01 12:30|版本：V2|"
    "（税款所属期：2024年）|批准文号：工信部〔2024〕1号|求和项:营业收入|dtype: object|Name: x, dtype: object|"
    "一、装备制造|一、机械制造|（二）生物医药产业|三、新材料|四．电子信息"
)
COUNTED = (
    "户均|计数|count|余杭区 计数|余杭区 户均|均值(AVG)|中位数（P50）|总共2家|一共3户|总计 2家|行标签|列标签|"
    "求和项:公司|"
    "sum of revenue|预测数|预算数|差距|差异|25%|≥5000|<300|10000以上|300及以下|5000~10000万元|500-1000万元|"
    "1000万元以下|不足1000万元"
)
TRADES = (
    "装备制造|机械制造|电子信息产业|上市公司|非上市公司|拟上市企业|新材料产业|高端装备制造|生物医药产业|"
    "新能源汽车产业|战略性新兴产业|"
    "汽车零部件制造|装备制造产业（3家）|2、装备制造|3.电子信息产业|数字经济"
)
OTHERS = (
    "代码|指标代码|栏次代码|示例企业有限公司|测试公司|例|Page 1 of 3|page 2|第 2 页 共 5 页|"
    "人民币元|（人民币 元）|金额单位 元|单位 元|in RMB|RMB'000|in RMB'000|人民币万元|(RMB million)|RMB in thousands|"
    "（填写企业全称）|填写全称|请填写企业全称|按营业执照填写|（与营业执照一致）|[2 rows x 5 columns]|企业填写"
)
TRADITIONAL = (
    "合計|總計|平均數|製造業|註：以上金額單位為萬元|製表人：張三|填報單位：桃園市政府|備註|說明|小計|總計（3家）|"
    "單位：萬元|審核人：李四|"
    "通用設備製造業|其他企業|範例|測試公司|填寫範例|長沙縣|全縣|數據來源：統計局|規模以上企業|更新時間：2026-05-01"
)
CLASSES = (
    "拟推荐|备选企业|小巨人|专精特新|专精特新中小企业|TRUE|（万元）|2026.5.20|5月20日|二〇二六年五月|（章）|注1|"
    "研发费用为加计扣除数|营业收入不含税|按单体报表填列|——以下空白——|重点培育|本月新增|上述企业均为规上"
)
NO_NAMES = f"{NO_NAMES}|{COUNTED}|{TRADES}|{TRADITIONAL}"
NAMES = (
    "合计公司|总计控股有限公司|备注科技有限公司|注塑机械厂|其中堂药业|共计（上海）贸易有限公司|"
    "注：塑机厂|全国供销科技有限公司|制造业创新中心有限公司|汇总信息科技有限公司|其他门道文化有限公司|"
    "一、甲公司|大中工业|小微|XXL服饰有限公司|示例轴承有限公司|大众公司|标准轴承厂|本部科技|例外服饰|测试仪器厂|"
    "苏州测试公司|行业通公司|示例行星传动|Testo|Demos|百家|九户|"
    "无锡公司|中环比特|永辉超市|乐山景区|甲产业联盟|新合作门市|水乡|古镇|第二批发|清单科技|名单科技|本表科技有限公司|"
    "完美世界|结束乐队|"
    "附子药业|以诺设计|按需设计|甲股份有限公司（合并）|单位：甲公司|币种：甲公司|甲公司园区|附件厂|续航科技|"
    "B类科技|新申报关有限公司|本田|户数科技|以岭药业|员工之家商贸有限公司|均值科技|2025|全市通物流公司|"
    "华西村股份有限公司|元氏县合计科技有限公司|一汽解放汽车有限公司|三一重工股份有限公司|上市公司服务有限公司|"
    "例外服饰有限公司|代码科技有限公司|"
    "中关村科技园区建设有限公司|北京一、二商业集团|华为|海尔集团|大疆|Page One Ltd|25度设计工作室|新材料|一、甲公司|"
    "（一）海尔集团|1、华为|2.大疆|"
    "企业名称：华为|公司名称:大疆|华为（原名：华为通讯）|中文：A公司|A: Page One Ltd|58同城|计数器厂|预测科技|"
    "填写笔业|万元科技|Count Basie Ltd|"
    "一得阁|三只松鼠|東方電子|京東方|廣達電腦|註塑機公司|合計科技有限公司|總計有限公司|鴻海精密工業股份有限公司|"
    "範例軸承有限公司|新能源|有限公司|XX公司|XX省XX厂|某某科技有限公司|XX有限公司|XX县某某机械制造有限公司|"
    "××省××市××精密机械零部件有限公司|**县**制造厂|某某|○○集团|XX企业"
)
APART = [
    ["", "合计", "17000"], ["", "城关镇小计", "9"], ["", "共计50家", ""], ["总 计（2家）", "", "1"],
    ["", "Subtotal:", "3"],
    ["", "填报单位：元氏县工信局", "5000"], ["填报单位：元氏县工信局", "填表人：张三", "审核人：李四"],
    ["", "元氏县工业和信息化局（盖章）", "2026年5月20日"], ["", "", "制表日期：2026.5.20"],
    ["", "联系电话：0311-84623456", ""],
    ["", "负责人（签字）：", ""], ["填表人", "张三", ""],
    ["", "主管领导签字：", ""], ["审核人签字：", "单位负责人签字：", "2026年6月28日"],
    ["", "经办人：", "张三"], ["", "填表人 张三", ""], ["", "2026年5月", ""],
    ["", "注1：以上不含分公司", "5"], ["", "*注：略", ""], ["", "元氏县", ""], ["", "一、制造业（3家）", ""],
    *(["", name, "9"] for name in NO_NAMES.split("|")),
    ["其他", "", "9"], ["制造业", "-", "9"], ["甲", "1", "2"], ["栏次", "1", "2"],
    *(["", page, ""] for page in ("— 2 —", "-3-", "· 3 ·", " - 3 - ", "–4–")), ["", "", "- 5 -"],
    ["", "本表由企业填写，盖章后有效。", ""], ["", "第1页，共3页", ""], ["", "单位：万元", "7"],
]  # fmt: skip
NUMBERED = [  # the first column is not read, then a code and a name
    ["机械行业", "", "", ""],
    ["（二）电子行业", "", "", "9"],
    ["电子行业（3家）", "", "", "9"],
    ["合计", "", "42家", "9"],
    ["小计", "", "2家", ""],
    ["合计：", "", "4", "9"],
    ["示例", CODE, "甲厂", "9"],
    ["例", CODE, "甲厂", "9"],
    ["代码", "301", "302", "303"],
    ["", "栏次代码", "A301", ""],
    ["经办人：", "", "张三", ""],
]
_APART_IN_FOUR = [  # a code, a name, and what stands in columns that are not read
    ["", "42家", "合计", "9"],
    ["", "共4户", "总计", ""],
    ["", "4", "合计：", "4"],
    [CODE, "XX精密制造有限公司（示例）", "示例", "9"],
    [CODE, "甲厂", "示例", "9"],
    *([CODE, "甲厂", said, "9"] for said in ("此行为示例", "示例，请删除", "（示例）", "範例，請刪除")),
    *(["", "甲厂", said, "9"] for said in ("範例", "填寫樣例", "本行为样例数据")),
    ["", "烟花爆竹零售业单位", "", "9"],
]
WIDER = [  # or of a whole list, which says of what year or in what unit it is
    *(["", name, "9"] for name in f"{LABELLED}|{OTHERS}|{CLASSES}".split("|")),
    *(["", name, "9"] for name in ("*金额：千元", "以元计", "以下为2024年数据", "以上为快报数")),
    *(["", name, "9"] for name in ("2024年度数据", "2025年上半年", "复核", "（二）复核企业")),
    ["", "", "审核人（签字）：", "李四", "日期：", "2026-3-1"],
    ["甲", "乙", "1", "2"], ["0", "1", "2", "3"], ["", "1", "2", "3"], ["1", "2", "3=1+2", "4"],
    ["序号", "乙", "（1）", "（2）", "（3）"],
    ["甲", "乙", "①", "②"], ["1", "2", "3", "4", "5"],
]  # fmt: skip
FIRMS = [
    ["", "合计科技有限公司", "5"], ["", "备注软件有限公司", ""], ["", "联系电话机厂", ""],
    ["", "元氏县总计轴承厂", "5"],
    [CODE, "合计", "5"], ["", "石家庄审核人科技有限公司", ""], ["", "单位名称：甲公司", "5"], ["", "元氏县统计局", "5"],
    ["", "乙", "元氏县"],
    *(["", name, "9"] for name in NAMES.split("|")),
    [CODE, "其他", "5"], [CODE, "甲", "1", "2"], ["", "甲厂", "1", "2"], ["", "甲", "1", "3"], ["甲", "1", "3"],
    ["", "", "1", "2"], ["无", "甲厂", "9"],
    ["", "", "5", "无"], ["", "", "制造业", "5"], ["其他", "甲厂", "9"], ["A1", "乙", "2", "3"], ["", "2", "3", "4"],
    ["", "中铁二局", ""], ["A1", "注明", "5"], ["", "申报单位：甲公司", "5"], ["", "日期科技", "5"],
    ["", "", "5"], ["", "-", "无"], ["", "", ""], ["", "小计划有限公司", "5"], ["", "甲厂", "联系人：", "张三"],
    ["", "张三", "经办人：", "张三", "5"], ["", "县办第一页岩砖厂", "5"],
    ["", "3", "- 3 -", "5"], ["", "甲厂", "例", "5"], ["", "甲厂", "示例工程设计", "5"], ["", "-3-", "5"],
    ["代码科技", "301", "302"], ["", "统一社会信用代码：91130132MA0AAAAA0W", "5"],
]  # fmt: skip


def _said_by_the_database(rows: list[list[str]], code: str, name: str) -> list[bool]:
    own = duckdb.connect()
    own.register("rows", pa.table({f"t{at}": list(cells) for at, cells in enumerate(zip_longest(*rows))}))
    table = described(own, "rows")
    table = table.mutate(cells=rows_to_look_at(table, code, name))
    return fetched(own, table.select(said=no_firms(table["cells"], table[code], table[name])))["said"].to_pylist()


def test_what_is_no_firms_row() -> None:
    """Python and the database say the same of every row."""
    rows = [*APART, *WIDER, *_APART_IN_FOUR, *FIRMS]
    said = _said_by_the_database(rows, "t0", "t1")
    expected = [True] * len(APART + WIDER + _APART_IN_FOUR) + [False] * len(FIRMS)
    assert list(zip(rows, said, strict=True)) == list(zip(rows, expected, strict=True))
    assert [is_no_firm(row[0], row[1], row) for row in rows] == expected


@given(names=st.lists(st.from_regex(AS_NAME, fullmatch=True).map(lambda name: name.replace(GAP, "")), min_size=1))
@settings(max_examples=50, deadline=None)
def test_every_name_that_is_none_is_looked_at(names: list[str]) -> None:
    """The database leaves out no row that Python says is no firm's."""
    rows = [["", name, "9"] for name in names]
    said = _said_by_the_database(rows, "t0", "t1")
    expected = [is_no_firm("", name, row) for name, row in zip(names, rows, strict=True)]
    assert [(name, one) for name, one in zip(names, expected, strict=True) if one] == [
        (name, one) for name, one in zip(names, said, strict=True) if one
    ]


_PIECES = [*"一二、.：（）()-·", "公司", "厂", "集团", "有限公司", "例", "示例", "数据", "计数"]
_PIECES += ["Page", "3", "25", "以上", "元", "人民币"]
_PIECES += ["单位", "製造業", "總計", "註", "產業", "装备", "代码", "填写全称", "企业名称", CODE, " ", "Ltd", "x", "某"]


def test_names_of_such_words() -> None:
    """Python and the database say the same of names that are put together from words of notes and of firms."""
    dice = Random(5)
    names = ["".join(dice.choices(_PIECES, k=dice.randint(1, 4))) for _ in range(6000)]
    rows = [["", name, "9" if place % 2 else "", ""] for place, name in enumerate(names)]
    said = _said_by_the_database(rows, "t0", "t1")
    expected = [is_no_firm("", name, row) for name, row in zip(names, rows, strict=True)]
    assert list(zip(rows, said, strict=True)) == list(zip(rows, expected, strict=True))


def test_a_word_in_a_column_that_is_not_read() -> None:
    """A sum, a group, an example or a signature may begin in the column of the numbers."""
    rows = [*NUMBERED, ["1", "", "制造业公司", "9"], ["2", CODE, "合计", "9"], ["合", "", "甲厂", "9"]]
    said = _said_by_the_database(rows, "t1", "t2")
    expected = [row in NUMBERED for row in rows]
    assert list(zip(rows, said, strict=True)) == list(zip(rows, expected, strict=True))
    assert [is_no_firm(row[1], row[2], row) for row in rows] == expected


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Give a list with a firm, one that cannot be judged, and what is no firm, the last of it with cells too few."""
    source = tmp_path / "in.csv"
    header = ["统一社会信用代码", "企业名称", "营业收入"]
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, [CODE, "甲", "5"], ["", "乙", "约5"], *APART, ["填表人：张三"]])
    return source


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_counts_speak_of_firms(
    capfdbinary: pytest.CaptureFixture[bytes], county: Path, tmp_path: Path, form: str
) -> None:
    """Two rows in, one judged, one rejected; the others are counted apart, and the warnings have their lines."""
    files = {name: tmp_path / name for name in ("rejected", "warnings", "summary")}
    options = [word for name, file in files.items() for word in (f"--{name}", str(file))]
    options += ["--rules", str(RULES.folder)]
    told = run(capfdbinary, "screen", str(county), "-o", str(tmp_path / f"out.{form}"), *options)
    summary = json.loads(files["summary"].read_text(encoding="utf-8"))
    names = ("rows_in", "verdicts", "rejected", "not_firms")
    assert [summary[name] for name in names] == [2, 1, 1, len(APART) + 1]
    assert f"合计、备注、落款行（不计）{len(APART) + 1:>15}".replace(" ", "") in told.err.replace(" ", "")
    for name, lines in (("rejected", [3]), ("warnings", range(4, 5 + len(APART)))):
        with files[name].open(encoding="utf-8-sig", newline="") as file:
            assert [int(row["行号"]) for row in csv.DictReader(file)] == list(lines)


def test_a_list_of_firms_without_fault_ends_with_0(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """A total and a signature are no reason to say that something was refused."""
    source = tmp_path / "in.csv"
    source.write_text("企业名称,营业收入\n甲,5\n合计,5\n填表人：张三,\n", encoding="utf-8")
    words = ("-o", str(tmp_path / "out.csv"), "--rules", str(RULES.folder))
    assert run(capfdbinary, "screen", str(source), *words).code == 0


def test_firms_without_their_names_are_judged(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """In a list whose firms are not named every row is judged, in a frame too."""
    names = ["XX县某某机械制造有限公司", "某某精密有限公司", "××县××制造厂", "**新材料集团", "某机械有限公司"]
    source = tmp_path / "in.csv"
    source.write_text("企业名称,营业收入\n" + "".join(f"{name},5\n" for name in names), encoding="utf-8")
    words = ("-o", str(tmp_path / "out.csv"), "--rules", str(RULES.folder))
    assert run(capfdbinary, "screen", str(source), *words).code == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["firm_name"] for row in csv.DictReader(file)] == names
    frame = pa.table({"企业名称": names, "营业收入": ["5"] * len(names)})
    assert screen(frame, catalog=RULES)["problems"].null_count == len(names)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_without_any_firm_is_refused(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, form: str
) -> None:
    """Where every row was taken for a sum or a note nothing is written, and the command says so and fails."""
    source = tmp_path / "in.csv"
    source.write_text("企业名称,营业收入\n机械制造,5\n测试公司,6\n", encoding="utf-8")
    told = run(capfdbinary, "screen", str(source), "-o", str(tmp_path / f"out.{form}"), "--rules", str(RULES.folder))
    assert told.code == 1
    assert "没有一行是企业：2 行都当作合计、备注或落款" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_one_firm_and_a_frame(county: Path) -> None:
    """A signature is no firm of a list either, and in a frame its row has that for a problem and no verdict."""
    with pytest.raises(InputError, match="has 2 firms"):
        profile_of(county)
    with pytest.raises(InputError, match="is a total, a note or a signature"):
        profile_of(county, row=4)
    frame = pa.table({"企业名称": ["甲", "填报单位：元氏县工信局"], "营业收入": ["5", ""]})
    first, second = screen(frame, catalog=RULES).select(["verdict", "problems"]).to_pylist()
    assert first["problems"] is None
    assert (second["verdict"], second["problems"][:3]) == (None, "企业名")


def test_half_a_name_names_nobody(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    """The rest of a broken name, one that is left open, and an error are rejected unless a code is there."""
    source = tmp_path / "in.csv"
    halves = ["公司", "有限公司", "股份有限公司", "有限责任公司", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#n/a"]
    halves += ["XX公司", "某某有限公司", "××厂"]
    below = [f",{half},5\n" for half in halves]
    source.write_text(f"统一社会信用代码,企业名称,营业收入\n{''.join(below)}{CODE},公司,5\n", encoding="utf-8")
    words = ("-o", str(tmp_path / "out.csv"), "--rules", str(RULES.folder))
    assert run(capfdbinary, "screen", str(source), *words).code == 1
    with (tmp_path / "out.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["企业名称"] for row in csv.DictReader(file)] == halves
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["firm_id"] for row in csv.DictReader(file)] == [CODE]
    for row in range(2, 2 + len(halves)):
        with pytest.raises(InputError, match="neither the id nor the name"):
            profile_of(source, row=row)
