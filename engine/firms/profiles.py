"""What is known of one firm and its one key product, checked against the vocabulary.

The pydantic model of a profile is made from the vocabulary: fields, JSON Schema and messages come from `facts.yaml`.
A profile is refused with all its problems at once; what is merely unusual is a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Literal, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from engine.firms.keys import Typed, facts_of
from engine.firms.schema import json_schema
from engine.firms.stated_ratios import contradiction
from engine.firms.strange_words import strange_words
from engine.ground.errors import InputError, Problem, Text, did_you_mean, short, shown
from engine.ground.values import Known, Number, Terms, ends_stated, on_day
from engine.headers.hints import hint as near_header
from engine.language.answer import answer
from engine.language.code_text import is_mistyped
from engine.language.facts import AS_OF, BOOLEAN, WHOLE, Fact, Kind, Records, Vocabulary, half_width
from engine.language.figure_text import is_damaged
from engine.language.notes import FRACTION
from engine.language.pydantic_words import worded
from engine.language.reading import LARGEST, Unreadable, exact

_MOST_SUGGESTIONS = 20
_MOST_RECORDS = 2000
_Reader = Callable[[object], Known | None]

Numbered = Annotated[
    str | None,
    BeforeValidator(lambda raw: str(raw) if type(raw) is int else raw, json_schema_input_type=str | int | None),
]


class Evidence(BaseModel):
    """The document behind a value."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=2000)
    source: str | None = None
    url: str | None = None
    page: Numbered = None
    period: Numbered = None
    status: Literal["none", "claimed", "document", "audited"] | None = None
    note: str | None = None


Paper = Annotated[
    Evidence,
    BeforeValidator(
        lambda raw: {"source": raw} if isinstance(raw, str) else raw, json_schema_input_type=Evidence | str
    ),
]


@dataclass(frozen=True)
class Profile:
    """A firm's stated values by fact id (blanks left out), the evidence it declares, and what looks unusual.

    `noted` is what its row says of what it remarks, and of cells that are left out.

    And its lists of records, each with the stated values of its fields, and of each fact that these should give but
    do not, why. `terms`: of a list, the last day of each option that states one. `whole`: the ratios that the firm is
    asked for themselves. `replaced`: what it states itself where another value is tried.
    """

    values: Mapping[str, Known]
    evidence: Mapping[str, Evidence]
    warnings: tuple[Problem, ...] = ()
    noted: tuple[Problem, ...] = ()
    records: Mapping[str, tuple[Mapping[str, Known], ...]] = field(default_factory=dict)
    uncounted: Mapping[str, Problem] = field(default_factory=dict)
    terms: Terms = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    replaced: Mapping[str, Known | None] = field(default_factory=dict)

    @property
    def as_stated(self) -> Mapping[str, Known | None]:
        """The values as the firm states them, whatever is taken instead for a trial."""
        return {**self.values, **self.replaced}

    @property
    def fractions(self) -> frozenset[str]:
        """The percentages that may have been typed as fractions."""
        return frozenset(one.where for one in self.warnings if one.what == FRACTION[0])

    @property
    def firm_id(self) -> str | None:
        """The caller's id of the firm."""
        return cast("str | None", self.values.get("firm_id"))

    @property
    def firm_name(self) -> str | None:
        """The firm's name."""
        return cast("str | None", self.values.get("firm_name"))


class RowProfile(dict[str, str]):
    """The profile that a row of a list states: the values by fact, as JSON has them; its line; what is left out.

    `asked` are the facts that the list or the form has a place for, `unread` the headers of its columns that were not
    read, `perhaps` the facts that some of these may state; `other_sheets` those of the workbook.
    """

    def __init__(self, stated: Mapping[str, str], line: int, notes: tuple[Problem, ...] = ()) -> None:
        super().__init__(stated)
        self.line = line
        self.notes = notes
        self.asked: frozenset[str] = frozenset()
        self.unread: tuple[str, ...] = ()
        self.perhaps: Mapping[str, tuple[Fact, ...]] = {}
        self.other_sheets: tuple[str, ...] = ()


