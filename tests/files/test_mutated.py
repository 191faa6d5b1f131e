"""Files with bytes changed, lost, doubled or cut off: each is opened or refused with a problem."""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from engine import InputError, shipped
from engine.files.intake import open_source
from engine.layout.layout import Desk
from engine.sql.database import fetched
from engine.tables.source import Source

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
MANY = 10_000 if LONG else 60
HEADER = ["企业名称", "统一社会信用代码", "营业收入（亿元）", "全球市场占有率(%)", "员工人数", "获奖日期", "备注"]
ROWS = [
    [
        f"样例{n}有限公司",
        f"91130132MA{n:07d}X",
        f"{n}.{n}",
        f"{n}%",
        str(10 * n),
        f"2025-0{n % 9 + 1}-11",
        '他说"好",\n是',
    ]
    for n in range(1, 12)
]


def as_csv(delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Give the firms as a delimited file."""
    lines = [HEADER, *(['"' + cell.replace('"', '""') + '"' for cell in row] for row in ROWS)]
    return "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)


def as_parquet() -> bytes:
    """Give the firms as a Parquet file of texts, numbers and days."""
    columns = dict(zip(HEADER, map(list, zip(*ROWS, strict=True)), strict=True))
    typed = {**columns, "员工人数": [int(cell) for cell in columns["员工人数"]]}
    typed["获奖日期"] = [date.fromisoformat(cell) for cell in columns["获奖日期"]]
    with io.BytesIO() as file:
        pq.write_table(pa.table(typed), file, row_group_size=4)
        return file.getvalue()


def as_excel() -> bytes:
    """Give the firms as a workbook."""
    book = Workbook()
    for row in (HEADER, *ROWS):
        book.active.append(row)
    with io.BytesIO() as file:
        book.save(file)
        return file.getvalue()


FORMS = {
    "comma.csv": as_csv(),
    "tab.csv": as_csv("\t", "gb18030"),
    "utf16.csv": as_csv(";", "utf-16"),
    "firms.parquet": as_parquet(),
    "firms.xlsx": as_excel(),
}


def mutated(content: bytes, random: Random) -> bytes:
    """Give the content with a few changes of the kinds that disks, mails and hands make."""
    data = bytearray(content)
    for _ in range(random.choice([1, 1, 2, 5, 20])):
        if not data:
            break
        at, size = random.randrange(len(data)), random.choice([1, 1, 2, 8, 200])
        match random.randrange(6):
            case 0:
                data[at] ^= 1 << random.randrange(8)
            case 1:
                data[at : at + size] = random.randbytes(size)
            case 2:
                del data[at : at + size]
            case 3:
                data[at:at] = data[at : at + size]
            case 4:
                data[at:at] = random.choice(
                    [b'"', b"\n", b"\r", b"\0", b",", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"'"]
                )
            case 5:
                del data[at if random.random() < 0.2 else -1 :]
    return bytes(data)


def opened(path: Path, connection: duckdb.DuckDBPyConnection) -> Source:
    """Open a file and read its table to the end."""
    desk = Desk(shipped().vocabulary, {}, date(2026, 6, 1), connection, path.parent)
    source = open_source(path, desk)
    try:
        rows = fetched(connection, source.table).num_rows
    except (duckdb.Error, UnicodeDecodeError):
        assert source.carefully is not None
        source = source.carefully()
        rows = fetched(connection, source.table).num_rows
    assert source.rows is None or source.rows == rows
    return source


@pytest.mark.parametrize("name", FORMS)
def test_a_damaged_file_is_opened_or_refused(name: str, tmp_path: Path) -> None:
    """Whatever happens to the bytes of a file, what comes of it is a table or a problem in words."""
    random, connection = Random(name), duckdb.connect()
    refused = 0
    for number in range(MANY):
        content = mutated(FORMS[name], random)
        path = tmp_path / name
        path.write_bytes(content)
        try:
            opened(path, connection)
        except InputError:
            refused += 1
        except Exception as error:
            kept = tmp_path / f"kept-{number}-{name}"
            kept.write_bytes(content)
            message = f"{kept}: {type(error).__name__}: {error}"
            raise AssertionError(message) from error
        for left in tmp_path.iterdir():
            if left != path and not left.name.startswith("kept"):
                left.unlink()
    assert refused < MANY
