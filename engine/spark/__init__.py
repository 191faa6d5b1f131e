"""The same screening on Spark: its workers run the statement of the embedded engine.

In: an order whose files Spark reads. Out: the same rows, in no order. Must not know: who ordered it.

backend: Spark's session, frame, path, place exists, final, SQL, Java's errors, quiet
worker: a share of rows: `pa` batches, partition, packed records, schema, verdicts, broken, null bytes, stream
screening: `screen_on_spark`: frame, worker, local or aside, the same file as another output, candidates, doubles, one
    file, final
part_files: part files joined: glob, CSV, bom, Parquet writer, copyfileobj
"""
