"""What a command prints of one firm can be a file: whole or not at all, and never over what it reads."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len

from engine.rulebooks.catalog import PROPOSAL, rules_folder
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]
FIRM = Path(__file__).parents[2] / "fixtures/made_up/little-giant-qualifies.json"
DAY = ("--as-of", "2026-06-01")
CAUTION = {lang: "".join(PROPOSAL.in_language(lang).split()) for lang in ("zh", "en")}
COMMANDS = ["assess", "ladder", "evidence"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_is_what_is_printed_with_the_mark(capfdbinary: Capture, tmp_path: Path, command: str) -> None:
    """A .txt has all that the terminal shows, behind the mark by which Windows knows UTF-8; nothing is printed."""
    printed = run(capfdbinary, command, str(FIRM), *DAY).out
    done = run(capfdbinary, command, str(FIRM), *DAY, "-o", str(tmp_path / "甲.txt"))
    assert (done.code, done.out) == (0, "")
    assert _without_caution(command, done.err, "zh") == f"已写出：{tmp_path / '甲.txt'}"
    content = (tmp_path / "甲.txt").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    letters = [Counter("".join(text.split())) for text in (printed, content.decode("utf-8-sig"))]
    assert letters[0] == letters[1]
    assert [one.name for one in tmp_path.iterdir()] == ["甲.txt"]


def _without_caution(command: str, err: str, lang: str) -> str:
    """Give what is said without its spaces, and without the caution, which only a ladder does not need."""
    said = "".join(err.split())
    assert said.startswith(CAUTION[lang]) == (command != "ladder")
    return said.removeprefix(CAUTION[lang])


@pytest.mark.parametrize("command", ["assess", "evidence"])
def test_where_rules_are_named_there_is_no_caution(capfdbinary: Capture, tmp_path: Path, command: str) -> None:
    """A level or a rulebook that is named, the default one too, needs no caution; a line of a verdict does."""
    for words in (["--level", "小巨人"], ["--rulebook", "cae-2021-champion"]):
        done = run(capfdbinary, command, str(FIRM), *DAY, *words, "-o", str(tmp_path / "a.txt"))
        assert done.err.strip() == f"已写出：{tmp_path / 'a.txt'}"
    assert _without_caution("assess", run(capfdbinary, "assess", str(FIRM), "--format", "line").err, "zh") == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_text_file_is_whole(capfdbinary: Capture, tmp_path: Path, command: str, lang: str) -> None:
    """No sentence is broken or cut in a file, and no command stands for what is left out."""
    firm = FIRM.with_name("unknowns.json")
    done = run(capfdbinary, command, str(firm), *DAY, "--lang", lang, "-o", str(tmp_path / "a.txt"))
    assert done.code == 0
    text = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    assert ("全文：champion" in text, "in full: champion" in text) == (False, False)
    assert max(map(cell_len, text.splitlines())) > 100


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_json(capfdbinary: Capture, tmp_path: Path, command: str) -> None:
    """A .json has JSON without a mark, and so has any file for which that form is typed."""
    for name, words in (("a.json", []), ("a.out", ["--format", "json"])):
        done = run(capfdbinary, command, str(FIRM), *DAY, "--lang", "en", "-o", str(tmp_path / name), *words)
        assert _without_caution(command, done.err, "en") == f"Written:{tmp_path / name}"
        assert json.loads((tmp_path / name).read_text(encoding="utf-8"))["firm"]["firm_id"] == "MADE-UP-19"


def test_a_file_that_stands_there_is_replaced_whole_or_left(capfdbinary: Capture, tmp_path: Path) -> None:
    """What stands there is written over once all is known; a firm that cannot be read leaves it as it was."""
    out = tmp_path / "a.txt"
    out.write_text("earlier", encoding="utf-8")
    (tmp_path / "bad.json").write_text('{"revenue_y0": "约5"}', encoding="utf-8")
    assert run(capfdbinary, "assess", str(tmp_path / "bad.json"), "-o", str(out)).code == 1
    assert out.read_text(encoding="utf-8") == "earlier"
    assert run(capfdbinary, "assess", str(FIRM), "-o", str(out)).code == 0
    assert "MADE-UP-19" in out.read_text(encoding="utf-8-sig")


def test_what_is_refused(capfdbinary: Capture, tmp_path: Path) -> None:
    """The profile itself, a folder that is not there, a name that says no form: each with what to do."""
    profile = tmp_path / "a.json"
    shutil.copy(FIRM, profile)
    for name, says in (
        (profile, "同一个文件"),
        (tmp_path / "b" / "a.txt", "文件夹不存在"),
        (tmp_path / "a.doc", ".txt、.json；"),
    ):
        done = run(capfdbinary, "ladder", str(profile), "-o", str(name))
        assert (done.code, says in done.err) == (1, True), done.err
    assert profile.read_bytes() == FIRM.read_bytes()


def test_standard_output(capfdbinary: Capture) -> None:
    """`-` is standard output, as ever."""
    assert run(capfdbinary, "evidence", str(FIRM), *DAY, "-o", "-") == run(capfdbinary, "evidence", str(FIRM), *DAY)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["附件.docx", "附件.xlsx", "附件.PDF", "a.json"])
def test_no_text_under_the_name_of_something_else(
    capfdbinary: Capture, tmp_path: Path, command: str, name: str
) -> None:
    """Text is written to a .txt only, however its form is said: no program opens it under another name."""
    done = run(capfdbinary, command, str(FIRM), *DAY, "--format", "text", "-o", str(tmp_path / name))
    assert done.code == 1
    assert "请用 .txt" in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("read", ["m", "f", "rules/r"])
@pytest.mark.parametrize(
    "words",
    [
        *(f"{command} list.csv --row 2 -o .txt" for command in COMMANDS),
        "evidence list.csv -o .csv",
        "sweep list.csv --vary global-share=5% -o .csv",
        "target list.csv --count 1 --vary global-share -o .csv",
        "compare list.csv --set global-share=5% -o .csv",
        "portfolio list.csv -o .txt",
        "facts --template --from list.csv --row 2 -o .csv",
        *(f"screen list.csv -o o.csv --{beside} .csv" for beside in ("summary", "rejected", "warnings", "output")),
    ],
)
def test_nothing_is_written_over_what_is_read(
    capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, read: str
) -> None:
    """Not over the file of a mapping, nor of blanks, nor over one of the rules, by whatever name it is called."""
    monkeypatch.chdir(tmp_path)
    Path("rules").mkdir()
    *named, suffix = words.split()
    Path("list.csv").write_text("企业名称,份额\n甲,20\n", encoding="utf-8")
    texts = {"m": "份额=全球市场占有率\n", "f": "domestic_rank,3\n", "rules/r": "any"}
    for name, text in texts.items():
        Path(name + suffix).write_text(text, encoding="utf-8")
    options = [*DAY, "--map-file", f"m{suffix}"]
    if read == "rules/r":
        shutil.copytree(rules_folder(), "rules", dirs_exist_ok=True)
        options += ["--rules", "rules"]
    options += [] if named[0] in {"portfolio", "facts"} else ["--fill", f"f{suffix}"]
    done = run(capfdbinary, *named, f"rules/../{read}{suffix}", *options)
    is_read = read != "f" or "--fill" in options
    assert (done.code, "同一个文件" in done.err) == ((1, True) if is_read else (0, False)), done.err
    assert (Path(read + suffix).read_text(encoding="utf-8") == texts[read]) == is_read


def test_an_analysis_names_all_that_it_writes(capfdbinary: Capture, tmp_path: Path) -> None:
    """A name that says something else is answered with the forms of the table too; each text has its own columns."""
    (path := tmp_path / "l.csv").write_text("企业名称,全球市场占有率\n甲,20\n", encoding="utf-8")
    sweep = run(capfdbinary, "sweep", str(path), "--vary", "global-share=5%", "-o", str(tmp_path / "a.docx"))
    assert (sweep.code, "文本、JSON、.csv、.xlsx" in "".join(sweep.err.split())) == (1, True)
    one = run(capfdbinary, "evidence", str(path), "--row", "2", "-o", str(tmp_path / "a.docx"))
    assert (one.code, "JSON、.xlsx" in "".join(one.err.split())) == (1, True)
    both = run(capfdbinary, "compare", str(path), "--set", "global-share=5%")
    heads = [both.err.index(one) for one in ("第一套规则：", "全球市场占有率", "第二套规则：")]
    assert heads == sorted(heads)
    (later := tmp_path / "later.csv").write_text("企业名称,全球市场占有率\n甲,9\n", encoding="utf-8")
    files = run(capfdbinary, "compare", str(path), str(later)).err
    assert 0 == files.index("l.csv：\n") < files.index("later.csv：\n")
    assert "第一套" not in files
    assert "第一套" not in run(capfdbinary, "sweep", str(path), "--vary", "global-share=5%").err
