"""The canonical item: IPTC ninjs 3.1 in shape and vocabulary, with our own profile for what ninjs lacks.

`Item` is what a decoder makes and an encoder takes. Its JSON (``rename="camel"``) is valid ninjs 3.1 once the key
`dragoman` is removed; the profile is named in `standard.schema`. Times are aware; the sender's offset is kept.
"""

import datetime as dt
from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from dragoman.model.happening import ContactInfo, EventDetails, HappeningProfile, PlannedCoverage, Point
from dragoman.model.taken import WhenTaken

PROFILE = "https://dragoman.example/schema/profile-1.json"

PubStatus = Literal["usable", "withheld", "canceled"]
Kind = Literal["text", "picture", "graphic", "audio", "video", "composite", "event", "planning", "component", "package"]
BlockKind = Literal["summary", "subheading", "paragraph", "quote", "list", "table"]
TRANSLATION_OF, TRANSLATION = "translationOf", "translation"
"""`rel` of an association: the original of an item; another language version of the same original."""
_ORIGINAL = frozenset({"translationof", "translatedfrom", "istranslationof", "irel:translatedfrom", "translation-of"})
AwareTime = Annotated[datetime, Meta(tz=True)]


class _Part(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A part of an item."""


class Headline(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    value: str
    role: str = ""
    content_type: str = ""


class Body(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """`value` is restricted block HTML where `content_type` is ``text/html`` (the canonical case)."""

    value: str
    role: str = ""
    content_type: str = "text/html"
    char_count: int = 0
    word_count: int = 0


class Description(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    value: str
    role: str = ""
    content_type: str = ""


class Concept(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A subject, place, person, organisation, genre or source: a name, a scheme's uri, the partner's own literal."""

    name: str = ""
    rel: str = ""
    role: str = ""
    uri: str = ""
    literal: str = ""
    contact_info: tuple[ContactInfo, ...] = ()
    """A place's address, how to reach a person."""
    geo: Point | None = field(name="geoJSON", default=None)


class AltId(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    value: str
    role: str = ""


class Rendition(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    name: str
    href: str = ""
    content_type: str = ""
    title: str = ""
    width: int = 0
    height: int = 0


class Association(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A related item, by reference; `rel` says how (a picture of it, the original it translates)."""

    name: str
    rel: str = ""
    uri: str = ""
    version: str = ""
    type: str = ""
    language: str = ""
    headlines: tuple[Headline, ...] = ()
    renditions: tuple[Rendition, ...] = ()

    @property
    def is_original(self) -> bool:
        """Does it say what the item translates, in our word or another's?"""
        return self.rel.casefold() in _ORIGINAL

    @property
    def is_of_family(self) -> bool:
        """Is it the original, or another language version?"""
        return self.rel == TRANSLATION or self.is_original


class Standard(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    name: str = "ninjs"
    version: str = "3.1"
    schema: str = PROFILE


class Block(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A piece of the text, in order. `text` is plain."""

    kind: BlockKind
    text: str


class Dateline(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The dateline as printed and as understood. `place` is as printed; `day` and `month` are integers;
    `year_from` says where the year came from: ``line``, ``header``, ``item``, ``received`` or ``""``."""

    text: str
    place: str = ""
    country: str = ""
    day: int | None = None
    month: int | None = None
    year: int | None = None
    date: dt.date | None = None
    year_from: str = ""
    agency: str = ""
    reporter: str = ""


class Removed(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What a decoder took out of the text, and why (a left-over template expression, page furniture)."""

    text: str
    reason: str


class Correction(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Why this version replaces the one before: Reuters's classes, and what was wrong (mandatory)."""

    kind: Literal["correction", "update", "refile", "hold", "release", "kill", "substitute"]
    reason: str = ""
    replaces: str = ""


class Hop(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """An agency the copy has passed through, oldest first (NewsML-G2 2.35, hopHistory)."""

    agency: str
    at: AwareTime | None = None


class Original(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What an item is a language version of: another item, by origin and uri, in the version that was translated."""

    origin: str
    uri: str
    version: str = ""
    language: str = ""


class Profile(_Part, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What ninjs 3.1 has no place for."""

    origin: str = ""
    dateline: Dateline | None = None
    headline_derived: bool = False
    blocks: tuple[Block, ...] = ()
    removed: tuple[Removed, ...] = ()
    lost: tuple[str, ...] = ()
    correction: Correction | None = None
    hops: tuple[Hop, ...] = ()
    credit: str = ""
    advance: bool = False
    """Sent ahead of its embargo under an agreement that allows it: mark it, do not publish it."""
    notes: tuple[str, ...] = ()
    """What the decoder assumed: an encoding that was guessed, a time without zone."""
    taken: WhenTaken | None = None
    """When a picture was taken, where that is no moment or not sure."""
    translation_of: Original | None = None
    happening: HappeningProfile | None = None


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """One item in one version. `uri` is the sender's id; the origin and the uri together name the item."""

    uri: str
    type: Kind = "text"
    standard: Standard = Standard()
    profile: str = ""
    version: str = ""
    first_created: AwareTime | None = None
    version_created: AwareTime | None = None
    content_created: AwareTime | None = None
    embargoed_until: AwareTime | None = None
    pub_status: PubStatus = "usable"
    urgency: Annotated[int, Meta(ge=1, le=9)] | None = None
    language: str = ""
    title: str = ""
    headlines: tuple[Headline, ...] = ()
    slugline: str = ""
    by: str = ""
    located: str = ""
    descriptions: tuple[Description, ...] = ()
    bodies: tuple[Body, ...] = ()
    subjects: tuple[Concept, ...] = ()
    places: tuple[Concept, ...] = ()
    people: tuple[Concept, ...] = ()
    organisations: tuple[Concept, ...] = ()
    genres: tuple[Concept, ...] = ()
    info_sources: tuple[Concept, ...] = ()
    copyright_holder: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    ed_note: str = ""
    alt_ids: tuple[AltId, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    associations: tuple[Association, ...] = ()
    events: tuple[Concept, ...] = ()
    """Events it is about, or a part of."""
    event_details: EventDetails | None = None
    planned_coverage: tuple[PlannedCoverage, ...] = ()
    dragoman: Profile | UnsetType = UNSET

    @property
    def headline(self) -> str:
        """The main headline, or an empty string."""
        return self.headlines[0].value if self.headlines else self.title

    @property
    def ours(self) -> Profile:
        """Our profile, empty where the sender gave none."""
        return Profile() if self.dragoman is UNSET else self.dragoman

    def is_embargoed(self, now: datetime) -> bool:
        return self.embargoed_until is not None and now < self.embargoed_until
