"""What the properties of an XMP packet say of a picture: the IPTC Photo Metadata Standard, by its own names. Pure.

What an item has no place for is named. (IPTC Photo Metadata Standard 2024.1; PLUS LDF 2.0.1.)
"""

import re
from collections.abc import Iterator

from dragoman.formats._newscodes import subject
from dragoman.formats.picture.said import Said
from dragoman.formats.picture.xmp import DEFAULT, Entry, Properties, properties
from dragoman.model.errors import Undecodable
from dragoman.model.happening import Address, ContactInfo
from dragoman.model.item import AltId, Concept

EMBARGO = "Embargo: not before "
"""How an embargo is written among the instructions: XMP has no property for one."""
_EMBARGO = re.compile(rf"^{EMBARGO}(\d{{4}}-\d\d-\d\dT[0-9:.+Z-]{{6,30}})$", re.MULTILINE)
SCENES = "http://cv.iptc.org/newscodes/scene/"
GENRES = "http://cv.iptc.org/newscodes/genre/"
LIMITS = {
    "Data mining": ("plus", "DataMining"),
    "Model release": ("plus", "ModelReleaseStatus"),
    "Property release": ("plus", "PropertyReleaseStatus"),
    "Minor model age": ("plus", "MinorModelAgeDisclosure"),
    "Statement of rights": ("rights", "WebStatement"),
    "Constraints": ("plus", "OtherConstraints"),
}
"""What restricts the use beside the usage terms, by the names under which it stands among them."""
UNSPECIFIED = frozenset({"DMI-UNSPECIFIED", "AG-UNK"})
"""Said, and saying nothing."""
_LOST = {
    ("ext", "ImageRegion"): "image regions",
    ("ext", "EmbdEncRightsExpr"): "rights expression",
    ("ext", "LinkedEncRightsExpr"): "rights expression",
    ("ext", "AddlModelInfo"): "additional model information",
    ("ext", "ModelAge"): "model age",
    ("ext", "MaxAvailWidth"): "largest size available",
    ("ext", "MaxAvailHeight"): "largest size available",
    ("plus", "ModelReleaseID"): "model release id",
    ("plus", "PropertyReleaseID"): "property release id",
    ("xmp", "Rating"): "rating",
}
_PARTS = (("Sublocation", "sublocation"), ("City", "city"), ("ProvinceState", "state"), ("CountryName", "country"))


def read_xmp(packet: bytes, extended: bytes = b"") -> Said:
    """What the packet says, and the second part of it. One that cannot be read says nothing but that."""
    try:
        found = properties(packet)
    except Undecodable as error:
        return Said(notes=(f"XMP cannot be read: {error.title}",))
    notes: tuple[str, ...] = ()
    if extended:
        try:
            found = found.with_more(properties(extended))
        except Undecodable as error:
            notes = (f"the second part of the XMP cannot be read: {error.title}",)
    return _said(found, notes)


def _said(found: Properties, notes: tuple[str, ...]) -> Said:
    instructions, embargo = _parted(found.text("photoshop", "Instructions"))
    urgency = found.text("photoshop", "Urgency")
    shown = found.entries("ext", "LocationShown")
    created = found.entries("ext", "LocationCreated")
    place = (shown or created or [Entry()])[0]
    persons = tuple(_persons(found))
    return Said(
        headline=found.text("photoshop", "Headline"),
        title=_shown(found.languages("dc", "title")),
        captions=found.languages("dc", "description"),
        alts=found.languages("core", "AltTextAccessibility"),
        extended=found.languages("core", "ExtDescrAccessibility"),
        by=found.texts("dc", "creator") or _names(found, "plus", "ImageCreator", "ImageCreatorName"),
        position=found.text("photoshop", "AuthorsPosition"),
        writer=found.text("photoshop", "CaptionWriter"),
        credit=found.text("photoshop", "Credit"),
        source=found.text("photoshop", "Source"),
        copyright=_shown(found.languages("dc", "rights")),
        terms=_shown(found.languages("rights", "UsageTerms")),
        limits=tuple(_limits(found)),
        instructions=instructions,
        embargo=embargo,
        keywords=found.texts("dc", "subject"),
        people=found.texts("ext", "PersonInImage"),
        persons=persons,
        organisations=tuple(_organisations(found)),
        event=_shown(found.languages("ext", "Event")),
        events=found.texts("ext", "EventId"),
        country=found.text("photoshop", "Country") or place["CountryName"],
        country_code=found.text("core", "CountryCode") or place["CountryCode"],
        region=found.text("photoshop", "State") or place["ProvinceState"],
        city=found.text("photoshop", "City") or place["City"],
        spot=found.text("core", "Location") or place["Sublocation"],
        shown=tuple(_places(shown, created)),
        taken=found.text("photoshop", "DateCreated") or found.text("exif", "DateTimeOriginal"),
        language=found.text("dc", "language"),
        reference=found.text("photoshop", "TransmissionReference"),
        urgency=int(urgency) if urgency in set("12345678") else 0,
        made_by=found.text("ext", "DigitalSourceType"),
        owners=_names(found, "plus", "CopyrightOwner", "CopyrightOwnerName"),
        sources=tuple(_sources(found)),
        contact=tuple(_contact(found)),
        guid=found.text("ext", "DigImageGUID"),
        ids=tuple(_ids(found)),
        subjects=tuple(_subjects(found)),
        genres=tuple(_genres(found)),
        provenance=found.text("dcterms", "provenance"),
        lost=tuple(dict.fromkeys(_lost(found))),
        notes=notes,
    )


