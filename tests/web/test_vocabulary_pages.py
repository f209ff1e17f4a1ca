"""The vocabularies' pages and API, and an item whose subjects are shown in the reader's language."""

from datetime import UTC, datetime
from typing import Any

import pytest
from at_desk import sitting
from served import Served, copy_of
from test_report_api import calling

from dragoman.desk import vocabularies as desk
from dragoman.model.item import Concept
from dragoman.store.connect import borrowed
from vocabulary_files import QUAYS, vocabulary_file

pytestmark = pytest.mark.anyio
TOPIC = "http://cv.iptc.org/newscodes/mediatopic/20000574"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def taken_in(node: Served) -> int:
    with borrowed(node.site.newsroom) as conn:
        done = desk.take_in(conn, vocabulary_file(), source="quays.json", by="Eldar", now=datetime.now(UTC))
    return done.id


async def test_topics_are_known_before_anything_is_taken_in(node: Served) -> None:
    async with sitting(node, "Eldar Editor") as one:
        page = await one.page("/vocabularies")
    assert "medtop:15000000" in page
    assert "election" in page


async def test_a_vocabulary_is_listed_and_searched(node: Served) -> None:
    number = taken_in(node)
    async with sitting(node, "Eldar Editor") as one:
        assert "Quays" in await one.page("/vocabularies")
        assert "quay:200" in await one.page("/vocabularies?q=pier")
        page = await one.page(f"/vocabulary/{number}")
        assert all(code in page for code in ("quay:100", "quay:200", "quay:300"))
        assert "retired" in page.casefold()
        found = await one.page(f"/vocabulary/{number}?q=%D0%BD%D0%B5%D1%82")
        assert "quay:100" not in found
        for odd in ("?q=%00", "?q=pier&after=%00", "?after=%ED%A0%80"):
            assert await one.page(f"/vocabulary/{number}{odd}")
        assert await one.page("/vocabularies?q=a%00b")


async def test_the_subjects_of_an_item_are_called_by_their_labels(node: Served) -> None:
    subjects = (Concept(uri=TOPIC), Concept(name="vote", uri="http://nobody.example/1"))
    number = node.file(copy_of("vote", "en", "The harbour votes", "Boats came in.", subjects=subjects))
    async with sitting(node, "Eldar Editor") as one:
        page = await one.page(f"/item/{number}")
    assert "<bdi>election</bdi>" in page
    assert "<bdi>vote</bdi>" in page


def test_the_api_lists_finds_and_calls(node: Served) -> None:
    number = taken_in(node)

    async def story(ask: Any) -> None:
        lines = await ask("GET", "/vocabularies")
        assert [(one["alias"], one["concepts"], one["retired"]) for one in lines if one["id"] == number] == [
            ("quay", 3, 1)
        ]
        assert [one["qcode"] for one in await ask("GET", "/vocabularies/concepts?q=pier")] == ["quay:200"]
        concepts = await ask("GET", f"/vocabularies/{number}/concepts?after=100&limit=1")
        assert [one["concept"]["code"] for one in concepts] == ["200"]
        called = await ask("GET", f"/vocabularies/labels?name=medtop:15000000&name={QUAYS}100&language=ar")
        assert called == {"medtop:15000000": "الرياضة", f"{QUAYS}100": "ميناء"}
        await ask("GET", "/vocabularies/999/concepts", 404)
        await ask("GET", "/vocabularies/labels?" + "&".join("name=x" for _ in range(101)), 400)

    calling(node, "Eldar Editor", story)
