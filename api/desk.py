"""Where files are judged: a few at a time in threads of their own, the others wait a little or are sent away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from fastapi import Request

from api.bounds import Bounds
from api.problems import Refusal
from engine import Problem, Stop, StoppedError, Text

_GLANCE = 0.25
_Result = TypeVar("_Result")


class Desk:
    """The places of one worker."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
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

    async def run(self, request: Request, work: Callable[[Stop], _Result]) -> _Result:
        """Give the result of `work`, done in a thread as soon as one is free.

        Raises Refusal (503) if none is for a while. Work whose caller has gone, or no longer waits, is stopped; it has
        ended when this returns or raises.
        """
        stop, loop = Stop(), asyncio.get_running_loop()
        job = self._pool.submit(work, stop)
        result = asyncio.wrap_future(job)
        until = loop.time() + self.bounds.wait
        try:
            while not (await asyncio.wait({result}, timeout=_GLANCE))[0]:
                if await request.is_disconnected():
                    raise Refusal(400, [Problem("body", Text("连接已断开", "the connection was closed"))])
                if loop.time() > until and job.cancel():
                    raise self._busy()
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
            f"正忙：同时只判 {self.bounds.screenings} 个文件",
            f"is busy: it judges {self.bounds.screenings} files at once",
        )
        instead = Text(f"请在 {wait} 秒后再送。", f"Send it again in {wait} seconds.")
        return Refusal(503, [Problem("service", what, instead)], {"Retry-After": str(wait), "Connection": "close"})
