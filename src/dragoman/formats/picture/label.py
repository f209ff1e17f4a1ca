"""The label of a picture: credit, captions, copyright, terms and the like as they are written into its file. Pure.

It is written when the file is handed out, so that it says what the item says now. `written_into` puts it into a picture as
it came, in place of the words that were there, and keeps whatever else its sender wrote; no pixel is touched.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from dragoman.formats._newscodes import subject_code
from dragoman.formats.picture import jpeg, png, tiff, webp
from dragoman.formats.picture.blocks import Words, Written
from dragoman.formats.picture.header import blocks_of, is_picture
from dragoman.formats.picture.iim_written import datasets_of
from dragoman.formats.picture.xmp_said import EMBARGO
from dragoman.formats.picture.xmp_written import packets
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item
from dragoman.model.picture import alts, captions
from dragoman.model.taken import WhenTaken


class Label(Struct, frozen=True, kw_only=True):
    """What is written into every picture that leaves. `language` is that of the item; `taken` is in ISO 8601 and may end
    with the year, the month or the day; `mining` is a code of PLUS; `embargo` is a moment."""

    language: str = ""
    headline: str = ""
    title: str = ""
    captions: Mapping[str, str] = {}
    alts: Mapping[str, str] = {}
    by: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    terms: str = ""
    mining: str = ""
    instructions: str = ""
    embargo: str = ""
    keywords: tuple[str, ...] = ()
    subject_codes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    event: str = ""
    spot: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    country_code: str = ""
    taken: str = ""
    urgency: int = 0
    reference: str = ""
    guid: str = ""
    made_by: str = ""
    lost: tuple[str, ...] = ()
    """What the item says and a picture's file has no place for."""

    @property
    def told(self) -> str:
        """The instructions, and the embargo among them."""
        line = f"{EMBARGO}{self.embargo}" if self.embargo else ""
        return "\n".join(filter(None, (self.instructions, line)))


def label_of(item: Item) -> Label:
    """The label of a picture item, as it stands."""
    named = {one.role: one for one in reversed(item.places)}
    taken, lost = _taken(item.ours.taken)
    ids = {one.role: one.value for one in item.alt_ids}
    country = named.get("country")
    return Label(
        language=item.language,
        headline="" if item.ours.headline_derived else item.headline,
        title=item.slugline,
        captions=captions(item),
        alts=alts(item),
        by=item.by,
        credit=item.ours.credit,
        source=next((one.name for one in item.info_sources if one.role == "source"), ""),
        copyright=item.copyright_notice or item.copyright_holder,
        terms=item.usage_terms,
        mining=_mining(item.usage_terms),
        instructions=item.ed_note,
        embargo=item.embargoed_until.isoformat() if item.embargoed_until else "",
        keywords=tuple(one.name for one in item.subjects if one.name and not one.role),
        subject_codes=tuple(filter(None, (subject_code(one.uri) for one in item.subjects))),
        people=tuple(one.name for one in item.people if one.name),
        organisations=tuple(one.name for one in item.organisations if one.name),
        event=next((one.name for one in item.events if one.name), ""),
        spot=named["sublocation"].name if "sublocation" in named else "",
        city=named["city"].name if "city" in named else item.located if "sublocation" not in named else "",
        region=named["state"].name if "state" in named else "",
        country=country.name if country else "",
        country_code=country.literal if country else "",
        taken=taken,
        urgency=item.urgency or 0,
        reference=ids.get("transmissionReference", ""),
        guid=ids.get("digitalImageGuid", ""),
        made_by=next((one.uri for one in item.genres if "digitalsourcetype" in one.uri), ""),
        lost=lost,
    )


def _taken(taken: WhenTaken | None) -> tuple[str, tuple[str, ...]]:
    """In ISO 8601, as far as it is certain; a date that is not has no place."""
    if taken is None:
        return "", ()
    if taken.at is not None and not taken.circa:
        return taken.at.isoformat(), ()
    length = {"day": 10, "month": 7, "year": 4}.get(taken.precision, 0)
    if taken.circa or not length or taken.earliest is None:
        return "", ("taken",)
    return taken.earliest.isoformat()[:length], ()


def _mining(terms: str) -> str:
    """The code of data mining among the terms: it stands among them in words, and by itself for machines."""
    lines = (line.partition(": ") for line in terms.splitlines())
    return next((value for name, _, value in lines if name == "Data mining" and _CODE.match(value)), "")


_CODE = re.compile(r"DMI-[A-Z-]{3,60}\Z")


def labelled(jpeg_file: bytes, label: Label) -> bytes:
    """A rendition of ours with the label in it; bytes that are no JPEG as they are."""
    return written_into(jpeg_file, label).body if jpeg_file.startswith(jpeg.MARK) else jpeg_file


def written_into(data: bytes, label: Label) -> Written:
    """The picture with the label in it, its pixels byte for byte as they are. `lost` names what there was no place for, and
    a C2PA manifest: it vouched for the file as it came, and is taken out.

    Raises:
        Undecodable: it is no picture of ours, or so damaged that nothing can be put into it safely.
        Refused: it is of a kind that is not written (BigTIFF).
    """
    if not is_picture(data):
        raise Undecodable("Words cannot be written into this", "it is no JPEG, PNG, WebP or TIFF")
    found = blocks_of(data)
    made = packets(label, found)
    words = Words(
        whole=made.whole,
        short=made.short,
        extended=made.extended,
        iim=datasets_of(label, found.iim),
        lost=(*label.lost, *made.lost),
        cut=made.cut,
    )
    if data.startswith(jpeg.MARK):
        return jpeg.rewritten(data, words)
    if data.startswith(png.MARK):
        return png.rewritten(data, words)
    return webp.rewritten(data, words) if webp.is_webp(data) else tiff.rewritten(data, words)
