"""A generated file of firms: 25 columns with Chinese text, as a ministry would have it, or with the habits of lists."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copyfileobj

import duckdb

_COLUMNS: Mapping[str, str] = {
    "统一社会信用代码": "'91' || lpad(cast(i as varchar), 16, '0')",
    "企业名称": "'浙江第' || i || '精密轴承制造股份有限公司'",
    "省份": "['浙江省杭州市','江苏省苏州市','广东省深圳市','山东省济南市'][1 + i % 4]",
    "主导产品名称": "['精密轴承','光学镜头','液压元件','工业软件'][1 + (i // 3) % 4]",
    "全球市场占有率排名": "cast(1 + random() * 20 as int)",
    "国内市场排名": "cast(1 + random() * 9 as int)",
    "全球市场占有率(%)": "round(share * random(), 1)",
    "国内市场占有率(%)": "share",
    "上年度营业收入（万元）": "revenue",
    "前2年度营业收入总额": "round(random() * 80000, 2)",
    "前1年度主营业务收入": "round(revenue * (0.4 + 0.6 * random()), 2)",
    "前1年度研发费用总额": "round(random() * 4000, 2)",
    "前1年资产总额": "round(random() * 100000, 2)",
    "前1年负债总额": "round(random() * 70000, 2)",
    "全职员工数量": "cast(random() * 2000 as int)",
    "发明专利数": "cast(random() * 300 as int)",
    "国际发明专利数": "cast(random() * 40 as int)",
    "技术水平": "['国际领先','国际先进','国内领先',''][1 + cast(floor(random() * 4) as int)]",
    "核心自主知识产权": "['是','否',''][1 + cast(floor(random() * 3) as int)]",
    "所属行业代码(2位)": "['34','35','38','39'][1 + i % 4]",
    "从事细分市场时间": "round(random() * 30, 1)",
    "已获称号": "['无','专精特新','小巨人'][1 + i % 3]",
    "联系人": "'联系人' || (i % 1000)",
    "联系电话": "'138' || lpad(cast(i % 100000000 as varchar), 8, '0')",
    "通讯地址": "'杭州市滨江区长河街道' || (i % 500) || '号'",
}
_WHOSE = ("统一社会信用代码", "企业名称")
_REVENUE, _MAIN, _SHARE = "上年度营业收入（万元）", "前1年度主营业务收入", "全球市场占有率(%)"
_MONEY = tuple(name for name in _COLUMNS if name.startswith(("上年", "前")))
_PERCENT = tuple(name for name in _COLUMNS if name.endswith("(%)"))
_RANK = tuple(name for name in _COLUMNS if name.endswith("排名"))
_GROUPS = {"统一社会信用代码": "企业", "全球市场占有率排名": "市场", _REVENUE: "财务", "全职员工数量": "创新"}
"""A row of groups above the names: each begins at a column."""


def _blank(share: float, *names: str) -> dict[str, str]:
    """Leave out that share of the cells."""
    several = names or tuple(name for name in _COLUMNS if name not in _WHOSE)
    return {name: f'CASE WHEN random() >= {share} THEN "{name}" END' for name in several}


def _written(form: str, *names: str) -> dict[str, str]:
    """Write figures in another way; {} is where the figure goes."""
    return {name: form.replace("{}", f'"{name}"') for name in names}


def _on_the_bar(share: float) -> dict[str, str]:
    """Put the main business of that share of the rows at exactly 70% of all, which is the bar."""
    hundreds = f'10 * ceil("{_REVENUE}" / 10)'
    return {_REVENUE: hundreds, _MAIN: f'CASE WHEN random() < {share} THEN 0.7 * {hundreds} ELSE "{_MAIN}" END'}


def _refused(share: float) -> dict[str, str]:
    """Give that share of the rows a figure that cannot be read."""
    return {
        _SHARE: f"CASE WHEN random() < {share} THEN '约' || \"{_SHARE}\" || '%' ELSE cast(\"{_SHARE}\" AS varchar) END"
    }


_THOUSANDS = "format('{:,.2f}', {})"
_YI, _YUAN = "round({} / 10000, 4) || '亿'", "cast({} * 10000 AS bigint) || '元'"
_PLACE, _AMONG = "'第' || {} || '名'", "'前' || {} || '名'"
_SEVERAL = "['专精特新;小巨人','小巨人、专精特新','国家级专精特新小巨人企业;省级专精特新中小企业']"
_TITLES = f"{_SEVERAL}[1 + cast(floor(random() * 3) as int)]"
_YES_NO = "[' 是','Yes ','YES','有 ','N','没有 '][1 + cast(floor(random() * 6) as int)]"


def _either(*forms: str) -> str:
    """Write a figure in one of these ways by chance."""
    return (
        f"CASE cast(floor(random() * {len(forms)}) as int) "
        + " ".join(f"WHEN {place} THEN cast({form} AS varchar)" for place, form in enumerate(forms))
        + " END"
    )


HABITS: Mapping[str, Mapping[str, str]] = {
    "clean": {},
    "one blank column": _blank(1, "国际发明专利数"),
    "10% blank": _blank(0.1),
    "50% blank": _blank(0.5),
    "90% blank": _blank(0.9),
    "3,000.00": _written(_THOUSANDS, *_MONEY),
    "2.1亿": _written(_YI, *_MONEY),
    "3000元": _written(_YUAN, *_MONEY),
    "15%": _written("{} || '%'", *_PERCENT),
    "第3名": _written(_PLACE, *_RANK),
    "前3名": _written(_AMONG, *_RANK),
    "titles a;b": {"已获称号": _TITLES},
    "yes/no in words": {"核心自主知识产权": _YES_NO},
    "5% on a threshold": _on_the_bar(0.05),
    "50% on a threshold": _on_the_bar(0.5),
    "1% rejected": _refused(0.01),
    "10% rejected": _refused(0.1),
    "100% rejected": _refused(1),
}
"""What is written in other words than in the clean file, by column."""
_REAL: tuple[Mapping[str, str], ...] = (
    _on_the_bar(0.01),
    _written(_either("{}", "{}", _THOUSANDS, _YI, _YUAN), *_MONEY),
    _written(_either("{}", "{} || '%'"), *_PERCENT),
    _written(_either("{}", "{}", _PLACE, _AMONG), *_RANK),
    {"已获称号": f'CASE WHEN random() < 0.5 THEN "已获称号" ELSE {_TITLES} END', "核心自主知识产权": _YES_NO},
    {_SHARE: f'CASE WHEN random() < 0.01 THEN \'约\' || "{_SHARE}" ELSE "{_SHARE}" END'},
    _blank(0.3),
    {
        name: f'CASE WHEN random() < 0.02 THEN lag("{name}", 1, "{name}") OVER () ELSE "{name}" END'
        for name in _WHOSE[:1]
    },
)
"""The habits of the file `real`, one upon the other: all of them, doubles, and a row of groups above the names."""
REAL = "real"


def write(path: Path, rows: int, habit: str = "clean") -> Path:
    """Write a file of that many rows with a habit, CSV or Parquet by its name; the same for the same number."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SELECT setseed(0.42)")
    source = (
        f"SELECT i, round(random() * 60, 1) AS share, round(5 + random() * 90000, 2) AS revenue FROM range({rows}) t(i)"  # noqa: S608
    )
    found = ", ".join(f'{value} AS "{name}"' for name, value in _COLUMNS.items())
    table = f"SELECT {found} FROM ({source})"  # noqa: S608
    for habits in _REAL if habit == REAL else (HABITS[habit],):
        other = ", ".join(f'{value} AS "{name}"' for name, value in habits.items())
        table = f"SELECT * REPLACE ({other}) FROM ({table})" if other else table  # noqa: S608
    if habit != REAL:
        connection.execute(f"COPY ({table}) TO '{path}'")
        return path
    rest = path.with_suffix(".rest")
    connection.execute(f"COPY ({table}) TO '{rest}' (FORMAT csv, HEADER false)")
    with path.open("wb") as file, rest.open("rb") as body:
        file.write(_two_rows().encode())
        copyfileobj(body, file)
    rest.unlink()
    return path


def _two_rows() -> str:
    """Give a header of two rows."""
    return "".join(",".join(row) + "\n" for row in ([_GROUPS.get(name, "") for name in _COLUMNS], list(_COLUMNS)))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
