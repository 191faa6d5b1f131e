"""The commands in the documentation run, and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import Catalog, assess
from tests.benchmarks.firms import bodies
from tests.shell import run

ROOT = Path(__file__).parents[2]
_HOME = "http://127.0.0.1:8000"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def _examples() -> Iterator[tuple[str, list[str]]]:
    for page in ("README.md", "README.zh.md", "rules/README.md"):
        for block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
            for example in block.split("$ champion ")[1:]:
                command, *shown = example.splitlines()
                yield command, [line for line in shown if line.strip() not in {"", "…"}]


@pytest.mark.parametrize(("command", "shown"), list(_examples()))
def test_example(
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    shown: list[str],
) -> None:
    """The command ends with 0 (1 where a screening rejects rows), and prints the lines shown, in that order."""
    for folder in ("fixtures", "rules", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    result = run(capfdbinary, *shlex.split(command))
    screens = command.startswith("screen")  # says what it did on standard error, and 1 if rows are rejected
    tells = command.startswith(("lint", "test", "new", "screen", "sweep", "target", "compare"))  # on standard error too
    assert (result.code, "" if tells else result.err) == (int(screens), "")
    told, place = result.err if screens else result.out, 0
    for line in shown:
        place = told.find(line.rstrip(), place)
        assert place >= 0, f"not in the output, or not in this order: {line}"


def _requests() -> Iterator[tuple[str, list[str]]]:
    page = (ROOT / "api" / "README.md").read_text(encoding="utf-8")
    for block in _BLOCK.findall(page):
        for example in block.split("$ curl -s ")[1:]:
            command, *shown = example.splitlines()
            yield command, shown


@pytest.mark.parametrize(("command", "shown"), list(_requests()))
def test_request(command: str, shown: list[str]) -> None:
    """What the page of the HTTP interface sends is answered with what it shows, in that order (… is anything)."""
    url, *words = shlex.split(command)
    assert words[::2] == ["-H", "-d"]
    headers = dict([words[1].split(": ")])
    answer = TestClient(create_app()).post(url.removeprefix(_HOME), content=words[3].encode(), headers=headers)
    told, place = answer.text, 0
    assert len(shown) > 1
    for part in "…".join(shown).split("…"):
        found = told.find(part, place)
        assert found >= 0, f"not in the answer, or not in this order: {part}"
        place = found + len(part)


def test_sizes_told() -> None:
    """The sizes that the page of the HTTP interface tells are those measured, to a hundred bytes."""
    page = (ROOT / "api" / "README.md").read_text(encoding="utf-8")
    client = TestClient(create_app())
    rows = re.findall(r"^\| ?(`\S+`)?(?:, `\S+`)? \|.*\| ([\d,]+) / ([\d,]+) \|$", page, re.MULTILINE)
    assert len(rows) == 6
    for query, *sizes in rows:
        url = f"/v1/assessments?as_of=2026-06-01&{query.strip('`')}"
        found = [len(client.post(url, content=body).content) for body in bodies().values()]
        assert [f"{round(size, -2):,}" for size in found] == sizes, query


def test_python_example(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The Python example runs, and writes nothing into the checkout."""
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    for code in re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(code, "README.md", "exec"), {})  # noqa: S102 our own page
    assert "not_qualified" in capfdbinary.readouterr().out.decode()


def test_files_that_are_sent_are_there() -> None:
    """What the examples send to the service, or screen in a pipe, stands in the checkout."""
    pages = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "api/README.md"))
    named = re.findall(r"file=@(\S+)|^cat (\S+) \||^champion screen (\w\S+)", pages, re.MULTILINE)
    files = ["".join(one) for one in named]
    assert len(files) == 8
    assert [name for name in files if not (ROOT / name).is_file()] == []


def test_sample_rulebook(tmp_path: Path) -> None:
    """The sample of rules/README.md is a rulebook without problems, and decides."""
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    sample = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "id: sample-2026" in block)
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    (tmp_path / "rules" / "sample-2026.yaml").write_text(sample, encoding="utf-8")
    facts = {"employees_y0": 20, "application_type": "review", "own_brand": "是", "invention_patents": "3件"}
    assert assess(facts, "sample-2026", catalog=Catalog(tmp_path / "rules")).verdict == "qualified"
