"""Why a verdict is what it is, in a sentence: what fails, what would save it, and what is missing, each by name.

Rows of a file are told the same by the database (`columns.words`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import cast

from engine.deciding.reference import Outcomes
from engine.explaining.requirement import open_requirement
from engine.explaining.verdict import AnyOf, CriterionFinding, MissingFact, Standing, figure
from engine.explaining.wording import must, required_words
from engine.ground.errors import Text, in_quotes, told_apart
from engine.ground.outcome import Outcome, Reason
from engine.language.facts import APPLICATION, AS_OF
from engine.rulebooks.logic import Check, Gate, Node, Threshold, walk
from engine.rulebooks.rulebook import Operator
from engine.rulebooks.tiers import tiers

ALL_MET = Text("全部条件符合。", "All criteria are met.")
NOT_MET = Text("不符合：", "Not met: ")
OPEN = Text("无法判定：", "Undetermined: ")
INFORMING = Text("不影响结论的参考项不符合：", "Not met, but only informing: ")
HUNG = Text("结论取决于读法：", "The verdict hangs on the reading of ")
STOP = Text("。", ".")
STOPS = "。. "
LISTED = Text("、", ", ")
BETWEEN = Text("；", "; ")
HEADS = {
    Reason.MISSING: Text("缺少", "missing "),
    Reason.NEEDS_REVIEW: Text("待评审：", "to be judged: "),
    Reason.NO_BENCHMARK: Text("没有对标值：", "no benchmark for "),
    Reason.NOT_COMPUTABLE: Text("无法计算：", "not computable: "),
}


UNCHANGEABLE = frozenset({APPLICATION, AS_OF})
"""The facts that no firm changes to meet a criterion: what it applies for, and the day."""


@lru_cache(maxsize=4096)
def switches(gate: Gate) -> tuple[tuple[Check, ...], tuple[Node, ...]]:
    """Give the children that ask whether a fact is given at all, where that chooses a way, and the others."""
    found = tuple(child for child in gate.children if isinstance(child, Check) and child.operator is Operator.GIVEN)
    if gate.word != "all_of" or len(found) == len(gate.children):
        return (), gate.children
    return found, tuple(child for child in gate.children if child not in found)


def resting(node: Node, outcomes: Outcomes) -> Iterator[Check]:
    """Give the checks by which a node came out as it did; of an open one all that are not met."""
    outcome = outcomes[node.id]
    if isinstance(node, Check):
        yield node
    elif node.guard is not None and outcomes[node.guard.id] is Outcome.MET:
        yield node.guard
    elif outcome is Outcome.NOT_MET:
        yield from failing(node, outcomes)
    else:
        for child in node.children:
            found = outcomes[child.id]
            if found is outcome or (outcome is Outcome.UNDETERMINED and found is Outcome.NOT_MET):
                yield from resting(child, outcomes)


def failing(node: Node, outcomes: Outcomes) -> list[Check]:
    """Give the checks by which a node fails; ways that are closed to the firm only if there is no other."""
    if outcomes[node.id] is not Outcome.NOT_MET:
        return []
    if isinstance(node, Check):
        return [node]
    if any(outcomes[one.id] is Outcome.NOT_MET for one in switches(node)[0]):
        return []
    return [check for child in _ways(node, outcomes) for check in failing(child, outcomes)]


def failing_words(node: Node, outcomes: Outcomes, explained: Mapping[str, Text]) -> Text | None:
    """Say what a node fails by, `explained` by check; of ways of which one is enough, that it is. None if it does not.

    None too where nothing is worth telling: the node is for other firms.
    """
    if outcomes[node.id] is not Outcome.NOT_MET:
        return None
    if isinstance(node, Check):
        return explained.get(node.id)
    if any(outcomes[one.id] is Outcome.NOT_MET for one in switches(node)[0]):
        return None
    told: list[Text] = []
    listed = set[str]()
    for one in _ways(node, outcomes):
        words = failing_words(one, outcomes, explained)
        if words is not None:
            again = None if gate_is_all(node) else again_words(one)
            told.append(words if again is None or again[0] not in listed else again[1])
            listed.update([again[0]] if again else [])
    if gate_is_all(node) or len(told) <= 1:
        return _in_a_sentence(told) if told else None
    head, between, tail = way_words(node)
    zh, en = (
        between.zh.join(one.zh.rstrip(STOPS) for one in told),
        between.en.join(one.en.rstrip(STOPS) for one in told),
    )
    return Text(f"{head.zh}{zh}{tail.zh}", f"{head.en}{en}{tail.en}")


def _in_a_sentence(told: Sequence[Text]) -> Text:
    """Give sentences as one: what a criterion fails by is read as of one criterion."""
    zh = [*(one.zh.rstrip(STOPS) for one in told[:-1]), told[-1].zh]
    en = [*(one.en.rstrip(STOPS) for one in told[:-1]), told[-1].en]
    return Text(BETWEEN.zh.join(zh), BETWEEN.en.join(en))


@lru_cache(maxsize=4096)
def again_words(node: Node) -> tuple[str, Text] | None:
    """Give which list a check asks for an option, and what it asks where another way has told what is in the list."""
    if not isinstance(node, Check) or node.operator is not Operator.CONTAINS:
        return None
    zh, en = required_words(node.fact, node.operator, figure(cast("Threshold", node.right).value))
    return node.fact.id, Text(f"{must(node.fact)}{zh}{STOP.zh}", f"required: {en}{STOP.en}")


def way_words(gate: Gate) -> tuple[Text, Text, Text]:
    """Give how the words for several failing ways of a gate begin, what stands between two of them, and their end."""
    if gate.need == 1:
        return Text("", ""), Text("；或者", "; or "), Text("（满足其一即可）。", " (any one is enough).")
    many, need = len(gate.children), gate.need
    zh = f"{many} 项中须符合 {need} 项，未符合的："
    return Text(zh, f"{need} of {many} must be met; not met: "), BETWEEN, STOP


def _ways(gate: Gate, outcomes: Outcomes) -> list[Node]:
    """Give the failing children of a gate that are worth telling."""
    found = [one for one in gate.children if one is not gate.guard and outcomes[one.id] is Outcome.NOT_MET]
    if gate.need == len(gate.children):
        return found
    return [one for one in found if not _is_no_way(gate, one, outcomes)] or found


def _is_no_way(gate: Gate, way: Node, outcomes: Outcomes) -> bool:
    """Say whether a failing child of a gate is no way out: it is closed, or for firms of another tier."""
    asks = tiers(gate)
    fails = any(outcomes[one.id] is Outcome.NOT_MET for one in asks.get(way.id, ()))
    is_of_another = fails and any(all(outcomes[one.id] is Outcome.MET for one in of_it) for of_it in asks.values())
    return is_of_another or _is_closed(way, outcomes)


def _is_closed(node: Node, outcomes: Outcomes) -> bool:
    """Say whether a failing node is no way out: it is for another kind of application, or another way was chosen."""
    if outcomes[node.id] is not Outcome.NOT_MET:
        return False
    if isinstance(node, Check):
        return node.fact.id in UNCHANGEABLE
    if any(outcomes[one.id] is Outcome.NOT_MET for one in switches(node)[0]):
        return True
    return gate_is_all(node) and any(_is_closed(child, outcomes) for child in node.children)


def gate_is_all(gate: Gate) -> bool:
    """Say whether all children of a gate must be met."""
    return gate.need == len(gate.children)


def saved_by(title: Text, node: Node, outcomes: Outcomes, explained: Mapping[str, Text]) -> Text | None:
    """Say of an open node of which some ways fail that it is not met unless another is; None where none fails."""
    parts = list(_saved(title, node, outcomes, explained))
    return in_a_line(parts) if parts else None


def _saved(title: Text, node: Node, outcomes: Outcomes, explained: Mapping[str, Text]) -> Iterator[Text]:
    if isinstance(node, Check) or outcomes[node.id] is not Outcome.UNDETERMINED:
        return
    guard = node.guard
    if guard is not None and guard.borrowed is not None and outcomes[guard.id] is Outcome.UNDETERMINED:
        return
    ways = [] if gate_is_all(node) else _ways(node, outcomes)
    failed = [one for one in ways if not _is_no_way(node, one, outcomes) and not is_only_spared(node, one)]
    if not failed:
        for child in node.children:
            yield from _saved(title, child, outcomes, explained)
        return
    told = [words for one in failed if (words := failing_words(one, outcomes, explained)) is not None]
    needs = [
        need_words(node, one, open_requirement(one, outcomes))
        for one in node.children
        if outcomes[one.id] is Outcome.UNDETERMINED
    ]
    head, unless, between = unless_words(title, node)
    zh = f"{head.zh}{''.join(one.zh for one in told)}".rstrip(STOPS)
    en = f"{head.en}{' '.join(one.en for one in told)}".rstrip(STOPS)
    yield Text(
        f"{zh}{unless.zh}{between.zh.join(one.zh for one in needs)}{STOP.zh}",
        f"{en}{unless.en}{between.en.join(one.en for one in needs)}{STOP.en}",
    )


@lru_cache(maxsize=4096)
def is_choice(gate: Gate) -> bool:
    """Say whether a gate has ways that ask for different facts of the firm, in words of its own rulebook."""
    checks = [one for one in walk(gate) if isinstance(one, Check)]
    if gate_is_all(gate) or gate.guard is not None or any(one.borrowed is not None for one in checks):
        return False
    ways = [{one.fact.id for one in walk(child) if isinstance(one, Check)} for child in gate.children]
    return any(way != ways[0] for way in ways)


def choices(node: Node, outcomes: Outcomes) -> Iterator[tuple[Gate, list[Node]]]:
    """Give the gates that are open and fail by nothing, with their open ways, where these are several."""
    if isinstance(node, Check) or outcomes.get(node.id) is not Outcome.UNDETERMINED:
        return
    if is_choice(node):
        if any(not _is_no_way(node, one, outcomes) and not is_only_spared(node, one) for one in _ways(node, outcomes)):
            return
        ways = [one for one in node.children if outcomes[one.id] is Outcome.UNDETERMINED]
        if len(ways) > 1:
            yield node, ways
            return
    for child in node.children:
        if child is not node.guard:
            yield from choices(child, outcomes)


def choice_words(gate: Gate) -> tuple[Text, Text]:
    """Give how the words for the open ways of a gate begin, and what stands between two of them."""
    between = Text("；或者", "; or ")
    if gate.need == 1:
        return Text("以下满足其一即可：", "any one of these is enough: "), between
    many, need = len(gate.children), gate.need
    return Text(f"{many} 项中满足 {need} 项即可，未定的：", f"{need} of {many} are enough; open: "), BETWEEN


def of_criterion(title: Text) -> Text:
    """Give what stands before words of a part of a criterion."""
    return Text(f"{in_quotes(title.zh)}中，", f"{title.en}: ")


def any_of(gate: Gate, ways: Sequence[Node], outcomes: Outcomes) -> AnyOf:
    """Say of several open ways that one is enough, or how many are."""
    checks = [one for way in ways for one in walk(way) if isinstance(one, Check)]
    head, between = choice_words(gate)
    needs = [need_words(gate, one, open_requirement(one, outcomes)) for one in ways]
    zh, en = between.zh.join(one.zh for one in needs), between.en.join(one.en for one in needs)
    words = Text(f"{head.zh}{zh}{STOP.zh}", f"{head.en}{en}{STOP.en}")
    return AnyOf(tuple(one.id for one in checks), words)


def unless_words(title: Text, gate: Gate) -> tuple[Text, Text, Text]:
    """Give how the sentence begins that a criterion is not met unless, what stands before the ways and between them."""
    head = Text(f"{in_quotes(title.zh)}按所填不符合：", f"{title.en} is not met by what is stated: ")
    if gate.need == 1:
        return head, Text("；除非", "; unless "), Text("，或", ", or ")
    zh = f"；除非补足下列条件，使 {len(gate.children)} 项中符合的达到 {gate.need} 项："
    return head, Text(zh, f"; unless {gate.need} of {len(gate.children)} are met, by: "), LISTED


def need_words(gate: Gate, way: Node, words: Text) -> Text:
    """Say in `words` what an open way of a gate requires; of what few firms have, where to write none."""
    if not is_only_spared(gate, way):
        return words
    none = told_apart(one.fact.title for one in walk(way) if isinstance(one, Check) and one.fact.takes_none)
    zh, en = (f"；没有的，{none.zh}填“无”即可", f"; else write none for: {none.en}") if none.zh else ("", "")
    return Text(f"{words.zh}（如有请填{zh}）", f"{words.en} (state it if there is one{en})")


@lru_cache(maxsize=4096)
def is_only_spared(gate: Gate, way: Node) -> bool:
    """Say whether one way of several is for what few firms have: it spares them the others, and is not failed by."""
    return gate.need == 1 and _is_of_few(way)


def _is_of_few(node: Node) -> bool:
    if isinstance(node, Check):
        return node.fact.if_any
    is_needed = any if gate_is_all(node) else all
    return is_needed(_is_of_few(one) for one in node.children)


def reasons(
    standing: Standing,
    criteria: Sequence[CriterionFinding],
    missing: Sequence[MissingFact],
    hung: Sequence[Text],
    unasked: Container[str] = (),
) -> tuple[Text, ...]:
    """Give the reasons, each a sentence: what is not met, what is not met unless, and what is open.

    And of what is open, where one of several ways is enough, unless some of what they ask is `unasked`. Then what only
    informs and is not met, and the readings that the verdict hangs on.
    """
    parts = [ALL_MET] if standing is Standing.QUALIFIED else _unmet_and_open(standing, criteria, missing)
    for one in (one for one in criteria if one.decides and one.any_of):
        behind = {check.id: [part.fact for part in check.derived_from] or [check.fact] for check in one.checks}
        for choice in one.any_of:
            if not any(fact in unasked for check in choice.checks for fact in behind.get(check, ())):
                head, words = of_criterion(one.title), choice.explanation
                parts.append(Text(f"{head.zh}{words.zh}", f"{head.en}{words.en}"))
    informing = [one.title for one in criteria if not one.decides and one.outcome is Outcome.NOT_MET]
    for head, titles in ((INFORMING, informing), (HUNG, list(dict.fromkeys(hung)))):
        if titles:
            told = _listed(head, titles)
            parts.append(Text(f"{told.zh}{STOP.zh}", f"{told.en}{STOP.en}"))
    return tuple(parts)


def in_a_line(parts: Sequence[Text]) -> Text:
    """Give sentences behind one another."""
    return Text("".join(one.zh for one in parts), " ".join(one.en for one in parts))


def _unmet_and_open(
    standing: Standing, criteria: Sequence[CriterionFinding], missing: Sequence[MissingFact]
) -> list[Text]:
    deciding = [one for one in criteria if one.decides]
    parts = [one.fails for one in deciding if one.fails is not None]
    if standing is Standing.NOT_QUALIFIED:
        first = parts[0] if parts else Text("", "")
        parts[:1] = [Text(f"{NOT_MET.zh}{first.zh}", f"{NOT_MET.en}{first.en}")]
    parts += [one.unless for one in deciding if one.unless is not None]
    named = {reason: [one.question for one in missing if one.reason is reason] for reason in HEADS}
    for one in deciding:
        if one.outcome is Outcome.UNDETERMINED and one.reason in {Reason.NO_BENCHMARK, Reason.NOT_COMPUTABLE}:
            named[one.reason].append(one.title)
    told = [_listed(HEADS[reason], titles) for reason, titles in named.items() if titles]
    if told:
        zh, en = BETWEEN.zh.join(one.zh for one in told), BETWEEN.en.join(one.en for one in told)
        parts.append(Text(f"{OPEN.zh}{zh}{STOP.zh}", f"{OPEN.en}{en}{STOP.en}"))
    return parts


def quoted(title: Text) -> Text:
    """Give a title as it stands in a list: some have a 、 or a comma in them."""
    return Text(in_quotes(title.zh), in_quotes(title.en))


def _listed(head: Text, titles: Sequence[Text]) -> Text:
    named = [quoted(one) for one in titles]
    zh, en = LISTED.zh.join(one.zh for one in named), LISTED.en.join(one.en for one in named)
    return Text(f"{head.zh}{zh}", f"{head.en}{en}")
