"""Which documents are one paper by several names: the file `documents.yaml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.language.data_file import Strict, Words

_Years = Annotated[tuple[Literal["y0", "y1", "y2"], ...], Field(min_length=1)]


class Name(Strict):
    """A name of a paper as criteria have it, the full years that it is of, y0 the last one, and what it needs."""

    name: str
    years: _Years
    needs: Words | None = None

    @property
    def backs(self) -> tuple[int, ...]:
        """How many years before the last one each of its years is."""
        return tuple(int(year[1:]) for year in self.years)


class Paper(Strict):
    """A paper that is asked for by several names."""

    title: Words
    names: Annotated[tuple[Name, ...], Field(min_length=1)]


class DocumentsWords(Strict):
    """The file `documents.yaml`; a name in no paper is a document of its own."""

    papers: tuple[Paper, ...]
