"""The form for one firm: filled in downwards, it is read as the profile that it states."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from engine.assessment import assess
from engine.explaining.blank_form import blank_form
from engine.ground.errors import InputError, Language
from engine.ground.writing import to_json
from engine.headers.understanding import understand
from engine.ladder_standing import ladder
from engine.language.answer import answer
from engine.outputs.form_file import form_bytes
from engine.rulebooks.catalog import shipped
from engine.screening.one_of_list import profile_of
from tests.forms import filled
from tests.shell import run

Capture = pytest.CaptureFixture[bytes]

DAY = date(2026, 6, 1)
VOCABULARY = shipped().vocabulary
FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "made_up").glob("*.json"))
PROFILES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FIXTURES}
FLAT = {name: one for name, one in PROFILES.items() if not one.keys() & {"evidence", *VOCABULARY.lists}}
OF_DAY = [
    *(("cae-2021-champion", DAY), ("miit-2026-little-giant", DAY), ("miit-2026-srdi", DAY)),
    *(("miit-2022-little-giant", date(2024, 6, 1)), ("miit-2025-little-giant", date(2025, 6, 1))),
    *(("miit-2022-srdi", date(2025, 6, 1)), ("miit-2022-innovative", DAY), ("most-2017-tech-sme", DAY)),
    *(("miit-2023-single-champion", DAY), ("miit-2019-champion-product", date(2019, 6, 1))),
]


def _same(profile: object, path: Path, rulebook: str, day: date) -> None:
    read = profile_of(path, rulebook=rulebook, as_of=day)
    decided = [ladder(one, day) if rulebook == "ladder" else assess(one, rulebook, day) for one in (profile, read)]
    ours, theirs = (json.loads(to_json(one)) for one in decided)
    for one in (ours, theirs):
        one.pop("id", None)  # of all that a profile states, also of what is not asked for
    assert [(key, ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]] == []
    assert to_json(ours) == to_json(theirs)


@pytest.mark.parametrize("name", FLAT)
def test_a_form_filled_in_is_the_profile(name: str, tmp_path: Path) -> None:
    """Every made-up firm, filled in from its profile, has the verdict of the profile by two rulebooks, to the byte."""
    year = FLAT[name].get("fiscal_year_y0")
    place = [*FLAT].index(name)
    for rulebook, day in (OF_DAY[place % len(OF_DAY)], OF_DAY[1]):
        if year not in {None, day.year - 1}:  # the form names the years of the day
            continue
        form, book = blank_form(shipped(), day, rulebook), shipped().rulebook(rulebook)
        unasked = book.facts_read - book.facts_used  # wholes, of which the form asks the part that counts
        firm = {fact: value for fact, value in FLAT[name].items() if fact not in unasked}
        _same(firm, filled(form, firm, tmp_path / f"{rulebook}.csv"), rulebook, day)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["little-giant-2026-just-fails", "unknowns", "srdi-2026-just-passes"])
def test_a_workbook_and_the_ladder(name: str, lang: Language, tmp_path: Path) -> None:
    """So it is with the workbook, in either language, and with the form for the whole ladder."""
    form = blank_form(shipped(), DAY, "ladder", lang=lang)
    _same(FLAT[name], filled(form, FLAT[name], tmp_path / "form.xlsx", lang), "ladder", DAY)


def test_every_question_names_its_fact() -> None:
    """Each line is read as its fact, with the year that it names, in both languages."""
    for lang in ("zh", "en"):
        asked = [one for part in blank_form(shipped(), DAY, lang=lang).parts for one in part.questions]
        read = understand([one.title for one in asked], VOCABULARY, as_of=DAY).columns
        assert [one.fact and one.fact.id for one in read] == [one.fact.id for one in asked]
    titles = {one.title for part in blank_form(shipped(), DAY).parts for one in part.questions}
    assert {"上年度（2025年）营业收入", "前年（2024年）营业收入", "上年末（2025年）资产总额"} <= titles


def test_what_every_firm_is_asked_comes_first() -> None:
    """Whose it is, then what all are asked; what exempts or is another way is marked 如有 and comes after."""
    parts = blank_form(shipped(), DAY, level="小巨人").parts
    asked = {one.fact.id: part.title for part in parts for one in part.questions}
    assert [one.fact.id for one in parts[0].questions][:3] == ["firm_id", "firm_name", "application_type"]
    last = [part.title.startswith(("如有", "复核")) for part in parts]
    assert last == sorted(last)
    for fact in ("revenue_y0", "industry_code_2", "ip_class1_own_related_applied", "domestic_market_share_pct"):
        assert not asked[fact].startswith("如有"), fact
    for fact in ("award_level", "domestic_rank", "main_revenue_share_pct_y0", "global_market_share_pct"):
        assert asked[fact].startswith("如有"), fact


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_nothing_filled_in_is_told(suffix: str, tmp_path: Path) -> None:
    """An empty form is no firm of which nothing is known."""
    with pytest.raises(InputError) as caught:
        profile_of(filled(blank_form(shipped(), DAY, "ladder"), {}, tmp_path / f"form{suffix}"), as_of=DAY)
    assert "没有填写的填报表" in str(caught.value.problems[0].in_language("zh"))


def test_the_unit_beside_a_figure_counts(tmp_path: Path) -> None:
    """Who writes 亿元 over 万元 is understood."""
    path = filled(
        blank_form(shipped(), DAY, "miit-2026-little-giant"),
        {"firm_name": "甲厂", "revenue_y0": 2.1},
        tmp_path / "form.csv",
    )
    text = path.read_text(encoding="utf-8-sig").replace("营业收入,2.1,万元", "营业收入,2.1,亿元")
    path.write_text(text, encoding="utf-8-sig")
    verdict = assess(profile_of(path, as_of=DAY, rulebook="miit-2026-little-giant"), "miit-2026-little-giant", DAY)
    observed = [check.observed for one in verdict.criteria for check in one.checks if check.fact == "revenue_y0"]
    assert 21000 in observed


def test_the_workbook_offers_lists_and_prints() -> None:
    """A choice has the options of a sheet that is not shown, and the sheet is one page of A4 wide, upright."""
    book = openpyxl.load_workbook(BytesIO(form_bytes(blank_form(shipped(), DAY, level="小巨人"), "f.xlsx", "zh")))
    sheet, options = book.worksheets
    page = sheet.page_setup
    assert (options.sheet_state, page.orientation, page.paperSize) == ("hidden", "portrait", 9)
    assert (page.fitToWidth or 1, page.fitToHeight) == (1, 0)
    lists = {
        next(iter(cell.sqref.ranges)).coord: cell
        for cell in sheet.data_validations.dataValidation
        if cell.type == "list"
    }
    row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == "申报类型")
    column = lists[row[1].coordinate].formula1.split("$")[1]
    assert [options[f"{column}{at}"].value for at in (1, 2)] == ["新申报", "复核"]


def test_the_command_writes_it(capfdbinary: Capture, tmp_path: Path) -> None:
    """`champion facts --template -o` writes the form; another name than .xlsx or .csv is told; the list has -o too."""
    path = tmp_path / "form.xlsx"
    done = run(capfdbinary, "facts", "--template", "--rulebook", "ladder", "--as-of", "2026-06-01", "-o", str(path))
    assert (done.code, done.out, "--as-of" in done.err, zipfile.is_zipfile(path)) == (0, "", False, True)
    today = run(capfdbinary, "facts", "--template", "-o", str(path), "--lang", "zh")
    assert (today.code, "没有写 --as-of，按今天（" in today.err) == (0, True)
    wrong = run(capfdbinary, "facts", "--template", "-o", str(tmp_path / "form.docx"), "--lang", "en")
    assert (wrong.code, "Use .xlsx or .csv" in wrong.err, (tmp_path / "form.docx").exists()) == (1, True, False)
    assert run(capfdbinary, "facts", "--level", "srdi", "-o", str(tmp_path / "facts.json")).code == 0
    assert any(one["id"] == "revenue_y0" for one in json.loads((tmp_path / "facts.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_list_offers_is_read_and_what_is_read_is_let_in(lang: Language) -> None:
    """Each option of a list is read as that option, a division also as its number alone; none is refused in Excel."""
    form = blank_form(shipped(), DAY, "ladder", lang=lang)
    for one in (question for part in form.parts for question in part.questions if question.fact.choices):
        codes = [answer(one.fact, option) for option in one.options]
        assert [*map(str, one.fact.choices)] == [min(code) if isinstance(code, frozenset) else code for code in codes]
    sheet = openpyxl.load_workbook(BytesIO(form_bytes(form, "f.xlsx", lang))).worksheets[0]
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    row = next(
        row for row in sheet.iter_rows() if row[0].value == VOCABULARY["industry_code_2"].title.in_language(lang)
    )
    assert [one.showErrorMessage for one in lists if row[1].coordinate in one.sqref] == [False]
    assert {one.errorStyle for one in lists if one.showErrorMessage} == {"warning"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_counts_is_said_where_only_a_part_is_asked(capfdbinary: Capture, lang: Language) -> None:
    """A form and a list of facts that ask for class I rights of a kind, not for all, say what class I is."""
    words = VOCABULARY["ip_class1"].note
    assert words is not None
    form = blank_form(shipped(), DAY, level="小巨人", lang=lang)
    assert any(words.in_language(lang) in one.accepts for part in form.parts for one in part.questions)
    done = run(capfdbinary, "facts", "--level", "小巨人", "--as-of", str(DAY), "--lang", lang)
    assert "".join(words.in_language(lang).split()) in "".join(done.out.split())
    whole = run(capfdbinary, "facts", "--lang", lang).out
    assert "".join(whole.split()).count("".join(words.in_language(lang).split())) == 1


def test_what_only_informs_is_asked_of_every_firm() -> None:
    """Papers that a notice asks of every firm stand among what every firm fills in, a withdrawn title under if any."""
    parts = {
        level: {
            one.fact.id: part.title for part in blank_form(shipped(), DAY, level=level).parts for one in part.questions
        }
        for level in ("小巨人", "单项冠军")
    }
    assert not parts["小巨人"]["audit_reports_coded"].startswith("如有")
    assert not parts["小巨人"]["audit_has_main_cost"].startswith("如有")
    assert parts["单项冠军"]["title_revoked_date"].startswith("如有")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_which_figure_is_meant_is_said_where_it_is_easily_taken_for_another(lang: Language) -> None:
    """Main revenue is not that of the main product; a ratio names the two figures that it is made of."""
    form = blank_form(shipped(), DAY, level="小巨人", lang=lang)
    asked = {one.fact.id: one.accepts for part in form.parts for one in part.questions}
    note = VOCABULARY["main_revenue_y0"].note
    assert note is not None
    assert note.in_language(lang) in asked["main_revenue_y0"]
    for part in ("main_revenue_y0", "revenue_y0"):
        assert VOCABULARY[part].title.in_language(lang) in asked["main_revenue_share_pct_y0"]
    form = blank_form(shipped(), date(2021, 8, 1), "miit-2021-champion-enterprise", lang=lang)
    asked = {one.fact.id: one.accepts for part in form.parts for one in part.questions}
    assert VOCABULARY["main_product_revenue_y0"].title.in_language(lang) in asked["main_product_share_of_main_pct_y0"]
    assert "main_product_revenue_y0" in asked
