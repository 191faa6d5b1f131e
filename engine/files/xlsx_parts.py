"""What stands around the cells of an .xlsx: its sheets, its texts, its number formats. Nothing of Champion is needed.

The parts are read as a stream by expat, with no regard to prefixes. A part that unpacks to much more than it is packed
is refused before it is read, and what declares entities is.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.parsers import expat

from engine.files.workbook_rows import HostileError
from engine.files.xlsx_styles import Attributes, Styles, is_true

_RATIO = 200  # no honest sheet is packed so much
_HARMLESS = 50_000_000  # bytes that may be packed as much as can be
_DIGIT = re.compile("[0-9０-９]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class SheetPart:
    """A worksheet of a workbook: its name, the part with its cells, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


class Package:
    """The parts of an .xlsx."""

    def __init__(self, path: Path) -> None:
        self._archive = zipfile.ZipFile(path)
        self._parts = {info.filename.replace("\\", "/").lower(): info for info in self._archive.infolist()}
        for info in self._parts.values():
            if info.file_size > max(_HARMLESS, _RATIO * info.compress_size):
                raise HostileError
        self.is_1904 = False
        self.is_uncalculated = False
        self._book = self._target("", "officedocument") or "xl/workbook.xml"

    @cached_property
    def sheets(self) -> list[SheetPart]:
        """The worksheets, in the order of the workbook."""
        targets = {where: part for where, kind, part in self._relations(self._book) if kind == "worksheet"}
        found: list[SheetPart] = []

        def sheet(attributes: Attributes) -> None:
            where = next((value for key, value in attributes.items() if local(key) == "id"), "")
            if where in targets:
                is_hidden = attributes.get("state", "visible") != "visible"
                found.append(SheetPart(attributes.get("name", ""), targets[where], is_hidden))

        def properties(attributes: Attributes) -> None:
            self.is_1904 = is_true(attributes.get("date1904"))

        def calculation(attributes: Attributes) -> None:
            self.is_uncalculated = is_true(attributes.get("fullCalcOnLoad"))

        self.parse(self._book, {"sheet": sheet, "workbookPr": properties, "calcPr": calculation})
        return found

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells share, without how their Chinese is pronounced."""
        part = self._target(self._book, "sharedstrings")
        found: list[str] = []
        pieces: list[str] = []  # since the last element began
        words: list[str] = []
        sounds: list[bool] = []

        look = Look()

        def end_text() -> None:
            if not sounds:
                words.append(look.marked("".join(pieces), "".join(words)))

        def end_item() -> None:
            found.append(unescaped("".join(words)))
            words.clear()
            look.end()

        starts = {**look.starts, "t": lambda _: pieces.clear(), "rPh": lambda _: sounds.append(True)}
        if part is not None:
            self.parse(part, starts, {"t": end_text, "si": end_item, "rPh": sounds.clear}, pieces.append)
        return found

    @cached_property
    def styles(self) -> Styles:
        """What the styles of cells show."""
        part, found = self._target(self._book, "styles"), Styles()
        if part is not None:
            self.parse(part, found.starts, found.ends)
        return found

    def remarks(self, sheet: str) -> int:
        """Give how many cells of the part of a worksheet have a comment."""
        found: list[Attributes] = []
        for _, kind, part in self._relations(sheet):
            if kind == "comments" and self.has(part):
                self.parse(part, {"comment": found.append})
        return len(found)

    def close(self) -> None:
        """Let the file go."""
        self._archive.close()

    def has(self, part: str) -> bool:
        """Say whether there is such a part."""
        return part.lower() in self._parts

    def parse(
        self,
        part: str,
        starts: Mapping[str, Callable[[Attributes], object]],
        ends: Mapping[str, Callable[[], object]] | None = None,
        data: Callable[[str], object] | None = None,
    ) -> None:
        """Read a part as a stream, with what is to be done where elements begin and end, by name without prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        at_start, at_end = _ByName(starts, lambda _: None), _ByName(ends or {}, lambda: None)
        parser.StartElementHandler = lambda name, attributes: at_start[name](attributes)
        if ends is not None:
            parser.EndElementHandler = lambda name: at_end[name]()
        if data is not None:
            parser.CharacterDataHandler = data
        parser.StartDoctypeDeclHandler = _refuse
        with self._archive.open(self._parts[part.lower()]) as file:
            parser.ParseFile(file)

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Give the id, the kind and the part of what a part refers to."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        found: list[tuple[str, str, str]] = []

        def relation(attributes: Attributes) -> None:
            kind = attributes.get("Type", "").rpartition("/")[2].lower()
            target = attributes.get("Target", "").replace("\\", "/")
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((attributes.get("Id", ""), kind, target))

        if where.lower() in self._parts:
            self.parse(where, {"Relationship": relation})
        return found

    def _target(self, part: str, kind: str) -> str | None:
        return next(
            (target for _, one, target in self._relations(part) if one == kind and target.lower() in self._parts), None
        )


class _ByName(dict[str, Any]):
    """What is done for an element, by its name with whatever prefix."""

    def __init__(self, known: Mapping[str, Any], nothing: Any) -> None:  # noqa: ANN401
        super().__init__(known)
        self._nothing = nothing

    def __missing__(self, name: str) -> Any:  # noqa: ANN401
        self[name] = self.get(local(name), self._nothing)
        return self[name]


class Look:
    """How a part of a text is written: digits that are raised or struck out are no digits of the figure beside them."""

    def __init__(self) -> None:
        self._is_raised = self._is_struck = False
        self.starts = {"r": lambda _: self.end(), "vertAlign": self._raise, "strike": self._strike}

    def _raise(self, attributes: Attributes) -> None:
        self._is_raised = attributes.get("val") in {"superscript", "subscript"}

    def _strike(self, attributes: Attributes) -> None:
        self._is_struck = is_true(attributes.get("val", "1"))

    def end(self) -> None:
        """Let the part end."""
        self._is_raised = self._is_struck = False

    def marked(self, text: str, before: str) -> str:
        """Give the part of a text behind `before`, such that no figure can be read of what is none."""
        if self._is_struck:
            return struck_out(text)
        return f"^{text}" if self._is_raised and _DIGIT.search(text) and before[-1:].isdigit() else text


def struck_out(text: str) -> str:
    """Give a text that is struck out, such that it is read as nothing else.

    >>> struck_out("16000"), struck_out(" ")
    ('（划去：16000）', ' ')
    """
    return f"（划去：{text}）" if text.strip() else text


def local(name: str) -> str:
    """Give a name without its prefix.

    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return name.rpartition(":")[2]


def unescaped(text: str) -> str:
    r"""Give a text with the letters that XML cannot hold; NUL and halves of letters, which nothing can, as they are.

    >>> unescaped("a_x000D_b"), unescaped("_xD800__x0000_")
    ('a\rb', '_xD800__x0000_')
    """
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return found[0] if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter


def _refuse(*_: object) -> None:
    raise HostileError
