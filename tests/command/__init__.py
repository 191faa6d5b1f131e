"""The commands, as a shell sees them, and what the documentation shows."""
