"""The words for what is missing of each row: by name, or how many where a workbook says the names once for all rows."""

from __future__ import annotations

from collections.abc import Container, Mapping

from engine.ground.errors import Language
from engine.sql.functions import joined, total
from engine.sql.value import Value


def named(
    missing: Mapping[str, Value], titles: Mapping[str, str], counted: Container[str], lang: Language
) -> list[tuple[Value, Value | str]]:
    """Give what to list of each row, and where: the titles of what is missing, last how many of those `counted` are."""
    told: list[tuple[Value, Value | str]] = [
        (where, titles[fact]) for fact, where in missing.items() if fact in titles and fact not in counted
    ]
    flags = [where.cast("BIGINT") for fact, where in missing.items() if fact in titles and fact in counted]
    if flags:
        many = total(flags)
        head, tail = ("名单里没有列的 ", " 项") if lang == "zh" else ("", " that the list has no column for")
        told.append((many > 0, joined(head, many.cast("VARCHAR"), tail)))
    return told
