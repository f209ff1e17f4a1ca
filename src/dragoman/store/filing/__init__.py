"""Filing: versions, grants and deliveries of a batch in one transaction. Whoever makes a version comes through here.

place       is it new, newer, the same again, not theirs to send?          (pure: store.identity)
reach       what befalls its language versions with it                     (pure: route.reach)
copies      has another road brought these words before?  (pure: link.copies)
grant       who is owed it, on which terms, from when?                     (pure: route.matching)
write       order, version, payload, grants, deliveries, a kill's reach    (one transaction)
"""

from collections.abc import Sequence
from datetime import datetime

from dragoman.store.agreements import book
from dragoman.store.connect import Connection
from dragoman.store.filing import copies
from dragoman.store.filing.grant import grant
from dragoman.store.filing.place import known_versions, lock_items, place, refusal, touched
from dragoman.store.filing.placed import REACHED, Filed, Filing, Placed
from dragoman.store.filing.reach import Reach, declared, gather, remember
from dragoman.store.filing.write import tombstone, write

__all__ = ["Filed", "Filing", "file", "tombstone"]


def file(conn: Connection, filings: Sequence[Filing], now: datetime) -> list[Filed]:
    """What became of each, in order. Inside the caller's transaction; afterwards wake the followers.

    The items are locked in the order of their keys, so that two filers never wait for each other in a ring.
    """
    agreements = book(conn)
    said = declared(conn, agreements, filings)
    standings = lock_items(conn, agreements, touched(agreements, filings) | said.originals())
    kin = gather(conn, agreements, standings, said)
    filings = [said.embargoed(filing, agreements.home) for filing in filings]
    known = known_versions(conn, filings)

    def put(filing: Filing, number: int = REACHED) -> Placed:
        return place(agreements, standings, known, number, filing)

    family = Reach(conn=conn, agreements=agreements, standings=standings, declared=said, kin=kin, now=now, put=put)
    outcomes: list[Filed] = []
    placed: list[Placed] = []
    for number, filing in enumerate(filings):
        one = put(filing, number)
        outcomes.append(refusal(conn, agreements, one) or Filed(state="stored", act=one.act))
        if outcomes[-1].state == "stored":
            placed += [one, *family.after(one)]
    for one in copies.recognise(conn, agreements, placed, now):
        placed += family.with_stopped(one)
    if placed:
        grant(conn, agreements, placed, now)
        write(conn, agreements, placed, now)
        remember(conn, said, placed)
        copies.ask(conn, agreements, placed, now)
    for one in placed:
        if one.number != REACHED:
            first = one.words.first if one.words else None
            outcomes[one.number] = Filed(
                state="stored", sequence=one.sequence, act=one.act, copy_of=first.item if first else None
            )
    return outcomes
