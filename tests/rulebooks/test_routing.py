"""Which text applies: by level, day and kind of application."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from engine import Catalog, InputError, RulebookError, assess, edition, shipped, timeline
from engine.rulebooks.routing import Applicant, editions_in_force
from tests.editions import rules_with_editions
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give rules with every edition of the route table."""
    return rules_with_editions(tmp_path_factory.mktemp("editions") / "rules")


ROUTES = [
    # level, day, for a new application, for a review
    ("innovative", "2022-08-01", "old-innovative", "old-innovative"),
    ("innovative", "2026-04-01", "old-innovative", "old-innovative"),
    ("tech_sme", "2026-06-01", "tech", "tech"),
    ("srdi", "2022-08-01", "old-srdi", "old-srdi"),
    ("srdi", "2026-03-31", "old-srdi", "old-srdi"),
    ("srdi", "2026-04-01", "new-srdi", "new-srdi"),
    ("little_giant", "2024-12-31", "old-giant", "old-giant"),
    ("little_giant", "2025-01-01", "overlay-giant", "overlay-giant"),
    ("little_giant", "2025-12-31", "overlay-giant", "overlay-giant"),
    ("little_giant", "2026-01-01", "old-giant", "old-giant"),
    ("little_giant", "2026-03-31", "old-giant", "old-giant"),
    ("little_giant", "2026-04-01", "new-giant", "old-giant"),
    ("little_giant", "2026-12-31", "new-giant", "old-giant"),
    ("little_giant", "2027-01-01", "new-giant", "new-giant"),
    ("single_champion", "2023-09-14", "champion", "champion"),
    ("single_champion", "2023-09-13", None, None),
    ("single_champion_product", "2022-12-31", "old-champion", None),
    ("single_champion_product", "2023-01-01", None, None),
    ("little_giant", "2022-07-31", None, None),
]


@pytest.mark.parametrize(("level", "day", "new", "review"), ROUTES)
def test_route(catalog: Catalog, level: str, day: str, new: str | None, review: str | None) -> None:
    """The edition in force that began last decides, reviews by their own days."""
    for application, expected in (("new", new), ("review", review)):
        if expected is None:
            with pytest.raises(InputError, match=f"on {day} no rulebook"):
                edition(catalog, level, date.fromisoformat(day), Applicant(application))
        else:
            assert edition(catalog, level, date.fromisoformat(day), Applicant(application)) == expected


SHIPPED_ROUTES = [
    ("2026-03-31", "new", "innovative", "miit-2022-innovative"),
    ("2026-06-01", "new", "innovative", "miit-2022-innovative"),
    ("2026-06-01", "new", "tech_sme", "most-2017-tech-sme"),
    ("2026-03-31", "review", "srdi", "miit-2022-srdi"),
    ("2026-04-01", "new", "srdi", "miit-2026-srdi"),
    ("2026-04-01", "review", "srdi", "miit-2026-srdi"),
    ("2024-06-01", "new", "little_giant", "miit-2022-little-giant"),
    ("2025-06-01", "new", "little_giant", "miit-2025-little-giant"),
    ("2025-06-01", "review", "little_giant", "miit-2025-little-giant"),
    ("2026-03-31", "new", "little_giant", "miit-2022-little-giant"),
    ("2026-04-01", "new", "little_giant", "miit-2026-little-giant"),
    ("2026-04-01", "review", "little_giant", "miit-2022-little-giant"),
    ("2027-01-01", "review", "little_giant", "miit-2026-little-giant"),
    ("2026-04-01", "new", "single_champion", "miit-2023-single-champion"),
    ("2022-06-01", "new", "single_champion_demo", "miit-2021-champion-enterprise"),
    ("2022-06-01", "new", "single_champion_product", "miit-2021-champion-product"),
    ("2020-06-01", "new", "single_champion_demo", "miit-2019-champion-enterprise"),
    ("2018-06-01", "new", "single_champion_demo", "miit-2016-champion-enterprise"),
]


@pytest.mark.parametrize(("day", "application", "level", "expected"), SHIPPED_ROUTES)
def test_shipped_route(day: str, application: str, level: str, expected: str) -> None:
    """The shipped rulebooks are in force on the days of the route table."""
    assert edition(shipped(), level, date.fromisoformat(day), Applicant(application)) == expected


def test_profile_says_what_is_applied_for(catalog: Catalog) -> None:
    """The kind of application in the profile chooses the edition; without one it is a new application."""
    day = date(2026, 6, 1)
    for stated, expected in ({}, "new-giant"), ({"application_type": "复核"}, "old-giant"):
        assert assess(stated, as_of=day, catalog=catalog, level="little_giant").rulebook.id == expected


def test_rulebook_and_level(catalog: Catalog) -> None:
    """A rulebook and a level together are refused."""
    with pytest.raises(InputError, match="not both"):
        assess({}, "champion", catalog=catalog, level="single_champion")


def test_levels_in_force(catalog: Catalog) -> None:
    """The levels in force on a day come from the lowest up, without those that had ended."""
    assert [*editions_in_force(catalog, date(2026, 6, 1))] == [
        "innovative",
        "tech_sme",
        "srdi",
        "little_giant",
        "single_champion",
    ]
    assert "single_champion_product" in editions_in_force(catalog, date(2022, 9, 1))


