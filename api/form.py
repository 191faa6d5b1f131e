"""The form of an answer to a file, from the request's Accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from fastapi import Request

from api.language import quality_of
from api.problems import Refusal
from engine import Problem, Text

Form = Literal["jsonl", "zip", "xlsx", "csv", "json", "parquet"]
FORMS: Mapping[Form, str] = {
    "jsonl": "application/jsonl",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
FORMS_OF_VERDICTS: Sequence[Form] = ("jsonl", "zip", "xlsx", "csv")
"""The forms of the verdicts on a file."""
_ALSO = {"application/x-ndjson": "application/jsonl", "application/x-jsonlines": "application/jsonl"}


def form_of(request: Request, among: Sequence[Form] = FORMS_OF_VERDICTS) -> Form:
    """Give the form that the caller likes best, the first where nothing is said. Raises Refusal (406).

    What is named beats what only `*/*` allows: `text/csv, */*` is CSV.
    """
    accept = ",".join(request.headers.getlist("accept")) or "*/*"
    asked = [part.partition(";") for part in accept.lower().split(",")[:40]]
    ranges = {_ALSO.get(name.strip(), name.strip()): _quality(weight) for name, _, weight in asked}
    best = max(among, key=lambda form: _liking(FORMS[form], ranges))
    if _liking(FORMS[best], ranges)[0] > 0:
        return best
    media = [FORMS[form] for form in among]
    listed = Text(f"可用：{'、'.join(media)}。", f"Ask for one of {', '.join(media)}.")
    raise Refusal(406, [Problem("accept", Text("没有这种格式", "names no form there is"), listed, accept[:80])])


def _liking(media: str, ranges: Mapping[str, float]) -> tuple[float, int]:
    """Give how much a media type is liked, and how narrowly it was named."""
    for place, name in enumerate((media, f"{media.partition('/')[0]}/*", "*/*")):
        if name in ranges:
            return ranges[name], -place
    return 0.0, 0


def _quality(parameters: str) -> float:
    weight = next((part for part in parameters.split(";") if part.strip().startswith("q=")), "")
    return quality_of(weight)
