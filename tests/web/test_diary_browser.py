"""The diary in a real browser: keys, two scripts, a phone, paper; nothing serious for those who do not see or have no mouse."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from at_desk import CHROMIUM, FLAGS
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright
from served import PASSWORD, Served, serving

from database import Addresses, drop_database, fresh_database
from dragoman.desk import event_coverage, events
from dragoman.model.event import Coverage, Event, Participant, Venue
from dragoman.store.connect import borrowed
from dragoman.store.db.cluster import Cluster

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
MONDAY = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def address(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A node with a week of events, and the path of one of them."""
    fresh: Addresses = fresh_database(cluster)
    with serving(fresh, Path(tmp_path_factory.mktemp("node"))) as node:
        yield node, _week(node)
    drop_database(cluster, fresh.name)


def _week(node: Served) -> str:
    now, keyring = datetime.now(UTC), node.site.keyring
    with borrowed(node.site.newsroom) as conn:

        def plan(title: str, day: int, hour: int, **more: object) -> str:
            starts = MONDAY + timedelta(days=day, hours=hour - 4)
            fields: dict[str, object] = {
                "titles": {"en": title},
                "starts": starts,
                "ends": starts + timedelta(hours=2),
                "zone": "Asia/Baku",
            }
            held = events.plan(conn, keyring, Event(**(fields | more)), by="Ada", now=now)  # type: ignore[arg-type]
            return f"/event/{held.project}/{held.id}"

        plan("Morning conference", 0, 8, rule="FREQ=DAILY;COUNT=5")
        plan("Visit to Paris", 2, 12, venue=Venue(name="Quai", city="Paris", zone="Europe/Paris"))
        plan("Regatta off", 3, 10, state="cancelled")
        both = {"en": "Harbour forum", "ar": "منتدى المرفأ", "zh": "港口论坛"}
        path = plan(
            "", 1, 10, titles=both, kind="forum", languages=("en", "ar", "zh"), summary={"en": "Two days of talks."}
        )
        project, id = path.split("/")[2:]
        events.take_part(
            conn, keyring, project, Participant(event=id, name="Ada Quay", role="speaker"), by="Ada", now=now
        )
        row = Coverage(event=id, agency="LNA", person="Leyla", due=MONDAY)
        event_coverage.cover(conn, keyring, project, row, by="Ada", now=now)
    return path


def opened(browser: Browser, node: Served, *, language: str = "en", width: int = 1280) -> Page:
    with borrowed(node.site.newsroom) as conn:
        conn.execute("update person set language = %s where name = 'Ada Admin'", (language,))
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="en").new_page()
    page.goto(f"{node.url}/login")
    page.get_by_label("Name").fill("Ada Admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/wire")
    return page


def test_a_week_is_read_and_left_by_keyboard_alone(browser: Browser, address: tuple[Served, str]) -> None:
    node, path = address
    page = opened(browser, node)
    page.goto(f"{node.url}/diary?day=2026-05-11")
    page.keyboard.press("[")
    expect(page.locator("h1")).to_contain_text("4")
    expect(page.locator(".entry")).to_have_count(8)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".entry a:focus")).to_have_count(1)
    page.get_by_role("link", name="Harbour forum").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
    page.goto(f"{node.url}/diary?day=2026-05-11")
    page.keyboard.press("t")
    expect(page.locator(".day.is-today")).to_have_count(1)
    page.context.close()


def test_a_time_does_not_turn_round_in_an_arabic_line(browser: Browser, address: tuple[Served, str]) -> None:
    node, _ = address
    page = opened(browser, node, language="ar")
    page.goto(f"{node.url}/diary?view=day&day=2026-05-05")
    ends = page.evaluate(
        """() => {
          const text = document.evaluate("//*[contains(@class,'there')]//text()[contains(., '12:00')]", document, null, 9).singleNodeValue;
          const at = (part) => { const range = document.createRange(); const from = text.data.indexOf(part);
            range.setStart(text, from); range.setEnd(text, from + 5); return range.getBoundingClientRect().left; };
          return [at("10:00"), at("12:00")];
        }"""
    )
    assert ends[0] < ends[1]
    expect(page.locator(".entry h3[lang=ar][dir=rtl]")).to_have_count(1)
    page.context.close()


WEEK, PAPER, FORM = "/diary?day=2026-05-04", "/diary/print?day=2026-05-04&inside=1", "/diary/new"


@pytest.mark.parametrize(
    ("language", "width", "pages"),
    [
        ("en", 1280, (WEEK, "", "/alerts?q=forum", "/diary/anniversaries")),
        ("ar", 1280, (WEEK, "", FORM)),
        ("zh", 390, (WEEK, "", FORM, PAPER, "/diary/calendars")),
    ],
)
def test_the_pages_are_whole_for_everybody(
    browser: Browser, address: tuple[Served, str], language: str, width: int, pages: tuple[str, ...]
) -> None:
    node, path = address
    page = opened(browser, node, language=language, width=width)
    for shown in (one or path for one in pages):
        page.goto(node.url + shown)
        serious = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
        assert serious == [], (shown, [(one["id"], one["nodes"][0]["html"]) for one in serious])
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, shown
    page.context.close()


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_the_agenda_prints_on_the_paper_that_was_asked_for(
    browser: Browser, address: tuple[Served, str], paper: str, width: int
) -> None:
    node, _ = address
    page = opened(browser, node)
    page.goto(f"{node.url}/diary/print?day=2026-05-04&paper={paper}")
    body = page.pdf(prefer_css_page_size=True)
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+)", body)
    assert found
    assert round(float(found[1])) == width
    page.emulate_media(media="print")
    expect(page.locator(".on-screen")).to_be_hidden()
    expect(page.locator(".page-head")).to_be_visible()
    assert "Leyla" not in page.content()
    page.context.close()
