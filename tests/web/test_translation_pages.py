"""The translation desk in a browser and without one: drafts kept, both texts of a clash, a second person, right in RTL."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import msgspec
import pytest
from at_desk import CHROMIUM, FLAGS, sitting
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from served import PASSWORD, Served, copy_of, serving
from test_report_api import calling

from database import drop_database, fresh_database
from dragoman.desk import copy
from dragoman.desk import translations as desk
from dragoman.model.agreement import Agreement, Terms
from dragoman.names import forms
from dragoman.store import agreements, items, names, people, translations
from dragoman.store.connect import borrowed
from dragoman.store.db.cluster import Cluster
from dragoman.text.segments import Written

LEAD = "The new harbour will open in July, the city council said on Monday."
SHIPS = "It has room for 40 ships and two ferries."
OURS = {
    "headline": "Le port ouvrira en juillet",
    "p1": "Le nouveau port ouvrira en juillet.",
    "p2": "Il accueille 40 navires et deux bacs.",
}


@pytest.fixture(scope="module")
def node(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = fresh_database(cluster)
    with serving(database, tmp_path_factory.mktemp("node")) as served:
        yield served
    drop_database(cluster, database.name)


@pytest.fixture
def harbour(node: Served, request: pytest.FixtureRequest) -> int:
    """An item of ours, named for the test."""
    return node.file(copy_of(f"harbour-{request.node.name}", "en", "Harbour to open in July", LEAD, SHIPS))


def begun(node: Served, item: int, language: str = "fr", by: str = "Eldar Editor", **targets: str) -> None:
    with borrowed(node.site.newsroom) as conn:
        now = datetime.now(UTC)
        work = desk.start(conn, item, language, by, now)
        stamps = {one.id: one.stamp for one in work.segments}
        written = [Written(id=name, target=text, seen=stamps[name]) for name, text in targets.items()]
        desk.save(conn, item, language, written, by=by, now=now)


def kept(node: Served, item: int, language: str = "fr") -> translations.Translation:
    with borrowed(node.site.newsroom) as conn:
        return translations.translation(conn, item, language)


def fields(html: str) -> dict[str, str]:
    """The stamps that the page's form sends back."""
    return dict(re.findall(r'name="(s\.\w+)" value="(\w+)"', html))


@pytest.fixture
def irma(node: Served, harbour: int) -> None:
    """The builder of the harbour stands in the names file, and in its newest version."""
    forms_of = {"en": ("Irma Brandt",), "fr": ("Irma Brandt",), "ar": ("إيرما برانت",), "zh": ("伊尔玛·勃兰特",)}
    entry = forms.Entry(id="irma-brandt", forms=forms_of)
    now = datetime.now(UTC)
    with borrowed(node.site.newsroom) as conn, conn.transaction():
        names.change(conn, "name added", entry.id, lambda file: forms.add(file, entry), by="Ada Admin", now=now)
        lead = "The harbour that Irma Brandt built will open in July, the city council of Baku said."
        copy.correct(conn, str(harbour), copy.Changes(text=lead), "the builder", by="Hanna Head", now=now)


# ---------------------------------------------------------------------------------------------- without scripts


def test_names_and_terms_stand_beside_the_paragraph_and_none_of_a_held_one(
    node: Served, harbour: int, irma: None
) -> None:
    begun(node, harbour, "zh")
    path = f"/translate/{harbour}/zh"

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            html = await desk.page(path)
            assert '<bdi data-insert lang="zh" dir="ltr">伊尔玛·勃兰特</bdi> <span class="soft by">names file' in html
            assert '<bdi data-insert lang="zh" dir="ltr">巴库</bdi> <span class="soft by">lexicon' in html

    async def shown(ask: Any) -> None:
        told = await ask("GET", f"/items/{harbour}/translations/zh")
        offered = [one for each in told["segments"] for one in each["suggestions"]]
        assert {"source": "Irma Brandt", "text": "伊尔玛·勃兰特", "by": "names"} in offered
        await ask("POST", f"/items/{harbour}/hold", reason="the council denies it")
        assert (await ask("GET", f"/items/{harbour}/translations/zh"))["segments"] == []

    async def held() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            html = await desk.page(path)
            assert "data-insert" not in html
            assert "伊尔玛" not in html

    asyncio.run(story())
    calling(node, "Hanna Head", shown)

    async def released(ask: Any) -> None:
        await ask("POST", f"/items/{harbour}/release", reason="it was true")  # the same words come again in other tests

    asyncio.run(held())
    calling(node, "Hanna Head", released)


