"""What came of rows that were judged: counted, told in words, kept on disk; and one row as the profile of its firm.

In: batches of the row statement, or a row that was flagged, with the plan. Out: the account of a screening, its
problems and warnings with their lines, verdict rows to be written, a profile. Must not know: how a row is judged,
what files are written.
"""
