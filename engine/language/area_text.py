"""The most specific division of China that a text names for sure, as people write places.

浙江省杭州市余杭区 is Hangzhou, 浙江义乌 is Zhejiang. What may be another place is none: 南京路 is a road, 海南区 is in
Inner Mongolia, 浙江省南京市 contradicts itself.
"""

from __future__ import annotations

import re

from engine.ground.areas import of_digits, together
from engine.ground.chinese import simplified
from engine.language.area_names import PlaceNames, english_codes, is_in_full, of_english, place_names
from engine.language.facts import Fact, half_width

_LONGEST = 100
_QUOTES = re.compile(r"[“”\"‘’'「」『』《》*]")
_SEPARATORS = re.compile(r"[\s,，、;；:：/／\\|·•>→()（）【】\[\]_—–~-]+")
_COUNTRY = re.compile(r"^(?:中华人民共和国|中国大陆|中国)(?:境内)?")
_DIGITS = re.compile(r"(?P<digits>[0-9]+)(?:\.0+)?(?P<rest>(?![0-9.]).*)", re.DOTALL)
_LATIN = re.compile(r"[^\u3400-\u9fff]*[a-z][^\u3400-\u9fff]*")
_WORDS = re.compile(r"[a-z][a-z'’ -]*[a-z]")
_FILLERS = re.compile(r"^(?:省|自治区|市)?(?:直辖县级行政区划|直辖县级|直辖|辖区|辖县)")
_OTHERS = re.compile(r"^(?:等|及|与|或|以外|之外|外$|外[省地市]|周边|附近|至|到|除)|其他|其它|不限|除外")
_ANOTHER = re.compile(  # what makes something else of a short name before it: 南京路, 海南区, 杭州湾, 上海庙镇
    r"^(?:[东南西北中新老大一二三四五六七八九十环]{0,3}(?:路(?!桥)|街|道(?![里外])|巷|弄|胡同)|"
    r"[区县旗州盟镇乡村庄屯湾庙港驿桥站岛]|大[道厦学街路桥]|广场|银行|集团|公司|股份|学院|医院|中学|蒙古族|市场)"
)
_HIDES_A_CITY = "峨眉山市"  # which lies in 乐山市; there is a 眉山市 too
_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,}?[市区县旗盟州](?!场)|[\u4e00-\u9fff]{2,3}$")


def division_exactly(fact: Fact, text: str) -> str | None:
    """Give the code of the division whose usual name or code a text is; None if it names none, or a part of one too."""
    word, names = half_width(text).casefold(), place_names(fact)
    if len(word) > _LONGEST:
        return None
    if word.isdigit():
        found_by_code = of_digits(word, fact.choices)
        return found_by_code if found_by_code and not word.removeprefix(found_by_code).strip("0") else None
    if _LATIN.fullmatch(word):
        return of_english(names, word, exactly=True)
    parts = _SEPARATORS.split(_COUNTRY.sub("", _QUOTES.sub("", simplified(word)).strip()))
    code: str | None = None
    rest = "".join(parts)
    while rest and (found := _beginning(names, rest, code)):
        has_city = rest.removesuffix(found[1]).endswith("市")  # 恩施市 is a county of 恩施州, of which 恩施 is short
        if (code := together(code, found[0])) is None or (has_city and not fact.choices[code].zh.endswith("市")):
            return None
        rest = found[1]
    return None if rest else code


def division(fact: Fact, text: str) -> str | None:
    """Give the code of the most specific division that a text names for sure; None if it names none."""
    if len(text) > _LONGEST:
        return None
    word, names = half_width(text).casefold(), place_names(fact)
    if found := _DIGITS.fullmatch(word):
        code = of_digits(found["digits"], fact.choices)
        rest = _SEPARATORS.sub(" ", found["rest"]).strip()
        said = division(fact, rest) if rest else code
        return None if code is None or said is None else together(code, said)
    if _LATIN.fullmatch(word):
        return of_english(names, word)
    parts = _SEPARATORS.split(_COUNTRY.sub("", _QUOTES.sub("", simplified(word)).strip()))
    code = _of_parts(names, [part for part in parts if part])
    english = [meant for one in _WORDS.findall(word) if (meant := english_codes(names, one))]
    return code if code and all(any(together(code, other) for other in meant) for meant in english) else None


def _of_parts(names: PlaceNames, parts: list[str]) -> str | None:
    """Give the division that the parts of a text name: the first begins with a name, none contradicts another."""
    code: str | None = None
    for part in parts:
        rest = part
        while rest and (found := _beginning(names, rest, code)):
            code = together(code, found[0])
            rest = _FILLERS.sub("", found[1])
            if code is None:
                return None
        if code is None or _contradicts(names, rest, code):
            return None
    return code


def _beginning(names: PlaceNames, text: str, code: str | None) -> tuple[str, str] | None:
    """Give the division whose name a text surely begins with, and the rest; `code` is where the place is said to be."""
    stems = names.stems.get(code[:2], {}) if code else {}
    for length in range(min(names.longest, len(text)), 0, -1):
        word, rest = text[:length], text[length:]
        if word in stems and not _ANOTHER.match(rest):
            return stems[word], rest.removeprefix("市")
        found = names.sure.get(word)
        if found is not None and _is_sure(names, word, rest, found):
            return found, rest if is_in_full(word) or len(found) == len("33") else rest.removeprefix("市")
    return None


def _is_sure(names: PlaceNames, word: str, rest: str, code: str) -> bool:
    """Say whether a name means its division with that rest behind it."""
    if not rest:
        return True
    if is_in_full(word):
        return not rest.startswith("场")
    is_province = len(code) == len("33")
    if len(word) > 1 and is_province and _beginning(names, rest, code):
        return True
    if len(word) == 1 or _ANOTHER.match(rest):
        return False
    return _COUNTY.match(rest) is not None if is_province else rest[0] == "市"


def _contradicts(names: PlaceNames, rest: str, code: str) -> bool:
    """Say whether what stands behind a division speaks of others too, or of none of it."""
    if _OTHERS.search(rest):
        return True
    others = names.in_full.findall(rest.replace(_HIDES_A_CITY, ""))
    if any(together(code, names.sure[one]) is None for one in others):
        return True
    for length in range(min(names.longest, len(rest)), 0, -1):
        for word, behind in ((rest[:length], rest[length:]), (rest[1 : length + 1], rest[length + 1 :])):
            found = names.sure.get(word)
            linked = word == rest[:length] or rest[0] == "和"
            if found is None or not linked or together(code, found) is not None:
                continue
            if not behind or (len(word) > 1 and not _ANOTHER.match(behind)):
                return True
    return False