def test_without_scripts_a_translation_is_begun_saved_made_ready_and_published_by_another(
    node: Served, harbour: int
) -> None:
    page = f"/translate/{harbour}/fr"

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert "Translation into French" not in await desk.page(f"/item/{harbour}")
            assert "Nobody has begun" in await desk.page(page)
            html = await desk.send(f"/translate/{harbour}/start", language="fr")
            assert html.count("<textarea") == 3
            sent = {f"t.{name}": text for name, text in OURS.items()}
            html = await desk.send(page + "/save", **fields(html), **(sent | {"t.p2": ""}))
            assert "no text yet" in html
            refused = await desk.send(page + "/ready", 400, **fields(html), **(sent | {"t.p2": " "}))
            assert "Something is missing" in refused
            html = await desk.send(page + "/ready", **fields(await desk.page(page)), **sent)
            assert "A second person reads it" in html
            assert "you have written it" in html
            await desk.send(page + "/publish", 403)
        async with sitting(node, "Hanna Head") as other:
            html = await other.send(page + "/publish")
            assert "Le port ouvrira en juillet" in html
            assert "Language versions" in html
            assert f'href="/item/{harbour}" hreflang="en" rel="alternate"' in html
            assert "published" in await other.page("/translate")

    asyncio.run(story())


def test_a_translation_is_sent_back_with_a_note(node: Served, harbour: int) -> None:
    begun(node, harbour, **OURS)
    page = f"/translate/{harbour}/fr"

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            await desk.send(page + "/ready")
        async with sitting(node, "Hanna Head") as desk:
            html = await desk.send(page + "/return", note="The ferries are <b>missing</b>.")
            assert "The ferries are &lt;b&gt;missing&lt;/b&gt;." in html
            await desk.send(page + "/return", 400, note="")

    asyncio.run(story())
    assert kept(node, harbour).state == "returned"


def test_two_texts_of_one_paragraph_are_both_on_the_page_and_saving_again_chooses(node: Served, harbour: int) -> None:
    begun(node, harbour)
    page = f"/translate/{harbour}/fr"

    async def story() -> None:
        async with sitting(node, "Hanna Head") as desk:
            shown = fields(await desk.page(page))
            begun(node, harbour, p1="Le texte d’Eldar.")
            html = await desk.send(page + "/save", **shown, **{"t.p1": "Le texte de Hanna.", "t.p2": "Le sien."})
            assert "Le texte d’Eldar." in html
            assert "Le texte de Hanna.</textarea>" in html
            assert [one.target for one in kept(node, harbour).segments] == ["", "Le texte d’Eldar.", "Le sien."]
            html = await desk.send(page + "/save", **fields(html), **{"t.p1": "Le texte de Hanna."})
            assert "data-clash" not in html
        assert kept(node, harbour).segments[1].target == "Le texte de Hanna."

    asyncio.run(story())


def test_what_the_original_changed_is_shown_beside_ours_and_accepted_by_a_tick(node: Served, harbour: int) -> None:
    begun(node, harbour, **OURS)
    again = copy_of(
        f"harbour-{_name(node, harbour)}", "en", "Harbour to open in July", LEAD.replace("Monday", "Sunday"), SHIPS
    )
    node.file(msgspec.structs.replace(again, version="2", version_created=datetime.now(UTC)))
    page = f"/translate/{harbour}/fr"

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert "original changed: 1 paragraph" in await desk.page(page)
            assert "original changed: 1 paragraph" in await desk.page("/translate?language=fr")
            html = await desk.send(page + "/update")
            assert "<del>Monday</del><ins>Sunday</ins>" in html
            html = await desk.send(page + "/save", **fields(html), **{"t.p1": OURS["p1"], "a.p1": "1"})
            assert "<del>" not in html

    asyncio.run(story())
    assert [one.target for one in kept(node, harbour).segments] == list(OURS.values())


def _name(node: Served, item: int) -> str:
    with borrowed(node.site.newsroom) as conn:
        return items.current(conn, item).item.uri.removeprefix("urn:example:harbour-")


