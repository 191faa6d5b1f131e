"""Lists of firms, from file to file."""
