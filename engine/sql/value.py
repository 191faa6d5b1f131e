"""A value of each row of a table: its SQL, and its type by the name that DuckDB has for it.

Null is unknown and passed on; AND and OR are Kleene's. An expression names columns only, so it holds for every table
that has these.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

Plain: TypeAlias = "Value | str | bool | int | float | date | None"
"""What stands for a value: one of each row, or the same for all."""
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
_NUMBERS = (*_WHOLE, "FLOAT", "DOUBLE")
_BLANKS = " \t\n\r\v\f"


def quoted(word: str) -> str:
    """Give a word as an SQL string."""
    return "'" + word.replace("'", "''") + "'"


def named(name: str) -> str:
    """Give a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


class Value:
    """A value of each row."""

    __slots__ = ("sql", "type")
    __hash__ = None  # type: ignore[assignment] # it is equal to nothing: == is an expression
    __iter__ = None  # a list has as many elements as its row

    def __init__(self, sql: str, type_: str) -> None:
        self.sql = sql
        self.type = type_

    def __bool__(self) -> bool:
        message = f"of each row it is another: {self.sql[:80]}"
        raise TypeError(message)

    def __eq__(self, other: object) -> Value:  # type: ignore[override]
        return self._than("=", other)

    def __ne__(self, other: object) -> Value:  # type: ignore[override]
        return self._than("<>", other)

    def __lt__(self, other: Plain) -> Value:
        return self._than("<", other)

    def __le__(self, other: Plain) -> Value:
        return self._than("<=", other)

    def __gt__(self, other: Plain) -> Value:
        return self._than(">", other)

    def __ge__(self, other: Plain) -> Value:
        return self._than(">=", other)

    def _than(self, operator: str, other: object) -> Value:
        return Value(f"({self.sql} {operator} {literal(other).sql})", "BOOLEAN")

    def __and__(self, other: Plain) -> Value:
        return self._with("AND" if self.type == "BOOLEAN" else "&", other)

    def __or__(self, other: Plain) -> Value:
        return self._with("OR" if self.type == "BOOLEAN" else "|", other)

    def __invert__(self) -> Value:
        return Value(f"(NOT {self.truth().sql})", "BOOLEAN")

    def truth(self) -> Value:
        """Give it as it is, if it says yes or no."""
        if self.type != "BOOLEAN":
            message = f"neither yes nor no but {self.type}: {self.sql[:80]}"
            raise TypeError(message)
        return self

    def __add__(self, other: Plain) -> Value:
        return self._with("||" if self.type == "VARCHAR" else "+", other)

    def __radd__(self, other: Plain) -> Value:
        return literal(other) + self

    def __sub__(self, other: Plain) -> Value:
        return self._with("-", other)

    def __rsub__(self, other: Plain) -> Value:
        return literal(other) - self

    def __mul__(self, other: Plain) -> Value:
        return self._with("*", other)

    def __rmul__(self, other: Plain) -> Value:
        return literal(other) * self

    def __truediv__(self, other: Plain) -> Value:
        return Value(f"({self.sql} / {literal(other).sql})", "DOUBLE")

    def __mod__(self, other: Plain) -> Value:
        return self._with("%", other)

    def __neg__(self) -> Value:
        return Value(f"(-{self.sql})", self.type)

    def _with(self, operator: str, other: Plain) -> Value:
        right = literal(other)
        return Value(f"({self.sql} {operator} {right.sql})", common(self, right))

    def __getitem__(self, place: int) -> Value:
        """Give an element of a list, of which the first has place 0."""
        return Value(f"{self.sql}[{place + 1}]", self.type.removesuffix("[]"))

    def at(self, place: Value) -> Value:
        """Give the element of a list at the place of each row, of which the first is 0."""
        return Value(f"list_extract({self.sql}, {place.sql} + 1)", self.type.removesuffix("[]"))

    def isnull(self) -> Value:
        """Say whether it is unknown."""
        return Value(f"({self.sql} IS NULL)", "BOOLEAN")

    def notnull(self) -> Value:
        """Say whether it is known."""
        return Value(f"({self.sql} IS NOT NULL)", "BOOLEAN")

    def nullif(self, other: Plain) -> Value:
        """Give it, unknown where it is equal to `other`."""
        return self._of("nullif", self.type, other)

    def fill_null(self, other: Plain) -> Value:
        """Give it, `other` where it is unknown."""
        return self._of("coalesce", common(self, literal(other)), other)

    def cast(self, kind: str) -> Value:
        """Give it in another type; the statement fails if that cannot be."""
        return self if kind == self.type else Value(f"CAST({self.sql} AS {kind})", kind)

    def try_cast(self, kind: str) -> Value:
        """Give it in another type, unknown where that cannot be."""
        return Value(f"TRY_CAST({self.sql} AS {kind})", kind)

    def between(self, low: float, high: float) -> Value:
        """Say whether it is neither below `low` nor above `high`."""
        return Value(f"({self.sql} BETWEEN {literal(low).sql} AND {literal(high).sql})", "BOOLEAN")

    def abs(self) -> Value:
        """Give its size."""
        return self._of("abs", self.type)

    def sqrt(self) -> Value:
        """Give its square root."""
        return self._of("sqrt", "DOUBLE")

    def round(self, digits: int) -> Value:
        """Give it with so many decimals."""
        return self._of("round", self.type, digits)

    def year(self) -> Value:
        """Give the year of a day."""
        return self._of("year", "BIGINT")

    def month(self) -> Value:
        """Give the month of a day, from 1."""
        return self._of("month", "BIGINT")

    def day(self) -> Value:
        """Give the day within its month, from 1."""
        return self._of("day", "BIGINT")

    def length(self) -> Value:
        """Give how many characters a text has, or a list elements."""
        return self._of("length", "BIGINT")

    def lower(self) -> Value:
        """Give a text in small letters."""
        return self._of("lower", "VARCHAR")

    def upper(self) -> Value:
        """Give a text in capital letters."""
        return self._of("upper", "VARCHAR")

    def strip(self) -> Value:
        """Give a text without the ASCII blanks around it."""
        return self._of("trim", "VARCHAR", _BLANKS)

    def rstrip(self) -> Value:
        """Give a text without the ASCII blanks behind it; `rtrim` would read a long one from its beginning."""
        return self.re_replace(r"[ \t\n\v\f\r]+$", "")

    def right(self, many: int) -> Value:
        """Give the last characters of a text."""
        return self._of("right", "VARCHAR", many)

    def substr(self, start: int, many: Plain) -> Value:
        """Give the characters of a text from `start`, of which the first has place 0."""
        return self._of("substring", "VARCHAR", start + 1, many)

    def replace(self, old: str, new: str) -> Value:
        """Give a text with another for each `old`."""
        return self._of("replace", "VARCHAR", old, new)

    def translate(self, letters: str, others: str) -> Value:
        """Give a text with the letter of `others` at the same place for each of `letters`."""
        return self._of("translate", "VARCHAR", letters, others)

    def split(self, mark: str) -> Value:
        """Give the parts of a text between marks."""
        return self._of("string_split", "VARCHAR[]", mark)

    def join(self, mark: str) -> Value:
        """Give the texts of a list as one, with a mark between them."""
        return self._of("array_to_string", "VARCHAR", mark)

    def letter(self) -> Value:
        """Give the number of the first letter of a text, 0 if there is none."""
        return self._of("ascii", "INTEGER")

    def startswith(self, begin: str) -> Value:
        """Say whether a text begins so."""
        return self._of("starts_with", "BOOLEAN", begin)

    def endswith(self, end: str) -> Value:
        """Say whether a text ends so."""
        return self._of("suffix", "BOOLEAN", end)

    def contains(self, part: Plain) -> Value:
        """Say whether a text has that part, or a list that element."""
        return self._of("list_contains" if self.type.endswith("[]") else "contains", "BOOLEAN", part)

    def index(self, element: Value) -> Value:
        """Give the place of an element in a list, of which the first is 0; -1 if there is none."""
        return Value(f"(coalesce(list_position({self.sql}, {element.sql}), 0) - 1)", "INTEGER")

    def re_search(self, pattern: str) -> Value:
        """Say whether a text has a part that matches."""
        return self._of("regexp_matches", "BOOLEAN", pattern)

    def re_replace(self, pattern: str, new: str) -> Value:
        """Give a text with another for each part that matches."""
        return self._of("regexp_replace", "VARCHAR", pattern, new, "g")

    def re_extract(self, pattern: str, group: int) -> Value:
        """Give a group of the first part of a text that matches."""
        return self._of("regexp_extract", "VARCHAR", pattern, group)

    def _of(self, name: str, kind: str, *more: Plain) -> Value:
        return Value(f"{name}({', '.join([self.sql, *(literal(one).sql for one in more)])})", kind)


