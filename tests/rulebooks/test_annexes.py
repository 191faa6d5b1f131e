"""Our words in the rules: an annex is named with its document, and Chinese has no stray space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

RULES = Path(__file__).parents[2] / "rules"
OF_THE_TEXT = {"clause", "quote", "title", "name", "document"}
BARE = {
    "zh": re.compile(r"(?<!号)(?<!号）)附件\s*[0-9一二三四五六]"),
    "en": re.compile(r"(?<!no\. 63, )\bannex [0-9](?!(, item [0-9])? of (document )?no\. [0-9])", re.IGNORECASE),
}


def ours(node: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Give our own words with their language."""
    if isinstance(node, dict):
        for name, inner in node.items():
            yield from () if name in OF_THE_TEXT else ours(inner, name)
    elif isinstance(node, list):
        for inner in node:
            yield from ours(inner, key)
    elif key in BARE:
        yield key, str(node)


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_an_annex_is_named_with_its_document(path: Path) -> None:
    """A reader of 附件3 need not guess whether it is that of 63号 or of 2号."""
    found = ours(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))  # noqa: S506 it makes texts only
    assert [words for lang, words in found if BARE[lang].search(words)] == []


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.stem)
def test_chinese_words_have_no_space_where_a_line_was_folded(path: Path) -> None:
    """YAML puts one between folded lines, which Chinese has not."""
    between = re.compile(r"[\u3000-\u9fff\uff00-\uffef“”] [\u3000-\u9fff\uff00-\uffef“”]")
    found = ours(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))  # noqa: S506 it makes texts only
    assert [words for lang, words in found if lang == "zh" and between.search(words)] == []
