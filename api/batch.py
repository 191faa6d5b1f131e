"""`POST /v1/assessments:batch`: profiles in, a line for each out, in their order, while they are decided.

The body is received whole before the first line is sent, because most clients read nothing before they have sent all.
Profiles are decided on the event loop, one a turn: requests of one firm are answered between any two.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from mmap import ACCESS_READ, mmap
from tempfile import TemporaryFile
from typing import IO, Any

from fastapi import FastAPI, Request, Response
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from api.bounds import Bounds
from api.desk import Desk
from api.examples import PROFILE
from api.language import language_of
from api.parameters import (
    AsOf,
    DetailAsked,
    LanguagesAsked,
    Level,
    RulebookId,
    WordsAsked,
    refuse_unknown_parameters,
    refuse_unknown_rules,
)
from api.pieces import Piece, Pieces, elements, is_array, lines
from api.problems import INTERNAL, Refusal, described, told_problems
from api.telling import Telling
from api.trial import NONE, PARAMETERS, TrialAsked
from api.upload import arriving
from engine import Catalog, InputError, Problem, Standing, Text, TooMuchError, assess, facts_asked, parse_json, to_json

_ARRAY = "application/json"
_LINES = "application/x-ndjson"
_AS_LINES = frozenset({_LINES, "application/ndjson", "application/jsonl", "application/x-jsonlines"})
_log = logging.getLogger("champion")
_ERRORS = described(
    {
        400: "The body is empty, or neither an array nor said to be lines",
        404: "There is no such rulebook or level",
        408: "The body did not arrive in time",
        413: "The body is too large: send it in parts",
        415: "The body is neither JSON nor lines of JSON",
        422: "A parameter has problems: all of them are listed",
        500: "Internal error: nothing was decided",
        503: "Too many batches at once: send it again after the seconds of Retry-After",
    }
)


@dataclass(frozen=True)
class _Asked:
    """By what each profile is decided, and how the verdicts are told."""

    rules: Catalog
    rulebook: str | None
    level: str | None
    as_of: date
    telling: Telling


def add_batch(app: FastAPI, rules: Catalog, bounds: Bounds) -> None:
    """Add the assessment of many profiles to the service."""
    desk = Desk(bounds, Text("批企业", "batches"))

    @app.post(
        "/v1/assessments:batch",
        operation_id="assess_batch",
        response_class=Response,
        responses={200: _answer_described(), **_ERRORS},
        openapi_extra={"requestBody": _body_described()},
        summary="Decide many firms",
        description=_described(bounds),
    )
    async def batch(  # noqa: PLR0913 as many as there are options
        request: Request,
        rulebook: RulebookId = None,
        level: Level = None,
        as_of: AsOf = None,
        detail: DetailAsked = "full",
        lang: LanguagesAsked = "both",
        *,
        words: WordsAsked = True,
        trial: TrialAsked = NONE,
    ) -> Response:
        refuse_unknown_parameters(request, {"rulebook", "level", "as_of", "detail", "lang", "words"}, PARAMETERS)
        refuse_unknown_rules(rules, rulebook, level)
        day = as_of or date.today()  # noqa: DTZ011 the caller's calendar day, the same for all
        facts_asked(rules, day, rulebook, level)  # refuses a choice that no profile could be decided by
        tried = trial.of(rules, rulebook, level, day)
        has_lines = _has_lines(request)
        with ExitStack() as held:
            held.enter_context(desk.place())
            file = held.enter_context(TemporaryFile())
            body = await _received(request, file, bounds)
            if not has_lines and not is_array(body):
                raise Refusal(400, [Problem("body", Text("不是数组", "is not an array"), _HOW)])
            pieces = lines(body) if has_lines else elements(body)
            held.enter_context(await desk.turn())
            asked = _Asked(tried, rulebook, level, day, Telling(detail, lang, words))
            return _Answers(request, pieces, asked, bounds, held.pop_all())


async def _received(request: Request, file: IO[bytes], bounds: Bounds) -> mmap:
    """Give the body, kept in `file`."""
    size = 0
    try:
        async for chunk in arriving(request, bounds):
            size += file.write(chunk)
    except TooMuchError as error:
        parts = Text("请分几次送。", "Send it in parts.")
        raise Refusal(413, [Problem("body", error.problems[0].what, parts)], {"Connection": "close"}) from error
    if not size:
        raise Refusal(400, [Problem("body", Text("是空的", "is empty"), _HOW)])
    file.flush()
    return mmap(file.fileno(), 0, access=ACCESS_READ)


class _Answers(Response):
    """A line for each profile, and a last one with the counts; what `held` holds is let go in the end."""

    def __init__(self, request: Request, pieces: Pieces, asked: _Asked, bounds: Bounds, held: ExitStack) -> None:
        lang = language_of(request)
        super().__init__(None, 200, {"Content-Language": lang, "Vary": "Accept-Language"}, _LINES)
        del self.headers["content-length"]
        self._request, self._pieces, self._asked, self._bounds, self._held = request, pieces, asked, bounds, held
        self._lang = lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        with self._held:
            try:
                async with asyncio.timeout(self._bounds.slowest):
                    await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
                    async for line in self._lines():
                        await send({"type": "http.response.body", "body": line, "more_body": True})
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            except (ClientDisconnect, OSError, TimeoutError):  # whoever asked has gone, or does not read
                return

    async def _lines(self) -> AsyncIterator[bytes]:
        """Give the lines, each in a turn of its own. Raises ClientDisconnect if nobody wants them."""
        count: Counter[str] = Counter()
        why: Problem | None = None
        until = asyncio.get_running_loop().time() + self._bounds.seconds
        for piece in self._pieces:
            if await self._request.is_disconnected():  # which lets others have their turn
                raise ClientDisconnect
            if asyncio.get_running_loop().time() > until:
                limit = self._bounds.seconds
                why = _rest(Text(f"判定超过 {limit:g} 秒", f"takes longer than {limit:g} seconds"), count.total())
            elif isinstance(piece, Piece) and count.total() >= self._bounds.rows:
                limit = self._bounds.rows
                why = _rest(Text(f"超过 {limit:,} 家", f"has more than {limit:,} profiles"), count.total())
            elif isinstance(piece, Problem):
                why = piece
            if why is not None:
                break
            if isinstance(piece, Piece):
                kind, line = self._line(count.total(), piece)
                count[kind] += 1
                yield line
        yield self._end(count, why)

    def _line(self, index: int, piece: Piece) -> tuple[str, bytes]:
        """Give the verdict on a profile, or its problems, and which of these it is."""
        asked = self._asked
        try:
            found = assess(parse_json(piece.content), asked.rulebook, asked.as_of, asked.rules, level=asked.level)
            return found.verdict.value, b'{"index":%d,"verdict":%b}\n' % (index, asked.telling(found))
        except InputError as error:
            problems = error.problems
        except Exception:  # noqa: BLE001 told to the operator; the others are decided all the same
            _log.exception("nothing was decided")
            problems = (Problem("service", INTERNAL),)
        line = {} if piece.line is None else {"line": piece.line}
        told = [one.model_dump() for one in told_problems(problems, self._lang)]
        return _REFUSED, to_json({"index": index, **line, "problems": told}) + b"\n"

    def _end(self, count: Counter[str], why: Problem | None) -> bytes:
        refused = count.pop(_REFUSED, 0)
        end = {
            "profiles": count.total() + refused,
            "verdicts": count.total(),
            "refused": refused,
            "by_verdict": {one.value: count[one.value] for one in Standing},
            "complete": why is None,
            "problem": None if why is None else told_problems([why], self._lang)[0].model_dump(),
        }
        return to_json({"end": end}) + b"\n"


_REFUSED = "refused"
_HOW = Text(
    "请用 Content-Type: application/json 送一个数组，或用 application/x-ndjson 每行送一个对象。",
    "Send an array with Content-Type: application/json, or an object a line with application/x-ndjson.",
)


def _rest(what: Text, index: int) -> Problem:
    """Give the problem of a body of which only the beginning was decided."""
    return Problem(
        "body",
        what,
        Text(f"请从第 {index} 个（从 0 数起）起另送一次。", f"Send the rest, from index {index}, by itself."),
    )


def _has_lines(request: Request) -> bool:
    """Say whether the body is lines, by its content type. Raises Refusal (415) if it is no JSON either."""
    media = request.headers.get("content-type", _ARRAY).split(";")[0].strip().lower()
    if media not in {_ARRAY, *_AS_LINES}:
        raise Refusal(415, [Problem("content-type", Text("不是 JSON", "is not JSON"), _HOW, media[:80])])
    return media != _ARRAY


def _described(bounds: Bounds) -> str:
    return (
        f"Give the verdict on each of up to {bounds.rows:,} profiles, sent as a JSON array or, with "
        f"`Content-Type: {_LINES}`, an object a line; {bounds.megabytes} at most.\n\n"
        "The answer has a line of JSON for each profile, in their order, sent as soon as it is decided: "
        '`{"index": 0, "verdict": {…}}`, the verdict as `/v1/assessments` gives it, or `{"index": 0, "problems": […]}` '
        "(with the number of its `line`, if lines were sent). A profile with problems keeps no other from being "
        "decided. The last line is always `"
        '{"end": {"profiles", "verdicts", "refused", "by_verdict", "complete", "problem"}}`'
        "; without it the answer was cut. `complete` is false, with the `problem`, if the array does not end or lacks "
        f"a comma, or if what was sent has more profiles or takes longer than {bounds.seconds:g} seconds: send the "
        "rest, from index "
        f"`profiles`, by itself.\n\n{bounds.screenings} batches are decided at once; others wait up to "
        f"{bounds.wait:g} seconds, then the answer is 503 with `Retry-After`."
    )


def _body_described() -> dict[str, Any]:
    array = {"type": "array", "items": {"$ref": "#/components/schemas/Profile"}}
    several = [PROFILE, {"firm_id": "91330000MADE00001Y", "global_market_share_pct": "12.4%"}]
    as_lines = b"".join(to_json(one) + b"\n" for one in several).decode()
    content = {
        _ARRAY: {"schema": array, "examples": {"two-firms": {"value": several}}},
        _LINES: {"schema": {"type": "string"}, "examples": {"two-firms": {"value": as_lines}}},
    }
    return {"required": True, "content": content}


def _answer_described() -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    return {"description": "A line for each profile, and the end", "content": {_LINES: text}}
