"""An answer that whoever asks may keep, and ask whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request, Response


def kept(request: Request, content: bytes, media: str, headers: Mapping[str, str] | None = None) -> Response:
    """Give the content with its ETag, or that it is what the caller already has."""
    tag = f'W/"{sha256(content).hexdigest()[:32]}"'  # weak: the same also when it is compressed
    told = {"ETag": tag, **(headers or {})}
    asked = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if "*" in asked or tag in asked or tag.removeprefix("W/") in asked:
        return Response(None, 304, told)
    return Response(content, 200, told, media)
