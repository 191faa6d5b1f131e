"""Problems counted by column and kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from engine.ground.errors import Text
from engine.judging.problem_rows import RowProblem


class Tally:
    """Counts problems by column and kind, and the rows that have any, as they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self._counts: Counter[tuple[str, Text]] = Counter()
        self._first: dict[tuple[str, Text], int | None] = {}

    def add(self, column: str, what: Text, line: int | None, count: int = 1) -> None:
        """Count a problem, or several of a kind of which the first stands on that line."""
        key = (column, _kind(what))
        self._counts[key] += count
        first = self._first.setdefault(key, line)
        if first is not None and line is not None:  # of several editions each tells its own in order
            self._first[key] = min(first, line)

    def counted(self, problems: Iterable[RowProblem]) -> Iterator[RowProblem]:
        """Pass on the problems of one row."""
        self.rows += 1
        for one in problems:
            self.add(one.column, one.problem.what, one.line)
            yield one

    def kinds(self) -> list[tuple[str, Text, int, int | None]]:
        """Give column, kind, count and first line, the most frequent first."""
        return [(*key, count, self._first[key]) for key, count in self._counts.most_common()]


def _kind(what: Text) -> Text:
    """Give what is wrong without the figures of the one row."""
    return Text(_UNIT.sub("单位", what.zh.split("（")[0]), what.en.split(" (")[0].split(":")[0])


_UNIT = re.compile(r"^单位“.*”")
