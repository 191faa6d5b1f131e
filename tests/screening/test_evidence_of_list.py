"""What an officer hands on from a list: each firm its papers, its missing figures and what to correct."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.app import create_app
from api.form import FORMS
from engine import InputError, assess, evidence, evidence_of_list, profile_of, shipped
from engine.screening import open_list
from engine.screening.evidence_of_list import FirmEvidence
from engine.screening.evidence_workbook import page_bytes
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY = date(2026, 6, 1)
BY = ("--level", "小巨人", "--as-of", "2026-06-01")
LIST = """企业名称,统一社会信用代码,申报类型,营业收入（万元）,职工总数,研发人员,联系人
甲厂,A1,新申报,5000,100,20,张三
乙厂,B1,复核,约5,100,20,李四
丙厂,C1,复核,6000,90,,王五
丁厂,D1,,0.5,90,10,
合计,,,11000,290,40,
"""


@pytest.fixture(name="firms")
def written(tmp_path: Path) -> Path:
    """Give a list with a new application, a firm that is rejected, a review, a doubtful figure and a sum."""
    (path := tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    return path


def test_each_firm_is_asked_for_what_it_is_asked_for_alone(firms: Path) -> None:
    """Papers, missing figures and notes of a row are those of its profile, by the edition that is its own."""
    found = evidence_of_list(firms, level="小巨人", as_of=DAY)
    assert [(one.line, one.firm.firm_name) for one in found.firms] == [
        (2, "甲厂"),
        (3, "乙厂"),
        (4, "丙厂"),
        (5, "丁厂"),
    ]
    assert (found.headers, [one.beside for one in found.firms]) == (
        ("联系人",),
        [("张三",), ("李四",), ("王五",), ("",)],
    )
    for one in found.firms:
        if one.line == 3:
            with pytest.raises(InputError) as alone:
                profile_of(firms, row=3, level="小巨人", as_of=DAY)
            assert (one.problems, one.evidence) == (alone.value.problems, None)
            continue
        profile = profile_of(firms, row=one.line, level="小巨人", as_of=DAY)
        verdict = assess(profile, level="小巨人", as_of=DAY)
        assert one.evidence == (own := evidence(profile, level="小巨人", as_of=DAY))
        told = tuple(note for note in verdict.notes if "117号" not in note.zh)
        assert (own.verdict, own.missing, own.notes) == (verdict.verdict, verdict.missing, told)
    assert {one.evidence.rulebook.id for one in found.firms if one.evidence} == {
        "miit-2026-little-giant",
        "miit-2022-little-giant",
    }


def test_it_is_written_by_firm_and_by_paper(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """A row a firm and paper with whom to call; which firms, by paper; the CSV has the rows of the first sheet."""
    for name in ("out.xlsx", "out.csv"):
        answer = run(capfdbinary, "evidence", str(firms), *BY, "--carry", "-o", str(tmp_path / name))
        assert (answer.code, answer.out) == (1, "")  # a firm is rejected
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["各企业", "按材料"]
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:6] == ["行号", "统一社会信用代码", "联系人", "结论", "企业名称", "类别"]
    page = [["" if cell is None else str(cell) for cell in row] for row in book["各企业"].iter_rows(values_only=True)]
    assert page[page.index(head) + 1 :][: len(rows)] == rows
    kinds = {row[4]: [one[5] for one in rows if one[4] == row[4]] for row in rows}
    assert kinds["乙厂"] == ["依据", "请更正"]
    assert list(dict.fromkeys(kinds["丁厂"])) == [
        "依据",
        "结论",
        "请核对",
        "补充指标",
        "待评审",
        "材料",
        "主管部门核对",
    ]
    [wrong] = [row for row in rows if row[5] == "请更正"]
    assert wrong[6] == "营业收入（万元） “约5” 只是约数"
    papers = {row[1]: row[2:] for row in book["按材料"].iter_rows(min_row=2, values_only=True) if row[0] == "材料"}
    assert papers["称号证书或公告（所复核的称号）"] == (1, "丙厂（第 4 行）")
    assert papers["营业执照"] == (3, "已比对的 3 家都要")
    assert {row[5]: row[8] for row in rows if "由主管部门核对" in row[6]} == {
        "主管部门核对": "–"
    }  # no paper to hand in
    assert all(row[7].startswith("企业不填；见") for row in rows if row[5] == "待评审")


def test_a_list_is_no_page(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """Text and JSON are of one firm: of a list it is said what is written; a list of one firm is one to tick."""
    for name in ("out.txt", "out.json"):
        answer = run(capfdbinary, "evidence", str(firms), *BY, "-o", str(tmp_path / name))
        assert (answer.code, "champion evidence -o 材料.xlsx" in answer.err) == (1, True)
    one = tmp_path / "one.csv"
    one.write_text("\n".join(LIST.splitlines()[:2]), encoding="utf-8")
    assert run(capfdbinary, "evidence", str(one), *BY, "-o", str(tmp_path / "one.xlsx")).code == 0
    assert load_workbook(tmp_path / "one.xlsx").sheetnames == ["材料"]


@pytest.mark.parametrize("verb", ["assess", "evidence", "ladder"])
def test_a_rejected_firm_is_told_what_is_fine(firms: Path, capfdbinary: Capture, verb: str) -> None:
    """No verdict, what to correct and where, and that the other figures were read; of a sum none of it."""
    by = BY if verb != "ladder" else BY[2:]
    answer = run(capfdbinary, verb, str(firms), "--firm", "乙厂", *by)
    assert (answer.code, answer.out) == (1, "")
    assert "名单.csv:3:营业收入（万元）: “约5” 只是约数" in answer.err
    assert "乙厂（第 3 行）未比对，没有结论：请改正上面 1 处，其余 3 项已读取。" in answer.err
    assert "未比对" not in run(capfdbinary, verb, str(firms), "--row", "6", *by).err


def test_only_columns_that_may_state_a_fact_are_named_again(tmp_path: Path, capfdbinary: Capture) -> None:
    """Of one firm the screening's other columns, such as whom to call, are not told again."""
    path = tmp_path / "a.csv"
    path.write_text(
        "企业名称,联系人,联系电话,年销售额,乡镇\n甲,张三,13800000000,5000,城关镇\n乙,,,,\n", encoding="utf-8"
    )
    told = run(capfdbinary, "assess", str(path), "--firm", "甲", *BY).err
    assert "没有用上的列：年销售额（" in told
    assert "联系" not in told


