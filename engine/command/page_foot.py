"""What stands at the foot of a page: what its grades mean, and which documents it calls by their numbers only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from engine.explaining.labels import GRADES
from engine.ground.errors import Language, RulebookError, Text
from engine.rulebooks.catalog import Catalog

_GRADE = re.compile(r"\[([ABMX])\]|(?:可信度|grade)([ABMX])")
_NUMBER = {"zh": re.compile(r"(?<![0-9〕第])([0-9]{1,4})号"), "en": re.compile(r"no\.([0-9]{1,4})")}


_ALONE = {"zh": "其他数不变", "en": "allelsethesame"}
_AT_ONCE = Text(
    "箭头各按其他数不变算出；几个数一起改的，可能又差一点，请改好再比对一次；champion plan 把它们一并算出。",
    "Each arrow takes all other figures as they are: with several changed at once it may miss, so compare again; "
    "`champion plan` finds them together.",
)
_DOCUMENT = re.compile(r"^ +document: *[\"']?([^\"'\n]*〕([0-9]+)号)", re.MULTILINE)


def explained(page: str, catalog: Catalog, ids: Iterable[str], lang: Language) -> list[str]:
    """Give the lines that explain the grades and the bare numbers of documents on a page, each once.

    `ids` are the rulebooks that the page is about: their titles of documents go first.
    """
    page, says = "".join(page.split()), []
    mark = {"zh": "；", "en": "; "}[lang]
    grades = sorted({one or other for one, other in _GRADE.findall(page)})
    if grades:
        told = mark.join(f"{one} {GRADES[one].in_language(lang)}" for one in grades)
        says.append({"zh": f"出处等级（可信度）：{told}", "en": f"Grades: {told}"}[lang])
    if page.count(_ALONE[lang]) > 1:
        says.append(_AT_ONCE.in_language(lang))
    numbers = sorted(set(_NUMBER[lang].findall(page)), key=int)
    named = [one.in_language(lang) for one in _documents(numbers, catalog, ids)] if numbers else []
    if named:
        told = mark.join(named)
        says.append({"zh": f"文件：{told}", "en": f"Documents: {told}"}[lang])
    return says


def _documents(numbers: Iterable[str], catalog: Catalog, ids: Iterable[str]) -> Iterator[Text]:
    """Name each document that alone among the sources of the rulebooks has a number."""
    found: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys([*ids, *catalog.ids]):
        for document, number in _DOCUMENT.findall(catalog.file(name).read_text(encoding="utf-8")):
            found.setdefault(number, {}).setdefault(document, name)
    for number in numbers:
        if len(found.get(number, ())) == 1:
            [(document, name)] = found[number].items()
            with suppress(RulebookError):
                sources = catalog.rulebook(name).words.sources.values()
                title = next(one.title for one in sources if one.document == document)
                yield Text(f"{number}号即{document}《{title.zh}》", f"no. {number} is {document}, {title.en}")
