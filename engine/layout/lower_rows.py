"""The lower rows of a header: units, years and parts under the names of figures, and what no firm's row is.

A second row that cannot be told from a firm's, or is not understood, is one for which a table is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.headers.lower import at_the_end, means_the_whole, says_which_part
from engine.headers.names import named
from engine.headers.understanding import one_line
from engine.headers.units import UNIT_HEADS, header_key, is_foreign_money, unit_word
from engine.headers.years import dated, period
from engine.language.facts import IDENTITY, Vocabulary
from engine.language.reading import BLANK_WORDS

Row = Sequence[str]

NO_UNIT = frozenset(["没有单位", "无单位", "无", "-", "--", "—", "/", "文本", "text", "none", "n/a", "不适用"])
FOR_WHO_FILLS_IN = re.compile(  # what stands under a name and is no part of it
    r"[(（\[【]?(?:请?(?:加盖|盖)?公?章|盖章|签[字章名]|全称|必[填选]|[选可]填|(?:请|须|应|需)?(?:填写?|填报|输入|选择|下拉).{0,12}|"
    r"(?:请?[按照以依]|根据|与).{1,12}(?:填[写报列]?|为准|一致)|(?:保留|精确到).{0,10}|(?:整数|数字|文本|日期)|required|optional)[)）\]】]?",
    re.IGNORECASE,
)
_FIGURE_WORDS = re.compile(r"[元%％年月季期]|美|[0-9]{4}")
_UNIT_SAID = re.compile(r"[(（]?(?:计量|金额|货币)?单位\s*[:：]\s*([^:：()（）]+?)[)）]?")
_NUMBERS = re.compile(r"[甲乙丙丁戊己庚辛]|栏[次目号]|[行列]次|序号|编号")
_DASHES = re.compile(r"[-–—_/.…·]+")
_FIGURE = re.compile(r"[^\d\u4e00-\u9fff]{0,3}[约近超]?过?\d")
_DIGIT = re.compile(r"\d")
LONGEST_GROUP = 16


@lru_cache(maxsize=1 << 12)
def is_unit(cell: str, vocabulary: Vocabulary) -> bool:
    """Say whether a cell is a unit and nothing else: 万元, （人）, %; also one of foreign money."""
    word = cell.strip().strip("()（）[]【】").strip()
    if not word or len(word) > 20 or re.match(r"(?:金额|货币|计量)?单位|units?\b", word):  # noqa: PLR2004 no unit is longer
        return False
    kinds = {(fact.kind, fact.unit_words): fact for fact in vocabulary.given.values() if fact.is_numeric}
    return any(unit_word(fact, word) for fact in kinds.values()) or is_foreign_money(word)


def says_something(cell: str, vocabulary: Vocabulary) -> bool:
    """Say whether a cell is a name of a figure, a time or a unit."""
    return named(cell, vocabulary) is not None or period(cell) is not None or is_unit(cell, vocabulary)


def is_of_whose(header: str, vocabulary: Vocabulary) -> bool:
    """Say whether a column has the codes or the names of the firms."""
    fact = named(header, vocabulary)
    return fact is not None and fact.id in IDENTITY


def is_instruction(cell: str) -> bool:
    """Say whether a cell under a name only says how to fill the column in, and nothing of a unit or a year."""
    return FOR_WHO_FILLS_IN.fullmatch(cell.strip()) is not None and not _FIGURE_WORDS.search(cell)


def is_label(cell: str) -> bool:
    """Say whether a cell only says that units stand beside it, or nothing: 单位, 计量单位：, ——."""
    key = header_key(cell).strip("()[]")
    return key in UNIT_HEADS or _DASHES.fullmatch(key) is not None


def said_unit(cell: str, vocabulary: Vocabulary) -> str:
    """Give the unit that a cell says is one, as 单位：千元 does; any other cell as it is."""
    found = _UNIT_SAID.fullmatch(cell.strip())
    return found[1] if found and is_unit(found[1], vocabulary) else cell


def is_passed(row: Row) -> bool:
    """Say whether a row of a header says nothing: a blank one, or 甲, 1, 2, 3."""
    cells = [cell.strip().strip("()（）") for cell in row if cell.strip()]
    numbers = [cell for cell in cells if cell.isdecimal()]
    is_numbered = len(numbers) > 1 and numbers == [str(one) for one in range(1, len(numbers) + 1)]
    return not cells or (len(cells) > len(numbers) and is_numbered and _has_labels_only(cells, numbers))


def _has_labels_only(cells: Sequence[str], numbers: Sequence[str]) -> bool:
    return all(cell in numbers or _NUMBERS.fullmatch(cell) for cell in cells)


def next_filled(rows: Sequence[Row], last: int) -> int | None:
    """Give the first row below the row `last` that says something."""
    return next((at for at in range(last + 1, len(rows)) if not is_passed(rows[at])), None)


def is_row_of_units(row: Row, vocabulary: Vocabulary) -> bool:
    """Say whether a row has several units, and nothing else but what such rows are called: 单位, 元, 元, 人."""
    cells = [cell.strip() for cell in row if cell.strip()]
    units = [cell for cell in cells if is_unit(said_unit(cell, vocabulary), vocabulary)]
    rest = [cell for cell in cells if cell not in units and header_key(cell) not in NO_UNIT]
    if cells and said_unit(cells[0], vocabulary) not in {cells[0], *units[1:]}:  # 单位：万元 beside 元
        return False
    is_called = all(is_label(cell) or is_instruction(cell) for cell in rest)
    return bool(units) and is_called and any(cell in units for cell in row[1:])


@dataclass(frozen=True)
class _Below:
    """A row below a header: what stands in it where no firm is named.

    `is_behind_blanks`: in columns without a name behind a named one; `has_figures_there`: in these, or under that name,
    are figures; `has_parts_only`: each of these has nothing but a part or a time.
    """

    cells: Mapping[int, str]
    is_nameless: bool
    is_behind_blanks: bool
    has_figures_there: bool
    has_parts_only: bool


def uppermost(lines: Sequence[Row]) -> list[str]:
    """Give the uppermost cell of each column of a header."""
    width = max(map(len, lines), default=0)
    return [next((line[at] for line in lines if at < len(line) and line[at].strip()), "") for at in range(width)]


def _below(row: Row, heads: Sequence[str], vocabulary: Vocabulary) -> _Below:
    whose = {at for at, head in enumerate(heads) if is_of_whose(head, vocabulary)}
    is_nameless, cells = bool(whose), dict[int, str]()
    group, groups = -1, dict[int, list[int]]()
    for at, (cell, head) in enumerate(zip(row, heads, strict=False)):
        group = at if head.strip() else group
        groups.setdefault(group, []).append(at)
        is_said = cell.strip() not in {"", head.strip()} and not is_label(cell)
        if at in whose:
            is_filled_in = FOR_WHO_FILLS_IN.fullmatch(cell.strip()) or is_of_whose(cell, vocabulary)
            is_nameless = is_nameless and not (is_said and not is_filled_in)
        elif is_said and header_key(cell) not in BLANK_WORDS:
            cells[at] = cell.strip()
    figures = {at for at, head in enumerate(heads) if (fact := named(head, vocabulary)) and fact.is_numeric}
    several = [at for head, places in groups.items() if len(places) > 1 and head in figures for at in places]
    parted = [at for at in several if at in cells]
    has_figures = any(_FIGURE.match(cells[at]) and not _is_plain(cells[at], vocabulary) for at in parted)
    parts = [at for at in parted if says_which_part(cells[at]) or period(cells[at]) is not None]
    return _Below(
        cells,
        is_nameless,
        any(not heads[at].strip() for at in parted),
        has_figures,
        bool(several) and len(parts) == len(several),
    )


def is_lower_row(row: Row, heads: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Say whether a row without a firm has the years, parts and units of the figures above it, whatever else."""
    found = _below(row, heads, vocabulary)
    plain = [cell for cell in found.cells.values() if _is_plain(cell, vocabulary)]
    if not found.is_nameless or not plain:
        return False
    if len(plain) == len(found.cells) and any(not cell.isdecimal() for cell in plain) and len(plain) > 1:
        return True
    others = [cell for cell in found.cells.values() if cell not in plain]
    are_words = not any(_DIGIT.search(one) or len(one) > LONGEST_GROUP for one in others)
    return found.is_behind_blanks and not found.has_figures_there and are_words


