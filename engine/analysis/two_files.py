"""Two files of firms side by side: verdicts that were written, or lists of two days that are judged for it."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from tempfile import gettempdir
from typing import Unpack

from engine.analysis.compare import ComparedText, Comparison, Flip, effects, tables
from engine.analysis.read_list import VERDICTS, FirmList, Reading, firm_list
from engine.analysis.texts import at_once
from engine.analysis.verdict_file import Judged, VerdictFile, verdict_file
from engine.explaining.wording import NOTICE
from engine.ground.errors import InputError, Problem, Text
from engine.ground.scratch import scratch
from engine.judging.ruling import Ruling, ruling
from engine.language.decision_day import Day, given_day
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.marks import TRIAL
from engine.rulebooks.trial import tried
from engine.rulebooks.what_if import UNCHANGED, Changes
from engine.screening.file import screen_file
from engine.screening.order import Order
from engine.screening.stop import Stop

_TRIED = re.compile(rf"（{TRIAL.zh}| \({TRIAL.en}")
_LADDER = Text("是全部层级的结论，不是一套规则的", "has the verdicts of all levels, not of one rulebook")


def compare_files(  # noqa: PLR0913 as much as may be said of lists
    first: Path | str | object,
    second: Path | str | object,
    *,
    by: str | None = None,
    rulebook: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    changes: Changes = UNCHANGED,
    on_file: Callable[[str], None] = lambda _: None,
    **reading: Unpack[Reading],
) -> Comparison:
    """Give how firms come out in two files: of verdicts as they were judged, of lists by a rulebook or a level.

    Rows are of one firm by its code, where both have one, else by its name, in any case; of several rows of a firm the
    first is beside the first. `by` is a header, or what a fact is called; `on_file` is told the name of a list before
    it is read. Raises InputError.
    """
    day, rules = given_day(as_of), catalog or shipped()
    lists = at_once(*(partial(firm_list, one, day, by, reading) for one in (first, second)))
    chosen = partial(_chosen, rules, changes, rulebook, level, day)
    files = at_once(*(partial(_judged, one, rules, chosen, on_file) for one in lists))
    if changes and not any(one.is_list for one in files):
        instead = Text("请改用名单。", "Give lists instead.")
        raise InputError([Problem("set", Text("两边都是已判定的结论", "changes no verdict that is written"), instead)])
    pairs = list(_pairs(files[0].rows, files[1].rows))
    crossed = Counter(map(_crossing, pairs))
    by_neither = sum(crossed.pop(pair) for pair in [*crossed] if pair[1:] == ("rejected", "rejected"))
    flips = tuple(_flips(pairs))
    names = [_titles(one, rules) for one in files]
    days = [" ".join(one.days) for one in files]
    return Comparison(
        " / ".join(dict.fromkeys(days)),
        " / ".join(one.name for one in lists),
        len(pairs),
        by_neither,
        _side(files[0], lists[0].name, rules),
        _side(files[1], lists[1].name, rules),
        tuple(tables(crossed)),
        (),
        (),
        tuple(effects(flips, names)),
        flips,
        NOTICE,
    )


def _chosen(rules: Catalog, changes: Changes, rulebook: str | None, level: str | None, day: date) -> Ruling:
    """Give what lists are judged by. Raises InputError."""
    found = ruling(tried(rules, changes, rulebook, level, day), rulebook, level, day)
    if found.levels is not None:
        raise InputError([Problem("rulebook", _LADDER, Text("请指明一套规则。", "Name one."), rulebook)])
    return found


def _judged(
    read: FirmList, rules: Catalog, chosen: Callable[[], Ruling], on_file: Callable[[str], None]
) -> VerdictFile:
    """Give the verdicts that a file has, or those on the list that it is. Raises InputError."""
    with scratch(read.folder or Path(gettempdir())) as folder:
        path, output = read.file(folder), folder / "rows.parquet"
        found = verdict_file(path, read, rules.vocabulary, folder)
        if found is not None:
            return found
        by = chosen()
        on_file(read.name)
        order = Order(by.rulebook, read.as_of, output, "parquet", reasons=False, mapping=dict(read.mapping or {}))
        order = replace(order, routes=by.routes, sheet=read.sheet, limits=read.limits, carry=read.by is not None)
        order = replace(order, rejected=folder / "rejected.csv", raw_beside=True)
        screen_file(path, order, read.on_columns, (read.stop or Stop()).step)
        written = verdict_file(output, replace(read, mapping=None, sheet=None), rules.vocabulary, folder)
        assert written is not None  # noqa: S101 it was just written
        rows = [*written.rows, *_rejected(folder / "rejected.csv")]
        return replace(written, rows=tuple(sorted(rows, key=lambda row: row.line or 0)), is_list=True)


def _rejected(file: Path) -> Iterator[Judged]:
    """Give the rows that were not judged, of a file with a line for each of their problems."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        whose = dict.fromkeys((line, firm_id, name) for line, firm_id, name, *_ in islice(csv.reader(lines), 1, None))
    for line, firm_id, name in whose:
        yield Judged(int(line) if line else None, firm_id, name, "rejected", (), None)


