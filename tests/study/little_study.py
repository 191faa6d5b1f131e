# %% [markdown]
"""The global share that a champion must have: a small study of the list in fixtures/, to be read cell by cell.

Run by tests/study/test_study.py; in Jupyter a line alone shows what it gives.
"""

# %% The list, the day, and one criterion by itself: most firms of the list lack what the others ask for
from pathlib import Path

from engine import compare, picture, sweep, target, what_if

firms, day = Path("fixtures/candidates.csv"), "2026-06-01"
share = what_if(only=["global-share"])

# %% How many qualify at each threshold, and how many more may
at_each = sweep(firms, "global-share=5%..30%:1%", as_of=day, catalog=share)
curve = at_each.to_pandas().set_index("global-share")
curve["at_most"] = curve["qualified"] + curve["undetermined"]

# %% The threshold for ten
for_ten = target(firms, 10, "global-share", as_of=day, catalog=share)

# %% By industry
by_industry = sweep(firms, "global-share=10%,20%,30%", by="industry_code_2", as_of=day, catalog=share).to_pandas()
industries = by_industry.pivot_table(index="group", columns="global-share", values="qualified")

# %% The text of 2022 beside that of 2026
editions = compare(firms, "miit-2022-little-giant", "miit-2026-little-giant", as_of=day)
who = editions.to_pandas()[["firm_name", "first", "second"]]

# %% A figure for the paper
Path("share.svg").write_bytes(picture(at_each, "svg", "en"))
