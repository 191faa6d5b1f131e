"""A list by two texts: verdict by verdict, who flips, and by which criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from engine.analysis.groups import NOT_STATED
from engine.analysis.read_list import VERDICTS, FirmList, Reading, Rows, firm_list, letters, together
from engine.analysis.stand_ins import worst
from engine.analysis.texts import at_once, two_texts
from engine.explaining.requirement import tried_name
from engine.explaining.wording import NOTICE
from engine.ground.errors import InputError, Problem, Text
from engine.ground.result import Tabled
from engine.judging.column_use import WHOSE
from engine.language.decision_day import Day, given_day
from engine.language.facts import Fact, Vocabulary
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.logic import Check, Criterion, Rulebook, facts_behind, walk
from engine.rulebooks.what_if import UNCHANGED, Changes

OF_ROWS = (*VERDICTS, "rejected", "absent")
"""What a row comes to; rejected: it is not judged by that text; absent: of two files it is not in that one."""
_OF = dict(zip((*"mun", None), OF_ROWS, strict=False))


@dataclass(frozen=True)
class AskedAlone:
    """A fact that only one of the texts asks for, and whether the list has it, or what it follows from."""

    fact: str
    title: Text
    is_stated: bool


@dataclass(frozen=True)
class ComparedText:
    """A text: its id, title and digest, with what is not the text's own; the facts that it alone asks for."""

    rulebook: str
    title: Text
    digest: str
    asks_alone: tuple[AskedAlone, ...]
    cautions: tuple[Text, ...]


@dataclass(frozen=True)
class Crossed:
    """How many rows come to one verdict by the first text and another by the second; with `group` of its firms."""

    first: str
    second: str
    group: Text | None
    rows: int


@dataclass(frozen=True)
class Flip:
    """A firm of another verdict by the second text, and the criteria by which: of the text that is harder on it."""

    line: int | None
    firm_id: str | None
    firm_name: str | None
    first: str
    second: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Effect:
    """How many firms flip by a criterion alone, and by it among others: to a worse verdict, or to a better one."""

    criterion: str
    title: Text
    is_worse: bool
    alone: int
    among: int


@dataclass(frozen=True, repr=False)
class Comparison(Tabled):
    """The answer. `crossed` is as stated; `on_both` by the criteria alone that ask for what both texts ask for.

    A criterion of which that is not so is in `left_out`. `on_both` is empty where nothing is left out.
    """

    as_of: str
    list_name: str
    rows: int
    rejected_by_both: int
    first: ComparedText
    second: ComparedText
    crossed: tuple[Crossed, ...]
    on_both: tuple[Crossed, ...]
    left_out: tuple[Text, ...]
    effects: tuple[Effect, ...]
    flips: tuple[Flip, ...]
    notice: Text


def compare(  # noqa: PLR0913 as much as may be said of a list
    firms: Path | str | object,
    rulebook: str | None = None,
    second: str | None = None,
    *,
    by: str | None = None,
    level: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    changes: Changes = UNCHANGED,
    **reading: Unpack[Reading],
) -> Comparison:
    """Give how firms come out by two rulebooks, or by one and the same with `changes`, of `changes_of`.

    `firms` are a file, or a table as `screen` takes it. With two rulebooks blanks are assumed for both, and all else is
    changed in the second. With `by`, a fact or a header, of each of its values too. Raises InputError with all mistakes
    of what is asked, and what `screen_file` does.
    """
    day = given_day(as_of)
    texts, read = at_once(
        lambda: two_texts(catalog or shipped(), changes, rulebook, level, second, day),
        lambda: firm_list(firms, day, by, reading),
    )
    return compared(texts[0], texts[1], read)


def compared(first: Rulebook, second: Rulebook, firms: FirmList) -> Comparison:
    """Give how a list comes out by two rulebooks. Raises InputError."""
    if first.digest == second.digest:
        what = Text("两边是同一套规则", "is the same text as the first")
        instead = Text("请写另一套规则，或改动其中的数。", "Name another, or change figures of it.")
        raise InputError([Problem("with", what, instead, second.id)])
    books = first, second
    deciding = [[one for one in book.criteria if one.words.decides] for book in books]
    both = first.facts_used & second.facts_used
    shared = [[one for one in own if _asks(one, book) <= both] for own, book in zip(deciding, books, strict=True)]
    with firms.judged(first) as one, firms.judged(second) as other:
        counted = _crossed(one, other, deciding, shared)
        flips = tuple(_flips(one, other, deciding))
        stated, summaries = one.stated | other.stated, (one.summary, other.summary)
    first_side, second_side = (
        ComparedText(book.id, _title(book), book.digest, _alone(book, beside, stated), summary.cautions)
        for book, beside, summary in zip(books, books[::-1], summaries, strict=True)
    )
    left = [one for own, common in zip(deciding, shared, strict=True) for one in own if one not in common]
    return Comparison(
        summaries[0].as_of,
        firms.name,
        summaries[0].rows_in,
        summaries[0].rows_in - sum(many for *_, many in counted),
        first_side,
        second_side,
        tuple(_cells(counted, 0)),
        tuple(_cells(counted, 2)) if left and all(shared) else (),
        tuple(dict.fromkeys(one.words.title for one in left)),
        tuple(effects(flips, [{one.words.id: one.words.title for one in book.criteria} for book in books])),
        flips,
        NOTICE,
    )


