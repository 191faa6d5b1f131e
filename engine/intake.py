"""From a file of firms, whatever its form, to a table of text columns."""

from __future__ import annotations

from pathlib import Path

from engine.csv_file import open_csv
from engine.errors import InputError, Problem, Text, short
from engine.layout import Desk
from engine.parquet_file import open_parquet
from engine.source import Source, unusable

DELIMITED = frozenset({".csv", ".tsv", ".txt"})
EXCEL = frozenset({".xlsx", ".xlsm", ".xls"})
PARQUET = frozenset({".parquet", ".pq"})


def open_source(path: Path, desk: Desk, sheet: str | None = None) -> Source:
    """Open a file of firms by its suffix: CSV, Excel or Parquet. Raises InputError.

    Copies are written into the scratch folder of the desk, which must outlive the table. `sheet` names a sheet of an
    Excel file.
    """
    _check(path)
    suffix = path.suffix.lower()
    if sheet is not None and suffix not in EXCEL:
        raise unusable(path, Text("不是 Excel 文件，没有工作表", "is no Excel file and has no sheets"))
    if suffix in EXCEL:
        from engine.excel_file import open_excel  # noqa: PLC0415 most files are not, and it takes half a second

        return open_excel(path, desk, sheet)
    return open_parquet(path, desk) if suffix in PARQUET else open_csv(path, desk)


def _check(path: Path) -> None:
    """Refuse what is no file that can be read."""
    problem = None
    try:
        if path.is_dir():
            problem = Text("是文件夹，不是文件", "is a folder, not a file")
        elif not path.exists():
            problem = Text("文件不存在", "does not exist")
        else:
            with path.open("rb") as file:
                file.read(1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = Text(f"无法读取：{reason}", f"cannot be read: {reason}")
    instead = None
    if problem is None and path.suffix.lower() not in DELIMITED | EXCEL | PARQUET:
        problem = Text("不是可以读取的文件类型", "is of a kind that cannot be read")
        instead = Text("请另存为 .csv、.xlsx 或 .parquet。", "Save it as .csv, .xlsx or .parquet.")
    if problem is not None:
        raise InputError([Problem(short(str(path)), problem, instead)])
