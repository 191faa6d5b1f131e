"""From YAML files to models, strictly, with the place of every mistake.

Everything is read as text first; duplicate and unknown keys are refused; all problems of a file are told at once as
`file:line:column: where: what, what to write instead`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from engine.ground.errors import Problem, RulebookError, Text, did_you_mean, shown
from engine.ground.refused import unreadable
from engine.language.pydantic_words import worded
from engine.language.yaml_mistakes import (
    NO_EXCLUSION,
    Mistake,
    excludes,
    in_words,
    key_meant,
    mistakes,
    of_key,
    of_value,
)

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # libyaml is not on this machine
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)
_IN_QUOTES = Text(
    '如果是文字的一部分（文字里有逗号），请给整段文字加半角引号："…, …"。',
    'If it is part of a text that has a comma, put the whole text in quotes: "…, …".',
)


@dataclass
class Document:
    """A YAML file as plain data (every scalar a string), with the place of each value and what was wrong so far."""

    name: str
    digest: str = ""
    data: Any = None
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mistyped: set[int] = field(default_factory=set)
    """Lines with a mistake of form: what else is found on them follows from it."""
    left_out: set[Place] = field(default_factory=set)
    """Parts whose shape is broken: what refers to them is not looked at."""
    numbers: dict[Place, int] = field(default_factory=dict)
    """Where each part stands in the file that parts before it were left out of."""

    def place(self, path: Sequence[str | int]) -> str:
        """Give `file:line:column` of the value at `path`, or of the nearest one around it."""
        known = tuple(path)
        while known not in self.places and known:
            known = known[:-1]
        line, column = self.places.get(known, (1, 1))
        return f"{self.name}:{line}:{column}"

    def report(
        self, path: Sequence[str | int], what: Text, instead: Text | None = None, value: str | None = None
    ) -> None:
        """Note a problem at `path`."""
        problem = Problem(self._where(path), what, instead, value)
        if problem not in self.problems and self._at(problem)[0] not in self.mistyped:
            self.problems.append(problem)

    def leave_out(self, parts: Collection[Place]) -> None:
        """Leave out parts: each a key of the file, or what stands under one by a key or a number."""
        self.left_out |= set(parts)
        for key, *rest in sorted(parts, reverse=True, key=str):
            whole = self.data[key] if rest else self.data
            if isinstance(whole, dict):
                del whole[rest[0] if rest else key]
                continue
            kept = [n for n in range(len(whole)) if (key, n) not in parts]
            self.data[key] = [whole[n] for n in kept]
            moved: dict[Place, Place] = {(key, old): (key, new) for new, old in enumerate(kept)}
            self.numbers |= {(key, new): old for new, old in enumerate(kept)}
            self.places = {
                (*moved[path[:2]], *path[2:]) if path[:2] in moved else path: at
                for path, at in self.places.items()
                if path[:1] != (key,) or len(path) == 1 or path[:2] in moved
            }
            parts = [part for part in parts if part[0] != key]

    def forget(self, path: Sequence[str | int]) -> None:
        """Leave out what was noted at `path`: something better is to be said there."""
        self.problems = [problem for problem in self.problems if problem.where != self._where(path)]

    def _where(self, path: Sequence[str | int]) -> str:
        name = self._named(path)
        return f"{self.place(path)}: {name}" if name else self.place(path)

    def note(self, mistake: Mistake) -> None:
        """Note a mistake of form at its line."""
        where = f"{self.name}:{mistake.line}:{mistake.column}"
        self.problems.append(Problem(where, mistake.what, mistake.instead))
        self.mistyped.add(mistake.line)

    def _named(self, path: Sequence[str | int]) -> str:
        """Give the path in words, a list's parts by their id: criteria.market-rank.require."""
        words, data = [], self.data
        for depth, part in enumerate(path, 1):
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                data = None
            name = data.get("id") if isinstance(part, int) and isinstance(data, dict) else None
            words.append(name if isinstance(name, str) else str(self.numbers.get(tuple(path[:depth]), part)))
        return ".".join(words)

    def raise_problems(self) -> None:
        """Raise RulebookError if anything was noted, in the order of the file."""
        if self.problems:
            raise RulebookError(sorted(self.problems, key=self._at))

    def _at(self, problem: Problem) -> tuple[int, ...]:
        """Give the line and column of a problem; those of other files come last."""
        found = re.match(rf"{re.escape(self.name)}:([0-9]+):([0-9]+)", problem.where)
        return tuple(map(int, found.groups())) if found else (sys.maxsize,)


