"""What the caller says a column is: `列名=指标`, as an option, as a query parameter and as lines of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from engine.ground.errors import InputError, Language, Problem, Text, short, shown
from engine.ground.refused import unreadable
from engine.headers.repeated import MORE, facts_given
from engine.headers.understanding import Understanding, one_line
from engine.language.facts import Vocabulary

_LARGEST = 1 << 20
_HEAD = Text(
    "# 每行一列：列名=指标（中文名或 id，全部指标见 champion facts）。用 --map-file 读入；以 # 开头的行不算。",
    "# A column a line: COLUMN=FACT (title or id, see `champion facts`). Read it with --map-file; # begins a remark.",
)


def column_mapping(pairs: Iterable[str], option: str = "--map") -> dict[str, str]:
    """Give the fact of each header of `列名=fact`; `option` is what the caller wrote them with. Raises InputError.

    >>> column_mapping(["年销售额=revenue_y0"]), column_mapping(["专利=ip_class1", "专利=ip_class1_related"])
    ({'年销售额': 'revenue_y0'}, {'专利': 'ip_class1；ip_class1_related'})
    """
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for pair in pairs:
        header, sign, fact = pair.rpartition("=")
        header = header.strip()
        if not sign or not header or not fact.strip():
            instead = Text(f"如 {option} 年销售额=营业收入", f"Such as {option} sales=revenue_y0")
            problems.append(Problem(option, Text("不是“列名=指标”", "is not COLUMN=FACT"), instead, shown(pair)))
        elif fact.strip() in facts_given(found.get(header, "")):
            what = Text("同一列、同一指标写了两次", "says the same of one column twice")
            problems.append(Problem(option, what, None, shown(pair)))
        found[header] = f"{found[header]}{MORE}{fact.strip()}" if header in found else fact.strip()
    if problems:
        raise InputError(problems)
    return found


def mapping_file(path: Path) -> dict[str, str]:
    """Give the mapping that a file keeps: `列名=指标` a line. Raises InputError."""
    return column_mapping(lines_of(path), short(str(path)))


def lines_of(path: Path) -> list[str]:
    """Give the lines of a small file of text, without blank ones and those that begin with #. Raises InputError."""
    where = short(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError([unreadable(str(path), error)]) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    if len(data) > _LARGEST or "\0" in text or "\ufffd" in text:
        what = Text("不是对应表", "is no file of NAME=VALUE")
        raise InputError([Problem(where, what, Text("每行写 名称=内容。", "Write NAME=VALUE on each line."))])
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def mapping_draft(
    understanding: Understanding, mapping: Mapping[str, str], vocabulary: Vocabulary, lang: Language
) -> str:
    """Give a file for `mapping_file`: what is mapped, and the columns that are of no use as remarks to be completed.

    In Chinese a fact is called by its title.
    """
    lines = [_HEAD.zh, _HEAD.en, *(f"{header}={fact}" for header, fact in mapping.items())]
    for one in understanding.columns:
        header = one_line(one.header)
        if header and (one.fact is None or one.maybe):
            facts = [vocabulary[fact].title.zh if lang == "zh" else fact for fact in one.maybe]
            lines += [f"# {header}={fact}" for fact in facts or ("",)]
    return "\n".join(lines) + "\n"
