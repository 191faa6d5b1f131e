"""The language of an answer, from the request's Accept-Language."""

from __future__ import annotations

from typing import Literal

from fastapi import Request

_DEFAULT: Literal["zh"] = "zh"


def language_of(request: Request) -> Literal["zh", "en"]:
    """Give the language the caller prefers among ours; Chinese where nothing is said.

    Weights are honoured: `en;q=0.5, zh;q=0.9` is Chinese.
    """
    best: Literal["zh", "en"] = _DEFAULT
    highest = 0.0
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        primary = tag.strip().split("-")[0].lower()
        quality = _quality(weight)
        if quality > highest and primary in {"zh", "en"}:
            best, highest = ("en" if primary == "en" else "zh"), quality
    return best


def _quality(weight: str) -> float:
    name, _, number = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(1.0, max(0.0, float(number))) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