def _pairs(first: Sequence[Judged], second: Sequence[Judged]) -> Iterator[tuple[Judged | None, Judged | None]]:
    """Give the rows of one firm in both, then those that only one of them has."""
    left = dict(enumerate(second))
    waiting = list(first)
    for name in ("firm_id", "firm_name"):
        places = defaultdict[tuple[str, bool], deque[int]](deque)
        for place, row in left.items():
            places[getattr(row, name).casefold(), bool(row.firm_id)].append(place)
        alone = []
        for row in waiting:
            called = getattr(row, name).casefold()
            may_have_code = (False,) if name == "firm_name" and row.firm_id else (False, True)
            own = [found for one in may_have_code if called and (found := places.get((called, one)))]
            if own:
                yield row, left.pop(min(own, key=itemgetter(0)).popleft())
            else:
                alone.append(row)
        waiting = alone
    yield from ((row, None) for row in waiting)
    yield from ((None, row) for row in left.values())


def _crossing(pair: tuple[Judged | None, Judged | None]) -> tuple[Text | None, str, str]:
    first, second = pair
    group = next((one.group for one in (second, first) if one and one.group), None)
    return group, first.verdict if first else "absent", second.verdict if second else "absent"


def _flips(pairs: Sequence[tuple[Judged | None, Judged | None]]) -> Iterator[Flip]:
    for first, second in pairs:
        if first and second and first.verdict != second.verdict and "rejected" not in {first.verdict, second.verdict}:
            harder = max(first, second, key=lambda one: VERDICTS.index(one.verdict))
            yield Flip(
                first.line, first.firm_id or None, second.firm_name or None, first.verdict, second.verdict, harder.by
            )


def _titles(judged: VerdictFile, rules: Catalog) -> dict[str, Text]:
    """Give the titles of the criteria in a file; of a rulebook that is not known here their names."""
    known = {one: Text(one, one) for row in judged.rows for one in row.by}
    books = [rules.rulebook(one) for one in _known(judged, rules)]
    titled = {one.words.id: one.words.title for book in books for one in book.criteria}
    return {name: titled.get(name, own) for name, own in known.items()}


def _known(judged: VerdictFile, rules: Catalog) -> list[str]:
    """Give the ids of the rulebooks of a file, by id or title, that are known here."""
    called = [_TRIED.split(one)[0] for one in judged.rulebooks]
    meant = ([one.id for one in rules.heads if name in {one.id, one.title.zh, one.title.en}] for name in called)
    return [one for ids in meant if len(ids) == 1 for one in ids]


def _side(judged: VerdictFile, name: str, rules: Catalog) -> ComparedText:
    ids = _known(judged, rules)
    titles = [rules.rulebook(one).words.title for one in ids] or [Text(one, one) for one in judged.rulebooks]
    title = Text("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))
    many, days = sum(one.verdict != "rejected" for one in judged.rows), ", ".join(judged.days)
    told = Text(f"{name}：判定日 {days}，有结论 {many:,} 行。", f"{name}: as of {days}, {many:,} rows with a verdict.")
    if judged.unknown:
        told = Text(
            f"{told.zh}另有 {judged.unknown:,} 行的结论不认得，未计。",
            f"{told.en} {judged.unknown:,} more have a verdict that is not known, and are left out.",
        )
    tried = tuple(Text(one, one) for one in judged.rulebooks if _TRIED.search(one))
    return ComparedText(", ".join(ids or judged.rulebooks), title, ", ".join(judged.digests), (), (*tried, told))
