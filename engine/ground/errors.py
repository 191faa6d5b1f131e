"""What can go wrong, and how it is said.

ChampionError
├── InputError       what the caller handed in has problems     (exit 1, HTTP 4xx)
│   ├── TooMuchError     it is more than is taken on here       (HTTP 413)
│   └── LittleMemoryError  it needs more memory than may be taken (HTTP 413)
├── RulebookError    a rulebook or the vocabulary has problems  (exit 3)
└── EngineError      Champion itself failed: never a verdict    (exit 4, HTTP 500)

A criterion that is not met is a finding, never an exception.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, TypeVar

T = TypeVar("T")
Language = Literal["zh", "en"]


@dataclass(unsafe_hash=True)  # never changed, but frozen ones take twice the time to make
class Text:
    """One sentence in the two languages of our readers."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Give the sentence in `language`.

        >>> Text(zh="符合", en="met").in_language("en")
        'met'
        """
        return self.zh if language == "zh" else self.en


_OPTIONS = {"output": "结果文件", "rulebook": "规则", "level": "层级", "as_of": "判定日", "table": "名单"}
_OPTIONS |= {"word": "所问的名称", "profile": "企业画像", "header": "列名", "question": "问题", "reasons": "理由"}
_TYPED = ("set", "fill", "change", "only", "without", "vary", "by", "with", "count", "solver")
_OPTIONS |= {name: f"--{name}" for name in _TYPED}


@dataclass(frozen=True)
class Problem:
    """A mistake in a file or a request: where it is, what is wrong, what to write instead."""

    where: str
    what: Text
    instead: Text | None = None
    value: str | None = None

    def in_language(self, language: Language) -> str:
        """Give the whole problem as one line, in the order where, value, what, instead."""
        value = "" if self.value is None else f" {in_quotes(self.value)}"
        stop = {"zh": "。", "en": ". "}[language]
        instead = "" if self.instead is None else f"{stop}{self.instead.in_language(language)}"
        where = _OPTIONS.get(self.where, self.where) if language == "zh" else self.where
        return f"{where}:{value} {self.what.in_language(language)}{instead}"


class ChampionError(Exception):
    """Everything that this package raises on purpose."""


class ProblemsError(ChampionError):
    """An error that is a list of problems: all of them at once; `beside`: what to know of all together."""

    def __init__(self, problems: Iterable[Problem], beside: Text | None = None) -> None:
        self.problems, self.beside = tuple(problems), beside
        told = [problem.in_language("en") for problem in self.problems]
        super().__init__("\n".join([*told, *([beside.en] if beside else [])]))


class InputError(ProblemsError):
    """A profile, a file or a choice of the caller's cannot be used as it is; `read`: of a row what could be read."""

    read: Mapping[str, str] = MappingProxyType({})


class TooMuchError(InputError):
    """What the caller handed in is more than whoever serves him takes on."""

    def __init__(self, where: str, what: Text) -> None:
        instead = Text(
            "请在命令行用 champion screen 处理，大小不限；或把文件分开送。",
            "Use `champion screen` on the command line, which has no limit, or send the file in parts.",
        )
        super().__init__([Problem(where, what, instead)])


class LittleMemoryError(InputError):
    """The memory that may be taken is too little for what the caller handed in."""

    def __init__(self) -> None:
        instead = Text(
            "请增大环境变量 CHAMPION_MEMORY，如 4GiB。", "Raise the variable CHAMPION_MEMORY, to 4GiB for example."
        )
        super().__init__([Problem("CHAMPION_MEMORY", Text("内存不足", "is too little"), instead)])


class RulebookError(ProblemsError):
    """A rulebook, a benchmark table or the vocabulary is broken."""


class EngineError(ChampionError):
    """Champion failed; nothing was decided."""


def shown(value: object, limit: int = 60) -> str:
    """Give `value` short and printable, as its writer would write it.

    >>> shown("约15%"), shown(True), shown(None), shown("a" * 100, limit=6)
    ('约15%', 'true', 'null', 'aaaaaa…')
    >>> shown([{"global_rank": 1, "列入": None, "share": Decimal("12.50")}])
    '[{"global_rank": 1, "列入": null, "share": 12.50}]'
    """
    try:
        text = value if isinstance(value, str) else _as_json(value)
        text = text if text.isprintable() else ascii(text)
    except (ValueError, RecursionError):  # an integer of thousands of digits; a list nested in thousands
        text = f"<{type(value).__name__}>"
    return text if len(text) <= limit else text[:limit] + "…"


def _as_json(value: object) -> str:
    """Give `value` as JSON has it; what JSON has not, as Python does."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_as_json(str(key))}: {_as_json(one)}' for key, one in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_as_json, value))}]"
    return str(value) if isinstance(value, Decimal) else repr(value)


def short(name: str, limit: int = 80) -> str:
    """Give a caller's name for something, printable and not too long.

    >>> short("revenue_y0"), short("a" * 9, limit=4)
    ('revenue_y0', 'aaaa…')
    """
    name = name if name.isprintable() else ascii(name)
    return name if len(name) <= limit else name[:limit] + "…"


def in_quotes(words: str) -> str:
    """Put words in quotes, quotes within them as such.

    >>> in_quotes("营业收入"), in_quotes("“创客中国”入围年份")
    ('“营业收入”', '“‘创客中国’入围年份”')
    """
    return f"“{words.translate(_WITHIN) if '“' in words else words}”"


_WITHIN = str.maketrans("“”", "‘’")


def told_apart(names: Iterable[Text]) -> Text:
    """Give names one after the other, told apart also where one of them is a list itself.

    >>> told_apart([Text("营业收入", "Revenue"), Text("农、林", "Farming, forestry")]).in_language("zh")
    '营业收入；农、林'
    """
    names = list(names)
    zh = "；" if any(mark in one.zh for one in names for mark in "、，；") else "、"
    en = "; " if any(mark in one.en for one in names for mark in ",;") else ", "
    return Text(zh.join(one.zh for one in names), en.join(one.en for one in names))


def first_of(several: Sequence[T], most: int, many: int | None = None) -> Sequence[T]:
    """Give the first `most` of several, of `many` in all: never so that only one is left out.

    >>> first_of("abcd", 2), first_of("abc", 2), first_of("abc", 3, many=4)
    ('ab', 'abc', 'ab')
    """
    many = len(several) if many is None else many
    if many - min(most, len(several)) == 1:
        most = many if len(several) == many else min(most, len(several)) - 1
    return several[:most]


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """Suggest the known word that is nearest to `word`, if any is near.

    >>> did_you_mean("revenu_y0", ["revenue_y0", "employees_y0"]).en
    'Did you mean revenue_y0?'
    """
    near = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return Text(zh=f"是否想写{in_quotes(near[0])}？", en=f"Did you mean {near[0]}?") if near else None
