"""HTTP as uvicorn speaks it with httptools, with bounds: no client can keep a connection, or fill memory, for nothing.

A head must be whole within seconds and some kilobytes; a connection on which nothing is asked is closed after a while,
sooner if there are too many; an answer that is given before the whole request has arrived is not lost, because the rest
of the request is read, within bounds, before the connection is closed.
"""

from __future__ import annotations

import asyncio
import re
from functools import cache
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from api.bounds import Bounds
from api.problems import KINDS, MEDIA_TYPE, ProblemDetails
from engine import Text, to_json

_HEAD = 65_536  # bytes of a head, and of what else is no content: trailers, extensions of chunks
_HEAD_SECONDS = 10.0
_REST = 100_000_000  # bytes of a request that are read after it was answered
_REST_SECONDS = 20.0
_UNREAD_SECONDS = 60.0  # in which a client reads nothing of its answer
_PIPELINED = 32
_NO_ASCII = re.compile(rb"[\x80-\xff]")
_bounds = cache(Bounds.configured)
_TOO_SLOW = Text("请求头没有及时到达", "The head of the request did not arrive in time")
_TOO_MANY = Text("连接过多，请稍后再试", "Too many connections: try again later")


class _Lingering:
    """A transport that is closed only when the rest of the request has been read, within bounds."""

    def __init__(self, transport: asyncio.Transport, protocol: BoundedHttp) -> None:
        self._transport, self._protocol = transport, protocol
        self.write, self.abort, self.get_extra_info = transport.write, transport.abort, transport.get_extra_info
        self.pause_reading, self.resume_reading = transport.pause_reading, transport.resume_reading

    def is_closing(self) -> bool:
        """Say whether nothing more will be written."""
        return self._protocol.rest is not None or self._transport.is_closing()

    def close(self) -> None:
        """Close it, at once if the request has been read; whoever does not read the answer is left after a while."""
        cycle = self._protocol.cycle
        self.end(at_once=cycle is None or not cycle.more_body)

    def end(self, *, at_once: bool) -> None:
        """Write nothing more, and read what may still come unless it is to be closed at once."""
        if self.is_closing():
            return
        self._protocol.end_at(_REST_SECONDS)
        if at_once:
            self._transport.close()
            return
        self._protocol.rest = 0
        self._protocol.flow.resume_reading()
        if self._transport.can_write_eof():
            self._transport.write_eof()


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    _waiting: ClassVar[dict[BoundedHttp, None]] = {}  # those that wait for their clients, the longest silent first
    _end: asyncio.TimerHandle | None = None
    _no_content = 0  # bytes since the last that were content
    _keeps = False
    _is_first_line = True
    rest: int | None = None  # bytes of the request that were read after it was answered

    # --- the connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, in the place of the connection that has waited longest if there are too many."""
        self._lingering = _Lingering(transport, self)
        super().connection_made(self._lingering)  # type: ignore[arg-type]
        if len(self.connections) > _bounds().connections:
            if not self._waiting:
                self._refuse(503, _TOO_MANY)
                return
            longest = next(iter(self._waiting))
            del self._waiting[longest]
            longest.transport.abort()
        self._waiting[self] = None
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._waiting.pop(self, None)
        self._keep_open()
        super().connection_lost(exc)

    def end_at(self, seconds: float) -> None:
        """Cut the connection after some seconds, whatever state it is in."""
        self._waiting[self] = None
        self._keep_open()
        self._end = self.loop.call_later(seconds, self.transport.abort)

    def _keep_open(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None

    def _wait(self) -> None:
        """Wait for the head of a request, not for ever."""
        self._keep_open()
        self._end = self.loop.call_later(_HEAD_SECONDS, self._give_up)

    def _give_up(self) -> None:
        """Close a connection on which no head has arrived; a client that has begun one is told."""
        if self._no_content:
            self._refuse(408, _TOO_SLOW)
        else:
            self.transport.close()

    # --- what arrives

    def data_received(self, data: bytes) -> None:
        """Take what has arrived; what arrives after the answer is dropped."""
        if self.rest is not None:
            self.rest += len(data)
            if self.rest > _REST:
                self.transport.abort()
            return
        self._no_content += len(data)
        self._waiting.pop(self, None)
        self._waiting[self] = None
        super().data_received(self._in_ascii(data) if self._is_first_line else data)
        if self._no_content > _HEAD:
            self._refuse(431, KINDS[431][1])
        elif (
            self._end is None and not self.timeout_keep_alive_task and (not self.cycle or self.cycle.response_complete)
        ):
            self._wait()  # for the rest of a head

    def _in_ascii(self, data: bytes) -> bytes:
        """Give the first line of a request, which is not over yet, with the letters quoted that a URL cannot have."""
        line, end, rest = data.partition(b"\n")
        self._is_first_line = not end
        return data if line.isascii() else _NO_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest

    def on_headers_complete(self) -> None:
        """Let the request be answered; until it has arrived whole, its answer says that the connection is closed."""
        self._no_content = 0
        if not self.flow.write_paused:
            self._keep_open()
        if len(self.pipeline) >= _PIPELINED:
            message = "too many requests before an answer"
            raise ValueError(message)
        super().on_headers_complete()
        self._keeps = self.cycle.keep_alive
        self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """Take some content."""
        self._no_content = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Keep the connection, if that has not been denied yet."""
        self._is_first_line = True
        self._no_content = 0
        self._waiting.pop(self, None)
        super().on_message_complete()
        if not self.cycle.response_started:
            self.cycle.keep_alive = self._keeps

    def shutdown(self) -> None:
        """Close it as soon as the request has been answered."""
        self._keeps = False
        super().shutdown()

    # --- what is answered

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self._waiting[self] = None

    def pause_writing(self) -> None:
        """Wait for the client to read, not for ever."""
        super().pause_writing()
        if not self.transport.is_closing():
            self.end_at(_UNREAD_SECONDS)

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        super().resume_writing()
        if not self.transport.is_closing():
            self._keep_open()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP."""
        self._refuse(400, Text("不是 HTTP 请求", msg))

    def _refuse(self, status: int, what: Text) -> None:
        """Answer without the application, unless it is answering, and close the connection."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if cycle.response_started:
                self.transport.abort()
                return
            cycle.disconnected = True
            cycle.message_event.set()
        if not self.transport.is_closing():
            self.transport.write(_refusal(status, what))
            self._lingering.end(at_once=False)


@cache
def _refusal(status: int, what: Text) -> bytes:
    says = f"{what.zh} / {what.en}"
    content = to_json(ProblemDetails(code=KINDS[status][0], title=says, status=status, detail=says).model_dump())
    head = [f"content-type: {MEDIA_TYPE}", f"content-length: {len(content)}", "connection: close"]
    return STATUS_LINE[status] + "\r\n".join([*head, "", ""]).encode() + content
