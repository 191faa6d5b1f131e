"""The route for one key product: which problem classes hold, which route follows, and what is missing to tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from engine.assessment import read_profile, verdict
from engine.explaining.findings import citation
from engine.explaining.reasons import in_a_line
from engine.explaining.requirement import changes_of, trial_words
from engine.explaining.verdict import Citation, Firm, MissingFact, Standing, Verdict
from engine.explaining.wording import NOTICE
from engine.ground.errors import Problem, Text
from engine.ground.result import Result
from engine.language.decision_day import Day, given_day
from engine.language.notes import sentence
from engine.rulebooks.catalog import Catalog, shipped
from engine.rulebooks.routes import NO_ROUTE, Layer, ProblemRoutes

_ROUTE, _ROUTES = Text("路线", "Route"), Text("可能的路线", "Routes that may follow")
_HOLDS = {Standing.QUALIFIED: True, Standing.NOT_QUALIFIED: False, Standing.UNDETERMINED: None}


@dataclass
class RouteNamed:
    """A route by its id and title."""

    id: str
    title: Text


@dataclass
class RouteMeasure:
    """What a route does: what its words say, the words, and where they stand."""

    title: Text
    quote: str
    cite: Citation
    grade: str


@dataclass
class OnwardRulebook:
    """A rulebook that the route leads to, and what it decides."""

    rulebook: str
    title: Text


@dataclass
class Route:
    """The route that follows, with its words, its measures and where it leads."""

    id: str
    title: Text
    layer: int
    quote: str
    cite: Citation
    grade: str
    measures: tuple[RouteMeasure, ...]
    onward: tuple[OnwardRulebook, ...]


@dataclass
class ProblemClass:
    """A problem class: in which layer it stands, to which route it leads, and whether the product has it."""

    title: Text
    layer: int
    route: RouteNamed
    verdict: Verdict


@dataclass
class ProblemRoute(Result):
    """The answer: the route, or which may follow (`none` is no route), every class, and what is missing to tell.

    The route is that of the first class that holds; `route` is null where none does or that is not known, `certain`
    says which.
    """

    firm: Firm
    as_of: str
    certain: bool
    route: Route | None
    may_follow: tuple[RouteNamed, ...]
    summary: Text
    reading: Text
    confirmed: bool
    classes: tuple[ProblemClass, ...]
    missing: tuple[MissingFact, ...]
    notes: tuple[Text, ...]
    warnings: tuple[Problem, ...]
    notice: Text


def route(facts: object, as_of: Day | None = None, catalog: Catalog | None = None) -> ProblemRoute:
    """Give which problem classes a key product has as of a day, and the route that follows. Raises what `assess` does.

    InputError too if the rules have no routes.
    """
    rules, day = catalog or shipped(), given_day(as_of)
    routes, profile = rules.routes, read_profile(facts, rules, day)
    found = [verdict(rules.rulebook(layer.rulebook), profile, day) for layer in routes.layers]
    following = routes.following([_HOLDS[one.verdict] for one in found])
    may = tuple(RouteNamed(*("none", NO_ROUTE) if one is None else (one.id, one.title)) for one in following)
    classes = tuple(
        ProblemClass(rules.rulebook(layer.rulebook).words.qualification, number, RouteNamed(layer.id, layer.title), one)
        for number, (layer, one) in enumerate(zip(routes.layers, found, strict=True), 1)
    )
    said, is_certain = _summary(classes, may), len(may) == 1
    books = [rules.rulebook(layer.rulebook) for layer in routes.layers]
    if changes := changes_of(((book.words.qualification, book) for book in books), profile.as_stated):
        trial = trial_words(changes)
        said = Text(f"{trial.zh}{said.zh}", f"{trial.en} {said.en}")
    warned = tuple(dict.fromkeys(warning for one in found for warning in one.warnings))
    before = takewhile(lambda one: one.verdict is not Standing.QUALIFIED, found)
    asked = [] if is_certain else [one for each in before for one in each.missing]
    return ProblemRoute(
        firm=Firm(profile.firm_id, profile.firm_name),
        as_of=day.isoformat(),
        certain=is_certain,
        route=_told(following[0], routes, rules) if is_certain and following[0] is not None else None,
        may_follow=may,
        summary=said,
        reading=routes.reading,
        confirmed=routes.confirmed,
        classes=classes,
        missing=tuple({one.fact: one for one in asked}.values()),
        notes=tuple(sentence(one, rules.vocabulary) for one in warned),
        warnings=warned,
        notice=NOTICE,
    )


def _told(layer: Layer, routes: ProblemRoutes, rules: Catalog) -> Route:
    sources = rules.rulebook(layer.rulebook).words.sources
    return Route(
        id=layer.id,
        title=layer.title,
        layer=routes.layers.index(layer) + 1,
        quote=layer.quote,
        cite=citation(layer.cite, sources),
        grade=layer.cite.grade,
        measures=tuple(
            RouteMeasure(one.title, one.quote, citation(one.cite, sources), one.cite.grade) for one in layer.measures
        ),
        onward=tuple(OnwardRulebook(one.rulebook, one.title) for one in layer.onward),
    )


def _summary(classes: tuple[ProblemClass, ...], may: tuple[RouteNamed, ...]) -> Text:
    """Say which classes hold, and which route follows or may."""
    by = {one: [each.title for each in classes if each.verdict.verdict is one] for one in Standing}
    says = [
        _listed(Text("符合", "Holds"), by[Standing.QUALIFIED]),
        _listed(Text("无法判定", "Undetermined"), by[Standing.UNDETERMINED]),
        _listed(_ROUTE if len(may) == 1 else _ROUTES, [one.title for one in may]),
    ]
    return in_a_line([one for one in says if one is not None])


def _listed(head: Text, titles: list[Text]) -> Text | None:
    if not titles:
        return None
    zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
    return Text(f"{head.zh}：{zh}。", f"{head.en}: {en}.")
