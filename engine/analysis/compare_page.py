"""A list by two texts, as lines of a page and as a table of the firms that flip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.analysis.compare import OF_ROWS, ComparedText, Comparison, Crossed
from engine.explaining.verdict import Standing
from engine.explaining.wording import STANDINGS
from engine.ground.errors import Language, Text, first_of
from engine.ground.page import Line, bar
from engine.rulebooks.marks import TRIAL, marked_title

TITLE = Text("结论对照", "Verdicts compared")
_NO_VERDICT = {"rejected": Text("未比对", "not judged"), "absent": Text("这份里没有", "not in it")}
_FIRST, _SECOND = Text("甲", "First"), Text("乙", "Second")
_TOTAL = Text("合计", "Total")
ON_BOTH = Text("只按两边都要的指标比对", "On what both ask for alone")
_WORSE, _BETTER = Text("变差", "worse"), Text("变好", "better")
_HEADS = (
    Text("因哪项条件改变", "Flips by criterion"),
    Text("变化", "To"),
    Text("单独", "Alone"),
    Text("同其他", "Among others"),
)
_MOST = 20
_SPANS = [1, 1, 1, 1, 2]


def lines(found: Comparison, lang: Language, most: int | None = _MOST) -> Iterator[Line]:
    """Give the page: both texts, verdict by verdict, what only one asks for, by what firms flip, and which do.

    Of the firms no more than so many, if any.
    """

    def said(*texts: Text) -> list[str]:
        return [one.in_language(lang) for one in texts]

    is_trial = any(TRIAL.zh in one.title.zh for one in (found.first, found.second))
    yield Line("title", said(marked_title(TITLE, TRIAL) if is_trial else TITLE))
    yield Line(
        "text",
        said(
            Text(
                f"{found.list_name}，{found.as_of}：{found.rows:,} 行，两边都未比对 {found.rejected_by_both:,} 行。",
                f"{found.list_name}, {found.as_of}: {found.rows:,} rows, {found.rejected_by_both:,} judged by neither.",
            )
        ),
    )
    for name, side in ((_FIRST, found.first), (_SECOND, found.second)):
        yield Line(
            "text",
            said(
                Text(f"{name.zh}：{side.title.zh} · {side.rulebook}", f"{name.en}: {side.title.en} · {side.rulebook}")
            ),
        )
        told = found.first.cautions if side is found.second else ()
        yield from (Line("text", said(one)) for one in side.cautions if one not in told)
    yield from _tables(found.crossed, lang)
    if found.left_out:
        yield from (Line("text", said(one)) for one in _apart(found))
    if found.on_both:
        yield Line("text", said(ON_BOTH))
        yield from _tables(found.on_both, lang)
    if found.effects:
        yield Line("row")
        yield Line("head", said(*_HEADS), [1] * 4, "█ {} · {}".format(*said(*_HEADS[2:])))
        longest = max(one.alone + one.among for one in found.effects)
        for one in found.effects:
            to = _WORSE if one.is_worse else _BETTER
            yield Line("row", [*said(one.title, to), one.alone, one.among], [1] * 4, bar(one.alone, one.among, longest))
        yield Line("row")
        heads = Text("改变的企业", "Firms that flip"), Text("行号", "Line"), _FIRST, _SECOND, Text("因", "By")
        yield Line("head", said(*heads), _SPANS)
        titles = {one.criterion: one.title for one in found.effects}
        for flip in found.flips[:most]:
            whose = [flip.firm_name or flip.firm_id or "", flip.line or ""]
            by = Text("、".join(titles[one].zh for one in flip.by), "; ".join(titles[one].en for one in flip.by))
            yield Line("row", [*whose, *said(verdict_word(flip.first), verdict_word(flip.second), by)], _SPANS)
        if most is not None and (rest := len(found.flips) - most) > 0:
            yield Line(
                "text",
                said(
                    Text(
                        f"……另有 {rest:,} 家，用 -o 文件.csv 写出全部。",
                        f"… and {rest:,} more: -o FILE.csv writes them all.",
                    )
                ),
            )
    yield Line("row")
    yield Line("text", said(found.notice))


def _tables(cells: Sequence[Crossed], lang: Language) -> Iterator[Line]:
    """Give the table of verdicts by verdicts, and that of each group."""
    for group in dict.fromkeys(one.group for one in cells):
        rows = {(one.first, one.second): one.rows for one in cells if one.group == group}
        used = [name for name in OF_ROWS if any(name in pair for pair in rows)]
        yield Line("row")
        corner = (group or Text("", "")).in_language(lang), f"{_FIRST.in_language(lang)}/{_SECOND.in_language(lang)}"
        heads = (one.in_language(lang) for one in (*map(verdict_word, used), _TOTAL))
        yield Line("head", [" ".join(filter(None, corner)), *heads], [1] * 6)
        for first in used:
            own = [rows.get((first, second), 0) for second in used]
            yield Line("row", [verdict_word(first).in_language(lang), *own, sum(own)], [1] * 6)
        sums = [sum(rows.get((first, second), 0) for first in used) for second in used]
        yield Line("row", [_TOTAL.in_language(lang), *sums, sum(sums)], [1] * 6)
    yield Line("row")


def verdict_word(verdict: str) -> Text:
    """Give what a row comes to in words."""
    return _NO_VERDICT.get(verdict) or STANDINGS[Standing(verdict)]


def _apart(found: Comparison) -> Iterator[Text]:
    """Say which facts only one of the texts asks for, and which criteria a comparison on both leaves out."""
    for name, side in ((_FIRST, found.first), (_SECOND, found.second)):
        if side.asks_alone:
            zh, en = _named(side)
            yield Text(f"只有{name.zh}要的指标：{zh}。", f"Only the {name.en.lower()} asks for: {en}.")
    zh, en = "、".join(one.zh for one in found.left_out), "; ".join(one.en for one in found.left_out)
    yield Text(f"要用到这些指标的条件：{zh}。", f"Criteria that need these: {en}.")


def _named(side: ComparedText) -> tuple[str, str]:
    facts = first_of(side.asks_alone, _MOST)
    more = len(side.asks_alone) - len(facts)
    zh = "、".join(one.title.zh + ("" if one.is_stated else "（名单没有）") for one in facts)
    en = ", ".join(one.title.en + ("" if one.is_stated else " (not in the list)") for one in facts)
    return (f"{zh}，另有 {more} 项", f"{en} and {more} more") if more else (zh, en)


def cells(found: Comparison) -> Iterator[Sequence[object]]:
    """Give the firms that flip, ids joined by ; and its first row the names of the columns."""
    yield ["line", "firm_id", "firm_name", "first", "second", "by"]
    for one in found.flips:
        yield [one.line, one.firm_id, one.firm_name, one.first, one.second, ";".join(one.by)]
