"""What the keys of one part ask of each other, as JSON Schema: which go together, which exclude each other.

The models of the files say the same in validators, of which no schema can be made.
"""

from __future__ import annotations

from typing import Any

from engine.language.conditions import Operator

_NO = {"enum": [False, "no", "false"]}


def _one_of(*keys: str) -> dict[str, Any]:
    return {"oneOf": [{"required": [key]} for key in keys]}


def _where(key: str, value: object, *asked: str, **fixed: object) -> dict[str, Any]:
    """Say what is asked where a key has a value: other keys, and values of these."""
    then = {"required": [*asked, *fixed], "properties": fixed}
    return {"if": {"properties": {key: value}, "required": [key]}, "then": then}


_WITH_OURS = _where("otherwise", {"minItems": 1}, "reading", confirmed=_NO)
_CHOICE = {"enum": ["choice", "choices"]}
TOGETHER: dict[str, dict[str, Any]] = {
    "CheckWords": {"allOf": [_one_of("fact", "score"), _one_of(*Operator)]},
    "Band": _one_of("when", *Operator),
    "Item": _one_of("bands", "points_of"),
    "Otherwise": {"dependentRequired": {"when": ["require"]}},
    "Parameter": {"allOf": [_WITH_OURS]},
    "CriterionWords": {
        "allOf": [
            _one_of("quote", "words"),
            _where("confirmed", _NO, "reading"),
            _WITH_OURS,
            _where("cite", {"properties": {"grade": {"enum": ["M", "X"]}}, "required": ["grade"]}, decides=_NO),
        ]
    },
    "Fact": {
        "dependentRequired": {"may_be_stated": ["formula"]},
        "if": {"properties": {"kind": _CHOICE}, "required": ["kind"]},
        "then": {"anyOf": [{"required": ["choices"]}, {"required": ["choices_from"]}]},
        "else": {"not": {"anyOf": [{"required": ["choices"]}, {"required": ["choices_from"]}]}},
    },
}
"""By the name of the part."""
