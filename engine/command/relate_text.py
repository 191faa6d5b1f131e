"""What `champion prove` says on the terminal."""

from __future__ import annotations

from rich.text import Text as Styled

from engine.command.console import Screen, columns, console, wrapped, write
from engine.command.ladder_text import COLOUR, MARK
from engine.ground.errors import Language, Text
from engine.ground.writing import to_json
from engine.language.facts import Vocabulary
from engine.solving.relations import Answer
from engine.solving.witness import Witness

_UNUSUAL = Text("只有超出通常范围的数才能说明。", "Only figures outside their usual ranges show it.")
_OURS = Text(
    "以我们对原文的读法为准；所举企业不填多余的指标，空白不妨碍结论。",
    "By our readings of the texts; the firm states no fact that it could do without.",
)


def print_answer(answer: Answer, vocabulary: Vocabulary, lang: Language, form: str) -> None:
    """Print whether a relation holds, with the firms that show that it does not, or JSON."""
    if form == "json":
        write(to_json(answer, indent=True))
        return
    screen = console()
    screen.print(Styled(wrapped(answer.summary.in_language(lang), screen.width), "bold"))
    for one in answer.witnesses:
        print_witness(screen, one, vocabulary, lang)
    screen.print(Styled(f"\n{wrapped(_OURS.in_language(lang), screen.width)}", "dim"))


def print_witness(screen: Screen, witness: Witness, vocabulary: Vocabulary, lang: Language) -> None:
    """Print a firm fact by fact, and below what each rulebook says of it."""
    screen.print()
    rows = [
        (name, vocabulary[name].title.in_language(lang), typed if isinstance(typed, str) else "、".join(typed))
        for name, typed in witness.profile.items()
    ]
    columns(rows)
    for one in witness.judged:
        head = f"{MARK[one.verdict]} {one.rulebook}"
        screen.print(Styled(head, f"bold {COLOUR[one.verdict]}"))
        screen.print(Styled(wrapped(one.reasons.in_language(lang), screen.width), ""))
    if not witness.usual:
        screen.print(Styled(_UNUSUAL.in_language(lang), "dim"))
