"""What the styles of an .xlsx show: number formats, and what is struck out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from engine.files.number_formats import BUILT_IN, changes

Attributes = Mapping[str, str]


class Styles:
    """The styles of cells, by number; `starts` and `ends` say what is done where an element of the part does."""

    def __init__(self) -> None:
        self._codes = {str(number): code for number, code in BUILT_IN.items()}
        self._cells: list[tuple[str, str]] = []  # the number of the format and that of the font
        self._are_struck: list[bool] = []  # of each font
        self._group = ""
        groups = ("numFmts", "cellXfs", "fonts")
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "numFmt": self._format,
            "xf": self._cell,
            "font": self._font,
            "strike": self._strike,
            **{group: self._beginning(group) for group in groups},
        }
        self.ends: dict[str, Callable[[], None]] = dict.fromkeys(groups, self._end)

    @cached_property
    def formats(self) -> dict[str, str]:
        """The codes of the formats by which cells show more than their number."""
        codes = ((str(number), self._codes.get(code, "")) for number, (code, _) in enumerate(self._cells))
        return {number: code for number, code in codes if changes(code)}

    @cached_property
    def struck(self) -> frozenset[str]:
        """The styles by which cells are struck out."""
        fonts = {str(number) for number, is_struck in enumerate(self._are_struck) if is_struck}
        return frozenset(str(number) for number, (_, font) in enumerate(self._cells) if font in fonts)

    def _beginning(self, group: str) -> Callable[[Attributes], None]:
        def begin(_: Attributes) -> None:
            self._group = group

        return begin

    def _end(self) -> None:
        self._group = ""

    def _format(self, attributes: Attributes) -> None:
        if self._group == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    def _cell(self, attributes: Attributes) -> None:
        if self._group == "cellXfs":
            self._cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def _font(self, _: Attributes) -> None:
        if self._group == "fonts":
            self._are_struck.append(False)

    def _strike(self, attributes: Attributes) -> None:
        if self._group == "fonts" and self._are_struck:
            self._are_struck[-1] = is_true(attributes.get("val", "1"))


def is_true(word: str | None) -> bool:
    """Say whether an attribute says yes."""
    return word in {"1", "true", "on"}
