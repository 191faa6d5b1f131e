"""A form for one firm to fill in downwards: a question a line, in parts, what every firm is asked before the rest."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from engine.ground.errors import Language, Text
from engine.headers.years import years_back_of
from engine.language.facts import APPLICATION, AREA, YEAR, Fact, Kind, Vocabulary
from engine.language.reading import accepted
from engine.rulebooks.asked_order import usually_asked
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.routing import choosing, editions_asked, require_level
from engine.rulebooks.several import SEVERAL

_IDENTITY = ("firm_id", "firm_name")
_FIRST = (*_IDENTITY, APPLICATION, AREA, YEAR)
"""What says whose the form is, and which rules are for it: asked of every firm, whatever the rules."""
_MOST_OPTIONS = 12
_LAST_YEAR = re.compile(r"^(?:上年度|上年末|大前年|前年)|(?:last|second-last|third-last) full year$")
_ALWAYS, IF_ANY = Text("", ""), Text("如有", "if any")
ON_REVIEW = Text("复核时才填", "for a review only")
OTHER = Text("其他", "Other")
PARTS = re.compile(rf"^(?:{IF_ANY.zh}|{ON_REVIEW.zh})：| \((?:{IF_ANY.en}|{ON_REVIEW.en})\)$")
"""What the title of a part has beside its heading."""
_TITLED, _BY = Text("企业填报表：", "Form for a firm: "), Text("适用", "For")
_HOW = (
    Text(
        "只填“填写”一列。空白就是不知道，不当作 0，也不当作没有；确实没有的要写明：数填 0，是否填“否”，其他填“无”；"
        "只有名次、日期、年份、得分，没有的留空。",
        "Fill in the column Answer only. A blank means not known, never 0 and never no. Of what there is none, write 0 "
        "for a figure, no where yes or no is asked, and none elsewhere; only a place, a day, a year or a score that "
        "there is not stays blank.",
    ),
    Text(
        "数按“单位”一列填；金额的单位可改成元、千元、亿元，或连单位写在数后，其他单位不能改。",
        "Figures are in the unit beside them. For money it may be changed to 元, 千元 or 亿元, or written behind the "
        "figure; no other unit can be changed.",
    ),
    Text(
        "标“如有”的，多数企业没有，或可由别的数算出：没有的照样按第 1 条写明，算得出的不必填。标“复核时才填”的，"
        "新申报不填。这样分是我们按条件的归类。",
        "What is marked “if any” most firms have not, or it follows from other figures: answer it by 1 too, but "
        "not what can be computed. For a new application leave blank what is for a review only. This division is ours, "
        "by the criteria.",
    ),
    Text(
        "一张表填一家企业，指标名和列名不要改；补充说明写在最右另加的“备注”一列。填好存成 .xlsx 或 .csv，原表交回。",
        "One firm a form. Leave the names of figures and columns as they are; remarks go into a column Remarks "
        "that you add. Save it as .xlsx or .csv and hand that back.",
    ),
)
CARRIED = Text("沿用", "Carried over")
"""The remark beside an answer that comes from an older form."""
_NUMBERED = tuple(f"{number}. " for number in range(1, 6))
TOP = tuple(one.rstrip() for text in (_TITLED, _BY) for one in (text.zh, text.en)) + _NUMBERED
"""How the lines above the questions begin."""
_FOLLOWS = Text("填了行业代码的不必填。", "Not needed where the industry division is stated.")
_SEVERAL = Text("可填几项，以“、”隔开；没有填“无”。", "One or several, separated by commas; none if there is none.")
_ANY_NUMBER = Text("可填几项，以“、”隔开。", "One or several, separated by commas.")
_OF_A_LIST = Text("请从下拉单中选。", "Choose from the list.")
_CODED = Text("请从下拉单中选，也可只写编号或名称。", "Choose from the list, or write the number or the name.")
_YES_NO: dict[Language, tuple[str, ...]] = {"zh": ("是", "否"), "en": ("yes", "no")}
_EXAMPLES = {Kind.TEXT: Text("文字", "Text"), Kind.YES_NO: Text("是、否", "yes, no")}
_EXAMPLES |= {Kind.JUDGEMENT: Text("是、否；没有评审的留空", "yes, no; blank until somebody has judged it")}
_EXAMPLES |= {Kind.MONEY: Text("数，如 21000；也可写 2.1亿", "A figure, as 21000; CNY 210 million may be written too")}
_EXAMPLES |= {Kind.PERCENT: Text("数，如 15 表示 15%", "A figure: 15 means 15%")}
_EXAMPLES |= {Kind.COUNT: Text("整数，如 3", "A whole number, as 3"), Kind.RANK: Text("名次，如 3", "A place, as 3")}
_EXAMPLES |= {Kind.YEARS: Text("数，如 5", "A figure, as 5"), Kind.NUMBER: Text("数", "A figure")}
_EXAMPLES |= {Kind.DATE: Text("日期，如 2024-04-01", "A date, as 2024-04-01")}


_FOR_DAY = re.compile(rf"(?:{_BY.zh}|{_BY.en}) (?P<day>\d{{4}}-\d\d-\d\d)[：:](?P<texts>.*)", re.DOTALL)
_TEXT_ID = re.compile(r"· ([a-z][a-z0-9-]+)(?=（| ?\(|；|;|$)", re.MULTILINE)


@dataclass(frozen=True)
class MadeFor:
    """What a form says above its questions that it is for: a title, the day, the ids of the rulebooks; of all, none."""

    title: str
    day: date
    books: frozenset[str]


def made_for(lines: Iterable[str]) -> MadeFor | None:
    """Give what the lines above the questions of a form say that it is for; None if they do not.

    >>> made_for(["企业填报表：小巨人", "适用 2026-06-01：认定标准 · 2号 · miit-2026-little-giant；"]).books
    frozenset({'miit-2026-little-giant'})
    """
    title, found = "", None
    for line in map(str.strip, lines):
        if line.startswith((_TITLED.zh, _TITLED.en.strip())):
            title = line.removeprefix(_TITLED.zh).removeprefix(_TITLED.en.strip()).strip()
        found = found or _FOR_DAY.fullmatch(line)
    if found is None:
        return None
    with suppress(ValueError):
        return MadeFor(title, date.fromisoformat(found["day"]), frozenset(_TEXT_ID.findall(found["texts"])))
    return None


@dataclass(frozen=True)
class Question:
    """A line of the form: what is asked, in which unit, what may be written, the options, and which paper has it.

    `answer` is what an older form said.
    """

    fact: Fact
    title: str
    unit: str
    accepts: str
    options: tuple[str, ...]
    paper: str
    note: str
    answer: str = ""


@dataclass(frozen=True)
class Part:
    """Questions under a title."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class BlankForm:
    """A form: for which rules and day it is, how to fill it in and hand it back, and its parts."""

    title: str
    lines: tuple[str, ...]
    parts: tuple[Part, ...]


