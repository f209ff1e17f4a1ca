"""Start here: eight steps that lead to what there is on this node, and say how it is made where there is none."""

import asyncio
import functools
import re
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from at_desk import CHROMIUM, FLAGS, sitting
from lxml import html
from playwright.sync_api import Browser, Page, sync_playwright
from served import PASSWORD, Served, copy_of

from accessible import serious_findings
from dragoman.desk import copy, coverage, exhibitions, projects, relations, translations
from dragoman.desk.floor import running
from dragoman.model.event import Event
from dragoman.model.exhibition import Exhibition
from dragoman.model.project import Project
from dragoman.model.relation import Meeting
from dragoman.reports.definition import Definition
from dragoman.store.connect import borrowed
from dragoman.text.segments import Written
from dragoman.web.start.steps import STEPS
from dragoman.web.words import LANGUAGES, words

needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
FORUM = "LNA:harbour-forum"


def played(story: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """The story as a test, in an event loop of its own."""

    @functools.wraps(story)
    def test(**fixtures: Any) -> None:
        asyncio.run(story(**fixtures))

    return test


def steps_in(page: str) -> list[tuple[str, list[str]]]:
    """Each step's heading and the addresses it leads to."""
    found = html.fromstring(page).xpath("//ol[@class='steps']/li")
    return [("".join(one.xpath("./h2//text()")), [str(href) for href in one.xpath(".//a/@href")]) for one in found]


def furnished(node: Served) -> dict[str, str]:
    """One of everything; where each step should lead."""
    now, site = datetime.now(UTC), node.site
    wrong = node.file(copy_of("solar", "en", "420 megawatts", "The plant gives 420 megawatts."))
    stopped = node.file(copy_of("sturgeon", "en", "Sturgeon released", "It never happened."))
    source = node.file(copy_of("loom", "fr", "Un métier reprend", "Il était dans dix-neuf caisses."), "QMR")
    with borrowed(site.newsroom) as conn:
        mended = copy.Changes(headline="240 megawatts")
        copy.correct(conn, str(wrong), mended, "Two digits were transposed.", by="Eldar Editor", now=now)
        for head in ("Hanna Head", "Hugo Head"):
            copy.kill(conn, str(stopped), "It never happened.", by=head, now=now)
        projects.found(conn, site.keyring, "harbour-forum", Project(title="Harbour forum"), by="Pia", now=now)
        event = Event(titles={"en": "Round table", "ar": "مائدة مستديرة"}, kind="round table", starts=now)
        projects.put(conn, site.keyring, FORUM, "table", event, by="Pia", now=now)
        desk = running.Desk(conn=conn, keyring=site.keyring, project=FORUM, id="table", by="Pia", now=now)
        running.open_floor(desk, running.Settings())
        running.go(desk, "live")
        show = exhibitions.make(conn, site.keyring, FORUM, Exhibition(titles={"en": "Ten boats"}), by="Pia", now=now)
        report = coverage.make(
            conn, Definition(title="The harbour at fifty", query="harbour", since=now - timedelta(days=1), until=now), by="Pia"
        )  # fmt: skip
        relations.keep(conn, Meeting(agencies=("QMR",), subject="Dates", starts=now), by="Pia", now=now)
        begun = translations.start(conn, source, "en", "Eldar Editor", now)
        written = [Written(id=one.id, target="Ours.", seen=one.stamp) for one in begun.segments]
        translations.save(conn, source, "en", written, by="Eldar Editor", now=now)
    return {
        "wire": "/wire",
        "stopped": f"/item/{wrong} /item/{stopped}",
        "project": f"/project/{FORUM}",
        "floor": f"/floor/{FORUM}/table",
        "exhibition": f"/exhibition/{FORUM}/{show.id}/preview /exhibition/{FORUM}/{show.id}",
        "translation": f"/translate/{source}/en",
        "report": f"/report/coverage/{report.id}",
        "brief": "/partner/QMR/brief",
    }


@played
async def test_where_there_is_nothing_yet_each_step_says_how_it_is_made(node: Served) -> None:
    async with sitting(node, "Rana Reader") as desk:
        page = await desk.page("/start")
    found = steps_in(page)
    assert len(found) == len(STEPS) == 8
    assert [links for _, links in found[:7]] == [[]] * 7
    assert found[7][1] == ["/partner/QMR/brief"]  # two partners stand in the list, and neither has been met
    for name in list(STEPS)[:7]:
        assert html.fromstring(page).xpath("string(//ol)").count(words("en")(f"start.{name}_none")) == 1


@played
async def test_each_step_leads_to_the_real_thing(node: Served) -> None:
    wanted = furnished(node)
    async with sitting(node, "Rana Reader") as desk:
        found = steps_in(await desk.page("/start"))
        assert {name: " ".join(links) for name, (_, links) in zip(STEPS, found, strict=True)} == wanted
        for path in " ".join(wanted.values()).split():
            await desk.page(path)


@played
async def test_a_floor_that_is_live_comes_before_one_that_is_newer(node: Served) -> None:
    wanted, now = furnished(node), datetime.now(UTC)
    with borrowed(node.site.newsroom) as conn:
        later = Event(titles={"en": "Another table"}, starts=now + timedelta(days=3))
        projects.put(conn, node.site.keyring, FORUM, "another", later, by="Pia", now=now)
        desk = running.Desk(conn=conn, keyring=node.site.keyring, project=FORUM, id="another", by="Pia", now=now)
        running.open_floor(desk, running.Settings())
    async with sitting(node, "Rana Reader") as someone:
        found = dict(zip(STEPS, steps_in(await someone.page("/start")), strict=True))
    assert found["floor"][1] == [wanted["floor"]]


@played
async def test_it_speaks_all_eight_languages(node: Served) -> None:
    furnished(node)
    async with sitting(node, "Rana Reader") as desk:
        for language in LANGUAGES:
            await desk.send("/language", language=language, next="/start")
            page = await desk.page("/start")
            assert [title for title, _ in steps_in(page)] == [words(language)(f"start.{name}") for name in STEPS]
            assert f'lang="{language}"' in page
            assert not re.search(r"\{\w*\}", html.fromstring(page).xpath("string(//main)"))


@played
async def test_a_title_stands_in_the_readers_language_where_there_is_one(node: Served) -> None:
    furnished(node)
    async with sitting(node, "Rana Reader") as desk:
        await desk.send("/language", language="ar", next="/start")
        page = await desk.page("/start")
    assert '<bdi lang="ar" dir="rtl">مائدة مستديرة</bdi>' in page


@played
async def test_who_has_not_logged_in_comes_back_here_afterwards(node: Served) -> None:
    async with sitting(node) as desk:
        assert 'name="next" value="/start"' in await desk.page("/start")


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
    page.goto(f"{node.url}/login?next=/wire")
    page.get_by_label("Name").fill("Rana Reader")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


@needs_browser
def test_it_is_found_in_the_menu_and_walked_by_keyboard_on_a_telephone_and_from_right_to_left(
    tab: Page, node: Served
) -> None:
    wanted = furnished(node)
    tab.locator(".me summary").click()
    tab.get_by_role("link", name="Start here").click()
    tab.wait_for_url("**/start")
    assert serious_findings(tab) == []
    tab.locator(".steps a").first.focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{wanted['stopped'].split()[0]}")
    tab.goto(f"{node.url}/start")
    tab.locator(".me summary").click()
    tab.select_option("#language", "ar")
    tab.get_by_role("button", name="Choose").click()
    tab.wait_for_url("**/start")
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious_findings(tab) == []
