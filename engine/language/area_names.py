"""The names of divisions of China as people write them: in full, short, within a province, and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.ground.areas import within
from engine.language.facts import Fact

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_STEM = re.compile(r"^(?P<stem>(?:(?!自治).){2,}?)(?:市|地区|盟|林区|州|县)$")
_OF = re.compile(r"^(?P<name>.+?)(?: \((?P<of>.+)\))?$")
_KIND = {
    2: re.compile(r" (?:province|prov\.?|municipality|city|autonomous region|sar|special administrative region)$"),
    4: re.compile(r" (?:city|prefecture|league|municipality|autonomous prefecture)$"),
    6: re.compile(r" (?:city|county|autonomous county)$"),
}
_COUNTRY = re.compile(r"(?:people'?s republic of china|p\.? ?r\.? ?(?:of )?china|china|prc|mainland china)\.?")
_BEFORE = re.compile(r"^city of ")


@dataclass(frozen=True)
class PlaceNames:
    """`sure`: the code that each Chinese name means wherever it stands; `stems`: by province, names without their kind.

    `english`: the codes that each English name may mean.
    """

    sure: Mapping[str, str]
    stems: Mapping[str, Mapping[str, str]]
    in_full: re.Pattern[str]
    longest: int
    english: Mapping[str, frozenset[str]]


@lru_cache(maxsize=8)
def place_names(fact: Fact) -> PlaceNames:
    """Give the names of the options of a fact whose options are divisions."""
    sure: dict[str, str] = {}
    stems: dict[str, dict[str, str]] = {}
    english: dict[str, set[str]] = {}
    for code, option in fact.choices.items():
        for word in (option.zh, option.en, *option.aliases):
            if not _HAN.fullmatch(word):
                english.setdefault(english_key(_OF.sub(r"\g<name>", word)), set()).add(code)
                continue
            sure[word] = code
            if len(code) > 2 and (found := _STEM.match(word)):  # noqa: PLR2004 not a province
                stems.setdefault(code[:2], {})[found["stem"]] = code
        for alias in (one for one in option.aliases if _HAN.fullmatch(one) and len(code) > 2):  # noqa: PLR2004
            stems.setdefault(code[:2], {}).setdefault(alias, code)
    in_full = sorted((word for word in sure if is_in_full(word)), key=len, reverse=True)
    longest = max(map(len, sure), default=0)
    codes = {word: frozenset(several) for word, several in english.items()}
    return PlaceNames(sure, stems, re.compile("|".join(map(re.escape, in_full)) or r"(?!)"), longest, codes)


def usual_words(fact: Fact) -> dict[str, str]:
    """Give the code that each of the words means that lists mostly have: names, codes, cities behind their province."""
    words = {one.aliases[0]: code for code, one in fact.choices.items() if len(code) == 2 and one.aliases}  # noqa: PLR2004
    for code, option in fact.choices.items():
        province = fact.choices.get(code[:2])
        words[option.zh] = words[code] = code
        if province is not None and province is not option:
            words[province.zh + option.zh] = words[f"{province.zh} {option.zh}"] = code
    return words


def is_in_full(word: str) -> bool:
    """Say whether a Chinese name says what kind of division it is, so that more may follow it."""
    return len(word) > 2 and word[-1] in "省市区州盟县团"  # noqa: PLR2004 兵团 is no name in full


def english_key(word: str) -> str:
    """Give an English name without case, spaces and marks; ü is u."""
    return re.sub(r"[\s\-]+", "", word.casefold().replace("’", "'").replace("ü", "u"))


def of_english(names: PlaceNames, text: str, *, exactly: bool = False) -> str | None:
    """Give the division that an English text names, the most specific part first: Hangzhou, Zhejiang, China.

    If it is to be so `exactly`, a text that names a district too names none.
    """
    parts = [part for one in re.split(r"[,;/|()]", text.casefold()) if (part := " ".join(one.split()))]
    parts = [part for part in parts if not _COUNTRY.fullmatch(part)]
    parts = [re.sub(r",? (?:p\.? ?r\.? ?)?china\.?$", "", part) for part in parts]
    several = [english_codes(names, part) for part in parts]
    if not several or not several[-1] or (exactly and not all(several)):
        return None
    possible = [one for one in several if one]
    chains = {""}
    for codes in possible:
        chains = {
            max(code, so_far, key=len)
            for code in codes
            for so_far in chains
            if within(code, so_far) or within(so_far, code)
        }
    return chains.pop() if len(chains) == 1 else None


def english_codes(names: PlaceNames, part: str) -> frozenset[str]:
    """Give the divisions that a part of an English text may mean; of a province and its city the province."""
    word = _BEFORE.sub("", part)
    found = names.english.get(english_key(word))
    if found is not None:
        return found
    return frozenset(
        code
        for length, kind in _KIND.items()
        if (bare := kind.sub("", word)) != word
        for code in names.english.get(english_key(re.sub(r" (?:zhuang|hui|uygh?u?r|tibetan)$", "", bare)), ())
        if len(code) == length
    )
