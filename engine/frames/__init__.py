"""A table that is already in Python (Ibis, Arrow, Polars, pandas), judged where it is.

In: a frame. Out: the same kind of frame, every row in its place. Must not know: files, the terminal.
"""
