"""One firm: its profile, checked against the vocabulary, and the figures that follow from it on a day.

In: JSON or a mapping of what was typed. Out: `Profile` and `Figures`; or all of its problems at once. Must not know:
how anything is decided.
"""
