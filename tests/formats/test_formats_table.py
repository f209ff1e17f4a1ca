"""The table of formats: which one decodes, and that none ever raises."""

import pytest
from format_items import restricted_item, wire_item
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats import FORMATS, WRITTEN
from dragoman.model.arrival import Hints
from dragoman.model.errors import NotFound, Undecodable

PIECES = (
    b"<rss version='2.0'><channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<![CDATA[", b"]]>", b"&amp;", b"&nbsp;",
    b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"</entry>", b"{\"uri\":", b"\"urn:x:1\"", b"[", b"]", b"}", b",",
    b"<!DOCTYPE rss [", b"<?xml version='1.0' encoding='utf-16'?>", b" date 2021-02 ", b"{{ x }}", b"Baku, 3 May, AZERTAC", b"\n\n",
    b"\xff\xfe", b"\x00", b"\xc3", "新华社北京9月2日电".encode(), b"<p>", b"</p>", b"<b>", b"\\ud800", b"1e999", b"/TASS/.", b"NNNN\n",
)  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))), st.sampled_from(["", *FORMATS]))  # fmt: skip
@settings(max_examples=400)
def test_no_bytes_make_a_decoder_raise(body: bytes, name: str) -> None:
    units = formats.decode(body, Hints(format=name))
    assert [unit.index for unit in units] == list(range(len(units)))
    for unit in units:
        assert (unit.item is None) != (unit.problem is None)
        if unit.problem:
            assert unit.problem.title != "The document cannot be read", unit.problem.detail
            assert unit.problem.title
            assert unit.problem.kept
            assert unit.problem.hint
        if unit.item:
            assert unit.item.uri
            assert unit.item.version or unit.item.pub_status != "usable"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_format_recognises_its_own(name: str) -> None:
    for item in (wire_item(), restricted_item()):
        body = formats.encode(name, [item]).body
        assert formats.detect(body, Hints()).name == name
        assert (
            formats.detect(
                body, Hints(source=f"copy{FORMATS[name].suffixes[0]}", media_type=FORMATS[name].media_types[0])
            ).name
            == name
        )


@pytest.mark.parametrize("name", WRITTEN)
def test_every_copy_carries_its_credit_terms_and_note_in_every_format(name: str) -> None:
    item = restricted_item()
    body = formats.encode(name, [item]).body.decode()
    for words in (item.ours.credit, item.usage_terms, item.ed_note):
        assert words in body
    assert "2026-05-14T06:00:00" in body or "20260514T060000" in body, "ISO 8601, in its long form or its short one"


def test_the_named_format_wins_over_what_the_bytes_look_like() -> None:
    assert formats.detect(b'{"uri": "urn:x:1"}', Hints(format="text")).name == "text"


def test_a_format_nobody_knows_is_a_problem_for_a_person() -> None:
    (unit,) = formats.decode(b"x", Hints(format="telex"))
    assert unit.problem is not None
    assert "telex" in unit.problem.title
    with pytest.raises(NotFound):
        formats.encode("telex", [])


def test_archives_and_prints_are_no_text() -> None:
    for body in (
        b"PK\x03\x04" + bytes(range(31)) * 9,
        b"%PDF-1.7\n\x00\x01\x02\x03\x04\x05",
    ):
        with pytest.raises(Undecodable):
            formats.detect(body, Hints())


def test_a_document_over_the_limit_is_refused_unread() -> None:
    (unit,) = formats.decode(b" " * (formats.MAX_BYTES + 1), Hints())
    assert unit.problem is not None
    assert unit.problem.status == 413