def test_a_refusal_shows_the_clause_and_a_reader_may_read_but_not_write(
    node: Served, request: pytest.FixtureRequest
) -> None:
    with borrowed(node.site.newsroom) as conn, conn.transaction():
        since = datetime(2026, 1, 1, tzinfo=UTC)
        closed = Terms(giver="VAL", taker="LNA", translation=False, valid_from=since)
        agreements.save(conn, Agreement(id="00c1d2e3f4a5b6c7", revision=1, terms=closed, state="active"), "LNA")
    item = node.file(copy_of("pont", "fr", "Le pont rouvre", "Le pont rouvre."), "VAL")

    async def story() -> None:
        async with sitting(node, "Eldar Editor") as desk:
            assert "§ translation: not allowed (00c1d2e3f4a5b6c7 with VAL)" in await desk.page(f"/item/{item}")
            assert "§ translation: not allowed" in await desk.page(f"/translate/{item}/ru")
            refused = await desk.send(f"/translate/{item}/start", 403, language="ru")
            assert "We may not translate this" in refused
        async with sitting(node, "Rana Reader") as reader:
            await reader.page(f"/translate/{item}/ru")
            await reader.send(f"/translate/{item}/start", 403, language="ru")
            await reader.page("/translate/999999/ru", 404)
            await reader.page(f"/translate/{item}/klingon", 400)

    asyncio.run(story())


def test_the_api_makes_a_translation_as_the_pages_do(node: Served, harbour: int) -> None:
    with borrowed(node.site.newsroom) as conn:
        tokens = {name: people.add_token(conn, "t", person=name) for name in ("Eldar Editor", "Hanna Head")}
    address = f"{node.url}/api/v1/items/{harbour}/translations"

    async def call(method: str, url: str, person: str, body: object = None, status: int = 200) -> dict[str, object]:
        headers = {"authorization": f"Bearer {tokens[person]}"}
        async with aiohttp.ClientSession(headers=headers) as client, client.request(method, url, json=body) as answer:
            assert answer.status == status, await answer.text()
            return msgspec.json.decode(await answer.read())  # type: ignore[no-any-return]

    async def story() -> None:
        made = await call("POST", address, "Eldar Editor", {"language": "fr"})
        seen = {one["id"]: one["seen"] for one in made["segments"]}  # type: ignore[attr-defined]
        texts = [{"id": name, "target": text, "seen": seen[name]} for name, text in OURS.items()]
        await call("PUT", address + "/fr", "Eldar Editor", {"segments": texts})
        late = await call(
            "PUT", address + "/fr", "Hanna Head", {"segments": [{"id": "p1", "target": "Autre.", "seen": seen["p1"]}]}
        )
        assert late["clashes"] == [{"id": "p1", "mine": "Autre.", "theirs": OURS["p1"]}]
        assert (await call("POST", address + "/fr/ready", "Eldar Editor"))["state"] == "ready"
        await call("POST", address + "/fr/publish", "Eldar Editor", {}, 403)
        done = await call("POST", address + "/fr/publish", "Hanna Head", {})
        assert done["act"] == "publish"
        kin = await call("GET", f"{node.url}/api/v1/items/{harbour}/family", "Hanna Head")
        assert [one["language"] for one in kin] == ["en", "fr"]  # type: ignore[index]
        queue = await call("GET", f"{node.url}/api/v1/translations?language=fr", "Hanna Head")
        assert harbour in [one["item"] for one in queue]  # type: ignore[index]

    asyncio.run(story())


# ---------------------------------------------------------------------------------------------- in a browser

in_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    opened: list[BrowserContext] = []
    yield opened
    for one in opened:
        one.close()


