"""What came out otherwise of one firm that is decided twice, as by two forms, and by which figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.text import Text as Styled

from engine.command.console import console, wrapped
from engine.explaining.verdict import CheckFinding, CriterionFinding, Verdict
from engine.explaining.wording import OUTCOMES, decimal
from engine.ground.errors import Language

_NOTHING = {"zh": "各项条件和相比的数都没有变化", "en": "no criterion and no compared figure changed"}


def print_changes(verdicts: Sequence[tuple[str, Verdict]], lang: Language) -> None:
    """Print what changed from each verdict, with the name of its file, to the next, if that is of the same firm."""
    screen = console()
    for (before, first), (after, second) in pairwise(verdicts):
        if first.firm != second.firm or not (first.firm.firm_id or first.firm.firm_name):
            continue
        found = {one.id: one for one in second.criteria}
        says = [_changed(one, found[one.id], lang) for one in first.criteria if one.id in found]
        screen.print(Styled(f"\n{before} → {after}", "bold"), soft_wrap=True)
        for line in [one for one in says if one] or [_NOTHING[lang]]:
            screen.print("  " + wrapped(line, screen.width - 2).replace("\n", "\n  "))


def _changed(first: CriterionFinding, second: CriterionFinding, lang: Language) -> str:
    """Say how a criterion came out before and now, where that differs, and which figures differ; nothing if none."""
    was, now = ({check.id: check for check in one.checks} for one in (first, second))
    before, after = (OUTCOMES[one.outcome].in_language(lang) for one in (first, second))
    told = [f"{before} → {after}"] if before != after else []
    told += dict.fromkeys(moved for name, one in now.items() if (moved := _moved(was.get(name), one, lang)))
    colon, mark = {"zh": ("：", "；"), "en": (": ", "; ")}[lang]
    return f"{first.title.in_language(lang)}{colon}{mark.join(told)}" if told else ""


def _moved(was: CheckFinding | None, now: CheckFinding, lang: Language) -> str:
    """Give a figure before and now; nothing of one that is the same, or that is no number."""
    before, after = (None if one is None or one.gap is None else one.observed for one in (was, now))
    if not isinstance(before, int | float) or not isinstance(after, int | float) or before == after:
        return ""
    figures = f"{decimal(before, after)} → {decimal(after, before)} {now.unit.in_language(lang)}"
    return f"{now.title.in_language(lang)} {figures}".rstrip()
