"""What is assumed of firms that do not state a fact (假设), never against a total that one states; or tried instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.ground.errors import Problem, Text, short, shown
from engine.ground.values import Known, Number, Span, is_partly_read
from engine.language.answer import answer
from engine.language.fact_hints import fact_meant, fact_named
from engine.language.facts import APPLICATION, AREA, AS_OF, IDENTITY, YEAR, Fact, Kind, Vocabulary
from engine.language.reading import Unreadable, accepted
from engine.rulebooks.logic import Rulebook

_NOT = Text("不能假设", "cannot be assumed")
_NOT_ONE = Text("须是一个确切的值", "must be one exact value")
_NO_OPTION = Text("有的选项无法识别", "has an option that is not understood")
_CHOOSES = frozenset({APPLICATION, AREA, YEAR, AS_OF, *IDENTITY})
"""What says whose figures they are, of when, and which text decides: it is stated or it is not."""


def assumption(rulebook: Rulebook, name: str, written: str, option: str = "fill") -> tuple[Fact, Known] | Problem:
    """Give the fact of that id or title, which a rulebook uses, and what is assumed of it; or why that cannot be.

    A list of options is as it was typed, with its terms.
    """
    value = short(shown(f"{name}={written}"))
    used = {one.id: one for one in rulebook.facts_behind}
    fact = fact_named(name, used)
    if fact is None:
        what = Text("这套规则不用这个指标", "is no fact that this rulebook uses")
        return Problem(option, what, fact_meant(name, used), short(shown(name)))
    if fact.id in _CHOOSES or fact.kind is Kind.TEXT:
        return Problem(option, _NOT, Text("请在画像或名单中写明。", "State it."), value)
    if fact.is_derived:
        parts = [part for part in rulebook.vocabulary.stated_behind(fact) if part.id not in _CHOOSES]
        told = Text(
            f"这个数由别的指标算出，请假设：{'、'.join(one.title.zh for one in parts)}。",
            f"It is computed: assume {', '.join(one.id for one in parts)}.",
        )
        return Problem(option, _NOT, told, value)
    try:
        found = answer(fact, written)
    except Unreadable as error:
        return Problem(option, error.what, error.instead, value)
    if found is None or isinstance(found, Span) or is_partly_read(found):
        what = _NO_OPTION if isinstance(found, frozenset) else _NOT_ONE
        return Problem(option, what, accepted(fact), value)
    return fact, found


def contradictions(vocabulary: Vocabulary, assumed: Mapping[str, Known]) -> Iterator[Problem]:
    """Give what is wrong with assumptions of which one is of a part, and larger than that of its whole."""
    for part, value in assumed.items():
        for whole in vocabulary.wholes_of(vocabulary[part]):
            most = assumed.get(whole.id)
            if isinstance(value, Number) and isinstance(most, Number) and value > most:
                what = Text(f"大于假设的“{whole.title.zh}”", f"is assumed to be larger than {whole.title.en}")
                instead = Text(
                    "部分不能大于整体，请核对两个数。", "A part cannot exceed the whole: check both figures."
                )
                yield Problem("fill", what, instead, part)
