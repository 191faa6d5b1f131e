"""A lock that a forked child finds open, whatever thread of its parent held it: that thread is not in the child."""

from __future__ import annotations

import os
import threading
import weakref
from typing import Self


class ForkedLock:
    """A lock that its holder may take again."""

    def __init__(self) -> None:
        """Be open."""
        self._lock = threading.RLock()
        _LOCKS.add(self)

    def __enter__(self) -> Self:
        """Wait until no other thread holds it."""
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Open it."""
        self._lock.release()

    def renew(self) -> None:
        """Be open, unless the thread that forked holds it: that is in the child too."""
        if not self._lock._is_owned():  # type: ignore[attr-defined]  # noqa: SLF001 there is no other way to ask
            self._lock = threading.RLock()


_LOCKS: weakref.WeakSet[ForkedLock] = weakref.WeakSet()


def _renew_all() -> None:
    for lock in list(_LOCKS):
        lock.renew()


os.register_at_fork(after_in_child=_renew_all)
