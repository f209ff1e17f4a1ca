"""Pictures: JPEG, PNG, WebP and TIFF. A picture becomes one item with what is written in it; nothing is drawn. Pure.

header  which kind, how large, its blocks          jpeg, png, webp, tiff  the blocks of each container, in and out
said    the blocks made one, what differs noted    iim, xmp, exif  the blocks, each as what it says
item    that as an item                            label   what an item says, written into a file that leaves
"""

from collections.abc import Iterator

from dragoman.formats._shape import Format, failed, unit
from dragoman.formats.picture.header import is_picture, other_kind, read_header
from dragoman.formats.picture.item import item_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable

_TAKEN = "JPEG, PNG, WebP and TIFF are taken."


PLACES = {
    "headline": "photoshop:Headline · IIM 2:105",
    "slugline": "dc:title · IIM 2:05",
    "summary": "dc:description · IIM 2:120 · Exif ImageDescription",
    "descriptions": "dc:description and Iptc4xmpCore:AltTextAccessibility, by language",
    "by": "dc:creator · IIM 2:80 · Exif Artist",
    "credit": "photoshop:Credit · IIM 2:110",
    "copyright_notice": "dc:rights · IIM 2:116 · Exif Copyright",
    "copyright_holder": "plus:CopyrightOwner",
    "usage_terms": "xmpRights:UsageTerms, plus:DataMining and other limits of PLUS",
    "ed_note": "photoshop:Instructions · IIM 2:40",
    "embargoed_until": "photoshop:Instructions, a line of it · IIM 2:30, 2:35",
    "urgency": "photoshop:Urgency · IIM 2:10",
    "language": "dc:language · IIM 2:135 · of the texts",
    "taken": "photoshop:DateCreated · IIM 2:55, 2:60 · Exif DateTimeOriginal",
    "content_created": "as `taken`",
    "located": "photoshop:City · IIM 2:90",
    "places": "Iptc4xmpCore:Location, photoshop:City, State, Country, Iptc4xmpExt:LocationShown · IIM 2:90 to 2:101",
    "subjects": "dc:subject, Iptc4xmpExt:AboutCvTerm · IIM 2:25",
    "subjects.uri": "Iptc4xmpCore:SubjectCode, Scene, Iptc4xmpExt:AboutCvTerm · IIM 2:12",
    "people": "Iptc4xmpExt:PersonInImage, PersonInImageWDetails",
    "organisations": "Iptc4xmpExt:OrganisationInImageName, OrganisationInImageCode",
    "events": "Iptc4xmpExt:Event, EventId",
    "genres": "Iptc4xmpExt:DigitalSourceType, Genre, Iptc4xmpCore:IntellectualGenre · IIM 2:04",
    "info_sources": "photoshop:Source, CaptionWriter, plus:ImageSupplier, Licensor, Iptc4xmpExt:Contributor · IIM 2:115, 2:122",
    "alt_ids": "photoshop:TransmissionReference, Iptc4xmpExt:DigImageGUID, plus:ImageSupplierImageID · IIM 2:103",
}
"""Where each field stands; XMP counts before IIM before Exif."""


def detect(data: bytes, hints: Hints) -> float:
    """By the first bytes; a name or a media type alone makes it a picture that is refused with a reason."""
    if is_picture(data):
        return 1.0
    if other_kind(data):
        return 0.95
    named = hints.media_type.startswith("image/") or hints.source.lower().endswith(FORMAT.suffixes)
    return 0.9 if named else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """One unit."""
    if is_picture(data):
        yield unit(0, lambda: item_of(data, read_header(data), hints))
    elif other := other_kind(data):
        yield failed(0, Undecodable(f"Pictures of this kind are not taken: {other}", hint=_TAKEN))
    else:
        yield failed(0, Undecodable("It is called a picture and is none", hints.source[-80:], hint=_TAKEN))


FORMAT = Format(
    name="picture",
    title="pictures: JPEG, PNG, WebP, TIFF",
    media_types=("image/jpeg", "image/png", "image/webp", "image/tiff"),
    suffixes=(".jpg", ".jpeg", ".jpe", ".png", ".webp", ".tif", ".tiff", ".gif", ".svg", ".bmp", ".heic", ".avif"),
    detect=detect,
    decode=decode,
    places=PLACES,
    read_only=frozenset(PLACES),
)
