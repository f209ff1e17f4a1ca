"""A round table in a real browser: from the invitation to the published transcript by keyboard; every view looked at by axe."""

import re
from collections.abc import Iterator

import pytest
from at_desk import CHROMIUM, FLAGS
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from round_table import RoundTable
from served import PASSWORD, Served

from dragoman.desk.floor import moderating, running
from dragoman.store.connect import borrowed

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


class Room:
    """Tabs of different people; whatever their consoles complain of is kept."""

    def __init__(self, browser: Browser, node: Served) -> None:
        self.browser, self.node = browser, node
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def tab(self, name: str = "", **more: object) -> Page:
        """A tab of somebody's own browser; logged in when named."""
        usual: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, "locale": "en"}
        context = self.browser.new_context(**(usual | more))  # type: ignore[arg-type]
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if name:
            page.goto(f"{self.node.url}/login")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url("**/wire")
        return page

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def room(browser: Browser, node: Served) -> Iterator[Room]:
    made = Room(browser, node)
    yield made
    made.close()
    assert made.complaints == []


def reach(page: Page, wanted: Locator) -> None:
    """Go there by the Tab key alone."""
    expect(wanted).to_have_count(1)
    for _ in range(90):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {wanted}")


def press(page: Page, wanted: Locator) -> None:
    reach(page, wanted)
    page.keyboard.press("Enter")


def write(page: Page, wanted: Locator, text: str) -> None:
    reach(page, wanted)
    page.keyboard.type(text)


def follows(page: Page) -> None:
    expect(page.locator("html[data-live=on]")).to_be_attached()


