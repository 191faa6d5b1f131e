"""Cases that are missing, as lines of a case file: a firm for each, and `?` for what the text has to say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date

from engine.firms.typed import written
from engine.ground.errors import Text
from engine.ground.values import Known
from engine.language.facts import Fact, Kind, Vocabulary
from engine.proving.case_file import TO_WRITE, Stated
from engine.proving.edges import Firm
from engine.proving.shown import Part, reading_of
from engine.rulebooks.logic import Criterion, Rulebook

_SIGNS = {Kind.MONEY: "万元", Kind.PERCENT: "%"}
_FEW = 2
_TURNS = ("decides", "not_met")
"""How the titles begin of what a case shows best by the verdict too: that a criterion decides."""
_PLAIN = re.compile(r"[\w（“][\w（）“”.%~、，。 -]*")
_KEY = re.compile(r"^[a-z_]+:", re.MULTILINE)
_ABOVE = "# yaml-language-server: $schema=../schema/cases.json\n"
_ABOVE += "# Each case says in what it differs from the base; `null` leaves a fact blank; `?` is to be written.\n"


def stated(vocabulary: Vocabulary, firm: Firm) -> Stated:
    """Give a firm as it is typed."""
    return {name: _typed(vocabulary[name], value) for name, value in firm.items()}


def _typed(fact: Fact, value: Known) -> str | list[str]:
    if isinstance(value, frozenset):
        return [_title(fact, code) for code in fact.choices if code in value] or "无"
    if isinstance(value, str):
        return _title(fact, value)
    sign = _SIGNS.get(fact.kind, "")
    return written(value, sign) if not fact.is_numeric else written(value) + sign


def _title(fact: Fact, code: str) -> str:
    return fact.choices[code].zh if code in fact.choices else code


def differing(vocabulary: Vocabulary, base: Firm, firm: Firm) -> Stated:
    """Give in what a firm differs from the base, `null` for what it leaves blank."""
    changed = {name: value for name, value in firm.items() if base.get(name) != value}
    return {**stated(vocabulary, changed), **dict.fromkeys(sorted(base.keys() - firm), "null")}


def skeleton(part: Part, titles: Iterable[Text], given: Stated, *, has_reason: bool) -> str:
    """Give a case of a part as a line of a case file, what is expected left open, and the reason if it has one."""
    several = list(titles)
    zh, en = "；".join(one.zh for one in several[:_FEW]), "; ".join(one.en for one in several[:_FEW])
    words = f"case: {{zh: {_scalar(zh)}, en: {_scalar(en)}}}, given: {_flow(given)}"
    readings = [reading for one in several if (reading := reading_of(one)) is not None]
    asked = f", otherwise: {_flow(dict.fromkeys(readings, TO_WRITE))}" if readings else ""
    if not isinstance(part.of, Criterion):
        return f"  - {{item: {part.id}, {words}, expect_points: {_scalar(TO_WRITE)}{asked}}}"
    asked += f", reason: {_scalar(TO_WRITE)}" if has_reason else ""
    asked += f", verdict: {_scalar(TO_WRITE)}" if any(one.en.startswith(_TURNS) for one in several) else ""
    return f"  - {{criterion: {part.id}, {words}, expect: {_scalar(TO_WRITE)}{asked}}}"


def _flow(facts: Mapping[str, str | list[str]]) -> str:
    def value(one: str | list[str]) -> str:
        return _scalar(one) if isinstance(one, str) else f"[{', '.join(map(_scalar, one))}]"

    return f"{{{', '.join(f'{name}: {value(one)}' for name, one in facts.items())}}}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def new_file(rulebook: Rulebook, base: Stated, as_of: date) -> str:
    """Give a case file that has only the firm to start from."""
    lines = (f"  {line[1:-1]}" for line in (_flow({name: value}) for name, value in base.items()))
    return f"{_ABOVE}rulebook: {rulebook.id}\nas_of: {as_of}\n\nbase:\n" + "\n".join(lines) + "\n"


def with_lines(text: str, key: str, lines: Iterable[str]) -> str:
    r"""Give a case file with lines more at the end of one of its lists.

    >>> with_lines("cases:\n  - {}\n\npoints:\n", "cases", ["  - {new}"])
    'cases:\n  - {}\n  - {new}\n\npoints:\n'
    >>> with_lines("base: {}\n", "points", ["  - {new}"])
    'base: {}\n\npoints:\n  - {new}\n'
    """
    more = "\n".join(lines)
    if not more:
        return text
    begin = re.search(rf"^{key}:.*$", text, re.MULTILINE)
    if begin is None:
        return f"{text.rstrip()}\n\n{key}:\n{more}\n"
    after = _KEY.search(text, begin.end())
    end = after.start() if after else len(text)
    body = text[begin.end() : end].rstrip()
    gap = "\n\n" if after else "\n"
    head = text[: begin.start()] + f"{key}:" if begin.group().endswith("[]") else text[: begin.end()]
    return f"{head}{body}\n{more}{gap}{text[end:]}"
