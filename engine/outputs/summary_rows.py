"""The summary of a screening as rows of a table, for a worksheet and for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.explaining.verdict import Awaiting, Standing
from engine.explaining.wording import JUDGED, LACKS, STANDINGS, WAITS, asked_title, marked
from engine.ground.errors import Language, Text, first_of, told_apart
from engine.outputs.summary import CriterionCount, EditionCount, FirmNamed, MissingCount, NearFirm, ScreeningSummary
from engine.rulebooks.several import SEVERAL

Row = Sequence[str | int]
CountT = TypeVar("CountT")
_MET, _OPEN = Text("符合条件数（含不适用）", "criteria met or n/a"), Text("无法判定条件数", "undetermined")
_COUNTS = ("met", "not_met", "undetermined", "alone", "does_not_apply")


@dataclass(frozen=True)
class Rest:
    """How many of a long list are told, and where all of it is."""

    most: int
    where: Text


def counts_of_rows(summary: ScreeningSummary, lang: Language) -> list[Row]:
    """Say how many rows there were and what became of them."""
    rows: list[Row] = [
        (_say("规则", "Rulebook", lang), summary.rulebook),
        (_say("判定日", "As of", lang), summary.as_of),
    ]
    rows.append((_say("读入行数", "Rows in", lang), summary.rows_in))
    if summary.rulebook in SEVERAL:  # where no verdict on all together means anything
        rows.append((f"  {JUDGED.in_language(lang)}", summary.verdicts))
    else:
        rows += [
            (f"  {STANDINGS[Standing(one)].in_language(lang)}", count) for one, count in summary.by_verdict.items()
        ]
        rows += [(f"    {WAITS[Awaiting(one)].in_language(lang)}", count) for one, count in summary.awaiting.items()]
    rows += [(_say(f"  按{one.title.zh}", f"  by {one.title.en}", lang), one.verdicts) for one in summary.editions]
    if summary.hanging:
        rows.append((_say("  其中取决于读法", "  of these hang on a reading", lang), summary.hanging))
    rows.append((_say("  未比对（有问题的行）", "  rejected", lang), summary.rejected))
    if summary.not_firms:
        words = _say("合计、备注、落款行（不计）", "Totals, notes and signatures (not counted)", lang)
        rows.append((words, summary.not_firms))
    if summary.blank_rows:
        rows.append((_say("空行（不计）", "Blank rows (not counted)", lang), summary.blank_rows))
    return rows


def criteria_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Say how each criterion came out, those that are open for every row last.

    With `rest` of those most rows fail, and none that is open for all (`open_for_all`).
    """
    head = _HEAD[lang] if any(one.does_not_apply for one in summary.criteria) else _HEAD[lang][:-1]
    several = SEVERAL.get(summary.rulebook)
    rows: list[Row] = [(several.one.in_language(lang), *head[1:]) if several else head]
    for edition in summary.editions or (None,):
        own = summary.criteria if edition is None else [*of_edition(summary, edition)]
        decided = [one for one in own if _is_decided(one)]
        told = [*decided, *(one for one in own if not _is_decided(one))] if rest is None else decided
        if edition is not None and told:
            rows.append((edition.title.in_language(lang), *[""] * (len(head) - 1)))
        for one in _most_failed(told, rest):
            words = marked(criterion_title(one, edition), decides=one.decides).in_language(lang)
            rows.append((words if edition is None else f"  {words}", *_counts(one, len(head) - 1)))
        rows += _more(len(told) - len(_first(told, rest)), rest, lang)
    return rows if len(rows) > 1 else []


_HEAD: Mapping[Language, Row] = {
    "zh": ("条件", "符合", "不符合", "无法判定", "仅此不符合", "符合中不适用"),
    "en": ("Criterion", "met", "not met", "undetermined", "fails alone", "met as n/a"),
}


def of_edition(summary: ScreeningSummary, edition: EditionCount) -> Iterator[CriterionCount]:
    """Give the criteria of an edition."""
    return (one for one in summary.criteria if one.id.startswith(f"{edition.rulebook}:"))