def test_a_round_table_is_held_by_keyboard_from_the_invitation_to_the_transcript(room: Room, node: Served) -> None:
    table = RoundTable(node, opened=False)
    desk = room.tab("Ada Admin")
    desk.goto(node.url + table.base)
    press(desk, desk.get_by_role("link", name="Open the floor"))
    write(desk, desk.get_by_label("Speakers, one a line"), "Ines Oda")
    write(desk, desk.get_by_label("Languages", exact=True), " fr")
    press(desk, desk.get_by_role("button", name="Open the floor"))
    press(desk, desk.get_by_role("link", name="Accreditations"))
    write(desk, desk.get_by_label("Whom, one a line"), "Ana Brek; VAL; fr")
    press(desk, desk.get_by_role("button", name="Accredit"))
    link = desk.locator(".invitation .address").inner_text()

    guest = room.tab()
    guest.goto(link)
    press(guest, guest.get_by_role("button", name="Entrer"))
    follows(guest)
    write(guest, guest.get_by_label("Votre question", exact=True), "Et le port, madame ?")
    press(guest, guest.get_by_role("button", name="Envoyer la question"))
    expect(guest.locator("#mine")).to_contain_text("En attente")
    follows(guest)

    desk.goto(f"{node.url}{table.base}/moderator")
    press(desk, desk.get_by_role("button", name="Begin"))
    follows(desk)
    expect(guest.locator("[data-state=live]")).to_be_attached()
    desk.keyboard.press("j")
    expect(desk.locator(".asked:focus")).to_contain_text("Et le port, madame ?")
    desk.keyboard.press("a")
    expect(desk.locator("[data-region=accepted]")).to_contain_text("Et le port, madame ?")
    expect(guest.locator("[data-region=accepted]")).to_contain_text("Et le port, madame ?")
    expect(guest.locator("#mine")).to_contain_text("Sur la liste")
    expect(desk.locator("[data-log]")).to_contain_text("1 more on the list")
    desk.keyboard.press("j")
    desk.keyboard.press("t")
    expect(desk.locator("#interpret select")).to_be_focused()
    write(desk, desk.locator("#interpret-text"), "And the port, madam?")
    press(desk, desk.locator("#interpret").get_by_role("button", name="Interpret"))
    expect(desk.locator("main")).to_contain_text("And the port, madam?")

    desk.goto(f"{node.url}{table.base}/moderator")
    follows(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("n")
    expect(desk.locator("#now")).to_contain_text("Et le port, madame ?")
    expect(guest.locator("#now")).to_contain_text("And the port, madam?")
    speaker = room.tab("Hanna Head")
    speaker.goto(f"{node.url}{table.base}/speaker")
    expect(speaker.locator(".large")).to_have_text("And the port, madam?")
    expect(speaker.locator(".original")).to_have_text("Et le port, madame ?")

    press(desk, desk.locator("#now").get_by_role("link", name="Write down the answer"))
    expect(desk.get_by_label("Who answers")).to_be_focused()
    write(desk, desk.get_by_label("What was said"), "In June.")
    press(desk, desk.locator("#answer").get_by_role("button", name="Write down the answer"))
    expect(desk.locator("[data-region=answered]")).to_contain_text("In June.")
    expect(guest.locator("[data-region=answered]")).to_contain_text("In June.")
    expect(speaker.locator("#now")).to_contain_text("Nothing is being asked.")

    press(desk, desk.get_by_role("button", name="Close"))
    press(desk, desk.locator(".run").get_by_role("link", name="Transcript"))
    write(desk, desk.get_by_label("Headline (English)"), "Ports: the round table")
    write(desk, desk.get_by_label("Headline (French)"), "Ports : la table ronde")
    press(desk, desk.get_by_role("button", name="Publish the transcript"))
    press(desk, desk.get_by_role("link", name="the item").first)
    expect(desk.locator("h1")).to_contain_text("Ports: the round table")
    expect(desk.locator("main")).to_contain_text("Answer · Ines Oda: In June.")


def filled(node: Served) -> RoundTable:
    """A floor with a question of every sort, in four scripts."""
    table = RoundTable(node)
    texts = (
        ("When does the new quay open?", "en"),
        ("متى يُفتح الرصيف الجديد؟", "ar"),
        ("新码头何时开放？", "zh"),
        ("Кто заплатит за задержку?", "ru"),
    )
    asked = [table.asked(text, language=language, name=f"Guest {language}") for text, language in texts]
    asked.append(table.asked("Between us?", name="Cai Moor", on_record=False, anonymous=True))
    table.live()
    for id in asked[:3]:
        table.does(moderating.accept, id)
    table.answered(asked[0], "In June.")
    table.does(moderating.interpret, asked[1], "en", "When does the new quay open?")
    table.does(moderating.ask_now, asked[1])
    table.does(moderating.decline, asked[3], "Said in the opening statement.")
    table.invite()
    return table


VIEWS = ("", "/moderator", "/speaker", "/unanswered", "/guests", "/transcript", "/settings")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 1280), ("zh", 390)])
def test_no_view_has_a_serious_fault_of_access_or_is_wider_than_the_screen(
    room: Room, node: Served, language: str, width: int
) -> None:
    table = filled(node)
    page = room.tab("Ada Admin", viewport={"width": width, "height": 900})
    with borrowed(node.site.newsroom) as conn:
        conn.execute("update person set language = %s", (language,))
    question = next(one.id for one in table.hall().asked if one.standing == "accepted")
    for path in (*VIEWS, f"/question/{question}"):
        page.goto(f"{node.url}{table.base}{path}")
        found = Axe().run(page).response["violations"]
        serious = [
            (one["id"], one["nodes"][0]["html"][:120]) for one in found if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, path


def test_a_paused_page_waits_and_then_catches_up(room: Room, node: Served) -> None:
    table = RoundTable(node).live()
    page = room.tab("Eldar Editor")
    page.goto(f"{node.url}{table.base}/moderator")
    follows(page)
    page.keyboard.press("p")
    expect(page.locator("[data-pause]")).to_have_attribute("aria-pressed", "true")
    table.asked("When?")
    table.asked("Where?", name="Bo")
    expect(page.locator("[data-say]")).to_contain_text(re.compile("changes? waits?"))
    expect(page.locator("[data-region=pending] .asked")).to_have_count(0)
    page.keyboard.press("p")
    expect(page.locator("[data-region=pending] .asked")).to_have_count(2)
    expect(page.locator("[data-log]")).to_contain_text("2 new questions")


def test_an_act_that_is_refused_says_so_where_it_was_done(room: Room, node: Served) -> None:
    table = RoundTable(node)
    table.asked("When?")
    page = room.tab("Eldar Editor")
    page.goto(f"{node.url}{table.base}/moderator")
    follows(page)
    page.keyboard.press("j")
    page.keyboard.press("n")
    expect(page.locator("[data-refused]")).to_contain_text("nothing is asked while the floor is taking questions")
    room.complaints.clear()  # the browser notes the refusal itself


def test_what_a_guest_is_writing_is_not_lost_when_the_floor_moves_on(room: Room, node: Served) -> None:
    table = RoundTable(node)
    guest = room.tab()
    guest.goto(f"{node.url}/floor/in/{table.invite(language='en')}")
    guest.get_by_role("button", name="Enter the floor").click()
    follows(guest)
    guest.get_by_label("Your question", exact=True).fill("A long thought")
    table.live()
    expect(guest.locator("[data-state=live]")).to_be_attached()
    expect(guest.get_by_label("Your question", exact=True)).to_have_value("A long thought")


def test_a_floor_is_followed_and_asked_without_scripts(room: Room, node: Served) -> None:
    table = RoundTable(node).live()
    code = table.invite(language="en")
    page = room.tab(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(f"{node.url}/floor/in")
    page.get_by_label("Code of your invitation").fill(code.lower())
    page.get_by_role("button", name="Enter the floor").click()
    page.get_by_label("Your question", exact=True).fill("When?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.locator("#mine")).to_contain_text("Pending")
    page.get_by_role("link", name="Load this page again every 30 seconds").click()
    expect(page.locator("meta[http-equiv=refresh]")).to_be_attached()

    desk = room.tab("Eldar Editor", java_script_enabled=False)
    desk.goto(f"{node.url}{table.base}/moderator")
    desk.get_by_role("button", name="Accept").click()
    desk.get_by_role("button", name="Ask now").click()
    expect(desk.locator("#now")).to_contain_text("When?")
    desk.locator("#now").get_by_role("button", name="Answered").click()
    assert [one.standing for one in table.hall().asked] == ["answered"]
    table.does(running.go, "closed")
