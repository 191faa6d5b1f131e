"""A table as a statement: a SELECT for each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from engine.sql.value import Plain, Value, literal, named


@dataclass(frozen=True)
class Table:
    """What stands behind FROM, and the type of each column by its name."""

    relation: str
    types: Mapping[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.types)

    @property
    def statement(self) -> str:
        """The statement that gives the rows."""
        return f"SELECT * FROM {self.relation}"

    def __getitem__(self, name: str) -> Value:
        return Value(named(name), self.types[name])

    def mutate(self, /, **values: Plain) -> Table:
        """Give the table with more columns, or others in the place of those of that name."""
        told = {name: literal(value) for name, value in values.items()}
        if not told:
            return self
        instead = ", ".join(f"{one.sql} AS {named(name)}" for name, one in told.items() if name in self.types)
        more = [f"{one.sql} AS {named(name)}" for name, one in told.items() if name not in self.types]
        every = f"* REPLACE ({instead})" if instead else "*"
        types = {**self.types, **{name: one.type for name, one in told.items()}}
        return Table(f"(SELECT {', '.join([every, *more])} FROM {self.relation})", types)

    def select(self, /, *names: str, **values: Plain) -> Table:
        """Give these columns and no others."""
        told = {**{name: self[name] for name in names}, **{name: literal(value) for name, value in values.items()}}
        parts = ", ".join(f"{one.sql} AS {named(name)}" for name, one in told.items())
        return Table(f"(SELECT {parts} FROM {self.relation})", {name: one.type for name, one in told.items()})

    def rename(self, names: Mapping[str, str]) -> Table:
        """Give the table with new names for columns, by the new name."""
        news = {old: new for new, old in names.items()}
        return self.select(**{news.get(name, name): self[name] for name in self.types}) if names else self

    def drop(self, *names: str) -> Table:
        """Give the table without these columns."""
        return self.select(*(name for name in self.types if name not in names))

    def filter(self, where: Value) -> Table:
        """Give the rows for which that holds."""
        return Table(f"(SELECT * FROM {self.relation} WHERE {where.sql})", self.types)

    def limit(self, many: int, offset: int = 0) -> Table:
        """Give so many rows, from the one at `offset` on."""
        return Table(f"(SELECT * FROM {self.relation} LIMIT {many} OFFSET {offset})", self.types)

    def distinct(self) -> Table:
        """Give each row once."""
        return Table(f"(SELECT DISTINCT * FROM {self.relation})", self.types)

    def counted(self, *names: str, rows: str = "rows") -> Table:
        """Give each combination of these columns once, and how many rows have it."""
        parts = ", ".join(map(named, names))
        sql = f"(SELECT {parts}, count(*) AS {named(rows)} FROM {self.relation} GROUP BY {parts})"
        return Table(sql, {**{name: self.types[name] for name in names}, rows: "BIGINT"})

    def ordered(self, name: str) -> Table:
        """Give the rows in the order of a column."""
        return Table(f"(SELECT * FROM {self.relation} ORDER BY {named(name)})", self.types)


def together(tables: Sequence[Table]) -> Table:
    """Give the rows of several tables with the same columns."""
    return Table(f"({' UNION ALL '.join(one.statement for one in tables)})", tables[0].types)


_ARROW = {
    "VARCHAR": pa.string(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "TINYINT": pa.int8(),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "UBIGINT": pa.uint64(),
    "DATE": pa.date32(),
    "NULL": pa.int32(),  # as the database has it
}


def arrow_type(kind: str) -> pa.DataType:
    """Give the type of Arrow that the database gives a type as.

    >>> arrow_type("VARCHAR[]")
    ListType(list<item: string>)
    """
    return pa.list_(arrow_type(kind.removesuffix("[]"))) if kind.endswith("[]") else _ARROW[kind]


def arrow_schema(types: Mapping[str, str]) -> pa.Schema:
    """Give the schema of Arrow of columns of these types."""
    return pa.schema([(name, arrow_type(kind)) for name, kind in types.items()])
