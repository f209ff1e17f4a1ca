"""What happens in one run: copy comes in by every door, the desk acts, everything is sent; whoever dies comes back."""

import contextlib
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from dragoman.desk import agreements as desk_agreements
from dragoman.desk import copy as desk
from dragoman.model.agreement import Terms
from dragoman.model.errors import Conflict, TryAgain
from dragoman.store import agreements
from dragoman.store.connect import Connection

from . import copy
from .lines import Died, Given, Killed, Line
from .node import FIRST, HOME, SECOND, TAKEN_FROM_NOD, Made, Served, Waited, command

LEASE_S = 60
TEND_S = 0.1


class Morning:
    """One run's acts. `deadly` is the environment of the desk's commands; without it the desk acts by its functions."""

    def __init__(self, made: Made, once: Path, lines: list[Line], *, until: float, deadly: Mapping[str, str]) -> None:
        self.made, self.lines = made, lines
        self.served: Served | None = None
        self.run = f"urn:crash:{once.name}"
        self.units = 0
        self.poisoned = False
        self.began = time.time()
        self._once, self._until, self._deadly = once, until, deadly
        self._conn: Connection | None = None
        self._tended = 0.0
        self._died = False

    def live(self) -> None:
        """Everything after `lay_out`, to the end; `served` serves.

        Raises:
            Waited: something did not come to rest in time.
        """
        self.push_all()
        self.act()
        self.rest()

    # -------------------------------------------------------------------------------------------- copy comes in

    def lay_out(self) -> None:
        """What others have ready: a file, a feed's entry, two entries in a partner's change feed."""
        laid = copy.Piece(uri=f"{self.run}:d1", version=1)
        part = self.made.inward / f".{self._once.name}.part"
        part.write_bytes(laid.body)
        part.rename(self.made.inward / f"{self._once.name}.json")
        self._given(laid, acknowledged=True)
        self.made.partners.feed = copy.rss(f"{self.run}:r1")
        nod = self.made.partners.scripts["NOD"]
        for name in ("n1", "n2"):
            piece = copy.Piece(uri=f"{self.run}:{name}", version=1)
            envelope = self.made.partners.copy(nod, "publish", piece.ninjs, TAKEN_FROM_NOD)
            nod.entries.append({"id": f"NOD-{self._once.name}-{name}", "envelope": _raw(envelope)})
            self._given(piece, origin="NOD", acknowledged=True)
        self.units += 4

    def push_all(self) -> None:
        """The bureau's pushes, each tried under the same key until it is acknowledged; one item comes twice."""
        # First, so that the embargo is counted from when the node is up.
        self._push(f"{self._once.name}-garbage", copy.GARBAGE + self._once.name.encode())
        for number, piece in enumerate(copy.pushed(self.run, time.time() + copy.LIFTS_AFTER.total_seconds())):
            self._push(f"{self._once.name}-{number}", piece.body)
            self._given(piece, acknowledged=True)
        if self.poisoned:
            self._push(f"{self._once.name}-poison", copy.POISON)
        nod = self.made.partners.scripts["NOD"]
        piece = copy.Piece(uri=f"{self.run}:n2", version=1)
        envelope = self.made.partners.copy(nod, "publish", piece.ninjs, TAKEN_FROM_NOD)
        self._post("exchange/inbox", envelope, lambda: self._stamp(f"NOD-{self._once.name}-n2", envelope))

    def _stamp(self, name: str, body: bytes) -> dict[str, str]:
        return self.made.partners.stamped(self.made.partners.scripts["NOD"], name, body)

    def _push(self, key: str, body: bytes) -> None:
        headers = {"authorization": f"Bearer {self.made.secret}", "idempotency-key": key}
        self._post("exchange/push/desk", body, lambda: {**headers, "content-type": "application/octet-stream"})
        self.units += 1

    def _post(self, path: str, body: bytes, headers: Callable[[], dict[str, str]]) -> None:
        """POST until it is acknowledged."""

        def acknowledged() -> bool:
            request = urllib.request.Request(f"{self.made.url}/{path}", data=body, headers=headers())
            try:
                with urllib.request.urlopen(request, timeout=5) as answer:
                    return bool(answer.status < 300)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code < 500:
                        raise Waited(f"{path} answers {error.code}: {error.read(300)!r}") from error
            except OSError:
                pass  # it has died, or is not there yet
            return False

        self.wait(acknowledged, f"the push to {path} to be acknowledged")

    def _given(self, piece: copy.Piece, *, acknowledged: bool, origin: str = HOME) -> None:
        self.lines.append(
            Given(
                item=piece.uri,
                version=str(piece.version),
                origin=origin,
                language=piece.language,
                acknowledged=acknowledged,
                embargo=piece.embargo,
            )
        )

    # -------------------------------------------------------------------------------------------- the desk acts

    def act(self) -> None:
        """A correction, a hold that is released, a kill by two people, copy that comes after it; terms and a proposal."""
        for name in (copy.CORRECTED, copy.KILLED, copy.RELEASED):
            self.wait(lambda name=name: self._reached("ALF", name), f"{name} to reach a partner")  # type: ignore[misc]
        self._act("correct", copy.CORRECTED, FIRST)
        self._act("kill", copy.KILLED, FIRST)
        self._act("hold", copy.RELEASED, FIRST)
        self._act("kill", copy.KILLED, SECOND)
        self.lines.append(Killed(item=f"{self.run}:{copy.KILLED}", at=time.time()))
        self._act("release", copy.RELEASED, SECOND)
        self._push(f"{self._once.name}-late", copy.Piece(uri=f"{self.run}:{copy.KILLED}", version=9).body)
        self.asking(self._match_again)
        self._propose()

    def _reached(self, partner: str, name: str) -> bool:
        return any(one.partner == partner and one.item == f"{self.run}:{name}" for one in self.made.partners.received)

    def _act(self, act: str, name: str, by: str) -> None:
        uri = f"{self.run}:{name}"
        if self._deadly:
            more = ["--headline", "The ferry leaves at noon"] if act == "correct" else []
            more += ["--yes"] if act == "kill" else []
            self._command("item", act, uri, "--reason", "It was wrong.", "--as", by, *self._password, *more)
        else:
            self.asking(lambda conn: ACTS[act](conn, uri, by))

    @property
    def _password(self) -> list[str]:
        return ["--password-file", str(self.made.password)]

    def _command(self, *words: str) -> None:
        """What a person does: the command again, if it died. Once it was done, it says so by refusing."""
        done = command(self.made, *words, environment=self._deadly)
        if done.returncode < 0:
            done = command(self.made, *words, environment=self._deadly)
        elif done.returncode:
            raise Waited(f"{' '.join(words[:3])}: {done.stderr[-500:]}")

    def _match_again(self, conn: Connection) -> None:
        with conn.transaction():
            agreements.save(conn, agreements.agreement(conn, "given-to-ALF"), HOME)

    def _propose(self) -> None:
        if self._deadly:
            self._command("agreement", "propose", "NOD", "--give", "--languages", "de")
            return
        terms = Terms(giver=HOME, taker="NOD", languages=("de",), valid_from=datetime.now(UTC).replace(microsecond=0))
        ring = self.made.open().keyring
        self.asking(
            lambda conn: desk_agreements.propose(conn, ring, terms, by=FIRST, now=datetime.now(UTC)),
        )

    # -------------------------------------------------------------------------------------------- and comes to rest

    def rest(self) -> None:
        try:
            self.wait(self._at_rest, "everything to come to rest")
        except Waited as error:
            raise Waited(f"{error}; {self._stuck()}") from error

    def _stuck(self) -> str:
        """What still waits, for whoever looks into it."""
        assert self._conn is not None
        return "; ".join(str(row) for row in self._conn.execute(STUCK).fetchall())

    def _at_rest(self) -> bool:
        waiting = self.asking(lambda conn: conn.execute(WAITING, {"arrivals": self.made.baseline}).fetchone())
        assert waiting is not None
        *kinds, units = waiting
        self._waits_for = (
            f"kept, owed, letters, embargoed, to match, unreceipted: {kinds}; {units} of {self.units} units"
        )
        return not any(kinds) and units >= self.units and not list(self.made.inward.glob("*.json"))

    # -------------------------------------------------------------------------------------------- waiting

    _waits_for = ""

    def wait(self, happened: Callable[[], bool], what: str) -> None:
        while not happened():
            if time.monotonic() > self._until:
                raise Waited(f"waited too long for {what}. {self._waits_for}")
            self.tend()
            time.sleep(0.02)

    def asking(self, act: Callable[[Connection], object]) -> "psycopg.rows.TupleRow | None":
        """What `act` gives, tried again while the database is away or others are at the item."""
        while True:
            try:
                if self._conn is None or self._conn.closed:
                    assert self.served is not None
                    self._conn = self.served.open()
                return act(self._conn)  # type: ignore[return-value]
            except (TryAgain, psycopg.OperationalError, Conflict) as error:
                if time.monotonic() > self._until:
                    raise Waited(f"the database did not do it: {error}") from error
            time.sleep(0.05)

    def tend(self) -> None:
        """Let time pass for those who wait: the leases of the dead run out, and what is to be tried again is due."""
        if time.monotonic() - self._tended < TEND_S:
            return
        self._tended = time.monotonic()
        with contextlib.suppress(psycopg.OperationalError, TryAgain):
            self._note_deaths()
            if self._died:
                self._age_leases()
            for statement in HASTEN:
                self.asking(lambda conn, s=statement: conn.execute(s.encode()))  # type: ignore[misc]

    def _note_deaths(self) -> None:
        """A role that has been restarted had died when the file was made."""
        if self._died or not self._once.exists():
            return
        row = self.asking(
            lambda conn: conn.execute(
                "select role from role_state where restarts > 0 and started > to_timestamp(%s)", (self.began,)
            ).fetchone()
        )
        if row:
            self._died = True
            self.lines.append(Died(role=row[0], at=self._once.stat().st_mtime))

    def _age_leases(self) -> None:
        """Those taken before the death: the next minute is over."""
        last = self._once.stat().st_mtime + LEASE_S
        for table in LEASED[self.lines_died]:
            self.asking(
                lambda conn, t=table: conn.execute(  # type: ignore[misc]
                    f"update {t} set until = now() - interval '1 second' where until > now() and until <= to_timestamp(%s)".encode(),
                    (last,),
                )
            )

    @property
    def lines_died(self) -> str:
        return next(line.role for line in self.lines if isinstance(line, Died))

    def serve_again(self, served: Served, died: bool) -> None:
        """The node has been started anew; where all of it `died`, that was when the file was made."""
        self.served = served
        if self._conn is not None:
            self._conn.close()
        if died:
            self._died = True
            self.lines.append(Died(role="supervisor", at=self._once.stat().st_mtime))

    def server_started(self) -> object:
        """When the node's PostgreSQL was started."""
        row = self.asking(lambda conn: conn.execute("select pg_postmaster_start_time()").fetchone())
        assert row is not None
        return row[0]

    def close(self) -> None:
        if self._conn is not None:
            row = self._conn.execute("select coalesce(max(id), 0) from arrival").fetchone()
            assert row is not None
            self.made.baseline = row[0]
            self._conn.close()