def at(
    browser: Browser, contexts: list[BrowserContext], node: Served, person: str, path: str, width: int = 1280
) -> Page:
    """`person` at a page; whatever the console complains of fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en")
    contexts.append(context)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(node.url + "/login")
    page.locator("input[name=name]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/wire*")
    page.goto(node.url + path)
    return page


@in_browser
def test_the_draft_saves_itself_and_ctrl_enter_goes_on_to_the_next_paragraph(
    node: Served, harbour: int, browser: Browser, contexts: list[BrowserContext]
) -> None:
    begun(node, harbour)
    page = at(browser, contexts, node, "Eldar Editor", f"/translate/{harbour}/fr")
    page.get_by_label("Headline").fill(OURS["headline"])
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Paragraph 1")).to_be_focused()
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved")
    assert kept(node, harbour).segments[0].target == OURS["headline"]
    page.keyboard.insert_text(OURS["p1"])
    expect(page.locator("[data-segment=p1] .findings")).to_have_text("", timeout=9_000)
    assert kept(node, harbour).segments[1].target == OURS["p1"]


@in_browser
def test_a_name_or_term_is_put_in_by_a_click_or_a_key(
    node: Served, harbour: int, irma: None, browser: Browser, contexts: list[BrowserContext]
) -> None:
    begun(node, harbour, "ar", p1="افتتح ميناء")
    begun(node, harbour, "zh")
    page = at(browser, contexts, node, "Eldar Editor", f"/translate/{harbour}/ar")
    field, shown = page.get_by_label("Paragraph 1"), page.locator("[data-segment=p1] .suggestions")
    name = shown.get_by_role("button", name="إيرما برانت")
    assert (name.get_attribute("lang"), name.get_attribute("dir")) == ("ar", "rtl")
    name.click()
    expect(field).to_be_focused()
    expect(field).to_have_value("افتتح ميناء إيرما برانت")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("افتتح ميناء")
    page.goto(f"{node.url}/translate/{harbour}/zh")
    field = page.get_by_label("Paragraph 1")
    field.fill("由建造")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    buttons = page.locator("[data-segment=p1] .suggestions button")
    number = 1 + buttons.all_inner_texts().index("伊尔玛·勃兰特")
    page.keyboard.press(f"Alt+{number}")
    page.keyboard.press("Alt+9")  # so many there are not
    expect(field).to_have_value("由伊尔玛·勃兰特建造")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved")
    assert kept(node, harbour, "zh").segments[1].target == "由伊尔玛·勃兰特建造"


@in_browser
def test_of_two_at_once_each_sees_the_other_and_neither_loses_a_word(
    node: Served, harbour: int, browser: Browser, contexts: list[BrowserContext]
) -> None:
    begun(node, harbour)
    hers = at(browser, contexts, node, "Hanna Head", f"/translate/{harbour}/fr")
    his = at(browser, contexts, node, "Eldar Editor", f"/translate/{harbour}/fr")
    expect(his.locator("[data-readers]")).to_contain_text("Hanna Head has it open since")
    hers.get_by_label("Paragraph 1").fill("Le texte de Hanna.")
    hers.keyboard.press("Control+Enter")
    expect(hers.locator("[data-saved]")).to_contain_text("Draft saved")
    his.get_by_label("Paragraph 1").fill("Le texte d’Eldar.")
    his.keyboard.press("Control+Enter")
    clash = his.locator("[data-segment=p1] [role=alert]")
    expect(clash).to_contain_text("Le texte de Hanna.")
    assert kept(node, harbour).segments[1].target == "Le texte de Hanna."
    clash.get_by_role("button", name="Keep mine").click()
    expect(his.locator("[data-saved]")).to_contain_text("Draft saved")
    expect(clash).to_have_count(0)
    assert kept(node, harbour).segments[1].target == "Le texte d’Eldar."


@in_browser
def test_what_was_typed_while_the_node_was_away_is_offered_again(
    node: Served, harbour: int, browser: Browser, contexts: list[BrowserContext]
) -> None:
    begun(node, harbour)
    page = at(browser, contexts, node, "Eldar Editor", f"/translate/{harbour}/fr")
    page.route("**/save", lambda route: route.abort())
    page.get_by_label("Paragraph 2").fill("Écrit sans réseau.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-saved]")).to_contain_text("kept in this browser")
    page.unroute("**/save")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved")
    assert kept(node, harbour).segments[2].target == "Écrit sans réseau."


@in_browser
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 1280), ("zh", 390)])
def test_the_pages_have_no_serious_fault_and_fit(
    node: Served, harbour: int, browser: Browser, contexts: list[BrowserContext], language: str, width: int
) -> None:
    begun(node, harbour, "ar", headline="Порт", p1="يفتتح الميناء في يوليو.")
    with borrowed(node.site.newsroom) as conn:
        conn.execute("update person set language = %s where name = 'Ada Admin'", (language,))
    page = at(browser, contexts, node, "Ada Admin", "/translate", width)
    for path in ("/translate", f"/translate/{harbour}/ar", f"/item/{harbour}"):
        page.goto(node.url + path)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{node.url}/translate/{harbour}/ar")
    ours = page.locator("textarea").first
    assert (ours.get_attribute("lang"), ours.get_attribute("dir")) == ("ar", "rtl")
    assert page.locator(".theirs-side p").first.get_attribute("dir") == "ltr"
