"""The command line: options and exit codes. Heavy imports wait until they are needed: --help is immediate."""

from __future__ import annotations

import gc
import os
import re
import shlex
import sys
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from engine.ground.errors import Language
    from engine.rulebooks.catalog import Catalog

_TYPED = click.core.ParameterSource.COMMANDLINE
_DEFAULT = click.core.ParameterSource.DEFAULT
_MAP_FILE = "champion.map_file"
_DIFF_WORDS = 3
INPUT_HAS_PROBLEMS, BROKEN_RULEBOOK, INTERNAL, INTERRUPTED = 1, 3, 4, 130
_PLAIN = re.compile(r"[\w@%+=:,./（）、—·-]+")  # in no shell anything else than it is
_GARBAGE = 100_000  # objects more before Python looks for garbage; default 700


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        from engine.ground.errors import InputError  # noqa: PLC0415 --help must not wait for it
        from engine.language.decision_day import given_day  # noqa: PLC0415

        try:
            return given_day(value)
        except InputError:
            self.fail(f"{value!r} {_said('is not a date; write it as 2026-04-01')}", param, ctx)


_rulebook = click.option(
    "--rulebook",
    show_default="cae-2021-champion",
    envvar="CHAMPION_RULEBOOK",
    show_envvar=True,
    help="Rulebook to apply; the default is a research proposal and no official text.",
)
_level = click.option(
    "--level",
    envvar="CHAMPION_LEVEL",
    show_envvar=True,
    help="Instead of a rulebook: a level (little_giant, 小巨人), decided by the edition in force on the day.",
)
_as_of = click.option(
    "--as-of",
    type=_Day(),
    envvar="CHAMPION_AS_OF",
    show_envvar=True,
    help="Decide as of this day (2026-04-01, 2026年4月1日); default today.",
)
_lang = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    envvar="CHAMPION_LANG",
    show_envvar=True,
    help="Language of texts.",
)
_rules = click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="CHAMPION_RULES",
    show_envvar=True,
    help="Folder of rules to use instead of the shipped one.",
)
_map = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=FACT",
    envvar="CHAMPION_MAP",
    show_envvar=True,
    help="Read COLUMN as FACT (title or id), whatever its header says; may be repeated.",
)
_map_file = click.option(
    "--map-file",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_MAP_FILE",
    show_envvar=True,
    expose_value=False,
    callback=lambda ctx, _, value: ctx.meta.update({_MAP_FILE: value}),
    help="Text file that keeps such a mapping: COLUMN=FACT a line; # begins a remark. --map goes before it.",
)
_sheet = click.option(
    "--sheet", envvar="CHAMPION_SHEET", show_envvar=True, help="Worksheet to read; default the first."
)


