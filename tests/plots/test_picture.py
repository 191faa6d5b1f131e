"""A picture shows what its table says, in words and not in ids, the same in every run, and opens without a network."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine import InputError, Order, Target, compare, picture, screen_file, sweep, target, what_if
from engine.plots.picture import Drawable, _drawn_alike, spec_of
from tests.analysis.test_sweep import firms_file
from tests.shell import Result, run
from tests.small_rules import rules_of
from tests.tables import DAY

_SHARES = {"global_market_share_pct": "at_least: 15%", "global_rank": "at_most: 3"}
_RULES = rules_of({"old": ("little_giant", "new", _SHARES), "new": ("srdi", "new", {"global_rank": "at_most: 1"})})
_ROWS = [
    ("16", "1", ("70", "100")),
    ("12", "1", ("70", "100")),
    ("9", "4", ("", "")),
    ("", "3", ("", "")),
    ("x", "", ("", "")),
]
_SHARE, _RANK = "global-market-share-pct=10%,15%,20%", "global-rank=1..4:1"
Capture = pytest.CaptureFixture[bytes]


def _answers(folder: Path) -> dict[str, Drawable]:
    path, old = firms_file(folder, _ROWS), _RULES.rulebook("old")
    return {
        "curves": sweep(path, _SHARE, by="area", rulebook="old", catalog=_RULES, as_of=DAY),
        "grid": sweep(path, [_SHARE, _RANK], rulebook="old", catalog=_RULES, as_of=DAY),
        "reach": target(path, 1, rulebook="old", catalog=_RULES, as_of=DAY),
        "flow": compare(path, "old", "new", catalog=_RULES, as_of=DAY),
        "bars": screen_file(path, Order(old, DAY, folder / "verdicts.csv", "csv")),
    }


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Drawable]:
    """Give an answer of each kind."""
    return _answers(tmp_path_factory.mktemp("list"))


def _words(svg: bytes) -> str:
    tree = ET.fromstring(svg)  # noqa: S314 our own
    return "\n".join("".join(one.itertext()) for one in tree.iter("{http://www.w3.org/2000/svg}text"))


_TOLD = {
    "curves": (
        ["试算：编造的条件 1", "全球市场占有率（%）", "文本：15%", "浙江", "未比对 1 行"],
        ["What if", "the text: 15%"],
    ),
    "grid": (["全球市场占有率", "第 4 名", "符合（至多）", "20%"], ["qualified at most", "global rank"]),
    "reach": (["编造的条件 2", "要 1 家", "不改时 1 家", "（1 家时 16%）"], ["1 wanted", "1 as it is"]),
    "flow": (
        ["结论对照", "左：编造的规则", "无法判定 1", "未比对 1"],
        ["Verdicts compared", "Left: Made-up rules", "not qualified 2"],
    ),
    "bars": (["编造的规则", "仅此不符合", "不符合 2，仅此 1"], ["2 fail, 1 this alone", "firms"]),
}


@pytest.mark.parametrize("kind", _TOLD)
def test_words_are_titles_in_the_language_asked_for(answers: dict[str, Drawable], kind: str) -> None:
    """A picture says what it is of and marks the text's own figure; no id of a fact, criterion or rulebook is in it.

    The same answer is the same file, however often it was drawn.
    """
    for lang, told in zip(("zh", "en"), _TOLD[kind], strict=True):
        title = _RULES.rulebook("old").words.title
        svg, again = (picture(answers[kind], "svg", lang, title=title) for _ in range(2))  # type: ignore[arg-type]
        assert svg == again
        words = _words(svg)
        assert [one for one in told if one.lower() not in words.lower()] == [], words
        assert re.findall(r"[a-z]+[_-][a-z_-]+", words.replace("Made-up", "")) == []


def test_curves_and_maps_have_the_counts_of_the_table(answers: dict[str, Drawable]) -> None:
    """Each point of each panel is one of the sweep; the frame is on the cell of the text's own figures."""
    found, spec = answers["curves"], spec_of(answers["curves"], "zh")
    drawn = [(one["panel"], one["x"], one["low"], one["high"]) for one in spec["data"]["values"]]
    assert drawn == [
        (one.group.zh if one.group else "全部", one.values[0], low, low + one.counts.undetermined)
        for one in found.points  # type: ignore[union-attr]
        for low in [one.counts.qualified]
    ]
    cells = spec_of(answers["grid"], "zh")["data"]["values"]
    assert len(cells) == 3 * 4 * 2
    assert {(one["down"], one["across"]) for one in cells if one["own"]} == {("15%", "第 3 名")}
    most = {(one["down"], one["across"]): one["firms"] for one in cells if one["panel"] == "符合（至多）"}
    assert (most["15%", "第 3 名"], most["10%", "第 4 名"]) == (2, 3)


