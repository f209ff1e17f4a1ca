"""A picture as an item: what is written in it, in whichever block and charset; and pictures that are none."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats.picture.header import MOST_PIXELS
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Item
from dragoman.model.picture import alts, captions, original
from drawn import UTF8, alt, camera, dataset, encoded, jpeg, several, xmp

HINTS = Hints(agency="LNA", zone="Asia/Baku", source="boats.jpg")
SHARED = Path(__file__).parents[2].parent / "shared"
HOSTILE = SHARED / "data/hostile/made-images"


def unit_of(data: bytes, hints: Hints = HINTS) -> Unit:
    (unit,) = formats.decode(data, hints)
    return unit


def item_of(data: bytes, hints: Hints = HINTS) -> Item:
    unit = unit_of(data, hints)
    assert unit.item is not None, unit.problem
    return unit.item


def test_xmp_says_who_what_where_when_and_on_which_terms() -> None:
    inside = (
        alt("dc:description", {"x-default": "Boats at dawn.", "en": "Boats at dawn.", "ru": "Лодки на рассвете."})
        + several("dc:creator", "Nora Quay", kind="Seq")
        + several("dc:subject", "harbour", "boats")
        + alt("dc:rights", {"x-default": "© Lantern"})
        + alt("xmpRights:UsageTerms", {"x-default": "Editorial use only."})
        + alt("Iptc4xmpCore:AltTextAccessibility", {"x-default": "A row of small boats.", "ar": "صف من القوارب"})
        + several("Iptc4xmpExt:PersonInImage", "Rauf Dal")
    )
    attributes = (
        'photoshop:Headline="Dawn in the harbour" photoshop:Credit="LNA/Quay" photoshop:City="Baku" photoshop:Country="Azerbaijan"'
        ' photoshop:DateCreated="c. 1970" photoshop:Instructions="Not for posters." plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"'
    )
    item = item_of(jpeg(xmp=xmp(inside, attributes)))
    assert item.type == "picture"
    assert (item.language, item.headline, item.by, item.ours.credit) == (
        "en",
        "Dawn in the harbour",
        "Nora Quay",
        "LNA/Quay",
    )
    assert captions(item) == {"en": "Boats at dawn.", "ru": "Лодки на рассвете."}
    assert alts(item) == {"en": "A row of small boats.", "ar": "صف من القوارب"}
    assert item.copyright_notice == "© Lantern"
    assert item.usage_terms == "Editorial use only.\nData mining: DMI-PROHIBITED"
    assert item.ed_note == "Not for posters."
    assert [one.name for one in item.places] == ["Baku", "Azerbaijan"]
    assert [one.name for one in item.people] == ["Rauf Dal"]
    assert [one.name for one in item.subjects] == ["harbour", "boats"]
    taken = item.ours.taken
    assert taken is not None
    assert (taken.precision, taken.circa, taken.earliest) == ("year", True, date(1970, 1, 1))
    assert item.content_created is None  # an uncertain year is no moment
    there = original(item)
    assert there is not None
    assert (there.width, there.height, there.content_type) == (90, 60, "image/jpeg")


@pytest.mark.parametrize(
    ("mark", "charset", "text", "note"),
    [
        (UTF8, "utf-8", "Рыбаки в Баку", ""),
        (b"", "utf-8", "Limanda qayıqlar", "IIM names no charset: read as utf-8"),
        (
            b"",
            "cp1251",
            "Президент прибыл с визитом в порт, рыбаки встречают его",
            "IIM names no charset: read as cp1251",
        ),
        (
            b"",
            "cp1252",
            "Des pêcheurs au port, à l’aube, près de la jetée détruite",
            "IIM names no charset: read as cp125",
        ),
        (dataset(90, b"\x1b.A", record=1), "latin-1", "Pêcheurs", ""),
    ],
)
def test_iim_is_read_in_the_charset_it_names_or_the_one_that_fits_and_says_which(
    mark: bytes, charset: str, text: str, note: str
) -> None:
    block = mark + dataset(120, text.encode(charset)) + dataset(80, b"Nora Quay") + dataset(110, b"LNA")
    item = item_of(jpeg(iim=block))
    assert list(captions(item).values()) == [text]
    assert item.by == "Nora Quay"
    assert item.ours.credit == "LNA"
    assert any(one.startswith(note) for one in item.ours.notes) if note else not item.ours.notes


def test_xmp_counts_before_iim_and_exif_and_the_item_says_that_they_differ() -> None:
    data = jpeg(
        xmp=xmp(alt("dc:description", {"x-default": "Boats in 1970."}), 'photoshop:DateCreated="1970"'),
        iim=UTF8 + dataset(120, b"Cars in the street.") + dataset(55, b"19700000"),
        exif=camera(),
    )
    item = item_of(data)
    assert list(captions(item).values()) == ["Boats in 1970."]
    notes = " | ".join(item.ours.notes)
    assert "caption: XMP and IIM differ, XMP counts; IIM has 'Cars in the street.'" in notes
    assert "date taken: XMP and Exif differ, XMP counts" in notes
    assert "date taken: XMP and IIM differ" not in notes


def test_a_caption_that_iim_has_cut_is_no_other_caption() -> None:
    long = "The old harbour at dawn, with the boats that have come back from a night at sea."
    item = item_of(
        jpeg(xmp=xmp(alt("dc:description", {"x-default": long})), iim=UTF8 + dataset(120, long[:50].encode()))
    )
    assert item.ours.notes == ()


def test_of_exif_only_what_is_for_the_public_is_read() -> None:
    item = item_of(jpeg(exif=camera()))
    assert (item.by, item.copyright_notice, list(captions(item).values())) == (
        "Nora Quay",
        "(c) Lantern",
        ["Boats in the harbour"],
    )
    assert item.content_created is not None
    assert item.content_created.isoformat() == "2024-05-12T10:11:12+04:00"
    for secret in ("SERIAL", "Ownersson", "Cambox", "49.", "40.0"):
        assert secret not in repr(item)


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
def test_other_kinds_carry_their_xmp_as_well(form: str) -> None:
    packet = xmp(alt("dc:description", {"x-default": "Boats."}))
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet)
        data = encoded(form, pnginfo=info)
    else:
        data = encoded(form, **({"xmp": packet.encode()} if form == "WEBP" else {"tiffinfo": {700: packet.encode()}}))
    item = item_of(data, Hints(agency="LNA", language="en"))
    assert list(captions(item).values()) == ["Boats."]


def test_a_picture_on_its_side_has_the_size_it_is_looked_at() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    there = original(item_of(jpeg(90, 60, exif=exif)))
    assert there is not None
    assert (there.width, there.height) == (60, 90)


def test_the_same_file_from_the_same_agency_is_the_same_item() -> None:
    one, again, other = item_of(jpeg()), item_of(jpeg()), item_of(jpeg(), Hints(agency="VAL"))
    assert (one.uri, one.version) == (again.uri, again.version)
    assert one.uri != other.uri


def test_a_picture_without_words_is_an_item_all_the_same() -> None:
    item = item_of(jpeg())
    assert (item.headline, item.language, item.descriptions) == ("", "und", ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><script>alert(1)</script>", "It is called a picture and is none"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Pictures of this kind are not taken: SVG"),
        (b"GIF89a" + bytes(40), "Pictures of this kind are not taken: GIF"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "The picture cannot be read"),
        (jpeg()[:300], "The picture cannot be read"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, said: str) -> None:
    problem = unit_of(data).problem
    assert problem is not None
    assert problem.title == said
    assert problem.kept
    assert problem.hint


def test_a_header_that_claims_too_much_is_refused_before_anything_is_unpacked() -> None:
    import struct
    import zlib

    def png(width: int, height: int) -> bytes:
        head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
        return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))

    for width, height in ((65_000, 65_000), (8_001, 8_001), (40_000, 10)):
        problem = unit_of(png(width, height)).problem
        assert problem is not None
        assert problem.title == "The picture is too large"
    assert MOST_PIXELS >= 8_000 * 8_000


@given(st.binary(max_size=300), st.integers(0, 2_000), st.sampled_from(["JPEG", "PNG", "WEBP", "TIFF"]))
@settings(max_examples=150, deadline=None)
def test_no_damage_makes_the_decoder_fail(noise: bytes, at: int, form: str) -> None:
    data = encoded(form)
    unit = unit_of(data[: at % len(data)] + noise + data[at % len(data) + len(noise) :])
    assert (unit.item is None) != (unit.problem is None)


def test_words_that_are_no_words_of_a_block_are_told_not_lost_silently() -> None:
    item = item_of(jpeg(xmp="<x:xmpmeta xmlns:x='adobe:ns:meta/'><broken</x:xmpmeta>"))
    assert any(note.startswith("XMP cannot be read") for note in item.ours.notes)


@pytest.mark.shared
@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the development data is not here")
@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.*")), ids=lambda path: path.name)
def test_hostile_pictures_are_refused_or_harmless(path: Path) -> None:
    if path.suffix == ".md":
        return
    unit = unit_of(path.read_bytes(), Hints(agency="LNA", source=path.name))
    if unit.item is not None:
        assert unit.item.type == "picture"
        assert not any(secret in repr(unit.item) for secret in ("50.45", "serial", "Serial"))
    else:
        assert unit.problem is not None
        assert unit.problem.title


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not here")
def test_the_reference_picture_of_the_standard_is_read_whole() -> None:
    path = SHARED / "data/standards/iptc-photo/techreference/tests/IPTC-PhotometadataRef-Std2023.2.jpg"
    item = item_of(path.read_bytes())
    assert item.headline == "The Headline (ref2023.2)"
    assert item.by == "Creator1 (ref2023.2)"
    assert item.ours.credit == "Credit Line (ref2023.2)"
    assert [one.name for one in item.people] == [
        "Person Name 1 (ref2023.2)",
        "Person Shown 1 (ref2023.2)",
        "Person Shown 2 (ref2023.2)",
    ]
    assert alts(item) == {"en": "This is the Alt Text description to support accessibility in 2023.2"}
    assert item.genres[0].uri.endswith("/digitalsourcetype/softwareImage")
