"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from engine.ground.errors import Text
from engine.tables.source import unusable

WORKBOOKS = frozenset({"xlsx", "xls", "ods"})
NAMED: Mapping[str, str] = {
    ".csv": "text",
    ".tsv": "text",
    ".txt": "text",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xltx": "xlsx",
    ".xls": "xls",
    ".xlsb": "xlsb",
    ".ods": "ods",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
}
"""The kind that the end of a name promises."""
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .xls, of Word's .doc, and of whatever has a password
_CHUNK = 1 << 22
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|meta|table|body|div|style)\b", re.IGNORECASE | re.DOTALL
)
_JSON = re.compile(rb"""\s*(\[?)\s*\{\s*["}]""")
_TITLES: Mapping[str, Text] = {
    "xlsx": Text("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)"),
    "xls": Text("旧式 Excel 工作簿（.xls）", "an old Excel workbook (.xls)"),
    "ods": Text("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)"),
    "parquet": Text("Parquet 文件", "a Parquet file"),
    "text": Text("文本（如 .csv）", "text (such as .csv)"),
    "json lines": Text("JSON 行（.jsonl）", "JSON lines (.jsonl)"),
}
_SAVE_AS = Text("请用 Excel 打开后另存为 .xlsx。", "Open it in Excel and save it as .xlsx.")
_EXPORT = Text("请导出为 .xlsx 或 .csv。", "Export it as .xlsx or .csv.")
_REFUSED: Mapping[str, tuple[Text, Text]] = {
    "html": (
        Text("其实是网页（HTML 表格），不是工作簿", "is in truth a web page (a table in HTML), no workbook"),
        _SAVE_AS,
    ),
    "xml": (
        Text("其实是 XML 格式的表格（Excel 2003 XML）", "is in truth a table in XML (of Excel 2003)"),
        _SAVE_AS,
    ),
    "xlsb": (
        Text(
            "是二进制工作簿（.xlsb），其中的数字格式（如 %）无法识别",
            "is a binary workbook (.xlsb), whose number formats (such as %) cannot be read",
        ),
        _SAVE_AS,
    ),
    "password": (
        Text("设有密码", "has a password"),
        Text("请用 Excel 打开后另存为 .xlsx，不设密码。", "Open it in Excel and save it as .xlsx without a password."),
    ),
    "document": (Text("其实是 Word 或 PPT 文件", "is in truth a file of Word or PowerPoint"), _EXPORT),
    "json": (
        Text("是一个 JSON 数组", "is one array of JSON"),
        Text("请一家企业写一行（.jsonl）。", "Write each firm on a line of its own (.jsonl)."),
    ),
    "pdf": (Text("其实是 PDF 文件", "is in truth a PDF"), _EXPORT),
    "picture": (Text("其实是图片", "is in truth a picture"), _EXPORT),
    "zip": (
        Text("是压缩包，不是工作簿，或已损坏", "is an archive and no Excel workbook, or is damaged"),
        Text("请先解压，再送其中的表格。", "Unpack it, and use the table in it."),
    ),
    "old": (
        Text("是旧式的 .xls 文件，或者设有密码，或已损坏", "is an old .xls file, or has a password, or is damaged"),
        _SAVE_AS,
    ),
}


def kind_of(path: Path) -> tuple[str, tuple[Text, ...]]:
    """Give what a file is, one of the kinds of `NAMED` that are read, and what to say if its name says otherwise.

    Raises InputError if it is something that is not read.
    """
    kind = _found(path)
    named = NAMED.get(path.suffix.lower(), "")
    if kind == "" and named in WORKBOOKS | {"xlsb"}:
        what = Text("不是 Excel 工作簿，或已损坏", "is no Excel workbook, or is damaged")
        raise unusable(path, what, _SAVE_AS)
    if kind in _REFUSED:
        raise unusable(path, *_REFUSED[kind])
    kind = kind or named
    if kind == named:
        return kind, ()
    is_what = _TITLES[kind]
    suffix = path.suffix.lower()
    return kind, (Text(f"名为 {suffix}，其实是 {is_what.zh}", f"named {suffix}, in truth {is_what.en}"),)


def _found(path: Path) -> str:
    """Give what the content of a file is; "" if it is empty or cannot be told."""
    with path.open("rb") as file:
        start = file.read(1 << 12)
    if start.startswith(b"PK"):
        return _in_archive(path)
    if start.startswith(_OLD[:4]):
        return _in_container(path)
    marks = {b"PAR1": "parquet", b"%PDF": "pdf", b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"\x1f\x8b": "zip"}
    marks |= {b"Rar!": "zip", b"7z\xbc\xaf": "zip"}
    for mark, kind in marks.items():
        if start.startswith(mark):
            return kind
    return _of_text(start.removeprefix(b"\xef\xbb\xbf"))


def _of_text(text: bytes) -> str:
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text[2:].replace(b"\0", b"")
    if _HTML.match(text):
        return "html"
    if text.lstrip().startswith(b"<?xml"):
        return "html" if b"<html" in text.lower() else "xml"
    if found := _JSON.match(text):
        return "json" if found[1] == b"[" else "json lines"
    return "text" if text.strip() and not _is_binary(text) else ""


def _is_binary(text: bytes) -> bool:
    """Say whether bytes are no text in any encoding: control letters beside those that lines are made of."""
    odd = sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b" for byte in text)  # noqa: PLR2004 where letters begin
    return odd > len(text) // 2 + 1


def _in_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except Exception:  # noqa: BLE001 whatever a broken archive leads to
        return "zip"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith(("word/", "ppt/")) for name in names) or b"opendocument" in kind:
        return "document"
    return "xlsx" if any(name.startswith("xl/") for name in names) or "_rels/.rels" in names else "zip"


def _in_container(path: Path) -> str:
    """Give what is in a container of old files, by the names of its streams."""
    wanted = {
        "EncryptedPackage": "password",
        "Workbook": "xls",
        "Book": "xls",
        "WordDocument": "document",
        "PowerPoint Document": "document",
    }
    marks = {f"{name}\0".encode("utf-16-le"): kind for name, kind in wanted.items()}
    found: set[str] = set()
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(_CHUNK):
            found |= {kind for mark, kind in marks.items() if mark in before + chunk}
            before = chunk[-64:]
    return next((kind for kind in ("password", "xls", "document") if kind in found), "old")
