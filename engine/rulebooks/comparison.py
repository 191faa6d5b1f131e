"""From the words of one check to its logic: fact looked up, operator allowed, right side read in the fact's unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from engine.ground.errors import Text, did_you_mean, shown
from engine.ground.values import Known, Number, Span, number_from
from engine.language.fact_hints import fact_meant, no_fact
from engine.language.facts import Fact, Kind, Vocabulary, half_width
from engine.language.reading import Unreadable, read
from engine.language.yaml_file import Document, Place
from engine.rulebooks import rulebook as words
from engine.rulebooks.logic import ORDERED, OURS, BenchmarkOf, Check, FactOf, Right, Table, Threshold, World
from engine.rulebooks.rulebook import Operator
from engine.rulebooks.worlds import Readings

_LISTED = (Operator.ONE_OF, Operator.NONE_OF)
_MEMBER = (Operator.CONTAINS, Operator.LACKS)
_SINGLE = (Operator.EQUALS, Operator.DIFFERS_FROM, Operator.GIVEN)
_YES_NO = Fact(id="given", title=Text("已填写", "given"), kind=Kind.YES_NO)
_LIST_EXAMPLE = Text("如 [甲, 乙]。", "Such as [a, b].")
_ADD_TABLE = Text("请加上 benchmarks: {file, by, cite}。", "Add benchmarks: {file, by, cite}.")
_NOTHING = Threshold(0)  # stands where a problem has been noted


class Comparisons:
    """Builds the checks of one rulebook; problems are noted in its document."""

    def __init__(
        self,
        parameters: Mapping[str, words.Parameter],
        readings: Readings,
        document: Document,
        vocabulary: Vocabulary,
        table: Table | None = None,
    ) -> None:
        self.scores: dict[str, Mapping[World, Fact]] = {}
        self.most_points: dict[str, Number] = {}
        self.parameters_used: set[str] = set()
        self._parameters = parameters
        self._readings = readings
        self._document = document
        self._vocabulary = vocabulary
        self._table = table

    def check(
        self, check: words.CheckWords | words.Band, place: Place, check_id: str, *, fact: str | None = None
    ) -> Check:
        """Give the check that is written at `place`; `fact` is used where it names none itself."""
        operator, right = check.comparisons[0]
        score = check.score if isinstance(check, words.CheckWords) else None
        if score:
            left = self._score(score, (*place, "score"))
        else:
            left = self._known(check.fact or fact or "", self._vocabulary, (*place, "fact"))
        at = (*place, operator.value)
        found = Check(check_id, left, operator, self._right(left, operator, right, at))
        if left.id in self.most_points:
            self._check_reachable(found, self.most_points[left.id], at)
        return found

    def instead(self, check: Check, written: str, place: Place) -> Threshold:
        """Give the figure that is `written` instead of a check's own, which it keeps beside it."""
        right, value = check.right, self._literal(check.fact, check.operator, written, place)
        found = Threshold(value, None if isinstance(right, FactOf) else right.parameter)
        found = replace(found, text=(right.text if isinstance(right, Threshold) else None) or right)
        if check.fact.id in self.most_points:
            self._check_reachable(replace(check, right=found), self.most_points[check.fact.id], place)
        return found

    def points_fact(self, name: str, place: Place) -> Fact:
        """Give the fact, a number, that states the points of an item."""
        fact = self._known(name, self._vocabulary, place)
        if name in self._vocabulary and not fact.is_numeric:
            what = Text(f"“{fact.title.zh}”不是数字，不能作为得分", f"{name} is not a number and cannot be points")
            self._document.report(place, what)
        return fact

    def _score(self, name: str, place: Place) -> Fact:
        """Give the score of that name, in the world that holds."""
        worlds = self.scores.get(name)
        if worlds is None:
            return self._known(name, {one: found[OURS] for one, found in self.scores.items()}, place)
        return worlds[self._readings.among(worlds)]

    def _check_reachable(self, check: Check, most: Number, place: Place) -> None:
        """Note a score that no firm can have: more points than its lines are worth together."""
        asked = check.right.value if isinstance(check.right, Threshold) else None
        if not isinstance(asked, int | Fraction):
            return
        beyond = asked >= most if check.operator is Operator.MORE_THAN else asked > most
        if beyond and check.operator in {Operator.AT_LEAST, Operator.MORE_THAN}:
            points = f"{float(most):.15g}"
            what = Text(
                f"评分表最多 {points} 分，永远达不到", f"can never be: the scorecard has at most {points} points"
            )
            self._document.report(place, what, None, f"{float(asked):.15g}")

    def _known(self, name: str, known: Mapping[str, Fact], place: Place) -> Fact:
        fact = known.get(name)
        if fact is None:
            self._document.report(place, no_fact(name), fact_meant(name, known))
            return Fact(id=name, title=Text(name, name), kind=Kind.TEXT)
        return fact

    def _right(self, fact: Fact, operator: Operator, right: object, place: Place) -> Right:
        allowed = self._operators_for(fact)
        if operator not in allowed:
            what = Text(
                f"“{fact.title.zh}”不能用 {operator} 比较",
                f"{fact.id} ({fact.kind}) cannot be compared with {operator}",
            )
            instead = Text(f"可用：{'、'.join(allowed)}。", f"Use one of {', '.join(allowed)}.")
            if fact.id in self._vocabulary or fact.id in self.most_points:
                self._document.report(place, what, instead)
            return _NOTHING
        if isinstance(right, words.FactRight | words.BenchmarkRight) and (
            operator not in (*ORDERED, Operator.EQUALS, Operator.DIFFERS_FROM) or fact.id in self.most_points
        ):
            what = Text(f"{operator} 的右边须写定值", f"the right side of {operator} must be a fixed value here")
            self._document.report(place, what)
            return _NOTHING
        match right:
            case words.FactRight():
                return self._other_fact(fact, right.fact, place)
            case words.BenchmarkRight():
                return self._benchmark(fact, right.benchmark, (*place, "benchmark"), None)
            case words.ParameterRight():
                return self._parameter(fact, operator, right.parameter, (*place, "parameter"))
        return Threshold(self._literal(fact, operator, right, place))

    def _operators_for(self, fact: Fact) -> tuple[Operator, ...]:
        if fact.id in self.most_points:
            return ORDERED
        if fact.kind is Kind.CHOICES:
            return (*_MEMBER, Operator.GIVEN)
        if fact.kind is Kind.CHOICE:
            return (*_SINGLE, *_LISTED)
        if fact.is_numeric or fact.kind is Kind.DATE:
            return (*_SINGLE, *ORDERED)
        return (Operator.GIVEN,) if fact.kind is Kind.TEXT else _SINGLE

    def _other_fact(self, fact: Fact, other_id: str, place: Place) -> Right:
        other = self._known(other_id, self._vocabulary, (*place, "fact"))
        if other.kind is not fact.kind and other.id in self._vocabulary:
            what = Text(
                f"“{fact.title.zh}”与“{other.title.zh}”种类不同，不能比较",
                f"{fact.id} is {fact.kind} and {other.id} is {other.kind}: they cannot be compared",
            )
            self._document.report(place, what)
        return FactOf(other)

    def _parameter(self, fact: Fact, operator: Operator, name: str, place: Place) -> Right:
        parameter = self._parameters.get(name)
        if parameter is None:
            what = Text(f"没有参数“{name}”", f"there is no parameter “{name}”")
            self._document.report(place, what, did_you_mean(name, self._parameters))
            return _NOTHING
        self.parameters_used.add(name)
        value, at = self._value(name, parameter)
        if isinstance(value, words.BenchmarkRight):
            return self._benchmark(fact, value.benchmark, at, parameter)
        return Threshold(self._literal(fact, operator, value, at), parameter, name)

    def _value(self, name: str, parameter: words.Parameter) -> tuple[object, Place]:
        """Give the value of a parameter in the world that holds, and where it stands."""
        at = ("parameters", name)
        chosen = self._readings.chosen(at, f"parameters.{name}", parameter.title, parameter.otherwise)
        if chosen is None:
            return parameter.value, (*at, "value")
        return parameter.otherwise[chosen].value, (*at, "otherwise", chosen, "value")

    def _benchmark(self, fact: Fact, column: str, place: Place, parameter: words.Parameter | None) -> Right:
        if self._table is None:
            self._document.report(place, Text("本规则没有对标表", "there is no benchmark table"), _ADD_TABLE)
            return _NOTHING
        if column not in self._table.columns:
            what = Text(f"对标表没有“{column}”列", f"the benchmark table has no column “{column}”")
            self._document.report(place, what, did_you_mean(column, self._table.columns))
        elif column in self._table.words:
            what = Text("对标表该列有不是数字的内容", "a cell of that column is not a number")
            self._document.report(place, what, None, shown(self._table.words[column]))
        if not fact.is_numeric:
            what = Text("只有数字可以与对标值比较", "only a number can be compared with a benchmark")
            self._document.report(place, what)
        return BenchmarkOf(self._table, column, parameter)

    def _literal(self, fact: Fact, operator: Operator, right: object, place: Place) -> Known:
        """Give a written right side as a value of the fact; a list for one_of, one option for contains."""
        if operator in _LISTED:
            if not isinstance(right, tuple) or not right:
                self._document.report(place, Text("须写成列表", "must be a list"), _LIST_EXAMPLE)
                return frozenset()
            return frozenset(str(self._literal(fact, Operator.EQUALS, item, place)) for item in right)
        if operator is Operator.GIVEN:
            fact = _YES_NO
        elif operator in _MEMBER:
            fact = fact.model_copy(update={"kind": Kind.CHOICE})
        try:
            value = read(fact, right)
        except Unreadable as error:
            self._document.report(place, error.what, error.instead, shown(right))
            return 0
        if isinstance(value, Span):
            what = Text("门槛须是一个数", "a threshold is one figure")
            instead = Text(
                "前3名写作 at_most: 3，5年以上写作 at_least: 5。",
                "Write at_most: 3 for 前3名, at_least: 5 for 5年以上.",
            )
            self._document.report(place, what, instead, shown(right))
            return 0
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            self._check_figure(fact, value, str(right), place)
        return value

    def _check_figure(self, fact: Fact, value: Number, written: str, place: Place) -> None:
        """Note a threshold with more digits than a double holds, or a percentage that may have been a fraction."""
        if number_from(f"{float(value):.15g}") != value:
            what = Text("门槛最多 15 位有效数字", "a threshold has at most 15 significant digits")
            self._document.report(place, what, None, shown(written))
        if fact.kind is Kind.PERCENT and 0 < value < 1 and not half_width(written).endswith("%"):
            what = Text("不足 1% 的百分数须写百分号", "a percentage below 1 is written with its sign")
            as_fraction = f"{float(100 * value):.15g}%"
            instead = Text(
                f"若指 {as_fraction}，写 {as_fraction}；若确指 {written}%，写 {written}%。",
                f"Write {as_fraction} if that is meant; {written}% if it is really so little.",
            )
            self._document.report(place, what, instead, shown(written))
