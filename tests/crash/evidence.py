"""What a run leaves behind, as lines: the database's versions and counts, what the partners got, the folder's files."""

import json

from .lines import Counted, Given, Line, Received, Stored
from .morning import Morning
from .node import AGREED

_VERSIONS = (
    "select i.uri, v.version, o.code, v.act, v.language, i.current = v.sequence from version v join item i on i.id = v.item"
    " join agency o on o.id = i.origin where i.uri like %s || ':%%' order by v.sequence"
)
_UNITS = (
    "select count(*) filter (where state = 'stored'), count(*) filter (where state = 'duplicate'),"
    " count(*) filter (where state = 'parked'), count(*) filter (where state = 'refused') from unit where arrival > %s"
)


def evidence(morning: Morning, received: list[Received]) -> list[Line]:
    """The rest of the history of `morning`, once it has come to rest."""
    rows = morning.watch.asking(lambda conn: conn.execute(_VERSIONS, (morning.run,)).fetchall())
    stored = [Stored(item=r[0], version=r[1], origin=r[2], act=r[3], language=r[4], current=r[5]) for r in rows]
    counts = morning.watch.asking(lambda conn: conn.execute(_UNITS, (morning.made.baseline,)).fetchone())
    assert counts is not None
    in_units = Counted(
        received=morning.units, stored=counts[0], duplicate=counts[1], parked=counts[2], refused=counts[3]
    )
    ours = [one for one in received if one.item.startswith(f"{morning.run}:")]
    return [*AGREED, *stored, in_units, _from_the_feed(morning, stored), *ours, *_files(morning, stored)]


def _from_the_feed(morning: Morning, stored: list[Stored]) -> Given:
    """The bureau's entry: the version was made here, from its content."""
    uri = f"{morning.run}:r1"
    version = next((one.version for one in stored if one.item == uri), "(none)")
    return Given(item=uri, version=version, origin="HOM", language="en", acknowledged=True)


def _files(morning: Morning, stored: list[Stored]) -> list[Received]:
    """What stands in GAM's folder: each file as a delivery that came when it was written."""
    acts = {(one.item, one.version): one.act for one in stored}
    found = []
    for path in sorted(morning.made.outward.glob("[!.]*")):
        item = json.loads(path.read_bytes())
        if not item["uri"].startswith(f"{morning.run}:"):
            continue
        written, version = path.stat().st_mtime, item.get("version", "")
        found.append(
            Received(
                partner="GAM",
                id=path.name,
                item=item["uri"],
                version=version,
                action=acts.get((item["uri"], version), "unknown"),
                text=bool(item.get("bodies") or item.get("headlines") or item.get("descriptions")),
                credit=item.get("copyrightNotice", "") or item.get("dragoman", {}).get("credit", ""),
                begun=written,
                at=written,
            )
        )
    return found
