"""The pages in a real browser: what is new waits in its bar, a kill acts at once, keys work, nothing is said on the console."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from at_desk import CHROMIUM, FLAGS
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import PASSWORD, Served, copy_of

from dragoman.desk import copy
from dragoman.store.connect import borrowed

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def tab(browser: Browser, node: Served) -> Iterator[Page]:
    """A tab on the wire, Ada Admin logged in. Whatever the console or the policy complains of fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(node.url) else complaints.append(asked.url))
    log_in(page, node)
    yield page
    context.close()
    assert complaints == []


def log_in(page: Page, node: Served) -> None:
    page.goto(f"{node.url}/login")
    page.get_by_label("Name").fill("Ada Admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("html[data-live=on]")).to_be_attached()


def reload(page: Page) -> None:
    page.reload()
    expect(page.locator("html[data-live=on]")).to_be_attached()


def kill(node: Served, number: int) -> None:
    with borrowed(node.site.newsroom) as conn:
        now = datetime.now(UTC)
        copy.kill(conn, str(number), "It never happened", by="Hanna Head", now=now)
        copy.kill(conn, str(number), "It never happened", by="Hugo Head", now=now)
        copy.wake(conn)


def test_what_is_new_waits_in_the_bar_until_it_is_asked_for(tab: Page, node: Served) -> None:
    node.file(copy_of("a", "az", "Çay yığımı başladı", "Çay."))
    reload(tab)
    expect(tab.locator(".row")).to_have_count(1)
    node.file(copy_of("b", "zh", "幼海龟返回大海", "海龟。"), "QMR")
    node.file(copy_of("c", "ru", "Паром сел на мель", "Паром.", urgency=1))
    bar = tab.locator("[data-new]")
    expect(bar).to_contain_text("2 new, 1 urgent")
    expect(tab.locator(".row")).to_have_count(1)
    tab.keyboard.press(".")
    expect(tab.locator(".row")).to_have_count(3)
    expect(bar).to_be_hidden()
    expect(tab.locator(".row").first).to_contain_text("Паром сел на мель")


def test_a_kill_takes_the_text_from_the_list_and_from_what_is_being_read(tab: Page, node: Served) -> None:
    number = node.file(copy_of("sturgeon", "en", "Hatchery counts a million", "A million young sturgeon."))
    reload(tab)
    tab.get_by_role("link", name="Hatchery counts a million").click()
    expect(tab.locator("[data-view]")).to_contain_text("A million young sturgeon.")
    kill(node, number)
    expect(tab.locator("[data-view]")).to_contain_text("Killed. Do not use.")
    expect(tab.locator("[data-view]")).not_to_contain_text("million")
    expect(tab.locator(".row")).to_contain_text("KILLED")
    expect(tab.locator(".row")).not_to_contain_text("million")


@pytest.mark.parametrize("part", ["", "/versions", "/deliveries"])
def test_a_kill_takes_the_text_from_every_open_page_of_the_item(tab: Page, node: Served, part: str) -> None:
    number = node.file(copy_of("sturgeon", "en", "Hatchery counts a million", "A million young sturgeon."))
    tab.goto(f"{node.url}/item/{number}{part}")
    expect(tab.locator("html[data-live=on]")).to_be_attached()
    expect(tab.locator("h1")).to_contain_text("million")
    kill(node, number)
    expect(tab.locator("h1")).to_contain_text("Text removed")
    assert "million" not in tab.content()


def test_markup_from_outside_stays_text(tab: Page, node: Served) -> None:
    hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    node.file(copy_of("x", "en", hostile, hostile, urgency=1))
    expect(tab.locator("[data-new]")).to_contain_text("1 new")
    tab.keyboard.press(".")
    expect(tab.locator(".row")).to_contain_text("<img src=x")
    tab.locator("[data-open]").click()
    expect(tab.locator("[data-view] h1")).to_contain_text("<script>")
    assert "owned" not in tab.title()
    assert tab.locator("[data-view] img").count() == 0


def test_the_keyboard_walks_the_wire_opens_searches_and_explains_itself(tab: Page, node: Served) -> None:
    for number in range(4):
        node.file(copy_of(f"n{number}", "en", f"Story {number}", f"Text {number}."))
    reload(tab)
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    tab.keyboard.press("o")
    expect(tab.locator("[data-view] h1")).to_have_text("Story 2")
    assert "item=" in tab.url
    tab.keyboard.press("?")
    expect(tab.locator("dialog#keys")).to_be_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("/")
    expect(tab.locator("#q")).to_be_focused()
    tab.keyboard.type("jk.")
    expect(tab.locator("#q")).to_have_value("jk.")
    tab.locator("body").click(position={"x": 700, "y": 880})
    tab.keyboard.press("g")
    tab.keyboard.press("p")
    tab.wait_for_url("**/partners")


def test_an_embargo_lifts_while_one_watches(tab: Page, node: Served) -> None:
    lifts = datetime.now(UTC) + timedelta(seconds=3)
    node.file(copy_of("planes", "fr", "Le sommeil des passagers", "Une étude.", embargoed_until=lifts))
    reload(tab)
    expect(tab.locator(".row")).to_contain_text("EMBARGO until")
    expect(tab.locator(".row")).not_to_contain_text("EMBARGO", timeout=8000)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_no_page_is_wider_than_the_screen(tab: Page, node: Served, language: str) -> None:
    number = node.file(copy_of("incense", "ar", "موسم اللبان يبدأ مبكراً في جبال الساحل", "بدأ الموسم."), "QMR")
    with borrowed(node.site.newsroom) as conn:
        conn.execute("update person set language = %s", (language,))
    paths = (f"/wire?item={number}", f"/item/{number}", "/partners", "/partner/VAL", "/operations", "/node")
    for path in ("/wire", "/partner/VAL/propose", *paths):
        tab.goto(node.url + path)
        for width in (320, 390, 1280, 1920):
            tab.set_viewport_size({"width": width, "height": 900})
            wider = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, (path, width, wider)


def test_the_wire_is_read_and_searched_without_scripts(browser: Browser, node: Served) -> None:
    node.file(copy_of("port", "fr", "Le vieux phare rallumé", "Le phare de Port-Adèle."), "VAL")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}, locale="en")
    page = context.new_page()
    page.goto(f"{node.url}/login")
    page.get_by_label("Name").fill("Rana Reader")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Le vieux phare rallumé").click()
    expect(page.locator(".copy")).to_contain_text("Port-Adèle")
    page.get_by_role("link", name="Back to the wire").click()
    expect(page.locator(".row")).to_have_count(1)
    page.locator("#q").fill("language:de")
    page.locator("#q").press("Enter")
    expect(page.locator(".empty").first).to_contain_text("Nothing answers this query")
    context.close()