def _raw(envelope: bytes) -> object:
    import json

    return json.loads(envelope)


def _correct(conn: Connection, uri: str, by: str) -> None:
    changes = desk.Changes(headline="The ferry leaves at noon")
    desk.correct(conn, uri, changes, "It leaves at noon.", by=by, now=datetime.now(UTC))
    desk.wake(conn)


def _stop(act: Callable[..., object]) -> Callable[[Connection, str, str], None]:
    def stopping(conn: Connection, uri: str, by: str) -> None:
        act(conn, uri, "It was wrong.", by=by, now=datetime.now(UTC))
        desk.wake(conn)

    return stopping


ACTS: dict[str, Callable[[Connection, str, str], None]] = {
    "correct": _correct,
    "hold": _stop(desk.hold),
    "release": _stop(desk.release),
    "kill": _stop(desk.kill),
}
LEASED: dict[str, tuple[str, ...]] = {
    "pipeline": ("arrival",),
    "deliver": ("lane", "letter"),
    "supervisor": ("arrival", "lane", "letter"),
    "receive": (),
    "release": (),
    "web": (),
}
HASTEN = tuple(
    f"with late as (select tableoid, ctid from {table} where {late} for update skip locked)"
    f" update {table} x set due = now() from late where x.tableoid = late.tableoid and x.ctid = late.ctid"
    for table, late in (
        ("delivery", "state = 'retry' and reason <> 'embargo' and due > now()"),
        ("lane", "due > now() and due < 'infinity'"),
        ("letter", "state = 'pending' and due > now()"),
    )
)
WAITING = """
select (select count(*) from arrival where state = 'kept'),
       (select count(*) from delivery where state in ('pending', 'leased', 'retry')),
       (select count(*) from letter where state = 'pending'),
       (select count(*) from item_grant g join version v using (sequence) join item i on i.id = v.item
         where g.position is null and g.withdrawn is null and i.current = v.sequence),
       (select count(*) from agreement where rematch),
       (select count(*) from delivery d join channel c on c.id = d.channel where c.kind = 'node' and d.state = 'sent'),
       (select count(*) from unit where arrival > %(arrivals)s)
"""
STUCK = """
select 'delivery', c.name, d.state, d.act, d.due - now(), d.reason, l.due - now(), l.until - now(), c.state
  from delivery d join channel c on c.id = d.channel join lane l on l.channel = c.id
 where d.state in ('pending', 'leased', 'retry')
union all
select 'feed', name, state, kind, next_poll - now(), last_error, now() - last_poll, null, cursor from feed
"""
