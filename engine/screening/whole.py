"""A screening as one file, in which every row of the source is found again: judged, or rejected with its problems."""

from __future__ import annotations

import csv
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from shutil import copyfileobj
from typing import Any, Literal

from engine.explaining.wording import NOTICE, REJECTED
from engine.ground.harmless import harmless
from engine.ground.scratch import scratch
from engine.ground.writing import to_json
from engine.judging.problem_rows import FIELDS, WHOSE
from engine.judging.verdict_rows import HEADINGS
from engine.language.facts import IDENTITY
from engine.outputs.summary import ScreeningSummary
from engine.outputs.table_output import BOM, publish
from engine.screening.file import screen_file
from engine.screening.order import Order, require_reasons
from engine.screening.stop import Stop

Whole = Literal["zip", "xlsx", "jsonl", "csv"]


def screen_whole(path: Path | Sequence[Path], order: Order, whole: Whole, stop: Stop | None = None) -> ScreeningSummary:
    """Judge every row of the file `path` and write all that came of it to the one file `order.output`.

    `zip` has verdicts.csv, rejected.csv, warnings.csv and summary.json; `xlsx` has sheets of verdicts, summary and
    rejected rows. `jsonl` has a line for each judged row, then for each rejected row, then for each warned row,
    each saying its kind, and the summary last: without that line it is not whole. `csv` has the rejected rows after the
    judged ones, with `rejected` for a verdict and their problems for reasons. Raises InputError, and StoppedError if
    `stop` was said.
    """
    report = (stop or Stop()).step
    if whole in {"xlsx", "csv"}:
        require_reasons(order, whole)
    if whole == "xlsx":
        return screen_file(path, replace(order, form="xlsx"), report=report)
    with scratch(order.output.absolute().parent) as folder:
        verdicts, rejected = folder / "verdicts", folder / "rejected.csv"
        parts = replace(
            order,
            output=verdicts,
            form="jsonl" if whole == "jsonl" else "csv",
            rejected=rejected,
            warnings=folder / "warnings.csv",
            summary=folder / "summary.json",
            raw_beside=whole != "zip",
        )
        summary = screen_file(path, parts, report=report)
        finished = folder / "whole"
        if whole == "zip":
            _write_zip(finished, parts)
        elif whole == "jsonl":
            _write_lines(finished, parts, summary)
        else:
            _add_rejected(verdicts, parts)
            finished = verdicts
        publish([(finished, order.output)])
    return summary


def _write_zip(path: Path, parts: Order) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, file in _files_of(parts):
            # opened by name an entry has no time: the same bytes on every run
            with file.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
                copyfileobj(source, target, 1 << 20)


def _files_of(parts: Order) -> Iterator[tuple[str, Path]]:
    yield "verdicts.csv", parts.output
    for file in (parts.rejected, parts.warnings, parts.summary):
        if file is not None:
            yield Path(file).name, Path(file)


def _write_lines(path: Path, parts: Order, summary: ScreeningSummary) -> None:
    """Write an object a line: its kind, and the row."""
    with path.open("wb") as target:
        with parts.output.open("rb") as source:
            for line in source:
                target.write(b'{"kind":"verdict","row":' + line.rstrip(b"\n") + b"}\n")
        for kind, file in (("rejected", parts.rejected), ("warning", parts.warnings)):
            for row in _problem_rows(file):
                target.write(to_json({"kind": kind, "row": row}) + b"\n")
        target.write(to_json({"kind": "summary", "summary": summary, "notice": NOTICE}) + b"\n")


def _add_rejected(verdicts: Path, parts: Order) -> None:
    """Put the rejected rows under the verdicts, in the columns of those."""
    said = REJECTED.in_language(parts.lang) if parts.labels == "titles" else REJECTED.en
    with verdicts.open(encoding="utf-8", newline="") as source:
        _allow_long_cells()
        header = [title.removeprefix(BOM) for title in next(csv.reader(source))]
    fixed = {
        "rulebook": parts.rulebook.id,
        "digest": parts.rulebook.digest[:16],
        "as_of": parts.as_of.isoformat(),
    }
    place_of = {name: _place(header, name, parts) for name in (*fixed, "line", *IDENTITY, "reasons")}
    with verdicts.open("a", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        for row in _problem_rows(parts.rejected):
            told = {**fixed, "line": str(row["line"]), "reasons": _sentence(row, parts)}
            told |= {name: row[name] for name in IDENTITY}
            cells = [""] * len(header)
            cells[3] = said  # the verdict, or the level reached
            for name, text in row.get("carried", {}).items():
                cells[header.index(name)] = text
            for name, text in told.items():
                cells[place_of[name]] = text
            writer.writerow(cells if parts.raw_text else map(harmless, cells))


def _place(header: list[str], name: str, parts: Order) -> int:
    """Give the column with that id or title; ours come before the caller's own."""
    title = HEADINGS[name].in_language(parts.lang)
    names = [name] if parts.labels == "ids" else [f"{title} ({name})", title]
    return min(header.index(one) for one in names if one in header)


def _sentence(row: dict[str, Any], parts: Order) -> str:
    stop, colon, gap = {"zh": ("。", "：", ""), "en": (". ", ": ", " ")}[parts.lang]
    line = {"zh": f"第 {row['line']} 行", "en": f"Line {row['line']}"}[parts.lang]
    told = []
    for one in row["problems"]:
        named = [one["column"], f"“{one['value']}”" if one["value"] else ""]
        where = " ".join(part for part in named if part)
        what = f"{one['problem']}{stop}{one['instead']}" if one["instead"] else one["problem"]
        told.append(f"{where}{gap or ' '}{what}".strip())
    return f"{line}{colon}" + {"zh": "；", "en": "; "}[parts.lang].join(told)


def _problem_rows(path: Path | str | None) -> Iterator[dict[str, Any]]:
    """Give each row of a file of problems once, with the list of its problems, and whom to call if that came along."""
    if path is None:
        return
    _allow_long_cells()
    with Path(path).open(encoding="utf-8-sig", newline="") as source:
        lines = csv.reader(source)
        ours = len(FIELDS) - WHOSE
        own = next(lines)[WHOSE:-ours]
        for number, group in groupby(lines, lambda line: line[0]):
            several = list(group)
            carried = dict(zip(own, several[0][WHOSE:-ours], strict=True))
            problems = [dict(zip(FIELDS, [*line[:WHOSE], *line[-ours:]], strict=True)) for line in several]
            yield {
                "line": int(number) if number else None,
                "firm_id": problems[0]["firm_id"],
                "firm_name": problems[0]["firm_name"],
                **({"carried": carried} if own else {}),
                "problems": [{name: one[name] for name in list(FIELDS)[3:]} for one in problems],
            }


def _allow_long_cells() -> None:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
