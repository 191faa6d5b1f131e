"""The command line as a shell sees it: what goes to which stream, exit codes, variables, languages."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import termios
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from rich.cells import cell_len

from engine import EngineError, rules_folder, shipped
from tests.shell import run

ROOT = Path(__file__).parents[2]
FIRM = str(ROOT / "fixtures" / "published" / "C023-zpmc.json")
GOOD = str(ROOT / "fixtures" / "made_up" / "qualifies.json")
Capture = pytest.CaptureFixture[bytes]


def test_verdict_first(capfdbinary: Capture) -> None:
    """The text begins with the verdict, and tells of what is not met before what is met."""
    result = run(capfdbinary, "assess", FIRM, "--lang", "en")
    assert result.code == 0
    assert result.out.startswith("not qualified 上海振华重工")
    headings = [result.out.index(f"\n{word} (") for word in ("Not met", "Undetermined", "Met")]
    assert headings == sorted(headings)
    assert "only the competent authority" in " ".join(result.out.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_line_up(capfdbinary: Capture, lang: str) -> None:
    """No line is wider than 100 cells, and Chinese and English lines of a table begin in the same column."""
    out = run(capfdbinary, "assess", FIRM, "--lang", lang).out
    assert all(cell_len(line.rstrip()) <= 100 for line in out.splitlines())
    block = out[out.index(" (2)\n") :].splitlines()[1:5]
    assert len({len(line) - len(line.lstrip()) for line in block if line.startswith("    ")}) == 1


@pytest.mark.parametrize("rulebook", ["miit-2022-srdi", "miit-2026-srdi", "sme-2011-size", "most-2017-tech-sme"])
@pytest.mark.parametrize("form", ["text", "brief"])
def test_sections_add_up(form: str, rulebook: str, capfdbinary: Capture) -> None:
    """Every criterion that decides is counted under one heading, also one that does not apply to the firm."""
    firm = str(ROOT / "fixtures" / "made_up" / "little-giant-qualifies.json")
    words = ("--rulebook", rulebook, "--as-of", "2026-06-01", "--lang", "en")
    out = run(capfdbinary, "assess", firm, *words, "--format", form).out
    said = re.findall(
        r"^(?:Not met|Not met by what is stated, unless another way is|Undetermined|Met|Does not apply) \(([0-9]+)\)$",
        out,
        re.MULTILINE,
    )
    assert sum(map(int, said)) == sum(one.words.decides for one in shipped().rulebook(rulebook).criteria)


def test_json(capfdbinary: Capture) -> None:
    """`--format json` is the verdict as the service answers it; several profiles are a list."""
    one = json.loads(run(capfdbinary, "assess", FIRM, "--format", "json", "--as-of", "2026-06-01").out)
    assert (one["verdict"], one["as_of"]) == ("not_qualified", "2026-06-01")
    many = json.loads(run(capfdbinary, "assess", FIRM, GOOD, "--format", "json").out)
    assert [verdict["verdict"] for verdict in many] == ["not_qualified", "qualified"]


def test_standard_input(capfdbinary: Capture) -> None:
    """`-` reads the profile from standard input, with or without a byte order mark."""
    result = run(capfdbinary, "assess", "-", "--format", "json", stdin=b'\xef\xbb\xbf{"global_rank": 1}')
    assert json.loads(result.out)["verdict"] == "undetermined"


def test_one_bad_profile_among_several(capfdbinary: Capture, tmp_path: Path) -> None:
    """The sound profiles are decided, the bad one is told of by name, and the exit code is 1."""
    bad = tmp_path / "bad.json"
    bad.write_text('{"global_rank": 0}', encoding="utf-8")
    result = run(capfdbinary, "assess", FIRM, str(bad), GOOD, "--format", "line")
    assert result.code == 1
    assert result.out.count("\n") == 2
    assert f"{bad}: global_rank" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["assess"], 2, "Missing argument"),
        (["assess", "nowhere.json"], 1, "nowhere.json"),
        (["assess", FIRM, "--rulebook", "cae-2021-champoin"], 1, "是否想写“cae-2021-champion”"),
        (["assess", FIRM, "--rulebook", "ladder"], 1, "各级一并看用 champion ladder"),
        (["evidence", FIRM, "--rulebook", "国家级小巨人"], 1, "能选层级的，也可写 --level 国家级小巨人"),
        (["test", "小巨人"], 1, "这是一个层级，它的规则有：miit-2022-little-giant、"),
        (["rulebooks", "diff", "小巨人", "sme-2011-size"], 1, "它的规则有：miit-2022-little-giant、"),
        (
            ["compare", str(ROOT / "fixtures" / "candidates.csv"), "--with", "little_giant"],
            1,
            "它的规则有：miit-2022-little-giant、",
        ),
        (["test", "ladder"], 1, "请指明一套；能选层级的，也可写 --level 小巨人；各级"),
        (["prove", "小巨人", "--as-of", "2015-01-01"], 1, "施行期：miit-2022-little-giant 2022-08-01"),
        (["assess", FIRM, "--as-of", "1 April"], 2, "write it as 2026-04-01"),
        (["assess", FIRM, "--lang", "fr"], 2, "'zh', 'en'"),
        (["asess"], 2, "No such command"),
        (["rulebooks", "nowhere"], 1, "没有这套规则"),
    ],
)
def test_exit_codes(capfdbinary: Capture, arguments: list[str], code: int, says: str) -> None:
    """A mistake in the call ends with 2, one in what is named with 1, on standard error."""
    result = run(capfdbinary, *arguments)
    assert (result.code, result.out) == (code, "")
    assert says in result.err


def test_two_forms_of_one_firm_are_compared(capfdbinary: Capture, tmp_path: Path) -> None:
    """Lines of several profiles begin with their files; below stands what changed of a firm that comes twice."""
    facts = json.loads((ROOT / "fixtures/made_up/little-giant-qualifies.json").read_text(encoding="utf-8"))
    names = [str(tmp_path / name) for name in ("a.json", "b.json")]
    for name, changed in zip(names, ({}, {"rd_expense_y0": 380.5}), strict=True):
        Path(name).write_text(json.dumps(facts | changed), encoding="utf-8")
    words = ("--level", "小巨人", "--as-of", "2026-06-01", "--format", "line")
    out = run(capfdbinary, "assess", *names, *words).out
    assert [line.split()[0] for line in out.splitlines()[:2]] == names
    said = "".join(out.partition(f"\n{names[0]} → {names[1]}\n")[2].split())
    assert said.startswith("近两年研发费用：符合→不符合；近两年研发费用合计1,810→1,230.5万元；")
    assert "占营业收入比重6→2.38%" in said
    assert "都没有变化" in run(capfdbinary, "assess", names[0], names[0], *words).out
    assert "→" not in run(capfdbinary, "assess", names[0], GOOD, *words).out
    moved = {"foundation_base": "parts", "employees_y0": facts["employees_y0"], "award_level": "none"}
    Path(names[1]).write_text(json.dumps(facts | moved), encoding="utf-8")
    said = "".join(run(capfdbinary, "assess", *names, *words).out.partition(f"\n{names[0]} → {names[1]}\n")[2].split())
    assert "这些条件不用的：产业基础“五基”类别：没有填写→基础零部件和元器件" in said
    assert "改了所填、各项结论不变的：科技奖励级别" in said
    assert "都没有变化" not in said


def test_internal_error(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """An internal error ends with 4 and says that nothing was decided."""

    def fail(*_: object) -> None:
        raise EngineError("boom")

    monkeypatch.setattr("engine.assessment.decide", fail)
    result = run(capfdbinary, "assess", GOOD)
    assert (result.code, result.out) == (4, "")
    assert "nothing was decided" in result.err


def test_options_are_variables(capfdbinary: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """An option can be set by its CHAMPION_… variable."""
    monkeypatch.setenv("CHAMPION_RULEBOOK", "sme-2011-size")
    monkeypatch.setenv("CHAMPION_FORMAT", "json")
    assert json.loads(run(capfdbinary, "assess", FIRM).out)["rulebook"]["id"] == "sme-2011-size"


def test_not_in_force_is_said(capfdbinary: Capture) -> None:
    """A rulebook asked for on a day when it is not in force answers, with a warning."""
    out = run(
        capfdbinary, "assess", GOOD, "--rulebook", "miit-2026-little-giant", "--as-of", "2026-03-31", "--lang", "en"
    ).out
    assert "For applications this rulebook is in force from 2026-04-01, not on 2026-03-31" in " ".join(out.split())
    after = run(
        capfdbinary, "assess", GOOD, "--rulebook", "miit-2026-little-giant", "--as-of", "2026-04-01", "--lang", "en"
    ).out
    assert "in force" not in after


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rulebooks(capfdbinary: Capture, lang: str) -> None:
    """`rulebooks` lists every rulebook; with an id it shows every criterion's words."""
    listed = run(capfdbinary, "rulebooks", "--lang", lang).out
    assert all(rulebook_id in listed for rulebook_id in shipped().ids)
    page = "".join(run(capfdbinary, "rulebooks", "cae-2021-champion", "--lang", lang).out.split())
    for criterion in shipped().rulebook().criteria:
        assert "".join(criterion.words.quote.split()) in page


