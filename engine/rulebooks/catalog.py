"""Which rulebooks exist, and each of them ready to use. A rulebook is read when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from engine.ground.errors import InputError, Problem, RulebookError, Text, did_you_mean, short
from engine.ground.forked_lock import ForkedLock
from engine.ground.values import Known
from engine.language.answer import answer
from engine.language.facts import Vocabulary
from engine.language.reading import Unreadable
from engine.rulebooks.documents import DocumentsWords
from engine.rulebooks.levels import Levels
from engine.rulebooks.load import load_documents, load_head, load_levels, load_rulebook, load_vocabulary
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.resolve import resolve
from engine.rulebooks.routes import ProblemRoutes, load_routes
from engine.rulebooks.rulebook import RulebookHead
from engine.rulebooks.several import SEVERAL

DEFAULT_RULEBOOK = "cae-2021-champion"
PROPOSAL = Text(
    "这套规则是研究建议，不是官方文件；没有指明规则时用它。官方称号请用 --level 指明层级，如 --level 小巨人。",
    "This rulebook is a research proposal and no official text; it applies where none is named. For official titles "
    "name a level: --level little_giant.",
)
"""What to know of the default rulebook."""
VOCABULARY, LADDER, DOCUMENTS, ROUTES = "facts.yaml", "ladder.yaml", "documents.yaml", "routes.yaml"
"""The files of a folder of rules that are no rulebooks."""
_DIGITS = 8


class Catalog:
    """A folder of rules: `facts.yaml`, a file for each rulebook, and `benchmarks/`."""

    def __init__(self, folder: Path) -> None:
        """Point at `folder`; nothing is read yet."""
        self.folder = folder
        self._rulebooks: dict[str, Rulebook] = {}
        self._instead: Mapping[str, Rulebook] = {}
        self._lock = ForkedLock()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The facts; raises RulebookError."""
        return load_vocabulary(self.folder / VOCABULARY)

    def changed(self, instead: Mapping[str, Rulebook]) -> Catalog:
        """Give the same rules with other rulebooks instead of those of these ids."""
        self.vocabulary  # noqa: B018 read once, for both
        other = copy(self)
        other.__dict__.pop("instead", None)
        other._instead = {**self._instead, **instead}  # noqa: SLF001 its own kind
        return other

    @cached_property
    def instead(self) -> Mapping[str, Known]:
        """What is taken instead of what the one firm states that is decided: a trial."""
        return {name: value for book in self._instead.values() for name, value in book.instead.items()}

    @property
    def as_stated(self) -> Catalog:
        """The same rules, with nothing taken instead of what a firm states."""
        return self.changed({name: replace(book, instead={}) for name, book in self._instead.items()})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rulebooks, sorted."""
        others = {VOCABULARY, LADDER, DOCUMENTS, ROUTES}
        return tuple(sorted(file.stem for file in self.folder.glob("*.yaml") if file.name not in others))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all files by which something is decided: not of cases, changes and schemas."""
        files = sorted([*self.folder.glob("*.yaml"), *self.folder.glob("*.csv"), *self.folder.glob("benchmarks/*.csv")])
        read = [f"{sha256(file.read_bytes()).hexdigest()} {file.name}" for file in files]
        return sha256("\n".join(read).encode()).hexdigest()

    def file(self, rulebook_id: str) -> Path:
        """Give the file of the rulebook of that id; raises InputError if there is none."""
        if rulebook_id not in self.ids:
            raise InputError([self.no_rulebook(rulebook_id)])
        return self.folder / f"{rulebook_id}.yaml"

    @cached_property
    def levels(self) -> Levels:
        """The levels of the ladder; raises RulebookError."""
        return load_levels(self.folder / LADDER, self.vocabulary)

    @cached_property
    def routes(self) -> ProblemRoutes:
        """The problem classes and their routes; raises RulebookError."""
        return load_routes(self.folder / ROUTES, self.rulebook)

    @cached_property
    def documents(self) -> DocumentsWords:
        """Which documents are one paper, and which are asked of few firms; raises RulebookError."""
        return load_documents(self.folder / DOCUMENTS, self.vocabulary)

    @cached_property
    def heads(self) -> tuple[RulebookHead, ...]:
        """What each rulebook is and when it applies, without reading the rest; raises RulebookError."""
        heads: list[RulebookHead] = []
        problems: list[Problem] = []
        for rulebook_id in self.ids:
            try:
                heads.append(load_head(self.folder / f"{rulebook_id}.yaml", self.vocabulary))
            except RulebookError as error:
                problems += error.problems
        if problems:
            raise RulebookError(problems)
        return tuple(heads)

    @cached_property
    def editions(self) -> tuple[RulebookHead, ...]:
        """What each rulebook is that may be chosen by its level and a day: all but drafts; raises RulebookError."""
        return tuple(head for head in self.heads if not head.draft)

    def rulebook(self, rulebook_id: str = DEFAULT_RULEBOOK) -> Rulebook:
        """Give the rulebook of that id, named ID@DIGEST only if it is still that text (eight digits are enough).

        Raises InputError if there is none, RulebookError if it is broken.
        """
        name, at, digest = rulebook_id.partition("@")
        with self._lock:
            found = self._instead.get(name)
            published = self._rulebook(name, ()) if at or found is None else found
        if at and not (len(digest) >= _DIGITS and published.digest.startswith(digest)):
            what = Text("不是这里的这一版：它的规则或指标改过", "is not the text that is here: that has another digest")
            here = f"{name}@{published.digest[:12]}"
            instead = Text(f"这里的是 {here}。", f"Here is {here}.")
            raise InputError([Problem("rulebook", what, instead, short(rulebook_id))])
        return found or published

    def read(self, file: Path) -> Rulebook:
        """Read the rulebook file anew, here or elsewhere; raises RulebookError with all its problems."""
        with self._lock:
            return self._read(file, ())

    def _rulebook(self, rulebook_id: str, readers: tuple[str, ...]) -> Rulebook:
        if rulebook_id not in self._rulebooks:
            self._rulebooks[rulebook_id] = self._read(self.file(rulebook_id), readers)
        return self._rulebooks[rulebook_id]

    def _read(self, file: Path, readers: tuple[str, ...]) -> Rulebook:
        """Read a file that the rulebooks `readers`, each referring to the next, refer to."""
        words, document = load_rulebook(file, self.vocabulary, lambda: self.levels)
        chain = (*readers, words.id)

        def other(rulebook_id: str) -> Rulebook:
            if rulebook_id in chain:
                what = Text(f"规则“{rulebook_id}”引用了自己", f"the rulebook “{rulebook_id}” refers to itself")
                raise RulebookError([Problem("", what)])
            try:
                return self._rulebook(rulebook_id, chain)
            except InputError as error:
                problems = [replace(problem, where="") for problem in error.problems]
                raise RulebookError(problems) from error

        return resolve(words, document, self.vocabulary, self.folder / "benchmarks", other)

    def no_rulebook(self, name: str) -> Problem:
        """Give the problem of a name that no rulebook has: the rulebooks of a level if it names one, or what there is.

        >>> shipped().no_rulebook("制造业单项冠军企业").instead.zh
        '这是一个层级，它的规则有：miit-2023-single-champion；能选层级的，也可写 --level 制造业单项冠军企业。'
        """
        listed = Text(f"现有：{'、'.join(self.ids)}。", f"There are: {', '.join(self.ids)}.")
        instead = SEVERAL[name].alone if name in SEVERAL else did_you_mean(name, self.ids) or listed
        with suppress(Unreadable):
            titled = answer(self.levels.titles, name)
            if isinstance(titled, frozenset) and len(titled) == 1 and titled <= {*self.levels}:
                ids = [head.id for head in self.heads if head.level in titled]
                instead = Text(
                    f"这是一个层级，它的规则有：{'、'.join(ids)}；能选层级的，也可写 --level {name}。",
                    f"That is a level; its rulebooks: {', '.join(ids)}; or --level {name} where one can be chosen.",
                )
        return Problem("rulebook", Text("没有这套规则", "is not a known rulebook"), instead, short(name))


def rules_folder() -> Path:
    """Give where the shipped rules are: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parents[1] / "_rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


@cache
def shipped() -> Catalog:
    """Give the catalog of the rules that come with Champion, one for the process."""
    return Catalog(rules_folder())
