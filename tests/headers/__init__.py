"""Names as facts."""
