"""What came of rows that were judged: counted, told in words, kept on disk; and one row as the profile of its firm.

In: batches of the row statement, or a row that was flagged, with the plan. Out: the account of a screening, its
problems and warnings with their lines, verdict rows to be written, a profile. Must not know: how a row is judged,
what files are written.

list_statements: a list refused for its no-firm rows: doubts, unique units, amounts, other header
row_account: `Account`: counts by outcome, flag, key; near firms, alone, pairs, judged rows, counter, arrays of
    batches
spool: batches on disk: Arrow stream writer, reader, file, close
doubles: firms in more than one row: identity, times, over, 另见第…行, line_of
tally: `Tally`: problems by column and kind: first, counts, most common
told_problems: `ToldProblems`: all that rows are told of: flags, plan, account, numbered, doubles, unusual, apart,
    chain
row_profile: a row as a profile: `RowFlagging`, sole, undecided, spare flags, typed, needed, refused
"""
