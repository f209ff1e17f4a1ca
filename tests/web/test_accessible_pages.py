"""The pages of the wire, the partners and the node, in both directions: axe has nothing serious to say of any."""

import pytest
from at_desk import CHROMIUM, FLAGS
from playwright.sync_api import sync_playwright
from served import PASSWORD, Served, copy_of

from accessible import serious_findings

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
PATHS = (
    "/wire",
    "/stories",
    "/partners",
    "/partner/VAL",
    "/partner/VAL/propose",
    "/node",
    "/operations",
    "/audit",
    "/start",
    "/vocabularies",
)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_newsrooms_own_pages_bar_nobody(node: Served, language: str) -> None:
    number = node.file(copy_of("harbour", "en", "The harbour opens on Monday", "Boats came in before dawn."))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page = browser.new_page(locale=language)
        page.goto(f"{node.url}/login")
        assert serious_findings(page) == []
        page.locator("[name=name]").fill("Ada Admin")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button").click()
        token = page.locator("input[name=csrf]").first.get_attribute("value") or ""
        page.request.post(f"{node.url}/language", form={"csrf": token, "language": language, "next": "/wire"})
        tabs = (f"/item/{number}{tab}" for tab in ("", "/versions", "/pickups", "/formats"))
        for path in (*PATHS, *tabs):
            page.goto(node.url + path)
            assert (path, serious_findings(page)) == (path, [])
        browser.close()
