"""Tables that would be misread: figures for firms, and what of titles or applications stands in another place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.ground.chinese import simplified
from engine.ground.errors import Text, short
from engine.headers.event_words import IS_REVIEW, OVER, REVIEW, TITLES
from engine.headers.names import fact_called, has_remarks, named
from engine.headers.repeated import facts_given
from engine.headers.units import header_key
from engine.language.facts import APPLICATION, IDENTITY, Fact, Kind, Vocabulary, half_width
from engine.language.notes import SAY_WHICH_APPLY
from engine.language.option_text import NEVER_SURE, term
from engine.language.reading import BLANK_WORDS
from engine.layout.doubtful import Doubtful

_SAME_BELOW = re.compile("下同|以下均同|same below", re.IGNORECASE)
_OF_TITLES = rf"(?:.{{0,6}}(?:{TITLES}|认定|创新型|复核).{{0,4}}?)?的?"
_EXPIRES = re.compile(
    rf"{_OF_TITLES}(?:有效期限?(?:[起止至到]|\([起止至到]\)|截止)?|(?:{OVER}|截止|有效)(?:日期?|时间|年份?)|有效截止.{{0,4}}|"
    r"起止(?:日期|时间))|valid(?:ity)?(?:until|to|period)?|expir(?:es|y|ation)(?:date|on)?"
)
_OF_OTHERS = re.compile(
    "专利|合同|营业|执照|许可|体系|认证|高新|身份|贷款|保险|租赁|劳动|报价|质保|商标|软著|检测|排污|生产|高企|iso|ccc|3c|资格证|消防"
)
_IS_VALID = re.compile(rf"{_OF_TITLES}是否(?:仍|还|尚)?(?:在)?有效期?内?")
_IS_OVER = re.compile(rf"{_OF_TITLES}是否(?:已|已经)?{OVER}")
_STATE = re.compile(f"(?:{TITLES})状态|{REVIEW}结果")
_NOT_VALID = re.compile(f"(?:已|被)?(?:{OVER}|撤销|取消|注销|摘牌)|[未不](?:通过|合格)|无效")
_NO = frozenset({"否", "no", "n", "不", "无效", "不在", "×", "✗"})
_YES = frozenset({"是", "yes", "y", "√", "✓"})
_REVIEW = re.compile(
    rf"(?<!已)(?<!经)(?:到期|期满|申请|参加)?{REVIEW}(?!人|签|意见|员|日期|无误|结果|[:：])|到期(?:企业|须|需|应)"
)
_ASKS_REVIEW = re.compile(f"{REVIEW}|续报|(?:首次|再次|第一次|初次)(?:申报|申请|认定)|新申报")
_SAYS_WHICH = re.compile(f"{IS_REVIEW}|(?:首次|初次|第一次|新)(?:申报|申请|认定)")
_NO_KIND = re.compile("复核(?:人|意见|结果|签)|时间|日期|部门|单位")
_LOOKED_AT = 50  # columns that are not read
_FEW = 2  # figures named in a column, and it is one of their names


@dataclass(frozen=True)
class _Column:
    header: str
    fact: Fact | None
    cells: Sequence[str]

    @property
    def is_whose(self) -> bool:
        return self.fact is not None and self.fact.id in IDENTITY


def misread(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    titles: Sequence[str],
    vocabulary: Vocabulary,
    mapping: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> Doubtful | None:
    """Give what would be misread of a table with these headers and first rows, with titles above it; None if nothing.

    `mapping` gives the fact of a column by its header; `as_of` is the day of the decision.

    >>> from engine.rulebooks.catalog import shipped
    >>> found = misread(["企业名称", "甲厂"], [["营业收入（万元）", "5"]], [], shipped().vocabulary)
    >>> found.what.zh
    '“企业名称”列里是指标名（“营业收入（万元）”），不是企业'
    """
    mapped = {
        header_key(header): fact_called(facts_given(fact)[0], vocabulary) for header, fact in (mapping or {}).items()
    }
    columns = [
        _Column(
            header,
            mapped.get(header_key(header)) or named(header, vocabulary),
            [row[at].strip() for row in rows if at < len(row) and row[at].strip()],
        )
        for at, header in enumerate(headers)
    ]
    return next(_found(columns, titles, vocabulary, as_of), None)


def _found(
    columns: Sequence[_Column], titles: Sequence[str], vocabulary: Vocabulary, as_of: date | None
) -> Iterator[Doubtful]:
    stated = {one.fact for one in columns if one.fact is not None}
    unread = [one for one in columns if one.fact is None]
    for one in [*(one for one in columns if one.is_whose), *unread[:_LOOKED_AT]]:
        yield from _names_of_figures(one, vocabulary)
    for one in columns:
        if _SAME_BELOW.search(one.header):
            said = short(one.header, 30)
            yield Doubtful(
                Text(f"列名“{said}”说的是它后面各列", f"says of the columns behind it: {said}"),
                Text("请在每一列的列名里写明单位。", "Write the unit in each header."),
            )
    if any(fact.kind is Kind.CHOICES for fact in stated):
        yield from _terms(unread, as_of)
    if all(fact.id != APPLICATION for fact in stated):
        yield from _applications(unread, titles)


def _names_of_figures(column: _Column, vocabulary: Vocabulary) -> Iterator[Doubtful]:
    facts = ((cell, named(cell, vocabulary)) for cell in column.cells)
    figures = [cell for cell, fact in facts if fact is not None and fact.is_numeric]
    most = 2 * len(figures) > len(column.cells)
    if most and (column.is_whose or len(set(figures)) >= _FEW):
        said, name = short(figures[0], 20), short(column.header, 20)
        yield Doubtful(
            Text(f"“{name}”列里是指标名（“{said}”），不是企业", f"has names of figures in column {name}: {said}"),
            Text(
                "请改为每家企业一行，每项指标一列，列名写明年份和单位。",
                "Give each firm one row, and each figure a column.",
            ),
        )


def _terms(unread: Sequence[_Column], as_of: date | None) -> Iterator[Doubtful]:
    """Give the column that says when titles expire, which are read as valid."""
    for one in unread:
        if one.cells and _leaves_validity_open(header_key(one.header), one.cells, as_of):
            name = short(one.header, 20)
            yield Doubtful(
                Text(
                    f"“{name}”列写有称号的有效期，未能与称号对应",
                    f"says in column {name} when titles expire, and not so that it can be heeded",
                ),
                Text(
                    "请把有效期写进称号，如 小巨人（有效期至2027年6月30日），再删去此列。",
                    "Write the term behind the title, as 小巨人（有效期至2027年6月30日）, and delete the column.",
                ),
            )


def _leaves_validity_open(key: str, cells: Sequence[str], as_of: date | None) -> bool:
    """Say whether a column says until when titles are valid, unless all are on that day; or of any that it is not."""
    if _OF_OTHERS.search(key):
        return False
    said = {half_width(simplified(cell[:20])).casefold().strip() for cell in cells}
    if _IS_OVER.fullmatch(key) or _IS_VALID.fullmatch(key):
        return bool(said & (_YES if _IS_OVER.fullmatch(key) else _NO))
    if _STATE.fullmatch(key):
        return any(map(_NOT_VALID.fullmatch, said))
    return _EXPIRES.fullmatch(key) is not None and not all(_is_valid_on(cell, as_of) for cell in cells)


def _is_valid_on(cell: str, as_of: date | None) -> bool:
    """Say whether a term, or the day on which it ends, is surely one in which the day lies."""
    valid = term(f"（{cell}）") or NEVER_SURE
    if valid == NEVER_SURE:
        valid = term(f"（至{cell}）") or NEVER_SURE
    return as_of is not None and valid.is_sure and valid.begins <= as_of <= valid.ends


def _applications(unread: Sequence[_Column], titles: Sequence[str]) -> Iterator[Doubtful]:
    """Give what says that firms apply for a review where no column that is read does: all would be taken as new.

    A remark or a name says it of its own row.
    """
    said = [title for title in titles if _REVIEW.search(half_width(simplified(title[:200])))]
    for one in unread:
        if not _NO_KIND.search(one.header) and not has_remarks(one.header):
            if found := next(
                filter(_SAYS_WHICH.fullmatch, (half_width(simplified(cell[:200])).lower() for cell in one.cells)), None
            ):
                yield _unread_kind(one.header, found)
                return
            is_answered = any(header_key(cell) not in BLANK_WORDS for cell in one.cells)
            said += [one.header] if is_answered and _ASKS_REVIEW.search(header_key(one.header)) else []
    if said:
        yield _of_reviews(said[0])


def reviews_in(texts: Iterable[str]) -> Doubtful | None:
    """Give what a row that is no firm's says of reviews, as the heading of some firms does; None if it says nothing."""
    return next((_of_reviews(text) for text in texts if _REVIEW.search(half_width(simplified(text[:200])))), None)


def _unread_kind(header: str, said: str) -> Doubtful:
    name = short(header, 20)
    return Doubtful(
        Text(
            f"“{name}”列写有申报类型（“{said}”），而没有“申报类型”列，没有读取",
            f"says in column {name} what firms apply for ({said}), and has no column 申报类型",
        ),
        Text(
            f"请把列名改为“申报类型”，或用 --map 写明 {name}=申报类型。",
            f"Name the column 申报类型, or map it: {name}=application_type.",
        ),
    )


def _of_reviews(said: str) -> Doubtful:
    return Doubtful(
        Text(
            f"写有“{short(said, 30)}”，而没有“申报类型”列，各企业会都当作新申报",
            f"says “{short(said, 30)}” and has no column 申报类型: all would be taken as new applications",
        ),
        SAY_WHICH_APPLY,
    )
