"""From grants to deliveries: opened for every channel of whoever may see a version; what it replaces is taken back."""

from collections.abc import Sequence
from datetime import datetime

from dragoman.model.delivery import BULK_PRIORITY, FLASH_PRIORITY, KILL_PRIORITY, USUAL_PRIORITY
from dragoman.model.version import VersionAct
from dragoman.store.connect import Connection

STOPS: frozenset[VersionAct] = frozenset({"kill", "hold"})


def supersede_grants(conn: Connection, sequences: list[int], now: datetime) -> None:
    """Those who may see the new version see it instead of the older ones."""
    conn.execute(
        "update item_grant g set withdrawn = %s from version old join version new on new.item = old.item"
        " and new.sequence > old.sequence join item_grant n on n.sequence = new.sequence and n.position is not null"
        " where new.sequence = any(%s) and g.sequence = old.sequence and g.agency = n.agency and g.withdrawn is null",
        (now, sequences),
    )


FLASH_URGENCY = 2
"""An urgency from 1 to this is a flash's."""


def priority(act: VersionAct, urgency: int | None, bulk: bool = False) -> int:
    """A kill overtakes everything, a flash everything else."""
    if act in STOPS:
        return KILL_PRIORITY
    if urgency is not None and urgency <= FLASH_URGENCY:
        return FLASH_PRIORITY
    return BULK_PRIORITY if bulk else USUAL_PRIORITY


def open_deliveries(
    conn: Connection,
    sequences: Sequence[int],
    priorities: Sequence[int],
    epoch: int,
    agencies: Sequence[int] = (),
) -> None:
    """One delivery for each channel of each agency that may see these versions, and its lane made due.

    `agencies`, beside each sequence, narrows it to those: the others have theirs already.
    """
    if not sequences:
        return
    narrowed: list[int | None] = list(agencies) or [None] * len(sequences)
    conn.execute(
        "with owed as (insert into delivery (channel, sequence, at, item, agency, epoch, act, priority, due)"
        "   select c.id, v.sequence, now(), v.item, g.agency, %s, v.act, x.priority, now()"
        "   from unnest(%b::bigint[], %b::int[], %b::int[]) as x(sequence, priority, agency)"
        "   join version v on v.sequence = x.sequence join item_grant g on g.sequence = v.sequence"
        "     and g.position is not null and g.withdrawn is null and (x.agency is null or x.agency = g.agency)"
        "   join channel c on c.agency = g.agency and c.state <> 'disabled' returning channel, priority),"
        " lanes as (select channel, priority <= 1 as express, min(priority) as first from owed group by 1, 2),"
        # Rows are locked in one order by everyone who takes several.
        " locked as (select l.channel, l.express from lane l join lanes using (channel, express)"
        "   order by l.channel, l.express for update of l)"
        # Every lane, due or not: one that was due when the statement began may be given back as idle while it waits for
        # the lock. An open circuit (failures, and a moment set) stays open for all but a kill.
        " update lane set due = case when lanes.first = 0 then '-infinity'::timestamptz"
        "   when lane.failures > 0 and lane.due < 'infinity' then lane.due"
        "   when lanes.first = 1 then '-infinity' else least(lane.due, now()) end"
        " from lanes, locked where lane.channel = lanes.channel and lane.express = lanes.express"
        " and locked.channel = lane.channel and locked.express = lane.express",
        (epoch, list(sequences), list(priorities), narrowed),
    )
