"""What comes out of a screening: verdict files, the workbook, the summary.

In: batches of judged rows, what `answers` made of them, and the plan that they were judged by. Out: files that appear
whole or not at all. Must not know: how a row was decided, where a list came from.

table_output: files that appear whole: scratch folder, finished, final path, held, beside, same disk, moved
form_file: the form as a workbook or CSV: sheet, look, add_format, widths, options to choose, room, suffixes
carried_form: an older form carried over: 沿用, answers moved by years, lasting, written in their kinds
carried_words: what is told of that: of which year, what is left out, what is blank
page_lines: `Line`, `Beside`: a page of details: rejected, mended, spans, decided, noted
verdict_file: `CsvFile`, `JsonLines`, `ParquetFile`: writer, sink, pending, schema, waiting, group, close
summary: `ScreeningSummary`: dataclasses counted of account and plan: `FirmNamed`, `ColumnTold` with its unit,
    nearest, missing, alone, most frequent, fewest unmet
portfolio: a list against the targets: `Portfolio`, `TargetStanding`, `NearMiss`, `Covered`, `Chain`, `ProductSuppliers`
summary_rows: rows for tables of the summary: rest, more, edition, failing, alone, ways, undetermined, count, title,
    columnless
summary_page: the page of a summary in a language: 不符合, 家, spans, clear, details, sentences, tables, 名单
worksheet: a `workbook`, a sheet by xlsxwriter: `Table`, `Looks`: formats, widths, landscape, top, colours, lines,
    longest, cut, across
excel_output: `Workbook` of a screening: sheets of verdicts, levels, carried columns, why, looks, ids, sentences,
    beside, longest
"""
