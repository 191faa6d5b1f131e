"""A file of firms from its name to its outputs; one firm out of it.

In: an order: what to read, by what to judge, where to write. Out: files and a summary. Must not know: who ordered it,
the command, Python or HTTP; what it tells names options of the command.
"""
