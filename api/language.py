"""The language of an answer, from the request's path, its parameter `lang` or its Accept-Language."""

from __future__ import annotations

from typing import Literal

from fastapi import Request

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def path_of(request: Request) -> str:
    """Give the path that is asked for, without that by which a proxy reaches the service."""
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))


def language_of(request: Request) -> Language:
    """Give the language the caller prefers among ours; Chinese where nothing is said.

    A page has that of its path. `?lang=` goes before Accept-Language, whose weights are honoured: `en;q=0.5, zh;q=0.9`
    is Chinese.
    """
    path, asked = path_of(request), request.query_params.get("lang")
    for one in LANGUAGES:
        if path.startswith(f"/{one}/"):
            return one
    for one in LANGUAGES:
        if asked == one:
            return one
    best: Language = "zh"
    highest = 0.0
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        primary = tag.strip().split("-")[0].lower()
        quality = quality_of(weight)
        if quality > highest and primary in {"zh", "en"}:
            best, highest = ("en" if primary == "en" else "zh"), quality
    return best


def quality_of(weight: str) -> float:
    """Give the q of `q=0.5`, 1 where there is none, 0 for what is no number."""
    name, _, number = weight.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(1.0, max(0.0, float(number))) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
