"""The body of a request for one firm: refused as soon as it is known to be too large, or if it does not arrive."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.requests import ClientDisconnect

from api.problems import Refusal
from engine import LARGEST_PROFILE, Problem, Text

_SLOWEST_BODY = 30.0


async def body_of(request: Request) -> bytes:
    """Give the body, refusing one that is too large as soon as that is known, or that does not arrive."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared[:20]) > LARGEST_PROFILE:
        raise _too_large()
    content = bytearray()
    try:
        async with asyncio.timeout(_SLOWEST_BODY):
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST_PROFILE:
                    raise _too_large()
    except ClientDisconnect as error:
        raise Refusal(400, [Problem("body", Text("连接已断开", "the connection was closed"))]) from error
    except TimeoutError as error:
        raise Refusal(408, [Problem("body", Text("内容没有及时到达", "did not arrive in time"))]) from error
    return bytes(content)


def _too_large() -> Refusal:
    what = Text(f"超过 {LARGEST_PROFILE:,} 字节", f"is larger than {LARGEST_PROFILE:,} bytes")
    instead = Text("一次只送一家企业的指标。", "Send the facts of one firm at a time.")
    return Refusal(413, [Problem("body", what, instead)], {"Connection": "close"})
