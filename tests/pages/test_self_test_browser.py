"""The self-test in a browser: live beside the form, by pinyin, with slow answers, and wholly without scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.pages.test_browser import Pages, looked_at, pages, pytestmark, sides  # noqa: F401 a fixture, and a mark of all

FIRM = Path(__file__).parents[2] / "fixtures" / "made_up" / "little-giant-2026-just-fails.json"
ADDRESS = "/zh/self-test/little_giant?as_of=2026-06-01"


def _asked(page: Page) -> list[str]:
    """Keep what the page asks for live."""
    found: list[str] = []
    page.on("request", lambda one: found.append(one.post_data or "") if one.method == "POST" else None)
    return found


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "dark"), pytest.param("en", "light", marks=pytest.mark.long)])
def test_form_result_and_problems_are_sound(pages: Pages, lang: str, scheme: Any) -> None:  # noqa: F811
    """Empty, with the result of a firm from a file, with problems, and to be printed."""
    with pages.opened(color_scheme=scheme) as (page, unwanted):
        page.goto(ADDRESS.replace("zh", lang))
        assert looked_at(page) == []
        page.set_input_files("#file", FIRM)
        page.locator("form:has(#file) button").click()
        page.locator(".verdict.not_qualified").wait_for()
        assert looked_at(page) == []
        page.fill("#revenue_y0", "约2亿")
        page.locator(".result .problems").wait_for()
        assert looked_at(page) == []
        page.locator(".do button").first.click()
        page.locator("main > .problems a").first.click()
        assert page.evaluate("document.activeElement.id || location.hash") in {"revenue_y0", "#revenue_y0"}
        page.fill("#revenue_y0", "2.1亿")
        page.locator(".do button").nth(1).click()
        page.locator("main > .verdict").wait_for()
        assert looked_at(page) == []
        assert sides(page) == []
        assert unwanted == []


def test_the_result_is_live(pages: Pages) -> None:  # noqa: F811
    """A figure is read beside its field and the verdict follows, while the field keeps what is being typed."""
    with pages.opened() as (page, unwanted):
        page.goto(ADDRESS)
        asked = _asked(page)
        page.locator("#revenue_y0").press_sequentially("4900", delay=20)
        page.locator("#result .criterion.not_met").wait_for()
        assert page.locator("#revenue_y0-read").inner_text() == "读作 4,900 万元"
        assert (len(asked), page.evaluate("document.activeElement.id")) == (1, "revenue_y0")
        page.locator("#revenue_y0").press_sequentially("x")
        page.locator("#revenue_y0-read.wrong").wait_for()
        assert page.locator("#revenue_y0").get_attribute("aria-invalid") == "true"
        assert page.locator("#status").inner_text() == "有 1 处要改，改好才能判定"
        assert unwanted == []


def test_a_word_typed_by_pinyin_is_asked_once(pages: Pages) -> None:  # noqa: F811
    """When it is chosen, not while its letters are typed."""
    with pages.opened() as (page, _):
        page.goto(ADDRESS)
        asked = _asked(page)
        page.focus("#firm_name")
        keyboard = page.context.new_cdp_session(page)
        for letters in ("s", "su", "suz", "suzhou"):
            keyboard.send("Input.imeSetComposition", {"text": letters, "selectionStart": 1, "selectionEnd": 1})
            page.wait_for_timeout(350)
        assert asked == []
        keyboard.send("Input.insertText", {"text": "苏州"})
        page.locator("#result strong", has_text="苏州").wait_for()
        assert len(asked) == 1


def test_an_older_answer_never_stands_over_a_newer(pages: Pages) -> None:  # noqa: F811
    """Though it arrives later."""
    with pages.opened() as (page, _):
        page.goto(ADDRESS)
        held: list[Route] = []

        def answer(route: Route) -> None:
            held.append(route) if "revenue_y0=4900" in (route.request.post_data or "") else route.continue_()

        page.route("**/self-test/little_giant", answer)
        page.fill("#revenue_y0", "4900")
        page.wait_for_timeout(500)
        page.fill("#revenue_y0", "6100")
        page.locator("#revenue_y0-read", has_text="6,100").wait_for()
        [late] = held
        late.continue_()
        page.wait_for_timeout(500)
        assert page.locator("#revenue_y0-read").inner_text() == "读作 6,100 万元"


def test_everything_without_scripts(pages: Pages) -> None:  # noqa: F811
    """From the start page by keyboard to a verdict, what is still asked, a figure that is tried, and a saved file."""
    with pages.opened(java_script_enabled=False, locale="en") as (page, unwanted):
        page.goto("/en/self-test?as_of=2026-06-01")
        page.locator("[value=little_giant]").press("Space")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/self-test/little_giant?**")
        assert page.locator("[name=application_type][value=new]").is_checked()
        page.fill("#revenue_y0", "49 million")
        page.keyboard.press("Enter")
        page.locator(".criterion.not_met").first.wait_for()
        assert page.locator("#revenue_y0-read").inner_text() == "Read as CNY 49 million"
        page.locator(".hint button").first.press("Enter")
        page.locator(".trial").wait_for()
        assert page.locator("#revenue_y0").input_value() == "49 million"
        page.locator("[name=untry]").press("Enter")
        page.locator("[name=rest]").press("Enter")
        page.locator("button[name=all]").wait_for()
        assert page.locator("#revenue_y0").count() == page.locator("#revenue_y0[type=hidden]").count()
        page.get_by_role("button", name="中文").press("Enter")
        page.wait_for_url("**/zh/self-test/little_giant")
        with page.expect_download() as saved:
            page.locator("[name=json]").press("Enter")
        assert json.loads(Path(saved.value.path()).read_bytes()) == {
            "application_type": "new",
            "revenue_y0": "49 million",
        }
        assert unwanted == []
