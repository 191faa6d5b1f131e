"""The terminal: commands, what they print, how a run is ended.

In: a command line. Out: text and exit codes. Nothing is decided here, and nobody imports it.

cli: `champion`, main: commands, language, internal errors, argv, traceback, garbage
codes: exit codes: done, interrupted 130, internal, broken rulebook
ending: SIGTERM, Ctrl-C: signals heeded, socket, wakeup fd, thread that watches, grace, exit
chinese: click in Chinese: 默认, 选项, 列出, 命令, 显示; help, wrapped
options: click's options for several commands: envvar, metavar, default, callback
given: what the click context was given: parameters, source, rules, mapping, profile, level, catalog; `chosen`, typed
    again, printed
console: rich's `Screen`: print, wrap, fold, stream, lines, cells, width; problems, today's form, files written
output_file: what is written of a firm: suffix, txt, docx, WPS, sources, office, aside, overwriting
several: several profiles, each decided or refused; compares, forms of two years
assess: `champion assess`: several profiles, brief, option, `print_verdicts`
verdict_text: a verdict on the screen: badge, colour, criterion, marks, bold, dim, idle, titles, foot, brief
brief_page: brief, a verdict on a page: head, checks in a line, what to fetch, papers, next step
page_foot: the foot of a page: grades and bare numbers of documents, explained
change_text: two forms of one firm compared on the screen: before, after, changed
ladder: `champion ladder`: `climb`, profile
portfolio: `champion portfolio`: `compare`, source
portfolio_page: the list against the targets as lines: spans, more, aim, known
page: lines of a page on the screen
analysis_run: the run of a command that analyses a list: text, list, form
plotted: an answer drawn to a file: picture, caution
compare: `champion compare`
target: `champion target`
sweep: `champion sweep`
route: `champion route`: `follow`, profile
route_text: classes, route and measures on the screen
ladder_text: the ladder on the screen: level, 持有, step below, unmet, abridged, explanation, indent
evidence: `champion evidence`: documents, tick, XLSX
evidence_text: papers on the screen: declared, ready, looked up, width, headings
facts: `champion facts`: `--template`, into, questions, today
rulebooks: `champion rulebooks`: timeline, diff, rulebook page
difference_text: two rulebooks on the screen: pair, side, second, changed, state
explain: `champion explain`: word
explanation_text: what a word names on the screen: sheet, edition, place, labelled
listing: lists on the screen: rulebooks, page, clause, cite, label, quote, questions, unconfirmed, parameters, lint,
    template
lint: `champion lint`: files opened, remarks, find
new: `champion new`: begin, area
test: `champion test`: coverage, mutate, write missing
tried_text: what came of a test: troubles, profile, records, junit
plan: `champion plan`: a firm and its bounds
plan_text: the plans of a firm on the screen, or what clashes: way, hang, cost
prove: `champion prove`: words, proved
proved_text: what was proved on the screen: an `Answer`, `Statics`, each `Witness` with what is said of it
screen: `champion screen`: click options, flags, `--output`, spark, candidates.csv
screen_run: the run of `champion screen`: target, suffix, form, carry, candidates, rejected, at hand, stdout, draft,
    spark
screening_text: a screening on the screen: bar, rate, task, watcher, screenful, tables, padding, summary
"""
