"""The rule author's kit, on the shipped rules and on rules with mistakes."""
