"""How a run is ended from outside: by SIGTERM or Ctrl-C, within two seconds whatever it is doing, leaving nothing."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from types import FrameType

from engine.ground.scratch import remove_all

_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
_GRACE = 1.0  # seconds in which the run may end by itself


class Ending:
    """Whether the run was told to end; `code` is then its exit code."""

    code: int | None = None

    def __call__(self, number: int, _: FrameType | None) -> None:
        """Interrupt the run, once: a second signal would disturb its cleaning up."""
        if self.code is None:
            self.code = _CODES[signal.Signals(number)]
            raise KeyboardInterrupt


@contextmanager
def ended_by_signals() -> Iterator[Ending]:
    """Let SIGTERM and Ctrl-C interrupt the run within; one that goes on all the same is cleaned up after and left.

    Python's own handlers wait until the interpreter has its turn, which a database that is planning may never give
    back. That a signal came is therefore also told to a thread, which waits a little and ends the process.
    """
    ending = Ending()
    ours, told = socket.socketpair()
    told.settimeout(0)
    before = {one: signal.getsignal(one) for one in _CODES}
    heeded = [one for one, handler in before.items() if handler is not signal.SIG_IGN]  # as `nohup` has it
    wakeup = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    for one in heeded:
        signal.signal(one, ending)
    Thread(target=_watch, args=(ours,), name="ending", daemon=True).start()
    try:
        yield ending
    finally:
        if ending.code is None:  # else what is left of the process may still hang, and is watched to its end
            signal.set_wakeup_fd(wakeup)
            for one in heeded:
                signal.signal(one, before[one])
            told.close()


def _watch(told: socket.socket) -> None:
    """End the process some time after a signal came."""
    while number := told.recv(1):
        if number[0] in _CODES:
            time.sleep(_GRACE)
            remove_all()
            os._exit(_CODES[signal.Signals(number[0])])
    told.close()
