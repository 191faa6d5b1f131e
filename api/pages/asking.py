"""The form as it is shown: each question with what was typed for it, how that is read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.answers import EVIDENCE, MORE, NONE, TRY, Answers, Typed
from api.pages.asked import Asked
from engine import Catalog, FormQuestion, Problem, Reading, Text, to_json

APPLICATION = "application_type"
_FEW = 12
"""Options that are shown one by one; of more one is chosen from a list."""


@dataclass(frozen=True)
class Field:
    """A question, what was typed (`more` in words), how it is read, and the problem with it."""

    asks: FormQuestion
    shown: str
    typed: Typed
    more: str
    reading: Reading | None
    problem: Problem | None

    @property
    def is_told(self) -> bool:
        """Whether it is to be said how the answer is read: not of an option, nor of words that stand for themselves."""
        if self.reading is None or self.reading.words is None:
            return False
        is_same = self.reading.words.zh == self.typed and not self.reading.notes
        return bool(self.more) or (self.shown == "text" and not is_same)


@dataclass(frozen=True)
class Group:
    """Fields under a title (none: those to be answered first), by whom they are asked of."""

    title: Text | None
    fields: Mapping[str, Sequence[Field]]


@dataclass(frozen=True)
class Asking:
    """The form: its groups, the answers that stand in no field of it, its fields by fact; `more`: left for reviews."""

    groups: Sequence[Group] = ()
    hidden: Sequence[tuple[str, str]] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    more: int = 0


def asking(
    asked: Asked,
    answers: Answers,
    problems: Collection[Problem],
    only: Collection[str] | None = None,
    first: Collection[str] = (),
) -> Asking:
    """Give the form with what was typed; of those questions alone, unless `only` is None, and of them some `first`.

    What reviews alone are asked is left out unless the firm applies for one.
    """
    wrong = {one.where: one for one in problems}
    is_review, more = answers.typed.get(APPLICATION) == "review", 0
    fields: dict[str, Field] = {}
    groups: dict[Text | None, dict[str, list[Field]]] = {None: {}} if first else {}
    for group in asked.form.groups:
        for asks in group.questions:
            if only is None and asks.asked_of == "reviews" and not is_review and asks.fact not in wrong:
                more += 1
            elif only is None or asks.fact in only:
                fields[asks.fact] = one = _field(asks, answers, wrong.get(asks.fact), asked)
                title = None if asks.fact in first else group.title
                of = "all" if only is not None else asks.asked_of
                groups.setdefault(title, {}).setdefault(of, []).append(one)
    return Asking(
        [Group(title, shown) for title, shown in groups.items() if shown], hidden(answers, fields), fields, more
    )


def _field(asks: FormQuestion, answers: Answers, problem: Problem | None, asked: Asked) -> Field:
    reading = answers.reading(asks.fact, asked.day, asked.rules)
    typed = answers.typed.get(asks.fact, "")
    return Field(
        asks=asks,
        shown=_shown(asks, asked.rules),
        typed=typed,
        more=answers.more.get(asks.fact, ""),
        reading=reading,
        problem=problem or (reading.problem if reading else None),
    )


def _shown(asks: FormQuestion, rules: Catalog) -> str:
    """Give which template shows a question."""
    if asks.kind == "choice":
        if rules.vocabulary[asks.fact].places:
            return "text"
        return "radios" if len(asks.choices) <= _FEW else "select"
    return {"yes_no": "radios", "choices": "boxes"}.get(asks.kind, "text")


def hidden(answers: Answers, shown: Collection[str] = (), *, tried: bool = False) -> list[tuple[str, str]]:
    """Give the answers that no field shows as fields that are not seen; with what is tried, if asked for."""
    found = []
    for name, typed in answers.typed.items():
        if name not in shown:
            found += [(name, one) for one in ([typed] if isinstance(typed, str) else typed)]
    found += [(name + MORE, words) for name, words in answers.more.items() if name not in shown]
    found += [(TRY + name, words) for name, words in answers.tried.items()] if tried else []
    return [*found, (EVIDENCE, to_json(answers.evidence).decode())] if answers.evidence else found


def as_typed(entries: Mapping[str, Typed], rules: Catalog) -> Answers:
    """Give the answers of a profile that was opened."""
    typed: dict[str, Typed] = {}
    more: dict[str, str] = {}
    for name, value in entries.items():
        if rules.vocabulary[name].kind.value != "choices":
            typed[name] = value
        elif isinstance(value, list):
            typed[name] = value or [NONE]
        else:
            more[name] = value
    return Answers(typed, more)
