"""What is asked of every row, as one statement: what it comes to, what is flagged in it, what is noted of it.

In: a table of texts as it was understood, and a rulebook, a level or the ladder. Out: a plan and its statement, the
columns that a row has in words, what is wrong with a row that was flagged. Must not know: files, how many rows there
are, the terminal, HTTP.
"""
