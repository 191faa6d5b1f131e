"""A rulebook to begin with: that of another text, every key explained, with its cases and an entry among the changes.

For an area whose text lets that of the whole country stand it borrows this (`require: {rulebook: …}`) and names only
what differs. What stands in the files is the other text's until its author has written his own.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from engine.authoring.draft import explained, head, overlay, parts_of
from engine.authoring.schema import editor_schemas
from engine.ground.errors import InputError, Problem, Text, short
from engine.ground.writing import to_json
from engine.language.area_text import division_exactly
from engine.language.data_file import ID
from engine.language.facts import AREA
from engine.proving.search import qualifying
from engine.proving.skeletons import new_file, stated
from engine.rulebooks.catalog import DOCUMENTS, LADDER, VOCABULARY, Catalog, shipped
from engine.rulebooks.logic import Rulebook

_BORROWED = re.compile(r"\brulebook: *([a-z0-9_-]+)")
_SHARED = (VOCABULARY, LADDER, DOCUMENTS, "README.md")


def begin(folder: Path, rulebook_id: str, other: str, area: str | None, today: date) -> list[Path]:
    """Write a rulebook made from another one, its cases and what has to be said of it; give the files.

    A folder without a vocabulary gets the shipped one, with all else that a rulebook needs. Raises InputError before
    anything is written.
    """
    home = Catalog(folder) if (folder / VOCABULARY).is_file() else shipped()
    source = home if other in home.ids else shipped()
    model = source.rulebook(other)
    code = None if area is None else _division(home, area)
    files = [folder / f"{rulebook_id}.yaml", folder / "cases" / f"{rulebook_id}.yaml", folder / "CHANGES.md"]
    _refuse(rulebook_id, files[:2])
    borrows = code is not None and not model.scores
    body = overlay(model) if borrows else explained(source.file(other).read_text(encoding="utf-8"))
    text = head(model, rulebook_id, code and home.vocabulary[AREA].choices[code].zh, today) + body
    cases = _cases(source, model, rulebook_id, area=area, borrows=borrows)
    if home is not source or home.folder != folder:
        _copy(source, home, folder, other)
    files[1].parent.mkdir(exist_ok=True)
    files[0].write_text(text, encoding="utf-8")
    files[1].write_text(cases, encoding="utf-8")
    files[2].write_text(_with_entry(files[2], rulebook_id, other, today), encoding="utf-8")
    return [*files, *write_schemas(folder)]


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas of a folder of rules, by which an editor knows its facts; give the files."""
    (folder / "schema").mkdir(exist_ok=True)
    made = {folder / "schema" / f"{name}.json": one for name, one in editor_schemas(Catalog(folder).vocabulary).items()}
    for file, schema in made.items():
        file.write_bytes(to_json(schema, indent=True) + b"\n")
    return [*made]


def _refuse(rulebook_id: str, files: list[Path]) -> None:
    problems = [Problem(str(one), Text("已经有这个文件", "exists already")) for one in files if one.exists()]
    if not re.fullmatch(ID, rulebook_id):
        what = Text("只能用小写字母、数字、- 和 _", "may have small letters, digits, - and _ only")
        problems.append(Problem("ID", what, Text("如 sample-2026。", "Such as sample-2026."), short(rulebook_id)))
    if problems:
        raise InputError(problems)


def _division(home: Catalog, area: str) -> str:
    fact = home.vocabulary.get(AREA)
    code = None if fact is None else division_exactly(fact, area)
    if code is None:
        what = Text("不是省，也不是市", "is neither a province nor a city")
        instead = Text(
            "如“浙江省”、“浙江省宁波市”；区县的规则不写 --area。", "As in 浙江省 or 浙江省宁波市; none for a county."
        )
        raise InputError([Problem(AREA, what, instead, short(area))])
    return code


def _copy(source: Catalog, home: Catalog, folder: Path, other: str) -> None:
    """Copy what a rulebook needs: the vocabulary, if there is none, and the rulebooks that it borrows from."""
    if not (folder / VOCABULARY).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for file in [*(home.folder / name for name in _SHARED), *home.folder.glob("*.csv")]:
            shutil.copy(file, folder)
        shutil.copytree(home.folder / "benchmarks", folder / "benchmarks", dirs_exist_ok=True)
    (folder / "cases").mkdir(exist_ok=True)
    waiting = [other]
    for name in waiting:
        for place in (Path(f"{name}.yaml"), Path("cases") / f"{name}.yaml"):
            if (source.folder / place).is_file() and not (folder / place).exists():
                shutil.copy(source.folder / place, folder / place)
        found = _BORROWED.findall((source.folder / f"{name}.yaml").read_text(encoding="utf-8"))
        waiting += [one for one in dict.fromkeys(found) if one not in waiting]


def _cases(source: Catalog, model: Rulebook, rulebook_id: str, *, area: str | None, borrows: bool) -> str:
    """Give the cases of the other rulebook as those of the new one; to one that borrows only the base."""
    file = source.folder / "cases" / f"{model.id}.yaml"
    day = model.words.in_force.from_
    if file.is_file():
        text = file.read_text(encoding="utf-8")
    else:
        text = new_file(model, stated(model.vocabulary, qualifying(model, day)), day)
    parts = parts_of(text)
    parts["rulebook"] = f"rulebook: {rulebook_id}\n"
    if area is not None:
        base = re.sub(r"^  area:.*\n", "", parts["base"], flags=re.MULTILINE)
        parts["base"] = re.sub(r"\n", f"\n  {AREA}: {area}\n", base, count=1)
    if borrows:
        case = "case: {zh: 起点企业, en: the base}, given: {}, expect: met, verdict: qualified"
        parts = {key: parts[key] for key in ("", "rulebook", "as_of", "base")}
        parts["cases"] = f"cases:\n  - {{criterion: national, {case}}}\n"
    return "".join(parts.values())


def _with_entry(file: Path, rulebook_id: str, other: str, today: date) -> str:
    """Give the changes of the rules with an entry for a new rulebook at the top."""
    text = file.read_text(encoding="utf-8") if file.is_file() else "# Changes of the rules · 规则变动\n"
    entry = (
        f"## {rulebook_id}\n\n"
        f"- **In force · 施行** {today}\n"
        f"- **Criteria · 条件** drafted from {other}: say what differs · 据 {other} 起草，写明哪些不同\n"
        "- **Who is affected · 影响谁** …\n\n"
    )
    at = text.find("\n## ") + 1 or len(text) + 1
    return f"{text[:at].rstrip()}\n\n{entry}{text[at:]}".rstrip() + "\n"
