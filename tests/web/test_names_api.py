"""The names file over the API: who may change it, and what is answered."""

from typing import Any

from served import Served
from test_report_api import calling

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


def test_a_reader_looks_and_changes_nothing(node: Served) -> None:
    async def story(ask: Any) -> None:
        await ask("POST", "/names", 403, **IDA)
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
