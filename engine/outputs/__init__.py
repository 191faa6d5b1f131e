"""What comes out of a screening: verdict files, the workbook, the summary.

In: batches of judged rows, what `answers` made of them, and the plan that they were judged by. Out: files that appear
whole or not at all. Must not know: how a row was decided, where a list came from.
"""
