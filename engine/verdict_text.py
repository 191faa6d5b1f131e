"""A verdict on the terminal: the verdict first, unmet before met, each threshold with its distance."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from engine.console import console, wrapped, write
from engine.errors import Language, Text
from engine.listing import INFORMATIVE, UNCONFIRMED
from engine.outcome import Outcome, Reason
from engine.verdict import CriterionFinding, Standing, Verdict
from engine.wording import OUTCOMES, STANDINGS
from engine.writing import to_json

_COLOUR = {Outcome.MET: "green", Outcome.NOT_MET: "red", Outcome.UNDETERMINED: "yellow"}
_MARK = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNDETERMINED: "?"}
_BADGE = {Standing.QUALIFIED: "green", Standing.NOT_QUALIFIED: "red", Standing.UNDETERMINED: "yellow"}
_WORST_FIRST = (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET)
_NOT_APPLICABLE = Text("不适用", "not applicable")
_MOST_CHECKS = 6
_TITLE_WIDTH = 24


def print_verdicts(verdicts: Sequence[Verdict], lang: Language, form: str, *, many: bool) -> None:
    """Print verdicts as text, as a line each, or as JSON (a list if there are several profiles)."""
    if form == "json":
        if verdicts:
            write(to_json(verdicts if many else verdicts[0], indent=True))
    elif form == "line":
        _print_lines(verdicts, lang)
    else:
        for verdict in verdicts:
            _print_verdict(verdict, lang)


def _print_lines(verdicts: Sequence[Verdict], lang: Language) -> None:
    screen = console()
    table = Table.grid(padding=(0, 2))
    for verdict in verdicts:
        deciding = [criterion for criterion in verdict.criteria if criterion.decides]
        failed = [c.title.in_language(lang) for c in deciding if c.outcome is Outcome.NOT_MET]
        undetermined = sum(c.outcome is Outcome.UNDETERMINED for c in deciding)
        says = {
            "zh": f"{len(failed)} 项不符合，{undetermined} 项无法判定",
            "en": f"{len(failed)} not met, {undetermined} undetermined",
        }[lang]
        table.add_row(
            Styled(STANDINGS[verdict.verdict].in_language(lang), _BADGE[verdict.verdict]),
            verdict.firm.firm_id or "",
            verdict.firm.firm_name or "",
            says,
            {"zh": "、", "en": ", "}[lang].join(failed),
        )
    screen.print(table)


def _print_verdict(verdict: Verdict, lang: Language) -> None:
    screen = console()
    badge = Styled(f" {STANDINGS[verdict.verdict].in_language(lang)} ", f"bold reverse {_BADGE[verdict.verdict]}")
    name = " ".join(part for part in (verdict.firm.firm_name, verdict.firm.firm_id) if part)
    screen.print(badge, Styled(name, "bold"))
    book = verdict.rulebook
    dim = f"{book.title.in_language(lang)} · {book.id} · {book.digest[:12]} · {verdict.as_of}"
    screen.print(Styled(wrapped(dim, screen.width), "dim"))
    screen.print(wrapped(verdict.summary.in_language(lang), screen.width))
    for outcome in _WORST_FIRST:
        chosen = [criterion for criterion in verdict.criteria if criterion.outcome is outcome]
        if chosen:
            heading = f"\n{OUTCOMES[outcome].in_language(lang).capitalize()} ({len(chosen)})"
            screen.print(Styled(heading, f"bold {_COLOUR[outcome]}"))
            _print_criteria(screen, chosen, lang)
    _print_open(screen, verdict, lang)
    screen.print(Styled(f"\n{wrapped(verdict.notice.in_language(lang), screen.width)}", "dim"))


def _print_criteria(screen: Console, criteria: Sequence[CriterionFinding], lang: Language) -> None:
    """Lay criteria out in two columns: mark and title, and what is said of each check; under it the quoted words."""
    titles = [criterion.title.in_language(lang) for criterion in criteria]
    first = min(_TITLE_WIDTH, max(map(cell_len, titles)))
    second = max(20, screen.width - first - 4)
    table = Table.grid(padding=(0, 1))
    table.add_column(width=1)
    table.add_column(width=first, no_wrap=True)
    table.add_column(width=second, no_wrap=True)
    for criterion, title in zip(criteria, titles, strict=True):
        mark = Styled(_MARK[criterion.outcome], f"bold {_COLOUR[criterion.outcome]}")
        table.add_row(mark, Styled(wrapped(title, first), "bold"), _says(criterion, lang, second))
    screen.print(table)


def _says(criterion: CriterionFinding, lang: Language, width: int) -> Styled:
    lines: list[Styled] = []
    for check in criterion.checks[:_MOST_CHECKS]:
        line = f"{_MARK[check.outcome]} {check.explanation.in_language(lang)}"
        lines.append(Styled(wrapped(line, width), _COLOUR[check.outcome]))
    hidden = len(criterion.checks) - _MOST_CHECKS
    if hidden > 0:
        more = {"zh": f"……另有 {hidden} 项比较，见 --format json", "en": f"… {hidden} more checks, see --format json"}
        lines.append(Styled(more[lang], "dim"))
    notes = [
        note.in_language(lang)
        for note, holds in (
            (_NOT_APPLICABLE, criterion.reason is Reason.NOT_APPLICABLE),
            (INFORMATIVE, not criterion.decides),
            (UNCONFIRMED, not criterion.confirmed),
        )
        if holds
    ]
    words = " · ".join([f"“{criterion.quote}” {criterion.cite.clause} [{criterion.grade}]", *notes])
    lines.append(Styled(wrapped(words, width), "dim"))
    if criterion.outcome is not Outcome.MET and criterion.reading:
        label = {"zh": "读法：", "en": "Reading: "}[lang]
        lines.append(Styled(wrapped(label + criterion.reading.in_language(lang), width), "dim italic"))
    if criterion.outcome is not Outcome.MET and criterion.evidence_asked:
        papers = {"zh": "；", "en": "; "}[lang].join(paper.in_language(lang) for paper in criterion.evidence_asked)
        lines.append(Styled(wrapped({"zh": "材料：", "en": "Evidence: "}[lang] + papers, width), "cyan"))
    return Styled("\n").join(lines)


def _print_open(screen: Console, verdict: Verdict, lang: Language) -> None:
    """Print what is missing, what could settle the verdict, and warnings."""
    if verdict.missing:
        screen.print(Styled({"zh": "\n尚缺信息", "en": "\nMissing"}[lang], "bold"))
        table = Table.grid(padding=(0, 2))
        for fact in verdict.missing:
            evidence = fact.evidence.in_language(lang) if fact.evidence else ""
            table.add_row("", fact.fact, fact.title.in_language(lang), Styled(evidence, "cyan"))
        screen.print(table)
    for standing in dict.fromkeys(settling.verdict for settling in verdict.settles):
        sets = [", ".join(settling.facts) for settling in verdict.settles if settling.verdict is standing]
        name = STANDINGS[standing].in_language(lang)
        says = {
            "zh": f"补齐后可能使结论为“{name}”：{'；或 '.join(sets)}",
            "en": f"Could make it {name}: {'; or '.join(sets)}",
        }[lang]
        screen.print(Styled(wrapped(says, screen.width), "dim"))
    for warning in verdict.warnings:
        label = {"zh": "提示：", "en": "Note: "}[lang]
        screen.print(Styled(wrapped(label + warning.in_language(lang), screen.width), "yellow"))
