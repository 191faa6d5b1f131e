"""Workbooks as people have them, from whatever program, and as strangers make them to do harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import Font

from engine.files.intake import open_source
from engine.files.merged_figures import shared_figures
from engine.files.number_formats import shown
from engine.ground.errors import InputError
from engine.language.answer import answer
from engine.language.reading import Unreadable
from engine.language.reading import read as read_value
from engine.layout.layout import Desk
from engine.layout.no_firm import is_no_firm
from engine.rulebooks.catalog import shipped
from engine.sql.database import fetched
from engine.tables.source import Source
from tests import packed, tables
from tests.files.test_sheets import read
from tests.tables import read_in

Opened = Callable[..., tuple[Source, list[list[str]]]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Open a file: its source, and the cells of its rows."""
    own = duckdb.connect()

    def open_one(path: Path, name: str | None = None, sheet: str | None = None) -> tuple[Source, list[list[str]]]:
        path = path.rename(tmp_path / name) if name else path
        source = open_source(path, Desk(shipped().vocabulary, {}, date(2026, 6, 1), own, tmp_path), sheet)
        columns = [column.to_pylist() for column in fetched(own, source.table).columns]
        return source, [[cell or "" for cell in row] for row in zip(*columns, strict=True)]

    yield open_one
    own.close()


def _written(path: Path, write: Callable[[Any, Any], object]) -> Path:
    book = openpyxl.Workbook()
    write(book, book.active)
    book.save(path)
    return path


_SHARED = "7（合并单元格）"


def _formatted(sheet: Any, rows: list[list[Any]], top: int = 1, left: int = 1) -> None:
    """Write rows from a place on; a pair is a value and its number format."""
    for row, cells in enumerate(rows, start=top):
        for column, cell in enumerate(cells, start=left):
            value, code = cell if isinstance(cell, tuple) else (cell, "General")
            if value is not None:
                sheet.cell(row, column, value).number_format = code


@pytest.mark.parametrize(("top", "left"), [(1, 2), (5, 1), (4, 3), (30, 28)])
def test_a_table_anywhere(opened: Opened, tmp_path: Path, top: int, left: int) -> None:
    """Percents, errors and merged cells are those of their own cell, wherever the table begins."""

    def write(_: Any, sheet: Any) -> None:
        rows = [
            ["企业名称", "国内市场占有率", "全球市场占有率"],
            ["甲", (0.6, "0%"), (0.1, "0%")],
            ["乙", "#DIV/0!", (0.3, "0%")],
        ]
        _formatted(sheet, [*rows, ["丙", 5, 7], ["丁", 6, None]], top, left)
        last = left + 2
        sheet.merge_cells(start_row=top + 3, end_row=top + 4, start_column=last, end_column=last)

    source, rows = opened(_written(tmp_path / "a.xlsx", write))
    texts = [["甲", "60%", "10%"], ["乙", "#DIV/0!", "30%"], ["丙", "5", _SHARED], ["丁", "6", _SHARED]]
    assert [row[left - 1 :] for row in rows] == texts
    assert list(source.lines(range(4), 4)) == [top + 1, top + 2, top + 3, top + 4]


UNITS = [
    (8_000_000, '0!.0,"万"', "800"),
    (8_000_000, '#,##0.00"元"', "800"),
    (8_000_000, '"¥"#,##0.00', "800"),
    (8_000_000, "[$￥-804]#,##0", "800"),
    (8_000_000, "[$CNY] #,##0.00", "800"),
    (8_000_000, '#,##0 "RMB"', "800"),
    (2.1, '0.0"亿元"', "21000"),
    (-2.1, '0.0"亿元";[Red]\\-0.0"亿元"', "-21000"),
    (210, '0.00"百万元"', "21000"),
    (600, '0"十万"', "6000"),
    (60_000_000, '[>=100000]0!.00,"十万"', "6000"),
    (210_000_000, '0.00,,"百万元"', "21000"),
    (8_000_000, '0,"千元"', "800"),
    (25_400, '0\\.0,"万元"', "2.54"),
    (123_456_789, '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', "12345.6789"),
    (25_400, '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', "2.54"),
    (254, '[>=100000000]0!.00,,"亿元";[>=10000]0!.0,"万元";0"元"', "0.0254"),
    (0, '#,##0.00"元";-#,##0.00"元";"-"', "0"),
]


