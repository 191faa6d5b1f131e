"""What everybody stands on: errors and texts in two languages, outcomes, exact values, bounds, scratch folders.

In: nothing of this product. Out: plain data and small functions. Must not know: a fact, a rulebook, a firm, a table.

outcome: `Outcome` met, not met, undetermined; the `Reason` (not computable, needs review); the tally of how many need
    be met
values: what a fact is worth: fractions, `Span` with its ends, `Unknown`, `of_term` of a title; root, quotient,
    nearest float
line: `Line` and `Root`: slope, value at zero; add, multiply; the number with which a value is reached
areas: codes of divisions: 33, 3302, 66 for the corps; province, city, county; within, chain, wider, nearest
chinese: Traditional letters to Simplified by OpenCC's converter; a pattern that takes both
errors: `Text` in zh and en, `Problem` (where, value, instead), the tree of `ChampionError`; `shown`, `short`,
    `did_you_mean`
refused: what the system refuses of a file, in zh and en: no such, a folder, no right, full; unreadable
limits: `Limits` on bytes, rows, columns and unpacked text of a file that a stranger sends: 超过
harmless: texts of strangers so that nothing runs them: apostrophes before = + - @; unprintable and control characters
    replaced
scratch: hidden folders of a run: made, moved, locked (fcntl) while it is alive, removed, swept when it was killed
forked_lock: a lock (RLock) that a forked child renews
writing: JSON bytes: orjson's options
page: `Line`: a page of sentences and tables; a `bar`; HTML, escaped
result: `Result`, `Shown`, `Tabled`: answers as dictionaries, in notebooks, as tables
wrapping: lines `wrapped` at a width of cells
cell_names: names of cells of a sheet, by row and column
"""