def test_facts(capfdbinary: Capture) -> None:
    """`facts` lists the vocabulary; with --rulebook only what that rulebook asks."""
    everything = json.loads(run(capfdbinary, "facts", "--format", "json").out)
    assert len(everything) == len(shipped().vocabulary)
    size = {
        fact["id"]
        for fact in json.loads(run(capfdbinary, "facts", "--rulebook", "sme-2011-size", "--format", "json").out)
    }
    assert size == {"industry_code_2", "industry_sector", "employees_y0", "revenue_y0", "total_assets_y0"}


def test_facts_of_a_level(capfdbinary: Capture) -> None:
    """With --level they are those of every edition in force on the day, for new applications and for reviews."""
    day = ("--as-of", "2026-06-01", "--format", "json")
    told = run(capfdbinary, "facts", "--level", "小巨人", *day)
    asked = [shipped().rulebook(name).facts_used for name in ("miit-2026-little-giant", "miit-2022-little-giant")]
    assert {fact["id"] for fact in json.loads(told.out)} == asked[0] | asked[1]
    assert not asked[0] >= asked[1]
    before = json.loads(run(capfdbinary, "facts", "--level", "srdi", "--as-of", "2026-03-01", "--format", "json").out)
    assert {fact["id"] for fact in before} == shipped().rulebook("miit-2022-srdi").facts_used
    template = run(capfdbinary, "facts", "--template", "--level", "little_giant", "--as-of", "2026-06-01").out
    assert "申报类型" in template
    assert run(capfdbinary, "facts", "--level", "srdi", "--as-of", "2001-01-01").code == 1
    assert run(capfdbinary, "facts", "--level", "nowhere").code == 1
    both = run(capfdbinary, "facts", "--level", "srdi", "--rulebook", "sme-2011-size")
    assert (both.code, "not both" in both.err) == (2, True)


