"""The API over real HTTP: tokens, items, acts, problems; and what the machine is watched by."""

import asyncio
import threading
from typing import Any

import aiohttp
import msgspec
import psycopg
import pytest
from served import Served, copy_of

from dragoman.model.agreement import Terms
from dragoman.model.errors import TryAgain
from dragoman.store import people
from dragoman.store.connect import borrowed, translated
from dragoman.web import build_app
from dragoman.web.errors import told


class Caller:
    """A program with a token."""

    def __init__(self, client: aiohttp.ClientSession, url: str) -> None:
        self.client, self.url = client, url

    async def get(self, path: str, status: int = 200, **params: str) -> Any:
        async with self.client.get(self.url + path, params=params) as answer:
            return await _read(answer, status)

    async def post(self, path: str, status: int = 200, **fields: Any) -> Any:
        async with self.client.post(self.url + path, json=fields) as answer:
            return await _read(answer, status)


async def _read(answer: aiohttp.ClientResponse, status: int) -> Any:
    body = await answer.read()
    assert answer.status == status, (answer.status, body[:500])
    if status >= 400:
        assert answer.content_type == "application/problem+json"
    return msgspec.json.decode(body)


def calling(node: Served, person: str, story: Any) -> None:
    """Run `story` with a caller that holds a token of `person`'s; of nobody's when empty."""

    async def run() -> None:
        headers = {"authorization": f"Bearer {_token(node, person)}"} if person else {}
        async with aiohttp.ClientSession(headers=headers) as client:
            await story(Caller(client, node.url))

    asyncio.run(run())


def _token(node: Served, person: str) -> str:
    with borrowed(node.site.newsroom) as conn:
        return people.add_token(conn, "test", person=person)


def test_a_caller_without_a_token_is_told_how_to_get_one(node: Served) -> None:
    async def story(caller: Caller) -> None:
        problem = await caller.get("/api/v1/items", 401)
        assert problem["type"] == "urn:dragoman:problem:not-accepted"
        assert "token add" in problem["hint"]
        assert problem["id"]

    calling(node, "", story)


def test_a_partners_token_does_not_open_the_newsroom(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "theirs", agency="VAL")

    async def story(caller: Caller) -> None:
        caller.client.headers["authorization"] = f"Bearer {token}"
        assert (await caller.get("/api/v1/items", 403))["title"] == "This token belongs to a partner"

    calling(node, "Eldar Editor", story)


def test_items_are_listed_by_query_and_the_cursor_goes_on(node: Served) -> None:
    for number in range(5):
        node.file(copy_of(f"en{number}", "en", f"Story {number}", "Text."))
    node.file(copy_of("az", "az", "Xəbər", "Mətn."))

    async def story(caller: Caller) -> None:
        first = await caller.get("/api/v1/items", q="language:en", limit="3")
        assert [line["headline"] for line in first["items"]] == ["Story 4", "Story 3", "Story 2"]
        rest = await caller.get("/api/v1/items", q="language:en", limit="3", cursor=first["next"])
        assert [line["headline"] for line in rest["items"]] == ["Story 1", "Story 0"]
        assert rest["next"] == ""
        other = await caller.get("/api/v1/items", 400, q="language:az", cursor=first["next"])
        assert other["title"] == "This cursor belongs to another reader"
        assert "column" in (await caller.get("/api/v1/items", 400, q="language:("))["title"]
        await caller.get("/api/v1/items", 400, limit="0")

    calling(node, "Rana Reader", story)


def test_a_correction_a_hold_and_a_kill_go_through_the_api(node: Served) -> None:
    number = node.file(copy_of("solar", "en", "Solar park for 40,000 homes", "It opens."))
    second = _token(node, "Hugo Head")

    async def story(caller: Caller) -> None:
        at = f"/api/v1/items/{number}"
        problem = await caller.post(f"{at}/correct", 400, headline="Solar park for 14,000 homes")
        assert "reason" in problem["detail"]
        await caller.post(f"{at}/correct", headline="Solar park for 14,000 homes", reason="14,000, not 40,000")
        shown = await caller.get(at)
        assert shown["item"]["headlines"][0]["value"] == "Solar park for 14,000 homes"
        assert [one["line"]["act"] for one in await caller.get(f"{at}/versions")] == ["correct", "publish"]
        done = await caller.post(f"{at}/kill", reason="It never happened")
        assert "second person" in done["waits_for"]
        await caller.post(f"{at}/kill", 403, reason="It never happened")
        caller.client.headers["authorization"] = f"Bearer {second}"
        assert (await caller.post(f"{at}/kill", reason="It never happened"))["act"] == "kill"
        gone = await caller.get(at)
        assert gone["line"]["state"] == "killed"
        assert "Solar" not in msgspec.json.encode(gone).decode()
        await caller.get("/api/v1/items/999", 404)

    calling(node, "Hanna Head", story)


