"""The desk's pictures: a file becomes an item of ours, and its description is mended, each time as a new version.

The file's bytes are on the disk before the item is filed; what is written in the file is read, and its renditions are made,
in the darkroom. What the desk says counts before what the file says.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk import copy
from dragoman.media import darkroom
from dragoman.media.developing import Developed
from dragoman.media.keeping import put_away
from dragoman.model.arrival import Hints
from dragoman.model.errors import BadInput, Conflict, TooLarge, Undecodable
from dragoman.model.item import Block, Concept, Headline, Item
from dragoman.model.picture import alts, captions, descriptions, is_keyword, original
from dragoman.model.provenance import Provenance, said_of
from dragoman.model.version import item_key
from dragoman.read.taken import read_taken
from dragoman.store import agencies, audit, filing
from dragoman.store import darkroom as queue
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.text.language import known_tag
from dragoman.text.sentences import first_sentence

LONGEST = 10_000
"""Characters of a caption."""
SAYS = "The description is changed."


class Wording(Struct, frozen=True, kw_only=True):
    """What the desk says of a picture; None leaves a field as it is. `captions` and `alts` are by language, and an empty
    text takes one away; `taken` is in words, in any of our languages; `language` is the item's own."""

    language: str | None = None
    headline: str | None = None
    captions: Mapping[str, str] = {}
    alts: Mapping[str, str] = {}
    credit: str | None = None
    photographer: str | None = None
    taken: str | None = None
    place: str | None = None
    keywords: tuple[str, ...] | None = None
    copyright: str | None = None
    terms: str | None = None
    instructions: str | None = None


class Done(Struct, frozen=True, kw_only=True):
    """The picture as filed: its item's number, the version's sequence, the SHA-256 of its file, what was noted in reading it."""

    number: int
    sequence: int
    digest: str
    notes: tuple[str, ...] = ()


def add(
    conn: Connection,
    store: ByteStore,
    body: bytes,
    *,
    by: str,
    now: datetime,
    source: str = "",
    said: Wording = Wording(),  # noqa: B008 - frozen
) -> Done:
    """Our own picture item of the file `body`. `source` is the file's name. Takes as long as its renditions: a second or so.

    Raises:
        Undecodable: it is no picture that is taken, or damaged. TooLarge: it, or what it unpacks to.
        Conflict: this very file is an item of ours already.
        BadInput: what is said of it cannot be read.
    """
    home = agencies.home(conn)
    digest = hashlib.sha256(body).hexdigest()
    hints = Hints(agency=home.code, zone=home.zone, source=source, received=now)
    developed = darkroom.develop(body, hints)
    item = worded(_vouched(item_of(developed), developed.provenance), said)
    _only_once(conn, home.code, item)
    item = replace(
        item, version="1", first_created=now, version_created=now, dragoman=replace(item.ours, origin=home.code)
    )
    store.put(body)
    made = put_away(store, developed.made)
    there = item.renditions[0]
    with conn.transaction():
        queue.add(conn, digest, home.id, there.content_type, len(body))
        queue.developed(conn, digest, made, width=there.width, height=there.height, provenance=developed.provenance)
        version = filing.Filing(item=item, origin=home.code, agency=home.code, received=now, by=by)
        outcome = filing.file(conn, [version], now)[0]
        if outcome.sequence is None:
            raise Conflict("Somebody else has just added this picture", item.uri)
        audit.record(conn, by, "picture added", item.uri, file=digest, sequence=outcome.sequence)
        number = _number(conn, home.code, item)
    return Done(number=number or 0, sequence=outcome.sequence, digest=digest, notes=item.ours.notes)


def describe(
    conn: Connection, name: str, said: Wording, *, by: str, now: datetime, reason: str = SAYS, wrong: bool = False
) -> copy.Done:
    """Our own picture with what is said of it now, sent to everyone who has an earlier version. `wrong`: it is a correction,
    and `reason` says what was wrong; else it is an update.

    Raises:
        BadInput: nothing is changed, or cannot be read. Refused: it is another agency's. Gone: it was killed.
    """

    def change(before: Item) -> Item:
        if original(before) is None:
            raise BadInput("This item is no picture", before.uri, hint="`dragoman item correct` is for copy.")
        return worded(before, said)

    return copy.revise(conn, name, change, reason, by=by, now=now, kind="correction" if wrong else "update")


