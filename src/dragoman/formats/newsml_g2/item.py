"""From what was said to the item: identity, times, status, notes to editors; then the reading every format shares. Pure."""

from datetime import datetime
from functools import partial

from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._status import CorrectionKind, correction_of, status_of
from dragoman.formats._times import read_time, zone_of
from dragoman.formats.newsml_g2.codes import NO_TIME
from dragoman.formats.newsml_g2.said import Said
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.happening import HappeningProfile
from dragoman.model.item import (
    AltId,
    Association,
    Correction,
    Dateline,
    Description,
    Hop,
    Item,
    Kind,
    Profile,
    PubStatus,
)
from dragoman.read.reading import shaped
from dragoman.text.cleaning import squeeze

_STRENGTH: tuple[CorrectionKind, ...] = ("kill", "hold", "correction", "substitute", "refile", "update", "release")
_TAKING_BACK: dict[str, PubStatus] = {"kill": "canceled", "hold": "withheld"}
_ROLES_READ = frozenset({"reason", "advance"})
"""Notes of our own documents that are fields of the item, written for those who know only notes."""
_MEDIA: dict[str, Kind] = {"image": "picture", "audio": "audio", "video": "video"}
_MIN_UNPLACED = 3
_MOST_COMPARED, _LONGEST_COMPARED = 50, 200_000  # notes, characters
_URGENCIES = frozenset("123456789")


def finished(said: Said, kind: Kind, guid: str, version: str, key: str, hints: Hints, notes: tuple[str, ...]) -> Item:
    """The item, read. `key` is the uri of an event inside an item.

    Raises: Undecodable: the embargo cannot be read, or there is nothing in it at all.
    """
    texts = said.texts
    times = _times(said)
    embargo, held = _embargo(said)
    status, correction = _state(said, version, guid, held=held)
    concepts = {name: tuple(listed) for name, listed in said.concepts.items()}
    sources = concepts.get("info_sources", ())
    if said.is_ours and sources and sources[0].role == "provider" and not sources[0].name:
        sources = sources[1:]  # the standard wants a provider; we had none to name
    uri, alt_ids = _identity(said, guid, key, hints)
    item = Item(
        uri=uri,
        type=_kind(said, kind),
        version=texts.get("our version") or version,
        first_created=times.get("firstcreated"),
        version_created=times.get("versioncreated"),
        content_created=times.get("contentcreated"),
        embargoed_until=embargo,
        pub_status=status,
        urgency=int(texts["urgency"]) if texts.get("urgency", "") in _URGENCIES else None,
        language=texts.get("language") or said.language,
        title=title if (title := texts.get("title", "")) not in (each.value for each in said.headlines) else "",
        headlines=tuple(said.headlines),
        slugline=texts.get("slugline", ""),
        by=texts.get("by") or texts.get("nitf by") or texts.get("our by") or ", ".join(dict.fromkeys(said.authors)),
        located=texts.get("located", ""),
        descriptions=_descriptions(said),
        bodies=tuple(said.bodies),
        subjects=concepts.get("subjects", ()),
        places=concepts.get("places", ()),
        people=concepts.get("people", ()),
        organisations=concepts.get("organisations", ()),
        genres=concepts.get("genres", ()),
        info_sources=sources,
        copyright_holder=texts.get("copyright_holder", ""),
        copyright_notice=_right(said, "copyright_notice"),
        usage_terms=_terms(said),
        ed_note=_ed_note(said),
        alt_ids=alt_ids,
        renditions=tuple(said.renditions),
        associations=_associations(said, guid, hints),
        events=concepts.get("events", ()),
        event_details=said.details,
        planned_coverage=tuple(said.coverage),
        dragoman=Profile(
            correction=correction,
            hops=_hops(said),
            credit=texts.get("credit") or texts.get("our credit", ""),
            advance=said.is_ours and any(role == "advance" for role, _ in said.notes_to_editors),
            happening=_happening(said),
            notes=(*notes, *dict.fromkeys(said.notes)),
            lost=tuple(f"newsml-g2 {name}" for name in said.lost),
        ),
    )
    item = _with_dateline(shaped(item), texts.get("dateline", ""))
    return item if item.version else replace(item, version=content_version(item))


