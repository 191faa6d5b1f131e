"""From rows as people lay them out to one row a firm under one header, or to a refusal that says what to do.

In: rows of texts, or a table in memory. Out: where the header is, units, years, which rows are no firms, what makes
figures others than they seem. Must not know: what kind of file the rows stood in, what is judged.

header_rows: `Head`: which rows: over, above, strips, groups, periods, units composed into one header; title or
    harmless
lower_rows: rows below a header: `_Below`, uppermost, filled, is_unit, labels, nameless, instruction, of whose, parts
    only
units_over: money units over columns: 之上, to the next, merged, all or elsewhere
across_rows: rows of a table that lies on its side: label, body, 什么, 行次, 类别, kind of row; `Unclear`
across_heads: heads of such a table: `Heads`, `Whose`: the firm or year of each column, audited, wide, dropped, named
    above
across: `Across`: such a table set upright: label column, lasts, firms, best, unit row, 各列合为一家
form_years: 上年度 in such a table as a year: 所指年份, label, undated, differing
own_form: `FilledForm`: the form of Champion filled in: 答案 in its own column, moved, help, remarks, unit, number,
    cell by cell
panel: `Panel`: rows of several years put into one record: year column, latest, halves, lasting, mixed, breaks
layout: `Desk`, `Layout`, `lay_out`: head, title, above, panel, across, last rows; copied or upright as a `Source`
unit_column: `UnitColumn`: 单位 and currencies of each row behind bare amounts: paired, foreign, of one figure
firm_codes: codes of firms as typed: folded, trimmed, bare, of 18 letters, broken (E+17, 0x…), of another length
no_firm_words: names that no firm has: 示例, 合计, 平均值, 占比, 中小企业, 样例; gaps
no_firm: patterns of rows without firms: 领导, office, seal, signature, blanks and gaps; sure or not; cells of firms
misread: titles, 有效期, expired, 申报类型, reviews or figures where firms should be; cells of unread columns
doubtful: `Doubtful`: what cells above or beside say of figures: 口径, 年度, half, plan, audit, counts, of others;
    search
statements: `Statements`: a row that is no firm's says what unit (写着单位), year or review all are of
frame_statements: the same of tables in Arrow, or where one firm is asked for: texts, chunks, regex, sample, another
    header
"""
