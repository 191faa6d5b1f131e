"""One column may state several facts, as two texts count the same thing: at every door, once for each."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import ibis
import polars as pl
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import InputError, assess, column_mapping, profile_of, screen
from tests.shell import run

DAY = date(2026, 6, 1)
NAME = "相关专利（项）"
OWN, OF_2022 = "ip_class1_own_related_applied", "ip_class1_related_applied"
FACTS = [f"{NAME}=自主申请的Ⅰ类知识产权", f"{NAME}={OF_2022}"]
LIST = f"企业名称,申报类型,{NAME},联系人\n甲厂,新申报,5,张\n乙厂,复核,1,李\n丙厂,新申报,约3,王\n"
MAPPED = column_mapping(FACTS)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Give a list of which one column is asked for by two editions."""
    path = tmp_path / "名单.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_the_command_reads_it_for_each_edition(table: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """Each row by its own text; the column is told twice, carried once, and a cell that is no figure told once."""
    out = table.parent / "o.csv"
    words = [word for fact in FACTS for word in ("--map", fact)]
    kept = table.parent / "对照.txt"
    command = ["screen", str(table), "-o", str(out), "--level", "小巨人", "--as-of", str(DAY), "--carry"]
    assert run(capfdbinary, *command, *words, "--map-draft", str(kept)).code == 1
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert rows[0].count(NAME) == 1
    first, second = (dict(zip(rows[0], row, strict=True)) for row in rows[1:])
    assert first["miit-2026-little-giant:lg26-4-ip"] == "met"
    assert "1 项，要求不低于 2 项，还差 1 项" in second["reasons"]
    rejected = (table.parent / "o.rejected.csv").read_text("utf-8-sig").splitlines()
    assert len(rejected) == 2
    before = out.read_bytes()
    run(capfdbinary, *command, "--map-file", str(kept))  # what the draft keeps says the same
    assert out.read_bytes() == before


@pytest.mark.parametrize("kind", ["arrow", "polars", "pandas", "ibis"])
def test_a_table_in_python(kind: str) -> None:
    """Of any kind it is as the file; a profile of its row states both facts."""
    texts = {"企业名称": ["甲厂", "乙厂"], NAME: ["5", "3"], "联系人": ["张", "李"]}
    arrow = pa.table(texts)
    given = {
        "arrow": lambda: arrow,
        "polars": lambda: pl.DataFrame(texts),
        "pandas": arrow.to_pandas,
        "ibis": lambda: ibis.memtable(arrow),
    }[kind]()
    found = screen(given, rulebook="miit-2026-little-giant", as_of=DAY, mapping=MAPPED)
    rows = found.to_pyarrow().to_pylist() if kind == "ibis" else pa.table(found).to_pylist()
    for row, count in zip(rows, ("5", "3"), strict=True):
        firm = {"firm_name": "甲厂", OWN: count, OF_2022: count}
        assert row["reasons"] == assess(firm, rulebook="miit-2026-little-giant", as_of=DAY).reasons.zh


def test_one_firm_of_the_list(table: Path) -> None:
    """Its profile has both facts."""
    profile = profile_of(table, firm="乙厂", level="小巨人", as_of=DAY, mapping=MAPPED)
    assert (profile[OWN], profile[OF_2022]) == ("1", "1")


def test_over_http(table: Path) -> None:
    """The same parameter twice."""
    answer = TestClient(create_app()).post(
        "/v1/screenings",
        headers={"Accept-Language": "zh"},
        params={"level": "little_giant", "as_of": str(DAY), "map": FACTS},
        files={"file": ("名单.csv", table.read_bytes())},
    )
    assert "与主导产品相关且已应用的Ⅰ类知识产权：1 项，要求不低于 2 项" in answer.text


@pytest.mark.parametrize(
    ("header", "facts", "told"),
    [
        ("企业名称,专利,专利", ("ip_class1", "ip_class1_related"), "文件中有 2 列叫这个名字"),
        ("企业名称,专利,", ("ip_class1", "ip_class1_related"), "末列没有列名时，一列只能读作一项指标"),
        ("企业名称,专利,人", ("ip_class1", "Ⅰ类知识产权总数"), "说的是同一指标"),
        ("企业名称,专利,人", ("ip_class1", "ip_class_9"), "没有这个指标"),
    ],
)
def test_where_it_is_not_certain(tmp_path: Path, header: str, facts: tuple[str, str], told: str) -> None:
    """What is meant is asked for."""
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n甲厂,3,4\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        profile_of(path, as_of=DAY, mapping=column_mapping([f"专利={fact}" for fact in facts]))
    assert any(told in problem.what.zh for problem in error.value.problems)
