"""What the caller says a column is: `列名=指标`, as an option and as a query parameter."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import InputError, Problem, Text, shown


def column_mapping(pairs: Iterable[str], option: str = "--map") -> dict[str, str]:
    """Give the fact of each header of `列名=fact`; `option` is what the caller wrote them with. Raises InputError.

    >>> column_mapping(["年销售额=revenue_y0"])
    {'年销售额': 'revenue_y0'}
    """
    problems, found = [], {}
    for pair in pairs:
        header, sign, fact = pair.rpartition("=")
        if not sign or not header.strip() or not fact.strip():
            instead = Text(f"如 {option} 年销售额=revenue_y0", f"Such as {option} sales=revenue_y0")
            problems.append(Problem(option, Text("不是“列名=指标”", "is not COLUMN=FACT"), instead, shown(pair)))
        elif header in found:
            problems.append(Problem(option, Text("同一列写了两次", "names one column twice"), None, shown(pair)))
        found[header] = fact.strip()
    if problems:
        raise InputError(problems)
    return found
