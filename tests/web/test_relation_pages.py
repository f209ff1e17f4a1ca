"""Relations over real HTTP: written down in forms that lose nothing, read by those who may; the brief in eight languages."""

import asyncio
import re
from collections.abc import Coroutine
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from at_desk import Desk, csrf_in, sitting
from served import Served, copy_of

from dragoman.desk import relations as desk
from dragoman.desk.briefing import brief_on
from dragoman.desk.printing import NAMES, pdf_of
from dragoman.model.agency import Agency, Bureau
from dragoman.model.relation import (
    Action,
    Attendance,
    Document,
    Institution,
    Kept,
    Meeting,
    Office,
    Person,
    Seat,
)
from dragoman.store import agencies, audit, relations
from dragoman.store.connect import Connection, borrowed
from dragoman.web.relation.telling import lines, printed
from dragoman.web.words import LANGUAGES, words

MANAGER, READER, EDITOR, ADMIN = "Pia Partner", "Rana Reader", "Eldar Editor", "Ada Admin"
MEETING = {
    "kind": "visit",
    "agencies": "QMR",
    "subject": "Talks <b>on</b> pictures",
    "language": "en",
    "starts_day": "2026-03-02",
    "starts_time": "10:00",
    "zone": "Asia/Dubai",
    "place": "Port Qamar",
    "attended": "QMR: Noor Sahil, editor\nLNA: Sona Aliyeva",
}


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(coroutine)


def records(node: Served, kind: type[Kept], agency: str = "QMR") -> list[Any]:
    with borrowed(node.site.newsroom) as conn:
        return relations.records(conn, kind, agency=agency)


def keep(conn: Connection, one: Kept) -> Any:
    return desk.keep(conn, one, by=MANAGER, now=datetime.now(UTC))