def test_timeline(catalog: Catalog) -> None:
    """Editions of a level stand together by the day they began, the lowest level first, the others last."""
    assert [head.id for head in timeline(catalog)] == [
        *("old-innovative", "tech", "old-srdi", "new-srdi", "old-giant", "overlay-giant", "new-giant"),
        *("champion", "old-champion", "sme-2011-size", "cae-2021-champion"),
    ]


def test_only_what_decides_is_read(catalog: Catalog) -> None:
    """Choosing an edition reads no rulebook whole; deciding reads that edition and what it refers to."""
    rules = Catalog(catalog.folder)
    edition(rules, "little_giant", date(2026, 6, 1))
    assert rules._rulebooks == {}
    assess({}, as_of=date(2026, 6, 1), catalog=rules, level="little_giant")
    assert set(rules._rulebooks) == {"new-giant", "sme-2011-size"}


def test_two_that_begin_on_one_day(tmp_path: Path) -> None:
    """Two editions of a level that begin on the same day are a fault of the rules, not a choice of ours."""
    rules = rules_with_editions(tmp_path / "rules")
    file = rules.folder / "old-giant.yaml"
    text = file.read_text(encoding="utf-8").replace("from: 2022-08-01, to: 2026-03-31", "from: 2025-01-01")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="begin on the same day"):
        edition(rules, "little_giant", date(2025, 6, 1))


def test_head_below_sources(tmp_path: Path) -> None:
    """What chooses the edition stands above the sources, where it is looked for."""
    rules = rules_with_editions(tmp_path / "rules")
    file = rules.folder / "new-srdi.yaml"
    text = file.read_text(encoding="utf-8").replace("level: srdi\n", "") + "\nlevel: srdi\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError, match="“level” must stand above sources"):
        rules.rulebook("new-srdi")


def test_unknown_level_of_a_rulebook(tmp_path: Path) -> None:
    """A rulebook of a level that is no title is refused with its place."""
    rules = rules_with_editions(tmp_path / "rules")
    file = rules.folder / "new-srdi.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("level: srdi", "level: srdy"), encoding="utf-8")
    with pytest.raises(RulebookError, match=r"new-srdi.yaml:2:1: level: there is no level “srdy”. Did you mean srdi"):
        rules.rulebook("new-srdi")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[srdi]", "[srdy]", "ladder.yaml:11:14: steps.1.levels.0: “srdy” is no option of valid_titles. Did you mean"),
        ("[srdi]", "[innovative]", "“innovative” stands here twice"),
        ("titles: valid_titles", "titles: valid_title", "is not a fact of several choices. Did you mean valid_titles"),
        ("titles: valid_titles", "titles: revenue_y0", "is not a fact of several choices"),
        ("needs_step_below: no", "need_step_below: no", "is not a known key"),
    ],
)
def test_broken_ladder(tmp_path: Path, old: str, new: str, says: str) -> None:
    """A mistake in the ladder is told with its place."""
    rules = rules_with_editions(tmp_path / "rules")
    file = rules.folder / "ladder.yaml"
    assert old in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        _ = rules.levels
    assert says in str(caught.value)


def test_command(capfdbinary: Capture, tmp_path: Path, catalog: Catalog) -> None:
    """`champion assess --level` decides by the edition in force, each profile by its own kind of application."""
    for name, kind in (("a", "new"), ("b", "review")):
        (tmp_path / f"{name}.json").write_text(json.dumps({"application_type": kind}), encoding="utf-8")
    files = [str(tmp_path / "a.json"), str(tmp_path / "b.json")]
    options = ("--level", "little_giant", "--rules", str(catalog.folder), "--format", "json", "--as-of", "2026-06-01")
    verdicts = json.loads(run(capfdbinary, "assess", *files, *options).out)
    assert [verdict["rulebook"]["id"] for verdict in verdicts] == ["new-giant", "old-giant"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--level", "little_gaint"], 1, "Did you mean little_giant"),
        (["--level", "little_giant", "--as-of", "2021-06-01"], 1, "on 2021-06-01 no rulebook for Little Giant"),
        (["--level", "little_giant", "--rulebook", "new-giant"], 2, "not both"),
    ],
)
def test_refused(capfdbinary: Capture, catalog: Catalog, arguments: list[str], code: int, says: str) -> None:
    """An unknown level, one without an edition in force, and a rulebook beside it are refused clearly."""
    rules = ("--rules", str(catalog.folder), "--lang", "en")
    result = run(capfdbinary, "assess", "-", *arguments, *rules, stdin=b"{}")
    assert (result.code, result.out) == (code, "")
    assert says in result.err


def test_typed_before_variable(capfdbinary: Capture, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """A level that is typed goes before a rulebook in the environment."""
    monkeypatch.setenv("CHAMPION_RULEBOOK", "champion")
    options = ("--rules", str(catalog.folder), "--format", "json", "--as-of", "2026-06-01")
    out = run(capfdbinary, "assess", "-", "--level", "srdi", *options, stdin=b"{}").out
    assert json.loads(out)["rulebook"]["id"] == "new-srdi"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_listed_as_timeline(capfdbinary: Capture, catalog: Catalog, lang: str) -> None:
    """`champion rulebooks` lists the editions under their levels, with other days for reviews where they differ."""
    out = run(capfdbinary, "rulebooks", "--rules", str(catalog.folder), "--lang", lang).out
    places = [out.index(f"  {head.id} ") for head in timeline(catalog)]
    assert places == sorted(places)
    assert {"zh": "复核 2022-08-01 – 2026-12-31", "en": "reviews 2022-08-01 – 2026-12-31"}[lang] in out
