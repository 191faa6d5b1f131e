"""Functions of several values of a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.sql.value import Plain, Value, common, literal

YES, NO = literal(value=True), literal(value=False)


def null(kind: str) -> Value:
    """Give nothing of a type."""
    return Value(f"CAST(NULL AS {kind})", kind)


def cases(*ways: tuple[Plain, Plain], else_: Plain = None) -> Value:
    """Give what stands beside the first condition that holds, else `else_`."""
    if not ways:
        return literal(else_)
    results, other = [literal(result) for _, result in ways], literal(else_)
    holds = [literal(is_so).truth().sql for is_so, _ in ways]
    whens = " ".join(f"WHEN {where} THEN {one.sql}" for where, one in zip(holds, results, strict=True))
    return Value(f"CASE {whens}{'' if other.type == 'NULL' else f' ELSE {other.sql}'} END", common(*results, other))


def and_(*parts: Value) -> Value:
    """Say whether all hold; of none, yes."""
    return _joined("AND", parts, YES)


def or_(*parts: Value) -> Value:
    """Say whether any holds; of none, no."""
    return _joined("OR", parts, NO)


def _joined(word: str, parts: Sequence[Value], of_none: Value) -> Value:
    told = [part.truth().sql for part in parts if part.sql != of_none.sql]
    if len(told) <= 1:
        return Value(told[0], "BOOLEAN") if told else of_none
    return Value(f"({f' {word} '.join(told)})", "BOOLEAN")


def surely(holds: Value) -> Value:
    """Say whether something holds for sure: no where that is unknown."""
    return cases((holds, YES), else_=NO)


def coalesce(*parts: Plain) -> Value:
    """Give the first that is known."""
    return _of_all("coalesce", parts)


def greatest(*parts: Plain) -> Value:
    """Give the largest of those that are known."""
    return _of_all("greatest", parts)


def least(*parts: Plain) -> Value:
    """Give the smallest of those that are known."""
    return _of_all("least", parts)


def _of_all(name: str, parts: Sequence[Plain]) -> Value:
    values = [literal(part) for part in parts]
    return Value(f"{name}({', '.join(one.sql for one in values)})", common(*values))


def total(parts: Sequence[Value]) -> Value:
    """Give the sum of values, however many there are: a tree of them, since nesting has a bound."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return total(parts[:middle]) + total(parts[middle:])


def list_of(parts: Sequence[Plain]) -> Value:
    """Give several values of a row as a list."""
    values = [literal(part) for part in parts]
    kind = common(*values) if values else "VARCHAR"
    return Value(f"CAST([{', '.join(one.sql for one in values)}] AS {kind}[])", f"{kind}[]")


def function(name: str, gives: str) -> Callable[..., Value]:
    """Give a function of the database by its name, and the type of what it gives."""

    def call(*parts: Plain) -> Value:
        return Value(f"{name}({', '.join(literal(part).sql for part in parts)})", gives)

    return call


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
    return _concat(mark, *parts) if parts else literal("")


def listed(parts: Sequence[tuple[Value, Plain]], mark: str) -> Value:
    """Give the words of the parts that hold, with a mark between them."""
    return joined(*(cases((where, word)) for where, word in parts), mark=mark)
