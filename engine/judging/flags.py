"""What may be flagged in a row: which kinds of things, in which columns, and in which rows each is.

`Flagging.flagged` gives the rows of a table of texts with their values and a column for each flag, w_<kind>_<fact>.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Literal, cast

from engine.columns.outcomes import FLOATS_DIFFER, decided
from engine.columns.values import LONGEST_PLAIN, ByRow, said, x
from engine.columns.words import is_unusual
from engine.firms.stated_ratios import contradiction
from engine.ground.areas import chain
from engine.ground.errors import Problem
from engine.ground.values import BESIDE, UNREAD, Known, Number
from engine.headers.cells import LONGEST, Column
from engine.headers.units import TAKEN
from engine.headers.years import is_relative, is_yearly, names_no_year
from engine.judging.row_names import begins_as_no_name, has_headers, is_name_of_a_column, names_nobody
from engine.judging.row_remarks import (
    column_of_contradictions,
    column_of_reviews,
    columns_of_mentions,
)
from engine.language.facts import APPLICATION, AREA, IDENTITY, YEAR, Fact, Kind
from engine.language.notes import TAKEN_AS_NEW
from engine.language.reading import exponent
from engine.layout.firm_codes import is_broken, is_mistyped, is_of_another_length, without_marks
from engine.layout.no_firm import no_firms, rows_to_look_at
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.row_routes import Routes
from engine.sql.functions import NO, YES, and_, cases, joined, list_of, or_, surely
from engine.sql.table import Table
from engine.sql.value import Value
from engine.tables.column_text import shortened
from engine.tables.source import GAP

_LAST_FIGURE = r"^\s*[0-9][0-9.]*%?\s*$"
_SPILT = f"(^|{GAP})\\s*[0-9]{{1,3}}{GAP}[0-9]{{3}}([.][0-9]+)?\\s*({GAP}|$)"
"""Two cells of a row that are one figure with a comma for thousands."""
_ROUNDED = 6  # decimals of a ratio that floats tell
COUNTED = frozenset({"bare", "new"})  # kinds of flags that are counted, and not told of each row
NOTED = frozenset({"length"})
"""Kinds of flags that are noted of a row only where most rows have none: that is known when all are read."""
_HEADED = 3


@dataclass(frozen=True)
class Flag:
    """What can be told of a row from its values: what kind of thing, in which column, above which whole."""

    kind: Literal[
        "part",  # a part is above its whole
        "ratio",  # a stated ratio is not what the figures beside it give
        "fraction",  # a percentage below 1 has no sign
        "unusual",  # a figure is outside the usual range
        "nobody",  # neither id nor name
        "total",  # a sum, a note or a signature, which is no firm's row and not counted as one
        "application",  # a kind that the rulebook is not for
        "area",  # a firm of an area that it is not for
        "refused",  # there is no rulebook for the firm
        "spilt",  # a figure behind the last header, and one that commas may have split
        "remark",  # it remarks another unit or year of its figures, or that it is no more
        "unaudited",  # it remarks that its figures are not audited yet
        "renamed",  # it remarks that the firm had another name
        "review",  # it says that it is a review, and no column says so
        "year",  # figures whose headers name no year are of another year than the last full one
        "damaged",  # a code that a spreadsheet damaged
        "mistyped",  # a code whose last character does not check the others
        "length",  # a code without the 18 characters of one, which is told where most have them
        "bare",  # money without any unit, of which only the number is told
        "unit",  # such money where another column is in another unit than that which would be taken
        "words",  # a list has words that are no options
        "new",  # not said what the firm applies for, and a review may be decided otherwise: this is only counted
    ]
    column: Column
    rejects: bool
    whole: Fact | None = None

    @property
    def name(self) -> str:
        """The name of its column in a judged table."""
        return f"w_{self.kind}_{self.column.fact.id}{f'_{self.whole.id}' if self.whole else ''}"


@dataclass(frozen=True)
class Flagging:
    """Which text columns state which facts, for which rulebook and day: what rows may be flagged for on their account.

    Of the other columns a flagged table has only `others`, all cells of a row that may be no firm's, unless it
    `keeps_all`. `routes` is what chose the rulebook for the rows; with a `refusal` there is none for their firms.
    `last` is the last text column if it has no header; `remarks` has the header of each text column that has remarks.
    """

    columns: Mapping[str, Column]
    rulebook: Rulebook
    as_of: date
    keeps_all: bool = False
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
    def place_of(self) -> Mapping[str, str]:
        """The text column that states each fact."""
        return {column.fact.id: name for name, column in self.columns.items()}

    @cached_property
    def ratios(self) -> tuple[Fact, ...]:
        """The stated ratios of which all parts are columns too."""
        vocabulary, given = self.rulebook.vocabulary, self.place_of.keys()
        stated = [one for name, one in vocabulary.ratios.items() if name in given]
        return tuple(one for one in stated if all(part.id in given for part in vocabulary.stated_behind(one)))

    @property
    def new_note(self) -> Problem | None:
        """What to note of a firm that does not say what it applies for, where a review may be decided otherwise."""
        book = self.rulebook
        differ = book.asks_application if self.routes is None else book.reviews_differ(self.as_of)
        return TAKEN_AS_NEW if differ else None

    @property
    def total(self) -> Flag:
        """The flag of rows that are no firm's."""
        return next(flag for flag in self.flags if flag.kind == "total")

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of a row that its problems are told from."""
        return (*self.columns, "others", *self.remarks)

    def flagged(self, table: Table, by_row: ByRow) -> Table:
        """Give the rows of a table of text columns as `decided` makes them, with their flags."""
        names = [self.place_of.get(name) for name in IDENTITY]
        no_lists = [name for name, column in self.columns.items() if column.fact.kind is not Kind.CHOICES]
        table = table.mutate(**{name: shortened(table[name], LONGEST) for name in no_lists})
        others = rows_to_look_at(table, *names)
        kept = [name for name in table.columns if self.keeps_all or name in self.columns or name in self.remarks]
        remarks = [table[name] for name in self.remarks]
        remark = column_of_contradictions(remarks, self.as_of.year - 1)
        review = column_of_reviews(None if names[-1] is None else table[names[-1]], remarks)
        said = {"spilt": _is_spilt(table, self.last), "remark": remark, "review": review} | columns_of_mentions(remarks)
        table = table.select(*kept, others=others, **said)
        told = {*self.rulebook.vocabulary.watched, *self.ratios}
        table = decided(table, self.columns, self.rulebook, self.as_of, by_row, told)
        table = table.mutate(
            **{f"odd_{name}": begins_as_no_name(table[name]) for name in self._names},
            no_firm=no_firms(table["others"], *(None if name is None else table[name] for name in names)),
        )
        if names[0] is not None:
            table = table.mutate(code=without_marks(table[names[0]]))
        flags = {flag.name: self._is_flagged(flag, table, by_row) for flag in self.flags}
        return table.mutate(**flags)

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
        wholes = self.rulebook.vocabulary.wholes_of
        parts = [(one, whole) for one in column_of.values() for whole in wholes(one.fact) if whole.id in column_of]
        told = [column for column in column_of.values() if column.fact.id in self.rulebook.facts_told]
        percents = [column for column in told if column.fact.kind is Kind.PERCENT]
        watched = [column for column in told if column.fact.plausible]
        bare = [column for column in watched if column.fact.kind is Kind.MONEY and not column.unit]
        deciding = self.deciding_facts
        found = [Flag("part", one, bool({one.fact.id, whole.id} & deciding), whole) for one, whole in parts]
        found += [Flag("ratio", column_of[fact.id], rejects=fact.id in deciding) for fact in self.ratios]
        found += [Flag("fraction", column, rejects=False) for column in percents]
        found += [Flag("unusual", column, rejects=False) for column in watched]
        found += [Flag("bare", column, rejects=False) for column in bare]
        if self.other_units:
            unsure = [column for column in self.used.values() if column.fact.kind is Kind.MONEY and not column.unit]
            found += [Flag("unit", column, rejects=True) for column in unsure]
        if self._names:  # as in every table that is understood
            named = self.columns[self._names[-1]]
            found += [Flag("nobody", named, rejects=True), Flag("total", named, rejects=True)]
            found += [Flag("spilt", named, rejects=True)] if self.last else []
            found += [Flag("remark", named, rejects=True)] if self.remarks else []
            if self.remarks:
                found += [Flag("unaudited", named, rejects=False), Flag("renamed", named, rejects=False)]
            found += [Flag("review", named, rejects=True)] if APPLICATION not in column_of else []
        lists = [column for column in told if column.fact.kind is Kind.CHOICES]
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

    @cached_property
    def fractions(self) -> tuple[Flag, ...]:
        """The flags of percentages that matter and may have been typed as fractions."""
        return tuple(flag for flag in self.flags if flag.kind == "fraction" and flag.column in self.used.values())

    def _is_flagged(self, flag: Flag, table: Table, by_row: ByRow) -> Value:  # noqa: C901, PLR0911 a case a line
        """Say which rows have a flag."""
        fact = flag.column.fact
        value = table[said(fact.id) if said(fact.id) in table.columns else x(fact.id)]
        match flag.kind:
            case "ratio":
                return self._contradicts(fact, table, by_row)
            case "part":
                return self._is_above_whole(fact, cast("Fact", flag.whole), table, by_row)
            case "fraction" | "bare" | "unit" | "words":
                return _is_odd_text(flag, value, table[self.place_of[fact.id]])
            case "unusual":
                return surely(is_unusual(fact, value))
            case "damaged" | "mistyped" | "length":
                return surely(_is_odd_code(flag, table[self.place_of[fact.id]], table["code"]))
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
            case "spilt" | "remark" | "review" | "unaudited" | "renamed":
                return table[flag.kind]
        nobody = names_nobody([table[name] for name in self._names], [table[f"odd_{name}"] for name in self._names])
        if flag.kind == "nobody":
            return nobody
        vocabulary = self.rulebook.vocabulary
        heads = has_headers([table[name] for name in self._headed], vocabulary)
        is_named_so = is_name_of_a_column(table[self._names[-1]], vocabulary)
        return table["no_firm"] | is_named_so | cases((nobody, heads), else_=NO)

    @cached_property
    def _headed(self) -> tuple[str, ...]:
        """The first text columns of figures: in a row without a name it is looked there whether they are headers."""
        return tuple(name for name, column in self.columns.items() if column.fact.is_numeric)[:_HEADED]

    def _is_elsewhere(self, area: Value) -> Value:
        """Say whether a firm is of another area than the rulebook."""
        its, *around = chain(self.rulebook.words.area or "")
        return surely(~or_(area.startswith(its), *(area == place for place in around)))

    def _is_above_whole(self, fact: Fact, total: Fact, table: Table, by_row: ByRow) -> Value:
        """Say whether a part is above the nearest whole that is known; figures that floats blur are read anew."""
        columns = [self.columns[self.place_of[one.id]] for one in (fact, total)]
        nearer = takewhile(lambda one: one is not total, self.rulebook.vocabulary.wholes_of(fact))
        known = [table[x(one.id)].notnull() for one in nearer if one.id in self.place_of]

        def compare_parts(texts: list[str | None] | None) -> list[float] | None:
            part, whole = (column.known(text) for column, text in zip(columns, texts or ("", ""), strict=True))
            return [float(isinstance(part, Number) and isinstance(whole, Number) and part > whole)]

        part, whole = table[x(fact.id)], table[x(total.id)]
        texts = [table[self.place_of[column.fact.id]] for column in columns]
        are_long = and_(*(text.length() > LONGEST_PLAIN for text in texts))
        is_near = (part - whole).abs() <= FLOATS_DIFFER * part.abs()
        exactly = by_row(compare_parts, "DOUBLE")(list_of(texts))[0] == 1.0
        return cases((or_(*known), NO), (is_near & are_long, exactly), (part > whole, True), else_=NO)

    def contradiction(self, fact: Fact, cell: Callable[[str], str | None]) -> Problem | None:
        """Give the problem of a stated ratio in a row whose columns have these cells."""
        vocabulary = self.rulebook.vocabulary
        stated: dict[str, Known] = {}
        for one in (fact, *vocabulary.stated_behind(fact)):
            place = self.place_of[one.id]
            if (value := self.columns[place].known(cell(place))) is not None:
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


def last_without_header(headers: Sequence[str]) -> str | None:
    """Give the name of the last text column of a table if it has no header."""
    return f"t{len(headers) - 1}" if headers and not headers[-1].strip() else None


def _is_spilt(table: Table, last: str | None) -> Value:
    """Say which rows have a figure in the column `last`, and figures that may be one before it."""
    if last is None:
        return NO
    cells = joined("", *(table[name].fill_null("") for name in table.columns), mark=GAP)
    return surely(table[last].re_search(_LAST_FIGURE) & cells.re_search(_SPILT))


def _is_odd_text(flag: Flag, value: Value, text: Value) -> Value:
    """Say which rows have a flag that is about how a cell is written."""
    if flag.kind == "words":
        return surely(value.contains(f",{UNREAD}") | value.contains(f",{BESIDE}"))
    if flag.kind == "fraction":
        return cases(((value > 0.0) & (value < 1.0), ~text.re_search(r"[%％]\s*$")), else_=NO)
    return cases((value.notnull(), text.re_search(r"[0-9]\s*$")), else_=NO)


def _is_odd_code(flag: Flag, code: Value, bare: Value) -> Value:
    """Say which rows have a flag of a code, that is `bare` without its marks."""
    if flag.kind == "damaged":
        return is_broken(code)
    return is_mistyped(code, bare) if flag.kind == "mistyped" else is_of_another_length(code, bare)
