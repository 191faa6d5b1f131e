"""A route on the terminal: the problem classes, the route with its measures, and what is missing to tell."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text as Styled

from engine.command.console import Screen, columns, console, wrapped, write
from engine.command.ladder_text import COLOUR, INDENT, MARK, indented
from engine.command.verdict_text import print_notes, standing_of
from engine.explaining.verdict import Standing
from engine.explaining.wording import asked_title, quoted_words
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.problem_route import ProblemClass, ProblemRoute, Route

_Say = Callable[[str, int, Text], None]


def print_route(found: ProblemRoute, lang: Language, form: str) -> None:
    """Print the classes in the order of their layers and the route that follows, or JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen = console()

    def say(style: str, indent: int, text: Text) -> None:
        screen.print(Styled(indented(screen, indent, text.in_language(lang)), style))

    name = " ".join(part for part in (found.firm.firm_name, found.firm.firm_id, found.as_of) if part)
    screen.print(Styled(name, "bold"))
    say("", 0, found.summary)
    print_notes(found.notes, found.warnings, lang)
    screen.print()
    columns([_class(one, lang) for one in found.classes], below=[_why(screen, one, lang) for one in found.classes])
    if found.route is not None:
        _print_route(say, found.route)
        reading = found.reading if found.confirmed else _unconfirmed(found.reading)
        say("dim", 0, reading)
    if found.missing:
        say("bold", 0, Text("要判定路线还缺", "Missing to tell the route"))
    for fact in found.missing:
        say("", 2, asked_title(fact.question, if_any=fact.if_any))
    screen.print(Styled(f"\n{wrapped(found.notice.in_language(lang), screen.width)}", "dim"))


def _class(one: ProblemClass, lang: Language) -> tuple[str | Styled, ...]:
    found = one.verdict
    return (
        Styled(MARK[found.verdict], f"bold {COLOUR[found.verdict]}"),
        Styled(one.title.in_language(lang), "bold"),
        Styled(standing_of(found).in_language(lang), COLOUR[found.verdict]),
        f"→ {one.route.title.in_language(lang)}",
    )


def _why(screen: Screen, one: ProblemClass, lang: Language) -> Styled:
    """Say by which rulebook a class was decided, and unless it holds for certain, why."""
    found = one.verdict
    told = [(f"{found.rulebook.document} · {found.rulebook.id}", "dim")]
    if found.verdict is not Standing.QUALIFIED or found.hangs:
        told.append((found.reasons.in_language(lang), ""))
    return Styled("\n").join(Styled(indented(screen, INDENT, text), style) for text, style in told)


def _print_route(say: _Say, route: Route) -> None:
    """Print a route: its words, what it does in the words of the text, and where it leads."""

    def words(quote: str, clause: str, grade: str) -> Text:
        quoted = quoted_words(quote)
        return Text(f"{quoted.zh} {clause} [{grade}]", f"{quoted.en} {clause} [{grade}]")

    say("bold underline", 0, Text(f"\n路线：{route.title.zh}", f"\nRoute: {route.title.en}"))
    say("dim", 0, words(route.quote, route.cite.clause, route.grade))
    for one in route.measures:
        say("", 0, Text(f"· {one.title.zh}", f"· {one.title.en}"))
        say("dim", 2, words(one.quote, one.cite.clause, one.grade))
    for onward in route.onward:
        command = f"champion assess --rulebook {onward.rulebook}"
        say("", 0, Text(f"→ {onward.title.zh}：{command}", f"→ {onward.title.en}: {command}"))


def _unconfirmed(reading: Text) -> Text:
    return Text(f"读法待确认：{reading.zh}", f"Reading unconfirmed: {reading.en}")