def _title(book: Rulebook) -> Text:
    title = book.words.title
    return Text(tried_name(title.zh, book, "zh"), tried_name(title.en, book, "en"))


def _asks(criterion: Criterion, book: Rulebook) -> frozenset[str]:
    """Give the facts that a firm may state and a criterion depends on, through scorecards too."""
    items = {score.fact.id: score.items for score in book.scores}
    checks = [one for one in walk(criterion.gate) if isinstance(one, Check)]
    lines = [item for one in checks for item in items.get(one.fact.id, ())]
    checks += [one for item in lines for band in item.bands for one in walk(band.node) if isinstance(one, Check)]
    points = [item.points_of.id for item in lines if item.points_of]
    return frozenset(one.id for one in facts_behind(checks, book.vocabulary, points) if one.is_given)


def _alone(book: Rulebook, other: Rulebook, stated: frozenset[str]) -> tuple[AskedAlone, ...]:
    """Give the facts that only this text asks for, in its order; not those that say whose figures they are."""
    asked = [one for one in book.facts_behind if one.is_given and one.id not in other.facts_used | WHOSE]
    found = sorted(asked, key=lambda one: one.id)
    return tuple(AskedAlone(one.id, one.title, _is_stated(one, stated, book.vocabulary)) for one in found)


def _is_stated(fact: Fact, stated: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Say whether a list states a fact, or what it is computed or looked up from."""
    sources = {one.id for one in vocabulary.stated_behind(fact)} if fact.lookup is None else {fact.lookup.by}
    return fact.id in stated or sources <= stated


Crossing = tuple[Text | None, str | None, str | None, str | None, str | None, int]


def _of(criteria: Sequence[Criterion], table: str) -> str:
    return letters([one.words.id for one in criteria], table)


def _crossed(
    one: Rows, other: Rows, deciding: Sequence[Sequence[Criterion]], shared: Sequence[Sequence[Criterion]]
) -> list[Crossing]:
    """Give how many rows are of each pair of verdicts: by all criteria, and by those that are shared."""
    parts = [
        f"CASE WHEN {table}.line IS NOT NULL THEN {together(_of(own, table))} END"
        for several in (deciding, shared)
        for table, own in zip(("a", "b"), several, strict=True)
    ]
    by = f"coalesce(a.{one.columns[-1]}, b.{other.columns[-1]})" if one.by else "NULL"
    found = one.asked(f"SELECT {by}, {', '.join(parts)}, count(*) FROM {_JOINED} GROUP BY ALL", other)  # noqa: S608
    return [(one.group(said), *verdicts, many) for said, *verdicts, many in found]  # type: ignore[misc]


_JOINED = "rows a FULL JOIN rows_1 b ON a.line = b.line"


def _cells(counted: Sequence[Crossing], place: int) -> Iterable[Crossed]:
    """Give the table of all firms, then that of each group; rows that neither text judges are in none."""
    totals: Counter[tuple[Text | None, str, str]] = Counter()
    for group, *verdicts, many in counted:
        totals[group, _OF[verdicts[place]], _OF[verdicts[place + 1]]] += many
    return tables(totals)


def tables(counted: Mapping[tuple[Text | None, str, str], int]) -> Iterator[Crossed]:
    """Give how many rows come to each pair of verdicts, of all groups and then of each."""
    totals: Counter[tuple[Text | None, str, str]] = Counter()
    for (group, first, second), many in counted.items():
        for own in {None, group}:
            totals[own, first, second] += many
    groups = sorted({one for one, *_ in totals if one}, key=lambda one: (one == NOT_STATED, one.zh))
    for group in (None, *groups):
        for first in OF_ROWS:
            for second in OF_ROWS:
                if rows := totals[group, first, second]:
                    yield Crossed(first, second, group, rows)


def _flips(one: Rows, other: Rows, deciding: Sequence[Sequence[Criterion]]) -> Iterator[Flip]:
    found = [_of(own, table) for table, own in zip(("a", "b"), deciding, strict=True)]
    whose = "a.line, nullif(a.firm_id, ''), nullif(a.firm_name, '')"
    where = "rows a JOIN rows_1 b ON a.line = b.line WHERE a.verdict <> b.verdict"
    sql = f"SELECT {whose}, {', '.join(found)} FROM {where} ORDER BY a.line"  # noqa: S608
    for line, firm_id, firm_name, *outcomes in one.asked(sql, other):
        verdicts = [worst(str(said)) for said in outcomes]
        harder = int("mun".index(verdicts[1]) > "mun".index(verdicts[0]))
        own = zip(deciding[harder], str(outcomes[harder]), strict=True)
        by = tuple(criterion.words.id for criterion, letter in own if letter == verdicts[harder])
        yield Flip(line, firm_id, firm_name, _OF[verdicts[0]], _OF[verdicts[1]], by)  # type: ignore[arg-type]


def effects(flips: Sequence[Flip], titles: Sequence[Mapping[str, Text]]) -> Iterator[Effect]:
    """Give the effect of each criterion by which any firm flips: of the second text, then of the first."""
    for is_worse, own_titles in ((True, titles[1]), (False, titles[0])):
        own = [one for one in flips if (VERDICTS.index(one.second) > VERDICTS.index(one.first)) == is_worse]
        every = Counter(name for one in own for name in one.by)
        alone = Counter(one.by[0] for one in own if len(one.by) == 1)
        for name, title in own_titles.items():
            if many := every[name]:
                yield Effect(name, title, is_worse, alone[name], many - alone[name])
