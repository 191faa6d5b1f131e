"""Several rulebooks that decide a firm at once, under a name in place of a rulebook's: the ladder, and the routes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.ground.errors import Text

LADDER, ROUTES = "ladder", "routes"


@dataclass(frozen=True)
class Several:
    """What several rulebooks are called: all of them, what each decides, and why, one by one.

    `asks` is whom a form asks for, `alone` what to do where one rulebook is applied, `standing` the column that says
    what comes of them all.
    """

    title: Text
    one: Text
    why: Text
    asks: Text
    alone: Text
    standing: str


SEVERAL: Mapping[str, Several] = {
    LADDER: Several(
        title=Text("梯度培育各层级", "The ladder"),
        one=Text("层级", "Level"),
        why=Text("各层级说明", "Why, by level"),
        asks=Text("梯度培育各层级", "every level of the ladder"),
        alone=Text(
            "它是各层级的总称，这里一次只用一套规则：请指明一套；能选层级的，也可写 --level 小巨人；"
            "各级一并看用 champion ladder。",
            "It stands for every level, and here one rulebook is applied: name one, or --level little_giant where a "
            "level can be chosen; for all of them there is champion ladder.",
        ),
        standing="reached",
    ),
    ROUTES: Several(
        title=Text("产业基础问题的各条路线", "The routes for problems of the industrial foundation"),
        one=Text("问题类别", "Problem class"),
        why=Text("各类问题说明", "Why, by class"),
        asks=Text("产业基础各类问题", "every problem class of the industrial foundation"),
        alone=Text(
            "它是几类问题的总称，这里一次只用一套规则：请指明一套；一并看用 champion route。",
            "It stands for several problem classes, and here one rulebook is applied: name one; for all of them there "
            "is champion route.",
        ),
        standing="route",
    ),
}


def told_in(columns: Collection[str]) -> Several | None:
    """Give of what a list with those columns tells, if of several rulebooks at once."""
    return next((one for one in SEVERAL.values() if one.standing in columns), None)
