"""Files of firms with every encoding, separator and mistake, and what a reader must find in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

KNOWN = (
    "统一社会信用代码",
    "企业名称",
    "营业收入（亿元）",
    "全球市场占有率(%)",
    "全球排名",
    "员工人数（人）",
    "研发费用",
    "技术水平",
    "获奖日期",
    "自主品牌",
)
TEXTS = (
    "甲",
    "12.5",
    "１５％",
    "2.1亿",
    "a,b",
    "a;b",
    "a\tb",
    'the "best" one',
    '"',
    "两行\n文字",
    "三行\r\n文\n字",
    " 前后有空格 ",
    '5"',
    "=1+1",
    "-",
    "",
    "",
    "0",
    "是",
    "，全角逗号；",
    "'单引号'",
    "€ ž ñ",
    "龍龘",
)
MARKS = {"utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf", "gb18030": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
CODECS = {"utf-8-sig": "utf-8"}
NEWLINES = ("\n", "\r\n", "\r")
DELIMITERS = (",", "\t", ";")
_NO_TEXT = {"utf-8": b"\xff", "gb18030": b"\xff", "utf-16-le": b"\x00\xdc", "utf-16-be": b"\xdc\x00"}


@dataclass
class File:
    """A delimited file as it grows: its bytes, and what a reader must find in it."""

    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    width: int = len(KNOWN)
    seed: int = 1
    data: bytes = b""
    line: int = 1
    headers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)
    blank_rows: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.data = MARKS[self.encoding]
        self.headers = [*KNOWN, *(f"附加列{place}" for place in range(len(KNOWN), self.width))]

    @property
    def codec(self) -> str:
        """The codec that writes its text."""
        return CODECS.get(self.encoding, self.encoding)

    def text(self, text: str, newline: str | None = None) -> None:
        """Write a record, or anything else, and its line end."""
        self.data += (text + (self.newline if newline is None else newline)).encode(self.codec)
        self.line += 1 + len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1

    def header(self, *titles: str) -> File:
        """Write the titles, then the header."""
        for title in titles:
            self.text(title)
        self.text(self.delimiter.join(self.quote(header) for header in self.headers))
        return self

    def quote(self, cell: str) -> str:
        """Give a cell in quotes if it needs them, and sometimes if not."""
        if set(cell) & {self.delimiter, '"', "\n", "\r"} or self.random.random() < 0.1:
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def row(self, cells: Sequence[str] | None = None, newline: str | None = None) -> None:
        """Write a good record."""
        made = [self.random.choice(TEXTS) for _ in range(self.width - 1)]
        cells = [f"9133{len(self.rows):014d}", *made] if cells is None else cells
        self.rows.append(list(cells))
        self.lines.append(self.line)
        self.text(self.delimiter.join(map(self.quote, cells)), newline)

    def wrong(self, text: str, word: str) -> None:
        """Write one line that is no record; `word` is in what must be said of it."""
        self.broken[self.line] = word
        self.text(text)

    def plain(self, count: int | None = None) -> list[str]:
        """Give cells that need no quotes."""
        return [f"值{place}" for place in range(self.width if count is None else count)]


def too_few(file: File) -> None:
    """Leave out one cell."""
    file.wrong(file.delimiter.join(file.plain(file.width - 1)), "has")


def far_too_few(file: File) -> None:
    """Write a line of one cell."""
    file.wrong("甲公司", "has 1 cells")


def too_many(file: File) -> None:
    """Write cells too many, with something in them."""
    file.wrong(file.delimiter.join(file.plain(file.width + 3)), "has")


def unclosed(file: File) -> None:
    """Open a quote at the beginning and never close it."""
    file.wrong(file.delimiter.join(['"没有收尾', *file.plain(file.width - 1)]), "quotation mark")


def unclosed_at_the_end(file: File) -> None:
    """Open a quote in the last cell and never close it."""
    file.wrong(file.delimiter.join([*file.plain(file.width - 1), '"没有收尾']), "quotation mark")


def text_after_quote(file: File) -> None:
    """Go on after the quote of a quoted cell."""
    file.wrong(file.delimiter.join(['"甲"乙', *file.plain(file.width - 1)]), "quotation mark")


def bad_bytes(file: File) -> None:
    """Write bytes that are no text."""
    file.broken[file.line] = "bytes"
    first, *rest = file.plain()
    file.data += first.encode(file.codec) + _NO_TEXT[file.codec]
    file.text(file.delimiter.join(["", *rest]))


def too_long(file: File) -> None:
    """Write a line longer than any record."""
    file.wrong(file.delimiter.join(["x" * 2_000_001, *file.plain(file.width - 1)]), "longer than")


def blank_row(file: File) -> None:
    """Write separators only."""
    file.blank_rows += 1
    file.text(file.delimiter * (file.width - 1))


def blank_row_of_spaces(file: File) -> None:
    """Write spaces of both widths only."""
    file.blank_rows += 1
    file.text(file.delimiter.join([" ", "　", *[""] * (file.width - 2)]))


def empty_line(file: File) -> None:
    """Write nothing at all: no row."""
    file.text("")


def another_line_end(file: File) -> None:
    """Write a good row that ends unlike the others."""
    file.row(newline={"\n": "\r\n", "\r\n": "\n", "\r": "\n"}[file.newline])


def spare_separators(file: File) -> None:
    """Write a good row with empty cells too many."""
    cells = file.plain()
    file.rows.append(cells)
    file.lines.append(file.line)
    file.text(file.delimiter.join([*cells, "", "", ""]))


def a_nul(file: File) -> None:
    """Write a good row with a NUL in a cell."""
    file.row(["\0", *file.plain(file.width - 1)])


MISTAKES: tuple[Callable[[File], None], ...] = (
    too_few,
    far_too_few,
    too_many,
    unclosed,
    unclosed_at_the_end,
    text_after_quote,
    bad_bytes,
    blank_row,
    blank_row_of_spaces,
    empty_line,
    another_line_end,
    spare_separators,
    a_nul,
)


def tortured(file: File, mistakes: Iterable[Callable[[File], None]], rows: int = 3) -> File:
    """Write a header if there is none, then good rows with a mistake after every few of them, and good rows last."""
    if not file.headers or file.line == 1:
        file.header()
    for mistake in mistakes:
        for _ in range(file.random.randrange(rows + 1)):
            file.row()
        mistake(file)
    for _ in range(rows):
        file.row()
    return file