def test_bands_are_as_wide_as_their_firms(answers: dict[str, Drawable]) -> None:
    """Of each pair of verdicts there is a band, and their widths are those of their numbers."""
    spec = spec_of(answers["flow"], "en")
    bands = {
        one["to"]: one["y2"] - one["y"]
        for one in spec["data"]["values"]
        if one.get("part") == "band" and one["panel"] == "all"
    }
    counted = Counter({f"{one.first} {one.second}": one.rows for one in answers["flow"].crossed})  # type: ignore[union-attr]
    assert bands == {pair: pytest.approx(100 * many / counted.total()) for pair, many in counted.items()}


def test_what_is_wanted_stands_where_the_bars_say(answers: dict[str, Drawable]) -> None:
    """Each figure has a bar from its fewest to its most; rules stand at what is wanted and at what the text has."""
    found, spec = answers["reach"], spec_of(answers["reach"], "zh")
    drawn = [(one["from"], one["to"]) for one in spec["data"]["values"]]
    assert drawn == [(one.tightest, one.loosest) for one in found.aims]  # type: ignore[union-attr]
    assert [one["name"] for one in spec["data"]["values"]] == ["编造的条件 1", "编造的条件 2"]
    rules = [one["encoding"]["x"]["datum"] for one in spec["layer"] if one["mark"]["type"] == "rule"]
    assert rules == [1, found.now.qualified]  # type: ignore[union-attr]


def test_each_bar_of_a_frontier_says_at_which_value_it_is(tmp_path: Path) -> None:
    """Of two figures there is a bar of the first for each value of the other."""
    path = firms_file(tmp_path, _ROWS)
    found = target(path, 1, ["global-market-share-pct", "global-rank=1,3"], rulebook="old", catalog=_RULES, as_of=DAY)
    names = [one["name"] for one in spec_of(found, "zh")["data"]["values"]]
    assert names == ["编造的条件 2 第 1 名 时的编造的条件 1", "编造的条件 2 第 3 名 时的编造的条件 1"]


def test_the_rule_is_at_the_figure_of_the_text_in_a_trial_too(tmp_path: Path) -> None:
    """With another figure set, the text's own is marked all the same."""
    rules = what_if({"global-rank": "2"}, rulebook="old", catalog=_RULES, as_of=DAY)
    found = sweep(firms_file(tmp_path, _ROWS), _RANK, rulebook="old", catalog=rules, as_of=DAY)
    assert "文本：第 3 名" in _words(picture(found, "svg"))


def test_html_asks_no_other_host(answers: dict[str, Drawable]) -> None:
    """Vega is in the file: nothing is loaded from elsewhere, and no menu leads there."""
    html = picture(answers["reach"], "html").decode()
    asked = list[tuple[str, str | None]]()
    page = HTMLParser()
    page.handle_starttag = lambda _, given: asked.extend(one for one in given if one[0] in {"src", "href"})  # type: ignore[method-assign]
    page.feed(html)
    assert asked == []
    assert '"actions":false' in html
    assert "vegaEmbed" in html


def test_texts_of_strangers_run_nothing(answers: dict[str, Drawable]) -> None:
    """In HTML none ends the script that it stands in; letters that no XML may have, on which vl-convert aborts, go."""
    found = answers["reach"]
    assert isinstance(found, Target)
    found = replace(found, list_name="</script><b>&\x02\x1b\ufffe甲")
    html = picture(found, "html").decode()
    assert (html.count("</script>"), html.count("<b>")) == (2, 0)
    assert r"\u003c/script>\u003cb>&" in html
    assert "</script><b>&\ufffd\ufffd\ufffd甲" in _words(picture(found, "svg"))


