"""A rulebook tried: its cases, what must hold by itself, what no case shows, and which changes no case notices.

In: a rulebook and its case file. Out: a `Proof`: troubles, each with a small firm that shows it. Must not know: how it
is printed. One thing serves all: a firm is moved, figure by figure, to the edges of the rulebook until it shows what is
wanted, whether that is a side of a threshold, points of a band, another reading or what does not apply.

as_columns: a table of firms decided as columns and as the definition says, what differs: outcomes, reasons, gaps, ends
case_file: `cases/ID.yaml`: `Case`, `ItemCase`, `Impossible`, `Unnoticed`; its mistakes; which cases failed
edges: a firm moved so that a check is below, at or above its threshold: solved, hairs, days, expected; answers
    named and not
firms: firms at random and near one: moves, acceptable and ordinary values, options, thresholds
shown: what there is to show of a criterion or a line: `Need`, `Part`, sides, alone, worth, turned; what a firm shows
coverage: what the cases show: needed, impossible, lacking, `Counted`
search: a firm for each need; one that is qualifying
by_itself: trials of any rulebook: beside thresholds, worsened, filled in and reversed, differing; the smaller firm
mutants: words and figures changed: `Survivor`, explained, noticed, stricter, without `when`
skeletons: missing cases as lines of a file: typed, scalar, flow
kit: a rulebook with its cases: the base, lacking
missing: `write_missing`
proof: `Proof` and `Trouble` of a rulebook
"""