def _happening(said: Said) -> HappeningProfile | None:
    """What our own documents say of an event beside the standard's words."""
    told = {name: text for name in ("kind", "state", "zone") if (text := said.texts.get(f"our {name}"))}
    return replace(said.happening, **told) if said.happening is not None and told else said.happening


def _kind(said: Said, kind: Kind) -> Kind:
    if kind != "text":
        return kind
    if said.kind:
        return said.kind  # type: ignore[return-value]  # of the kinds `kind_of` knows
    if said.renditions and not said.bodies:
        return _MEDIA.get(said.renditions[0].content_type.partition("/")[0], "text")
    return kind


def _descriptions(said: Said) -> tuple[Description, ...]:
    """Those that say more than headline and slugline, which some repeat there."""
    if said.is_ours:
        return tuple(said.descriptions)
    known = {each.value for each in said.headlines}
    slug = said.texts.get("slugline", "")
    known |= {f"{slug}:{value}" for value in known}
    return tuple(each for each in said.descriptions if squeeze(each.value) not in known)


def _right(said: Said, field: str) -> str:
    """The text in the item's language; in another only where there is no other."""
    listed = said.rights.get(field)
    return "\n".join(listed) if listed else said.texts.get(f"foreign {field}", "")


def _terms(said: Said) -> str:
    terms, mining = _right(said, "usage_terms"), said.texts.get("data_mining", "")
    return f"{terms}\n{mining}" if terms and mining else terms or mining


def _ed_note(said: Said) -> str:
    """The notes to editors, each once; one that another repeats whole says nothing more."""
    skipped = said.dialect.skipped_notes | (_ROLES_READ if said.is_ours else frozenset())
    kept = list(dict.fromkeys(text for role, text in said.notes_to_editors if role.lower() not in skipped))
    flat = [squeeze(text) for text in kept]
    if 1 < len(kept) <= _MOST_COMPARED and sum(map(len, flat)) <= _LONGEST_COMPARED:
        kept = [
            text
            for text, one in zip(kept, flat, strict=True)
            if not any(one in other and one != other for other in flat)
        ]
    return "\n".join(kept)


# -------------------------------------------------------------------------------------------------------- times


def _times(said: Said) -> dict[str, datetime]:
    """The moments by the elements' names; the others are noted."""
    found: dict[str, datetime] = {}
    for name in ("versioncreated", "firstcreated", "contentcreated", "contentmodified"):
        if text := said.times.get(name):
            moment, note = _moment(said, text)
            if moment is not None:
                found[name] = moment
            if note:
                said.notes.append(f"{name}: {note}")
    if said.is_ours and found.get("versioncreated") == NO_TIME:
        del found["versioncreated"]
    made = found.get("versioncreated") or found.get("contentmodified") or found.get("contentcreated")
    if made is not None:
        found.setdefault("versioncreated", made)
        if "firstcreated" not in found and not said.is_ours:
            found["firstcreated"] = made
            said.notes.append("firstCreated is not said: taken from this version")
    return found


def _moment(said: Said, text: str) -> tuple[datetime | None, str]:
    moment, note = read_time(text, said.times["zone"])
    if moment is not None and said.dialect.clock_of_zone and text.endswith("Z"):
        zone = said.dialect.zone
        return moment.replace(tzinfo=zone_of(zone)), f"{said.dialect.name} writes Z for its own clock, taken as {zone}"
    return moment, note


def _embargo(said: Said) -> tuple[datetime | None, bool]:
    """Until when; and whether the copy is held without end, as an empty element says (NewsML-G2 2.35, embargoed).

    Raises: Undecodable: nobody can tell until when.
    """
    text = said.times.get("embargoed")
    if text is None:
        return None, False
    if not text:
        if said.dialect.empty_is_absent:
            return None, False
        said.notes.append("embargoed without a time: held until the sender says otherwise")
        return None, True
    moment, note = _moment(said, text)
    if moment is None:
        # An embargo nobody can read must not be lost: without it the copy would be free.
        raise Undecodable("The embargo cannot be read", f"itemMeta/embargoed: {text[:80]}")
    if note:
        said.notes.append(f"embargoed: {note}")
    return moment, False


