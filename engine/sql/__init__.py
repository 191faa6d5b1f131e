"""SQL of DuckDB as typed expressions: values, functions of them, tables of them.

In: names of columns and their types. Out: the text of one statement, and its rows. Must not know: what is computed.

value: one `Value`, of a row: its SQL and type (VARCHAR, BIGINT, BOOLEAN, DOUBLE): operators, cast, regexp, elements;
    `literal`
functions: of several values: `cases`, `and_`, `or_`, `coalesce`, `greatest`, `total`, `joined`, lists; `function` by
    name
table: `Table`, a SELECT a step: relation, statement, mutate, distinct, offset; types of its columns in Arrow (`pa`)
database: what a DuckDB connection executes: a relation described, rows fetched or streamed
"""
