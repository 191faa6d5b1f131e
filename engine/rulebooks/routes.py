"""The routes for the problems of an industrial foundation: the file `routes.yaml`, in the order of its layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, WithJsonSchema

from engine.ground.errors import InputError, Problem, Text, did_you_mean
from engine.language.conditions import Id
from engine.language.data_file import Strict, Words, YesNo
from engine.language.yaml_file import Document, Place, read_yaml, sound_parts
from engine.rulebooks.levels import Levels
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.rulebook import Cite

NO_ROUTE = Text("各类问题都不符合", "no class holds")
"""What is said where no route follows."""


class Measure(Strict):
    """What a route does: its words, and what they say."""

    title: Words
    cite: Cite
    quote: str


class Onward(Strict):
    """A rulebook that a route leads to, and what it is there for."""

    rulebook: Id
    title: Words


class _Part(Strict):
    id: Id
    title: Words
    rulebook: Id
    cite: Cite
    quote: str


class Layer(_Part):
    """A problem class, whose rulebook decides whether a product has it, and the route that follows."""

    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    onward: tuple[Onward, ...] = ()


class Target(_Part):
    """What is aimed at: a number, until a day if one is named."""

    value: Annotated[int, WithJsonSchema({"type": ["integer", "string"]})]
    by: date | None = None
    reading: Words
    confirmed: YesNo = True


class RoutesWords(Strict):
    """The file `routes.yaml`: the layers in their order, and what is aimed at."""

    reading: Words
    confirmed: YesNo = True
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True)
class ProblemRoutes:
    """The layers, each with the rulebook that decides its class. The route is that of the first class that holds."""

    reading: Text
    confirmed: bool
    layers: tuple[Layer, ...]
    targets: tuple[Target, ...]

    def __iter__(self) -> Iterator[str]:
        """Give the rulebooks of the classes, that of the first layer first."""
        return (layer.rulebook for layer in self.layers)

    def following(self, outcomes: Sequence[bool | None]) -> tuple[Layer | None, ...]:
        """Give the routes that may follow, `None` being that none does; of one only it is certain.

        `outcomes` are those of the classes, `None` where it is not known whether one holds.
        """
        return tuple(self._following(outcomes))

    def _following(self, outcomes: Sequence[bool | None]) -> Iterator[Layer | None]:
        for layer, outcome in zip(self.layers, outcomes, strict=True):
            if outcome is not False:
                yield layer
            if outcome:
                return
        yield None


SeveralOf = Levels | ProblemRoutes
"""Which rulebooks decide a list at once, by what is known of them together."""


def load_routes(file: Path, rulebook: Callable[[str], Rulebook]) -> ProblemRoutes:
    """Read `routes.yaml`; `rulebook` gives one that it names.

    Raises InputError if there is no such file, RulebookError with all its problems.
    """
    if not file.exists():
        what = Text("规则文件夹里没有这个文件", "is not in the folder of rules")
        raise InputError([Problem(file.name, what)])
    document = read_yaml(file)
    words = sound_parts(RoutesWords, document)
    parts: dict[str, tuple[_Part, ...]] = {"layers": words.layers, "targets": words.targets}
    for key, several in parts.items():
        ids = [one.id for one in several]
        for n, (name, one) in enumerate(zip(ids, several, strict=True)):
            at: Place = (key, n)
            if name in ids[:n]:
                document.report((*at, "id"), Text(f"“{name}”重复出现", f"“{name}” stands here twice"))
            measures, onward = (one.measures, one.onward) if isinstance(one, Layer) else ((), ())
            for m, each in enumerate(onward):
                _named(each.rulebook, (*at, "onward", m, "rulebook"), document, rulebook)
            book = _named(one.rulebook, (*at, "rulebook"), document, rulebook)
            cites = [((*at, "cite"), one.cite)]
            cites += [((*at, "measures", m, "cite"), each.cite) for m, each in enumerate(measures)]
            for place, cite in cites:
                _cited(cite, place, document, book)
    document.raise_problems()
    return ProblemRoutes(words.reading, words.confirmed, words.layers, words.targets)


def _named(name: str, place: Place, document: Document, rulebook: Callable[[str], Rulebook]) -> Rulebook | None:
    try:
        return rulebook(name)
    except InputError as error:
        for one in error.problems:
            document.report(place, one.what, one.instead, one.value)
        return None


def _cited(cite: Cite, place: Place, document: Document, book: Rulebook | None) -> None:
    if book is not None and cite.source not in book.words.sources:
        what = Text(f"依据文件“{cite.source}”未列出", f"the source “{cite.source}” is not listed")
        document.report((*place, "source"), what, did_you_mean(cite.source, book.words.sources))
