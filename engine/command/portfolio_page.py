"""A list against the targets as a page of sentences and tables, for the terminal and for a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.command.console import console, write
from engine.command.page import print_page
from engine.explaining.wording import quoted_words
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.outputs.page_lines import Line
from engine.outputs.portfolio import Covered, FirmListed, Portfolio, TargetStanding
from engine.outputs.worksheet import page_bytes

_TITLE = Text("名单与目标对照", "The list against the targets")
_MET = {True: Text("达到", "met"), False: Text("未达到", "not met"), None: Text("无法判定", "undetermined")}
_ENOUGH = {True: Text("够", "enough"), False: Text("不够", "too few"), None: Text("未写明", "not stated")}
_MOST = 20  # of a list on the terminal


def print_portfolio(found: Portfolio, lang: Language, form: str) -> None:
    """Print the page, of long lists the beginning, or JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    print_page(_lines(found, lang, None if console().is_file else _MOST))


def portfolio_bytes(found: Portfolio, lang: Language) -> bytes:
    """Give the page as a workbook, every list whole."""
    return page_bytes(_TITLE, _lines(found, lang, None), lang)


def _lines(found: Portfolio, lang: Language, most: int | None) -> Iterator[Line]:
    """Give the lines of the page, of each list at most so many firms or products."""

    def table(head: Sequence[Text], rows: Iterable[Sequence[str | int]], spans: Sequence[int]) -> Iterator[Line]:
        told = list(rows)
        if not told:
            return
        yield Line("row")
        yield Line("head", [one.in_language(lang) for one in head], spans)
        yield from (Line("row", row, spans) for row in told[:most])
        if most is not None and len(told) > most:
            rest = len(told) - most
            more = Text(f"……另有 {rest} 项，见 -o 写出的文件", f"… and {rest} more: see a file written by -o")
            yield Line("text", [more.in_language(lang)])

    yield Line("title", [_TITLE.in_language(lang)])
    yield Line("text", [_summary(found).in_language(lang)])
    for one in found.targets:
        yield Line("row")
        yield Line("text", [_target(one).in_language(lang)])
        yield Line("text", [_words(one).in_language(lang)])
    firm = (Text("企业", "Firm"), Text("行号", "Line"), Text("重点产品", "Key product"))
    yield from table((Text("冠军企业", "Champions"), *firm[1:]), map(_firm, found.champions), (3, 1, 2))
    near = ([*_firm(one.firm)[:2], one.title.in_language(lang)] for one in found.near_misses)
    head = (Text("只差一项", "One criterion short"), firm[1], Text("不符合的条件", "Criterion not met"))
    yield from table(head, near, (3, 1, 2))
    yield from table((Text("无法判定", "Undetermined"), *firm[1:]), map(_firm, found.undetermined), (3, 1, 2))
    counts = Text("重点产品数", "Key products"), Text("冠军企业数", "Champions")
    yield from table((Text("五基", "Five bases"), *counts), _covered(found.bases, lang), (4, 1, 1))
    yield from table((Text("重点方向", "Priority directions"), *counts), _covered(found.directions, lang), (4, 1, 1))
    head = Text("产品", "Product"), Text("名单内供应商", "Suppliers in the list"), Text("填写家数", "Stated")
    yield from table((*head, Text("双供应商", "Two suppliers")), _suppliers(found, lang), (3, 1, 1, 1))
    yield from table(
        (Text("产业链", "Chain"), Text("龙头企业", "Leading firms"), Text("冠军企业", "Champions")),
        ([one.chain, _names(one.leading, lang), _names(one.champions, lang)] for one in found.chains),
        (2, 2, 2),
    )
    yield Line("row")
    yield Line("text", [found.notice.in_language(lang)])


def _summary(found: Portfolio) -> Text:
    counts = len(found.champions), len(found.undetermined), len(found.near_misses)
    return Text(
        f"{found.as_of}，按 {found.rulebook}：名单 {found.rows} 行，未比对 {found.rejected} 行；{found.firms} 家企业中"
        f"冠军企业 {counts[0]} 家，无法判定 {counts[1]} 家，只差一项 {counts[2]} 家。",
        f"As of {found.as_of}, by {found.rulebook}: {found.rows} rows, {found.rejected} rejected; of {found.firms} "
        f"firms {counts[0]} are champions, {counts[1]} are undetermined, {counts[2]} are one criterion short.",
    )


def _target(one: TargetStanding) -> Text:
    """Say how far the list is, never with a share that is rounded up."""
    by = Text("", "") if one.by is None else Text(f"（到 {one.by}）", f" (by {one.by})")
    share = Text("", "")
    if one.share_pct is not None:
        pct = f"{int(one.share_pct * 10) / 10:g}%"
        share = Text(f"，已知的占 {pct}", f", {pct} of those known")
    return Text(
        f"{one.title.zh}：目标 {one.value}{'%' if one.is_share else ''}{by.zh}；名单内 {one.of} 项中 {one.reached} 项，"
        f"未知 {one.unknown} 项{share.zh}：{_MET[one.met].zh}。",
        f"{one.title.en}: aim {one.value}{'%' if one.is_share else ''}{by.en}; in the list {one.reached} of {one.of}, "
        f"{one.unknown} not known{share.en}: {_MET[one.met].en}.",
    )


def _words(one: TargetStanding) -> Text:
    quote, place = quoted_words(one.quote), f"{one.cite.clause} [{one.grade}]"
    read = ("读法", "Reading") if one.confirmed else ("读法待确认", "Reading unconfirmed")
    return Text(
        f"{quote.zh} {place} · {read[0]}：{one.reading.zh}", f"{quote.en} {place} · {read[1]}: {one.reading.en}"
    )


def _firm(one: FirmListed) -> list[str | int]:
    name = " ".join(part for part in (one.firm_name, one.firm_id) if part)
    return [name, "" if one.line is None else one.line, one.product or ""]


def _names(several: Iterable[FirmListed], lang: Language) -> str:
    return {"zh": "、", "en": ", "}[lang].join(one.firm_name or one.firm_id or str(one.line) for one in several)


def _covered(several: Iterable[Covered], lang: Language) -> Iterator[list[str | int]]:
    return ([one.title.in_language(lang), one.products, one.champions] for one in several)


def _suppliers(found: Portfolio, lang: Language) -> Iterator[list[str | int]]:
    for one in found.products:
        stated = "" if one.stated is None else one.stated
        yield [one.product, one.in_the_list, stated, _ENOUGH[one.enough].in_language(lang)]
