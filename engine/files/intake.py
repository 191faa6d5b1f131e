"""From a file of firms, whatever its form, to a table of text columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.files.csv_file import open_csv
from engine.files.json_lines import open_json_lines
from engine.files.kind import NAMED, WORKBOOKS, kind_of
from engine.files.parquet_file import open_parquet
from engine.ground.errors import InputError, Problem, Text, short
from engine.ground.refused import unreadable
from engine.headers.narrowing import column_of_both, narrowing
from engine.headers.repeated import repeated
from engine.layout.doubtful import Doubtful
from engine.layout.layout import Desk
from engine.tables.source import Source, unusable


def open_source(path: Path, desk: Desk, sheet: str | None = None) -> Source:
    """Open a file of firms by what it is: delimited text, a workbook, Parquet or JSON lines. Raises InputError.

    Copies are written into the scratch folder of the desk, which must outlive the table. `sheet` names a sheet of a
    workbook.
    """
    _check(path)
    kind, notes = kind_of(path)
    if sheet is not None and kind not in WORKBOOKS:
        raise unusable(path, Text("不是 Excel 文件，没有工作表", "is no Excel file and has no sheets"))
    try:
        source = _opened(path, desk, kind, sheet)
    except Doubtful as doubt:
        raise unusable(path, doubt.what, doubt.instead) from doubt
    except InputError as error:
        if not notes:
            raise
        raise InputError([_about(notes[0], problem) for problem in error.problems]) from error
    source = replace(source, notes=(*notes, *source.notes)) if notes else source
    return _with_more(source, desk)


def _with_more(source: Source, desk: Desk) -> Source:
    """Give a source with the columns again that state several facts, and with the places that two state together."""
    again = repeated(source.headers, desk.mapping)
    if not again:
        return _with_places(source, desk)
    careful, width = source.carefully, len(source.headers)
    source = replace(
        source,
        headers=(*source.headers, *(source.headers[place] for place in again)),
        table=source.table.mutate(**{f"t{width + n}": source.table[f"t{at}"] for n, at in enumerate(again)}),
        carefully=None if careful is None else lambda: _with_more(careful(), desk),
    )
    return _with_places(source, desk)


def _with_places(source: Source, desk: Desk) -> Source:
    """Give a source with one more column where two columns state a place together; not below a last one unnamed."""
    found = narrowing(source.headers, desk.vocabulary, desk.mapping)
    if found is None or not source.headers[-1].strip():
        return source
    place = column_of_both(source.table[f"t{found.wide}"], source.table[f"t{found.narrow}"])
    careful = source.carefully
    return replace(
        source,
        headers=(*source.headers, found.header),
        table=source.table.mutate(**{f"t{len(source.headers)}": place}),
        carefully=None if careful is None else lambda: _with_places(careful(), desk),
    )


def _opened(path: Path, desk: Desk, kind: str, sheet: str | None) -> Source:
    if kind in WORKBOOKS:
        from engine.files.excel_file import open_excel  # noqa: PLC0415 most files are not

        return open_excel(path, desk, kind, sheet)
    if kind == "json lines":
        return open_json_lines(path, desk)
    return open_parquet(path, desk) if kind == "parquet" else open_csv(path, desk)


def _about(what: Text, problem: Problem) -> Problem:
    both = Text(f"{what.zh}；{problem.what.zh}", f"is {what.en}; it {problem.what.en}")
    return replace(problem, what=both)


def _check(path: Path) -> None:
    """Refuse what is no file that can be read."""
    problem = None
    try:
        if path.is_dir():
            problem = Text("是文件夹，不是文件", "is a folder, not a file")
        elif not path.exists():
            problem = Text("文件不存在", "does not exist")
        else:
            with path.open("rb") as file:
                file.read(1)
    except (OSError, ValueError) as error:
        problem = unreadable(str(path), error).what
    instead = None
    if problem is None and path.suffix.lower() not in NAMED:
        problem = Text("不是可以读取的文件类型", "is of a kind that cannot be read")
        instead = Text("请另存为 .csv、.xlsx、.parquet 或 .jsonl。", "Save it as .csv, .xlsx, .parquet or .jsonl.")
    if problem is not None:
        raise InputError([Problem(short(str(path)), problem, instead)])
