"""A verdict on a page, for who decides in the firm: what is sure, what is not met, what to fetch, the next step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from rich.text import Text as Styled

from engine.command.console import Screen, console, wrapped
from engine.command.page_foot import explained
from engine.command.verdict_text import COLOUR, print_foot, print_head, print_heading, turn_words
from engine.explaining.labels import Label
from engine.explaining.told import deciding, idle, told_checks
from engine.explaining.verdict import CheckFinding, CriterionFinding, Standing, Verdict
from engine.explaining.wording import (
    NOT_APPLICABLE,
    NOT_MET_UNLESS,
    OUTCOMES,
    Pair,
    asked_title,
    figure_words,
    must,
    quoted_words,
    required_words,
)
from engine.ground.errors import Language, Text, in_quotes
from engine.ground.outcome import Outcome, Reason
from engine.ground.values import Terms
from engine.language.facts import BOOLEAN, Fact
from engine.rulebooks.catalog import Catalog
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.rulebook import Operator

_SEEN_ONLY = frozenset({Operator.EQUALS, Operator.ONE_OF, Operator.CONTAINS})
_STATED = Text("按所填符合：", "Met as stated: ")
_NOT_SEEN = re.compile(r"[^。]*可信度[MX][^。]*。|[^.]*\bgrade [MX]\b[^.]*\.")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_MORE = Text("原文、读法和出处见全文。", "The words, readings and sources stand in the full text.")


def print_page(verdict: Verdict, rulebook: Rulebook, terms: Terms, catalog: Catalog, lang: Language) -> None:
    """Print a verdict on a page: what fails with its words and a way out, a line for each other criterion, a step.

    `terms` are those of titles, by fact.
    """
    screen = console(record=True)
    print_head(screen, verdict, lang)
    _, failed = deciding(verdict, Outcome.NOT_MET)
    saved, open_ = deciding(verdict, Outcome.UNDETERMINED)
    _, met = deciding(verdict, Outcome.MET)
    for heading, several in ((OUTCOMES[Outcome.NOT_MET], failed), (NOT_MET_UNLESS, saved)):
        _head(screen, heading, several, lang)
        for criterion in several:
            _print_failing(screen, criterion, verdict.rulebook.document, lang)
    _head(screen, OUTCOMES[Outcome.UNDETERMINED], open_, lang)
    if verdict.verdict is Standing.NOT_QUALIFIED:
        missing = {one.id: _missing(one, verdict, lang) for one in open_}
        _say_together(screen, "? ", open_, lang, missing)
    else:
        for one, opened in zip(open_, _opened(open_, verdict, rulebook), strict=True):
            _say_with_turns(screen, "? ", opened.in_language(lang), [one], lang)
    _head(screen, OUTCOMES[Outcome.MET], met, lang)
    figured = [(one, _figures(one, rulebook, terms)) for one in met]
    for one, figures in figured:
        if figures:
            says = _titled(one.title.in_language(lang), figures.in_language(lang), lang)
            _say_with_turns(screen, "✓ ", says, [one], lang)
    _say_together(screen, f"✓ {_STATED.in_language(lang)}", [one for one, figures in figured if figures is None], lang)
    _head(screen, NOT_APPLICABLE, idle(verdict), lang)
    _say_together(screen, "– ", idle(verdict), lang)
    told = {one.id for one in (*failed, *saved, *open_, *met, *idle(verdict))}
    _say(screen, "  ", [turn_words(one).in_language(lang) for one in verdict.hangs_on if one.criterion not in told])
    _say(screen, "· ", [_informed(one, lang) for one in verdict.criteria if not one.decides])
    step = {"zh": "下一步：", "en": "Next: "}[lang] + _next(verdict, failed, saved, rulebook, catalog).in_language(lang)
    screen.print(Styled(f"\n{wrapped(step, screen.width)}", "bold"))
    more = explained(screen.export_text(), catalog, [rulebook.id], lang)
    print_foot(screen, verdict, lang, [*more, _MORE.in_language(lang)])


def _informed(criterion: CriterionFinding, lang: Language) -> str:
    """Say how a criterion came out that does not decide, of an open one what is missing."""
    outcome = NOT_APPLICABLE if criterion.reason is Reason.NOT_APPLICABLE else OUTCOMES[criterion.outcome]
    open_ = [one for one in told_checks(criterion) if one.outcome is Outcome.UNDETERMINED]
    says = [one.explanation.in_language(lang) for one in open_] or [outcome.in_language(lang)]
    told = _titled(criterion.title.in_language(lang), "".join(says), lang)
    return {"zh": "仅供参考：", "en": "Only informs: "}[lang] + told


def _head(screen: Screen, heading: Text, criteria: Sequence[CriterionFinding], lang: Language) -> None:
    if criteria:
        print_heading(screen, heading, COLOUR[criteria[0].outcome], criteria, lang)


def _say_together(
    screen: Screen,
    mark: str,
    criteria: Sequence[CriterionFinding],
    lang: Language,
    behind: Mapping[str, str] = _NOTHING,
) -> None:
    """Print the titles of criteria in a line, if there are any, each with what is to stand behind it."""
    if criteria:
        told = {"zh": "；", "en": "; "}[lang].join(
            one.title.in_language(lang) + behind.get(one.id, "") for one in criteria
        )
        _say_with_turns(screen, mark[:2], mark[2:] + told, criteria, lang)


def _say_with_turns(screen: Screen, mark: str, says: str, criteria: Sequence[CriterionFinding], lang: Language) -> None:
    """Print what is said of criteria, and below it what other readings of them do."""
    _say(screen, mark, [says])
    turns = [turn for one in criteria for turn in one.hangs_on]
    told = [turn.explanation if len(criteria) == 1 else turn_words(turn) for turn in turns]
    _say(screen, "  ", [one.in_language(lang) for one in told])


def _say(screen: Screen, mark: str, lines: Sequence[str]) -> None:
    for line in lines:
        screen.print(Styled(mark + wrapped(line, screen.width - 2).replace("\n", "\n  ")))


def _print_failing(screen: Screen, criterion: CriterionFinding, document: str | None, lang: Language) -> None:
    """Print what a criterion fails by, and what else would save it; its words; what a figure would have to be.

    And whether how it is read is not confirmed.
    """
    says = (criterion.unless or criterion.fails or criterion.requires).in_language(lang)
    quoted = f"{quoted_words(criterion.quote).in_language(lang)} {criterion.cite.place(document)}"
    quoted += "".join(f" · {one}" for one in _doubts(criterion, lang))
    _say(screen, "✗ ", [f"{_titled(criterion.title.in_language(lang), says, lang)} {quoted}"])
    enough = [one.enough for one in told_checks(criterion) if one.outcome is Outcome.NOT_MET]
    _say(screen, "→ ", [one.in_language(lang) for one in dict.fromkeys(filter(None, enough))])
    _say(screen, "  ", [turn.explanation.in_language(lang) for turn in criterion.hangs_on])


def _doubts(criterion: CriterionFinding, lang: Language) -> Iterator[str]:
    """Give the grade of a place that was not read, that a reading is not confirmed, and what of it nobody has seen."""
    if criterion.grade in "MX":
        yield f"[{criterion.grade}]"
    if criterion.reading and not criterion.confirmed:
        yield Label.UNCONFIRMED.in_language(lang)
        yield from (one.strip(" 。.") for one in _NOT_SEEN.findall(criterion.reading.in_language(lang)))


def _titled(title: str, says: str, lang: Language) -> str:
    """Put a title before what is said, unless that begins with it, or is about one figure whose name has it.

    >>> _titled("营业收入", "上年度营业收入 3 万元", "zh"), _titled("获奖", "第 1 名", "zh")
    ('上年度营业收入 3 万元', '获奖：第 1 名')
    """
    title = title if title in says else in_quotes(title)[1:-1]
    is_named = title.casefold() in says.casefold() and not set(says) & set("；;")
    is_named |= says.lstrip("“").startswith((f"{title}”", f"{title} is", f"{title}: ", f"{title}, "))
    return says if is_named else f"{title}{'：' if lang == 'zh' else ': '}{says}"


def _missing(criterion: CriterionFinding, verdict: Verdict, lang: Language) -> str:
    """Name what is missing of a criterion that is open."""
    asked = _asked_by(one for one in told_checks(criterion) if one.outcome is Outcome.UNDETERMINED)
    names = [in_quotes(one.title.in_language(lang))[1:-1] for one in verdict.missing if one.fact in asked]
    mark, begin, end = {"zh": ("、", "（缺：", "）"), "en": (", ", " (missing: ", ")")}[lang]
    return f"{begin}{mark.join(names)}{end}" if names else ""


def _asked_by(checks: Iterable[CheckFinding]) -> set[str]:
    return {name for one in checks for name in (one.fact, *(part.fact for part in one.derived_from))}


def _figures(criterion: CriterionFinding, rulebook: Rulebook, terms: Terms) -> Text | None:
    """Say of a criterion that is met which figures meet which thresholds; None if no figure does."""
    rests = [one for one in criterion.checks if one.id in criterion.rests_on and one.outcome is Outcome.MET]
    facts = {check.fact.id: check.fact for check in rulebook.checks}  # scores too
    parts = list(dict.fromkeys(filter(None, (_figure(one, facts[one.fact], terms) for one in rests))))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts)) if parts else None


def _figure(check: CheckFinding, fact: Fact, terms: Terms) -> Text | None:
    operator, required = Operator(check.operator), check.required
    if fact.is_numeric:
        bar = required if isinstance(required, int | float) else 0
        seen, asked = figure_words(fact, check.observed, bar), _required(check, fact)
        return Text(f"{fact.title.zh} {seen[0]}（{asked[0]}）", f"{fact.title.en} {seen[1]} ({asked[1]})")
    if fact.kind in BOOLEAN or operator not in _SEEN_ONLY or check.observed is None:
        return None
    seen = figure_words(fact, check.observed, until=terms.get(fact.id, {}))
    return Text(f"{fact.title.zh} {seen[0]}", f"{fact.title.en} {seen[1]}")


def _required(check: CheckFinding, fact: Fact) -> Pair:
    """Say what is required, of a trial with what the text says."""
    zh, en = required_words(fact, Operator(check.operator), check.required)
    origin = check.required_from
    beside = origin.title if origin is not None and origin.kind == "what_if" else None
    return (zh, en) if beside is None else (f"{zh}[{beside.zh}]", f"{en} [{beside.en}]")


def _opened(criteria: Sequence[CriterionFinding], verdict: Verdict, rulebook: Rulebook) -> Iterator[Text]:
    """Say what is open of each criterion, what would be enough, and which papers have it; nothing is said twice."""
    told: set[Text] = set()
    for criterion in criteria:
        checks = [one for one in told_checks(criterion) if one.outcome is Outcome.UNDETERMINED]
        asked = _asked_by(checks)
        found = dict.fromkeys(one.evidence for one in verdict.missing if one.fact in asked and one.evidence)
        papers = [
            one for one in found if not any(other.zh.startswith((f"{one.zh}，", f"{one.zh}（")) for other in found)
        ]
        of_ways = {name for choice in criterion.any_of for name in choice.checks}
        words = [choice.explanation for choice in criterion.any_of]
        words += _asked([one for one in checks if one.id not in of_ways], rulebook)
        words += [one.enough for one in checks if one.enough is not None]
        says = [one for one in words if one not in told] or words
        told.update(words)
        zh, en = "；".join(one.zh.rstrip("。") for one in says), "; ".join(one.en.rstrip(".") for one in says)
        if papers:
            zh += f"。材料：{'、'.join(one.zh for one in papers)}"
            en += f". Papers: {'; '.join(one.en for one in papers)}"
        yield Text(f"{criterion.title.zh}：{zh}", f"{criterion.title.en}: {en}")


def _asked(checks: Sequence[CheckFinding], rulebook: Rulebook) -> Iterator[Text]:
    """Give what each fact would have to be; of several ways of one fact, all in a sentence."""
    by_fact: dict[str, list[CheckFinding]] = {}
    for check in checks:
        by_fact.setdefault(check.fact, []).append(check)
    for name, several in by_fact.items():
        if len(several) == 1 or any(one.operator not in _SEEN_ONLY for one in several):
            yield from dict.fromkeys(one.explanation for one in several)
            continue
        fact = rulebook.vocabulary[name]
        words = list(dict.fromkeys(_required(one, fact) for one in several))
        zh, en = "，或".join(one[0] for one in words), ", or ".join(one[1] for one in words)
        asks = fact.question
        yield Text(f"缺少{in_quotes(asks.zh)}（{must(fact)}{zh}）", f"missing: {asks.en} (required: {en})")


def _if_failing(failed: Sequence[CriterionFinding], rulebook: Rulebook, catalog: Catalog) -> Text:
    """Say what to do first of what is not met: figures of past years stay, a title that comes first is to be had."""
    checks = [one for each in failed for one in told_checks(each) if one.outcome is Outcome.NOT_MET]
    facts = [rulebook.vocabulary[one.fact] for one in checks]
    figures = any(fact.is_numeric for fact in facts)
    place = catalog.levels.step_of(rulebook.words.level or "") or 0
    below = catalog.levels.steps[place - 1].levels if place else ()
    is_asked = any(one.operator == Operator.CONTAINS and one.required in below for one in checks)
    names = [catalog.levels.title(one) for one in below if is_asked]
    zh = "先核对不符合的各项所填是否属实" + ("：已过去的年度的数，只有填错的才能更正" if figures else "")
    en = "Check what is not met first" + (": figures of years that are over can only be corrected" if figures else "")
    zh += "。属实的，只有这些改变以后才可能符合，补齐其余信息不改变结论"
    en += ". If it is so, only a change of these helps; the rest would not"
    if names:
        zh += f"。须先取得称号（过期的须先延续）：{'或'.join(one.zh for one in names)}"
        en += f". A title comes first, renewed if it is over: {' or '.join(one.en for one in names)}"
    return Text(f"{zh}。", f"{en}.")


def _next(
    verdict: Verdict,
    failed: Sequence[CriterionFinding],
    saved: Sequence[CriterionFinding],
    rulebook: Rulebook,
    catalog: Catalog,
) -> Text:
    """Say what to do next."""
    if verdict.verdict is Standing.QUALIFIED:
        return Text(
            "各项条件按所填都符合。请核对所填的数与材料一致，备齐材料，按主管部门的通知申报。",
            "Every criterion is met by what is stated. Check the figures against the papers, and apply when called to.",
        )
    again = Text("填回填报表，再比对一次", "enter it in the form and compare again")
    if verdict.verdict is Standing.NOT_QUALIFIED:
        return _if_failing(failed, rulebook, catalog)
    if saved:
        ways = [one.question for one in verdict.missing if one.if_any]
        listed = Text("、".join(one.zh for one in ways), ", ".join(one.en for one in ways))
        told = asked_title(listed, if_any=True)
        zh, en = told.zh, told.en
        return Text(
            f"先核对按所填不符合的 {len(saved)} 项，看有没有别的条件可用{f'（{zh}）' if ways else ''}；{again.zh}。",
            f"Look first at what fails by what is stated, and for another way{f' ({en})' if ways else ''}; {again.en}.",
        )
    if all(one.verdict is not Standing.QUALIFIED for one in verdict.settles):
        return Text(
            "无法判定的各项中有的不是企业能补的，请向主管部门询问；其余取得后，" + again.zh + "。",
            f"Of what is open some is not the firm's to supply: ask the authority. Get the rest, {again.en}.",
        )
    return _get(verdict, again)


def _get(verdict: Verdict, again: Text) -> Text:
    """Say how many facts the firm is to get, at least, where one of several ways is enough; others judge the rest."""
    least = next(set(one.facts) for one in verdict.settles if one.verdict is Standing.QUALIFIED)
    judged = [one.fact for one in verdict.missing if one.reason is Reason.NEEDS_REVIEW and one.fact in least]
    count = len(least) - len(judged)
    zh, en = f"取得上面所缺的 {count} 项信息", f"Get {count} of the facts above"
    if len(verdict.missing) > len(least):
        zh, en = f"至少{zh}（几项满足其一即可的算一项）", f"Get at least {count} of the facts above"
    zh, en = f"{zh}，{again.zh}", f"{en}, {again.en}"
    if judged:
        rest = Text(
            f"{len(judged)} 项待评审，由评审判定，企业不填",
            f"{len(judged)} are for reviewers to judge, not for the firm",
        )
        zh, en = (f"{zh}；另有 {rest.zh}", f"{en}; {rest.en}") if count else (rest.zh, rest.en)
    return Text(f"{zh}；都如所列要求的，结论为“符合”。", f"{en}; if all are as required, the verdict is qualified.")
