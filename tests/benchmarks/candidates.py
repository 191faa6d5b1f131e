"""A generated file of firms: 25 columns with Chinese text, as a ministry would have it."""

from __future__ import annotations

from pathlib import Path

import duckdb

_COLUMNS = """
    '91' || lpad(cast(i as varchar), 16, '0') as "统一社会信用代码",
    '浙江第' || i || '精密轴承制造股份有限公司' as "企业名称",
    ['浙江省杭州市','江苏省苏州市','广东省深圳市','山东省济南市'][1 + i % 4] as "省份",
    ['精密轴承','光学镜头','液压元件','工业软件'][1 + (i // 3) % 4] as "主导产品名称",
    cast(1 + random() * 20 as int) as "全球市场占有率排名",
    cast(1 + random() * 9 as int) as "国内市场排名",
    round(share * random(), 1) as "全球市场占有率(%)",
    share as "国内市场占有率(%)",
    revenue as "上年度营业收入（万元）",
    round(random() * 80000, 2) as "前2年度营业收入总额",
    round(revenue * (0.4 + 0.6 * random()), 2) as "前1年度主营业务收入",
    round(random() * 4000, 2) as "前1年度研发费用总额",
    round(random() * 100000, 2) as "前1年资产总额",
    round(random() * 70000, 2) as "前1年负债总额",
    cast(random() * 2000 as int) as "全职员工数量",
    cast(random() * 300 as int) as "发明专利数",
    cast(random() * 40 as int) as "国际发明专利数",
    ['国际领先','国际先进','国内领先',''][1 + cast(floor(random() * 4) as int)] as "技术水平",
    ['是','否',''][1 + cast(floor(random() * 3) as int)] as "核心自主知识产权",
    ['34','35','38','39'][1 + i % 4] as "所属行业代码(2位)",
    round(random() * 30, 1) as "从事细分市场时间",
    ['无','专精特新','小巨人'][1 + i % 3] as "已获称号",
    '联系人' || (i % 1000) as "联系人",
    '138' || lpad(cast(i % 100000000 as varchar), 8, '0') as "联系电话",
    '杭州市滨江区长河街道' || (i % 500) || '号' as "通讯地址"
"""


def write(path: Path, rows: int) -> Path:
    """Write a file of that many rows, CSV or Parquet by its name; the same for the same number."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SELECT setseed(0.42)")
    source = (
        f"SELECT i, round(random() * 60, 1) AS share, round(5 + random() * 90000, 2) AS revenue FROM range({rows}) t(i)"  # noqa: S608
    )
    connection.execute(f"COPY (SELECT {_COLUMNS} FROM ({source})) TO '{path}'")  # noqa: S608
    return path
