"""Columns of text as columns of values: what is written plainly is read by the database, the rest by `cells`.

A value column is called x_<fact>: a float, yes or no, the code of an option, codes of several as ,a,b, or a day. Where
a range is stated it is null, and span_<fact> has the ends.
`bad` has the texts of the cells of a row that cannot be read, by the place of their column; null where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import inf, nextafter

from engine.headers.cells import PROBLEM, Column
from engine.language.area_names import usual_words
from engine.language.facts import BOOLEAN, WHOLE, Fact, Kind
from engine.language.reading import BLANK_WORDS, LARGEST, NO_WORDS, NONE_OF_THEM, YES_WORDS, exponent, unit_powers
from engine.sql.functions import NO, cases, coalesce, is_one_of, joined, list_of, null, or_
from engine.sql.table import Table
from engine.sql.value import Value

RowFunction = Callable[[list[str | None]], object]
ByRow = Callable[[RowFunction, str], Callable[[Value], Value]]
"""How a back end makes a column expression of a function of the texts of a row; its result is a list of that type."""

LONGEST_PLAIN = 15  # at most: the float of such a decimal is the nearest, and tells it from all others
_NO_DIGITS = r"[eE_]|[+]-"  # 1e5, 1_000 and +-5 are numbers for a database
_BELOW_LARGEST = nextafter(float(LARGEST), -inf)
_ISO_DAY = r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"
_FIGURE = r"([1-9][0-9]{0,2}(,[0-9]{3}){1,3}([.][0-9]{0,3})?|[0-9]{1,10}([.][0-9]{0,5})?)"
_PLACE = "第?[0-9]{1,9}"
_MANY = 20  # options: more are read by their codes only, other words for them by `cells`


def x(fact_id: str) -> str:
    """Give the name of a fact's value column."""
    return f"x_{fact_id}"


def span(fact_id: str) -> str:
    """Give the name of the column with both ends of a fact's figure, where only these are stated; null elsewhere."""
    return f"span_{fact_id}"


def said(fact_id: str) -> str:
    """Give the name of the column of what firms state of a fact that has a value besides, by formula or if blank."""
    return f"said_{fact_id}"


def with_values(table: Table, columns: Mapping[str, Column], by_row: ByRow) -> Table:
    """Add the value columns of `columns` (by name of the text column), and the texts that cannot be read as `bad`."""
    if not columns:
        return table.mutate(bad=null("VARCHAR[]"))
    numeric = [name for name, column in columns.items() if column.fact.is_numeric]
    numbers = {f"number_{name}": _number(table[name], columns[name]) for name in numeric}
    written = joined("", *(table[name] for name in numeric))
    table = table.mutate(**numbers, strange=written.re_search(_NO_DIGITS))
    table = table.mutate(**{f"plain_{name}": _plain(table, name, column) for name, column in columns.items()})
    odd = {f"odd_{name}": _is_odd(table, name, column) for name, column in columns.items()}
    table = table.mutate(**odd)
    texts = [cases((table[f"odd_{name}"], table[name])) for name in columns]
    slowly = _reader(tuple(columns.values()), by_row)
    table = table.mutate(read=cases((or_(*(table[flag] for flag in odd)), slowly(list_of(texts)))))
    values, problems = {}, []
    for place, (name, column) in enumerate(columns.items()):
        read, is_odd = table["read"][place], table[f"odd_{name}"]
        plainly, fact = table[f"plain_{name}"], column.fact
        values[x(fact.id)] = cases((is_odd, _typed(read.nullif(PROBLEM), fact)), else_=plainly)
        if fact.is_numeric:  # 前3名 has a first and a last place, and no value
            values[span(fact.id)] = cases((is_odd, cases((read.contains("~"), read))))
        problems.append(cases((read == PROBLEM, table[name])))
    has_problem = cases((table["read"].notnull(), table["read"].contains(PROBLEM)), else_=NO)
    table = table.mutate(**values, bad=cases((has_problem, list_of(problems))))
    return table.drop("read", "strange", *numbers, *odd, *(f"plain_{name}" for name in columns))


def blank(fact: Fact) -> Value:
    """Give the value column of a fact that no column states."""
    return null(_type(fact))


def _type(fact: Fact) -> str:
    if fact.is_numeric:
        return "DOUBLE"
    if fact.kind in BOOLEAN:
        return "BOOLEAN"
    return "DATE" if fact.kind is Kind.DATE else "VARCHAR"


def _typed(text: Value, fact: Fact) -> Value:
    """Give the value of a cell in plain form."""
    if fact.kind in BOOLEAN:
        return text == "1"
    kind = _type(fact)
    return text if kind == "VARCHAR" else text.try_cast(kind)


