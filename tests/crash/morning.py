"""What happens in one run: copy comes in by every door, the desk acts, everything is sent; whoever dies comes back."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from dragoman.desk import agreements as desk_agreements
from dragoman.desk import copy as desk
from dragoman.model.agreement import Terms
from dragoman.store import agreements
from dragoman.store.connect import Connection

from . import copy
from .lines import Given, Killed, Line
from .node import FIRST, HOME, SECOND, TAKEN_FROM_NOD, Made, Waited, command
from .watch import Watch


class Morning:
    """One run's acts. `deadly` is the environment of the desk's commands; without it the desk acts by its functions."""

    def __init__(self, made: Made, once: Path, lines: list[Line], *, until: float, deadly: Mapping[str, str]) -> None:
        self.made, self.lines = made, lines
        self.watch = Watch(once, lines, until)
        self.run = f"urn:crash:{once.name}"
        self.units = 0
        self.poisoned = False
        self._name, self._deadly = once.name, deadly

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
        part = self.made.inward / f".{self._name}.part"
        part.write_bytes(laid.body)
        part.rename(self.made.inward / f"{self._name}.json")
        self._given(laid, acknowledged=True)
        self.made.partners.feed = copy.rss(f"{self.run}:r1")
        nod = self.made.partners.scripts["NOD"]
        for name in ("n1", "n2"):
            piece = copy.Piece(uri=f"{self.run}:{name}", version=1)
            envelope = self.made.partners.copy(nod, "publish", piece.ninjs, TAKEN_FROM_NOD)
            nod.entries.append({"id": f"NOD-{self._name}-{name}", "envelope": json.loads(envelope)})
            self._given(piece, origin="NOD", acknowledged=True)
        self.units += 4

    def push_all(self) -> None:
        """The bureau's pushes, each tried under the same key until it is acknowledged; one item comes twice."""
        # First, so that the embargo is counted from when the node is up.
        self._push(f"{self._name}-garbage", copy.GARBAGE + self._name.encode())
        for number, piece in enumerate(copy.pushed(self.run, time.time() + copy.LIFTS_AFTER.total_seconds())):
            self._push(f"{self._name}-{number}", piece.body)
            self._given(piece, acknowledged=True)
        if self.poisoned:
            self._push(f"{self._name}-poison", copy.POISON)
        nod = self.made.partners.scripts["NOD"]
        piece = copy.Piece(uri=f"{self.run}:n2", version=1)
        envelope = self.made.partners.copy(nod, "publish", piece.ninjs, TAKEN_FROM_NOD)
        self._post("exchange/inbox", envelope, lambda: self._stamp(f"NOD-{self._name}-n2", envelope))

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

        self.watch.wait(acknowledged, f"the push to {path} to be acknowledged")

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
            self.watch.wait(lambda name=name: self._reached("ALF", name), f"{name} to reach a partner")  # type: ignore[misc]
        self._act("correct", copy.CORRECTED, FIRST)
        self._act("kill", copy.KILLED, FIRST)
        self._act("hold", copy.RELEASED, FIRST)
        self._act("kill", copy.KILLED, SECOND)
        self.lines.append(Killed(item=f"{self.run}:{copy.KILLED}", at=time.time()))
        self._act("release", copy.RELEASED, SECOND)
        self._push(f"{self._name}-late", copy.Piece(uri=f"{self.run}:{copy.KILLED}", version=9).body)
        self.watch.asking(self._match_again)
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
            self.watch.asking(lambda conn: ACTS[act](conn, uri, by))

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
        self.watch.asking(
            lambda conn: desk_agreements.propose(conn, ring, terms, by=FIRST, now=datetime.now(UTC)),
        )

    # -------------------------------------------------------------------------------------------- and comes to rest

    def rest(self) -> None:
        """Until nothing waits.

        Raises:
            Waited: something still does, and what.
        """
        try:
            self.watch.wait(self._at_rest, "everything to come to rest")
        except Waited as error:
            stuck = self.watch.asking(lambda conn: conn.execute(STUCK).fetchall())
            raise Waited(f"{error}; {'; '.join(map(str, stuck))}") from error

    def close(self) -> None:
        """What arrives from now on is the next run's."""
        row = self.watch.asking(lambda conn: conn.execute("select coalesce(max(id), 0) from arrival").fetchone())
        assert row is not None
        self.made.baseline = row[0]
        self.watch.close()

    def _at_rest(self) -> bool:
        waiting = self.watch.asking(lambda conn: conn.execute(WAITING, {"arrivals": self.made.baseline}).fetchone())
        assert waiting is not None
        *kinds, units = waiting
        self.watch.last_seen = (
            f"kept, owed, letters, embargoed, to match, unreceipted: {kinds}; {units} of {self.units} units"
        )
        return not any(kinds) and units >= self.units and not list(self.made.inward.glob("*.json"))


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
select 'letter', a.code, l.state, l.type, l.due - now(), l.reason, null, l.until - now(), l.id || ' tried ' || l.attempts
  from letter l join agency a on a.id = l.agency where l.state = 'pending'
union all
select 'feed', name, state, kind, next_poll - now(), last_error, now() - last_poll, null, cursor from feed
"""
