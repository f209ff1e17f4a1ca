"""Two members' nodes that meet over a project: one is served, the other asks it; what is asked of whom, and what is given."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
import msgspec
import pytest
from msgspec import Raw, Struct
from served import Served
from yarl import URL

from database import drop_database, fresh_database
from dragoman.desk import project_contents, projects
from dragoman.model.agency import Agency, NodeKey
from dragoman.model.project import Act, Document, Member, Note, Project
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.receive import project as meeting
from dragoman.receive.intake import Intake
from dragoman.store import agencies
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection, Waker, borrowed, connect
from dragoman.store.db.cluster import Cluster
from dragoman.store.projects import files, letters, meetings, record, records, take
from dragoman.store.projects.acts import since, vector
from dragoman.trust.acts import act_digest, sign_act
from dragoman.trust.keys import Keyring, fingerprint, new_keyring
from dragoman.trust.token import issue

NOW = datetime.now(UTC)
FORUM = "LNA:forum"
VAL, QMR = new_keyring("VAL", NOW), new_keyring("QMR", NOW)
T = TypeVar("T")


class Away(Struct):
    """VAL's node, which asks; `lna` is a connection to the one that answers."""

    node: Served
    lna: Connection
    conn: Connection
    files: ByteStore

    def meets(self, run: Callable[[Intake, meetings.Meeting], Coroutine[Any, Any, T]]) -> T:
        async def story() -> T:
            async with Connector(parse_allowed(("127.0.0.1/32",))) as connector:
                intake = Intake(
                    conn=self.conn,
                    files=self.files,
                    connector=connector,
                    box=None,  # type: ignore[arg-type]
                    waker=Waker(self.conn),
                    limits=Limits(max_bytes=16_000_000),
                )
                return await run(intake, meetings.Meeting(project=FORUM, agency="LNA", node=self.node.url))

        return asyncio.run(story())

    def met(self) -> int:
        """How many acts were new."""
        return self.meets(lambda intake, one: meeting.meet(intake, one, lambda: VAL))

    def get(self, path: str, keys: Keyring = VAL) -> tuple[int, bytes]:
        async def story() -> tuple[int, bytes]:
            token = issue(keys, audience="LNA", method="GET", path=path, now=datetime.now(UTC))
            async with (
                aiohttp.ClientSession() as client,
                client.get(
                    URL(self.node.url + path, encoded=True), headers={"authorization": f"Dragoman {token}"}
                ) as answer,
            ):
                return answer.status, await answer.read()

        return asyncio.run(story())


def trusted(conn: Connection, keys: Keyring) -> None:
    public = keys.current.public
    agencies.add_key(
        conn, NodeKey(agency=keys.agency, public=public, fingerprint=fingerprint(public), state="trusted", since=NOW)
    )


@pytest.fixture
def away(node: Served, cluster: Cluster, tmp_path: Path) -> Iterator[Away]:
    """LNA has founded the project; VAL has joined it."""
    database = fresh_database(cluster)
    with borrowed(node.site.newsroom) as lna, connect(database.newsroom) as conn:
        agencies.add_agency(conn, Agency(code="VAL", name="Valdora Presse", home=True))
        agencies.add_agency(conn, Agency(code="LNA", name="Lantern", node=node.url))
        agencies.add_agency(conn, Agency(code="QMR", name="Qamar Wire"))
        for keys in (node.site.keyring, VAL):
            trusted(lna, keys)
            trusted(conn, keys)
        trusted(lna, QMR)
        agencies.set_node(lna, "VAL", "http://127.0.0.1:9")
        agencies.set_node(lna, "QMR", "http://127.0.0.1:9")
        projects.found(lna, node.site.keyring, "forum", Project(title="Forum"), by="Ada", now=datetime.now(UTC))
        projects.invite(lna, node.site.keyring, FORUM, "VAL", by="Ada", now=datetime.now(UTC))
        with conn.transaction():
            letters.received(
                conn, "LNA", letters.ActsLetter(project=FORUM, acts=since(lna, FORUM, {})), datetime.now(UTC)
            )
        projects.join(conn, VAL, FORUM, by="Orla", now=datetime.now(UTC))
        with lna.transaction():
            mine = since(conn, FORUM, vector(lna, FORUM))
            letters.received(lna, "VAL", letters.ActsLetter(project=FORUM, acts=mine), datetime.now(UTC))
        yield Away(node=node, lna=lna, conn=conn, files=ByteStore(tmp_path / "val"))
    drop_database(cluster, database.name)


def noted(away: Away, count: int, text: str = "x") -> None:
    with away.lna.transaction():
        for number in range(count):
            note = Note(text=text)
            projects.put(away.lna, away.node.site.keyring, FORUM, f"n{number}", note, by="Ada", now=datetime.now(UTC))


