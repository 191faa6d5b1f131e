"""What a row says of the routes beside the verdict on each problem class: which one follows, or which may."""

from __future__ import annotations

from engine.columns.outcomes import Decided
from engine.explaining.verdict import Standing
from engine.explaining.wording import STANDINGS
from engine.judging.verdict_rows import Style, between
from engine.rulebooks.routes import NO_ROUTE, ProblemRoutes
from engine.sql.functions import NO, cases, listed
from engine.sql.value import Value


def route_columns(of: Decided, routes: ProblemRoutes, style: Style) -> tuple[dict[str, Value], dict[str, Value]]:
    """Give the columns before those of the classes, and behind them.

    The route is that of the first class that holds, unless it is not known whether one before it does.
    """
    is_id, lang = style.labels == "ids", style.lang
    names = [layer.id if is_id else layer.title.in_language(lang) for layer in routes.layers]
    none = "none" if is_id else NO_ROUTE.in_language(lang)
    open_ = Standing.UNDETERMINED.value if is_id else STANDINGS[Standing.UNDETERMINED].in_language(lang)
    outcomes = [of.outcome(criterion.gate) for criterion in of.rulebook.criteria]
    told, may, holds = [], [], NO
    for outcome, name in zip(outcomes, names, strict=True):
        told += [(outcome, name), (outcome.isnull(), open_)]
        may.append((outcome.fill_null(~NO) & ~holds, name))
        holds = holds | outcome.fill_null(NO)
    route = cases(*told, else_=none)
    may.append((~holds, none))
    return {"route": route}, {"may_follow": cases((route == open_, listed(may, between(style))), else_="")}
