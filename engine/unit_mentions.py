"""What a cell that states the unit of a table says besides: another unit, another money, an exception."""

from __future__ import annotations

import re
from fractions import Fraction

from engine.errors import Text, short
from engine.facts import half_width
from engine.reading import MONEY_UNITS, money_unit

_FOREIGN = (
    r"(?:美|欧|日|港|英|韩|新台|台|新加坡|澳门?|加拿大|瑞士)(?:[元币圆镑]|美?金|法郎)|外[币汇]|本外币|[$€£₩]|"
    r"(?<![a-z])(?:us|hk)?(?:usd?|eur|jpy|hkd?|gbp|krw|twd|sgd|dollars?|euros?|yen)(?![a-z])"
)
_MENTION = re.compile(  # where a unit may stand: not in 元氏县 or 元/人
    rf"(?P<foreign>{_FOREIGN})|"
    r"(?:(?<=[为是以按用、,;/:\s()\[\]【】])|(?<=均为|单位))(?P<own>(?:人民币)?[十百千万亿]*元|[十百千]*[万亿])"
    r"(?=[、,;。()\[\]【】\s外计填列表的为]|$)|"
    r"\bin (?P<in>(?:rmb|cny|yuan)(?:[' ]*(?:[0-9][0-9,]*|thousands?|millions?|billions?))?)(?![a-z])|"
    r"(?<![a-z])(?P<english>(?:rmb|cny|yuan)[' ]*(?:[0-9][0-9,]*|thousands?|millions?|billions?))(?![a-z])",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"除(?P<but>[^除,。;]{0,20}?)(?:以?外|之外)|(?P<apart>[^,。;:()]{0,20}?)的?除外|"
    r"except(?: for| as)?(?P<except>[^.;]*)|不含(?P<without>[^,。;:()]{1,20})",
    re.IGNORECASE,
)
_MARKED = re.compile(  # what says its own unit where it stands
    r"[注标说]明|标[注识示]|另有|另行|特别|特殊|括号|列名|specified|stated|noted|indicated|otherwise", re.IGNORECASE
)


def said_besides(cell: str, word: str) -> str | None:
    """Give what a cell that states `word` as the unit of amounts says besides, so that it may not be that of all.

    >>> [said_besides(f"单位：万元{more}", "万元") for more in ("　币种：美元", "（研发费用为元）", "、人、%")]
    ['美元', '元', None]
    >>> said_besides("单位：万元（资产总额除外）", "万元"), said_besides("除特别注明外，单位：万元", "万元")
    ('资产总额除外', None)
    """
    text = half_width(cell)
    for found in _MENTION.finditer(text):
        own = found["own"] or found["in"] or found["english"]
        if own is None or not _is_same(own, word):
            return found[0]
    for found in _EXCEPTION.finditer(text):
        what = next((one for one in found.groups() if one is not None), "")
        if what.strip() and not _MARKED.search(what):
            return found[0].strip()
    return None


def doubt_of(cell: str, besides: str, where: Text) -> Text:
    """Say why the unit that a cell states is not certain."""
    return Text(
        f"的单位不能确定：{where.zh}“{short(cell, 40)}”，其中又有“{short(besides, 20)}”",
        f"has no certain unit: “{short(cell, 40)}” {where.en}, of which “{short(besides, 20)}” is another",
    )


def _is_same(one: str, other: str) -> bool:
    units = [MONEY_UNITS.get(money_unit(word) or word) for word in (one, other)]
    return None not in units and Fraction(units[0] or 0) == Fraction(units[1] or 0)