def read_yaml(file: Path, *, above: str | None = None, within: str = "") -> Document:
    """Read a YAML file, or only what stands above the line that begins with the key `above`.

    `within` is where it lies in the folder of rules, such as `cases/`. Mistakes of form are noted in the document,
    not raised.
    """
    document = Document(within + file.name)
    try:
        content = file.read_bytes()
        document.digest = sha256(content).hexdigest()
        text = content.decode("utf-8-sig")
        if above is not None:
            text = re.split(rf"^{above}:", text, maxsplit=1, flags=re.MULTILINE)[0]
        if _is_too_deep(text):
            document.report((), Text("层次太深", "is nested too deeply"))
            return document
        node = yaml.compose(text, Loader=_Loader)
    except FileNotFoundError:
        document.report((), Text("没有这个文件", "does not exist"))
    except OSError as error:
        document.report((), unreadable("", error).what)
    except UnicodeDecodeError as error:
        document.report((), Text(f"第 {error.start + 1} 个字节不是 UTF-8", f"byte {error.start + 1} is not UTF-8"))
    except yaml.MarkedYAMLError as error:
        _note_form(document, text, error)
    except (yaml.YAMLError, RecursionError) as error:
        document.report((), Text("不是合法的 YAML", f"is not valid YAML: {type(error).__name__}"))
    else:
        try:
            document.data = _plain(node, (), document, set())
        except RecursionError:
            document.report((), Text("层次太深", "is nested too deeply"))
    return document


def _note_form(document: Document, text: str, error: yaml.MarkedYAMLError) -> None:
    """Note why a text is no YAML: by the mistakes that are usual, or else in the words of the parser."""
    for mistake in mistakes(text):
        document.note(mistake)
    if not document.problems:
        mark = error.problem_mark or error.context_mark
        document.places[()] = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.report((), in_words(error.problem or type(error).__name__))


