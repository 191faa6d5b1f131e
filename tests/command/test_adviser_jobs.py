"""An adviser's jobs: firms compared, a lapsed title, a figure changed for a trial, a form carried over."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine import ladder, shipped
from engine.explaining.blank_form import blank_form
from tests.forms import filled
from tests.shell import run

ROOT = Path(__file__).parents[2]
DAY = "2026-06-01"
Capture = pytest.CaptureFixture[bytes]
LITTLE_GIANT = ("--level", "小巨人", "--as-of", DAY)


def _facts(**changed: Any) -> dict[str, Any]:
    path = ROOT / "fixtures" / "made_up" / "little-giant-2026-just-passes.json"
    facts = json.loads(path.read_text(encoding="utf-8")) | changed
    return {name: value for name, value in facts.items() if value is not None}


def _files(folder: Path, *several: dict[str, Any]) -> list[str]:
    paths = [folder / f"{place}.json" for place, _ in enumerate(several)]
    for path, facts in zip(paths, several, strict=True):
        path.write_text(json.dumps(facts), encoding="utf-8")
    return [str(path) for path in paths]


def _plain(text: str) -> str:
    """Give a text without the breaks of its lines."""
    return "".join(text.split())


def test_a_comparison_says_what_was_stated_a_fact_a_line(capfdbinary: Capture, tmp_path: Path) -> None:
    """Also a title that is out of its term, and one that is held longer: never as none, or as the same."""
    over, longer = "专精特新中小企业（2023年6月至2026年5月）", "专精特新中小企业（2026年6月至2029年5月）"
    held = "专精特新中小企业（2023年6月至2026年12月）"
    names = _files(tmp_path, *(_facts(valid_titles=one) for one in (over, held, longer)), _facts(valid_titles=None))
    out = run(capfdbinary, "assess", *names, *LITTLE_GIANT, "--format", "line").out
    said, title = _plain(out), "有效期内的称号："
    assert "改了所填的：有效期内的称号：" in said
    valid = [f"专精特新中小企业（有效至{day}，按月末算）" for day in ("2026年12月31日", "2029年5月31日")]
    assert f"{title}所填“{over}”不在有效期内→{valid[0]}" in said
    assert f"{title}{valid[0]}→{valid[1]}" in said
    assert f"{title}{valid[1]}→没有填写" in said


def test_two_forms_are_compared_level_by_level(capfdbinary: Capture, tmp_path: Path) -> None:
    """A line for each level of each file, and under each level what changed of it; what is unused once."""
    names = _files(tmp_path, _facts(), _facts(rd_expense_y0=100, foundation_base="parts"), {"revenue_y0": "许多"})
    done = run(capfdbinary, "ladder", *names[:2], "--as-of", DAY, "--format", "line")
    lines, said = done.out.partition("\n\n")[0].splitlines(), _plain(done.out)
    levels = [one.title.zh for one in ladder(_facts(), DAY).levels]
    assert [line.split()[0] for line in lines] == [name for name in names[:2] for _ in levels]
    assert all(level in line for level, line in zip(levels[::-1] * 2, lines, strict=True))
    assert "专精特新“小巨人”企业：符合→不符合近两年研发费用：符合→不符合；" in said
    assert said.count("产业基础“五基”类别：没有填写→基础零部件和元器件") == 1
    both = json.loads(run(capfdbinary, "ladder", *names[:2], "--as-of", DAY, "--format", "json").out)
    assert [one["firm"] for one in both] == [both[0]["firm"]] * 2
    refused = run(capfdbinary, "ladder", *names, "--as-of", DAY)
    assert refused.code == 1
    assert names[2] in refused.err
    assert refused.out.count("下一级：") == 2


def test_a_lapsed_title_is_told_alike(capfdbinary: Capture, tmp_path: Path) -> None:
    """The list of documents has its paper, and what to write if it was renewed; the page says that it comes first."""
    facts = _facts(valid_titles="专精特新中小企业（2023年6月至2026年5月）")
    [name] = _files(tmp_path, facts)
    listed = _plain(run(capfdbinary, "evidence", name, *LITTLE_GIANT).out)
    assert "已复核延期的，请把新的期限写在名称后" in listed
    assert "☐称号证书或公告（专精特新中小企业，有效期内）" in listed
    brief = _plain(run(capfdbinary, "assess", name, *LITTLE_GIANT, "--format", "brief").out).partition("下一步：")[2]
    assert brief.startswith("先核对不符合的各项所填是否属实。属实的，")
    assert "不改变结论。须先取得称号（过期的须先延续）：专精特新中小企业。" in brief
    never = _plain(run(capfdbinary, "evidence", *_files(tmp_path, facts | {"valid_titles": "无"}), *LITTLE_GIANT).out)
    assert "☐称号证书" not in never
    other = _files(tmp_path, _facts(rd_expense_y0=100))
    brief = _plain(run(capfdbinary, "assess", *other, *LITTLE_GIANT, "--format", "brief").out).partition("下一步：")[2]
    assert "已过去的年度的数" in brief
    assert "须先取得称号" not in brief


def test_a_folder_of_one_form_is_told_as_a_folder(capfdbinary: Capture, tmp_path: Path) -> None:
    """By its file; the commands that are said to tell all of it do, and why a folder cannot be read is in Chinese."""
    folder = tmp_path / "表"
    folder.mkdir()
    filled(blank_form(shipped(), date(2026, 6, 1), level="little_giant"), _facts(), folder / "甲.xlsx")
    done = run(capfdbinary, "screen", str(folder), "-o", str(tmp_path / "o.csv"), *LITTLE_GIANT)
    assert "1 张填报表，一张一行，行号指次序：1 甲.xlsx" in done.err
    said = done.err.partition("只有一家企业，全文用 ")[2].splitlines()[0].split("；每一级用 ")
    assert [run(capfdbinary, *shlex.split(one)[1:]).code for one in said] == [0, 0]
    refused = run(capfdbinary, "assess", str(folder))
    assert (refused.code, refused.err) == (1, f"{folder}: 无法读取：是文件夹，不是文件\n")
    assert "cannot be read: Is a directory" in run(capfdbinary, "assess", str(folder), "--lang", "en").err
