"""A file of firms from its name to its outputs; one firm out of it.

In: an order: what to read, by what to judge, where to write. Out: files and a summary. Must not know: who ordered it,
the command, Python or HTTP; what it tells names options of the command.

order: `Order`: rulebook, source, form, carry, style, raw text, schema; routes; `Problems`: rejected, warnings, tally,
    written beside
duckdb_backend: `DuckdbBackend`: connection, settings, execute, batches, interrupt, progress, errors mapped;
    `UnreadableError`
stop: `Stop`, `StoppedError`: another thread ends it: the backend is interrupted, no answer wanted, lock
asked: `Asked`: the row statement and its functions kept by key for lists that are alike; backend, planned, lock
editions: `Group`, `Part`: rows by rulebook, batches joined in order, keys; summaries added: ids, tallies, levels
file: `screen_file`: one screening: folder, order, understanding, account, doubles, hashes, judged, begun, pages
forms: forms of several firms as one list: a folder, files, numbers, 填报表文件, bare figures
other_form: what a form made for other texts does not ask
open_list: a list that is open, `Reading`: `FirmRow`, likeness, code, cells, record; profiles of rows, unread
one_of_list: `profile_of`: which firm of a list is meant: matching, real, line, 名单中, several
evidence_of_list: papers, missing, notes, problems of each firm of a list: `FirmEvidence`, `ListEvidence`
evidence_items: what a firm hands in, item by item: `figures`, `items`, boxed, told, enough, 补充指标, 待评审
evidence_workbook: a page of a firm as XLSX, of all of a list as ZIP: 材料, 备好, 用于哪项, archive
papers_of_list: what all firms of a list hand in, XLSX, CSV: 各企业, 按材料, which firms, page
portfolio: counts a list against the targets: telling, near, covered, products, chains, secured, leads
whole: `screen_whole`: one target of parts: JSON lines, csv, xlsx, zip; verdicts, newline, folder, stop, summary last
"""
