"""A workbook for an officer: every firm, a page for the chief, and what is to be mended, each ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from engine.answers.spool import Spool
from engine.explaining.wording import REJECTED
from engine.ground.errors import InputError, Language, Text
from engine.judging.problem_rows import FIELDS, RowProblem
from engine.judging.several_rows import WAITS, WHY
from engine.judging.verdict_rows import HEADINGS
from engine.outputs.page_lines import CARRY, DETAILS, Beside
from engine.outputs.worksheet import LONGEST, Looks, Table, looks_of, too_many, workbook, write_page
from engine.rulebooks.several import SEVERAL, told_in

_NONE: tuple[int, Iterable[RowProblem]] = (0, ())
SHEETS: Mapping[str, Text] = {
    "verdicts": Text("结论", "Verdicts"),
    "summary": Text("汇总", "Summary"),
    "why": Text("说明", "Why"),
    "firms": Text("未比对的企业", "Rejected firms"),
    "problems": Text("未比对的问题", "Problems"),
    "details": DETAILS,
}
_PROBLEMS = Text("问题与填写方法", "Problems and what to write")
_WHY = {
    "verdict": Text("结论", "Verdict"),
    "awaiting": HEADINGS["awaiting"],
    "why": HEADINGS["reasons"],
}
_WHOSE = ("line", "firm_id", "firm_name")


class Workbook:
    """A workbook of five sheets, of several rulebooks six. Verdicts are kept until it is closed, which writes it."""

    def __init__(
        self, path: Path, schema: pa.Schema, ids: Sequence[str], carried: Sequence[int], lang: Language
    ) -> None:
        """Take the columns, by heading and by id, and the places of those that are the caller's own."""
        self.rows = 0
        self._path, self._lang = path, lang
        self._header, self._ids, self._carried = schema.names, ids, carried
        ours = max(place for place in range(len(ids)) if place not in carried)
        self._beside = sum(place < ours for place in carried)  # which state no fact: a telephone, remarks
        self._longest = dict.fromkeys(ids, 0)
        self._refused_any = False
        self._verdicts = Spool(path.with_name(f"{path.name}.rows"))

    def write(self, rows: pa.RecordBatch) -> None:
        """Add some more verdicts. Raises InputError if there are more than a sheet can hold."""
        self.rows += rows.num_rows
        if self.rows > LONGEST:
            raise InputError([too_many()])
        for name, column in zip(self._ids, rows.columns, strict=True):
            if pa.types.is_string(column.type):
                self._longest[name] = max(self._longest[name], _longest(column))
        self._verdicts.add(rows)

    def close(self, beside: Beside | None = None) -> None:
        """Write the sheets. Raises InputError if there are more rows than a sheet can hold."""
        beside = beside or Beside()
        self._verdicts.close()
        several = told_in(self._ids)
        why = [place for place, name in enumerate(self._ids) if name.startswith(WHY)]
        apart = {place for place, name in enumerate(self._ids) if name.startswith((WHY, WAITS))}
        with workbook(self._path, constant_memory=True, tmpdir=str(self._path.parent)) as book:
            titles = {name: title for name, title in SHEETS.items() if several or name != "why"}
            titles |= {"why": several.why} if several else {}
            sheets = {name: book.add_worksheet(title.in_language(self._lang)) for name, title in titles.items()}
            looks = looks_of(book, self._lang)
            shown = [place for place in range(len(self._ids)) if place not in apart]
            own = [number for number, place in enumerate(shown) if place in self._carried]
            header, ids = ([several[place] for place in shown] for several in (self._header, self._ids))
            page = Table(sheets["verdicts"], header, ids, looks, own, self._longest, unread=self._beside)
            reasons = self._whys(sheets["why"], looks, several.one) if several else None
            firms, problems = self._mending(sheets, looks)
            refused = self._refused(beside.rejected, firms, problems)
            rows = merge(self._judged(), refused, key=lambda row: row[0] or 0)
            for row in self._noted(rows, beside.noted):
                page.add([row[place] for place in shown])
                for place in why:
                    if reasons is not None and row[place]:
                        reasons.add(self._why(row, place))
            for table in filter(None, (page, reasons, firms, problems)):
                is_bare = table is firms and not self._carried and self._refused_any
                table.finish(self._lang, [CARRY.in_language(self._lang)] if is_bare else ())
            for name, lines in zip(("summary", "details"), beside.pages, strict=False):
                write_page(sheets[name], looks, lines, self._lang, is_short=name == "summary")

    def _whys(self, sheet: Any, looks: Looks, one: Text) -> Table:  # noqa: ANN401 xlsxwriter is not typed
        """Begin the sheet that says why a level or class is not met, a line each: so long a text can be printed."""
        heads = {**{name: FIELDS[name] for name in _WHOSE}, "level": one, **_WHY}
        longest = max(length for name, length in self._longest.items() if name.startswith(WHY))
        return Table(
            sheet, [text.in_language(self._lang) for text in heads.values()], [*heads], looks, (), {"why": longest}
        )

    def _why(self, row: Sequence[Any], place: int) -> list[Any]:
        """Give the line that says why the level or class of which that is said there is not met."""
        name = self._ids[place].removeprefix(WHY)
        verdict, waits = (self._ids.index(one) for one in (name, f"{WAITS}{name}"))
        return [*row[: len(_WHOSE)], self._header[verdict], row[verdict], row[waits], row[place]]

    def _mending(self, sheets: Mapping[str, Any], looks: Looks) -> tuple[Table, Table]:
        """Begin the sheets of what is to be mended: a line a firm with the caller's columns, and a line a problem."""
        own = [self._header[place] for place in self._carried]
        beside, rest = own[: self._beside], own[self._beside :]
        whose = [FIELDS[name].in_language(self._lang) for name in _WHOSE]
        heads = [*whose, *beside, _PROBLEMS.in_language(self._lang), *rest]
        places = [place for place in range(len(whose), len(heads)) if place != len(whose) + len(beside)]
        ids = [*_WHOSE, *["beside"] * len(beside), "problems", *[""] * len(rest)]
        fields = [text.in_language(self._lang) for text in FIELDS.values()]
        return (
            Table(sheets["firms"], heads, ids, looks, places, unread=self._beside),
            Table(sheets["problems"], fields, [*FIELDS], looks),
        )

    def _judged(self) -> Iterator[Sequence[Any]]:
        for batch in self._verdicts:
            yield from zip(*(part.to_pylist() for part in batch.columns), strict=True)

    def _noted(self, rows: Iterable[Sequence[Any]], noted: Iterable[RowProblem]) -> Iterator[Sequence[Any]]:
        """Add to the notes of each row what is noted beside; both are in the order of the source."""
        place, gap = self._ids.index("notes"), {"zh": "", "en": " "}[self._lang]
        following = groupby(noted, lambda one: one.line or 0)
        line, several = next(following, _NONE)
        for row in rows:
            while several and line < (row[0] or 0):
                line, several = next(following, _NONE)
            if not several or line != row[0]:
                yield row
            else:
                told = [row[place], *(one.sentence(self._lang, with_column=False) for one in several)]
                yield [*row[:place], gap.join(filter(None, told)), *row[place + 1 :]]

    def _refused(self, told: Iterable[RowProblem], firms: Table, problems: Table) -> Iterator[Sequence[Any]]:
        """Write the rows that are not judged to sheets of their own, and give them as rows among the verdicts."""
        said = REJECTED.in_language(self._lang)
        for line, several in groupby(told, lambda one: one.line):
            sentences, self._refused_any = [], True
            for one in several:
                problems.add([line, *one.told(self._lang, titles=True)[1:]])
                sentences.append(one.sentence(self._lang))
            whose, carried, reasons = (line, one.firm_id, one.firm_name), one.carried, "\n".join(sentences)
            firms.add([*whose, *carried[: self._beside], reasons, *carried[self._beside :]])
            values = dict(zip(FIELDS, whose, strict=False)) | {"reasons": reasons}
            values |= dict.fromkeys(("verdict", *(one.standing for one in SEVERAL.values())), said)
            row: list[Any] = [values.get(name) for name in self._ids]
            for place, text in zip(self._carried, carried, strict=False):
                row[place] = text
            yield row


def _longest(texts: pa.Array) -> int:
    """Give how wide the widest of some texts is, as a sheet shows it."""
    wide = pc.add(pc.utf8_length(texts), pc.binary_length(texts))
    return int((pc.max(wide).as_py() or 0) // 2)
