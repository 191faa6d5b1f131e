"""The firms that are judged: one invented, of which everything is known, and one real, of which little is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine import parse_json

PUBLISHED_FOLDER = Path(__file__).parents[2] / "fixtures" / "published"
PUBLISHED_FILE = PUBLISHED_FOLDER / "C023-zpmc.json"

COMPLETE = """{
    "firm_id": "BENCH-1", "firm_name": "虚构企业（基准测试用）", "application_type": "new",
    "industry_code_2": "34", "industry_sector": "industry", "foundation_base": "parts",
    "valid_titles": ["little_giant"], "technology_level": "intl_leading",
    "core_ip_owned": true, "niche_benchmark": true, "innovation_capacity": true,
    "global_rank": 2, "domestic_rank": 1, "global_market_share_pct": 23.5, "global_market_share_pct_y1": 22.1,
    "employees_y0": 412, "revenue_y0": 38650.5, "main_revenue_y0": 36120.4, "total_assets_y0": 51230,
    "rd_expense_y0": 3105.25, "patent_filings_3y": 96, "intl_patent_filings_3y": 21,
    "invention_patents": 88, "peer_invention_patents": 80, "intl_invention_patents": 17,
    "peer_intl_invention_patents": 15, "peer_rd_intensity_pct": 7.5
}""".encode()


def bodies() -> dict[str, bytes]:
    """Give each firm's profile as the JSON that a caller would send."""
    return {"complete firm": COMPLETE, "published firm": PUBLISHED_FILE.read_bytes()}


def profiles() -> dict[str, dict[str, Any]]:
    """Give each firm's profile as a dict, decimals exact."""
    return {name: parse_json(body) for name, body in bodies().items()}
