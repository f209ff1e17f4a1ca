"""What is attached to a mail, as units; and what all units of one mail have in common. Pure."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from dragoman.formats._identity import content_version
from dragoman.formats._shape import Others, failed
from dragoman.formats.mail.letter import Letter
from dragoman.formats.mail.parts import Part, content
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import AltId, Association, Item, Removed
from dragoman.model.picture import digest_of, original

MOST = 60
_LOGO = 50_000
"""Pixels: a picture in the text no larger than this belongs to the signature."""
_NO_COPY = frozenset(
    {
        "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys",
        "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "message/delivery-status",
        "message/disposition-notification",
    }
)  # fmt: skip
_NOT_READ = {
    b"%PDF-": "a PDF", b"{\\rtf": "RTF", b"\xd0\xcf\x11\xe0": "an Office file of before 2007", b"\x78\x9f\x3e\x22": "Outlook's winmail.dat",
    b"Rar!": "an archive", b"\x1f\x8b": "an archive", b"7z\xbc\xaf": "an archive",
}  # fmt: skip
"""What files begin with that hold copy in a way nobody here reads."""


def attached_all(
    parts: Sequence[Part], hints: Hints, others: Others, inside: Callable[[Part], list[Unit]]
) -> tuple[list[Unit], list[str]]:
    """The units of what is attached, and what of it was left alone. `inside` reads a message that is attached."""
    units: list[Unit] = []
    left: list[str] = []
    for number, part in enumerate(parts):
        if number >= MOST:
            left.append(f"attachments beyond the first {MOST}")
            break
        if part.is_message:
            units += [unit for inner in part.parts for unit in inside(inner)]
        elif part.kind.type in _NO_COPY:
            left.append(f"attachment {part.kind.type}")
        else:
            found, why = _attached(part, hints, others)
            units += found
            left += [why] if why else []
    return units, left


def _attached(part: Part, hints: Hints, others: Others) -> tuple[list[Unit], str]:
    body, wrong = content(part)
    name = part.kind.filename or part.kind.type
    if not body.strip():
        return [], f"attachment {name}: it is empty{f' ({wrong})' if wrong else ''}"
    if what := next((what for start, what in _NOT_READ.items() if body.startswith(start)), ""):
        hint = "Ask the sender for the copy as text, in the mail or as a .docx."
        return [failed(0, Undecodable("An attachment is in no format we know", f"{name}: {what}", hint=hint))], ""
    known = f"{part.kind.type}; charset={part.kind.charset}" if part.kind.charset else part.kind.type
    charset = part.kind.charset or hints.charset
    found = others.decode(body, replace(hints, format="", media_type=known, charset=charset, source=name))
    units = []
    for each in found:
        if each.item is None:
            problem = each.problem
            told = replace(problem, detail=f"attachment {name}: {problem.detail}".rstrip(": ")) if problem else None
            units.append(replace(each, problem=told))
        elif each.item.type == "picture" and _is_logo(each.item, part):
            return [], f"picture {name} of the signature"
        else:
            item = each.item
            if part.kind.filename:
                item = replace(item, alt_ids=(*item.alt_ids, AltId(value=part.kind.filename, role="filename")))
            units.append(replace(each, item=noted(item, wrong), body=each.body or _file(item, body)))
    return units, ""


def _file(item: Item, body: bytes) -> bytes:
    """`body` where it is the file that the item names; nothing where it only tells of one."""
    there = original(item) if item.type == "picture" else None
    return body if there and digest_of(there.href) == hashlib.sha256(body).hexdigest() else b""


def _is_logo(item: Item, part: Part) -> bool:
    size = next(((one.width, one.height) for one in item.renditions if one.width), (0, 0))
    shown = part.kind.inline or part.headers.has("content-id")
    return shown and not part.kind.attached and 0 < size[0] * size[1] <= _LOGO


def changed(
    each: Unit,
    *,
    removed: tuple[Removed, ...] = (),
    left: list[str] | tuple[str, ...] = (),
    without: frozenset[str] = frozenset(),
) -> Unit:
    """The unit with more removed or lost, and without what of it was only told to a format."""
    if each.item is None:
        return each
    profile = each.item.ours
    told = tuple(one for one in profile.removed if one.text not in without)
    profile = replace(profile, removed=(*told, *removed), lost=(*profile.lost, *left))
    return replace(each, item=replace(each.item, dragoman=profile))


def filled_by(each: Unit, letter: Letter, *, at_home: bool = False) -> Unit:
    """The unit with what the mail says where its own document says nothing. `at_home`: it is the mail's own text."""
    if each.item is None:
        return each
    item, said = each.item, letter.item()
    is_picture = item.type == "picture"
    filled = replace(
        item,
        first_created=item.first_created or said.first_created,
        version_created=item.version_created or item.first_created or said.version_created,
        headlines=item.headlines or said.headlines,
        by=item.by or ("" if is_picture else said.by),
        subjects=item.subjects or (() if is_picture else said.subjects),
        info_sources=item.info_sources or said.info_sources,
        alt_ids=(*item.alt_ids, *said.alt_ids),
        associations=(*item.associations, *said.associations) if at_home else item.associations,
        dragoman=replace(
            item.ours,
            notes=(*item.ours.notes, *(note for note in said.ours.notes if note not in item.ours.notes)),
            lost=(*item.ours.lost, *said.ours.lost),
            removed=(*item.ours.removed, *said.ours.removed) if at_home else item.ours.removed,
        ),
    )
    return replace(each, item=replace(filled, version=content_version(filled)) if at_home else filled)


def under(each: Unit, embargo: datetime | None) -> Unit:
    """The unit under the embargo that the mail announces: it holds for whatever is attached."""
    if embargo is None or each.item is None or each.item.embargoed_until:
        return each
    item = replace(each.item, embargoed_until=embargo)
    return replace(each, item=replace(item, version=content_version(item)))


def with_pictures(units: list[Unit]) -> list[Unit]:
    """The first copy is told which pictures came with it."""
    pictures = [each.item for each in units if each.item and each.item.type == "picture"]
    home = next((number for number, each in enumerate(units) if each.item and each.item.type != "picture"), None)
    if home is None or not pictures:
        return units
    links = tuple(
        Association(
            name=f"picture-{number}",
            rel="picture",
            uri=picture.uri,
            type="picture",
            headlines=picture.headlines[:1],
            renditions=picture.renditions[:1],
        )
        for number, picture in enumerate(pictures, 1)
    )
    item = units[home].item
    assert item is not None
    joined_up = replace(item, associations=(*item.associations, *links))
    return [replace(each, item=joined_up) if number == home else each for number, each in enumerate(units)]


def noted(item: Item, note: str) -> Item:
    return replace(item, dragoman=replace(item.ours, notes=(*item.ours.notes, note))) if note else item
