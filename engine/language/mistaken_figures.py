"""What stands where another figure was asked for, and where that goes: a rank for a share, a year for a span of years.

Texts come as `figure_text.plainly` leaves them.
"""

from __future__ import annotations

import re

from engine.ground.errors import Text
from engine.language.facts import Fact, Kind

_SHARE = "占有率"
_RANK = re.compile(
    r".{0,12}?(?:第|前|top ?|no\. ?)[0-9]{1,4}(?:名|位|强)?.{0,8}|.{0,12}(?:名列前茅|居首|领先)", re.IGNORECASE
)
_IN_A_PLACE = re.compile("[省市县区州](?!场)")
_AT_HOME, _ABROAD = re.compile("国内|全国|中国|境内"), re.compile("全球|世界|国际")
_SINCE = re.compile(
    r"(?:自|从|始于|成立于)?\s*(?:19|20)[0-9]{2}\s*(?:年|[./-])?\s*(?:[0-9]{1,2}\s*月?)?.{0,6}(?:起|至今|以来|开始|始|成立|创立|到现在|今)|"
    r"(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|(?:19|20)[0-9]{2}(?:[./-][0-9]{1,2}){0,2}"
)
_FOREIGN = re.compile("[美欧日港澳台]元|美金|港币|英镑|卢布|韩[元币]|[$€£]|usd|eur|hkd|jpy|gbp", re.IGNORECASE)


def mistaken(fact: Fact, text: str) -> tuple[Text | None, Text] | None:
    """Say what a text that cannot be read for a fact is, unless that is said already, and what to write where."""
    if fact.kind is Kind.PERCENT and fact.title.zh.endswith(_SHARE):
        return _in_a_share(fact, text)
    if fact.kind is Kind.YEARS and _SINCE.fullmatch(text):
        until = fact.note or Text("", "")
        return (
            Text("是哪一年开始的，不是年数", "says since when, not for how many years"),
            Text(f"请写年数，如 11 或 11.5。{until.zh}", f"Write the years, such as 11 or 11.5. {until.en}".rstrip()),
        )
    if fact.kind is Kind.MONEY and _FOREIGN.search(text):
        return None, Text(
            "外币请折算成人民币再写，带上单位：3000万元、2.1亿元。",
            "Convert it to CNY, and write the unit: 3000万元, 2.1亿元.",
        )
    return None


def _in_a_share(fact: Fact, text: str) -> tuple[Text, Text] | None:
    title = fact.title.zh.removeprefix("前年")
    if _AT_HOME.search(text) and _ABROAD.search(text) and len(re.findall(r"[0-9.]+", text)) > 1:
        return (
            Text("是两个市场的数", "has the figures of two markets"),
            Text(
                "请分成两列：国内市场占有率、全球市场占有率，各写一个百分数。",
                "Give each its own column: 国内市场占有率 and 全球市场占有率, one percentage in each.",
            ),
        )
    if not _RANK.fullmatch(text):
        return None
    what = Text("是名次，不是占有率", "is a rank, no share")
    if _IN_A_PLACE.search(text):
        return what, Text(
            "省、市内的名次这里不问；这一列请写百分数，如 15 或 15%。",
            "Ranks within a province or city are not asked for; write the share in percent here: 15 or 15%.",
        )
    return what, Text(
        f"名次请写在“{title}排名”列；这一列请写百分数，如 15 或 15%。",
        f"Write ranks in a column {title}排名, and here the share in percent: 15 or 15%.",
    )
