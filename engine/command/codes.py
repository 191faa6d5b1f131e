"""Exit codes: 0 is done, whatever the verdict; 2 is usage, as click has it."""

from __future__ import annotations

INPUT_HAS_PROBLEMS, BROKEN_RULEBOOK, INTERNAL, INTERRUPTED = 1, 3, 4, 130