def _is_plain(cell: str, vocabulary: Vocabulary) -> bool:
    """Say whether a cell can only be part of a header: a name, a year, a unit, a part of a figure."""
    when = dated(cell)
    return (
        says_something(cell, vocabulary)
        or says_which_part(cell)
        or said_unit(cell, vocabulary) != cell
        or (when is not None and is_unit(when.rest, vocabulary))
    )


def doubt_below(rows: Sequence[Row], first: int, last: int, vocabulary: Vocabulary) -> str | None:
    """Give what stands in the row below a header if it looks like one more row of that and cannot be understood.

    `first` and `last` are the rows of the header.
    """
    at = next_filled(rows, last)
    if at is None:
        return None
    heads = uppermost(rows[first : last + 1])
    found = _below(rows[at], heads, vocabulary)
    is_odd = found.is_nameless and found.is_behind_blanks and not found.has_figures_there
    return "、".join(dict.fromkeys(found.cells.values())) if is_odd or found.has_parts_only else None


def below_a_header(headers: Row, row: Row, vocabulary: Vocabulary) -> str | None:
    """Give what stands in the first row below headers, in a table in memory, if that seems to be a part of these."""
    found = _below(row, headers, vocabulary)
    if is_row_of_units(row, vocabulary):  # whether it is another than that of its column is looked at elsewhere
        return None
    if is_lower_row(row, headers, vocabulary):
        return "、".join(dict.fromkeys(found.cells.values()))
    return doubt_below([headers, row], 0, 0, vocabulary)


def without_wholes(lines: list[list[str]], vocabulary: Vocabulary) -> list[list[str]]:
    """Give the rows of a header without the cells that say that a column is all of the figure above them."""
    for at, (upper, lower) in enumerate(pairwise(lines), start=1):
        under: dict[str, list[int]] = {}
        for place, name in enumerate(upper):
            under.setdefault(one_line(name), []).append(place)
        for name, places in under.items():
            fact = named(name, vocabulary)
            if fact is None:
                continue
            cells = {place: at_the_end(lower[place]) for place in places}
            for place, cell in cells.items():
                beside = [other for where, other in cells.items() if where != place]
                lines[at][place] = "" if means_the_whole(cell, fact, beside) else cell
    return lines
