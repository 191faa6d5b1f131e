"""Lists on the terminal: rulebooks, one rulebook, the vocabulary, the result of lint."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from engine.command.console import columns, console, wrapped, write
from engine.explaining.blank_form import meant
from engine.explaining.labels import Label, days
from engine.explaining.pages import fact_page
from engine.explaining.wording import KINDS, asked_title, quoted_words
from engine.ground.errors import Language, Problem, Text
from engine.ground.writing import to_json
from engine.language.facts import Fact, Records, Vocabulary
from engine.language.reading import accepted
from engine.rulebooks.levels import Levels
from engine.rulebooks.logic import Rulebook

_NO_PROBLEMS = Text("没有问题", "no problems")
_FIRST = 24


def print_rulebooks(pages: Sequence[dict[str, Any]], levels: Levels, lang: Language, form: str) -> None:
    """Print the rulebooks as a timeline: under each level its editions, each with the days on which it applies."""
    if form == "json":
        write(to_json(pages, indent=True))
        return
    rows = []
    for page in pages:
        count = {"zh": f"{page['criteria_count']} 项条件", "en": f"{page['criteria_count']} criteria"}[lang]
        rows.append(
            (Styled(f"  {page['id']}", "bold"), days(page).in_language(lang), count, page["title"].in_language(lang))
        )
    starts = [n for n, page in enumerate(pages) if n == 0 or page["level"] != pages[n - 1]["level"]]
    columns(rows, {n: _heading(pages[n]["level"], levels, lang) for n in starts})


def _heading(level: str | None, levels: Levels, lang: Language) -> Styled:
    if level is None:
        return Styled(Label.NO_LEVEL.in_language(lang), "cyan")
    return Styled(f"{levels.title(level).in_language(lang)} ({level})", "cyan")


def print_rulebook(page: dict[str, Any], lang: Language, form: str) -> None:
    """Print one rulebook with its criteria, words, readings, sources and open questions."""
    if form == "json":
        write(to_json(page, indent=True))
        return
    screen = console()
    screen.print(Styled(page["title"].in_language(lang), "bold"))
    screen.print(
        Styled(
            f"{page['id']} · {page['edition']} · {days(page).in_language(lang)} · {page['digest'][:12]}",
            "dim",
        )
    )
    table = Table.grid(padding=(0, 1))
    width = max(20, screen.width - _FIRST - 1)
    for criterion in page["criteria"]:
        title = wrapped(criterion["title"].in_language(lang), _FIRST)
        table.add_row(Styled(title, "bold"), _criterion_words(criterion, lang, width))
    screen.print(table)
    _print_rest(screen, page, lang)


def _criterion_words(criterion: dict[str, Any], lang: Language, width: int) -> Styled:
    """Give what a criterion requires, the quoted words and how they are read."""
    cite = criterion["cite"]
    lines = [Styled(wrapped(criterion["requires"].in_language(lang), width))]
    words = f"{quoted_words(criterion['quote']).in_language(lang)} {cite['source']} {cite['clause']} [{cite['grade']}]"
    lines.append(Styled(wrapped(words, width), "dim"))
    notes = [] if criterion["confirmed"] else [Label.UNCONFIRMED.in_language(lang)]
    notes += [] if criterion["decides"] else [Label.INFORMATIVE.in_language(lang)]
    notes += [criterion["reading"].in_language(lang)] if criterion["reading"] else []
    if notes:
        lines.append(Styled(wrapped(" · ".join(notes), width), "italic"))
    for other in criterion["otherwise"]:
        label = Label.OTHER_READING.in_language(lang) + {"zh": "：", "en": ": "}[lang]
        lines.append(Styled(wrapped(label + other["reading"].in_language(lang), width), "magenta"))
    return Styled("\n").join(lines)


def _print_rest(screen: Console, page: dict[str, Any], lang: Language) -> None:
    """Print scorecards, parameters, open questions and sources."""

    def say(style: str, text: str) -> None:
        screen.print(Styled(wrapped(text, screen.width), style))

    for card in page["scorecards"]:
        say("bold", f"\n{card['title'].in_language(lang)} ({card['id']})")
        for item in card["items"]:
            bands = {"zh": "；", "en": "; "}[lang].join(band.in_language(lang) for band in item["bands"])
            say("", f"  {item['title'].in_language(lang)} ({item['id']}): {bands}")
    screen.print()
    for parameter in page["parameters"]:
        value = parameter["value"]
        shown = value if isinstance(value, str) else f"benchmark: {value['benchmark']}"
        label = Label.PARAMETER.in_language(lang)
        title, cite = parameter["title"].in_language(lang), parameter["cite"]
        say("", f"{label} {parameter['id']} = {shown}  {title} ({cite['source']} {cite['clause']})")
    for question in page["open_questions"]:
        label = Label.NOT_ENCODED.in_language(lang)
        quote = f"“{question['quote']}” " if question["quote"] else ""
        say("dim", f"{label} {question['id']} {question['clause']}: {quote}{question['reason'][lang]}")
    for key, source in page["sources"].items():
        say("dim", f"[{key}] {source['title'][lang]} {source['document'] or ''} {' '.join(source['read_in'])}".rstrip())
        if source["note"]:
            say("dim", f"    {source['note'][lang]}")


def print_lint(checked: Sequence[Rulebook], problems: Sequence[Problem], lang: Language, *, with_open: bool) -> None:
    """Print the problems on standard output, or on standard error that there are none.

    With `with_open`, also what is open in the sound ones: readings that nobody confirmed, clauses that do not decide.
    """
    for problem in problems:
        _print_line(problem.in_language(lang))
    if not problems and not with_open:
        console(error=True).print(_NO_PROBLEMS.in_language(lang))
    for rulebook in checked if with_open else ():
        unconfirmed = [criterion.words for criterion in rulebook.criteria if not criterion.words.confirmed]
        questions = rulebook.words.open_questions
        for words in unconfirmed:
            quote = quoted_words(words.quote).in_language(lang)
            where, reading = f"{rulebook.id}: {words.id}: {words.cite.clause}", words.reading or Text("", "")
            _print_line(f"{where}: {Label.UNCONFIRMED.in_language(lang)}: {quote} {reading.in_language(lang)}")
        for one in questions:
            quote = f"“{one.quote}” " if one.quote else ""
            label = Label.NOT_ENCODED.in_language(lang)
            _print_line(f"{rulebook.id}: {one.id}: {one.clause}: {label}: {quote}{one.reason.in_language(lang)}")
        says = {
            "zh": f"{rulebook.id}：没有问题；{len(unconfirmed)} 项读法待确认，{len(questions)} 条未列为条件",
            "en": f"{rulebook.id}: no problems; {len(unconfirmed)} readings unconfirmed, "
            f"{len(questions)} clause(s) not encoded",
        }[lang]
        console(error=True).print(says)


def print_begun(files: Sequence[Path], begun: tuple[Path, str, str | None] | None, lang: Language) -> None:
    """Print the files that were written, and on standard error what to do next with a rulebook that was begun."""
    for file in files:
        _print_line(str(file))
    if begun is not None:
        folder, name, other = begun
        says = {"zh": "接着可以：", "en": "What can be done next:"}[lang]
        lines = [f"lint {folder}", f"test {name} --rules {folder}"]
        lines += [f"rulebooks diff {other} {name} --rules {folder}"] if other else []
        console(error=True).print(says, *(f"\n  champion {line}" for line in lines), sep="", soft_wrap=True)
        final = {
            "zh": f"{name} 是草案，不按层级和日期选用；定稿后删去 draft: yes",
            "en": f"{name} is a draft, chosen by no level and no day; take out `draft: yes` once it is final",
        }[lang]
        console(error=True).print(final, soft_wrap=True, markup=False, highlight=False)


def _print_line(line: str) -> None:
    """Write a line to standard output as it is."""
    write(line.encode("utf-8", "backslashreplace"))


def print_facts(facts: Sequence[Fact], vocabulary: Vocabulary, lang: Language, form: str) -> None:
    """Print facts of the vocabulary: id, title, unit and what may be written, or the formula; what they mean."""
    if form == "json":
        write(to_json([fact_page(fact) for fact in facts], indent=True))
        return
    screen, asked = console(), {fact.id for fact in facts}
    for fact in facts:
        unit = fact.unit.in_language(lang) or KINDS[fact.kind].in_language(lang)
        title = asked_title(fact.title, if_any=fact.if_any).in_language(lang)
        screen.print(Styled(fact.id, "bold"), title, Styled(f"({unit})", "dim"), soft_wrap=True)
        says = f"= {fact.formula.text}" if fact.formula else accepted(fact, whole=True).in_language(lang)
        told = (fact.note, meant(fact, vocabulary, asked))
        notes = [says, *(one.in_language(lang) for one in told if one is not None)]
        for note in notes:
            indented = wrapped(note, screen.width - 4).replace("\n", "\n    ")
            screen.print(Styled(f"    {indented}", "dim"))


def print_lists(lists: Iterable[Records], lang: Language) -> None:
    """Print the lists of records that a JSON profile may have: fields, and the facts that follow."""
    screen = console()
    label = {"zh": "清单，仅限 JSON", "en": "list, JSON only"}[lang]
    for one in lists:
        fields = [f"{name} ({fact.title.in_language(lang)})" for name, fact in one.stated.items()]
        gives = ", ".join(one.words.gives)
        says = {
            "zh": f"字段：{'、'.join(fields)}。得出：{gives}。",
            "en": f"Fields: {', '.join(fields)}. Gives: {gives}.",
        }[lang]
        screen.print(Styled(one.id, "bold"), one.words.title.in_language(lang), Styled(f"({label})", "dim"))
        for note in [says, *([one.words.note.in_language(lang)] if one.words.note else [])]:
            indented = wrapped(note, screen.width - 4).replace("\n", "\n    ")
            screen.print(Styled(f"    {indented}", "dim"))


def print_template(facts: Sequence[Fact]) -> None:
    """Write an empty CSV with Chinese headers and units, with the mark by which Excel recognises UTF-8."""
    sys.stdout.buffer.write(b"\xef\xbb\xbf")
    sys.stdout.flush()
    headers = [f"{fact.title.zh}（{fact.unit.zh}）" if fact.unit.zh else fact.title.zh for fact in facts]
    csv.writer(sys.stdout, lineterminator="\r\n").writerow(headers)
