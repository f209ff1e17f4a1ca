"""Files of pictures and documents, by the SHA-256 of their bytes (hex): what is known of them, and who may have them.

The bytes lie in the content-addressed store (`store.bytes`). A file belongs to the item versions that name it, and the
item's state counts for it: of a held or killed item nothing is served, renditions included. What other nouns use:

    rendition_path(digest, name) -> str             the address of a rendition on our pages, `digest` of the original
    pictures(conn, ...) -> list[PictureRow]         picture items by their current versions, newest first
    picture(conn, number) -> PictureRow             one, by its item's number
    named(conn, [(origin, uri), ...]) -> list[PictureRow]
    sent(conn, files, digest, name) -> Sent         the bytes of a rendition, with credit and caption written in
    granted(conn, agency_id, digest) -> int | None  the item by which a partner may have the file, if it may

Names of renditions: ``thumbnail`` (320 px), ``preview`` (1280 px), ``large`` (2400 px), ``print`` (as large as the original);
``original`` is what came, with everything that its camera wrote into it. `store.darkroom` says how files and renditions get here.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from dragoman.formats.picture.label import label_of, labelled, written_into
from dragoman.model.errors import Gone, NotFound
from dragoman.model.item import Item
from dragoman.model.picture import CAPTIONED, ORIGINAL, alts, captions, digest_of, original
from dragoman.model.provenance import Provenance
from dragoman.model.taken import WhenTaken
from dragoman.model.version import ItemState, Version, item_key
from dragoman.store import items
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection, Row

FileState = Literal["wanted", "kept", "ready", "unfit"]
"""Wanted: not here yet. Kept: here, without renditions. Ready: with them. Unfit: no renditions can be made of it."""


SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/tiff": "tif"}


class File(Struct, frozen=True, kw_only=True):
    """What is known of a file. `width` and `height` are in pixels, the picture upright; 0 where unknown."""

    digest: str
    media_type: str
    size: int = 0
    width: int = 0
    height: int = 0
    state: FileState = "wanted"
    reason: str = ""
    provenance: Provenance | None = None
    """What a C2PA manifest in it says of itself."""


class Rendition(Struct, frozen=True, kw_only=True):
    """A rendition as made: `digest` names its bytes, which carry no metadata at all until they are sent."""

    name: str
    digest: str
    media_type: str
    size: int
    width: int
    height: int


class PictureRow(Struct, frozen=True, kw_only=True):
    """A picture item in its current version. `captions` and `alts` are by language; `width` and `height` those of the
    original, in pixels and upright; `digest` names the original. Held or killed: no texts, no digest, not `is_usable`."""

    number: int
    sequence: int
    origin: str
    agency: str
    uri: str
    version: str
    language: str
    headline: str
    captions: dict[str, str]
    alts: dict[str, str]
    credit: str
    photographer: str
    copyright: str
    terms: str
    taken: WhenTaken | None
    width: int
    height: int
    digest: str
    state: ItemState
    file: FileState
    reason: str
    received: datetime
    embargoed_until: datetime | None
    item: Item

    @property
    def is_usable(self) -> bool:
        return self.state == "usable"

    @property
    def is_shown(self) -> bool:
        """Are there renditions to look at?"""
        return self.is_usable and self.file == "ready"


class Sent(Struct, frozen=True, kw_only=True):
    """Bytes to hand out, and what they are; `tag` changes whenever they do (RFC 9110 §8.8.3)."""

    body: bytes
    media_type: str
    tag: str
    lost: tuple[str, ...] = ()
    """What a captioned original no longer has, or has no place for."""

    @property
    def suffix(self) -> str:
        """What the name of such a file ends in."""
        return SUFFIXES.get(self.media_type, "bin")


def rendition_path(digest: str, name: str = "preview") -> str:
    """The path on our pages of the rendition `name` of the original `digest`."""
    return f"/picture/file/{digest}/{name}"


def pictures(
    conn: Connection,
    *,
    matches: Callable[[Version], bool] | None = None,
    before: int | None = None,
    limit: int = 60,
) -> list[PictureRow]:
    """Picture items that answer `matches`, newest first; go on `before` the last one's sequence."""
    found, _ = items.newest(conn, before=before, limit=limit, pictures_only=True, matches=matches, scan=100_000)
    return _rows(conn, found)


