"""An exhibition in a real browser: a node with one hung on it, people logged in once, tabs that may complain of nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from at_desk import CHROMIUM, FLAGS
from hung import Hung, hung
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from served import PASSWORD, Served, serving

from database import Addresses, drop_database, fresh_database
from dragoman.store.db.cluster import Cluster


@pytest.fixture(scope="module")
def node(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    fresh: Addresses = fresh_database(cluster)
    with serving(fresh, tmp_path_factory.mktemp("node")) as served:
        yield served
    drop_database(cluster, fresh.name)


@pytest.fixture(scope="module")
def made(node: Served) -> Hung:
    return hung(node, published=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def cookies(browser: Browser, node: Served) -> list[Any]:
    """Those of Ada Admin, logged in once."""
    context = browser.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{node.url}/login?next=/exhibitions")
    page.get_by_label("Name").fill("Ada Admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Exhibitions")
    found = context.cookies()
    context.close()
    return found


class Tab:
    """A page, and what it complained of."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url, self.complaints = context, url, list[str]()
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.url, "data:")):
            self.complaints.append(url)

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        return self.page


@pytest.fixture
def tabs(browser: Browser, node: Served, cookies: list[Any]) -> Iterator[Any]:
    """Open tabs with the sizes and languages asked for; whatever one complains of fails the test."""
    opened: list[Tab] = []

    def open_tab(*, logged_in: bool = True, language: str = "en", width: int = 1280, **more: Any) -> Tab:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language, **more)
        if logged_in:
            context.add_cookies(cookies)
        opened.append(Tab(context, node.url))
        return opened[-1]

    yield open_tab
    for tab in opened:
        tab.context.close()
        assert tab.complaints == []
