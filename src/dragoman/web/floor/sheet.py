"""One view of a floor as pieces of HTML in regions, and the steps that lead from one sheet to the next. Pure.

A sheet is drawn once for everybody who watches the same view in the same languages; what an open page needs to follow is
computed once too. Nothing in it depends on who looks or on what time it is.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct


class Piece(Struct, frozen=True):
    """An element: the id it has on the page, and its HTML."""

    id: str
    html: str


class Sheet(Struct, frozen=True, kw_only=True):
    """Regions by name, each with its pieces in order. `standings`: how each question stands that this view shows;
    `asking`: the one being asked, as it is announced."""

    regions: Mapping[str, tuple[Piece, ...]]
    standings: Mapping[str, str] = {}
    asking: str = ""
    digest: str = ""


class Change(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Put this piece into its region behind another one (at the top without one), or take it away (no region)."""

    id: str
    region: str = ""
    after: str = ""
    html: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """From the sheet `since` to the sheet `digest`: what changes, and how many questions have come to each standing."""

    since: str
    digest: str
    changes: tuple[Change, ...]
    came: Mapping[str, int]
    asking: str = ""

    def event(self) -> bytes:
        """As a server-sent event, its id the sheet that it leads to."""
        return b"id: %s\nevent: step\ndata: %s\n\n" % (self.digest.encode(), msgspec.json.encode(self))


def sealed(
    regions: Mapping[str, Iterable[Piece]], standings: Mapping[str, str] | None = None, asking: str = ""
) -> Sheet:
    """The sheet with its digest: equal for equal pages."""
    whole = {name: tuple(pieces) for name, pieces in regions.items()}
    digest = hashlib.sha256(msgspec.msgpack.encode([whole, asking])).hexdigest()[:16]
    return Sheet(regions=whole, standings=standings or {}, asking=asking, digest=digest)


def step(before: Sheet, after: Sheet) -> Step:
    """What an open page has to do."""
    changes: list[Change] = []
    there = {piece.id for pieces in after.regions.values() for piece in pieces}
    changes += [Change(id=piece.id) for pieces in before.regions.values() for piece in pieces if piece.id not in there]
    for name, pieces in after.regions.items():
        changes += _in_region(name, [one for one in before.regions.get(name, ()) if one.id in there], pieces)
    came = Counter(state for id, state in after.standings.items() if before.standings.get(id) != state)
    asking = after.asking if after.asking != before.asking else ""
    return Step(since=before.digest, digest=after.digest, changes=tuple(changes), came=came, asking=asking)


def _in_region(name: str, before: list[Piece], after: tuple[Piece, ...]) -> list[Change]:
    """Pieces that are new here, have other words, or another place."""
    wanted = {piece.id for piece in after}
    order = [piece.id for piece in before if piece.id in wanted]
    html = {piece.id: piece.html for piece in before}
    changes: list[Change] = []
    last = ""
    for at, piece in enumerate(after):
        in_place = at < len(order) and order[at] == piece.id
        if not in_place:
            if piece.id in html:
                order.remove(piece.id)
            order.insert(at, piece.id)
        if not in_place or html.get(piece.id) != piece.html:
            changes.append(Change(id=piece.id, region=name, after=last, html=piece.html))
        last = piece.id
    return changes