class ProfileReader:
    """Reads profiles for one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Make the pydantic model from the facts that a profile may state."""
        self._vocabulary = vocabulary
        self._wholes = [fact for fact in vocabulary.given.values() if fact.part_of]
        self._percents = [fact.id for fact in vocabulary.given.values() if fact.kind is Kind.PERCENT]
        fields: dict[str, Any] = {fact.id: (_field_type(fact), None) for fact in vocabulary.given.values()}
        names: dict[str, Any] = {"propertyNames": {"enum": [*vocabulary]}}
        evidence: Any = Field(default={}, description="证明材料 / evidence, by fact", json_schema_extra=names)
        fields["evidence"] = (dict[str, Paper], evidence)
        for one in vocabulary.lists.values():
            about = f"{one.words.title.zh} / {one.words.title.en}"
            fields[one.id] = (_records_type(one), Field(default=None, description=about))
        self._known = frozenset(fields)
        self._readers = {fact.id: _reader(fact) for fact in vocabulary.given.values()}
        self._places = {name: place for place, name in enumerate(self._readers)}
        config = ConfigDict(extra="forbid", title="Profile", json_schema_extra={"description": _KEYS})
        self.model: type[BaseModel] = create_model("Profile", __config__=config, **fields)
        beside: dict[str, Any] = {name: fields[name] for name in ("evidence", *vocabulary.lists)}
        self._beside_values: type[BaseModel] = create_model("Beside", __config__=ConfigDict(extra="forbid"), **beside)

    def read(self, raw: object, as_of: date | None = None) -> Profile:
        """Give the profile that `raw` states: values by fact id, or by a name as a column header may be.

        Years in names count back from the day `as_of`, or from today. Raises InputError with all problems.
        """
        if not isinstance(raw, Mapping):
            raise InputError([_not_an_object(raw)])
        if raw.keys() >= _OF_A_VERDICT:
            raise InputError([_IS_A_VERDICT])
        if len(raw) > 2 * len(self._vocabulary):
            raise InputError([_too_many(len(raw), len(self._vocabulary))])
        notes, asked = (raw.notes, raw.asked) if isinstance(raw, RowProfile) else ((), ())
        problems: list[Problem] = []
        names: Mapping[str, str] = {}
        if not raw.keys() <= self._known:
            problems = [_bad_key(key) for key in raw if not _is_name(key)]
            raw, names = self._by_fact({key: raw[key] for key in raw if _is_name(key)}, as_of, problems)
        day = as_of or date.today()  # noqa: DTZ011 the caller's calendar day
        terms: dict[str, dict[str, date]] = {}
        stated = self._stated(raw, day, problems, terms)
        evidence, lists = self._beside(raw, as_of, problems)
        problems += self._contradictions(stated)
        if problems:
            raise InputError([replace(one, where=names.get(one.where, one.where)) for one in problems])
        warnings = (*_damaged_code(stated), *self._words(stated, day), *self._fractions(raw, stated))
        return Profile(stated, evidence, warnings, notes, lists, terms=terms, whole=self._vocabulary.whole(asked))

    def instead(self, profile: Profile, tried: Mapping[str, Known], day: date) -> Profile:
        """Give a profile with other values `tried` instead of those that it states. Raises InputError."""
        stated = {**profile.values, **{name: on_day(value, day) for name, value in tried.items()}}
        values = {name: value for name in self._places if (value := stated.get(name)) is not None}
        if problems := self._contradictions(values):
            raise InputError(problems)
        terms = {name: ends for name, ends in profile.terms.items() if name not in tried}
        terms |= {name: ends for name, value in tried.items() if (ends := ends_stated(value))}
        told = (one for one in profile.warnings if one.where not in tried)
        warnings = (*told, *self._words({name: values[name] for name in tried}, day))
        replaced = {name: profile.values.get(name) for name in tried}
        uncounted = {name: why for name, why in profile.uncounted.items() if name not in tried}
        noted = tuple(one for one in profile.noted if one.where not in tried)
        return replace(
            profile, values=values, terms=terms, warnings=warnings, noted=noted, uncounted=uncounted, replaced=replaced
        )

    def _contradictions(self, stated: Mapping[str, Known]) -> list[Problem]:
        """Give a problem for each figure that cannot be so beside another."""
        problems = self.parts_above_wholes(stated)
        ratios = (fact for name, fact in self._vocabulary.ratios.items() if name in stated)
        return problems + [one for fact in ratios if (one := contradiction(fact, stated, self._vocabulary))]

    def _stated(
        self, raw: Mapping[str, object], day: date, problems: list[Problem], terms: dict[str, dict[str, date]]
    ) -> dict[str, Known]:
        """Give the values of facts as they are on a day, in the order of the vocabulary; notes problems and terms."""
        stated: dict[str, Known] = {}
        for name in sorted(filter(self._places.__contains__, raw), key=self._places.__getitem__):
            try:
                value = self._readers[name](raw[name])
            except Unreadable as error:
                problems.append(_unread(name, error, raw[name]))
                continue
            if isinstance(value, frozenset):
                if ends := ends_stated(value):
                    terms[name] = ends
                value = on_day(value, day)
            if value is not None:
                stated[name] = value
        return stated

    def _beside(
        self, raw: Mapping[str, object], as_of: date | None, problems: list[Problem]
    ) -> tuple[Mapping[str, Evidence], Mapping[str, tuple[Mapping[str, Known], ...]]]:
        """Give what a profile has beside values: the evidence, and the lists of records."""
        beside = {name: value for name, value in raw.items() if name not in self._places}
        if not beside:
            return {}, {}
        evidence = beside.get("evidence")
        if isinstance(evidence, dict) and not evidence.keys() <= self._vocabulary.keys():
            beside["evidence"] = self._papers_by_fact(evidence, as_of, problems)
        try:
            model = self._beside_values.model_validate(beside)
        except ValidationError as error:
            details = error.errors(include_url=False)
            problems += [self._problem(detail) for detail in details]
            bad = {str(detail["loc"][0]) for detail in details if detail["loc"]}
            model = self._beside_values.model_validate({k: v for k, v in beside.items() if k not in bad})
        records = {
            name: tuple({field: value for field, value in one.__dict__.items() if value is not None} for one in items)
            for name in self._vocabulary.lists
            if (items := model.__dict__[name]) is not None
        }
        return model.__dict__["evidence"], records

    def _by_fact(
        self, raw: Mapping[str, object], as_of: date | None, problems: list[Problem]
    ) -> tuple[dict[str, object], Mapping[str, str]]:
        """Give the values by fact, and the caller's name of each fact that was not named by its id."""
        found = facts_of(raw, self._known, self._vocabulary, as_of)
        problems += found.problems
        problems += [
            self._unknown(short(key), name, shown(raw[key]), hint=n < _MOST_SUGGESTIONS)
            for n, (key, name) in enumerate(found.unknown.items())
        ]
        return found.values, found.names

    def _papers_by_fact(
        self, evidence: Mapping[str, object], as_of: date | None, problems: list[Problem]
    ) -> dict[str, object]:
        """Give the evidence by fact."""
        found = facts_of(evidence, self._vocabulary, self._vocabulary, as_of)
        problems += [replace(one, where=f"evidence.{one.where}") for one in found.problems]
        problems += [
            self._unknown(short(f"evidence.{key}"), key, hint=n < _MOST_SUGGESTIONS)
            for n, key in enumerate(found.unknown)
        ]
        return {name: paper.value if isinstance(paper, Typed) else paper for name, paper in found.values.items()}

    def _problem(self, detail: Any) -> Problem:  # noqa: ANN401 pydantic's ErrorDetails
        """Give one pydantic error in our words."""
        where = ".".join(str(part) for part in detail["loc"])
        given = detail["input"]
        value = shown(given)
        if detail["loc"] and detail["loc"][0] in self._vocabulary.lists and detail["type"] != "unreadable":
            return _bad_record(self._vocabulary.lists[str(detail["loc"][0])], where, value, detail)
        if detail["type"] == "unreadable":
            return _unread(where, detail["ctx"]["error"], given)
        instead = Text("evidence 的键是指标名，值是文字或 {source, url, page, period, status, note}。", _EVIDENCE_EN)
        return Problem(short(where), worded(detail), instead, value)

    def _unknown(self, where: str, name: str, value: str | None = None, *, hint: bool = True) -> Problem:
        fact = self._vocabulary.get(name)
        if fact is not None:
            what = Text("是计算得出的指标，不能填写", "is derived from other facts and cannot be given")
            names = fact.formula.names if fact.formula else ()
            instead = Text(f"请填写：{'、'.join(names)}。", f"Give {', '.join(names)} instead.")
            return Problem(where, what, _DAY_ELSEWHERE if name == AS_OF else instead, value)
        what = Text("词汇表中没有这项指标", "is not a fact of the vocabulary")
        see = Text("全部指标见 champion facts。", "`champion facts` lists them all.")
        near = self._meant(name) if hint else None
        return Problem(short(where), what, near or see, value)

    def _meant(self, name: str) -> Text | None:
        """Suggest the nearest id, or the nearest name of a fact."""
        near = did_you_mean(name, [*self._vocabulary.given, *self._vocabulary.lists, "evidence"])
        title = near_header(name, self._vocabulary) if near is None else None
        return near if title is None else Text(f"是否想写“{title}”？", f"Did you mean {title}?")

    def parts_above_wholes(self, stated: Mapping[str, Known]) -> list[Problem]:
        """Give a problem for each figure that is larger than the one it is a part of."""
        problems = []
        for fact, total in self.above_wholes(stated):
            what = Text(f"大于“{total.title.zh}”（{total.id}）", f"is larger than {total.title.en} ({total.id})")
            instead = Text("部分不能大于整体，请核对两个数。", "A part cannot exceed the whole: check both figures.")
            part, whole = (float(cast("Number", stated[one.id])) for one in (fact, total))
            problems.append(Problem(fact.id, what, instead, f"{part:.15g} > {whole:.15g}"))
        return problems

    def above_wholes(self, stated: Mapping[str, Known]) -> Iterator[tuple[Fact, Fact]]:
        """Give each figure that is larger than the nearest known one that it is part of, with that."""
        for fact in self._wholes:
            part = stated.get(fact.id)
            if not isinstance(part, Number):
                continue
            known = (one for one in self._vocabulary.wholes_of(fact) if isinstance(stated.get(one.id), Number))
            whole = next(known, None)
            if whole is not None and part > cast("Number", stated[whole.id]):
                yield fact, whole

    def _words(self, stated: Mapping[str, Known], day: date) -> Iterator[Problem]:
        """Warn of words in lists that are none of the options."""
        for name, value in stated.items():
            if isinstance(value, frozenset) and (
                told := strange_words(self._vocabulary[name], value, self._vocabulary, day)
            ):
                yield told

    def _fractions(self, raw: Mapping[str, object], stated: Mapping[str, Known]) -> list[Problem]:
        """Warn of percentages below 1 that were typed without a sign."""
        warnings = []
        for name in self._percents:
            value = stated.get(name)
            if isinstance(value, Number) and 0 < value < 1:
                typed = raw[name].value if isinstance(raw[name], Typed) else raw[name]  # type: ignore[attr-defined]
                if not (isinstance(typed, str) and half_width(typed).endswith("%")):
                    warnings.append(Problem(name, *FRACTION, shown(typed)))
        return warnings


