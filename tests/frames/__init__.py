"""Tables in Python."""
