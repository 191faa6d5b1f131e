"""SQL of DuckDB as typed expressions."""
