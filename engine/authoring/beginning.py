"""A rulebook to begin with: that of another text, every key explained, with its cases and an entry among the changes.

For an area whose text lets that of the whole country stand it borrows this (`require: {rulebook: …}`) and names only
what differs. What stands in the files is the other text's until its author has written his own.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from datetime import date
from math import prod
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.authoring.draft import explained, head, overlay, parts_of
from engine.authoring.schema_files import write_schemas
from engine.ground.errors import InputError, Problem, Text, short
from engine.language.area_text import division_exactly
from engine.language.data_file import ID
from engine.language.facts import AREA
from engine.proving.search import qualifying
from engine.proving.skeletons import new_file, stated
from engine.rulebooks.catalog import DOCUMENTS, LADDER, ROUTES, VOCABULARY, Catalog, rules_folder, shipped
from engine.rulebooks.hanging import MOST_WORLDS
from engine.rulebooks.logic import Rulebook

_BORROWED = re.compile(r"\brulebook: *([a-z0-9_-]+)")
_SAMPLE = "sample-2026"
_SCHEMA = "# yaml-language-server: $schema=../schema/cases.json\n"
_SHARED = (VOCABULARY, LADDER, DOCUMENTS, "README.md")


def begin(folder: Path, rulebook_id: str, other: str | None, area: str | None, today: date) -> list[Path]:
    """Write a rulebook made from another one, or the sample, its cases and what has to be said of it; give the files.

    A folder without a vocabulary gets the shipped one, with all else that a rulebook needs. Raises InputError before
    anything is written.
    """
    home = Catalog(folder) if (folder / VOCABULARY).is_file() else shipped()
    if other is None:
        with TemporaryDirectory() as made:
            return _begun(home, _sample(Path(made)), folder, rulebook_id, _SAMPLE, area, today)
    return _begun(home, home if other in home.ids else shipped(), folder, rulebook_id, other, area, today)


def _sample(folder: Path) -> Catalog:
    """Give rules with the sample of the README, and its cases."""
    _copy_shared(folder)
    blocks = re.findall(r"```yaml\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    (folder / "cases").mkdir()
    for place, key in ((folder, "id"), (folder / "cases", "rulebook")):
        text = next(one for one in blocks if re.search(rf"^{key}: {_SAMPLE}\b", one, re.MULTILINE))
        (place / f"{_SAMPLE}.yaml").write_text(text, encoding="utf-8")
    return Catalog(folder)


def _begun(
    home: Catalog, source: Catalog, folder: Path, rulebook_id: str, other: str, area: str | None, today: date
) -> list[Path]:
    model = source.rulebook(other)
    code = None if area is None else _division(home, area)
    files = [folder / f"{rulebook_id}.yaml", folder / "cases" / f"{rulebook_id}.yaml", folder / "CHANGES.md"]
    _refuse(rulebook_id, files[:2])
    borrows = code is not None and other != _SAMPLE and _can_be_borrowed(model)
    body = overlay(model) if borrows else explained(source.file(other).read_text(encoding="utf-8"))
    text = head(model, rulebook_id, code and home.vocabulary[AREA].choices[code].zh, today) + body
    cases = _cases(source, model, rulebook_id, area=area, borrows=borrows)
    if not (folder / VOCABULARY).is_file():
        _copy_shared(folder)
    (folder / "cases").mkdir(exist_ok=True)
    if other != _SAMPLE:
        _copy(source, folder, other)
    files[0].write_text(text, encoding="utf-8")
    files[1].write_text(cases, encoding="utf-8")
    files[2].write_text(_with_entry(files[2], rulebook_id, other, today), encoding="utf-8")
    return [*files, *write_schemas(folder)]


def _can_be_borrowed(model: Rulebook) -> bool:
    """Say whether one criterion may require a whole rulebook: not with a scorecard, nor with too many readings."""
    several = Counter(one.place for one in model.alternatives)
    return not model.scores and prod(1 + count for count in several.values()) <= MOST_WORLDS


def _refuse(rulebook_id: str, files: list[Path]) -> None:
    problems = [Problem(str(one), Text("已经有这个文件", "exists already")) for one in files if one.exists()]
    if f"{rulebook_id}.yaml" in {VOCABULARY, LADDER, DOCUMENTS, ROUTES}:
        what = Text("是另一种文件的名称", "is the name of another kind of file")
        problems.append(Problem("ID", what, Text("请换一个，如 sample-2026。", "Choose another, such as sample-2026.")))
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


def _copy_shared(folder: Path) -> None:
    """Copy what all rulebooks need: the vocabulary, the ladder, the papers, tables."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in [*(rules_folder() / name for name in _SHARED), *rules_folder().glob("*.csv")]:
        shutil.copy(file, folder)
    shutil.copytree(rules_folder() / "benchmarks", folder / "benchmarks", dirs_exist_ok=True)


def _copy(source: Catalog, folder: Path, other: str) -> None:
    """Copy a rulebook, those that it borrows from, and their cases, unless they are there."""
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
    if _SCHEMA not in parts[""]:
        parts[""] = _SCHEMA + parts[""]
    parts["rulebook"] = f"rulebook: {rulebook_id}\n"
    if area is not None:
        base = re.sub(r"^  area:.*\n", "", parts["base"], flags=re.MULTILINE)
        is_flow = re.match(r"base: *\{", base) is not None
        stated_there = rf"base: {{{AREA}: {area}, " if is_flow else rf"\g<0>  {AREA}: {area}\n"
        parts["base"] = re.sub(r"base: *\{" if is_flow else r"base:.*\n", stated_there, base, count=1)
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
