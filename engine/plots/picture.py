"""An answer as a picture: SVG, PNG or HTML, drawn by vl-convert, the one place where it is imported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, cast

from engine.analysis.compare import Comparison
from engine.analysis.sweep import Sweep
from engine.analysis.target import Target
from engine.ground.errors import InputError, Language, Problem, Text, shown
from engine.ground.harmless import REPLACED, printable
from engine.outputs.summary import ScreeningSummary
from engine.plots.bars import bars
from engine.plots.curves import curves
from engine.plots.flow import flow
from engine.plots.grid import grid
from engine.plots.looks import FACES, Spec
from engine.plots.reach import reach

Drawable = Sweep | Target | Comparison | ScreeningSummary
Form = Literal["svg", "png", "html"]
_FORMS = ("svg", "png", "html")
_CHINESE = re.compile("[\u2e80-\uffef]")
_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    f'<text y="30" font-size="24" font-family="{FACES}">{{}}</text></svg>'
)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LESS = "\ue000\ue001"
"""What stands for < until the page is made."""
_INSTALL = Text(
    "请安装中文字体（Debian、Ubuntu：apt-get install fonts-noto-cjk）。",
    "Install a Chinese font (Debian, Ubuntu: apt-get install fonts-noto-cjk).",
)
NO_FONT = Text(
    f"本机没有中文字体，这张图要在有中文字体的电脑上打开。{_INSTALL.zh}",
    f"This machine has no Chinese font: open the picture on one that has. {_INSTALL.en}",
)


def picture(found: Drawable, form: Form, lang: Language = "zh", *, title: Text | None = None) -> bytes:
    """Give an answer as a picture; HTML opens without a network. The same answer gives the same bytes.

    `title` is that of the text, which a summary does not say itself. Raises InputError for another form, without the
    extra `plots`, and for a PNG with Chinese words on a machine without a Chinese font.
    """
    return drawn(spec_of(found, lang, title), form_named(f"picture.{form}"))


def spec_of(found: Drawable, lang: Language, title: Text | None = None) -> Spec:
    """Give the picture in Vega-Lite."""
    if isinstance(found, Target):
        return reach(found, lang)
    if isinstance(found, Sweep):
        return curves(found, lang) if len(found.varied) == 1 else grid(found, lang)
    return flow(found, lang) if isinstance(found, Comparison) else bars(found, lang, title)


def drawn(spec: Spec, form: Form) -> bytes:
    """Give a picture in Vega-Lite as bytes. Raises InputError as `picture` does."""
    try:
        import vl_convert  # noqa: PLC0415 an extra
    except ImportError as error:
        what = Text("要画图的附加包 plots，这里没有安装", "needs the extra `plots`, which is not installed")
        how = "pip install 'champion[plots]'", "sh .ci/uv sync --frozen --no-dev --extra plots"
        instead = Text(f"请运行 {how[0]}（在代码目录里：{how[1]}）。", f"Run {how[0]} (in a clone: {how[1]}).")
        raise InputError([Problem("plot", what, instead)]) from error
    spec = _with_texts(spec, lambda text: _NO_XML.sub(REPLACED, printable(text)))  # on which vl-convert aborts
    if form == "html":  # which has the texts within a script: none may end that
        html = vl_convert.vegalite_to_html(_with_texts(spec, lambda text: text.replace("<", _LESS)), bundle=True)
        return html.replace(_LESS, r"\u003c").encode()
    if form == "svg":
        return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]).encode()
    if lacks_font(spec):
        what = Text("本机没有中文字体，PNG 里的字会是方框", "would have boxes for words: there is no Chinese font here")
        instead = Text(f"{_INSTALL.zh}或改用 .svg、.html。", f"{_INSTALL.en} Or write .svg or .html.")
        raise InputError([Problem("plot", what, instead)])
    return vl_convert.vegalite_to_png(spec, scale=2, allowed_base_urls=[])


def _with_texts(part: Any, changed: Callable[[str], str]) -> Any:  # noqa: ANN401 any part of JSON
    if isinstance(part, str):
        return changed(part)
    if isinstance(part, dict):
        return {name: _with_texts(one, changed) for name, one in part.items()}
    return [_with_texts(one, changed) for one in part] if isinstance(part, (list, tuple)) else part


def lacks_font(spec: Spec) -> bool:
    """Say whether there are Chinese words in a picture, and this machine draws all alike: as boxes or not at all."""
    return _CHINESE.search(json.dumps(spec, ensure_ascii=False)) is not None and _drawn_alike("专", "业")


def _drawn_alike(letter: str, other: str) -> bool:
    import vl_convert  # noqa: PLC0415 an extra

    return bool(vl_convert.svg_to_png(_LETTER.format(letter)) == vl_convert.svg_to_png(_LETTER.format(other)))


def form_named(name: str) -> Form:
    """Give the form that the name of a picture asks for. Raises InputError."""
    suffix = Path(name).suffix.lower().removeprefix(".")
    if suffix in _FORMS:
        return cast("Form", suffix)
    what = Text("无法从文件名看出图的格式", "does not say what form the picture has")
    instead = Text("请用 .svg、.png 或 .html。", "Use .svg, .png or .html.")
    raise InputError([Problem("plot", what, instead, shown(name))])
