"""The fact that a header names, and what stands beside the name: a unit, a basis, an instruction to who fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.ground.errors import short
from engine.headers.units import header_key, unit_word
from engine.headers.years import dated, untagged
from engine.language.facts import BOOLEAN, Fact, Kind, Vocabulary, half_width

_NUMBERING = re.compile(
    r"^(?:\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\)|[0-9]{1,2}(?:\.[0-9]{1,2})+[.、]?(?![0-9%])|[0-9]{1,2}[.、):](?![0-9])|"
    r"[一二三四五六七八九十]{1,3}[、.]|[①-⑳]、?)"
)
_REMARKS = re.compile(
    r"(?:企业)?(?:经营|登记|注册|存续|工商|审核|数据)?状态|审核(?:结果|意见)|备注(?:说明)?[0-9]?(?:\(.{1,6}\))?|"
    r"(?:填报|填表|数据|其他|情况)?说明|附注|注|remarks?|notes?|comments?"
)
_WHEN = re.compile(  # 研发费用（上上年度）, 上上年研发费用
    r"(?P<name>[^()]+)\((?P<behind>上上年度?|前年度?|上年度?|去年度?)\)(?P<more>.*)|"
    r"(?P<before>上上年|前年)(?!度|末|底|同)(?P<rest>.+)"
)
_YEARS = {"上上": "上上年度", "前年": "上上年度", "上年": "上年度", "去年": "上年度"}
_LETTER = re.compile(r"[^\W\d_]")
_OF_WHICH = re.compile(r"^(?:其中[:、,]?|#)")
_WHETHER = re.compile(r"^(?:企业)?(?:是否为?|有无)")
_ASKS = re.compile(r"^(?:本?企业)?是否(?:为|是|属于?|系|申请|参加|进行)?|[?？]$|^is(?:it)?a?|[(（]是[/或、,]?否[)）]$")
_BRACKETS = re.compile(r"[(\[【〔{<]([^()\[\]【】〔〕{}<>]*)[)\]】〕}>]")
_BARE_UNIT = re.compile(r"^(.+?)(%|(?:[十百千]?[万亿]|[千百]万?|[十百]亿)元)$")
_WORDED_UNIT = re.compile(r"^(.+?)\s+(?:in\s+)?((?:rmb|cny|million|billion|thousand)\b.*)$", re.IGNORECASE)
_SPACED_UNIT = re.compile(r"^(.+?)\s+([元人项件个家%]|[十百千万亿]+元?)$")
_AT_THE_END = re.compile(r"^(?P<name>[^(]+?)\s*\(?(?P<when>期末|年末|年底)(?:数|余额)?\)?(?P<rest>(?:\(.*)?)$")
_INSTRUCTION = re.compile(
    r"[必选]填项?|required|optional|请?填?写?是或?/?否|是否|有/无|y/n|yes/no|(?:下拉|请)?选择|下拉框?|[单多]选|请选择|可多选|"
    r"(?:如|若)?(?:没有|无|未).{0,4}填.{1,4}|如有|(?:填写)?(?:整数|数字|纯数字|文本|日期)|保留.{1,2}位小数|1?[0-9]位(?:数字)?|自动计算|填报"
)
_BASIS = re.compile(
    r"[按以]?(?:(?:集团)?合并|母公司|本部|单体|个别)(?:财务|会计)?(?:报表|财报)?(?:口径)?(?:数据?)?|"
    r"[未经已]{0,2}审计[后过]?[数值]?|审定数|(?:据)?(?:年报|审计报告|财务报表)(?:数据?|口径)?|"
    r"人民币|不含税|consolidated(?:basis)?|parent(?:company)?(?:only)?|standalone|single-?entity|(?:un)?audited"
)
_BESIDE_PARTS = re.compile(r"[、;；]|,(?![0-9]{3})")
_TWO_TONGUES = (
    re.compile(r"^(?P<one>[^a-zA-Z]*[\u4e00-\u9fff].*?)[\s/|·-]*(?P<other>[A-Za-z][^\u4e00-\u9fff]*)$", re.DOTALL),
    re.compile(r"^(?P<one>[A-Za-z][^\u4e00-\u9fff]*?)[\s/|·-]*(?P<other>[\u4e00-\u9fff].*)$", re.DOTALL),
)


@dataclass(frozen=True)
class Named:
    """What a header names: the fact, if any, its unit (or the option that it asks for), the basis that it states.

    `stranger`: the words beside a known name that made it unknown. `stands_in`: it is this fact only where no other
    column is. `unlike`: what it names is not this fact, though often taken for it.
    """

    fact: Fact | None = None
    unit: str = ""
    basis: str = ""
    stranger: str = ""
    stands_in: bool = False
    perhaps: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class _Words:
    sure: Mapping[str, Fact]
    stand_ins: Mapping[str, Fact]
    asked: Mapping[str, tuple[Fact, str]]
    perhaps: Mapping[str, tuple[Fact, ...]]


def named(header: str, vocabulary: Vocabulary) -> Fact | None:
    """Give the fact that a header names, whatever year it says."""
    return named_with_unit(header, vocabulary)[0]


def has_remarks(header: str) -> bool:
    """Say whether a column has remarks on its rows."""
    return _REMARKS.fullmatch(header_key(header)) is not None


@lru_cache(maxsize=1 << 16)
def named_with_unit(header: str, vocabulary: Vocabulary) -> tuple[Fact | None, str]:
    """Give the fact that a header names, whatever year it says, and the unit that it states; "" if none."""
    if not _LETTER.search(header):
        return None, ""
    found = naming(header, vocabulary)
    if found.fact is None and (year := dated(header)) is not None and year.rest:
        found = naming(year.rest, vocabulary)
    return found.fact, found.unit


def naming(header: str, vocabulary: Vocabulary) -> Named:
    """Give what a header names, in one language or in two that agree."""
    found = _naming(header, vocabulary)
    if found.fact is None and not found.perhaps and (parts := _WHEN.fullmatch(half_width(header[:200]).strip())):
        name = f"{parts['name'] or parts['rest']}{parts['more'] or ''}"
        dated = _naming(f"{_YEARS[(parts['behind'] or parts['before'])[:2]]}{name}", vocabulary)
        found = dated if dated.fact is not None else found
    if found.fact is None and not found.perhaps:
        for pattern in _TWO_TONGUES:
            if parts := pattern.match(half_width(header[:200])):
                one, other = _naming(parts["one"], vocabulary), _naming(parts["other"], vocabulary)
                if one.fact is not None and one.fact is other.fact and (one.unit == other.unit or not other.unit):
                    return one
                if one.fact is not None and one.fact is other.fact and not one.unit:
                    return other
    return found


def _naming(header: str, vocabulary: Vocabulary) -> Named:
    words, stranger = _index(vocabulary), ""
    for base, beside, basis in partings(header):
        found = _found(base, words)
        fact = found.fact
        if fact is None:
            if found.perhaps:
                return found
            continue
        if beside is None:
            return replace(found, basis=basis)
        unit = unit_word(fact, beside)
        if unit is None and _found(beside, words).fact is fact:  # 营业收入（revenue）
            unit = ""
        if unit is not None:
            return replace(found, unit=unit, basis=basis)
        stranger = stranger or short(beside.strip(), 20)
    return Named(stranger=stranger)


def partings(header: str) -> Iterator[tuple[str, str | None, str]]:
    """Give the ways to part a header into a name, what stands beside it, and the basis it states; the whole first."""
    text = untagged(header)
    yield text, None, ""
    brackets, bases, plain = [], [], text
    for match in _BRACKETS.finditer(text):
        parts = [part.strip() for part in _BESIDE_PARTS.split(match[1])]
        found = [part for part in parts if _BASIS.fullmatch(header_key(part))]
        rest = [part for part in parts if part not in found and not _INSTRUCTION.fullmatch(header_key(part))]
        bases += found
        if any(rest):
            brackets.append((match[0], ",".join(rest)))
        elif match[1].strip():
            plain = plain.replace(match[0], "", 1)
    basis = "、".join(bases)
    if plain != text:
        yield plain, None, basis
    for whole, beside in reversed(brackets):
        yield plain.replace(whole, "", 1), beside, basis
    key = header_key(plain)
    for match in re.finditer(r"[/,:_-]", key):
        yield key[: match.start()], key[match.end() :], basis
    for pattern, whole in ((_BARE_UNIT, key), (_WORDED_UNIT, plain), (_SPACED_UNIT, plain)):
        if bare := pattern.match(whole):
            yield bare[1], bare[2], basis
    if moved := _AT_THE_END.match(text):  # 资产总额（期末）
        yield from partings(f"{moved['when']}{moved['name']}{moved['rest']}")


def _asks(key: str) -> str:
    """Give what a header asks whether it is so; one that asks nothing as it is."""
    return _ASKS.sub("", key)


def _found(base: str, words: _Words) -> Named:
    """Give what a name names, without numbers before it, “of which”, “whether” and 该 (从事该细分市场年限)."""
    key = header_key(base)
    keys = [key, bare := _OF_WHICH.sub("", _NUMBERING.sub("", _OF_WHICH.sub("", key))), bare.replace("该", "")]
    for one in dict.fromkeys(keys):
        if one in words.sure:
            return Named(words.sure[one])
        if one in words.stand_ins:
            return Named(words.stand_ins[one], stands_in=True)
        asked_for = words.asked.get(one) or (words.asked.get(f"?{asks}") if (asks := _asks(one)) != one else None)
        if asked_for is not None:
            return Named(asked_for[0], unit=asked_for[1], stands_in=True)
    asked = words.sure.get(_WHETHER.sub("", bare))
    if asked is not None and asked.kind in BOOLEAN:
        return Named(asked)
    return Named(perhaps=words.perhaps.get(bare, ()))


def money_columns(headers: Sequence[str], vocabulary: Vocabulary) -> tuple[list[int], list[int]]:
    """Give the places of the amounts of money, and of those without a unit in the header."""
    stated = [named_with_unit(header, vocabulary) for header in headers]
    money = [at for at, (fact, _) in enumerate(stated) if fact is not None and fact.kind is Kind.MONEY]
    return money, [at for at in money if not stated[at][1]]


@lru_cache(maxsize=8)
def _index(vocabulary: Vocabulary) -> _Words:
    perhaps: dict[str, tuple[Fact, ...]] = {}
    for fact in vocabulary.values():
        for word in fact.perhaps:
            perhaps[header_key(word)] = (*perhaps.get(header_key(word), ()), fact)
    sure = {header_key(word): fact for word, fact in vocabulary.named.items()}
    asked: dict[str, tuple[Fact, str]] = {}
    for one in vocabulary.values():
        for word, code in one.asked.items():
            asked |= dict.fromkeys((header_key(word), f"?{_asks(header_key(word))}"), (one, code))
    stand_ins = {header_key(word): one for one in vocabulary.values() for word in (*one.stand_ins, *one.narrower)}
    return _Words(sure, stand_ins, asked, perhaps)


def fact_called(words: str, vocabulary: Vocabulary) -> Fact | None:
    """Give the fact of that id, title or alias.

    >>> from engine.rulebooks.catalog import shipped
    >>> fact_called("營業收入", shipped().vocabulary).id
    'revenue_y0'
    """
    return vocabulary.get(words) or _index(vocabulary).sure.get(header_key(words))
