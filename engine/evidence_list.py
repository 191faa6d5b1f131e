"""What a firm has to hand in for a rulebook: its papers, by criterion, those it declares, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.assessment import case, papers_of, verdict
from engine.explaining.findings import facts_of
from engine.explaining.reasons import in_a_line
from engine.explaining.verdict import (
    Citation,
    CriterionFinding,
    Declared,
    Firm,
    MissingFact,
    RulebookReference,
    Standing,
    TrialReference,
    Verdict,
)
from engine.explaining.wording import NOTICE, standing_words
from engine.firms.profiles import Profile
from engine.ground.errors import Problem, Text
from engine.ground.outcome import Outcome, Reason
from engine.ground.result import Result
from engine.ground.values import out_of_term
from engine.language.decision_day import Day
from engine.language.facts import APPLICATION, Fact, Kind, half_width
from engine.language.notes import DAY, titles_of
from engine.rulebooks.asked_order import alternatives_asked
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.documents import DocumentsWords, Name, OfReview
from engine.rulebooks.logic import Rulebook, Threshold

OURS = Text(
    "哪些是“如有”的、哪些由主管部门核对，是我们的读法",
    "which are asked of few, and which the authority looks up, is our reading",
)
_NO_DOCUMENT = frozenset({"none", "claimed"})


@dataclass
class Document:
    """A document that is asked for; `ready` if the profile declares it.

    `if_any`: only some firms have it to give, and the profile does not say whether this one; `looked_up`: it is no
    paper of the firm, the authority has it.
    """

    title: Text
    ready: bool
    if_any: bool
    looked_up: bool


@dataclass
class FactEvidence:
    """A figure of a criterion, what usually proves it, and the document that the profile declares behind it."""

    fact: str
    title: Text
    usual: Text | None
    declared: Declared | None
    ready: bool


@dataclass
class CriterionEvidence:
    """What one criterion asks for on paper; nothing if it does not apply to the firm."""

    id: str
    title: Text
    outcome: Outcome
    decides: bool
    applies: bool
    cite: Citation
    documents: tuple[Document, ...]
    facts: tuple[FactEvidence, ...]


@dataclass
class Prepared:
    """A paper to prepare: what is asked of it, the names by which it is asked for, and the criteria that do.

    `for_review`: it is asked of a review, whatever its criteria ask, by our reading.
    """

    title: Text
    ready: bool
    if_any: bool
    looked_up: bool
    documents: tuple[Text, ...]
    criteria: tuple[str, ...]
    for_review: bool = False

    @property
    def counts(self) -> bool:
        """Whether the firm has to prepare it, whatever else it has."""
        return not (self.if_any or self.looked_up)


@dataclass
class EvidenceList(Result):
    """What a firm has to hand in for one rulebook: each paper once, and by criterion as the text asks for them.

    `conclusion` is the verdict with what fails, surely or unless another way is met. `missing` are the figures to be
    stated, `one_of` sets of them of which one is enough, `notes` what is to be checked.
    `offered` are of each list among them the options that the rulebook asks about.
    """

    firm: Firm
    rulebook: RulebookReference | TrialReference
    as_of: str
    verdict: Standing
    conclusion: Text
    summary: Text
    notes: tuple[Text, ...]
    missing: tuple[MissingFact, ...]
    one_of: tuple[tuple[str, ...], ...]
    offered: Mapping[str, tuple[str, ...]]
    prepare: tuple[Prepared, ...]
    criteria: tuple[CriterionEvidence, ...]
    notice: Text


def evidence(
    facts: object,
    rulebook: str | None = None,
    as_of: Day | None = None,
    catalog: Catalog | None = None,
    *,
    level: str | None = None,
) -> EvidenceList:
    """Give the documents to prepare for the rulebook that decides; arguments and errors are those of `assess`."""
    book, profile, day = case(facts, rulebook, as_of, catalog, level=level)
    found = verdict(book, profile, day)
    documents = (catalog or shipped()).documents
    criteria = evidence_of(book, profile, found, documents)
    papers = prepared(criteria, documents, day, _of_review(book, profile, documents))
    told = [*zip(found.notes, found.warnings, strict=True)]
    of_the_text = [note for note, about in told if about.where == DAY]
    ways = [tuple(one.fact for one in found.missing if one.fact in way) for way in alternatives_asked(book)]
    return EvidenceList(
        found.firm,
        found.rulebook,
        found.as_of,
        found.verdict,
        _conclusion(found),
        in_a_line([_summary(papers, is_told=bool(profile.evidence)), *of_the_text]),
        tuple(_to_check(*one) for one in told if one[1].where != DAY),  # no firm can check the text
        found.missing,
        tuple(way for way in ways if len(way) > 1),
        {one.fact: of for one in found.missing if one.kind is Kind.CHOICES and (of := _offered(book, one.fact))},
        papers,
        criteria,
        NOTICE,
    )


def _conclusion(found: Verdict) -> Text:
    """Give the verdict, and what each criterion that decides fails by, surely or unless another way is met."""
    verdict = standing_words(found.verdict, hangs=bool(found.hangs), is_trial=bool(found.rulebook.changes))
    fails = [told for one in found.criteria if one.decides and (told := one.fails or one.unless)]
    return in_a_line([Text(f"结论：{verdict.zh}。", f"Verdict: {verdict.en}."), *fails])


def _offered(book: Rulebook, name: str) -> tuple[str, ...]:
    """Give the options of a list that a rulebook asks about, in their order."""
    asked = {one.right.value for one in book.checks if one.fact.id == name and isinstance(one.right, Threshold)}
    return tuple(option for option in book.vocabulary[name].choices if option in asked)


def _to_check(note: Text, about: Problem) -> Text:
    """Give a note with what to do about it."""
    return in_a_line([note, about.instead]) if about.instead else note


def _of_review(book: Rulebook, profile: Profile, words: DocumentsWords) -> Sequence[tuple[OfReview, bool]]:
    """Give what a review is asked for beside, and whether the profile declares a document of the titles it states."""
    if profile.values.get(APPLICATION) != "review" or book.words.level is None:
        return ()
    held = titles_of(book.words.level, book.vocabulary)
    is_ready = held is not None and _fact(held, papers_of(profile).get(held.id)).ready
    return [(one, is_ready) for one in words.reviews]


def prepared(
    criteria: Iterable[CriterionEvidence],
    words: DocumentsWords,
    as_of: date,
    of_review: Sequence[tuple[OfReview, bool]] = (),
) -> tuple[Prepared, ...]:
    """Give each paper once, in the order of the criteria: what has several names as one, with its years."""
    paper_of = {one.name: (paper, one) for paper in words.papers for one in paper.names}
    asked: dict[Text, list[tuple[Document, str | None, Name | None]]] = {}
    for criterion in criteria:
        for document in criterion.documents:
            paper, name = paper_of.get(document.title.zh, (None, None))
            key = paper.title if paper else document.title
            asked.setdefault(key, []).append((document, criterion.id, name))
    for one, is_ready in of_review:
        document = Document(_with_needs(one.paper, [one.needs]), is_ready, if_any=False, looked_up=False)
        asked.setdefault(one.paper, []).append((document, None, Name(name=one.paper.zh, needs=one.needs)))
    return tuple(
        Prepared(
            _with_years(title, [name for *_, name in several if name], as_of.year - 1),
            all(document.ready for document, *_ in several),
            all(document.if_any for document, *_ in several),
            all(document.looked_up for document, *_ in several),
            tuple(dict.fromkeys(document.title for document, *_ in several)),
            tuple(dict.fromkeys(criterion for _, criterion, _ in several if criterion is not None)),
            any(criterion is None for _, criterion, _ in several),
        )
        for title, several in asked.items()
    )


def _with_years(title: Text, names: Sequence[Name], last: int) -> Text:
    """Give the title of a paper with its years, if it is of any, and behind them what is needed beside."""
    years = sorted({back for name in names for back in name.backs})
    if not years:
        return _with_needs(title, list(dict.fromkeys(name.needs for name in names if name.needs)))
    needs: dict[Text, set[int]] = {}
    for name in names:
        if name.needs:
            needs.setdefault(name.needs, set()).update(name.backs)
    zh, en = [], []
    for need, of in needs.items():
        whole = sorted(of) == years
        zh.append(f"{'均' if whole else _years(of, last).zh + '的'}须{need.zh}")
        en.append(f"{'each' if whole else _years(of, last).en} with {need.en}")
    said = _years(years, last)
    told = Text(f"（{'；'.join(zh)}）", f" ({'; '.join(en)})") if needs else Text("", "")
    return Text(f"{title.zh}：{said.zh}{told.zh}", f"{title.en}: {said.en}{told.en}")


def _with_needs(title: Text, needs: Sequence[Text]) -> Text:
    both = Text("；".join(one.zh for one in needs), "; ".join(one.en for one in needs))
    return Text(f"{title.zh}（{both.zh}）", f"{title.en} ({both.en})") if needs else title


def _years(backs: Iterable[int], last: int) -> Text:
    years = [last - back for back in sorted(backs)]
    return Text("、".join(f"{year}年度" for year in years), ", ".join(map(str, years)))


def evidence_of(
    rulebook: Rulebook, profile: Profile, found: Verdict, words: DocumentsWords
) -> tuple[CriterionEvidence, ...]:
    """Give the documents to prepare for each criterion of a verdict; none of what the firm says that it has not."""
    papers = papers_of(profile)
    criteria = tuple(
        _criterion(finding, facts_of(rulebook, criterion), profile, papers, words)
        for criterion, finding in zip(rulebook.criteria, found.criteria, strict=True)
    )
    documents = [document for criterion in criteria for document in criterion.documents]
    ready = {document.title for document in documents if document.ready}
    for document in documents:  # a document that several criteria ask for is prepared once
        document.ready = document.title in ready
    return criteria


def _criterion(
    finding: CriterionFinding,
    behind: Sequence[Fact],
    profile: Profile,
    papers: Mapping[str, Declared],
    words: DocumentsWords,
) -> CriterionEvidence:
    applies = finding.reason is not Reason.NOT_APPLICABLE
    shown = [fact for fact in behind if fact.evidence or fact.id in papers] if applies else []
    facts = [_fact(fact, papers.get(fact.id)) for fact in shown]
    rests_on = {check.fact for check in finding.checks if check.id in finding.rests_on}
    lacks = finding.outcome is Outcome.NOT_MET and rests_on <= {fact.id for fact in behind if fact.choices}
    lacks &= not any(out_of_term(profile.values.get(name, "")) for name in rests_on)  # what is renewed has a paper
    documents = () if lacks or not applies else _documents(finding.evidence_asked, facts, shown, profile, words)
    return CriterionEvidence(
        finding.id, finding.title, finding.outcome, finding.decides, applies, finding.cite, documents, tuple(facts)
    )


def _fact(fact: Fact, declared: Declared | None) -> FactEvidence:
    ready = declared is not None and declared.status not in _NO_DOCUMENT
    return FactEvidence(fact.id, fact.title, fact.evidence, declared, ready)


def _documents(
    asked: tuple[Text, ...], facts: list[FactEvidence], behind: list[Fact], profile: Profile, words: DocumentsWords
) -> tuple[Document, ...]:
    """Tick what is declared: by its name, or where one document is asked for, once every stated figure has one.

    A criterion that names no documents asks for what usually proves its facts.
    """
    if not asked:
        usual = {fact.usual: None for fact in facts if fact.usual}
        return tuple(
            Document(
                one,
                all(fact.ready for fact in facts if fact.usual == one),
                if_any=all(fact.if_any and fact.id not in profile.values for fact in behind if fact.evidence == one),
                looked_up=False,
            )
            for one in usual
        )
    sources = [fact.declared.source for fact in facts if fact.ready and fact.declared and fact.declared.source]
    stated = [fact for fact in facts if fact.fact in profile.values]
    all_ready = len(asked) == 1 and bool(stated) and all(fact.ready for fact in stated)
    of_few = {one.name: one.is_asked(profile.values) for one in words.if_any}
    return tuple(
        Document(
            one,
            all_ready or any(_names(source, one) for source in sources),
            if_any=of_few.get(one.zh, True) is None,
            looked_up=one.zh in words.looked_up,
        )
        for one in asked
        if of_few.get(one.zh, True) is not False
    )


def _names(source: str, document: Text) -> bool:
    """Whether a declared source has the name of the document in it, in Chinese or in English."""
    declared = _plain(source)
    return any(asked and asked in declared for asked in (_plain(document.zh), _plain(document.en)))


def _plain(words: str) -> str:
    return "".join(half_width(words).casefold().split("(")[0].split())


def _summary(papers: Sequence[Prepared], *, is_told: bool) -> Text:
    """Say how many different papers there are and, if the profile tells what it has, how many of them are ready."""
    counted = [one for one in papers if one.counts]
    count, ready = len(counted), sum(one.ready for one in counted)
    if is_told:
        zh = [f"共需 {count} 种材料，已备 {ready} 种，尚缺 {count - ready} 种"]
        en = [f"{count} different documents are asked for: {ready} ready, {count - ready} to prepare"]
    else:
        zh, en = [f"共需 {count} 种材料，备好一种勾一种"], [f"{count} different documents are asked for, to be ticked"]
    few = sum(one.if_any for one in papers)
    if few:
        zh, en = [*zh, f"如有才准备的另有 {few} 种"], [*en, f"{few} more only if the firm has any"]
    others = sum(one.looked_up for one in papers)
    if others:
        zh, en = (
            [*zh, f"由主管部门核对的 {others} 种"],
            [*en, f"{others} {'is' if others == 1 else 'are'} looked up by the authority"],
        )
    if few or others:
        zh, en = [*zh, OURS.zh], [*en, OURS.en]
    return Text(f"{'；'.join(zh)}。", f"{'; '.join(en)}.")
