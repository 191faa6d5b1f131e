"""A verdict on the terminal: the verdict first, unmet before met, each threshold with its distance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from engine.command.console import Screen, columns, console, wrapped, write
from engine.command.page_foot import explained
from engine.explaining.labels import Label
from engine.explaining.told import WORST_FIRST, deciding, idle, in_order_of, made_of, told_checks
from engine.explaining.verdict import (
    CriterionFinding,
    HangsOn,
    MissingFact,
    Standing,
    Verdict,
)
from engine.explaining.wording import (
    NOT_APPLICABLE,
    NOT_MET_UNLESS,
    OUTCOMES,
    STANDINGS,
    asked_title,
    counted,
    quoted_words,
    standing_words,
    unless_title,
)
from engine.ground.errors import Language, Problem, Text
from engine.ground.outcome import Outcome, Reason
from engine.ground.writing import to_json
from engine.ladder_standing import LevelStanding
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL, Catalog

COLOUR = {Outcome.MET: "green", Outcome.NOT_MET: "red", Outcome.UNDETERMINED: "yellow"}
_MARK = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNDETERMINED: "?"}
_IDLE = "–"  # neither met nor not met by any figure
_BADGE = {Standing.QUALIFIED: "green", Standing.NOT_QUALIFIED: "red", Standing.UNDETERMINED: "yellow"}
_TITLE_WIDTH = 24


def print_verdicts(
    verdicts: Sequence[tuple[str, Verdict]], catalog: Catalog, lang: Language, form: str, *, many: bool
) -> None:
    """Print verdicts, each with the name of its file: as text, as a line each, or as JSON, a list of several."""
    if form == "json":
        found = [verdict for _, verdict in verdicts]
        if found:
            write(to_json(found if many else found[0], indent=True))
    elif form == "line":
        columns([(name, *_line("", one, lang)) if many else _line(name, one, lang) for name, one in verdicts])
    else:
        for _, verdict in verdicts:
            _print_verdict(verdict, catalog, lang)


def _line(name: str, verdict: Verdict, lang: Language) -> tuple[str | Styled, ...]:
    deciding = [criterion for criterion in verdict.criteria if criterion.decides]
    failed = [c.title.in_language(lang) for c in deciding if c.outcome is Outcome.NOT_MET]
    open_ = [c for c in deciding if c.outcome is Outcome.UNDETERMINED]
    saved = [c.title for c in open_ if c.unless is not None]
    says = counted(len(failed), len(saved), len(open_) - len(saved)).in_language(lang)
    failed += [unless_title(title).in_language(lang) for title in saved]
    warnings = {"zh": f"{len(verdict.warnings)} 条提示", "en": f"{len(verdict.warnings)} notes"}[lang]
    told = [c.title.in_language(lang) for c in verdict.criteria if not c.decides and c.outcome is Outcome.NOT_MET]
    mark = {"zh": "、", "en": ", "}[lang]
    inform = {"zh": "参考项不符合：", "en": "only informs, not met: "}[lang]
    return (
        Styled(standing_of(verdict).in_language(lang), _BADGE[verdict.verdict]),
        verdict.firm.firm_id or "",
        verdict.firm.firm_name or (name if verdict.firm.firm_id is None else ""),
        says,
        Styled(warnings if verdict.warnings else "", "yellow"),
        "; ".join(part for part in (mark.join(failed), told and inform + mark.join(told)) if part),
    )


def standing_of(found: Verdict | LevelStanding) -> Text:
    """Give a verdict in words, with what it hangs on or is only a trial of."""
    return standing_words(found.verdict, hangs=bool(found.hangs), is_trial=bool(found.rulebook.changes))


def print_head(screen: Screen, verdict: Verdict, lang: Language) -> None:
    """Print the verdict, of which firm, by which rules and as of which day, its summary, and what is noted."""
    words = standing_of(verdict).in_language(lang)
    room = " " if screen.is_terminal else ""  # what is seen of a badge in colour only
    badge = Styled(f"{room}{words}{room}", f"bold reverse {_BADGE[verdict.verdict]}")
    name = " ".join(part for part in (verdict.firm.firm_name, verdict.firm.firm_id) if part)
    screen.print(badge, Styled(name, "bold"))
    book = verdict.rulebook
    screen.print(Styled(wrapped(book.line(lang, verdict.as_of), screen.width), "dim"))
    if book.id == DEFAULT_RULEBOOK:
        screen.print(Styled(wrapped(PROPOSAL.in_language(lang), screen.width), "dim"))
    screen.print(wrapped(verdict.summary.in_language(lang), screen.width))
    print_notes(verdict.notes, verdict.warnings, lang)


def _print_verdict(verdict: Verdict, catalog: Catalog, lang: Language) -> None:
    screen, document = console(record=True), verdict.rulebook.document
    print_head(screen, verdict, lang)
    for outcome in WORST_FIRST:
        saved, others = deciding(verdict, outcome)
        _print_section(screen, NOT_MET_UNLESS, COLOUR[outcome], saved, lang, document)
        _print_section(screen, OUTCOMES[outcome], COLOUR[outcome], others, lang, document)
    _print_idle(screen, idle(verdict), lang)
    others = [criterion for criterion in verdict.criteria if not criterion.decides]
    _print_section(screen, Label.INFORMATIVE, "cyan", others, lang, document)
    _print_open(screen, verdict, lang)
    screen.print()
    print_foot(screen, verdict, lang, explained(screen.export_text(), catalog, [verdict.rulebook.id], lang))


def print_notes(notes: Iterable[Text], warnings: Iterable[Problem], lang: Language) -> None:
    """Print what is noted of a firm, and what to do about it."""
    screen, label = console(), {"zh": "提示：", "en": "Note: "}[lang]
    for note, warning in zip(notes, warnings, strict=True):
        told = [label, note.in_language(lang), {"zh": "", "en": " "}[lang]]
        told += [warning.instead.in_language(lang)] if warning.instead else []
        screen.print(Styled(wrapped("".join(told).rstrip(), screen.width), "yellow"))


def print_heading(
    screen: Console, heading: Text, colour: str, criteria: Sequence[CriterionFinding], lang: Language
) -> None:
    """Print a heading over criteria with their number."""
    words = heading.in_language(lang)
    screen.print(Styled(f"\n{words[:1].upper()}{words[1:]} ({len(criteria)})", f"bold {colour}"))


def _print_section(
    screen: Screen,
    heading: Text,
    colour: str,
    criteria: Sequence[CriterionFinding],
    lang: Language,
    document: str | None,
) -> None:
    """Print criteria in two columns: mark and title, and what is said of each check; under it the quoted words.

    `document` is the number of the text: those of other documents are told.
    """
    if not criteria:
        return
    print_heading(screen, heading, colour, criteria, lang)
    if screen.is_file:
        _print_downwards(screen, criteria, lang, document)
        return
    first = min(_TITLE_WIDTH, max(cell_len(criterion.title.in_language(lang)) for criterion in criteria))
    second = max(20, screen.width - first - 4)
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=first, no_wrap=True)
    table.add_column(width=second, no_wrap=True)
    for criterion in criteria:
        mark = Styled(_own_mark(criterion), f"bold {COLOUR[criterion.outcome]}")
        title = Styled(wrapped(criterion.title.in_language(lang), first), "bold")
        table.add_row(mark, title, _says(criterion, lang, second, document))
    screen.print(table)


def _print_downwards(
    screen: Console, criteria: Sequence[CriterionFinding], lang: Language, document: str | None
) -> None:
    """Print criteria one below another, and what is said of each under its title."""
    for criterion in criteria:
        mark = Styled(_own_mark(criterion), f"bold {COLOUR[criterion.outcome]}")
        screen.print(mark, Styled(criterion.title.in_language(lang), "bold"))
        for line in _says(criterion, lang, screen.width, document).split("\n"):
            screen.print(Styled("    ") + line)


def _mark(criterion: CriterionFinding, outcome: Outcome) -> str:
    """Give the mark of a criterion or its check; one that is met because it does not apply has its own."""
    return _IDLE if criterion.reason is Reason.NOT_APPLICABLE else _MARK[outcome]


def _own_mark(criterion: CriterionFinding) -> str:
    """Give the mark of a criterion: of one that is not met by what is stated that of one that fails."""
    return _mark(criterion, Outcome.NOT_MET if criterion.unless is not None else criterion.outcome)


def _print_idle(screen: Console, criteria: Sequence[CriterionFinding], lang: Language) -> None:
    """Name the criteria that do not apply to the firm."""
    if criteria:
        print_heading(screen, NOT_APPLICABLE, "dim", criteria, lang)
        mark = {"zh": "、", "en": ", "}[lang]
        titles = mark.join(criterion.title.in_language(lang) for criterion in criteria)
        why = dict.fromkeys(check.explanation.in_language(lang) for one in criteria for check in told_checks(one))
        for line in (titles, *why):
            screen.print(Styled(wrapped(line, screen.width), "dim"))


def _says(criterion: CriterionFinding, lang: Language, width: int, document: str | None) -> Styled:
    lines: list[Styled] = []

    def say(style: str, zh: str, en: str) -> None:
        lines.append(Styled(wrapped(zh if lang == "zh" else en, width), style))

    for one in filter(None, (criterion.unless, *(choice.explanation for choice in criterion.any_of))):
        say(COLOUR[criterion.outcome], one.zh, one.en)
    if len(criterion.checks) > 1:
        say("", f"要求：{criterion.requires.zh}", f"Required: {criterion.requires.en}")
    for check in told_checks(criterion):
        mark = _mark(criterion, check.outcome)
        from_, says = made_of(check), check.explanation
        say(COLOUR[check.outcome], f"{mark} {says.zh}{from_.zh}", f"{mark} {says.en}{from_.en}")
        if check.enough is not None:
            say("cyan", f"→ {check.enough.zh}", f"→ {check.enough.en}")
    words, place = quoted_words(criterion.quote), f"{criterion.cite.place(document)} [{criterion.grade}]"
    told = [Text(f"{words.zh} {place}", f"{words.en} {place}"), *(note for note, holds in _notes(criterion) if holds)]
    say("dim", " · ".join(note.zh for note in told), " · ".join(note.en for note in told))
    unders = dict.fromkeys(check.under for check in criterion.checks if check.under)
    for under in (one for one in unders if one.quote or not any(other.quote for other in unders)):
        words, place = quoted_words(under.quote), f"{under.document or under.rulebook} {under.clause}"
        say("dim", f"{words.zh} {place}", f"{words.en} {place}")
    if criterion.reading and not criterion.confirmed:
        say("dim italic", f"读法：{criterion.reading.zh}", f"Reading: {criterion.reading.en}")
    for turn in criterion.hangs_on:
        say("magenta", turn.explanation.zh, turn.explanation.en)
    if criterion.outcome is not Outcome.MET and criterion.evidence_asked:
        zh = "；".join(paper.zh for paper in criterion.evidence_asked)
        en = "; ".join(paper.en for paper in criterion.evidence_asked)
        say("cyan", f"材料：{zh}", f"Evidence: {en}")
    return Styled("\n").join(lines)


def turn_words(turn: HangsOn) -> Text:
    """Say of which criterion another reading is, and what comes of it."""
    return Text(f"{turn.title.zh}：{turn.explanation.zh}", f"{turn.title.en}: {turn.explanation.en}")


def _notes(criterion: CriterionFinding) -> tuple[tuple[Text, bool], ...]:
    return (
        (NOT_APPLICABLE, criterion.reason is Reason.NOT_APPLICABLE),
        (Label.UNCONFIRMED, not criterion.confirmed),
    )


def _print_open(screen: Console, verdict: Verdict, lang: Language) -> None:
    """Print what is missing, and what could settle the verdict."""
    if verdict.missing:
        screen.print(Styled({"zh": "\n尚缺信息", "en": "\nMissing"}[lang], "bold"))
    saved, others = deciding(verdict, Outcome.UNDETERMINED)
    missing = in_order_of([*saved, *others], verdict.missing)
    for fact in missing:
        screen.print(Styled(f"  {wrapped(_asked(fact, lang), screen.width - 2)}"))
        if fact.evidence:
            screen.print(Styled(f"    {wrapped(fact.evidence.in_language(lang), screen.width - 4)}", "cyan"))
    titles = {fact.fact: _quoted(fact.question).in_language(lang) for fact in missing}
    place = {name: number for number, name in enumerate(titles)}
    for standing in dict.fromkeys(settling.verdict for settling in verdict.settles):
        mark = {"zh": "；", "en": " and "}[lang]
        sets = [
            sorted(one.facts, key=lambda fact: place.get(fact, len(place)))
            for one in verdict.settles
            if one.verdict is standing
        ]
        alone = [titles.get(one[0], one[0]) for one in sets if len(one) == 1]
        several = [mark.join(titles.get(fact, fact) for fact in one) for one in sets if len(one) > 1]
        ways = [{"zh": "；", "en": ", or "}[lang].join(alone)] if alone else []
        if len(several) > 1:  # they differ in one fact or another: each of dozens says no more
            more = len(several) - 1
            ways.append(
                several[0] + {"zh": f"（这样几项一起的另有 {more} 种）", "en": f" ({more} more such sets)"}[lang]
            )
        else:
            ways += several
        name = STANDINGS[standing].in_language(lang)
        any_of = {"zh": "其中任一项：" if len(alone) > 1 else "", "en": "any one of " if len(alone) > 1 else ""}[lang]
        says = {
            "zh": f"补齐后可能使结论为“{name}”：{any_of}{'；或几项一起：'.join(ways)}",
            "en": f"Could make it {name}: {any_of}{', or together '.join(ways)}",
        }[lang]
        screen.print(Styled(wrapped(says, screen.width), "dim"))


def _quoted(title: Text) -> Text:
    """Give a title as it stands in a list: the commas of an English one part nothing."""
    return Text(title.zh, f"“{title.en}”")


def _asked(fact: MissingFact, lang: Language) -> str:
    return asked_title(fact.question, if_any=fact.if_any).in_language(lang)


def print_foot(screen: Screen, verdict: Verdict, lang: Language, more: Iterable[str]) -> None:
    """Print what there is `more` to know of the page, what identifies the decision, and who recognises firms."""
    digest = verdict.rulebook.digest[:12]
    says = Text(f"编号 {verdict.id} · 规则版本 {digest}", f"id {verdict.id} · rulebook digest {digest}")
    for line in (*more, says.in_language(lang), verdict.notice.in_language(lang)):
        screen.print(Styled(wrapped(line, screen.width), "dim"))
