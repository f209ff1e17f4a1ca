"""Stories at the command line: listed, shown with their items, decided on; every decision is signed."""

from cli_run import Desk

from dragoman.store import audit

_LINKED = (
    "insert into story_item (item, sequence, story, at, likeness, reasons, vector)"
    " select i.id, i.current, %s, now(), 0.5, %s, '' from item i where i.id = %s"
)


def in_one_story(desk: Desk) -> list[int]:
    """Three items that the linker has put together."""
    items = [desk.file(f"urn:lna:{name}", name.title()) for name in ("quay", "ferry", "lamp")]
    with desk.store() as conn:
        conn.execute("insert into story (id, latest) values (7001, now())")
        for item in items:
            conn.execute(_LINKED, (7001, b'[["c:harbour",0.4]]', item))
    return items


def test_stories_are_listed_shown_and_decided_on(desk: Desk) -> None:
    first, second, third = in_one_story(desk)
    [line] = desk.ok("story", "list")
    assert (line["id"], line["items"]) == (7001, 3)
    [shown] = desk.ok("story", "show", 7001)
    assert [one["item"] for one in shown["members"]] == [first, second, third]
    assert shown["members"][0]["reasons"] == {"c:harbour": 0.4}
    [named] = desk.ok("story", "rename", 7001, "The quay")
    assert named["title"] == "The quay"
    assert desk.ok("story", "accept", first)[0]["id"] == 7001
    [apart] = desk.ok("story", "reject", third)
    assert (apart["id"] != 7001, apart["items"]) == (True, 1)
    assert desk.ok("story", "move", third, 7001)[0]["items"] == 3
    [split] = desk.ok("story", "split", 7001, second, third)
    assert split["items"] == 2
    [one] = desk.ok("story", "merge", split["id"], 7001)
    assert (one["id"], one["items"]) == (7001, 3)
    assert desk.ok("story", "show", split["id"])[0]["id"] == 7001
    [told] = desk.ok("story", "show", 7001, "--narrative")
    assert set(told) == {"timeline", "matrix", "facts", "quotes", "only_here"}
    assert desk.run("story", "show", 999).code == 4
    with desk.store() as conn:
        acts = {one.act for one in audit.entries(conn, limit=50)}
    assert {
        "story renamed",
        "item taken out of a story",
        "item put into a story",
        "story split",
        "stories merged",
    } <= acts
