"""What `champion prove` says on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from rich.text import Text as Styled

from engine.command.console import Screen, columns, console, wrapped, write
from engine.command.difference_text import print_difference
from engine.command.ladder_text import COLOUR, MARK, indented
from engine.explaining.side_by_side import Difference
from engine.explaining.verdict import figure
from engine.explaining.wording import figure_words
from engine.ground.errors import Language, Text
from engine.ground.values import Known
from engine.ground.writing import to_json
from engine.language.answer import answer
from engine.language.facts import Vocabulary
from engine.solving.blanks import Blank, Questionnaire
from engine.solving.changes import Change
from engine.solving.relations import Answer, Found
from engine.solving.solver import NO_ANSWER
from engine.solving.statics import Idle, Statics
from engine.solving.witness import Witness

if TYPE_CHECKING:
    from engine.solving.asked import Proved

_UNUSUAL = Text(
    "只有不寻常的企业才能说明：数超出通常范围，或申报类型当日不适用。",
    "Only an unusual firm shows it: a figure outside its usual range, or applying as the text is not for that day.",
)
_OURS = Text(
    "以我们对原文的读法为准。所举企业不填多余的指标，并已按规则判定。",
    "By our readings of the texts. A firm that is shown states no fact to spare, and was decided by the rules.",
)
_ONLY = {
    "first": Text("只被前者接受", "Only the first takes"),
    "second": Text("只被后者接受", "Only the second takes"),
}
_SAME = Text("两者接受同样的企业。", "Both take the same firms.")


def print_proved(found: Sequence[Proved], vocabulary: Vocabulary, lang: Language, form: str) -> None:
    """Print what was proved, with the firms that show the contrary, or JSON."""
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen = console()
    for one in found:
        if isinstance(one, Change):
            _print_change(screen, one, vocabulary, lang)
            continue
        for number, (said, witnesses) in enumerate(_told(one, vocabulary)):
            screen.print(Styled(wrapped(said.in_language(lang), screen.width), "" if number else "bold"))
            for firm in witnesses:
                print_witness(screen, firm, vocabulary, lang)
        screen.print()
    screen.print(Styled(wrapped(_OURS.in_language(lang), screen.width), "dim"))


def _told(
    found: Answer | Statics | Questionnaire | Blank, vocabulary: Vocabulary
) -> Iterable[tuple[Text, tuple[Witness, ...]]]:
    """Give what is to be said of something proved, the first line first, each with its firms."""
    match found:
        case Answer():
            yield found.summary, found.witnesses
        case Blank():
            yield found.summary, tuple(one for one in (found.qualified, found.refused) if one is not None)
        case Statics():
            yield _of_statics(found), ()
            yield from ((Text(f"- {one.id}：{one.what.zh}", f"- {one.id}: {one.what.en}"), ()) for one in found.remarks)
        case Questionnaire():
            yield from ((said, ()) for said in _of_questionnaire(found, vocabulary))


def _of_statics(found: Statics) -> Text:
    unanswered = sum(one.kind is Idle.UNANSWERED for one in found.remarks)
    count = len(found.remarks) - unanswered
    asked = Text(f"{found.rulebook}：提问 {found.asked} 个，", f"{found.rulebook}: {found.asked} questions asked, ")
    if not found.remarks:
        return Text(f"{asked.zh}每一部分都对某家企业起作用。", f"{asked.en}each part matters to some firm.")
    more = Text(f"，{unanswered} 处没有得出答案", f", {unanswered} unanswered") if unanswered else Text("", "")
    return Text(
        f"{asked.zh}已证明 {count} 处永远不起作用{more.zh}：",
        f"{asked.en}{count} part(s) proved never to matter{more.en}:",
    )


def _of_questionnaire(found: Questionnaire, vocabulary: Vocabulary) -> Iterable[Text]:
    if found.found is Found.UNANSWERED:
        yield Text(f"哪些指标能判定每一家企业：{NO_ANSWER.zh}", f"Which facts settle every firm: {NO_ANSWER.en}")
        return
    count = len(found.needed)
    yield Text(
        f"填 {count} 项指标就能判定每一家能判定的企业"
        + ("，少一项都不行：" if found.fewest else "，不能再去掉任何一项："),
        f"{count} facts settle every firm that can be settled"
        + (", and no fewer do:" if found.fewest else ", and none of them can be left out:"),
    )
    yield _named(found.needed, vocabulary)
    for names, said in (
        (found.blank_answers, Text("空白也是一种回答：", "A blank is an answer too: ")),
        (found.spare, Text("不影响判定：", "No verdict depends on: ")),
    ):
        if names:
            listed = _named(names, vocabulary)
            yield Text(f"{said.zh}{listed.zh}", f"{said.en}{listed.en}")


def _named(names: Iterable[str], vocabulary: Vocabulary) -> Text:
    titles = [vocabulary[name].title for name in names]
    return Text("、".join(one.zh for one in titles), "; ".join(one.en for one in titles))


def _in_words(witness: Witness, vocabulary: Vocabulary, lang: Language) -> dict[str, str]:
    """Give the values of a firm by fact, in words."""
    values = {name: answer(vocabulary[name], typed) for name, typed in witness.profile.items()}
    return {
        name: Text(*figure_words(vocabulary[name], figure(cast("Known", value)))).in_language(lang)
        for name, value in values.items()
    }


def print_witness(screen: Screen, witness: Witness, vocabulary: Vocabulary, lang: Language) -> None:
    """Print a firm fact by fact, and below what each rulebook says of it."""
    screen.print()
    told = _in_words(witness, vocabulary, lang)
    columns([(name, vocabulary[name].title.in_language(lang), value) for name, value in told.items()])
    for one in witness.judged:
        head = f"{MARK[one.verdict]} {one.rulebook}"
        screen.print(Styled(head, f"bold {COLOUR[one.verdict]}"))
        screen.print(Styled(indented(screen, 2, one.reasons.in_language(lang))))
    if not witness.usual:
        screen.print(Styled(_UNUSUAL.in_language(lang), "dim"))


def print_witnessed(
    found: Difference, changed: Sequence[Change], vocabulary: Vocabulary, lang: Language, form: str
) -> None:
    """Print two rulebooks side by side, and of each criterion that changed the firms that only one of them takes."""
    if form == "json":
        write(to_json({"difference": found, "changes": changed}, indent=True))
        return
    print_difference(found, lang, form)
    for one in changed:
        _print_change(console(), one, vocabulary, lang)


def _print_change(screen: Screen, one: Change, vocabulary: Vocabulary, lang: Language) -> None:
    ids = one.first if one.first == one.second else f"{one.first} → {one.second}"
    screen.print(Styled(f"\n{one.title.in_language(lang)} · {ids}", "bold"))
    if one.found is not Found.REFUTED:
        said = _SAME if one.found is Found.PROVED else NO_ANSWER
        screen.print(Styled(said.in_language(lang)))
    for side, firm in (("first", one.only_first), ("second", one.only_second)):
        if firm is not None:
            colon, comma = {"zh": ("：", "；"), "en": (": ", "; ")}[lang]
            values = _in_words(firm, vocabulary, lang).items()
            told = (f"{vocabulary[name].title.in_language(lang)} {value}" for name, value in values)
            screen.print(Styled(indented(screen, 2, f"{_ONLY[side].in_language(lang)}{colon}{comma.join(told)}")))
