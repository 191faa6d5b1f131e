"""What a command prints of one firm, as a file: whole or not at all, as a person or a program opens it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Literal

from engine.command.console import FileText, print_written
from engine.ground.errors import InputError, Language, Problem, Text, did_you_mean, shown
from engine.ground.scratch import scratch
from engine.outputs.table_output import BOM, publish, refuse_overwriting, writing

_FORMS = {".txt": "text", ".json": "json"}
_OFFICE = (".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf", ".ppt", ".pptx", ".dps")
_SHEETS = (".xls", ".xlsx", ".xlsm", ".et", ".ods", ".csv", ".html", ".htm", ".png", ".jpg", ".zip")


SaidHow = Literal["typed", "set", "default"]
"""How a form was said: typed, by a variable, or not at all."""


def form_of(output: str, form: str, said: SaidHow, also: tuple[str, ...] = ()) -> str:
    """Give the form to print in: `form` if it is typed, else what the name of the file says, else `form` if it is set.

    Raises InputError if nothing says it, or if the name says that it is something else, such as a .docx.
    """
    suffix = Path(output).suffix.lower()
    if suffix in {*_OFFICE, *_SHEETS} or (said == "typed" and form != "json" and suffix not in {".txt", ""}):
        others = () if suffix in also else also  # it is written, but not in the form that is typed
        zh, en = "".join(f"、{one}" for one in others), "".join(f", {one}" for one in others)
        what = Text(f"这里只写文本、JSON{zh}，不写 {suffix} 文件", f"is to be a {suffix}; the forms are text, JSON{en}")
        instead = Text(
            f"请用 .txt、.json{zh}；.txt 用 Word、WPS 可以直接打开。",
            f"Use .txt, which Word opens as it is, .json{en}.",
        )
        raise InputError([Problem("output", what, instead, shown(output))])
    if said != "typed" and suffix in _FORMS:
        return _FORMS[suffix]
    if said != "default":
        return form
    what = Text("无法从文件名看出输出格式", "does not say what form the output has")
    instead = Text("请用 .txt 或 .json，或加 --format。", "Use .txt or .json, or --format.")
    raise InputError([Problem("output", what, did_you_mean(suffix, _FORMS) or instead, shown(output))])


@contextmanager
def printed_to(
    output: str, form: str, lang: Language, sources: Iterable[str], said: SaidHow, also: tuple[str, ...] = ()
) -> Iterator[str]:
    """Have what is printed within on standard output become the file `output`; give the form to print in.

    If nothing is printed, or it ends in an error, no file is written. Text in a .txt begins with the mark by which
    Windows knows UTF-8; `-` is printed as it is. Raises InputError if the file would fall on one of `sources` or cannot
    be written.
    """
    if output == "-":
        yield form
        return
    form = form_of(output, form, said, also)
    refuse_overwriting([Path(name) for name in sources if name != "-"], [Path(output)])
    kept = io.BytesIO()
    with FileText(kept, encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        with redirect_stdout(stream):
            yield form
        stream.flush()
        content = kept.getvalue()
    if not content:
        return
    mark = BOM.encode() if Path(output).suffix.lower() == ".txt" and form != "json" else b""
    write_whole(output, mark + content, lang)


def write_whole(
    output: str, content: bytes | Callable[[Path], object], lang: Language, sources: Iterable[str] = ()
) -> None:
    """Write bytes, or what a function writes, whole or not at all, and say so. Raises InputError if it cannot be."""
    refuse_overwriting([Path(name) for name in sources if name != "-"], [Path(output)])
    folder = Path(output).absolute().parent
    with writing(folder), scratch(folder) as aside:
        printed = aside / "printed"
        printed.write_bytes(content) if isinstance(content, bytes) else content(printed)
        publish([(printed, output)])
    print_written([output], lang)
