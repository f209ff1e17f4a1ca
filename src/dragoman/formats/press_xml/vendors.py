"""The vendors whose small XML is read: one row each, of element paths. Pure.

A path is of names, ``a/b``, or ends in an attribute, ``a/b@c``; names in small letters, without namespaces.
"""

from collections.abc import Mapping

from msgspec import Struct


class Vendor(Struct, frozen=True, kw_only=True):
    """`roots`: the elements that are its items, or hold them under `items`. `marks`: of these bytes one stands near the
    beginning, where the root's name alone says little. `zones`: a word in `link` → the zone of times without one; `zone`
    for the rest. `paths`: the field → where it stands, the first that says something; of `JOINED` fields all of them."""

    name: str
    roots: frozenset[str]
    paths: Mapping[str, tuple[str, ...]]
    zone: str
    items: str = ""
    marks: tuple[bytes, ...] = ()
    zones: Mapping[str, str] = {}
    is_event: bool = False


JOINED = frozenset({"ed_note", "contacts"})

VENDORS: tuple[Vendor, ...] = (
    Vendor(
        name="Solita release",
        roots=frozenset({"release"}),
        marks=(b"<publicationdate", b"<leadtext", b"<publisher"),
        zone="Europe/Oslo",
        zones={"sttinfo": "Europe/Helsinki", "ritzau": "Europe/Copenhagen", "tt.se": "Europe/Stockholm"},
        paths={
            "id": ("@id",),
            "language": ("@lang",),
            "link": ("longurl", "shorturl"),
            "headline": ("title",),
            "summary": ("leadtext",),
            "body": ("body",),
            "published": ("publicationdate",),
            "embargo": ("embargo",),
            "ed_note": ("contactsastext", "boilerplate"),
            "source": ("publisher/name",),
            "source_link": ("publisher/website",),
            "genre": ("type/label",),
            "keywords": ("keywords",),
            "subjects": ("categories/category/name", "categories/category/label"),
            "pictures": ("images/image",),
            "documents": ("documents/document",),
        },
    ),
    Vendor(
        name="Ritzau RBNews",
        roots=frozenset({"rbnews"}),
        zone="Europe/Copenhagen",
        paths={
            "id": ("newsid",),
            "version": ("version",),
            "headline": ("headline",),
            "summary": ("subtitle",),
            "body": ("content",),
            "slugline": ("strapline",),
            "located": ("town",),
            # The journalist named beside it is the desk's contact; what is printed is the agency's sign.
            "by": ("origin",),
            "credit": ("origin",),
            "author": ("byline",),
            "published": ("publishdate",),
            "urgency": ("priority",),
            "genre": ("format",),
            "section": ("section",),
            "codes": ("iptclist/int",),
            "keywords": ("subjectkeyword/string",),
            "organisations": ("companies/company", "companies/string"),
            "ed_note": ("tilredaktionen",),
            "history": ("histid",),
            "replaces": ("replacedid", "replaces"),
            "is_killed": ("annuleret",),
            "is_corrected": ("korrektion",),
            "is_updated": ("nyversion",),
        },
    ),
    Vendor(
        name="NTB calendar",
        roots=frozenset({"document", "result"}),
        items="document",
        marks=(b"<ntbid", b"newscalendar"),
        zone="Europe/Oslo",
        is_event=True,
        paths={
            "id": ("guid", "ntbid", "id"),
            "history": ("ntbid",),
            "headline": ("title",),
            "body": ("content",),
            "urgency": ("priority",),
            "section": ("category",),
            "subjects": ("subjects/subject",),
            "codes": ("subjects/subject@reference",),
            "keywords": ("keywords",),
            "ed_note": ("infotext", "addedby"),
            "starts": ("timestart", "startdate"),
            "ends": ("timeend", "stopdate"),
            "is_all_day": ("alldayevent",),
            "venue": ("address", "calendardata/location", "location"),
            "city": ("location", "calendardata/location"),
            "regions": ("districts/district", "regions/region"),
            "geo": ("geo",),
            "latitude": ("geo/latitude",),
            "longitude": ("geo/longitude",),
            "contact_name": ("contactname",),
            "contact_phone": ("contactphone",),
            "contact_email": ("contactmail",),
            "contact_url": ("contactweb",),
        },
    ),
)
