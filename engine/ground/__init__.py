"""What everybody stands on: errors and texts in two languages, outcomes, exact values, bounds, scratch folders.

In: nothing of this product. Out: plain data and small functions. Must not know: a fact, a rulebook, a firm, a table.
"""