def _hops(said: Said) -> tuple[Hop, ...]:
    hops: list[Hop] = []
    for number, hop in enumerate(said.hops):
        at, _ = read_time(said.times.get(f"hop {number}", ""), said.times["zone"])
        hops.append(replace(hop, at=at))
    return tuple(hops)


# ------------------------------------------------------------------------------------------- status and identity


def _state(said: Said, version: str, guid: str, *, held: bool) -> tuple[PubStatus, Correction | None]:
    """The status, and what the version does: the strongest of its signals. A kill takes back whatever its status says."""
    status = status_of(said.status) if said.status else "usable"
    if status is None:
        said.notes.append(f"unknown status {said.status[:60]}: taken as withheld")
        status = "withheld"
    kinds: set[CorrectionKind] = set()
    for code in said.signals:
        low = code.lower()
        kind = said.dialect.signals.get(low) or correction_of(code)
        if taken := said.dialect.statuses.get(low):
            status, kind = taken, "kill"
        if kind:
            kinds.add(kind)
        elif not low.endswith(("advance", "atomic")):
            said.lost[f"signal {code}"[:80]] = None
    strongest = next((kind for kind in _STRENGTH if kind in kinds), None)
    if status == "usable":
        status = _TAKING_BACK.get(strongest or "", "withheld" if held else "usable")
    if strongest is None and status == "canceled" and not said.is_ours:
        strongest = "kill"
    if strongest is None:
        return status, None
    reason = "\n".join(text for role, text in said.notes_to_editors if said.is_ours and role == "reason")
    replaced = next((one.version for one in said.associations if one.uri == guid and one.version), "")
    return status, Correction(kind=strongest, reason=reason, replaces=replaced if replaced != version else "")


def _identity(said: Said, guid: str, key: str, hints: Hints) -> tuple[str, tuple[AltId, ...]]:
    """The item's uri and its other ids; what had to be made up is noted."""
    wanted = key or guid
    alt_ids = tuple(one for one in dict.fromkeys(said.alt_ids) if one.value != wanted or one.role != "conceptId")
    if is_uri(wanted):
        return wanted, alt_ids
    if wanted:
        said.notes.append("the id is no uri: one made from it")
        named = any(one.value == wanted for one in alt_ids)
        return made_uri(hints.agency, wanted), alt_ids if named else (*alt_ids, AltId(value=wanted, role="guid"))
    parts = [
        *(one.value for one in said.headlines), *(one.value for one in said.bodies), *(one.value for one in said.descriptions)
    ]  # fmt: skip
    if not parts and not said.renditions:
        raise Undecodable("There is nothing in this item", "no guid, no headline, no text")
    said.notes.append("no id: one made from the content")
    return made_uri(hints.agency, digest(*parts)), alt_ids


def _associations(said: Said, guid: str, hints: Hints) -> tuple[Association, ...]:
    """What is linked, by the uri it has here; not the item's own earlier version."""
    make = partial(made_uri, hints.agency)
    return tuple(
        replace(one, uri=one.uri if is_uri(one.uri) or one.uri.startswith(("/", ".")) else make(one.uri))
        for one in said.associations
        if one.uri != guid or not one.uri
    )


def _with_dateline(item: Item, printed: str) -> Item:
    """The item with the dateline that stands apart, where there is none in its text."""
    if (
        len(printed) < _MIN_UNPLACED
        or item.ours.dateline is not None
        or (item.type != "text" and item.type != "package")
    ):
        return item
    place = printed.partition(" (")[0].rstrip(" -–—,.")
    return replace(item, dragoman=replace(item.ours, dateline=Dateline(text=printed, place=place)))
