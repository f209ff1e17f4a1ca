"""The pages of the reports: the register, a coverage report and its files, the exchange; in a browser, in three scripts."""

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from at_desk import CHROMIUM, FLAGS, sitting
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import Browser, sync_playwright
from served import PASSWORD, Served, copy_of

from dragoman.desk import coverage, outlets
from dragoman.reports.definition import Definition
from dragoman.reports.outlet import Outlet
from dragoman.store.connect import borrowed
from dragoman.web.words import LANGUAGES

FORUM = (
    "The river forum opened in the old customs house with delegates from nine countries around one long table, and the"
    " host said the talks would turn to dredging, night ferries and the fees small boats pay at every lock."
)
REGISTER = (
    Outlet(name="Valdora Presse", country="FR", languages=("fr",), kind="agency", agency="VAL"),
    Outlet(name="صحيفة المرفأ", country="AE", languages=("ar",), kind="newspaper"),
    Outlet(name="河岸日报", country="CN", languages=("zh",), kind="newspaper"),
    Outlet(name="=Harbour <b>Weekly</b>", country="GB", languages=("en",), kind="magazine"),
)


@pytest.fixture
def report(node: Served) -> int:
    """A report on the river forum: Valdora ran our text, the Chinese paper credits us, two are silent."""
    node.file(copy_of("forum", "en", "River forum opens", FORUM))
    node.file(copy_of("copied", "en", "Delegates meet at the river forum", FORUM), "VAL")
    now = datetime.now(UTC)
    with borrowed(node.site.newsroom) as conn:
        numbers = [outlets.register(conn, one, by="Ada Admin").outlet.id for one in REGISTER]
        text = "据Lantern News Agency报道，河流论坛开幕。"
        outlets.mention(conn, numbers[2], "https://hean.example/1", "河流论坛开幕", now, by="Ada Admin", text=text)
        since, until = now - timedelta(days=5), now + timedelta(days=1)
        wanted = Definition(
            title="River Forum",
            about="event",
            query='"river forum" OR 河流论坛',
            since=since,
            until=until,
            languages=("en", "ar", "zh"),
        )
        return coverage.make(conn, wanted, by="Ada Admin").id


def get(node: Served, *paths: str, name: str = "Rana Reader", status: int = 200) -> list[str]:
    """These pages, as one person reads them one after the other."""

    async def ask() -> list[str]:
        async with sitting(node, name) as desk:
            return [await desk.page(path, status) for path in paths]

    return asyncio.run(ask())


def page(node: Served, path: str) -> str:
    return get(node, path)[0]


def send(node: Served, path: str, who: str = "Eldar Editor", status: int = 200, /, **fields: str) -> str:
    async def ask() -> str:
        async with sitting(node, who) as desk:
            return await desk.send(path, status, **fields)

    return asyncio.run(ask())


