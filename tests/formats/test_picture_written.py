"""A picture's file with other words in it: read again as they are, the pixels and whatever else was there untouched."""

import hashlib
import io
import struct
import zlib
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, PngImagePlugin

from dragoman import formats
from dragoman.formats.picture import jpeg as segments
from dragoman.formats.picture import png, tiff, webp
from dragoman.formats.picture.header import blocks_of
from dragoman.formats.picture.label import label_of, written_into
from dragoman.formats.picture.resources import IIM_DIGEST, read_resources
from dragoman.model.arrival import Hints
from dragoman.model.errors import DragomanError, Refused, Undecodable
from dragoman.model.item import AltId, Concept, Headline, Item, Profile
from dragoman.model.picture import alts, captions, descriptions
from dragoman.model.taken import WhenTaken
from drawn import UTF8, alt, camera, dataset, encoded, jpeg, several, with_segment, xmp

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
ITEM = Item(
    uri="urn:lna:boats",
    type="picture",
    language="az",
    headlines=(Headline(value="Limanda səhər"),),
    slugline="boats-dawn",
    by="Nora Quay",
    located="Bakı",
    urgency=4,
    descriptions=descriptions(
        "az",
        {"az": "Köhnə limanda qayıqlar.", "ru": "Лодки в старом порту.", "ar": "قوارب", "zh": "渔船。"},
        {"az": "Qayıqlar.", "en": "Boats."},
    ),
    subjects=(
        Concept(name="liman"),
        Concept(name="порт"),
        Concept(uri="http://cv.iptc.org/newscodes/subjectcode/04015000"),
    ),
    people=(Concept(name="Rauf Dal"),),
    organisations=(Concept(name="Harbour Board"),),
    events=(Concept(name="Regatta"),),
    places=(
        Concept(name="Köhnə liman", role="sublocation"),
        Concept(name="Bakı", role="city"),
        Concept(name="Abşeron", role="state"),
        Concept(name="Azərbaycan", role="country", literal="AZE"),
    ),
    info_sources=(Concept(name="Lantern", role="source"),),
    copyright_notice="© Lantern",
    usage_terms="Editorial use only.\nData mining: DMI-PROHIBITED",
    ed_note="Not for posters.",
    embargoed_until=datetime(2031, 5, 14, 6, tzinfo=UTC),
    alt_ids=(AltId(value="HA-17", role="transmissionReference"), AltId(value="urn:guid:1", role="digitalImageGuid")),
    genres=(Concept(uri=SOURCE),),
    dragoman=Profile(
        credit="LNA/Quay",
        taken=WhenTaken(earliest=date(2030, 5, 13), latest=date(2030, 5, 13), precision="day", words="2030-05-13"),
    ),
)
KEPT = several("Iptc4xmpExt:ModelAge", "42") + alt("dc:description", {"x-default": "An old caption."})
C2PA = (
    b"\x00\x00\x00\x40jumb\x00\x00\x00\x26jumd" + bytes.fromhex("63327061001100108000 00aa00389b71") + b"\x03c2pa\x00"
)


def read_again(data: bytes) -> Item:
    (unit,) = formats.decode(data, Hints(agency="VAL"))
    assert unit.item is not None, unit.problem
    return unit.item


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.tobytes()


def jpeg_of_many_words() -> bytes:
    """A JPEG with XMP, IIM in Latin-1, a resource of Photoshop's, Exif, and a C2PA manifest."""
    made = jpeg(xmp=xmp(KEPT, 'photoshop:City="Old Town"'), exif=camera())
    made = with_segment(made, 0xEB, b"JP\x00\x01\x00\x00\x00\x01" + C2PA)
    iim = (
        dataset(120, "Die alte Küste".encode("latin-1"))
        + dataset(122, "Jürgen".encode("latin-1"))
        + dataset(25, b"old")
    )
    blocks = b"".join(
        b"8BIM" + number + b"\x00\x00" + len(body).to_bytes(4, "big") + body + b"\x00" * (len(body) % 2)
        for number, body in ((b"\x04\x04", iim), (b"\x04\x0a", b"\x01"), (b"\x04\x25", b"0" * 16))
    )
    return with_segment(made, 0xED, b"Photoshop 3.0\x00" + blocks)


