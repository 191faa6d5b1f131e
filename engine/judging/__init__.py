"""What is asked of every row, as one statement: what it comes to, what is noted of it, what is wrong with it.

In: a table of texts as it was understood, and a rulebook, a level or the ladder. Out: a plan and its statement, the
columns that a row has in words, batches of rows and the account of them, one row as a profile. Must not know: files,
the terminal, HTTP.
"""