@pytest.mark.parametrize("rows", [[("x", "", ("", ""))], _ROWS[:1]], ids=["refused", "one"])
def test_lists_of_which_little_is_judged_are_drawn(
    tmp_path: Path, rows: list[tuple[str, str, tuple[str, str]]]
) -> None:
    """A list of which every row is refused, one of one firm; figures with one value."""
    path, ones = firms_file(tmp_path, rows), ["global-market-share-pct=15%", "global-rank=2"]
    for found in (
        sweep(path, ones, by="area", rulebook="old", catalog=_RULES, as_of=DAY),
        compare(path, "old", "new", catalog=_RULES, as_of=DAY),
        screen_file(path, Order(_RULES.rulebook("old"), DAY, tmp_path / "v.csv", "csv")),
    ):
        assert "编造" in _words(picture(found, "svg", title=_RULES.rulebook("old").words.title))


def _swept(capture: Capture, folder: Path, name: str, *more: str) -> Result:
    path = firms_file(folder, _ROWS)
    asked = ["sweep", str(path), "--vary", "global-share=10%,15%", "--only", "global-share", "--as-of", "2026-06-01"]
    return run(capture, *asked, "--plot", str(folder / name), *more)


def test_letters_that_no_font_has_are_told_apart_from_those_that_one_has() -> None:
    """Whether there is a font is asked of what draws: letters without one are drawn alike."""
    assert _drawn_alike("\U000f0000", "\U000f0001")
    assert not _drawn_alike("a", "b")


def test_without_a_chinese_font_it_is_said_what_to_install(
    capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is printed all the same; a PNG is not drawn, an SVG is, for a machine that has one."""
    monkeypatch.setattr("engine.plots.picture._drawn_alike", lambda *_: True)
    done = _swept(capfdbinary, tmp_path, "p.png")
    assert (done.code, "符合（至多）" in done.out, (tmp_path / "p.png").exists()) == (1, True, False)
    assert "fonts-noto-cjk" in done.err
    done = _swept(capfdbinary, tmp_path, "p.svg")
    assert (done.code, (tmp_path / "p.svg").exists()) == (0, True)
    assert "fonts-noto-cjk" in done.err.replace("\n", "")
    monkeypatch.setattr("engine.plots.picture._drawn_alike", lambda *_: False)
    assert _swept(capfdbinary, tmp_path, "p.png").code == 0
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_without_the_extra_it_is_said_how_to_install_it(
    capfdbinary: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is printed all the same."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    done = _swept(capfdbinary, tmp_path, "p.svg")
    assert (done.code, "符合（至多）" in done.out) == (1, True)
    assert "pip install 'champion[plots]'" in done.err
    assert "sh .ci/uv sync --frozen --no-dev --extra plots" in done.err


def test_a_name_that_cannot_be_drawn_to_is_refused_first(capfdbinary: Capture, tmp_path: Path) -> None:
    """By its ending before the list is read; one that is read is not written over, nor an output of the same run."""
    done = _swept(capfdbinary, tmp_path, "p.jpg", "--lang", "en")
    assert (done.code, done.out) == (1, "")
    assert "Use .svg, .png or .html" in done.err
    path = firms_file(tmp_path, _ROWS)
    screened = run(capfdbinary, "screen", str(path), "-o", str(tmp_path / "v.csv"), "--plot", str(tmp_path / "p.gif"))
    assert (screened.code, (tmp_path / "v.csv").exists()) == (1, False)


def test_a_screening_is_drawn_and_overwrites_nothing(capfdbinary: Capture, tmp_path: Path) -> None:
    """Marked as a trial where it is one, by the title of the text; a file of the same run is not written over."""
    path, plot = firms_file(tmp_path, _ROWS), tmp_path / "p.svg"
    asked = ["screen", str(path), "-o", str(tmp_path / "v.csv"), "--as-of", "2026-06-01", "--plot", str(plot)]
    assert run(capfdbinary, *asked, "--set", "global-share=5%").code == 1  # a row is rejected
    words = _words(plot.read_bytes())
    assert "全球市场占有率（试算）" in words
    assert "文本为不低于 15%" in words
    plot.unlink()
    done = run(capfdbinary, *asked, "--rejected", str(plot))
    assert "同一个文件" in done.err
    assert not plot.read_bytes().startswith(b"<svg")


def test_python_gives_bytes_or_says_what_is_wrong(
    answers: dict[str, Drawable], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that is none is a problem, like any other choice."""
    monkeypatch.setattr("engine.plots.picture._drawn_alike", lambda *_: False)
    assert picture(answers["bars"], "png", "en") == picture(answers["bars"], "png", "en")
    with pytest.raises(InputError, match=r"Use \.svg, \.png or \.html"):
        picture(answers["bars"], "gif")  # type: ignore[arg-type]
