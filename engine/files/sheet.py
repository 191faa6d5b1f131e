"""One sheet of a workbook: its rows as they are shown, numbered as Excel numbers them."""

from __future__ import annotations

import json
import marshal
import subprocess
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from engine.files.merged_figures import shared_figures
from engine.files.workbook_child import LENGTH
from engine.files.workbook_rows import MOST_COLUMNS, Block, Cells
from engine.ground.errors import InputError, Text, did_you_mean, short
from engine.language.figure_text import MERGED
from engine.layout.no_firm import is_no_firm_line
from engine.tables.source import BLANKS, FIRST_ROWS, unusable

Record = tuple[int, list[str]]
_MOST_FILLED = 10_000_000  # places that merged cells cover
_MOST_LETTERS = 100_000_000  # in these
_LARGE, _SPARSE = 100_000_000, 50  # places of a sheet, and how many of them a cell may stand for
SAVE_AS = Text("请用 Excel 打开后另存为 .xlsx，不设密码。", "Open it in Excel and save it as .xlsx without a password.")
_REFUSED: Mapping[str, tuple[Text, Text]] = {
    "full": (
        Text("磁盘已满，无法读取", "cannot be read: the disk is full"),
        Text("请清理磁盘后再试。", "Make room on it and try again."),
    ),
    "damaged": (Text("不是 Excel 工作簿，或已损坏", "is no Excel workbook, or is damaged"), SAVE_AS),
    "password": (Text("设有密码", "has a password"), SAVE_AS),
    "hostile": (
        Text("展开后远大于文件本身，未读取", "unpacks to much more than it is, and was not read"),
        Text(
            "请只复制有数据的区域到新工作簿，再另存为 .xlsx。",
            "Copy the cells that have data to a new workbook and save that as .xlsx.",
        ),
    ),
}


class Sheet:
    """A sheet as it was found: the first rows that have something in them, the last ones, and all of them in turn.

    In `first` merged cells have their text in each of their places. `last` has rows as they stand. Numbers of rows are
    those of Excel, columns are counted from A.
    """

    def __init__(self, path: Path, copy: Path, told: Mapping[str, Any]) -> None:
        self._path, self._copy, self._told = path, copy, told
        self._blocks: list[Block] = sorted((top, left, bottom, right) for top, left, bottom, right in told["merged"])
        self.name: str = told["name"]
        self.others: Sequence[str] = [*told["others"], *told["hidden"]]
        self.seen: tuple[str, ...] = tuple(told["others"])
        self.notes = tuple(_notes(told))
        self.titles: Sequence[str] = [self.name, *told.get("printed", [])]
        self.width: int = told["columns"]
        self.first = self._first()
        self.last = [(number, _in_their_places(cells, max(cells) + 1)) for number, cells in _read(copy, told["tail"])]
        self.blank_rows = 0
        self.beyond = False

    def rows(
        self, after: int, width: int, figures_in: Container[int] = (), names_in: Container[int] = ()
    ) -> Iterator[Record]:
        """Give the rows below row `after`, of so many columns; cells merged downwards have their text in each row.

        A figure that is merged over rows of several firms says so; in the columns `figures_in` a year is a figure too,
        and what stands in those of `names_in` tells firms apart.
        Blank rows are left out and counted in `blank_rows`; `beyond` says whether there is something right of them.
        """
        self.blank_rows, self.beyond = 0, False
        if self._told["rows"] * width > max(_LARGE, _SPARSE * self._told["cells"]):
            raise _refused(self._path, "hostile")
        shared = shared_figures(_read(self._copy), self._blocks, figures_in, names_in)
        merged = _Merged(self._path, self._blocks, self._told["rows"], shared)
        last = after
        for number, cells in _read(self._copy):
            repeated = merged.settle(number, cells)
            if number <= after or not any(cell.strip(BLANKS) for cell in cells.values()):
                continue
            self.blank_rows += number - last - 1
            last = number
            cells.update(repeated)
            self.beyond = self.beyond or max(cells) >= width
            yield number, _in_their_places(cells, width)

    def _first(self) -> list[Record]:
        """Give the first rows, with merged cells in all their places."""
        own = list(islice(_read(self._copy), 2 * FIRST_ROWS))
        if not own:
            return []
        blocks = [block for block in self._blocks if block[0] <= own[-1][0]]
        texts = {(number, column): text for number, cells in own for column, text in cells.items()}
        width = 1 + max((right for top, left, _, right in blocks if (top, left) in texts), default=0)
        width = min(max(width, *(max(cells) + 1 for _, cells in own)), self._told["columns"])
        rows: list[Record] = []
        for number, cells in own:
            row = _in_their_places(cells, width)
            for top, left, bottom, right in blocks:
                if top <= number <= bottom and left < width:
                    last = min(right, width - 1)
                    row[left : last + 1] = [texts.get((top, left), "")] * (last + 1 - left)
            if any(cell.strip(BLANKS) for cell in row):
                rows.append((number, row))
        return rows[:FIRST_ROWS]


