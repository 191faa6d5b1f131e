"""Forms of several firms are one list: a row each, as `assess` decides it, with the name of the file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from engine import Order, assess, profile_of, screen_file, shipped
from engine.explaining.blank_form import blank_form
from engine.ground.errors import InputError
from tests.forms import filled
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
DAY = date(2026, 6, 1)
BOOK = "miit-2026-little-giant"
OPTIONS = ("--rulebook", BOOK, "--as-of", str(DAY), "--lang", "zh")
FIRM: dict[str, Any] = {"revenue_y0": 2.1, "revenue_y1": 18000, "employees_y0": 320, "independent_legal_person": True}


def _folder(tmp_path: Path) -> Path:
    """Write three forms, in another unit, in English and as CSV, and one that cannot be read for certain."""
    folder = tmp_path / "forms"
    folder.mkdir()
    of_level, english = (blank_form(shipped(), DAY, level="小巨人", lang=lang) for lang in ("zh", "en"))
    one = filled(of_level, {**FIRM, "firm_name": "虚构甲厂"}, folder / "1.xlsx")
    book = openpyxl.load_workbook(one)
    [cell] = [row[2] for row in book.worksheets[0].iter_rows() if row[0].value == "上年度（2025年）营业收入"]
    cell.value = "亿元"
    book.save(one)
    filled(english, {**FIRM, "firm_name": "虚构乙厂", "revenue_y0": 900}, folder / "2.xlsx", "en")
    filled(blank_form(shipped(), DAY, "ladder"), {**FIRM, "firm_name": "虚构丙厂", "firm_id": "0012"}, folder / "3.csv")
    filled(of_level, {**FIRM, "firm_name": "虚构丁厂", "employees_y0": "约三百"}, folder / "4.csv")
    (folder / "~$1.xlsx").write_bytes(b"")
    (folder / "读我.txt.bak").write_bytes(b"")
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [*csv.DictReader(file)]


def test_a_folder_of_forms_is_a_list(tmp_path: Path, capfdbinary: Capture) -> None:
    """Each row has the verdict and the reasons of its form alone; what rejects a form rejects its row."""
    folder, out = _folder(tmp_path), tmp_path / "out.csv"
    done = run(capfdbinary, "screen", str(folder), "-o", str(out), *OPTIONS)
    assert (done.code, "读作" in done.err) == (1, False)
    assert "4 张填报表，一张一行，行号指次序：1 1.xlsx；2 2.xlsx；3 3.csv；4 4.csv" in done.err
    rows = _rows(out)
    assert [(row["line"], row["填报表文件"], row["firm_name"]) for row in rows] == [
        ("1", "1.xlsx", "虚构甲厂"),
        ("2", "2.xlsx", "虚构乙厂"),
        ("3", "3.csv", "虚构丙厂"),
    ]
    for row in rows:
        alone = assess(profile_of(folder / row["填报表文件"], rulebook=BOOK, as_of=DAY), BOOK, DAY)
        assert (row["verdict"], row["reasons"]) == (alone.verdict.value, alone.reasons.zh)
    [rejected] = _rows(tmp_path / "out.rejected.csv")
    assert (rejected["行号"], rejected["企业名称"], rejected["填写内容"]) == ("4", "虚构丁厂", "约三百")


def test_named_one_by_one_in_python_and_as_a_workbook(tmp_path: Path) -> None:
    """`screen_file` takes them too; in a workbook the file stands beside the name, also of what was not judged."""
    paths = sorted(_folder(tmp_path).glob("[1-4].*"))
    out = tmp_path / "out.xlsx"
    found = screen_file(paths, Order(shipped().rulebook(BOOK), DAY, out, "xlsx", labels="titles"))
    assert (found.rows_in, found.verdicts, found.rejected) == (4, 3, 1)
    sheets = openpyxl.load_workbook(out).worksheets
    told = [
        [str(cell) for cell in row if cell is not None] for sheet in sheets for row in sheet.iter_rows(values_only=True)
    ]
    for name in ("1.xlsx", "2.xlsx", "3.csv", "4.csv"):
        assert any(name in row for row in told), name


def test_what_is_no_form_is_told_beside_those_that_are(tmp_path: Path, capfdbinary: Capture) -> None:
    """A list and a form of another year are refused by name; lists alone, and a folder without files, altogether."""
    folder = _folder(tmp_path)
    (folder / "5.csv").write_text("企业名称,营业收入\n甲,1\n", encoding="utf-8")
    filled(blank_form(shipped(), date(2027, 6, 1), level="小巨人"), {**FIRM, "firm_name": "虚构戊厂"}, folder / "6.csv")
    done = run(capfdbinary, "screen", str(folder), "-o", str(tmp_path / "out.csv"), *OPTIONS)
    assert done.code == 1
    rejected = {row["填写内容"]: row["问题"] for row in _rows(tmp_path / "out.rejected.csv")}
    assert "不是填好的填报表" in rejected["5.csv"]
    assert "按 2026 年为上年度填写" in rejected["6.csv"]
    with pytest.raises(InputError, match=r"5\.csv"):
        screen_file(
            [folder / "5.csv", folder / "5.csv"], Order(shipped().rulebook(BOOK), DAY, tmp_path / "o.csv", "csv")
        )
    (tmp_path / "empty").mkdir()
    none = run(capfdbinary, "screen", str(tmp_path / "empty"), "-o", str(tmp_path / "o.csv"), *OPTIONS)
    assert (none.code, "文件夹里没有可读的文件" in none.err) == (1, True)


def test_one_form_names_the_commands_for_one_firm(tmp_path: Path, capfdbinary: Capture) -> None:
    """In a line, and not how each of its rows was read."""
    path = str(_folder(tmp_path) / "1.xlsx")
    words = ("screen", path, "-o", str(tmp_path / "o.csv"))
    done = run(capfdbinary, *words, "--level", "小巨人", *OPTIONS[2:])
    assert (done.code, "读作" in done.err, "备注（" in done.err) == (0, False, False)
    assert f"只有一家企业，全文用 champion assess {path} --level little_giant --as-of 2026-06-01" in done.err
    done = run(capfdbinary, *words, "--rulebook", "miit-2026-srdi", *OPTIONS[2:])
    assert "做的，而这里按" in done.err


def test_forms_made_for_other_texts_are_told(tmp_path: Path, capfdbinary: Capture) -> None:
    """With the number of the form, above the summary."""
    folder = _folder(tmp_path)
    done = run(capfdbinary, "screen", str(folder), "-o", str(tmp_path / "o.csv"), "--level", "专精特新", *OPTIONS[2:])
    assert "1 这张填报表是为 2026-06-01 的专精特新“小巨人”企业做的，而这里按" in done.err
    assert "3 这张填报表" not in done.err
