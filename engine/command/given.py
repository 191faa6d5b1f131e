"""What a command is given: rules, which of them to apply, the profile or the firm of a list, where to print."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click

from engine.command.options import (
    DEFAULT,
    MAP_FILE,
    TRIAL,
    TYPED,
    in_their_language,
)

if TYPE_CHECKING:
    from engine.ground.errors import Language
    from engine.rulebooks.catalog import Catalog
    from engine.rulebooks.what_if import Changes

_TRIAL = ("set", "without", "only", "fill", "change")
_NOT_OF_FIRM = frozenset({"profiles", "into", "form", *_TRIAL})
_EQUALS, _FILL = re.compile("[=＝]"), re.compile("[=＝:,：，]")
_PLAIN = re.compile(r"[\w@%+=:,./（）、—·-]+")  # in no shell anything else than it is


def catalog_of(rules: Path | None) -> Catalog:
    """Give the catalog of a folder of rules, or of the shipped ones."""
    from engine.rulebooks.catalog import Catalog, shipped  # noqa: PLC0415

    return Catalog(rules) if rules else shipped()


def tried_by(catalog: Catalog, rulebook: str | None, level: str | None, as_of: date | None) -> Catalog:
    """Give the rules as the options of a trial change them for what decides. Raises InputError."""
    from engine.language.decision_day import given_day  # noqa: PLC0415
    from engine.rulebooks.trial import tried  # noqa: PLC0415

    changes = changes_typed()
    return tried(catalog, changes, rulebook, level, given_day(as_of)) if changes else catalog


def changes_typed() -> Changes:
    """Give what the options of a trial change. Raises InputError."""
    from engine.headers.mapping import lines_of  # noqa: PLC0415
    from engine.rulebooks.trial import changes_of  # noqa: PLC0415

    asked = {name: click.get_current_context().meta.get(f"{TRIAL}{name}", ()) for name in _TRIAL}
    figures, fill = asked.pop("set"), asked.pop("fill")
    filled = [line for one in fill for line in (lines_of(Path(one)) if _is_file(one) else [one])]
    return changes_of(figures, fill=filled, **asked)


def _is_file(asked: str) -> bool:
    """Say whether what is assumed of blanks stands in a file."""
    return not _FILL.search(asked) or (not _EQUALS.search(asked) and Path(asked).is_file())


def trial_typed(ctx: click.Context) -> str:
    """Give the options of a trial as they were typed, to be typed again."""
    words = [
        f" --{name} {one if _PLAIN.fullmatch(one) else shlex.quote(one)}"
        for name in _TRIAL
        if ctx.get_parameter_source(name) is TYPED
        for one in ctx.meta[f"{TRIAL}{name}"]
    ]
    return "".join(words)


def chosen(
    ctx: click.Context, catalog: Catalog, rulebook: str | None, level: str | None
) -> tuple[str | None, str | None]:
    """Give the rulebook or the level asked for, which exists; what is typed goes before a variable.

    If none is and what comes out is not seen on the screen, or does not say so, what the default is is said there.
    """
    from engine.command.console import print_caution  # noqa: PLC0415
    from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL  # noqa: PLC0415
    from engine.rulebooks.routing import require_level  # noqa: PLC0415

    rulebook, level = one_of_them(ctx, rulebook, level)
    if level is None:
        catalog.rulebook(rulebook or DEFAULT_RULEBOOK)
    else:
        level = require_level(catalog, level)
    if not (rulebook or level) and (ctx.params.get("into") not in {None, "-"} or ctx.params.get("form") == "line"):
        print_caution(PROPOSAL, ctx.params["lang"])
    return rulebook, level


def one_of_them(ctx: click.Context, rulebook: str | None, level: str | None) -> tuple[str | None, str | None]:
    """Give the rulebook or the level asked for: of both the one that is typed, and a mistake if both are."""
    if not rulebook or not level:
        return rulebook, level
    typed = [name for name in ("rulebook", "level") if ctx.get_parameter_source(name) is TYPED]
    if len(typed) != 1:
        message = in_their_language("give --rulebook or --level, not both")
        raise click.UsageError(message, ctx)
    return (rulebook, None) if typed == ["rulebook"] else (None, level)


def profile_given(  # noqa: PLR0913 what is read, and what for
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
    of_any_year: bool = False,
) -> object:
    """Give the profile of a JSON file, or that of one firm of a list, as `profile_of` does. Raises InputError."""
    from engine.ground.errors import InputError, Problem, Text  # noqa: PLC0415

    is_asked = row is not None or firm is not None
    if not (is_asked if name == "-" else is_list(name)):
        typed = map(click.get_current_context().get_parameter_source, ("mapping", "sheet"))
        if is_asked or TYPED in typed:
            what = Text("不是名单，是一家企业的画像", "is the profile of one firm, no list")
            instead = Text("请去掉 --row、--firm、--map、--sheet。", "Leave out --row, --firm, --map, --sheet.")
            raise InputError([Problem(name, what, instead)])
        raw = _read_json(name)
        if of_any_year and isinstance(raw, dict):
            from engine.headers.own_year import in_own_year  # noqa: PLC0415
            from engine.language.decision_day import given_day  # noqa: PLC0415

            return in_own_year(raw, catalog.vocabulary, given_day(as_of), of_any_year=True)
        return raw
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
            mapping=mapping_given(mapping),
            sheet=sheet,
            catalog=catalog,
            of_any_year=of_any_year,
        )
    print_unread(found, click.get_current_context().params["lang"])
    return found


def mapping_given(pairs: tuple[str, ...]) -> dict[str, str]:
    """Give what the options and the file of mappings say that columns are. Raises InputError."""
    from engine.headers.mapping import column_mapping, mapping_file  # noqa: PLC0415

    kept = click.get_current_context().meta[MAP_FILE]
    return {**(mapping_file(Path(kept)) if kept else {}), **column_mapping(pairs)}


def is_list(name: str) -> bool:
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
    from engine.ground.refused import unreadable  # noqa: PLC0415

    if name == "-":
        if sys.stdin is None:
            raise InputError([Problem("-", Text("标准输入已关闭", "standard input is closed"))])
        return parse_json(sys.stdin.buffer.read(LARGEST_PROFILE + 1), "-")
    try:
        with Path(name).open("rb") as file:
            return parse_json(file.read(LARGEST_PROFILE + 1), name)
    except (OSError, ValueError) as error:
        raise InputError([unreadable(name, error)]) from error


def printed(
    ctx: click.Context, into: str | None, lang: Language, form: str, *profiles: str, also: tuple[str, ...] = ()
) -> AbstractContextManager[str]:
    """Give the context in which what is printed goes to the file that is asked for, and the form to print in.

    `also` are endings of files that the command writes otherwise.
    """
    if into is None:
        return nullcontext(form)
    from engine.command.output_file import SaidHow, printed_to  # noqa: PLC0415 --help must not wait for it

    source = ctx.get_parameter_source("form")
    said: SaidHow = "typed" if source is TYPED else "default" if source is DEFAULT else "set"
    return printed_to(into, form, lang, files_read(ctx, *profiles), said, also)


def files_read(ctx: click.Context, *names: str) -> list[str]:
    """Give the files that a command reads, over which nothing is written: named, of mappings, of blanks, of rules."""
    from engine.rulebooks.catalog import rules_folder  # noqa: PLC0415

    kept = ctx.meta.get(MAP_FILE)
    filled = (one for one in ctx.meta.get(f"{TRIAL}fill", ()) if _is_file(one))
    places = map(Path, [*names, *([kept] if kept else []), *filled, ctx.params.get("rules") or rules_folder()])
    return [str(file) for place in places for file in (place.rglob("*") if place.is_dir() else [place])]


def typed_again(ctx: click.Context, profile: str) -> str:
    """Give what this command line says of which firm is decided, when and by which rules, to be typed again."""
    said = [profile]
    for option in ctx.command.params:
        if ctx.get_parameter_source(option.name or "") is TYPED and option.name not in _NOT_OF_FIRM:
            value = ctx.meta[MAP_FILE] if option.name == "map_file" else ctx.params[option.name or ""]
            said += [word for one in (value if option.multiple else [value]) for word in (option.opts[0], str(one))]
    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in said)