def test_a_member_reads_page_after_page_and_then_sends_what_the_other_lacks(away: Away) -> None:
    noted(away, 30, "Ü" * 20_000)
    assert len(since(away.lna, FORUM, {}, 500, 600_000)) < 20
    projects.put(away.conn, VAL, FORUM, "mine", Note(text="From us."), by="Orla", now=datetime.now(UTC))
    away.conn.execute("delete from letter")
    assert away.met() == 30
    assert len(records(away.conn, Note, project=FORUM)) == 31
    assert away.conn.execute("select type from letter where agency is not null").fetchall() == [("project",)]
    away.conn.execute("delete from letter")
    assert away.met() == 0
    assert away.conn.execute("select count(*) from letter").fetchall() == [(0,)]  # it would leave them as they were


def test_a_log_that_cannot_be_taken_holds_up_no_other(away: Away) -> None:
    projects.invite(away.lna, away.node.site.keyring, FORUM, "QMR", by="Ada", now=datetime.now(UTC))
    trusted(away.conn, new_keyring("QMR", NOW))  # VAL has confirmed another key than LNA
    chain: list[Act] = []
    for number in range(1, 601):
        fields = {"joined": NOW.isoformat()} if number == 1 else {"text": "Said in QMR."}
        made = Act(
            project=FORUM,
            agency="QMR",
            log=1,
            number=number,
            previous=act_digest(chain[-1]) if chain else "",
            clock=int(datetime.now(UTC).timestamp() * 1e6) + number,
            by="Layla",
            kind="member" if number == 1 else "note",
            id="QMR" if number == 1 else f"q{number}",
            fields=Raw(msgspec.json.encode(fields)),
        )
        chain.append(sign_act(QMR, made))
    with away.lna.transaction():
        assert len(take(away.lna, FORUM, chain, sender="QMR", now=datetime.now(UTC)).acts) == 600
    projects.put(away.lna, away.node.site.keyring, FORUM, "last", Note(text="L"), by="Ada", now=datetime.now(UTC))
    away.met()
    assert record(away.conn, Note, FORUM, "last").record.text == "L"
    assert vector(away.conn, FORUM).get("QMR/1") is None


def test_files_are_given_to_who_is_in_and_only_those_that_were_put_into_the_project(away: Away) -> None:
    site, hidden = away.node.site, b"What the minister said in confidence."
    held = project_contents.add_file(
        away.lna,
        site.keyring,
        site.files,
        FORUM,
        b"Ten o'clock.",
        Document(title="P", digest="0" * 64),
        by="Ada",
        now=datetime.now(UTC),
    )
    named = Document(title="Q", digest=site.files.put(hidden))
    away.met()
    projects.put(away.conn, VAL, FORUM, "d2", named, by="Orla", now=datetime.now(UTC))
    with away.lna.transaction():
        mine = since(away.conn, FORUM, vector(away.lna, FORUM))
        letters.received(away.lna, "VAL", letters.ActsLetter(project=FORUM, acts=mine), datetime.now(UTC))
    away.met()
    assert files.here(away.conn, FORUM) == {held.record.digest}
    assert not away.files.has(hashlib.sha256(hidden).hexdigest())
    path = f"/exchange/project/{FORUM}/file/"
    assert away.get(path + held.record.digest) == (200, b"Ten o'clock.")
    assert away.get(path + named.digest)[0] == 404
    projects.invite(away.lna, site.keyring, FORUM, "QMR", by="Ada", now=datetime.now(UTC))
    assert away.get(path + held.record.digest, QMR)[0] == 404


def test_who_has_been_excluded_hears_of_no_project_and_what_it_asks_strangely_is_an_error_of_its_own(
    away: Away,
) -> None:
    acts = f"/exchange/project/{FORUM}/acts"
    assert away.get(acts)[0] == 200
    for have in ('{"LNA/1":99999999999}', '{"LNA/1":-1}', '{"a%5Cu0000":1}', "[", "%00", '{"LNA/1":"x"}'):
        assert away.get(f"{acts}?have={have}")[0] == 400, have
    for path in (
        "/exchange/project/a%00b/acts",
        "/exchange/project/LNA:desk/acts",
        f"/exchange/project/{FORUM}/file/%00",
    ):
        assert away.get(path)[0] in (400, 401, 404), path
    assert away.get(acts, QMR)[0] == 404
    mine = record(away.lna, Member, FORUM, "VAL").record
    out = msgspec.structs.replace(mine, left=NOW)
    projects.put(away.lna, away.node.site.keyring, FORUM, "VAL", out, by="Ada", now=datetime.now(UTC))
    assert away.get(acts)[0] == 404


def test_a_strange_answer_of_a_members_node_is_written_down_and_the_others_go_on(away: Away) -> None:
    one = meetings.Meeting(project=FORUM, agency="LNA", node="http://127.0.0.1:1")
    assert away.meets(lambda intake, _: meeting.meet(intake, one, lambda: VAL)) == 0
    [met] = meetings.met(away.conn, FORUM)
    assert (met.agency, met.failures) == ("LNA", 1)
    assert met.error
