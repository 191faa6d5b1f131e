"""The words by which a title says that what it names is not as the text has it, in a trial (试算)."""

from __future__ import annotations

from engine.ground.errors import Text

TRIAL = Text("试算", "what if")
"""What everything says that is by other figures than the text's."""
IDLE = Text(f"{TRIAL.zh}不计", f"{TRIAL.en}: does not count")


def marked_title(title: Text, mark: Text) -> Text:
    """Give a title with what it is in a trial, once."""
    return title if mark.zh in title.zh else Text(f"{title.zh}（{mark.zh}）", f"{title.en} ({mark.en})")


def plain_title(title: Text) -> Text:
    """Give a title as the text has it."""
    for mark in (IDLE, TRIAL):
        title = Text(title.zh.removesuffix(f"（{mark.zh}）"), title.en.removesuffix(f" ({mark.en})"))
    return title
