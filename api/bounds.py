"""How much the service takes on: the size of a file, how many at once, how long it waits."""

from __future__ import annotations

import os
from dataclasses import dataclass

UPLOAD_LIMIT = "CHAMPION_UPLOAD_LIMIT"
SCREENINGS = "CHAMPION_SCREENINGS"


@dataclass(frozen=True)
class Bounds:
    """Bounds of one worker; `upload` is in bytes, times are in seconds."""

    upload: int = 20_000_000
    screenings: int = 2
    wait: float = 10.0
    idle: float = 30.0
    slowest: float = 600.0

    @property
    def held(self) -> int:
        """How many requests may have a file here at once: being received, judged or sent back."""
        return 8 * self.screenings

    @property
    def megabytes(self) -> str:
        """The size of a file in words."""
        return f"{self.upload / 1_000_000:g} MB"

    @classmethod
    def configured(cls) -> Bounds:
        """Give the bounds that the environment sets, else the usual ones."""
        upload, screenings = os.environ.get(UPLOAD_LIMIT), os.environ.get(SCREENINGS)
        return cls(
            upload=round(float(upload) * 1_000_000) if upload else cls.upload,
            screenings=int(screenings) if screenings else cls.screenings,
        )