def _is_decided(one: CriterionCount) -> bool:
    """Say whether a criterion came out for any row, or there was none."""
    return bool(one.met or one.not_met or not one.undetermined)


def open_for_all(summary: ScreeningSummary, lang: Language) -> Iterator[str]:
    """Name in a sentence the criteria that are undetermined for every firm; what only informs is counted apart."""
    for edition in summary.editions or (None,):
        of = "" if edition is None else f"{edition.title.in_language(lang)}{_say('：', ': ', lang)}"
        those = summary.criteria if edition is None else of_edition(summary, edition)
        own = [one for one in those if not _is_decided(one)]
        for decides, kind in ((True, Text("条件", "criteria")), (False, Text("仅供参考的条件", "that only inform"))):
            if titles := [criterion_title(one, edition) for one in own if one.decides is decides]:
                names = told_apart(titles).in_language(lang)
                yield _say(
                    f"{of}下列 {len(titles)} 项{kind.zh}各家都无法判定：{names}。",
                    f"{of}{len(titles)} {kind.en} are undetermined for every firm: {names}.",
                    lang,
                )


def alone_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Name the firms that a single criterion disqualifies, by criterion; with `rest` the first of them."""
    if summary.rulebook in SEVERAL or not any(one.alone_firms for one in summary.criteria):
        return []
    heads = (
        ("仅此不符合的企业", "企业、它的数和要求", "家数") if lang == "zh" else ("Fail this alone", "firms", "number")
    )
    rows: list[Row] = [heads]
    found = sorted((one for one in summary.criteria if one.alone_firms), key=lambda one: -one.alone)
    for one in _first(found, rest):
        most = len(one.alone_firms) if rest is None else max(1, rest.most // len(found))
        firms = first_of(one.alone_firms, most, one.alone)
        names = [_failing(firm, lang) for firm in firms]
        if len(firms) < one.alone:
            names.append(_say(f"……共 {one.alone} 家", f"… {one.alone} in all", lang))
        rows.append((one.title.in_language(lang), names[0], one.alone))
        rows += [("", name) for name in names[1:]]
    return rows + _more(len(found) - len(_first(found, rest)), rest, lang)


def way_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Name the undetermined firms of which something fails unless another way is met: what fails, and that way."""
    if not summary.another_way:
        return []
    heads = [
        Text("有不符合、还可能符合的企业", "May qualify another way"),
        Text("怎样才符合", "which way"),
        Text(f"{_OPEN.zh}（含按所填不符合的）", f"{_OPEN.en} (with what fails by what is stated)"),
        LACKS,
    ]
    rows: list[Row] = [[head.in_language(lang) for head in heads]]
    told = _first(summary.another_way, rest, summary.awaiting[Awaiting.ANOTHER_WAY])
    rows += [(_firm(one, lang), _why(one), one.undetermined, len(one.missing)) for one in told]
    return rows + _more_firms(summary.awaiting[Awaiting.ANOTHER_WAY] - len(rows) + 1, lang)


def fraction_texts(summary: ScreeningSummary, rest: Rest) -> Iterator[Text]:
    """Say of each column in how many rows a percentage may have been typed as a fraction, and name the first firms."""
    for one in summary.fractions:
        few = first_of(one.firms, rest.most, one.rows)
        zh, en = "、".join(_firm(firm, "zh") for firm in few), ", ".join(_firm(firm, "en") for firm in few)
        more = Text("等", ", …") if one.rows > len(few) else Text("", "")
        yield Text(
            f"“{one.column}”有 {one.rows:,} 家填的数不足 1、没有写百分号，按不足 1% 判定，或许是把小数当作百分数填了，"
            f"这些企业的结论请先核对：{zh}{more.zh}。",
            f"{one.column}: less than 1 without a percent sign is read as less than 1 percent, and may be a fraction; "
            f"check the verdicts on these first ({one.rows:,}): {en}{more.en}.",
        )


