"""The profiles of a body, one after the other: elements of a JSON array, or lines. None is looked into here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from engine import LARGEST_PROFILE, Problem, Text

_MOST_STEPS = 2_000  # without a pause, in which others are served
_BOM = b"\xef\xbb\xbf"
_BLANK = re.compile(rb"[ \t\r\n]*+")
_MARK = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{},]', re.DOTALL)  # a lone quote begins what has no end
_INSTEAD = Text("请送一个完整的数组 [{…}, {…}]。", "Send one whole array [{…}, {…}].")


_NO_COMMA = (
    "第 {} 个（从 0 数起）之前缺少逗号，其后的没有判定",
    "has no comma before profile {}, counted from 0: what follows was not decided",
)


@dataclass(frozen=True)
class Piece:
    """What stands for one profile, cut where it is larger than a profile may be; of lines, the number of the line."""

    content: bytes
    line: int | None = None


Pieces = Iterator[Piece | Problem | None]


def is_array(body: bytes | mmap) -> bool:
    """Say whether a body begins as an array."""
    place = _after_blanks(body, _start(body))
    return bytes(body[place : place + 1]) == b"["


def lines(body: bytes | mmap) -> Pieces:
    """Give a piece for each line that is not blank; None now and then, while there is none."""
    place, number = _start(body), 0
    while place < len(body):
        end = body.find(b"\n", place)
        end, number = len(body) if end < 0 else end, number + 1
        content = _content(body, place, end)
        if content.strip(b" \t\r"):
            yield Piece(content, number)
        elif number % _MOST_STEPS == 0:
            yield None
        place = end + 1


def elements(body: bytes | mmap) -> Pieces:
    """Give a piece for each element of an array; None now and then; last a problem if the array is not whole."""
    place = _after_blanks(body, _start(body))
    begin, is_first, is_open, count = place + 1, True, False, 0
    for end, mark in _marks(body, place):
        if not mark:
            yield None
            continue
        if mark in b"[{":
            if is_open:  # after another one
                yield Piece(_content(body, begin, end))
                yield Problem("body", Text(*(one.format(count + 1) for one in _NO_COMMA)), _INSTEAD)
                return
            is_open = True
            continue
        if mark == b"," or not is_first or _after_blanks(body, begin) < end:
            yield Piece(_content(body, begin, end))
        begin, is_first, is_open, count = end + 1, False, False, count + 1
        if mark == b"]":
            if _after_blanks(body, begin) < len(body):
                yield Problem("body", Text("数组结束之后还有内容", "goes on after the end of the array"), _INSTEAD)
            return
    if _after_blanks(body, begin) < len(body):
        yield Piece(_content(body, begin, len(body)))
    yield Problem("body", Text("数组没有正确结束", "is an array that does not end as one"), _INSTEAD)


def _marks(body: bytes | mmap, place: int) -> Iterator[tuple[int, bytes]]:
    """Give where the commas of the array at `place` are, what opens its elements, and the bracket that closes it.

    Now and then no mark.
    """
    depth = 0
    for number, found in enumerate(_MARK.finditer(body, place), 1):
        begin, end = found.span()
        mark = body[begin : begin + 1]
        if number % _MOST_STEPS == 0:
            yield begin, b""
        if mark in b"[{":
            if depth == 1:
                yield begin, mark
            depth += 1
        elif mark in b"]}":
            depth -= 1
        if mark == b'"' and end == begin + 1:
            return
        if (depth == 1 and mark == b",") or depth == 0:
            yield begin, mark
        if depth == 0:
            return


def _content(body: bytes | mmap, begin: int, end: int) -> bytes:
    return bytes(body[begin : min(end, begin + LARGEST_PROFILE + 1)])


def _start(body: bytes | mmap) -> int:
    return len(_BOM) if body[: len(_BOM)] == _BOM else 0


def _after_blanks(body: bytes | mmap, place: int) -> int:
    found = _BLANK.match(body, place)
    return found.end() if found else place
