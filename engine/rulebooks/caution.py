"""What to know before relying on a rulebook: whether it is in force on a day, and for firms of which area it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from engine.ground.areas import wider, within
from engine.ground.errors import Problem, Text
from engine.language.facts import AREA, Vocabulary
from engine.rulebooks.rulebook import RulebookWords

NAME_A_LEVEL = Text(
    "请用 --level 指明层级，由所在地决定用哪一版。", "Name a level by --level: the area then chooses its edition."
)


def is_elsewhere(words: RulebookWords, area: str | None) -> bool:
    """Say whether a rulebook is another area's than that of a firm; not if the firm may be in it."""
    its = words.area
    return not (its is None or area is None or within(area, its) or within(its, area))


def of_its_area(words: RulebookWords, vocabulary: Vocabulary) -> Text:
    """Say for whose firms alone a rulebook is that has an area."""
    title = vocabulary[AREA].choices[words.area or ""].title
    return Text(f"本规则只适用于{title.zh}的企业", f"this rulebook is only for firms of {title.en}")


def perhaps_elsewhere(words: RulebookWords, vocabulary: Vocabulary) -> Mapping[str | None, Problem]:
    """Give what to note of a firm that says only that it is somewhere in a place in which the rulebook's area lies."""
    if words.area is None:
        return {}
    its = of_its_area(words, vocabulary)
    unknown = Text(f"没有写明，而{its.zh}", f"is not stated; {its.en}")
    wide = Text(f"没有写到市，而{its.zh}", f"does not name a city; {its.en}")
    return {place: Problem(AREA, wide if place else unknown) for place in wider(words.area)}


def of_the_day(words: RulebookWords, application: str | None, as_of: date) -> tuple[Text, ...]:
    """Give what to note of whoever applies so on a day: that a rulebook is not in force, and what it rests on."""
    what = out_of_force(words, application, as_of)
    noted = (one.noted for one in words.open_questions if one.noted is not None)
    told = [one.words for one in noted if one.application == (application or "new") and one.has(as_of)]
    return (*([] if what is None else [what]), *told)


def out_of_force(words: RulebookWords, application: str | None, as_of: date) -> Text | None:
    """Say that a rulebook is not in force on a day, for applications or for reviews; None if it is."""
    if words.draft:
        return Text("本规则是草案，没有施行", "this rulebook is a draft, and not in force")
    days = words.days(application)
    if days.has(as_of):
        return None
    kind = Text("复核", "reviews") if application == "review" else Text("申报", "applications")
    if days.to is None:
        return Text(
            f"本规则对{kind.zh}自 {days.from_} 起施行，不含 {as_of}",
            f"for {kind.en} this rulebook is in force from {days.from_}, not on {as_of}",
        )
    return Text(
        f"本规则对{kind.zh}的施行期为 {days.from_} 至 {days.to}，不含 {as_of}",
        f"for {kind.en} this rulebook is in force from {days.from_} to {days.to}, not on {as_of}",
    )
