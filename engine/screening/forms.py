"""Forms of several firms as one list: a row each with the name of its file; one that is refused is told as a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.files.intake import open_source
from engine.files.kind import NAMED
from engine.ground.errors import InputError, Problem, Text, first_of, short
from engine.headers.understanding import understand
from engine.language.facts import Kind
from engine.layout.layout import Desk
from engine.rulebooks.logic import Rulebook
from engine.screening.duckdb_backend import DuckdbBackend
from engine.screening.other_form import other_form
from engine.tables.duckdb_files import copied, copy_of, lines_at
from engine.tables.source import Broken, Source, unusable

FILE = "填报表文件"
"""The header of the column that says from which file a row is."""
_REMARKS = "备注"
_BARE = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．]*")
_NAMED = 40
_NO_FORM = Text("不是填好的填报表", "is no form filled in")
_ONE_LIST = Text("名单一次只比对一份。", "Give one list at a time.")


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Give the files that are named: of a folder those of a kind that is read, by their names. Raises InputError."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        within = [one for one in sorted(path.iterdir()) if one.is_file() and one.suffix.lower() in NAMED]
        within = [one for one in within if not one.name.startswith((".", "~$"))]
        if not within:
            instead = Text("请给出填报表，或放有填报表的文件夹。", "Name forms, or a folder of forms.")
            raise unusable(path, Text("文件夹里没有可读的文件", "is a folder without a file that is read"), instead)
        found += within
    return found


def open_forms(paths: Sequence[Path], desk: Desk, backend: DuckdbBackend, books: Sequence[Rulebook]) -> Source:
    """Give a source of the firms of several forms, numbered as they are named. Raises InputError if none is a form.

    Of a form that was made for other texts than the rulebooks by which it is judged, the notes say so.
    """
    notes: list[Text] = []
    rows: list[tuple[int, dict[str, str]]] = []
    broken: list[Broken] = []
    for number, path in enumerate(paths, 1):
        try:
            source = open_source(path, desk)
            rows.append((number, {FILE: path.name, **_stated(path, source, desk, backend)}))
            if (other := other_form(source, books, desk.vocabulary)) is not None:
                notes.append(Text(f"{number} {other.what.zh}", f"{number} {other.what.en}"))
        except InputError as error:
            broken += [_refused(number, path, problem) for problem in error.problems]
    if not rows:
        raise InputError([Problem(one.text, one.what, one.instead) for one in broken])
    first = [FILE, *(fact.title.zh for fact in desk.vocabulary.given.values())]
    headers = [name for name in (*first, _REMARKS) if any(name in cells for _, cells in rows)]
    headers += sorted({name for _, cells in rows for name in cells} - set(headers))
    copy = desk.scratch / "forms.csv"
    line_of, breaks = copied(copy, [(number, [cells.get(name, "") for name in headers]) for number, cells in rows])
    names = [f"{number} {short(path.name, 30)}" for number, path in enumerate(paths, 1)]
    few = first_of(names, _NAMED)
    more = ("；……", "; …") if len(few) < len(names) else ("", "")
    note = Text(
        f"{len(paths)} 张填报表，一张一行，行号指次序：{'；'.join(few)}{more[0]}",
        f"{len(paths)} forms, a row each, and lines are their numbers: {'; '.join(few)}{more[1]}",
    )
    return Source(
        tuple(headers),
        copy_of(desk.connection, copy, len(headers), len(line_of), breaks=breaks),
        lines_at(line_of),
        broken=tuple(broken),
        notes=(note, *notes),
        rows=len(line_of),
        forms=len(paths),
    )


def _stated(path: Path, source: Source, desk: Desk, backend: DuckdbBackend) -> dict[str, str]:
    """Give what a form states by the names of facts, a figure of money with the unit that stands beside it."""
    if not source.forms:
        raise unusable(path, _NO_FORM, _ONE_LIST)
    understood = understand(
        source.headers, desk.vocabulary, desk.mapping, as_of=desk.as_of, unit=source.unit, rows=source.rows_of
    )
    if understood.problems:
        raise InputError(understood.problems)
    [cells] = [row for batch in backend.batches(source.table) for row in batch.to_pylist()]
    found: dict[str, str] = {}
    remarks: list[str] = []
    for reading in understood.columns:
        text = cells[f"t{reading.place}"] or ""
        if reading.fact is None:
            remarks += [text] if reading.header.startswith(_REMARKS) else []
            found |= {} if reading.header.startswith(_REMARKS) else {reading.header: text}
        elif reading.fact.kind is Kind.MONEY and _BARE.fullmatch(text.strip()):
            found[reading.fact.title.zh] = f"{text.strip()}{reading.unit}"
        else:
            found[reading.fact.title.zh] = text
    return found | ({_REMARKS: "；".join(remarks)} if remarks else {})


def _refused(number: int, path: Path, problem: Problem) -> Broken:
    where = problem.where.removeprefix(short(path.name)).lstrip(":")
    zh, en = (f"{where} ", f"{where}: ") if where else ("", "")
    value = f"{problem.value} " if problem.value else ""
    what = Text(f"{zh}{value}{problem.what.zh}", f"{en}{value}{problem.what.en}")
    return Broken(number, path.name, what, problem.instead or Text("", ""))