def test_whom_to_call_stands_beside_what_is_wrong(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """With --carry in the file of rejected rows and the sheet, behind the name; without, a line says what adds it."""
    whose = ["3", "B1", "乙厂", "李四"]
    for name in ("out.csv", "out.xlsx"):
        carried = run(capfdbinary, "screen", str(firms), *BY, "--carry", "-o", str(tmp_path / name)).err
        with (tmp_path / "out.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
            head, row = csv.reader(file)
        assert (head[3:5], row[:4], row[4]) == (["联系人", "列"], whose, "营业收入（万元）")
        bare = run(capfdbinary, "screen", str(firms), *BY, "-o", str(tmp_path / f"bare_{name}")).err
        assert ("加 --carry" in carried, "加 --carry" in bare) == (False, True)
    told = {name: [*load_workbook(tmp_path / name)["未比对的企业"].values] for name in ("out.xlsx", "bare_out.xlsx")}
    assert [str(cell) for cell in told["out.xlsx"][1][:4]] == whose
    assert len(told["out.xlsx"]) == 2
    assert "加 --carry" in str(told["bare_out.xlsx"][2][0])


def test_whom_to_call_stands_there_over_http(firms: Path) -> None:
    """In the archive, in an answer line by line and as CSV too; the problems are the same without."""
    client = TestClient(create_app())

    def sent(accept: str, carry: str) -> bytes:
        url = f"/v1/screenings?level=little_giant&as_of={DAY}&carry={carry}"
        file = {"file": ("a.csv", firms.read_bytes())}
        return client.post(url, files=file, headers={"Accept": accept, "Accept-Language": "zh"}).content

    with zipfile.ZipFile(io.BytesIO(sent("application/zip", "yes"))) as archive:
        [name] = [one for one in archive.namelist() if "rejected" in one]
        [row] = csv.DictReader(archive.read(name).decode("utf-8-sig").splitlines())
    assert row["联系人"] == "李四"
    lines = [json.loads(line) for carry in ("yes", "no") for line in sent("application/jsonl", carry).splitlines()]
    carried, bare = (one["row"] for one in lines if one["kind"] == "rejected")
    assert carried == {**bare, "carried": {"联系人": "李四"}}
    assert [row["联系人"] for row in csv.DictReader(sent("text/csv", "yes").decode("utf-8-sig").splitlines())][
        -1
    ] == "李四"


def test_what_a_firm_cannot_check_is_not_told_it_and_one_of_several_is_enough(
    tmp_path: Path, capfdbinary: Capture
) -> None:
    """A note about the text goes to no firm; of figures of which one is enough each says which others there are."""
    (path := tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    anew, _, review, _ = (one.evidence for one in evidence_of_list(path, level="小巨人", as_of=DAY).firms)
    assert anew is not None
    assert review is not None
    alone = assess(profile_of(path, row=4, level="小巨人", as_of=DAY), level="小巨人", as_of=DAY)
    assert any("117号" in one.zh for one in alone.notes)
    assert not any("117号" in one.zh for one in review.notes)
    assert [{*way} for way in anew.one_of] == [
        {"domestic_market_share_pct", "global_market_share_pct", "domestic_rank"}
    ]
    assert [{*way} for way in review.one_of] == [{"mgmt_certs", "foreign_product_certs"}]  # each has several options
    run(capfdbinary, "evidence", str(path), "-o", str(tmp_path / "材料.csv"), *BY, "--lang", "zh")
    told = (tmp_path / "材料.csv").read_text(encoding="utf-8-sig")
    assert "同国内市场占有率、国内市场占有率排名有一项达到要求即可" in told
    assert "同管理体系认证有一项达到要求即可" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_firm_that_fails_is_told_so_with_its_papers(tmp_path: Path, capfdbinary: Capture, lang: str) -> None:
    """The verdict stands first, with the title that is to be held first and what a figure falls short by."""
    (path := tmp_path / "a.csv").write_text(
        "企业名称,申报类型,已获称号,上年度营业收入（万元）\n甲厂,新申报,创新型中小企业,3900\n", encoding="utf-8"
    )
    says = {
        "zh": ("结论：不符合。", "要求包含专精特新中小企业", "上年度营业收入：3,900 万元，要求不低于 5,000 万元"),
        "en": ("Verdict: not qualified.", "required: including SRDI SME", "required: at least CNY 50 million"),
    }[lang]
    screen = run(capfdbinary, "evidence", str(path), "--firm", "甲厂", *BY, "--lang", lang).out
    for form in ("a.xlsx", "a.zip", "一家.xlsx"):
        only = ("--firm", "甲厂") if form == "一家.xlsx" else ()
        run(capfdbinary, "evidence", str(path), *BY, *only, "--lang", lang, "-o", str(tmp_path / form))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        pages = [tmp_path / "a.xlsx", tmp_path / "一家.xlsx", io.BytesIO(archive.read("2 甲厂.xlsx"))]
    told = ["".join(str(cell) for row in load_workbook(one).worksheets[0].values for cell in row) for one in pages]
    for where in ("".join(screen.split()), *("".join(one.split()) for one in told)):
        assert all("".join(one.split()) in where for one in says)


def test_each_firm_has_a_page_of_its_own(firms: Path, tmp_path: Path, capfdbinary: Capture) -> None:
    """The sheet breaks before each firm under a head that names no other; a .zip has a page a firm, as it has alone."""
    for name in ("材料.xlsx", "材料.zip"):
        run(capfdbinary, "evidence", str(firms), *BY, "--lang", "zh", "-o", str(tmp_path / name))
    sheet = load_workbook(tmp_path / "材料.xlsx")["各企业"]
    page = [[*map(str, row)] for row in sheet.iter_rows(values_only=True)]
    first = [n for n, row in enumerate(page) if row[4] == "依据"]
    assert sheet.print_area == f"'各企业'!$D$1:$H${len(page)}"  # from the name, which stands in every row
    assert [{row[3] for row in page[n:end]} for n, end in pairwise([*first, None])] == [
        {"甲厂"},
        {"乙厂"},
        {"丙厂"},
        {"丁厂"},
    ]
    assert "&P" not in (sheet.oddFooter.right.text or "")
    assert [one.id for one in sheet.row_breaks.brk] == first[1:]
    assert sheet.print_title_rows == f"$1:${first[0]}"
    assert [page[n][5].split("：")[0] for n in first] == ["甲厂 A1", "乙厂 B1", "丙厂 C1", "丁厂 D1"]
    with zipfile.ZipFile(tmp_path / "材料.zip") as archive:
        assert archive.namelist() == ["2 甲厂.xlsx", "3 乙厂.xlsx", "4 丙厂.xlsx", "5 丁厂.xlsx"]
        run(capfdbinary, "evidence", str(firms), "--firm", "丁厂", *BY, "--lang", "zh", "-o", str(tmp_path / "丁.xlsx"))
        assert archive.read("5 丁厂.xlsx") == (tmp_path / "丁.xlsx").read_bytes()
        alone = load_workbook(io.BytesIO(archive.read("3 乙厂.xlsx")))["材料"]
    assert (alone.oddHeader.right.text, "&P" in alone.oddFooter.right.text) == ("乙厂 B1", True)
    rejected = [*alone.values]
    assert [row[0] for row in rejected][:4] == ["申报材料清单", "乙厂 B1：未比对", "类别", "请更正"]


def test_a_page_says_what_may_be_written(firms: Path, capfdbinary: Capture) -> None:
    """Beside each figure that is missing stands how the form has it answered; of one firm on the screen too."""
    told = run(capfdbinary, "evidence", str(firms), "--firm", "丁厂", *BY, "--lang", "zh").out
    flat = "".join(told.split())
    assert (
        "主导产品所属领域见主导产品所属领域说明；填：工业“六基”、改造提升传统产业、培育壮大新兴产业、布局建设未来产业；可填"
        in flat
    )
    assert "独立法人资格（是/否）见营业执照；填：是、否" in flat
    assert flat.index("请核对") < flat.index("要补的指标") < flat.index("待评审，企业不填") < flat.index("逐项")


def test_a_column_is_told_with_what_the_text_of_the_firm_asks(tmp_path: Path, capfdbinary: Capture) -> None:
    """Of a column that may state several facts that which the firm is asked; what it is not asked goes untold."""
    (path := tmp_path / "名单.csv").write_text(
        "企业名称,申报类型,主导产品,Ⅰ类知识产权（件）,是否自建研发机构\n甲厂,新申报,轴承,5,是\n乙厂,复核,轴承,5,是\n",
        encoding="utf-8",
    )
    told = {name: run(capfdbinary, "assess", str(path), "--firm", name, *BY).err for name in ("甲厂", "乙厂")}
    anew, review = "自主申请、与主导产品相关且已应用的Ⅰ类知识产权", "与主导产品相关且已应用的Ⅰ类知识产权"
    assert f"--map Ⅰ类知识产权（件）={anew}\n" in told["甲厂"]
    assert "是否自建研发机构" not in told["甲厂"]
    assert f"--map Ⅰ类知识产权（件）={review}；--map 是否自建研发机构=研发机构建设情况" in told["乙厂"]
    assert anew not in told["乙厂"]
    screened = run(capfdbinary, "screen", str(path), *BY, "-o", str(tmp_path / "a.xlsx")).err
    assert "；只有工信部企业〔2022〕63号问“研发机构建设情况”" in screened
    assert screened.index("未读取、或读了用不上的列") < screened.index("读作 主导产品名称；所用各版规则都不用")
    [idle] = [str(row[0]) for row in load_workbook(tmp_path / "a.xlsx")["汇总"].values if "用不上的列" in str(row[0])]
    assert "：主导产品、Ⅰ类知识产权（件）、是否自建研发机构（" in idle


@pytest.mark.parametrize("form", ["xlsx", "csv", "zip"])
def test_over_http_the_file_of_the_command(firms: Path, tmp_path: Path, capfdbinary: Capture, form: str) -> None:
    """The same bytes, with counts in a header; a form that there is not is refused."""
    out, client = tmp_path / f"材料.{form}", TestClient(create_app())
    assert run(capfdbinary, "evidence", str(firms), *BY, "--carry", "--lang", "en", "-o", str(out)).code == 1

    sent = partial(
        client.post,
        "/v1/evidence:list",
        params={"level": "little_giant", "as_of": str(DAY), "carry": "true"},
        files={"file": ("名单.csv", firms.read_bytes())},
    )
    answer = sent(headers={"Accept": FORMS[form], "Accept-Language": "en"})
    assert answer.content == out.read_bytes()
    assert json.loads(answer.headers["champion-summary"]) == {"firms": 4, "rejected": 1}
    assert sent(headers={"Accept": "application/jsonl"}).status_code == 406


@pytest.mark.parametrize("name", ["材料.xlsx", "材料.zip"])
@pytest.mark.parametrize("rows", [1, 2])
def test_no_name_is_run(tmp_path: Path, capfdbinary: Capture, name: str, rows: int) -> None:
    """A firm that is called as a formula, a number or a link is written stands in a workbook as a text."""
    (path := tmp_path / "l.csv").write_text(
        "企业名称\n=1+1\nhttp://a.cn\n"[: 10 if rows == 1 else None], encoding="utf-8"
    )
    run(capfdbinary, "evidence", str(path), *BY, "-o", str(tmp_path / name))
    books = [tmp_path / name]
    if name.endswith(".zip"):
        with zipfile.ZipFile(books[0]) as archive:
            books = [Path(archive.extract(one, tmp_path)) for one in archive.namelist()]
    cells = [cell for one in books for sheet in load_workbook(one) for row in sheet.iter_rows() for cell in row]
    assert any("=1+1" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_form_is_opened_once(tmp_path: Path, capfdbinary: Capture) -> None:
    """The list to tick of one firm is what the profile of its form gives, with the file read once."""
    form, out = tmp_path / "表.xlsx", tmp_path / "材料.xlsx"
    run(capfdbinary, "facts", "--template", *BY, "-o", str(form))
    book = load_workbook(form)
    sheet = book.active
    assert sheet is not None
    row = next(one for one in sheet.iter_rows() if one[0].value == "企业名称")
    row[1].value = "甲厂"
    book.save(form)
    with patch.object(open_list, "open_source", wraps=open_list.open_source) as opened:
        assert run(capfdbinary, "evidence", str(form), *BY, "-o", str(out)).code == 0
    assert opened.call_count == 1
    found = evidence(profile_of(form, level="小巨人", as_of=DAY), level="小巨人", as_of=DAY)
    page = FirmEvidence(0, found.firm, (), found)
    assert out.read_bytes() == page_bytes(page, shipped().vocabulary, "zh")


def test_a_whole_may_be_several_of_its_parts(tmp_path: Path, capfdbinary: Capture) -> None:
    """Whoever is told which parts a column may be, of a list or a firm, is told that it may be both."""
    (path := tmp_path / "a.csv").write_text("企业名称,申报类型,Ⅰ类知识产权\n甲,新申报,3\n乙,复核,3\n", encoding="utf-8")
    told = run(capfdbinary, "evidence", str(path), *BY, "--lang", "zh", "-o", str(tmp_path / "a.zip")).err
    own, reviewed = "自主申请、与主导产品相关且已应用的Ⅰ类知识产权", "与主导产品相关且已应用的Ⅰ类知识产权"
    maps = [f"--map Ⅰ类知识产权={one}" for one in (own, reviewed)]
    assert f"可能是：{maps[0]} 或 {maps[1]}（都是的，都写）" in told


def test_a_ratio_is_proved_by_the_paper_of_its_parts(tmp_path: Path) -> None:
    """A ratio for which no paper is named stands in that of the figures it is made of."""
    (path := tmp_path / "a.csv").write_text("企业名称,资产负债率（%）\n甲厂,\n", encoding="utf-8")
    [firm] = evidence_of_list(path, level="小巨人", as_of=DAY).firms
    assert firm.evidence is not None
    [paper] = [one.evidence for one in firm.evidence.missing if one.fact == "debt_ratio_pct_y0"]
    assert paper is not None
    assert paper.zh == "上年度审计报告"
