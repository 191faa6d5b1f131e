"""A list in a browser, without scripts: from the start page to the reasons of a row, and a column read as chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.pages.test_browser import Pages, looked_at, pages, pytestmark, sides  # noqa: F401 a fixture, and a mark of all

CANDIDATES = Path(__file__).parents[2] / "fixtures" / "candidates.csv"


def _is_sound(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert looked_at(page) == []
    assert sides(page) == []


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "dark"), pytest.param("en", "light", marks=pytest.mark.long)])
def test_a_list_is_sound_at_every_step(pages: Pages, lang: str, scheme: Any, tmp_path: Path) -> None:  # noqa: F811
    """Sent, shown, found, opened, its column chosen; and where its columns contradict one another."""
    with pages.opened(color_scheme=scheme) as (page, unwanted):
        page.goto(f"/{lang}/")
        page.locator(".doors a[href$='/lists']").click()
        _is_sound(page)
        page.select_option("#title", "little_giant")
        page.fill("#as_of", "2026-06-01")
        page.set_input_files("#file", CANDIDATES)
        page.locator("form:has(#file) button").click()
        page.locator("#rows").wait_for()
        _is_sound(page)
        page.select_option("select[name=fact]", "product_domain")
        page.locator("form[action$='/columns'] button").click()
        page.select_option("#criterion", "base-2-sme")
        page.check("[name=one_short]")
        page.locator("form:has(#criterion) button").click()
        assert page.locator("tbody th a[href*='/rows/']").count() == 6
        page.locator("tbody th a[href*='/rows/']").first.click()
        page.locator(".verdict.not_qualified").wait_for()
        _is_sound(page)
        assert unwanted == []
        twice = tmp_path / "twice.csv"
        twice.write_text("企业名称,营业收入,上年度营业收入\n甲,1,2\n", "utf-8")
        page.goto(f"/{lang}/lists")
        page.set_input_files("#file", twice)
        page.locator("form:has(#file) button").click()
        page.locator(".problems").wait_for()
        _is_sound(page)


def test_a_list_without_scripts(pages: Pages) -> None:  # noqa: F811
    """To the reasons of a row, back, to the other language, and deleted."""
    with pages.opened(java_script_enabled=False, locale="en") as (page, unwanted):
        page.goto("/en/lists")
        page.fill("#as_of", "2026-06-01")
        page.set_input_files("#file", CANDIDATES)
        page.locator("form:has(#file) button").click()
        page.locator("tbody th a[href*='/rows/']").first.click()
        page.locator(".switch").click()
        page.locator("main a[href*='/zh/lists/']").first.click()
        page.locator("form[action$='/delete'] button").click()
        page.wait_for_url("**/zh/lists")
        assert unwanted == []
