"""One firm, whichever door it comes in by."""
