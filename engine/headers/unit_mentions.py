"""What a cell that states the unit of a table says besides: another unit, another money, an exception."""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.ground.chinese import simplified
from engine.ground.errors import Text, short
from engine.language.facts import half_width
from engine.language.reading import money_unit

FOREIGN = (
    r"(?:美|欧|日|港|英|韩|新台|台|新(?:加坡|西兰)?|澳(?:门|大利亚)?|加(?:拿大)?|瑞士)(?:[元币圆镑郎]|美?金|法郎)|外[币汇]|本外币|"
    r"瑞郎|卢布|泰铢|林吉特|卢比|越南盾|克朗|里亚尔|比索|雷亚尔|兰特|里拉|[$€£₩]|"
    r"(?<![a-z])(?:us|hk)?(?:usd?|eur|jpy|hkd?|gbp|krw|twd|sgd|aud|cad|chf|rub|thb|myr|nzd|inr|vnd|mop|sek|"
    r"dollars?|euros?(?!\s*[0-9])|yen)(?![a-z])"
)
"""Money of other countries, as units name it, in small letters."""
_MENTION = re.compile(  # where a unit may stand: not in 元氏县 or 元/人
    rf"(?P<foreign>{FOREIGN})|"
    r"(?:(?<=[为是以按用填、,;/:\s()\[\]【】])|(?<=均为|单位))(?P<own>(?:人民币)?[十百千万亿]*元|[十百千]*[万亿])"
    r"(?=[、,;。()\[\]【】\s外计填列表的为]|$)|"
    r"\bin (?P<in>(?:rmb|cny|yuan)(?:[' ]*(?:[0-9][0-9,]*|thousands?|millions?|billions?))?)(?![a-z])|"
    r"(?<![a-z])(?P<english>(?:rmb|cny|yuan)[' ]*(?:[0-9][0-9,]*|thousands?|millions?|billions?))(?![a-z])",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"除(?P<but>[^除,。;]{0,20}?)(?:以?外|之外)|(?P<apart>[^,。;:()]{0,20}?)的?(?:除外|另计)|"
    r"except(?: for| as)?(?P<except>[^.;]*)|不(?:含|包括)(?P<without>[^,。;:()]{1,20})",
    re.IGNORECASE,
)
_NO_MATTER = re.compile(  # whose table it is, and that its money is ours
    r"[填编制上报推申统审汇主联承][报制表送荐报计核总管系办写]单位\s*:\s*[^\s,;)]*|"
    r"(?:币种|货币)(?:种类)?\s*[:为是]?\s*(?:人民币元?|元)(?![\u4e00-\u9fff])"
)
_CONVERTED = re.compile("折[算合]|汇率|兑|换算")
_IN_A_UNIT = re.compile(r"(?<=[十百千万亿])\s+(?=元)")
_LONGEST = 400


def said_besides(cell: str, word: str, amounts: Collection[str] = ()) -> str | None:
    """Give what a cell that states `word` as the unit of amounts says besides, so that it may not be that of all.

    `amounts` are names of amounts: an exception counts only if it is of one.

    >>> [said_besides(f"单位：万元{more}", "万元") for more in ("　币种：美元", "（研发费用为元）", "、人、%")]
    ['美元', '元', None]
    >>> [said_besides(cell, "万元", ["资产总额"]) for cell in ("单位：万元（资产总额除外）", "除人数外，单位：万 元")]
    ['资产总额除外', None]
    """
    text = _IN_A_UNIT.sub("", _NO_MATTER.sub("", half_width(simplified(cell[:_LONGEST]))))
    is_converted = _CONVERTED.search(text) is not None
    for found in _MENTION.finditer(text):
        own = found["own"] or found["in"] or found["english"]
        if (own is None and not is_converted) or (own is not None and money_unit(own) != word):
            return found[0]
    for found in _EXCEPTION.finditer(text):
        what = next((one for one in found.groups() if one is not None), "")
        is_english = found["except"] is not None and not re.search("stated|noted|indicated|specified", what)
        if is_english or any(name in what for name in amounts):
            return found[0].strip()
    return None


def doubt_of(cell: str, besides: str, where: Text) -> Text:
    """Say why the unit that a cell states is not certain."""
    return Text(
        f"单位不能确定：{where.zh}“{short(cell, 40)}”，其中又有“{short(besides, 20)}”",
        f"has no certain unit: “{short(cell, 40)}” {where.en}, of which “{short(besides, 20)}” is another",
    )
