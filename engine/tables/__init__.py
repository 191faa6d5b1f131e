"""A table of firms as it was opened: texts in the database, whatever types they had.

In: delimited text, Parquet, Arrow, columns of any type. Out: `Source`: a header, cells as text, the unit that stands
over them, and records that are none. Must not know: which fact a header names, or a rulebook.

source: `Source`: headers, columns t0, t1, first and likely rows, `Broken` records, other sheets, template; carefully
    opened
column_text: columns cast to text: superfluous .0, blobs, may be long, unprintable runs, shortened
arrow_columns: plain types of Arrow arrays (`pa`): timestamps, scalars, decimal128, binary, large strings
duckdb_files: read_csv and read_parquet as relations: path, delimiter, newline, skip; a clean copy, line breaks;
    `Irregular`
"""
