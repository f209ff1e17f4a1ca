"""The label of a rendition: credit, captions and terms written into a JPEG so that others read them again."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dragoman import formats
from dragoman.formats.picture.label import Label, label_of, labelled
from dragoman.model.arrival import Hints
from dragoman.model.item import Concept, Headline, Item, Profile
from dragoman.model.picture import alts, captions, descriptions
from drawn import jpeg

SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
ITEM = Item(
    uri="urn:lna:boats",
    type="picture",
    language="az",
    headlines=(Headline(value="Limanda səhər"),),
    by="Nora Quay",
    descriptions=descriptions(
        "az",
        {"az": "Köhnə limanda qayıqlar.", "ru": "Лодки в старом порту.", "ar": "قوارب", "zh": "渔船。"},
        {"az": "Qayıqlar."},
    ),
    copyright_notice="© Lantern",
    usage_terms="Editorial use only.\nData mining: DMI-PROHIBITED",
    genres=(Concept(uri=SOURCE),),
    dragoman=Profile(credit="LNA/Quay"),
)


def read_again(data: bytes) -> Item:
    (unit,) = formats.decode(data, Hints(agency="VAL"))
    assert unit.item is not None, unit.problem
    return unit.item


def test_what_is_written_in_is_read_out_again() -> None:
    item = read_again(labelled(jpeg(), label_of(ITEM)))
    assert captions(item) == captions(ITEM)
    assert alts(item) == alts(ITEM)
    assert (item.by, item.ours.credit, item.copyright_notice) == ("Nora Quay", "LNA/Quay", "© Lantern")
    assert item.usage_terms == ITEM.usage_terms
    assert item.headline == ITEM.headline
    assert item.genres[0].uri == SOURCE
    assert item.ours.notes == ()  # the two blocks say the same


def test_the_picture_itself_is_untouched() -> None:
    bare = jpeg(number=3)
    with Image.open(io.BytesIO(bare)) as before, Image.open(io.BytesIO(labelled(bare, label_of(ITEM)))) as after:
        assert before.tobytes() == after.tobytes()


def test_iim_names_its_charset() -> None:
    assert b"\x1c\x01\x5a\x00\x03\x1b%G" in labelled(jpeg(), label_of(ITEM))


def test_a_label_that_is_too_long_keeps_its_credit_and_its_terms() -> None:
    long = Label(
        language="en", credit="LNA", terms="Editorial use only.", captions=dict.fromkeys("abcdefghij", "x" * 9000)
    )
    item = read_again(labelled(jpeg(), long))
    assert item.ours.credit == "LNA"
    assert item.usage_terms == "Editorial use only."


@given(st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_words_break_the_picture(caption: str, credit: str) -> None:
    made = labelled(jpeg(), Label(language="en", captions={"en": caption}, credit=credit, by=credit))
    with Image.open(io.BytesIO(made)) as picture:
        picture.load()
    read_again(made)
