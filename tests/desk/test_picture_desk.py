"""The desk's pictures: a file becomes an item of ours; its description is mended as a new version; bad files change nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dragoman.desk import pictures
from dragoman.desk.pictures import Wording
from dragoman.model.errors import BadInput, Conflict, Gone, Refused, TooLarge, Undecodable
from dragoman.model.item import Concept
from dragoman.store import audit, darkroom, items, media
from dragoman.store.bytes import ByteStore
from drawn import UTF8, camera, dataset, jpeg
from newsdesk import Newsroom, copy

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SAID = Wording(
    language="en",
    captions={"en": "Boats in the old harbour.", "ru": "Лодки в старом порту."},
    alts={"en": "A row of small boats."},
    credit="ADR/Quay",
    photographer="Nora Quay",
    taken="c. 1970",
    place="Baku",
    keywords=("harbour", "boats"),
    terms="Editorial use only.",
)


@pytest.fixture
def store(tmp_path: Path) -> ByteStore:
    return ByteStore(tmp_path)


def add(room: Newsroom, store: ByteStore, body: bytes, said: Wording = SAID) -> pictures.Done:
    return pictures.add(room.conn, store, body, by="eldar", now=NOW, source="boats.jpg", said=said)


def test_a_file_becomes_an_item_of_ours_that_can_be_looked_at_at_once(newsroom: Newsroom, store: ByteStore) -> None:
    done = add(newsroom, store, jpeg(1_600, 900, exif=camera()))
    row = media.picture(newsroom.conn, done.number)
    assert (row.origin, row.version, row.photographer, row.credit) == ("ADR", "1", "Nora Quay", "ADR/Quay")
    assert row.captions == {"en": "Boats in the old harbour.", "ru": "Лодки в старом порту."}
    assert row.headline == "Boats in the old harbour."
    assert row.item.ours.headline_derived
    assert row.taken is not None
    assert (row.taken.circa, row.taken.earliest) == (True, date(1970, 1, 1))
    assert row.item.content_created is None  # the camera's date is the scan's
    assert row.item.places == (Concept(name="Baku", role="city"),)
    assert [one.name for one in media.renditions(newsroom.conn, done.digest)] == ["thumbnail", "preview", "large"]
    assert row.is_shown
    assert media.sent(newsroom.conn, store, done.digest, "preview").body.startswith(b"\xff\xd8")
    assert [entry.act for entry in audit.entries(newsroom.conn, about=row.uri)] == ["picture added"]
    [waiting] = darkroom.claim_undeveloped(newsroom.conn, 5)
    assert waiting.for_print


def test_what_the_desk_does_not_say_the_file_says(newsroom: Newsroom, store: ByteStore) -> None:
    body = jpeg(
        number=4, iim=UTF8 + dataset(120, "Рыбаки в порту.".encode()) + dataset(110, b"LNA") + dataset(80, b"R. Dal")
    )
    row = media.picture(newsroom.conn, add(newsroom, store, body, Wording(credit="ADR")).number)
    assert (row.language, row.captions, row.photographer, row.credit) == (
        "ru",
        {"ru": "Рыбаки в порту."},
        "R. Dal",
        "ADR",
    )


def test_the_same_file_is_not_added_twice(newsroom: Newsroom, store: ByteStore) -> None:
    done = add(newsroom, store, jpeg())
    with pytest.raises(Conflict, match="here already") as raised:
        add(newsroom, store, jpeg())
    assert str(done.number) in raised.value.hint


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"<html>", Undecodable),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Undecodable),
        (jpeg(400, 300)[:-300], Undecodable),
        (b"\xff\xd8" + bytes(64_000_001), TooLarge),
    ],
)
def test_a_file_that_is_no_picture_changes_nothing(
    newsroom: Newsroom, store: ByteStore, body: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        add(newsroom, store, body)
    assert media.pictures(newsroom.conn) == []
    assert newsroom.one("select count(*) from media_file") == 0


def test_a_description_is_a_new_version_and_changes_only_what_is_said(newsroom: Newsroom, store: ByteStore) -> None:
    done = add(newsroom, store, jpeg())
    said = Wording(captions={"ru": "", "az": "Köhnə limanda qayıqlar."}, taken="до 1969 г.")
    made = pictures.describe(newsroom.conn, str(done.number), said, by="eldar", now=NOW)
    assert made.act == "update"
    row = media.picture(newsroom.conn, done.number)
    assert (row.version, row.credit, row.digest) == ("2", "ADR/Quay", done.digest)
    assert row.captions == {"en": "Boats in the old harbour.", "az": "Köhnə limanda qayıqlar."}
    assert row.taken is not None
    assert row.taken.latest == date(1968, 12, 31)
    assert row.is_shown


def test_a_wrong_caption_is_corrected_with_its_reason(newsroom: Newsroom, store: ByteStore) -> None:
    done = add(newsroom, store, jpeg())
    said = Wording(captions={"en": "Ferries in the new harbour."})
    made = pictures.describe(
        newsroom.conn, str(done.number), said, by="eldar", now=NOW, reason="They are ferries.", wrong=True
    )
    assert made.act == "correct"
    filed = items.current(newsroom.conn, done.number)
    assert filed.item.ours.correction is not None
    assert filed.item.ours.correction.reason == "They are ferries."
    assert filed.item.headline == "Ferries in the new harbour."


def test_a_description_that_changes_nothing_is_no_version(newsroom: Newsroom, store: ByteStore) -> None:
    done = add(newsroom, store, jpeg())
    with pytest.raises(BadInput, match="Nothing is changed"):
        pictures.describe(newsroom.conn, str(done.number), Wording(credit="ADR/Quay"), by="eldar", now=NOW)
    with pytest.raises(BadInput, match="no language"):
        pictures.describe(newsroom.conn, str(done.number), Wording(captions={"1!": "x"}), by="eldar", now=NOW)
    assert media.picture(newsroom.conn, done.number).version == "1"


def test_only_our_own_pictures_are_described_here(newsroom: Newsroom, store: ByteStore) -> None:
    newsroom.filed(copy("val:boats", type="picture"), origin="VAL")
    with pytest.raises(Refused):
        pictures.describe(newsroom.conn, "val:boats", Wording(credit="x"), by="eldar", now=NOW)
    newsroom.filed(copy())
    with pytest.raises(BadInput, match="no picture"):
        pictures.describe(newsroom.conn, "adr:bridge", Wording(credit="x"), by="eldar", now=NOW)
    done = add(newsroom, store, jpeg())
    filed = items.current(newsroom.conn, done.number)
    newsroom.file(copy(filed.item.uri, "2", type="picture"), act="kill")
    with pytest.raises(Gone):
        pictures.describe(newsroom.conn, str(done.number), Wording(credit="x"), by="eldar", now=NOW)


def test_a_picture_in_no_language_gets_that_of_its_first_caption(newsroom: Newsroom, store: ByteStore) -> None:
    done = add(newsroom, store, jpeg(number=6), Wording())
    assert media.picture(newsroom.conn, done.number).language == "und"
    pictures.describe(newsroom.conn, str(done.number), Wording(captions={"az": "Qayıqlar."}), by="eldar", now=NOW)
    row = media.picture(newsroom.conn, done.number)
    assert (row.language, row.captions, row.headline) == ("az", {"az": "Qayıqlar."}, "Qayıqlar.")
