"""What `champion plan` says on the terminal."""

from __future__ import annotations

from rich.text import Text as Styled

from engine.command.console import Screen, console, wrapped, write
from engine.command.ladder_text import indented
from engine.explaining.requirement import trial_words
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.solving.plan import Plan, Way

_HEADS = {
    "title": Text("先取得称号或奖励", "First, titles and awards"),
    "year": Text("要一个年度才有的", "What takes another year"),
    "paper": Text("材料和评审", "Papers and judgements"),
    "stated": Text("只需填明的", "Only to be stated"),
}
_ANY = Text("另有更省的方案也未可知。", "There may be a cheaper one.")
_UNUSUAL = Text("有的数超出通常范围。", "Some figures lie outside their usual range.")


def print_plan(found: Plan, lang: Language, form: str) -> None:
    """Print the plans of a firm, step by step, or JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen = console()
    name = " ".join(part for part in (found.firm.firm_name, found.firm.firm_id) if part)
    screen.print(Styled(name, "bold"))
    _say(screen, Text(*(found.rulebook.line(one, found.as_of) for one in ("zh", "en"))), lang, "dim")
    if found.rulebook.changes:
        _say(screen, trial_words(found.rulebook.changes), lang, "yellow")
    _say(screen, found.summary, lang)
    for number, way in enumerate(found.ways, 1):
        _print_way(screen, way, number, lang)
    if found.ways:
        screen.print()
        for told in (found.cost_words, found.years_words):
            _say(screen, told, lang, "dim")
    _say(screen, found.notice, lang, "dim")


def _print_way(screen: Screen, way: Way, number: int, lang: Language) -> None:
    cost = f"{way.cost:.2g}"
    head = Text(f"方案 {number}（代价 {cost}）", f"Plan {number} (cost {cost})")
    screen.print(Styled(f"\n{head.in_language(lang)}", "bold"))
    for takes, title in _HEADS.items():
        several = [one for one in way.steps if one.takes == takes]
        if several:
            screen.print(f"  {title.in_language(lang)}")
        for one in several:
            screen.print(Styled(indented(screen, 4, f"- {one.words.in_language(lang)}")))
    told = [one.explanation for one in way.hangs_on]
    told += [words for words, is_so in ((_ANY, not way.cheapest), (_UNUSUAL, not way.usual)) if is_so]
    for words in told:
        screen.print(Styled(indented(screen, 2, words.in_language(lang)), "yellow"))


def _say(screen: Screen, told: Text, lang: Language, style: str = "") -> None:
    screen.print(Styled(wrapped(told.in_language(lang), screen.width), style))
