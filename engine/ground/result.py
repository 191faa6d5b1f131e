"""What answers have in Python beside their fields: a dictionary; some a line and a page in a notebook, and a table."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from itertools import islice
from typing import Any, cast

import orjson

from engine.ground.errors import Language
from engine.ground.page import Line, html_of
from engine.ground.writing import to_json


class Result:
    """A dataclass that is the answer to something."""

    def to_dict(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return cast("dict[str, Any]", orjson.loads(to_json(self)))


class Shown(Result):
    """An answer with a page, in the language of CHAMPION_LANG: `lines` of the module `…_page` beside its own."""

    def __repr__(self) -> str:
        """Give the title of the page and its first sentence."""
        said = islice((line for line in self._lines() if line.cells), 2)
        return f"<{type(self).__name__}: {' · '.join(str(line.cells[0]) for line in said)}>"

    def _repr_html_(self) -> str:
        return html_of(self._lines())

    def _lines(self) -> Iterable[Line]:
        lang: Language = "en" if os.environ.get("CHAMPION_LANG") == "en" else "zh"
        return cast("Iterable[Line]", self._beside("lines")(self, lang))

    def _beside(self, name: str) -> Any:  # noqa: ANN401 a function of that page
        return getattr(import_module(f"{type(self).__module__}_page"), name)


class Tabled(Shown):
    """An answer that is a table too: `cells` of that module, the first row the names of the columns."""

    def to_arrow(self) -> Any:  # noqa: ANN401 Arrow is imported when it is asked for
        """Give the table that its CSV is, as one of Arrow: which Polars and DuckDB read as it is."""
        import pyarrow as pa  # noqa: PLC0415

        names, *rows = self._beside("cells")(self)
        columns = ([row[place] for row in rows] for place in range(len(names)))
        arrays = [pa.array(one, None if any(cell is not None for cell in one) else pa.string()) for one in columns]
        return pa.table(dict(zip(names, arrays, strict=True)))

    def to_pandas(self) -> Any:  # noqa: ANN401 pandas need not be there
        """Give the same as a frame of pandas, which must be installed."""
        return self.to_arrow().to_pandas()
