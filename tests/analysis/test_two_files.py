"""Two files side by side: verdicts in any form, as they were judged; lists of two days, firm by firm."""

from __future__ import annotations

import csv
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine import Catalog, InputError, Order, compare, compare_files, screen_file, shipped, what_if
from engine.analysis.read_list import FirmList
from engine.analysis.two_files import _pairs
from engine.analysis.verdict_file import Judged, verdict_file
from engine.ground.errors import Text
from engine.judging.verdict_rows import HEADINGS
from engine.outputs.verdict_file import Form
from tests.analysis.test_sweep import firms_file
from tests.shell import run
from tests.small_rules import rules_of
from tests.tables import DAY

_RULES = rules_of(
    {
        "old": ("little_giant", "new", {"global_market_share_pct": "at_least: 15%", "global_rank": "at_most: 3"}),
        "new": ("srdi", "new", {"global_market_share_pct": "at_least: 10%", "main_revenue_y0": "at_least: 70"}),
    }
)
_ROWS = [
    ("16", "1", ("80", "100")), ("12", "1", ("80", "100")), ("16", "1", ("60", "100")), ("16", "", ("60", "100")),
    ("约", "1", ("1", "2")),
]  # fmt: skip
_HEAD = "企业编号,企业名称,所在地,全球市场占有率,全球排名\n"
_FIRST = "A1,甲厂,浙江,16,1\nA2,乙厂,浙江,9,1\nA3,丙厂,江苏,16,1\nA4,丁厂,江苏,16,1\n"
_SECOND = ",丙厂,江苏,9,1\nA2,乙公司,浙江,16,1\nA1,甲厂,浙江,16,1\nA5,丁厂,江苏,9,1\n"
_FORMS: list[tuple[Form, str, str]] = [
    ("csv", "ids", "zh"), ("parquet", "ids", "zh"), ("jsonl", "ids", "en"), ("csv", "titles", "en"),
    ("xlsx", "titles", "zh"),
]  # fmt: skip


def _written(path: Path, book: str, form: Form, catalog: Catalog = _RULES, **style: Any) -> Path:
    output = path.with_name(f"{book}-{'-'.join(map(str, style.values()))}.{form}")
    screen_file(path, replace(Order(catalog.rulebook(book), DAY, output, form), **style))
    return output


def test_files_of_verdicts_are_compared_as_their_list_by_both_texts(tmp_path: Path) -> None:
    """In every form, with ids and in words: the same table, the same firms, by the same criteria."""
    path = firms_file(tmp_path, _ROWS)
    whole = compare(path, "old", "new", catalog=_RULES, as_of=DAY)
    titles = {word: one.criterion for one in whole.effects for word in (one.criterion, one.title.zh, one.title.en)}
    files = [
        [_written(path, book, form, lang=lang, labels=labels) for book in ("old", "new")]
        for form, labels, lang in _FORMS
    ]
    assert whole.flips
    for (first, _), (_, second) in [*pairwise(files), (files[-1], files[-1])]:
        found = compare_files(first, second, catalog=_RULES)
        assert {(one.first, one.second): one.rows for one in found.crossed} == {
            (one.first, one.second): one.rows for one in whole.crossed if "rejected" not in {one.first, one.second}
        }
        assert [(one.line, one.firm_id, one.first, one.second) for one in found.flips] == [
            (one.line, one.firm_id, one.first, one.second) for one in whole.flips
        ]
        assert [{titles[one] for one in flip.by} for flip in found.flips] == [{*flip.by} for flip in whole.flips]
        assert found.first.rulebook in {"old", "编造的规则"}  # a title that two rulebooks have tells of none


def test_verdicts_by_every_shipped_rulebook_are_read(tmp_path: Path) -> None:
    """Whatever its criteria are called, and however many facts a cell names, the header is row 1, parted at commas."""
    rules = shipped()
    for head in rules.heads:
        book = rules.rulebook(head.id)
        facts = [*rules.vocabulary.given.values()]
        for is_titled in (False, True):
            ends = ("unmet", "undetermined", "missing", "reasons", "rulebook", "digest", "as_of")
            names = ["line", "firm_id", "firm_name", "verdict", *(one.words.id for one in book.criteria), *ends]
            titles = {one.words.id: one.words.title.zh for one in book.criteria}
            titles |= {name: one.zh for name, one in HEADINGS.items()}
            row = dict.fromkeys(names, "not_met")
            row |= {"line": "2", "firm_id": "A1", "verdict": "not_qualified", "unmet": names[4], "rulebook": head.id}
            row["missing"] = ";".join(one.title.zh if is_titled else one.id for one in facts)
            path = tmp_path / f"{head.id}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([[titles[one] if is_titled else one for one in names], row.values()])
            found = verdict_file(path, FirmList(path, DAY), rules.vocabulary, tmp_path)
            assert found is not None, (head.id, is_titled)
            assert (found.rulebooks, [one.firm_id for one in found.rows]) == ((head.id,), ["A1"])


@pytest.mark.parametrize(("form", "labels"), [("csv", "ids"), ("xlsx", "titles"), ("parquet", "titles")])
def test_verdicts_by_a_shipped_rulebook_are_compared(form: Form, labels: str, tmp_path: Path) -> None:
    """In the forms that a screening writes by default, where nearly every fact is missing."""
    path = tmp_path / "list.csv"
    path.write_text(_HEAD + _FIRST, encoding="utf-8")
    file = _written(path, "miit-2026-little-giant", form, shipped(), labels=labels)
    found = compare_files(file, file)
    assert (found.rows, found.first.rulebook) == (4, "miit-2026-little-giant")