def blank_form(
    catalog: Catalog, as_of: date, rulebook: str | None = None, level: str | None = None, lang: Language = "zh"
) -> BlankForm:
    """Give the form for a rulebook, for a level or all levels or classes (`SEVERAL`); all facts if neither.

    What only some firms are asked, by one way of several or to be exempt, comes last. Raises what `editions_asked`
    raises.
    """
    asked = asked_of(catalog, as_of, rulebook, level)
    vocabulary, parts = catalog.vocabulary, dict[tuple[Text, Text], list[Fact]]()
    for fact, when in asked.facts.items():
        parts.setdefault((when, vocabulary.headings.get(fact.id, OTHER)), []).append(fact)
    order = sorted(parts, key=lambda part: (IF_ANY, ON_REVIEW).index(part[0]) if part[0].zh else -1)
    return BlankForm(
        _title(catalog, rulebook, level).in_language(lang),
        tuple(_lines(asked.books, as_of, lang)),
        tuple(
            Part(
                _heading(*part, lang),
                tuple(question(fact, as_of, lang, *how_meant(fact, vocabulary, asked.used)) for fact in parts[part]),
            )
            for part in order
        ),
    )


@dataclass(frozen=True)
class Asked:
    """What is asked by which rulebooks: each fact that a firm states, in the order of the vocabulary, and of whom.

    That is nobody in particular, those who have it (`IF_ANY`), or a review alone (`ON_REVIEW`). `used` are all facts
    that count.
    """

    books: tuple[Rulebook, ...]
    facts: Mapping[Fact, Text]
    used: frozenset[str]


