"""What a criterion requires, in words, whatever the firm."""

from __future__ import annotations

from engine.explaining.verdict import figure
from engine.explaining.wording import NOT_APPLICABLE, OPERATORS, required_words
from engine.ground.errors import Text, in_quotes
from engine.rulebooks.logic import Check, FactOf, Node, Threshold, walk


def requirement(node: Node) -> Text:
    """Say in words what a node requires."""
    if isinstance(node, Check):
        required = right_words(node)
        title, en_colon = node.fact.title, " " if node.fact.is_numeric else ": "
        return Text(f"{title.zh}{required.zh}", f"{title.en}{en_colon}{required.en}")
    if not node.children:
        return Text("没有要求", "nothing")
    borrowed = next((leaf.borrowed for leaf in walk(node) if isinstance(leaf, Check) and leaf.borrowed), None)
    if borrowed is not None and len(node.children) > 1 and node.word == "all_of":
        return Text(f"符合规则 {borrowed[0]}", f"qualified under {borrowed[0]}")
    parts = [requirement(child) for child in node.children]
    if node.guard is not None:
        parts[0] = Text(f"{NOT_APPLICABLE.zh}（{parts[0].zh}）", f"{NOT_APPLICABLE.en} ({parts[0].en})")
    if len(parts) == 1:
        return parts[0]
    zh, en = {
        "all_of": ("；并且", " and "),
        "any_of": ("；或者", " or "),
        "at_least": ("；", "; "),
    }[node.word]
    words = Text(zh.join(part.zh for part in parts), en.join(part.en for part in parts))
    if node.word == "at_least":
        return Text(f"以下至少 {node.need} 项：{words.zh}", f"at least {node.need} of: {words.en}")
    return Text(f"（{words.zh}）", f"({words.en})")


def right_words(check: Check) -> Text:
    """Say in words what a check asks of its fact."""
    right = check.right
    if isinstance(right, Threshold):
        return Text(*required_words(check.fact, check.operator, figure(right.value)))
    operator = OPERATORS[check.operator]
    if isinstance(right, FactOf):
        return Text(f"{operator.zh}{in_quotes(right.fact.title.zh)}", f"{operator.en} {right.fact.title.en}")
    return Text(f"{operator.zh}对标值 {right.column}", f"{operator.en} the benchmark {right.column}")
