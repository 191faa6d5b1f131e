"""What a row remarks of itself: figures in another unit or of another time, a firm that is no more; or a review.

A review is looked for where no column says what a firm applies for.

Such a row is rejected. One that remarks that its figures are not audited, or the firm renamed, is judged, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from engine.ground.chinese import in_both
from engine.ground.errors import Text, in_quotes, short
from engine.headers.event_words import IS_REVIEW, REVIEW
from engine.headers.names import has_remarks
from engine.headers.time_words import AMOUNTS, DATA, FOREIGN_YUAN, PART, STATEMENTS
from engine.headers.understanding import Understanding, one_line
from engine.language.notes import SAY_WHICH_APPLY
from engine.sql.functions import cases, or_, surely, trimmed
from engine.sql.value import Value
from engine.tables.source import BLANKS

_END = "($|[，。；,;）)])"
_OF_REVIEWS = (
    f"^({IS_REVIEW})$|"
    f"^[^，。；0-9通过已]{{0,16}}(申请|参加|到期|小巨人|单项冠军|专精特新){REVIEW}(企业|申报)?。?$|"
    f"(期满|今年|本年度?|本次|今次)(为|是|申请|参加|应|须|需)?{REVIEW}(企业|申报|{_END})"
)
_NAMED, _REVIEW = in_both(f"[（(【\\[—–{BLANKS}-][^）)】]{{0,12}}{REVIEW}[)）】\\]]?$"), in_both(_OF_REVIEWS)
_IN_REVIEWS = in_both("[复覆]")
_YUAN = "(人民币)?([十百千仟]|百万|千万|十?亿)?元"
_UNITS = (
    f"^[（(]?({_YUAN}|{FOREIGN_YUAN})[)）]?$|未换算",
    f"((单位|金额)[为是:：]?|[以按用]){_YUAN}(计|为单位|填[列报写]?|{_END})",
    f"({AMOUNTS}|上述|以上|金额|数据?|均)[^，。；0-9]{{0,6}}[为是按以]{_YUAN}{_END}",
    f"({AMOUNTS}|金额|数据|均)[^，。；]{{0,6}}[为是][0-9.]*{FOREIGN_YUAN}",
    f"([以按用]|折){FOREIGN_YUAN}(计|为单位|填|{_END})|(币种|单位)[为是:：]?({FOREIGN_YUAN}|usd|hkd|eur|jpy)",
)
_TAX = f"(收入|营收|费用)[^，。；不未免]{{0,4}}含税(价|额|数)?{_END}"
_OF_FIGURES = f"({AMOUNTS}|数据|以上|均|金额)"
_PART = f"({PART}|半年|[一二三四前]三?季度"
_PARTS = (
    f"^(20[0-9]{{2}}年?)?{_PART}|1[-~至]([2-9]|1[01])月份?)的?({DATA}|报表|口径)?。?$|^全年预[计估]",
    f"(^|[为是按系用])(集团|母公司|总部)(合并)?(数据?|口径|报表){_END}",
    "更正[：:为]|(^|[，。；]|收入|费用|营收|人数|资产|利润)应该?[为是][^，。；]{0,8}[0-9]",
)
_PART_OF = f"{_PART}|[0-9]{{1,2}}-([1-9]|1[01])月|预计|预估|暂估|估算|合计数?|累计数?|年化)"
_TITLE = "(称号|小巨人|专精特新|冠军|证书)"
_ON_A_DAY = "(于)?(20[0-9]{2}年([0-9]{1,2}月)?([0-9]{1,2}日)?)?"
_ENDED = "(注销|吊销|清算|破产|停产|停业|歇业|关停|关闭|倒闭|作废)"
_IS_ENDED = f"(已|被|申请|简易|工商)*{_ENDED}+(营业执照|重整|公告|了|中|登记|企业|状态)*"
_NO_MORE = (
    f"^(现|企业|该企业|本企业|公司|该公司|本行|此行)?(已|正在|拟|将|被|责令)*{_ON_A_DAY}{_IS_ENDED}([，,（(].{{0,12}})?。?$",
    "^(初审|复审|终审|评审|审核|现场核查)?(未|不)(予|予以|同意|建议)?(通过|推荐|上报|认定)。?$|^(驳回|退回|退回修改|退回补正|不符合条件|撤回)。?$",
    f"(^|[，。；])[^，。；未无没不]{{0,8}}{_TITLE}(称号|证书|资格)?(已|被)?{_ON_A_DAY}(已|已经|被)(过期|到期|失效|被?取消|被?撤销){_END}",
    f"(^|[，。；])[^，。；未无没不]{{0,8}}(取消|撤销)[^，。；]{{0,4}}(称号|资格|小巨人|专精特新)(称号|资格)?{_END}",
    f"^(已|现|主动|自愿)?(撤回|放弃|不再|取消|暂不|暂缓)(本次|本年度|今年)?(申报|推荐|参评){_END}|^(与|同)?(第?[0-9]+行)?重复(填报|申报|行)?{_END}",
)
_FIRST_YEAR = 2000
MEND = Text("请改好后删去这一句。", "Correct it, and delete the remark.")
_LEAVE_OUT = Text("请整行删去；仍申报的，删去这一句。", "Leave the row out; of a firm that applies, delete the remark.")
_CAUSES: Mapping[str, tuple[Text, Text]] = {
    "unit": (
        Text("写明的单位或币种与列名不同", "remarks another unit or currency than its columns are in"),
        Text("请换算成与列名相同的单位，再删去这一句。", "Convert to the unit of the headers; delete the remark."),
    ),
    "tax": (
        Text("写明收入或费用是含税数", "remarks that its figures include tax"),
        Text("请改成不含税的数，再删去这一句。", "Give the figures without tax, and delete the remark."),
    ),
    "time": (
        Text("写明的不是上年度全年的实际数", "remarks another time than the last full year, or estimates"),
        Text(
            "请改成与列名相同年份的全年实际数，再删去这一句。",
            "Give the actual figures of the years of the headers, and delete the remark.",
        ),
    ),
    "whose": (Text("写明是集团或母公司的数", "remarks that the figures are those of a group or parent"), MEND),
    "wrong": (Text("写明有的数要更正", "remarks that a figure is wrong"), MEND),
    "ended": (Text("写明企业已注销、停产等", "remarks that the firm is no more, or does not work"), _LEAVE_OUT),
    "refused": (Text("写明未通过、未推荐或已退回", "remarks that it was turned down or sent back"), _LEAVE_OUT),
    "title": (
        Text("写明称号已到期或被取消", "remarks that a title is no longer valid"),
        Text("请更正“有效期内的称号”列，再删去这一句。", "Correct the column of valid titles, and delete the remark."),
    ),
    "withdrawn": (Text("写明不再申报，或与别的行重复", "remarks that it is withdrawn or a double"), _LEAVE_OUT),
}
OF_REVIEW = (
    Text("写明是复核，而没有“申报类型”列", "says that it is a review, and there is no column 申报类型"),
    SAY_WHICH_APPLY,
)


_NOT_YET = "(待|未|未经|尚未|还未|暂未|没有?|正在|在)"
_REPORT, _DONE = "(审计(报告)?|年报|年度报告)", "(出|完成|结束|提供)"
_TO_COME = (
    "((预计|将|拟|计划|争取)[^，。；已]{0,10}|"
    "([0-9一二三四五六七八九十本下]个?月|下周|近期)(份|底|初|末|[上中下]旬|[内前后左右才可能会])*)"
)
_MENTIONS: Mapping[str, str] = {
    "unaudited": f"{_NOT_YET}审计|未审数|{_REPORT}[^，。；已]{{0,6}}({_NOT_YET}|{_TO_COME}){_DONE}|"
    f"{_REPORT}(正在)?(进行|出具|编制)?中{_END}|({_NOT_YET}|{_TO_COME})(出具|完成|提供)[^，。；意保已]{{0,8}}审计|"
    "unaudited|not (yet )?audited",
    "renamed": "(^|[^未没有无不拟将])(更名|改名)|(曾用名|原名称?|原公司名称?|原企业名称?)[为是：:]*[^为是：:无没/—-]|"
    "名称?(已|于.{0,12})?变更|变更(了)?(企业|公司)?名称|renamed|formerly|former name",
}
MENTIONED: Mapping[str, tuple[Text, Text]] = {
    "unaudited": (
        Text("写明数据还没有审计", "says that figures are not audited yet"),
        Text("，审计后的数不同的请更正，再比对一次", "; if the audited ones differ, correct them and screen again"),
    ),
    "renamed": (
        Text("写明企业更过名", "says that the firm was renamed"),
        Text(
            "，请核对证书、报表上的名称是否同一家企业",
            "; check that titles and accounts under another name are the firm's own",
        ),
    ),
}
"""What is noted of a row that remarks it, by the kind of its flag, and what to do."""


def mentioned(kind: str, text: str | None) -> Text | None:
    """Say what a remark mentions, which is quoted; None if it does not.

    >>> [mentioned(*one) is None for one in (("unaudited", "年报待审计"), ("renamed", "已更名"), ("renamed", "未更名"))]
    [False, False, True]
    """
    if not re.search(in_both(_MENTIONS[kind]), _bare(text)):
        return None
    (head, tail), said = MENTIONED[kind], short(one_line(text or ""), 30)
    return Text(f"{head.zh}（{in_quotes(said)}）{tail.zh}", f"{head.en} ({in_quotes(said)}){tail.en}")


def columns_of_mentions(remarks: Sequence[Value]) -> dict[str, Value]:
    """Say which rows have a remark of each kind."""
    bared = [_bared(text) for text in remarks]
    found = {kind: in_both(pattern) for kind, pattern in _MENTIONS.items()}
    return {kind: or_(*(surely(text.re_search(one)) for text in bared)) for kind, one in found.items()}


def remarks_of(understanding: Understanding) -> dict[str, str]:
    """Give the header of each text column that has remarks and is not read."""
    unread = (one for one in understanding.columns if one.fact is None)
    return {f"t{one.place}": one_line(one.header) for one in unread if has_remarks(one.header)}


def contradiction(text: str | None, last: int) -> tuple[Text, Text] | None:
    """Say what a remark says for which the row is rejected, and what to do; None if it says no such thing.

    >>> [contradiction(text, 2025)[0].zh for text in ("单位为元", "营收为2024年数", "已注销")]
    ['写明的单位或币种与列名不同', '写明的不是上年度全年的实际数', '写明企业已注销、停产等']
    >>> contradiction("出口500万美元", 2025), contradiction("2024年认定", 2025)
    (None, None)
    """
    bare = _bare(text)
    return next((_CAUSES[cause] for cause, one in _patterns(last).items() if re.search(one, bare)), None)


def asks_for_review(name: str | None, remarks: Iterable[str | None]) -> bool:
    """Say whether the name or any of the remarks of a row says that it is a review.

    >>> asks_for_review("甲厂（复核）", []), asks_for_review("甲厂", ["到期复核"]), asks_for_review("甲厂", ["已复核"])
    (True, True, False)
    """
    said = [re.search(_REVIEW, _bare(text)) for text in remarks]
    return any(said) or re.search(_NAMED, _bare(name)) is not None


def column_of_reviews(name: Value | None, remarks: Iterable[Value]) -> Value:
    """Say which rows do, as `asks_for_review` does."""
    said = [_bared(text).re_search(_REVIEW) for text in remarks]
    if name is not None:
        said += [cases((name.re_search(_IN_REVIEWS), _bared(name).re_search(_NAMED)))]
    return or_(*map(surely, said))


def column_of_contradictions(remarks: Iterable[Value], last: int) -> Value:
    """Say which rows have such a remark."""
    found = [surely(_bared(text).re_search(_pattern(last))) for text in remarks]
    return or_(*found)


def _bare(text: str | None) -> str:
    """Give a text in small letters, without blanks around it: before a line end `$` is not the end in all dialects."""
    return (text or "").strip(BLANKS).lower()


def _bared(text: Value) -> Value:
    return trimmed(text, BLANKS).lower()


@lru_cache(maxsize=8)
def _patterns(last: int) -> Mapping[str, str]:
    """Give what is looked for in a remark, by what it says."""
    years = "|".join(str(year) for year in range(_FIRST_YEAR, last))
    short = "|".join(f"{year % 100:02}" for year in range(_FIRST_YEAR + 10, last))
    data = f"(数据?|{STATEMENTS}(报告)?数?据?){_END}"
    other_year = (
        f"({_OF_FIGURES}|指标|财务|报表)[^，。；0-9]{{0,6}}[为系是按](({years})年?|({short})年)度?的?(数据?)?{_END}",
        f"^({years})年度$|^({short})年度?的?{data}|^({years})年?度?的?{data}",
        f"([为系是按用]|[取来引]自)({years})年?度?的?({data}|审计(报告)?填|年报填|口径|填)",
    )
    this = f"(^|[，。；])(({years}|{last})年?度?)?[^，。；0-9]{{0,8}}{_OF_FIGURES}[^，。；]{{0,8}}{_PART_OF}"
    past = f"{_TITLE}(称号|证书|资格)?已?于?({years}|{last})年([0-9]{{1,2}}月)?(到期|失效|过期){_END}"
    part, whose, wrong = _PARTS
    ended, refused, over, taken, withdrawn = _NO_MORE
    found = {
        "unit": "|".join(_UNITS),
        "tax": _TAX,
        "time": "|".join((part, this, *other_year)),
        "whose": whose,
        "wrong": wrong,
        "ended": ended,
        "refused": refused,
        "title": f"{over}|{taken}|{past}",
        "withdrawn": withdrawn,
    }
    return {cause: in_both(pattern) for cause, pattern in found.items()}


def _pattern(last: int) -> str:
    """Give what is looked for in a remark."""
    return "|".join(_patterns(last).values())
