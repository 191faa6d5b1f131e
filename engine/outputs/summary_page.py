"""What a screening came to as a page for whoever decides: sentences first, then tables, and what it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from engine.explaining.verdict import Awaiting, Standing
from engine.explaining.wording import JUDGED, NOTICE, STANDINGS
from engine.ground.errors import Language, Text, first_of
from engine.headers.understanding import APPLIED, NOT_OF_USE, NOT_READ, one_line
from engine.outputs.page_lines import DETAILS, Line
from engine.outputs.summary import ColumnTold, CriterionCount, ScreeningSummary
from engine.outputs.summary_rows import (
    Rest,
    Row,
    alone_rows,
    column_rows,
    columnless,
    columnless_rows,
    criteria_rows,
    fewest_rows,
    fraction_texts,
    missing_rows,
    nearest_rows,
    open_for_all,
    problem_rows,
    reading_rows,
    way_rows,
)
from engine.rulebooks.catalog import DEFAULT_RULEBOOK, PROPOSAL
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.marks import TRIAL, marked_title
from engine.rulebooks.several import SEVERAL

_FEW = 8  # of a long list
_FEW_COLUMNS = 12
_HEADED = 2  # the place of a number in a row of a longer table, of a word in its header


def summary_page(summary: ScreeningSummary, rulebook: Rulebook, name: str, lang: Language) -> Iterator[Line]:
    """Give the page line by line; `name` is that of the list, if it has one."""
    titles = [one.title for one in summary.editions] or [rulebook.words.title]
    title = Text("、".join(one.zh for one in titles), "; ".join(one.en for one in titles))
    yield Line("title", [(marked_title(title, TRIAL) if rulebook.changes else title).in_language(lang)])
    day = date.fromisoformat(summary.as_of)
    published = "" if summary.editions else "、".join(summary.documents)
    zh = [f"判定日：{day.year}年{day.month}月{day.day}日", name and f"名单：{name}"]
    en = [f"As of {summary.as_of}", name and f"list: {name}"]
    zh.append(published and f"依据：{published}")
    en.append(published and f"document: {published}")
    head = Text("　".join(filter(None, zh)), "; ".join(filter(None, en)))
    proposal = [PROPOSAL] if summary.rulebook == DEFAULT_RULEBOOK else []
    rest = Rest(_FEW, Text(f"见“{DETAILS.zh}”", f"see “{DETAILS.en}”"))
    beside = (*_beside(summary), *fraction_texts(summary, rest), *summary.cautions)
    told = (head, *proposal, _verdicts(summary, _REFUSED), *beside, NOTICE)
    yield from (Line("text", [text.in_language(lang)]) for text in told)
    if summary.rulebook not in SEVERAL:
        yield from _tables((criteria := criteria_rows(summary, lang, rest), _spans(criteria, _CRITERIA)))
        yield from (Line("text", [sentence]) for sentence in open_for_all(summary, lang))
    yield from _tables(
        (nearest := nearest_rows(summary, lang, rest), _spans(nearest, _NEAREST)),
        (way_rows(summary, lang, rest), _WAYS),
        (alone_rows(summary, lang, rest), _LONG),
        (fewest_rows(summary, lang, rest), _LONG),
        (missing_rows(summary, lang, rest), (5, 1)),
        (reading_rows(summary, lang, rest), (5, 1)),
        (problem_rows(summary, lang, rest), (1, 3, 1, 1)),
    )
    yield from (Line("text", [sentence.in_language(lang)]) for sentence in columnless(summary))


_CRITERIA = ((1, 1, 1, 1, 1, 1), (2, 1, 1, 1, 1))
_LONG, _WAYS = (1, 4, 1), (1, 3, 1, 1)
_NEAREST = ((1, 2, 1, 1, 1), (3, 1, 1, 1))


def _spans(rows: Sequence[Row], ways: Sequence[Sequence[int]]) -> Sequence[int]:
    """Give how many columns of the page each column of a table takes, which may lack one."""
    return next((way for way in ways if rows and len(way) == len(rows[0])), ())


def details_page(summary: ScreeningSummary, lang: Language) -> Iterator[Line]:
    """Give what does not fit on that page: all criteria, all that is missing, open or odd, and what each column is."""
    yield Line("title", [DETAILS.in_language(lang)])
    criteria, nearest = criteria_rows(summary, lang), nearest_rows(summary, lang)
    yield from _tables(
        (criteria, _spans(criteria, _CRITERIA)),
        (nearest, _spans(nearest, _NEAREST)),
        (way_rows(summary, lang), _WAYS),
        (alone_rows(summary, lang), _LONG),
        (fewest_rows(summary, lang), _LONG),
        (missing_rows(summary, lang), (5, 1)),
        (columnless_rows(summary, lang), (5, 1)),
        (reading_rows(summary, lang), (5, 1)),
        (problem_rows(summary, lang), (1, 3, 1, 1)),
        (column_rows(summary, lang), (1, 5)),
    )
    yield Line("row")
    digest = Text(
        f"规则编号：{summary.rulebook}；校验码：{summary.digest}",
        f"Rulebook {summary.rulebook}, digest {summary.digest}",
    )
    yield Line("text", [digest.in_language(lang)])


def lines(summary: ScreeningSummary, lang: Language) -> Iterator[Line]:
    """Give all of it for a notebook, where neither the rulebook nor the list is at hand."""
    name = f"{'、'.join(summary.documents) or summary.rulebook} · {summary.as_of}"
    is_trial = any(one.zh.startswith(TRIAL.zh) for one in summary.cautions)
    title = marked_title(Text(name, name), TRIAL) if is_trial else Text(name, name)
    yield Line("title", [title.in_language(lang)])
    told = (_verdicts(summary, Text("", "")), *summary.cautions, NOTICE)
    yield from (Line("text", [one.in_language(lang)]) for one in told)
    yield from details_page(summary, lang)


def _tables(*tables: tuple[Sequence[Row], Sequence[int]]) -> Iterator[Line]:
    for rows, spans in tables:
        for number, row in enumerate(rows):
            is_head = not number or (len(row) > _HEADED and not isinstance(row[_HEADED], int))
            if is_head:
                yield Line("row")
            yield Line("head" if is_head else "row", row, spans)


def _of_level(level: CriterionCount) -> Text:
    """Say how many firms meet what a level asks."""
    met, unmet, open_ = level.met, level.not_met, level.undetermined
    return Text(
        f"{level.title.zh}：符合 {met:,} 家，不符合 {unmet:,} 家，无法判定 {open_:,} 家。",
        f"{level.title.en}: met by {met:,}, not met by {unmet:,}, undetermined {open_:,}.",
    )


_REFUSED = Text("（所填内容有问题，见“未比对的企业”）", " (see “Rejected firms”)")


def _verdicts(summary: ScreeningSummary, refused: Text) -> Text:
    """Say how many firms there are and what became of them; of those that are rejected what `refused` says."""
    counted = [(STANDINGS[Standing(name)], count) for name, count in summary.by_verdict.items()]
    if summary.rulebook in SEVERAL:  # where no verdict on all together means anything
        counted = [(JUDGED, summary.verdicts)]
    zh = "，".join(f"{text.zh} {count:,} 家" for text, count in counted)
    en = ", ".join(f"{count:,} {text.en}" for text, count in counted)
    where = refused if summary.rejected else Text("", "")
    return Text(
        f"名单共 {summary.rows_in:,} 家企业：{zh}，未比对 {summary.rejected:,} 家{where.zh}。",
        f"{summary.rows_in:,} firms in the list: {en}, {summary.rejected:,} rejected{where.en}.",
    )


def _beside(summary: ScreeningSummary) -> Iterator[Text]:
    """Say what is to be known of these counts."""
    if summary.rulebook in SEVERAL:
        yield from map(_of_level, summary.criteria)
    if waiting := sum(summary.awaiting.values()):
        clear, judged = summary.nothing_fails, summary.awaiting[Awaiting.JUDGEMENT]
        yield Text(
            f"无法判定的 {waiting:,} 家中，{clear:,} 家没有不符合的数（{judged:,} 家只待评审，{clear - judged:,} 家"
            f"缺指标），{waiting - clear:,} 家已有不符合的数，另一条件符合方可。",
            f"Of {waiting:,} undetermined nothing fails for {clear:,} ({judged:,} wait for judgements only, "
            f"{clear - judged:,} for facts); for {waiting - clear:,} something fails, and another way may be met.",
        )
    if summary.another_way:
        yield Text(
            "各表的“无法判定”包括按所填不符合、另一条件符合方可的条件；一家企业的全文和一页把这些条件另计。",
            "“Undetermined” counts here also what is not met by what is stated, unless another way is; the page of one "
            "firm counts that apart.",
        )
    for one in summary.editions:
        zh, en = (f"（{one.document}）", f" ({one.document})") if one.document else ("", "")
        yield Text(f"按《{one.title.zh}》{zh}判定 {one.verdicts:,} 家。", f"{one.verdicts:,} by {one.title.en}{en}.")
    if summary.hanging:
        yield Text(
            f"其中 {summary.hanging:,} 家的结论取决于对原文的读法（见下）。",
            f"Of these the verdicts on {summary.hanging:,} hang on how the text is read (see below).",
        )
    if summary.not_firms:
        yield Text(
            f"名单中另有 {summary.not_firms:,} 行是合计、备注或落款，不是企业，不计入。",
            f"{summary.not_firms:,} more rows are totals, notes or signatures, no firms, and are not counted.",
        )
    if idle := [one for one in summary.columns if _is_idle(one)]:
        few = [one_line(one.header) for one in first_of(idle, _FEW_COLUMNS)]
        more = len(idle) - len(few)
        zh, en = (f"等 {len(idle)} 列", f" and {more} more") if more > 0 else ("", "")
        kinds = NOT_READ if all(one.fact is None for one in idle) else NOT_OF_USE
        yield Text(
            f"名单中{kinds.zh}：{'、'.join(few)}{zh}（原因见“{DETAILS.zh}”）。",
            f"{kinds.en} in the list: {', '.join(few)}{en} (why: “{DETAILS.en}”).",
        )
    if summary.rulebook not in SEVERAL:
        yield Text(
            "“仅此不符合”指只有这一项不符合、也没有按所填不符合的其他项的企业数；一家企业可有几项不符合。",
            "“Fails alone” counts firms that nothing else disqualifies, surely or unless another way is met; a firm "
            "may fail several criteria.",
        )
    if any(one.does_not_apply for one in summary.criteria):
        yield Text(
            "“符合中不适用”指条件不适用于这家企业（如只要求新申报的，复核不看），计入“符合”的企业数。",
            "“Met as n/a” counts those of the firms under “met” to which a criterion does not apply, such as reviews.",
        )


def _is_idle(one: ColumnTold) -> bool:
    """Say whether a column is not read, or what it states is not what is asked."""
    return not one.is_used and one.how not in APPLIED