@pytest.mark.parametrize(("value", "code", "money"), UNITS)
def test_units_in_number_formats(value: float, code: str, money: str) -> None:
    """Money is in the unit that its cell shows."""
    fact = shipped().vocabulary.given["revenue_y0"]
    assert float(read_value(fact, shown(value, code))) == float(money)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "code",
    [
        "[$€-2] 0.00",
        '"US$"#,##0',
        "[$$-409]#,##0.00",
        "[$¥-411]#,##0",
        '0.00"万美元"',
        '0.0"港元"',
        '0.00"瓩"',
        '[>=10000]0.00,,"万"',
        '[>=100000]0,"十万"',
    ],
)
def test_money_that_is_not_understood(code: str) -> None:
    """Foreign money, and a format that is not understood for sure, are refused and not read as 万元."""
    with pytest.raises(Exception, match=r"."):  # whatever is wrong with it
        read_value(shipped().vocabulary.given["revenue_y0"], shown(200_000.0, code))


def test_the_sheet_that_can_be_seen(opened: Opened, tmp_path: Path) -> None:
    """The first visible sheet is read; hidden ones are told, and read if they are named."""

    def write(book: Any, sheet: Any) -> None:
        sheet.title, sheet.sheet_state = "旧", "hidden"
        _formatted(sheet, [["企业名称"], ["旧"]])
        very = book.create_sheet("更旧")
        very.sheet_state = "veryHidden"
        book.create_sheet("图").sheet_state = "hidden"
        _formatted(book.create_sheet("新"), [["企业名称"], ["新"]])

    path = _written(tmp_path / "a.xlsx", write)
    source, rows = opened(path)
    assert rows == [["新"]]
    assert any("旧、更旧、图" in note.zh for note in source.notes)
    assert opened(path, sheet="旧")[1] == [["旧"]]


def test_what_cannot_be_seen_is_told(opened: Opened, tmp_path: Path) -> None:
    """Hidden rows and columns are read and told with their number; formulas without results are told and refused."""

    def write(_: Any, sheet: Any) -> None:
        _formatted(
            sheet, [["企业名称", "营业收入", "员工人数"], ["甲", "=185*100", 3], ["乙", 5, "=1+1"], ["丙", 6, 4]]
        )
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["C"].hidden = True

    source, rows = opened(_written(tmp_path / "a.xlsx", write))
    assert rows == [["甲", "=185*100", "3"], ["乙", "5", "=1+1"], ["丙", "6", "4"]]
    words = " ".join(note.zh for note in source.notes)
    assert "1 行被隐藏" in words
    assert "1 列被隐藏" in words
    assert (
        "2 个公式没有计算结果（第一个在 B2 格），这些格不能读取，其余照常；如是企业的数，请用 Excel 打开并保存" in words
    )
    with pytest.raises(ValueError, match="formula without a result"):
        read_value(shipped().vocabulary.given["revenue_y0"], "=185*100")


def test_formulas_of_rows_that_are_no_firms_are_not_told(opened: Opened, tmp_path: Path) -> None:
    """A sum that was never computed keeps nobody from being judged; the first cell told is a firm's."""
    sums = [[1, "小计", "=1+1", 9], ["合计", None, "=1+1", "=2"]]

    def noted(name: str, *firms: list[Any]) -> str:
        rows = [["序号", "企业名称", "营业收入", "员工人数"], [1, "甲厂", 5, 3], *sums[:1], *firms, *sums[1:]]
        path = _written(tmp_path / name, lambda _, sheet: _formatted(sheet, rows))
        return " ".join(note.zh for note in opened(path)[0].notes)

    assert "公式" not in noted("a.xlsx")
    assert "1 个公式没有计算结果（第一个在 C4 格）" in noted("b.xlsx", [2, "乙厂", "=1+1", 3])


def test_a_nought_that_nobody_computed(tmp_path: Path) -> None:
    """The 0 that a program writes for a formula which nobody has computed is no result; another result is one."""
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=185*100")
    sheet.write_formula("B1", "=185*100", None, 18500)
    book.close()
    assert list(read(path).rows(0, 2)) == [(1, ["=185*100", "18500"])]


