"""What data files under `rules/` are made of: parts without unknown keys, exact decimals, words in two languages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from engine.ground.errors import Text
from engine.ground.values import Number, number_from

ID, CSV = r"^[a-z0-9][a-z0-9_-]{0,63}$", r"^[a-z0-9][a-z0-9._-]*\.csv$"
"""What an id and the name of a table look like."""


class Strict(BaseModel):
    """A part of a data file: no unknown keys, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


Decimal = Annotated[
    Number,
    BeforeValidator(lambda value: number_from(value) if isinstance(value, str) else value),
    WithJsonSchema({"type": ["number", "string"]}),
]
Words = Annotated[
    Text,
    BeforeValidator(lambda value: {"zh": value, "en": value} if isinstance(value, str) else value),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                    "required": ["zh", "en"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


YesNo = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no", "true", "false"]})]
