"""What a row of a verdict file says: whose it is, the verdict, each criterion, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.columns.hanging import HANGS_ON, hangs
from engine.columns.missing import Open
from engine.columns.missing_words import named
from engine.columns.outcomes import Decided
from engine.columns.values import ByRow, x
from engine.columns.words import of_level, sentence
from engine.explaining.requirement import tried_name
from engine.explaining.wording import IDLE, OUTCOMES, STANDINGS, WAITS, asked_title, marked
from engine.ground.errors import Language, Text
from engine.ground.harmless import harmless
from engine.ground.outcome import Outcome
from engine.judging.notes import notes
from engine.judging.plan import Plan
from engine.language.facts import BOOLEAN, IDENTITY, Fact, Kind
from engine.layout.firm_codes import bare
from engine.rulebooks.logic import Criterion
from engine.sql.functions import cases, listed, null
from engine.sql.table import Table
from engine.sql.value import Value, literal
from engine.tables.column_text import harmless_text

Labels = Literal["ids", "titles"]

HEADINGS: Mapping[str, Text] = {
    "line": Text("行号", "Line"),
    "firm_id": Text("统一社会信用代码", "Firm id"),
    "firm_name": Text("企业名称", "Firm name"),
    "verdict": Text("总体结论", "Verdict"),
    "unmet": Text("不符合的条件", "Criteria not met"),
    "undetermined": Text("无法判定的条件", "Undetermined criteria"),
    "awaiting": Text("无法判定的情形", "Undetermined because"),
    "missing": Text("缺少的指标", "Missing facts"),
    "hangs_on": Text("取决于读法", "Hangs on readings"),
    "reasons": Text("说明", "Reasons"),
    "notes": Text("提醒", "Notes"),
    "rulebook": Text("认定规则", "Rulebook"),
    "digest": Text("规则校验码", "Digest"),
    "as_of": Text("判定日", "As of"),
}
_DIGEST = 16


@dataclass(frozen=True)
class Style:
    """How a verdict file is written: language of sentences, ids or titles, and what comes along.

    `carried` are the caller's own columns, by place, with their headers; `figures` adds every figure looked at. With
    `is_harmless` no spreadsheet runs the caller's texts. Missing facts that are `counted` are not named in every row.
    Without `reasons` it is not said why, nor what is noted.
    """

    lang: Language = "zh"
    labels: Labels = "ids"
    carried: Mapping[str, str] = field(default_factory=dict)
    figures: bool = False
    is_harmless: bool = False
    counted: frozenset[str] = frozenset()
    reasons: bool = True


@dataclass(frozen=True)
class ColumnHead:
    """A column of a verdict file: its id, its heading, its type, whether it is the caller's own."""

    id: str
    heading: str
    type: str
    is_carried: bool


@dataclass(frozen=True)
class RowColumn:
    """A column of a verdict file: its id, its heading, its value in a judged table, whether it is the caller's own."""

    id: str
    heading: str
    value: Value
    is_carried: bool = False

    @property
    def head(self) -> ColumnHead:
        """The column without its value."""
        return ColumnHead(self.id, self.heading, self.value.type, self.is_carried)


def verdict_columns(judged: Table, plan: Plan, style: Style, by_row: ByRow) -> list[RowColumn]:
    """Give the columns of a verdict file."""
    of = Decided(judged, plan.rulebook)
    criteria = plan.rulebook.criteria
    words = _outcome_words(style)
    columns: dict[str, Value] = {
        **identity(judged, plan, style),
        "verdict": _standing(of.outcome(plan.rulebook.verdict_gate), style),
        **{criterion.words.id: _outcome(of, criterion, words, style) for criterion in criteria},
    }
    names = {one.words.id: _name(one.words.id, one.words.title, style) for one in plan.deciding}
    outcomes = {one.words.id: of.outcome(one.gate) for one in plan.deciding}
    mark = between(style)
    columns["unmet"] = listed([(~outcomes[name], title) for name, title in names.items()], mark)
    columns["undetermined"] = listed([(outcomes[name].isnull(), title) for name, title in names.items()], mark)
    columns["awaiting"] = awaiting(judged, style)
    columns["missing"] = _missing(judged, plan, style)
    columns["hangs_on"] = hangs_on(judged, plan, style)
    if style.reasons:
        columns["reasons"] = sentence(of, style.lang, style.counted)
        columns["notes"] = notes(judged, plan, style.lang, by_row)
    columns |= edition(plan, style.lang)
    if style.figures:
        columns |= {name: _figure(judged[x(name)], plan.rulebook.vocabulary[name], style) for name in plan.shown_facts}
    titles = {one.words.id: marked(one.words.title, decides=one.words.decides) for one in criteria}
    titles |= {name: _with_unit(plan.rulebook.vocabulary[name]) for name in plan.shown_facts}
    ours = headed(columns, {**titles, **HEADINGS}, style)
    return [*ours, *carried_columns(judged, style, ours)]


def identity(judged: Table, plan: Plan, style: Style) -> dict[str, Value]:
    """Give whose row it is; the line is filled in where there are lines (`row_statement.with_lines`)."""
    none = null("VARCHAR")
    places = plan.place_of
    stated = {name: _callers(bare(judged[places[name]]), style) if name in places else none for name in IDENTITY}
    return {"line": null("BIGINT"), **stated}


def edition(plan: Plan, lang: Language) -> dict[str, Value]:
    """Give by what and as of when the rows are judged."""
    return {
        "rulebook": literal(tried_name(plan.rulebook.id, plan.rulebook, lang)),
        "digest": literal(plan.rulebook.digest[:_DIGEST]),
        "as_of": literal(plan.as_of.isoformat()),
    }


