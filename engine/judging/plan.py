"""From a table of text columns to a judged one: what is stated in each row, what is decided, what is wrong with it.

Columns of a judged table, beside those of `Decided`, the sets and totals of `Open`: `rejected`; `missing`, the ids of
facts that are blank and keep a criterion open; `hangs_on` and hangs_<place>, the readings that the verdict hangs on;
`unread`, whether a cell that the rulebook does not need cannot be read; and the flags, w_<kind>_<fact>.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Literal

from engine.columns.hanging import with_hanging
from engine.columns.missing import Open
from engine.columns.outcomes import FLOATS_DIFFER, Decided, decided
from engine.columns.values import LONGEST_PLAIN, ByRow, said, x
from engine.columns.words import is_unusual
from engine.firms.stated_ratios import contradiction
from engine.ground.areas import chain
from engine.ground.errors import Problem, Text
from engine.ground.values import BESIDE, UNREAD, Known, Number
from engine.headers.cells import LONGEST, Column
from engine.headers.units import TAKEN
from engine.headers.years import is_relative, is_yearly, names_no_year
from engine.judging.column_use import NOTHING_USED, uses_any
from engine.judging.row_remarks import column_of_contradictions, column_of_reviews
from engine.language.code_text import DITTO
from engine.language.facts import APPLICATION, AREA, AS_OF, YEAR, Fact, Kind, Vocabulary
from engine.language.figure_text import ERRORS
from engine.language.notes import ALL_NEW, TAKEN_AS_NEW, full_sentence, sentence
from engine.language.reading import BLANK_WORDS, Unreadable, exponent
from engine.layout.firm_codes import is_broken, is_mistyped, is_of_another_length
from engine.layout.no_firm import no_firms, rows_to_look_at
from engine.rulebooks.caution import out_of_force, perhaps_elsewhere
from engine.rulebooks.logic import Criterion, Rulebook
from engine.rulebooks.row_routes import Routes
from engine.sql.functions import (
    NO,
    YES,
    and_,
    cases,
    function,
    is_one_of,
    joined,
    list_of,
    listed,
    or_,
    surely,
    trimmed,
)
from engine.sql.table import Table
from engine.sql.value import Value
from engine.tables.column_text import shortened
from engine.tables.source import BLANKS, GAP

LAST_FIGURE = r"^\s*[0-9][0-9.]*%?\s*$"
SPILT = f"(^|{GAP})\\s*[0-9]{{1,3}}{GAP}[0-9]{{3}}([.][0-9]+)?\\s*({GAP}|$)"
"""Two cells of a row that are one figure with a comma for thousands."""
_ROUNDED = 6  # decimals of a ratio that floats tell
IDENTITY = ("firm_id", "firm_name")
COUNTED = frozenset({"bare", "new"})  # kinds of flags that are counted, and not told of each row
NOTED = frozenset({"length"})
"""Kinds of flags that are noted of a row only where most rows have none: that is known when all are read."""
_HEADED = 3
_BESIDE_A_NAME = r"^\s*((19|20)[0-9]{2}\s*年?度?)?|[(（].*$|\s+$"
_YEAR = r"^(19|20)[0-9]{2}(年度?|年末)?$"
_BARE = r"[\s\x{3000}\x{00a0}/\\-]+"
_HALVES = {"公司", "有限公司", "股份有限公司", "有限责任公司", "有限責任公司"}  # of names broken over two rows
_MASKS = ("xx", "xxx", "××", "×××", "某", "某某", "某某某", "**", "***", "○○", "〇〇")  # of a name that is left open
_OPEN = {f"{mask}{end}" for mask in _MASKS for end in (*_HALVES, "企业", "厂", "集团")}
_NO_NAMES = sorted({re.sub(r"[/\\-]", "", word.lower()) for word in BLANK_WORDS | ERRORS} | DITTO | _HALVES | _OPEN)
_NO_NAME_BEGINS = sorted({ord(letter) for word in _NO_NAMES for letter in (word[:1], word[:1].upper()) if letter})
_SUSPICIOUS = [*_NO_NAME_BEGINS, *map(ord, "\0 \t\n\f\r\u3000\u00a0/\\-")]  # with these no name begins


@dataclass(frozen=True)
class Flag:
    """Something about a row that can be told from its values: what kind of thing, and in which column.

    `part`: a part is above its whole. `fraction`: a percentage below 1 has no sign. `unusual`: a figure is outside the
    usual range. `nobody`: neither id nor name. `total`: a sum, a note or a signature, which is no firm's row and not
    counted as one. `application`: a kind that the rulebook is not for. `area`: a firm of an area that it is not for.
    `refused`: there is no rulebook for the firm. `spilt`: a figure behind the last header, and one that commas may have
    split. `remark`: the row remarks another unit or year of its figures. `review`: it says that it is a review,
    and no column says so. `damaged`: a code that a spreadsheet damaged. `mistyped`: one whose last character does not
    check the others. `length`: a code without the 18 characters of
    one, which is told where most have them. `bare`: money without any unit, of which only the number is told. `unit`:
    such money where another column is in another unit than that which would be taken. `words`: a list has words that
    are no options. `year`: figures whose headers name no year are of another year than the last full one. `ratio`: a
    stated ratio is not what the figures beside it give. `new`: it is not said what the firm applies for, and another
    edition is for reviews; this is only counted.
    """

    kind: Literal[
        "part",
        "ratio",
        "fraction",
        "unusual",
        "nobody",
        "total",
        "application",
        "area",
        "refused",
        "spilt",
        "remark",
        "review",
        "year",
        "damaged",
        "mistyped",
        "length",
        "bare",
        "unit",
        "words",
        "new",
    ]
    column: Column
    rejects: bool

    @property
    def name(self) -> str:
        """The name of its column in a judged table."""
        return f"w_{self.kind}_{self.column.fact.id}"


@dataclass(frozen=True)
class Plan:
    """Which text columns state which facts, and under which rulebook and day their rows are judged.

    Of the other columns a judged table has only `others`, all cells of a row that may be no firm's, unless it
    `keeps_all`. `kinds` says how many rows apply anew or for a review, where that is known, and `routes` what chose the
    rulebook for them; with a `refusal` there is none for their firms. `last` is the last text column if it has no
    header; `remarks` has the header of each text column that has remarks.
    """

    columns: Mapping[str, Column]
    rulebook: Rulebook
    as_of: date
    keeps_all: bool = False
    kinds: Mapping[str, int] | None = None
    routes: Routes | None = None
    refusal: Problem | None = None
    last: str | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)

    @property
    def deciding_facts(self) -> frozenset[str]:
        """The facts of which a problem rejects a row."""
        area = {AREA} if self.rulebook.words.area else frozenset()
        return self.rulebook.facts_used | {APPLICATION} | area | (self.routes.asks if self.routes else frozenset())

    @cached_property
    def used(self) -> Mapping[str, Column]:
        """The columns in which a problem rejects a row."""
        return {name: column for name, column in self.columns.items() if column.fact.id in self.deciding_facts}

    @cached_property
    def elsewhere(self) -> Mapping[str, Column]:
        """The columns in which a problem is only a warning."""
        return {name: column for name, column in self.columns.items() if name not in self.used}

    @cached_property
    def deciding(self) -> tuple[Criterion, ...]:
        """The criteria that decide."""
        return tuple(criterion for criterion in self.rulebook.criteria if criterion.words.decides)

    @cached_property
    def place_of(self) -> Mapping[str, str]:
        """The text column that states each fact."""
        return {column.fact.id: name for name, column in self.columns.items()}

    @cached_property
    def facts_without_column(self) -> frozenset[str]:
        """The facts that the rulebook asks for and no column states."""
        return self.rulebook.facts_used - self.place_of.keys()

    @cached_property
    def parts(self) -> tuple[Fact, ...]:
        """The facts that may not exceed another one, where both are columns."""
        facts = (column.fact for column in self.columns.values())
        return tuple(fact for fact in facts if fact.part_of in self.place_of)

    @cached_property
    def ratios(self) -> tuple[Fact, ...]:
        """The stated ratios of which all parts are columns too."""
        vocabulary, given = self.rulebook.vocabulary, self.place_of.keys()
        stated = [one for name, one in vocabulary.ratios.items() if name in given]
        return tuple(one for one in stated if all(part.id in given for part in vocabulary.stated_behind(one)))

    @cached_property
    def fractions(self) -> tuple[Fact, ...]:
        """The percentages that may have been typed as fractions."""
        return tuple(column.fact for column in self.columns.values() if column.fact.kind is Kind.PERCENT)

    @cached_property
    def watched(self) -> tuple[Fact, ...]:
        """The stated facts with a usual range."""
        return tuple(column.fact for column in self.columns.values() if column.fact.plausible)

    @cached_property
    def shown_facts(self) -> tuple[str, ...]:
        """The figures that checks look at, in the order of the rulebook."""
        scores = {AS_OF, *(score.fact.id for score in self.rulebook.scores)}  # the day has a column anyway
        return tuple(dict.fromkeys(one.fact.id for one in self.rulebook.checks if one.fact.id not in scores))

    @cached_property
    def cautions(self) -> tuple[Text, ...]:
        """What to know of all rows: no column is of use, all are taken as new, or the text is not in force that day.

        Each is a sentence.
        """
        words = self.rulebook.words
        kinds = {"new": 0} if self.kinds is None else self.kinds
        told = {one: out_of_force(words, one, self.as_of) for one in kinds if one in words.applies_to}
        lacking = [] if uses_any(self.place_of, self.rulebook) else [full_sentence(NOTHING_USED)]
        if AREA not in self.place_of and None in self.area_notes:
            lacking.append(sentence(self.area_notes[None], self.rulebook.vocabulary))
        if self.new_note is not None and APPLICATION not in self.place_of:
            lacking.append(ALL_NEW)
        return (*lacking, *(_of_reviews(text, one, kinds[one]) for one, text in told.items() if text is not None))

    @property
    def new_note(self) -> Problem | None:
        """What to note of a firm that does not say what it applies for, where a review may be decided otherwise."""
        return TAKEN_AS_NEW if self.routes is not None and self.rulebook.reviews_differ(self.as_of) else None

    @property
    def asks_of_reviews(self) -> bool:
        """Whether it matters how many rows ask for a review: the rulebook is not in force for these on that day."""
        words = self.rulebook.words
        return "review" in words.applies_to and out_of_force(words, "review", self.as_of) is not None

    def rejects_part(self, fact: Fact) -> bool:
        """Say whether a part above its whole rejects a row: the rulebook uses one of the two."""
        return bool({fact.id, fact.part_of} & self.deciding_facts)

    @property
    def total(self) -> Flag:
        """The flag of rows that are no firm's."""
        return next(flag for flag in self.flags if flag.kind == "total")

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of a row that its problems are told from."""
        return (*self.columns, "others", *self.remarks)

    @property
    def application(self) -> str | None:
        """The column that says whether it is a new application or a review, if there is one."""
        return self.place_of.get(APPLICATION)

    @property
    def routed(self) -> Mapping[str, Column]:
        """The columns that choose the rulebook of a row."""
        asks = self.routes.asks if self.routes else frozenset()
        return {name: column for name, column in self.columns.items() if column.fact.id in asks}

    def judged(self, table: Table, by_row: ByRow) -> Table:
        """Give the judged table of a table of text columns."""
        names = [self.place_of.get(name) for name in IDENTITY]
        no_lists = [name for name, column in self.columns.items() if column.fact.kind is not Kind.CHOICES]
        table = table.mutate(**{name: shortened(table[name], LONGEST) for name in no_lists})
        others = rows_to_look_at(table, *names)
        kept = [name for name in table.columns if self.keeps_all or name in self.columns or name in self.remarks]
        rulebook, told = self.rulebook, {*self.rulebook.vocabulary.watched, *self.ratios}
        remarks = [table[name] for name in self.remarks]
        remark = column_of_contradictions(remarks, self.as_of.year - 1)
        review = column_of_reviews(None if names[-1] is None else table[names[-1]], remarks)
        table = table.select(*kept, others=others, spilt=_is_spilt(table, self.last), remark=remark, review=review)
        table = decided(table, self.columns, rulebook, self.as_of, by_row, told)
        table = table.mutate(
            **{f"odd_{name}": _begins_as_no_name(table[name]) for name in self._names},
            no_firm=no_firms(table["others"], *(None if name is None else table[name] for name in names)),
        )
        opened = Open(Decided(table, self.rulebook)).columns()
        flags = {flag.name: self._is_flagged(flag, table, by_row) for flag in self.flags}
        table = table.mutate(**opened, **flags, unread=self._cannot_read(table, self.elsewhere))
        totals = Open(Decided(table, self.rulebook)).totals(self.deciding)
        table = table.mutate(**totals, rejected=self._rejected(table))
        missing = Open(Decided(table, self.rulebook)).missing()
        table = table.mutate(missing=listed([(where, fact) for fact, where in missing.items()], ";"))
        return with_hanging(table, self.rulebook)

    @cached_property
    def other_units(self) -> Mapping[str, str]:
        """The units of money that columns state beside the one taken where none is stated: a column in each."""
        money = (column for column in self.columns.values() if column.fact.kind is Kind.MONEY)
        stated = {column.unit: column for column in money if column.unit}
        return {
            unit: one.header for unit, one in stated.items() if exponent(one.fact, unit) != exponent(one.fact, TAKEN)
        }

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """Everything that a row may be flagged for."""
        column_of = {column.fact.id: column for column in self.columns.values()}
        found = [Flag("part", column_of[fact.id], self.rejects_part(fact)) for fact in self.parts]
        found += [Flag("ratio", column_of[fact.id], rejects=fact.id in self.deciding_facts) for fact in self.ratios]
        found += [Flag("fraction", column_of[fact.id], rejects=False) for fact in self.fractions]
        found += [Flag("unusual", column_of[fact.id], rejects=False) for fact in self.watched]
        money = [column_of[fact.id] for fact in self.watched if fact.kind is Kind.MONEY]
        found += [Flag("bare", column, rejects=False) for column in money if not column.unit]
        if self.other_units:
            unsure = [column for column in self.used.values() if column.fact.kind is Kind.MONEY and not column.unit]
            found += [Flag("unit", column, rejects=True) for column in unsure]
        if self._names:  # as in every table that is understood
            named = self.columns[self._names[-1]]
            found += [Flag("nobody", named, rejects=True), Flag("total", named, rejects=True)]
            found += [Flag("spilt", named, rejects=True)] if self.last else []
            found += [Flag("remark", named, rejects=True)] if self.remarks else []
            found += [Flag("review", named, rejects=True)] if APPLICATION not in column_of else []
        lists = [column for column in column_of.values() if column.fact.kind is Kind.CHOICES]
        found += [Flag("words", column, rejects=False) for column in lists]
        if "firm_id" in column_of:
            found += [Flag(kind, column_of["firm_id"], rejects=False) for kind in ("damaged", "mistyped", "length")]
        if self.refusal is not None:
            about = column_of.get(self.refusal.where) or column_of.get(APPLICATION)
            found.append(Flag("refused", about or next(iter(self.columns.values())), rejects=True))
        elif APPLICATION in column_of:
            found.append(Flag("application", column_of[APPLICATION], rejects=True))
            found += [Flag("new", column_of[APPLICATION], rejects=False)] if self.new_note else []
        if AREA in column_of and self.rulebook.words.area is not None and self.refusal is None:
            found.append(Flag("area", column_of[AREA], rejects=True))
        yearly = (one.header for one in self.columns.values() if is_yearly(one.fact, self.rulebook.vocabulary))
        if YEAR in column_of and not is_relative(column_of[YEAR].header) and any(map(names_no_year, yearly)):
            found.append(Flag("year", column_of[YEAR], rejects=True))
        return tuple(found)

    @cached_property
    def warnings(self) -> tuple[Flag, ...]:
        """The flags that reject no row."""
        return tuple(flag for flag in self.flags if not flag.rejects)

    def _is_flagged(self, flag: Flag, table: Table, by_row: ByRow) -> Value:  # noqa: C901, PLR0911 a case a line
        """Say which rows have a flag."""
        fact = flag.column.fact
        value = table[said(fact.id) if said(fact.id) in table.columns else x(fact.id)]
        match flag.kind:
            case "ratio":
                return self._contradicts(fact, table, by_row)
            case "part":
                return self._is_above_whole(fact, table, by_row)
            case "fraction":
                has_sign = table[self.place_of[fact.id]].re_search(r"[%％]\s*$")
                return cases(((value > 0.0) & (value < 1.0), ~has_sign), else_=NO)
            case "unusual":
                return surely(is_unusual(fact, value))
            case "bare" | "unit" | "words" | "damaged" | "mistyped" | "length":
                return _is_odd_text(flag, value, table[self.place_of[fact.id]])
            case "year":
                return surely(value != float(self.as_of.year - 1))
            case "application":
                return surely(and_(*(value != one for one in self.rulebook.words.applies_to)))
            case "area":
                return self._is_elsewhere(value)
            case "refused":
                return YES
            case "new":
                return value.isnull()
            case "spilt" | "remark" | "review":
                return table[flag.kind]
        bare = [table[name].re_replace(_BARE, "").fill_null("").lower() for name in self._names]
        odd = [table[f"odd_{name}"] for name in self._names]
        nobody = cases((and_(*odd), and_(*(is_one_of(one, _NO_NAMES) for one in bare))), else_=NO)
        if flag.kind == "nobody":
            return nobody
        heads = _are_headers([table[name] for name in self.headed], self.rulebook.vocabulary)
        is_named_so = _is_name_of_a_column(table[self._names[-1]], self.rulebook.vocabulary)
        return table["no_firm"] | is_named_so | cases((nobody, heads), else_=NO)

    @cached_property
    def headed(self) -> tuple[str, ...]:
        """The first text columns of figures: in a row without a name it is looked there whether they are headers."""
        return tuple(name for name, column in self.columns.items() if column.fact.is_numeric)[:_HEADED]

    def _is_elsewhere(self, area: Value) -> Value:
        """Say whether a firm is of another area than the rulebook."""
        its, *around = chain(self.rulebook.words.area or "")
        return surely(~or_(area.startswith(its), *(area == place for place in around)))

    @cached_property
    def area_notes(self) -> Mapping[str | None, Problem]:
        """What to note of firms that say no more of where they are than a place: that another text may be theirs."""
        others = self.routes.open_areas if self.routes else {}
        return {**others, **perhaps_elsewhere(self.rulebook.words, self.rulebook.vocabulary)}

    def _is_above_whole(self, fact: Fact, table: Table, by_row: ByRow) -> Value:
        """Say whether a part is above its whole; figures of so many digits that floats blur them are read for that."""
        columns = [self.columns[self.place_of[name]] for name in (fact.id, fact.part_of or "")]

        def compare_parts(texts: list[str | None] | None) -> list[float] | None:
            part, whole = (column.value(text or "") for column, text in zip(columns, texts or ("", ""), strict=True))
            return [float(isinstance(part, Number) and isinstance(whole, Number) and part > whole)]

        part, whole = table[x(fact.id)], table[x(fact.part_of or "")]
        texts = [table[self.place_of[column.fact.id]] for column in columns]
        are_long = and_(*(text.length() > LONGEST_PLAIN for text in texts))
        is_near = (part - whole).abs() <= FLOATS_DIFFER * part.abs()
        exactly = by_row(compare_parts, "DOUBLE")(list_of(texts))[0] == 1.0
        return cases((is_near & are_long, exactly), (part > whole, True), else_=NO)

    def contradiction(self, fact: Fact, cell: Callable[[str], str | None]) -> Problem | None:
        """Give the problem of a stated ratio in a row whose columns have these cells."""
        vocabulary = self.rulebook.vocabulary
        stated: dict[str, Known] = {}
        for one in (fact, *vocabulary.stated_behind(fact)):
            column, text = self.columns[self.place_of[one.id]], cell(self.place_of[one.id])
            with suppress(Unreadable):  # of which the row is told otherwise
                if text is not None and (value := column.value(text)) is not None:
                    stated[one.id] = value
        return contradiction(fact, stated, vocabulary)

    def _contradicts(self, fact: Fact, table: Table, by_row: ByRow) -> Value:
        """Say whether a stated ratio is not what its parts give; where floats do not say so surely, it is read."""
        names = [self.place_of[one.id] for one in (fact, *self.rulebook.vocabulary.stated_behind(fact))]

        def compare(texts: list[str | None] | None) -> list[float] | None:
            found = None if texts is None else self.contradiction(fact, dict(zip(names, texts, strict=True)).get)
            return [float(found is not None)]

        computed, ratio = table[x(fact.id)], table[said(fact.id)]
        halves = [(ratio == ratio.round(places), 0.499 * 10**-places) for places in range(_ROUNDED)]
        agree = (computed - ratio).abs() <= cases(*halves, else_=0.0)
        differ = computed.notnull() & ~table[f"as_stated_{fact.id}"] & ~agree.fill_null(NO)
        asked = cases((differ, list_of([table[name] for name in names])))
        return cases((differ, by_row(compare, "DOUBLE")(asked)[0] == 1.0), else_=NO)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """The text columns that say whose a row is."""
        return tuple(self.place_of[name] for name in IDENTITY if name in self.place_of)

    def _cannot_read(self, table: Table, several: Mapping[str, Column]) -> Value:
        """Say whether a cell of one of these columns cannot be read."""
        places = [place for place, name in enumerate(self.columns) if name in several]
        bad = or_(*(table["bad"][place].notnull() for place in places))
        return cases((table["bad"].notnull(), bad), else_=NO)

    def _rejected(self, table: Table) -> Value:
        flags = [table[flag.name] for flag in self.flags if flag.rejects]
        return or_(self._cannot_read(table, self.used), *flags)


def last_without_header(headers: Sequence[str]) -> str | None:
    """Give the name of the last text column of a table if it has no header."""
    return f"t{len(headers) - 1}" if headers and not headers[-1].strip() else None


def _of_reviews(caution: Text, kind: str, rows: int) -> Text:
    """Give a caution as a sentence; one about reviews says of how many rows it is."""
    if kind != "review":
        return full_sentence(caution)
    return full_sentence(
        Text(f"{caution.zh}（{rows:,} 行申请复核）", f"{caution.en} (rows that ask for one: {rows:,})")
    )


def _is_spilt(table: Table, last: str | None) -> Value:
    """Say which rows have a figure in the column `last`, and figures that may be one before it."""
    if last is None:
        return NO
    cells = joined("", *(table[name].fill_null("") for name in table.columns), mark=GAP)
    return surely(table[last].re_search(LAST_FIGURE) & cells.re_search(SPILT))


def _begins_as_no_name(text: Value) -> Value:
    """Say whether a text is blank or begins as a word for that may: most are known to be names by that."""
    return list_of(_SUSPICIOUS).contains(text.letter()).fill_null(YES)


def _is_name_of_a_column(text: Value, vocabulary: Vocabulary) -> Value:
    """Say whether a text is the name of a fact, a unit or a year; few names of firms end as such a word does."""
    words = _names_of_columns(vocabulary)
    may_be = list_of(sorted({*map(ord, "0123456789年度末"), *(ord(word[-1]) for word in words)})).contains(
        text.right(1).letter()
    )
    return cases((may_be, or_(is_one_of(text, words), text.re_search(_YEAR))), else_=NO).fill_null(NO)


_have_any = function("list_has_any", "BOOLEAN")


def _are_headers(texts: Sequence[Value], vocabulary: Vocabulary) -> Value:
    """Say whether any of some texts is the name of a fact, with whatever year and unit."""
    bare = [trimmed(text, BLANKS).replace(" ", "").re_replace(_BESIDE_A_NAME, "") for text in texts]
    return _have_any(list_of(_names_of_columns(vocabulary)), list_of(bare))


@cache
def _names_of_columns(vocabulary: Vocabulary) -> list[str]:
    """Give what stands in a row of headers, of units or of years, and is no firm's name."""
    names = {word for fact in vocabulary.values() for word in (fact.title.zh, *fact.aliases) if len(word) > 1}
    return sorted(names | {"元", "万元", "亿元", "千元", "百万元", "没有单位", "人", "%"})


