"""One firm: its profile, checked against the vocabulary, and the figures that follow from it on a day.

In: JSON or a mapping of what was typed. Out: `Profile` and `Figures`; or all of its problems at once. Must not know:
how anything is decided.

json_input: `parse_json`, strict: decode error with lineno and colno, pairs that are `_Duplicate`, 双引号, 十进制,
    constants
keys: keys of a profile as facts: typed value, by id or like an id, by name, together
profiles: `Profile`, `ProfileReader`: a pydantic model: fields, loc, detail, validated; `Evidence`, records, raw
    values, homes
strange_words: words of a list that do not count on a day: none of the options, over, to come, not sure, renew
schema: JSON Schema of facts: type, anyOf, null, enum, bounds, examples
stated_ratios: a ratio that contradicts its parts: decimals, halves, 按…计算的
figures: `Figures`: the value of a fact: stated, looked up, ratio, formula, points, benchmark, usual
typed: a value as it would be typed: `written`; `is_typed_exactly`
"""