def _is_too_deep(text: str) -> bool:
    """Say whether brackets, dashes or indentation go deeper than any rulebook does: libyaml would overrun its stack."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST or _DASHES.search(text) is not None


_DEEPEST = 200
_BRACKETS = re.compile(r"[\[\]{}]")
_DASHES = re.compile(r"(?:[-?:] +){100}|^ {1000}", re.MULTILINE)


def _plain(node: yaml.Node | None, path: Place, document: Document, seen: set[int]) -> Any:  # noqa: ANN401 any YAML
    """Give the node as dicts, lists and strings, noting the place of each and every duplicate key."""
    if node is None:
        return None
    document.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if id(node) in seen:
        document.report(path, Text("不允许使用 YAML 引用（*）", "YAML aliases (*) are not allowed"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        is_value = bool(path) and isinstance(path[-1], str) and not node.style  # words of a list may be in quotes
        mistake = of_value(node.value, node.start_mark.line + 1) if is_value else None
        if mistake is not None:
            document.note(replace(mistake, column=node.start_mark.column + 1))
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), document, seen) for index, child in enumerate(node.value)]
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None:
            document.report(path, Text("键必须是文字", "a key must be text"))
            document.mistyped.add(document.places[path][0])
            continue
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if key in result:
            first, _ = document.places[*path, key]
            document.places[*path, key] = (line, column)
            once = Text(f"第 {first} 行已有此键，请只留一处。", f"It stands on line {first} too: keep one of them.")
            document.report((*path, key), Text("此键重复出现", "this key stands here twice"), once)
            continue
        is_alone = isinstance(value_node, yaml.ScalarNode) and not value_node.value
        if is_alone and (mistake := of_key(key, line)) is not None:
            document.note(replace(mistake, column=column + mistake.column - 1))
        result[key] = _plain(value_node, (*path, key), document, seen)
        document.places[*path, key] = (line, column)
    return result


def validated(model: type[Model], document: Document) -> Model:
    """Give the document as `model`; raises RulebookError with every problem of the file if its shape is broken."""
    found, _ = shaped(model, document)
    if found is None:
        raise RulebookError(document.problems)
    return found


def sound_parts(model: type[Model], document: Document) -> Model:
    """Give the document as `model`, without the parts whose shape is broken: what is wrong with them is noted.

    Raises RulebookError where nothing can be made of the rest.
    """
    found, broken = shaped(model, document)
    return found or without(broken, model, document)


def without(broken: Collection[Place], model: type[Model], document: Document) -> Model:
    """Give the document as `model` without its broken parts; raises RulebookError where nothing can be made of it."""
    if () not in broken:
        document.leave_out(broken)
        with suppress(ValidationError):
            return model.model_validate(document.data)
    document.raise_problems()
    raise RulebookError(document.problems)


def shaped(model: type[Model], document: Document) -> tuple[Model | None, set[Place]]:
    """Give the document as `model`, or else the parts that are broken, `()` being all of it; problems are noted."""
    if document.data is None and document.problems:
        return None, {()}
    broken: set[Place] = set()
    try:
        return model.model_validate(document.data), broken
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            path = _path_in_file(detail["loc"], document.data)
            is_no_key = detail["type"] == "extra_forbidden"
            broken.add(path[:2] if len(path) > 1 or is_no_key else ())
            if not (detail["type"] == "too_short" and detail["input"]):  # its parts were wrong, and that was told
                _report(detail, document, model)
    except RecursionError:
        document.report((), Text("层次太深", "is nested too deeply"))
    return None, broken or {()}


def _report(detail: Mapping[str, Any], document: Document, model: type[BaseModel]) -> None:
    """Note one pydantic error at its place in the file, in our words."""
    path = _path_in_file(detail["loc"], document.data)
    kind = detail["type"]
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        document.report(path, Text(f"缺少“{last}”", f"“{last}” is missing"))
    elif kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        is_bare = detail["input"] == ""  # as the rest of a text in braces that has a comma
        document.report(path, worded(detail), _key_hint(last, _keys_of(model)) or (_IN_QUOTES if is_bare else None))
    elif kind in {"value_error", "assertion_error"}:
        zh, en = _both_languages(str(detail.get("ctx", {}).get("error", detail["msg"])))
        value = detail["input"]
        document.report(path, Text(zh, en), None, None if isinstance(value, dict | list) else shown(value))
    else:
        is_excluding = "none_of" in path and isinstance(detail["input"], dict)
        document.report(path, worded(detail), NO_EXCLUSION if is_excluding else None, shown(detail["input"]))


def _key_hint(key: str, known: Collection[str]) -> Text | None:
    """Suggest the key that is meant by a word of Chinese, or else the nearest."""
    meant = key_meant(key)
    if excludes(key) and "any_of" in known:
        return NO_EXCLUSION
    if meant in known:
        return Text(f"是否想写 {meant}？", f"Did you mean {meant}?")
    return did_you_mean(key, known)


def _both_languages(message: str) -> tuple[str, str]:
    """Give the Chinese and the English of a message written “English / 中文”."""
    en, slash, zh = message.partition(" / ")
    return (zh, en) if slash else (message, message)


def _path_in_file(location: Sequence[str | int], data: Any) -> Place:  # noqa: ANN401 any YAML
    """Keep of pydantic's location the parts that are keys and indexes of the file (it also names union branches)."""
    path: list[str | int] = []
    for part in location:
        is_key = isinstance(data, dict) and part in data
        is_index = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if is_key or is_index:
            data = data[part]
            path.append(part)
    return tuple(path)


@cache
def _keys_of(model: type[BaseModel]) -> frozenset[str]:
    """Give the keys of `model` and of all its parts, for “did you mean”."""
    schema = model.model_json_schema()
    parts = (schema, *schema.get("$defs", {}).values())
    return frozenset(key for part in parts for key in part.get("properties", {}))