_OF_A_VERDICT = frozenset({"rulebook", "verdict", "criteria", "notice"})
_IS_A_VERDICT = Problem(
    "profile",
    Text("这是一份判定结果，不是企业的指标", "is a verdict, and no profile of a firm"),
    Text(
        "请给出当时的企业画像（指标和数值）；空白模板见 champion facts --template。",
        "Give the profile that was judged, facts and values; `champion facts --template` has an empty one.",
    ),
)
_DAY_ELSEWHERE = Text("判定日用 --as-of 给出。", "Give the day of the decision by --as-of.")

DAMAGED_CODE = (
    Text("像是被表格软件改坏的代码", "looks like a code that a spreadsheet damaged"),
    Text("请把该列设为文本，重新填写 18 位代码。", "Set the column to text and enter the 18 characters again."),
)
MISTYPED_CODE = (
    Text("末位校验码同前 17 位不符，可能有一位写错", "has a last character that does not check the other 17"),
    Text("请对照营业执照核对 18 位代码。", "Compare the 18 characters with the business licence."),
)


def _damaged_code(stated: Mapping[str, Known]) -> Iterator[Problem]:
    code = stated.get("firm_id")
    if isinstance(code, str) and is_damaged(code):
        yield Problem("firm_id", *DAMAGED_CODE, shown(code))
    elif isinstance(code, str) and is_mistyped(code):
        yield Problem("firm_id", *MISTYPED_CODE, shown(code))


