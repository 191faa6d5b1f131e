"""All that is said of one firm and of a rulebook, in two languages: findings, sentences, reasons, what would help.

In: outcomes and figures. Out: `Verdict` and pages, plain data with their words. Must not know: where they are
printed.
"""
