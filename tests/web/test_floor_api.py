"""Floors over the API."""

import asyncio
from typing import Any

import aiohttp
import msgspec
from round_table import TABLE, RoundTable
from served import Served

from dragoman.store import people
from dragoman.store.connect import borrowed


def calling(node: Served, person: str, story: Any) -> None:
    """Run `story` with a call that asks as `person`: path, fields and the status wanted to JSON."""
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "test", person=person)

    async def run() -> None:
        async with aiohttp.ClientSession(headers={"authorization": f"Bearer {token}"}) as client:

            async def call(path: str, fields: Any = None, status: int = 200) -> Any:
                method = "GET" if fields is None else "POST"
                async with client.request(method, f"{node.url}/api/v1{path}", json=fields) as answer:
                    body = await answer.read()
                    assert answer.status == status, (path, answer.status, body[:500])
                    return msgspec.json.decode(body)

            await story(call)

    asyncio.run(run())


def test_a_round_table_is_held_over_the_api(node: Served) -> None:
    table = RoundTable(node, opened=False)
    base = f"/floors/{table.project}/{TABLE}"

    async def story(call: Any) -> None:
        opened = await call(base, {"speakers": ["Ines Oda"], "languages": ["en", "ru"]})
        assert opened["line"]["state"] == "taking questions"
        asked = await call(f"{base}/questions", {"text": "When?", "asker": "Ana Brek"}, 201)
        secret = await call(f"{base}/questions", {"text": "Who pays?", "on_record": False}, 201)
        await call(f"{base}/state", {"state": "live"})
        question = f"{base}/questions/{asked['id']}"
        for deed, standing in (("accept", "accepted"), ("ask-now", "asking"), ("answered", "answered")):
            assert (await call(f"{question}/{deed}", {}))["standing"] == standing
        said = {"speaker": "Ines Oda", "text": "В июне.", "language": "ru"}
        answered = await call(f"{question}/answers", said, 201)
        wanted = {"language": "en", "text": "In June.", "answer": answered["answers"][0]["id"]}
        told = await call(f"{question}/interpretations", wanted)
        assert told["answers"][0]["interpretations"] == {"en": "In June."}
        problem = await call(f"{base}/questions/{secret['id']}/decline", {}, 400)
        assert problem["title"] == "Say why it is declined"
        await call(f"{base}/questions/{secret['id']}/vanish", {}, 404)
        assert [one["id"] for one in await call(f"{base}/questions?standing=unanswered")] == [secret["id"]]
        guest = await call(f"{base}/guests", {"name": "Tom Veil", "outlet": "Harbour Radio"}, 201)
        assert guest["link"].endswith(guest["code"])
        assert (await call(f"{base}/guests/{guest['guest']['id']}/revoke", {}))["revoked"]
        await call(f"{base}/state", {"state": "closed"})
        published = await call(f"{base}/publish", {"versions": [{"language": "en", "headline": "Ports"}]}, 201)
        assert published[0]["foreign"] == 0
        whole = await call(base)
        assert whole["line"]["state"] == "published"
        assert whole["fairness"][0]["answered"] == 1
        assert [one["id"] for one in await call("/floors")] == [TABLE]

    calling(node, "Eldar Editor", story)


def test_who_asks_too_fast_is_told_to_wait_and_a_reader_does_nothing(node: Served) -> None:
    table = RoundTable(node)
    base = f"/floors/{table.project}/{TABLE}"

    async def floods(call: Any) -> None:
        for number in range(4):
            await call(f"{base}/questions", {"text": f"Number {number}?"}, 201)
        problem = await call(f"{base}/questions", {"text": "And a fifth?"}, 429)
        assert problem["type"] == "urn:dragoman:problem:too-often"
        await call(f"{base}/questions", {"text": "x" * 5_000}, 400)

    async def reads(call: Any) -> None:
        await call(f"{base}/questions", {"text": "May I?"}, 403)
        await call(f"{base}/state", {"state": "live"}, 403)

    calling(node, "Eldar Editor", floods)
    calling(node, "Rana Reader", reads)
