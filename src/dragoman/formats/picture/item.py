"""A picture and what is written in it as an item. Pure."""

import hashlib
from datetime import datetime, time

from msgspec.structs import replace

from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import content_version, made_uri
from dragoman.formats._times import read_time, zone_of
from dragoman.formats.picture.blocks import PROVENANCE
from dragoman.formats.picture.header import INSIDE, Header
from dragoman.formats.picture.said import Said
from dragoman.formats.picture.xmp import DEFAULT
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.happening import ContactInfo
from dragoman.model.item import AltId, Block, Concept, Headline, Item, Profile
from dragoman.model.picture import descriptions, original_of
from dragoman.model.taken import WhenTaken
from dragoman.read.taken import read_taken
from dragoman.text.cleaning import clean
from dragoman.text.language import UNKNOWN, identify, known_tag
from dragoman.text.sentences import first_sentence

_HEADLINE = 120  # characters of a derived headline
_LONGEST = 20_000  # characters of one text
_MANY = 200


def item_of(data: bytes, header: Header, hints: Hints) -> Item:
    """The item; its uri is made from the sender and the bytes, so that the same file again is the same item."""
    digest = hashlib.sha256(data).hexdigest()
    said = header.said
    language, captions = _spoken(said.captions, said.language, hints.language)
    _, alts = _spoken(said.alts or said.extended, language, language)
    headline, derived = _headline(said, captions.get(language, ""))
    taken = read_taken(said.taken) if said.taken else None
    notes = said.notes
    if taken and not taken.is_known:
        notes = (*notes, f"the date taken is not understood: {taken.words!r}")
    embargo, told = _embargo(said, hints)
    notes = (*notes, *told, *_provenance(said.provenance))
    item = Item(
        uri=made_uri("picture", hints.agency, digest),
        type="picture",
        language=language,
        content_created=_created(taken, hints.zone),
        embargoed_until=embargo,
        urgency=said.urgency or None,
        headlines=(Headline(value=headline),) if headline else (),
        slugline=_line(said.title) if said.title and said.title != headline else "",
        by=_line(", ".join(said.by)),
        located=_line(said.city or said.spot),
        descriptions=descriptions(language, captions, alts),
        subjects=(*_named(said.keywords), *map(_kept, said.subjects[:_MANY])),
        people=_people(said),
        organisations=tuple(map(_kept, said.organisations[:_MANY])),
        places=_places(said),
        events=_events(said),
        genres=(*((Concept(uri=said.made_by[:300]),) if said.made_by else ()), *map(_kept, said.genres[:_MANY])),
        info_sources=_sources(said),
        copyright_holder=_line(", ".join(said.owners)),
        copyright_notice=_line(said.copyright, 1_000),
        usage_terms=_terms(said),
        ed_note=_text(said.instructions),
        alt_ids=_ids(said),
        renditions=(original_of(digest, header.media_type, header.width, header.height),),
        dragoman=Profile(
            credit=_line(said.credit or said.source),
            headline_derived=derived,
            blocks=tuple(Block(kind="summary", text=text) for text in (captions.get(language, ""),) if text),
            taken=taken,
            lost=said.lost,
            notes=tuple(_line(note) for note in notes),
        ),
    )
    return replace(item, version=content_version(item))


def _spoken(texts: dict[str, str], declared: str, fallback: str) -> tuple[str, dict[str, str]]:
    """The main language, and the texts by language. What is in no named language is identified, the main one first."""
    known = {known_tag(code): _text(text) for code, text in texts.items() if code != DEFAULT and known_tag(code)}
    shown = _text(texts.get(DEFAULT, ""))
    if shown and shown in known.values():
        language = next(code for code, text in known.items() if text == shown)
    elif shown:
        found = identify(shown, declared or fallback).tag
        language = found if found != UNKNOWN else known_tag(declared or fallback) or UNKNOWN
        known.setdefault(language, shown)
    else:
        wanted = known_tag(declared or fallback)
        language = wanted if wanted in known else next(iter(known), wanted or UNKNOWN)
    return language, known


def _headline(said: Said, caption: str) -> tuple[str, bool]:
    """The headline, or one taken from the caption."""
    if said.headline or said.title:
        return _line(said.headline or said.title), False
    return (first_sentence(caption)[:_HEADLINE], True) if caption else ("", False)


