"""Headers that ask whether it is one of two options: 是否复核, answered by yes or no, states the application."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from engine import assess, profile_of, screen, shipped
from engine.ground.errors import RulebookError
from engine.headers.understanding import understand
from engine.language.reading import Unreadable, read
from engine.rulebooks.load import load_vocabulary
from tests.shell import run
from tests.tables import DAY, VOCABULARY

APPLICATION = VOCABULARY["application_type"]
NEW, REVIEW = "miit-2026-little-giant", "miit-2022-little-giant"


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("是否复核", "是", "review"),
        ("是否复核", "否", "new"),
        ("是否为复核企业", "√", "review"),
        ("是否复核（是/否）", "0", "new"),
        ("是否到期复核？", "有", "review"),
        ("是否首次申报", "是", "new"),
        ("是否为首次申报", "否", "review"),
        ("是否複核", "□是 ☑否", "new"),
        ("是否复核", "复核", "review"),
        ("复核/新申报", "首次", "new"),
        ("申报类型", "復核", "review"),
        ("申报类型", "覆核", "review"),
        ("申报类型", "□新申报 ☑复核", "review"),
        ("申报类型", "☑新申报 □复核", "new"),
        ("申报类型", "√复核", "review"),
        ("是否复核", "☑", "review"),
        ("renewal", "no", "new"),
        ("First application", "yes", "new"),
        ("是否复核（是、否）", "是", "review"),
    ],
)
def test_what_is_asked_for(header: str, cell: str, code: str) -> None:
    """Yes is the option that the header asks for, no the other one; its own words are taken too."""
    [_, column] = understand(["企业名称", header], VOCABULARY, as_of=DAY).stated.values()
    assert column.value(cell) == code


@pytest.mark.parametrize("header", ["复核", "复核情况"])
def test_a_header_that_asks_nothing_is_not_read(header: str) -> None:
    """It may say how a review ended."""
    assert list(understand(["企业名称", header], VOCABULARY, as_of=DAY).stated) == [0]
    with pytest.raises(Unreadable):
        read(APPLICATION, "重新认定")
    with pytest.raises(Unreadable):
        read(APPLICATION, "是")


def test_a_plain_header_comes_first() -> None:
    """A form may ask both, and the other way round: one column is read."""
    headers = ["企业名称", "是否复核", "申报类型", "是否首次申报"]
    found = understand(headers, VOCABULARY, as_of=DAY)
    assert found.problems == ()
    assert [one.place for one in found.columns if one.fact is APPLICATION] == [2]
    found = understand(headers[:2] + headers[3:], VOCABULARY, as_of=DAY)
    assert found.problems == ()


def test_every_door(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A file, its row as a profile, a profile under that key and a frame are routed alike."""
    firms = {"企业名称": ["甲", "乙"], "是否复核": ["是", "否"]}
    source, output = tmp_path / "firms.csv", tmp_path / "out.csv"
    source.write_text("企业名称,是否复核\n甲,是\n乙,否\n", encoding="utf-8")
    run(capfdbinary, "screen", str(source), "-o", str(output), "--level", "little_giant", "--as-of", str(DAY))
    rows = output.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [book in row for row, book in zip(rows, (REVIEW, NEW), strict=True)] == [True, True]
    frame = screen(pa.table(firms), level="little_giant", as_of=DAY)
    assert frame["rulebook"].to_pylist() == [REVIEW, NEW]
    assert screen(pa.table(firms), level="little_giant", as_of=DAY, figures=True).num_rows == 2
    for row, book, answer in ((2, REVIEW, True), (3, NEW, "否")):
        of_row = assess(profile_of(source, row=row), level="little_giant", as_of=DAY)
        of_profile = assess({"企业名称": "甲", "是否复核": answer}, level="little_giant", as_of=DAY)
        assert of_row.rulebook.id == of_profile.rulebook.id == book


def test_a_choice_of_more_than_two_options_is_not_asked_for(tmp_path: Path) -> None:
    """It is not known which one no would be."""
    facts = (shipped().folder / "facts.yaml").read_text(encoding="utf-8")
    (tmp_path / "areas.csv").write_bytes((shipped().folder / "areas.csv").read_bytes())
    (tmp_path / "facts.yaml").write_text(
        facts.replace("    review:\n", "    third: {zh: 第三, en: Third}\n    review:\n"), encoding="utf-8"
    )
    with pytest.raises(RulebookError, match="for a choice of two options"):
        load_vocabulary(tmp_path / "facts.yaml")