_EVIDENCE_EN = "The keys of evidence are fact ids, the values text or {source, url, page, period, status, note}."


_KEYS = (
    "键是指标 id；也可以写中英文名称，带单位或年份，如“营业收入（亿元）” / keys are fact ids; a name with its unit or "
    "year, as a column header may be, is understood too"
)


def _records_type(records: Records) -> Any:  # noqa: ANN401 a type made at run time
    """Give the type of a list of records, blank if it is null."""
    fields: dict[str, Any] = {fact.id: (_field_type(fact), None) for fact in records.stated.values()}
    record = create_model(records.id, __config__=ConfigDict(extra="forbid", title=records.id), **fields)
    return Annotated[list[record], Field(max_length=_MOST_RECORDS)] | None


def _bad_record(records: Records, where: str, value: str, detail: Any) -> Problem:  # noqa: ANN401 pydantic's ErrorDetails
    """Say what is wrong with a list or with one of its records, if it is not the value of a field."""
    if detail["type"] == "extra_forbidden":
        name = str(detail["loc"][-1])
        listed = Text(f"可用：{'、'.join(records.stated)}。", f"Known: {', '.join(records.stated)}.")
        what = Text("清单中没有这个字段", "is not a field of the list")
        return Problem(short(where), what, did_you_mean(name, records.stated) or listed, value)
    if detail["type"] == "too_long":
        return Problem(where, Text(f"超过 {_MOST_RECORDS} 条", f"has more than {_MOST_RECORDS} records"))
    instead = Text(
        f"应为 JSON 列表，每条是一个对象，字段有 {'、'.join(records.stated)}。", _RECORDS_EN.format(records=records)
    )
    return Problem(where, Text("不是清单或其中的一条", "is not a list of records, or not a record"), instead, value)


