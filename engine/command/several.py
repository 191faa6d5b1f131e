"""Several profiles on a command line: what came of each, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from engine.command.console import print_problems
from engine.ground.errors import InputError, Language

_Decided = TypeVar("_Decided", bound=tuple[Any, ...])


def decided(
    profiles: Sequence[str], read: Callable[..., _Decided], *, compares: bool
) -> tuple[list[_Decided], dict[str, InputError]]:
    """Give what came of each profile, its name and a verdict or a ladder first, and what is wrong with the others.

    Where firms are compared, a form of another year counts by that year beside one of the same firm that is of the day.
    """
    found: dict[int, _Decided] = {}
    refused: dict[str, InputError] = {}
    for place, name in enumerate(profiles):
        try:
            found[place] = read(name)
        except InputError as error:
            refused[name] = error
    for place, name in enumerate(profiles):
        if compares and found and name in refused:
            from engine.command.change_text import is_same_firm  # noqa: PLC0415 most are read

            with suppress(InputError):
                one = read(name, of_any_year=True)
                if any(is_same_firm(one[1], other[1]) for other in found.values()):
                    found[place] = one
                    del refused[name]
    return [found[place] for place in sorted(found)], refused


def print_refused(profiles: Sequence[str], refused: Mapping[str, InputError], lang: Language) -> bool:
    """Print what is wrong, by file where there are several profiles; say whether anything is."""
    for name, error in refused.items():
        print_problems(error, lang, None if len(profiles) == 1 else name)
    return bool(refused)
