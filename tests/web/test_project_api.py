"""A joint project over the API: founded, changed, read; by those who may."""

from served import Served
from test_api import Caller, calling


def test_a_program_founds_a_project_and_changes_its_records(node: Served) -> None:
    async def story(caller: Caller) -> None:
        made = await caller.post(
            "/api/v1/projects", 201, name="harbour-forum", project={"title": "Harbour forum", "languages": ["az", "en"]}
        )
        assert (made["id"], made["members"]) == ("LNA:harbour-forum", ["LNA"])
        path = "/api/v1/projects/LNA:harbour-forum"
        async with caller.client.put(caller.url + path + "/records/task/t1", json={"title": "Book the hall"}) as answer:
            assert (await answer.json())["record"]["title"] == "Book the hall"
        async with caller.client.put(caller.url + path + "/records/task/t1", json={"tittle": 1}) as answer:
            assert answer.status == 400
        assert [one["id"] for one in await caller.get(path + "/records/task")] == ["t1"]
        async with caller.client.delete(caller.url + path + "/records/task/t1") as answer:
            assert answer.status == 204
        assert await caller.get(path + "/records/task") == []
        log = await caller.get(path + "/log")
        assert [(one["verb"], one["kind"]) for one in log[:2]] == [("drop", "task"), ("set", "task")]
        await caller.get(path + "/records/gift", 404)

    calling(node, "Ada Admin", story)


def test_a_reader_may_not_found_a_project(node: Served) -> None:
    async def story(caller: Caller) -> None:
        await caller.post("/api/v1/projects", 403, name="mine", project={"title": "Mine"})

    calling(node, "Rana Reader", story)
