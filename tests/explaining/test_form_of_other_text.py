"""A form that was made for another level or text than it is judged by says so, and what it does not ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine import assess, ladder, profile_of
from engine.explaining.blank_form import blank_form
from engine.ground.errors import Language
from engine.rulebooks.catalog import shipped
from tests.forms import filled

DAY, BEFORE = date(2026, 6, 1), date(2026, 2, 1)
FIRM = {"firm_name": "虚构甲厂", "revenue_y0": 21000}


def _form(path: Path, level: str | None, day: date = DAY, lang: Language = "zh") -> Path:
    return filled(blank_form(shipped(), day, None if level else "ladder", level, lang), FIRM, path, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_another_level_or_text_is_told(lang: Language, suffix: str, tmp_path: Path) -> None:
    """The level, the day and how many questions the form lacks, in notes of the verdict."""
    path = _form(tmp_path / f"form{suffix}", "专精特新", lang=lang)
    verdict = assess(profile_of(path, level="小巨人", as_of=DAY), level="小巨人", as_of=DAY)
    title = {"zh": "专精特新中小企业", "en": "SRDI SME (specialised refined distinctive innovative)"}[lang]
    assert (
        f"这张填报表是为 2026-06-01 的{title}做的，而这里按专精特新“小巨人”企业认定标准（2026年）判定"
        in verdict.notes[0].zh
    )
    assert "所问的有 11 项表中没有，按不知道" in verdict.notes[0].zh
    path = _form(tmp_path / f"form{suffix}", "小巨人", BEFORE, lang)
    verdict = assess(profile_of(path, level="小巨人", as_of=DAY), level="小巨人", as_of=DAY)
    assert (
        f"made for {'专精特新“小巨人”企业' if lang == 'zh' else 'Little Giant SRDI enterprise'} on 2026-02-01"
        in verdict.notes[0].en
    )
    found = ladder(profile_of(_form(path, "小巨人", DAY, lang), rulebook="ladder", as_of=DAY), DAY)
    assert any("等 4 个文件判定" in note.zh for note in found.notes)


@pytest.mark.parametrize("level", ["小巨人", "专精特新", None])
def test_of_its_own_text_nothing_is_told(level: str | None, tmp_path: Path) -> None:
    """Nor is it of a form of every level, on another day with the same texts, or one without its head."""
    path = _form(tmp_path / "form.csv", level)
    for asked, day in ((level or "小巨人", DAY), (level or "专精特新", date(2026, 7, 1))):
        assert not profile_of(path, level=asked, as_of=day).notes
    path.write_text("\n".join(path.read_text(encoding="utf-8-sig").splitlines()[6:]), encoding="utf-8-sig")
    assert not profile_of(path, level="小巨人", as_of=DAY).notes
