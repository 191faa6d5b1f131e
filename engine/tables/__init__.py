"""A table of firms as it was opened: texts in the database, whatever types they had.

In: delimited text, Parquet, Arrow, columns of any type. Out: `Source`: a header, cells as text, and records that are
none. Must not know: what a header means, or a rulebook.
"""
