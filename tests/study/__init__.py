"""A small study of the list in fixtures/, as a researcher would write it, cell by cell."""
