"""The problems of rulebook files, all of them, and what is left open in those that are sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.catalog import Catalog
from engine.errors import EngineError, Problem, RulebookError, Text
from engine.figures import Figures
from engine.logic import Rulebook
from engine.to_durable import DurableEngine


def lint(catalog: Catalog, files: Sequence[Path] = ()) -> tuple[list[Rulebook], list[Problem]]:
    """Give the sound rulebooks among `files` (all of the catalog if none are named) and the problems of the others."""
    try:
        catalog.vocabulary  # noqa: B018 read for its problems
    except RulebookError as error:
        return [], list(error.problems)
    sound: list[Rulebook] = []
    problems: list[Problem] = []
    for file in files or [catalog.folder / f"{rulebook_id}.yaml" for rulebook_id in catalog.ids]:
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
