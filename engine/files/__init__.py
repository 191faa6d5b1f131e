"""From a file of any kind to a table of texts: encodings and separators, workbooks, Parquet.

In: a path, perhaps a sheet. Out: `Source`. Must not know: a rulebook. What strangers wrote is read within bounds, a
workbook in a process of its own.
"""
