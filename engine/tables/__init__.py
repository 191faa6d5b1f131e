"""A table of firms as it was opened: texts in the database, whatever types they had.

In: delimited text, Parquet, Arrow, columns of any type. Out: `Source`: a header, cells as text, the unit that stands
over them, and records that are none. Must not know: which fact a header names, or a rulebook.
"""
