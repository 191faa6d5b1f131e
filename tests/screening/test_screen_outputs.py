"""Outputs of a screening appear whole or not at all, with the same bytes every time; problems with them are told."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from engine.ground.scratch import scratch
from tests.shell import run
from tests.small_rules import rules_asking

Capture = pytest.CaptureFixture[bytes]
_HEADER = "统一社会信用代码,企业名称,全球市场占有率(%),营业收入（亿元）,全职员工数量,上年度研发费用\n"
FORMS = ["csv", "xlsx", "parquet", "jsonl"]
DAY = ("--as-of", "2026-06-01")
RULES = rules_asking("global_market_share_pct", "revenue_y0", "employees_y0")
SMALL = ("--rules", str(RULES.folder), *DAY)


def _candidates(path: Path, rows: int) -> Path:
    lines = (f"C{row:07},企业{row},{row % 40}.5,{row % 70},{row % 2000},{row % 9}00\n" for row in range(rows))
    path.write_text(_HEADER + "".join(lines) + "坏行,坏企业,约15%,,,\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file that takes some seconds."""
    return _candidates(tmp_path_factory.mktemp("large") / "large.csv", 60_000)


def _started(source: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    words = ["screen", str(source), "-o", str(output), "--summary", str(output.with_suffix(".json")), *DAY, *options]
    command = [sys.executable, "-c", "from engine.command.cli import main; main()", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _visible(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}


@pytest.mark.parametrize(
    ("times", "rows", "form", "options"),
    [(3, 20_000, "csv", SMALL), *(pytest.param(13, 60_000, form, (), marks=pytest.mark.long) for form in FORMS)],
)
def test_killed_at_any_moment(tmp_path: Path, times: int, rows: int, form: str, options: tuple[str, ...]) -> None:
    """What stands under the final names is what stood there or the whole; what is left disturbs no later run."""
    source, folder = _candidates(tmp_path / "in.csv", rows), tmp_path / "out"
    folder.mkdir()
    output = folder / f"out.{form}"
    began = time.monotonic()
    assert _started(source, output, *options).wait() == 1  # one row is rejected
    seconds, whole = time.monotonic() - began, _visible(folder)
    assert set(whole) == {output.name, "out.rejected.csv", "out.json"}
    random = Random(form)
    for attempt in range(times):
        older = {name: f"older {attempt}".encode() for name in whole} if attempt % 2 else {}
        for name in whole:
            (folder / name).unlink(missing_ok=True)
            if name in older:
                (folder / name).write_bytes(older[name])
        process = _started(source, output, *options)
        time.sleep(random.uniform(0, 1.1) * seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name, found in _visible(folder).items():
            assert found in {whole[name], older.get(name)}, f"{name} is neither the older file nor the whole"
        assert set(older) <= set(_visible(folder)) <= set(whole)
    assert _started(source, output, *options).wait() == 1
    assert _visible(folder) == whole


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes(capfdbinary: Capture, tmp_path: Path, form: str) -> None:
    """The same file, rulebook and day give the same bytes."""
    source = _candidates(tmp_path / "in.csv", 3000)
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        output = tmp_path / name / f"out.{form}"
        assert run(capfdbinary, "screen", str(source), "-o", str(output), *SMALL).code == 1
        found.append(_visible(tmp_path / name))
    assert found[0] == found[1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted(tmp_path: Path, large: Path, number: signal.Signals, code: int) -> None:
    """Ctrl-C ends with 130 and SIGTERM with 143, within two seconds, and neither leaves anything, not even hidden."""
    process = _started(large, tmp_path / "out.csv")
    _wait_for(tmp_path)
    time.sleep(0.7 if number == signal.SIGTERM else 0)  # while it judges, or while it reads
    process.send_signal(number)
    assert process.wait(2) == code
    assert list(tmp_path.iterdir()) == []


_NEVER_ENDS = {
    "beyond Python": "ctypes.CDLL(None).pthread_mutex_lock(mutex); ctypes.CDLL(None).pthread_mutex_lock(mutex)",
    "in a function that goes on": "\n    while True:\n        try: time.sleep(9)\n        except BaseException: pass",
}


@pytest.mark.parametrize("what", _NEVER_ENDS)
def test_never_ending(tmp_path: Path, what: str) -> None:
    """A run that does not come back to Python, or takes no exception, is ended by SIGTERM all the same."""
    source, folder = _candidates(tmp_path / "in.csv", 3), tmp_path / "out"
    folder.mkdir()
    stuck = f"import ctypes, time; mutex = ctypes.create_string_buffer(64)\ndef stuck(*_, **__): {_NEVER_ENDS[what]}\n"
    code = f"{stuck}import engine.screening.file as one; one.Order.understood = stuck\n"
    code += "from engine.command.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, "screen", str(source), "-o", str(folder / "out.csv")])
    _wait_for(folder)
    time.sleep(0.5)
    process.terminate()
    assert process.wait(2) == 143
    assert list(folder.iterdir()) == []


def _wait_for(folder: Path) -> None:
    """Wait until something stands in a folder."""
    deadline = time.monotonic() + 60
    while not list(folder.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.02)


def test_killed_leaves_nothing_for_long(
    capfdbinary: Capture, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What a killed run leaves is gone after the next run in that folder; one that is alive is not touched."""
    source = _candidates(tmp_path_factory.mktemp("list") / "in.csv", 3_000)
    killed, alive = (_started(source, tmp_path / name) for name in ("killed.csv", "alive.csv"))
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob(".champion-*/work"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    alive.send_signal(signal.SIGSTOP)
    killed.kill()
    killed.wait()
    stranger = tmp_path / ".champion-stranger"
    stranger.mkdir()
    (stranger / "run").write_text("not ours")
    (tmp_path / ".champion-notes.txt").write_text("not ours")
    assert run(capfdbinary, "screen", str(source), "-o", str(tmp_path / "out.csv"), *SMALL).code == 1
    assert len(list(tmp_path.glob(".champion-*/work"))) == 1
    alive.send_signal(signal.SIGCONT)
    assert alive.wait(60) == 1
    assert {file.name for file in tmp_path.glob(".*")} == {".champion-stranger", ".champion-notes.txt"}


def test_left_by_another_machine(tmp_path: Path) -> None:
    """What another machine left on a shared folder is swept only when nothing in it has moved for a week."""
    for name, days in (("recent", 6), ("old", 8)):
        work = tmp_path / f".champion-{name}" / "work"
        work.mkdir(parents=True)
        (work.parent / "run").write_bytes(b"champion run on another")
        then = time.time() - days * 24 * 3600
        for one in (work, work.parent / "run", work.parent):
            os.utime(one, (then, then))
    with scratch(tmp_path):
        assert {file.name for file in tmp_path.glob("*recent")} == {".champion-recent"}
        assert not list(tmp_path.glob("*old"))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link that is called like what a run leaves is not swept, nor what it names."""
    with scratch(tmp_path) as living:
        target = tmp_path / "elsewhere"
        living.parent.rename(target)
        (tmp_path / ".champion-link").symlink_to(target)
        with scratch(tmp_path):
            assert (tmp_path / ".champion-link").is_symlink()
            assert (target / "work").is_dir()


def test_an_output_keeps_its_mode(capfdbinary: Capture, tmp_path: Path) -> None:
    """A file that is written over keeps its mode, a link stays a link, and a new file is as the umask has it."""
    source = _candidates(tmp_path / "in.csv", 3)
    secret, link, named = tmp_path / "secret.csv", tmp_path / "out.csv", tmp_path / "other" / "named.csv"
    named.parent.mkdir()
    for file, mode in ((secret, 0o600), (named, 0o640)):
        file.write_text("older")
        file.chmod(mode)
    link.symlink_to(named)
    before = os.umask(0o027)
    try:
        words = ("--rejected", str(secret), "--summary", str(tmp_path / "new.json"))
        assert run(capfdbinary, "screen", str(source), "-o", str(link), *words, *SMALL).code == 1
    finally:
        os.umask(before)
    modes = {file.name: file.stat().st_mode & 0o777 for file in (secret, named, tmp_path / "new.json")}
    assert modes == {"secret.csv": 0o600, "named.csv": 0o640, "new.json": 0o640}
    assert link.is_symlink()
    assert "企业1" in named.read_text(encoding="utf-8")
    assert "坏行" in secret.read_text(encoding="utf-8")


def _refused(capture: Capture, source: Path, *words: str) -> str:
    """Give what is said of an order that is refused with exit code 1."""
    result = run(capture, "screen", str(source), "--lang", "en", *words, *SMALL)
    assert (result.code, result.out) == (1, "")
    assert "Traceback" not in result.err
    return " ".join(result.err.split())


def test_output_is_a_folder(capfdbinary: Capture, tmp_path: Path) -> None:
    """A folder in the place of the output is named, and nothing is written."""
    source, folder = _candidates(tmp_path / "in.csv", 3), tmp_path / "out.csv"
    folder.mkdir()
    assert "is a folder" in _refused(capfdbinary, source, "-o", str(folder))
    assert list(folder.iterdir()) == []


def test_output_is_the_input(capfdbinary: Capture, tmp_path: Path) -> None:
    """A file is never written over itself, whatever it is called."""
    source = _candidates(tmp_path / "in.csv", 3)
    before = source.read_bytes()
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    for name in (source, link, tmp_path / "." / "in.csv"):
        assert "the same file" in _refused(capfdbinary, source, "-o", str(name))
    twice = str(tmp_path / "out.csv")
    assert "the same file" in _refused(capfdbinary, source, "-o", twice, "--summary", twice)
    assert source.read_bytes() == before


def test_folder_does_not_exist(capfdbinary: Capture, tmp_path: Path) -> None:
    """A folder that does not exist is named."""
    source = _candidates(tmp_path / "in.csv", 3)
    assert "does not exist" in _refused(capfdbinary, source, "-o", str(tmp_path / "none" / "out.csv"))


def test_folder_cannot_be_written(tmp_path: Path) -> None:
    """A folder that may not be written to is named, without a traceback."""
    source = _candidates(tmp_path / "in.csv", 3)
    for folder in ("/proc", "/sys"):
        if os.path.isdir(folder):  # noqa: PTH112 short
            command = [sys.executable, "-c", "from engine.command.cli import main; main()"]
            words = ["screen", str(source), "-o", f"{folder}/out.csv", "--lang", "en", *SMALL]
            result = subprocess.run([*command, *words], capture_output=True, check=False)
            assert result.returncode == 1, result.stderr.decode()
            assert b"Traceback" not in result.stderr
            assert folder.encode() in result.stderr


@pytest.mark.parametrize("level", [(), ("--level", "srdi")])
def test_no_file_of_rejected_rows_without_any(capfdbinary: Capture, tmp_path: Path, level: tuple[str, ...]) -> None:
    """Where no row is rejected none is written or left of an earlier run; one that is named has its header."""
    source, beside, named = tmp_path / "in.csv", tmp_path / "out.rejected.csv", tmp_path / "named.csv"
    asked = ("screen", str(source), "-o", str(tmp_path / "out.csv"), *(level and DAY), *(level or SMALL))
    source.write_text("企业名称,营业收入\n甲,5\n乙,约5\n", encoding="utf-8")
    assert run(capfdbinary, *asked).code == 1
    assert beside.exists()
    source.write_text("企业名称,营业收入\n甲,5\n乙,5\n", encoding="utf-8")
    done = run(capfdbinary, *asked)
    assert (done.code, beside.exists(), "out.rejected.csv" in done.err) == (0, False, False)
    assert "named.csv" in run(capfdbinary, *asked, "--rejected", str(named)).err
    assert len(named.read_text(encoding="utf-8-sig").splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "项，加 --summary FILE 写出全部"),
        (("--lang", "en"), "more: --summary FILE writes them all"),
        (("--summary", "all.json"), "项，见 all.json"),
        (("--format", "xlsx"), "项，见工作簿的“汇总明细”"),
    ],
)
def test_a_long_list_says_how_to_get_all_of_it(
    capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    """The terminal tells the beginning of a long list, and where all of it is, or what to add for it."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("企业名称,营业收入\n甲,5000\n", encoding="utf-8")
    asked = ("screen", "in.csv", "-o", "out.csv", "--rulebook", "miit-2026-srdi", *DAY, *words)
    assert says in run(capfdbinary, *asked).err


def test_another_disk(capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rejected rows may go to another disk, and leave nothing beside them; if that is full, it is the one named."""
    source, other = _candidates(tmp_path / "in.csv", 3), Path("/dev/shm")  # noqa: S108 a disk of its own
    if not os.access(other, os.W_OK) or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is one disk")
    with TemporaryDirectory(dir=other) as folder:
        rejected = Path(folder) / "rejected.csv"
        words = ("-o", str(tmp_path / "out.csv"), "--rejected", str(rejected))
        assert run(capfdbinary, "screen", str(source), *words, *SMALL).code == 1
        assert list(Path(folder).iterdir()) == [rejected]

        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("shutil.copyfile", full)
        rejected.write_text("older")
        assert f"{rejected}: cannot be written to" in _refused(capfdbinary, source, *words).replace(" /", "/")
        assert list(Path(folder).iterdir()) == [rejected]
        assert rejected.read_text() == "older"


def test_disk_full(tmp_path: Path) -> None:
    """A full disk is named, leaves nothing behind and keeps the older output."""
    source, output = _candidates(tmp_path / "in.csv", 20_000), tmp_path / "out" / "out.csv"
    output.parent.mkdir()
    output.write_text("older")
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (200_000, 200_000)); import signal as s; "
    ignore = "s.signal(s.SIGXFSZ, s.SIG_IGN); from engine.command.cli import main; main()"
    words = ["screen", str(source), "-o", str(output), "--lang", "en", *SMALL]
    result = subprocess.run([sys.executable, "-c", limit + ignore, *words], capture_output=True, check=False)
    assert result.returncode == 1, result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert _visible(output.parent) == {"out.csv": b"older"}
    assert list(output.parent.iterdir()) == [output]


def test_a_list_without_a_firm_is_told(capfdbinary: Capture, tmp_path: Path) -> None:
    """A header without any row below it is no mistake, and said; rows of which none is a firm's are one."""
    source = tmp_path / "in.csv"
    for rows, code, is_told in (
        ("", 0, True),
        ("甲,5\n", 0, False),
        ("合计,9\n", 1, False),
        ("合计,9\n甲,5\n", 0, False),
    ):
        source.write_text(f"企业名称,营业收入\n{rows}", encoding="utf-8")
        told = run(capfdbinary, "screen", str(source), "-o", str(tmp_path / "out.csv"), *SMALL)
        assert (told.code, "列名下面没有一行企业" in told.err) == (code, is_told)
        assert ("没有一行是企业：1 行" in told.err) is bool(code)