def asked_of(catalog: Catalog, as_of: date, rulebook: str | None = None, level: str | None = None) -> Asked:
    """Give what a form asks, as `blank_form` says; raises what `editions_asked` raises."""
    books = editions_asked(catalog, as_of, rulebook, level)
    anew = [book for book in books if book.words.applies("new", as_of)] or books
    of_new = frozenset().union(*(book.facts_used for book in anew)) if books else frozenset(catalog.vocabulary)
    used = of_new.union(_IDENTITY, [YEAR], choosing(books), *(book.facts_used for book in books))
    usual = frozenset(_FIRST).union(*(usually_asked(book) for book in anew)) if books else of_new
    usual = usual.union(one.lookup.by for one in catalog.vocabulary.values() if one.id in usual and one.lookup)
    found: dict[Fact, Text] = {}
    for fact in catalog.vocabulary.given.values():
        if fact.id in used:
            is_first = fact.id in usual and not fact.is_derived
            found[fact] = _ALWAYS if is_first else IF_ANY if fact.id in of_new else ON_REVIEW
    return Asked(books, found, used)


def _heading(when: Text, heading: Text, lang: Language) -> str:
    about = heading.in_language(lang)
    if not when.zh:
        return about
    return {"zh": f"{when.zh}：{about}", "en": f"{about} ({when.en})"}[lang]


def _title(catalog: Catalog, rulebook: str | None, level: str | None) -> Text:
    if level is not None:
        what = catalog.levels.title(require_level(catalog, level))
    elif rulebook is not None and rulebook in SEVERAL:
        what = SEVERAL[rulebook].asks
    elif rulebook is not None:
        what = catalog.rulebook(rulebook).words.title
    else:
        what = Text("全部指标", "all facts")
    return Text(f"{_TITLED.zh}{what.zh}", f"{_TITLED.en}{what.en}")


def _lines(books: Sequence[Rulebook], as_of: date, lang: Language) -> Iterator[str]:
    """Give what stands above the questions: the texts and the day that the form is for, how it is filled in."""
    stop, colon = {"zh": ("；", "："), "en": ("; ", ": ")}[lang]
    texts = stop.join(_text_of(book, as_of, lang) for book in books)
    yield f"{_BY.in_language(lang)} {as_of}{colon}{texts or Text('全部规则', 'every rulebook').in_language(lang)}"
    last = as_of.year - 1
    years = Text(
        f"上年度是 {last} 年，前年是 {last - 1} 年，大前年是 {last - 2} 年；以后年度另取新表。",
        f" The last full year is {last}, before it {last - 1} and {last - 2}; for a later year use a new form.",
    )
    for at, (number, text) in enumerate(zip(_NUMBERED, _HOW, strict=False)):
        yield f"{number}{text.in_language(lang)}{years.in_language(lang) if at == 1 else ''}"


def _text_of(book: Rulebook, as_of: date, lang: Language) -> str:
    """Name the text of an edition, with its number and id, and that it is for reviews only."""
    review = "" if book.words.applies("new", as_of) else Text("（复核）", " (reviews)").in_language(lang)
    return " · ".join(filter(None, (book.words.title.in_language(lang), book.words.document, book.id))) + review


def meant(fact: Fact, vocabulary: Vocabulary, asked: Container[str]) -> Text | None:
    """Say what counts as that of which a fact is a part and has the name, where the whole is not asked for itself.

    >>> from engine.rulebooks.catalog import shipped
    >>> known = shipped().vocabulary
    >>> meant(known["ip_class1_own_related_applied"], known, ()).zh[:14]
    'Ⅰ类知识产权：有效的发明专利'
    """
    whole = fact
    while whole.part_of is not None:
        whole = vocabulary[whole.part_of]
    name = whole.title.zh.removesuffix("总数")
    if whole is fact or whole.id in asked or whole.note is None or name not in fact.title.zh:
        return None
    return Text(f"{name}：{whole.note.zh}", f"{whole.title.en}: {whole.note.en}")


def how_meant(fact: Fact, vocabulary: Vocabulary, asked: Container[str]) -> Iterator[Text]:
    """Say how a fact is to be answered: of a ratio from which two it follows, its note, of a part what the whole is.

    What somebody else judges is not explained in the cell.
    """
    if fact.formula is not None:
        behind = [one.title for one in vocabulary.stated_behind(fact)]
        zh, en = "、".join(one.zh for one in behind), ", ".join(one.en for one in behind)
        yield Text(f"由{zh}算出，都填了的不必填。", f"Computed from {en}; not needed where both are stated.")
    if fact.note is not None and fact.kind is not Kind.JUDGEMENT:
        yield fact.note
    if (whole := meant(fact, vocabulary, asked)) is not None:
        yield whole


