"""A distance of which floats are not sure is worded alike of a firm and of its row: less than the last decimal told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine import Order, assess, screen_file, shipped

_DAY = date(2026, 6, 1)
_GAPS = ["0.000000000002439585", "0.0000000000009", "0.0000000003", "0.0000000007", "0.00000000243", "0.00002"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("header", "fact", "bar"),
    [("全球市场占有率（%）", "global_market_share_pct", "15"), ("研发费用（万元）", "rd_expense_y0", "1276")],
)
def test_a_row_says_what_its_firm_says(tmp_path: Path, header: str, fact: str, bar: str, lang: str) -> None:
    """Rows and firms a hair below a threshold have the same reasons, in both languages."""
    cells = [f"{int(bar) - 1}.{10**18 - int(gap[2:].ljust(18, '0')):018d}" for gap in _GAPS]
    rest = {"industry_code_2": "34", "revenue_y0": "40000"}
    file, out = tmp_path / "firms.csv", tmp_path / "verdicts.jsonl"
    rows = [f"样例{place}有限公司,34,40000,{cell}" for place, cell in enumerate(cells)]
    file.write_text("\n".join([f"企业名称,行业代码,营业收入（万元）,{header}", *rows]), encoding="utf-8")
    screen_file(file, Order(shipped().rulebook(), _DAY, out, "jsonl", lang=lang))
    told = [json.loads(row)["reasons"] for row in out.read_text(encoding="utf-8").splitlines()]
    alone = [
        assess({"firm_name": f"样例{place}有限公司", **rest, fact: cell}, as_of=_DAY).reasons.in_language(lang)
        for place, cell in enumerate(cells)
    ]
    assert told == alone
    if fact == "global_market_share_pct":
        least = {"zh": "还差不到 0.000000001 个百分点", "en": "short by less than 0.000000001 percentage points"}[lang]
        assert [least in one for one in told] == [True, True, True, False, False, False]
