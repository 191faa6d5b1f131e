"""What may be written: YAML with places, the vocabulary of facts, formulas, conditions, and how a value is read.

In: the text of a data file, or what somebody typed for a fact. Out: facts, formulas, exact values; or problems, each
with its place and what to write instead. Must not know: which rulebooks there are, what a firm is, where a text came
from.

data_file: what models of data files are made of: `Strict` config, exact decimals, yes and no; additionalProperties,
    validators
yaml_file: `Document`, `read_yaml`: brackets and their depth, nodes, marks, paths, keys; mistakes reported, with their
    detail, at a place of the file
yaml_mistakes: 全角冒号, 引号, 缩进, 空格: a `Mistake` at a key, at a value, at the end, in YAML typed by hand
pydantic_words: pydantic's `type` and `msg` in two languages: must be, 应为, at most, patterns
facts: `Fact`, `Kind`, `Range`, `Option`, `Lookup`, `Records`, `Vocabulary`: models of `facts.yaml`, their cached
    properties
choices_file: options of a fact from CSV, by line: code, names, owner, aliases; digest
conditions: checks as written: `Comparison`, `Operator`, the right side; `AllOf`, `AnyOf`, `SomeOf`, `Otherwise`
formula: arithmetic over facts as Python's `ast`, evaluated: mean, min, max, sqrt, years_since, years between
formula_size: how large a formula is: digits, steps, levels, powers of what it refers to; too large
fact_hints: which fact was meant (是否想写) by an id that is none: near titles, near ids
decision_day: the day of a decision, today unless given; 20260601
answer: one answer to a fact: blank, read, within the lowest and highest that are accepted (允许的最小值), or
    `Unreadable`
reading: raw text to a value of a fact: money units, factors, scale, code, decimals, percent, items, dates;
    `Unreadable`, 请写
figure_text: spellings of one figure: digits, Arabic and Chinese numerals, 零, 千; `Ends` of a range, low and high;
    errors of cells
mistaken_figures: a rank (名次) for a share (占有率), a year, 国内 for 全球, at home or abroad
yes_no_text: yes and no: a ticked box, negated, 未发生, 未被列入, an answer to a question
option_text: the option that a text names: quotes, batches (批次), 级, sections folded, cut; a `Term` of a title from
    day until day
code_text: social credit codes and names of firms: shape, weights, check letter, mistyped, 同上
area_names: all names of provinces, cities, counties: stems, chains, autonomous, Han, English keys
area_text: the division that a text of places names: beginning, rest, parts, separators, 市 and 县; sure, contradicts
notes: what is noted of a firm: unusual, another year, new application or review (按新申报, 复核), level; sentences
"""
