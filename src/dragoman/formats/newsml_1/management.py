"""What a NewsItem says of itself: identity, version, times, status, embargo, what it does to the version before. Pure."""

import re
from datetime import datetime
from typing import NamedTuple

from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import is_uri, made_uri
from dragoman.formats._status import correction_of, status_of
from dragoman.formats._times import read_time, zone_of
from dragoman.formats.newsml_1.dialects import Dialect
from dragoman.formats.newsml_1.node import Node, child, children, formal, words_of
from dragoman.model.errors import Undecodable
from dragoman.model.item import AltId, Association, Correction, PubStatus

_REVISION = re.compile(r"\d{1,9}[NUA]?\Z")
_WHOLE = 4  # parts of urn:newsml:provider:item


class Identity(NamedTuple):
    """`base` is the item without its revision, empty where it says none; `guid` the public identifier as sent."""

    provider: str
    base: str
    guid: str
    item_id: str
    version: str
    previous: str
    label: str


class Management(NamedTuple):
    first: datetime | None
    version: datetime | None
    status: PubStatus
    embargo: datetime | None
    correction: Correction | None
    urgency: int | None
    associations: tuple[Association, ...]
    notes: tuple[str, ...]
    lost: tuple[str, ...]


def identity_of(item: Node, dialect: Dialect) -> Identity:
    identification = child(item, "identification")
    about = child(identification, "newsidentifier")
    said = {
        name: words_of(child(about, name))
        for name in ("providerid", "dateid", "newsitemid", "revisionid", "publicidentifier")
    }
    revision = child(about, "revisionid")
    return Identity(
        provider=said["providerid"],
        base=_base(said, dialect),
        guid=said["publicidentifier"],
        item_id=said["newsitemid"],
        version=said["revisionid"],
        previous="" if revision is None else revision.get("PreviousRevision"),
        label=words_of(child(identification, "namelabel")),
    )


def named(identity: Identity, duid: str, *, alone: bool, scope: str, made: str) -> tuple[str, tuple[AltId, ...]]:
    """The uri and the other ids of a story: the item's, with its Duid where it is not the only one.

    `made` is a digest of the content, for what says no id at all.
    """
    duid = duid if duid.strip("0") else ""
    others = [AltId(value=identity.guid, role="guid")] if identity.guid.count(":") >= _WHOLE - 1 else []
    others += [AltId(value=identity.item_id, role="NewsItemId")] if identity.item_id else []
    others += [AltId(value=identity.label, role="NameLabel")] if identity.label else []
    if duid and not (alone and identity.base):
        others.append(AltId(value=duid, role="Duid"))
    if identity.base:
        uri = identity.base if alone or not duid else f"{identity.base}:{duid}"
    elif identity.item_id or duid:
        uri = made_uri(scope, identity.provider, identity.item_id, "" if alone and identity.item_id else duid)
    else:
        uri = made_uri(scope, identity.provider, made)
    return uri if is_uri(uri) else made_uri(scope, uri), tuple(others)


def management_of(item: Node, lines: tuple[str, ...], urgency: str, zone: str) -> Management:
    """`lines` are the notes to editors, in which an embargo may stand; `urgency` is what the dialect has in its stead.

    Raises:
        Undecodable: it is embargoed, and nothing says until when.
    """
    block = child(item, "newsmanagement")
    notes: list[str] = []
    times = {name: _moment(block, name, zone, notes) for name in ("firstcreated", "thisrevisioncreated")}
    issued = times["thisrevisioncreated"] or times["firstcreated"]
    correction = _correction(item, block)
    status, embargo, lost = _status(block, issued, lines, zone, notes)
    if correction and status == "usable":
        status = {"kill": "canceled", "hold": "withheld"}.get(correction.kind, "usable")  # type: ignore[assignment]  # two of the statuses
    said = formal(child(block, "urgency")) or urgency
    if children(item, "update"):
        lost.append("Update")
    return Management(
        first=times["firstcreated"] or issued,
        version=issued,
        status=status,
        embargo=embargo,
        correction=correction,
        urgency=int(said) if len(said) == 1 and said in "123456789" else None,
        associations=_associated(block),
        notes=tuple(notes),
        lost=tuple(lost),
    )


def _base(said: dict[str, str], dialect: Dialect) -> str:
    parts = said["publicidentifier"].split(":")
    if len(parts) >= _WHOLE and parts[:2] == ["urn", "newsml"]:
        if (
            len(parts) > _WHOLE
            and _REVISION.match(parts[-1])
            and parts[-1].rstrip("NUA") == (said["revisionid"] or parts[-1].rstrip("NUA"))
        ):
            parts = parts[:-1]
        return ":".join(parts)
    if said["providerid"] and said["newsitemid"]:
        day = [said["dateid"]] if dialect.dated_id and said["dateid"] else []
        return ":".join(["urn:newsml", said["providerid"], *day, said["newsitemid"]])
    return ""


def _moment(block: Node | None, name: str, zone: str, notes: list[str]) -> datetime | None:
    found, note = read_time(words_of(child(block, name)), zone)
    notes += [f"{name}: {note}"] if note else []
    return found


def _status(
    block: Node | None, issued: datetime | None, lines: tuple[str, ...], zone: str, notes: list[str]
) -> tuple[PubStatus, datetime | None, list[str]]:
    """The status; until when it is held, where it becomes usable then; what else it will become."""
    word = formal(child(block, "status"))
    status = status_of(word) if word else "usable"
    notes += [] if status else [f"Status not known: {word[:60]}"]
    change = child(block, "statuswillchange")
    becomes = status_of(formal(child(change, "futurestatus"))) if change is not None else None
    held = word.lower() == "embargoed" or (status == "withheld" and becomes == "usable")
    if not held:
        return status or "usable", None, ["StatusWillChange"] if change is not None else []
    said = words_of(child(change, "dateandtime"))
    until, note = read_time(said, zone)
    notes += [f"StatusWillChange: {note}"] if note and until else []
    if until is None and not said:
        found = next((one for each in lines if (one := embargo_of(each, issued, zone_of(zone), zone))), None)
        until = found[0] if found else None
        notes += [found[1]] if found and found[1] else []
    if until is None:
        raise Undecodable("The embargo cannot be read", f"Status {word}, StatusWillChange {said[:60] or 'not said'}")
    return "usable", until, []


def _correction(item: Node, block: Node | None) -> Correction | None:
    revision = child(item, "identification", "newsidentifier", "revisionid")
    previous = "" if revision is None else revision.get("PreviousRevision").strip("0")
    for each in children(block, "instruction"):
        if kind := correction_of(formal(each)):
            reason = " ".join(filter(None, map(words_of, children(each, "comment"))))
            return Correction(kind=kind, reason=reason, replaces=previous)
    return None


_WORDS = {
    "photo": "picture",
    "picture": "picture",
    "video": "video",
    "audio": "audio",
    "graphic": "graphic",
    "infographie": "graphic",
    "sketch": "graphic",
}


def _associated(block: Node | None) -> tuple[Association, ...]:
    """What it goes with and what it comes from: other items, or kinds of them that are announced (``Photo``)."""
    found: list[Association] = []
    for name, rel in (("associatedwith", "associatedWith"), ("derivedfrom", "derivedFrom")):
        for each in children(block, name):
            kind, uri = formal(each), each.get("NewsItem")
            if uri or kind:
                found.append(
                    Association(
                        name=kind or uri, rel=rel, uri=uri if is_uri(uri) else "", type=_WORDS.get(kind.lower(), "")
                    )
                )
    return tuple(found[:200])
