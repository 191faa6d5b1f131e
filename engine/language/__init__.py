"""What may be written: YAML with places, the vocabulary of facts, formulas, conditions, and how a value is read.

In: the text of a data file, or what somebody typed for a fact. Out: facts, formulas, exact values; or problems, each
with its place and what to write instead. Must not know: which rulebooks there are, what a firm is, where a text came
from.
"""