def test_merged_header_and_body(tmp_path: Path) -> None:
    """Above, a merged cell has its text in each of its places; below, in each row of its first column."""

    def write(_: Any, sheet: Any) -> None:
        _formatted(sheet, [["名称", "收入", None], [None, "2025", "2024"], ["甲", 1, None], [None, 2, 3]], left=2)
        for area in ("B1:B2", "C1:D1", "C3:D3", "B3:B4"):
            sheet.merge_cells(area)

    sheet = read(_written(tmp_path / "a.xlsx", write))
    assert sheet.first[:3] == [
        (1, ["", "名称", "收入", "收入"]),
        (2, ["", "名称", "2025", "2024"]),
        (3, ["", "甲", "1", "1"]),
    ]
    assert list(sheet.rows(2, 4)) == [(3, ["", "甲", "1", ""]), (4, ["", "甲", "2", "3"])]


def test_a_figure_merged_over_several_firms(tmp_path: Path) -> None:
    """A figure that two rows share is read as that of each only where words say that they are of one firm."""

    def write(_: Any, sheet: Any) -> None:
        rows = [["名称", "年份", "人数", "收入"], ["甲", 2025, 120, "5,000"], [None, 2024, None, "4,000"]]
        _formatted(sheet, [*rows, ["乙", 2025, 80, "3,000"], ["丙", None, 60, None]], left=1)
        for area in ("A2:A3", "C2:C3", "B4:B5", "D4:D5"):
            sheet.merge_cells(area)

    found = [row for _, row in read(_written(tmp_path / "a.xlsx", write)).rows(1, 4)]
    assert found[:2] == [["甲", "2025", "120", "5,000"], ["甲", "2024", "120", "4,000"]]
    assert found[2:] == [["乙", "2025", "80", "3,000（合并单元格）"], ["丙", "2025", "60", "3,000（合并单元格）"]]
    with pytest.raises(Unreadable, match="whose figure"):
        answer(shipped().vocabulary["revenue_y0"], found[3][3], "万元")


def test_sheets_of_other_writers(tmp_path: Path) -> None:
    """Prefixes, cells without places, rich text with its pronunciation, escapes, the days of 1904: read as meant."""
    rich = "<x:is><x:r><x:t>企业</x:t></x:r><x:r><x:t>名称</x:t></x:r><x:rPh sb='0'><x:t>qiye</x:t></x:rPh></x:is>"
    rows = f"<x:row><x:c t='inlineStr'>{rich}</x:c><x:c t='s'><x:v>0</x:v></x:c><x:c t='b'><x:v>1</x:v></x:c></x:row>"
    text = f"<x:worksheet xmlns:x='urn:x'><x:sheetData>{rows}<x:row r='4'><x:c r='B4' t='d'><x:v>2026-04-01</x:v></x:c>"
    path = packed.xlsx(
        tmp_path / "a.xlsx",
        {
            "worksheets/sheet1.xml": [text, "<x:c><x:v>1.5E+1</x:v></x:c></x:row></x:sheetData></x:worksheet>"],
            "sharedStrings.xml": ["<sst><si><t>a_x000D_b</t><rPh sb='0' eb='1'><t>x</t></rPh></si></sst>"],
        },
    )
    assert list(read(path).rows(0, 3)) == [(1, ["企业名称", "a\rb", "是"]), (4, ["", "2026-04-01", "15"])]
    assert shown(44651.0, "yyyy-mm-dd", is_1904=True) == "2026-04-01"


