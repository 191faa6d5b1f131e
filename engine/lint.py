"""The problems of rulebook files, all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.deciding.to_durable import DurableEngine
from engine.firms.figures import Figures
from engine.ground.errors import EngineError, InputError, Problem, RulebookError, Text
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import Applicant, latest


def lint(catalog: Catalog, named: Sequence[str | Path] = ()) -> tuple[list[Rulebook], list[Problem]]:
    """Give the sound rulebooks among those named by id or file (all of the catalog if none are) and problems of others.

    Raises InputError for what is neither.
    """
    files = [_file(catalog, str(one)) for one in named]
    try:
        catalog.levels  # noqa: B018 read for its problems, and for those of the vocabulary
        catalog.documents  # noqa: B018
    except RulebookError as error:
        return [], list(error.problems)
    sound: list[Rulebook] = []
    problems: list[Problem] = [] if files else [*_of_the_timeline(catalog), *_of_the_routes(catalog)]
    for file in files or [catalog.file(rulebook_id) for rulebook_id in catalog.ids]:
        try:
            rulebook = catalog.read(file)
        except RulebookError as error:
            problems += [problem for problem in error.problems if problem not in problems]
        else:
            try:
                engine = DurableEngine(rulebook)
                engine.decide(Figures(rulebook.vocabulary, {}, rulebook.words.in_force.from_))
                engine.close()
                sound.append(rulebook)
            except EngineError as error:
                problems.append(
                    Problem(file.name, Text(f"推理引擎不能接受：{error}", f"is more than it can take: {error}"))
                )
    return sound, problems


def _file(catalog: Catalog, named: str) -> Path:
    """Give the file of a rulebook that is named by its id, or by its file."""
    file, has_id = Path(named), named in catalog.ids
    if has_id or not (file.suffix or file.parent.name or file.exists()):
        return catalog.file(named)
    return file


def _of_the_routes(catalog: Catalog) -> list[Problem]:
    """Give the problems of `routes.yaml`, which a folder of rules may be without."""
    try:
        catalog.routes  # noqa: B018 read for its problems
    except InputError:
        return []
    except RulebookError as error:
        return list(error.problems)
    return []


def _of_the_timeline(catalog: Catalog) -> list[Problem]:
    """Give every day on which it would not be known which of two editions of a level applies."""
    try:
        heads = catalog.heads
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
