"""What a rulebook comes to over a list of firms: at other figures, and beside another rulebook.

In: rulebooks and a file of firms. Out: counts, as plain data, a page, a file. Must not know: the command, HTTP.

axes: `Axis`: a figure that is varied, its checks and values: read from 5%..30%:1%
stand_ins: `framed`: the rulebook with its criteria for each outcome of the varied checks, and these at each value
groups: `grouping`: by what firms are told apart, a fact or a header; their `group`
read_list: `FirmList`: the list screened once; `Rows`: the file of its verdicts, and what is asked of that
texts: `one_text`: the one rulebook of an id or a level; `two_texts` to be compared
sweep: `sweep`, `swept`: `Counts` at each `Point`, from the kinds of rows
sweep_page: its page: table, map, cells
compare: `compare`, `compared`: a list by two texts: `Crossed`, `Flip`, `Effect`, what only one asks for
verdict_file: `verdict_file`: what a file of verdicts says: lists of criteria, outcomes in words
two_files: `compare_files`: two files of verdicts, or lists of two days, firm by firm
compare_page: its page: crossed, apart, flips, effects
steps: `Step`: what a list comes to as a threshold moves past the figures of its firms
target: `target`, `aimed`: the threshold at which so many qualify: `Aim` a figure, `exact` or nearest
frontier: `frontier`: of two figures, the threshold of the one at each value of the other
target_page: its page: between, nearest, loosest
answer_file: what came of any of them: `page_of`, `answer_file`
"""
