"""Spark says what the definition says, and writes what the embedded engine writes; one session for all of it."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine import InputError, screen, shipped
from engine.columns.missing import Open
from engine.columns.outcomes import Decided
from engine.deciding.reference import decide, unknowns
from engine.firms.figures import Figures
from engine.ground.outcome import Outcome
from engine.ground.values import merged
from engine.headers.cells import Column
from engine.judging.batch_statement import Functions, source_table, statement
from engine.judging.plan import Plan
from engine.rulebooks.logic import Rulebook
from engine.screening.file import screen_file
from engine.screening.order import Order
from engine.spark.backend import SparkBackend, applied
from engine.spark.screening import screen_on_spark
from tests.random_rulebooks import AS_OF, VOCABULARY, profiles, rulebooks
from tests.shell import run
from tests.small_rules import rulebook_asking

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17, which is not installed"),
    pytest.mark.filterwarnings(
        "ignore:PySpark does not yet fully support pandas"
    ),  # Ibis imports the one with the other
    pytest.mark.filterwarnings("ignore:fetch_record_batch"),  # Ibis calls DuckDB so
]

MASTER = "local[2]"
DAY = date(2026, 6, 30)
BOOK = shipped().rulebook("cae-2021-champion")
SMALL = rulebook_asking("global_market_share_pct", "global_rank", "revenue_y0", "main_revenue_y0")
HEADER = "统一社会信用代码,企业名称,全球市场占有率(%),全球市场占有率排名,上年度营业收入（万元）,上年度主营业务收入,备注"
ROWS = [
    "A1,甲,15,3,100,70,x",
    "A2,乙,14.99999999999999999,前3名,100,69.99999999999999999,",
    'A3,"丙,公司",70%,1,"1,000.5",700.35,"两 ""引"" 号"',
    "A4,丁,约15%,1,100,101,两个问题",
    "A5,戊,-,,3000万元,2.1亿,部分大于整体",
    ",,,,,,",
    "A6,己,15",
    "A7,庚,15,1,100,70,x,多一格",
    "A1,辛,0.5,2,12345678.9,1,两次",
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkBackend]:
    """Give the session of this module."""
    backend = SparkBackend(MASTER)
    yield backend
    backend.session.stop()


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    """Give a CSV file of odd rows."""
    path = tmp_path / "firms.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    return path


def _order(path: Path, form: Any = "csv", **options: Any) -> Order:
    return Order(**{"rulebook": BOOK, "as_of": DAY, "output": path, "form": form, **options})


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format(value, "f")
    return ("、".join(value) or "无") if isinstance(value, list) else str(value)


@pytest.mark.long
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rulebook=rulebooks(), several=st.lists(profiles(), min_size=30, max_size=60))
def test_random_rulebooks(spark: SparkBackend, rulebook: Rulebook, several: list[dict[str, Any]]) -> None:
    """Every criterion of every row of a random table has the outcome and the reason code of the definition."""
    given_facts = [name for name, fact in VOCABULARY.items() if not fact.is_derived]
    columns = {f"t{place}": Column(name, VOCABULARY[name]) for place, name in enumerate(given_facts)}
    rows = [
        {c: None if (v := one.get(col.fact.id)) is None else _text(v) for c, col in columns.items()} for one in several
    ]
    schema = pa.schema([pa.field(name, pa.string()) for name in [*columns, "record"]])
    table = pa.Table.from_pylist([{**row, "record": str(n)} for n, row in enumerate(rows)], schema)
    source, functions = source_table(schema), Functions()
    plan = Plan(columns, rulebook, AS_OF)
    judged = plan.judged(source, functions.by_row)
    reasons, of = Open(Decided(judged, rulebook)), Decided(judged, rulebook)
    told = {f"o{place}": of.outcome(one.gate) for place, one in enumerate(rulebook.criteria)} | {
        f"r{place}": reasons.reason(one) for place, one in enumerate(rulebook.criteria)
    }
    run = statement(schema, judged.select("record", "rejected", **told), functions)
    frame = spark.session.createDataFrame(table).repartition(2)
    found = {int(row["record"]): row for row in spark.rows(applied(run, frame))}
    assert sorted(found) == list(range(len(rows)))
    for number, row in enumerate(rows):
        if found[number]["rejected"]:
            continue
        stated = {col.fact.id: col.value(text) for name, col in columns.items() if (text := row[name]) is not None}
        figures = Figures(VOCABULARY, {name: value for name, value in stated.items() if value is not None}, AS_OF)
        outcomes = decide(rulebook, figures)
        for place, criterion in enumerate(rulebook.criteria):
            said = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNDETERMINED}[found[number][f"o{place}"]]
            assert said is outcomes[criterion.gate.id], (criterion, row)
            is_open = said is Outcome.UNDETERMINED
            reason = merged(unknowns(criterion.gate, figures, outcomes)).reason.value if is_open else None
            assert found[number][f"r{place}"] == reason


def test_csv(spark: SparkBackend, firms: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """One CSV file comes out, what the embedded engine writes for the rows that fit, but for their lines."""
    order = _order(tmp_path / "out.csv", rulebook=SMALL, carry=True, figures=True, rejected=tmp_path / "no.csv")
    summary = screen_on_spark(str(firms), str(order.output), order, MASTER)
    assert (summary.rows_in, summary.verdicts, summary.rejected, summary.blank_rows) == (8, 4, 4, 1)
    ours = replace(order, output=tmp_path / "duck.csv", rejected=tmp_path / "duck-no.csv")
    theirs = screen_file(firms, ours)
    assert _without_lines(order.output) == _without_lines(ours.output)
    assert summary.by_verdict == theirs.by_verdict
    named = [tuple(replace(firm, line=None) for firm in one.alone_firms) for one in theirs.criteria]
    own = [replace(one, alone_firms=several) for one, several in zip(theirs.criteria, named, strict=True)]
    assert [*summary.criteria] == own
    assert summary.missing == theirs.missing
    assert summary.awaiting == theirs.awaiting
    without = {
        name: tuple(replace(one, line=None, is_double=False) for one in several)
        for name, several in theirs.near.items()
    }
    assert summary.near == without
    fields = ("firm_id", "column", "problem", "own")
    told, same = (
        {tuple(map(row.get, fields)) for row in _read_zh(tmp_path / name) if row["firm_id"]}
        for name in ("no.csv", "duck-no.csv")
    )
    assert told == same
    assert {row["value"] for row in _read_zh(tmp_path / "no.csv") if not row["firm_id"]} == {
        "A6,己,15",
        "A7,庚,15,1,100,70,x,多一格",
    }
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "duck-no.csv",
        "duck.csv",
        "firms.csv",
        "no.csv",
        "out.csv",
    ]


def _without_lines(path: Path) -> list[dict[str, str]]:
    """Give the rows of a verdict file but for their lines, which Spark does not know."""
    return [{name: text for name, text in row.items() if name != "line"} for row in _read(path)]


def _read_zh(path: Path) -> list[dict[str, str]]:
    """Give rejected rows by the ids of their fields; the caller's own columns stand behind the first three."""
    names = ["line", "firm_id", "firm_name", "column", "fact", "value", "problem", "instead"]
    rows = (list(row.values()) for row in _read(path))
    return [dict(zip(names, [*row[:3], *row[-5:]], strict=True)) | {"own": ";".join(row[3:-5])} for row in rows]


