"""Where files are judged: a few at a time in threads of their own, the others wait a little or are sent away."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from fastapi import Request

from api.bounds import FIELD, Bounds
from api.problems import Refusal
from engine import EngineError, Problem, Stop, StoppedError, Text, TooMuchError

_GLANCE = 0.25
_FILES = Text("个文件", "files")
_Result = TypeVar("_Result")


class Desk:
    """The places of one worker."""

    def __init__(self, bounds: Bounds, what: Text = _FILES) -> None:
        self.bounds = bounds
        self._what = what
        self._turns = asyncio.Semaphore(bounds.screenings)
        self._pool = ThreadPoolExecutor(bounds.screenings, thread_name_prefix="screening")
        self._held = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place for a request with a file. Raises Refusal (503) if there is none."""
        if self._held >= self.bounds.held:
            raise self._busy()
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1

    async def turn(self) -> AbstractContextManager[object]:
        """Give a turn on the event loop as soon as one is free. Raises Refusal (503) if none is for a while."""
        try:
            async with asyncio.timeout(self.bounds.wait):
                await self._turns.acquire()
        except TimeoutError as error:
            raise self._busy() from error
        held = ExitStack()
        held.callback(self._turns.release)
        return held

    async def run(self, request: Request, folder: Path | None, work: Callable[[Stop], _Result]) -> _Result:
        """Give the result of `work`, which writes into `folder` if anywhere, done in a thread as soon as one is free.

        Raises Refusal (503) if none is for a while, TooMuchError if it takes too long or writes too much. Work whose
        caller has gone, or no longer waits, is stopped; it has ended when this returns or raises.
        """
        stop, loop = Stop(), asyncio.get_running_loop()
        job = self._pool.submit(_done, work, stop)
        result = asyncio.wrap_future(job)
        began, until = loop.time(), loop.time() + self.bounds.wait
        try:
            while not (await asyncio.wait({result}, timeout=_GLANCE))[0]:
                if await request.is_disconnected():
                    raise Refusal(400, [Problem("body", Text("连接已断开", "the connection was closed"))])
                if not job.running():
                    began = loop.time()
                    if began > until and job.cancel():
                        raise self._busy()
                elif loop.time() > began + self.bounds.seconds:
                    limit = self.bounds.seconds
                    raise TooMuchError(FIELD, Text(f"判定超过 {limit:g} 秒", f"takes longer than {limit:g} seconds"))
                elif folder and _size(folder) > self.bounds.written:
                    limit = self.bounds.written / 1_000_000
                    raise TooMuchError(FIELD, Text(f"结果超过 {limit:g} MB", f"makes an answer of over {limit:g} MB"))
            return result.result()
        except StoppedError as error:
            raise Refusal(400, [Problem("body", Text("连接已断开", "the connection was closed"))]) from error
        finally:
            if not job.cancel() and not job.done():
                stop.now()
                await asyncio.wait({result})
            if result.done() and not result.cancelled():
                result.exception()  # it may be that nobody wants it

    def _busy(self) -> Refusal:
        wait = max(1, round(self.bounds.wait))
        what = Text(
            f"正忙：同时只判 {self.bounds.screenings} {self._what.zh}",
            f"is busy: it judges {self.bounds.screenings} {self._what.en} at once",
        )
        instead = Text(f"请在 {wait} 秒后再送。", f"Send it again in {wait} seconds.")
        return Refusal(503, [Problem("service", what, instead)], {"Retry-After": str(wait), "Connection": "close"})


def _size(folder: Path) -> int:
    """Give how many bytes stand in a folder in which files come and go."""
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 quickly
    return size


def _done(work: Callable[[Stop], _Result], stop: Stop) -> _Result:
    """Give the result of `work`; a StopIteration of its own would never arrive at whoever awaits it."""
    try:
        return work(stop)
    except StopIteration as error:
        message = "a screening ended without a result"
        raise EngineError(message) from error