def heading(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    assert found
    return re.sub("<[^>]*>|[\u2068\u2069]", "", found[1]).strip()


def test_a_report_says_what_it_found_in_its_title(node: Served, report: int) -> None:
    html = page(node, f"/report/coverage/{report}")
    assert heading(html) == "2 of 4 registered outlets reported: River Forum (countries: 2)"
    assert "register of Lantern News Agency, 4 outlets" in html
    assert "&lt;b&gt;Weekly&lt;/b&gt;" in html


def test_a_report_is_printed_in_any_of_our_languages(node: Served, report: int) -> None:
    paths = [
        f"{base}?language={code}"
        for code in LANGUAGES
        for base in (f"/report/coverage/{report}", "/report/exchange/VAL")
    ]
    for path, html in zip(paths, get(node, *paths), strict=True):
        language = path.rpartition("=")[2]
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
        if "coverage" in path:
            assert "River Forum" in heading(html)
            assert {"2", "4"} <= set(re.findall(r"\d+", heading(html))) or language == "ar"


def test_the_figures_of_a_report_have_addresses_that_stay(node: Served, report: int) -> None:
    rows = list(csv.DictReader(io.StringIO(page(node, f"/report/coverage/{report}.csv"))))
    assert {row["outlet"]: (row["reported"], row["reports"], row["ours"]) for row in rows} == {
        "Valdora Presse": ("yes", "1", "1"),
        "河岸日报": ("yes", "1", "1"),
        "صحيفة المرفأ": ("no", "0", "0"),
        "'=Harbour <b>Weekly</b>": ("no", "0", "0"),
    }
    told = json.loads(page(node, f"/report/coverage/{report}.json"))
    assert (told["reported"], told["coverage"]["count"], len(told["evidence"])) == (2, 2, 2)
    for chart in ("timeline", "countries", "languages"):
        drawing = page(node, f"/report/coverage/{report}.svg?chart={chart}&language=ar")
        assert etree.fromstring(drawing.encode()).get("lang") == "ar"
    for table in ("countries", "languages", "timeline", "evidence"):
        assert len(page(node, f"/report/coverage/{report}.csv?table={table}").splitlines()) > 2


def test_an_address_that_leads_nowhere_says_so(node: Served, report: int) -> None:
    nowhere = (
        *(
            "/report/coverage/999",
            "/report/coverage/x",
            "/report/coverage/1.pdf",
            "/report/coverage/1.csv?table=colours",
        ),
        *("/report/coverage/1.svg?chart=pie", "/report/exchange/XXX", "/report/exchange/LNA"),
        *("/report/exchange/VAL.svg?chart=pie", "/report/outlet/999", "/report/coverage/1/evidence?outlet=x"),
    )
    unreadable = ("/report/coverage/1?language=tlh", "/report/exchange/VAL?month=2026-13", "/reports?month=0000-01")
    for html in (*get(node, *nowhere[:-1], status=404), *get(node, *unreadable, nowhere[-1], status=400)):
        assert "Quote this" in html


def test_a_reader_reads_and_changes_nothing(node: Served, report: int) -> None:
    assert "disabled" in page(node, f"/report/coverage/{report}")
    for path in ("/report/outlets", "/report/coverage", "/report/outlets/import", "/report/evidence/1"):
        send(node, path, "Rana Reader", 403, name="x", title="x", ruling="denied")


def test_an_editor_rules_over_the_evidence(node: Served, report: int) -> None:
    html = page(node, f"/report/coverage/{report}/evidence")
    number = int(re.findall(r'action="/report/evidence/(\d+)"', html)[0])
    after = send(node, f"/report/evidence/{number}", ruling="denied", back="")
    assert "does not count" in after
    assert "Eldar Editor" in after
    assert heading(page(node, f"/report/coverage/{report}")).startswith("1 of 4")


def test_an_editor_makes_a_report_and_writes_a_mention_down(node: Served, report: int) -> None:
    html = send(
        node, "/report/coverage", title="Ferries", about="query", query="ferry", since="2026-05-01", until="2026-05-01"
    )
    assert heading(html) == "None of 4 registered outlets reported: Ferries"
    made = re.search(r'action="/report/coverage/(\d+)/mention"', html)
    assert made
    outlet = re.search(r'<option value="(\d+)">=Harbour', html)
    assert outlet
    html = send(
        node,
        f"/report/coverage/{made[1]}/mention",
        outlet=outlet[1],
        link="https://hw.example/1",
        title="Something about boats",
        published="2026-05-01T23:30",
    )
    assert heading(html) == "1 of 4 registered outlets reported: Ferries (countries: 1)"


def test_an_outlet_is_declared_changed_watched_and_retired(node: Served) -> None:
    html = send(node, "/report/outlets", name="Delta Radio", country="de", languages="de fr", kind="radio")
    assert heading(html) == "Delta Radio"
    found = re.search(r'action="/report/outlet/(\d+)/retire"', html)
    assert found
    number = found[1]
    assert "already" in send(node, "/report/outlets", "Eldar Editor", 409, name="delta radio", country="DE")
    html = send(node, f"/report/outlet/{number}/change", name="Delta News", country="DE", languages="de", kind="radio")
    assert heading(html) == "Delta News"
    html = send(node, f"/report/outlet/{number}/watch", address="https://delta.example/rss", language="de", every="30")
    assert "https://delta.example/rss" in html
    assert "▲" not in html
    watch = re.search(r'action="/report/watch/(\d+)/remove"', html)
    assert watch
    assert "delta.example/rss" not in send(node, f"/report/watch/{watch[1]}/remove").split('id="mentions"')[0]
    assert "retired" in send(node, f"/report/outlet/{number}/retire")
    send(node, f"/report/outlet/{number}/watch", "Eldar Editor", 400, address="https://delta.example/rss", every="30")


def test_a_list_of_outlets_is_imported_and_exported(node: Served) -> None:
    html = send(node, "/report/outlets/import", csv="name,country\nDelta Radio,DE\nDelta Radio,DE\n")
    assert "1 of 2 lines are in the register now." in html
    (row,) = csv.DictReader(io.StringIO(page(node, "/report/outlets.csv")))
    assert (row["name"], row["country"]) == ("Delta Radio", "DE")


def test_the_exchange_is_told_for_every_partner_and_each(node: Served) -> None:
    node.file(copy_of("one", "en", "The lock opens", "The lock opens."))
    html = page(node, "/reports")
    assert re.search(r"Valdora Presse.*?</tr>", html, re.S)
    assert "Azerbaijan – France" in html
    assert "a dash is not a nought" in html
    month = datetime.now(UTC).strftime("%Y-%m")
    rows = list(csv.DictReader(io.StringIO(page(node, f"/report/exchange/VAL.csv?table=totals&month={month}"))))
    assert (rows[0]["sent"], rows[0]["received"], rows[0]["waiting"]) == ("1", "0", "1")
    assert len(page(node, "/report/exchange/VAL.csv").splitlines()) == 13
    assert json.loads(page(node, "/report/exchange/VAL.json"))["quotas"][0]["giver"] == "LNA"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()


@pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
def test_the_pages_are_whole_in_three_scripts_for_everybody(browser: Browser, node: Served, report: int) -> None:
    """No serious finding of axe, nothing wider than the screen, nothing said on the console, and it prints."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    tab = context.new_page()
    tab.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    tab.goto(f"{node.url}/login")
    tab.get_by_label("Name").fill("Ada Admin")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Log in").click()
    tab.wait_for_url("**/wire")
    paths = (
        *("/reports", f"/report/coverage/{report}", f"/report/coverage/{report}/evidence", "/report/exchange/VAL"),
        *(
            "/report/outlets",
            "/report/outlet/1",
            "/report/outlet/new",
            "/report/coverage/new",
            "/report/outlets/import",
        ),
    )
    axe = Axe()
    for language, width in (("en", 1280), ("ar", 1280), ("zh", 390)):
        with borrowed(node.site.newsroom) as conn:
            conn.execute("update person set language = %s", (language,))
        tab.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            tab.goto(node.url + path)
            found = axe.run(tab).response["violations"]
            serious = [one["id"] for one in found if one["impact"] in ("serious", "critical")]
            assert serious == [], (language, path, found)
            wider = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, (language, path)
    tab.goto(f"{node.url}/report/coverage/{report}?language=ar")
    tab.emulate_media(media="print")
    assert not tab.locator("#hand").is_visible()
    assert tab.locator("#method").is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")
    context.close()
    assert complaints == []
