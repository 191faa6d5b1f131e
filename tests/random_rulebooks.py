"""Random rulebooks over a small vocabulary that has every kind of fact, and random profiles with unknowns for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from engine.ground.errors import RulebookError
from engine.language.facts import Fact, Vocabulary
from engine.language.yaml_file import Document, validated
from engine.rulebooks.logic import Rulebook
from engine.rulebooks.resolve import resolve
from engine.rulebooks.rulebook import RulebookWords

AS_OF = date(2026, 6, 30)
_CODES = ("a", "b", "c")
_OPTIONS = {code: {"zh": f"选项{code}", "en": f"option {code}"} for code in _CODES}

_FACTS: Mapping[str, Mapping[str, Any]] = {
    "money1": {"kind": "money"},
    "money2": {"kind": "money"},
    "money3": {"kind": "money", "range": {"at_least": "-1000000000000"}},
    "share": {"kind": "percent"},
    "staff": {"kind": "count"},
    "rank": {"kind": "rank"},
    "plain": {"kind": "number"},
    "yes": {"kind": "yes_no"},
    "judged": {"kind": "judgement"},
    "one": {"kind": "choice", "choices": _OPTIONS},
    "some": {"kind": "choices", "choices": _OPTIONS},
    "day": {"kind": "date"},
    "ratio": {"kind": "percent", "formula": "100 * money1 / money2"},
    "growth": {"kind": "percent", "formula": "100 * (sqrt(money1 / money3) - 1)"},
    "middle": {"kind": "money", "formula": "mean(money1, money2) - min(money2, money3) / 3"},
    "age": {"kind": "years", "formula": "years_since(day)"},
}
VOCABULARY = Vocabulary(
    {
        name: Fact.model_validate({"id": name, "title": {"zh": f"指标{name}", "en": name}, **spec})
        for name, spec in _FACTS.items()
    },
    "test",
)
_FIGURES = ("0", "0.0001", "0.7", "2.1", "3", "15", "15.000001", "70", "99.9999", "1000", "40000", "1000000000")
_WHOLE = ("1", "2", "3", "15", "1000")
_NUMERIC = ("money1", "money2", "money3", "share", "staff", "rank", "plain", "ratio", "growth", "middle", "age")
_ORDER = ("at_least", "less_than", "at_most", "more_than", "equals", "differs_from")
_MONEY = ("money1", "money2", "money3", "middle")

_TABLE = Path(mkdtemp()) / "bar.csv"
_TABLE.write_text("one,bar,gap\na,15,\nb,2.1,70\n", encoding="utf-8")

DATA: dict[str, dict[str, Any]] = {}
"""The data that each rulebook was read from, by its digest."""

_figures = st.sampled_from(_FIGURES)


def _threshold(fact: str) -> st.SearchStrategy[str]:
    if fact in {"staff", "rank"}:
        return st.sampled_from(_WHOLE)
    return _figures.map(lambda figure: f"{figure}%") if fact in {"share", "ratio", "growth"} else _figures


def _numeric_check() -> st.SearchStrategy[dict[str, Any]]:
    def with_right(fact: str) -> st.SearchStrategy[dict[str, Any]]:
        rights: list[st.SearchStrategy[Any]] = [
            _threshold(fact),
            st.just({"benchmark": "bar"}),
            st.just({"benchmark": "gap"}),
        ]
        if fact in _MONEY:
            rights.append(st.sampled_from([{"fact": other} for other in _MONEY]))
        if fact not in {"staff", "rank"}:
            rights.append(st.just({"parameter": "floor"}))
        return st.builds(
            lambda operator, right: {"fact": fact, operator: right}, st.sampled_from(_ORDER), st.one_of(rights)
        )

    return st.sampled_from(_NUMERIC).flatmap(with_right)


_codes = st.sampled_from(_CODES)
_other_checks = st.one_of(
    st.builds(
        lambda op, v: {"fact": "yes", op: v},
        st.sampled_from(["equals", "differs_from"]),
        st.sampled_from(["yes", "no"]),
    ),
    st.builds(lambda v: {"fact": "judged", "equals": v}, st.sampled_from(["yes", "no"])),
    st.builds(lambda op, v: {"fact": "one", op: v}, st.sampled_from(["equals", "differs_from"]), _codes),
    st.builds(
        lambda op, v: {"fact": "one", op: v},
        st.sampled_from(["one_of", "none_of"]),
        st.lists(_codes, min_size=1, max_size=2, unique=True),
    ),
    st.builds(lambda op, v: {"fact": "some", op: v}, st.sampled_from(["contains", "lacks"]), _codes),
    st.builds(lambda f, v: {"fact": f, "given": v}, st.sampled_from(sorted(_FACTS)), st.sampled_from(["yes", "no"])),
    st.builds(lambda op: {"fact": "day", op: "2023-06-30"}, st.sampled_from(_ORDER)),
)
checks = st.one_of(_numeric_check(), _other_checks)


def _some_of(parts: list[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.integers(1, len(parts)).map(lambda need: {"at_least": str(need), "of": parts})


def _wider(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        parts.map(lambda p: {"all_of": p}),
        parts.map(lambda p: {"any_of": p}),
        parts.flatmap(_some_of),
    )


conditions = st.recursive(checks, _wider, max_leaves=8)
_OPEN = 2  # criteria with other readings: with those of bands and the parameter they come to less than 64 worlds
_READING = {"zh": "另一种", "en": "another"}
_bands = st.builds(lambda points, when: {"points": str(points), "when": when}, st.integers(0, 10), conditions)


@st.composite
def _others(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw other readings of a criterion: another condition, under another guard or none, or nothing at all."""
    found = []
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        other: dict[str, Any] = {"reading": _READING}
        if draw(st.integers(0, 5)):
            other["require"] = draw(conditions)
            other |= {"when": draw(checks)} if draw(st.integers(0, 3)) == 0 else {}
        found.append(other)
    return found


