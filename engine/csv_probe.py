"""How a delimited file is written: its encoding, its separator and where its header is, from its first lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from engine.csv_records import BAD, Garbled, Unclosed, cells_of
from engine.errors import Text
from engine.facts import Vocabulary
from engine.header_names import header_row
from engine.header_units import ABOVE, MoneyUnit, stated_unit
from engine.source import FIRST_ROWS, LONGEST, no_header, unusable

_DELIMITERS = {
    ",": Text("逗号", "commas"),
    "\t": Text("制表符", "tabs"),
    ";": Text("分号", "semicolons"),
    "|": Text("竖线", "bars"),
}
_CHUNK = 1 << 20
_ENOUGH = 1 << 10  # words that are not ASCII, to tell encodings apart
_HIGH = re.compile(rb"[\x80-\xff]+")
_HANZI = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
_MOST_COLUMNS = 5000


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return BAD, error.end
    raise error


codecs.register_error("champion", _stand_in)


@dataclass(frozen=True)
class Layout:
    """How a delimited file is written. Its header ends before line `first_line`; `title_rows` stand above it."""

    encoding: str
    delimiter: str
    headers: tuple[str, ...]
    title_rows: int
    header_lines: int
    unit: MoneyUnit | None = None

    @property
    def first_line(self) -> int:
        """The line, from 1, on which the first record begins."""
        return self.title_rows + self.header_lines + 1

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was found, for people."""
        name = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}.get(self.encoding, "UTF-16")
        mark = _DELIMITERS[self.delimiter]
        line = self.title_rows + 1
        above = Text(f"，其上 {self.title_rows} 行未读", f" ({self.title_rows} above it not read)")
        titles = above if self.title_rows else Text("", "")
        return (
            Text(f"编码 {name}，以{mark.zh}分隔", f"{name}, separated by {mark.en}"),
            Text(f"列名在第 {line} 行{titles.zh}", f"header on line {line}{titles.en}"),
        )


def probe(path: Path, vocabulary: Vocabulary, mapping: Mapping[str, str]) -> Layout:
    """Give how the file is written. Raises InputError if it is empty, no text, or has no header."""
    encoding = _encoding(path)
    with lines_of(path, encoding) as lines:
        first = list(islice(lines, 2 * FIRST_ROWS))
    if not any(line.strip("\ufeff\r\n\t ,;") for line in first):
        raise unusable(path, Text("是空文件", "is empty"), Text("请检查文件。", "Check the file."))
    best: tuple[int, Layout] | None = None
    for delimiter in _DELIMITERS:
        rows = [_record_at(first, start, delimiter) for start in range(min(FIRST_ROWS, len(first)))]
        row, known = header_row([cells for cells, _ in rows], vocabulary, mapping)
        if best is None or known > best[0]:
            cells, height = rows[row]
            unit = stated_unit((above for above, _ in rows[:row]), vocabulary, ABOVE)
            best = known, Layout(encoding, delimiter, tuple(map(_clean, cells)), row, height, unit)
    assert best is not None  # noqa: S101 there are delimiters
    if not best[0]:
        raise no_header(path)
    return best[1]


@contextmanager
def lines_of(path: Path, encoding: str) -> Iterator[Iterator[str]]:
    """Give the physical lines of a file, as text, with their ends; one too long for a record is cut short."""
    with path.open(encoding=encoding, errors="champion", newline="") as file:
        yield _lines(file)


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(("\n", "\r")):
            line = file.readline(LONGEST + 1)


def _record_at(lines: Sequence[str], start: int, delimiter: str) -> tuple[list[str], int]:
    """Give the cells of the record that begins on a line, and how many lines it is."""
    text = ""
    for count, line in enumerate(lines[start:], start=1):
        text += line
        try:
            return cells_of(text.rstrip("\r\n"), delimiter)[:_MOST_COLUMNS], count
        except Unclosed:
            continue
        except Garbled:
            break
    return [], 1


def _clean(header: str) -> str:
    return header.replace(BAD, "\ufffd").lstrip("\ufeff")


def _encoding(path: Path) -> str:
    """Give the encoding of a file by its mark, else by its first bytes that are not ASCII."""
    with path.open("rb") as file:
        chunk = first = file.read(_CHUNK)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if first.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        _check_text(path, first)
        if (zeros := first.count(0)) > len(first) // 10:
            return "utf-16-le" if first[1::2].count(0) * 2 > zeros else "utf-16-be"
        sample: list[bytes] = []
        while chunk and len(sample) < _ENOUGH:
            sample += [] if chunk.isascii() else _HIGH.findall(chunk)
            chunk = file.read(_CHUNK)
    text = b" ".join(sample).decode("utf-8", errors="champion")
    bad, wide = text.count(BAD), sum(letter > "\u07ff" for letter in text) - text.count(BAD)
    hanzi = sum(2 * len(_HANZI.findall(several)) for several in sample)
    return "gb18030" if bad > wide and 2 * hanzi >= sum(map(len, sample)) else "utf-8-sig"


def _check_text(path: Path, first: bytes) -> None:
    magic = {b"PK\x03\x04": ".xlsx", b"\xd0\xcf\x11\xe0": ".xls", b"PAR1": ".parquet"}
    for start, suffix in magic.items():
        if first.startswith(start):
            what = Text(f"内容不是文本，像是 {suffix} 文件", f"is no text; it looks like a {suffix} file")
            instead = Text(f"请把扩展名改为 {suffix}。", f"Rename it to {suffix}.")
            raise unusable(path, what, instead)
