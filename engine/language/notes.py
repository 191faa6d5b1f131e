"""What is noted of a firm beside its verdict: what looks unusual in its figures, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from engine.ground.errors import Problem, Text, in_quotes
from engine.ground.values import BESIDE, UNREAD, Known, MonthEnd
from engine.language.facts import APPLICATION, YEAR, Fact, Kind, Vocabulary

DAY = "as_of"  # where a note is about the day, and about no fact
FRACTION = (
    Text(
        "按百分数读作不足 1%，或许是把小数当作百分数填了",
        "is read as less than 1 percent, perhaps a fraction was typed",
    ),
    Text("若本意是小数，请写成百分数，如 15%。", "If a fraction was meant, write percentage points: 15%."),
)
CHECK_UNIT = Text(
    "请核对单位：金额以万元计，百分数以百分点计。",
    "Check the unit: money in 万元 (10,000 CNY), percent in percentage points.",
)

TAKEN_AS_NEW = Problem(
    APPLICATION,
    Text(
        "没有写明，按新申报判定；申请复核的请写“复核”，结论可能不同",
        "is not stated: decided as a new application; if it is a review, say so: that may be decided otherwise",
    ),
)
SAY_WHICH_APPLY = Text(
    "请加一列“申报类型”，每家写 新申报 或 复核。", "Add a column 申报类型 that says 新申报 or 复核 of each firm."
)
ALL_NEW = Text(
    f"没有“申报类型”列，全部按新申报判定；其中申请复核的，结论可能不同。{SAY_WHICH_APPLY.zh}",
    "There is no column 申报类型: all are decided as new applications; reviews among them may be decided otherwise. "
    f"{SAY_WHICH_APPLY.en}",
)


def some_new(rows: int) -> Text:
    """Say of how many rows of a list it is not said what the firm applies for."""
    return Text(
        f"没有写明“申报类型”、按新申报判定的有 {rows:,} 行；其中申请复核的请写“复核”，结论可能不同。",
        f"Rows that do not state the application type, decided as new applications: {rows:,}; of reviews among them "
        "say so: these may be decided otherwise.",
    )


@lru_cache(maxsize=256)
def titles_of(level: str | None, vocabulary: Vocabulary) -> Fact | None:
    """Give the fact that lists the titles a firm holds, of which a level is one."""
    lists = (fact for fact in vocabulary.given.values() if fact.kind is Kind.CHOICES)
    return next((fact for fact in lists if level in fact.choices), None)


def review_of_none(titles: Fact, level: str) -> Problem:
    """Say that a firm asks for a review of a title that is not among those it holds, which all are options."""
    title = titles.choices[level].title
    what = Text(
        f"为复核，而{in_quotes(titles.title.zh)}中没有{title.zh}，请核对：持有的补填，未持有的改为新申报；这里按复核比对，各级比对（ladder）按新申报",
        f"is a review, and {title.en} is not among the titles held: add it, or make it a new application; it is "
        "decided here as a review, in the ladder as a new application",
    )
    return Problem(APPLICATION, what)


def review_as_new(titles: Fact, levels: Iterable[str], reviewed: Iterable[str]) -> Problem:
    """Say of a firm that asks for a review which levels of a ladder are decided as applied for anew: it has no title.

    At these levels, and at those that are `reviewed`, a review may be decided otherwise than a new application.
    """
    (zh, en), (own, own_en) = (_named(titles, some) for some in (levels, reviewed))
    if own:
        return Problem(
            APPLICATION,
            Text(
                f"为复核：持有的{own}按复核比对；未持有的{zh}，各级比对（ladder）按新申报，不必改写",
                f"is a review, and {own_en}, held, is decided as one; the ladder decides {en}, not held, as a new "
                "application: there is nothing to change",
            ),
        )
    what = Text(
        f"为复核，而{in_quotes(titles.title.zh)}中没有{zh}，请核对：持有的补填，未持有的改为新申报；"
        "各级比对（ladder）按新申报，用 --level 则按复核，结论可能不同",
        f"is a review, and {en} is not among the titles held: add it, or make it a new application; the ladder decides "
        "it as one, --level as a review, maybe otherwise",
    )
    return Problem(APPLICATION, what)


def _named(titles: Fact, options: Iterable[str]) -> tuple[str, str]:
    names = [titles.choices[one].title for one in options]
    return "、".join(one.zh for one in names), ", ".join(one.en for one in names)


_SOON = 365  # days from the day of the decision


def ends_soon(ends: date, day: date) -> bool:
    """Say whether a term that has not ended by a day ends within a year of it."""
    return 0 <= (ends - day).days <= _SOON


NO_DAY = Text("没有写到日，按月末算，请核对证书", "no day is stated, so the end of the month: check the certificate")


def _ends(ends: date) -> Text:
    """Say when a term ends, and whether its day was taken to be the last of a month."""
    zh, en = (f"（{NO_DAY.zh}）", f" ({NO_DAY.en})") if isinstance(ends, MonthEnd) else ("", "")
    return Text(f"于{ends.year}年{ends.month}月{ends.day}日到期{zh}", f"valid until {ends}{en}")


def ending(titles: Fact, option: str, ends: date, day: date, criteria: Sequence[Text]) -> Problem:
    """Say of an option of a list when its term ends, and which criteria cannot be met without it."""
    title, days = titles.choices[option].title, (ends - day).days
    zh, en = "、".join(in_quotes(one.zh) for one in criteria), ", ".join(in_quotes(one.en) for one in criteria)
    what = Text(
        f"中的{title.zh}{_ends(ends).zh}，还有 {days} 天；到期没有延续的，{zh}不能判为符合",
        f"has {title.en}, {_ends(ends).en}, {days} more days; unless it is renewed, {en} cannot be met after that",
    )
    return Problem(titles.id, what)


def ending_together(titles: Fact, several: Mapping[str, date], criteria: Sequence[Text]) -> Problem:
    """Say of options of a list when their terms end, and which criteria cannot be met if none of them is renewed."""
    each = [(titles.choices[one].title, ends) for one, ends in several.items()]
    zh = "、".join(f"{title.zh}{_ends(ends).zh}" for title, ends in each)
    en = ", ".join(f"{title.en}, {_ends(ends).en}" for title, ends in each)
    fall, fall_en = "、".join(in_quotes(one.zh) for one in criteria), ", ".join(in_quotes(one.en) for one in criteria)
    what = Text(
        f"中的{zh}；都没有延续的，{fall}不能判为符合",
        f"has {en}; unless one of them is renewed, {fall_en} cannot be met after that",
    )
    return Problem(titles.id, what)


def lacks(titles: Known | None, level: str) -> bool:
    """Say whether titles that are stated, each an option, have none of that level; one of a kind of it counts.

    >>> [lacks(frozenset(one), "single_champion") for one in ([], ["srdi"], ["single_champion_demo"], ["?冠军"])]
    [True, True, False, False]
    """
    return isinstance(titles, frozenset) and not any(one.startswith((level, UNREAD, BESIDE)) for one in titles)


def unusual(fact: Fact, amount: tuple[str, str]) -> Problem:
    """Say that a figure, which is told with the unit that was taken, is outside the usual range."""
    zh, en = amount
    return Problem(fact.id, Text(f"为 {zh}，不在通常范围内", f"is {en}, outside the usual range"), CHECK_UNIT)


def other_year(year: str, as_of: date) -> Problem:
    """Say that figures are of another year than the last full one: every span of two or three years would slip."""
    expected = as_of.year - 1
    what = Text(f"为 {year}，而按判断之日应是 {expected} 年", f"is {year}, but on {as_of} it is {expected}")
    instead = Text("近两年、近三年都从上年度往前数。", "Spans of two or three years end with the last full year.")
    return Problem(YEAR, what, instead)


def sentence(note: Problem, vocabulary: Vocabulary) -> Text:
    """Give a note as a sentence: what it is about, by its title, and what there is to note."""
    title = vocabulary[note.where].title if note.where in vocabulary else Text(note.where, note.where)
    about = Text("", "") if note.where == DAY else Text(in_quotes(title.zh), f"{title.en} ")
    return full_sentence(Text(f"{about.zh}{note.what.zh}", f"{about.en}{note.what.en}"))


def full_sentence(words: Text) -> Text:
    """Give words with the capital and the stop of a sentence."""
    return Text(f"{words.zh}。", f"{words.en[:1].upper()}{words.en[1:]}.")
