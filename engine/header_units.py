"""Units beside figures: the word for a unit that a header or a row above or below the table names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.chinese import simplified
from engine.errors import Text, short
from engine.facts import Fact, Kind, Vocabulary, half_width
from engine.reading import exponent, money_unit

_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*＊※“”‘’\"'「」『』]+")
_SAME_UNIT: Mapping[str, str] = {
    **dict.fromkeys(("百分比", "百分数", "percent", "percentagepoints", "pct", "percentage"), "%"),
    **dict.fromkeys(("persons", "person", "employees", "headcount"), "人"),
}
_OF_A_PLACE = frozenset({"名", "位", "位次", "名次", "第几名", "第几位", "#"})
_STATEMENT = re.compile(
    r"(?P<whose>[\u4e00-\u9fff]{0,2})(?P<of>(?:金额|货币|计量|数量|计价|核算|记账)单位|单位|金额|币种|货币|units?|currency|amounts?)"
    r"\s*(?:[:：为是]|(?<=t)s? in (?=[^:])|\()\s*(?P<said>[^()（）\[\]【】。;；]{1,40})",
    re.IGNORECASE,
)
_NOT_A_UNIT = re.compile(  # of what it is the organisation
    "填报|编报|制表|编制|主管|上报|报送|填表|申报|推荐|所在|归口|隶属|联系|承办|主办|责任|管理|建设|发布|统计|下属|报表|审核|汇总|填写|牵头"
)
_CURRENCY = frozenset({"币种", "货币", "currency"})  # which money it is, not how much of it is one
_BRACKETED = re.compile(r"[(（\[【](?P<said>[^()（）\[\]【】]{1,20})[)）\]】]\s*$")
_MONEY = re.compile(
    r"(?:人民币|新?台币|港币|澳门元|[美欧日韩]元)?[0-9,. 个十百千万亿兆]*"
    r"(?:人民|美|欧|日|港|英|韩|新台|台|新加坡|澳|加拿大|瑞士)?(?:[元币圆镑]|美金|法郎)|"
    r".*(?:[$€£]|(?<![a-z])(?:usd?|eur|jpy|hkd|gbp|krw|twd|sgd|rmb|cny|yuan|dollars?|euros?|yen)(?![a-z])).*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[、，/]|,(?![0-9]{3})|和|及|\s+(?=[人%家个项件名台套吨])")
_LONGEST = 24  # characters


@dataclass(frozen=True)
class MoneyUnit:
    """The unit of money that a table states outside its header: the words, where, and whether they can be read.

    Where each row has a unit of its own `word` is "", and `column` the header of the column that names it.
    """

    word: str
    where: Text
    is_known: bool = True
    column: str = ""


ABOVE = Text("列名上方写明", "as the rows above say")
BELOW = Text("表下写明", "as a row below the table says")


def header_key(text: str) -> str:
    """Give a header without what does not matter: width, case, space, quotes, stars, Traditional characters."""
    return _NOTHING.sub("", simplified(half_width(text[:200]))).casefold().lstrip("=").rstrip(":")


def unit_word(fact: Fact, beside: str) -> str | None:
    """Give the unit that words beside a figure mean, if the fact accepts it."""
    said = re.sub(r"^\s*in\s+|^\s*单位是?[:为]?\s*|^\s*units?[:\s]\s*", "", half_width(beside), flags=re.IGNORECASE)
    word = re.sub(r"^(?:计量|货币|金额)单位[:为是]?", "", header_key(said))
    word = _SAME_UNIT.get(word, word)
    if fact.kind is Kind.MONEY:
        word = money_unit(word) or word
    if fact.kind is Kind.RANK and word in _OF_A_PLACE:
        return ""
    try:
        exponent(fact, word)
    except KeyError:
        return None
    return word


def is_foreign_money(word: str) -> bool:
    """Say whether a word is a unit of money, of whatever country.

    >>> [is_foreign_money(word) for word in ("万美元", "US$ million", "元氏县")]
    [True, True, False]
    """
    return len(word) <= _LONGEST and _MONEY.fullmatch(word) is not None


def stated_unit(rows: Iterable[Iterable[str]], vocabulary: Vocabulary, where: Text) -> MoneyUnit | None:
    """Give the unit of money that rows outside a table state; one that cannot be read if two differ.

    >>> from engine.catalog import shipped
    >>> [one and (one.word, one.is_known) for title in ("企业表（单位：元）", "填报单位：元氏县", "单位：万美元")
    ...     for one in [stated_unit([[title]], shipped().vocabulary, ABOVE)]]
    [('元', True), None, ('万美元', False)]
    """
    money = next((fact for fact in vocabulary.given.values() if fact.kind is Kind.MONEY), None)
    found = [] if money is None else [one for row in rows for cell in row for one in _statements(cell, money)]
    words = dict.fromkeys(word for word, _ in found)
    if len(words) > 1:
        return MoneyUnit(short("、".join(words), 40), where, is_known=False)
    return MoneyUnit(found[0][0], where, is_known=found[0][1]) if found else None


def _statements(cell: str, money: Fact) -> Iterable[tuple[str, bool]]:
    """Give the units of money that a cell states, and whether each can be read."""
    text = half_width(cell[:400])
    statements = [one for one in _STATEMENT.finditer(text) if not _NOT_A_UNIT.fullmatch(one["whose"])]
    for one in statements:
        said = re.split(r"\s{2,}|\s(?=[^\s:：]{2,8}[:：])", one["said"].strip())[0]
        known = next((word for part in (said, *_PARTS.split(said)) if part and (word := unit_word(money, part))), None)
        if one["of"].casefold() in _CURRENCY and (known or said == "人民币"):
            continue
        if known is not None:
            yield known, True
        elif is_foreign_money(said):
            yield short(said, _LONGEST), False
    bracketed = None if statements else _BRACKETED.search(text)
    if bracketed and "元" in bracketed["said"] and (word := unit_word(money, bracketed["said"])):
        yield word, True
