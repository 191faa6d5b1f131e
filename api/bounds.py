"""How much the service takes on: the size of a file, how many at once, how long it waits."""

from __future__ import annotations

import os
from dataclasses import dataclass

FIELD = "file"
UPLOAD_LIMIT = "CHAMPION_UPLOAD_LIMIT"
SCREENINGS = "CHAMPION_SCREENINGS"
CONNECTIONS = "CHAMPION_CONNECTIONS"
ROWS = "CHAMPION_ROWS"
WRITTEN = "CHAMPION_WRITTEN"
SECONDS = "CHAMPION_SECONDS"


@dataclass(frozen=True)
class Bounds:
    """Bounds of one worker; `upload`, `unpacked` and `written` are in bytes, times are in seconds.

    A batch of profiles has those of a file: `upload`, `rows` profiles, `seconds`, and as many at once.
    """

    upload: int = 20_000_000
    screenings: int = 2
    connections: int = 500
    rows: int = 200_000
    written: int = 1_000_000_000
    seconds: float = 120.0
    wait: float = 10.0
    idle: float = 30.0
    slowest: float = 600.0

    @property
    def held(self) -> int:
        """How many requests may have a file here at once: being received, judged or sent back."""
        return 8 * self.screenings

    @property
    def unpacked(self) -> int:
        """How much text a file may hold: a Parquet file of some kilobytes can hold any amount."""
        return 5 * self.upload

    @property
    def megabytes(self) -> str:
        """The size of a file in words."""
        return f"{self.upload / 1_000_000:g} MB"

    @classmethod
    def configured(cls) -> Bounds:
        """Give the bounds that the environment sets, else the usual ones."""

        def set_by(variable: str, usual: float, unit: float = 1) -> float:
            return float(told) * unit if (told := os.environ.get(variable)) else usual

        return cls(
            upload=round(set_by(UPLOAD_LIMIT, cls.upload, 1e6)),
            screenings=int(set_by(SCREENINGS, cls.screenings)),
            connections=int(set_by(CONNECTIONS, cls.connections)),
            rows=int(set_by(ROWS, cls.rows)),
            written=round(set_by(WRITTEN, cls.written, 1e6)),
            seconds=set_by(SECONDS, cls.seconds),
        )
