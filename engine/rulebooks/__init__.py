"""From the files of `rules/` to logic: which rulebooks exist, what each says, which applies, what hangs on a reading.

In: a folder of rules, a day, an area, a kind of application. Out: `Rulebook`: criteria as trees of gates and checks
with their words and sources. Must not know: a firm, a table, how a criterion is decided.
"""
