"""What a row remarks of itself: figures in another unit or of another time, a firm that is no more; or a review.

A review is looked for where no column says what a firm applies for.

Such a row is rejected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from engine.chinese import in_both
from engine.column_formula import NO
from engine.errors import Text
from engine.header_names import has_remarks
from engine.headers import Understanding, one_line
from engine.misread import IS_REVIEW
from engine.source import BLANKS

_SAYS_SO = (
    f"^[{BLANKS}]*({IS_REVIEW})[{BLANKS}]*$|"
    f"^[^，。；0-9通过已]{{0,16}}(申请|参加|到期|小巨人|单项冠军|专精特新)(复核|覆核|复审)(企业|申报)?[{BLANKS}。]*$"
)
_THIS_TIME = "(期满|今年|本年度?|本次|今次)(申请|参加|应)?(复核|覆核|复审)"
_NAMED_SO = f"[（(【\\[—–{BLANKS}-][^）)】]{{0,12}}(复核|覆核|复审)[)）】\\]]?[{BLANKS}]*$"
_NAMED = in_both(_NAMED_SO)
_REVIEW = in_both(f"{_SAYS_SO}|{_THIS_TIME}")
_UNIT = (
    "^[（(]?(人民币)?([十百千]|百万|千万|十?亿)?元[)）]?$|"
    "((单位|金额)[为是:：]?|[以按用])(人民币)?([十百千亿]|百万|千万|十亿)?元(计|为单位|填[列报写]?|$|[，。；,;）)])"
)
_MONEY = (
    "^[（(]?(美|港|欧|日)元[)）]?$|[为是][0-9.]*[万亿]?(美|港|欧|日)元|([以按用]|币种[为是:：]?|单位[为是:：]?|均[为是]|折)(美|港|欧|日)元|"
    "币种[为是:：]?(usd|hkd|eur|jpy)"
)
_PART = (
    "(数据|营收|收入|费用|利润|资产|以上|均|金额)[^，。；]{0,8}(上半年|下半年|半年|[一二三四前]三?季度|[0-9]{1,2}-([1-9]|1[01])月|"
    "预计|预估|暂估|估算|合计数|累计数|年化)"
)
_ONLY_PART = (
    "^(20[0-9]{2}年?)?([上下]?半年度?|[一二三四前]三?季度|1[-~至]([2-9]|1[01])月份?)的?(数据?|情况|报表|口径)?[。]?$"
)
_OF_AMOUNTS = (
    "(收入|营收|费用|利润|资产|上述|以上|金额|数据|均)[^，。；0-9]{0,6}[为是按以](人民币)?[十百千仟万亿]*元"
    "($|[，。；,;）)])"
)
_NO_LONGER = (
    "^(已|现已|企业已?|该企业已?|本行|此行)?(工商)?(注销|吊销|清算|破产|停产|停业|关停|作废|退回|不通过|未通过)(了|登记|企业|状态)?[。]?$|"
    "(称号|小巨人|专精特新|冠军|证书)(已|已经)?(过期|到期|失效|被?取消|被?撤销)|"
    "(取消|撤销)[^，。；]{0,8}(称号|资格|小巨人|专精特新)"
)
_OF_A_GROUP = "(集团|母公司|总部)(合并)?(数据?|口径|报表)"
_MENDED = "更正[：:为]|应该?[为是][^，。；]{0,8}[0-9]|(收入|营收|费用)[^，。；不]{0,4}含税"
_FIRST_YEAR = 2000
WHAT = Text(
    "写明单位或年份与列名不同，或企业已注销、称号已失效、此行作废",
    "remarks another unit or time than its columns are in, or that the firm, its title or the row is no more",
)
INSTEAD = Text(
    "请改成与列名相同的单位和年份，再删去这一句；已注销或作废的请整行删去。",
    "Give the figures in the unit and of the year of the headers; leave out a row that is no more.",
)
OF_REVIEW = (
    Text("写明是复核，而没有“申报类型”列", "says that it is a review, and there is no column 申报类型"),
    Text(
        "请加一列“申报类型”，每家写 新申报 或 复核。",
        "Add a column 申报类型 that says 新申报 or 复核 of each firm.",
    ),
)


def remarks_of(understanding: Understanding) -> dict[str, str]:
    """Give the header of each text column that has remarks and is not read."""
    unread = (one for one in understanding.columns if one.fact is None)
    return {f"t{one.place}": one_line(one.header) for one in unread if has_remarks(one.header)}


def contradicts(texts: Iterable[str | None], last: int) -> bool:
    """Say whether by any of its remarks a row is not what it seems; `last` is the last full year.

    >>> [contradicts([text], 2025) for text in ("单位为元", "营收为2024年数", "出口500万美元", "2024年认定", "无")]
    [True, True, False, False, False]
    """
    return any(re.search(_pattern(last), (text or "").lower()) for text in texts)


def asks_for_review(name: str | None, remarks: Iterable[str | None]) -> bool:
    """Say whether the name or any of the remarks of a row says that it is a review.

    >>> asks_for_review("甲厂（复核）", []), asks_for_review("甲厂", ["到期复核"]), asks_for_review("甲厂", ["已复核"])
    (True, True, False)
    """
    said = [re.search(_REVIEW, (text or "").lower()) for text in remarks]
    return any(said) or re.search(_NAMED, name or "") is not None


def column_of_reviews(name: ir.StringValue | None, remarks: Iterable[ir.StringValue]) -> ir.BooleanValue:
    """Say which rows do, as `asks_for_review` does."""
    said = [text.lower().re_search(_REVIEW) for text in remarks]
    said += [] if name is None else [name.re_search(_NAMED)]
    return ibis.or_(NO, *(ibis.cases((one, True), else_=NO) for one in said))


def column_of_contradictions(remarks: Iterable[ir.StringValue], last: int) -> ir.BooleanValue:
    """Say which rows remark so, as `contradicts` does."""
    found = [ibis.cases((text.lower().re_search(_pattern(last)), True), else_=NO) for text in remarks]
    return ibis.or_(NO, *found)


@lru_cache(maxsize=8)
def _pattern(last: int) -> str:
    years = "|".join(str(year) for year in range(_FIRST_YEAR, last))
    short = "|".join(f"{year % 100:02}" for year in range(_FIRST_YEAR + 10, last))
    other_year = (
        f"(数据|营收|收入|指标|财务|报表|费用|资产|利润)[^，。；0-9]{{0,6}}[为系是按]({years})年?度?($|[，。；,;）)])|"
        f"^({years})年度$|^({short})年度?的?(数据?|年报|审计|报表|决算)|"
        f"[为系是按用]({years})年?度?的?(数|审计|年报|报表|口径|决算|填)|^({years})年?度?(年报|审计|报表|决算|数)"
    )
    said = (_UNIT, _OF_AMOUNTS, _MONEY, _PART, _ONLY_PART, _MENDED, _NO_LONGER, _OF_A_GROUP, other_year)
    return in_both("|".join(said))