_RECORDS_EN = "Write a JSON list of objects; `champion facts` has the fields of {records.id}."


def _field_type(fact: Fact) -> Any:  # noqa: ANN401 a type made at run time
    return Annotated[Any, PlainValidator(partial(_validated, _reader(fact))), WithJsonSchema(json_schema(fact))]


def _reader(fact: Fact) -> _Reader:
    """Give the function that reads a value of the fact; None is a blank. What is plainly right is taken as it is.

    It raises Unreadable.
    """
    low = -LARGEST if fact.lowest is None else fact.lowest
    high = LARGEST if fact.highest is None else fact.highest

    is_whole = fact.kind in WHOLE

    def read_number(raw: object) -> Known | None:
        if type(raw) is int and low <= raw <= high and abs(raw) < LARGEST:
            return raw
        if type(raw) is Decimal and not is_whole and raw.is_finite() and low <= raw <= high and abs(raw) < LARGEST:
            return exact(fact, raw)
        return _read(fact, raw)

    def read_choice(raw: object) -> Known | None:
        return raw if type(raw) is str and raw in fact.choices else _read(fact, raw)

    def read_boolean(raw: object) -> Known | None:
        return raw if type(raw) is bool else _read(fact, raw)

    if fact.is_numeric:
        return read_number

    def read_choices(raw: object) -> Known | None:
        is_plain = type(raw) is list and raw and all(type(one) is str and one in fact.choices for one in raw)
        return frozenset(raw) if is_plain else _read(fact, raw)  # type: ignore[call-overload]

    if fact.kind is Kind.CHOICE:
        return read_choice
    if fact.kind is Kind.CHOICES:
        return read_choices
    return read_boolean if fact.kind in BOOLEAN else partial(_read, fact)


def _read(fact: Fact, raw: object) -> Known | None:
    return raw.read() if isinstance(raw, Typed) else answer(fact, raw)


def _unread(where: str, error: Unreadable, raw: object) -> Problem:
    """Say of a value that it cannot be read."""
    if isinstance(raw, Typed):
        return Problem(where, error.what, raw.column.instead(error.instead), shown(raw.value))
    return Problem(where, error.what, error.instead, shown(raw))


def _validated(read: _Reader, raw: object) -> Known | None:
    """Read a value as pydantic's validators do: the model has the fields of records, and is the schema of all."""
    try:
        return read(raw)
    except Unreadable as error:
        kind, message = "unreadable", "cannot be read"
        raise PydanticCustomError(kind, message, {"error": error}) from error


def _is_name(key: object) -> bool:
    return isinstance(key, str) and (key.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in key))


def _bad_key(key: object) -> Problem:
    return Problem(
        shown(key),
        Text("不是指标名", "is not the name of a fact"),
        Text("见 champion facts。", "See `champion facts`."),
    )


def _too_many(count: int, facts: int) -> Problem:
    what = Text(f"有 {count} 个键，而指标一共只有 {facts} 项", f"has {count} keys, and there are only {facts} facts")
    return Problem("profile", what, Text("一次只送一家企业的指标。", "Send the facts of one firm at a time."))


def _not_an_object(raw: object) -> Problem:
    what = Text("企业画像应是一个 JSON 对象", "a profile is one JSON object")
    return Problem(
        "profile",
        what,
        Text('如 {"global_market_share_pct": 23.5}', 'Such as {"global_market_share_pct": 23.5}.'),
        shown(raw),
    )
