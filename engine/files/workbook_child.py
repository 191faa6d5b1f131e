"""A process of its own that copies one sheet of a stranger's workbook, as shown, into a file of rows.

A workbook may take far more room and time than it is large: here both are bounded, and what dies is not the service.
`python -m engine.files.workbook_child WORKBOOK KIND COPY [SHEET]` tells what it found as one JSON object on
standard output.
"""

from __future__ import annotations

import errno
import json
import marshal
import sys
import zipfile
from collections import deque
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any
from xml.parsers import expat

from engine.files.workbook_rows import Cells, HostileError, Sheets

LENGTH = 4  # bytes before each row that say how long it is
_LAST_ROWS = 30
_MEGABYTE = 1_000_000


def copy_sheet(path: Path, kind: str, copy: Path, sheet: str | None) -> dict[str, Any]:
    """Copy a sheet, the first that can be seen if none is named; give what is told of it, or why it is not."""
    try:
        with closing(_opened(path, kind)) as book:
            return _copied(book, copy, sheet)
    except (HostileError, MemoryError):
        return {"refused": "hostile"}
    except PermissionError:
        return {"refused": "password"}
    except OSError as error:
        return {"refused": {errno.EFBIG: "hostile", errno.ENOSPC: "full"}.get(error.errno or 0, "damaged")}
    except (ValueError, KeyError, IndexError, zipfile.BadZipFile, expat.ExpatError):
        return {"refused": "damaged"}
    except Exception as error:  # noqa: BLE001 whatever a broken part leads to in zlib or xlrd
        return {"refused": "damaged", "error": repr(error)}


def _copied(book: Sheets, copy: Path, sheet: str | None) -> dict[str, Any]:
    visible = [name for name, is_hidden in book.names if not is_hidden]
    hidden = [name for name, is_hidden in book.names if is_hidden]
    if not book.names:
        return {"refused": "damaged"}
    name = sheet if sheet is not None else (visible or hidden)[0]
    if name not in visible + hidden:
        return {"refused": "sheet", "names": visible + hidden}
    ends: deque[int] = deque([0], maxlen=_LAST_ROWS + 1)
    farthest, cells_in = (0, 0), 0
    with copy.open("wb") as file:

        def sink(number: int, cells: Cells) -> None:
            nonlocal farthest, cells_in
            if number <= farthest[0]:
                message = f"row {number} after row {farthest[0]}"
                raise ValueError(message)
            row = marshal.dumps((number, cells))
            ends.append(ends[-1] + file.write(len(row).to_bytes(LENGTH, "big")) + file.write(row))
            farthest = number, max(farthest[1], *cells)
            cells_in += len(cells)

        told = book.read(name, sink)
    others = {"others": [one for one in visible if one != name], "hidden": [one for one in hidden if one != name]}
    place = {"rows": farthest[0], "columns": farthest[1] + 1, "cells": cells_in, "tail": ends[0]}
    return {"name": name, **others, **place, **asdict(told)}


def _opened(path: Path, kind: str) -> Sheets:
    if kind == "xls":
        from engine.files.xls_cells import OldSheets  # noqa: PLC0415 most workbooks are not

        return OldSheets(path)
    if kind == "ods":
        from engine.files.ods_cells import OpenSheets  # noqa: PLC0415

        return OpenSheets(path)
    from engine.files.xlsx_cells import NewSheets  # noqa: PLC0415

    return NewSheets(path)


def bound(size: int) -> None:
    """Bound the memory, the time and the room on disk of this process by the size of the file."""
    try:
        import resource  # noqa: PLC0415 not everywhere
    except ImportError:
        return
    megabytes = size // _MEGABYTE + 1
    for what, limit in (
        (resource.RLIMIT_AS, max(512, 25 * megabytes) * _MEGABYTE),
        (resource.RLIMIT_CPU, 30 + 4 * megabytes),
        (resource.RLIMIT_FSIZE, (256 + 60 * megabytes) * _MEGABYTE),
    ):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or limit < hard:
            resource.setrlimit(what, (limit, hard))


def main() -> None:
    """Copy the sheet that the arguments name."""
    path, kind, copy, *sheet = sys.argv[1:]
    bound(Path(path).stat().st_size)
    found = copy_sheet(Path(path), kind, Path(copy), sheet[0] if sheet else None)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
