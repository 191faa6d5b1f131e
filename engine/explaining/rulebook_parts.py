"""The parts of a rulebook as they are explained: criteria and lines of scorecards, what each asks of a fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.explaining.pages import item_page
from engine.explaining.requirement import requirement, right_words
from engine.explaining.verdict import figure
from engine.ground.errors import Text
from engine.language.facts import Fact
from engine.rulebooks.logic import Check, Criterion, FactOf, Gate, Item, Node, Rulebook, walk

_BESIDE, _NOTHING = Text("（还须符合本档别的要求）", " (with what else the band asks)"), Text("", "")

Part = tuple[Rulebook, Criterion | Item]


@dataclass
class OtherReading:
    """Another reading of open words, and what is required by it."""

    id: str
    reading: Text
    requires: Text


@dataclass
class Asked:
    """What one place asks of a fact."""

    id: str
    words: Text


def parts_of(rulebook: Rulebook) -> Iterator[Part]:
    """Give the criteria, then the lines of the scorecards, by our readings."""
    yield from ((rulebook, criterion) for criterion in rulebook.criteria)
    items = {item.id: item for score in rulebook.ours.scores for item in score.items}
    yield from ((rulebook, item) for item in items.values())


def part_id(part: Criterion | Item) -> str:
    """Give the id of a criterion, or of a line as cases name it."""
    return part.words.id if isinstance(part, Criterion) else part.id.rpartition(".")[2]


def title_of(part: Criterion | Item) -> Text:
    """Give what a part is called."""
    return part.words.title if isinstance(part, Criterion) else part.title


def bands_of(item: Item) -> Text:
    """Give what a line earns for what, in words."""
    bands = item_page(item)["bands"]
    return Text("；".join(one.zh for one in bands), "; ".join(one.en for one in bands))


def others_of(book: Rulebook, part: Criterion | Item) -> dict[str, Criterion | Item]:
    """Give a part as it is by each other reading alone that changes it."""
    if isinstance(part, Criterion):
        single = {name: gate for world, gate in part.others.items() if len(world) == 1 for name in world}
        return {name: replace(part, gate=gate) for name, gate in single.items()}
    worlds = ((name, score) for score in book.scores if len(score.world) == 1 for name in score.world)
    return {name: item for name, score in worlds for item in score.items if item.id == f"{part.id}~{name}"}


def readings_of(book: Rulebook, part: Criterion | Item) -> tuple[OtherReading, ...]:
    """Give the other readings that bear on a part."""
    words = {one.id: one.words for one in book.alternatives}
    return tuple(
        OtherReading(name, words[name], requirement(one.gate) if isinstance(one, Criterion) else bands_of(one))
        for name, one in others_of(book, part).items()
    )


def _trees(part: Criterion | Item) -> list[Node]:
    return [part.gate] if isinstance(part, Criterion) else [band.node for band in part.bands]


def _checks(part: Criterion | Item) -> list[Check]:
    """Give the comparisons of a part, without those of a rulebook that it includes."""
    nodes = [node for tree in _trees(part) for node in walk(tree)]
    return [node for node in nodes if isinstance(node, Check) and node.borrowed is None]


def _compared(check: Check) -> list[Fact]:
    return [check.fact, check.right.fact] if isinstance(check.right, FactOf) else [check.fact]


def facts_of(book: Rulebook, part: Criterion | Item) -> list[Fact]:
    """Give the facts that a part compares, or takes its points from, by our reading or by another."""
    several = [part, *others_of(book, part).values()]
    found = [fact for one in several for check in _checks(one) for fact in _compared(check)]
    found += [part.points_of] if isinstance(part, Item) and part.points_of else []
    return [fact for fact in dict.fromkeys(found) if fact.id in book.vocabulary]


def rests_on(fact: Fact, book: Rulebook, part: Criterion | Item) -> bool:
    """Say whether a part compares a fact, or what is computed from it."""
    return any(fact in (one, *book.vocabulary.stated_behind(one)) for one in facts_of(book, part))


def asked_of(fact: Fact, book: Rulebook) -> Iterator[Asked]:
    """Give what each part of a rulebook asks of a fact, or of what is computed from it.

    Each wording once, those of other readings last.
    """
    for _, part in parts_of(book):
        compared = [one for one in facts_of(book, part) if fact in (one, *book.vocabulary.stated_behind(one))]
        said = {one: dict.fromkeys(_words(one, part)) for one in compared}
        told = []
        for one, words in said.items():
            more = [it for other in others_of(book, part).values() for it in _words(one, other) if it not in words]
            marked = [Text(f"{it.zh}（另一种读法）", f"{it.en} (another reading)") for it in dict.fromkeys(more)]
            if words or marked:
                told.append(_told(fact, one, [*words], marked, or_else=_is_any(one, part)))
        if told:
            yield Asked(part_id(part), Text("；".join(one.zh for one in told), "; ".join(one.en for one in told)))


def _is_any(fact: Fact, part: Criterion | Item) -> bool:
    """Say whether any one of what a criterion asks of a fact is enough; of a line each stands for its points."""
    return isinstance(part, Criterion) and all(
        node.need == 1 and (node.guard is None or not _looks_at(fact, node.guard))
        for node in walk(part.gate)
        if isinstance(node, Gate) and sum(any(_looks_at(fact, leaf) for leaf in walk(one)) for one in node.children) > 1
    )


def _looks_at(fact: Fact, node: Node) -> bool:
    return isinstance(node, Check) and node.borrowed is None and fact in _compared(node)


def _told(fact: Fact, compared: Fact, words: Sequence[Text], others: Sequence[Text], *, or_else: bool) -> Text:
    """Say what is asked of a fact in a row, or of what is computed from it, and by other readings."""
    mark, mark_en = ("；", "; ") if compared is fact else ("，", ", ")
    either, either_en = (f"{mark}或者", " or ") if or_else else (mark, mark_en)
    ours, ours_en = either.join(one.zh for one in words), either_en.join(one.en for one in words)
    zh = mark.join([*([ours] if words else []), *(one.zh for one in others)])
    en = mark_en.join([*([ours_en] if words else []), *(one.en for one in others)])
    if compared is fact:
        return Text(zh, en)
    return Text(f"用来计算“{compared.title.zh}”：{zh}", f"goes into {compared.title.en}: {en}")


def _words(fact: Fact, part: Criterion | Item) -> Iterator[Text]:
    if isinstance(part, Item) and part.points_of is fact:
        yield bands_of(part)
    bands = part.bands if isinstance(part, Item) else ()
    earned = {node: band for band in bands for node in walk(band.node)}
    guards = {one.guard for tree in _trees(part) for one in walk(tree) if isinstance(one, Gate)}
    for check in (one for one in _checks(part) if fact in _compared(one)):
        said = right_words(check) if check.fact is fact else requirement(check)
        if check in guards:
            said = Text(f"{said.zh}的不适用", f"does not apply where it is {said.en}")
        if check in earned:
            worth, beside = figure(earned[check].points), _BESIDE if _asks_more(earned[check].node) else _NOTHING
            said = Text(f"{said.zh}{beside.zh} {worth} 分", f"{said.en}{beside.en}: {worth} points")
        yield said


def _asks_more(band: Node) -> bool:
    """Say whether a band asks for several things at once."""
    return any(isinstance(node, Gate) and (node.need > 1 or node.guard is not None) for node in walk(band))