def test_an_old_workbook(opened: Opened, tmp_path: Path) -> None:
    """An .xls is read as an .xlsx is: percent, units, days, merged cells, hidden sheets and rows."""
    book = xlwt.Workbook()
    book.add_sheet("旧").visibility = 1
    sheet = book.add_sheet("新")
    for column, header in enumerate(["企业名称", "全球市场占有率", "营业收入", "成立日期"]):
        sheet.write(2, column + 1, header)
    for column, (value, code) in enumerate(
        [("甲", ""), (0.15, "0.00%"), (2.1, '0.0"亿元"'), (date(2020, 1, 2), "yyyy-m-d")]
    ):
        style = xlwt.XFStyle()
        style.num_format_str = code or "General"
        sheet.write(3, column + 1, value, style)
    sheet.write_merge(4, 5, 1, 1, "乙")
    sheet.write(4, 2, 10)
    sheet.row(5).set_cell_error(2, "#DIV/0!")
    sheet.row(5).hidden = True
    book.save(str(tmp_path / "a.xls"))
    source, rows = opened(tmp_path / "a.xls")
    assert rows[0] == ["", "甲", "15%", "2.1亿元", "2020-01-02"]
    assert [row[1:3] for row in rows[1:]] == [["乙", "10"], ["乙", "#DIV/0!"]]
    assert list(source.lines(range(3), 3)) == [4, 5, 6]
    assert any("1 行被隐藏" in note.zh for note in source.notes)


def _ods_cell(kind: str, value: str, text: str, more: str = "") -> str:
    name = {"date": "date-value", "boolean": "boolean-value", "time": "time-value"}.get(kind, "value")
    attributes = f"office:value-type='{kind}' office:{name}='{value}' {more}"
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_an_open_document(opened: Opened, tmp_path: Path) -> None:
    """An .ods is read as it is shown: percent, units in whatever scale, days, repeated and covered cells, no notes."""
    words = ["企业名称", "全球市场占有率", "营业收入", "成立日期", "员工人数"]
    header = "".join(
        f"<table:table-cell office:value-type='string'><text:p>{word}</text:p></table:table-cell>" for word in words
    )
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    spanned = "office:value-type='string' table:number-rows-spanned='2'"
    name = f"<table:table-cell {spanned}>{note}<text:p>甲</text:p></table:table-cell>"
    cells = [
        _ods_cell("percentage", "0.145", "15%"),
        _ods_cell("float", "210000000", "210.00百万元"),
        _ods_cell("date", "2020-01-02", "20年1月"),
        _ods_cell("float", "1234", "1,234"),
    ]
    second = _ods_cell("currency", "5.2", "€5.20", "office:currency='EUR'") + _ods_cell("boolean", "true", "WAHR")
    seven = _ods_cell("float", "7", "7")
    rows = (
        "<table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='9'/>"
        f"</table:table-row><table:table-row>{header}</table:table-row>"
        f"<table:table-row>{name}{''.join(cells)}</table:table-row>"
        f"<table:table-row table:visibility='filter'><table:covered-table-cell/>{seven}{second}</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048570'><table:table-cell/></table:table-row>"
    )
    source, found = opened(packed.ods(tmp_path / "a.ods", rows))
    assert found == [["甲", "14.5%", "210百万元", "2020-01-02", "1234"], ["甲", "7", "€5.2", "是", ""]]
    assert list(source.lines(range(2), 2)) == [4, 5]
    assert any("1 行被隐藏" in note.zh for note in source.notes)


def test_what_is_struck_out(opened: Opened, tmp_path: Path) -> None:
    """A cell that is struck out states nothing: of a firm's name, its row is no firm's; comments are told."""

    def write(_: Any, sheet: Any) -> None:
        _formatted(sheet, [["企业名称", "营业收入"], ["甲", 5000], ["乙", 6000], ["丙", 7000]])
        sheet["A3"].font = sheet["B4"].font = Font(strike=True)
        sheet["B2"].comment = Comment("单位：元", "局")

    source, rows = opened(_written(tmp_path / "a.xlsx", write))
    assert rows == [["甲", "5000"], ["（划去：乙）", "6000"], ["丙", "（划去：7000）"]]
    assert any("1 条批注（未读）" in note.zh for note in source.notes)
    assert is_no_firm("", "（划去：乙）", ["（划去：乙）", "6000"])
    old, struck = xlwt.Workbook(), xlwt.easyxf("font: struck_out on")
    sheet = old.add_sheet("表")
    for row, cells in enumerate([["企业名称", "营业收入"], ["甲", 5000]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell, struck if row else xlwt.Style.default_style)
    old.save(str(tmp_path / "a.xls"))
    assert opened(tmp_path / "a.xls")[1] == [["（划去：甲）", "（划去：5000）"]]


def test_an_open_document_with_what_is_struck_out(opened: Opened, tmp_path: Path) -> None:
    """So in an .ods."""
    style = (
        "<style:style style:name='ce7' style:family='table-cell'>"
        "<style:text-properties style:text-line-through-style='solid'/></style:style>"
    )
    text = "<table:table-cell office:value-type='string'{}><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{text.format('', name)}{text.format(' ' + style_of, figure)}</table:table-row>"
        for name, figure, style_of in [
            ("企业名称", "营业收入", ""),
            ("甲", "5000", "table:style-name='ce7'"),
            ("乙", "6000", "table:style-name='ce1'"),
        ]
    )
    found = opened(packed.ods(tmp_path / "a.ods", rows, styles=style))[1]
    assert found == [["甲", "（划去：5000）"], ["乙", "6000"]]


