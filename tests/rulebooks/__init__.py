"""The shipped rules, and rules with mistakes."""
