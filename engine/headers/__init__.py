"""A name over a figure as the fact that it names, with its unit and its year; and one cell under it.

In: the header of a column, the key of a profile, a mapping. Out: what is understood, or why it is not and what to
write. Must not know: where rows come from, what a rulebook makes of a fact.
"""
