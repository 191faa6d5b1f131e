"""The logic of a rulebook as column expressions: values, outcomes, what is missing, and the sentence of reasons.

In: a table of texts whose headers are understood, and a rulebook. Out: expressions, one row a firm, which say what
`deciding` and `explaining` say of that firm. Must not know: files, how a table is laid out.

macros: CREATE MACRO champion_…, or of few rows functions: format, round, decimals in full, twelve or fifteen digits
values: texts as x_, span_ and `bad`: plainly, powers, iso days, numeric casts, odd or strange spellings, memory
formulas: `Estimate` of a formula: ast operators, abs, root, quotient, size, rounding, doubtful
outcomes: `Decided`, columns n and bar_: operators compared, outcome, ends, range, ratio computed or as stated, near,
    points in eighths
exact: rows near a threshold by the definition: figures, gaps, checks, scores, ends used
missing: `Open`: why rows are open, sets of bits: bit of each reason and fact, empty, union, criterion decided
missing_words: what is missing in words, or how many that a list has not (名单没有): head, tail
hanging: on which readings a row's verdict hangs: worlds, groups, conjunctions, alternatives, good, least, most,
    lifts, moves
words: `Words`, the sentence of reasons as columns: ways, level, deciding, failing, bar, gap, between, may close,
    joined
"""
