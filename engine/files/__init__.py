"""From a file of any kind to a table of texts: encodings and separators, workbooks, Parquet, JSON lines.

In: a path, perhaps a sheet. Out: `Source`. Must not know: a rulebook. What strangers wrote is read within bounds, a
workbook in a process of its own.

kind: what a file is by its bytes: archive, xls, xlsb, ods, html, pdf, picture, password; 其实是 where its name says
    otherwise
intake: `open_source`: a path opened by kind, carefully, at a desk; problems with sheet, workbook formats
csv_probe: `Written`: encoding (utf-8, GB18030, Big5), codecs, sample, best delimiter, height of the header
csv_records: `Records`: lines into cells: quoted, ahead, width fits; `Unclosed`, `Garbled`, 引号, 分隔符
csv_file: a delimited file as a `Source`: whole by relation, or carefully copied: chunks, NUL, feeds, tail, split
    figures
json_lines: an object a line as a row: `Broken`, names, twice
parquet_file: Parquet: metadata, schema, first rows, failures, bytes that are text, damaged, numbers typed
workbook_child: a process of its own: resource limits, rlimit, megabytes, errno, cells copied, visible or hidden sheet
workbook_rows: what readers give to a `Sink`: rows, cells of a formula, blocks, most rows 1048576, first formula;
    `AboutSheet`
xlsx_parts: parts of an .xlsx package: `SheetPart`, parser, relations, targets, content, info, archive, unescaped;
    entities
xlsx_styles: its styles: numFmts, cellXfs, fonts that are struck, group, codes
xlsx_cells: its worksheet by expat: start and end of elements, attributes, inline texts in pieces, value, look, row
    and column, printed
xls_cells: an .xls by xlrd: book, xf list, visibility, 1904, fonts, struck; `OldSheets`
ods_cells: an .ods: manifest, paragraphs, repeated, office values, currency, aside, shown so
number_formats: a format's tokens: sections, condition, exponent, plus and minus, symbol, letters, decimals, moments,
    1904
sheet: `Sheet`: one of a workbook: rows copied in their places, merged blocks from top and left, covered, refused,
    told
merged_figures: a figure merged over rows of several firms: tall blocks, around, coming names, last
excel_file: a page of a workbook (工作表) as a `Source`: others, beyond, head, layout, headers
"""