class _Merged:
    """The merged cells of a sheet while its rows go by, from above."""

    def __init__(self, path: Path, blocks: Sequence[Block], last: int, shared: Container[Block]) -> None:
        self._path, self._shared = path, shared
        self._coming = list(reversed(blocks))
        if sum(min(bottom, last) - top for top, _, bottom, _ in blocks if top < last) > _MOST_FILLED:
            raise _refused(path, "hostile")
        self._active: dict[int, tuple[Block, str]] = {}  # by the left column, with the text
        self._width = 0
        self._letters = 0

    def settle(self, number: int, cells: Cells) -> Cells:
        """Take from a row what merged cells cover, and give what stands there instead, from a row above."""
        while self._coming and self._coming[-1][0] <= number:
            self._begin(number, self._coming.pop(), cells)
        repeated: Cells = {}
        for left, ((top, _, bottom, right), text) in list(self._active.items()):
            if number > bottom:
                self._end(left)
                continue
            covered = range(left + 1, right + 1) if right - left < len(cells) else [*cells]
            for column in covered:
                if left < column <= right:
                    cells.pop(column, None)
            if top < number:
                cells.pop(left, None)
            if (top, left, bottom, right) in self._shared:
                repeated[left] = f"{text}{MERGED}"
            elif top < number:
                repeated[left] = text
            self._letters += len(text)
        if self._letters > _MOST_LETTERS or self._width > MOST_COLUMNS:
            raise _refused(self._path, "hostile")
        return repeated

    def _begin(self, number: int, block: Block, cells: Cells) -> None:
        """Let an area begin that does so in this row, or above it in one that has no cells."""
        top, left, bottom, right = block
        if bottom >= number:
            self._end(left)
            self._active[left] = block, cells.get(left, "") if top == number else ""
            self._width += right + 1 - left

    def _end(self, left: int) -> None:
        if (ended := self._active.pop(left, None)) is not None:
            (_, _, _, right), _ = ended
            self._width -= right + 1 - left


def open_sheet(path: Path, kind: str, sheet: str | None, scratch: Path) -> Sheet:
    """Open a sheet of a workbook, the first that can be seen if none is named. Raises InputError."""
    copy = scratch / f"{uuid4().hex}.rows"
    command = [sys.executable, "-P", "-m", "engine.files.workbook_child", str(path), kind, str(copy)]
    command += [] if sheet is None else [sheet]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 ours
    try:
        told = json.loads(done.stdout)
    except ValueError:  # it died, of what its bounds forbid
        told = {"refused": "hostile"}
    return sheet_of(path, copy, told, sheet)


def sheet_of(path: Path, copy: Path, told: Mapping[str, Any], sheet: str | None) -> Sheet:
    """Give the sheet that was copied. Raises InputError."""
    if told.get("refused") == "sheet":
        listed = Text(f"有：{'、'.join(told['names'])}。", f"There are: {', '.join(told['names'])}.")
        near = did_you_mean(sheet or "", told["names"])
        instead = Text(f"{near.zh}{listed.zh}", f"{near.en} {listed.en}") if near else listed
        raise unusable(path, Text(f"没有工作表“{sheet}”", f"has no sheet {sheet}"), instead)
    if "refused" in told:
        raise _refused(path, told["refused"])
    rows, columns, cells = told["rows"], told["columns"], told["cells"]
    if rows * columns > max(_LARGE, _SPARSE * cells):
        where = Text(
            f"表格之外很远的地方（第 {rows} 行、第 {columns} 列以内）还有内容",
            f"has something far from its table, as far as row {rows} or column {columns}",
        )
        instead = Text(
            "请删去多余的单元格，或把表格复制到新工作簿。", "Delete it, or copy the table to a new workbook."
        )
        raise unusable(path, where, instead)
    return Sheet(path, copy, told)


def _refused(path: Path, why: str) -> InputError:
    what, instead = _REFUSED[why]
    return unusable(path, what, instead)


def _read(copy: Path, start: int = 0) -> Iterator[tuple[int, Cells]]:
    """Give the rows of a copy, from a place in it on."""
    with copy.open("rb") as file:
        file.seek(start)
        while length := file.read(LENGTH):
            yield marshal.loads(file.read(int.from_bytes(length, "big")))  # noqa: S302 our own child wrote it


def _in_their_places(cells: Cells, width: int) -> list[str]:
    get = cells.get
    return [get(column, "") for column in range(width)]


def _notes(told: Mapping[str, Any]) -> Iterator[Text]:
    """Say which sheet was read, and what cannot be seen in it."""
    yield Text(f"工作表“{told['name']}”", f"sheet {told['name']}")
    if told["others"]:
        yield Text(f"未读的工作表：{'、'.join(told['others'])}", f"sheets not read: {', '.join(told['others'])}")
    if told["hidden"]:
        names = told["hidden"]
        yield Text(f"隐藏的工作表（未读）：{'、'.join(names)}", f"hidden sheets, not read: {', '.join(names)}")
    if count := told["hidden_rows"]:
        yield Text(f"{count} 行被隐藏（仍已读取）", f"{count} hidden rows (read all the same)")
    if count := told["hidden_columns"]:
        yield Text(f"{count} 列被隐藏（仍已读取）", f"{count} hidden columns (read all the same)")
    if printed := told.get("printed"):
        said = short("、".join(printed), 60)
        yield Text(f"页眉页脚写有“{said}”", f"says “{said}” above or below its printed pages")
    if count := told["remarks"]:
        yield Text(f"{count} 条批注（未读）", f"{count} comments (not read)")
    formulas = [one for begins, one in told["formulas"].items() if not is_no_firm_line(begins)]
    if formulas:
        count, first = sum(count for count, _ in formulas), formulas[0][1]
        yield Text(
            f"{count} 个公式没有计算结果（第一个在 {first} 格），这些格不能读取，其余照常；如是企业的数，"
            "请用 Excel 打开并保存后再比对",
            f"{count} formulas have no result, the first in cell {first}: these cells cannot be read, all others are; "
            "if they are of firms, "
            "open the file in Excel, save it and take that",
        )