def test_rulebooks_of_a_level(capfdbinary: Capture) -> None:
    """With --level only its editions are listed; beside an id it is a mistake."""
    told = json.loads(run(capfdbinary, "rulebooks", "--level", "小巨人", "--format", "json").out)
    assert [page["id"] for page in told] == [f"miit-{year}-little-giant" for year in (2022, 2025, 2026)]
    assert "miit-2026-srdi" not in run(capfdbinary, "rulebooks", "--level", "little_giant").out
    assert run(capfdbinary, "rulebooks", "--level", "nowhere").code == 1
    assert run(capfdbinary, "rulebooks", "sme-2011-size", "--level", "srdi").code == 2


def test_template(capfdbinary: Capture) -> None:
    """The template is one line of Chinese headers with units, which Excel opens as UTF-8."""
    out = run(capfdbinary, "facts", "--template", "--rulebook", "sme-2011-size").out
    assert out.startswith("\ufeff")
    (headers,) = csv.reader(io.StringIO(out.lstrip("\ufeff")))
    assert "上年度营业收入（万元）" in headers


def test_without_a_terminal() -> None:
    """Run by itself, with output to a pipe in a plain C locale, it prints Chinese as UTF-8 and no colour codes."""
    command = [str(Path(sys.executable).with_name("champion")), "assess", FIRM]
    done = subprocess.run(command, capture_output=True, check=True, env={"LANG": "C", "PATH": "/usr/bin:/bin"})
    assert "不符合" in done.stdout.decode("utf-8")
    assert b"\x1b[" not in done.stdout
    assert done.stderr == b""


