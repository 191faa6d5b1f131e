"""All that is said of one firm and of a rulebook, in two languages: findings, sentences, reasons, what would help.

In: outcomes and figures. Out: `Verdict` and pages, plain data with their words. Must not know: where they are
printed.

verdict: dataclasses of what comes out: `Verdict`, `RulebookReference` (digest, document), `Standing`,
    `CriterionFinding`, `Citation`, `Ingredient`, `Awaiting`: observed, required, low and high
verdict_page: a verdict as a page for a notebook: missing, summary, clause
wording: figures in words: decimals, digits, rounded, millions, yuan, rank; operators, `against`, 除非, 不符合; `Pair`
requirement: what a node requires in words: children (并且, 或者, 至少), right side, borrowed
sentences: what a check found, a sentence: observed, asked, fixed, title, gap, distance, bar, tail, seen, guards
findings: `CheckFinding`s made of checks, outcomes and figures: cite, origin, gap, unknown, watched, made from,
    points, telling
outlook: `MissingFact`, `Settling`: smallest sets (ways) of facts that settle the outcome of a node: goal, pivot, to
    reach, to turn
hints: `Hint`: what one figure would have to be for a ratio to meet its threshold: goal, strictly, upwards, rounded,
    along its formula
hanging_words: `HangsOn`: the explanation of a turn: 若按另一种读法, 总体结论
reasons: why, a sentence from outcomes of gates and children: failing, stops, switches, informing, explained,
    `saved_by`, ways, unless
summary: the verdict in a sentence: 项条件中, 另有, criteria undecided, failed, saved; counts
told: `Section`s of a verdict in the order they are told: saved, idle, informing; checks worth telling, what is made of
    what
pages: a rulebook or fact dumped as a page: parameters, points, bands, requirement, sources, 分
labels: headings and notes of pages, `GRADES`, `STATES`, days on which an edition applies
explained: what a word names: fact, criterion, line, rulebook; candidates of one that is unclear
explanation: `Explanation`: `Place`s, `FactSheet`s, each `Edition`, papers
rulebook_parts: `Part`: what it is called, its facts, what is `Asked` of them, `OtherReading`s
blank_form: `Question`, `Part`: the form's questions by year, new application or review, in a language: 才填, 留空;
    titles, examples, accepts
side_by_side: `Difference`: sides, pairs, partners, editions; words changed, new, gone, now and before, state
"""
