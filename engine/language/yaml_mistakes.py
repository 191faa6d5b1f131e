"""What is usually wrong with a YAML file that was typed by hand, often in Chinese, and what to write instead.

Text in Chinese is full of ：，“ and ”: only where a key, a bracket or a value should begin are they taken for mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.ground.errors import Text

_KEY = r"[A-Za-z_][A-Za-z0-9_.-]*"
_START = r"^[ \t]*(?:-[ ]+)*"
_AT_A_KEY = rf"(?:{_START}|[{{,，][ ]*)"  # where a key begins: of a line, or within brackets
_KEY_WITH = re.compile(rf"({_KEY})[ ]*(：|:(?=[^\s/]))")
_COLON = re.compile(rf"{_AT_A_KEY}{_KEY}[ ]*(?P<at>：)")
_NO_SPACE = re.compile(rf"{_AT_A_KEY}{_KEY}(?P<at>:)(?=[^\s/:])")
_TAB = re.compile(r"^ *(?P<at>\t)")
_BRACKET = re.compile(rf"{_START}(?:{_KEY}:[ ]+)?(?P<at>[｛［])")
_DASH = re.compile(r"^ *(?P<at>[－—–])[ ]*" + _KEY)
_COMMA = re.compile(rf"[{{\[][^\"'{{}}\[\]]*(?P<at>，)[ ]*{_KEY}[ ]*[:：]")
_OPEN_QUOTE = re.compile(rf"{_START}{_KEY}:[ ]+(?P<at>([\"'])(?:(?!\2).)*)$")
_NEXT_KEY = re.compile(rf"{_START}{_KEY}:(?:\s|$)")
_BLOCK = re.compile(r"[:-][ ]+[|>][+-]?[0-9]?[ ]*(?:#.*)?$")
_WRAPPED = re.compile(r"“[^“”]*”|‘[^‘’]*’|＂[^＂]*＂")


@dataclass(frozen=True)
class Mistake:
    """What is wrong, at a line and a column, both from 1, and what to write instead."""

    line: int
    column: int
    what: Text
    instead: Text


_SPACE = Text("请用半角冒号，后面空一格：“键: 值”。", "Write a half-width colon and a space after it: `key: value`.")
_FORMS = (
    (_COLON, Text("用了全角冒号“：”", "has a full-width colon “：”"), _SPACE),
    (_NO_SPACE, Text("冒号后面缺空格", "has no space after the colon"), _SPACE),
    (
        _TAB,
        Text("用制表符（Tab）缩进", "is indented with a tab"),
        Text("请改用空格，每层两个。", "Indent with spaces, two for each level."),
    ),
    (
        _BRACKET,
        Text("用了全角括号", "has a full-width bracket"),
        Text("请改为半角的 { }、[ ]。", "Write { } or [ ], half-width."),
    ),
    (
        _DASH,
        Text("用了全角短横“－”", "has a dash that is not a hyphen"),
        Text("请写半角“-”，后面空一格。", "Write a hyphen and a space after it: `- `."),
    ),
    (
        _COMMA,
        Text("用了全角逗号“，”", "has a full-width comma “，”"),
        Text(
            "括号中的各项请用半角逗号分开，后面空一格。",
            "Put a half-width comma and a space between parts in brackets.",
        ),
    ),
)
_UNCLOSED = Text("的引号没有结束", "opens a quote that is never closed")
_CLOSE = Text("请在同一段文字的末尾加上同样的引号。", "Write the same quote at the end of the text.")


def mistakes(text: str) -> Iterator[Mistake]:
    r"""Give the usual mistakes of a text that is no YAML, line by line; of none the parser's own words are told.

    >>> [(one.line, one.column, one.what.en) for one in mistakes("id: sample\ntitle：样例")]
    [(2, 6, 'line 2 has a full-width colon “：”')]
    """
    lines, block = text.splitlines(), -1
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if block >= 0 and (indent > block or not line.strip()):
            continue  # words of several lines, which may say anything
        block = indent if _BLOCK.search(line) else -1
        if line.lstrip().startswith("#"):
            continue
        for form, what, instead in _FORMS:
            if found := form.search(line):
                yield _mistake(number + 1, found.start("at") + 1, what, instead)
        after = lines[number + 1] if number + 1 < len(lines) else "end:"
        if (found := _OPEN_QUOTE.search(line)) and _NEXT_KEY.search(after):
            yield _mistake(number + 1, found.start("at") + 1, _UNCLOSED, _CLOSE)


def _mistake(line: int, column: int, what: Text, instead: Text) -> Mistake:
    return Mistake(line, column, Text(f"第 {line} 行{what.zh}", f"line {line} {what.en}"), instead)


def of_key(key: str, line: int) -> Mistake | None:
    """Give what is wrong with a key without a value that has its value in it, as in brackets it can: `{fact：x}`.

    >>> of_key("fact：x", 3).what.en, of_key("fact", 3)
    ('line 3 has a full-width colon “：”', None)
    """
    found = _KEY_WITH.match(key)
    if found is None:
        return None
    what = _FORMS[0 if found[2] == "：" else 1][1]
    return _mistake(line, found.start(2) + 1, what, _SPACE)


def of_value(value: str, line: int) -> Mistake | None:
    """Give what is wrong with a text that stands without quotes and has Chinese ones around it.

    >>> of_value("“样例”", 3).what.en, of_value("“以上”含本数", 3)
    ('line 3 has Chinese quotes around its value', None)
    """
    if not _WRAPPED.fullmatch(value):
        return None
    what = Text("的值用中文引号括起", "has Chinese quotes around its value")
    instead = Text(
        "文字外不必加引号；若引号本身是原文，外面再加半角引号：'“…”'。",
        "A text needs no quotes; if they belong to it, put half-width ones around it: '“…”'.",
    )
    return _mistake(line, 1, what, instead)


_IN_CHINESE = {
    "could not find expected ':'": "这一行或上一行应为“键: 值”，缺少半角冒号和空格",
    "mapping values are not allowed": "这里不能有“键: 值”：请检查缩进；文字中有“: ”的，整段加半角引号",
    "found a tab character": "用制表符（Tab）缩进，请改用空格",
    "found unexpected end of stream": "引号没有结束",
    "did not find expected ',' or": "括号没有结束，或各项之间缺少半角逗号",
    "did not find expected key": "缩进与上面各行不一致，或引号、括号没有结束",
    "did not find expected '-'": "列表的各项须以“- ”开头，缩进一致",
    "found character that cannot start any token": "这里的字符不能作开头，请给文字加半角引号",
    "did not find expected node content": "这里缺少内容，或括号没有结束",
    "did not find expected <document start>": "这里另起了一份内容：请检查缩进，一个文件只写一份",
    "block sequence entries are not allowed": "这里不能有“- ”：列表请另起一行，缩进一致",
    "found undefined alias": "“*”在 YAML 中是引用，请给文字加半角引号",
    "found unknown escape character": "双引号中的“\\”有误，请改用单引号",
}


_SOMEHOW = "请检查这一行和上一行的缩进、引号、括号和冒号"


def in_words(problem: str) -> Text:
    """Give what the parser says in both languages."""
    known = next((zh for en, zh in _IN_CHINESE.items() if problem.startswith(en)), _SOMEHOW)
    return Text(f"不是合法的 YAML：{known}", f"is not valid YAML: {problem}")


_KEYS = {
    "at_least": "不低于 不少于 不小于 大于等于 大于或等于 至少 以上 ≥ >= =>",
    "at_most": "不高于 不超过 不大于 不多于 小于等于 小于或等于 至多 最多 以下 ≤ <= =<",
    "more_than": "大于 高于 超过 多于 > gt",
    "less_than": "小于 低于 少于 不足 < lt",
    "equals": "等于 为 = == eq equal",
    "differs_from": "不等于 不为 ≠ != <>",
    "one_of": "属于 之一 其中之一 in",
    "none_of": "不属于",
    "contains": "包含 含有 包括",
    "lacks": "不包含 不含 不含有 不包括",
    "given": "已填写 已填",
    "all_of": "全部 全部满足 同时满足 均满足 所有 并且 且 and all",
    "any_of": "任一 任意 任一项 任意一项 满足其一 满足之一 或者 或 or any",
    "of": "各项 其中",
    "fact": "指标",
    "score": "评分 得分",
    "parameter": "参数",
    "benchmark": "对标值 对标",
    "points": "分值 分数",
    "id": "编号 代号 代码",
    "title": "标题 名称",
    "edition": "版本",
    "level": "层级 级别",
    "area": "地区 所在地 适用地区",
    "qualification": "称号 资质",
    "in_force": "施行日期 施行 有效期 生效日期",
    "from": "自 起 开始",
    "to": "至 止 结束",
    "applies_to": "适用 适用对象 申报类型",
    "sources": "依据 依据文件 文件",
    "document": "文号",
    "parameters": "参数表",
    "criteria": "条件",
    "cite": "出处 引用",
    "source": "来源 出自",
    "clause": "条款 条",
    "grade": "等级",
    "quote": "原文 引文",
    "require": "要求",
    "when": "适用条件",
    "reading": "读法",
    "confirmed": "已确认 确认",
    "otherwise": "另一种读法 其他读法",
    "evidence": "材料 证明材料",
    "value": "值 数值",
    "kind": "类型 种类",
    "unit": "单位",
    "choices": "选项",
    "aliases": "别名",
    "formula": "公式",
}
_KEY_MEANT = {word: key for key, words in _KEYS.items() for word in words.split()}


_EXCLUDING = frozenset(
    {"not", "not_in", "none", "nor", "exclude", "excludes", "except", "unless", "排除", "除外", "不得"}
)
NO_EXCLUSION = Text(
    "排除逐项写：是否类写 {fact: 指标, equals: no}，单选写 {fact: 指标, none_of: [选项]}，"
    "多选写 {fact: 指标, lacks: 选项}；几项放进 all_of。",
    "Exclude one by one: {fact: id, equals: no}, of a choice {fact: id, none_of: [option]}, "
    "of several {fact: id, lacks: option}; put them under all_of.",
)
"""What to write where a condition is to exclude."""


def excludes(key: str) -> bool:
    """Say whether a key that is none was to exclude something."""
    return key.strip().casefold() in _EXCLUDING


def key_meant(key: str) -> str | None:
    """Give the key that is meant by a word of Chinese, by a sign, or by what other formats call it.

    >>> key_meant("不低于"), key_meant("任一"), key_meant(">="), key_meant("新增")
    ('at_least', 'any_of', 'at_least', None)
    """
    return _KEY_MEANT.get(key.strip().casefold())
