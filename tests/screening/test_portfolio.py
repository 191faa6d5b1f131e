"""A list of firms against the targets: what is counted is what each firm is by itself, and nothing is rounded over."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine import assess, portfolio, shipped
from engine.proving.case_file import cases_of
from tests.shell import run

DAY = date(2026, 6, 1)
_CASES = cases_of(shipped(), shipped().rulebook("cae-2021-champion"))
assert _CASES is not None
CHAMPION = _CASES.file.base
LEADING = {"chain_control": "是", "chain_standard_setting": "是"}
FIRMS: list[dict[str, Any]] = [
    CHAMPION | {"firm_id": "F1", "main_product_name": "阀门", "chain_name": "核电", "secured_at_home": "是"},
    CHAMPION | {"firm_id": "F2", "main_product_name": "阀门", "core_ip_owned": "否", "secured_at_home": "是"},
    CHAMPION
    | {"firm_id": "F3", "main_product_name": "轴承", "global_rank": "", "domestic_rank": "", "domestic_suppliers": 1},
    {"firm_id": "F4", "chain_name": "核电", "foundation_base": "不属于五基", **LEADING},
    CHAMPION
    | {"firm_id": "F1", "main_product_name": "密封件", "global_market_share_pct": "2%", "secured_at_home": "否"},
    CHAMPION | {"firm_id": "F5", "main_product_name": "芯片", "core_ip_owned": "否", "technology_level": "其他"},
    {"firm_id": "F6", "global_rank": "很高"},
]


def _list(folder: Path, firms: list[dict[str, Any]]) -> Path:
    heads = [*dict.fromkeys(name for firm in firms for name in firm)]
    with (folder / "firms.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        for firm in firms:
            cells = (firm.get(name, "") for name in heads)
            writer.writerow(["、".join(one) if isinstance(one, list | tuple) else one for one in cells])
    return folder / "firms.csv"


def test_firms_are_what_they_are_by_themselves(tmp_path: Path) -> None:
    """A firm is a champion if one of its products makes it one; one criterion short is one that fails that alone."""
    found = portfolio(_list(tmp_path, FIRMS), DAY)
    assert (found.rows, found.rejected, found.firms) == (7, 1, 5)
    assert [one.firm_id for one in found.champions] == ["F1"]
    assert [one.firm_id for one in found.undetermined] == ["F3"]
    assert [(one.firm.firm_id, one.criterion) for one in found.near_misses] == [("F2", "own-ip")]
    for firm, verdict in zip(FIRMS[:3], ("qualified", "not_qualified", "undetermined"), strict=True):
        assert assess(firm, "cae-2021-champion", DAY).verdict == verdict


def test_what_is_covered(tmp_path: Path) -> None:
    """Products are counted once, suppliers by firm; a product whose suppliers are not known is not said to have few."""
    found = portfolio(_list(tmp_path, FIRMS), DAY)
    assert {one.code: (one.products, one.champions) for one in found.bases}["parts"] == (4, 1)
    assert [(one.product, one.in_the_list, one.stated, one.enough) for one in found.products] == [
        ("阀门", 2, None, True),
        ("轴承", 1, 1, False),
        ("密封件", 1, None, None),
        ("芯片", 1, None, None),
    ]
    [chain] = found.chains
    assert (chain.chain, [one.firm_id for one in chain.leading]) == ("核电", ["F4"])
    assert [one.firm_id for one in chain.champions] == ["F1"]


@pytest.mark.parametrize(
    ("said", "counted", "share", "met"),
    [
        (["是"] * 7 + ["否"] * 3, (7, 0), 70.0, True),
        (["是"] * 6 + ["否"] * 4, (6, 0), 60.0, False),
        (["是"] * 6 + ["否"] * 3 + [""], (6, 1), 100 * 6 / 9, None),
        (["是"] * 6 + ["否"] * 4 + [""], (6, 1), 60.0, False),
        (["是"] * 7 + [""] * 3, (7, 3), 100.0, True),
        ([""] * 2, (0, 2), None, None),
    ],
)
def test_the_share_secured_at_home(
    said: list[str], counted: tuple[int, int], share: float | None, met: object, tmp_path: Path
) -> None:
    """The target is met or not whatever the unknown ones turn out to be, or undetermined; parts and materials count."""
    firms = [
        {"firm_id": f"F{n}", "main_product_name": f"P{n}", "foundation_base": "基础材料", "secured_at_home": one}
        for n, one in enumerate(said)
    ]
    firms += [{"firm_id": "S", "main_product_name": "S", "foundation_base": "工业基础软件", "secured_at_home": "否"}]
    target = {one.id: one for one in portfolio(_list(tmp_path, firms), DAY).targets}["secured-at-home"]
    assert ((target.reached, target.unknown), target.of) == (counted, len(said))
    assert (target.share_pct, target.met) == (share, met)


def test_a_product_of_which_rows_say_both_is_not_known(tmp_path: Path) -> None:
    """Two rows of one product that differ leave it open whether it is secured."""
    firms = [
        {"firm_id": f"F{n}", "main_product_name": "P", "foundation_base": "基础材料", "secured_at_home": one}
        for n, one in enumerate(("是", "否"))
    ]
    target = portfolio(_list(tmp_path, firms), DAY).targets[1]
    assert (target.reached, target.unknown, target.met) == (0, 1, None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_forms_say_the_same(lang: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """JSON is the answer of the Python function; the text and the workbook have its targets with their words."""
    source = str(_list(tmp_path, FIRMS))
    asked = ["portfolio", source, "--as-of", DAY.isoformat(), "--lang", lang]
    told = json.loads(run(capfdbinary, *asked, "--format", "json").out)
    assert told["champions"][0]["firm_id"] == "F1"
    assert [one["reached"] for one in told["targets"]] == [1, 1, 1]
    with Path(source).open("rb") as file:
        answer = TestClient(create_app()).post("/v1/portfolio?as_of=2026-06-01", files={"file": file})
    assert answer.json() == told
    text = "".join(run(capfdbinary, *asked).out.split())
    assert run(capfdbinary, *asked, "-o", str(tmp_path / "out.xlsx")).code == 0
    [sheet] = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets
    cells = "".join("".join(str(cell).split()) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    for target in shipped().routes.targets:
        for page in (text, cells):
            assert "".join(target.quote.split()) in page
            assert "".join(getattr(target.title, lang).split()) in page
    assert "密封件" in text
    assert "密封件" in cells
