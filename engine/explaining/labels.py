"""What the parts of a page are called, on the terminal and in a browser alike."""

from __future__ import annotations

from typing import Any

from engine.explaining.side_by_side import State
from engine.ground.errors import Text


class Label:
    """What is said of a criterion or a fact besides its own words, and headings."""

    UNCONFIRMED = Text("读法待确认", "reading unconfirmed")
    INFORMATIVE = Text("仅供参考，不影响结论", "informative, does not decide")
    NOT_ENCODED = Text("未列为条件", "not encoded")
    OTHER_READING = Text("另一种读法", "Another reading")
    PARAMETER = Text("参数", "Parameter")
    NO_LEVEL = Text("不属于哪一层级", "Of no level")
    ASKED = Text("各版要求", "What each edition asks")
    PLACES = Text("原文与读法", "Words, and how they are read")
    TEXTS = Text("这个文件的规则", "Rulebooks of this document")
    CITED_BY = Text("引用它的规则", "Rulebooks that cite it")
    PAPERS = Text("证明材料", "What proves it")
    NOTHING = Text("不涉及", "nothing")
    WRITTEN = Text("写法", "Written")
    MADE_FROM = Text("由这些指标算出", "Computed from")
    PART_FACTS = Text(
        "它的一部分是（各版可能只问其中的一部分，另见其页）", "Parts of it, which texts may ask for (see their pages)"
    )
    GOES_INTO = Text("用来计算", "Goes into")
    COUNTED = Text("可由清单得出", "May be counted from the list")
    HEADERS = Text("列名", "Headers")
    IF_NO_OTHER = Text("没有更好的列时才算", "Only where no other column is")
    PERHAPS = Text("可能指它的列名", "Headers that may mean it")


GRADES = {
    "A": Text("两处独立来源", "two independent readings"),
    "B": Text("一处", "one"),
    "M": Text("凭记忆写出，未见原文", "from memory, the words not seen"),
    "X": Text("来源互相矛盾", "sources contradict each other"),
}
STATES = {
    State.CHANGED: Text("有变化", "Changed"),
    State.NEW: Text("新增", "New"),
    State.GONE: Text("取消", "Gone"),
    State.SAME: Text("相同", "The same"),
}


def days(page: dict[str, Any]) -> Text:
    """Say when an edition applies, to reviews if that differs or it does not; its area; and that it is a draft."""
    says, area = _span(page), page["area"]
    if area:
        says = Text(f"{says.zh}（{area.zh}）", f"{says.en} ({area.en})")
    return Text(f"{says.zh}（草案）", f"{says.en} (draft)") if page.get("draft") else says


def _span(page: dict[str, Any]) -> Text:
    days, reviews = page["in_force"], page["in_force_for_reviews"]
    says = _from_to(days)
    if "review" not in page["applies_to"]:
        return Text(f"{says}（仅新申报）", f"{says} (new only)")
    if "new" not in page["applies_to"]:
        return Text(f"{says}（仅复核）", f"{says} (reviews only)")
    if reviews is None or reviews == days:
        return Text(says, says)
    return Text(f"{says}；复核 {_from_to(reviews)}", f"{says}; reviews {_from_to(reviews)}")


def _from_to(days: dict[str, Any]) -> str:
    return f"{days['from']} – {days['to'] or ''}".rstrip()
