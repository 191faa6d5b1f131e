"""The command line in Chinese, where that is asked for."""

from __future__ import annotations

import re

import click
import pytest
from rich.cells import cell_len

from engine.command.chinese import COMMANDS, OPTIONS, OWN
from engine.command.cli import champion
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
_ENGLISH = re.compile(r"(?<!-)\b(the|of|and|is|default|required|env var|Show|Usage|Options|Commands)\b")


@pytest.mark.parametrize("command", [[], *([name] for name in champion.commands)], ids=str)
def test_help(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    """All of a page is Chinese, has every option that the English page has, and fits 80 columns; English stays so."""
    words = [*command, "--help"]
    english = run(capfdbinary, *words).out
    monkeypatch.setenv("CHAMPION_LANG", "zh")
    chinese = run(capfdbinary, *words).out
    assert set(re.findall(r"--[a-z-]+", english)) <= set(re.findall(r"--[a-z-]+", chinese))
    assert [line for line in chinese.splitlines() if _ENGLISH.search(line) or cell_len(line) > 80] == []
    monkeypatch.delenv("CHAMPION_LANG")
    assert run(capfdbinary, *words).out == english


def test_nothing_is_left_in_english() -> None:
    """Each command and option has its words, and there are none of what is gone."""
    assert COMMANDS.keys() == {"champion", *champion.commands}
    params = [one for command in (champion, *champion.commands.values()) for one in command.params]
    assert OPTIONS.keys() == {one.name for one in params if isinstance(one, click.Option)}
    commands = {(name, one.name) for name, command in champion.commands.items() for one in command.params}
    assert OWN.keys() <= commands


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["scren"], "错误：没有命令 'scren'。"),
        (["screen"], "错误：缺少参数"),
        (["assess", "x", "--as-of", "明天"], "不是日期；请写 2026-04-01"),
        (["assess", "x", "--rulebook", "a", "--level", "b"], "--rulebook 和 --level 只能写一个"),
        (["assess", "x", "--lan", "zh"], "没有选项"),
        (["rulebooks", "a", "b"], "或写 diff A B"),
        (["rulebooks", "a", "--level", "b"], "--level 列出各版"),
        (["assess", "x", "--row", "0"], "不在范围"),
    ],
)
def test_mistakes(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str) -> None:
    """What is wrong with how a command is called is said in Chinese, with the exit code 2."""
    monkeypatch.setenv("CHAMPION_LANG", "zh")
    told = run(capfdbinary, *words)
    assert (told.code, says in told.err) == (2, True), told.err
