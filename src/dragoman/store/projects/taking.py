"""Is an act taken? It follows on its author's last act, and its author has signed it; if not, it is kept aside."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.model.errors import BadInput, NotAccepted
from dragoman.model.project import Act, Member
from dragoman.planning.chain import End, Obstacle, obstacle
from dragoman.store import agencies
from dragoman.store.connect import Connection
from dragoman.store.projects import acts as log
from dragoman.store.projects.aside import keep_aside, take_from_aside
from dragoman.store.projects.records import find_record
from dragoman.trust.acts import act_digest, verify_act


class Arrived(Struct, frozen=True):
    """An act to be looked at, who has sent it, and why it waits if it does. `own`: we have just signed it."""

    act: Act
    sender: str
    reason: str = ""
    own: bool = False


class Taking:
    """Acts of one project taken in rounds; in between their caller folds them. What is not taken is in `reasons`, how
    many of it found no room to wait in `over`, how many acts were written in `written`."""

    def __init__(self, conn: Connection, now: datetime) -> None:
        self._conn, self._now = conn, now
        self._ends: dict[tuple[str, int], End] = {}
        self._keys: dict[str, Keys] = {}
        self._fresh: dict[tuple[str, int, int], tuple[Act, str]] = {}
        self.reasons: list[str] = []
        self.over = self.written = 0

    def take(self, arrived: Sequence[Arrived]) -> list[Act]:
        """Those that are new, written; each log's in its order."""
        self._keys.clear()  # a member may have named another one since
        taken = [one.act for one in arrived if self._takes(one)]
        log.append(self._conn, list(self._fresh.values()))
        take_from_aside(self._conn, taken)
        self.written += len(self._fresh)
        self._fresh.clear()
        return taken

    def _takes(self, one: Arrived) -> bool:
        act, end = one.act, self._end(one.act)
        if act.number <= end.number:
            return self._is_back(one)
        # Ours follows on what is here, however far ahead that was dated: a person's act is not put off here.
        now = max(self._now, act.at) if one.own else self._now
        found = obstacle(act, end, now) or (None if one.own else self._forgery(act))
        if found is not None:
            self._keep_aside(one, found)
            return False
        digest = act_digest(act)
        self._fresh[act.agency, act.log, act.number] = act, digest
        self._ends[act.agency, act.log] = End(act.number, digest, act.clock)
        return True

    def _is_back(self, one: Arrived) -> bool:
        """An act that was here before: is it one whose words were removed when we left?"""
        act = one.act
        fresh = self._fresh.get((act.agency, act.log, act.number))
        digest, withdrawn = (fresh[1], False) if fresh else log.digest_at(self._conn, act)
        found = self._forgery(act) if withdrawn or not _is(act, digest) else None
        if found is None and not _is(act, digest):
            two = f"{act.agency} has signed two acts {act.log}.{act.number}; the first one counts here"
            found = Obstacle(two, final=True)
        if found is not None:
            self._keep_aside(one, found)
            return False
        if one.reason:
            take_from_aside(self._conn, [act])
        if withdrawn:
            log.bring_back(self._conn, act)
        return withdrawn

    def _keep_aside(self, one: Arrived, found: Obstacle) -> None:
        if found.reason == one.reason:
            return
        if not keep_aside(self._conn, one.act, one.sender, found.reason, final=found.final):
            self.over += 1
        self.reasons.append(found.reason)

    def _end(self, act: Act) -> End:
        place = act.agency, act.log
        if place not in self._ends:
            self._ends[place] = log.end_of_log(self._conn, act.project, *place)
        return self._ends[place]

    def _forgery(self, act: Act) -> Obstacle | None:
        if act.agency not in self._keys:
            self._keys[act.agency] = author_keys(self._conn, act.project, act.agency)
        keys = self._keys[act.agency]
        publics = keys.at(act.at)
        if not publics:
            return Obstacle(f"{act.agency} is not known as a member of {act.project}", final=False)
        try:
            verify_act(act, publics)
        except (NotAccepted, BadInput) as error:
            return Obstacle(error.title, final=keys.confirmed)
        return None


def _is(act: Act, digest: str) -> bool:
    try:
        return act_digest(act) == digest
    except BadInput:
        return False


class Keys(Struct, frozen=True):
    """The keys that verify an agency's acts, each with the hour until which it does; `confirmed` by us, or vouched for."""

    publics: tuple[tuple[bytes, datetime | None], ...]
    confirmed: bool

    def at(self, moment: datetime) -> list[bytes]:
        return [public for public, until in self.publics if until is None or moment < until]


def author_keys(conn: Connection, project: str, agency: str) -> Keys:
    """Those we have confirmed ourselves; only of an agency whose key we have never seen those in its member's record.

    A key that was replaced goes on verifying what was signed before its end. So nobody, the lead included, can give an
    agency that we know, or ourselves, another key.
    """
    ours = [(key.public, key.until) for key in agencies.keys(conn, agency) if key.state != "offered"]
    if ours:
        return Keys(tuple(ours), confirmed=True)
    member = find_record(conn, Member, project, agency)
    vouched = [key for text in member.record.keys if (key := _key(text))] if member else []
    return Keys(tuple((key, None) for key in vouched), confirmed=False)


def _key(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