def common(*values: Value) -> str:
    """Give the type of what may be any of several values, or is computed of them: numbers meet, others are alike.

    >>> common(literal(1), literal(None), literal(2.5))
    'DOUBLE'
    """
    kinds = {value.type for value in values} - {"NULL"}
    if len(kinds) <= 1:
        return kinds.pop() if kinds else "NULL"
    if kinds <= {*_NUMBERS}:
        return max(kinds, key=_NUMBERS.index)
    message = f"no type in common: {', '.join(sorted(kinds))}"
    raise TypeError(message)


def literal(value: object) -> Value:
    """Give a plain value as one of each row; one of each row as it is. Raises TypeError for anything else."""
    match value:
        case Value():
            return value
        case bool():
            return Value(str(value).upper(), "BOOLEAN")
        case int() if -(2**63) < value < 2**63:
            return Value(_signed(str(value)), "INTEGER" if -(2**31) < value < 2**31 else "BIGINT")
        case float():
            return Value(_float(value), "DOUBLE")
        case str() if "\0" not in value:
            return Value(quoted(value), "VARCHAR")
        case date() if type(value) is date:
            return Value(f"DATE '{value.isoformat()}'", "DATE")
        case None:
            return Value("NULL", "NULL")
    message = f"no value of SQL: {value!r}"
    raise TypeError(message)


def _float(number: float) -> str:
    """Write a float so that it is read as the same float, and not as a decimal."""
    said = float.__repr__(number)
    if said.lstrip("-") in {"inf", "nan"}:
        return f"CAST('{said}' AS DOUBLE)"
    return _signed(said if "e" in said else f"{said}e0")


def _signed(number: str) -> str:
    """Write a number so that no sign before it makes a comment of it."""
    return f"({number})" if number.startswith("-") else number