@st.composite
def _items(draw: st.DrawFn, index: int) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"i{index}", "title": f"项{index}", "max": "10"}
    if draw(st.integers(0, 4)) == 0:
        return {**item, "points_of": draw(st.sampled_from(["plain", "ratio", "staff"]))}
    item["bands"] = draw(st.lists(_bands, min_size=1, max_size=3))
    if index == 0 and draw(st.integers(0, 2)) == 0:
        other = {"reading": _READING, "require": draw(conditions)}
        item["bands"][0] = {**item["bands"][0], "otherwise": [{"id": "band", **other}]}
    if draw(st.booleans()):
        return {**item, "count": "each"}
    return {**item, "otherwise": str(draw(st.integers(0, 3)))}


@st.composite
def _scorecards(draw: st.DrawFn) -> list[dict[str, Any]]:
    groups = []
    for g in range(draw(st.integers(0, 2))):
        items = [draw(_items(i + bool(g))) for i in range(draw(st.integers(1, 2)))]
        groups.append({"id": f"g{g}", "title": f"组{g}", "items": items})
    return [{"id": "score", "title": "总分", "cite": _CITE, "groups": groups}] if groups else []


_CITE = {"source": "text", "clause": "一", "grade": "A"}


def _score_check(score: str, cards: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a comparison with points that can be reached: of those that cannot a rulebook is refused."""
    groups = cards[0]["groups"] if score == "score" else cards[0]["groups"][:1]
    most = sum(_most(item) for group in groups for item in group["items"])
    below = st.tuples(st.sampled_from(["less_than", "at_most"]), st.integers(0, 20))
    reached = st.tuples(st.just("at_least"), st.integers(0, most))
    passed = st.tuples(st.just("more_than"), st.integers(0, most - 1)) if most else reached
    return st.one_of(below, reached, passed).map(lambda pair: {"score": score, pair[0]: str(pair[1])})


def _most(item: dict[str, Any]) -> int:
    points = [int(band["points"]) for band in item.get("bands", ())]
    if "points_of" in item:
        return 10
    return min(10, sum(points)) if "count" in item else max(int(item["otherwise"]), *points)


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Draw a rulebook: nested k-of-n, guards, scorecards, benchmarks, parameters, fact to fact."""
    cards = draw(_scorecards())
    scores = ["score", "score.g0"] if cards else []
    criteria: list[dict[str, Any]] = []
    for index in range(draw(st.integers(1, 5))):
        condition = draw(conditions)
        if scores and draw(st.booleans()):
            condition = {"any_of": [condition, draw(_score_check(draw(st.sampled_from(scores)), cards))]}
        criterion = {"id": f"c{index}", "title": f"条件{index}", "cite": _CITE, "quote": "原文", "require": condition}
        if draw(st.booleans()):
            criterion["when"] = draw(checks)
        criterion["decides"] = "yes" if index == 0 or draw(st.integers(0, 3)) else "no"
        if sum("otherwise" in one for one in criteria) < _OPEN and draw(st.integers(0, 2)) == 0:
            criterion |= {"reading": _READING, "confirmed": "no", "otherwise": draw(_others())}
            for number, other in enumerate(criterion["otherwise"]):
                other["id"] = f"c{index}-{number}"
            first = next((one for one in criteria if "otherwise" in one), None)
            if first and draw(st.booleans()):  # one reading at two places
                criterion["otherwise"][:] = [{**criterion["otherwise"][0], "id": first["otherwise"][0]["id"]}]
        if index == 0 and draw(st.booleans()):  # a check that is read otherwise, somewhere in a tree
            other = {"id": "inner", "reading": _READING, "require": draw(conditions)}
            criterion["require"] = {"any_of": [criterion["require"], {**draw(checks), "otherwise": [other]}]}
        criteria.append(criterion)
    try:
        return rulebook_from(criteria, cards)
    except RulebookError as error:
        if "combinations" not in str(error):
            raise
        reject()  # more readings together than a rulebook may have


def words_of(criteria: list[dict[str, Any]], cards: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Give the data of a rulebook of those criteria and scorecards."""
    return {
        "id": "random",
        "title": "随机规则",
        "edition": "1",
        "qualification": "无",
        "in_force": {"from": "2020-01-01"},
        "applies_to": ["new"],
        "sources": {"text": {"title": "文件"}},
        "parameters": _parameters(str(criteria) + str(cards)),
        "benchmarks": {"file": _TABLE.name, "by": "one", "cite": _CITE},
        "scorecards": cards or [],
        "criteria": criteria,
    }


def rulebook_from(
    criteria: list[dict[str, Any]], cards: list[dict[str, Any]] | None = None, vocabulary: Vocabulary = VOCABULARY
) -> Rulebook:
    """Give the rulebook of those criteria and scorecards, read as a file would be."""
    return read_words(words_of(criteria, cards), vocabulary)


def read_words(data: dict[str, Any], vocabulary: Vocabulary = VOCABULARY) -> Rulebook:
    """Give the rulebook that these data are, read as a file would be."""
    document = Document("random.yaml", data=data)
    rulebook = resolve(validated(RulebookWords, document), document, vocabulary, _TABLE.parent, _no_other)
    DATA[rulebook.digest] = data
    return rulebook


def _parameters(words: str) -> dict[str, Any]:
    """Give the parameter that the rulebook may name, if it does: an unused one is a problem."""
    other = {"reading": _READING, "confirmed": "no", "otherwise": [{"id": "low", "reading": _READING, "value": "15"}]}
    return {"floor": {"title": "下限", "value": "70", "cite": _CITE, **other}} if "'floor'" in words else {}


def _no_other(name: str) -> Rulebook:
    raise AssertionError(name)


_NUDGES = st.sampled_from([Decimal(text) for text in ("0", "1e-18", "-1e-18", "1e-9", "-1e-9", "1", "0.3")])
_decimals = st.one_of(
    st.builds(lambda figure, nudge: max(Decimal(figure) + nudge, Decimal(0)), _figures, _NUDGES),
    st.builds(lambda figure, nudge: max(Decimal(figure) + nudge, Decimal(0)), st.just("15"), _NUDGES),
    st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10) ** 9, places=4),
    st.just(Decimal(0)),
)


@st.composite
def ratios_at_a_threshold(draw: st.DrawFn) -> dict[str, Decimal]:
    """Draw two figures whose quotient in percent is exactly a threshold, or a hair off."""
    whole = draw(st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10) ** 9, places=4))
    part = whole * Decimal(draw(_figures)) / 100 + abs(draw(_NUDGES))
    return {"money1": min(part, Decimal(10) ** 14), "money2": whole}


@st.composite
def ranges(draw: st.DrawFn, unit: str = "", figures: Sequence[str] = _FIGURES) -> str:
    """Draw a range as it is typed: with both ends, or only one."""
    low, high = sorted((draw(st.sampled_from(figures)), draw(st.sampled_from(figures))), key=Decimal)
    one, other = f"{low}{unit}", f"{high}{unit}"
    return draw(
        st.sampled_from([f"{low}-{other}", f"{one}~{other}", f"{one}以上", f"超过{one}", f"≤{other}", f"近{other}"])
    )


_SHARES = tuple(figure for figure in _FIGURES if Decimal(figure) <= 100)


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what is known of a firm, in the words of a caller; about a third of the facts are blank."""
    known: dict[str, Any] = {
        "money1": draw(_decimals),
        "money2": draw(_decimals),
        "money3": draw(_decimals) * draw(st.sampled_from([1, 1, -1])),
        "share": min(draw(_decimals), Decimal(100)),
        "staff": draw(st.sampled_from([0, 1, 2, 3, 14, 15, 16, 1000, 10**9])),
        "rank": draw(st.sampled_from([1, 2, 3, 4, 15, 1000, "前3名", "前15名"])),
        "plain": draw(_decimals),
        "yes": draw(st.booleans()),
        "judged": draw(st.booleans()),
        "one": draw(_codes),
        "some": draw(st.lists(st.one_of(_codes, st.just("怪词")), max_size=2)),
        "day": draw(st.sampled_from(["2023-06-29", "2023-06-30", "2023-07-01", "2026-06-30", "2028-02-29"])),
    }
    if draw(st.booleans()):
        known |= draw(ratios_at_a_threshold())
    if draw(st.booleans()):
        found = {
            "money1": ranges(),
            "money2": ranges("亿"),
            "share": ranges("%", _SHARES),
            "staff": ranges("", _WHOLE),
        }
        known |= {name: draw(found[name]) for name in draw(st.sets(st.sampled_from(sorted(found)), min_size=1))}
    blank = draw(st.sets(st.sampled_from(sorted(known)), max_size=draw(st.sampled_from([0, 2, 6, 12]))))
    return {name: value for name, value in known.items() if name not in blank}
