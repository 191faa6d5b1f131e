"""A name over a figure as the fact that it names, with its unit and its year; and one cell under it.

In: the header of a column, the key of a profile, a mapping. Out: what is understood, or why it is not and what to
write. Must not know: where rows come from, what a rulebook makes of a fact.

time_words: pieces of patterns for times, amounts and units: 半年度, 季度, 累计, 最近, 连续
event_words: pieces of patterns for events: 复核, 期满, 审核人, 通知, 办法
units: statements of units in a text, `said`, of a figure before: money units and others: 计量, 人民币, 万美元; scale,
    foreign, bare, said alone; `unit_word`, `header_key`
unit_mentions: what a statement of a unit mentions besides: 除外, 资产总额, converted, exceptions
years: years in headers: 2025年营业收入, period, dated, untagged, years back, relative, full numerals
own_year: names that take a year for the last full one (上年度（2025年）): the same, moved; no fact of it
lower: what stands under a name: 年末人数, 余额, 月份, 累计, 其中, 出口; the whole, which part, at the end; people
other_times: times said in a title, a note, a label: 所属, 财务; year, month, last, search of events that precede
names: `Named`: the fact of a header, basis, stand-ins, brackets, rest, partings; asks of who fills in, perhaps,
    strangers
hints: what an unknown header may have meant: marks (cost, debt, profit, 主营, 排名, third) that must agree, best
    matched
mapping: 列名=指标 pairs as options, lines of a file, a draft (年销售额)
by_cells: a fact by its cells, counted: fits, odd, options, division, lookup
narrowing: two columns, wide (浙江 省份) and narrow (宁波市 地市), as one of both
repeated: a column mapped to several facts; its places
understanding: `HeaderReading`, `Understanding`: how each column is read, near, meant, mapped, 未读取, with what unit
    or year
typed_name: a fact by the name that somebody types to try another value, bare, with its unit; why it is not asked
cells: one cell for a `Column`: plain, shortened, distinct floats, 3000, 1.0~3.0, beginning
"""
