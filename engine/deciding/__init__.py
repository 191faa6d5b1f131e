"""What a rulebook says of one firm, twice: by the definition (`reference`), and by durable_rules.

In: the logic of a rulebook and the figures of a firm, and what follows from its lists. Out: an outcome for every
node, and what is unknown. Must not know: how an outcome is said.
"""
