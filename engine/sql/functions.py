"""Functions of several values of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.sql.value import Value, literal

YES, NO = literal(value=True), literal(value=False)


def null(kind: str) -> Value:
    """Give nothing of a type."""
    return Value(f"CAST(NULL AS {kind})", kind)


def cases(*ways: tuple[object, object], else_: object = None) -> Value:
    """Give what stands beside the first condition that holds, else `else_`."""
    results = [literal(result) for _, result in ways]
    other = literal(else_)
    kind = next((one.type for one in (*results, other) if one.type != "NULL"), "NULL")
    if "DOUBLE" in {one.type for one in (*results, other)}:
        kind = "DOUBLE"
    whens = " ".join(f"WHEN {literal(is_so).sql} THEN {one.sql}" for (is_so, _), one in zip(ways, results, strict=True))
    if not ways:
        return other
    return Value(f"CASE {whens}{'' if other.type == 'NULL' else f' ELSE {other.sql}'} END", kind)


def and_(*parts: Value) -> Value:
    """Say whether all hold; of none, yes."""
    return _joined("AND", parts, YES)


def or_(*parts: Value) -> Value:
    """Say whether any holds; of none, no."""
    return _joined("OR", parts, NO)


def _joined(word: str, parts: Sequence[Value], of_none: Value) -> Value:
    told = [part.sql for part in parts if part.sql != of_none.sql]
    if len(told) <= 1:
        return Value(told[0], "BOOLEAN") if told else of_none
    return Value(f"({f' {word} '.join(told)})", "BOOLEAN")


def coalesce(*parts: object) -> Value:
    """Give the first that is known."""
    return _of_all("coalesce", parts)


def greatest(*parts: object) -> Value:
    """Give the largest of those that are known."""
    return _of_all("greatest", parts)


def least(*parts: object) -> Value:
    """Give the smallest of those that are known."""
    return _of_all("least", parts)


def _of_all(name: str, parts: Sequence[object]) -> Value:
    values = [literal(part) for part in parts]
    kind = next((one.type for one in values if one.type != "NULL"), "NULL")
    return Value(f"{name}({', '.join(one.sql for one in values)})", kind)


def list_of(parts: Sequence[object], kind: str = "") -> Value:
    """Give several values as a list of their type, or of `kind`."""
    values = [literal(part) for part in parts]
    kind = kind or next((one.type for one in values if one.type != "NULL"), "VARCHAR")
    return Value(f"CAST([{', '.join(one.sql for one in values)}] AS {kind}[])", f"{kind}[]")


def function(name: str, gives: str) -> Callable[..., Value]:
    """Give a function of the database by its name, and the type of what it gives."""

    def call(*parts: object) -> Value:
        return Value(f"{name}({', '.join(literal(part).sql for part in parts)})", gives)

    return call


def called(name: str, gives: str) -> Callable[[Value], Value]:
    """Give a function of one value by its name, and the type of what it gives."""
    return function(name, gives)


_concat = function("concat_ws", "VARCHAR")
trimmed = function("trim", "VARCHAR")


def is_one_of(text: Value, words: Sequence[str]) -> Value:
    """Say whether a text is one of those words.

    DuckDB makes a join of a long x IN (a, b, …), after which rows are in another order.
    """
    return list_of(list(words)).contains(text)


def joined(*parts: Value | str, mark: str = "") -> Value:
    """Give texts one after the other, with a mark between them; null counts as nothing.

    As a || b || c, which also becomes of concat(a, b, c), it would be null where one of them is, and copy what is
    there already once a part: several times slower for long texts.
    """
    return _concat(mark, *parts)


def listed(parts: Sequence[tuple[Value, object]], mark: str) -> Value:
    """Give the words of the parts that hold, with a mark between them."""
    return _concat(mark, *(cases((where, word)) for where, word in parts)) if parts else literal("")
