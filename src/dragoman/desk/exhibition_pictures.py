"""What is done with an exhibition's pictures: proposed, voted on, selected, cleared, captioned, hung."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.desk.exhibitions import checked, opened
from dragoman.desk.project_contents import add_item
from dragoman.model.errors import BadInput, Conflict, NotFound, Refused
from dragoman.model.exhibition import Caption, Exhibition, Proposal, Right, Vote
from dragoman.planning import hanging
from dragoman.planning.captions import stamp_of, worded
from dragoman.planning.exhibition import Picture, Whole, caption_id, picture_id, vote_id
from dragoman.planning.exhibition_rules import author
from dragoman.planning.fold import Held
from dragoman.store import items, media
from dragoman.store.connect import Connection
from dragoman.store.projects import find_record, record
from dragoman.text.segments import Clash, Segment, Written, merged
from dragoman.trust.keys import Keyring

FIELDS = ("text", "alt", "credit")
"""What is written of a picture in each language."""


# ------------------------------------------------------------------------------------------------ proposals


def propose(
    conn: Connection,
    keyring: Keyring,
    project: str,
    exhibition: str,
    number: int,
    *,
    note: str = "",
    by: str,
    now: datetime,
) -> Held[Proposal]:
    """Propose a picture item of this node, by its number, and put it into the project so that every member sees it.

    Raises:
        Refused: it is held or killed, or the project does not let us.
        NotFound: there is no such picture or exhibition.
    """
    record(conn, Exhibition, project, exhibition)
    row = media.picture(conn, number)
    if not row.is_usable:
        raise Refused("This picture cannot be proposed", f"{row.uri} is {row.state}", kept="Nothing was done.")
    id = picture_id(exhibition, row.origin, row.uri)
    with conn.transaction():
        there = find_record(conn, Proposal, project, id)
        if there is not None and not there.dropped:
            return there
        add_item(conn, keyring, project, items.current(conn, number), by=by, now=now)
        wanted = Proposal(
            exhibition=exhibition, origin=row.origin, uri=row.uri, headline=row.headline[:500], note=note.strip()
        )
        return projects.put(conn, keyring, project, id, checked(wanted), by=by, now=now)


def withdraw(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> None:
    """Take a proposal back: its proposer may, and the project's lead. The picture stays in the project."""
    projects.drop(conn, keyring, project, Proposal, id, by=by, now=now)


def select(
    conn: Connection, keyring: Keyring, project: str, id: str, selected: bool | None, *, by: str, now: datetime
) -> Held[Proposal]:
    """Take it into the exhibition, leave it out, or (None) leave it open. What is taken in hangs behind the others."""
    held = record(conn, Proposal, project, id)
    wanted = replace(held.record, selected=selected)
    if selected and not held.record.position:
        there = [one.record.position for one in opened(conn, project, held.record.exhibition).selected]
        wanted = replace(wanted, position=hanging.behind(there))
    return projects.put(conn, keyring, project, id, wanted, by=by, now=now)


def remark(
    conn: Connection, keyring: Keyring, project: str, id: str, note: str, *, by: str, now: datetime
) -> Held[Proposal]:
    """The note that stands with a proposal."""
    held = record(conn, Proposal, project, id)
    return projects.put(conn, keyring, project, id, checked(replace(held.record, note=note.strip())), by=by, now=now)


def vote(
    conn: Connection, keyring: Keyring, project: str, id: str, stars: int, *, note: str = "", by: str, now: datetime
) -> Held[Vote]:
    """`by`'s own stars for a picture, 0 to 5, instead of those given before."""
    record(conn, Proposal, project, id)
    wanted = checked(Vote(picture=id, stars=stars, note=note.strip()))
    return projects.put(conn, keyring, project, vote_id(id, keyring.agency, by), wanted, by=by, now=now)


# ------------------------------------------------------------------------------------------------ rights


def say_right(
    conn: Connection, keyring: Keyring, project: str, wanted: Right, *, by: str, now: datetime
) -> Held[Right]:
    """Write down that a use of a picture is allowed or refused, and who says so.

    Raises:
        BadInput: a permission without its source, or a field that does not fit.
    """
    record(conn, Proposal, project, wanted.picture)
    if wanted.allowed and not wanted.source.strip():
        raise BadInput("A permission says where it comes from", wanted.use, hint="Name the letter, contract or person.")
    right = checked(replace(wanted, source=wanted.source.strip()))
    return projects.put(conn, keyring, project, projects.new_id(), right, by=by, now=now)


def take_back_right(conn: Connection, keyring: Keyring, project: str, id: str, *, by: str, now: datetime) -> None:
    """What we have written down holds no longer. Another agency's word is its own to take back."""
    projects.drop(conn, keyring, project, Right, id, by=by, now=now)


# ------------------------------------------------------------------------------------------------ captions


def segments_of(whole: Whole, pictures: Iterable[Picture], language: str) -> tuple[Segment, ...]:
    """The words of `pictures` in `language` as they stand, a segment each, called ``picture/field``."""
    found = [(picture, worded(whole, picture, language)) for picture in pictures]
    return tuple(
        Segment(id=f"{picture.id}/{field}", kind="caption", source="", target=getattr(words, field))
        for picture, words in found
        for field in FIELDS
    )


