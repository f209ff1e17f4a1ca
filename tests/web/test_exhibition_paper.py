"""Labels as they come out of a browser, and an exported folder opened without a server."""

from pathlib import Path
from typing import Any

import pytest
from at_desk import CHROMIUM
from exhibition_tabs import browser, cookies, made, node, tabs
from hung import Hung
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from dragoman.model.exhibition import Caption
from dragoman.planning.exhibition import Whole, caption_id
from dragoman.planning.fold import Held
from dragoman.planning.labels import labels
from dragoman.store.connect import borrowed
from dragoman.web.exhibition.export import Wanted, pieces, write_folder
from dragoman.web.exhibition.paper import Choice, paper_page
from dragoman.web.words import words

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
__all__ = ["browser", "cookies", "made", "node", "tabs"]


def test_labels_are_printed_on_their_sheets_between_cut_marks(tabs: Any, made: Hung) -> None:
    page = tabs().go(f"{made.workshop}/labels?chosen=1&languages=ar&languages=zh&marks=1&paper=letter")
    page.emulate_media(media="print")
    assert page.locator(".label").count() == 8
    box = page.locator(".paper").first.bounding_box()
    assert box is not None
    assert (round(box["width"] / 96 * 25.4, 1), round(box["height"] / 96 * 25.4, 1)) == (215.9, 279.4)
    label = page.locator(".label").first.bounding_box()
    assert label is not None
    assert (round(label["width"] / 96 * 25.4), round(label["height"] / 96 * 25.4)) == (148, 105)
    assert page.locator(".label [lang=ar]").first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert not page.locator(".tools").is_visible()
    assert page.locator(".cut").count() == 32


TEXTS = {
    "en": "The fishermen of the old mole went out before light and came home when the market had closed. ",
    "ar": "كان صيادو الرصيف القديم يخرجون قبل الضوء ويعودون وقد أغلق السوق أبوابه. ",
    "zh": "老码头的渔民天亮前出海，收市后才归来，摄影师把相机藏在大衣里等了两夜。",
    "ru": "Рыбаки старого причала выходили до рассвета и возвращались, когда рынок уже закрывался. ",
}


def captioned(made: Hung, length: int) -> Whole:
    """The exhibition with captions of about so many characters in four languages, or as many as take their room."""
    whole = made.whole
    share = {"en": 1.0, "ar": 1.2, "zh": 2.3, "ru": 1.1}
    first = whole.selected[0]
    said: dict[str, Held[Caption]] = {}
    for code, text in TEXTS.items():
        most = int(length / share[code])
        record = Caption(picture=first.id, language=code, text=(text * (most // len(text) + 1))[:most])
        said[code] = Held(
            project=whole.project,
            kind="caption",
            id=caption_id(first.id, code),
            record=record,
            made=first.held.made,
            changed=first.held.made,
        )
    return replace(whole, pictures=(replace(first, captions=said),))


@pytest.mark.parametrize("sheet", ["a6", "a5"])
def test_a_caption_fits_its_label_in_the_size_it_is_set_in(tabs: Any, made: Hung, sheet: Any) -> None:
    page = tabs(logged_in=False).page
    codes = tuple(TEXTS)
    for most in (170, 380, 1250):
        for together in (False, True):
            length = int(most * (2 if sheet == "a5" else 1) * (0.7 / len(codes) if together else 1))
            whole = captioned(made, length)
            assert all(one.setting != "over" for one in labels(whole, codes, sheet=sheet, together=together))
            choice = Choice(languages=codes, sheet=sheet, together=together)
            page.set_content(paper_page("labels", whole, choice, words("en"), "", made.whole.held.made.at, alone=True))
            over = page.evaluate(
                "[...document.querySelectorAll('.tongues')].filter(one => one.scrollHeight > one.clientHeight + 1)"
                ".map(one => one.innerText.slice(0, 40) + one.scrollHeight + '/' + one.clientHeight)"
            )
            assert over == [], (most, together)


def test_an_exported_folder_opens_without_a_server(browser: Browser, made: Hung, tmp_path: Path) -> None:
    with borrowed(made.node.site.newsroom) as conn:
        found = pieces(conn, made.node.site.files, made.whole, Wanted(home="Lantern"), made.whole.held.changed.at)
        write_folder(found, tmp_path / "show")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda asked: failed.append(asked.url))
    page.goto((tmp_path / "show/index.html").as_uri())
    page.get_by_role("link", name="中文").click()
    page.locator(".wall a").nth(2).click()
    expect(page.locator(".caption")).to_have_text("从未动过的起重机。")
    assert page.locator("img").evaluate("one => one.naturalWidth") > 0
    page.keyboard.press("ArrowRight")
    expect(page.locator(".caption")).to_have_text("防波堤尽头的灯塔。")
    context.close()
    assert failed == []
