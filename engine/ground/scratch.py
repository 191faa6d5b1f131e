"""Scratch folders: hidden, gone when they are no longer needed, and swept by a later run if theirs was killed."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from time import time
from typing import BinaryIO
from uuid import uuid4

_PREFIX = ".champion-"
_RUN, _WORK = "run", "work"
_MARK = b"champion run on "
_FORGOTTEN = 7 * 24 * 3600.0  # seconds in which nothing moved, after which a run of another machine is not alive
_live: set[Path] = set()


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Give a hidden folder in the folder `beside`, gone afterwards; what killed runs left there goes first."""
    sweep(beside)
    folder = beside.absolute() / f"{_PREFIX}{uuid4().hex[:12]}"
    _live.add(folder)
    try:
        folder.mkdir(0o700)
        with (folder / _RUN).open("wb", buffering=0) as run:
            if _locked(run):
                run.write(_MARK + _machine())
            (folder / _WORK).mkdir()
            yield folder / _WORK
    finally:
        _remove(folder)
        _live.discard(folder)


def remove_all() -> None:
    """Remove every scratch folder of this process, which does not live on."""
    for folder in list(_live):
        _remove(folder)


def sweep(folder: Path) -> None:
    """Remove the scratch folders of runs that were killed: this user's, of runs that are certainly not alive."""
    with suppress(OSError):
        for found in list(folder.glob(f"{_PREFIX}*")):
            with suppress(OSError):
                _sweep_one(found)


def _sweep_one(folder: Path) -> None:
    """Remove a scratch folder unless its run may be alive.

    A run holds a lock on a file in its folder for as long as it lives, in whatever container. Locks may not be seen
    from another machine on a shared folder: what was made on one, or before this one was started, must be old as well.
    """
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.geteuid():
        return
    with open(os.open(folder / _RUN, os.O_RDWR | os.O_NOFOLLOW), "r+b", buffering=0) as run:  # noqa: PTH123 of a handle
        made_by = run.read(200)
        if not made_by.startswith(_MARK) or not _locked(run):
            return
        if made_by == _MARK + _machine() or time() - _last_moved(folder) > _FORGOTTEN:
            _remove(folder)


def _last_moved(folder: Path) -> float:
    return max(one.lstat().st_mtime for one in (folder, *folder.rglob("*")))


def _remove(folder: Path) -> None:
    """Remove a scratch folder, its mark last: what a kill leaves of it in the middle is swept later."""
    shutil.rmtree(folder / _WORK, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _locked(run: BinaryIO) -> bool:
    """Say whether the file could be locked for this process; it never can be where there are no locks."""
    try:
        import fcntl  # noqa: PLC0415 not on every system

        fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


@cache
def _machine() -> bytes:
    """Give what names this machine since it was started, the same in all of its containers."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_bytes().strip()
    except OSError:
        return platform.node().encode()
