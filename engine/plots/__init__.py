"""Pictures of what a list comes to: Vega-Lite, drawn without a browser by vl-convert, the extra `plots`.

In: what an analysis or a screening came to. Out: SVG, PNG or HTML as bytes. Must not know: the command, how firms were
decided.

picture: `picture`: an answer drawn: forms by their names, vl_convert, its only import, whether there is a Chinese font
looks: what all pictures share: colours, faces, the head, `panels`, which groups
curves: a sweep of one figure: lines with the band of the undetermined, the text's own threshold
grid: a sweep of two figures: a map of cells
flow: a comparison: bands from verdict to verdict
reach: a target: how far each figure alone can move the count
bars: a screening: verdicts, and criteria with those that fail alone
"""