def write(
    conn: Connection,
    keyring: Keyring,
    project: str,
    exhibition: str,
    language: str,
    written: Iterable[Written],
    *,
    by: str,
    now: datetime,
) -> tuple[Clash, ...]:
    """Keep what was written in `language`; each piece is called ``picture/field``. What somebody else has changed after it
    was shown is not overwritten, and given back as a clash.

    Raises:
        BadInput: something is longer than can be kept.
        NotFound: one of the pictures is not in the exhibition.
    """
    sent = tuple(written)
    whole = opened(conn, project, exhibition)
    pictures = _named(whole, {each.id.partition("/")[0] for each in sent})
    before = segments_of(whole, pictures, language)
    after, clashes = merged(before, sent)
    changed = {new.id: new.target for old, new in zip(before, after, strict=True) if old.target != new.target}
    with conn.transaction():
        for picture in pictures:
            words = {field: changed[f"{picture.id}/{field}"] for field in FIELDS if f"{picture.id}/{field}" in changed}
            if words:
                _put_words(conn, keyring, project, picture, language, words, by=by, now=now)
    return clashes


def _named(whole: Whole, ids: set[str]) -> list[Picture]:
    found = [picture for picture in whole.pictures if picture.id in ids]
    if len(found) != len(ids):
        missing = min(ids - {picture.id for picture in found})
        raise NotFound("There is no such picture in the exhibition", missing, kept="Nothing was changed.")
    return found


def _put_words(
    conn: Connection,
    keyring: Keyring,
    project: str,
    picture: Picture,
    language: str,
    words: dict[str, str],
    *,
    by: str,
    now: datetime,
) -> Held[Caption]:
    held = picture.captions.get(language)
    before = held.record if held else Caption(picture=picture.id, language=language)
    wanted = replace(before, **words, written=author(keyring.agency, by))
    return projects.put(conn, keyring, project, caption_id(picture.id, language), checked(wanted), by=by, now=now)


def review(
    conn: Connection,
    keyring: Keyring,
    project: str,
    exhibition: str,
    id: str,
    language: str,
    *,
    seen: str = "",
    by: str,
    now: datetime,
) -> Held[Caption]:
    """The second pair of eyes on a picture's words in one language; `seen` is their stamp as they were shown.

    Raises:
        Conflict: they have changed since.
        Refused: whoever reviews has written them.
        BadInput: there is nothing to review.
    """
    whole = opened(conn, project, exhibition)
    picture = _named(whole, {id})[0]
    words = worded(whole, picture, language)
    if not words.text:
        raise BadInput("There is no caption to review", f"{id} in {language}")
    if seen and seen != stamp_of(words):
        raise Conflict("The caption has changed meanwhile", f"{id} in {language}", hint="Read it again.")
    held = picture.captions.get(language)
    before = held.record if held else Caption(picture=id, language=language)
    wanted = replace(before, reviewed=author(keyring.agency, by), reviewed_words=stamp_of(words))
    return projects.put(conn, keyring, project, caption_id(id, language), wanted, by=by, now=now)


# ------------------------------------------------------------------------------------------------ hanging


def hang(
    conn: Connection,
    keyring: Keyring,
    project: str,
    id: str,
    *,
    room: str | None = None,
    place: int | None = None,
    width_mm: int | None = None,
    height_mm: int | None = None,
    by: str,
    now: datetime,
) -> Held[Proposal]:
    """Where a selected picture hangs (`place` counts from 1 in its room) and how large; what is None stays.

    Raises:
        NotFound: there is no such room.
        BadInput: the size is no size.
    """
    held = record(conn, Proposal, project, id)
    whole = opened(conn, project, held.record.exhibition)
    if room and all(one.id != room for one in whole.rooms):
        raise NotFound("There is no such room in the exhibition", room, kept="The picture hangs where it did.")
    mine = next((whole.room_of(one) for one in whole.pictures if one.id == id), "")
    wanted = replace(
        held.record,
        room=mine if room is None else room,
        width_mm=held.record.width_mm if width_mm is None else width_mm,
        height_mm=held.record.height_mm if height_mm is None else height_mm,
    )
    with conn.transaction():
        if place is None and wanted.room != mine:
            place = len(whole.selected)
        if place is not None:
            wanted = _placed(conn, keyring, whole, id, wanted, place, by=by, now=now)
        return projects.put(conn, keyring, project, id, checked(wanted), by=by, now=now)


def _placed(
    conn: Connection, keyring: Keyring, whole: Whole, id: str, wanted: Proposal, place: int, *, by: str, now: datetime
) -> Proposal:
    beside = [one for one in whole.selected if whole.room_of(one) == wanted.room]
    known = {one.id: one.record for one in beside}
    moves = hanging.moved([(one.id, one.record.position) for one in beside], id, place)
    for name, position in moves.items():
        if name != id:
            moved = replace(known[name], position=position)
            projects.put(conn, keyring, whole.project, name, moved, by=by, now=now)
    return replace(wanted, position=moves.get(id, wanted.position))
