"""The ladder on the terminal: every level with its standing, and what the next one still asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.text import Text as Styled

from engine.command.console import Screen, columns, console, wrapped, write
from engine.command.evidence_text import print_papers
from engine.command.page_foot import explained
from engine.command.verdict_text import print_notes, standing_of, turn_words
from engine.evidence_list import OURS
from engine.explaining.told import in_order_of, told_checks
from engine.explaining.verdict import CheckFinding, CriterionFinding, MissingFact, Standing
from engine.explaining.wording import WAITS, asked_title, counted, quoted_words
from engine.ground.errors import Language, Text
from engine.ground.outcome import Outcome
from engine.ground.writing import to_json
from engine.ladder_standing import Ladder, LevelStanding, NextLevel, StepBelow, Unmet
from engine.language.notes import full_sentence
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.routing import APPLICATIONS

MARK = {Standing.QUALIFIED: "✓", Standing.NOT_QUALIFIED: "✗", Standing.UNDETERMINED: "?"}
COLOUR = {Standing.QUALIFIED: "green", Standing.NOT_QUALIFIED: "red", Standing.UNDETERMINED: "yellow"}
_Say = Callable[[str, int, str], None]
INDENT = 3
_WORKBOOK = {"zh": "各级填报表.xlsx", "en": "form.xlsx"}
_MOST_LINES = 12  # of why a level is not reached
_ABOVE = Text("没有问全，不逐项列出；理由见上。", "Not asked in full, so not listed; why stands above.")
_BELOW = Text("逐项理由见下面的“下一级”。", "Why, criterion by criterion, stands under “Next” below.")


def print_ladder(
    found: Ladder, catalog: Catalog, lang: Language, form: str, again: tuple[str, str], *, is_json: bool
) -> None:
    """Print the ladder, the highest level first, or as JSON.

    `again` is by what words of a command line it is decided again: its profile, or the list and which row, and the day;
    and what makes a trial of it.
    To one that `is_json` the form for all levels is offered; of a form or a list it is where that does not ask all.
    """
    if form == "json":
        write(to_json(found, indent=True))
        return
    screen, (firm, _) = console(record=True), again
    name = " ".join(part for part in (found.firm.firm_name, found.firm.firm_id, found.as_of) if part)
    screen.print(Styled(name, "bold"))
    screen.print(wrapped(found.summary.in_language(lang), screen.width))
    print_notes(found.notes, found.warnings, lang)
    unasked = [level for level in found.levels if level.unasked]
    day = "" if " --as-of " in firm else f" --as-of {found.as_of}"
    carried = "" if firm.startswith("- ") or firm == "-" else f" --from {firm}"
    form_command = f"champion facts --template --rulebook ladder{carried}{day} -o {_WORKBOOK[lang]}"
    if unasked:
        whole = [level.title.in_language(lang) for level in found.levels if not level.unasked]
        screen.print(wrapped(_partly(whole).in_language(lang), screen.width))
        screen.print(Styled(form_command), soft_wrap=True)
    screen.print()
    downwards, following = found.levels[::-1], {level.level for level in found.next}
    below = [_why(screen, one, lang, again, is_next=one.level in following) for one in downwards]
    columns([_level(level, lang) for level in downwards], below=below)
    standing = {level.level: level for level in found.levels}
    for level in found.next:
        _print_next(screen, level, standing[level.level], lang)
    if is_json and any(level.undetermined for level in found.levels):
        told = {"zh": f"一张表问全各级：{form_command}", "en": f"A form for every level: {form_command}"}
        screen.print(Styled(f"\n{told[lang]}"), soft_wrap=True)
    screen.print()
    page = "".join([*(one.plain for one in below), screen.export_text()])
    for line in explained(page, catalog, [level.rulebook.id for level in downwards], lang):
        screen.print(Styled(wrapped(line, screen.width), "dim"))
    screen.print(Styled(f"{wrapped(found.notice.in_language(lang), screen.width)}", "dim"))


def print_lines(ladders: Sequence[tuple[str, Ladder]], lang: Language) -> None:
    """Print a line for each level of each firm, the highest first, with the name of its file."""
    columns([(name, *_level(level, lang)) for name, found in ladders for level in found.levels[::-1]])


def _partly(whole: Sequence[str]) -> Text:
    """Say of which levels a form asks everything, before the command that makes a form for all."""
    zh, en = "这张表没有把哪一级问全", "This form asks all of no level"
    if whole:
        zh, en = f"这张表问全的只有{'、'.join(whole)}", f"This form asks all of: {', '.join(whole)}"
    return Text(
        f"{zh}；没有问到的只写几项，不逐项列出。问全各级的填报表用这条命令写出：",
        f"{en}; what it has no place for is counted, not named. This writes one for every level:",
    )


def _level(level: LevelStanding, lang: Language) -> tuple[str | Styled, ...]:
    counts = counted(len(level.unmet), len(level.unless), len(level.undetermined) - len(level.unless))
    return (
        Styled(MARK[level.verdict], f"bold {COLOUR[level.verdict]}"),
        Styled(level.title.in_language(lang), "bold"),
        Styled(standing_of(level).in_language(lang), COLOUR[level.verdict]),
        counts.in_language(lang),
        level.held_words.in_language(lang),
    )


def _why(screen: Screen, level: LevelStanding, lang: Language, again: tuple[str, str], *, is_next: bool) -> Styled:
    """_Say by which edition a level was decided, and if it is not reached, why."""
    book, days = level.rulebook, level.in_force
    if days["to"] is None:
        applies = {"zh": f"自 {days['from']} 起适用", "en": f"applies from {days['from']}"}[lang]
    else:
        applies = f"{days['from']} – {days['to']}"
    edition = f"{book.id} ({APPLICATIONS[level.application].in_language(lang)})"
    parts = filter(None, [book.title.in_language(lang), book.document, applies, edition])
    says = [(" · ".join(parts), "dim")]
    if level.title_note is not None:
        says.append((level.title_note.in_language(lang), ""))
    if level.awaiting is not None:
        says.append((full_sentence(WAITS[level.awaiting]).in_language(lang), ""))
    if level.verdict is not Standing.QUALIFIED or level.hangs:
        told = [one.in_language(lang) for one in ((_BELOW,) if is_next and not level.unasked else level.why)]
        says.append(("\n".join(f"· {one}" for one in told) if len(told) > 1 else told[0], ""))
    if not is_next:
        says += [(turn_words(one).in_language(lang), "") for one in level.hangs_on if {*one.readings} & {*level.hangs}]
    says += [(text.in_language(lang), "") for text in _below(level.step_below)]
    command = f"champion assess {again[0]} --rulebook {book.id}{again[1] if book.changes else ''}"
    lines = [Styled(_abridged(screen, indented(screen, INDENT, text), command, lang), style) for text, style in says]
    if level.unasked and not any(command in line.plain for line in lines):
        lines.append(Styled(" " * INDENT + _in_full(command, lang)))
    return Styled("\n").join(lines)


def _in_full(command: str, lang: Language) -> str:
    return Text(f"…… 全文：{command}", f"… in full: {command}").in_language(lang)


def _abridged(screen: Screen, lines: str, command: str, lang: Language) -> str:
    """Give the first of several lines, and if there are more, the command that says all of it, unbroken."""
    first = lines.split("\n")
    if screen.is_file or len(first) <= _MOST_LINES:
        return lines
    return "\n".join([*first[: _MOST_LINES - 1], " " * INDENT + _in_full(command, lang)])


def indented(screen: Console, indent: int, text: str) -> str:
    """Give a text in lines of the screen, each that far from its edge."""
    lines = [wrapped(line, screen.width - indent - 1) for line in text.split("\n")]
    return " " * indent + "\n".join(lines).replace("\n", "\n" + " " * indent)


def _print_next(screen: Console, level: NextLevel, standing: LevelStanding, lang: Language) -> None:
    """Print what a level of the next step asks for: the title below, what is not met, open, missing, the papers.

    Of one that was not asked for in full only what is not met.
    """

    def say(style: str, indent: int, text: str) -> None:
        screen.print(Styled(indented(screen, indent, text), style))

    head = {"zh": "下一级：", "en": "Next: "}[lang]
    screen.print()
    named = filter(None, (level.title.in_language(lang), level.rulebook.document, level.rulebook.id))
    say("bold underline", 0, head + " · ".join(named))
    for text in ([level.step_below.note] if level.step_below.note else []) + _below(level.step_below):
        say("", 0, text.in_language(lang))
    for unmet in level.unmet:
        _print_unmet(say, unmet, lang, level.rulebook.document)
    if standing.unasked:
        say("", 2, _ABOVE.in_language(lang))
        return
    open_ = sorted(level.undetermined, key=lambda one: one.unless is None)
    for criterion in open_:
        _print_open(say, criterion, lang)
    for turn in level.hangs_on:
        say("magenta", 0, turn_words(turn).in_language(lang))
    _print_to_get(screen, say, level, in_order_of(open_, level.missing), lang)


def _print_to_get(screen: Console, say: _Say, level: NextLevel, missing: Sequence[MissingFact], lang: Language) -> None:
    """Print the facts that are missing, and the papers."""
    if missing:
        say("bold", 0, {"zh": "尚缺信息", "en": "Missing"}[lang])
    for fact in missing:
        say("", 2, asked_title(fact.question, if_any=fact.if_any).in_language(lang))
    say("bold", 0, {"zh": "要准备的材料", "en": "Documents to prepare"}[lang])
    if not all(paper.counts for paper in level.prepare):
        say("dim", 2, {"zh": f"{OURS.zh}。", "en": f"{OURS.en[:1].upper()}{OURS.en[1:]}."}[lang])
    print_papers(screen, level.prepare, {one.id: one.title for one in level.evidence}, lang)


def _print_open(say: _Say, criterion: CriterionFinding, lang: Language) -> None:
    say("yellow", 0, f"{'?' if criterion.unless is None else '✗'} {criterion.title.in_language(lang)}")
    for one in filter(None, (criterion.unless, *(choice.explanation for choice in criterion.any_of))):
        say("", 2, one.in_language(lang))
    _print_checks(say, criterion, lang)


def _print_checks(say: _Say, criterion: CriterionFinding, lang: Language) -> None:
    for check in _failing_or_open(criterion):
        say("", 2, check.explanation.in_language(lang))
        if check.enough is not None:
            say("cyan", 2, f"→ {check.enough.in_language(lang)}")


def _print_unmet(say: _Say, unmet: Unmet, lang: Language, document: str | None) -> None:
    criterion = unmet.criterion
    say("red", 0, f"✗ {criterion.title.in_language(lang)}")
    place = f"{criterion.cite.place(document)} [{criterion.grade}]"
    say("dim", 2, f"{quoted_words(criterion.quote).in_language(lang)} {place}")
    if len(criterion.checks) > 1:
        requires = criterion.requires.in_language(lang)
        say("", 2, {"zh": f"要求：{requires}", "en": f"Required: {requires}"}[lang])
    _print_checks(say, criterion, lang)


def _failing_or_open(criterion: CriterionFinding) -> list[CheckFinding]:
    """Give the checks that stand in the way, but not those that fail if `unless` tells of them."""
    told = {Outcome.UNDETERMINED} if criterion.unless is not None else {Outcome.UNDETERMINED, Outcome.NOT_MET}
    return [check for check in told_checks(criterion) if check.outcome in told]


def _below(below: StepBelow) -> list[Text]:
    """_Say what is to be known of the step below: the title that comes first."""
    zh, en = "、".join(one.title.zh for one in below.titles), ", ".join(one.title.en for one in below.titles)
    zh, en = (f"{zh}之一", f"one of {en}") if len(below.titles) > 1 else (zh, en)
    if not below.needed or below.held:
        return []
    if below.held is None:
        return [Text(f"? 未填写是否持有称号：{zh}。", f"? Not stated whether a title of the step below is held: {en}.")]
    return [Text(f"✗ 须先取得称号：{zh}。", f"✗ A title of the step below comes first: {en}.")]
