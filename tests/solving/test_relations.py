"""Two rulebooks related by proof: what is proved holds, and each firm that is shown shows it, with no fact to spare."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bounds import Bounds
from engine import Catalog, InputError, Standing, Stop, StoppedError, assess, prove, shipped, to_json
from engine.solving import solver
from engine.solving.relations import Answer, Found, Relation, related
from tests.random_rulebooks import AS_OF as RANDOM_DAY
from tests.random_rulebooks import rulebook_from
from tests.rulebooks.test_area_routing import EDITIONS, copied, write
from tests.shell import run
from tests.small_rules import rules_of

AS_OF = date(2026, 6, 1)
_ALL = list(permutations(shipped().ids, 2))
_LEAST = {name: least for name, *_, least in EDITIONS}


def assert_shown(answer: Answer) -> None:
    """Every firm is qualified under one and not under the other, and no longer is without any one of its facts."""
    wanted = (Standing.QUALIFIED, Standing.NOT_QUALIFIED)
    for firm in answer.witnesses:
        books = [one.rulebook for one in firm.judged]
        assert tuple(assess(firm.profile, rulebook=one, as_of=AS_OF).verdict for one in books) == wanted
        for name in firm.profile:
            fewer = {key: value for key, value in firm.profile.items() if key != name}
            assert tuple(assess(fewer, rulebook=one, as_of=AS_OF).verdict for one in books) != wanted, name


def _related(first: str, relation: Relation, second: str) -> Answer:
    return related(shipped().rulebook(first), relation, shipped().rulebook(second), AS_OF)


def test_what_another_rulebook_asks_whole_is_implied() -> None:
    """The champion of 2021 must be an SME: whoever is qualified is one, which is proved."""
    assert _related("cae-2021-champion", Relation.IMPLIES, "sme-2011-size").found is Found.PROVED


def test_a_rulebook_equals_itself() -> None:
    """The same firms are qualified under a rulebook and itself, scorecard and all."""
    assert _related("miit-2022-innovative", Relation.EQUALS, "miit-2022-innovative").found is Found.PROVED


def test_a_later_text_takes_other_firms() -> None:
    """The texts of 2022 and 2026 for little giants each take a firm that the other does not."""
    answer = _related("miit-2022-little-giant", Relation.EQUALS, "miit-2026-little-giant")
    assert (answer.found, len(answer.witnesses)) == (Found.REFUTED, 2)
    assert_shown(answer)


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("cae-2021-champion implys sme-2011-size", "implies"),
        ("cae-2021-champion sme-2011-size", "A without FACT"),
        ("", "A implies B"),
        ("cae-2021 implies sme-2011-size", "cae-2021-champion"),
        ("sme-2011-size without revenue", "revenue_y0"),
    ],
)
def test_what_is_no_question_is_told_with_what_to_write(question: str, instead: str) -> None:
    """Nothing is proved of what is no question: what to write instead is said."""
    with pytest.raises(InputError) as told:
        prove(question, AS_OF)
    assert instead in str([one.in_language("en") for one in told.value.problems])


def test_a_level_is_its_edition_of_the_day() -> None:
    """A level may be named instead of a rulebook, as titles are written."""
    (answer,) = prove("小巨人 implies sme-2011-size", AS_OF)
    assert (answer.first.id, answer.found) == ("miit-2026-little-giant", Found.PROVED)


def test_a_firm_that_no_benchmark_decides() -> None:
    """A share of 15% is above each benchmark that there is: nobody fails, but an industry may be without one."""
    words = {"cite": {"source": "text", "clause": "一", "grade": "A"}, "quote": "原文"}
    some, other = (
        rulebook_from([{"id": "c", "title": "条件", **words, "require": {"fact": "share", "at_least": right}}])
        for right in ("15%", {"benchmark": "bar"})
    )
    answer = related(some, Relation.IMPLIES, other, RANDOM_DAY)
    assert (answer.found, len(answer.witnesses)) == (Found.OPEN, 1)
    (firm,) = answer.witnesses
    assert [one.verdict for one in firm.judged] == [Standing.QUALIFIED, Standing.UNDETERMINED]
    assert set(firm.profile) == {"one", "share"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_door_answers(capfdbinary: pytest.CaptureFixture[bytes], lang: str) -> None:
    """The command, HTTP and Python prove the same, and show the same firm."""
    question = "miit-2026-srdi implies sme-2011-size"
    (answer,) = prove(question, AS_OF)
    said = run(capfdbinary, "prove", *question.split(), "--as-of", "2026-06-01", "--lang", lang)
    assert answer.summary.in_language(lang) in said.out
    sent = TestClient(create_app()).get("/v1/proofs", params={"question": question, "as_of": "2026-06-01"}).json()
    assert sent == json.loads(to_json([answer]))
    told = run(capfdbinary, "prove", *question.split(), "--as-of", "2026-06-01", "--format", "json")
    assert json.loads(told.out) == sent


@pytest.mark.parametrize(("first", "second"), _ALL[::31], ids="-".join)
def test_some_pairs_of_the_shipped_rulebooks(first: str, second: str) -> None:
    """Each pair is answered, by a proof or by a firm."""
    answer = _related(first, Relation.IMPLIES, second)
    assert answer.found is not Found.UNANSWERED
    assert_shown(answer)


@pytest.mark.long
@pytest.mark.parametrize(("first", "second"), _ALL, ids="-".join)
def test_all_pairs_of_the_shipped_rulebooks(first: str, second: str) -> None:
    """Each pair is answered, by a proof or by a firm."""
    test_some_pairs_of_the_shipped_rulebooks(first, second)


def test_without_the_solver_it_is_said_what_to_install() -> None:
    """Where Z3 is not installed there is no answer but how to install it; all else of the package works."""
    blocked = "import sys; sys.modules['z3'] = None; from engine.command.cli import main; main()"
    asked = [sys.executable, "-c", blocked, "prove", "cae-2021-champion", "--lang", "en"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "pip install 'champion[solver]'" in done.stderr
    assert "sh .ci/uv sync --frozen --no-dev --extra solver" in done.stderr


def test_texts_of_other_areas_and_applications(tmp_path: Path) -> None:
    """A firm is shown to both texts only as both judge it: of no other area or application than theirs."""
    folder = copied(tmp_path / "rules")
    for one in EDITIONS:
        write(folder, *one)
    found = {pair: prove(" implies ".join(pair), AS_OF, Catalog(folder))[0] for pair in permutations(_LEAST, 2)}
    assert {pair: one.found for pair, one in found.items()} == {
        (high, low): Found.PROVED if _LEAST[high] >= _LEAST[low] else Found.REFUTED for high, low in found
    }
    for one in found.values():
        assert all(not firm.profile.keys() & {"area", "application_type"} for firm in one.witnesses)


def test_means_and_roots_are_exact() -> None:
    """The mean of two growth rates is never below the compound one, which a firm shows to be no equality."""
    rules = rules_of(
        {
            "mean": ("srdi", "new", {"revenue_growth_mean_2y_pct": "at_least: 5%", "revenue_y1": "more_than: 0"}),
            "compound": ("innovative", "new", {"revenue_cagr_2y_pct": "at_least: 5%", "revenue_y1": "more_than: 0"}),
        }
    )
    assert prove("compound implies mean", AS_OF, rules)[0].found is Found.PROVED
    assert prove("mean implies compound", AS_OF, rules)[0].found is Found.REFUTED


def test_a_firm_out_of_the_usual_is_shown_only_where_no_other_is() -> None:
    """R&D of more than all revenue is unusual: a firm that must have it is shown, and said to be so."""
    rules = rules_of(
        {
            "odd": ("srdi", "new", {"rd_intensity_pct_y0": "at_least: 150%"}),
            "other": ("innovative", "new", {"employees_y0": "at_least: 10"}),
        }
    )
    (odd,) = prove("odd implies other", AS_OF, rules)[0].witnesses
    (usual,) = prove("other implies odd", AS_OF, rules)[0].witnesses
    assert (odd.usual, usual.usual) == (False, True)


@pytest.mark.parametrize("question", ["A", "A without revenue_y0", "A implies B", "A diff B", "ladder"])
def test_where_the_solver_gives_up_that_is_the_answer(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    """A question that takes more work than it may is told as unanswered, whichever it is, and no input error."""
    monkeypatch.setattr(solver, "_MOST", 1)
    words = question.replace("A", "miit-2025-little-giant").replace("B", "miit-2026-little-giant").split()
    said = run(capfdbinary, "prove", *words, "--as-of", "2026-06-01", "--format", "json")
    assert (said.code, said.out.count('"unanswered"') >= 1) == (0, True), said.err
    told = run(capfdbinary, "prove", *words, "--as-of", "2026-06-01", "--lang", "en")
    assert "found no answer" in told.out
    assert question != "A" or "0 part(s) proved never to matter, 1 unanswered:" in told.out


def test_a_proof_can_be_stopped() -> None:
    """Who wants no answer any more ends the proof, and that of nobody else."""
    stop = Stop()
    stop.now()
    with pytest.raises(StoppedError):
        prove("sme-2011-size", AS_OF, stop=stop)
    assert prove("sme-2011-size without revenue_y0", AS_OF, stop=Stop())


def test_a_proof_over_http_takes_no_longer_than_it_may() -> None:
    """It is told with the way that has no limit, and the next question is answered."""
    client = TestClient(create_app(bounds=Bounds(seconds=0.1)))
    told = client.get("/v1/proofs", params={"question": "ladder", "as_of": "2026-06-01"})
    assert (told.status_code, told.json()["problems"][0]["where"]) == (422, "question")
    assert "champion prove" in told.text
    quick = client.get("/v1/proofs", params={"question": "sme-2011-size without x"})
    assert "不是这套规则问的指标" in quick.text


def test_the_same_firm_is_shown_in_every_run() -> None:
    """Whatever order a run's sets have, so that it can be cited."""
    question = "miit-2022-little-giant implies miit-2026-little-giant"
    code = f"from engine import prove; print(prove('{question}', as_of='2026-06-01'))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in ("0", "1")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


def test_what_was_asked_before_does_not_bear_on_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question takes as many steps first in a process as after others, and is answered by the same firm."""
    steps: list[int] = []
    check = solver.z3.Solver.check

    def counted(self: Any) -> Any:
        found = check(self)
        steps.append(self.statistics().get_key_value("rlimit count"))
        return found

    monkeypatch.setattr(solver.z3.Solver, "check", counted)
    asked = "miit-2022-innovative", Relation.IMPLIES, "most-2017-tech-sme"
    first, before = _related(*asked), steps.copy()
    _related("miit-2026-srdi", Relation.EXCLUDES, "sme-2011-size")
    steps.clear()
    assert (_related(*asked), steps) == (first, before)


def test_what_is_given_up_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question that the solver gives up with one seed is answered with another."""
    check, tries = solver.z3.Solver.check, list[int]()

    def given_up_once(self: Any) -> Any:
        tries.append(1)
        return solver.z3.unknown if len(tries) % 2 else check(self)

    monkeypatch.setattr(solver.z3.Solver, "check", given_up_once)
    assert _related("cae-2021-champion", Relation.IMPLIES, "sme-2011-size").found is Found.PROVED
