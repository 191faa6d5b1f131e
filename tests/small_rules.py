"""A folder of rules with one made-up edition that asks for a few facts: what is asked of a list is written quickly.

For tests of how lists are read and answers are written. It is called like the default rulebook.
"""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from engine import Catalog, rules_folder
from engine.catalog import DEFAULT_RULEBOOK
from engine.facts import NUMERIC
from engine.logic import Rulebook

_EDITION = """
id: {id}
title: {{zh: 编造的规则, en: Made-up rules}}
edition: 编造
level: little_giant
qualification: {{zh: 编造, en: made up}}
in_force: {{from: 2016-01-01}}
applies_to: [new, review]
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


@cache
def rules_asking(*facts: str, **comparisons: str) -> Catalog:
    """Give rules with the shipped vocabulary, levels and areas that ask for those facts.

    A comparison is written as in a rulebook; without one a number is to be 1 at least, and all else to be given.
    """
    folder = Path(mkdtemp(prefix="rules-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("facts.yaml", "ladder.yaml", "areas.csv"):
        shutil.copy(rules_folder() / name, folder)
    catalog = Catalog(folder)
    asked = {fact: "at_least: 1" if catalog.vocabulary[fact].kind in NUMERIC else "given: true" for fact in facts}
    text = _EDITION.format(id=DEFAULT_RULEBOOK)
    for number, (fact, comparison) in enumerate((asked | comparisons).items(), 1):
        text += _CRITERION.format(id=fact.replace("_", "-"), number=number, fact=fact, comparison=comparison)
    (folder / f"{DEFAULT_RULEBOOK}.yaml").write_text(text, encoding="utf-8")
    return catalog


def rulebook_asking(*facts: str) -> Rulebook:
    """Give the rulebook of rules that ask for those facts."""
    return rules_asking(*facts).rulebook()