def fewest_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Name the firms that fail the fewest criteria, and what these are, of a list in which no firm is nearer."""
    is_none_nearer = not (summary.nearest or summary.another_way or any(one.alone_firms for one in summary.criteria))
    if not (is_none_nearer and summary.fewest_unmet):
        return []
    many = summary.by_verdict[Standing.NOT_QUALIFIED]
    heads = ("不符合项数最少的企业", "它的数和要求", "不符合项数")
    rows: list[Row] = [heads if lang == "zh" else ("Fail the fewest criteria", "figures and thresholds", "not met")]
    rows += [(_firm(one, lang), _why(one), one.not_met) for one in _first(summary.fewest_unmet, rest, many)]
    return rows + _more_firms(many - len(rows) + 1, lang)


def _why(one: FirmNamed) -> str:
    return (one.why or "").rstrip("。. ")


def _failing(one: FirmNamed, lang: Language) -> str:
    """Give the name of a firm with what is said of what it fails."""
    return _say("：", ": ", lang).join(filter(None, (_firm(one, lang), _why(one))))


def _more_firms(more: int, lang: Language) -> list[Row]:
    if more <= 0:
        return []
    return [(_say(f"……另有 {more} 家，见各家的结论", f"… and {more} more: see the verdicts", lang), "")]


def _firm(one: FirmNamed, lang: Language) -> str:
    """Give the name of a firm, where it stands, and by which of several texts it was judged."""
    by, double = "", ""
    if isinstance(one, NearFirm):
        by = _say(f"按{'、'.join(one.documents)}", f"by {', '.join(one.documents)}", lang) if one.documents else ""
        double = _say("，该企业另有一行", ", stands in other rows too", lang) if one.is_double else ""
    line = _say(f"第 {one.line} 行", f"line {one.line}", lang) if one.line else ""
    where = _say("，", ", ", lang).join(filter(None, (line, by)))
    return f"{one.firm_name or one.firm_id}{_say(f'（{where}）', f' ({where})', lang) if where else ''}{double}"


def _most_failed(criteria: Sequence[CriterionCount], rest: Rest | None) -> list[CriterionCount]:
    """Give the criteria that most rows fail, or leave open, in their order; all without `rest`."""
    found = _first(sorted(criteria, key=lambda one: (-one.not_met, -one.undetermined)), rest)
    return [one for one in criteria if one in found]


def _counts(one: CriterionCount, number: int) -> Iterator[int]:
    return (getattr(one, name) for name in _COUNTS[:number])


def criterion_title(one: CriterionCount, edition: EditionCount | None) -> Text:
    """Give the title of a criterion without the edition that it is of (`screening.editions`)."""
    if edition is None:
        return one.title
    of = edition.title
    return Text(one.title.zh.removesuffix(f"〔{of.zh}〕"), one.title.en.removesuffix(f" [{of.en}]"))


def missing_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Say which facts are blank in how many rows, of those that a column states."""
    return _missing_rows(
        [one for one in summary.missing if one.column], Text("缺少的指标", "Missing facts"), lang, rest
    )


