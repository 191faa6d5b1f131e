"""The logic of a rulebook as column expressions: values, outcomes, what is missing, and the sentence of reasons.

In: a table of texts whose headers are understood, and a rulebook. Out: expressions, one row a firm, which say what
`deciding` and `explaining` say of that firm. Must not know: files, how a table is laid out.
"""
