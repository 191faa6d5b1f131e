"""What must hold of every rulebook, whatever it says, tried on firms made for it: no case has to be written.

Each check falls on the side of its threshold that its word names, and is open while nothing is known; a figure that
improves worsens no criterion; a blank that is filled in turns nothing that was decided; the definition, the inference
engine and the columns of a list say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import product
from random import Random
from typing import Any

from engine.deciding.reference import Outcomes, decide
from engine.deciding.to_durable import engine_for
from engine.firms.figures import Figures
from engine.ground.errors import Problem, Text
from engine.ground.outcome import Outcome
from engine.ground.values import Span, Unknown
from engine.language.facts import APPLICATION, AS_OF, YEAR
from engine.proving.as_columns import compared_rows, texts_of
from engine.proving.edges import HAIRS, SIDES, Firm, expected, on_side, ordered, read_by, side_of
from engine.proving.firms import any_firm, any_value, corrected, thresholds
from engine.rulebooks.logic import Check, Criterion, Rulebook, walk
from engine.rulebooks.rulebook import Operator

_GOODNESS = {Outcome.NOT_MET: 0, Outcome.UNDETERMINED: 1, Outcome.MET: 2}
_MORE, _LESS = {Operator.AT_LEAST, Operator.MORE_THAN}, {Operator.AT_MOST, Operator.LESS_THAN}
_ALWAYS_KNOWN = {AS_OF, YEAR}
_SIDES = {-1: Text("略低于门槛", "just below"), 0: Text("恰在门槛", "exactly at"), 1: Text("略高于门槛", "just above")}
_FILLED_IN = Text("补填空白后，已定的结果变了", "is decided otherwise once blanks are filled in")
_WORSE = Text("指标变好，结果反而变差", "gets worse though no figure that it looks at does")
_NOT_OPEN = Text("什么都未填时，应为无法判定", "is to be undetermined while nothing is known")
_DIFFER = Text("两套判定程序不一致", "the definition and the inference engine differ")
_COLUMNS_DIFFER = Text("按名单判定与逐家判定不一致", "a row of a list is decided otherwise than a profile")


@dataclass(frozen=True)
class Trial:
    """A firm, or a firm before and after a change, and what is wrong with how it is decided, told of each place."""

    firms: tuple[Firm, ...]
    wrong: Callable[[Sequence[Firm]], Mapping[str, Text]]


@dataclass(frozen=True)
class Beside:
    """A firm on a side of the threshold of each of some checks, and all the facts that these look at."""

    sides: tuple[tuple[Check, int], ...]
    reads: frozenset[str]
    firm: Firm

    def goes_with(self, one: Beside) -> bool:
        """Say whether a firm can be both: it states the same of what the checks of both look at."""
        return all(self.firm.get(name) == one.firm.get(name) for name in self.reads & one.reads)

    def with_(self, one: Beside) -> Beside:
        """Give the firm that is both."""
        return Beside((*self.sides, *one.sides), self.reads | one.reads, {**self.firm, **one.firm})


def beside_thresholds(rulebook: Rulebook, as_of: date, random: Random) -> Iterator[Beside]:
    """Give firms just below, at and above each threshold: one firm for all checks that it can be.

    Of a hair that is drawn, all else is that of any firm.
    """
    for hair in (HAIRS[0], HAIRS[-1], None):
        together: list[Beside] = []
        for check, side in product(ordered(rulebook), SIDES):
            found = on_side(rulebook, check, as_of, side, hair or random.choice(HAIRS), {})
            if found is not None:
                one = Beside(((check, side),), read_by(rulebook, check) | found.keys(), found)
                at = next((at for at, other in enumerate(together) if other.goes_with(one)), len(together))
                together[at : at + 1] = [together[at].with_(one) if at < len(together) else one]
        for one in together:
            others = any_firm(rulebook, random, as_of) if hair is None else {}
            beside = {name: value for name, value in others.items() if name not in one.reads}
            yield replace(one, firm={**beside, **one.firm})


def trials(rulebook: Rulebook, as_of: date, count: int) -> Iterator[Trial]:
    """Give what is tried of a rulebook: firms at each threshold, and so many at random."""
    random = Random(rulebook.id)
    for one in beside_thresholds(rulebook, as_of, random):
        yield Trial((one.firm,), partial(on_wrong_side, rulebook, as_of, one.sides))
    yield Trial(({},), partial(not_open, rulebook, as_of))
    for _ in range(count):
        firm = any_firm(rulebook, random, as_of)
        yield Trial((firm,), partial(differing, rulebook, as_of))
        yield Trial((firm, one_changed(rulebook, firm, random, as_of)), partial(worsened, rulebook, as_of))
        yield Trial((firm, filled_in(rulebook, firm, random, as_of)), partial(reversed_, rulebook, as_of))


def troubles(
    rulebook: Rulebook, as_of: date, count: int, others: Sequence[Firm] = ()
) -> Iterator[tuple[Problem, Firm]]:
    """Give what does not hold, each place once, with the smallest firm that shows it.

    `others` are firms more that are decided as rows of a list.
    """
    several = list(trials(rulebook, as_of, count))
    told: set[tuple[str, Text]] = set()
    for trial in several:
        for place, what in trial.wrong(trial.firms).items():
            if (place, what) not in told:
                told.add((place, what))
                yield Problem(f"{rulebook.id}: {place}", what), smaller(trial, place)[-1]
    firms = [*others, *(firm for trial in several for firm in trial.firms)]
    rows = compared_rows(rulebook, texts_of(firms, rulebook), as_of)
    for firm, (_, apart) in zip(firms, rows, strict=True):
        if apart and not told:
            told.add((rulebook.id, _COLUMNS_DIFFER))
            yield Problem(rulebook.id, _COLUMNS_DIFFER, None, "; ".join(apart[:3])), firm


def smaller(trial: Trial, place: str) -> tuple[Firm, ...]:
    """Give the firms of a trial with no fact that is not needed for it to go wrong at that place."""
    firms = trial.firms
    for name in sorted({name for firm in firms for name in firm}):
        fewer = tuple({key: value for key, value in firm.items() if key != name} for firm in firms)
        if place in trial.wrong(fewer):
            firms = fewer
    return firms


def _both(rulebook: Rulebook, as_of: date, firm: Firm) -> tuple[Outcomes, Outcomes]:
    figures = Figures(rulebook.vocabulary, firm, as_of, rulebook.taken)
    return decide(rulebook, figures), engine_for(rulebook).decide(figures)[0]


def on_wrong_side(
    rulebook: Rulebook, as_of: date, sides: Iterable[tuple[Check, int]], firms: Sequence[Firm]
) -> Mapping[str, Text]:
    """Say which checks fall on another side of their thresholds than their words name."""
    both = _both(rulebook, as_of, firms[-1])
    wrong = {}
    for check, side in sides:
        want = expected(check, side)
        is_wrong = any(found.get(check.id, want) is not want for found in both)
        if is_wrong and side_of(rulebook, check, as_of, firms[-1]) == side:
            where = _SIDES[side]
            wrong[check.id] = Text(f"{where.zh}时应为 {want}", f"is to be {want} {where.en} its threshold")
    return wrong or _apart(*both)


def not_open(rulebook: Rulebook, as_of: date, firms: Sequence[Firm]) -> Mapping[str, Text]:
    """Say which checks of figures are decided though nothing is known."""
    outcomes = decide(rulebook, Figures(rulebook.vocabulary, firms[-1], as_of))
    return {
        check.id: _NOT_OPEN
        for check in ordered(rulebook)
        if outcomes.get(check.id, Outcome.UNDETERMINED) is not Outcome.UNDETERMINED
        and not {one.id for one in rulebook.vocabulary.stated_behind(check.fact)} <= _ALWAYS_KNOWN
    }


def differing(rulebook: Rulebook, as_of: date, firms: Sequence[Firm]) -> Mapping[str, Text]:
    """Say where the definition and the inference engine differ."""
    return _apart(*_both(rulebook, as_of, firms[-1]))


def _apart(want: Outcomes, got: Outcomes) -> Mapping[str, Text]:
    return {} if want == got else {name: _DIFFER for name in want if want[name] is not got.get(name)}


def worsened(rulebook: Rulebook, as_of: date, firms: Sequence[Firm]) -> Mapping[str, Text]:
    """Say which criteria get worse though every figure that they look at improves or stays."""
    before, after = (Figures(rulebook.vocabulary, firm, as_of) for firm in firms)
    old, new = decide(rulebook, before), decide(rulebook, after)
    return {
        criterion.words.id: _WORSE
        for criterion in rulebook.criteria
        if _GOODNESS[new[criterion.gate.id]] < _GOODNESS[old[criterion.gate.id]] and _improves(criterion, before, after)
    }


def reversed_(rulebook: Rulebook, as_of: date, firms: Sequence[Firm]) -> Mapping[str, Text]:
    """Say which nodes that were decided are decided otherwise afterwards; what does not apply is not looked at."""
    before, after = (decide(rulebook, Figures(rulebook.vocabulary, firm, as_of)) for firm in firms)
    return {
        name: _FILLED_IN
        for name, outcome in before.items()
        if outcome is not Outcome.UNDETERMINED and after.get(name, outcome) is not outcome
    }


def one_changed(rulebook: Rulebook, firm: Firm, random: Random, as_of: date) -> Firm:
    """Give the firm with one figure changed."""
    name = random.choice(sorted(rulebook.facts_used))
    near = thresholds(rulebook).get(name, ())
    return {**firm, name: any_value(rulebook.vocabulary[name], near, random, as_of)}


def filled_in(rulebook: Rulebook, firm: Firm, random: Random, as_of: date) -> Firm:
    """Give the firm with some blanks filled in.

    Left out are the kind of application, which chooses what is asked; facts of which the rulebook asks whether they are
    given at all, where a blank is an answer (the firm names no peer); and parts of a ratio that is stated, which would
    give another figure.
    """
    vocabulary = rulebook.vocabulary
    asked = [check.fact for check in rulebook.checks if check.operator is Operator.GIVEN]
    asked += [fact for name, fact in vocabulary.ratios.items() if name in firm]
    answers = {APPLICATION, *(part.id for fact in asked for part in (fact, *vocabulary.stated_behind(fact)))}
    known = Figures(vocabulary, firm, as_of)
    whole = any_firm(rulebook, random, as_of, blanks=0)
    blanks = [one for one in sorted(whole.keys() - answers) if isinstance(known.value(vocabulary[one]), Unknown)]
    filled = {name: whole[name] for name in blanks if random.random() < 1 / 2}
    return corrected(vocabulary, {**firm, **filled}, firm)


def _improves(criterion: Criterion, before: Figures, after: Figures) -> bool:
    return all(_is_no_worse(node, before, after) for node in walk(criterion.gate) if isinstance(node, Check))


def _is_no_worse(check: Check, before: Figures, after: Figures) -> bool:
    """Say whether the figure that a check looks at has improved or stayed, in the direction that the check names."""
    old, new = before.compared(check), after.compared(check)
    if isinstance(old, Unknown) or isinstance(new, Unknown) or before.right(check.right) != after.right(check.right):
        return old == new and before.right(check.right) == after.right(check.right)
    pairs = list(zip(_ends(old), _ends(new), strict=True))
    if check.operator in _MORE:
        return all(now >= then for then, now in pairs)
    if check.operator in _LESS:
        return all(now <= then for then, now in pairs)
    return old == new


def _ends(value: Any) -> tuple[Any, Any]:  # noqa: ANN401 of any type
    """Give the lowest and the highest that a value may be: of a score with unknown items they differ."""
    return (value.low, value.high) if isinstance(value, Span) else (value, value)
