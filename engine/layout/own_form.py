"""The form of `champion facts --template`, filled in: one firm, an answer a row, or refused for what is not certain.

Nothing that is written in it is passed over: an answer that stands in another column than the one for answers, a unit
in which its figure cannot be, and two answers to one question are refused with their cells; other words are remarks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from engine.explaining.blank_form import CARRIED, PARTS, TOP, MadeFor, made_for, question
from engine.ground.cell_names import cell_name
from engine.ground.errors import InputError, Problem, Text, short, shown
from engine.headers.names import has_remarks, named
from engine.headers.units import header_key, unit_word
from engine.language.answer import answer
from engine.language.facts import YEAR, Fact, Kind, Vocabulary
from engine.language.reading import Unreadable
from engine.layout.form_years import in_their_years, last_year_named
from engine.layout.lower_rows import NO_UNIT

HEADS = (
    Text("指标", "Figure"),
    Text("填写", "Answer"),
    Text("单位", "Unit"),
    Text("可填", "What may be written"),
    Text("何处取数", "Where to find it"),
)
_NAME, _ANSWER, _UNIT, *_HELP = range(len(HEADS))
_FIGURE = re.compile(r"[约近超逾≥≤<>＞＜￥¥+(（\s-]*[0-9０-９]")
_CARRIED = re.compile(rf"(?:{CARRIED.zh}|{CARRIED.en})(?:[；;，,。.：:\s]+|$)", re.IGNORECASE)
_NUMBERS = re.compile(r"(?:序|编|行)号|no\.?|#", re.IGNORECASE)
_FILL = Text(
    f"请填写“{HEADS[_ANSWER].zh}”一列；不知道的留空。",
    f"Fill in the column {HEADS[_ANSWER].en}; leave blank what is not known.",
)
_MOVE = Text(
    f"答案请移到“{HEADS[_ANSWER].zh}”一列；补充说明请写在另一列，列名写“备注”。",
    f"Move the answer to the column {HEADS[_ANSWER].en}; put remarks into a column headed Remarks.",
)
_ONE_FIRM = Text(
    f"一张表只填一家企业，答案只写在“{HEADS[_ANSWER].zh}”一列：另一家另填一张，不用的列请删去；补充说明的列名写“备注”。",
    f"A form is of one firm, with answers in the column {HEADS[_ANSWER].en} only: use another form for another firm, "
    "and delete the column; head one with remarks Remarks.",
)
Record = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class FilledForm:
    """What a form states: names of figures with their units, beside each its answer and the row of both.

    And what it says that it was made for.
    """

    names: tuple[str, ...]
    answers: tuple[str, ...]
    rows: tuple[int, ...]
    firm_row: int
    made_for: MadeFor | None = None


def is_own_form(rows: Iterable[Sequence[str]]) -> bool:
    """Say whether a table is such a form: it has the heads of its columns, in whatever order."""
    return any(map(_heads, rows))


def filled_form(
    records: Sequence[Record],
    vocabulary: Vocabulary,
    as_of: date,
    where: str,
    titles: Sequence[str] = (),
    *,
    of_any_year: bool = False,
) -> FilledForm | None:
    """Give what a form states; None of another table. `where` names the file, and the sheet.

    The name of the sheet and what is printed on its pages are remarks. One `of_any_year` states the year that it names.

    Raises InputError with the cells of all mistakes, and Doubtful if its years are not those of the day.
    """
    begins = next((at for at, (_, row) in enumerate(records) if _heads(row)), None)
    if begins is None:
        return None
    form = _Form(_heads(records[begins][1]), records[begins][1], vocabulary, as_of, where, of_any_year=of_any_year)
    form.read_above(records[:begins])
    for number, row in records[begins + 1 :]:
        form.read(number, row)
    return form.filled(titles)


def _heads(row: Sequence[str]) -> dict[int, int]:
    """Give the place of each column of a form by its head, the first of several; empty if the row is not its header."""
    keys = [header_key(cell) for cell in row]
    for lang in ("zh", "en"):
        heads = [header_key(head.in_language(lang)) for head in HEADS]
        places = {column: keys.index(head) for column, head in enumerate(heads) if head in keys}
        if {_NAME, _ANSWER} <= places.keys() and places.keys() & set(_HELP):
            return places
    return {}


@dataclass
class _Form:
    """A form as it is read, row by row."""

    places: Mapping[int, int]
    header: Sequence[str]
    vocabulary: Vocabulary
    as_of: date
    where: str
    of_any_year: bool = False
    made_for: MadeFor | None = None
    pairs: list[tuple[int, str, str, str]] = field(default_factory=list)  # row, name, answer, unit
    remarks: list[tuple[int, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    answered: dict[str, int] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)

    def read_above(self, records: Sequence[Record]) -> None:
        """Take what a firm wrote above the header as remarks, and what the form says that it is for."""
        self.made_for = made_for(cell for _, row in records for cell in row)
        for number, row in records:
            for at, cell in enumerate(row):
                if cell.strip() and not cell.strip().startswith(TOP):
                    self._remark(number, at, cell)

    def read(self, number: int, row: Sequence[str]) -> None:
        """Read a row below the header."""
        cells = {column: _cell(row, at) for column, at in self.places.items()}
        name, said, unit = cells[_NAME], cells[_ANSWER], cells.get(_UNIT, "")
        fact = named(name, self.vocabulary)
        if all(map(self._is_part, filter(str.strip, row))):
            return
        if _heads(row):
            self._refuse(number, self.places[_NAME], Text("又是一张填报表的开头", "begins another form"), _ONE_FIRM)
            return
        self._read_others(number, row)
        if fact is None and not said:  # a title of a part, or words of the firm
            for column in (_NAME, _UNIT, *_HELP):
                text = cells.get(column, "")
                if text:
                    self._remark(number, self.places[column], text)
            return
        if not name:
            what = Text("左边没有指标的名称", "has no name of a figure beside it")
            self._refuse(number, self.places[_ANSWER], what, _MOVE, said)
            return
        if fact is not None:
            unit = self._checked_unit(number, fact, unit)
            self._check_help(number, fact, cells)
            if said and (first := self.answered.setdefault(fact.id, number)) != number:
                what = Text(f"与第 {first} 行答的是同一项", f"answers what row {first} does")
                instead = Text("请只留一个答案，删去另一行。", "Keep one answer and delete the other row.")
                self._refuse(number, self.places[_ANSWER], what, instead, said)
        self.pairs.append((number, name, said, unit))

    def filled(self, titles: Sequence[str]) -> FilledForm:
        """Give what was read. Raises InputError and Doubtful."""
        if not self.problems and not any(said for _, _, said, _ in self.pairs):
            what = Text("是一张没有填写的填报表", "is a form in which nothing is filled in")
            self.problems.append(Problem(self.where, what, _FILL))
        if self.problems:
            raise InputError(self.problems)
        if self.of_any_year:
            self._state_year()
        years = in_their_years([[name, said] for _, name, said, _ in self.pairs], 0, self.vocabulary, self.last_year)
        stated = [
            (f"{name}（{unit}）" if unit else name, said, number)
            for (name, said), (number, _, _, unit) in zip(years, self.pairs, strict=True)
            if said or self._fact_id(name) not in self.answered
        ]
        stated = [one for at, one in enumerate(stated) if one[1] or one[0] not in {name for name, *_ in stated[:at]}]
        stated += [(f"备注（{cell_name(number, at)}）", text, number) for number, at, text in self._remarks()]
        stated += [("备注（表名）", title, 0) for title in titles]
        firm = min((number for number, name, _, _ in self.pairs if self._fact_id(name) == "firm_name"), default=0)
        names, answers, rows = zip(*stated, strict=True)
        return FilledForm(names, answers, rows, firm or rows[0], self.made_for)

    def _state_year(self) -> None:
        """State the year that the names of figures take for the last full one, unless the form states it."""
        year = last_year_named([[name] for _, name, _, _ in self.pairs], 0, self.vocabulary)
        if year is not None and YEAR not in self.answered:
            self.pairs = [one for one in self.pairs if self._fact_id(one[1]) != YEAR]
            self.pairs.append((0, self.vocabulary[YEAR].title.zh, str(year), ""))
            self.answered[YEAR] = 0

    @property
    def last_year(self) -> int:
        """The last full year before the day."""
        return self.as_of.year - 1

    def _fact_id(self, name: str) -> str | None:
        fact = named(name, self.vocabulary)
        return None if fact is None else fact.id

    def _remark(self, number: int, at: int, text: str) -> None:
        if text.strip():
            self.remarks.append((number, at, text.strip()))

    def _remarks(self) -> Iterator[tuple[int, int, str]]:
        """Give the remarks, those that a merged cell has over several columns once."""
        seen: set[tuple[int, str]] = set()
        for number, at, text in self.remarks:
            if (number, text) not in seen:
                seen.add((number, text))
                yield number, at, text

    def _refuse(self, number: int, at: int, what: Text, instead: Text, said: str | None = None) -> None:
        place = f"{self.where}:{cell_name(number, at)}"
        self.problems.append(Problem(place, what, instead, None if said is None else shown(said)))

    def _is_part(self, text: str) -> bool:
        """Say whether a text is the title of a part of the form."""
        titles = {one for heading in self.vocabulary.headings.values() for one in (heading.zh, heading.en)}
        return PARTS.sub("", text.strip()) in titles

    def _read_others(self, number: int, row: Sequence[str]) -> None:
        """Take what stands in a column that the form has not: remarks if it is headed so, else it is refused, once."""
        for at, cell in enumerate(row):
            head = _cell(self.header, at)
            if not cell.strip() or at in self.places.values() or _NUMBERS.fullmatch(head):
                continue
            if has_remarks(head):
                self._remark(number, at, _CARRIED.sub("", cell.strip()))
            elif at not in self.refused:
                self.refused.add(at)
                zh, en = (f"“{short(head, 20)}”", f" {short(head, 20)}") if head else ("", "")
                what = Text(f"在填报表没有的一列{zh}里", f"stands in a column{en} that the form does not have")
                self._refuse(number, at, what, _ONE_FIRM, cell.strip())

    def _checked_unit(self, number: int, fact: Fact, said: str) -> str:
        """Give the unit of an answer as it is to be read, "" for that of the form; refuse one that it cannot be in."""
        own = fact.unit
        if not said or said.lower() in NO_UNIT or header_key(said) in {header_key(own.zh), header_key(own.en)}:
            return said if fact.kind is Kind.MONEY and said.lower() not in NO_UNIT else ""
        word = unit_word(fact, said) if fact.is_numeric else None
        if word is not None:
            return word
        place = self.places[_UNIT]
        if _FIGURE.match(said):
            what, instead = Text("写在单位一列，是数不是单位", "stands as a unit and is a figure"), _MOVE
        elif not own.zh:
            what, instead = Text("写在单位一列，而该项没有单位", "stands as a unit, and this has none"), _MOVE
        elif fact.kind is Kind.MONEY:
            what = Text("不是人民币金额的单位", "is no unit of money in RMB")
            instead = Text(
                "请写元、千元、万元、亿元之一，并按此填数；外币请换算。",
                "Write 元, 千元, 万元 or 亿元, with the figure in it; convert other currencies.",
            )
        else:
            what = Text(
                f"不是该项的单位，该项只能以“{own.zh}”计", f"is not the unit, which can only be {own.en or own.zh}"
            )
            instead = Text(f"请改回“{own.zh}”，并按此填数。", f"Write {own.en or own.zh} again, with the figure in it.")
        self._refuse(number, place, what, instead, said)
        return ""

    def _check_help(self, number: int, fact: Fact, cells: Mapping[int, str]) -> None:
        """Refuse an answer that stands where the form says what may be written; take other words for a remark."""
        asked = [question(fact, self.as_of, lang) for lang in ("zh", "en")]
        for column, ours in zip(_HELP, ([one.accepts for one in asked], [one.paper for one in asked]), strict=True):
            text = cells.get(column, "")
            firsts = tuple(_timeless(one.split("\n")[0]) for one in ours if one)
            if not text or _timeless(text).startswith(firsts):
                continue
            if _is_answer(fact, text, is_paper=column == _HELP[1]):
                head = HEADS[column]
                what = Text(
                    f"写在“{head.zh}”一列，不会当作答案", f"stands under {head.en} and is not taken as the answer"
                )
                self._refuse(number, self.places[column], what, _MOVE, text)
            else:
                self._remark(number, self.places[column], text)


def _timeless(text: str) -> str:
    """Give a text of the form as it is compared: of whatever day it is."""
    return re.sub(r"20[0-9]{2}", "", header_key(text))


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _is_answer(fact: Fact, text: str, *, is_paper: bool) -> bool:
    """Say whether a text may be meant for an answer."""
    if _FIGURE.match(text):
        return True
    if fact.kind is Kind.TEXT:
        return not is_paper
    with suppress(Unreadable):
        found = answer(fact, text)
        return found is not None and not (isinstance(found, frozenset) and any(one.startswith("?") for one in found))
    return False
