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

CANDIDATES = (
    "统一社会信用代码,企业名称,全球市场占有率,国内市场排名\n"
    "91330000MADE00001Y,虚构精密有限公司,12.4%,2\n"
    "91330000MADE000022,虚构轴承有限公司,约15%,1\n"
)
SCREENED = (  # cut short: a row has a column for each criterion, the summary a count for each
    '{"kind":"verdict","row":{"firm_id":"91330000MADE00001Y","firm_name":"虚构精密有限公司","verdict":"not_qualified",'
    '"global-share":"not_met","unmet":"global-share","rulebook":"cae-2021-champion"}}\n'
    '{"kind":"rejected","row":{"line":3,"firm_id":"91330000MADE000022","firm_name":"虚构轴承有限公司","problems":['
    '{"column":"全球市场占有率","fact":"global_market_share_pct","value":"约15%","problem":"只是约数",'
    '"instead":"请写确切的数；只知道范围的，写明上下限，如 10-15%、100 以上。"}]}}\n'
    '{"kind":"summary","summary":{"rulebook":"cae-2021-champion","rows_in":2,"verdicts":1,"rejected":1,'
    '"by_verdict":{"qualified":0,"not_qualified":1,"undetermined":0}}}\n'
)