def test_a_partner_manager_writes_down_an_institution_its_people_and_a_meeting(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            empty = await at.page("/relation/QMR")
            assert "Nobody is known here yet" in empty
            known = {
                "founded": "1971-12-02",
                "place": "Port Qamar",
                "names.ar": "وكالة قمر",
                "website": "https://q.example",
            }
            page = await at.send("/relation/QMR/add/institution", revision="1", **known)
            assert "2 Dec 1971" in page
            assert '<bdi lang="ar" dir="rtl">وكالة قمر</bdi>' in page
            person = {
                "name": "Noor Sahil",
                "title": "Editor-in-chief",
                "since": "2023",
                "rank": "1",
                "languages": "ar, en",
            }
            page = await at.send("/relation/QMR/add/person", **person)
            assert "Editor-in-chief" in page
            page = await at.send("/relation/QMR/add/meeting", **MEETING)
            assert "Talks &lt;b&gt;on&lt;/b&gt; pictures" in page
            assert "2 Mar 2026 10:00 Dubai" in page
            listed = await at.page("/relations")
            assert "Noor Sahil" in listed

    run(story())
    (met,) = records(node, Meeting)
    (noor,) = records(node, Person)
    assert [each.person for each in met.attended] == [noor.id, 0]
    assert met.starts == datetime(2026, 3, 2, 6, tzinfo=UTC)


def test_what_cannot_be_kept_comes_back_with_everything_that_was_written(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            wrong = MEETING | {"ends_day": "2026-03-01", "note": "A long & careful note."}
            page = await at.send("/relation/QMR/add/meeting", 400, **wrong)
            assert "ends before it begins" in page
            assert "What you wrote is still here." in page
            for text in (
                "A long &amp; careful note.",
                'value="2026-03-01"',
                "QMR: Noor Sahil, editor",
                'value="Port Qamar"',
            ):
                assert text in page
            page = await at.send("/relation/QMR/add/meeting", 400, **MEETING | {"zone": "Mars/Base"})
            assert "There is no time zone" in page
            page = await at.send("/relation/QMR/add/meeting", 400, **MEETING | {"attended": "Noor Sahil"})
            assert "A line each" in page
            page = await at.send("/relation/QMR/add/meeting", 404, **MEETING | {"agencies": "QMR NONE"})
            assert "There is no agency NONE" in page
            jumped = MEETING | {"starts_day": "2026-03-29", "starts_time": "02:30", "zone": "Europe/Paris"}
            assert "no such hour" in await at.send("/relation/QMR/add/meeting", 400, **jumped)
            page = await at.send(
                "/relation/QMR/add/person", 400, name="Noor", title="Editor", since="2024", until="2021"
            )
            assert "ends before it begins" in page
            await at.page("/relation/QMR/add/nonsense", 404)

    run(story())
    assert records(node, Meeting) == []
    assert records(node, Person) == [], "a person whose office cannot be is not kept either"


def test_two_who_change_the_same_record_do_not_overwrite_each_other(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        agreed = keep(conn, Action(agency="QMR", what="Send the pictures"))

    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            shown = await at.page(f"/relation/change/action/{agreed.id}")
            assert 'name="revision" value="1"' in shown
            await at.send(f"/relation/change/action/{agreed.id}", what="Send ten pictures", side="ours", revision="1")
            page = await at.send(
                f"/relation/change/action/{agreed.id}", 409, what="Send two", side="ours", revision="1"
            )
            assert "Somebody has changed this action meanwhile" in page
            assert 'value="Send two"' in page

    run(story())
    assert [one.what for one in records(node, Action)] == ["Send ten pictures"]


def test_an_action_is_closed_with_what_it_became(node: Served) -> None:
    number = node.file(copy_of("solar", "en", "Solar park", "It opens."))
    with borrowed(node.site.newsroom) as conn:
        agreed = keep(conn, Action(agency="QMR", what="Write on the solar park", due=date(2026, 1, 5)))

    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            assert "Action overdue" in await at.page("/relations")
            close = f"/relation/action/{agreed.id}/close"
            await at.send(close, 404, state="done", became="agreement", link="none")
            await at.send(close, 400, state="lost")
            page = await at.send(close, state="done", became="item", link=str(number), outcome="Ran on page one")
            assert f'<a href="/item/{number}">' in page
            assert "Ran on page one" in page
            assert "Action overdue" not in await at.page("/relations")

    run(story())


def test_every_person_reads_relations_but_only_a_few_write_them_down(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        met = keep(conn, Meeting(agencies=("QMR",), subject="Talks", starts=datetime.now(UTC)))

    async def story() -> None:
        async with sitting(node, READER) as at:
            for path in ("/relations", "/relation/QMR", f"/relation/meeting/{met.id}", "/partner/QMR/brief"):
                page = await at.page(path)
                assert "/relation/QMR/add/" not in page
            assert "done by: partner manager, desk head" in await at.page("/relation/QMR")
            await at.send("/relation/QMR/add/meeting", 403, **MEETING)
            await at.send(f"/relation/change/meeting/{met.id}", 403, **MEETING)
            await at.send(f"/relation/remove/meeting/{met.id}", 403)

    run(story())
    assert [one.subject for one in records(node, Meeting)] == ["Talks"]


async def upload(at: Desk, body: bytes, name: str, status: int = 200, **fields: str) -> str:
    """Send a form with a file, as a browser does."""
    form = aiohttp.FormData(quote_fields=False)
    for key, value in {"csrf": csrf_in(await at.page("/node")), "kind": "document", **fields}.items():
        form.add_field(key, value)
    form.add_field("file", body, filename=name, content_type="text/html")
    async with at.client.post(f"{at.url}/relation/QMR/add/document", data=form) as answer:
        text = await answer.text()
        assert answer.status == status, re.findall('role="alert".*', text)
        return text


def test_a_document_is_saved_by_its_readers_never_shown_and_audited(node: Served) -> None:
    hostile = b"<script>alert(1)</script>"

    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            readers = {"roles.4": "partner manager", "names.1": "Hanna Head", "disclosed": "1"}
            page = await upload(at, hostile, "terms ١٤.html", title="Secret terms", **readers)
            assert "Secret terms" in page
            (kept,) = records(node, Document)
            page = await at.page(f"/relation/document/{kept.id}")
            assert "Read by: partner manager, Hanna Head, Pia Partner" in page
            async with at.client.get(f"{at.url}/relation/document/{kept.id}/file") as answer:
                assert await answer.read() == hostile
                assert answer.headers["content-type"] == "application/octet-stream"
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.headers["content-disposition"].startswith("attachment;")
                assert "%D9%A1" in answer.headers["content-disposition"]
                assert "sandbox" in answer.headers["content-security-policy"]
        async with sitting(node, EDITOR) as at:
            page = await at.page("/relation/QMR")
            assert "You are not among its readers." in page
            assert "Secret terms" not in page
            refused = await at.page(f"/relation/document/{kept.id}/file", 403)
            assert "partner manager, Hanna Head, Pia Partner" in refused
        async with sitting(node, ADMIN) as at:
            await at.page(f"/relation/document/{kept.id}", 403)
            named = {"roles.2": "editor"}
            await at.send(f"/relation/change/document/{kept.id}", revision="1", **named)
        async with sitting(node, EDITOR) as at:
            assert "Secret terms" in await at.page(f"/relation/document/{kept.id}")

    run(story())
    with borrowed(node.site.newsroom) as conn:
        acts = [(entry.actor, entry.act) for entry in audit.entries(conn, about="QMR")]
    assert acts == [(ADMIN, "readers named"), (MANAGER, "document saved"), (MANAGER, "document kept")]


def test_an_undisclosed_note_is_nowhere_for_others(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            page = await upload(
                at, b"", "", kind="note", title="What they fear", text="The law.", **{"names.3": "Hanna Head"}
            )
            assert "What they fear" in page
        (kept,) = records(node, Document)
        async with sitting(node, EDITOR) as at:
            assert "Nothing is kept here yet." in await at.page("/relation/QMR")
            await at.page(f"/relation/document/{kept.id}", 404)

    run(story())


def test_a_document_without_text_and_file_comes_back(node: Served) -> None:
    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            page = await upload(at, b"", "", 400, title="Nothing in it", disclosed="1")
            assert "There is nothing to keep" in page
            assert 'value="Nothing in it"' in page

    run(story())


# ---------------------------------------------------------------------------------------------- the brief


def rich(node: Served) -> None:
    """A partner of whom much is known: more of everything than a brief holds."""
    long = " and everything else that two agencies with a long common history have to talk over when they meet"
    with borrowed(node.site.newsroom) as conn:
        agencies.add_agency(conn, Agency(code="CONF", name="Coastal News Confederation", kind="association"))
        names = {"ar": "وكالة قمر للأنباء", "zh": "卡玛尔通讯社"}
        keep(
            conn,
            Institution(
                agency="QMR",
                founded="1971",
                place="Port Qamar",
                address="14 Quay",
                names=names,
                histories={"en": long * 9},
            ),
        )
        for number in range(12):
            agencies.add_bureau(conn, Bureau(agency="QMR", place=f"Harbour town {number}"))
            person = keep(conn, Person(name=f"Noor Sahil the {number}th", languages=("ar",)))
            keep(
                conn,
                Office(
                    person=person.id, agency="QMR", title=f"Deputy director of department {number}", since="2021-03"
                ),
            )
            keep(conn, Seat(agency="QMR", body="CONF", title=f"Committee {number}", person=person.id, until="2031"))
            there = tuple(Attendance(agency="QMR", name=f"Delegate {n} of the delegation") for n in range(9))
            starts = datetime.now(UTC) - timedelta(days=number)
            keep(
                conn,
                Meeting(
                    agencies=("QMR",),
                    subject=f"Talks {number}{long}",
                    starts=starts,
                    attended=there,
                    place="Port Qamar",
                ),
            )
            keep(
                conn,
                Action(agency="QMR", what=f"Task {number}{long}", who="Sona Aliyeva of the desk", due=date(2026, 1, 5)),
            )
    for number in range(8):
        node.file(copy_of(f"n{number}", "en", f"Headline {number}{long}", "Text."), "QMR")


@pytest.mark.parametrize("language", ["ar", "zh", "ru"])
def test_the_brief_is_in_its_own_language_whoever_looks_at_it(node: Served, language: str) -> None:
    rich(node)

    async def story() -> None:
        async with sitting(node, MANAGER) as at:
            page = await at.page(f"/partner/QMR/brief?language={language}")
            said = words(language)
            assert f'<article class="brief" lang="{language}" dir="{said.direction}">' in page
            for key in ("brief.who", "brief.actions", "brief.meetings", "brief.theirs"):
                assert f"<h2>{said(key)}</h2>" in page
            assert said("brief.more", count=6) in page
            assert '<html lang="en"' in page
            await at.page("/partner/QMR/brief?language=tlh", 400)
            await at.page("/partner/LNA/brief", 404)

    run(story())


@pytest.mark.skipif(not any(__import__("shutil").which(name) for name in NAMES), reason="no Chromium on this machine")
def test_the_richest_partner_fits_two_pages_in_every_language(node: Served) -> None:
    rich(node)
    with borrowed(node.site.newsroom) as conn:
        found = {code: brief_on(conn, "QMR", code, datetime.now(UTC)) for code in LANGUAGES}
    for code, paper in (("de", "A4"), ("ru", "letter"), ("ar", "A4"), ("zh", "letter")):
        pdf = pdf_of(printed(found[code], paper))
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2, code
    for code in LANGUAGES:
        told = "\n".join(lines(found[code]))
        assert not re.search(r"[{}]|brief\.|relation\.", told), code
        assert "<" not in told, code