def question(fact: Fact, as_of: date, lang: Language, *means: Text) -> Question:
    """Give the line of the form that asks for a fact; `means` say which figure is meant, below what may be written."""
    options = tuple(
        f"{code} {option.title.in_language(lang)}" if _is_coded(fact) else option.title.in_language(lang)
        for code, option in fact.choices.items()
    )
    if fact.kind in {Kind.YES_NO, Kind.JUDGEMENT}:
        options = _YES_NO[lang]
    return Question(
        fact,
        dated(fact, as_of, lang),
        fact.unit.in_language(lang),
        "\n".join([accepts(fact, as_of, lang), *(one.in_language(lang) for one in means)]),
        options,
        fact.evidence.in_language(lang) if fact.evidence else "",
        fact.note.in_language(lang) if fact.note else "",
    )


def _is_coded(fact: Fact) -> bool:
    """Whether the options of a fact are known by their numbers, such as the divisions of industry."""
    return not fact.places and all(code.isdigit() for code in fact.choices)


def dated(fact: Fact, as_of: date, lang: Language) -> str:
    """Give the title of a fact; of a figure of a full year with that year behind it: 上年度（2025年）营业收入."""
    title = fact.title.in_language(lang)
    back = years_back_of(fact)
    found = _LAST_YEAR.search(title)
    if back is None or found is None or fact.kind is Kind.NUMBER:
        return title
    year = as_of.year - 1 - back
    said = f"（{year}年）" if lang == "zh" else f" ({year})"
    return f"{title[: found.end()]}{said}{title[found.end() :]}"


def in_year(fact: Fact, year: int, lang: Language) -> str:
    """Give the title of a figure of a full year by that year alone: 2025年营业收入.

    >>> from engine.rulebooks.catalog import shipped
    >>> [in_year(shipped().vocabulary[one], 2025, "zh") for one in ("rd_expense_y1", "total_assets_y0", "employees_y0")]
    ['2025年研发费用', '2025年末资产总额', '2025年全职员工数量']
    """
    title, end = fact.title.in_language(lang), "末" if fact.title.zh.startswith("上年末") else ""
    said = f"{year}年{end}" if lang == "zh" else str(year)
    if _LAST_YEAR.search(title):
        return _LAST_YEAR.sub(said, title, count=1)
    return f"{said}{title}" if lang == "zh" else f"{title}, {said}"


def accepts(fact: Fact, as_of: date, lang: Language, offered: Collection[str] | None = None) -> str:
    """Say shortly what may be written for a fact, and where it follows from others that it need not be.

    Of its options only those `offered` are named.
    """
    if fact.id == YEAR:
        zh = f"判定日在{as_of.year}年的不必填；在别的年份的，填表里的上年度：{as_of.year - 1}"
        en = f"Blank if decided in {as_of.year}; else the last full year of this form, {as_of.year - 1}"
        return Text(zh, en).in_language(lang)
    if fact.kind is Kind.NUMBER and fact.unit.zh == "年":
        return Text("年份，如 2025", "A year, as 2025").in_language(lang)
    options = {code: one for code, one in fact.choices.items() if offered is None or code in offered}
    few = options if len(options) <= _MOST_OPTIONS else {}
    if fact.places:
        return accepted(fact).in_language(lang)
    if fact.choices:
        mark = {"zh": "、", "en": ", "}[lang]
        of_list = _CODED if _is_coded(fact) else _OF_A_LIST
        told = [mark.join(option.title.in_language(lang) for option in few.values()) or of_list.in_language(lang)]
        if fact.kind is Kind.CHOICES:  # whose note may say already what to write where there is none
            says_none = fact.note is not None and "填“无”" in fact.note.zh
            told.append((_ANY_NUMBER if says_none else _SEVERAL).in_language(lang))
    else:
        told = [_EXAMPLES[fact.kind].in_language(lang)]
    if fact.lookup:
        told.append(_FOLLOWS.in_language(lang))
    return "\n".join(told)