def _of_a_list(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which firm of a list is meant, and how the list is read."""
    row = click.option(
        "--row",
        type=click.IntRange(min=1),
        metavar="LINE",
        envvar="CHAMPION_ROW",
        show_envvar=True,
        help="Of a list: the firm on this line (行号 of the verdicts).",
    )
    firm = click.option(
        "--firm",
        metavar="CODE-OR-NAME",
        envvar="CHAMPION_FIRM",
        show_envvar=True,
        help="Of a list: the firm of this code or name.",
    )
    return row(firm(_map(_map_file(_sheet(command)))))


def _format(*names: str, variable: str = "CHAMPION_LIST_FORMAT") -> Callable[[Any], Any]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        envvar=variable,
        show_envvar=True,
        help="Form of the output.",
    )


def _output(variable: str) -> Callable[[Any], Any]:
    return click.option(
        "-o",
        "--output",
        "into",
        metavar="FILE",
        envvar=variable,
        show_envvar=True,
        help="Write to this file instead: .txt, or .json for JSON; `-` is standard output.",
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="champion")
def champion() -> None:
    """Decide whether a firm meets the published criteria for a 专精特新 champion, and say why.

    Exit codes: 0 done (whatever the verdict), 1 the input has problems, 2 usage, 3 a broken rulebook, 4 internal.
    Every option can also be set by the environment variable CHAMPION_… named beside it.
    """


@champion.command(short_help="Decide one firm, or several.")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE…")
@_of_a_list
@_rulebook
@_level
@_as_of
@_lang
@_output("CHAMPION_ASSESS_OUTPUT")
@_format("text", "brief", "json", "line", variable="CHAMPION_FORMAT")
@_rules
@click.pass_context
def assess(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    profiles: tuple[str, ...],
    *,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
    **of_list: Any,  # noqa: ANN401 as `_profile` takes
) -> None:
    """Decide each PROFILE: a flat JSON object of facts (`champion facts` lists them); `-` is standard input.

    Or a list of firms, as `champion screen` takes it, of which --row or --firm says one; a list of one needs neither.

    The verdict goes to standard output, problems to standard error. `--format line` prints a line for each firm,
    `--format brief` a page: what is not met in full, of the rest the titles.
    """
    from engine.assessment import assess as decide  # noqa: PLC0415 --help must not wait for it
    from engine.command.console import print_problems  # noqa: PLC0415
    from engine.command.verdict_text import print_verdicts  # noqa: PLC0415
    from engine.ground.errors import InputError  # noqa: PLC0415

    catalog = _catalog(rules)
    rulebook, level = _chosen(ctx, catalog, rulebook, level)
    verdicts, has_problems = [], False
    for name in profiles:
        try:
            facts = _profile(name, catalog, rulebook=rulebook, level=level, as_of=as_of, **of_list)
            verdicts.append((name, decide(facts, rulebook, as_of, catalog, level=level)))
        except InputError as error:
            has_problems = True
            print_problems(error.problems, lang, None if len(profiles) == 1 else name)
    with _printed(ctx, into, lang, form, *profiles) as named:
        print_verdicts([] if into and has_problems else verdicts, lang, named, many=len(profiles) > 1)
    if has_problems:
        sys.exit(INPUT_HAS_PROBLEMS)


@champion.command(short_help="Show every level for one firm, and what the next one asks for.")
@click.argument("profile", metavar="PROFILE")
@_of_a_list
@_as_of
@_lang
@_output("CHAMPION_LADDER_OUTPUT")
@_format("text", "json", variable="CHAMPION_LADDER_FORMAT")
@_rules
@click.pass_context
def ladder(
    ctx: click.Context,
    /,
    profile: str,
    *,
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
    **of_list: Any,  # noqa: ANN401 as `_profile` takes
) -> None:
    """Decide PROFILE (JSON, or a firm of a list) under every level in force on the day, and show the way to the next.

    For the next level: what is not met and by how much in the firm's own figures, what is missing, which documents to
    prepare.
    """
    from engine.command.ladder_text import print_ladder  # noqa: PLC0415
    from engine.ladder_standing import ladder as climb  # noqa: PLC0415

    catalog = _catalog(rules)
    facts = _profile(profile, catalog, rulebook="ladder", level=None, as_of=as_of, **of_list)
    with _printed(ctx, into, lang, form, profile) as named:
        print_ladder(climb(facts, as_of, catalog), lang, named, _again(ctx, profile))


@champion.command(short_help="List the documents to prepare for one firm.")
@click.argument("profile", metavar="PROFILE")
@_of_a_list
@_rulebook
@_level
@_as_of
@_lang
@_output("CHAMPION_EVIDENCE_OUTPUT")
@_format("text", "json", variable="CHAMPION_EVIDENCE_FORMAT")
@_rules
@click.pass_context
def evidence(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    profile: str,
    *,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    lang: Language,
    into: str | None,
    form: str,
    rules: Path | None,
    **of_list: Any,  # noqa: ANN401 as `_profile` takes
) -> None:
    """List the documents that a rulebook asks of PROFILE, by criterion; those that it declares are ticked.

    PROFILE is JSON, or a list of which --row or --firm says one firm.
    """
    from engine.command.evidence_text import print_evidence  # noqa: PLC0415
    from engine.evidence_list import evidence as documents  # noqa: PLC0415

    catalog = _catalog(rules)
    rulebook, level = _chosen(ctx, catalog, rulebook, level)
    facts = _profile(profile, catalog, rulebook=rulebook, level=level, as_of=as_of, **of_list)
    with _printed(ctx, into, lang, form, profile) as named:
        print_evidence(documents(facts, rulebook, as_of, catalog, level=level), lang, named)


@champion.command(short_help="Decide a file of firms.")
@click.argument("candidates", metavar="CANDIDATES", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    envvar="CHAMPION_OUTPUT",
    show_envvar=True,
    help="Verdict file: .csv, .xlsx, .parquet or .jsonl; `-` is standard output.",
)
@_rulebook
@_level
@_as_of
@click.option(
    "--rejected",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_REJECTED",
    show_envvar=True,
    help="CSV of the rows that are not judged, a line a problem; default OUTPUT.rejected.csv if there are any.",
)
@click.option(
    "--warnings",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_WARNINGS",
    show_envvar=True,
    help="CSV of what is odd in a row but does not reject it.",
)
@click.option(
    "--summary",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_SUMMARY",
    show_envvar=True,
    help="JSON of what the screening came to.",
)
@_map
@_map_file
@click.option(
    "--map-draft",
    type=click.Path(),
    metavar="FILE",
    envvar="CHAMPION_MAP_DRAFT",
    show_envvar=True,
    help="Write a new file for --map-file, with the columns that are not read to be completed.",
)
@click.option(
    "--strict",
    is_flag=True,
    envvar="CHAMPION_STRICT",
    show_envvar=True,
    help="End with 1, before judging, if no column states a fact that the rulebook uses.",
)
@_sheet
@click.option("--carry", is_flag=True, envvar="CHAMPION_CARRY", show_envvar=True, help="Keep the other columns.")
@click.option(
    "--figures", is_flag=True, envvar="CHAMPION_FIGURES", show_envvar=True, help="Add the figures that were looked at."
)
@click.option(
    "--bom", is_flag=True, envvar="CHAMPION_BOM", show_envvar=True, help="Begin CSV with the mark that Excel looks for."
)
@click.option(
    "--raw-text",
    is_flag=True,
    envvar="CHAMPION_RAW_TEXT",
    show_envvar=True,
    help="Keep texts in CSV that a spreadsheet would run (=…, +…, -…, @…) as they are: for machines.",
)
@click.option(
    "--labels",
    type=click.Choice(["ids", "titles"]),
    envvar="CHAMPION_LABELS",
    show_envvar=True,
    help="Headers and outcomes as ids or in words; default titles for .xlsx, else ids.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    envvar="CHAMPION_ENGINE",
    show_envvar=True,
    help="Where it is computed; spark needs the extra `spark` and Java 17.",
)
@click.option(
    "--master",
    default="local[*]",
    show_default=True,
    envvar="CHAMPION_MASTER",
    show_envvar=True,
    help="Spark master.",
)
@_lang
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "parquet", "jsonl"]),
    envvar="CHAMPION_SCREEN_FORMAT",
    show_envvar=True,
    help="Form of the output; default by its name, csv for `-`.",
)
@_rules
@click.pass_context
def screen(ctx: click.Context, /, candidates: str, output: str, **options: Any) -> None:  # noqa: ANN401 as `run` takes
    """Decide every row of CANDIDATES: CSV, TSV, Excel (.xlsx, .xlsm, .xls), .ods or Parquet; `-` is CSV from a pipe.

    Before judging it says how each column was understood; afterwards, what the rows came to. A row with a problem in a
    fact that the rulebook uses is not judged: it goes to the rejected file with every problem.

    `--level` decides each row by the edition for what it applies for, anew or for a review, and for where the firm is.
    `--rulebook ladder` decides every level in force at once: a column a level.
    """
    from engine.command.screen_run import run  # noqa: PLC0415
    from engine.rulebooks.levels import LADDER  # noqa: PLC0415 --help must not wait for it

    catalog = _catalog(options.pop("rules"))
    if options["rulebook"] != LADDER or options["level"]:
        options["rulebook"], options["level"] = _chosen(ctx, catalog, options["rulebook"], options["level"])
    options["mapping"] = _mapping(options["mapping"])
    if run(candidates, output, catalog, **options):
        sys.exit(INPUT_HAS_PROBLEMS)


@champion.command(short_help="List the rulebooks, show one, or compare two.")
@click.argument("words", nargs=-1, metavar="[ID | diff A B]")
@click.option(
    "--level",
    envvar="CHAMPION_RULEBOOKS_LEVEL",
    show_envvar=True,
    help="List only the editions of this level (little_giant, 小巨人).",
)
@_lang
@_format("text", "json")
@_rules
@click.pass_context
def rulebooks(
    ctx: click.Context,
    /,
    *,
    words: tuple[str, ...],
    level: str | None,
    lang: Language,
    form: str,
    rules: Path | None,
) -> None:
    """List every rulebook, or those of a level, with the days on which it applies, a timeline for each level.

    With ID, show that rulebook with its criteria, words and sources. With `diff A B`, show rulebooks A and B side by
    side: what changed, what is new, what is gone.
    """
    from engine.command.listing import print_rulebook, print_rulebooks  # noqa: PLC0415
    from engine.explaining.pages import rulebook_page  # noqa: PLC0415
    from engine.rulebooks.routing import timeline  # noqa: PLC0415

    catalog = _catalog(rules)
    if words and level and ctx.get_parameter_source("level") is _TYPED:
        message = _said("--level lists editions: give no ID with it")
        raise click.UsageError(message)
    if not words:
        pages = [rulebook_page(catalog.rulebook(head.id), whole=False) for head in timeline(catalog, level)]
        print_rulebooks(pages, catalog.levels, lang, form)
    elif len(words) == 1:
        print_rulebook(rulebook_page(catalog.rulebook(words[0])), lang, form)
    elif words[0] == "diff" and len(words) == _DIFF_WORDS:
        from engine.command.difference_text import print_difference  # noqa: PLC0415
        from engine.explaining.side_by_side import difference  # noqa: PLC0415

        print_difference(difference(*(catalog.rulebook(name) for name in words[1:])), lang, form)
    else:
        message = _said("give nothing, one ID, or: diff A B")
        raise click.UsageError(message)


@champion.command(short_help="Find the problems of rulebooks.")
@click.argument("named", nargs=-1, metavar="[ID|FILE…]")
@click.option(
    "--open",
    "with_open",
    is_flag=True,
    envvar="CHAMPION_LINT_OPEN",
    show_envvar=True,
    help="Also list what is open: readings that are not confirmed, clauses that are not encoded.",
)
@_lang
@_rules
def lint(*, named: tuple[str, ...], with_open: bool, lang: Language, rules: Path | None) -> None:
    """Check the vocabulary, the ladder and the rulebooks named by ID or FILE (default: all of the rules).

    Problems are printed as file:line:column.

    Exit code 0 if there is none, 3 if there is any.
    """
    from engine.command.listing import print_lint  # noqa: PLC0415
    from engine.lint import left_behind  # noqa: PLC0415
    from engine.lint import lint as find  # noqa: PLC0415

    checked, problems = find(_catalog(rules), named)
    remarks = [remark for rulebook in checked for remark in left_behind(rulebook)]
    print_lint(checked, [*problems, *remarks], lang, with_open=with_open)
    if problems:
        sys.exit(BROKEN_RULEBOOK)


@champion.command(short_help="List the vocabulary.")
@click.option(
    "--template",
    is_flag=True,
    envvar="CHAMPION_TEMPLATE",
    show_envvar=True,
    help="With -o, write a form for one firm to fill in downwards: .xlsx or .csv. Without, print the column names of a "
    "list of firms, as CSV.",
)
@click.option(
    "--rulebook",
    envvar="CHAMPION_FACTS_RULEBOOK",
    show_envvar=True,
    help="Only the facts that this rulebook uses; `ladder` is every level in force on the day.",
)
@click.option(
    "--level",
    envvar="CHAMPION_FACTS_LEVEL",
    show_envvar=True,
    help="Only the facts that any edition of this level (little_giant, 小巨人) in force on the day uses.",
)
@click.option(
    "--as-of",
    type=_Day(),
    envvar="CHAMPION_AS_OF",
    show_envvar=True,
    help="The day for --level and the ladder (2026-04-01, 2026年4月1日); default today.",
)
@_lang
@click.option(
    "-o",
    "--output",
    "facts_into",
    metavar="FILE",
    envvar="CHAMPION_FACTS_OUTPUT",
    show_envvar=True,
    help="Write to this file instead: .txt, or .json for JSON; a form: .xlsx or .csv. `-` is standard output.",
)
@_format("text", "json")
@_rules
@click.pass_context
def facts(  # noqa: PLR0913 an argument an option
    ctx: click.Context,
    /,
    *,
    template: bool,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    lang: Language,
    facts_into: str | None,
    form: str,
    rules: Path | None,
) -> None:
    """List every fact that a profile may state and every fact that is derived, with its unit and accepted values.

    With --rulebook or --level only those that these ask for: with --level of new applications and of reviews, and of
    any area. `--template -o FILE.xlsx` is a form for one firm, which assess, ladder, evidence and screen read.
    """
    from engine.command.form_output import form_bytes  # noqa: PLC0415
    from engine.command.listing import print_facts, print_lists, print_template  # noqa: PLC0415
    from engine.command.output_file import write_whole  # noqa: PLC0415
    from engine.explaining.blank_form import blank_form  # noqa: PLC0415
    from engine.language.decision_day import given_day  # noqa: PLC0415
    from engine.rulebooks.routing import facts_asked  # noqa: PLC0415

    catalog = _catalog(rules)
    rulebook, level = _one_of_them(ctx, rulebook, level)
    used = facts_asked(catalog, given_day(as_of), rulebook, level)
    asked = (fact for fact in catalog.vocabulary.values() if fact.id in used)
    chosen = sorted(asked, key=lambda fact: fact.if_any)  # what few firms have comes last
    if template and facts_into not in {None, "-"}:
        form_of = blank_form(catalog, given_day(as_of), rulebook, level, lang)
        write_whole(facts_into, form_bytes(form_of, facts_into, lang), lang)
    elif template:
        identity = [catalog.vocabulary[name] for name in ("firm_id", "firm_name")]
        print_template([*identity, *(fact for fact in chosen if not fact.is_derived and fact not in identity)])
    else:
        with _printed(ctx, facts_into, lang, form) as named:
            print_facts(chosen, lang, named)
            if named == "text":
                names = {fact.id for fact in chosen}
                print_lists([one for one in catalog.vocabulary.lists.values() if names & one.words.gives.keys()], lang)


def _printed(
    ctx: click.Context, into: str | None, lang: Language, form: str, *profiles: str
) -> AbstractContextManager[str]:
    """Give the context in which what is printed goes to the file that is asked for, and the form to print in."""
    if into is None:
        return nullcontext(form)
    from engine.command.output_file import Told, printed_to  # noqa: PLC0415 --help must not wait for it

    source = ctx.get_parameter_source("form")
    told: Told = "typed" if source is _TYPED else "default" if source is _DEFAULT else "set"
    mapping = ctx.meta.get(_MAP_FILE)
    return printed_to(into, form, lang, [*profiles, *([str(mapping)] if mapping else [])], told)


def _chosen(
    ctx: click.Context, catalog: Catalog, rulebook: str | None, level: str | None
) -> tuple[str | None, str | None]:
    """Give the rulebook or the level asked for, which exists; what is typed goes before a variable."""
    from engine.rulebooks.catalog import DEFAULT_RULEBOOK  # noqa: PLC0415
    from engine.rulebooks.routing import require_level  # noqa: PLC0415

    rulebook, level = _one_of_them(ctx, rulebook, level)
    if level is None:
        catalog.rulebook(rulebook or DEFAULT_RULEBOOK)
    else:
        level = require_level(catalog, level)
    return rulebook, level


def _again(ctx: click.Context, profile: str) -> str:
    """Give what this command line says of which firm is decided, when and by which rules, to be typed again."""
    said = [profile]
    for option in ctx.command.params:
        if ctx.get_parameter_source(option.name or "") is _TYPED and option.name not in {"profile", "into", "form"}:
            value = ctx.meta[_MAP_FILE] if option.name == "map_file" else ctx.params[option.name or ""]
            said += [word for one in (value if option.multiple else [value]) for word in (option.opts[0], str(one))]
    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in said)


def _one_of_them(ctx: click.Context, rulebook: str | None, level: str | None) -> tuple[str | None, str | None]:
    """Give the rulebook or the level asked for: of both the one that is typed, and a mistake if both are."""
    if not rulebook or not level:
        return rulebook, level
    typed = [name for name in ("rulebook", "level") if ctx.get_parameter_source(name) is _TYPED]
    if len(typed) != 1:
        message = _said("give --rulebook or --level, not both")
        raise click.UsageError(message, ctx)
    return (rulebook, None) if typed == ["rulebook"] else (None, level)


def _said(message: str) -> str:
    """Give a message about how the command was called, in Chinese if that is asked for."""
    from engine.command.chinese import is_asked, said  # noqa: PLC0415

    return said(message) if is_asked(sys.argv[1:]) else message


def _catalog(rules: Path | None) -> Catalog:
    from engine.rulebooks.catalog import Catalog, shipped  # noqa: PLC0415

    return Catalog(rules) if rules else shipped()


def _profile(  # noqa: PLR0913 what is read, and what for
    name: str,
    catalog: Catalog,
    *,
    row: int | None,
    firm: str | None,
    mapping: tuple[str, ...],
    sheet: str | None,
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
) -> object:
    """Give the profile of a JSON file, or that of one firm of a list. Raises InputError."""
    from engine.ground.errors import InputError, Problem, Text  # noqa: PLC0415

    is_asked = row is not None or firm is not None
    if not (is_asked if name == "-" else _is_list(name)):
        typed = map(click.get_current_context().get_parameter_source, ("mapping", "sheet"))
        if is_asked or _TYPED in typed:
            what = Text("不是名单，是一家企业的画像", "is the profile of one firm, no list")
            instead = Text("请去掉 --row、--firm、--map、--sheet。", "Leave out --row, --firm, --map, --sheet.")
            raise InputError([Problem(name, what, instead)])
        return _read_json(name)
    from engine.command.console import print_unread  # noqa: PLC0415
    from engine.command.screen_run import at_hand  # noqa: PLC0415
    from engine.ground.scratch import scratch  # noqa: PLC0415
    from engine.screening.one_of_list import profile_of  # noqa: PLC0415 most profiles are JSON, and a database takes its time

    with scratch(Path(gettempdir())) as folder:
        found = profile_of(
            at_hand(name, folder),
            row=row,
            firm=firm,
            rulebook=rulebook,
            level=level,
            as_of=as_of,
            mapping=_mapping(mapping),
            sheet=sheet,
            catalog=catalog,
        )
    print_unread(found.unread, click.get_current_context().params["lang"])
    return found


def _mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    """Give what the options and the file of mappings say that columns are. Raises InputError."""
    from engine.headers.mapping import column_mapping, mapping_file  # noqa: PLC0415

    kept = click.get_current_context().meta[_MAP_FILE]
    return {**(mapping_file(Path(kept)) if kept else {}), **column_mapping(pairs)}


def _is_list(name: str) -> bool:
    """Say whether a file is a list of firms and no JSON: of a file that cannot be read it is not said here."""
    if Path(name).suffix.lower() in {"", ".json"}:
        return False
    try:
        with Path(name).open("rb") as file:
            return not file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"["))
    except (OSError, ValueError):
        return False


def _read_json(name: str) -> object:
    from engine.firms.json_input import LARGEST_PROFILE, parse_json  # noqa: PLC0415
    from engine.ground.errors import InputError, Problem, Text  # noqa: PLC0415

    if name == "-":
        if sys.stdin is None:
            raise InputError([Problem("-", Text("标准输入已关闭", "standard input is closed"))])
        return parse_json(sys.stdin.buffer.read(LARGEST_PROFILE + 1), "-")
    try:
        with Path(name).open("rb") as file:
            return parse_json(file.read(LARGEST_PROFILE + 1), name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(name, Text(f"无法读取：{reason}", f"cannot be read: {reason}"))]) from error


def main() -> None:
    """Run the command; map every error to its exit code, and never show a traceback for a mistake of the user's."""
    from engine.command.ending import ended_by_signals  # noqa: PLC0415

    gc.set_threshold(_GARBAGE)  # nearly all that a command makes it needs to its end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the same bytes whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with ended_by_signals() as ending, _speaking():
        try:
            champion.main(prog_name="champion", standalone_mode=False)
            sys.stdout.flush()
        except BaseException as error:  # noqa: BLE001 the last resort
            code = _told(error) if ending.code is None else ending.code  # whatever it broke is no fault then
            sys.exit(code)


def _speaking() -> AbstractContextManager[None]:
    """Give the context in which commands speak the language asked for."""
    from engine.command.chinese import in_chinese, is_asked  # noqa: PLC0415

    return in_chinese(champion) if is_asked(sys.argv[1:]) else nullcontext()


def _told(error: BaseException) -> int | str | None:
    """Say on standard error why the command failed; give its exit code."""
    from engine.ground.errors import EngineError, InputError, RulebookError  # noqa: PLC0415

    match error:
        case SystemExit(code=code):
            return code
        case InputError() | RulebookError():
            from engine.command.console import print_problems  # noqa: PLC0415

            print_problems(error.problems, _language(), None)
            return INPUT_HAS_PROBLEMS if isinstance(error, InputError) else BROKEN_RULEBOOK
        case click.ClickException():
            error.show()
            return error.exit_code
        case click.exceptions.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case BrokenPipeError():  # whoever read the output has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 0
    details = error if isinstance(error, EngineError | OSError) else traceback.format_exc()
    click.echo(f"internal error, nothing was decided: {details}", err=True)
    return INTERNAL


def _language() -> Language:
    """Give the language asked for on a command line that failed."""
    words = sys.argv[1:]
    if os.environ.get("CHAMPION_LANG") == "en" and "zh" not in words:
        return "en"
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    return "en" if asked[-1:] == ["en"] or "--lang=en" in words else "zh"