def test_a_firm_of_two_days_is_found_by_its_code_or_its_name(tmp_path: Path) -> None:
    """In another order, renamed, without its code; who is only in one of them is told, by groups too."""
    first, second = tmp_path / "2025.csv", tmp_path / "2026.csv"
    first.write_text(_HEAD + _FIRST, encoding="utf-8")
    second.write_text(_HEAD + _SECOND, encoding="utf-8")
    found = compare_files(first, second, rulebook="old", by="area", catalog=_RULES, as_of=DAY)
    assert [(one.firm_id, one.firm_name, one.first, one.second, one.by) for one in found.flips] == [
        ("A2", "乙公司", "not_qualified", "qualified", ("global-market-share-pct",)),
        ("A3", "丙厂", "qualified", "not_qualified", ("global-market-share-pct",)),
    ]
    assert {(one.first, one.second): one.rows for one in found.crossed if one.group is None} == {
        ("qualified", "qualified"): 1,
        ("qualified", "not_qualified"): 1,
        ("not_qualified", "qualified"): 1,
        ("qualified", "absent"): 1,
        ("absent", "not_qualified"): 1,
    }
    assert {one.group.zh: one.rows for one in found.crossed if one.group and one.first == "absent"} == {"江苏省": 1}
    assert found.rows == 5


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        ("a1/甲", "A1/乙", 1),
        ("/Acme", "B2/ACME", 1),
        ("A1/甲", "B2/甲 /甲", 1),  # the second of that name has no code
        ("A1/甲 /甲", "B2/甲 /甲 C3/甲", 2),
        ("A1/甲", "B2/甲", 0),
        ("/", "/", 0),
    ],
)
def test_of_namesakes_the_first_that_may_be_it_is_taken(first: str, second: str, pairs: int) -> None:
    """Codes and names that differ in case are the same; a firm with another code is another."""
    files = [
        [Judged(n, *one.split("/"), "qualified", (), None) for n, one in enumerate(rows.split(" "))]
        for rows in (first, second)
    ]
    found = list(_pairs(*files))
    assert sum(None not in pair for pair in found) == pairs
    assert len(found) == len(files[0]) + len(files[1]) - pairs


def test_a_row_that_is_refused_is_not_gone(tmp_path: Path) -> None:
    """Of two lists: who is refused in either is told so, in its group; of neither, by how many; nobody flips by it."""
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(_HEAD + _FIRST.replace("江苏,16", "江苏,约") + ",戊厂,江苏,约,约\n", encoding="utf-8")
    good.write_text(_HEAD + _FIRST, encoding="utf-8")
    expected = {("qualified", "qualified"): 1, ("not_qualified", "not_qualified"): 1, ("rejected", "qualified"): 2}
    for files, told in (((bad, good), lambda pair: pair), ((good, bad), lambda pair: pair[::-1])):
        found = compare_files(*files, rulebook="old", by="area", catalog=_RULES, as_of=DAY)
        rows = {told((one.first, one.second)): one.rows for one in found.crossed if one.group is None}
        assert rows == expected | {("rejected", "absent"): 1}
        assert [one.rows for one in found.crossed if one.group == Text("江苏省", "Jiangsu")] == [2]
        assert (found.rows, found.rejected_by_both, found.flips) == (5, 0, ())
    both = compare_files(bad, bad, rulebook="old", catalog=_RULES, as_of=DAY)
    assert (both.rows, both.rejected_by_both, sum(one.rows for one in both.crossed)) == (5, 3, 2)


def test_a_trial_in_a_file_says_so(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Of which day the verdicts are, and what was tried, stands above the table; two kinds of a second are refused."""
    path = firms_file(tmp_path, _ROWS)
    rules = what_if({"global-market-share-pct": "12%"}, rulebook="old", catalog=_RULES, as_of=DAY)
    files = [str(_written(path, "old", "csv")), str(_written(path, "old", "jsonl", rules))]
    command = ["compare", *files, "--rulebook", "old", "--rules", str(_RULES.folder)]
    printed = run(capfdbinary, *command).out.replace("\n", "")
    assert "判定日 2026-06-01，有结论 4 行" in printed
    assert "试算" in printed
    assert run(capfdbinary, *command, "--with", "new").code == 2
    assert "set: 两边都是已判定的结论" in run(capfdbinary, *command, "--without", "global-rank").err


def test_verdicts_that_are_no_known_word_are_told(tmp_path: Path) -> None:
    """Blanks around a verdict are nothing; a row with another word is left out, and said to be."""
    path = tmp_path / "written.csv"
    rows = "2,A1, qualified ,,,old\n3,A2,符合 ,,,old\n4,A3,maybe,,,old\n5,A4,,,,old\n"
    path.write_text(f"line,firm_id,verdict,unmet,undetermined,rulebook\n{rows}", encoding="utf-8")
    found = compare_files(path, path, catalog=_RULES)
    assert found.rows == 2
    assert found.first.cautions[-1].zh.endswith("有结论 2 行。另有 2 行的结论不认得，未计。")
    assert "2 more have a verdict that is not known" in found.second.cautions[-1].en


def test_a_file_of_the_whole_ladder_is_refused(tmp_path: Path) -> None:
    """Of lists it is one rulebook, or a level, that decides."""
    path = firms_file(tmp_path, _ROWS)
    with pytest.raises(InputError, match="has the verdicts of all levels"):
        compare_files(path, path, rulebook="ladder", catalog=shipped(), as_of=DAY)
