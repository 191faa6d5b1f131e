"""The problems of the files of a folder of rules, all of them, each file looked through as what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.deciding.to_durable import decidable
from engine.ground.errors import InputError, Problem, RulebookError, Text
from engine.proving.case_file import read_cases
from engine.rulebooks.catalog import DOCUMENTS, LADDER, ROUTES, VOCABULARY, Catalog, shipped
from engine.rulebooks.load import load_documents, load_levels, load_vocabulary
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routes import load_routes
from engine.rulebooks.routing import Applicant, latest

_CASES = "cases"
_BESIDE = {_CASES, "benchmarks"}
_NO_RULES = Text("不是规则、案例或表", "is no rulebook, no cases and no table")
_WHAT_IS = Text(
    "可以写规则的 id、规则、案例、facts.yaml、ladder.yaml、routes.yaml、documents.yaml、对标表、选项表，或整个文件夹。",
    "Name a rulebook by its id, a file with a rulebook or its cases, facts.yaml, ladder.yaml, routes.yaml, "
    "documents.yaml, a table of benchmarks or options, or a whole folder.",
)


def lint(catalog: Catalog, named: Sequence[str | Path] = ()) -> tuple[list[Rulebook], list[Problem]]:
    """Give the sound rulebooks among those named by id, file or folder (default: all) and the problems of all others.

    A file is checked with the rules of the catalog; if these are the shipped ones, with those of the folder of rules in
    which it lies, if it lies in one. Raises InputError for what is not there.
    """
    sound: list[Rulebook] = []
    problems: dict[Problem, None] = {}
    for name in named or [catalog.folder]:
        path = _path(catalog, Path(name))
        home = _home(catalog, path)
        is_whole = path.is_dir() and path.resolve().name not in _BESIDE
        files = _files(home) if is_whole else sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            before = len(problems)
            try:
                sound += _checked(home, file)
            except RulebookError as error:
                problems |= dict.fromkeys(error.problems)
            if is_whole and file.name in {VOCABULARY, LADDER} and len(problems) > before:
                break  # all others are read by it
        else:
            problems |= dict.fromkeys(_of_the_timeline(home) if is_whole else ())
    return sound, [*problems]


def _path(catalog: Catalog, path: Path) -> Path:
    """Give the file or folder that is named by its path, by that within the folder of rules, or by a rulebook's id."""
    if str(path) in catalog.ids or not (path.suffix or path.parent.name or path.exists()):
        return catalog.file(str(path))
    within = catalog.folder / path
    return within if within.exists() and not path.exists() else path


def _home(catalog: Catalog, path: Path) -> Catalog:
    """Give the rules that a file or a folder is checked with."""
    whole = path.resolve() if path.is_dir() else path.resolve().parent
    whole = whole.parent if whole.name in _BESIDE else whole
    if whole == catalog.folder.resolve():
        return catalog
    is_asked = path.is_dir() or (catalog is shipped() and (whole / VOCABULARY).exists())
    return Catalog(whole) if is_asked else catalog


def _files(home: Catalog) -> list[Path]:
    """Give the files of a folder of rules in the order in which they are read."""
    beside = [home.folder / name for name in (DOCUMENTS, ROUTES) if (home.folder / name).exists()]
    rulebooks, cases = (home.file(name) for name in home.ids), sorted((home.folder / _CASES).glob("*.yaml"))
    return [home.folder / VOCABULARY, home.folder / LADDER, *beside, *rulebooks, *cases]


def _checked(home: Catalog, file: Path) -> Iterator[Rulebook]:
    """Read a file as what it is, and give the rulebook if it is one; raises RulebookError with its problems."""
    if file.resolve().parent.name == _CASES:
        try:
            read_cases(file, home, home.rulebook(file.stem))
        except InputError as error:
            raise RulebookError([replace(one, where=f"{_CASES}/{file.name}") for one in error.problems]) from error
    elif file.suffix == ".csv":
        _check_table(home, file)
    elif file.suffix not in {".yaml", ".yml"}:
        raise RulebookError([Problem(file.name, _NO_RULES, _WHAT_IS)])
    elif file.name == VOCABULARY:
        load_vocabulary(file)
    elif file.name == LADDER:
        load_levels(file, home.vocabulary)
    elif file.name == DOCUMENTS:
        load_documents(file, home.vocabulary)
    elif file.name == ROUTES:
        load_routes(file, home.rulebook)
    else:
        yield decidable(home.read(file))


def _check_table(home: Catalog, file: Path) -> None:
    """Read a table of options or of benchmarks by what names it."""
    if any(fact.choices_from == file.name for fact in home.vocabulary.values()):
        return
    for head in home.heads:
        table = home.rulebook(head.id).words.benchmarks
        if table is not None and table.file == file.name:
            return
    what = Text("没有指标也没有规则用到这张表", "is used by no fact and no rulebook")
    raise RulebookError([Problem(file.name, what, _WHAT_IS)])


def _of_the_timeline(catalog: Catalog) -> list[Problem]:
    """Give every day on which it would not be known which of two editions of a level applies."""
    try:
        heads = catalog.editions
    except RulebookError:  # told with the rest of the file
        return []
    found: dict[Problem, None] = {}
    for level in {head.level for head in heads if head.level is not None}:
        editions = [head for head in heads if head.level == level]
        for head in editions:
            for application in head.applies_to:
                try:
                    latest(editions, head.days(application).from_, Applicant(application, head.area))
                except RulebookError as error:
                    found |= dict.fromkeys(error.problems)
    return list(found)
