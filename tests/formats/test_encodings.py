"""Encodings: found out, noted, and never mended by guess."""

import json
from pathlib import Path

import pytest

from dragoman import formats
from dragoman.formats._charset import decode_text
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable

TEXT = "Сильный шторм обрушился на побережье: двенадцать пострадавших, сообщили спасатели."
SHARED = Path(__file__).parents[3] / "shared" / "data" / "hostile" / "made-encodings"


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_by_its_mark_or_its_shape(charset: str) -> None:
    assert decode_text(TEXT.encode(charset)).text == TEXT


def test_what_is_declared_is_believed_before_anything_is_guessed() -> None:
    decoded = decode_text(TEXT.encode("koi8-r"), declared="KOI8-R")
    assert (decoded.text, decoded.notes) == (TEXT, ("encoding koi8-r: declared KOI8-R",))


def test_utf_8_needs_no_note_and_a_guess_always_has_one() -> None:
    assert decode_text(TEXT.encode()).notes == ()
    guessed = decode_text(TEXT.encode("cp1251"))
    assert guessed.text == TEXT
    assert "guessed" in guessed.notes[0]


def test_the_hint_of_the_feed_comes_before_a_guess() -> None:
    hinted = decode_text("Ə çay".encode()[:1] + "Bakı limanı".encode("cp1254"), hint="cp1254")
    assert "the feed's hint" in hinted.notes[0]


def test_latin_1_is_read_as_what_its_writers_mean() -> None:
    assert decode_text(b"\x93Sturm\x94 \x80 5", declared="iso-8859-1").text == "“Sturm” € 5"


@pytest.mark.parametrize("words", ["StÃ¼rme Ã¶stlich", "â€œStormâ€\x9d at sea", "ÐšÑƒÐ´Ð°", "St\ufffdrme"])
def test_text_that_was_spoilt_before_it_came_is_noted_and_left_alone(words: str) -> None:
    decoded = decode_text(words.encode())
    assert decoded.text == words
    assert any(note.startswith("encoding.suspect") for note in decoded.notes)


@pytest.mark.parametrize(
    "charset", ["utf-7", "unicode_escape", "rot13", "base64", "idna", "no-such", "a" * 500, "\x00"]
)
def test_codecs_that_hide_markup_are_never_used(charset: str) -> None:
    assert decode_text(b"+ADw-b+AD4-", declared=charset).text == "+ADw-b+AD4-"


def test_bytes_in_no_encoding_are_refused() -> None:
    with pytest.raises(Undecodable):
        decode_text(bytes([0, 200, 0, 0, 255, 0, 129, 0, 0, 3]))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
def test_news_in_forty_languages_and_eleven_encodings_is_read_exactly_or_marked() -> None:
    exact = marked = 0
    lost = []
    for entry in json.loads((SHARED / "manifest.json").read_text()):
        expected = entry.get("expect_utf8") or entry.get("expect_description") or ""
        units = formats.decode((SHARED / entry["file"]).read_bytes(), Hints(source=entry["file"]))
        item = units[0].item if units else None
        if item is None:
            marked += 1
            continue
        said = "".join((item.headline + " ".join(block.text for block in item.ours.blocks)).split())
        if "".join(expected.split())[:60] in said:
            exact += 1
        elif any("guessed" in note or "suspect" in note for note in item.ours.notes):
            marked += 1
        else:
            lost.append(entry["file"])
    assert lost == []
    assert exact >= 280
    assert marked <= 12
