"""Yes and no as forms have them: a ticked box of two, and words that answer the question in full."""

from __future__ import annotations

import re

_TICKED, _OPEN = "☑√✓✔■☒●✅", "□☐○◻"
_BOX = f"[{_TICKED}{_OPEN}]"
_BEFORE = re.compile(rf"(?P<one>{_BOX})\s*(?:是|有|yes)\s*[/、;,]?\s*(?P<other>{_BOX})\s*(?:否|无|没有|no)")
_BEHIND = re.compile(rf"(?:是|有|yes)\s*(?P<one>{_BOX})\s*[/、;,]?\s*(?:否|无|没有|no)\s*(?P<other>{_BOX})")
_YES = frozenset({"是的", "属于", "已列入", "被列入"})
_NO = frozenset({"不是", "不属于", "未列入", "未被列入", "没有列入", "没有被列入"})
_DID_NOT = frozenset({"未发生", "未发生过", "没有发生", "没有发生过", "从未发生", "均未发生"})
_HAPPENS = re.compile(r"发生|事故|违法|违规|失信|异常|造假|偷|行为")
_MARKED = re.compile(rf"({_BOX})\s*([^{_TICKED}{_OPEN}]+)")
_NEGATED = re.compile(r"[未无没非不]")


def yes_or_no(text: str, question: str) -> bool | None:
    """Give what a text in small letters and half width answers to a question; None if it answers nothing for sure.

    >>> yes_or_no("□是 ☑否", "列入名录"), yes_or_no("是√ 否□", ""), yes_or_no("□是 □否", "")
    (False, True, None)
    >>> yes_or_no("未被列入", "列入名录"), yes_or_no("未被列入", "独立法人"), yes_or_no("不是", "未列入名录")
    (False, None, None)
    >>> yes_or_no("未发生", "发生重大事故"), yes_or_no("未发生", "自主品牌"), yes_or_no("未发生", "无重大事故")
    (False, None, None)
    """
    for pattern in (_BEFORE, _BEHIND):
        if found := pattern.fullmatch(text):
            ticked = [found[name] in _TICKED for name in ("one", "other")]
            return ticked[0] if ticked[0] is not ticked[1] else None
    if text in set(_TICKED):
        return True
    if text in _DID_NOT and _HAPPENS.search(question) and not _NEGATED.search(question):
        return False
    if _NEGATED.search(question) or ("列入" in text and "列入" not in question):
        return None
    return True if text in _YES else False if text in _NO else None


def ticked(text: str) -> str:
    """Give the one word of several that is ticked; the text itself where that is not certain.

    >>> ticked("☑新申报 □复核"), ticked("√复核"), ticked("☑新申报 ☑复核"), ticked("复核")
    ('新申报', '复核', '☑新申报 ☑复核', '复核')
    """
    parts = _MARKED.findall(text)
    found = [word.strip() for box, word in parts if box in _TICKED]
    is_all = "".join("".join(box + word for box, word in parts).split()) == "".join(text.split())
    return found[0] if len(found) == 1 and is_all else text
