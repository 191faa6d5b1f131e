"""What stands beside verdicts in a workbook: pages and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.ground.errors import Text
from engine.ground.page import Line as Line  # noqa: PLC0414 for the other modules
from engine.judging.problem_rows import RowProblem

Lines = Iterable[Line]
DETAILS = Text("汇总明细", "Details")
"""The sheet of a workbook that has in full what the page for whoever decides has in short."""

CARRY = Text(
    "未比对企业的联系人、电话等（名单里没有读取的列）没有带入；比对时加 --carry 就写在企业名称旁。",
    "Whom to call about firms that are not judged (columns that are not read) is left out; --carry "
    "puts it beside their names.",
)
"""What is to be known of firms that are not judged, where the caller's own columns did not come along."""


@dataclass(frozen=True)
class Beside:
    """What a workbook has beside the verdicts.

    `pages`: that for whoever decides, and the details. `rejected`: what is to be mended. `noted`: what is noted of rows
    beside their own notes.
    """

    pages: Iterable[Lines] = ()
    rejected: Iterable[RowProblem] = ()
    noted: Iterable[RowProblem] = ()
