"""From files of `rules/` to the vocabulary and to the words of a rulebook, with every problem of a file at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from engine.ground.errors import Text, did_you_mean
from engine.ground.writing import to_json
from engine.language.area_text import division_exactly
from engine.language.choices_file import read_choices
from engine.language.fact_hints import fact_meant, no_fact
from engine.language.facts import AREA, AS_OF, Entry, Fact, Kind, Option, Records, RecordsWords, Vocabulary, half_width
from engine.language.formula_size import SIMPLER, too_large
from engine.language.option_text import option
from engine.language.yaml_file import Document, Place, read_yaml, shaped, sound_parts, validated, without
from engine.rulebooks.broken_shape import check_parts
from engine.rulebooks.documents import DocumentsWords
from engine.rulebooks.levels import LadderWords, Levels
from engine.rulebooks.records import check_gives
from engine.rulebooks.rulebook import RulebookHead, RulebookWords

HeadT = TypeVar("HeadT", bound=RulebookHead)
_BELOW_HEAD = "sources"
_DAY = Fact(id=AS_OF, title=Text("判断之日", "the day of the decision"), kind=Kind.DATE)
_FACT_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    facts: dict[str, Entry]


def load_vocabulary(file: Path) -> Vocabulary:
    """Read `facts.yaml`; raises RulebookError with all its problems."""
    document = read_yaml(file)
    if isinstance(document.data, dict):
        document.data = {"facts": document.data}
        document.places = {("facts", *path): place for path, place in document.places.items()}
    entries = _without_references(sound_parts(_Facts, document).facts, document)
    facts = {name: one.model_copy(update={"id": name}) for name, one in entries.items() if isinstance(one, Fact)}
    digest = sha256(document.digest.encode())
    for name, fact in facts.items():
        if fact.choices_from is not None:
            options = read_choices(file.parent, fact, ("facts", name), document, digest)
            facts[name] = fact.model_copy(update={"choices": options})
    lists = {name: one for name, one in entries.items() if isinstance(one, RecordsWords)}
    for fact in facts.values():
        _check_fact(("facts", fact.id), fact, facts, document)
    for name, why in too_large(facts):
        document.report(("facts", name, "formula"), why, SIMPLER)
    _check_words(facts, document)
    _check_headings(facts, document)
    if AS_OF in entries:
        what = Text("as_of 指判断之日，不能另作指标", "as_of is the day of the decision and cannot be a fact")
        document.report(("facts", AS_OF), what)
    facts[AS_OF] = _DAY
    made = {name: _records(name, words, facts, document) for name, words in lists.items()}
    document.raise_problems()
    return Vocabulary(facts, digest.hexdigest(), made)


def _check_headings(facts: dict[str, Fact], document: Document) -> None:
    """Note facts above the first heading of a vocabulary that has headings, and one that stands twice."""
    headed = [(name, fact.heading) for name, fact in facts.items() if fact.heading is not None]
    seen: set[Text] = set()
    for name, heading in headed:
        if heading in seen:
            what = Text(f"小标题“{heading.zh}”重复出现", f"the heading {heading.en} stands here twice")
            document.report(("facts", name, "heading"), what, _ONE_HEADING)
        seen.add(heading)
    first = next(iter(facts), None)
    if headed and first is not None and first != headed[0][0]:
        what = Text("前面没有小标题 heading", "has no `heading` above it")
        instead = Text(
            "从第一个指标起就写，各指标归入其上最近的小标题。", "Write one at the first fact; it heads those below."
        )
        document.report(("facts", first), what, instead)


_ONE_HEADING = Text("同一组的指标请写在一处。", "Put the facts of a group together.")


def _without_references(entries: dict[str, Entry], document: Document) -> dict[str, Entry]:
    """Give the entries that do not refer to one that was left out: what is wrong between these is told later."""
    left_out = {str(name) for _, name in document.left_out}
    while left_out:
        waiting = {name for name, one in entries.items() if _refers(one) & left_out}
        entries = {name: one for name, one in entries.items() if name not in waiting}
        left_out = waiting
    return entries


def _refers(entry: Entry) -> set[str | None]:
    if isinstance(entry, RecordsWords):
        within = {give.within for give in entry.gives.values()}
        return {*entry.gives, *within, *(one for one in entry.fields.values() if isinstance(one, str))}
    formula = entry.formula.names if entry.formula else ()
    return {*formula, entry.part_of, entry.lookup.by if entry.lookup else None, *entry.beside.values()}


def _records(name: str, words: RecordsWords, facts: dict[str, Fact], document: Document) -> Records:
    """Give the list `name` of `facts.yaml`; its problems are noted."""
    place: Place = ("facts", name)
    fields = {AS_OF: _DAY}
    for field, fact in words.fields.items():
        if field == AS_OF:
            what = Text("as_of 指判断之日，不能另作字段", "as_of is the day of the decision and cannot be a field")
            document.report((*place, "fields", field), what)
        fields[field] = _field(field, fact, facts, (*place, "fields", field), document)
    for field, one in fields.items():
        _check_fact((*place, "fields", field), one, fields, document)
    for field, why in too_large(fields):
        document.report((*place, "fields", field), why, SIMPLER)
    data = document.data["facts"][name]
    records = Records(name, words, Vocabulary(fields), sha256(to_json(data, sort=True)).hexdigest())
    check_gives(records, facts, place, document)
    return records


def _field(field: str, words: Fact | str, facts: dict[str, Fact], place: Place, document: Document) -> Fact:
    """Give a field as a fact; one that is written as the name of a fact takes one option of it."""
    if isinstance(words, Fact):
        return words.model_copy(update={"id": field})
    options = facts.get(words)
    if options is None or not options.choices:
        what = Text(f"“{words}”不是选项类指标", f"“{words}” is not a fact with options")
        document.report(place, what, did_you_mean(words, facts))
        return Fact(id=field, title=Text(field, field), kind=Kind.TEXT)
    return options.model_copy(update={"id": field, "kind": Kind.CHOICE})


def load_rulebook(file: Path, vocabulary: Vocabulary, levels: Callable[[], Levels]) -> tuple[RulebookWords, Document]:
    """Give the words of a rulebook file, and the document in which problems of its head are noted.

    Criteria whose shape is broken are left out, with what is wrong with them noted. Raises RulebookError if more is
    broken: with all problems of form and shape, and of the parts that are sound.
    """
    document = read_yaml(file)
    words, broken = shaped(RulebookWords, document)
    if isinstance(document.data, dict):
        _check_head(file, document, vocabulary, levels)
        if broken:
            check_parts(document, vocabulary)
    if words is None:
        stands_alone = {part[:1] for part in broken} <= {("criteria",), ("open_questions",)}
        words = without(broken if stands_alone else {()}, RulebookWords, document)
    return _with_area(words, document, vocabulary), document


def load_head(file: Path, vocabulary: Vocabulary) -> RulebookHead:
    """Read only what stands above `sources` in a rulebook file; raises RulebookError with its problems."""
    document = read_yaml(file, above=_BELOW_HEAD)
    if isinstance(document.data, dict):  # written on one line, or without sources: `load_rulebook` tells what is wrong
        document.data = {key: value for key, value in document.data.items() if key in RulebookHead.model_fields}
    head = _with_area(validated(RulebookHead, document), document, vocabulary)
    document.raise_problems()
    return head


def _with_area(head: HeadT, document: Document, vocabulary: Vocabulary) -> HeadT:
    """Give the head with the code of its area, however that is written; a place that is not known is noted."""
    if head.area is None:
        return head
    code = _area(head.area, document, vocabulary)
    return head if code is None else head.model_copy(update={"area": code})


def _area(written: str, document: Document, vocabulary: Vocabulary) -> str | None:
    """Give the code of the province or city that is written; what is none, or a part of one, is noted."""
    fact = vocabulary.get(AREA)
    if fact is not None and (code := division_exactly(fact, written)) is not None:
        return code
    wider = None if fact is None else option(fact, written)
    if fact is None or wider is None:
        what = Text(f"没有“{written}”这个地方", f"there is no place “{written}”")
        instead = Text("如“浙江省”、“浙江省宁波市”。", "As in 浙江省 or 浙江省宁波市.")
    else:
        title = fact.choices[wider].title
        what = Text(f"“{written}”不是省，也不是市", f"“{written}” is neither a province nor a city")
        instead = Text(
            f"写“{title.zh}”，则适用于那里的全部企业。区县的规则不写 level 和 area，判定时用 --rulebook 指明。",
            f"{title.zh} would be for every firm of {title.en}. A text of a county has no `level` and no `area`: name "
            "it by --rulebook.",
        )
    document.report((AREA,), what, instead)
    return None


def load_levels(file: Path, vocabulary: Vocabulary) -> Levels:
    """Read `ladder.yaml`; raises RulebookError with all its problems."""
    document = read_yaml(file)
    words = sound_parts(LadderWords, document)
    fact = vocabulary.get(words.titles)
    if fact is None or fact.kind is not Kind.CHOICES:
        what = Text(f"“{words.titles}”不是多选类指标", f"“{words.titles}” is not a fact of several choices")
        document.report(("titles",), what, did_you_mean(words.titles, vocabulary))
    levels = [(("steps", n, "levels", m), code) for n, s in enumerate(words.steps) for m, code in enumerate(s.levels)]
    seen: set[str] = set()
    for place, code in levels:
        if fact is not None and code not in fact.choices:
            what = Text(f"“{code}”不是“{fact.title.zh}”的选项", f"“{code}” is no option of {fact.id}")
            document.report(place, what, did_you_mean(code, fact.choices))
        if code in seen:
            document.report(place, Text(f"“{code}”重复出现", f"“{code}” stands here twice"))
        seen.add(code)
    document.raise_problems()
    return Levels(vocabulary[words.titles], words.steps)


def load_documents(file: Path, vocabulary: Vocabulary) -> DocumentsWords:
    """Read `documents.yaml`, if there is one; raises RulebookError with all its problems."""
    if not file.exists():
        return DocumentsWords(papers=())
    document = read_yaml(file)
    words = sound_parts(DocumentsWords, document)
    seen: set[str] = set()
    for place, paper in enumerate(words.papers):
        for at, one in enumerate(paper.names):
            if one.name in seen:
                what = Text(f"“{one.name}”重复出现", f"“{one.name}” stands here twice")
                document.report(("papers", place, "names", at, "name"), what)
            seen.add(one.name)
    for place, rare in enumerate(words.if_any):
        where: Place = ("if_any", place)
        fact = vocabulary.get(rare.fact or "")
        if fact is None and rare.fact is not None:
            document.report((*where, "fact"), no_fact(rare.fact), fact_meant(rare.fact, vocabulary))
        for number, code in enumerate(rare.options):
            if fact is not None and code not in fact.choices:
                what = Text(f"“{code}”不是“{fact.title.zh}”的选项", f"“{code}” is no option of {fact.id}")
                document.report((*where, "options", number), what, did_you_mean(code, fact.choices))
    document.raise_problems()
    return words


def _check_head(file: Path, document: Document, vocabulary: Vocabulary, levels: Callable[[], Levels]) -> None:
    """Note what is wrong with the values of the head, and what belongs there and stands below.

    That would be overlooked when an edition is chosen by date.
    """
    rulebook_id, level, area = (document.data.get(key) for key in ("id", "level", AREA))
    if isinstance(rulebook_id, str) and rulebook_id != file.stem:
        what = Text(f"id 应与文件名相同：{file.stem}", f"the id must be the file's name, {file.stem}")
        document.report(("id",), what)
    if isinstance(level, str) and level not in levels():
        document.forget(("level",))  # that a title is no id
        what = Text(f"没有“{level}”这一层级", f"there is no level “{level}”")
        document.report(("level",), what, _level_meant(level, levels()))
    if isinstance(area, str):
        _area(area, document, vocabulary)
    below = document.places.get((_BELOW_HEAD,), (0, 0))
    for key in RulebookHead.model_fields:
        if document.places.get((key,), (0, 0)) > below:
            what = Text(f"“{key}”须写在 {_BELOW_HEAD} 之前", f"“{key}” must stand above {_BELOW_HEAD}")
            document.report((key,), what)


def _level_meant(written: str, levels: Levels) -> Text:
    """Suggest the level of that title, or the nearest, or else list those of the ladder."""
    code = option(levels.titles, written)
    if code is not None:
        title = levels.title(code)
        return Text(f"请写 {code}（{title.zh}）。", f"Write `{code}` ({title.en}).")
    known = Text(
        f"如 {'、'.join(levels)}；不属于哪一层级的不写。", f"Such as {', '.join(levels)}; without one, leave it out."
    )
    return did_you_mean(written, levels.known) or known


def _check_fact(place: Place, fact: Fact, facts: dict[str, Fact], document: Document) -> None:
    """Note what is wrong with one fact, at `place`, by itself or towards the others."""
    named = [*(fact.formula.names if fact.formula else ()), fact.part_of, fact.lookup.by if fact.lookup else None]
    for name in named:
        if name is not None and name not in facts:
            document.report(place, no_fact(name), fact_meant(name, facts))
    if not _FACT_ID.fullmatch(fact.id):
        what = Text(
            "id 须以小写字母开头，只含小写字母、数字和 _", "an id begins with a small letter and has a-z, 0-9 and _"
        )
        document.report(place, what)
    _check_formula(place, fact, facts, document)
    if bool(fact.choices) != (fact.kind in {Kind.CHOICE, Kind.CHOICES}):
        document.report(
            (*place, "choices"),
            Text("选项类指标（且只有它）须列出 choices", "a choice, and nothing else, lists its choices"),
        )
    if fact.lookup and not set(fact.lookup.values) <= set(fact.choices):
        document.report(
            (*place, "lookup"), Text("lookup 中有未列出的选项", "the lookup has a code that is not among the choices")
        )
    if _depends_on_itself(fact.id, facts):
        document.report((*place, "formula"), Text("公式间接引用了自己", "the formula depends on itself"))
    words = [word for code, option in fact.choices.items() for word in _words_of(code, option)]
    twice = {word for word, count in Counter(words).items() if count > 1}
    if twice:
        what = Text(
            f"两个选项用了同一个词：{'、'.join(sorted(twice))}", f"two options share a word: {', '.join(sorted(twice))}"
        )
        document.report((*place, "choices"), what)
    asked = [half_width(word).casefold() for option in fact.choices.values() for word in option.asked_as]
    if len(asked) != len(set(asked)):
        what = Text("同一列名写在两个选项的 asked_as 里", "one header is under asked_as twice")
        document.report((*place, "choices"), what)
    if fact.asked and (fact.kind is not Kind.CHOICE or len(fact.choices) != 2):  # noqa: PLR2004 this one or the other
        what = Text("asked_as 只能用于有两个选项的单选", "asked_as is for a choice of two options")
        document.report((*place, "choices"), what)


def _check_formula(place: Place, fact: Fact, facts: dict[str, Fact], document: Document) -> None:
    """Note what a formula cannot be computed from, as words, dates, other roots; what is not for one that has it."""
    if fact.may_be_stated and (fact.formula is None or fact.formula.dates or fact.kind is not Kind.PERCENT):
        what = Text(
            "may_be_stated 只用于由公式计算、不含日期的百分比",
            "may_be_stated is for a percentage with a formula without dates",
        )
        document.report((*place, "may_be_stated"), what)
    if fact.asks and not fact.is_given:
        what = Text("由公式算出，不问企业，不写 asks", "is computed and never asked, so that it has no `asks`")
        document.report((*place, "asks"), what)
    for name in fact.formula.names if fact.formula else ():
        part = facts.get(name)
        is_date = fact.formula is not None and name in fact.formula.dates
        if part is not None and not (part.kind is Kind.DATE if is_date else part.is_numeric):
            what = Text(
                f"“{name}”不是数字（日期须用 years_since）", f"{name} is not a number (a date needs years_since)"
            )
            document.report((*place, "formula"), what)
        if part is not None and part.formula is not None and part.formula.roots:
            what = Text(f"“{name}”含开方，不能再参与计算", f"{name} has a root and cannot be computed with exactly")
            document.report((*place, "formula"), what)


def _words_of(code: str, option: Option) -> set[str]:
    return {half_width(word).casefold() for word in (code, option.zh, option.en, *option.aliases)}


def _depends_on_itself(fact_id: str, facts: dict[str, Fact]) -> bool:
    waiting, seen = [fact_id], set[str]()
    while waiting:
        fact = facts.get(waiting.pop())
        for name in fact.formula.names if fact and fact.formula else ():
            if name == fact_id:
                return True
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return False


def _check_words(facts: dict[str, Fact], document: Document) -> None:
    """Note every title or alias that stands at two facts: a column header must mean one thing."""
    owner: dict[str, str] = {}
    for fact in facts.values():
        for word in dict.fromkeys(
            half_width(word).casefold()
            for word in (
                fact.id,
                fact.title.zh,
                fact.title.en,
                *fact.aliases,
                *fact.stand_ins,
                *fact.narrower,
                *fact.asked,
            )
        ):
            if owner.setdefault(word, fact.id) != fact.id:
                what = Text(f"“{word}”已是“{owner[word]}”的名称", f"“{word}” already names {owner[word]}")
                document.report(("facts", fact.id), what)
    for fact in facts.values():
        for word, home in fact.beside.items():
            if home != "none" and home not in facts:
                document.report(("facts", fact.id, "beside", word), no_fact(home), fact_meant(home, facts))
    for fact in facts.values():
        for word in (one for one in fact.perhaps if half_width(one).casefold() in owner):
            sure = owner[half_width(word).casefold()]
            what = Text(f"“{word}”已是“{sure}”的名称，不能又是 perhaps", f"“{word}” already names {sure} for sure")
            document.report(("facts", fact.id, "perhaps"), what)
