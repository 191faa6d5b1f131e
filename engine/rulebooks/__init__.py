"""From the files of `rules/` to logic: which rulebooks exist, what each says, which applies, what hangs on a reading.

In: a folder of rules, a day, an area, a kind of application. Out: `Rulebook`: criteria as trees of gates and checks
with their words and sources. Must not know: a firm, a table, how a criterion is decided.

rulebook: models of a rulebook file as written: `Cite`, `Source`, `Scorecard`, `Parameter`, `Item`, `Band`, `InForce`;
    validators, confirmed readings
load: a folder of rules to the vocabulary and words: heads, choices, fields, codes, areas, levels; every problem
    reported
broken_shape: sound parts of a document whose shape is broken: data, parameters, sources, facts, each by itself
benchmark: tables of reference values (对标表): spec, header, content, figures; largest; reported
worlds: readings (读法) and their alternatives; what was looked at and is built in each world
comparison: one check of a document to logic: operator, parameter, benchmark, threshold, literal, points, scale;
    reported
marks: what a title says of a trial: `TRIAL`, `marked_title`, `plain_title`
settable: which figures may be set, named how: `Settable`, what is meant, mistakes noted
what_if: a rulebook with other figures, or criteria that do not decide: `Changes`, where repeated, digest
assumed: what blanks are taken to be: `assumption` of a fact, or the problem with it
trial: rules with such rulebooks: `what_if`, `tried` for a door, `beside` of two texts; whose editions a change
    is for, called how
records: what lists of records give: conditions over the fields (字段) of one record, collects
resolve: words to nodes: criteria, gates, guards, bands, scorecards, items; ids noted, readings, including other
    rulebooks
sharing: nodes that two worlds share: known, says the same, guards, children
logic: what it means: `Check`, `Gate`, `Threshold`, `FactOf`, `BenchmarkOf`, `Score`, `Criterion`; slots, places,
    walk, borrowed
digest: SHA-256 over what is counted of a rulebook: dumped, excluded, refers, lists, comments
catalog: `Catalog`: rulebooks of a folder by id, each read and kept once, with a lock; `shipped`
several: `SEVERAL`, what the ladder and the routes are called; `told_in` a list's columns
routes: `routes.yaml`: a `Layer` a class, its `Measure`s, rulebooks onward, which may be following
levels: the ladder's steps, the lowest first, titles held, which is below
documents: `documents.yaml`: a `Paper`, other names, `IfAny`, years back, authority
routing: which edition of a level is in force on a day for an `Applicant`: area, country, application, review;
    timeline, heads
row_routes: `Routes`: which book judges a row (各行由不同的规则判定): beforehand, plain, asks, needs area
edition_titles: titles of books beside one another, id too where two are alike
caution: what to know first: 本规则 out of force on the day, or of another area
tiers: ways of an any_of for firms of other sizes: bottom, top, ends, apart
asked_order: in which order missing facts are asked: usual, stated, gates, children, ways, items, exemption
quoted_figures: figures of a quote in the unit of a fact: 元, 万, 亿, 个月
remarks: what is often a slip in a sound rulebook: left behind, never reached, not quoted, never cited
hanging: what other readings turn: worlds, alternatives, members of a `Group`, `Conjunction`, jointly, lifts
"""