@pytest.mark.long
def test_the_command_with_a_column_of_two_facts(
    spark: SparkBackend,  # noqa: ARG001
    firms: Path,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    """The command screens on Spark as it does without, a column that is mapped twice read for both facts."""
    told = []
    for name, more in (("a.csv", ()), ("b.csv", ("--engine", "spark", "--master", MASTER))):
        maps = [f"--map=备注={fact}" for fact in ("main_product_name", "ip_class1")]
        run(capfdbinary, "screen", str(firms), "-o", str(tmp_path / name), "--as-of", str(DAY), *maps, *more)
        told.append(sorted(line.partition(",")[2] for line in (tmp_path / name).read_text("utf-8").splitlines()))
    assert told[0] == told[1]


def test_folder(spark: SparkBackend, firms: Path, tmp_path: Path) -> None:  # noqa: ARG001
    """A name without a suffix is a folder of part files, with the rejected rows beside it; a second run replaces it."""
    for _ in range(2):
        screen_on_spark(str(firms), str(tmp_path / "out"), _order(tmp_path / "out", "parquet"), MASTER)
    assert (tmp_path / "out" / "_SUCCESS").exists()
    assert pq.read_table(tmp_path / "out").num_rows == 4
    assert (tmp_path / "out.rejected.csv").exists()


@pytest.mark.long
def test_line_breaks(spark: SparkBackend, tmp_path: Path) -> None:  # noqa: ARG001
    """A line break within quotes, in a header or a cell, ends no record."""
    path = tmp_path / "firms.csv"
    path.write_text('企业名称,"全球市场占有率\n（%）"\n"甲\n公司",70\n乙,3\n', encoding="utf-8")
    order = _order(tmp_path / "out.jsonl", "jsonl")
    assert screen_on_spark(str(path), str(order.output), order, MASTER).verdicts == 2
    rows = [json.loads(line) for line in order.output.read_text(encoding="utf-8").splitlines()]
    assert {row["firm_name"]: row["global-share"] for row in rows} == {"甲\n公司": "met", "乙": "not_met"}


@pytest.mark.long
def test_typed_parquet(spark: SparkBackend, tmp_path: Path) -> None:  # noqa: ARG001
    """Numbers, days, yes and no, and lists of a Parquet file are read as what a person would have typed."""
    table = pa.table(
        {
            "firm_id": ["1", "2"],
            "global_market_share_pct": [15.0, None],
            "global_rank": pa.array([1, 4], pa.int32()),
            "core_ip_owned": [True, False],
            "valid_titles": [["little_giant"], []],
        }
    )
    pq.write_table(table, tmp_path / "firms.parquet")
    order = _order(tmp_path / "out.parquet", "parquet")
    summary = screen_on_spark(str(tmp_path / "firms.parquet"), str(order.output), order, MASTER)
    assert (summary.rows_in, summary.verdicts) == (2, 2)
    rows = pq.read_table(order.output).to_pylist()
    assert [row["global-share"] for row in rows] == ["met", "undetermined"]
    assert [row["own-ip"] for row in rows] == ["met", "not_met"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.csv", "does not exist"),
        ("empty.csv", "is empty"),
        ("gb.csv", "UTF-8"),
        ("x.xlsx", "Excel"),
        ("no.csv", "firm"),
        ("unit.csv", "has a row"),
        ("reviews.csv", "no column 申报类型"),
    ],
)
def test_problems(spark: SparkBackend, tmp_path: Path, name: str, words: str) -> None:  # noqa: ARG001
    """A file that cannot be used is one problem, and nothing is left behind."""
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "gb.csv").write_bytes("企业名称,备注\n甲,乙\n".encode("gb18030"))
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    (tmp_path / "unit.csv").write_text("企业名称,营业收入\n甲公司,5\n单位：千元,\n乙公司,6\n", encoding="utf-8")
    (tmp_path / "reviews.csv").write_text("企业名称,营业收入\n甲公司,5\n二、复核企业,\n乙公司,6\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    order = _order(tmp_path / "out.csv")
    with pytest.raises(InputError, match=words):
        screen_on_spark(str(tmp_path / name), str(order.output), order, MASTER)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.long
def test_ibis_on_spark(spark: SparkBackend) -> None:
    """An Ibis table of Spark is screened lazily, on Spark."""
    connection = ibis.pyspark.connect(spark.session)
    spark.session.sql(
        "select 'A' firm_id, 15.0D global_market_share_pct union all select 'B', 3"
    ).createOrReplaceTempView("f")
    found = screen(connection.table("f"), as_of=DAY)
    assert ibis.get_backend(found) is connection
    rows = connection._session.sql(str(connection.compile(found))).collect()
    assert {row["firm_id"]: row["global-share"] for row in rows} == {"A": "met", "B": "not_met"}
