"""Champion beside other engines, in one run: `make bench`; with ARGS=--memory the long measurement of memory."""

from __future__ import annotations

import argparse

import habits
import memory
import one_firm
import screening
import service
import start_up
import table


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", action="store_true", help=f"{memory.MANY:,} assessments instead of {memory.FEW:,}")
    parser.add_argument(
        "--rows", type=int, default=2_000_000, help="rows of the file that is screened; 0 leaves it out"
    )
    parser.add_argument(
        "--habit-rows", type=int, default=100_000, help="rows of the files with habits; 0 leaves them out"
    )
    parser.add_argument("--only-screening", action="store_true", help="leave out what is measured of one firm")
    options = parser.parse_args()
    print(table.heading())
    if not options.only_screening:
        one_firm.run()
        service.run()
        memory.run(memory.MANY if options.memory else memory.FEW)
        start_up.run()
    if options.rows:
        screening.run(options.rows)
    if options.habit_rows:
        habits.run(options.habit_rows)
    print(f"\nLoad at the end {table.load()}")


if __name__ == "__main__":
    main()
