"""An answer drawn to the file that --plot names, after it is printed or written."""

from __future__ import annotations

from collections.abc import Iterable

from engine.command.console import print_caution
from engine.command.output_file import write_whole
from engine.ground.errors import Language, Text
from engine.plots.picture import NO_FONT, Drawable, drawn, form_named, lacks_font, spec_of


def write_picture(
    found: Drawable, name: str, lang: Language, sources: Iterable[str], title: Text | None = None
) -> None:
    """Write the picture, and say if the words in it need a font that this machine lacks. Raises InputError."""
    spec = spec_of(found, lang, title)
    write_whole(name, drawn(spec, form_named(name)), lang, sources)
    if lacks_font(spec):
        print_caution(NO_FONT, lang)
