"""The text of a rulebook to begin with: every key with what it is for, and below it what another rulebook says."""

from __future__ import annotations

import json
import re
from datetime import date

from pydantic import BaseModel

from engine.authoring.slots import slot
from engine.ground.errors import Text
from engine.language.conditions import CheckWords, Otherwise, SomeOf
from engine.rulebooks import rulebook as words
from engine.rulebooks.logic import Rulebook

_PARTS: dict[str, dict[str, type[BaseModel]]] = {  # by where its keys stand
    "sources": {"": words.Source},
    "parameters": {"": words.Parameter, "otherwise.": words.OtherValue},
    "benchmarks": {"": words.BenchmarkTable},
    "scorecards": {
        "": words.Scorecard,
        "groups.": words.Group,
        "groups.items.": words.Item,
        "groups.items.bands.": words.Band,
    },
    "criteria": {
        "": words.CriterionWords,
        "cite.": words.Cite,
        "require.": CheckWords,
        "require. ": SomeOf,
        "otherwise.": Otherwise,
    },
    "open_questions": {"": words.OpenQuestion, "noted.": words.Noted},
}


def head(model: Rulebook, rulebook_id: str, area: str | None, today: date) -> str:
    """Give what stands above `sources`, each key with what it is for."""
    head = model.words
    title = Text(f"{rulebook_id}（据 {head.id} 起草）", f"{rulebook_id} (drafted from {head.id})")
    values: dict[str, str | None] = {
        "id": rulebook_id,
        "title": _flow(title),
        "edition": json.dumps(f"{today.year}"),
        "draft": "yes",
        "level": head.level,
        "area": area,
        "qualification": _flow(head.qualification),
        "in_force": f"{{from: {today}}}",
        "in_force_for_reviews": None,
        "applies_to": f"[{', '.join(head.applies_to)}]",
    }
    lines = ["# yaml-language-server: $schema=schema/rulebook.json"]
    for key, value in values.items():
        says = slot("RulebookWords", key)
        lines += [f"# {says.zh}", f"# {says.en}", f"# {key}:" if value is None else f"{key}: {value}"]
    return "\n".join(lines) + "\n\n"


def _flow(text: Text) -> str:
    return f"{{zh: {json.dumps(text.zh, ensure_ascii=False)}, en: {json.dumps(text.en, ensure_ascii=False)}}}"


def explained(text: str) -> str:
    """Give the text of a rulebook from `sources` on, each part below what may be written in it."""
    parts = parts_of(text)
    known = [f"{_slots(key)}{parts[key]}" if key in parts else f"{_slots(key)}# {key}:\n" for key in _PARTS]
    return "\n".join(one.rstrip("\n") + "\n" for one in known)


def parts_of(text: str) -> dict[str, str]:
    r"""Give what stands under each key of a YAML file, as it is written; under nothing what stands above the first.

    >>> parts_of("# words\nid: a\nbase:\n  b: c\n")
    {'': '# words\n', 'id': 'id: a\n', 'base': 'base:\n  b: c\n'}
    """
    first, *parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    return {"": first} | {part.partition(":")[0]: part for part in parts}


def _slots(part: str) -> str:
    """Give a remark that says what may be written in a part."""
    says = slot("RulebookWords", part)
    lines = [f"# {part}：{says.zh}", f"# {part}: {says.en}"]
    for within, model in _PARTS[part].items():
        for name, field in model.model_fields.items():
            key = str(field.alias or name)
            of_key = slot(model.__name__, key)
            lines.append(f"#   {within.strip()}{key}: {of_key.zh} / {of_key.en}")
    return "\n".join(lines) + "\n"


def overlay(model: Rulebook) -> str:
    """Give the parts of a rulebook that lets another one stand, and names what differs."""
    key, text = next(iter(model.words.sources.items()))
    whole = Text(f"按 {model.id} 认定", f"Recognised by {model.id}")
    reading = Text(
        "全国规定照用；本地另有要求的，逐项写在下面。",
        "The national text stands; what this one asks beside follows below.",
    )
    grade = max(one.words.cite.grade for one in model.criteria if one.words.decides)
    return f"""{_slots("sources")}sources:
  local-text:  # 请改 / to be written
    title: {{zh: 本地文件, en: The text of the area}}
  {key}:
    title: {_flow(text.title)}

{_slots("parameters")}# parameters:

{_slots("criteria")}criteria:
  - id: national
    title: {_flow(whole)}
    cite: {{source: {key}, clause: 全文, grade: {grade}}}
    words: not at hand
    reading: {_flow(reading)}
    confirmed: no
    require: {{rulebook: {model.id}}}
  # 要求更高或另加的，照这样逐项写；放宽或取消的，不能这样写：不加 --area 起草一份完整的，再写 area。
  # What is stricter or asked beside is written like this; for what is less strict begin without --area, and add `area`.
  # - id: local-staff
  #   title: {{zh: 职工人数, en: Staff}}
  #   cite: {{source: local-text, clause: 第二条, grade: B}}
  #   quote: 职工人数不少于20人
  #   require: {{fact: employees_y0, at_least: 20人}}

{_slots("open_questions")}# open_questions:
"""