def picture(conn: Connection, number: int) -> PictureRow:
    """
    Raises:
        NotFound: there is no such item, or it is no picture.
    """
    filed = items.current(conn, number)
    if filed.item.type != "picture":
        raise NotFound(f"Item {number} is no picture", filed.item.uri, hint="`dragoman picture list` shows them.")
    return _rows(conn, [filed])[0]


def named(conn: Connection, names: Sequence[tuple[str, str]]) -> list[PictureRow]:
    """The pictures of these origins and uris that are here, in the order given."""
    keys = [item_key(origin, uri) for origin, uri in names]
    numbers = {
        bytes(row[0]): row[1]
        for row in conn.execute("select key, id from item where key = any(%s) and current is not null", (keys,))
    }
    found = [items.current(conn, numbers[key]) for key in dict.fromkeys(keys) if key in numbers]
    return _rows(conn, [one for one in found if one.item.type == "picture"])


def last_of(conn: Connection, person: str) -> PictureRow | None:
    """The picture that this person has added or described last: its credit is offered for the next ones."""
    row = conn.execute(
        "select max(v.sequence) from version v join item i on i.current = v.sequence where v.kind = 'picture'"
        " and v.by = %s and i.state = 'usable'",
        (person,),
    ).fetchone()
    return row_of(conn, items.version(conn, row[0])) if row and row[0] else None


def row_of(conn: Connection, filed: items.Filed) -> PictureRow:
    """The picture in the version given."""
    return _rows(conn, [filed])[0]


def _rows(conn: Connection, found: Sequence[items.Filed]) -> list[PictureRow]:
    digests = [_digest(one.item) for one in found]
    known = {one.digest: one for one in files(conn, [digest for digest in digests if digest])}
    given = {row[0] for row in conn.execute(_GIVEN_OF, {"sequences": [one.version.sequence for one in found]})}
    return [
        _row(one, known.get(digest) if one.version.sequence in given else None)
        for one, digest in zip(found, digests, strict=True)
    ]


def _digest(item: Item) -> str:
    there = original(item)
    return digest_of(there.href) if there else ""


def _row(filed: items.Filed, kept: File | None) -> PictureRow:
    item = filed.item
    there = original(item)
    return PictureRow(
        number=filed.item_id,
        sequence=filed.version.sequence,
        origin=filed.version.origin,
        agency=filed.version.agency,
        uri=item.uri,
        version=item.version,
        language=item.language,
        headline=item.headline,
        captions=captions(item),
        alts=alts(item),
        credit=item.ours.credit or item.copyright_holder,
        photographer=item.by,
        copyright=item.copyright_notice,
        terms=item.usage_terms,
        taken=item.ours.taken,
        width=(kept.width if kept else 0) or (there.width if there else 0),
        height=(kept.height if kept else 0) or (there.height if there else 0),
        digest=_digest(item),
        state=filed.state,
        file=kept.state if kept else "wanted",
        reason=kept.reason if kept else "",
        received=filed.version.received,
        embargoed_until=filed.embargoed_until,
        item=item,
    )


# ---------------------------------------------------------------------------------------------- files

_FILE = "encode(digest, 'hex'), media_type, size, width, height, state, reason, provenance"


def files(conn: Connection, digests: Sequence[str]) -> list[File]:
    """Those of the files that anything is known of, in no order."""
    rows = conn.execute(
        f"select {_FILE} from media_file where digest = any(%s)", ([bytes.fromhex(one) for one in digests],)
    )
    return [_file(row) for row in rows]


def file(conn: Connection, digest: str) -> File:
    """
    Raises:
        NotFound: nobody has named such a file.
    """
    found = files(conn, [digest]) if is_digest(digest) else []
    if not found:
        raise NotFound("There is no such file", digest[:64])
    return found[0]


def files_of(conn: Connection, sequences: Sequence[int]) -> dict[int, File]:
    """The file that each of these versions names, by its sequence; ``wanted`` also where nobody has shown that it is theirs."""
    rows = conn.execute(
        "select u.sequence, encode(f.digest, 'hex'), f.media_type, f.size, f.width, f.height,"
        f" case when {_GIVEN} then f.state else 'wanted' end, f.reason, f.provenance from media_use u join version v"
        " on v.sequence = u.sequence join media_file f on f.digest = u.digest where u.sequence = any(%s)",
        (list(sequences),),
    )
    return {row[0]: _file(row[1:]) for row in rows}


