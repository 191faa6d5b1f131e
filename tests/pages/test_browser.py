"""The pages in a browser, with Debian's chromium: what a reader who does not see, or has a small screen, gets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.api.test_service import serving

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no browser for the pages: apt-get install chromium fonts-noto-cjk"
)
PATHS = [
    "/",
    "/accessibility",
    "/nothing",
    "/self-test",
    "/self-test/ladder",
    "/rules",
    "/rules/miit-2022-innovative",
    "/rules/miit-2022-little-giant/diff/miit-2026-little-giant",
    "/rules/cae-2021-champion/global-share",
    "/facts/industry_code_2",
]
MORE = ["/about", "/facts", "/facts/revenue_y0", "/rules/cae-2021-champion", "/rules/miit-2026-little-giant"]
_LIKE = [("zh", "dark"), ("en", "light")]
_OTHERS = [("zh", "light"), ("en", "dark")]
_SCROLLED_OUT = {"bgOverlap", "elmPartiallyObscured", "outsideViewport"}
_ASKED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Pages:
    """A service in a process of its own, and a browser."""

    address: str
    browser: Browser

    @contextmanager
    def opened(self, **how: Any) -> Iterator[tuple[Page, list[str]]]:
        """Give a page, and what a reader would not want: messages in the console, requests to others."""
        with self.browser.new_context(base_url=self.address, **how) as context:
            page, unwanted = context.new_page(), list[str]()
            page.on("console", lambda said: unwanted.append(said.text))
            page.on("pageerror", lambda error: unwanted.append(str(error)))
            page.on("request", lambda one: None if one.url.startswith(self.address) else unwanted.append(one.url))
            yield page, unwanted


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Give the pages."""
    with serving(tmp_path_factory.mktemp("pages")) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield Pages(f"http://127.0.0.1:{service.port}", browser)
        browser.close()


def looked_at(page: Page) -> list[str]:
    """Give what axe finds; what it cannot tell too, but for the contrast of what is scrolled out of a wide table."""
    found = Axe().run(page, options={"runOnly": _ASKED, "resultTypes": ["violations", "incomplete"]}).response
    several = [
        (rule["id"], node) for kind in ("violations", "incomplete") for rule in found[kind] for node in rule["nodes"]
    ]
    return [
        f"{rule}: {node['html'][:200]}"
        for rule, node in several
        if rule != "color-contrast" or node["any"][0]["data"].get("messageKey") not in _SCROLLED_OUT
    ]


def sides(page: Page) -> list[int]:
    """Give the widths, of a small screen and of a usual one at 200 %, at which it has to be scrolled sideways."""
    wide = []
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 512})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    return wide


def _is_sound(pages: Pages, path: str, lang: str, scheme: Any) -> None:
    with pages.opened(color_scheme=scheme) as (page, unwanted):
        page.goto(f"/{lang}{path}")
        assert [one for one in unwanted if path != "/nothing" or "404" not in one] == []
        assert looked_at(page) == []
        assert sides(page) == []


@pytest.mark.parametrize(("lang", "scheme"), _LIKE)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_sound(pages: Pages, path: str, lang: str, scheme: str) -> None:
    """Nothing that axe finds, no scrolling sideways, nothing in the console, nothing asked of others."""
    _is_sound(pages, path, lang, scheme)


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "lang", "scheme"),
    [(path, *how) for path in PATHS for how in _OTHERS] + [(path, *how) for path in MORE for how in _LIKE + _OTHERS],
)
def test_other_pages_and_colours_are_sound_too(pages: Pages, path: str, lang: str, scheme: str) -> None:
    """As those above."""
    _is_sound(pages, path, lang, scheme)


def test_what_is_unsound_is_seen(pages: Pages) -> None:
    """A field without a name, a title that is too wide, a word in the console, a request to another host."""
    with pages.opened() as (page, unwanted):
        page.goto("/en/about")
        page.evaluate("document.querySelector('h1').innerHTML = '<input>'; console.log('a word')")
        page.evaluate("document.querySelector('h1').style.width = '400px'; new Image().src = 'http://other.example/'")
        assert [one.partition(":")[0] for one in looked_at(page)] == ["empty-heading", "label"]
        assert sides(page) == [320]
        assert {"a word", "http://other.example/"} <= {*unwanted}


def test_the_rules_are_read_with_the_keyboard_and_without_scripts(pages: Pages) -> None:
    """From the start page to a fact that is looked up, and to the other language of the same page."""
    with pages.opened(java_script_enabled=False, locale="en") as (page, unwanted):
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to content"
        _tab_to(page, "Read the rules")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/rules")
        page.locator("#word").focus()
        page.keyboard.type("全球市场占有率")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/facts/global_market_share_pct")
        _tab_to(page, "中文")
        page.keyboard.press("Enter")
        page.wait_for_url("**/zh/facts/global_market_share_pct")
        assert page.locator("h1").inner_text() == "全球市场占有率"
        assert unwanted == []


def _tab_to(page: Page, words: str) -> None:
    """Go with the keyboard to what has these words."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == words:
            return
    pytest.fail(f"{words} is not reached")


def test_the_documentation_works_without_the_internet(pages: Pages) -> None:
    """Under its own policy: it shows what can be asked."""
    with pages.opened() as (page, unwanted):
        page.goto("/docs")
        page.get_by_text("/v1/assessments", exact=True).wait_for()
        assert unwanted == []
