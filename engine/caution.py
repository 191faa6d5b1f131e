"""What to know before relying on a rulebook on a day: whether it is in force then."""

from __future__ import annotations

from datetime import date

from engine.errors import Text
from engine.rulebook import RulebookWords


def out_of_force(words: RulebookWords, application: str | None, as_of: date) -> Text | None:
    """Say that a rulebook is not in force on a day, for applications or for reviews; None if it is."""
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
