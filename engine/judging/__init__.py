"""What is asked of every row, as one statement: what it comes to, what is flagged in it, what is noted of it.

In: a table of texts as it was understood, and a rulebook, a level or the ladder. Out: a plan and its statement, the
columns that a row has in words, what is wrong with a row that was flagged. Must not know: files, how many rows there
are, the terminal, HTTP.

ruling: `Ruling`: by what a list is judged: a rulebook, a level's editions, the ladder; areas, applicants, served,
    routes
several_rulebooks: a `Member` a criterion: model_construct, kinds; the routes as a rulebook
ladder_rulebook: the ladder as a rulebook: editions, reviewed, held, new, a member a level
column_use: columns that a rulebook does not use (本规则不用): kin, part, what it asks instead
row_names: whether a row names a firm: 公司, 有限责任, xxx, masks, halves, suspicious, odd letters
endings: titles of rows whose term ends soon, and what falls with them: worse, without
row_remarks: what a row says of itself: 已注销, 称号, withdrawn, until its end, 再删去这一句, contradiction; patterns
flags: `Flag`, `Flagging`: what may be flagged, column and place of each kind: spilt, odd, ratio, area, nobody,
    contradiction; rejects
plan: `Plan`: what rejects, cautions, lacks, cannot be read; deciding criteria, routes, totals, reviews; cached
    properties
notes: notes of judged rows in sentences: taken as new, left out, another year, unusual, strange words, review
verdict_rows: `RowColumn`, `Style`, `ColumnHead`: columns of the verdict file: identity, outcome, awaiting, caller's,
    labels
first_sheet: columns of a workbook's first sheet, by place: count of unmet (不符合项数), missing, reached, telephone
several_rows: several rulebooks by row: standing of each, apart, awaiting, reasons
ladder_rows: of the ladder by row: step, top, highest level that is reached, holds
route_rows: of the routes by row: which follows, which may
row_statement: columns of the statement: is_told, failing, idle, alone, blank, cells, id_hash, flags, bad, carried
assembly: put together: `assembled` of texts, plan, style, levels, by row
batch_statement: `BatchStatement`, `Functions`: expression, schema, connection, source registered, batches, prefix
problem_rows: `RowProblem`, `ToldRow`: what a flag of a row means: problem, instead, remark, bare, spilt, total
"""
