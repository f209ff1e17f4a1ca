"""Relations in a real browser: a visit is prepared by keyboard alone; every page fits the screen and bars nobody."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from at_desk import CHROMIUM, FLAGS
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import PASSWORD, Served

from dragoman.desk import relations as desk
from dragoman.model.relation import Action, Attendance, Institution, Meeting, Office, Person
from dragoman.store import relations
from dragoman.store.connect import borrowed

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
PATHS = (
    "/relations",
    "/relation/QMR",
    "/relation/meeting/1",
    "/relation/QMR/add/meeting",
    "/relation/QMR/add/document",
    "/relation/change/office/1",
    "/partner/QMR/brief?language=zh",
    "/partner/QMR/brief?language=ar",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def tab(browser: Browser, node: Served) -> Iterator[Page]:
    """Pia Partner at a page without scripts; whatever the console complains of fails the test."""
    fill(node)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en", bypass_csp=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(f"{node.url}/login")
    page.get_by_label("Name").fill("Pia Partner")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()
    assert complaints == []


def fill(node: Served) -> None:
    now = datetime.now(UTC)
    with borrowed(node.site.newsroom) as conn:

        def keep(one: object) -> int:
            return desk.keep(conn, one, by="Pia Partner", now=now).id  # type: ignore[type-var]

        names = {"ar": "وكالة قمر", "zh": "卡玛尔通讯社"}
        keep(Institution(agency="QMR", names=names, founded="1971", place="Port Qamar", website="https://q.example"))
        person = keep(Person(name="Noor Sahil", names={"ar": "نور ساحل"}, languages=("ar", "en")))
        keep(Office(person=person, agency="QMR", title="Director", since="2021-03", until="2031"))
        there = (Attendance(agency="QMR", name="Noor Sahil"), Attendance(agency="LNA", name="Sona Aliyeva"))
        met = keep(
            Meeting(agencies=("QMR",), subject="Talks on pictures", starts=now, attended=there, note="Long talk.")
        )
        keep(Action(agency="QMR", meeting=met, what="Draft the terms", who="Sona Aliyeva", due=date(2026, 1, 5)))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_relations_bars_anybody_or_is_wider_than_the_screen(tab: Page, node: Served, language: str) -> None:
    with borrowed(node.site.newsroom) as conn:
        conn.execute("update person set language = %s", (language,))
    for path in PATHS:
        tab.goto(node.url + path)
        for width in (320, 390, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            wider = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, (path, width, wider)
        found = Axe().run(tab).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [], path


def test_a_visit_is_prepared_by_keyboard_alone(tab: Page, node: Served) -> None:
    tab.goto(f"{node.url}/relations")
    tab.get_by_role("link", name="Qamar Wire").last.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/relation/QMR")
    tab.get_by_label("Partner brief in").focus()
    tab.keyboard.type("fran")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/partner/QMR/brief?language=fr")
    sheet = tab.locator("article.brief")
    expect(sheet).to_contain_text("Noor Sahil")
    expect(sheet).to_contain_text("en retard")
    tab.emulate_media(media="print")
    expect(tab.locator(".mast")).to_be_hidden()
    expect(tab.locator(".brief-choice")).to_be_hidden()


def test_an_action_is_closed_by_keyboard_alone(tab: Page, node: Served) -> None:
    tab.goto(f"{node.url}/relation/meeting/1")
    tab.locator("summary", has_text="Close").focus()
    tab.keyboard.press("Enter")
    tab.get_by_label("In a few words").focus()
    tab.keyboard.type("Signed")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator("#action-1")).to_contain_text("done")
    with borrowed(node.site.newsroom) as conn:
        assert relations.record(conn, Action, 1).outcome == "Signed"
