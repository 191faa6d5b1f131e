"""What is no JSON is told in the language asked for, and what is shown of a value is JSON as it would be typed."""

from __future__ import annotations

import re

import pytest

from engine import InputError, assess, parse_json
from tests.shell import run


@pytest.mark.parametrize(
    ("content", "where", "zh"),
    [
        ("{'global_rank': 1}", "1:2", "应有一个用双引号括起的键"),
        ('{"global_rank": }', "1:17", "应有一个值"),
        ('{"global_rank"：1}', "1:15", "键的后面应有半角冒号"),
        ('{"global_rank": 1\n "own_brand": "是"}', "2:2", "两项之间应有半角逗号"),
        ('{"firm_name": "甲', "1:15", "没有结尾的双引号"),
        ('{"firm_name": "甲\n乙"}', "1:17", "控制字符"),
        ('{"firm_name": "a\\b\\c"}', "1:19", "“\\”后面的字符有误"),
        ('{"firm_name": "\\u12"}', "", "四位十六进制数字"),
        ("{} {}", "1:4", "这里多出了内容"),
        ('{"global_rank": 1,}', "", ""),  # which Python 3.13 says otherwise
    ],
)
def test_no_json(content: str, where: str, zh: str) -> None:
    """Each mistake has its line and column, in Chinese without a word of English, in English in that of the parser."""
    with pytest.raises(InputError) as caught:
        parse_json(content.encode())
    [problem] = caught.value.problems
    if where:
        line, column = where.split(":")
        assert problem.where == f"body:{where}"
        assert problem.what.zh.startswith(f"不是合法的 JSON：第 {line} 行第 {column} 列，")
        assert f"is not valid JSON: line {line}, column {column}: " in problem.what.en
    assert zh in problem.what.zh
    assert not re.search(r"[A-Za-z]{5,}", problem.what.zh.replace("revenue_y0", "").replace("false", ""))


def test_a_value_is_shown_as_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A list for a profile, and a list for a figure, are given back as they were typed."""
    told = run(capfdbinary, "assess", "-", stdin=b'[{"global_rank": 1, "own_brand": true}]')
    assert '“[{"global_rank": 1, "own_brand": true}]”' in told.err
    with pytest.raises(InputError) as caught:
        assess({"global_rank": ["第一", None, {"a": 0.5}]})
    assert [problem.value for problem in caught.value.problems] == ['["第一", null, {"a": 0.5}]']
