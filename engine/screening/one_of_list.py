"""One firm out of a list: which row is meant, and the profile that it states."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Unpack

from engine.firms.profiles import RowProfile
from engine.ground.errors import InputError, Problem, Text, first_of, short, shown
from engine.layout.no_firm import of_firms
from engine.screening.open_list import Asked, Cells, FirmRow, FirmsOfList, listed

_NAMED = 5  # candidates that a problem names
_REMEMBERED = 10_000  # firms among which one of a similar name is looked for
_SAY_WHICH = Text(
    "请用 --row 行号 或 --firm 代码或名称 指明一家；整份名单用 champion screen，各家的材料用 champion evidence -o "
    "材料.xlsx。",
    "Say which: --row LINE or --firm CODE-OR-NAME. `champion screen` judges the whole list, `champion evidence -o "
    "papers.xlsx` lists the documents of each firm.",
)


def profile_of(
    path: Path | str,
    *,
    row: int | None = None,
    firm: str | None = None,
    of_any_year: bool = False,
    **asked: Unpack[Asked],
) -> RowProfile:
    """Give the profile of one firm of a list, whatever the form of the file: by its line or by its code or name.

    A list of one firm needs neither. The values, by fact, are what was typed, with the units of the columns. Raises
    InputError if it is not certain which firm is meant, and with the problems for which a screening by that rulebook or
    level (`ladder` is every level in force) rejects the row; what these do not need and cannot be read is left out, and
    the notes say so. A form whose years are not those of the day is refused, but if it may be `of_any_year` it states
    the one that it names.
    """
    if row is not None and firm is not None:
        what = Text("--row 和 --firm 只能用一个", "--row and --firm both say which firm is meant")
        raise InputError([Problem("--row", what, Text("请去掉其中一个。", "Leave one of them out."))])
    if catalog := asked.get("catalog"):
        asked["catalog"] = catalog.as_stated
    with listed(path, of_any_year=of_any_year, **asked) as reading:
        [(_, profile)] = reading.profiles([reading.found(lambda firms: _found(firms, row, firm))])
        if isinstance(profile, InputError):
            raise profile
        return profile


def _found(firms: FirmsOfList, row: int | None, firm: str | None) -> tuple[int, Cells]:
    """Give the line and the cells of the firm that is meant. Raises UnreadableError and InputError."""
    if row is not None:
        return row, firms.cells(_on_line(firms, row, firms.count()))
    count, matching, others = 0, list[FirmRow](), list[FirmRow]()
    several = 0
    for record, one in firms.rows():
        count = record + 1
        if one is None:
            continue
        several += one.is_one
        if firm is not None and one.is_one and one.is_called(firm):
            matching.append(one)
        elif len(others) < _REMEMBERED:
            others.append(one)
    if firm is None:
        real = [one for one in others if one.is_one]
        matching = real or others
        several += len({broken.line for broken in of_firms(firms.source.broken)})
        if len(matching) != 1 or several > 1:
            raise _several(firms, matching, several, count)
    elif len(matching) != 1:
        raise _not_one(firms, firm, matching, others, count)
    [line] = firms.lines([matching[0].record], count)
    return line, firms.cells(matching[0].record)


def _on_line(firms: FirmsOfList, row: int, count: int) -> int:
    """Give the record that begins on a line."""
    lines = firms.lines(range(count), count)
    with suppress(ValueError):
        return lines.index(row)
    broken = next((one for one in firms.source.broken if one.line == row), None)
    if broken is not None:
        where = f"{short(firms.path.name)}:{row}"
        raise InputError([Problem(where, broken.what, broken.instead, shown(broken.text))])
    lines += [one.line for one in firms.source.broken]
    if not lines:
        raise firms.problem(*_EMPTY)
    first, last = min(lines), max(lines)
    instead = Text(f"数据在第 {first} 至 {last} 行。", f"What is below the header stands on lines {first} to {last}.")
    raise firms.problem(Text(f"第 {row} 行没有企业", f"has no firm on line {row}"), instead)


_EMPTY = (
    Text("名单中没有企业", "has no firm"),
    Text("请在列名下方填写，每行一家。", "Fill in the rows below the header, one a firm."),
)


def _several(firms: FirmsOfList, found: Sequence[FirmRow], several: int, count: int) -> InputError:
    if not found and not several:
        return firms.problem(*_EMPTY)
    which = _told(firms, found, count)
    what = Text(f"有 {several} 家企业（{which.zh}）", f"has {several} firms ({which.en})")
    return firms.problem(what, _SAY_WHICH)


def _not_one(
    firms: FirmsOfList, firm: str, found: Sequence[FirmRow], others: Sequence[FirmRow], count: int
) -> InputError:
    value = shown(firm)
    if found:
        which = _told(firms, found, count)
        what = Text(f"名单中有 {len(found)} 行：{which.zh}", f"stands in {len(found)} rows: {which.en}")
        return firms.problem(what, Text("请用 --row 行号 指明。", "Say which: --row LINE."), value)
    real = [one for one in others if one.is_one]
    if not real:
        return firms.problem(*_EMPTY)
    near = sorted(((one.likeness(firm), -one.record) for one in real), reverse=True)[:_NAMED]
    alike = {-record for likeness, record in near if likeness > _ALIKE}
    named = [one for one in real if one.record in alike] or real
    which = _told(firms, named, count)
    instead = Text(
        f"请照名单写代码或名称，或用 --row：{which.zh}。", f"Write it as the list does, or use --row: {which.en}."
    )
    return firms.problem(Text("名单中没有这家企业", "is not in the list"), instead, value)


_ALIKE = 0.6


def _told(firms: FirmsOfList, found: Sequence[FirmRow], count: int) -> Text:
    """Name the first of some firms with their lines."""
    few = first_of(found, _NAMED)
    lines = firms.lines([one.record for one in few], count)
    named = [
        (line, shown(" ".join(filter(None, (one.name.strip(), one.code.strip())))))
        for line, one in zip(lines, few, strict=True)
    ]
    more = ("等", ", …") if len(found) > len(few) else ("", "")
    zh = "、".join(f"第 {line} 行 {name}" for line, name in named)
    return Text(f"{zh}{more[0]}", ", ".join(f"line {line} {name}" for line, name in named) + more[1])
