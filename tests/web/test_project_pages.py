"""A joint project in a browser and over the API: founded, filled, read in its log."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from at_desk import CHROMIUM, FLAGS
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import PASSWORD, Served, copy_of

from accessible import serious_findings
from dragoman.desk import projects
from dragoman.model.project import Document, Note, Project, ProjectItem, ProjectTerms, Record, Task
from dragoman.store.connect import borrowed
from dragoman.store.projects import record

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


@needs_browser
def test_terms_that_were_changed_are_accepted_again_on_the_page(tab: Page, node: Served) -> None:
    founded(tab)
    with borrowed(node.site.newsroom) as conn:
        held = record(conn, Project, "LNA:harbour-forum", "project").record
        changed = msgspec.structs.replace(held, terms=ProjectTerms(use="internal"))
        projects.put(conn, node.site.keyring, "LNA:harbour-forum", "project", changed, by="Ada", now=datetime.now(UTC))
    tab.reload()
    expect(tab.get_by_text("nothing new passes between the members and us")).to_be_visible()
    assert serious_findings(tab) == []
    tab.get_by_role("button", name="Accept the new terms").click()
    expect(tab.get_by_role("heading", name="Harbour forum")).to_be_visible()
    expect(tab.get_by_role("button", name="Accept the new terms")).to_have_count(0)
    expect(tab.get_by_text("joined under earlier terms")).to_have_count(0)


STRANGE = ("<script>alert(1)</script>", 'en" onload="x', "zz--", "", "x" * 300, "\u202eevil", "a\nb", "%s{agency}{")


def strange(text: str) -> list[Record]:
    """Records that the rules let pass, `text` wherever there is room for it."""
    last = datetime(2200, 12, 31, 23, 59, tzinfo=UTC)
    terms = ProjectTerms(credit={text: text}, valid_until=last)
    return [
        Project(title=text, titles={text: text}, brief=text, languages=(text, "en"), terms=terms),
        Task(title=text, note=text, agency=text, person=text, due=last, about=text),
        Task(title=text, due=datetime(1583, 1, 1, tzinfo=UTC) + timedelta(minutes=1)),
        ProjectItem(origin=text, uri=text, headline=text, language=text, note=text),
        Document(title=text, digest="0" * 64, media_type=text, size=2**53 - 1, language=text, about=text),
        Note(text=text, language=text, about=text),
    ]


@needs_browser
def test_whatever_a_member_writes_the_page_opens(tab: Page, node: Served) -> None:
    keyring, now = node.site.keyring, datetime.now(UTC)
    with borrowed(node.site.newsroom) as conn:
        for number, text in enumerate(STRANGE):
            id = projects.found(conn, keyring, f"forum-{number}", Project(title="Forum"), by=text, now=now)
            for place, one in enumerate(strange(text)):
                name = f"r{place}" if place else "project"
                projects.put(conn, keyring, id, name, one, by=text, now=now)
    pages = [f"/project/LNA:forum-{number}{rest}" for number in range(len(STRANGE)) for rest in ("", "/log")]
    for path in ("/projects", *pages):
        answer = tab.goto(node.url + path)
        assert answer is not None
        assert answer.status == 200, path
        assert tab.evaluate("document.querySelectorAll('main script, [onload]').length") == 0
