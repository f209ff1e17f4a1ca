"""A joint project of two real nodes: invited, joined, worked on while the other is away, equal again; copy and a kill."""

import json
from pathlib import Path

import pytest
from newsroom import Newsroom, Town, introduce, item, unique, until

from dragoman.model.errors import Refused

FORUM = "LNA:harbour-forum"


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    with Town(tmp_path_factory.mktemp("project")) as town:
        lantern, tide = town.newsroom("LNA"), town.newsroom("TIDE")
        for node in (lantern, tide):
            node.serve()
        introduce(lantern, tide)
        lantern.ok("project", "new", "harbour-forum", "--title", "Harbour forum", "--credit", "*=Harbour / {agency}")
        lantern.ok("project", "invite", FORUM, "TIDE")
        until(lambda: state(tide) == "invited", "the invitation arrives")
        assert tide.run("project", "note", FORUM, "Not yet a member").code == Refused.exit_code
        tide.ok("project", "join", FORUM, "--yes")
        until(lambda: members(lantern) == ["LNA", "TIDE"], "the other has joined")
        yield lantern, tide


def state(node: Newsroom) -> str:
    return next((str(row["state"]) for row in node.ok("project", "list") if row["id"] == FORUM), "")


def members(node: Newsroom) -> list[str]:
    return list(next((row["members"] for row in node.ok("project", "list") if row["id"] == FORUM), []))


def titles(node: Newsroom) -> set[str]:
    return {str(task["title"]) for task in node.ok("project", "show", FORUM)[0]["tasks"]}


def test_who_was_away_has_everything_when_back(nodes: tuple[Newsroom, Newsroom]) -> None:
    lantern, tide = nodes
    tide.stop()
    lantern.ok("project", "task", FORUM, "--title", "Book the hall")
    lantern.stop()
    tide.serve()
    tide.ok("project", "task", FORUM, "--title", "Bring the lamps")
    lantern.serve()
    both = {"Book the hall", "Bring the lamps"}
    until(lambda: titles(lantern) >= both, "the act of the other arrives here")
    until(lambda: titles(tide) >= both, "our act arrives there")
    logs = [node.ok("project", "log", FORUM) for node in nodes]
    assert [act["digest"] for act in logs[0]] == [act["digest"] for act in logs[1]]


def test_copy_and_its_kill_reach_the_members_under_the_projects_terms(nodes: tuple[Newsroom, Newsroom]) -> None:
    lantern, tide = nodes
    uri = f"urn:lna:{unique()}"
    secret = lantern.bureau()
    assert lantern.file(secret, **item(uri, "The lamps are lit")).status in (200, 202)
    until(lambda: uri in lantern.uris(), "our copy is filed")
    assert uri not in tide.uris()
    lantern.ok("project", "add", FORUM, uri)
    until(lambda: uri in tide.uris(), "the member has the copy")
    assert tide.uris(f'project:"{FORUM}"') == {uri}
    agreed = [one for one in tide.ok("agreement", "list") if one["state"] == "active"]
    assert {one["content"] for one in agreed} == {f'project:"{FORUM}"'}
    lantern.kill(uri, "The lamps were not lit.", "ada")
    lantern.kill(uri, "The lamps were not lit.", "ben")
    until(lambda: tide.run("item", "show", uri).one["state"] == "killed", "the kill arrives")


def test_a_file_follows_its_act(nodes: tuple[Newsroom, Newsroom], tmp_path: Path) -> None:
    lantern, tide = nodes
    paper = tmp_path / "programme.txt"
    paper.write_text("Ten o'clock: the round table.")
    made = lantern.ok("project", "file", FORUM, paper)[0]
    until(
        lambda: tide.run("project", "file", FORUM, "--get", made["id"], "-o", tmp_path / "theirs").code == 0,
        "the file",
        90,
    )
    assert (tmp_path / "theirs").read_text() == paper.read_text()


def test_a_stranger_is_told_of_no_project(nodes: tuple[Newsroom, Newsroom]) -> None:
    lantern, _ = nodes
    answer = lantern.get(f"/exchange/project/{FORUM}/acts")
    assert answer.status == 401
    assert "title" in json.loads(answer.body)
