"""Rulebooks over lists: at other figures, beside one another."""
