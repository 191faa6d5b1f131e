"""Forms for one firm, filled in as a person fills them in."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from engine.explaining.blank_form import BlankForm
from engine.ground.errors import Language
from engine.language.facts import Fact, Kind
from engine.outputs.form_file import form_bytes


def _written(fact: Fact, value: Any, lang: Language) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if fact.kind is Kind.CHOICES and isinstance(value, list):
        return "、".join(_option(fact, one, lang) for one in value) or "无"
    return _option(fact, value, lang) if fact.kind is Kind.CHOICE else value


def _option(fact: Fact, code: str, lang: Language) -> str:
    return fact.choices[code].title.in_language(lang) if code in fact.choices else code


def _answers(form: BlankForm, profile: dict[str, Any], lang: Language) -> dict[str, Any]:
    return {
        one.title: _written(one.fact, profile.get(one.fact.id), lang) for part in form.parts for one in part.questions
    }


def filled(form: BlankForm, profile: dict[str, Any], path: Path, lang: Language = "zh") -> Path:
    """Fill in the second column of a form as a person does."""
    answers = _answers(form, profile, lang)
    content = form_bytes(form, path.name, lang)
    if path.suffix == ".csv":
        rows = [*csv.reader(content.decode("utf-8-sig").splitlines())]
        filled = [[row[0], str(answers.get(row[0], row[1])), *row[2:]] if len(row) > 1 else row for row in rows]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(filled)
        return path
    book = openpyxl.load_workbook(BytesIO(content))
    for row in book.worksheets[0].iter_rows(min_row=4):
        if row[0].value in answers:
            row[1].value = answers[row[0].value]
    book.save(path)
    return path
