"""How a delimited file is written: its encoding, its separator and where its header is, from its first lines."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from engine.files.csv_records import BAD, Garbled, Unclosed, cells_of
from engine.ground.errors import Text
from engine.layout.across import MOST_LABELS
from engine.layout.header_rows import find_head
from engine.layout.layout import LAST_ROWS, Desk, Layout, Record, lay_out, most_known
from engine.tables.source import FIRST_ROWS, LONGEST, no_header, unusable

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
_MOST_COLUMNS = 20_000
_TAIL = 1 << 16
_CELLS = re.compile(r'"?[,;\t|]"?')
_BIG5 = "big5hkscs"
_OTHER_ENDS = re.compile(r"[\v\x85\u2028\u2029]\S")  # what ends a line for some programs, and not here
_UNUSUAL_ENDS = Text(
    "有的行不是以换行符结尾（如 U+2028），列名之后的内容都在同一行里",
    "has lines that end in no line feed (such as U+2028): all of it stands in the line of its header",
)
_USUAL_ENDS = Text(
    "请用文本编辑器或 Excel 打开，另存为换行符为 LF 或 CRLF 的 CSV。",
    "Open it in an editor or in Excel and save it as CSV with line ends LF or CRLF.",
)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return BAD, error.end
    raise error


codecs.register_error("champion", _stand_in)


@dataclass(frozen=True)
class Written:
    """How a delimited file is written: its header stands before line `first_line`, from line `header_line` on."""

    encoding: str
    delimiter: str
    layout: Layout
    header_line: int
    first_line: int

    @property
    def width(self) -> int:
        """How many cells a record has."""
        return len(self.layout.head.headers)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was found, for people."""
        known = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", _BIG5: "Big5"}
        name = known.get(self.encoding, self.encoding.upper()[:6])
        mark = _DELIMITERS[self.delimiter]
        found = Text(f"编码 {name}，以{mark.zh}分隔", f"{name}, separated by {mark.en}")
        if self.layout.labels is not None:
            return (found,)
        return (found, *self.layout.head.notes(self.header_line), *filter(None, [self.layout.note]))


def probe(path: Path, desk: Desk) -> Written:
    """Give how the file is written.

    Raises InputError if it is empty, no text, has no header, or its lines end in what is no line end.
    """
    encoding = _encoding(path, desk)
    with lines_of(path, encoding) as lines:
        first = list(islice(lines, 2 * FIRST_ROWS))
    if not any(line.strip("\ufeff\r\n\t ,;") for line in first):
        raise unusable(path, Text("是空文件", "is empty"), Text("请检查文件。", "Check the file."))
    text = "".join(first)
    best: tuple[int, str, list[Record]] | None = None
    for delimiter in _DELIMITERS:
        records = list(islice(_records(first, delimiter), FIRST_ROWS)) if delimiter in text or best is None else []
        known = most_known([cells for _, cells in records], desk)
        if best is None or known > best[0]:
            best = known, delimiter, records
    assert best is not None  # noqa: S101 there are delimiters
    known, delimiter, records = best
    if not known:
        raise no_header(path)
    ends = [line for line, _ in records[1:]] + [len(first) + 1]
    rows = [cells for _, cells in records]
    head = find_head(rows, desk.vocabulary, desk.mapping)
    if ends[head.last] > len(first) and _OTHER_ENDS.search(first[-1]):
        raise unusable(path, _UNUSUAL_ENDS, _USUAL_ENDS)
    layout = lay_out(rows, _last_rows(path, encoding, delimiter, ends[head.last]), desk)
    return Written(encoding, delimiter, layout, records[layout.head.first][0], ends[layout.head.last])


def all_rows(path: Path, written: Written) -> list[Record]:
    """Give all records of a small file, its header too, with their lines."""
    with lines_of(path, written.encoding) as lines:
        return list(_records(list(islice(lines, 2 * MOST_LABELS)), written.delimiter))


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


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Give the cells of each record, with the line where it begins; of a line that is none, no cells."""
    start = 0
    while start < len(lines):
        text, height, cells = "", 1, []
        for count, line in enumerate(lines[start:], start=1):
            text += line
            try:
                cells, height = cells_of(text.rstrip("\r\n"), delimiter)[:_MOST_COLUMNS], count
            except Unclosed:
                continue
            except Garbled:
                pass
            break
        yield start + 1, list(map(_clean, cells))
        start += height


def _last_rows(path: Path, encoding: str, delimiter: str, first_line: int) -> list[list[str]]:
    """Give the cells of the last lines of a file, of those from line `first_line` on."""
    with path.open("rb") as file:
        mark = file.read(2)
        cut = max(0, path.stat().st_size - _TAIL) // 2 * 2
        file.seek(cut)
        tail = file.read()
    if encoding == "utf-16":
        encoding = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    lines = tail.decode(encoding, errors="replace").splitlines()
    lines = lines[1:] if cut else lines[first_line - 1 :]
    return [cells for _, cells in _records(lines[-LAST_ROWS:], delimiter)]


def _clean(header: str) -> str:
    return header.replace(BAD, "\ufffd").lstrip("\ufeff")


def _encoding(path: Path, desk: Desk) -> str:
    """Give the encoding of a file by its mark, else by its first bytes that are not ASCII.

    Big5 and GB18030 have the same bytes: it is the one in which more headers are known.
    """
    with path.open("rb") as file:
        chunk = first = file.read(_CHUNK)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if first.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if (zeros := first.count(0)) > len(first) // 10:
            return "utf-16-le" if first[1::2].count(0) * 2 > zeros else "utf-16-be"
        sample: list[bytes] = []
        while chunk and len(sample) < _ENOUGH:
            sample += [] if chunk.isascii() else _HIGH.findall(chunk)
            chunk = file.read(_CHUNK)
    text = b" ".join(sample).decode("utf-8", errors="champion")
    bad, wide = text.count(BAD), sum(letter > "\u07ff" for letter in text) - text.count(BAD)
    if bad > wide:
        known = {one: _known_headers(first, one, desk) for one in ("gb18030", _BIG5)}
        if known[_BIG5] > known["gb18030"]:
            return _BIG5
    hanzi = sum(2 * len(_HANZI.findall(several)) for several in sample)
    return "gb18030" if bad > wide and 2 * hanzi >= sum(map(len, sample)) else "utf-8-sig"


def _known_headers(first: bytes, encoding: str, desk: Desk) -> int:
    """Give how many headers are known in one of the first lines of a file, read in an encoding."""
    lines = first[: 1 << 18].decode(encoding, errors="champion").splitlines()[:FIRST_ROWS]
    return most_known([_CELLS.split(line)[:_MOST_COLUMNS] for line in lines], desk)
