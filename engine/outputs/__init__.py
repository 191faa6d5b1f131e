"""What comes out of a screening: verdict files, the workbook, the summary.

In: batches of judged rows and their account. Out: files that appear whole or not at all. Must not know: how a row was
decided.
"""
