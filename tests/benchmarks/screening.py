"""A file of firms, from its bytes to the bytes of the verdicts, beside the cost of copying it and beside other engines.

Everything is run as its user would: a process of its own each time, the same file, in turns.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import candidates
import duckdb
import peers
import table
import zen
from rounds import ratio, seconds, turns

from engine import profile_reader, shipped
from engine.deciding.to_durable import engine_for
from engine.firms.figures import Figures
from engine.ground.values import Known
from engine.rulebooks.logic import Rulebook

_ROUNDS = 3
_BATCH = 2_000
_AS_OF = date(2026, 6, 1)
_RULEBOOK = "cae-2021-champion"
_COPY = "import duckdb, sys; duckdb.execute(f\"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}'\")"


_SPARK_COPY = """
import sys
from pyspark.sql import SparkSession
quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
spark = SparkSession.builder.master("local[*]").config(map=quiet).getOrCreate()
spark.sparkContext.setLogLevel("OFF")
spark.read.csv(sys.argv[1], header=True).write.csv(sys.argv[2], header=True, mode="overwrite")
"""


def run(rows: int) -> None:
    """Measure screening of a file of that many rows, of ten times as many, and of a worksheet."""
    with tempfile.TemporaryDirectory() as folder:
        file = candidates.write(Path(folder) / "firms.csv", rows)
        _beside_copying(file, rows)
        _beside_spark(file)
        _beside_engines(file, rows)
        _ladder(file)
        _much_more(Path(folder), rows)
        _worksheet(Path(folder))


def _beside_copying(file: Path, rows: int) -> None:
    calls = {
        "DuckDB, COPY to CSV": partial(_python, _COPY, file, file.with_suffix(".copy.csv")),
        "champion screen, CSV to CSV": partial(_screen, file, file.with_suffix(".out.csv")),
        "champion screen, CSV to Parquet": partial(_screen, file, file.with_suffix(".out.parquet")),
        "champion screen, CSV to JSON lines": partial(_screen, file, file.with_suffix(".out.jsonl")),
    }
    times = turns({name: partial(seconds, call) for name, call in calls.items()}, _ROUNDS)
    copy = times["DuckDB, COPY to CSV"]
    lines = [
        (name, [f"{median(took):.1f} s", f"{rows / median(took):,.0f}", f"{ratio(took, copy):.2f}"])
        for name, took in times.items()
    ]
    size = file.stat().st_size / 1e6
    table.show(
        f"5. A file of {rows:,} rows, 25 columns, {size:,.0f} MB; median of {_ROUNDS}", ["", "rows/s", "/ copy"], lines
    )


def _beside_spark(file: Path) -> None:
    """Compare with Spark's own copy of the file; both are processes of their own, start-up included."""
    calls = {
        "Spark, CSV to CSV": partial(_python, _SPARK_COPY, file, file.with_suffix(".spark-copy")),
        "champion screen --engine spark, CSV to CSV": partial(
            _screen, file, file.with_suffix(".spark"), "--engine", "spark", "--format", "csv"
        ),
    }
    times = turns({name: partial(seconds, call) for name, call in calls.items()}, _ROUNDS)
    copy = times["Spark, CSV to CSV"]
    lines = [(name, [f"{median(took):.1f} s", f"{ratio(took, copy):.2f}"]) for name, took in times.items()]
    table.show("6. On Spark, local[*]", ["", "/ copy"], lines)


