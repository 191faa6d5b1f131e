"""A worked example for the documentation: figures published of a real firm."""

PROFILE = {
    "firm_id": "C023",
    "firm_name": "上海振华重工(集团)股份有限公司",
    "industry_code_2": "34",
    "global_rank": 1,
    "global_market_share_pct": 70,
    "revenue_y0": 2136000,
    "rd_expense_y0": 52332,
    "employees_y0": 8796,
}
