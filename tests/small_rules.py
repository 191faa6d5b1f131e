"""Folders of rules with made-up editions that ask for a few facts: what is asked of a list is written quickly.

For tests of how lists are read, decided and written, whatever the rules say.
"""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from engine import Catalog, rules_folder, shipped
from engine.language.facts import NUMERIC
from engine.rulebooks.catalog import DEFAULT_RULEBOOK
from engine.rulebooks.logic import Rulebook

_EDITION = """
id: {id}
title: {{zh: 编造的规则, en: Made-up rules}}
edition: 编造
level: {level}
qualification: {{zh: 编造, en: made up}}
in_force: {{from: 2016-01-01}}
applies_to: [{applies}]
sources:
  made-up: {{title: {{zh: 编造的文件, en: Made-up document}}}}
criteria:
"""
_CRITERION = """
  - id: {id}
    title: {{zh: 编造的条件 {number}, en: Made-up criterion {number}}}
    cite: {{source: made-up, clause: 一, grade: A}}
    quote: 编造
    require: {{fact: {fact}, {comparison}}}
"""


def rules_of(editions: Mapping[str, tuple[str, str, Mapping[str, str]]]) -> Catalog:
    """Give rules with the shipped vocabulary, levels and areas, and the editions of those ids.

    Each has its level, whom it applies to, and a comparison for each fact, both as they are written in a rulebook.
    """
    folder = Path(mkdtemp(prefix="rules-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("facts.yaml", "ladder.yaml", "areas.csv"):
        shutil.copy(rules_folder() / name, folder)
    for rulebook_id, (level, applies, asked) in editions.items():
        text = _EDITION.format(id=rulebook_id, level=level, applies=applies)
        for number, (fact, comparison) in enumerate(asked.items(), 1):
            text += _CRITERION.format(id=fact.replace("_", "-"), number=number, fact=fact, comparison=comparison)
        (folder / f"{rulebook_id}.yaml").write_text(text, encoding="utf-8")
    return Catalog(folder)


@cache
def rules_asking(*facts: str, **comparisons: str) -> Catalog:
    """Give rules with one edition, called like the default rulebook, that asks for those facts.

    Without a comparison a number is to be 1 at least, and all else to be given.
    """
    known = shipped().vocabulary
    asked = {fact: "at_least: 1" if known[fact].kind in NUMERIC else "given: true" for fact in facts}
    return rules_of({DEFAULT_RULEBOOK: ("little_giant", "new, review", asked | comparisons)})


@cache
def rules_requiring(require: str) -> Catalog:
    """Give rules with one edition, called like the default rulebook, of one criterion that requires that, in YAML."""
    rules = rules_asking("revenue_y0")
    folder = Path(mkdtemp(prefix="rules-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(rules.folder, folder, dirs_exist_ok=True)
    file = folder / f"{DEFAULT_RULEBOOK}.yaml"
    head, _, _ = file.read_text(encoding="utf-8").rpartition("require:")
    file.write_text(f"{head}require: {require}\n", encoding="utf-8")
    return Catalog(folder)


def rulebook_asking(*facts: str) -> Rulebook:
    """Give the rulebook of rules that ask for those facts."""
    return rules_asking(*facts).rulebook()