def worded(item: Item, said: Wording) -> Item:
    """The item with what the desk says of it. Pure.

    Raises: BadInput: a language that is none, a text that is too long.
    """
    language = _main_language(item, said)
    texts = {**_own(captions(item), item, language), **_texts(said.captions, language)}
    others = {**_own(alts(item), item, language), **_texts(said.alts, language)}
    item = replace(item, language=language, descriptions=descriptions(language, texts, others))
    item = _plain(item, said)
    own = texts.get(language, "")
    headline, derived = item.headlines, item.ours.headline_derived
    if said.headline is not None:
        headline, derived = ((Headline(value=_line(said.headline)),) if said.headline.strip() else ()), False
    if derived or not headline:
        sentence = first_sentence(own)[:120]
        headline, derived = ((Headline(value=sentence),) if sentence else headline), bool(sentence)
    profile = replace(
        item.ours,
        headline_derived=derived,
        blocks=(Block(kind="summary", text=own),) if own else (),
        credit=_line(said.credit) if said.credit is not None else item.ours.credit,
    )
    if said.taken is not None:
        taken = read_taken(said.taken) if said.taken.strip() else None
        profile = replace(profile, taken=taken)
        item = replace(item, content_created=taken.at if taken else None)
    return replace(item, headlines=headline, dragoman=profile)


def _main_language(item: Item, said: Wording) -> str:
    """The item's own language: the one said, the one it has, or that of its first caption."""
    if said.language:
        return _language(said.language)
    if item.language not in ("", "und"):
        return item.language
    return next((_language(code) for code, text in said.captions.items() if code and text.strip()), item.language)


def _own(texts: dict[str, str], item: Item, language: str) -> dict[str, str]:
    """Texts in no known language are in the one that is said now."""
    if item.language in ("", "und") and language != item.language and (own := texts.pop(item.language or "und", "")):
        texts.setdefault(language, own)
    return texts


def _plain(item: Item, said: Wording) -> Item:
    fields: dict[str, object] = {}
    if said.photographer is not None:
        fields["by"] = _line(said.photographer)
    if said.copyright is not None:
        fields["copyright_notice"] = _line(said.copyright)
    if said.terms is not None:
        fields["usage_terms"] = said.terms.strip()[:LONGEST]
    if said.instructions is not None:
        fields["ed_note"] = said.instructions.strip()[:LONGEST]
    if said.keywords is not None:
        coded = tuple(one for one in item.subjects if not is_keyword(one))
        fields["subjects"] = (*(Concept(name=_line(word)) for word in said.keywords if word.strip()), *coded)
    if said.place is not None:
        place = _line(said.place)
        others = tuple(one for one in item.places if one.role != "city")
        fields["places"] = ((Concept(name=place, role="city"),) if place else ()) + others
        fields["located"] = place
    return replace(item, **fields)


def _texts(texts: Mapping[str, str], own: str) -> dict[str, str]:
    """The texts by the tags we write; what stands under no language is in the item's own."""
    found = {}
    for code, text in texts.items():
        tag = _language(code) if code else own or "und"
        if len(text) > LONGEST:
            raise BadInput("The text is too long", f"{len(text)} characters", hint=f"Use {LONGEST} or fewer.")
        found[tag] = text.replace("\r\n", "\n").strip()
    return found


def _language(code: str) -> str:
    tag = known_tag(code)
    if not tag:
        raise BadInput("This is no language", code[:40], hint="Write its tag, as in en, ru or zh-Hant.")
    return tag


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


def item_of(developed: Developed) -> Item:
    """The item that the darkroom found.

    Raises: Undecodable, TooLarge: it found none.
    """
    problem = developed.problem or developed.unit.problem
    if problem is None and developed.unit.item is not None:
        return developed.unit.item
    title, detail = (problem.title, problem.detail) if problem else ("This is no picture", "")
    kind = TooLarge if problem and problem.status == TooLarge.status else Undecodable
    raise kind(
        title,
        detail,
        hint="JPEG, PNG, WebP and TIFF of up to 64 million pixels and 64 MB are taken.",
        kept="Nothing: the file is as it was with you.",
    )


def _vouched(item: Item, provenance: Provenance | None) -> Item:
    """The item with what a C2PA manifest in its file says of itself."""
    if provenance is None:
        return item
    return replace(item, dragoman=replace(item.ours, notes=(*item.ours.notes, said_of(provenance))))


def _only_once(conn: Connection, home: str, item: Item) -> None:
    number = _number(conn, home, item)
    if number is not None:
        raise Conflict(
            "This picture is here already",
            f"item {number}",
            hint=f"Its description can be changed: `dragoman picture describe {number}`.",
            kept="The picture as it was.",
        )


def _number(conn: Connection, home: str, item: Item) -> int | None:
    row = conn.execute(
        "select id from item where key = %s and current is not null", (item_key(home, item.uri),)
    ).fetchone()
    return int(row[0]) if row else None
