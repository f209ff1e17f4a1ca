"""Term bases come and go as TBX, in the two editions and styles that tools write."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dragoman.formats.tbx import EDITIONS, read_tbx, write_tbx
from dragoman.lexicon.termbase import chosen, entries
from dragoman.model.errors import Undecodable
from dragoman.model.termbase import Term, TermEntry

OURS = (
    TermEntry(
        id="harbour",
        terms={
            "en": (Term("harbour", "preferred", part_of_speech="noun"), Term("port & quay", "admitted")),
            "az": (Term("liman", "preferred"), Term("gəmi yeri", "deprecated", type="fullForm")),
        },
        subjects=("20000209", "04000000"),
        definition="Where ships lie <safe>.",
        note="Not: marina.",
    ),
    TermEntry(id="c2", terms={"ar": (Term("ميناء"),), "zh-Hans": (Term("港口"),)}),
)
DCT = """<?xml version="1.0"?><tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader><fileDesc><titleStmt>
 <title>Theirs</title></titleStmt></fileDesc></tbxHeader><text><body><conceptEntry id="1"><min:subjectField>ships</min:subjectField>
 <langSec xml:lang="en"><descripGrp><basic:definition>A place for ships.</basic:definition></descripGrp>
 <termSec><term>old <hi>port</hi></term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
 <termSec><term>harbour</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
 <min:partOfSpeech>noun</min:partOfSpeech><basic:grammaticalGender>neuter</basic:grammaticalGender></termSec></langSec>
 <langSec xml:lang="fr"><termSec><term> </term></termSec></langSec></conceptEntry></body></text></tbx>"""
SECOND = """<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><text><body><termEntry><langSet xml:lang="ru">
<ntig><termGrp><term>гавань</term><termNote type="normativeAuthorization">preferredTerm</termNote></termGrp></ntig></langSet>
<langSet lang="en"><tig><term>harbour</term></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_written_is_read_again(edition: str) -> None:
    base = read_tbx("".join(write_tbx(OURS, "Ours", edition)).encode())
    assert base.entries == OURS
    assert base.title == "Ours"
    assert base.notes == ()


def test_the_lexicon_goes_out_a_piece_at_a_time_and_comes_back_whole() -> None:
    some = list(entries(chosen(subject="20000418"), ("az", "en")))
    pieces = list(write_tbx(some, "Lexicon"))
    assert len(pieces) == len(some) + 2
    assert list(read_tbx("".join(pieces).encode()).entries) == some


def test_data_categories_may_be_elements_and_what_is_not_kept_is_said() -> None:
    base = read_tbx(DCT.encode())
    (one,) = base.entries
    assert base.title == "Theirs"
    assert (one.subjects, one.definition) == (("ships",), "A place for ships.")
    assert one.terms == {"en": (Term("harbour", "preferred", part_of_speech="noun"), Term("old port", "deprecated"))}
    assert base.notes == ("grammaticalgender: not kept, 1 times",)


def test_the_second_edition_is_read() -> None:
    (one,) = read_tbx(SECOND.encode()).entries
    assert one.id == "c1"
    assert one.terms == {"ru": (Term("гавань", "preferred"),), "en": (Term("harbour"),)}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"term",
        b"<rss/>",
        b"<tbx><text>",
        b'<!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tbx>&b;</tbx>',
        b'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx><text>&x;</text></tbx>',
        b"\xff\xfe<\x00",
        b"<tbx>" + b"<hi>" * 5_000,
    ],
)
def test_what_is_no_term_base_is_refused(body: bytes) -> None:
    with pytest.raises(Undecodable):
        read_tbx(body)


def test_a_term_base_without_a_term_is_empty() -> None:
    assert read_tbx(b"<tbx/>").entries == ()
    assert read_tbx(b"<martif><conceptEntry/></martif>").entries == (TermEntry(id="c1", terms={}),)


@given(st.text(min_size=1, max_size=40), st.text(max_size=40), st.sampled_from(sorted(EDITIONS)))
@settings(max_examples=60)
def test_every_text_can_be_a_term(text: str, name: str, edition: str) -> None:
    entry = TermEntry(id=name, terms={"en": (Term(text, "preferred"),)}, note=text, subjects=(text,))
    document = "".join(write_tbx([entry], text, edition)).encode()
    assert len(etree.fromstring(document)) == 2
    (one,) = read_tbx(document).entries
    told = [term.text for term in one.terms.get("en", ())]
    assert told == [" ".join(text.split())] or not text.isprintable() or not told


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_no_bytes_are_too_strange(body: bytes) -> None:
    with suppress(Undecodable):
        read_tbx(b"<tbx>" + body + b"</tbx>")


def test_what_stands_in_itself_is_read_once() -> None:
    section = '<langSet xml:lang="en"><tig><term>a</term></tig></langSet>'
    nested = f"<termEntry>{section * 3}" * 50 + "</termEntry>" * 50
    base = read_tbx(f"<martif><text><body>{nested}</body></text></martif>".encode())
    assert sum(len(terms) for entry in base.entries for terms in entry.terms.values()) == 150