def _beside_engines(file: Path, rows: int) -> None:
    """Compare rates: the whole screening, and of the others the decisions alone on firms that are read already."""
    rulebook = shipped().rulebook(_RULEBOOK)
    firms = list(islice(_firms(file), _BATCH))
    figures = [Figures(rulebook.vocabulary, firm, _AS_OF) for firm in firms]
    engine = engine_for(rulebook)
    batch = _zen_batch(rulebook, [Figures(rulebook.vocabulary, firm, _AS_OF) for firm in firms])
    calls: dict[str, Callable[[], object]] = {
        "durable-rules, a firm at a time": lambda: [engine.decide(one) for one in figures],
        "zen evaluate_batch, all checks": batch,
    }
    times = turns({name: partial(seconds, call) for name, call in calls.items()}, _ROUNDS)
    start = perf_counter()
    _screen(file, file.with_suffix(".out.csv"))
    ours = rows / (perf_counter() - start)
    lines = [("champion screen, CSV to CSV", [f"{ours:,.0f}", ""])]
    lines += [
        (name, [f"{_BATCH / median(took):,.0f}", f"{ours * median(took) / _BATCH:.1f}"]) for name, took in times.items()
    ]
    table.show("7. Rates beside other engines", ["rows/s", "ours / theirs"], lines)


def _firms(file: Path) -> Iterator[Mapping[str, Known]]:
    """Give the firms of the file as profiles state them."""
    reader = profile_reader(shipped().vocabulary)
    named = shipped().vocabulary.named
    cursor = duckdb.execute("SELECT * FROM read_csv(?, all_varchar = true)", [str(file)])
    heads = [name.split("（")[0].split("(")[0].casefold() for name, *_ in cursor.description or ()]
    facts = [named.get(head) for head in heads]
    while row := cursor.fetchone():
        told = {fact.id: cell for fact, cell in zip(facts, row, strict=True) if fact and not fact.is_derived and cell}
        yield reader.read(told).values


def _zen_batch(rulebook: Rulebook, figures: list[Figures]) -> Callable[[], object]:
    """Give the call that has zen decide all checks of all firms at once; their derived figures are computed before."""
    content = peers.zen_content([peers.expression(check, guarded=True) for check in rulebook.checks])
    engine = zen.ZenEngine({"loader": lambda _: content})
    requests = [{"key": rulebook.id, "context": peers.figures_for(rulebook.checks, one)} for one in figures]
    return lambda: engine.evaluate_batch(requests)


def _ladder(file: Path) -> None:
    few = candidates.write(file.with_name("few.csv"), 200_000)
    calls = {
        "one rulebook": partial(_screen, few, few.with_suffix(".one.csv"), "--rulebook", "miit-2026-little-giant"),
        "the ladder": partial(_screen, few, few.with_suffix(".all.csv"), "--rulebook", "ladder"),
    }
    times = turns({name: partial(seconds, call) for name, call in calls.items()}, _ROUNDS)
    lines = [
        (name, [f"{median(took):.1f} s", f"{ratio(took, times['one rulebook']):.2f}"]) for name, took in times.items()
    ]
    table.show("8. The ladder, 200,000 rows", ["", "/ one rulebook"], lines)


def _much_more(folder: Path, rows: int) -> None:
    lines = []
    for many in (rows, 10 * rows):
        file = candidates.write(folder / "many.csv", many)
        start = perf_counter()
        _screen(file, folder / "many.out.csv")
        took = perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        lines.append((f"{many:,} rows", [f"{took:.0f} s", f"{took / many * 1e6:.2f} us", f"{peak:,.0f} MiB"]))
        file.unlink()
        (folder / "many.out.csv").unlink()
    table.show("9. Ten times as much", ["", "a row", "largest so far"], lines)


def _worksheet(folder: Path) -> None:
    source = candidates.write(folder / "sheet.csv", 20_000)
    sheet = folder / "sheet.xlsx"
    _screen(source, sheet, "--carry", "--labels", "ids")
    start = perf_counter()
    _screen(sheet, folder / "sheet.out.xlsx", "--sheet", "结论")
    table.show("10. A worksheet of 20,000 rows", [""], [("Excel to Excel", [f"{perf_counter() - start:.1f} s"])])


def _screen(source: Path, target: Path, *options: str) -> None:
    command = str(Path(sys.executable).with_name("champion"))
    words = [command, "screen", str(source), "-o", str(target), "--as-of", _AS_OF.isoformat(), *options]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=os.environ)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode())


def _python(code: str, *arguments: Path) -> None:
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, stderr=subprocess.DEVNULL)
