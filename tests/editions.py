"""A folder of rules with the timeline of the route table, made from the shipped Little Giant rulebook."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from engine import Catalog, rules_folder

_MODEL = "miit-2026-little-giant"
# id: (level, first day, last day, first day for reviews, last day for reviews)
_EDITIONS = {
    "old-innovative": ("innovative", "2022-08-01", "", "", ""),
    "tech": ("tech_sme", "2017-05-03", "", "", ""),
    "old-srdi": ("srdi", "2022-08-01", "2026-03-31", "", ""),
    "new-srdi": ("srdi", "2026-04-01", "", "", ""),
    "old-giant": ("little_giant", "2022-08-01", "2026-03-31", "2022-08-01", "2026-12-31"),
    "overlay-giant": ("little_giant", "2025-01-01", "2025-12-31", "", ""),
    "new-giant": ("little_giant", "2026-04-01", "", "2027-01-01", ""),
    "champion": ("single_champion", "2023-09-14", "", "", ""),
    "old-champion": ("single_champion_product", "2021-01-01", "2022-12-31", "-", ""),
}


def rules_with_editions(folder: Path) -> Catalog:
    """Give the shipped vocabulary and ladder in `folder` with an edition of each line of the route table."""
    shutil.copytree(rules_folder(), folder)
    text = (folder / f"{_MODEL}.yaml").read_text(encoding="utf-8")
    for file in folder.glob("*-*.yaml"):
        if file.stem not in {"sme-2011-size", "cae-2021-champion"}:
            file.unlink()
    for name, (level, first, last, first_review, last_review) in _EDITIONS.items():
        head, below = text.split("\nsources:", 1)
        head = re.sub(r"^(id|level|in_force|in_force_for_reviews|applies_to):.*\n?", "", head, flags=re.MULTILINE)
        applies = "[new]" if first_review == "-" else "[new, review]"
        lines = [f"id: {name}", f"level: {level}", f"in_force: {_span(first, last)}", f"applies_to: {applies}", head]
        if first_review not in {"", "-"}:
            lines.insert(3, f"in_force_for_reviews: {_span(first_review, last_review)}")
        (folder / f"{name}.yaml").write_text("\n".join(lines) + "\nsources:" + below, encoding="utf-8")
    return Catalog(folder)


def _span(first: str, last: str) -> str:
    return f"{{from: {first}, to: {last}}}" if last else f"{{from: {first}}}"
