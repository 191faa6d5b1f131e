"""The terminal: commands, what they print, how a run is ended.

In: a command line. Out: text and exit codes. Nothing is decided here, and nobody imports it.
"""
