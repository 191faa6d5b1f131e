"""Several arrows: whether each is asked or one way of several, and that following them at once may miss."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import assess
from tests.shell import run

MADE_UP = Path(__file__).parents[2] / "fixtures" / "made_up"
DAY = "2026-06-01"
SHORT = {"rd_expense_y0": 100, "rd_expense_y1": 50}
EACH = {"zh": "本项以上几条都要满足。", "en": "Each of these lines is asked for."}
AT_ONCE = {"zh": "几个数一起改的，可能又差一点", "en": "with several changed at once it may miss"}


def _facts(name: str, **changed: object) -> dict[str, object]:
    facts = json.loads((MADE_UP / name).read_text(encoding="utf-8")) | changed
    return {fact: value for fact, value in facts.items() if value is not None}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", [("assess",), ("assess", "--format", "brief"), ("ladder",)])
def test_of_two_that_are_both_asked(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, verb: tuple[str, ...], lang: str
) -> None:
    """It is said behind the last one, and once at the foot of the page; not where there is one arrow."""
    level = () if verb == ("ladder",) else ("--level", "小巨人")
    for changed, count in ((SHORT, 1), ({"rd_expense_y0": 149}, 0)):
        (tmp_path / "a.json").write_text(json.dumps(_facts("little-giant-2026-just-passes.json", **changed)))
        words = (*verb[1:], *level, "--as-of", DAY, "--lang", lang)
        out = "".join(run(capfdbinary, verb[0], str(tmp_path / "a.json"), *words).out.split())
        assert out.count("".join(EACH[lang].split())) == count
        assert out.count("".join(AT_ONCE[lang].split())) == count


def test_of_two_of_different_ways() -> None:
    """One way is enough, with what else it asks for: R&D where the revenue that says how much is not stated."""
    facts = _facts(
        "little-giant-2025-just-fails.json", ip_class1_related_applied=2, revenue_y0=None, rd_expense_y1=None
    )
    verdict = assess(facts, rulebook="miit-2025-little-giant", as_of="2025-06-01")
    said = [one.enough.zh for criterion in verdict.criteria for one in criterion.checks if one.enough is not None]
    ways = [one for one in said if "前年研发费用" in one]
    assert len(ways) > 1
    assert [one for one in ways if "走通其中一条即可" in one] == ways[-1:]
