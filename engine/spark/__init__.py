"""The same screening on Spark: its workers run the statement of the embedded engine.

In: an order whose files Spark reads. Out: the same rows, in no order. Must not know: who ordered it.
"""
