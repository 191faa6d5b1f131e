"""Speed beside other engines: scripts, not tests; `make bench` runs `bench.py`, which finds the others beside it."""