def _is_odd(table: Table, name: str, column: Column) -> Value:
    """Say whether a cell has something in it that is not written plainly."""
    if column.fact.kind is Kind.TEXT:
        return NO
    options = {NONE_OF_THEM} if column.fact.kind is Kind.CHOICES else frozenset[str]()
    blanks, text = sorted(BLANK_WORDS - column.fact.code_of.keys() - options), table[name].fill_null("")
    return cases((table[f"plain_{name}"].notnull(), NO), (text == "", NO), else_=~is_one_of(text, blanks))


def _number(text: Value, column: Column) -> Value:
    """Give the float of a text of so few digits that it is the nearest, with the power of ten of its unit."""
    power = exponent(column.fact, column.unit)
    number = (text + f"e{power}" if power else text).try_cast("DOUBLE")
    if column.fact.kind is Kind.PERCENT:
        without_sign = text.substr(0, text.length() - 1).try_cast("DOUBLE")
        number = coalesce(number, cases((text.endswith("%"), without_sign)))
    return coalesce(cases((text.length() <= LONGEST_PLAIN, number)), _with_unit(text, column))


def _with_unit(text: Value, column: Column) -> Value:
    """Give the float of a text with commas for thousands, or with a unit: 3,000.00, 2.1亿, 第3名; else null.

    What it takes has at most 15 digits, and nothing that `reading` takes for anything but one figure.
    """
    powers = {"": exponent(column.fact, column.unit), **unit_powers(column.fact)}
    form = _PLACE if column.fact.kind is Kind.RANK else _FIGURE
    is_such = text.re_search(f"^{form}({'|'.join(map(re.escape, powers))})$")
    place = list_of(list(powers)).index(text.re_extract("[^0-9.,]*$", 0))  # there is one
    power = list_of([f"e{power}" for power in powers.values()]).at(place)
    return cases((is_such, (text.re_replace("[^0-9.]", "") + power).try_cast("DOUBLE")))


def _plain(table: Table, name: str, column: Column) -> Value:
    """Give the value of a cell that is written plainly, else null."""
    fact, text = column.fact, table[name]
    if fact.is_numeric:
        return _plain_number(table[f"number_{name}"], text, table["strange"], fact)
    if fact.kind is Kind.TEXT:
        return text.nullif(cases((is_one_of(text.lower(), sorted(BLANK_WORDS)), text)))
    if fact.kind is Kind.DATE:
        return cases((text.re_search(_ISO_DAY), text.try_cast("DATE")))
    if fact.places:
        words = usual_words(fact)
        place = list_of(list(words)).index(text)
        return cases((place >= 0, list_of(list(words.values())).at(place)))
    if len(fact.choices) > _MANY:
        return cases((is_one_of(text, list(fact.choices)), text))
    return cases(*((text == word, value) for word, value in _plain_words(fact)))


def _plain_number(number: Value, text: Value, strange: Value, fact: Fact) -> Value:
    """Give a number in the range of its fact."""
    low = -_BELOW_LARGEST if fact.lowest is None else float(fact.lowest)
    high = _BELOW_LARGEST if fact.highest is None else float(fact.highest)
    is_ditto = cases((number == 0.0, text.strip() == "000"), else_=NO)
    is_plain = number.between(low, high) & ~strange & ~is_ditto
    if fact.kind in WHOLE:
        is_plain &= number % 1.0 == 0.0
    return cases((is_plain, number))


def _plain_words(fact: Fact) -> list[tuple[str, str | bool]]:
    """Give the exact words for each value of a fact; other spellings of them are read by `cells`."""
    if fact.kind in BOOLEAN:
        return [*((word, True) for word in YES_WORDS), *((word, False) for word in NO_WORDS)]
    several = fact.kind is Kind.CHOICES
    words: list[tuple[str, str | bool]] = [("无", ",")] if several and "无" not in fact.code_of else []
    for code, option in fact.choices.items():
        value = f",{code}," if several else code
        words += [(word, value) for word in dict.fromkeys((option.zh, code, option.en, *option.aliases))]
    return words


_REMEMBERED = 2048  # spellings of a column


def _reader(columns: Sequence[Column], by_row: ByRow) -> Callable[[Value], Value]:
    """Give the function that reads the odd cells of a row, a usual spelling of a column once."""
    known: list[dict[str, str | None]] = [{} for _ in columns]

    def read(place: int, text: str) -> str | None:
        memory = known[place]
        found = memory.get(text, "")  # which no cell is in plain form
        if found == "":
            found = columns[place].canonical(text)
            if len(memory) >= _REMEMBERED:
                memory.clear()
            memory[text] = found
        return found

    def read_odd_cells(texts: list[str | None] | None) -> list[str | None] | None:
        if texts is None:
            return None
        return [None if text is None else read(place, text) for place, text in enumerate(texts)]

    return by_row(read_odd_cells, "VARCHAR")
