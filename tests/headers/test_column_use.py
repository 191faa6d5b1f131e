"""What is said of the columns that are read, of those that are not, and how a mapping is kept."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl import load_workbook

from engine import InputError, Order, mapping_file, ruling, screen, shipped
from engine.headers.understanding import understand
from engine.judging.column_use import in_use
from tests.shell import run
from tests.small_rules import rules_asking

DAY = date(2026, 6, 1)
TEXT = "企业名称,年销售额,国内市场占有率（%）,员工人数,参保人数,备注\n甲,18500,30,210,200,无\n"


Capture = pytest.CaptureFixture[bytes]


def screened(capture: Capture, *arguments: str) -> tuple[int, str]:
    """Give the exit code of `champion screen` and what it says."""
    result = run(capture, "screen", *arguments, "--as-of", DAY.isoformat(), "--lang", "zh")
    return result.code, result.err


def told(headers: list[str], rulebook: str) -> list[str]:
    """Give what is said of each header under a rulebook."""
    book = shipped().rulebook(rulebook)
    return [one.how.zh for one in in_use(understand(headers, book.vocabulary, as_of=DAY), [book]).columns]


def test_what_a_rulebook_asks_instead() -> None:
    """A column that is read and not used is told so, with the same figure of another market or year."""
    name, domestic, old, certs = told(
        ["企业名称", "国内市场占有率", "上上年度营业收入", "体系认证"], "cae-2021-champion"
    )
    assert name == "读作 企业名称"
    assert domestic == "读作 国内市场占有率；本规则不用，它问的是“全球市场占有率”"
    assert "本规则不用，它问的是“上年度营业收入”" in old
    assert certs == "读作 管理体系认证；本规则不用"
    both = told(["企业名称", "国内市场占有率", "全球市场占有率"], "cae-2021-champion")
    assert both[1:] == ["读作 国内市场占有率；本规则不用", "读作 全球市场占有率"]


def test_of_a_total_which_part_is_asked() -> None:
    """A total that no edition uses is told with the part that is; not where the part is stated too."""
    name = "自主申请、与主导产品相关且已应用的Ⅰ类知识产权"
    for book in ("miit-2026-little-giant", "miit-2026-srdi"):
        _, total = told(["企业名称", "Ⅰ类知识产权数量"], book)
        asked = f"它问的是其中的“{name}”，没有填的按不大于这一数判断；是哪一个就写哪一个：--map Ⅰ类知识产权数量={name}"
        assert total == f"读作 Ⅰ类知识产权总数；本规则不用，{asked}"
        assert told(["Ⅰ类知识产权数量", name], book)[0] == "读作 Ⅰ类知识产权总数；本规则不用"


def test_a_total_that_is_of_no_use_is_among_what_is_to_be_said(capfdbinary: Capture, tmp_path: Path) -> None:
    """It stands below those that are of use, with what to copy; in the draft of a mapping; on the page of the list."""
    table, draft, name = tmp_path / "a.csv", tmp_path / "对照.txt", "Ⅰ类知识产权（件）"
    table.write_text(f"企业名称,{name}\n甲,3\n", encoding="utf-8")
    words = ("--level", "小巨人", "--map-draft", str(draft), "--summary", str(tmp_path / "s.json"))
    _, said = screened(capfdbinary, str(table), "-o", str(tmp_path / "o.xlsx"), *words)
    assert f"--map {name}=" in said.partition("未读取、或读了用不上的列：")[2]
    line = f"# {name}=自主申请、与主导产品相关且已应用的Ⅰ类知识产权"
    assert line in draft.read_text("utf-8-sig").splitlines()
    run(
        capfdbinary,
        "screen",
        str(table),
        "-o",
        str(tmp_path / "e.csv"),
        *words[:2],
        "--map-draft",
        str(tmp_path / "e"),
        "--lang",
        "en",
    )
    assert f"# {name}=ip_class1_own_related_applied" in (tmp_path / "e").read_text("utf-8-sig").splitlines()
    draft.write_text(line.removeprefix("# "), encoding="utf-8")
    _, said = screened(capfdbinary, str(table), "-o", str(tmp_path / "m.xlsx"), *words[:2], "--map-file", str(draft))
    assert f"{name} 读作 自主申请、与主导产品相关且已应用的Ⅰ类知识产权" in " ".join(said.split())
    [_, column] = json.loads((tmp_path / "s.json").read_text("utf-8"))["columns"]
    assert "ip_class1_own_related_applied" in column["maybe"]
    page = load_workbook(tmp_path / "o.xlsx").worksheets[1]
    texts = [str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell]
    assert any(one.startswith(f"名单中未读取、或读了用不上的列：{name}") for one in texts)


@pytest.mark.parametrize("header", ["是否设立研发机构", "是否建立研发机构", "有无研发机构"])
def test_whether_there_is_one_of_several(header: str, capfdbinary: Capture, tmp_path: Path) -> None:
    """Such a header is told what it may be and what its cells must say; 有 does not say which, and stays unknown."""
    [how] = told([header], "miit-2022-little-giant")
    assert f"--map {header}=研发机构建设情况，格内可填：“技术研究院”" in how
    table = tmp_path / "a.csv"
    table.write_text(f"企业名称,{header}\n甲,有\n乙,无\n丙,企业技术中心\n", encoding="utf-8")
    words = ("--rulebook", "miit-2022-little-giant", "--map", f"{header}=研发机构建设情况")
    warned = tmp_path / "w.csv"
    screened(capfdbinary, str(table), "-o", str(tmp_path / "o.csv"), *words, "--warnings", str(warned))
    [line] = [one for one in warned.read_text("utf-8").splitlines() if ",研发机构建设情况," in one]
    assert "甲" in line
    assert "中的“有”只说有，没有写是哪几项，按不知道计；请写是哪几项" in line
    assert "可填：“技术研究院”" in line
    assert "；没有的填“无”" in line


def test_a_table_without_a_figure_of_use(capfdbinary: Capture, tmp_path: Path) -> None:
    """With a name alone there is a caution; strict, it is a problem at every door and nothing is written."""
    (tmp_path / "firms.csv").write_text("企业名称,备注\n甲,无\n", encoding="utf-8")
    rules = rules_asking("global_rank")
    arguments = [str(tmp_path / "firms.csv"), "-o", str(tmp_path / "out.csv"), "--rules", str(rules.folder)]
    code, said = screened(capfdbinary, *arguments)
    assert (code, "没有一列是本规则要用的指标" in said) == (0, True)
    (tmp_path / "out.csv").unlink()
    code, said = screened(capfdbinary, *arguments, "--strict")
    assert (code, "没有一列是本规则要用的指标" in said, (tmp_path / "out.csv").exists()) == (1, True, False)
    with pytest.raises(InputError, match="no column states a fact"):
        screen(pa.table({"企业名称": ["甲"]}), as_of=DAY, strict=True, catalog=rules)
    ranked = pa.table({"企业名称": ["甲"], "世界排名": ["1"]})
    assert screen(ranked, as_of=DAY, strict=True, catalog=rules).num_rows == 1


def test_a_mapping_is_drafted_completed_and_kept(capfdbinary: Capture, tmp_path: Path) -> None:
    """The draft has every column that is not read, with what it may be; completed it is read, under what is typed."""
    source, draft = tmp_path / "firms.csv", tmp_path / "map.txt"
    source.write_text(TEXT, encoding="utf-8")
    rules = rules_asking("revenue_y0", "employees_y0")
    book = ["--rules", str(rules.folder), "-o", str(tmp_path / "out.csv"), str(source)]
    assert screened(capfdbinary, *book, "--map-draft", str(draft))[0] == 0
    lines = draft.read_text(encoding="utf-8-sig").splitlines()
    assert lines[2:] == ["# 年销售额=上年度营业收入", "# 参保人数=全职员工数量", "# 备注="]
    assert "已有这个文件" in screened(capfdbinary, *book, "--map-draft", str(draft))[1]
    draft.write_text("\n".join([*lines[:2], "年销售额=营业收入", *lines[3:]]), encoding="gb18030")
    summary = tmp_path / "summary.json"
    assert screened(capfdbinary, *book, "--map-file", str(draft), "--summary", str(summary))[0] == 0
    columns = {one["header"]: one["fact"] for one in json.loads(summary.read_text(encoding="utf-8"))["columns"]}
    assert (columns["年销售额"], columns["参保人数"]) == ("revenue_y0", None)
    assert (
        screened(
            capfdbinary, *book, "--map-file", str(draft), "--map", "年销售额=revenue_y1", "--summary", str(summary)
        )[0]
        == 0
    )
    assert json.loads(summary.read_text(encoding="utf-8"))["columns"][1]["fact"] == "revenue_y1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"a revenue_y0\n", "is not COLUMN=FACT"),
        ("年销售额=revenue_y0\n年销售额=revenue_y0".encode(), "says the same of one column twice"),
        (b"PK\0\0", "is no file of NAME=VALUE"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_mapping(tmp_path: Path, text: bytes | None, said: str) -> None:
    """What is wrong with a file of mappings is told, with the file."""
    path = tmp_path / "map.txt"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(InputError, match=said):
        mapping_file(path)


def test_a_mapping_to_no_fact_suggests_one() -> None:
    """A fact that is misspelt in Chinese or as an id is suggested."""
    vocabulary = shipped().vocabulary
    for word, near in (("营业收人", "营业收入"), ("revenu_y0", "revenue_y0"), ("qqqq", "champion facts")):
        [problem] = understand(["企业名称", "x"], vocabulary, {"x": word}, as_of=DAY).problems
        assert near in problem.in_language("en")


def test_a_column_that_one_of_the_editions_uses(tmp_path: Path) -> None:
    """Of a level with a text for new applications and one for reviews only what neither asks is told as not used."""
    chosen, headers = ruling(shipped(), None, "little_giant", DAY), ["企业名称", "2024年主营业务收入"]
    for routes, is_used in ((chosen.routes, True), (None, False)):
        order = Order(chosen.rulebook, DAY, tmp_path / "out.csv", "csv", routes=routes)
        how = order.understood(headers).columns[1].how.zh
        assert ("不用" not in how) is is_used, how
