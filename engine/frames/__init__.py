"""A table that is already in Python (Ibis, Arrow, Polars, pandas), judged where it is.

In: a frame. Out: the same kind of frame, every row in its place. Must not know: files, the terminal.

screen: `screen`: Arrow, Polars, pandas, Ibis table to plan and style; lazy, problems, book, array, in its place
arrow_of: `arrow_of`: Arrow, Polars, pandas, Ibis to Arrow
account: `account` of a screened table: verdicts counted, rows refused; the warning
editions: a table by chosen book: routed, mask, refusal, indices, digests
lazy: `Lazy`: Ibis connection, backend, functions, both, a temporary view
"""
