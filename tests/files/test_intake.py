"""Files of firms become tables of text: nothing is lost, and what is no record is named at its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.files.intake import open_source
from engine.ground.errors import InputError
from engine.layout.layout import Desk
from engine.rulebooks.catalog import shipped
from engine.sql.database import fetched
from engine.tables.source import BLANKS, Source
from tests import torture
from tests.torture import DELIMITERS, MARKS, MISTAKES, NEWLINES, File, tortured

DAY = date(2026, 6, 1)
VOCABULARY = shipped().vocabulary


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """One connection for all files."""
    with duckdb.connect() as own:
        yield own


class Opener:
    """Opens files of one folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder

    def source(self, data: bytes, name: str = "firms.csv", **options: Any) -> Source:
        """Write a file and open it."""
        (self.folder / name).write_bytes(data)
        return self.file(self.folder / name, **options)

    def file(self, path: Path, **options: Any) -> Source:
        """Open a file."""
        sheet = options.pop("sheet", None)
        return open_source(path, Desk(VOCABULARY, options.pop("mapping", {}), DAY, self.connection, self.folder), sheet)

    def opened(self, source: Source) -> Source:
        """Give the source, or where the database cannot read it the one that was opened carefully."""
        try:
            fetched(self.connection, source.table)
        except duckdb.Error:
            assert source.carefully is not None
            return source.carefully()
        return source

    def records(self, source: Source) -> list[list[str]]:
        """Give the cells of all records, blank ones too."""
        return [[cell or "" for cell in row.values()] for row in fetched(self.connection, source.table).to_pylist()]

    def rows(self, source: Source) -> list[list[str]]:
        """Give the cells of all rows that are not blank."""
        return [row for row in self.records(source) if any(cell.strip(BLANKS) for cell in row)]

    def lines(self, source: Source) -> list[int]:
        """Give the lines of all rows that are not blank."""
        records = self.records(source)
        places = [place for place, row in enumerate(records) if any(cell.strip(BLANKS) for cell in row)]
        return list(source.lines(places, len(records)))

    def problem(self, data: bytes, name: str = "firms.csv", **options: Any) -> str:
        """Give the one problem of a file that cannot be opened, in both languages."""
        with pytest.raises(InputError) as caught:
            self.source(data, name, **options)
        (problem,) = caught.value.problems
        return f"{problem.in_language('zh')}\n{problem.in_language('en')}"

    def check(self, file: File) -> Source:
        """Check that all that is known of a file is found in it."""
        source = self.opened(self.source(file.data))
        assert list(source.headers) == file.headers
        assert self.rows(source) == file.rows
        assert self.lines(source) == file.lines
        assert {broken.line for broken in source.broken} == set(file.broken)
        for broken in source.broken:
            assert file.broken[broken.line] in broken.what.en
        assert source.blank_rows + len(self.records(source)) - len(file.rows) == file.blank_rows
        return source


