"""The names file over the API: who may change it, and what is answered."""

from typing import Any

from served import Served
from test_report_api import calling

from dragoman.store import audit
from dragoman.store.connect import borrowed

IDA = {"id": "ida-brandt", "kind": "person", "forms": {"en": ["Ida Brandt"], "ru": ["Ида Брандт"]}}


def test_names_are_added_found_merged_and_split(node: Served) -> None:
    async def story(ask: Any) -> None:
        assert (await ask("POST", "/names", **IDA))["forms"]["ru"] == ["Ида Брандт"]
        await ask("POST", "/names", id="brandt", kind="person", forms={"en": ["I. Brandt"]})
        assert [one["id"] for one in await ask("GET", "/names")] == ["brandt", "ida-brandt"]
        assert [one["id"] for one in await ask("GET", "/names?form=ИДА Брандт&language=ru")] == ["ida-brandt"]
        merged = await ask("POST", "/names/ida-brandt/merge", other="brandt")
        assert merged["forms"]["en"] == ["Ida Brandt", "I. Brandt"]
        parts = await ask("POST", "/names/ida-brandt/split", forms=["I. Brandt"], new="ilse-brandt")
        assert sorted(one["id"] for one in parts) == ["ida-brandt", "ilse-brandt"]
        await ask("GET", "/names/nobody", 404)
        await ask("POST", "/names/ida-brandt/merge", 400, other="nobody")
        await ask("POST", "/names", 400, id="empty", forms={})

    calling(node, "Eldar Editor", story)


def test_the_file_comes_in_pages_and_by_words_and_an_entry_is_taken_out(node: Served) -> None:
    async def story(ask: Any) -> None:
        for name in ("anna", "Zoe", "bea"):
            await ask("POST", "/names", id=name, forms={"en": [f"{name.title()} Quay"], "ru": ["Куэй"]})
        first = await ask("GET", "/names?q=quay&limit=2")
        assert [one["id"] for one in first] == ["Zoe", "anna"]
        rest = await ask("GET", f"/names?q=quay&limit=2&after={first[-1]['id']}")
        assert [one["id"] for one in rest] == ["bea"]
        assert [one["id"] for one in await ask("GET", "/names?q=КУЭЙ&after=anna")] == ["bea"]
        await ask("DELETE", "/names/bea", 204)
        await ask("DELETE", "/names/bea", 400)
        assert [one["id"] for one in await ask("GET", "/names?q=quay")] == ["Zoe", "anna"]
        for name in ("anna", "Zoe"):
            await ask("DELETE", f"/names/{name}", 204)

    calling(node, "Eldar Editor", story)
    with borrowed(node.site.newsroom) as conn:
        last = audit.entries(conn)[0]
        assert (last.act, last.about) == ("name removed", "Zoe")


def test_a_reader_looks_and_changes_nothing(node: Served) -> None:
    async def story(ask: Any) -> None:
        await ask("POST", "/names", 403, **IDA)
        await ask("DELETE", "/names/ida-brandt", 403)
        assert await ask("GET", "/names") == []

    calling(node, "Rana Reader", story)


def test_what_cannot_be_kept_is_the_askers_fault(node: Served) -> None:
    async def story(ask: Any) -> None:
        await ask("POST", "/names", 400, id="nul\0", forms={"en": ["Ida"]})
        await ask("POST", "/names", 400, id="a", forms={"e\0n": ["Ida"]})
        assert (await ask("POST", "/names", id="a", forms={"en": ["I\0da"]}, note="x\0"))["forms"]["en"] == ["Ida"]
        deep: Any = "x"
        for _ in range(600):
            deep = {"a": deep}
        await ask("POST", "/names", 400, id="a", forms=deep)

    calling(node, "Eldar Editor", story)
