"""Relations over the API: the same acts, the same rights, the same refusals as on the pages."""

import base64
from typing import Any

from served import Served
from test_api import Caller, calling

from dragoman.store import audit
from dragoman.store.connect import borrowed


def test_relations_are_written_down_read_and_closed(node: Served) -> None:
    async def story(caller: Caller) -> None:
        person = await caller.post("/api/v1/relations/people", name="Noor Sahil", names={"ar": "نور"}, languages=["ar"])
        office: dict[str, Any] = {"person": person["id"], "agency": "QMR", "title": "Director", "sole": True}
        kept = await caller.post("/api/v1/relations/offices", **office, since="2020")
        assert kept["revision"] == 1
        problem = await caller.post("/api/v1/relations/offices", 409, **office, since="2022")
        assert problem["title"] == "Two terms overlap"
        problem = await caller.post("/api/v1/relations/offices", 400, **office, since="soon")
        assert "since" in problem["detail"]
        met = await caller.post(
            "/api/v1/relations/meetings",
            agencies=["QMR"],
            subject="Talks",
            starts="2026-03-02T10:00:00+04:00",
            zone="Asia/Dubai",
        )
        agreed = await caller.post(
            "/api/v1/relations/actions", agency="QMR", meeting=met["id"], what="Write", due="2026-01-05"
        )
        coming = await caller.get("/api/v1/relations/due")
        assert [(one["kind"], one["is_over"]) for one in coming] == [("action", True)]
        closed = await caller.post(
            f"/api/v1/relations/actions/{agreed['id']}/close", state="dropped", outcome="No need"
        )
        assert (closed["state"], closed["outcome"]) == ("dropped", "No need")
        known = await caller.get("/api/v1/relations/of/QMR")
        assert known["people"][0]["names"] == {"ar": "نور"}
        assert known["meetings"][0]["subject"] == "Talks"
        assert (await caller.get("/api/v1/relations/of/NONE", 404))["title"] == "There is no agency NONE"
        brief = await caller.get("/api/v1/relations/of/QMR/brief", language="fr")
        assert "Qui les dirige" in brief["lines"]
        await caller.get("/api/v1/relations/of/QMR/brief", 400, language="xx")
        async with caller.client.delete(f"{caller.url}/api/v1/relations/meeting/{met['id']}") as answer:
            assert answer.status == 409
        async with caller.client.delete(f"{caller.url}/api/v1/relations/action/{agreed['id']}") as answer:
            assert answer.status == 204

    calling(node, "Pia Partner", story)


def test_a_document_over_the_api_has_the_same_readers(node: Served) -> None:
    async def keeping(caller: Caller) -> None:
        body = base64.b64encode(b"\x00secret").decode()
        fields = {"agency": "QMR", "kind": "document", "title": "Terms", "file": "t.bin", "roles": ["desk head"]}
        kept = await caller.post("/api/v1/relations/documents", **fields, bytes=body)
        assert kept["size"] == 7
        await caller.post("/api/v1/relations/documents", 400, **fields, bytes="%%%")
        async with caller.client.get(f"{caller.url}/api/v1/relations/documents/{kept['id']}/file") as answer:
            assert await answer.read() == b"\x00secret"
            assert answer.headers["content-disposition"].startswith("attachment;")

    async def others(caller: Caller) -> None:
        (shown,) = (await caller.get("/api/v1/relations/of/QMR"))["documents"]
        assert (shown["readable"], shown["document"]["title"]) == (False, "–")
        await caller.get(f"/api/v1/relations/documents/{shown['document']['id']}", 403)
        await caller.post(f"/api/v1/relations/documents/{shown['document']['id']}/readers", 403, roles=["editor"])
        await caller.post("/api/v1/relations/people", 403, name="Nobody")

    calling(node, "Pia Partner", keeping)
    calling(node, "Eldar Editor", others)
    with borrowed(node.site.newsroom) as conn:
        assert "document saved" in [entry.act for entry in audit.entries(conn, about="QMR")]