def _created(taken: WhenTaken | None, zone: str) -> datetime | None:
    """The moment for those who have no place for less; the day's beginning where only the day is known."""
    if taken is None or taken.circa:
        return None
    if taken.at is not None:
        return taken.at
    return (
        datetime.combine(taken.earliest, time(), zone_of(zone)) if taken.precision == "day" and taken.earliest else None
    )


def _embargo(said: Said, hints: Hints) -> tuple[datetime | None, tuple[str, ...]]:
    """Not before this moment, by its release date or the words of its instructions; one that was over when it came is none. A
    day begins in the feed's zone.

    Raises:
        Undecodable: it cannot be read, and without it the picture would be free.
    """
    until, note = _release(said.embargo, hints.zone) if said.embargo else _instructed(said.instructions, hints)
    if until is None:
        return None, ()
    if hints.received is not None and until <= hints.received:
        return None, ()
    return until, (f"release date: {note}",) if note else ()


def _release(text: str, zone: str) -> tuple[datetime, str]:
    until, note = read_time(text, zone)
    if until is None:
        raise Undecodable("The embargo cannot be read", f"release date {text[:60]!r}", hint="Ask the sender.")
    return until, note


def _instructed(instructions: str, hints: Hints) -> tuple[datetime | None, str]:
    for line in instructions.splitlines():
        if found := embargo_of(line.strip(), hints.received, zone_of(hints.zone), hints.zone):
            return found
    return None, ""


def _provenance(where: str) -> tuple[str, ...]:
    if not where:
        return ()
    return (
        f"{PROVENANCE} is in the file"
        if where == INSIDE
        else f"names {PROVENANCE} elsewhere, not fetched: {where[:200]}",
    )


def _people(said: Said) -> tuple[Concept, ...]:
    """Those with an id, and those by name who are not among them."""
    known = {one.name for one in said.persons}
    return (*map(_kept, said.persons[:_MANY]), *(one for one in _named(said.people) if one.name not in known))


def _events(said: Said) -> tuple[Concept, ...]:
    """The event by its name and its first id; further ids by themselves."""
    ids = [one[:300] for one in said.events[:_MANY]]
    first = Concept(name=_line(said.event), uri=ids[0] if ids else "")
    return (*((first,) if first.name or first.uri else ()), *(Concept(uri=one) for one in ids[1:]))


def _sources(said: Said) -> tuple[Concept, ...]:
    """Where it is from and who had a part in it; the photographer here only where more than the name is said."""
    found = [Concept(name=_line(said.source), role="source")] if said.source else []
    if said.position or said.contact:
        position = (ContactInfo(type="position", value=_line(said.position)),) if said.position else ()
        found.append(
            Concept(name=_line(", ".join(said.by)), role="photographer", contact_info=(*position, *said.contact))
        )
    if said.writer:
        found.append(Concept(name=_line(said.writer), role="captionWriter"))
    return (*found, *map(_kept, said.sources[:_MANY]))


def _ids(said: Said) -> tuple[AltId, ...]:
    told = ((said.reference, "transmissionReference"), (said.guid, "digitalImageGuid"))
    return (
        *(AltId(value=_line(value), role=role) for value, role in told if value),
        *(AltId(value=_line(one.value), role=one.role) for one in said.ids[:_MANY]),
    )


def _kept(one: Concept) -> Concept:
    """A concept with its texts as lines of ours."""
    return replace(one, name=_line(one.name), uri=one.uri[:300], literal=_line(one.literal))


def _places(said: Said) -> tuple[Concept, ...]:
    parts = ((said.spot, "sublocation", ""), (said.city, "city", ""), (said.region, "state", ""))
    country = (said.country or said.country_code, "country", said.country_code if said.country else "")
    legacy = [
        Concept(name=_line(name), role=role, literal=_line(code)) for name, role, code in (*parts, country) if name
    ]
    known = {one.name for one in legacy}
    return (*legacy, *(_kept(one) for one in said.shown[:_MANY] if _line(one.name) not in known))


def _terms(said: Said) -> str:
    """The usage terms, and behind them what else restricts the use, a line each, said once."""
    lines = [line for line in said.limits if line not in said.terms.splitlines()]
    return _text("\n".join(filter(None, (said.terms, *lines))))


def _named(words: tuple[str, ...]) -> tuple[Concept, ...]:
    return tuple(Concept(name=line) for word in words[:_MANY] if (line := _line(word)))


def _text(text: str) -> str:
    return clean(text).strip()[:_LONGEST]


def _line(text: str, most: int = 300) -> str:
    return " ".join(clean(text).split())[:most]
