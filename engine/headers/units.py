"""Units beside figures: the word for a unit that a header or a row above or below the table names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.ground.chinese import simplified
from engine.ground.errors import Text, short
from engine.headers.event_words import FILLED_IN
from engine.headers.time_words import YUAN
from engine.headers.unit_mentions import FOREIGN, doubt_of, said_besides
from engine.language.facts import Fact, Kind, Vocabulary, half_width
from engine.language.reading import FORMAL, exponent, money_unit

_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff*＊※“”‘’\"'「」『』]+")
_AROUND_A_UNIT = re.compile(r"^(?:计量|货币|金额)单位[:为是]?|^[以按](?=.{1,6}(?:为单位|计)$)|为单位$|(?<=元)计$")
_SAME_UNIT: Mapping[str, str] = {
    **dict.fromkeys(("百分比", "百分数", "percent", "percentagepoints", "pct", "percentage"), "%"),
    **dict.fromkeys(("persons", "person", "employees", "headcount"), "人"),
}
_OF_A_PLACE = frozenset({"名", "位", "位次", "名次", "第几名", "第几位", "#"})
_OF = (
    r"(?P<of>(?:金额|货币|计量|数量|计价|核算|记账)单位|单位|金额|币种|货币|数据|units?|currency|amounts?)"
    r"(?:均|都|一律|统一|全部)?"
)
_SAID = r"(?=(?P<said>[^()（）\[\]【】。;；]{1,40}))"  # in which another may begin
_STATEMENT = re.compile(
    rf"(?P<whose>[\u4e00-\u9fff]{{0,2}}){_OF}\s*(?:[:：为是]|(?<=t)s? in (?=[^:])|\()\s*{_SAID}", re.IGNORECASE
)
_COUNTED_IN = re.compile(
    r"(?P<whose>(?P<of>))(?:[以按](?=[^()（），,。;；]{1,12}(?:为(?:金额|货币|计量)?单位|计(?![算划])|列示|填[列写报]?))|"
    r"(?:填写?|填报|精确|计算)[到至])(?P<said>[^()（），,。;；以按计为列填]{1,12})"
)
_NOT_A_UNIT = re.compile(  # of what it is the organisation
    f"{FILLED_IN}|编报|主管|申报|推荐|所在|归口|隶属|承办|主办|责任|管理|建设|发布|统计|下属|报表|汇总|牵头"
)
_OF_A_FIGURE = re.compile(rf"(?:均?[为是]|[以按填])(?P<said>{YUAN})(?=[,，、;；。)）\]】\s外填计]|$)")
_CURRENCIES = ("币种", "报告币种", "记账币种", "货币", "货币种类", "货币代码")
CURRENCY = frozenset([*_CURRENCIES, "currency", "currencycode", "reportingcurrency", "curr"])
"""What heads a column that says which money it is, not how much of it is one."""
OWN_MONEY = frozenset(["", "元", "人民币", "人民币元", "元人民币", "rmb", "cny", "¥", "renminbi", "yuan", "本位币"])
_KINDS_OF_UNITS = ("", "计量", "指标", "数值", "金额", "货币", "数据", "报表", "计价", "核算", "记账")
UNIT_HEADS = frozenset([*(f"{kind}单位" for kind in _KINDS_OF_UNITS), "unit", "units", "unitofmoney", "scale"])
"""What heads a column, or stands before a row, of units."""
_ALONE = re.compile(
    r"(?:金额|货币|计量|数据)?单位\s*[:：]?\s*(?P<said>\S.*)|(?:其他|其余|金额)?(?:均|都|一律)(?:[为是]|以|按)(?P<all>[^以按为是]{0,6}元)(?:计|为单位)?|(?:人民币|货币|计量|金额)\s*[:：]\s*(?P<other>\S.*)"
)
_IN_ENGLISH = re.compile(
    r"[(\[]?\s*(?:(?:amounts?|figures?|all figures|expressed|stated|presented|reported)\s+)*(?:are\s+)?in\s+"
    r"(?P<said>(?:[a-z$€£¥']+\s+)?(?:thousand|million|billion)s?(?:\s+of\s+[a-z. ]+)?|rmb[' a-z0-9]*|"
    r"[a-z.$ ]*dollars?)\s*[)\]]?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（\[【](?P<said>[^()（）\[\]【】]{1,20})[)）\]】]\s*$")
_MONEY = re.compile(
    r"(?:人民币|新?台币|港币|澳门元|[美欧日韩]元)?[0-9,. 个十百千万亿兆]*"
    r"(?:人民|美|欧|日|港|英|韩|新台|台|新加坡|澳|加拿大|瑞士)?(?:[元币圆镑]|美金|法郎)|"
    rf".*(?:{FOREIGN}|(?<![a-z])(?:rmb|cny|yuan)(?![a-z])).*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[、，/]|,(?![0-9]{3})|和|及|\s+(?=[人%家个项件名台套吨])")
_PARTS_AND_BLANKS = re.compile(rf"{_PARTS.pattern}|\s+")
_PER_ONE = re.compile(r"[、，,/\s]\s*[十百千万亿]*元/(?:人|平方米|㎡|亩|吨|件|台|套|户|家|小时|[天日度股]|公斤|千克)")
_BEGINS_AS_MONEY = re.compile(
    rf"{YUAN}(?!.*(?:[局委厅县区市会部办处科院所镇乡厂校店村]|公司|中心|街道|集团|政府)(?:$|\s))"
)
_UNLESS = re.compile(
    r"[,;]?\s*\b(?:unless|except|other than)\b.*|^除[^,，。;；]{1,20}外(?:[,，]|(?=均|都|其他|其余|一律|单位|金额))",
    re.IGNORECASE,
)
_AN_AMOUNT = re.compile(r"\s*[约近]?[0-9][0-9.,]*\s*[十百千万亿]*元?")  # and no unit, but for 10,000 CNY and the like
_LONGEST = 24  # characters
_SPACED = re.compile(
    r"(?<=单)\s+(?=位)|(?<=[十百千万亿])\s+(?=[十百千万亿元])|(?<=[:：])\s*[(\[【]\s*|(?<=人民币)\s*\("
)
_SCALE = re.compile(  # of some money, and whatever it is, figures are not in 万元 for sure
    r"(?:人民币|¥)?\s*(?:[0-9][0-9,.]*(?:e[0-9]+)?)?\s*[十百千万亿]*(?:元整?|[kmb]|thousands?|millions?|billions?)?(?:[/(]?人民币\)?)?",
    re.IGNORECASE,
)
_SCALE_OR_FOREIGN = re.compile(
    rf"[十百千万亿]+|[十百千万亿]*(?:{FOREIGN})\s*(?:[十百千万亿]+|thousands?|millions?|billions?)?|"
    rf"(?:thousands?|millions?|billions?)\s*(?:of\s+)?(?:{FOREIGN})",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
TAKEN = "万元"  # for amounts without any unit


@dataclass(frozen=True)
class MoneyUnit:
    """The unit of money that a table states outside its header: the words, where, and why they cannot be relied on.

    Where columns name the unit of each row `word` is "", `columns` are the places of those columns, and `amounts` those
    of the amounts whose unit they name; of other amounts no unit is stated.
    """

    word: str
    where: Text
    doubt: Text | None = None
    columns: tuple[int, ...] = ()
    amounts: tuple[int, ...] = ()

    @property
    def is_known(self) -> bool:
        """Say whether amounts can be read in it."""
        return self.doubt is None


def unknown_unit(word: str, where: Text) -> MoneyUnit:
    """Give the unit of a table whose words, found there, are none that can be read."""
    word = short(word, 40)
    doubt = Text(f"{where.zh}的单位“{word}”无法识别", f"is in “{word}” {where.en}: not known here")
    return MoneyUnit(word, where, doubt)


ABOVE = Text("列名上方写明", "as the rows above say")
BELOW = Text("表下写明", "as a row below the table says")


def header_key(text: str) -> str:
    """Give a header without what does not matter: width, case, space, quotes, stars, Traditional characters."""
    return _NOTHING.sub("", simplified(half_width(text[:200]))).casefold().lstrip("=").rstrip(":")


def unit_word(fact: Fact, beside: str) -> str | None:
    """Give the unit that words beside a figure mean, if the fact accepts it."""
    said = re.sub(r"^\s*in\s+|^\s*单位是?[:为]?\s*|^\s*units?[:\s]\s*", "", half_width(beside), flags=re.IGNORECASE)
    word = _AROUND_A_UNIT.sub("", header_key(said))
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


def is_scale(word: str) -> bool:
    """Say whether a word is a scale of money in some spelling: 千, 10万元, 1e8, （亿元）, K.

    >>> [is_scale(word) for word in ("千", "10万元", "亿元/人民币", "（亿元）", "甲公司", "")]
    [True, True, True, True, False, False]
    """
    bare = half_width(word).translate(FORMAL).strip(" ()[]【】")
    return bool(bare) and _SCALE.fullmatch(bare) is not None


def bare_unit(money: Fact, cell: str) -> str | None:
    """Give the unit that a cell under amounts of money is, and nothing else; None if it is no unit.

    >>> from engine.rulebooks.catalog import shipped
    >>> [bare_unit(shipped().vocabulary["revenue_y0"], cell) for cell in ("（元）", "单位：千元", "万美元", "5元")]
    ['元', '千元', '万美元', None]
    """
    text = half_width(cell[: 2 * _LONGEST]).strip(" \t()[]【】")
    if not text or len(text) > _LONGEST or _DIGIT.search(text):
        return None
    if word := unit_word(money, text):
        return word
    is_other = header_key(text) not in OWN_MONEY and _SCALE_OR_FOREIGN.fullmatch(text)
    return text if is_other else None


def _is_unit_head(of: str) -> bool:
    return header_key(of) in UNIT_HEADS


def is_foreign_money(word: str) -> bool:
    """Say whether a word is a unit of money, of whatever country.

    >>> [is_foreign_money(word) for word in ("万美元", "US$ million", "元氏县")]
    [True, True, False]
    """
    return len(word) <= _LONGEST and _MONEY.fullmatch(word) is not None


def stated_unit(rows: Iterable[Iterable[str]], vocabulary: Vocabulary, where: Text) -> MoneyUnit | None:
    """Give the unit of money that rows outside a table state; one in doubt if two differ or it is that of one figure.

    >>> from engine.rulebooks.catalog import shipped
    >>> [one and (one.word, one.is_known) for title in ("表（单位：元）", "以万元计", "填报单位：元氏", "单位：万美元")
    ...     for one in [stated_unit([[title]], shipped().vocabulary, ABOVE)]]
    [('元', True), ('万元', True), None, ('万美元', False)]
    """
    money = [fact for fact in vocabulary.given.values() if fact.kind is Kind.MONEY]
    names = _names_of_amounts(vocabulary)
    cells = (
        [(cell, list(_statements(cell, money[0], names))) for row in rows for cell in _said_in(row)] if money else []
    )
    found = [one for _, several in cells for one in several]
    words = dict.fromkeys(word for word, _, _ in found)
    if not found:
        return None
    if len(words) > 1 or not found[0][1]:
        return unknown_unit("、".join(words), where)
    for cell, besides in ((cell, said_besides(cell, found[0][0], names)) for cell, several in cells if several):
        if besides is not None:
            return MoneyUnit(short(cell, 40), where, doubt_of(cell, besides, where))
    word, whose = found[0][0], next((whose for _, _, whose in found if whose), "")
    if whose and word != TAKEN:
        doubt = Text(
            f"单位不能确定：{where.zh}，{whose}以{word}为单位",
            f"has no certain unit: {where.en}, {whose} is in {word}",
        )
        return MoneyUnit(word, where, doubt)
    return MoneyUnit(word, where)


def _said_in(row: Iterable[str]) -> list[str]:
    """Give the cells of a row; 单位 and the cell beside it as one."""
    cells = [cell for cell in row if cell.strip()]
    return ["：".join(cells)] if len(cells) == 2 and header_key(cells[0]) in UNIT_HEADS else cells  # noqa: PLR2004


def _statements(cell: str, money: Fact, names: Collection[str]) -> Iterable[tuple[str, bool, str]]:
    """Give the units of money that a cell states, whether each can be read, and of which figure alone it is, if any."""
    text = _SPACED.sub("", _UNLESS.sub("", half_width(simplified(cell[:400]))).translate(FORMAL))
    statements = [
        (one["said"] or "", one["of"], one.start("of"))
        for pattern in (_STATEMENT, _COUNTED_IN)
        for one in pattern.finditer(text)
        if not _NOT_A_UNIT.fullmatch(one["whose"] or "")
        and (_is_unit_head(one["of"]) or not _AN_AMOUNT.match(one["said"]))
    ]
    of_one = [(one["said"], "", one.start()) for one in _OF_A_FIGURE.finditer(text)]
    statements += [one for one in of_one if _figure_before(text[: one[2]], names)]
    for words, of, start in statements:
        said = re.split(r"\s{2,}|\s(?=[^\s:：]{2,8}[:：])", words.strip())[0]
        said = _PER_ONE.sub("", said) or said
        between = _PARTS if re.search("[a-z]", said, re.IGNORECASE) else _PARTS_AND_BLANKS
        parts = [said] if unit_word(money, said) else between.split(said)
        known = dict.fromkeys(word for part in parts if part and (word := unit_word(money, part)))
        if header_key(said) in {"人民币", "本位币"} or (of.casefold() in CURRENCY and [*known] == ["元"]):
            continue
        whose = _figure_before(text[:start], names)
        if of.casefold() in CURRENCY and not known:
            yield short(said, _LONGEST), False, whose
            continue
        yield from ((word, True, whose) for word in known)
        if not known and (is_foreign_money(said) or _BEGINS_AS_MONEY.match(said) or is_scale(said)):
            yield short(said, _LONGEST), False, whose
    if not statements:
        yield from _said_alone(text, money, names)


def _said_alone(text: str, money: Fact, names: Collection[str]) -> Iterable[tuple[str, bool, str]]:
    """Give the unit of money that a cell is, or ends in brackets with, without saying that it is one."""
    whole = text.strip(" ()[]【】")
    alone, english, bracketed = _ALONE.fullmatch(whole), _IN_ENGLISH.fullmatch(text.strip()), _BRACKETED.search(text)
    said, whose = whole, ""
    if alone:
        said = alone["said"] or alone["all"] or alone["other"]
    elif english:
        said = re.sub(r"(?<=[nd])s\b", "", english["said"])
    elif bracketed:
        said, whose = bracketed["said"], _figure_before(text[: bracketed.start()], names)
    if _AN_AMOUNT.match(said):
        return
    word = unit_word(money, said)
    if word and ("元" in said or said.isascii() or "¥" in said or alone):
        yield word, True, whose
    elif english or (header_key(said) not in OWN_MONEY and len(said) > 1 and is_foreign_money(said)):
        yield short(said, _LONGEST), False, ""


def _figure_before(text: str, names: Iterable[str]) -> str:
    """Give the name of an amount that stands right before a statement of its unit: 营业收入单位为元."""
    text = re.sub(r"[一该此这]?[列栏项]$|的$", "", header_key(re.split(r"[:：。;；(（]", text)[-1]))
    return max((name for name in names if text.endswith(name)), key=len, default="")


@lru_cache(maxsize=8)
def _names_of_amounts(vocabulary: Vocabulary) -> frozenset[str]:
    money = (fact for fact in vocabulary.given.values() if fact.kind is Kind.MONEY)
    names = (header_key(name) for fact in money for name in (fact.title.zh, fact.title.en, *fact.aliases))
    return frozenset({name for name in names if len(name) > 2} | {"收入", "费用", "资产", "利润", "营收"})  # noqa: PLR2004
