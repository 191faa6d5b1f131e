"""Whatever stands on a page is in the table of words or comes from the engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import api.pages
from api.pages.words import WORDS

_WING = Path(api.pages.__file__).parent
_TEMPLATES = sorted(_WING.glob("templates/*.html"))
_MODULES = sorted(one for one in _WING.glob("*.py") if not one.name.endswith("words.py"))
_TAG = re.compile(r"<[^>]*>|&\w+;")
_READ = re.compile(r'\b(?:aria-label|title|placeholder|alt|value|content)="([^"]*)"')
_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_TECHNICAL = {"width=device-width, initial-scale=1", "light dark"}


def _data(template: Path) -> str:
    """Give what a template says by itself, with a mark for each expression."""
    found = Environment(autoescape=True).parse(template.read_text("utf-8"))
    said: list[str] = []
    for output in found.find_all(nodes.Output):
        said += [one.data if isinstance(one, nodes.TemplateData) else "" for one in output.nodes]
    return "".join(said)


def literals(text: str) -> list[str]:
    """Give the words in markup that a reader would see or hear."""
    read = [one for one in _READ.findall(text) if one not in _TECHNICAL]
    seen = _TAG.sub("\n", text).splitlines()
    return [one.strip() for one in (*read, *seen) if any(letter.isalpha() for letter in one)]


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda one: one.name)
def test_no_literal_in_a_template(template: Path) -> None:
    """A template has marks and structure only."""
    assert literals(_data(template)) == []


def test_literals_are_found() -> None:
    """The test above would see a word between tags, and one in an attribute that is read aloud."""
    assert literals('<p class="lead">\nDay</p><input title="日期" name="as_of">') == ["日期", "Day"]


@pytest.mark.parametrize("module", _MODULES, ids=lambda one: one.name)
def test_no_literal_in_a_module(module: Path) -> None:
    """No other module of the pages makes a text or has a word of Chinese."""
    source = module.read_text("utf-8")
    assert "Text(" not in source
    assert _CHINESE.findall(source) == []


def test_each_word_is_used_and_told_in_both_languages() -> None:
    """The table has no word that no page has, no empty one, and no Chinese in English but the name of the language."""
    used = {one for file in _TEMPLATES for one in re.findall(r"\bw\.(\w+)", file.read_text("utf-8"))}
    used |= {one for file in _MODULES for one in re.findall(r'WORDS\["(\w+)"\]', file.read_text("utf-8"))}
    assert used == set(WORDS)
    assert [name for name, text in WORDS.items() if not text.zh.strip() or not text.en.strip()] == []
    assert [name for name, text in WORDS.items() if _CHINESE.search(text.en)] == ["switch"]
