"""An exhibition in a real browser: hung in three languages, by keyboard alone, without JavaScript, for everybody."""

from typing import Any

import pytest
from at_desk import CHROMIUM
from axe_playwright_python.sync_playwright import Axe
from exhibition_tabs import browser, cookies, made, node, tabs
from hung import Hung
from playwright.sync_api import Page, expect
from served import Served

from dragoman.desk import exhibition_pictures
from dragoman.store.connect import borrowed
from dragoman.text.counting import count_characters

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
__all__ = ["browser", "cookies", "made", "node", "tabs"]


def speaks(node: Served, language: str) -> None:
    with borrowed(node.site.newsroom) as conn:
        conn.execute("update person set language = %s where name = 'Ada Admin'", (language,))


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    grave = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in ("serious", "critical")]
    assert not grave, (page.url, grave)


def stays_inside(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 1280), ("zh", 390)])
def test_every_page_is_for_everybody_in_every_script_and_width(
    tabs: Any, made: Hung, node: Served, language: str, width: int
) -> None:
    speaks(node, language)
    boats, crane = made.pictures["boats"], made.pictures["crane"]
    tab = tabs(language=language, width=width)
    workshop = ["/selection", "/rights", "/captions?language=ar", "/hanging", "/labels"]
    if language == "en":
        workshop += ["", "/description", "/propose", "/checks", "/preview", f"/picture/{boats}", "/panels", "/list"]
        workshop += [f"/compare?picture={boats}&picture={crane}"]
    for path in ["/exhibitions/new", "/exhibitions", *(made.workshop + each for each in workshop)]:
        page = tab.go(path)
        assert page.locator("html").get_attribute("lang") == language
        accessible(page)
        stays_inside(page, width)
    for path in (f"{made.gallery}?language={language}", f"{made.gallery}/{boats}?language={language}"):
        page = tab.go(path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        accessible(page)
        stays_inside(page, width)
    speaks(node, "en")


def order(made: Hung) -> list[str]:
    names = {id: name for name, id in made.pictures.items()}
    return [names[one.id] for one in made.whole.selected]


def test_pictures_are_hung_by_keyboard_alone(tabs: Any, made: Hung) -> None:
    assert order(made)[:2] == ["boats", "nets"]
    page = tabs().go(f"{made.workshop}/hanging")
    page.get_by_role("button", name="Down: Boats", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("ol.hung").first.locator("li").first).to_contain_text("Nets")
    assert order(made)[:2] == ["nets", "boats"]
    page.locator(f"#place-{made.pictures['boats']}").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("140")
    page.keyboard.press("Enter")
    expect(page.locator("ol.hung").first.locator("li").first).to_contain_text("Boats")
    assert order(made)[:2] == ["boats", "nets"]
    assert made.whole.selected[0].record.width_mm == 140


def test_pictures_are_hung_without_javascript(tabs: Any, made: Hung) -> None:
    page = tabs(java_script_enabled=False).go(f"{made.workshop}/hanging")
    page.locator(f"#place-{made.pictures['nets']}").fill("1")
    page.locator(f"#p-{made.pictures['nets']}").get_by_role("button", name="Hang").click()
    assert order(made)[:2] == ["nets", "boats"]
    page.get_by_role("button", name="Up: Boats", exact=True).click()
    assert order(made)[:2] == ["boats", "nets"]


def test_pictures_are_hung_by_hand_and_into_another_room(tabs: Any, made: Hung) -> None:
    page = tabs().go(f"{made.workshop}/hanging")
    light, crane = (page.locator(f"#p-{made.pictures[name]} .frame-of") for name in ("light", "crane"))
    light.drag_to(crane, target_position={"x": 20, "y": 2})
    expect(page.locator("ol.hung").nth(1).locator("li").first).to_contain_text("Light")
    assert order(made) == ["boats", "nets", "light", "crane"]
    page.locator(f"#p-{made.pictures['light']} .frame-of").drag_to(
        page.locator(f"#p-{made.pictures['boats']} .frame-of"), target_position={"x": 20, "y": 2}
    )
    expect(page.locator("ol.hung").first.locator("li")).to_have_count(3)
    assert order(made)[0] == "light"
    made.do(exhibition_pictures.hang, made.pictures["light"], room=made.rooms[1])
    assert order(made) == ["boats", "nets", "crane", "light"]


def test_letters_are_counted_while_they_are_written_as_the_server_counts_them(tabs: Any, made: Hung) -> None:
    page = tabs().go(f"{made.workshop}/captions?language=ar")
    field, count = page.locator("textarea").first, page.locator(".count").first
    for text in ("قَوارِبُ الصَّيد", "Boats\nand nets", "旧码头", "é" + "e\u0301"):
        field.fill(text)
        expect(count.locator("[data-number]")).to_have_text(str(count_characters(text)))
    field.fill("ق" * 351)
    expect(count).to_contain_text("too long for the label")
    page.on("dialog", lambda dialog: dialog.accept())


def test_the_gallery_is_walked_by_keyboard_and_without_javascript(tabs: Any, made: Hung) -> None:
    page = tabs(logged_in=False).go(f"{made.gallery}?language=en")
    page.locator(".wall a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".caption")).to_have_text("Boats at the old mole.")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".caption")).to_have_text("Nets drying on the wall.")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator(".caption")).to_have_text("شباك تجف على الجدار.")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".caption")).to_have_text("قوارب عند الرصيف القديم.")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("الميناء يتذكر")
    plain = tabs(logged_in=False, java_script_enabled=False, width=390).go(f"{made.gallery}?language=zh")
    plain.locator(".wall a").nth(1).click()
    assert plain.locator(".caption").inner_text() == "晾在墙上的渔网。"
    plain.get_by_role("link", name="下一张").click()
    assert plain.locator(".caption").inner_text() == "从未动过的起重机。"
    assert plain.locator("img").get_attribute("alt") == "一台高大的起重机"


def test_who_wants_no_motion_gets_none(tabs: Any, made: Hung) -> None:
    page = tabs(logged_in=False, reduced_motion="reduce").go(made.gallery)
    assert page.evaluate("getComputedStyle(document.querySelector('.wall a')).transitionDuration") == "0s"
    assert page.evaluate("document.getAnimations().length") == 0
