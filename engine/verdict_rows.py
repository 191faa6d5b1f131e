"""What a row of a verdict file says: whose it is, the verdict, each criterion, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import ibis
import ibis.expr.types as ir

from engine.column_values import x
from engine.column_words import sentence
from engine.errors import Language, Text
from engine.outcome import Outcome
from engine.screen_plan import Plan
from engine.to_columns import Decided
from engine.wording import OUTCOMES, STANDINGS

Labels = Literal["ids", "titles"]

HEADINGS: Mapping[str, Text] = {
    "firm_id": Text("统一社会信用代码", "Firm id"),
    "firm_name": Text("企业名称", "Firm name"),
    "verdict": Text("总体结论", "Verdict"),
    "unmet": Text("不符合的条件", "Criteria not met"),
    "undetermined": Text("无法判定的条件", "Undetermined criteria"),
    "missing": Text("缺少的指标", "Missing facts"),
    "reasons": Text("说明", "Reasons"),
    "rulebook": Text("认定规则", "Rulebook"),
    "digest": Text("规则摘要", "Digest"),
    "as_of": Text("判定日", "As of"),
}
_DIGEST = 16


@dataclass(frozen=True)
class Style:
    """How a verdict file is written: language of sentences, ids or titles, and what comes along.

    `carried` are the caller's own columns, by place, with their headers; `figures` adds every figure looked at.
    """

    lang: Language = "zh"
    labels: Labels = "ids"
    carried: Mapping[str, str] = field(default_factory=dict)
    figures: bool = False


def verdict_rows(stage: ir.Table, plan: Plan, style: Style) -> ir.Table:
    """Give the rows of a verdict file from a stage with reasons: those that are not rejected, in their order."""
    stage = stage.filter(~stage.rejected)
    of = Decided(stage, plan.rulebook)
    criteria = plan.rulebook.criteria
    words = _outcome_words(style)
    columns: dict[str, ir.Value] = {
        "firm_id": stage.firm_id,
        "firm_name": stage.firm_name,
        "verdict": _standing(of.outcome(plan.rulebook.verdict_gate), style),
        **{criterion.words.id: _outcome(of.outcome(criterion.gate), words) for criterion in criteria},
    }
    names = {one.words.id: _name(one.words.id, one.words.title, style) for one in plan.deciding}
    outcomes = {one.words.id: of.outcome(one.gate) for one in plan.deciding}
    mark = ";" if style.labels == "ids" else {"zh": "、", "en": "; "}[style.lang]
    columns["unmet"] = _listed([(~outcomes[name], title) for name, title in names.items()], mark)
    columns["undetermined"] = _listed([(outcomes[name].isnull(), title) for name, title in names.items()], mark)
    vocabulary = plan.rulebook.vocabulary
    blanks = {name: stage.missing.contains(f";{name};") for name in plan.may_be_missing}
    facts = [(where, _name(name, vocabulary[name].title, style)) for name, where in blanks.items()]
    columns["missing"] = _trimmed(stage.missing) if style.labels == "ids" else _listed(facts, mark)
    codes = {criterion.words.id: stage[f"r_{criterion.words.id}"] for criterion in plan.deciding}
    columns["reasons"] = sentence(of, codes, style.lang)
    columns["rulebook"] = ibis.literal(plan.rulebook.id)
    columns["digest"] = ibis.literal(plan.rulebook.digest[:_DIGEST])
    columns["as_of"] = ibis.literal(plan.as_of.isoformat())
    if style.figures:
        columns |= {name: stage[x(name)] for name in plan.shown_facts}
    return stage.select(**_titled(columns, plan, style), **carried_columns(stage, style, columns))


def _titled(columns: Mapping[str, ir.Value], plan: Plan, style: Style) -> dict[str, ir.Value]:
    """Give the columns under their headings, each of which stands once."""
    if style.labels == "ids":
        return dict(columns)
    titles = {criterion.words.id: criterion.words.title for criterion in plan.rulebook.criteria}
    titles |= {name: plan.rulebook.vocabulary[name].title for name in plan.shown_facts}
    found: dict[str, ir.Value] = {}
    for name, column in columns.items():
        title = (HEADINGS.get(name) or titles[name]).in_language(style.lang)
        found[title if title not in found else f"{title} ({name})"] = column
    return found


def carried_columns(stage: ir.Table, style: Style, ours: Mapping[str, ir.Value]) -> dict[str, ir.Value]:
    """Give the caller's own columns under their own headers, told apart from ours and from one another."""
    taken = {*ours, *(text.in_language(style.lang) for text in HEADINGS.values())}
    found: dict[str, ir.Value] = {}
    for place, header in style.carried.items():
        name = header or place
        while name in taken or name in found:
            name = f"{name} *"
        found[name] = stage[place]
    return found


def _name(name: str, title: Text, style: Style) -> str:
    return name if style.labels == "ids" else title.in_language(style.lang)


def _outcome_words(style: Style) -> Mapping[Outcome, str]:
    if style.labels == "ids":
        return {outcome: outcome.value for outcome in Outcome}
    return {outcome: text.in_language(style.lang) for outcome, text in OUTCOMES.items()}


def _outcome(outcome: ir.BooleanValue, words: Mapping[Outcome, str]) -> ir.StringValue:
    return ibis.cases(
        (outcome, words[Outcome.MET]), (~outcome, words[Outcome.NOT_MET]), else_=words[Outcome.UNDETERMINED]
    )


def standing_words(style: Style) -> tuple[str, ...]:
    """Give the words for qualified, not qualified and undetermined."""
    texts = STANDINGS.items()
    return tuple(one.value if style.labels == "ids" else text.in_language(style.lang) for one, text in texts)


def _standing(outcome: ir.BooleanValue, style: Style) -> ir.StringValue:
    qualified, not_qualified, undetermined = standing_words(style)
    return ibis.cases((outcome, qualified), (~outcome, not_qualified), else_=undetermined)


def _listed(parts: list[tuple[ir.BooleanValue, str]], mark: str) -> ir.StringValue:
    """Join the words of the parts that hold."""
    told = ibis.literal("").concat(*(ibis.cases((where, word + mark), else_="") for where, word in parts))
    return told.substr(0, told.length() - len(mark))


def _trimmed(missing: ir.StringValue) -> ir.StringValue:
    """Take the marks off both ends of ;a;b;."""
    return missing.substr(1, missing.length() - 2)