def nearest_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Name the undetermined firms of which nothing fails that lack the fewest facts, and which of them have a column.

    And how many criteria are met and open. Where none lacks what has a column, there is none for that.
    """
    if not summary.nearest:
        return []
    title_of = {one.fact: one.title for one in summary.missing if one.column}
    told = _first(summary.nearest, rest, summary.nothing_fails)
    blank = [[title_of[fact] for fact in one.missing if fact in title_of] for one in told]
    heads = [_say("最接近的企业（没有不符合）", "Nearest firms (nothing fails)", lang)]
    heads += (
        [_say("名单有列而缺的（没填，或填的读不出）", "in the list, but blank or not to be read", lang)]
        if any(blank)
        else []
    )
    heads += [head.in_language(lang) for head in (_MET, _OPEN, LACKS)]
    rows: list[Row] = [heads]
    for one, titles in zip(told, blank, strict=True):
        named = [told_apart(titles).in_language(lang)] if any(blank) else []
        rows.append((_firm(one, lang), *named, one.met, one.undetermined, len(one.missing)))
    return rows + _more_firms(summary.nothing_fails - len(rows) + 1, lang)


def columnless_rows(summary: ScreeningSummary, lang: Language) -> list[Row]:
    """Say which facts no column states that how many rows lack."""
    title = Text("名单没有这一列的指标", "Facts without a column")
    return _missing_rows([one for one in summary.missing if not one.column], title, lang)


def _missing_rows(counts: Sequence[MissingCount], title: Text, lang: Language, rest: Rest | None = None) -> list[Row]:
    if not counts:
        return []
    rows: list[Row] = [(title.in_language(lang), _say("行数", "rows", lang))]
    rows += [(asked_title(one.title, if_any=one.if_any).in_language(lang), one.rows) for one in _first(counts, rest)]
    return rows + _more(len(counts) - len(rows) + 1, rest, lang)


def columnless(summary: ScreeningSummary, rest: Rest | None = None) -> Iterator[Text]:
    """Say in a sentence which facts that are missing no column states; with `rest` the first of them."""
    found = [one for one in summary.missing if not one.column]
    if not found:
        return
    told = _first(found, rest)
    every, few = (told_apart(one.title for one in told if one.if_any is if_any) for if_any in (False, True))
    zh, en = every.zh, every.en
    if few.zh:
        zh, en = f"{zh}。如有：{few.zh}", f"{en}. If any: {few.en}"
    if rest is not None and (more := len(found) - len(told)):
        zh, en = f"{zh}……另有 {more} 项，{rest.where.zh}", f"{en} … and {more} more: {rest.where.en}"
    yield Text(
        f"名单没有下列 {len(found)} 项指标的列，企业都没有填：{zh}。",
        f"The list has no column for {len(found)} facts, which no firm states: {en}.",
    )


def reading_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Say on which readings how many verdicts hang."""
    if not summary.hangs_on:
        return []
    rows: list[Row] = [(_say("取决于读法", "Hangs on the reading of", lang), _say("行数", "rows", lang))]
    mark = _say("：", ": ", lang)
    told = [
        (one.title.in_language(lang), one.reading.in_language(lang), one.rows) for one in _first(summary.hangs_on, rest)
    ]
    rows += [(f"{title}{mark}{words}", count) for title, words, count in told]
    return rows + _more(len(summary.hangs_on) - len(told), rest, lang)


def problem_rows(summary: ScreeningSummary, lang: Language, rest: Rest | None = None) -> list[Row]:
    """Say what was refused and what is odd, by column and kind; that counts the rows that were refused too."""
    rows: list[Row] = []
    of_all = Text("（未比对的也计）", " (rejected rows too)") if summary.rejected else Text("", "")
    for label, kinds in (
        (Text("未比对的原因", "Rejected because of"), summary.problems),
        (Text(f"提醒{of_all.zh}", f"Warnings{of_all.en}"), summary.warnings),
    ):
        if kinds:
            rows.append(
                (
                    label.in_language(lang),
                    _say("问题", "problem", lang),
                    _say("次数", "times", lang),
                    _say("首见行", "first line", lang),
                )
            )
            rows += [
                (one.column, one.what.in_language(lang), one.count, one.first_line or "") for one in _first(kinds, rest)
            ]
            rows += _more(len(kinds) - len(_first(kinds, rest)), rest, lang)
    return rows


def _first(counts: Sequence[CountT], rest: Rest | None, many: int | None = None) -> Sequence[CountT]:
    return first_of(counts, len(counts) if rest is None else rest.most, many)


def _more(left: int, rest: Rest | None, lang: Language) -> list[Row]:
    """Say how many are left out, if any are, and where these are."""
    if rest is None or not left:
        return []
    return [(_say(f"……另有 {left} 项，{rest.where.zh}", f"… and {left} more: {rest.where.en}", lang), "")]


def column_rows(summary: ScreeningSummary, lang: Language) -> list[Row]:
    """Say how each column was understood."""
    rows: list[Row] = [(_say("列", "Column", lang), _say("理解为", "understood as", lang))]
    rows += [(one.header, one.how.in_language(lang)) for one in summary.columns]
    return rows


def _say(zh: str, en: str, lang: Language) -> str:
    return Text(zh, en).in_language(lang)
