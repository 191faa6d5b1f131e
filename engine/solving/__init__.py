"""Rulebooks as logic: what holds of every firm, proved by a solver, or a firm that shows that it does not.

In: rulebooks and a day, or a profile. Out: proofs, firms as they are typed, plans. Must not know: how an answer is
printed. The extra `solver`, Z3. A firm is a variable for each fact; a rulebook a formula for each node, met and not met
apart, so that what is undetermined is neither. What the solver finds is made small by the definition, and decided as
any profile is.

asked: `prove`: a question in words, one at a time
solver: Z3, its only import: `Truth` and `Amount`, folded while plain; at least so many; `Solver`, `UnansweredError`;
    each question anew, in a place of its own
amounts: numbers as fractions multiplied out: each `Case`, `Root` by its square, days of 31-day months, `Arithmetic`
unknown_firm: a variable of each fact: `Options`, stated or not; what holds of any firm, what is believed
meaning: the definition as formulas: `Meaning`: said of nodes, points and scores, benchmarks, lookups, usual figures
figures: the figures that a person would write: plain ones, rounded ever less
witness: a `Question`: what is `Wanted`; the `Witness`: smaller, plain, decided; what stays open whatever
relations: related: an `Answer`: implies, equals, excludes; proved, refuted, open, unanswered
statics: `Statics`: what of a rulebook never matters: each `Remark`: parts, alternatives, guards, bands; contradicting
changes: of each criterion that two rulebooks have otherwise a `Change`: only first, only second
blanks: the `Questionnaire` that settles every firm; a `Blank`: without one fact
start: `Start`: a firm as it is, what may be otherwise at what cost, and what holds of any plan
cheapest: the `Nearest` firm that is qualified
rounded: nothing changed to spare, plain figures, the `Room` of each
step: each `Step` of a plan in words
plan: `planned`: a `Plan`, each `Way` decided and in its order; what `Planned` came to
clash: why there is none: each `Obstacle` of what `Stands` in the way
planned: `plan`: the door for one firm, with its bounds
ladder: gaps between the texts of a level and of the step below
"""
