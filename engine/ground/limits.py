"""How much a caller takes on of a file that a stranger sends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from engine.ground.errors import Text, TooMuchError

_FILE = "file"


Item = TypeVar("Item")


@dataclass(frozen=True)
class Limits:
    """How many rows, columns and bytes of text a file may have: a small packed one may have any number."""

    rows: int
    text: int
    columns: int = 10_000

    def check(self, rows: int = 0, text: int = 0, columns: int = 0) -> None:
        """Raise TooMuchError if a file has more."""
        if columns > self.columns:
            raise TooMuchError(_FILE, Text(f"超过 {self.columns:,} 列", f"has more than {self.columns:,} columns"))
        if rows > self.rows:
            raise TooMuchError(_FILE, Text(f"超过 {self.rows:,} 行", f"has more than {self.rows:,} rows"))
        if text > self.text:
            most = f"{self.text / 1_000_000:g} MB"
            raise TooMuchError(_FILE, Text(f"解开后的文字超过 {most}", f"unpacks to more than {most} of text"))

    def counted(self, rows: Iterable[Item]) -> Iterator[Item]:
        """Pass on the rows of a file. Raises TooMuchError if there are more."""
        for count, row in enumerate(rows, 1):
            if count > self.rows:
                self.check(count)
            yield row
