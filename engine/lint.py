"""The problems of rulebook files, all of them, and what is to be remarked of those that are sound."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from engine.deciding.to_durable import DurableEngine
from engine.firms.figures import Figures
from engine.ground.errors import EngineError, Problem, RulebookError, Text
from engine.ground.values import Number
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Check, Node, Rulebook, Threshold, walk
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
    problems: list[Problem] = [] if files else _of_the_timeline(catalog)
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


def left_behind(rulebook: Rulebook) -> list[Problem]:
    """Give the other readings that repeat the figure of a parameter for its fact: moving it would leave them behind.

    It is no problem of the rulebook, whose author may mean the figure of that reading to stay.
    """
    ours = [node for criterion in rulebook.criteria for node in walk(criterion.gate)]
    named = {key: name for key, name in map(_figure, ours) if name}
    fixed = {key for key, name in map(_figure, ours) if not name}
    found: dict[Problem, None] = {}
    for criterion in rulebook.criteria:
        for key, name in (_figure(node) for gate in criterion.others.values() for node in walk(gate)):
            if key is not None and not name and key in named and key not in fixed:
                what = Text(
                    f"另一种读法重复了参数 {named[key]} 的数，改参数时不会跟着变",
                    f"another reading repeats the figure of {named[key]} and stays when that is moved",
                )
                instead = Text(
                    f"请写 {{parameter: {named[key]}}}，除非这个数本来就不该变。",
                    f"Write {{parameter: {named[key]}}}, unless it is to stay.",
                )
                found[Problem(f"{rulebook.id}: {criterion.words.id}", what, instead)] = None
    return list(found)


def _figure(node: Node) -> tuple[tuple[str, Number] | None, str]:
    """Give the fact and the figure that a check compares, if that is a fixed number, and the parameter it is from."""
    if not isinstance(node, Check) or not isinstance(node.right, Threshold) or not node.fact.is_numeric:
        return None, ""
    value = node.right.value
    return ((node.fact.id, value), node.right.name) if isinstance(value, int | Fraction) else (None, "")
