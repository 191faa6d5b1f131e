"""From the lines of a delimited file to its records, each with the line where it begins; broken ones are told apart.

Quotes are read as DuckDB's strict mode reads them. A quote that is not closed does not swallow the good records after
it: its first line is broken, and reading goes on at the next.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from engine.ground.errors import Text, shown
from engine.ground.limits import Limits
from engine.tables.source import BLANKS, LONGEST, Broken

BAD = "\udcff"  # what stands for bytes that are no text in the encoding of the file

_CONTINUES = Text("这一行的引号没有配对", "has a quotation mark without its counterpart")
_CLOSE_IT = Text(
    '含分隔符或换行的内容应写在一对半角双引号之内，其中的双引号写成两个（""）。',
    'Put a cell with separators or line breaks between two double quotes, and write a quote inside it twice ("").',
)
_BAD_BYTES = Text("这一行有无法识别的字符（编码不一致）", "has bytes that are no text in the encoding of the file")
_ONE_ENCODING = Text("请把整个文件另存为 UTF-8 编码。", "Save the whole file as UTF-8.")
_OTHER_BYTES = Text("这一行的文字是 UTF-8，与整个文件的编码不一致", "is in UTF-8, and the file is in another encoding")
_TOO_LONG = Text(f"这一行超过 {LONGEST:,} 字节", f"is longer than {LONGEST:,} bytes")
_SHORTEN = Text("请检查引号和换行。", "Check its quotation marks and line breaks.")
_SHOWN = 200
_HANZI = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){3}")
_QUOTED = r'(?:[^"]+|""|" +")*+'  # DuckDB takes "a" "b" for one cell
_INSIDE = re.compile(_QUOTED)
_QUOTES = re.compile(r'"( *)"')


class Unclosed(Exception):  # noqa: N818 it is what the text is
    """The text ends inside a quoted cell, after so many others."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        super().__init__(cells)


class Garbled(Exception):  # noqa: N818 it is what the text is
    """A quoted cell is followed by something that is no separator."""


@lru_cache(maxsize=8)
def _cell(delimiter: str) -> re.Pattern[str]:
    delimiter = re.escape(delimiter)
    return re.compile(rf'(?: ?"({_QUOTED})(")? *|([^{delimiter}]*))({delimiter}|\Z)?')


def cells_of(text: str, delimiter: str) -> list[str]:
    r"""Give the cells of a record without its line end. Raises Unclosed, Garbled.

    >>> cells_of('1,"2,""2""\n2",', ",")
    ['1', '2,"2"\n2', '']
    """
    if '"' not in text:
        return text.split(delimiter)
    cells: list[str] = []
    place, cell = 0, _cell(delimiter)
    while match := cell.match(text, place):
        quoted, closed, plain, end = match.groups()
        if quoted is not None and closed is None:
            raise Unclosed(len(cells))
        if end is None:
            raise Garbled
        cells.append(plain if quoted is None else _QUOTES.sub(lambda two: two[1] or '"', quoted))
        if not end:
            break
        place = match.end()
    return cells


