"""SQL of DuckDB as typed expressions: values, functions of them, tables of them.

In: names of columns and their types. Out: the text of one statement, and its rows. Must not know: what is computed.
"""
