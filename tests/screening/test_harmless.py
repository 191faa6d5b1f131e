"""No output runs what a stranger's text says: not in a spreadsheet, not in a terminal."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.text import Text

from engine.command.console import console
from engine.ground.harmless import harmless
from engine.screening.order import Order
from engine.screening.whole import screen_whole
from tests.screening.test_one_pass import DAY
from tests.shell import run
from tests.small_rules import rules_asking

RULES = rules_asking("global_market_share_pct")
_AROUND = " \t\r\n\u3000'"  # goes from around a name
Capture = pytest.CaptureFixture[bytes]
_TEXTS = {  # as written, as it stands in CSV
    '=HYPERLINK("http://x";"y")': '\'=HYPERLINK("http://x";"y")',
    "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0",
    "-2+3": "'-2+3",
    "@SUM(1+1)": "'@SUM(1+1)",
    "\t=1+1": "'\t=1+1",
    "\r=1+1": "'\r=1+1",
    "\u3000=1+1": "'\u3000=1+1",
    "＝1+1": "'＝1+1",
    "+86-571": "'+86-571",
    "-2.5": "-2.5",
    "-1,234.5": "-1,234.5",
    "+8613800138000": "+8613800138000",
    "-3e2": "-3e2",
    "1e5": "1e5",
    "--": "--",
    "甲=乙": "甲=乙",
    "'=1": "'=1",
    "\x1b[31mRED\x1b[0m": "\ufffd[31mRED\ufffd[0m",
    "\u202eevil": "\ufffdevil",
    "\x9b2J": "\ufffd2J",
    "甲\n乙": "甲\n乙",
}


def _table(path: Path) -> Path:
    names = list(_TEXTS)
    shares = ["约15%" if place % 4 == 3 else "20" for place in range(len(names))]
    ids = [f"C{place}" for place in range(len(names))]
    columns = {"统一社会信用代码": ids, "企业名称": names, "全球市场占有率(%)": shares, "=备注": names}
    pq.write_table(pa.table(columns), path)
    return path


def _read(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def test_csv(capfdbinary: Capture, tmp_path: Path) -> None:
    """Texts in verdicts and rejected rows are harmless, numbers are as they were; lists have a BOM."""
    source, out, rejected = _table(tmp_path / "in.parquet"), tmp_path / "out.csv", tmp_path / "out.rejected.csv"
    words = ("screen", str(source), "-o", str(out), "--carry", "--rules", str(RULES.folder))
    run(capfdbinary, *words)
    verdicts, refused = out.read_bytes().decode(), rejected.read_bytes().decode()
    assert (verdicts[0], refused[0]) == ("l", "\ufeff")
    carried, expected = list(_TEXTS.values()), [harmless(name.strip(_AROUND)) for name in _TEXTS]
    assert {row["firm_name"] for row in _read(verdicts)} == {one for n, one in enumerate(expected) if n % 4 != 3}
    assert {row["'=备注"] for row in _read(verdicts)} == {one for n, one in enumerate(carried) if n % 4 != 3}
    assert [row["企业名称"] for row in _read(refused)] == carried[3::4]
    run(capfdbinary, *words, "--raw-text")
    raw = list(_TEXTS)
    assert {row["=备注"] for row in _read(out.read_bytes().decode())} == {
        one for n, one in enumerate(raw) if n % 4 != 3
    }
    assert [row["企业名称"] for row in _read(rejected.read_bytes().decode())] == raw[3::4]


def test_other_forms(capfdbinary: Capture, tmp_path: Path) -> None:
    """JSON lines and Parquet keep texts as they are; a workbook has them as texts, never as formulas or links."""
    source, kept = _table(tmp_path / "in.parquet"), {one.strip(_AROUND) for n, one in enumerate(_TEXTS) if n % 4 != 3}
    for form in ("jsonl", "parquet", "xlsx"):
        words = ("-o", str(tmp_path / f"out.{form}"), "--carry", "--rules", str(RULES.folder))
        run(capfdbinary, "screen", str(source), *words)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["firm_name"] for line in lines} == kept
    assert set(pq.read_table(tmp_path / "out.parquet")["firm_name"].to_pylist()) == kept
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert "-2+3" in {cell.value for cell in cells}


def test_whole(tmp_path: Path) -> None:
    """Over HTTP a CSV is harmless to its last row, JSON lines are as they were, and the archive's lists have a BOM."""
    source, book = _table(tmp_path / "in.parquet"), RULES.rulebook()
    found = {}
    for form in ("csv", "jsonl", "zip"):
        screen_whole(source, Order(book, DAY, tmp_path / form, "csv", carry=True), form)  # type: ignore[arg-type]
        found[form] = (tmp_path / form).read_bytes()
    assert {row["firm_name"] for row in _read(found["csv"].decode())} <= {
        *_TEXTS.values(),
        *(harmless(name.strip(_AROUND)) for name in _TEXTS),
    }
    rows = [json.loads(line) for line in found["jsonl"].splitlines()]
    assert {row["row"]["firm_name"] for row in rows if row["kind"] in {"verdict", "rejected"}} <= {
        *_TEXTS,
        *(name.strip(_AROUND) for name in _TEXTS),
    }
    with zipfile.ZipFile(io.BytesIO(found["zip"])) as archive:
        assert archive.read("rejected.csv").startswith(b"\xef\xbb\xbf")
        assert archive.read("warnings.csv").startswith(b"\xef\xbb\xbf")


def test_terminal(capfdbinary: Capture, tmp_path: Path) -> None:
    """A name with control characters gives a terminal no orders."""
    console().print(Text("\x1b]0;pwn\x07 \u202eevil \x9b2J"))
    assert capfdbinary.readouterr().out.decode().rstrip() == "\ufffd]0;pwn \ufffdevil \ufffd2J"
    (tmp_path / "firm.json").write_text(json.dumps({"firm_name": "\x1b[31mRED\u2066"}), encoding="utf-8")
    for form in ("text", "line"):
        result = run(capfdbinary, "assess", str(tmp_path / "firm.json"), "--format", form)
        assert "RED" in result.out + result.err
        assert not {"\x1b", "\u2066"} & set(result.out + result.err)


def test_harmless_twice() -> None:
    """What is harmless stays as it is."""
    assert [harmless(one) for one in _TEXTS.values()] == list(_TEXTS.values())