def _lost(found: Properties) -> Iterator[str]:
    yield from (words for name, words in _LOST.items() if found.texts(*name))
    if found.texts("core", "ExtDescrAccessibility") and found.texts("core", "AltTextAccessibility"):
        yield "extended description"  # where it stands alone, it is the alternative text


def _shown(texts: dict[str, str]) -> str:
    return texts.get(DEFAULT) or next(iter(texts.values()), "")


def _parted(instructions: str) -> tuple[str, str]:
    """The instructions without the line that holds an embargo, and the embargo."""
    found = _EMBARGO.search(instructions)
    return (_EMBARGO.sub("", instructions, count=1).strip(), found[1]) if found else (instructions, "")


def _limits(found: Properties) -> Iterator[str]:
    for name, (prefix, key) in LIMITS.items():
        value = _shown(found.languages(prefix, key))
        value = value.rpartition("/")[2] if value.startswith("http://ns.useplus.org/") else value
        if value and value not in UNSPECIFIED:
            yield f"{name}: {' '.join(value.split())}"


def _persons(found: Properties) -> Iterator[Concept]:
    for one in found.entries("ext", "PersonInImageWDetails"):
        ids = one.all("PersonId")
        uri = next(filter(None, map(_uri, ids)), "")
        if name := one["PersonName"]:
            yield Concept(name=name, uri=uri, literal=next((code for code in ids if code != uri), ""))


def _organisations(found: Properties) -> Iterator[Concept]:
    """By name; the codes in the same order, where there are as many of them."""
    names, codes = found.texts("ext", "OrganisationInImageName"), found.texts("ext", "OrganisationInImageCode")
    if len(names) == len(codes):
        yield from (Concept(name=name, literal=code) for name, code in zip(names, codes, strict=True))
        return
    yield from (Concept(name=name) for name in names)
    yield from (Concept(literal=code) for code in codes)


def _places(shown: list[Entry], created: list[Entry]) -> Iterator[Concept]:
    for entry in (*shown, *created):
        yield from (Concept(name=entry[key], role=role) for key, role in _PARTS if entry[key])
        if name := entry["LocationName"]:
            yield Concept(name=name, uri=_uri(entry["LocationId"]))


def _sources(found: Properties) -> Iterator[Concept]:
    for prefix, key, role in (
        ("plus", "ImageSupplier", "supplier"),
        ("plus", "CopyrightOwner", "copyrightOwner"),
        ("plus", "ImageCreator", "imageCreator"),
    ):
        for one in found.entries(prefix, key):
            name, code = one[f"{key}Name"], one[f"{key}ID"]
            if role == "supplier" or code:
                yield Concept(name=name, literal=code, role=role)
    for one in found.entries("plus", "Licensor"):
        reached = (("email", one["LicensorEmail"]), ("phone", one["LicensorTelephone1"]), ("web", one["LicensorURL"]))
        yield Concept(
            name=one["LicensorName"],
            literal=one["LicensorID"],
            role="licensor",
            contact_info=tuple(ContactInfo(type=kind, value=value) for kind, value in reached if value),
        )
    for one in found.entries("ext", "Contributor"):
        yield Concept(name=one["Name"], literal=one["Identifier"], role="contributor", rel=_uri(one["Role"]))


def _contact(found: Properties) -> Iterator[ContactInfo]:
    for one in found.entries("core", "CreatorContactInfo")[:1]:
        for kind, key in (("email", "CiEmailWork"), ("phone", "CiTelWork"), ("web", "CiUrlWork")):
            if one[key]:
                yield ContactInfo(type=kind, value=one[key])
        street = tuple(line for line in one["CiAdrExtadr"].split("\n") if line.strip())
        where = Address(
            lines=street,
            locality=one["CiAdrCity"],
            area=one["CiAdrRegion"],
            postal_code=one["CiAdrPcode"],
            country=one["CiAdrCtry"],
        )
        if where != Address():
            yield ContactInfo(type="address", address=where)


def _ids(found: Properties) -> Iterator[AltId]:
    if code := found.text("plus", "ImageSupplierImageID"):
        yield AltId(value=code, role="imageSupplierImageId")
    for one in found.entries("ext", "RegistryId"):
        if one["RegItemId"]:
            yield AltId(value=f"{one['RegOrgId']} {one['RegItemId']}".strip(), role="registryEntry")


def _subjects(found: Properties) -> Iterator[Concept]:
    yield from (subject(code) for code in found.texts("core", "SubjectCode") if code.isalnum())
    yield from (Concept(uri=SCENES + code) for code in found.texts("core", "Scene") if code.isalnum())
    yield from (one for one in _terms(found, "AboutCvTerm"))
    for one in found.entries("ext", "ProductInImage"):
        yield Concept(name=one["ProductName"], literal=one["ProductGTIN"], role="product")
    for one in found.entries("ext", "ArtworkOrObject"):
        yield Concept(name=one["AOTitle"], literal=one["AOSourceInvNo"], role="artwork")


def _genres(found: Properties) -> Iterator[Concept]:
    yield from _terms(found, "Genre")
    if name := found.text("core", "IntellectualGenre"):
        yield Concept(name=name)


def _terms(found: Properties, key: str) -> Iterator[Concept]:
    """Terms of somebody's vocabulary."""
    for one in found.entries("ext", key):
        code = one["CvTermId"]
        if code or one["CvTermName"]:
            yield Concept(name=one["CvTermName"], uri=_uri(code), literal="" if _uri(code) else code)


def _names(found: Properties, prefix: str, key: str, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[name] for one in found.entries(prefix, key) if one[name]))


def _uri(text: str) -> str:
    return text if NAMED.match(text) else ""


NAMED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:[^\s<>\"]{1,300}\Z")
