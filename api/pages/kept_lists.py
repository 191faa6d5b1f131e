"""Lists that were uploaded, each in a private folder by an id that nobody guesses, for an hour after it was read in.

The folders of all workers are one, named in the environment when they are started; what a service that was killed left
is swept when the next starts.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import gettempdir
from time import time
from typing import Any

LISTS = "CHAMPION_LISTS"
HOUR = 3600.0
_MOST = 50
_PREFIX = "champion-lists-"
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class SentList:
    """What was sent with a list: its file, by which level or rulebook and as of which day it is judged, how it reads.

    `mapping` has the facts that columns were said to state.
    """

    file: str
    name: str
    as_of: str
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class KeptList:
    """The folder of a list: the file, what was sent with it, what came of it."""

    folder: Path

    @property
    def id(self) -> str:
        """What it is found by."""
        return self.folder.name

    @property
    def sent(self) -> SentList:
        """What was sent with it."""
        return SentList(**json.loads((self.folder / "sent.json").read_bytes()))

    @property
    def source(self) -> Path:
        """The file that was sent, in a folder of its own: it may be called as what comes of it is."""
        return self.place / self.sent.file

    @property
    def place(self) -> Path:
        """Where the file is kept."""
        return self.folder / "sent"

    def keep(self, sent: SentList) -> None:
        """Keep what was sent with it."""
        self.write("sent.json", json.dumps(asdict(sent)).encode())

    def write(self, name: str, content: bytes) -> None:
        """Have a file appear whole."""
        written = self.folder / f"{secrets.token_hex(8)}.part"
        written.write_bytes(content)
        written.replace(self.folder / name)

    def read(self, name: str) -> Any:  # noqa: ANN401 any JSON
        """Give what a file says; None if there is none."""
        with suppress(FileNotFoundError):
            return json.loads((self.folder / name).read_bytes())
        return None

    def remove(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class KeptLists:
    """The lists of a service: at most so many, and so many bytes; the oldest go first."""

    def __init__(self, most_bytes: int) -> None:
        """Take the folder that the environment names, or one of this process; it is made when it is needed."""
        self._bytes = most_bytes
        if told := os.environ.get(LISTS):
            self._root = Path(told)
        else:
            self._root = new_root()
            atexit.register(shutil.rmtree, self._root, ignore_errors=True)

    def new(self) -> KeptList:
        """Give an empty folder; what is too old or too much goes."""
        self.sweep()
        _spare(_kept_in(self._root), _MOST - 1, self._bytes)
        self._root.mkdir(0o700, exist_ok=True)
        made = KeptList(self._root / secrets.token_hex(16))
        made.folder.mkdir(0o700)
        made.place.mkdir()
        return made

    def found(self, name: str) -> KeptList | None:
        """Give the list of that id; None if there is none, or no longer."""
        folder = self._root / name
        if _ID.fullmatch(name) is None or _is_old(folder) or not (folder / "sent.json").is_file():
            return None
        return KeptList(folder)

    def sweep(self) -> None:
        """Remove what is older than an hour."""
        _sweep(self._root)


def new_root() -> Path:
    """Give the place of a folder for lists, which is not there yet; what those of services that are gone hold goes."""
    beside = Path(gettempdir())
    for root in beside.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if root.lstat().st_uid == os.geteuid() and not root.is_symlink():
                _sweep(root)
    return beside / f"{_PREFIX}{secrets.token_hex(16)}"


def _sweep(root: Path) -> None:
    for folder in _kept_in(root):
        if _is_old(folder):
            shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # it is not empty, or not there
        root.rmdir()


def _kept_in(root: Path) -> list[Path]:
    with suppress(OSError):
        return sorted((one for one in root.iterdir() if _ID.fullmatch(one.name)), key=_made)
    return []


def _spare(folders: list[Path], most: int, most_bytes: int) -> None:
    """Remove the oldest of what is more than that."""
    sizes = [sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) for folder in folders]
    while folders and (len(folders) > most or sum(sizes) > most_bytes):
        shutil.rmtree(folders.pop(0), ignore_errors=True)
        sizes.pop(0)


def _made(folder: Path) -> float:
    """Give when a list was last read in; long ago if it is gone."""
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


def _is_old(folder: Path) -> bool:
    return _made(folder) < time() - HOUR