class Records:
    """The records of a file of `width` columns: good ones as (line, cells), others in `broken`; blank ones counted."""

    def __init__(
        self,
        lines: Iterable[str],
        delimiter: str,
        width: int,
        first_line: int,
        *,
        keep_blank: bool = False,
        limits: Limits | None = None,
        encoding: str = "utf-8",
    ) -> None:
        """Take the physical lines with their line ends, the first of them being line `first_line` of the file.

        They were read in `encoding`. With `keep_blank` blank records are given too; empty lines never are. With
        `limits` TooMuchError is raised if there are more, sound or not.
        """
        self._limits = limits
        self._keep_blank = keep_blank
        self.broken: list[Broken] = []
        self.blank_rows = 0
        self._lines = iter(lines)
        self._ahead: deque[str] = deque()
        self._delimiter = delimiter
        self._width = width
        self._encoding = encoding if not encoding.startswith("utf") else None
        self._line = first_line
        self._space = BLANKS + delimiter

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Give each good record with the line where it begins."""
        texts = iter(self._next, None)
        for text in texts if self._limits is None else self._limits.counted(texts):
            line, many = self._line, 1
            if '"' in text:
                cells, many = self._quoted(text, line)
            else:
                cells = self._checked(text, text.rstrip("\r\n").split(self._delimiter), line)
            self._line += many
            if cells is None:
                continue
            is_blank = not any(cell.strip(BLANKS) for cell in cells)
            if is_blank and text.strip("\r\n"):
                self.blank_rows += 1
            if not is_blank or (self._keep_blank and text.strip("\r\n")):
                yield line, cells

    def _next(self) -> str | None:
        return self._ahead.popleft() if self._ahead else next(self._lines, None)

    def _checked(self, text: str, cells: list[str], line: int) -> list[str] | None:
        """Give the cells if the record is sound; else note what is wrong with it."""
        found, width = len(cells), self._width
        if not text.isascii() and BAD in text:
            self._break(line, text, _BAD_BYTES, _ONE_ENCODING)
        elif self._encoding is not None and not text.isascii() and any(map(self._is_utf8, cells)):
            self._break(line, text, _OTHER_BYTES, _ONE_ENCODING)
        elif len(text) > LONGEST // 4 and len(text.encode(errors="replace")) > LONGEST:
            self._break(line, text, _TOO_LONG, _SHORTEN)
        elif self._fits(cells):
            return cells[:width]
        elif not text.strip(self._space):
            return [""] * width
        else:
            what = Text(f"应有 {width} 列，这一行有 {found} 列", f"has {found} cells where the header has {width}")
            more = Text("如内容含分隔符，请加引号", "Quote cells with separators in them")
            less = Text("缺少的内容请留空，但保留分隔符", "Leave a cell empty but keep its separator")
            instead = more if found > width else less
            self._break(line, text, what, Text(f"{instead.zh}。", f"{instead.en}."))
        return None

    def _is_utf8(self, cell: str) -> bool:
        """Say whether a cell that was read in another encoding is Chinese in UTF-8, which hardly any is by chance."""
        found = cell.encode(self._encoding or "utf-8", errors="ignore")
        if not _HANZI.search(found):
            return False
        try:
            found.decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    def _quoted(self, first: str, line: int) -> tuple[list[str] | None, int]:
        """Give the cells of a record with quotes, which may go on over lines, and how many lines it is."""
        text, lines = first, [first]
        while True:
            try:
                cells = cells_of(text.rstrip("\r\n"), self._delimiter)
            except Garbled:
                break
            except Unclosed as error:
                more = self._more(LONGEST - len(text)) if error.cells < self._width else []
                if not more:
                    break
                lines += more
                text += "".join(more)
            else:
                if len(lines) > 1 and not self._fits(cells) and self._is_record(lines[1]):
                    break
                return self._checked(text, cells, line), len(lines)
        self._ahead.extendleft(reversed(lines[1:]))
        self._break(line, first, _CONTINUES, _CLOSE_IT)
        return None, 1

    def _more(self, at_most: int) -> list[str]:
        """Give the lines up to the next that closes the quote; none if there is no such line near enough."""
        more: list[str] = []
        while (text := self._next()) is not None:
            more.append(text)
            at_most -= len(text)
            if at_most < 0:
                break
            if '"' in text and not _INSIDE.fullmatch(text):
                return more
        self._ahead.extendleft(reversed(more))
        return []

    def _fits(self, cells: Sequence[str]) -> bool:
        """Say whether there are as many cells as headers; more that are empty do no harm."""
        return len(cells) == self._width or (len(cells) > self._width and not any(cells[self._width :]))

    def _is_record(self, text: str) -> bool:
        try:
            return self._fits(cells_of(text.rstrip("\r\n"), self._delimiter))
        except (Unclosed, Garbled):
            return False

    def _break(self, line: int, text: str, what: Text, instead: Text) -> None:
        cut = shown(text[: _SHOWN + 1].strip("\r\n").replace(BAD, "\ufffd"), _SHOWN)
        self.broken.append(Broken(line, cut, what, instead))
