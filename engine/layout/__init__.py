"""From rows as people lay them out to one row a firm under one header, or to a refusal that says what to do.

In: rows of texts, or a table in memory. Out: where the header is, units, years, which rows are no firms, what makes
figures others than they seem. Must not know: what kind of file the rows stood in, what is judged.
"""
