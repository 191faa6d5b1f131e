"""`champion screen`: from names of files and options to a screening, and what is said on the way."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import gettempdir
from typing import Literal

from engine.command.console import print_caution
from engine.command.screening_text import ProgressBar, print_columns, print_summary
from engine.ground.errors import InputError, Language, Problem, Text, did_you_mean, short, shown
from engine.ground.refused import refusal
from engine.ground.scratch import scratch
from engine.headers.mapping import mapping_draft
from engine.headers.understanding import APPLIED, Understanding
from engine.judging.ruling import ruling
from engine.outputs.page_lines import CARRY, DETAILS
from engine.outputs.verdict_file import FORMS, Form
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.marks import TRIAL, marked_title
from engine.screening.file import screen_file
from engine.screening.forms import files_of
from engine.screening.order import Order
from engine.tables.source import Source


def run(  # noqa: PLR0913 as many as the command has options
    candidates: Sequence[str],
    output: str,
    catalog: Catalog,
    *,
    read: Sequence[str],
    rulebook: str | None,
    level: str | None,
    as_of: date | None,
    rejected: str | None,
    warnings: str | None,
    summary: str | None,
    plot: str | None,
    mapping: dict[str, str],
    map_draft: str | None,
    strict: bool,
    sheet: str | None,
    carry: bool,
    figures: bool,
    reasons: str,
    bom: bool,
    raw_text: bool,
    labels: Literal["ids", "titles"] | None,
    engine: str,
    master: str,
    lang: Language,
    form: Form | None,
) -> int:
    """Screen a file; give how many rows were rejected. Raises InputError."""
    form = form or _form_of(output)
    if plot:
        from engine.plots.picture import form_named  # noqa: PLC0415 only if it is asked for

        form_named(plot)
    day = as_of or date.today()  # noqa: DTZ011 the caller's calendar day
    rules = ruling(catalog, rulebook, level, day)
    with scratch(Path(gettempdir())) as folder:
        to_stdout, is_named = output == "-", rejected is not None
        target = folder / f"verdicts.{form}" if to_stdout else Path(output)
        if rejected is None and (to_stdout or engine != "spark"):
            rejected = "champion.rejected.csv" if to_stdout else str(target.with_name(f"{target.stem}.rejected.csv"))
        order = Order(
            rulebook=rules.rulebook,
            routes=rules.routes,
            as_of=day,
            levels=rules.levels,
            output=target,
            form=form,
            lang=lang,
            labels=labels or ("titles" if form == "xlsx" else "ids"),
            rejected=rejected,
            rejected_if_any=not is_named,
            warnings=warnings,
            summary=summary,
            mapping=mapping,
            read=read,
            strict=strict,
            sheet=sheet,
            carry=carry,
            figures=figures,
            reasons=reasons == "yes",
            bom=bom,
            raw_text=raw_text,
            name=Path(candidates[0]).name.removeprefix("-") if len(candidates) == 1 else f"{len(candidates)} 张填报表",
        )
        if engine == "spark":
            from engine.spark.screening import rejected_beside, screen_on_spark  # noqa: PLC0415 an extra

            place = _one(candidates)
            place = str(at_hand(place, folder)) if place == "-" else place
            final = str(target) if to_stdout else output
            result = screen_on_spark(place, final, order, master, _columns_told(lang, order, map_draft, carry=carry))
            beside = str(rejected or rejected_beside(final))
        else:
            sources = [at_hand(one, folder) for one in candidates]
            result = screen_file(
                sources,
                order,
                _columns_told(lang, order, map_draft, carry=carry, form_told=_form_told(candidates, order)),
                ProgressBar(lang, sum(one.stat().st_size for one in sources if one.is_file())),
            )
            beside = str(rejected)
        files = [] if to_stdout else [output]
        files += [beside] if is_named or result.rejected else []
        files += [file for file in (warnings, summary) if file]
        print_summary(result, lang, files, _where_whole(summary, form))
        unread = any(one.fact is None and one.how not in APPLIED for one in result.columns)
        if result.rejected and unread and not carry:
            print_caution(CARRY, lang)
        if to_stdout:
            sys.stdout.flush()
            with target.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    if plot:
        from engine.command.plotted import write_picture  # noqa: PLC0415

        title = rules.rulebook.words.title
        title = marked_title(title, TRIAL) if rules.rulebook.changes else title
        written = [one for one in (output, beside, warnings, summary) if one and one != "-"]
        write_picture(result, plot, lang, [*read, *candidates, *written], title)
    return result.rejected


def _where_whole(summary: str | None, form: Form) -> Text:
    """Say where the lists are whole of which the terminal shows the beginning."""
    if summary is not None:
        return Text(f"见 {summary}", f"see {summary}")
    if form == "xlsx":
        return Text(f"见工作簿的“{DETAILS.zh}”", f"see “{DETAILS.en}” in the workbook")
    return Text("加 --summary FILE 写出全部", "--summary FILE writes them all")


def _columns_told(
    lang: Language, order: Order, draft: str | None, *, carry: bool, form_told: Text | None = None
) -> Callable[[Understanding, Source], None]:
    def told(understanding: Understanding, opened: Source) -> None:
        if opened.forms == 1 and form_told is not None:
            opened = replace(opened, notes=(*opened.notes, form_told))
        print_columns(understanding, opened, lang, carry=carry)
        if draft is not None:
            _write_draft(Path(draft), mapping_draft(understanding, order.mapping, order.rulebook.vocabulary, lang))

    return told


def _form_told(candidates: Sequence[str], order: Order) -> Text:
    """Say which commands tell all of the one firm of a form, also of one in a folder."""
    form = shlex.quote(candidates[0])
    if Path(candidates[0]).is_dir():
        form = shlex.quote(str(files_of([Path(candidates[0])])[0]))
    level = order.rulebook.words.level if order.routes else None
    by = "" if order.levels else f" --level {level}" if level else f" --rulebook {order.rulebook.id}"
    assess, ladder = (f"champion {one} --as-of {order.as_of}" for one in (f"assess {form}{by}", f"ladder {form}"))
    if order.levels:
        return Text(f"只有一家企业，全文用 {ladder}", f"It is of one firm, told in full by {ladder}")
    return Text(
        f"只有一家企业，全文用 {assess}；每一级用 {ladder}",
        f"It is of one firm, told in full by {assess}; every level by {ladder}",
    )


def _one(candidates: Sequence[str]) -> str:
    """Give the one file or folder to read where several cannot be. Raises InputError."""
    if len(candidates) > 1:
        what = Text("Spark 不读填报表", "is no list: Spark does not read forms")
        raise InputError([Problem(short(candidates[1]), what, Text("请去掉 --engine spark。", "Leave out --engine."))])
    return candidates[0]


def _write_draft(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8-sig") as file:  # never over what somebody completed
            file.write(text)
    except (OSError, ValueError) as error:
        there = Text("已有这个文件", "is there already")
        why = refusal(error)
        failed = Text(f"无法写入：{why.zh}", f"cannot be written: {why.en}")
        what = there if isinstance(error, FileExistsError) else failed
        another = Text("请另取文件名。", "Choose another name.")
        raise InputError([Problem(short(str(path)), what, another)]) from error


def _form_of(output: str) -> Form:
    """Give the form that the name of an output asks for; CSV for standard output."""
    if output == "-":
        return "csv"
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix in FORMS:
        return suffix
    what = Text("无法从文件名看出输出格式", "does not say what form the output has")
    instead = Text(
        "请用 .csv、.xlsx、.parquet 或 .jsonl，或加 --format。", "Use .csv, .xlsx, .parquet or .jsonl, or --format."
    )
    raise InputError([Problem("output", what, did_you_mean(suffix, FORMS) if suffix else instead, shown(output))])


def at_hand(candidates: str, folder: Path) -> Path:
    """Give the file to read; standard input is kept as one first."""
    if candidates != "-":
        return Path(candidates)
    if sys.stdin is None:
        raise InputError([Problem("-", Text("标准输入已关闭", "standard input is closed"))])
    kept = folder / "candidates.csv"
    with kept.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return kept