def _plain(tmp_path: Path) -> Path:
    return _written(tmp_path / "plain.xlsx", lambda _, sheet: _formatted(sheet, [["企业名称"], ["甲"]]))


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.txt", "a.parquet", "a.ods", "a.xlsb", "a.xlsm"])
def test_a_workbook_by_another_name(opened: Opened, tmp_path: Path, name: str) -> None:
    """A workbook is read whatever the end of its name, and it is said what it is."""
    source, rows = opened(_plain(tmp_path), name)
    assert rows == [["甲"]]
    assert any("其实是 Excel 工作簿" in note.zh for note in source.notes) == (name != "a.xlsm")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods", "a.parquet"])
def test_text_by_another_name(opened: Opened, tmp_path: Path, name: str) -> None:
    """So is a list in plain text."""
    (tmp_path / "plain.csv").write_text("企业名称,营业收入\n甲,5\n", encoding="gb18030")
    source, rows = opened(tmp_path / "plain.csv", name)
    assert rows == [["甲", "5"]]
    assert any("其实是 文本" in note.zh for note in source.notes)


def _container(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + f"{stream}\0".encode("utf-16-le") + b"\0" * 999


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<html><table><tr><td>\xe4\xbc\x81</td></tr></table></html>", "a.xls", "a web page"),
        (b"\xef\xbb\xbf\r\n<TABLE border=1>", "a.xlsx", "a web page"),
        (b"<meta charset=gb2312><table>", "a.csv", "a web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "a.xls", "a table in XML"),
        (_container("EncryptedPackage"), "a.xlsx", "has a password"),
        (_container("WordDocument"), "a.xls", "Word"),
        (_container("Workbook"), "a.xls", "is damaged"),
        (b"%PDF-1.7", "a.xlsx", "a PDF"),
        (b"\x89PNG\r\n", "a.xlsx", "a picture"),
        (b"PK\x03\x04" + b"\0" * 99, "a.xlsx", "is damaged"),
    ],
)
def test_what_is_no_workbook(opened: Opened, tmp_path: Path, data: bytes, name: str, words: str) -> None:
    """What is no list of firms is refused by what it really is."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=words):
        opened(tmp_path / name)


def test_passwords_and_binary_workbooks(opened: Opened, tmp_path: Path) -> None:
    """A password in an .ods is told; an .xlsb is refused, because its number formats cannot be read."""
    more = {"META-INF/manifest.xml": "<m:manifest xmlns:m='urn:m'><m:encryption-data/></m:manifest>"}
    with pytest.raises(InputError, match="password"):
        opened(packed.ods(tmp_path / "a.ods", "", more))
    with pytest.raises(InputError, match="number formats"):
        opened(packed.xlsx(tmp_path / "a.xlsb", {"workbook.bin": ["x"]}))


STYLES, STRINGS, ROWS = "styles.xml", "sharedStrings.xml", "worksheets/sheet1.xml"


def _hostile(folder: Path) -> Iterator[Path]:
    """Write workbooks that take far more than they are."""

    def one(name: str, **parts: Any) -> Path:
        names = {"styles": STYLES, "strings": STRINGS, "rows": ROWS}
        given = {names[key]: pieces for key, pieces in parts.items()}
        return packed.xlsx(folder / f"{name}.xlsx", {ROWS: packed.sheet([]), **given})

    many = 1 << 16
    yield one(
        "styles", styles=["<styleSheet><cellXfs>", *['<xf numFmtId="9"/>' * many] * 200, "</cellXfs></styleSheet>"]
    )
    yield one("strings", strings=["<sst>", *["<si><t>ab</t></si>" * many] * 200, "</sst>"])
    entity = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield one("entities", rows=[entity, *packed.sheet(["<row><c t='str'><v>&b;</v></c></row>"])])
    yield one("corner", rows=packed.sheet(["<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"]))
    yield one("column", rows=packed.sheet(["<row r='900000'><c r='AAA900000'><v>1</v></c></row>"]))
    yield one("beyond", rows=packed.sheet(["<row r='9999999'><c r='ZZZZ9'><v>1</v></c></row>"]))
    tall = "".join(f"<mergeCell ref='{letter}1:{letter}1048576'/>" for letter in "ABCDEFGHIJKL")
    yield one("merged", rows=packed.sheet(["<row r='1048576'><c r='A1048576'><v>1</v></c></row>"], tall))
    text = "<row><c t='s'><v>0</v></c></row>"
    yield one(
        "amplified", strings=["<sst><si><t>", "甲" * 32_000, "</t></si></sst>"], rows=packed.sheet([text * 9_000])
    )
    yield packed.ods(
        folder / "a.ods",
        "<table:table-row table:number-rows-repeated='1048575'><table:table-cell table:number-columns-repeated='16384' "
        "office:value-type='string'><text:p>企业名称</text:p></table:table-cell></table:table-row>",
    )


def test_hostile_workbooks(opened: Opened, tmp_path: Path) -> None:
    """A workbook that takes far more room than it is has a problem; what reads it dies alone."""
    for path in _hostile(tmp_path):
        with pytest.raises(InputError) as caught:
            opened(path)
        assert caught.value.problems[0].instead is not None, path.name


def test_a_cell_far_away_is_named(opened: Opened, tmp_path: Path) -> None:
    """A stray cell far from the table is refused with its place; one that is near is not."""
    far = packed.xlsx(tmp_path / "a.xlsx", {ROWS: packed.sheet(["<row r='900000'><c r='ZZ900000'><v>1</v></c></row>"])})
    with pytest.raises(InputError, match="as far as row 900000 or column 702"):
        opened(far)
    near = packed.xlsx(
        tmp_path / "b.xlsx", {ROWS: packed.sheet(["<row r='900'><c r='A900' t='str'><v>甲</v></c></row>"])}
    )
    assert opened(near)[1] == [["甲"]]


def test_rows_out_of_order(opened: Opened, tmp_path: Path) -> None:
    """A sheet whose rows are not in order, or twice there, is damaged; a letter that nothing can hold stays escaped."""
    row = "<row r='{}'><c r='A{}' t='str'><v>甲_xD800__x0000_</v></c></row>"
    for numbers in ((3, 2), (2, 2), (1, 2)):
        rows = packed.sheet([row.format(number, number) for number in numbers])
        with pytest.raises(InputError, match="is damaged"):
            opened(packed.xlsx(tmp_path / "a.xlsx", {ROWS: rows}))
    path = packed.xlsx(tmp_path / "a.xlsx", {ROWS: packed.sheet([row.format(2, 2)])})
    assert opened(path)[1] == [["甲_xD800__x0000_"]]


@pytest.mark.parametrize("figure", ["5000 万元", "人民币5000万元", "5000-6000", "≥5000万元", "一百", "3.2e3", "15%"])
def test_a_shared_figure_however_it_is_written(figure: str) -> None:
    """A figure that stands over the names of two firms is that of neither; a year or a word may be."""
    rows = [(1, {0: "甲", 1: figure, 2: "2025年", 3: "浙江省"}), (2, {0: "乙"})]
    blocks = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3)]
    assert shared_figures(rows, blocks) == {(1, 1, 2, 1)}
    assert shared_figures(rows, blocks, figures_in={1, 2}) == {(1, 1, 2, 1), (1, 2, 2, 2)}


def test_a_shared_figure_beside_codes_of_digits(tmp_path: Path) -> None:
    """Codes that are nothing but digits tell firms apart; the code of one firm in the rows of its years does not."""
    for codes, is_shared in (((600519, 600520), True), ((600519, 600519), False)):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (["股票代码", "年份", "员工人数"], [codes[0], 2025, 300], [codes[1], 2024, None]):
            sheet.append(row)
        sheet.merge_cells("C2:C3")
        book.save(tmp_path / "firms.xlsx")
        rows = sheet_rows(tmp_path / "firms.xlsx", figures_in={2}, names_in={0})
        assert ("（合并单元格）" in rows[0][2]) is is_shared


def sheet_rows(path: Path, figures_in: set[int], names_in: set[int]) -> list[list[str]]:
    """Give the rows below the first."""
    return [cells for _, cells in read(path).rows(1, 3, figures_in, names_in)]


def test_a_shared_figure_that_may_be_a_year(tmp_path: Path) -> None:
    """A figure like 1998 in a column of staff is shared; the year in a column of years is that of each row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["企业名称", "年份", "员工人数"], ["甲厂", 2025, 1998], ["乙厂", None, None]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("C2:C3")
    book.save(tmp_path / "firms.xlsx")
    source, _ = read_in(tmp_path / "firms.xlsx")
    assert tables.cells(source).to_pydict()["t1"] == ["2025", "2025"]
    assert tables.cells(source).to_pydict()["t2"] == ["1998（合并单元格）"] * 2