@pytest.fixture
def opener(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> Opener:
    """Open files in a folder of its own."""
    return Opener(connection, tmp_path)


@pytest.mark.parametrize("newline", NEWLINES, ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("encoding", MARKS)
def test_every_encoding(opener: Opener, encoding: str, newline: str) -> None:
    """The cells come out as they were typed, in every encoding, with every separator and line end."""
    for delimiter in DELIMITERS:
        file = File(encoding, delimiter, newline).header()
        for _ in range(40):
            file.row()
        opener.check(file)


@pytest.mark.parametrize("mistake", [*MISTAKES, torture.too_long], ids=lambda mistake: mistake.__name__)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_each_mistake_alone(opener: Opener, encoding: str, mistake: Any) -> None:
    """A mistake is named at its line, once, and costs no other record."""
    opener.check(tortured(File(encoding), [mistake]))
    opener.check(tortured(File(encoding, newline="\r\n"), [mistake, mistake], rows=1))


@pytest.mark.parametrize("seed", range(12))
def test_all_mistakes_together(opener: Opener, seed: int) -> None:
    """In a file of 100 columns with every mistake, records = good + broken + blank, each at its line."""
    encoding = list(MARKS)[seed % len(MARKS)]
    file = File(encoding, DELIMITERS[seed % 3], NEWLINES[seed % 2], width=100, seed=seed)
    mistakes = list(MISTAKES) * 2
    file.random.shuffle(mistakes)
    opener.check(tortured(file, mistakes))


def test_titles_above_the_header(opener: Opener) -> None:
    """Title rows, of any shape, stand above the header and are said to be there."""
    file = File(newline="\r\n").header("2026 年申报汇总表", "", '填表单位："某局", 盖章', ",,,")
    source = opener.check(tortured(file, MISTAKES))
    assert any("其上 4 行未读" in note.zh for note in source.notes)


def test_a_header_over_two_lines(opener: Opener) -> None:
    """A header may have line breaks in its cells, and records still know their lines."""
    source = opener.source('统一社会信用代码,"营业收入\n（亿元）"\n1,2\n3,"4\n4"\n5,6\n'.encode())
    assert source.headers == ("统一社会信用代码", "营业收入\n（亿元）")
    assert list(source.lines([0, 1, 2], 3)) == [3, 4, 6]
    assert list(source.lines([2], 3)) == [6]


def test_two_marks_at_the_beginning(opener: Opener) -> None:
    """A second byte order mark is no part of the first header."""
    assert opener.source(b"\xef\xbb\xbf" * 2 + "企业名称,x\n甲,1\n".encode()).headers == ("企业名称", "x")


def test_one_bad_byte_makes_no_other_encoding(opener: Opener) -> None:
    """A UTF-8 file with a stray byte stays UTF-8; only that line is broken."""
    source = opener.opened(opener.source("firm_name,x\nSoci\xe9t\xe9,1\nb,2\n".encode("latin-1") + "甲,3\n".encode()))
    assert [broken.line for broken in source.broken] == [2]
    assert opener.rows(source) == [["b", "2"], ["甲", "3"]]


def test_encoding_found_far_down(opener: Opener) -> None:
    """The encoding is told by the first bytes that are not ASCII, however far down they are."""
    plain = "firm_name,x\n" + "a,1\n" * 400_000
    source = opener.source((plain + "某某公司,2\n").encode("gb18030"))
    rows = fetched(opener.connection, source.table)
    assert rows.num_rows == 400_001
    assert list(source.lines([400_000], 400_001)) == [400_002]
    assert rows.filter(pc.equal(rows["t1"], "2")).to_pylist() == [{"t0": "某某公司", "t1": "2"}]


def test_the_order_of_the_file(opener: Opener, connection: duckdb.DuckDBPyConnection) -> None:
    """A table stored from a source numbers its rows as the file does."""
    body = "".join(",\n" if n % 1000 == 999 else f"n{n},{n}\n" for n in range(300_000))
    source = opener.source(f"firm_name,x\n{body}".encode())
    connection.execute(f"create or replace table stored as {source.table.statement}")
    found = connection.execute("select rowid, t1 from stored where rowid % 7919 = 0 order by rowid").fetchall()
    lines = list(source.lines([record for record, _ in found], 300_000))
    assert [int(text) + 2 for _, text in found] == lines
    assert lines == [record + 2 for record, _ in found]


@given(
    st.lists(st.sampled_from(["a", ",", ",", '"', '""', "\n", "\n", "\r\n", " ", "甲"]), max_size=40).map("".join),
    st.integers(1, 3),
)
@settings(max_examples=60)
def test_any_text_after_a_header(tmp_path_factory: pytest.TempPathFactory, body: str, width: int) -> None:
    """Whatever follows a header is read, and a line number is known for every record; read twice, it is the same."""
    own = duckdb.connect()
    opener = Opener(own, tmp_path_factory.mktemp("any"))
    header = ",".join(["firm_name", "x", "y"][:width])
    source = opener.opened(opener.source(f"{header}\n{body}".encode()))
    rows, lines = opener.rows(source), opener.lines(source)
    blank_rows = source.blank_rows + len(opener.records(source))
    assert lines == sorted(set(lines))
    assert not {broken.line for broken in source.broken} & set(lines)
    again = opener.source(f"{header}\n{body}".encode("utf-16"))
    assert (rows, lines) == (opener.rows(again), opener.lines(again))
    assert (source.broken, blank_rows) == (again.broken, again.blank_rows + len(opener.records(again)))
    own.close()


UNUSABLE = {
    "empty": (b"", "firms.csv", "is empty"),
    "only a mark": (b"\xef\xbb\xbf", "firms.csv", "is empty"),
    "only line ends": (b"\n\r\n\n", "firms.csv", "is empty"),
    "no header": (b"1,2,3\n4,5,6\n", "firms.csv", "has no header"),
    "NUL bytes": (b"\0" * 5000, "firms.csv", "has no header"),
    "any bytes": (bytes(range(256)) * 50, "firms.csv", "has no header"),
    "a workbook called csv": (b"PK\x03\x04....", "firms.csv", "is an archive and no Excel workbook"),
    "text called xlsx": (b"a,b\n", "firms.xlsx", "named .xlsx, in truth text"),
    "lines that end in U+2028": ("企业名称,营业收入\u2028甲,5\u2028乙,6\u2028".encode(), "firms.csv", "U+2028"),
    "lines that end in U+2029": ("企业名称,营业收入\u2029甲,5\u2029乙,6".encode("utf-16"), "firms.csv", "U+2028"),
    "an empty xlsx": (b"", "firms.xlsx", "is no Excel workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "firms.xls", "old .xls file"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "firms.xlsx", "password"),
    "half a workbook": (b"PK\x03\x04" + b"\0" * 600, "firms.xlsx", "is damaged"),
    "text called parquet": (b"a,b\n", "firms.parquet", "named .parquet, in truth text"),
    "half a parquet": (b"PAR1" + b"\0" * 600 + b"PAR1", "firms.parquet", "is no Parquet file"),
    "another kind": (b"{}", "firms.json", "of a kind that cannot be read"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_files(opener: Opener, name: str) -> None:
    """A file that cannot be used at all has one problem that says so, and what to do."""
    data, file, words = UNUSABLE[name]
    assert words in opener.problem(data, file)


def test_no_file(opener: Opener, tmp_path: Path) -> None:
    """A folder and a file that is not there are said to be that; so is a path that cannot be one."""
    for path, words in ((tmp_path, "is a folder"), (tmp_path / "none.csv", "does not exist"), (Path("a\0.csv"), "a")):
        with pytest.raises(InputError, match=words):
            opener.file(path)


def test_a_header_only(opener: Opener) -> None:
    """A file without firms is a table without rows."""
    for data in ("企业名称,x".encode(), "企业名称,x\r\n\r\n".encode("utf-16")):
        source = opener.source(data)
        assert (opener.rows(source), opener.lines(source), source.broken) == ([], [], ())


def test_a_long_line(opener: Opener) -> None:
    """A line of 10 MB is broken, and the next one is read."""
    source = opener.opened(opener.source(b"firm_name,x\n" + b"x" * 10_000_000 + b",1\na,2\n"))
    assert [(broken.line, len(broken.text) < 300) for broken in source.broken] == [(2, True)]
    assert (opener.rows(source), opener.lines(source)) == ([["a", "2"]], [3])


def test_hostile_quotes(opener: Opener) -> None:
    """Quotes that never close do not make reading slow: every line is read a few times at most."""
    for line in ('"a\n', '"",\n', '","\n', '" "\n'):
        source = opener.opened(opener.source(("firm_name,x,y\n" + '"\n' + line * 30_000 + "1,2,3\n").encode()))
        assert opener.rows(source)[-1] == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["firms[1].csv", "a*b?.csv", "it's.csv", "企业 名单.CSV"])
def test_names_of_files(opener: Opener, name: str) -> None:
    """A file may have any name, also one that looks like a pattern."""
    assert opener.rows(opener.source("企业名称,x\n甲,1\n".encode(), name)) == [["甲", "1"]]


def workbook(path: Path, sheets: dict[str, list[list[Any]]], merged: dict[str, Any] | None = None) -> Path:
    """Write sheets; a (value, format) pair is a cell with a number format."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for area, value in (merged or {}).items():
            sheet.merge_range(area, value)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                value, style = cell if isinstance(cell, tuple) else (cell, None)
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, book.add_format({"num_format": style or "yyyy/m/d"}))
                elif isinstance(value, str) and value.startswith("#"):
                    sheet.write_formula(row, column, "=1/0", None, value)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value, book.add_format({"num_format": style}) if style else None)
    book.close()
    return path


def test_excel_cells_as_typed(opener: Opener, tmp_path: Path) -> None:
    """Numbers have no noise, dates and yes are words, numbers as text stay, an error is kept to be refused."""
    values = [3.0, 0.1 + 0.2, 2.675, 123456789012.5, "007", True, False, date(2026, 4, 1), "#DIV/0!", " a ", 1e-7]
    path = workbook(tmp_path / "a.xlsx", {"s": [["企业名称", "x"], *(["甲", value] for value in values)]})
    texts = ["3", "0.3", "2.675", "123456789012.5", "007", "是", "否", "2026-04-01", "#DIV/0!", " a ", "1e-07"]
    assert [row[1] for row in opener.rows(opener.file(path))] == texts


def test_excel_percents(opener: Opener, tmp_path: Path) -> None:
    """A share typed as 15% is read as 15%, in any column; 0.15 without the format stays as it is."""
    percent = "0.00%"
    rows = [
        ["企业名称", "全球市场占有率", "营业收入"],
        ["甲", (0.15, percent), (0.5, percent)],
        ["乙", (0.145, "0%"), 3],
        ["丙", 0.15, 4],
        ["丁", (15, '0"%"'), 5],
        ["戊", (1.5, percent), 6],
    ]
    source = opener.file(workbook(tmp_path / "a.xlsx", {"s": rows}))
    assert [row[1] for row in opener.rows(source)] == ["15%", "14.5%", "0.15", "15%", "150%"]
    assert opener.rows(source)[0][2] == "50%"


def test_excel_layout(opener: Opener, tmp_path: Path) -> None:
    """Titles are passed over, blank rows counted, merged cells stand in each of their rows, rows keep their number."""
    rows = [
        ["汇总表"],
        [],
        ["企业名称", "主导产品", "营业收入"],
        ["甲", "泵", 1],
        [None, "阀", 2],
        [],
        ["乙", "轴", 3],
        [None, None, None],
    ]
    source = opener.file(workbook(tmp_path / "a.xlsx", {"数据": rows, "说明": [["x"]]}, {"A4:A6": "甲"}))
    assert opener.rows(source) == [["甲", "泵", "1"], ["甲", "阀", "2"], ["乙", "轴", "3"]]
    assert opener.lines(source) == [4, 5, 7]
    assert source.blank_rows == 1
    assert any("说明" in note.zh for note in source.notes)


def test_excel_header_of_two_rows(opener: Opener, tmp_path: Path) -> None:
    """A header whose cells are merged downwards is read with the row below: 上年度 over 营业收入 is one name."""
    rows = [["企业名称", "上年度", None, "x"], [None, "营业收入", "研发费用"], ["甲", 1, 2, 3]]
    path = workbook(tmp_path / "a.xlsx", {"s": rows}, {"A1:A2": "企业名称", "B1:C1": "上年度", "D1:D2": "x"})
    source = opener.file(path)
    assert source.headers == ("企业名称", "上年度营业收入", "上年度研发费用", "x")
    assert (opener.rows(source), opener.lines(source)) == ([["甲", "1", "2", "3"]], [3])


def test_excel_sheets(opener: Opener, tmp_path: Path) -> None:
    """A sheet is taken by its name; a wrong name is answered with the names there are."""
    path = workbook(tmp_path / "a.xlsx", {"说明": [["x"]], "数据": [["企业名称"], ["甲"]], "空": []})
    assert opener.rows(opener.file(path, sheet="数据")) == [["甲"]]
    for sheet, words in ((None, "Name another sheet with --sheet: 数据"), ("数居", "数据"), ("空", "nothing")):
        with pytest.raises(InputError, match=words):
            opener.file(path, sheet=sheet)
    assert "no sheets" in opener.problem("企业名称\n甲\n".encode(), sheet="数据")


def test_damaged_workbooks(opener: Opener, tmp_path: Path) -> None:
    """A workbook with any byte changed is read, or has a problem; it never fails otherwise."""
    data = workbook(
        tmp_path / "a.xlsx", {"s": [["企业名称", "全球市场占有率"], ["甲", 0.5], ["乙", "#N/A"]]}
    ).read_bytes()
    for place in range(0, len(data), 97):
        changed = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        with suppress(InputError):
            opener.rows(opener.source(changed, "b.xlsx"))


def test_parquet_cells(opener: Opener, tmp_path: Path) -> None:
    """Typed columns come out as a person would type them."""
    path = tmp_path / "a.parquet"
    duckdb.sql(
        """copy (select 1 as firm_id, 1.50::decimal(10,2) as a, 10.00::decimal(10,2) as b, 3.0::double as c,
        0.1::float as d, true as e, date '2026-04-01' as f, timestamp '2026-04-01' as g, ['甲', '乙'] as h,
        []::varchar[] as i, null::varchar as j, 1234567.25::double as k, [2.50, 1] as l, 100::decimal(5,0) as m)
        to """
        f"'{path}' (format parquet)"
    )
    texts = ["1", "1.5", "10", "3", "0.1", "是", "2026-04-01", "2026-04-01", "甲、乙", "无", "", "1234567.25"]
    assert opener.rows(opener.file(path)) == [[*texts, "2.5、1", "100"]]


def test_parquet_records(opener: Opener, tmp_path: Path) -> None:
    """Records of a Parquet file are counted with the blank ones."""
    path = tmp_path / "a [1].parquet"
    query = "select case when n % 3 <> 1 then 'n' || n end as firm_name from range(9) r(n)"
    duckdb.sql(f"copy ({query}) to '{path}' (format parquet)")
    source = opener.file(path)
    assert [row[0] for row in opener.rows(source)] == ["n0", "n2", "n3", "n5", "n6", "n8"]
    assert opener.lines(source) == [1, 3, 4, 6, 7, 9]


def test_one_content_in_every_form(opener: Opener, tmp_path: Path) -> None:
    """CSV, Excel and Parquet files of the same texts are the same table."""
    file = File().header()
    for _ in range(50):
        file.row()
    wanted = [[cell.replace("\r\n", "\n") for cell in row] for row in file.rows]
    book = workbook(tmp_path / "a.xlsx", {"s": [file.headers, *wanted]})
    parquet = tmp_path / "a.parquet"
    columns = {header: [row[place] for row in wanted] for place, header in enumerate(file.headers)}
    pyarrow.parquet.write_table(pyarrow.table(columns), parquet)
    sources = [opener.source(file.data), opener.file(book), opener.file(parquet)]
    for source in sources:
        assert list(source.headers) == file.headers
        assert [[cell.replace("\r\n", "\n") for cell in row] for row in opener.rows(source)] == wanted


def test_when_a_workbook_has_times(opener: Opener, tmp_path: Path) -> None:
    """A moment keeps its time of day, so that it is not taken for a day."""
    moment = datetime(2026, 4, 1, 5, 6)  # noqa: DTZ001 Excel knows no zones
    path = workbook(tmp_path / "a.xlsx", {"s": [["企业名称", "x"], ["甲", (moment, "yyyy/m/d h:mm")]]})
    assert opener.rows(opener.file(path))[0][1] == "2026-04-01 05:06:00"


TRADITIONAL = [
    "企業名稱,營業收入（萬元）,全球市場佔有率（%）",
    "企業名稱;員工人數",
    "統一社會信用代碼\t企業名稱\t備註",
    '"企業名稱","獲獎日期"',
]
SIMPLIFIED = [
    "企业名称,营业收入（万元）,全球市场占有率（%）",
    "企业名称;员工人数",
    "统一社会信用代码\t企业名称\t备注",
    '"企业名称","获奖日期"',
]


def test_big5_and_gb18030_are_told_apart_by_their_headers(opener: Opener) -> None:
    """A table of Taiwan or Hong Kong reads as Big5, one of the mainland as GB18030, however short."""
    for texts, encoding, name in (
        (TRADITIONAL, "big5", "臺灣精密軸承股份有限公司"),
        (SIMPLIFIED, "gb18030", "宁波精密轴承股份有限公司"),
    ):
        for header in texts:
            mark = next(one for one in "\t;," if one in header)
            width = header.count(mark)
            source = opener.source(f"{header}\n{name}{mark * width}\n".encode(encoding))
            assert list(source.headers) == header.replace('"', "").split(mark)
            assert "Big5" in source.notes[0].zh if encoding == "big5" else "GB18030" in source.notes[0].zh
            assert [row[0] for row in opener.rows(source)] == [name]


def test_big5_below_a_title_and_with_bars_in_its_letters(opener: Opener) -> None:
    """Letters of Big5 whose second byte is a bar or a backslash (許功蓋 …) split no cell."""
    text = "縣級企業統計表\n企業名稱,員工人數\n功蓋科技有限公司,12\n育淚珮裡企業,13\n"
    source = opener.source(text.encode("big5"))
    assert opener.rows(source) == [["功蓋科技有限公司", "12"], ["育淚珮裡企業", "13"]]
    assert source.headers == ("企業名稱", "員工人數")
    hong_kong = opener.source("企業名稱,員工人數\n深水埗㗎電子,5\n".encode("big5hkscs"))
    assert opener.rows(hong_kong) == [["深水埗㗎電子", "5"]]


@pytest.mark.parametrize(("most", "few"), [("gb18030", "utf-8"), ("big5", "utf-8"), ("utf-8", "gb18030")])
def test_rows_in_another_encoding_are_no_firms(opener: Opener, most: str, few: str) -> None:
    """They would have garbled names; all others are read."""
    header, *rows = ["企業名稱,營業收入" if most == "big5" else "企业名称,营业收入", *["杭州精密工具公司,5"] * 30]
    lines = [*(line.encode(most) for line in (header, *rows)), *(line.encode(few) for line in rows[:2])]
    source = opener.source(b"\n".join(lines) + b"\n")
    source = source.carefully() if most == "utf-8" and source.carefully else source
    assert len(opener.rows(source)) == 30
    assert [broken.line for broken in source.broken] == [32, 33]
