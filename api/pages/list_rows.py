"""The rows of a list as they were judged or rejected: those that are asked for, a page at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from api.pages.kept_lists import KeptList
from api.pages.lists_words import options_told
from api.pages.words import WORDS
from api.parameters import refuse_unknown_parameters
from engine import InputError, Problem, Standing, Text

PAGE = 50
_LONGEST = 6  # digits of a number of a page
REJECTED = "rejected"
SORTS: Mapping[str, tuple[Text, str]] = {
    "line": (WORDS["list_by_line"], "line"),
    "near": (WORDS["list_by_near"], "verdict <> 'qualified', unmet_count, missing_count, line"),
    "far": (WORDS["list_by_far"], "unmet_count DESC, line"),
}
_FILTERS = {
    "verdict": "verdict = ?",
    "criterion": "list_contains(string_split(unmet, ';'), ?)",
    "missing": "list_contains(string_split(missing, ';'), ?)",
    "name": "contains(lower(coalesce(firm_name, '') || ' ' || coalesce(firm_id, '')), lower(?))",
    "one_short": "unmet_count = 1 AND ? = '1'",
}
_NONE_REJECTED = "? IS NULL"  # rejected rows have no criteria, and lack nothing
_PROBLEM = ("line", "firm_id", "firm_name", "column", "fact", "value", "problem", "instead")
_JUDGED = """
    SELECT *, len(list_filter(string_split(unmet, ';'), lambda x: x <> '')) AS unmet_count,
           len(list_filter(string_split(missing, ';'), lambda x: x <> '')) AS missing_count FROM read_parquet(?)"""
_REJECTED = f"""
    SELECT try_cast(line AS BIGINT) AS line, firm_id, firm_name, string_agg(DISTINCT "column", '; ') AS columns
    FROM read_csv(?, header = false, skip = 1, all_varchar = true, auto_detect = false, strict_mode = false,
                  quote = '"', escape = '"', max_line_size = 100000000,
                  columns = {{{", ".join(f"'{name}': 'VARCHAR'" for name in _PROBLEM)}}})
    GROUP BY ALL"""  # noqa: S608 ours


@dataclass(frozen=True)
class Filter:
    """Which rows are asked for, in which order, and which page of them."""

    said: Mapping[str, str]
    sort: str
    page: int

    @property
    def is_rejected(self) -> bool:
        """Whether rejected rows are asked for."""
        return self.said.get("verdict") == REJECTED

    def query(self, page: int) -> str:
        """Give the query that asks for another page of the same."""
        return urlencode({**self.said, "sort": self.sort, "page": page})


@dataclass(frozen=True)
class Rows:
    """A page of rows, and how many there are in all."""

    rows: Sequence[Mapping[str, Any]]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE))


def filter_of(request: Request, criteria: Collection[str], missing: Collection[str]) -> Filter:
    """Give what a request asks for; raises InputError with every parameter that says nothing known."""
    refuse_unknown_parameters(request, {*_FILTERS, "sort", "page"})
    said = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    known = {
        "verdict": [*(one.value for one in Standing), REJECTED],
        "criterion": criteria,
        "missing": missing,
        "one_short": ["1"],
        "sort": SORTS,
    }
    problems = [
        Problem(name, WORDS["list_not_known"], options_told(options), said[name][:80])
        for name, options in known.items()
        if name in said and said[name] not in options
    ]
    page = said.pop("page", "1")
    if not (page.isascii() and page.isdecimal() and len(page) <= _LONGEST and int(page)):
        problems.append(Problem("page", WORDS["list_no_page"], None, page[:80]))
    if problems:
        raise InputError(problems)
    sort = said.pop("sort", "line")
    return Filter({name: value[:200] for name, value in said.items()}, sort, int(page))


def rows_of(kept: KeptList, asked: Filter) -> Rows:
    """Give a page of the rows that are asked for."""
    import duckdb  # noqa: PLC0415 a service that gets no files needs none

    said = [(name, value) for name, value in asked.said.items() if not (asked.is_rejected and name == "verdict")]
    where = [_NONE_REJECTED if asked.is_rejected and name != "name" else _FILTERS[name] for name, _ in said]
    path = kept.folder / ("rejected.csv" if asked.is_rejected else "verdicts.parquet")
    table, order = (_REJECTED, "line") if asked.is_rejected else (_JUDGED, SORTS[asked.sort][1])
    rows, given = f"FROM ({table}) WHERE {' AND '.join(where) or 'true'}", [str(path), *(value for _, value in said)]
    with duckdb.connect() as connection:
        counted = connection.execute(f"SELECT count(*) {rows}", given).fetchall()
        limit = f"LIMIT {PAGE} OFFSET {(asked.page - 1) * PAGE}"
        found = connection.execute(f"SELECT * {rows} ORDER BY {order} {limit}", given)
        return Rows(found.to_arrow_table().to_pylist(), counted[0][0])
