"""What is asked of every row, as one statement: its verdict line, what is noted of it, what is wrong with it.

In: a table of texts as it was understood, and a rulebook, a level or the ladder. Out: a plan and its statement,
batches of rows, the account of them, one row as a profile. Must not know: what is written, the terminal, HTTP.
"""
