"""A file sent to the service, from the request to the disk: never whole in memory, its size seen while it arrives."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from time import monotonic

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from api.bounds import FIELD, Bounds
from api.problems import Refusal
from engine import Problem, Text, TooMuchError

_AROUND = 65_536  # what a form has beside its file
_SLOWEST = 10_000  # bytes a second at which a file must arrive, after a while
_CLOSE = {"Connection": "close"}
_SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".pq", ".jsonl", ".ndjson")
_NAME = 60  # characters of it
_KINDS = {
    "text/csv": ".csv",
    "text/plain": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.apache.parquet": ".parquet",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
}


class _Form(MultiPartParser):
    """A form that knows whether its end has arrived."""

    ended = False

    def on_end(self) -> None:
        self.ended = True

    def close_files(self) -> None:
        """Close the files, those too whose end did not arrive."""
        for file in self._files_to_close_on_error:
            file.close()


async def received(request: Request, folder: Path, bounds: Bounds, more: Sequence[str] = ()) -> Path:
    """Give the one file of the request, kept in `folder` by a harmless name. Raises Refusal, TooMuchError.

    It is a list of firms, or ends as one of `more`.
    """
    return (await received_both(request, folder, bounds, None, more))[0]


async def received_both(
    request: Request, folder: Path, bounds: Bounds, second: str | None, more: Sequence[str] = ()
) -> tuple[Path, Path | None]:
    """Give the file of the request and, if it has one, that of the field `second`. Raises Refusal, TooMuchError."""
    form = await _received(request, bounds)
    try:
        files = _files(form, bounds, (FIELD,) if second is None else (FIELD, second))
        beside = folder / "second"
        beside.mkdir()
        kept = [await _kept(*one, place, more) for one, place in zip(files, (folder, beside), strict=False)]
        return kept[0], kept[1] if len(kept) > 1 else None
    finally:
        await form.close()


async def received_with(
    request: Request, folder: Path, bounds: Bounds, texts: Sequence[str]
) -> tuple[Path, dict[str, str]]:
    """Give the one file of the request and what stands in the fields `texts` beside it. Raises as `received` does."""
    form = await _received(request, bounds)
    try:
        [file] = _files(form, bounds, (FIELD,), texts)
        said = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        return await _kept(*file, folder, ()), said
    finally:
        await form.close()


async def _received(request: Request, bounds: Bounds) -> FormData:
    _refuse_other_media(request)
    try:
        return await _form(request, bounds)
    except MultiPartException as error:
        raise _broken(Text("不是完整的表单", "is not a whole form"), error.message) from error


async def _form(request: Request, bounds: Bounds) -> FormData:
    parser = _Form(request.headers, arriving(request, bounds), max_files=2, max_fields=8, max_part_size=8_192)
    form = await parser.parse()
    if not parser.ended:
        parser.close_files()
        message = "The last boundary did not arrive."
        raise MultiPartException(message)
    return form


async def arriving(request: Request, bounds: Bounds) -> AsyncGenerator[bytes, None]:
    """Give the body as it arrives. Raises TooMuchError as soon as it is known to be too large, Refusal if it stops."""
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared[:20]) > bounds.upload + _AROUND:
        raise _too_large(bounds)
    size, stream, began = 0, request.stream().__aiter__(), monotonic()
    while True:
        try:
            async with asyncio.timeout(bounds.idle):
                chunk = await anext(stream, None)
        except ClientDisconnect as error:
            raise Refusal(400, [Problem("body", Text("连接已断开", "the connection was closed"))]) from error
        except TimeoutError as error:
            raise _too_slow() from error
        if chunk is None:
            return
        size, took = size + len(chunk), monotonic() - began
        if size > bounds.upload + _AROUND:
            raise _too_large(bounds)
        if took > bounds.slowest or size < (took - bounds.idle) * _SLOWEST:
            raise _too_slow()
        yield chunk


def _too_slow() -> Refusal:
    return Refusal(408, [Problem("body", Text("内容没有及时到达", "did not arrive in time"))], _CLOSE)


def _files(
    form: FormData, bounds: Bounds, known: Sequence[str], texts: Sequence[str] = ()
) -> list[tuple[str, UploadFile]]:
    """Give the file of each field that is there, beside its name; the first must be."""
    items = form.multi_items()
    files = [(name, value) for name, value in items if name in known and isinstance(value, UploadFile)]
    others = [(name, value) for name, value in items if name not in texts or not isinstance(value, str)]
    strange = [name for name, value in others if name not in known or not isinstance(value, UploadFile)]
    problems = [_stranger(name, known) for name in dict.fromkeys(strange)]
    names = [name for name, _ in files]
    if twice := [name for name in known if names.count(name) > 1]:
        instead = Text("请一次送一个文件。", "Send one at a time.")
        problems += [Problem(name, Text("有两个文件", "stands twice"), instead) for name in twice]
    elif FIELD not in names and FIELD not in strange:
        problems.append(Problem(FIELD, Text("没有文件", "is missing"), _how()))
    empty = [] if problems else [(name, one) for name, one in files if not one.size]
    problems += [Problem(name, Text("是空的", "is empty"), _how(), (one.filename or "")[:80]) for name, one in empty]
    if problems:
        raise Refusal(422, problems)
    if large := next((name for name, one in files if (one.size or 0) > bounds.upload), None):
        raise _too_large(bounds, large)
    return sorted(files, key=lambda one: known.index(one[0]))


def _stranger(name: str, known: Sequence[str]) -> Problem:
    if name in known:
        return Problem(name, Text("不是文件：没有文件名", "is no file: it has no file name"), _how())
    instead = Text(
        f"表单里只放 {'、'.join(known)}；选项写在网址里，如 ?rulebook=…",
        f"Send {' and '.join(known)} only; options go into the URL: ?rulebook=…",
    )
    return Problem(name[:80], Text("是未知的表单项", "is an unknown field of the form"), instead)


def _how() -> Text:
    return Text("如 curl -F file=@candidates.csv", "Such as curl -F file=@candidates.csv")


async def _kept(field: str, file: UploadFile, folder: Path, more: Sequence[str]) -> Path:
    name = file.filename or ""
    suffix = Path(name.replace("\0", "")).suffix.lower()
    kind = (file.content_type or "").split(";")[0].strip().lower()
    suffix = suffix if suffix in (*_SUFFIXES, *more) else "" if suffix else _KINDS.get(kind, "")
    if not suffix:
        what = Text("不是可以读取的文件类型", "is of a kind that cannot be read")
        instead = Text("请送 .csv、.xlsx、.parquet 或 .jsonl。", "Send a .csv, .xlsx, .parquet or .jsonl.")
        raise Refusal(415, [Problem(field, what, instead, name[:80])])
    stem = re.sub(r"[^\w（）()-]+", "_", Path(name).stem)[-_NAME:].strip("_")
    kept = folder / f"{stem or FIELD}{suffix}"

    def keep() -> None:
        with kept.open("wb") as target:
            shutil.copyfileobj(file.file, target, 1 << 20)

    await run_in_threadpool(keep)
    return kept


def _refuse_other_media(request: Request) -> None:
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media != "multipart/form-data":
        raise Refusal(
            415, [Problem("content-type", Text("不是表单", "is not multipart/form-data"), _how(), media[:80])]
        )


def _broken(what: Text, message: str) -> Refusal:
    return Refusal(400, [Problem("body", Text(f"{what.zh}（{message}）", f"{what.en} ({message})"), _how())], _CLOSE)


def _too_large(bounds: Bounds, field: str = FIELD) -> TooMuchError:
    limit = bounds.megabytes
    return TooMuchError(field, Text(f"超过 {limit}", f"is larger than {limit}"))