def awaiting(judged: Table, style: Style, level: Criterion | None = None) -> Value:
    """Give what an undetermined row, or a level of its ladder, waits for; nothing of others."""
    waits = judged[of_level("awaiting", level)]
    if style.labels == "ids":
        return waits.fill_null("")
    words = [(waits == one.value, text.in_language(style.lang)) for one, text in WAITS.items()]
    return cases(*words, else_="")


def _missing(judged: Table, plan: Plan, style: Style) -> Value:
    """Give the facts that are blank and keep a criterion open."""
    if style.labels == "ids":
        return judged["missing"]
    found = Open(Decided(judged, plan.rulebook)).missing()
    facts = {name: plan.rulebook.vocabulary[name] for name in found}
    titles = {name: asked_title(one.question, if_any=one.if_any).in_language(style.lang) for name, one in facts.items()}
    return listed(named(found, titles, style.counted, style.lang), between(style))


def hangs_on(judged: Table, plan: Plan, style: Style) -> Value:
    """Give the readings that the verdict hangs on: their ids, or what they are about and how they read."""
    if style.labels == "ids":
        return judged[HANGS_ON]
    mark = {"zh": "；", "en": "; "}[style.lang]
    colon = {"zh": "：", "en": ": "}[style.lang]
    told = [
        (judged[hangs(place)], f"{one.title.in_language(style.lang)}{colon}{one.words.in_language(style.lang)}")
        for place, one in enumerate(plan.rulebook.alternatives)
    ]
    return listed(told, mark)


def headed(columns: Mapping[str, Value], titles: Mapping[str, Text], style: Style) -> list[RowColumn]:
    """Give the columns with their headings, each of which stands once."""
    found: dict[str, RowColumn] = {}
    for name, value in columns.items():
        title = name if style.labels == "ids" else titles[name].in_language(style.lang)
        title = title if title not in found else f"{title} ({name})"
        found[title] = RowColumn(name, title, value)
    return list(found.values())


def carried_columns(judged: Table, style: Style, ours: Sequence[RowColumn]) -> list[RowColumn]:
    """Give the caller's own columns under their own headers, told apart from ours and from one another."""
    taken = {column.heading.casefold() for column in ours}  # databases do not tell A from a
    found = []
    for place, header in style.carried.items():
        name = (harmless(header) if style.is_harmless else header) or place
        while name.casefold() in taken:
            name = f"{name} *"
        taken.add(name.casefold())
        found.append(RowColumn(place, name, _callers(judged[place], style), is_carried=True))
    return found


def _callers(text: Value, style: Style) -> Value:
    return harmless_text(text) if style.is_harmless else text


def _figure(value: Value, fact: Fact, style: Style) -> Value:
    """Give a figure as it is shown, no -0; where titles are wanted, in words."""
    if style.labels == "ids" or not (fact.choices or fact.kind in BOOLEAN):
        return value + 0.0 if value.type == "DOUBLE" else value
    if fact.kind in BOOLEAN:
        yes, no = (text.in_language(style.lang) for text in (Text("是", "yes"), Text("否", "no")))
        return cases((value, yes), (~value, no))
    words = {code: Text(one.zh, one.en).in_language(style.lang) for code, one in fact.choices.items()}
    if fact.kind is Kind.CHOICES:
        several = listed([(value.contains(f",{code},"), word) for code, word in words.items()], between(style))
        return cases((value.notnull(), several))
    return cases(*((value == code, word) for code, word in words.items()), else_=value)


def _with_unit(fact: Fact) -> Text:
    """Give the title of a figure with its unit, where it has one."""
    zh, en = fact.title.zh, fact.title.en
    return Text(f"{zh}（{fact.unit.zh}）", f"{en} ({fact.unit.en})") if fact.unit.zh else fact.title


def _name(name: str, title: Text, style: Style) -> str:
    return name if style.labels == "ids" else title.in_language(style.lang)


def _outcome_words(style: Style) -> Mapping[Outcome, str]:
    if style.labels == "ids":
        return {outcome: outcome.value for outcome in Outcome}
    return {outcome: text.in_language(style.lang) for outcome, text in OUTCOMES.items()}


def _outcome(of: Decided, criterion: Criterion, words: Mapping[Outcome, str], style: Style) -> Value:
    """Give the outcome of a criterion; in words, of one that is met because it does not apply, that."""
    outcome, guard = of.outcome(criterion.gate), criterion.gate.guard
    idle = [(of.outcome(guard), IDLE.in_language(style.lang))] if guard and style.labels == "titles" else []
    return cases(
        *idle, (outcome, words[Outcome.MET]), (~outcome, words[Outcome.NOT_MET]), else_=words[Outcome.UNDETERMINED]
    )


def standing_words(style: Style) -> tuple[str, ...]:
    """Give the words for qualified, not qualified and undetermined."""
    texts = STANDINGS.items()
    return tuple(one.value if style.labels == "ids" else text.in_language(style.lang) for one, text in texts)


def _standing(outcome: Value, style: Style) -> Value:
    qualified, not_qualified, undetermined = standing_words(style)
    return cases((outcome, qualified), (~outcome, not_qualified), else_=undetermined)


def between(style: Style) -> str:
    """Give what stands between the words of a list."""
    return ";" if style.labels == "ids" else {"zh": "、", "en": "; "}[style.lang]
