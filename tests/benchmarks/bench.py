"""Champion beside other engines, in one run: `make bench`; with ARGS=--memory the long measurement of memory."""

from __future__ import annotations

import argparse

import memory
import one_firm
import service
import start_up
import table


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true", help=f"{memory.MANY:,} assessments instead of {memory.FEW:,}")
    many = parser.parse_args().memory
    print(table.heading())
    one_firm.run()
    service.run()
    memory.run(memory.MANY if many else memory.FEW)
    start_up.run()
    print(f"\nLoad at the end {table.load()}")


if __name__ == "__main__":
    main()
