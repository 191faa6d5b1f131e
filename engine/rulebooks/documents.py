"""Which documents are one paper by several names: the file `documents.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from engine.ground.values import Unknown
from engine.language.data_file import Strict, Words

_Years = tuple[Literal["y0", "y1", "y2"], ...]


class Name(Strict):
    """A name of a paper as criteria have it, the full years that it is of, if it is of any, and what it needs."""

    name: str
    years: _Years = ()
    needs: Words | None = None

    @property
    def backs(self) -> tuple[int, ...]:
        """How many years before the last one each of its years is."""
        return tuple(int(year[1:]) for year in self.years)


class Paper(Strict):
    """A paper that is asked for by several names."""

    title: Words
    names: Annotated[tuple[Name, ...], Field(min_length=1)]


class IfAny(Strict):
    """A document that few firms have to give: the fact that says which, if there is one, and by which options."""

    name: str
    fact: str | None = None
    options: tuple[str, ...] = ()

    def is_asked(self, values: Mapping[str, object]) -> bool | None:
        """Say whether it is asked of a firm that states these values; None if these do not say."""
        value = values.get(self.fact or "")
        if value is None or isinstance(value, Unknown):
            return None
        return value in self.options if self.options else bool(value) and value != "none"


class OfReview(Strict):
    """A paper that a review is asked for beside those of its criteria, and what it needs."""

    paper: Words
    needs: Words


class DocumentsWords(Strict):
    """The file `documents.yaml`; a name in no paper is a document of its own.

    `looked_up` are no papers of a firm: the authority has them. `reviews` are asked for beside what criteria ask for.
    """

    papers: tuple[Paper, ...]
    if_any: tuple[IfAny, ...] = ()
    reviews: tuple[OfReview, ...] = ()
    looked_up: tuple[str, ...] = ()
