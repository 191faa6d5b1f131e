"""What lists of records give: from the conditions in `facts.yaml` to logic over the fields of one record."""

from __future__ import annotations

from engine.ground.errors import Text, did_you_mean
from engine.language import conditions as words
from engine.language.fact_hints import fact_meant, no_fact
from engine.language.facts import Fact, Kind, Records
from engine.language.yaml_file import Document, Place
from engine.rulebooks.comparison import Comparisons
from engine.rulebooks.logic import Gate, Node
from engine.rulebooks.worlds import Readings


def gives(records: Records, document: Document | None = None, place: Place = ()) -> dict[str, Gate]:
    """Give, for each fact that a list gives, what a record must meet to count; problems are noted in `document`."""
    notes = document or Document(records.id)
    comparisons = Comparisons({}, Readings(notes), notes, records.fields)
    found: dict[str, Gate] = {}
    for fact_id, give in records.words.gives.items():
        node = _node(give.where, (*place, "gives", fact_id, "where"), fact_id, comparisons, notes)
        wider = [found[give.within]] if give.within in found else []
        found[fact_id] = Gate(f"{fact_id}.counts", "all_of", len(wider) + 1, (*wider, node))
    return found


def check_gives(records: Records, facts: dict[str, Fact], place: Place, document: Document) -> None:
    """Note every problem of what a list gives."""
    for name in (
        *([records.words.same_by] if records.words.same_by else []),
        *records.words.begins,
        *records.words.ends,
    ):
        if name not in records.fields:
            what = Text(f"没有字段“{name}”", f"there is no field “{name}”")
            document.report(place, what, did_you_mean(name, records.stated))
    given = list(records.words.gives)
    for number, (fact_id, give) in enumerate(records.words.gives.items()):
        at = (*place, "gives", fact_id)
        fact = facts.get(fact_id)
        if fact is None:
            document.report(at, no_fact(fact_id), fact_meant(fact_id, facts))
        elif fact.kind is not (Kind.CHOICES if give.collects else Kind.COUNT) or fact.is_derived:
            what = Text(
                "个数须是 count 类指标，collects 须是多选类指标", "a number is a count, what is collected choices"
            )
            document.report(at, what)
        if give.within is not None and give.within not in given[:number]:
            what = Text(f"前面没有“{give.within}”", f"“{give.within}” is not given before")
            document.report((*at, "within"), what, did_you_mean(give.within, given[:number]))
        field = records.fields.get(give.collects or "")
        options = set(field.choices) if field else set()
        if give.collects and not (options and fact and options <= set(fact.choices)):
            what = Text(f"字段“{give.collects}”的选项不属于该指标", f"the field “{give.collects}” has not its options")
            document.report((*at, "collects"), what, did_you_mean(give.collects, records.stated))
    gives(records, document, place)


def _node(condition: words.Condition, place: Place, node_id: str, comparisons: Comparisons, document: Document) -> Node:
    match condition:
        case words.CheckWords(score=None, otherwise=()):
            return comparisons.check(condition, place, node_id)
        case words.AllOf(all_of=parts):
            key, need = "all_of", len(parts)
        case words.AnyOf(any_of=parts):
            key, need = "any_of", 1
        case words.SomeOf(of=parts, at_least=need):
            key = "of"
        case _:
            document.report(place, Text("清单的条件只能比较字段", "a condition of a list compares fields only"))
            return Gate(node_id, "all_of", 0, ())
    nodes = tuple(
        _node(part, (*place, key, index), f"{node_id}.{index + 1}", comparisons, document)
        for index, part in enumerate(parts)
    )
    return Gate(node_id, "at_least", need, nodes)