def is_digest(text: str) -> bool:
    """Is it a SHA-256 in hex, as we write it?"""
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def _file(row: Row) -> File:
    return File(
        digest=row[0],
        media_type=row[1],
        size=row[2],
        width=row[3],
        height=row[4],
        state=row[5],
        reason=row[6],
        provenance=msgspec.convert(row[7], Provenance) if row[7] else None,
    )


def renditions(conn: Connection, digest: str) -> list[Rendition]:
    """Those that have been made of the original, the smallest first."""
    rows = conn.execute(
        "select name, encode(digest, 'hex'), media_type, size, width, height from media_rendition where file = %s"
        " order by width, name <> 'thumbnail', name <> 'preview', name",
        (bytes.fromhex(digest),),
    )
    return [Rendition(name=r[0], digest=r[1], media_type=r[2], size=r[3], width=r[4], height=r[5]) for r in rows]


def sent(conn: Connection, store: ByteStore, digest: str, name: str = "preview", *, number: int | None = None) -> Sent:
    """The rendition for whoever may see the item, its credit, captions, copyright and terms of now written into it;
    ``original``: the bytes as they came; ``captioned``: those with the words of now in place of their own, no pixel changed.

    `number`: the item whose words they are; without it the newest that has the file, as the newsroom sees it.

    Raises:
        Gone: the picture is held or killed.
        NotFound: there is no such file or rendition, or not yet.
        Refused, Undecodable: nothing can be written into this original.
    """
    kept = file(conn, digest)
    if kept.state == "wanted":
        raise NotFound("The picture is not here yet", digest, hint="It is fetched from its agency's node.")
    filed = _item_of(conn, digest, number)
    if name == ORIGINAL:
        return Sent(body=store.get(digest), media_type=kept.media_type, tag=f'"{digest[:32]}"')
    if name == CAPTIONED:
        written = written_into(store.get(digest), label_of(filed.item))
        tag = f'"{digest[:32]}-{filed.version.sequence}"'
        return Sent(body=written.body, media_type=kept.media_type, tag=tag, lost=written.lost)
    made = next((one for one in renditions(conn, digest) if one.name == name), None)
    if made is None:
        raise NotFound(f"There is no rendition {name!r} of this picture", kept.reason or "not made yet")
    return Sent(
        body=labelled(store.get(made.digest), label_of(filed.item)),
        media_type=made.media_type,
        tag=f'"{made.digest[:32]}-{filed.version.sequence}"',
    )


_GIVEN = (
    "exists (select from media_use w join version other on other.sequence = w.sequence and other.item = v.item"
    " join media_holder h on h.digest = w.digest and h.agency = other.agency and h.proved where w.digest = u.digest)"
)
"""Has somebody who handed over a version of the item given its file as well? Any document may name any digest."""
_GIVEN_OF = (
    "select u.sequence from media_use u join version v on v.sequence = u.sequence"
    f" where u.sequence = any(%(sequences)s) and {_GIVEN}"
)


def _item_of(conn: Connection, digest: str, number: int | None) -> items.Filed:
    """The newest usable item whose current version has the file; this one alone, where `number` names it.

    Raises: Gone: every item that had it is held, killed, or has another picture by now.
    """
    row = conn.execute(
        "select max(u.sequence) from media_use u join item i on i.current = u.sequence join version v"
        " on v.sequence = u.sequence where u.digest = %(digest)s and i.state = 'usable'"
        f" and coalesce(i.id = %(number)s, true) and {_GIVEN}",
        {"digest": bytes.fromhex(digest), "number": number},
    ).fetchone()
    if row is None or row[0] is None:
        raise Gone("The picture is not given out", digest, hint="Its item is held, killed or has another file now.")
    return items.version(conn, row[0])


# ---------------------------------------------------------------------------------------------- rights


def granted(conn: Connection, agency_id: int, digest: str) -> int | None:
    """The number of the newest item with the file that this agency may read now. None for what is held, killed, embargoed
    or not given to it, and where nobody has shown that it has the file."""
    row = conn.execute(
        "select i.id from media_use u join version v on v.sequence = u.sequence join item i on i.current = v.sequence"
        f" where u.digest = %s and agency_may(%s, u.sequence, 'read') and {_GIVEN} order by u.sequence desc limit 1",
        (bytes.fromhex(digest), agency_id),
    ).fetchone()
    return None if row is None else int(row[0])


def may_fetch(conn: Connection, agency_id: int, digest: str) -> bool:
    """May this agency have the bytes of the file, now?"""
    return granted(conn, agency_id, digest) is not None
