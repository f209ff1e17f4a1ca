"""Outlets and reports over the API."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import msgspec
from served import Served

from dragoman.store import people
from dragoman.store.connect import borrowed

NOW = datetime.now(UTC)


def calling(node: Served, person: str, story: Any) -> None:
    """Run `story` with a caller that holds a token of `person`'s: `ask(method, path, status, **fields)`."""
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "test", person=person)

    async def run() -> None:
        async with aiohttp.ClientSession(headers={"authorization": f"Bearer {token}"}) as client:

            async def ask(method: str, path: str, status: int = 200, **fields: Any) -> Any:
                url = f"{node.url}/api/v1{path}"
                async with client.request(method, url, json=fields or None) as answer:
                    body = await answer.read()
                    assert answer.status == status, (answer.status, body[:500])
                    return msgspec.json.decode(body) if body else None

            await story(ask)

    asyncio.run(run())


def test_a_report_is_made_answered_and_ruled_over(node: Served) -> None:
    async def story(ask: Any) -> None:
        made = await ask("POST", "/outlets", 201, name="Delta Radio", country="DE", languages=["de"], kind="radio")
        number = made["outlet"]["id"]
        await ask("POST", "/outlets", 409, name="delta radio", country="DE")
        changed = await ask(
            "PATCH", f"/outlets/{number}", name="Delta News", audience=5, audience_source="x", audience_on="2026-01-01"
        )
        assert (changed["outlet"]["name"], changed["outlet"]["country"]) == ("Delta News", "DE")
        at = NOW.isoformat()
        said = {
            "link": "https://delta.example/1",
            "title": "Die Fähre",
            "published": at,
            "text": "Lantern News Agency.",
        }
        assert "text" not in await ask("POST", f"/outlets/{number}/mentions", 201, **said)
        since, until = (NOW - timedelta(days=1)).isoformat(), (NOW + timedelta(days=1)).isoformat()
        report = await ask("POST", "/reports/coverage", 201, title="Fähre", query="fähre", since=since, until=until)
        answer = await ask("GET", f"/reports/coverage/{report['id']}?evidence=true&language=de")
        assert answer["statement"].startswith("1 von 1 Medien im Register hat berichtet")
        assert (answer["coverage"]["ours"], len(answer["evidence"])) == (1, 1)
        piece = answer["evidence"][0]["id"]
        assert (await ask("POST", f"/evidence/{piece}/ruling", ruling="denied"))["report"] == report["id"]
        assert (await ask("GET", f"/reports/coverage/{report['id']}"))["reported"] == 0
        await ask("POST", f"/evidence/{piece}/ruling", 400, ruling="maybe")
        assert (await ask("POST", f"/outlets/{number}/retire"))["retired"]
        assert await ask("GET", "/outlets") == []

    calling(node, "Eldar Editor", story)


def test_a_feed_is_watched_and_let_go(node: Served) -> None:
    async def story(ask: Any) -> None:
        made = await ask("POST", "/outlets", 201, name="Delta Radio")
        path = f"/outlets/{made['outlet']['id']}/watches"
        watch = await ask("POST", path, 201, address="https://delta.example/rss", every_min=30)
        assert [one["address"] for one in await ask("GET", path)] == ["https://delta.example/rss"]
        await ask("POST", path, 409, address="https://delta.example/rss")
        await ask("POST", path, 400, address="file:///etc/passwd")
        await ask("DELETE", f"/watches/{watch['id']}", 204)
        assert await ask("GET", path) == []

    calling(node, "Pia Partner", story)


def test_a_reader_reads_only(node: Served) -> None:
    async def story(ask: Any) -> None:
        assert (await ask("GET", "/reports/exchange/VAL?month=2026-10"))["balance"]["sent"] == 0
        assert await ask("GET", "/reports/coverage") == []
        await ask("POST", "/outlets", 403, name="Delta Radio")

    calling(node, "Rana Reader", story)
