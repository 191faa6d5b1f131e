"""JSON Schemas of the files of rules, for editors that complete and check while one types.

They are made from the models of the files, their words from `slots`, the ids of facts and their options from the
vocabulary of the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from pydantic import BaseModel, TypeAdapter

from engine.authoring.slots import slot
from engine.authoring.together import TOGETHER
from engine.language.facts import Entry, Fact, Kind, Vocabulary
from engine.proving.case_file import CaseFile
from engine.rulebooks.documents import DocumentsWords
from engine.rulebooks.levels import LadderWords
from engine.rulebooks.routes import RoutesWords
from engine.rulebooks.rulebook import RulebookWords

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = ["string", "number", "boolean"]
"""A text as an editor reads it: `2026` is a number there."""
_Schema = dict[str, Any]
_MODELS: Mapping[str, tuple[type[BaseModel], str]] = {
    "rulebook": (RulebookWords, "rulebook 认定规则"),
    "ladder": (LadderWords, "ladder.yaml 梯度层级"),
    "routes": (RoutesWords, "routes.yaml 路线"),
    "documents": (DocumentsWords, "documents.yaml 材料"),
    "cases": (CaseFile, "cases 案例"),
}
_YES_NO = {Kind.YES_NO: ("是", "否"), Kind.JUDGEMENT: ("是", "否")}


def editor_schemas(vocabulary: Vocabulary) -> dict[str, _Schema]:
    """Give the schema of each file of a folder of rules with that vocabulary, by name."""
    entry = TypeAdapter(Entry).json_schema()
    definitions = entry.pop("$defs")
    definitions["Fact"]["properties"].pop("id")
    facts = {"type": "object", "additionalProperties": entry, "$defs": definitions}
    schemas = {
        name: _worded(model.model_json_schema(), model.__name__) | {"title": title}
        for name, (model, title) in _MODELS.items()
    }
    schemas["facts"] = _worded(facts, "") | {"title": "facts.yaml 指标词汇表"}
    for name in ("rulebook", "documents"):
        _complete(schemas[name], vocabulary)
    _complete_cases(schemas["cases"], vocabulary)
    return {name: {"$schema": _DRAFT, **schema} for name, schema in schemas.items()}


def _worded(schema: _Schema, name: str) -> _Schema:
    """Give a schema with words for each property, and with what is required of several keys together."""
    schema = json.loads(json.dumps(schema))  # parts of it are one and the same object
    for model, part in {name: schema, **schema.get("$defs", {})}.items():
        part |= {"title": model}
    for part in [*_within(schema)]:
        model = part.pop("title", "") if isinstance(part.get("title"), str) else ""
        if isinstance(part.get("properties"), dict) and "type" in part:
            part.pop("description", None)
            for key, one in part["properties"].items():
                one |= {"description": "\n\n".join(vars(slot(model, key)).values())}
            part.update(deepcopy(TOGETHER.get(model, {})))
    for part in _within(schema):
        _as_typed(part)
    return schema


def _as_typed(part: _Schema) -> None:
    """Let a text be what an editor takes for a number; a day be a day; nothing stand for what is left out."""
    several = [one for one in part.get("anyOf", ()) if one != {"type": "null"}]
    if len(several) < len(part.get("anyOf", ())):
        part.pop("default", None)
        if len(several) > 1:
            part["anyOf"] = several
        else:
            part.pop("anyOf")
            part |= {**several[0], **part}
    if part.get("type") == "string" and "format" in part:
        part["pattern"] = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    elif part.get("type") == "string" and not {"enum", "pattern", "const"} & part.keys():
        part["type"] = _TEXT


def _within(part: object) -> Iterator[_Schema]:
    """Give every schema within one, and it."""
    if isinstance(part, dict):
        yield part
        for one in part.values():
            yield from _within(one)
    elif isinstance(part, list):
        for one in part:
            yield from _within(one)


def _complete(schema: _Schema, vocabulary: Vocabulary) -> None:
    """Let the ids of facts be completed wherever one is named, and the options of the fact that a check compares."""
    definitions = schema["$defs"]
    definitions["FactId"] = _facts(vocabulary.values())
    for part in definitions.values():
        for key in {"fact", "points_of"} & part.get("properties", {}).keys():
            words = part["properties"][key]["description"]
            part["properties"][key] = {"$ref": "#/$defs/FactId", "description": words}
    if "CheckWords" in definitions:
        options = [fact for fact in vocabulary.values() if fact.choices and not fact.places]
        definitions["CheckWords"]["allOf"] += [_compared(fact) for fact in options]


def _facts(facts: Iterable[Fact]) -> _Schema:
    """Give a text that is the id of a fact, each with its title, its unit and how it is answered."""
    words = {fact.id: _about(fact) for fact in facts}
    return {"type": "string", "enum": [*words], "enumDescriptions": [*words.values()]}


def _about(fact: Fact) -> str:
    unit = f"（{fact.unit.zh}）" if fact.unit.zh else ""
    formula = f"\n\n= {fact.formula.text}" if fact.formula else ""
    return f"{fact.title.zh}{unit} {fact.title.en} [{fact.kind}]{formula}"


def _compared(fact: Fact) -> _Schema:
    """Offer the options of a fact where a check compares it; other words for them may stand there too."""
    code = {
        "anyOf": [
            {"enum": [*fact.choices], "enumDescriptions": [f"{one.zh} {one.en}" for one in fact.choices.values()]},
            {"type": [*_TEXT, "object"]},
        ]
    }
    single = dict.fromkeys(("equals", "differs_from", "contains", "lacks"), code)
    listed = {key: {"items": code} for key in ("one_of", "none_of")}
    is_it = {"properties": {"fact": {"const": fact.id}}, "required": ["fact"]}
    return {"if": is_it, "then": {"properties": single | listed}}


def _complete_cases(schema: _Schema, vocabulary: Vocabulary) -> None:
    """Let the facts of a firm be completed by their ids, with their answers; names of facts may stand there too."""
    facts = vocabulary.given.values()
    words = {word for fact in facts for word in (fact.id, *fact.aliases) if word.isascii() and word.isidentifier()}
    profile = {
        "type": "object",
        "properties": {fact.id: {"description": _about(fact), "anyOf": [*_answers(fact)]} for fact in facts},
        "propertyNames": {"anyOf": [{"enum": sorted(words)}, {"pattern": r"[^A-Za-z0-9_]"}]},
        "additionalProperties": _ANSWER,
    }
    schema["$defs"]["Profile"] = profile
    for part, key in ((schema, "base"), (schema["$defs"]["Case"], "given"), (schema["$defs"]["ItemCase"], "given")):
        part["properties"][key] = {
            "$ref": "#/$defs/Profile",
            "description": part["properties"][key]["description"],
        }


_ANSWER: Mapping[str, Any] = {"type": [*_TEXT, "null", "array"], "items": {"type": _TEXT}}


def _answers(fact: Fact) -> Iterator[_Schema]:
    """Give the answers to offer, and any other."""
    titles = _YES_NO.get(fact.kind) or (() if fact.places else [one.zh for one in fact.choices.values()])
    if titles:
        yield {"enum": [*titles]} if fact.kind is not Kind.CHOICES else {"type": "array", "items": {"enum": [*titles]}}
    yield dict(_ANSWER)