def test_a_reader_may_read_and_nothing_else(node: Served) -> None:
    number = node.file(copy_of("solar", "en", "Solar park", "It opens."))

    async def story(caller: Caller) -> None:
        await caller.get(f"/api/v1/items/{number}")
        await caller.post(f"/api/v1/items/{number}/hold", 403, reason="x")
        await caller.post("/api/v1/channels/valdora/pause", 403)

    calling(node, "Rana Reader", story)


def test_an_agreement_is_explained_proposed_and_ended(node: Served) -> None:
    number = node.file(copy_of("tea", "az", "Çay", "Çay."))

    async def story(caller: Caller) -> None:
        explained = await caller.get(f"/api/v1/items/{number}/explain/VAL")
        assert explained[0]["allowed"] is False
        assert explained[0]["reasons"] == ["§ languages: en, fr only, this is az"]
        terms = {"giver": "LNA", "taker": "QMR", "valid_from": "2026-01-01T00:00:00Z", "languages": ["ar"]}
        made = await caller.post("/api/v1/agreements", 201, terms=terms)
        assert made["state"] == "proposed"
        assert msgspec.convert(made["terms"], Terms).languages == ("ar",)
        await caller.post(f"/api/v1/agreements/{made['id']}/accept", 403)
        assert (await caller.post(f"/api/v1/agreements/{made['id']}/end"))["state"] == "ended"
        assert len(await caller.get("/api/v1/agreements", partner="QMR")) == 2
        assert [a["code"] for a in await caller.get("/api/v1/agencies")] == ["LNA", "QMR", "VAL"]

    calling(node, "Pia Partner", story)


def test_an_operator_pauses_a_channel_and_sees_what_waits(node: Served) -> None:
    number = node.file(copy_of("solar", "en", "Solar park", "It opens."))

    async def story(caller: Caller) -> None:
        line = await caller.post("/api/v1/channels/valdora/pause")
        assert (line["channel"]["state"], line["waiting"]) == ("paused", 1)
        assert "secret" not in line
        sent = await caller.get("/api/v1/deliveries", item=str(number))
        assert [one["state"] for one in sent] == ["pending"]
        assert (await caller.get(f"/api/v1/deliveries/{sent[0]['id']}"))["agency"] == "VAL"
        assert await caller.get("/api/v1/feeds") == []
        assert await caller.get("/api/v1/arrivals", parked="true") == []

    calling(node, "Otto Operator", story)


def test_the_api_describes_itself_in_openapi(node: Served) -> None:
    async def story(caller: Caller) -> None:
        said = await caller.get("/api/openapi.json")
        assert said["openapi"].startswith("3.1")
        assert said["info"]["title"] == "Dragoman"
        assert {"/api/v1/items", "/api/v1/items/{number}/kill", "/api/v1/agreements"} <= said["paths"].keys()
        assert not any(path.startswith(("/wire", "/login", "/-/")) for path in said["paths"])
        for path in ("/api", "/api/", "/api/swagger", "/api/redoc"):
            async with caller.client.get(node.url + path) as answer:
                assert "<script" not in await answer.text(), f"{path} would ask another site"

    calling(node, "", story)


def test_the_node_says_whether_it_lives_and_is_ready(node: Served) -> None:
    async def story(caller: Caller) -> None:
        async with caller.client.get(node.url + "/-/healthy") as answer:
            assert (answer.status, await answer.text()) == (200, "healthy\n")
        said = await caller.get("/-/ready")
        assert said == {"ready": True, "database": "ok", "migrations": "ok", "intake": "ok"}

    calling(node, "", story)


def test_figures_are_given_to_this_machine_and_not_through_a_proxy(node: Served) -> None:
    node.file(copy_of("solar", "en", "Solar park", "It opens."))

    async def story(caller: Caller) -> None:
        async with caller.client.get(node.url + "/metrics") as answer:
            text = await answer.text()
            assert "dragoman_log_sequence 1.0" in text
            assert 'dragoman_deliveries{state="pending"} 1.0' in text
            assert "dragoman_intake_refused 0.0" in text
        async with caller.client.get(node.url + "/metrics", headers={"x-forwarded-for": "192.0.2.7"}) as answer:
            assert answer.status == 401

    calling(node, "", story)


def test_what_the_database_says_of_itself_stays_here() -> None:
    words = 'connection to server on socket "/srv/secret/.s.PGSQL.5432" failed'
    with pytest.raises(TryAgain) as caught, translated():
        raise psycopg.OperationalError(words)
    assert (caught.value.detail, told(caught.value).detail) == (words, "")
    assert told(TryAgain("Nothing is taken in", "the disk is full")).detail == "the disk is full"


def test_building_the_application_starts_no_thread(node: Served) -> None:
    # The node that is served meanwhile takes workers for its event loop whenever it likes: those are not counted.
    before = _threads()
    build_app(node.site)
    assert _threads() == before


def _threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if not thread.name.startswith("asyncio_")}
