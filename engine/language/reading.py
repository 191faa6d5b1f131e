"""From what a person or a program wrote to an exact value; what cannot be read is refused with what to write instead.

Money is in 万元, percent in percentage points. Text may carry a unit, thousands separators and full-width digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from engine.ground.chinese import simplified
from engine.ground.errors import Text, in_quotes, shown
from engine.ground.outcome import Reason
from engine.ground.values import BESIDE, UNREAD, Known, Number, Span, Unknown, of_term
from engine.language.facts import BOOLEAN, WHOLE, Fact, Kind, half_width
from engine.language.figure_text import CONTRADICTED, MERGED, Ends, ends, is_error, plainly, unwrapped
from engine.language.mistaken_figures import mistaken
from engine.language.option_text import (
    NEVER_SURE,
    beside,
    names_section,
    nearest,
    option,
    options_between,
    says_all_is_over,
    term,
    term_in_brackets,
)
from engine.language.yes_no_text import ticked, yes_or_no

BLANK_WORDS = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "nat",
        "n.a.",
        "n.a",
        "\\n",
        "…",
        "……",
        "...",
        "无数据",
        "无资料",
        "暂无",
        "暂无数据",
        "不适用",
        "待定",
        "待补充",
        "未披露",
        "未填写",
        "未提供",
        "不详",
        "未知",
        "空",
    }
)
NONE_OF_THEM = "none"
"""An answer to a question of several options; None, as programs write it, is a blank."""
_NO_TITLES = frozenset({"无", "没有", "[]", "none", "no title", "no titles", "none held"})
YES_WORDS = ("是", "有", "√", "✓", "yes", "y", "true", "1", "1.0")
NO_WORDS = ("否", "无", "没有", "×", "✗", "no", "n", "false", "0", "0.0", "x")
_NUMBER = re.compile(
    r"([+-]?)((?:(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)\s*(.*)",
    re.DOTALL,
)
_DATE = re.compile(
    r"(?:([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2}))"
    r"(?:[T ]\s*0?0:00(?::00(?:\.0+)?)?\s*(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"  # midnight, in the zone as written
)
_SERIAL_DAY = re.compile(r"[2-6][0-9]{4}(?:\.0+)?")
_YEAR_END = re.compile(
    r"(?:fy ?)?((?:1,?9|2,?0)[0-9]{2}) ?(?:年度?|年末|年报|[-/.年]?12[-/.月]?31日?(?: 0?0:00(?::00)?)?)"
)
_THREE_DIGITS = re.compile(r"[0-5][0-9]{2}(?:\.0+)?")
_FOOTNOTE = re.compile(r"\([0-9]{1,2}\)\s*[0-9+.-]")
_MORE_DIGITS = re.compile(r"^[.,0-9]")
_ABOUT = re.compile(r"^(?:大?约|大概|[~≈]|about|approx\w*\.?|circa|ca\.?)\s*[^0-9]?[0-9]|[0-9].*(?:左右|上下)$")
_ORDINAL = re.compile(r"(?:第|no\.?|#)?\s*([0-9]{1,9})\s*(?:名|位|st|nd|rd|th)?")
_AMONG = re.compile(r"(?:前|top)\s*([0-9]{1,9})\s*(?:名|位|强)?")
_TWO_UNITS = re.compile(r"([0-9]+)\s*亿元?\s*([0-9]{1,4}(?:\.[0-9]+)?)\s*(万|百万|千万)元?")
_LIST_MARKS = re.compile(r"(?:(?<![0-9.])(?:\([0-9]{1,2}\)|[0-9]{1,2} *[.、])(?![0-9])|[①-⑳]|[,;、|\n。])+")
_NEGATES = re.compile(  # a piece of a list that may be about the others: that they are over, or not yet held
    r"无$|没有|未|曾|撤销|取消|到期|期满|失效|过期|作废|摘牌|有效期(?!内)|正在|拟|申报中|待|截[止至]|^.(?:19|20)[0-9]{2}年?(?:认定)?$"
)
_OF_ITSELF = re.compile(r"\([^)]*\)")
_AND = re.compile(r"(?:^|\s+)and\s+", re.IGNORECASE)
_MORE_MARKS = re.compile(r"[\s/+＋&和及]+")

MONEY_UNITS: Mapping[str, str | int] = {
    "元": "1/10000",
    "千元": "1/10",
    **dict.fromkeys(("万元", "万"), 1),
    **dict.fromkeys(("十万元", "十万"), 10),
    **dict.fromkeys(("百万元", "百万"), 100),
    **dict.fromkeys(("千万元", "千万"), 1000),
    **dict.fromkeys(("亿元", "亿"), 10**4),
    **dict.fromkeys(("十亿元", "十亿"), 10**5),
}
"""How many 万元 each unit of money is."""
_RMB = re.compile(r"人民币|renminbi|rmb|cny|yuan|¥")
_CURRENCY_BEFORE = re.compile(r"^(?:人民币|rmb|cny|[¥\s:])+(?=[+-]?[0-9.])", re.IGNORECASE)
_CURRENCY_BEHIND = re.compile(r"(?:人民币|rmb|cny|¥)+", re.IGNORECASE)  # says which money, not how much of it is one
_SCALES: Mapping[str, str] = {
    "": "元",
    **dict.fromkeys(("thousand", "thousands", "000", "000s", "k", "1000"), "千元"),
    **dict.fromkeys(("10000", "10000s", "10thousand", "tenthousand", "tenthousands", "10k"), "万元"),
    **dict.fromkeys(("million", "millions", "mn", "mln", "mio", "mm", "m", "1000000", "000000"), "百万元"),
    **dict.fromkeys(("100million", "100millions", "hundredmillion", "100mn", "100m"), "亿元"),
    **dict.fromkeys(("billion", "billions", "bn", "bln", "b"), "十亿元"),
}
_SCALES_IN_FULL = frozenset({"thousand", "thousands", "million", "millions", "mn", "billion", "billions", "bn"})
"""What says of which money a figure is where nothing else does: of ours, as 万 and 亿 do."""


FORMAL = str.maketrans("仟佰拾萬億圆圓", "千百十万亿元元")
"""Numerals as cheques and ledgers write them."""


def money_unit(words: str) -> str | None:
    """Give the unit of `MONEY_UNITS` that is meant, with 元 at its end; None if it is none.

    Currency and scale stand in whatever order.
    English words for a scale say nothing without a currency, and no other currency is taken.

    >>> [money_unit(word) for word in ("RMB million", "人民币，万元", "10,000 CNY", "Yuan", "million", "USD million")]
    ['百万元', '万元', '万元', '元', None, None]
    """
    text = re.sub(r"[\s,，、:;'’.·_-]|(?<=[nds])of", "", half_width(words).casefold()).translate(FORMAL)
    scale = _RMB.sub("", text)
    if scale in MONEY_UNITS:
        return f"{scale.removesuffix('元')}元"
    if scale == text or "元" in scale or text == "人民币":  # which says the currency and no unit
        return None
    return _SCALES.get(scale) or (f"{scale}元" if f"{scale}元" in MONEY_UNITS else None)


_FACTORS: Mapping[Kind, Mapping[str, Fraction]] = {
    Kind.MONEY: {"": Fraction(1), **{unit: Fraction(factor) for unit, factor in MONEY_UNITS.items()}},
    Kind.PERCENT: {"": Fraction(1), "%": Fraction(1)},
    Kind.YEARS: {"": Fraction(1), "年": Fraction(1), "years": Fraction(1), "year": Fraction(1)},
}
_PLAIN = {"": Fraction(1)}
_COUNTERS = (("人", "名", "位"), ("项", "件", "个", "种"))

LARGEST = 10**15
_LONGEST_TEXT = 10_000
_LONGEST_NUMBER = 60
DECIMALS = 18
_NOT_YET = re.compile(
    r"^待|待[补定核填报查]|[尚还]未|未[知定填报核统]|不[清知明详]|不确定|暂[无缺未]|核实|[后另]补|补[充报交]|tb[dc]|unknown|pending"
)
"""What is written where somebody is still to find out."""
_NONE = re.compile(r"(?:暂时?|均|都)?(?:无|没有|未有|不涉及|不存在)(?:此项|该项|相关)?|none|nil")
_LEFT_BLANK = Text("不知道的留空。", "Leave blank what is not known.")
_NO_FIGURE = Text("没有或不知道的留空。", "Leave blank what there is none of, or is not known.")
_OF_NOTHING = frozenset({Kind.MONEY, Kind.COUNT, Kind.PERCENT})
_ZERO = Text("确实没有的填 0，不知道的留空。", "Write 0 if there is none, and leave blank what is not known.")


class Unreadable(ValueError):  # noqa: N818 it is what the value is
    """A value that cannot be read exactly: what is wrong, and what to write instead."""

    def __init__(self, what: Text, instead: Text) -> None:
        self.what = what
        self.instead = instead
        super().__init__(what.en)


def is_blank(fact: Fact, raw: object) -> bool:
    """Say whether `raw` means “nothing known”: null, empty, or a usual word for it that is no option of the fact.

    无 is one for a day, and for a figure that only few firms have: neither is a zero.
    """
    if not isinstance(raw, str):
        return raw is None
    if fact.kind is Kind.CHOICES and raw.strip() == NONE_OF_THEM:
        return False
    word = half_width(raw).casefold()
    if (fact.kind is Kind.DATE or (fact.if_any and fact.is_numeric)) and _NONE.fullmatch(word):
        return True
    return word in BLANK_WORDS and word not in fact.code_of


def read(fact: Fact, raw: object, unit: str = "") -> Known:
    """Give the exact value that `raw` (not blank) states for `fact`; raises Unreadable.

    Numbers come in the fact's unit: 万元 for money, percentage points for percent; `unit` is that of a figure without
    one, or the option that is asked for. A number may be a span: 前3名, 10-15%, 5年以上.
    """
    try:
        return _read(fact, raw, unit)
    except Unreadable as error:
        text = raw.strip().casefold() if isinstance(raw, str) else ""
        is_none = fact.is_numeric and _NONE.fullmatch(text)
        if not is_none and _NOT_YET.search(text) is None:
            raise
        more = _LEFT_BLANK if not is_none else _ZERO if fact.kind in _OF_NOTHING else _NO_FIGURE
        raise Unreadable(error.what, Text(f"{error.instead.zh}{more.zh}", f"{error.instead.en} {more.en}")) from error


def _read(fact: Fact, raw: object, unit: str) -> Known:
    if fact.is_numeric:
        return _read_number(fact, raw, unit)
    if isinstance(raw, str) and is_error(raw.strip()):
        raise _error_cell(fact)
    if isinstance(raw, str) and raw.startswith("=") and fact.kind is not Kind.TEXT:
        raise _formula()
    if isinstance(raw, str) and len(raw) > _LONGEST_TEXT:
        raise _unreadable(fact, zh=f"文字超过 {_LONGEST_TEXT} 个字符", en=f"is longer than {_LONGEST_TEXT} characters")
    return _asked(fact, raw, unit) or _READERS[fact.kind](fact, raw)


def _asked(fact: Fact, raw: object, code: str) -> str | None:
    """Give the option that yes or no means under a header that asks for the one of that code."""
    if fact.kind is not Kind.CHOICE or code not in fact.choices:
        return None
    try:
        is_so = _read_yes_no(fact, raw)
    except Unreadable:
        return None
    return code if is_so else next(other for other in fact.choices if other != code)


def _read_number(fact: Fact, raw: object, unit: str) -> Number | Span:
    if isinstance(raw, bool):
        raise _unreadable(fact, zh="是/否不是数字", en="is yes/no, not a number")
    if isinstance(raw, Decimal):
        return _accepted(fact, exact(fact, raw))
    if isinstance(raw, float):
        return _accepted(fact, exact(fact, str(raw)))
    if isinstance(raw, int | Fraction):
        if raw.denominator > 10**DECIMALS:
            raise _unreadable(fact, zh="位数过多", en="has too many digits")
        return _accepted(fact, raw)
    return _from_text(fact, raw, unit)


def _from_text(fact: Fact, raw: object, unit: str) -> Number | Span:
    text = half_width(raw) if isinstance(raw, str) else ""
    _refuse_no_figure(fact, text)
    text = plainly(text)
    if _FOOTNOTE.match(text):
        raise Unreadable(Text("前面有注号，不能确定是哪一个数", "has the mark of a footnote before it"), _ONE)
    if fact.kind is Kind.RANK and (among := _AMONG.fullmatch(text.casefold())):
        return _span(fact, 1, int(among[1]))
    try:
        return _accepted(fact, _figure(fact, text, unit))
    except Unreadable as error:
        between = ends(text)
        if between is None:
            what, instead = mistaken(fact, text) or (None, error.instead)
            raise Unreadable(what or error.what, instead) from error
        return _between(fact, between, unit)


def _refuse_no_figure(fact: Fact, text: str) -> None:
    """Raise Unreadable for what is none, whatever digits stand in it."""
    if text.startswith("="):
        raise _formula()
    for mark, what, instead in _MARKED:
        if text.endswith(mark):
            raise Unreadable(what, instead)
    if text == "000":
        raise Unreadable(Text("只有三个零，像是千位逗号分开的", "is 000, as if a comma had split a figure"), _ONE)
    if not text or len(text) > _LONGEST_NUMBER:
        raise _unreadable(fact, zh="不是数字", en="is not a number")
    if is_error(text):
        raise _error_cell(fact)


def _accepted(fact: Fact, number: Number) -> Number:
    if not -LARGEST < number < LARGEST:
        raise _too_large(fact)
    if fact.kind in WHOLE and number.denominator != 1:
        raise _unreadable(fact, zh="应为整数", en="must be a whole number")
    return number


def _between(fact: Fact, between: Ends, unit: str) -> Number | Span:
    """Give the span that a range states; an end that is not stated is that of the fact."""
    hair = 1 if fact.kind in WHOLE else Fraction(1, 10**DECIMALS)  # the next figure that can be stated
    low: Number = -LARGEST if fact.lowest is None else fact.lowest
    high: Number = LARGEST if fact.highest is None else fact.highest
    if between.high is not None:
        high = _accepted(fact, _figure(fact, between.high, unit))
        high -= 0 if between.includes_high else hair
    if between.low is not None:
        shared = _NUMBER.fullmatch(between.high or "")
        low = _accepted(fact, _figure(fact, between.low, (shared and shared[3]) or unit))
        low += 0 if between.includes_low else hair
    stated = high if between.high is not None else low
    if fact.kind is Kind.PERCENT and stated <= 1 and not any("%" in (one or "") for one in (between.low, between.high)):
        raise _unreadable(fact, zh="不足 1% 的范围须写百分号", en="is a range below 1% without its sign")
    if low > high:
        raise _unreadable(fact, zh="范围的下限大于上限", en="is a range that ends before it begins")
    return _span(fact, low, high)


def _span(fact: Fact, low: Number, high: Number) -> Number | Span:
    return low if low == high else Span(low, high, Unknown(Reason.MISSING, (fact.id,)))


def _too_large(fact: Fact) -> Unreadable:
    return _unreadable(
        fact, zh="数值过大（绝对值须小于 10 的 15 次方）", en="is too large (it must be below 10 to the 15th)"
    )


def _formula() -> Unreadable:
    instead = Text("请用 Excel 打开文件并保存，再重新读取。", "Open the file in Excel, save it, and read it again.")
    return Unreadable(Text("是没有计算结果的公式", "is a formula without a result"), instead)


def _error_cell(fact: Fact) -> Unreadable:
    return _unreadable(fact, zh="是表格软件的错误值", en="is the error of a spreadsheet")


def exact(fact: Fact, digits: str | Decimal) -> Number:
    """Give the number that plain digits (with exponent) spell, if it has at most 18 decimals."""
    try:
        decimal = Decimal(digits)
        if not decimal.is_finite():
            raise _unreadable(fact, zh="不是有限的数", en="is not a finite number")
    except ArithmeticError as error:
        raise _unreadable(fact, zh="不是数字", en="is not a number") from error
    if decimal.adjusted() > 2 * DECIMALS:  # before a huge power of ten is computed
        raise _too_large(fact)
    if decimal.adjusted() < -2 * DECIMALS or len(str(decimal)) > _LONGEST_NUMBER:
        raise _unreadable(fact, zh="位数过多", en="has too many digits")
    numerator, denominator = decimal.as_integer_ratio()
    if 10**DECIMALS % denominator:
        raise _unreadable(fact, zh=f"小数超过 {DECIMALS} 位", en=f"has more than {DECIMALS} decimals")
    return numerator if denominator == 1 else Fraction(numerator, denominator)


def _figure(fact: Fact, text: str, unit: str) -> Number:
    """Give the one figure that a text states, in `unit` if it names none itself."""
    if fact.kind is Kind.RANK and (ordinal := _ORDINAL.fullmatch(text.casefold())):
        return int(ordinal[1])
    if fact.kind is Kind.MONEY:
        bare = _without_currency(text)
        unit = unit or ("元" if bare != text else "")  # where nothing else says how much of it is one
        text = bare
        if parts := _TWO_UNITS.fullmatch(text):
            less = exact(fact, parts[2]) * Fraction(MONEY_UNITS[parts[3]])
            if less < 10**4:
                return exact(fact, parts[1]) * 10**4 + less
    if fact.kind is Kind.NUMBER and fact.unit.zh == "年" and (year := _YEAR_END.fullmatch(text.casefold())):
        return int(year[1].replace(",", ""))
    match = _NUMBER.fullmatch(text)
    if _ABOUT.search(text.casefold()):
        raise Unreadable(Text("只是约数", "is only about right"), _ENDS)
    if match is None:
        raise _unreadable(fact, zh="不是数字", en="is not a number")
    sign, digits, own = match.groups()
    own = own.strip("() ")
    unit = (unit or "元") if fact.kind is Kind.MONEY and _CURRENCY_BEHIND.fullmatch(own) else own or unit
    factor = _factors(fact).get(_unit_word(fact, unit, is_own=bool(own)))
    if factor is None and _MORE_DIGITS.search(unit):
        raise Unreadable(Text("不是一个数", "is not one number"), _ONE)
    if factor is None:
        raise _unreadable(
            fact, zh=f"单位“{shown(unit, 12)}”无法识别", en=f"has a unit that is not known here: {shown(unit, 12)}"
        )
    number = exact(fact, sign + digits.replace(",", "")) * factor
    return number.numerator if number.denominator == 1 else number


def _unit_word(fact: Fact, unit: str, *, is_own: bool) -> str:
    """Give a unit as the factors of a fact have it; a scale in English counts if it stands behind a figure itself."""
    word = "".join(unit.split()).casefold()
    if fact.kind is not Kind.MONEY:
        return word
    return money_unit(unit) or (_SCALES[word] if is_own and word in _SCALES_IN_FULL else word)


def names_no_unit(text: str) -> bool:
    """Say whether `text` is a figure, or a range of figures, and nothing else: ¥5.2 and 1.2E+08 too, but not 5.2亿.

    >>> [names_no_unit(text) for text in ("¥5.2", "1.2E+08", "１，２００", "5-6", "5.2亿", "5-6亿", "约5")]
    [True, True, True, True, False, False, False]
    """
    text = plainly(_without_currency(half_width(unwrapped(text))))
    between = ends(text)
    stated = [] if between is None else [one for one in (between.low, between.high) if one is not None]
    return _is_figure(text) or (bool(stated) and all(map(_is_figure, stated)))


def _is_figure(text: str) -> bool:
    match = _NUMBER.fullmatch(text)
    return match is not None and (not match[3].strip() or _CURRENCY_BEHIND.fullmatch(match[3].strip()) is not None)


def _without_currency(text: str) -> str:
    return _CURRENCY_BEFORE.sub("", text)


def exponent(fact: Fact, unit: str) -> int:
    """Give the power of ten that turns a figure in `unit` into the unit of the fact: 4 for 亿元 where it is 万元.

    Raises KeyError if the fact does not take that unit.
    """
    factor = _factors(fact)["".join(half_width(unit).split()).casefold()]
    return len(str(factor.numerator)) - len(str(factor.denominator))


def unit_powers(fact: Fact) -> Mapping[str, int]:
    """Give the power of ten of each word that may stand behind a figure as its unit, as it is usually written.

    It has no word with a blank or a digit in it, and none in which a figure is anything but one of these units.
    """
    if fact.kind is Kind.RANK:
        return dict.fromkeys(("名", "位"), 0)
    words = (word for word in _factors(fact) if word and not re.search(r"[\s0-9.,]", word))
    return {word: exponent(fact, word) for word in words}


def _factors(fact: Fact) -> Mapping[str, Fraction]:
    known = _FACTORS.get(fact.kind, _PLAIN)
    if fact.unit_words is None:
        return known
    counters = next((several for several in _COUNTERS if fact.unit.zh in several), ())
    return {**known, **dict.fromkeys((fact.unit.zh, fact.unit.en.casefold(), *counters), Fraction(1))}


def _read_yes_no(fact: Fact, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        word = simplified(half_width(raw).casefold())
        if word in YES_WORDS or word in NO_WORDS:
            return word in YES_WORDS
        if (said := yes_or_no(word, fact.title.zh)) is not None:
            return said
    raise _unreadable(fact, zh="既不是“是”也不是“否”", en="is neither yes nor no")


def _read_choice(fact: Fact, raw: object) -> str:
    if isinstance(raw, str):
        code = option(fact, ticked(raw))
        if code is not None:
            return code
        if fact.sections and _THREE_DIGITS.fullmatch(half_width(raw)):
            raise Unreadable(Text("不能确定是哪个大类", "may be of two divisions"), _CLASS)
        if names_section(fact, raw):
            raise _unreadable(fact, zh="是门类，不是大类", en="is a section, which has several divisions")
    if fact.places:
        raise _unreadable(fact, zh="看不出是哪个省或市", en="names no province or city for sure")
    raise Unreadable(Text("不在可选项之中", "is not one of the options"), _meant(fact, raw))


_NO_SUCH = re.compile(r"(?:无|没有|没|非|不是|不属于|未(?:获得?|取得|被)?)(?P<what>.{2,40})$")


def _meant(fact: Fact, raw: object) -> Text:
    """Say which options a text may have meant; where none is near, what is accepted."""
    near = {code: fact.choices[code] for code in (nearest(fact, raw) if isinstance(raw, str) else ())}
    denied = _NO_SUCH.match(half_width(raw)) if isinstance(raw, str) else None
    out = nearest(fact, denied["what"]) if denied else ()
    if out and (rest := [one for code, one in fact.choices.items() if code not in out]):
        zh, en = "、".join(in_quotes(one.zh) for one in rest), ", ".join(one.en for one in rest)
        return Text(
            f"这里只写了不是哪一项；请写是哪一项：{zh}。不知道的留空。",
            f"It says which one it is not. Say which it is: {en}; leave it blank if that is not known.",
        )
    if not near:
        return _DIVISION if fact.sections else accepted(fact)
    zh = "、".join(in_quotes(one.zh) + (f"（{code}）" if code.isdigit() else "") for code, one in near.items())
    en = ", ".join(f"{code} ({one.en})" for code, one in near.items())
    return Text(
        f"是否想写{zh}？全部可选项见 champion facts。", f"Did you mean {en}? See `champion facts` for all of them."
    )


def _read_choices(fact: Fact, raw: object) -> frozenset[str]:
    items: list[object] = []
    if isinstance(raw, list | tuple | set | frozenset) and len(raw) <= 1000:  # noqa: PLR2004 no honest list is longer
        items = list(raw)
        if not items:
            return frozenset()
    if isinstance(raw, str):
        if half_width(raw).casefold() in _NO_TITLES:
            return frozenset()
        items = list(_pieces(fact, term_in_brackets(raw.strip())))
    if not items:
        raise _unreadable(fact, zh="不是选项的列表", en="is not a list of options")
    if any(isinstance(item, str) and says_all_is_over(item) for item in items):
        return frozenset(_not_understood(fact, str(item)) for item in items)
    found = [(item, _read_items(fact, item)) for item in items]
    strange = [code for _, codes in found for code in codes if code.startswith(UNREAD)]
    if any(_NEGATES.search(_OF_ITSELF.sub("", half_width(code))) for code in strange):
        return frozenset(_not_understood(fact, str(item)) for item, _ in found)
    return frozenset(code for _, codes in found for code in codes)


def _pieces(fact: Fact, raw: str) -> Iterator[str]:
    """Give the pieces of a list, as they were typed: what stands in brackets is not cut, nor the name of an option."""
    text = half_width(raw)
    typed = raw if len(raw) == len(text) else text
    closed = [found.span() for found in _OF_ITSELF.finditer(text)]
    marks = [
        found.span()
        for found in _LIST_MARKS.finditer(text)
        if not any(begins < found.start() < until for begins, until in closed)
    ]
    named = options_between(fact, text, marks)
    if not named:
        edges = [0, *(edge for mark in marks for edge in mark), len(text)]
        named = [((begins, until), "") for begins, until in zip(edges[::2], edges[1::2], strict=True)]
    for (begins, until), _ in named:
        if typed[begins:until].strip():
            yield typed[begins:until].strip()


def _read_items(fact: Fact, item: object) -> list[str]:
    """Give the options that a piece of a list names: itself, or words between blanks and the like.

    What is none of them is kept with a mark; it keeps nobody from being judged by the others.
    """
    if not isinstance(item, str):
        return [_read_choice(fact, item)]
    code = option(fact, item)
    if code is not None:
        return [_at_times(fact, item, code)]
    for marks in (_AND, _MORE_MARKS):
        named = options_between(fact, item, [found.span() for found in marks.finditer(item)])
        if named:
            return [_at_times(fact, item[begins:until], code) for (begins, until), code in named]
    return [_not_understood(fact, item)]


def _not_understood(fact: Fact, item: str) -> str:
    word = item.replace(",", "，").strip()
    if len(word) > _LONGEST_NUMBER or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in word):
        raise _unreadable(fact, zh="不是选项的列表", en="is not a list of options")
    return f"{BESIDE if beside(fact, word) else UNREAD}{word}"


def _at_times(fact: Fact, item: str, code: str) -> str:
    """Give an option, for as long as what names it says that it is valid."""
    valid = term(item)
    if valid is None:
        return code
    if valid == NEVER_SURE:
        return _not_understood(fact, item)
    return of_term(valid.begins, valid.ends, BESIDE if valid.is_sure else UNREAD, code, item.replace(",", "，").strip())


def read_day(text: str) -> date | None:
    """Give the day that a text names; None if it names none of the calendar."""
    if match := _DATE.fullmatch(half_width(text)):
        year, month, day = (int(part) for part in match.groups() if part)
        with suppress(ValueError):
            return date(year, month, day)
    return None


def _read_date(fact: Fact, raw: object) -> date:
    if isinstance(raw, date):
        return raw.date() if isinstance(raw, datetime) else raw
    text = half_width(raw) if isinstance(raw, str) else ""
    if (day := read_day(text)) is not None:
        return day
    if _DATE.fullmatch(text):
        raise _unreadable(fact, zh="日历上没有这一天", en="is not a day of the calendar")
    if _SERIAL_DAY.fullmatch(text):
        raise _unreadable(
            fact, zh="像是表格软件的日期序号，不能确定是哪一天", en="may be a spreadsheet's number of a day"
        )
    raise _unreadable(fact, zh="不是日期", en="is not a date")


def _read_text(fact: Fact, raw: object) -> str:
    if isinstance(raw, str):
        text = raw.strip()
        if not text.isprintable() and any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in text):
            raise _unreadable(fact, zh="含有无法保存的字符", en="has characters that cannot be kept")
        return text
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw) if abs(raw) < 10**30 else shown(raw)
    raise _unreadable(fact, zh="不是文字", en="is not text")


_READERS: Mapping[Kind, Callable[[Fact, object], Known]] = {
    **dict.fromkeys(BOOLEAN, _read_yes_no),
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.DATE: _read_date,
    Kind.TEXT: _read_text,
}


_EXAMPLES: Mapping[Kind, Text] = {
    Kind.MONEY: Text(
        "请写万元数，如 3000，或带单位：3000万元、2.1亿元。",
        "Write it in 万元 (10,000 CNY), as 3000, or with a unit: 3000万元, 2.1亿元.",
    ),
    Kind.PERCENT: Text("请写百分数，如 15 或 15%。", "Write percentage points: 15 or 15%."),
    Kind.COUNT: Text("请写整数，如 120。", "Write a whole number, such as 120."),
    Kind.RANK: Text("请写名次，如 1 或 第1名。", "Write the place, such as 1."),
    Kind.YEARS: Text("请写年数，如 3 或 3.5。", "Write years, such as 3 or 3.5."),
    Kind.NUMBER: Text("请写数字。", "Write a number."),
    Kind.YES_NO: Text("请写 是 或 否。", "Write yes or no (true or false)."),
    Kind.JUDGEMENT: Text(
        "请写 是 或 否；尚未评审则留空。", "Write yes or no; leave it blank until somebody has judged it."
    ),
    Kind.DATE: Text("请写日期，如 2026-04-01。", "Write a date, such as 2026-04-01."),
    Kind.TEXT: Text("请写文字。", "Write text."),
}


_A_YEAR = Text("请写年份，如 2025。", "Write a year, such as 2025.")
_ENDS = Text(
    "请写确切的数；只知道范围的，写明上下限，如 10-15%、100 以上。",
    "Write the exact figure; if only a range is known, its ends: 10-15%, >=100.",
)


_ONE = Text(
    "请在一格里只写一个数；千位用逗号分隔，如 100,200；负数写 -100。",
    "Write one figure and nothing else in a cell, thousands marked by a comma: 100,200; below zero: -100.",
)
_OWN = Text("请取消合并，每行各填各的数。", "Split the cell, and write in each row the figure of its firm.")
_ONE_UNIT = Text(
    "请只在一处写单位：列名，或“单位”列。", "Name the unit in one place: the header, or the column of units."
)
_MARKED = (
    (
        half_width(MERGED),
        Text("是几行合并的单元格，不知道是哪一家的数", "is merged over several rows: whose figure?"),
        _OWN,
    ),
    (
        half_width(CONTRADICTED),
        Text("单位不能确定：列名与这一行的单位列不同", "is in one unit by its header, in another by its row"),
        _ONE_UNIT,
    ),
)
_DIVISION = Text(
    "请写两位大类代码或大类名称，见 champion facts。",
    "Write the two digits of a division or its name, see `champion facts`.",
)
_CLASS = Text(
    "三位代码可能是少了 0 的四位小类：请写两位大类，如 39，或完整的四位小类，如 0391、3912。",
    "Three digits may be a class that lost its 0: write the division, as 39, or the class in full, as 0391 or 3912.",
)


_PLACE = Text(
    "请写省份，如“浙江省”，或省份和城市，如“浙江省杭州市”。",
    "Write the province, as 浙江省 or Zhejiang, or province and city, as 浙江省杭州市 or Hangzhou, Zhejiang.",
)


def _unreadable(fact: Fact, *, zh: str, en: str) -> Unreadable:
    return Unreadable(Text(zh=zh, en=en), accepted(fact))


def accepted(fact: Fact, *, whole: bool = False) -> Text:
    """Say what may be written for `fact`: of many options the first dozen, or the whole list with its codes."""
    if not fact.choices:
        return _A_YEAR if fact.kind is Kind.NUMBER and fact.unit.zh == "年" else _EXAMPLES[fact.kind]
    if fact.places:
        return _PLACE
    few = list(fact.choices.items())[: None if whole else 12]
    more = Text("等，见 champion facts", ", … (see `champion facts`)") if len(fact.choices) > len(few) else Text("", "")
    none = Text("；没有的填“无”", "; none if there is none") if fact.kind is Kind.CHOICES else Text("", "")
    return Text(
        zh="可填："
        + "、".join(f"{code}（{option.zh}）" if whole else in_quotes(option.zh) for code, option in few)
        + f"{more.zh}{none.zh}。",
        en="Accepted: " + ", ".join(f"{code} ({option.en})" for code, option in few) + f"{more.en}{none.en}.",
    )
