"""Outputs of a screening appear whole or not at all, with the same bytes every time; problems with them are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from tests.command import run

Capture = pytest.CaptureFixture[bytes]
_HEADER = "统一社会信用代码,企业名称,全球市场占有率(%),营业收入（亿元）,全职员工数量,上年度研发费用\n"
FORMS = ["csv", "xlsx", "parquet", "jsonl"]
DAY = ("--as-of", "2026-06-01")


def _candidates(path: Path, rows: int) -> Path:
    lines = (f"C{row:07},企业{row},{row % 40}.5,{row % 70},{row % 2000},{row % 9}00\n" for row in range(rows))
    path.write_text(_HEADER + "".join(lines) + "坏行,企业,约15%,,,\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a file that takes some seconds."""
    return _candidates(tmp_path_factory.mktemp("large") / "large.csv", 60_000)


def _started(source: Path, output: Path) -> subprocess.Popen[bytes]:
    words = ["screen", str(source), "-o", str(output), "--summary", str(output.with_suffix(".json")), *DAY]
    command = [sys.executable, "-c", "from engine.cli import main; main()", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _visible(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".")}


@pytest.mark.parametrize(
    ("times", "form"),
    [(5, "csv"), *(pytest.param(13, form, marks=pytest.mark.long) for form in FORMS)],
)
def test_killed_at_any_moment(tmp_path: Path, large: Path, times: int, form: str) -> None:
    """What stands under the final names is what stood there or the whole; what is left disturbs no later run."""
    output = tmp_path / f"out.{form}"
    began = time.monotonic()
    assert _started(large, output).wait() == 1  # one row is rejected
    seconds, whole = time.monotonic() - began, _visible(tmp_path)
    assert set(whole) == {output.name, "out.rejected.csv", "out.json"}
    random = Random(form)
    for attempt in range(times):
        older = {name: f"older {attempt}".encode() for name in whole} if attempt % 2 else {}
        for name in whole:
            (tmp_path / name).unlink(missing_ok=True)
            if name in older:
                (tmp_path / name).write_bytes(older[name])
        process = _started(large, output)
        time.sleep(random.uniform(0, 1.1) * seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name, found in _visible(tmp_path).items():
            assert found in {whole[name], older.get(name)}, f"{name} is neither the older file nor the whole"
        assert set(older) <= set(_visible(tmp_path)) <= set(whole)
    assert _started(large, output).wait() == 1
    assert _visible(tmp_path) == whole


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes(capfdbinary: Capture, tmp_path: Path, form: str) -> None:
    """The same file, rulebook and day give the same bytes."""
    source = _candidates(tmp_path / "in.csv", 3000)
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        output = tmp_path / name / f"out.{form}"
        assert run(capfdbinary, "screen", str(source), "-o", str(output), *DAY).code == 1
        found.append(_visible(tmp_path / name))
    assert found[0] == found[1]


def test_interrupted(tmp_path: Path, large: Path) -> None:
    """Ctrl-C ends with 130 and leaves nothing, not even hidden."""
    process = _started(large, tmp_path / "out.csv")
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    assert list(tmp_path.iterdir()) == []


def _refused(capture: Capture, source: Path, *words: str) -> str:
    """Give what is said of an order that is refused with exit code 1."""
    result = run(capture, "screen", str(source), "--lang", "en", *words, *DAY)
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
            command = [sys.executable, "-c", "from engine.cli import main; main()"]
            words = ["screen", str(source), "-o", f"{folder}/out.csv", "--lang", "en"]
            result = subprocess.run([*command, *words], capture_output=True, check=False)
            assert result.returncode == 1, result.stderr.decode()
            assert b"Traceback" not in result.stderr
            assert folder.encode() in result.stderr


def test_another_disk(capfdbinary: Capture, tmp_path: Path) -> None:
    """Rejected rows may go to another disk than the verdicts, and leave nothing beside them there."""
    source, other = _candidates(tmp_path / "in.csv", 3), Path("/dev/shm")  # noqa: S108 a disk of its own
    if not os.access(other, os.W_OK) or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is one disk")
    with TemporaryDirectory(dir=other) as folder:
        rejected = Path(folder) / "rejected.csv"
        words = ("-o", str(tmp_path / "out.csv"), "--rejected", str(rejected))
        assert run(capfdbinary, "screen", str(source), *words, *DAY).code == 1
        assert list(Path(folder).iterdir()) == [rejected]


def test_disk_full(tmp_path: Path) -> None:
    """A full disk is named, leaves nothing behind and keeps the older output."""
    source, output = _candidates(tmp_path / "in.csv", 20_000), tmp_path / "out" / "out.csv"
    output.parent.mkdir()
    output.write_text("older")
    limit = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (200_000, 200_000)); import signal as s; "
    ignore = "s.signal(s.SIGXFSZ, s.SIG_IGN); from engine.cli import main; main()"
    words = ["screen", str(source), "-o", str(output), "--lang", "en", *DAY]
    result = subprocess.run([sys.executable, "-c", limit + ignore, *words], capture_output=True, check=False)
    assert result.returncode == 1, result.stderr.decode()
    assert b"Traceback" not in result.stderr
    assert _visible(output.parent) == {"out.csv": b"older"}
    assert list(output.parent.iterdir()) == [output]