def _on_a_terminal(*words: str) -> str:
    """Give what a command shows on a terminal of 80 columns, without colours."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, 80))
    command = [sys.executable, "-c", "from engine.command.cli import main; main()", *words]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    with suppress(OSError):  # which the end of the other side is
        while some := os.read(ours, 1 << 16):
            said += some
    child.wait()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode())


def test_a_badge_has_room_around_it_on_a_terminal_only() -> None:
    """On a terminal, where it is coloured, a blank stands on both sides of the verdict; a file begins with the word."""
    assert _on_a_terminal("assess", FIRM, "--lang", "zh").startswith(" 不符合  上海振华重工")


def test_a_terminal_of_80_columns(tmp_path: Path) -> None:
    """No number of the table of criteria leaves its line: the words go on below."""
    words = ["screen", str(ROOT / "fixtures" / "candidates.csv"), "-o", str(tmp_path / "out.csv")]
    plain = _on_a_terminal(*words, "--level", "little_giant", "--as-of", "2026-06-01")
    lines = [line.rstrip() for line in re.split(r"[\r\n]+", plain[plain.index("条件 ") : plain.index("已写出")])]
    assert max(map(cell_len, lines)) <= 80
    counted = [line for line in lines if "没有控股关系" in line]
    assert counted[0].split()[1:] == ["0", "0", "48", "0"]


def test_a_list_is_screened_without_pandas(tmp_path: Path) -> None:
    """DuckDB and PyArrow would import it where it is installed, as it is here, and take as long as all the rest."""
    assert find_spec("pandas")
    code = "import atexit, sys; atexit.register(lambda: print('pandas' in sys.modules))\n"
    code += "from engine.command.cli import main; main()"
    words = ["screen", str(ROOT / "fixtures" / "candidates.csv"), "-o", str(tmp_path / "out.csv")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)
    assert done.stdout.decode().splitlines()[-1] == "False"


def test_one_firm_in_english_waits_for_no_other_form() -> None:
    """Neither what turns the command to Chinese, nor the page of another form is imported."""
    others = {"unittest.mock", "engine.command.brief_page", "engine.command.change_text"}
    code = f"import atexit, sys; atexit.register(lambda: print({others} & {{*sys.modules}}))\n"
    code += "from engine.command.cli import main; main()"
    words = ["assess", "-", "--format", "json", "--lang", "en"]
    done = subprocess.run([sys.executable, "-c", code, *words], input=b"{}", capture_output=True, check=False)
    assert done.stdout.decode().splitlines()[-1] == "set()"


@pytest.mark.parametrize("line", ["new schema", "new rulebook mine", "prove sme-2011-size without x"])
def test_what_judges_no_list_waits_for_no_database(tmp_path: Path, line: str) -> None:
    """To write the schemas of a folder, to begin a rulebook, to prove: neither DuckDB nor PyArrow is imported."""
    folder = shutil.copytree(rules_folder(), tmp_path / "rules")
    code = "import atexit, sys; atexit.register(lambda: print({'duckdb', 'pyarrow'} & {*sys.modules}))\n"
    code += "from engine.command.cli import main; main()"
    words = [*line.split(), "--rules", str(folder)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False)
    assert done.stdout.decode().splitlines()[-1] == "set()"