def big_endian() -> bytes:
    body = io.BytesIO()
    Image.frombytes("I;16B", (4, 2), bytes(range(16))).save(body, "TIFF")
    assert body.getvalue().startswith(b"MM")
    return body.getvalue()


KINDS = {
    "jpeg": jpeg(number=3),
    "jpeg of many words": jpeg_of_many_words(),
    "png": encoded("PNG"),
    "webp": encoded("WEBP"),
    "webp, lossless with alpha": encoded("WEBP", "RGBA", lossless=True),
    "tiff": encoded("TIFF"),
    "tiff, packed": encoded("TIFF", compression="tiff_lzw"),
    "tiff, big-endian": big_endian(),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_written_in_is_read_out_again_from_every_kind(name: str) -> None:
    item = read_again(written_into(KINDS[name], label_of(ITEM)).body)
    assert captions(item) == captions(ITEM)
    assert alts(item) == alts(ITEM)
    for field in ("headline", "slugline", "by", "located", "urgency", "language", "copyright_notice", "usage_terms"):
        assert getattr(item, field) == getattr(ITEM, field), field
    for field in ("ed_note", "embargoed_until", "places", "people", "organisations", "alt_ids", "genres", "events"):
        assert getattr(item, field) == getattr(ITEM, field), field
    assert [(one.name, one.uri) for one in item.subjects] == [(one.name, one.uri) for one in ITEM.subjects]
    assert item.info_sources[0] == ITEM.info_sources[0]
    assert item.ours.credit == "LNA/Quay"
    assert item.ours.taken is not None
    assert item.ours.taken.earliest == date(2030, 5, 13)


@pytest.mark.parametrize("name", KINDS)
def test_no_pixel_is_touched(name: str) -> None:
    before = KINDS[name]
    after = written_into(before, label_of(ITEM)).body
    assert pixels(before) == pixels(after)
    if name.startswith("jpeg"):
        assert after.endswith(before[segments.segments(before)[1] :])
    if name.startswith("tiff"):
        assert after[8 : len(before)] == before[8:]


@pytest.mark.parametrize("name", KINDS)
def test_writing_twice_writes_the_same(name: str) -> None:
    if name.startswith("tiff"):
        pytest.skip("a directory is added each time")
    once = written_into(KINDS[name], label_of(ITEM)).body
    assert written_into(once, label_of(ITEM)).body == once


def test_what_others_wrote_is_kept_and_what_the_label_says_is_said_once() -> None:
    written = written_into(jpeg_of_many_words(), label_of(ITEM))
    found = blocks_of(written.body)
    assert b"<rdf:li>42</rdf:li>" in found.xmp
    assert b"An old caption" not in written.body
    assert b"Old Town" not in written.body
    assert found.iim.startswith(UTF8)
    assert "Jürgen".encode() in found.iim  # was Latin-1
    assert "Küste".encode("latin-1") not in written.body
    assert dataset(25, b"old") not in found.iim
    resources = read_resources(
        b"".join(one.body[14:] for one in segments.segments(written.body)[0] if one.is_of(0xED, b"Photoshop 3.0\x00"))
    )
    assert [one.number for one in resources] == [0x0404, IIM_DIGEST, 0x040A]
    assert resources[1].body == hashlib.md5(found.iim).digest()
    assert read_again(written.body).info_sources[-1].name == "Jürgen"
    with Image.open(io.BytesIO(written.body)) as picture:
        assert picture.getexif()[0x013B] == "Nora Quay"


def test_a_manifest_that_no_longer_fits_is_taken_out_and_its_loss_is_told() -> None:
    before = jpeg_of_many_words()
    assert blocks_of(before).manifest
    assert "a C2PA manifest is in the file" in read_again(before).ours.notes
    written = written_into(before, label_of(ITEM))
    assert "a C2PA manifest" in written.lost
    assert not blocks_of(written.body).manifest
    assert b"c2pa" not in written.body
    for data, put in ((encoded("PNG"), _png_with), (encoded("WEBP"), _webp_with)):
        assert blocks_of(put(data)).manifest
        again = written_into(put(data), label_of(ITEM))
        assert "a C2PA manifest" in again.lost
        assert not blocks_of(again.body).manifest


def _png_with(data: bytes) -> bytes:
    chunk = len(C2PA).to_bytes(4, "big") + b"caBX" + C2PA + zlib.crc32(b"caBX" + C2PA).to_bytes(4, "big")
    return data[:33] + chunk + data[33:]


def _webp_with(data: bytes) -> bytes:
    made = data + b"C2PA" + len(C2PA).to_bytes(4, "little") + C2PA + b"\x00" * (len(C2PA) % 2)
    return made[:4] + (len(made) - 8).to_bytes(4, "little") + made[8:]


def test_the_address_of_a_manifest_elsewhere_is_told_and_never_written_again() -> None:
    far = xmp("", 'xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="https://far.example/m.c2pa"')
    before = jpeg(xmp=far)
    assert any("not fetched: https://far.example/m.c2pa" in note for note in read_again(before).ours.notes)
    written = written_into(before, label_of(ITEM))
    assert b"far.example" not in written.body
    assert "the address of a C2PA manifest" in written.lost


def test_an_embargo_stands_where_iim_has_a_place_for_it_and_in_words() -> None:
    body = written_into(jpeg(), label_of(ITEM)).body
    assert dataset(30, b"20310514") in body
    assert dataset(35, b"060000+0000") in body
    assert b"Embargo: not before 2031-05-14T06:00:00+00:00" in body
    free = replace(ITEM, embargoed_until=None)
    assert read_again(written_into(body, label_of(free)).body).embargoed_until is None


@pytest.mark.parametrize(
    ("day", "time", "until"),
    [
        (b"20310514", b"180000+0400", datetime(2031, 5, 14, 14, tzinfo=UTC)),
        (b"20310514", b"", datetime(2031, 5, 14, tzinfo=UTC)),
        (b"00000000", b"000000+0000", None),
        (b"20200514", b"180000+0400", None),
    ],
)
def test_a_release_date_is_an_embargo_until_it_is_over(day: bytes, time: bytes, until: datetime | None) -> None:
    data = jpeg(iim=UTF8 + dataset(30, day) + dataset(35, time))
    (unit,) = formats.decode(data, Hints(agency="VAL", received=datetime(2030, 1, 1, tzinfo=UTC)))
    assert unit.item is not None, unit.problem
    assert unit.item.embargoed_until == until


def test_a_release_date_that_cannot_be_read_parks_the_picture() -> None:
    (unit,) = formats.decode(jpeg(iim=UTF8 + dataset(30, b"next week")), Hints(agency="VAL"))
    assert unit.item is None
    assert unit.problem is not None
    assert unit.problem.title == "The embargo cannot be read"


def test_an_embargo_in_the_words_of_the_instructions_holds_the_picture() -> None:
    data = jpeg(xmp=xmp("", 'photoshop:Instructions="Not for posters.&#10;EMBARGO 1200 GMT 14 May 2031"'))
    hints = Hints(agency="VAL", received=datetime(2031, 5, 13, tzinfo=UTC))
    (unit,) = formats.decode(data, hints)
    assert unit.item is not None, unit.problem
    assert unit.item.embargoed_until == datetime(2031, 5, 14, 12, tzinfo=UTC)
    vague = jpeg(xmp=xmp("", 'photoshop:Instructions="EMBARGO until the minister has spoken"'))
    (unit,) = formats.decode(vague, hints)
    assert unit.item is None


def test_xmp_that_is_too_long_for_a_segment_stands_in_two_parts() -> None:
    history = several("Iptc4xmpExt:ModelAge", *(f"{number} {'x' * 200}" for number in range(600)))
    extended = xmp(history + alt("dc:description", {"x-default": "An old caption."})).encode()
    guid = hashlib.md5(extended).hexdigest().upper()
    named = xmp("", f'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{guid}"')
    made = jpeg(xmp=named)
    for at in range(0, len(extended), 60_000):
        part = guid.encode() + struct.pack(">II", len(extended), at) + extended[at : at + 60_000]
        made = with_segment(made, 0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + part)
    assert list(captions(read_again(made)).values()) == ["An old caption."]
    written = written_into(made, label_of(ITEM)).body
    item = read_again(written)
    assert captions(item) == captions(ITEM)
    assert blocks_of(written).extended.count(b"<rdf:li>") == 600
    assert item.ours.notes == ()
    assert pixels(written) == pixels(made)


@pytest.mark.parametrize("damage", [lambda part: part[:-5], lambda part: part.replace(b"old", b"new")])
def test_a_second_part_that_is_not_whole_is_not_read(damage: object) -> None:
    extended = xmp(alt("dc:description", {"x-default": "An old caption."})).encode()
    guid = hashlib.md5(extended).hexdigest().upper()
    named = xmp("", f'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{guid}"')
    part = damage(extended)  # type: ignore[operator]
    body = b"http://ns.adobe.com/xmp/extension/\x00" + guid.encode() + struct.pack(">II", len(extended), 0) + part
    item = read_again(with_segment(jpeg(xmp=named), 0xE1, body))
    assert captions(item) == {}
    assert any("second part of the XMP" in note for note in item.ours.notes)


def test_the_index_of_more_pictures_behind_the_first_stays_right() -> None:
    body = io.BytesIO()
    first, second = (Image.open(io.BytesIO(jpeg(number=number))) for number in (1, 2))
    first.save(body, "MPO", save_all=True, append_images=[second])
    after = written_into(body.getvalue(), label_of(ITEM)).body
    with Image.open(io.BytesIO(body.getvalue())) as was, Image.open(io.BytesIO(after)) as now:
        assert now.format == "MPO"
        for frame in range(2):
            was.seek(frame)
            now.seek(frame)
            assert was.tobytes() == now.tobytes()


def test_an_uncertain_date_has_no_place_in_a_file_and_is_told() -> None:
    taken = WhenTaken(
        earliest=date(1970, 1, 1), latest=date(1970, 12, 31), precision="year", circa=True, words="c. 1970"
    )
    written = written_into(jpeg(), label_of(replace(ITEM, dragoman=Profile(taken=taken))))
    assert written.lost == ("taken",)
    sure = replace(ITEM, dragoman=Profile(taken=replace(taken, circa=False)))
    assert b"19700000" in written_into(jpeg(), label_of(sure)).body


def test_what_a_png_says_by_its_own_keywords_is_read_last_and_replaced() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Description", "An old caption.")
    texts.add_text("Author", "Nora Quay")
    iim = UTF8 + dataset(110, b"LNA")
    resource = b"8BIM\x04\x04\x00\x00" + len(iim).to_bytes(4, "big") + iim
    texts.add_text("Raw profile type iptc", f"\niptc\n{len(resource):8}\n{resource.hex()}\n", zip=True)
    made = encoded("PNG", pnginfo=texts)
    item = read_again(made)
    assert (item.by, item.ours.credit, list(captions(item).values())) == ("Nora Quay", "LNA", ["An old caption."])
    assert b"An old caption" not in written_into(made, label_of(ITEM)).body


def test_what_cannot_be_written_safely_is_refused() -> None:
    with pytest.raises(Refused):
        written_into(encoded("TIFF", big_tiff=True), label_of(ITEM))
    with pytest.raises(Undecodable):
        written_into(b"GIF89a", label_of(ITEM))
    with pytest.raises(Undecodable):
        written_into(jpeg()[:40], label_of(ITEM))


@given(st.binary(max_size=300), st.sampled_from(list(KINDS)), st.integers(0, 2_000))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_the_writing_raise_but_for_a_reason(noise: bytes, name: str, at: int) -> None:
    whole = KINDS[name]
    at %= len(whole)
    for data in (whole[:at] + noise + whole[at:], whole[:at] + noise + whole[at + len(noise) :], whole[:at]):
        with suppress(DragomanError):
            written_into(data, label_of(ITEM))
    assert blocks_of(whole)
    for part in (png, webp, tiff):
        part.blocks(noise)
