"""What is told of a form into which an older one is carried over: of which year, what is left out, what is blank."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from engine.explaining.blank_form import PARTS, Part
from engine.ground.errors import Text, first_of
from engine.headers.years import years_back_of
from engine.language.facts import YEAR

_MOST = 100  # that are named
_ANEW = Text("是当日的情况，请重新填", "to be stated of the new day")
_NO_LINE = Text("新表没有这一行", "the new form has no line for it")


def taken(name: str, year: int, undated: Sequence[str], *, is_stated: bool) -> Text:
    """Say which year is taken for the last full one of what is carried, and of what that is not stated."""
    zh, en = f"{name} 按 {year} 年为上年度带入", f"{name} is carried with {year} as its last full year"
    if undated:
        few = first_of(undated, _MOST)
        etc = ("等", ", …") if len(few) < len(undated) else ("", "")
        own = Text("其余写明的年份", "the year that others state")
        of = own if is_stated else Text("判定日的上年度", "that of the day")
        zh += f"；没有写明年份、按{of.zh}的 {len(undated)} 项：{'、'.join(few)}{etc[0]}"
        zh += "。不是这一年的，请写明“上年度所指年份”再做一次"
        en += f"; figures that state no year, taken by {of.en}, are {len(undated)}: {', '.join(few)}{etc[1]}"
        en += f". If they are of another, state `{YEAR}` and make it again"
    return Text(f"{zh}。", f"{en}.")


def _listed(several: Sequence[str], what: Text) -> Text:
    few = first_of(several, _MOST)
    etc = ("等", ", …") if len(few) < len(several) else ("", "")
    return Text(f"{what.zh}：{'、'.join(few)}{etc[0]}。", f"{what.en}, {len(several)}: {', '.join(few)}{etc[1]}.")


def not_carried(anew: Sequence[str], of_old: Sequence[str], gone: Sequence[str], last: int) -> Iterator[Text]:
    """Say what an older form states that the new one has not, and why."""
    older = Text(f"新表不再问这些年份的，{last} 年的请另填", f"of years no longer asked; state those of {last}")
    for several, why in ((anew, _ANEW), (of_old, older), (gone, _NO_LINE)):
        if several:
            yield _listed(several, Text(f"没有带入的 {len(several)} 项（{why.zh}）", f"Not carried over ({why.en})"))


def left_blank(parts: Iterable[Part], anew: Collection[str], last: int) -> Iterator[Text]:
    """Say what is to be filled in beside what is so on a day only: figures of years first; of the rest the number."""
    asked = [(one, PARTS.search(part.title) is None) for part in parts for one in part.questions if one.fact.id != YEAR]
    blank = [(one, is_usual) for one, is_usual in asked if not one.answer and one.title not in anew]
    of_years = [one.title for one, is_usual in blank if is_usual and years_back_of(one.fact) is not None]
    others = [one.title for one, is_usual in blank if is_usual and years_back_of(one.fact) is None]
    if of_years:
        yield _listed(
            of_years,
            Text(
                f"请填各年的数 {len(of_years)} 项（上年度是 {last} 年）",
                f"Figures of years to state (the last full one is {last})",
            ),
        )
    if others:
        yield _listed(others, Text(f"其他空着、请填的 {len(others)} 项", "Blank too, to be stated"))
    if rest := len(blank) - len(of_years) - len(others):
        yield Text(
            f"标“如有”“复核时才填”的另有 {rest} 项空着。",
            f"Of what is marked if any, or for a review only, blank too: {rest}.",
        )


def top_line(count: int, name: str, year: int, last: int) -> Text:
    """Say what was carried over, from where and of which year."""
    moved = Text("", "")
    if year != last:
        moved = Text("，按年份移到该年的一行", f", each in the line of its year ({year} was the last full one)")
    return Text(
        f"5. 备注写“沿用”的 {count} 格由 {name}（{year} 年为上年度）带入{moved.zh}，请逐格核对；空白的按现在的情况填。",
        f"5. The {count} answers with the remark Carried over are those of {name}{moved.en}: check each of them. State "
        "anew what is blank.",
    )
