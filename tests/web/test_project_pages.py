"""A joint project in a browser and over the API: founded, filled, read in its log."""

from collections.abc import Iterator

import pytest
from at_desk import CHROMIUM, FLAGS
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import PASSWORD, Served, copy_of

from accessible import serious_findings

needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def tab(browser: Browser, node: Served) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    page = context.new_page()
    page.goto(f"{node.url}/login?next=/projects")
    page.get_by_label("Name").fill("Ada Admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def founded(tab: Page) -> None:
    tab.get_by_role("textbox", name="Title", exact=True).fill("Harbour forum")
    tab.get_by_role("textbox", name="Short name").fill("harbour-forum")
    tab.get_by_label("What it is for").fill("One round table, ten pictures, eight languages.")
    tab.get_by_role("button", name="Found a joint project").click()
    expect(tab.get_by_role("heading", name="Harbour forum")).to_be_visible()


@needs_browser
def test_a_project_is_founded_and_filled_on_its_page(tab: Page, node: Served) -> None:
    number = node.file(copy_of("harbour", "en", "The harbour opens on Monday"))
    founded(tab)
    tab.get_by_text("Add a task").first.click()
    tab.get_by_role("textbox", name="Task", exact=True).fill("Book the hall")
    tab.get_by_role("button", name="Add a task").click()
    expect(tab.get_by_role("row", name="Book the hall")).to_be_visible()
    tab.get_by_label("State: Book the hall").select_option("done")
    tab.get_by_role("button", name="Set").click()
    expect(tab.get_by_label("State: Book the hall")).to_have_value("done")
    tab.get_by_text("Put an item in").first.click()
    tab.get_by_label("Number or id of the item").fill(str(number))
    tab.get_by_role("button", name="Put an item in").click()
    expect(tab.get_by_role("link", name="The harbour opens on Monday")).to_be_visible()
    tab.get_by_text("Add files").first.click()
    tab.locator("#files-chosen").set_input_files(
        {"name": "programme.txt", "mimeType": "text/plain", "buffer": b"Ten o'clock: the round table."}
    )
    tab.get_by_role("button", name="Add files").click()
    with tab.expect_download() as begun:
        tab.get_by_role("link", name="programme.txt").click()
    assert begun.value.path().read_bytes() == b"Ten o'clock: the round table."
    tab.get_by_label("Write to the members").fill("The hall is booked.")
    tab.get_by_role("button", name="Write", exact=True).click()
    expect(tab.get_by_text("The hall is booked.")).to_be_visible()
    tab.get_by_role("link", name="The whole log").click()
    expect(tab.get_by_role("row")).to_have_count(1 + 7)


@needs_browser
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_project_pages_are_accessible_in_both_directions(tab: Page, node: Served, language: str) -> None:
    founded(tab)
    token = tab.locator("input[name=csrf]").first.get_attribute("value")
    tab.request.post(f"{node.url}/language", form={"csrf": token or "", "language": language, "next": "/projects"})
    for path in ("/projects", "/project/LNA:harbour-forum", "/project/LNA:harbour-forum/log"):
        tab.goto(node.url + path)
        assert serious_findings(tab) == []