def _printed(folder: Path, part: str, words: str, header: str = "营业收入") -> Path:
    def write(_: Any, sheet: Any) -> None:
        sheet.append(["企业名称", header])
        sheet.append(["甲厂", 5000000])
        getattr(sheet, part).center.text = words

    return _written(folder / "firms.xlsx", write)


@pytest.mark.parametrize("part", ["oddHeader", "oddFooter", "evenHeader", "firstFooter"])
def test_the_unit_above_or_below_printed_pages(tmp_path: Path, part: str) -> None:
    """单位：元 in the header or the footer of the print is that of the amounts, and is told."""
    source, understanding = read_in(_printed(tmp_path, part, "单位：元"))
    assert understanding.columns[1].unit == "元"
    assert any(note.zh == "页眉页脚写有“单位：元”" for note in source.notes)


@pytest.mark.parametrize("words", ["2025年上半年情况", "2024年度企业经营情况表", "单位：万美元"])
def test_the_print_header_of_other_figures_stops(tmp_path: Path, words: str) -> None:
    """What is not of a whole year, of another one or in other money is refused as under such a title."""
    try:
        _, understanding = read_in(_printed(tmp_path, "oddHeader", words))
    except InputError:
        return
    assert understanding.problems


def test_the_print_header_beside_units_in_the_table(tmp_path: Path) -> None:
    """A header with a unit keeps it; a unit above the table that is another one stops."""
    source, understanding = read_in(_printed(tmp_path, "oddHeader", "单位：元", "营业收入（万元）"))
    assert understanding.columns[1].unit == "万元"
    assert any("页眉页脚" in note.zh for note in source.notes)

    def write(_: Any, sheet: Any) -> None:
        for row in (["单位：千元"], ["企业名称", "营业收入"], ["甲厂", 5]):
            sheet.append(row)
        sheet.oddHeader.center.text = "单位：元"

    _, understanding = read_in(_written(tmp_path / "other.xlsx", write))
    assert "千元、元" in understanding.problems[0].what.zh


def test_numbers_of_printed_pages_are_not_told(tmp_path: Path) -> None:
    """第 1 页 and the name of the sheet are not told; the name of an office is, and changes nothing."""
    for words in ("第 &P 页，共 &N 页", "&P/&N", "&A", "&D"):
        source, _ = read_in(_printed(tmp_path, "oddFooter", words))
        assert not any("页眉" in note.zh for note in source.notes)
    source, understanding = read_in(_printed(tmp_path, "oddHeader", '&"宋体,常规"&12元氏县工信局'))
    assert any("“元氏县工信局”" in note.zh for note in source.notes)
    assert (understanding.columns[1].unit, understanding.problems) == ("", ())