def _is_odd_text(flag: Flag, value: Value, text: Value) -> Value:
    """Say which rows have a flag that is about how a cell is written."""
    match flag.kind:
        case "bare" | "unit":
            return cases((value.notnull(), text.re_search(r"[0-9]\s*$")), else_=NO)
        case "words":
            return surely(value.contains(f",{UNREAD}") | value.contains(f",{BESIDE}"))
        case "damaged":
            return surely(is_broken(text))
        case "mistyped":
            return surely(is_mistyped(text))
    return surely(is_of_another_length(text))


def names_nobody(text: str) -> bool:
    """Say whether a text names no firm: it is blank, or a word for that.

    >>> names_nobody(" - "), names_nobody("无 数据"), names_nobody("甲")
    (True, True, False)
    """
    return re.sub(r"[\s\u3000\u00a0/\\-]+", "", text, flags=re.ASCII).lower() in _NO_NAMES


def is_of_a_header(text: str, vocabulary: Vocabulary) -> bool:
    """Say whether a text stands in a row of headers, of units or of years, and is no firm's name."""
    return text in _names_of_columns(vocabulary) or re.fullmatch(_YEAR, text, re.ASCII) is not None


def heads_figures(texts: Iterable[str | None], vocabulary: Vocabulary) -> bool:
    """Say whether any of the texts of a row without a name is that of a header, as a judged table does."""
    bare = (re.sub(_BESIDE_A_NAME, "", (text or "").strip(BLANKS).replace(" ", ""), flags=re.ASCII) for text in texts)
    return any(one in _names_of_columns(vocabulary) for one in bare)
