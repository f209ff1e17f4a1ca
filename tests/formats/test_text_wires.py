"""IPTC 7901, ANPA-1312 and coded agency text: what is read from each shape, and what hostile bytes do."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from format_items import killed_item, restricted_item, through, wire_item
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman import formats
from dragoman.formats._wire_lines import wire_paragraphs, wrapped
from dragoman.model.arrival import Hints
from dragoman.model.item import Body, Headline, Item

HEAD = b"\x01eca0124 3 i 93  dpa 1888\r\n\nQuay/ferry/\r\n\x02"
END = b"\r\n\x03212101 GMT Nov 26\r\n\x7f\n\x7f\x04"
TEXT = (
    b"Salt Quay (dpa) - The ferry to the far side of the bay sailed again on\r\n"
    b"Tuesday with sixty passengers on board, the port office said.\r\n\n"
    b"Nobody knew when it would return.\r\n"
)
BYTES = 4_000_000


def read(body: bytes, **hints: object) -> Item:
    (unit,) = formats.decode(body, Hints(**hints))  # type: ignore[arg-type]
    assert unit.item is not None, unit.problem
    return unit.item


def parked(body: bytes, **hints: object) -> str:
    (unit,) = formats.decode(body, Hints(**hints))  # type: ignore[arg-type]
    assert unit.problem is not None
    return unit.problem.title


def message(title: bytes, text: bytes = TEXT, head: bytes = HEAD) -> bytes:
    return head + title + b"\n\n" + text + END


def test_a_7901_message_says_its_number_priority_category_slug_title_and_time() -> None:
    item = read(message(b"EXTRA\r\nFerry sails again after two years\r\nBy Ada Placeholder, dpa ="))
    assert item.headline == "Ferry sails again after two years"
    assert [(one.value, one.role) for one in item.headlines[1:]] == [("EXTRA", "takeKey")]
    assert (item.slugline, item.by, item.urgency) == ("Quay/ferry", "Ada Placeholder, dpa", 3)
    assert [(one.role, one.literal) for one in item.subjects] == [("category", "i")]
    assert item.version_created == datetime(2026, 11, 21, 21, 1, tzinfo=UTC)
    assert [(one.role, one.value) for one in item.alt_ids] == [("guid", "eca0124")]
    assert item.ours.dateline is not None
    assert item.ours.dateline.place == "Salt Quay"
    assert [block.kind for block in item.ours.blocks] == ["paragraph", "paragraph"]
    assert "sailed again on Tuesday with" in item.bodies[0].value


def test_without_control_bytes_it_is_the_same_item() -> None:
    bare = b"eca0124 3 i 93  dpa 1888\n\nQuay/ferry/\nFerry sails again =\n\n" + TEXT + b"\n\n212101 GMT Nov 26\n"
    with_bytes = message(b"Ferry sails again =")
    assert formats.detect(bare, Hints()).name == formats.detect(with_bytes, Hints()).name == "iptc7901"
    one, other = read(bare), read(with_bytes)
    assert (one.uri, one.headline, one.slugline, one.bodies) == (
        other.uri,
        other.headline,
        other.slugline,
        other.bodies,
    )


def test_messages_in_one_file_are_units_and_the_same_bytes_are_the_same_item() -> None:
    two = message(b"One =") + b"\r\n" + message(b"Two =", head=HEAD.replace(b"0124", b"0125"))
    items = [unit.item for unit in formats.decode(two, Hints())]
    assert [item.headline for item in items if item] == ["One", "Two"]
    assert read(message(b"One =")) == items[0]


def test_the_note_to_editors_is_no_part_of_the_copy() -> None:
    tail = b"\n# Notebook\n\n* * * *\r\nThe following information is not intended for publication\n\n- Editing by: A. Placeholder\n"
    item = read(message(b"Ferry =", TEXT + tail))
    assert "Placeholder" in item.ed_note
    assert "Placeholder" not in item.bodies[0].value


@pytest.mark.parametrize(
    ("title", "kind", "status"),
    [
        ("2ND LEAD\nFerry sails =", "update", "usable"),
        ("(Korrektur)\nFähre fährt =", "correction", "usable"),
        ("BULLETIN KILL\nFerry sails =", "kill", "canceled"),
        ("MANDATORY KILL =", "kill", "canceled"),
        ("ANNULATION =", "kill", "canceled"),
        ("ANULACIÓN =", "kill", "canceled"),
        ("ZURÜCKGEZOGEN: Fähre =", "kill", "canceled"),
        ("АННУЛИРУЕТСЯ =", "kill", "canceled"),
        ("LƏĞV EDİLİR =", "kill", "canceled"),
        ("إلغاء خبر =", "kill", "canceled"),
        ("撤稿 =", "kill", "canceled"),
        ("ANNULE ET REMPLACE\nLe bac =", "substitute", "usable"),
        ("MANDATORY HOLD =", "hold", "withheld"),
    ],
)
def test_a_notice_in_words_is_understood_in_every_language(title: str, kind: str, status: str) -> None:
    item = read(message(title.encode()), charset="utf-8")
    assert item.ours.correction is not None
    assert (item.ours.correction.kind, item.pub_status) == (kind, status)
    assert bool(item.bodies) is (status == "usable")


@pytest.mark.parametrize(
    "title", ["Kill: a film of the harbour", "Lead in the water of Salt Quay", "Arms embargo begins"]
)
def test_a_headline_with_such_words_is_news(title: str) -> None:
    item = read(message(f"{title} =".encode()))
    assert (item.headline, item.pub_status, item.ours.correction, item.embargoed_until) == (title, "usable", None, None)


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGO 1200 GMT 22 November", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 2200 GMT", datetime(2026, 11, 21, 22, tzinfo=UTC)),
        ("Sperrfrist: 22.11.2026, 12.00 Uhr MEZ", datetime(2026, 11, 22, 11, tzinfo=UTC)),
        ("ЭМБАРГО до 15:00 мск 22 ноября", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("Embargo jusqu'au 22 novembre à 12h00 GMT", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("Embargo hasta las 12:00 GMT del 22 de noviembre", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("محظور النشر حتى الساعة 12:00 غرينتش 22 نوفمبر", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("禁发：北京时间2026年11月22日20时00分", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("HOLD FOR RELEASE 7:00 a.m. EST Nov 22", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 2026-11-22 07:00 EST", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 2026-11-22T07:00:00.000-05:00", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 07:00 UTC-5, 22 November", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 15:00 GMT+3 22 November", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 20:00 SGT 22 November", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("EMBARGO 07:00 (12:00 GMT) 22 November", datetime(2026, 11, 22, 12, tzinfo=UTC)),
        ("解禁时间：11月22日北京时间20时", datetime(2026, 11, 22, 12, tzinfo=UTC)),
    ],
)
def test_an_embargo_in_words_is_read_to_the_minute(line: str, until: datetime) -> None:
    for body in (message(f"{line}\nFerry sails =".encode()), message(b"Ferry sails =", line.encode() + b"\n\n" + TEXT)):
        assert read(body, charset="utf-8").embargoed_until == until


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGO",
        "Embargo: tomorrow",
        "EMBARGO 22 November",
        "Sperrfrist: 12.00 Uhr Ortszeit",
        "EMBARGO 5 p.m. ET Nov 22",
        "EMBARGO 0001 GMT Friday",
        "EMBARGO 22:00 GMT tomorrow",
        "ЭМБАРГО до 15:00 в пятницу",
        "EMBARGO 24.11. 12:00 GMT",
        "EMBARGO 11/22/2026 12:00 GMT",
        "EMBARGO 12:00 HST 22 November",
        "EMBARGO 12:00 New York time 22 November",
        "EMBARGO 12:00 (Paris) 22 November",
        "EMBARGO 12:00 to 14:00 22 November",
    ],
)
def test_an_embargo_that_is_not_exact_parks_the_copy(line: str) -> None:
    assert parked(message(f"{line}\nFerry sails =".encode())) == "The embargo cannot be read"
    assert parked(f"Ferry sails\n\n{line}\n\nThe ferry sails.\n\nIt is red.".encode()) == "The embargo cannot be read"


def test_bytes_that_are_no_utf_8_are_read_in_the_charset_of_the_wire() -> None:
    item = read(message("Fähre fährt wieder =".encode("cp1252")))
    assert item.headline == "Fähre fährt wieder"
    assert any("usual on this wire" in note for note in item.ours.notes)
    russian = message(
        "Паром =".encode("cp1251"),
        "Паром вышел в море во вторник.".encode("cp1251"),
        HEAD.replace(b"eca", b"tas").replace(b"dpa", b"TASS"),
    )
    assert read(russian).headline == "Паром"


def test_a_text_much_shorter_than_its_header_says_is_noted() -> None:
    assert any("cut off" in note for note in read(message(b"Ferry =", head=HEAD.replace(b" 93 ", b" 900 "))).ours.notes)


def test_what_goes_out_carries_credit_terms_note_and_embargo_where_a_desk_sees_them() -> None:
    body = formats.encode("iptc7901", [restricted_item()]).body.decode()
    text = body.partition("\x02")[2]
    for words in (
        "EMBARGO: 2026-05-14T06:00:00Z",
        "NOTE: Check the captain's name.",
        "CREDIT: Harbour Agency",
        "USAGE: Own services",
    ):
        assert words in text
    assert "\n" not in body.replace("\r\n", "")
    killed = formats.encode("iptc7901", [replace(killed_item(), bodies=wire_item().bodies)]).body.decode()
    assert "KILLED" in killed
    assert "withdrawn" in killed


def test_several_items_go_out_one_after_the_other_and_come_back() -> None:
    items = [wire_item(uri=f"urn:example:{number}") for number in range(3)]
    units = formats.decode(formats.encode("iptc7901", items).body, Hints())
    assert [unit.item.uri for unit in units if unit.item] == [item.uri for item in items]


@given(
    st.lists(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=14), min_size=1, max_size=60)
)
def test_a_paragraph_broken_at_the_column_is_mended(words: list[str]) -> None:
    paragraph = " ".join(words)
    assert wire_paragraphs(wrapped(paragraph)) in ([paragraph], [paragraph.strip()])


def test_a_copy_with_anything_in_its_text_comes_back() -> None:
    lines = ("= = =", "EMBARGO tomorrow", "- one\n- two", "By Ada =", "1. one", "dpa ab cd", "NOTE: x", "CREDIT: y")
    for line in lines:
        item = wire_item(
            headlines=(Headline(value=line.replace("\n", " ")),),
            bodies=(Body(value=f"<p>{line}</p>\n<p>And more of it.</p>"),),
        )
        got = through("iptc7901", item)
        assert got.headline == item.headline
        assert [" ".join(block.text.split()) for block in got.ours.blocks] == [
            line.replace("\n", " "),
            "And more of it.",
        ]


ANPA = (
    b"\x16\x16\x01W2422\x1fasian\r\nu a\x13\x11 BC-Ferry-Sails 1stLd-Writethru   05-14 0113\r\n"
    b"\x02^BC-Ferry Sails, 1st Ld-Writethru,113<\r\n^Ferry sails again<\r\n^AP Photo XRE109, VLM126<\r\n^Eds: Adds quote.<\r\n"
    b"^By ADA PLACEHOLDER=\r\n^Associated Press=\r\n\t   SALT QUAY (AP) _ ``It sails,'' the captain said _ and it did.\r\n \r\n"
    b"\t   Nobody knew when it would return.\r\n\x08^;W;L;Pct\x10\r\n\x08Salt\x10 Quay;2;1;.667\x10\r\n\x08Far Side;1{;2;_\x10\r\n"
    b"\r\n\t   \x03AP-WF-05-14-26 0745GMT<\r\n\r\n\x0c\r\n\x04"
)


def test_an_anpa_message_is_read_with_its_codes_and_tables() -> None:
    assert formats.detect(ANPA, Hints()).name == "anpa"
    item = read(ANPA)
    assert (item.headline, item.slugline, item.by, item.urgency) == (
        "Ferry sails again",
        "Ferry-Sails",
        "ADA PLACEHOLDER",
        3,
    )
    assert item.headlines[1].value == "1stLd-Writethru"
    assert item.ours.correction is not None
    assert item.ours.correction.kind == "update"
    assert item.ed_note == "Adds quote."
    assert item.version_created == datetime(2026, 5, 14, 7, 45, tzinfo=UTC)
    assert item.ours.blocks[0].text == '"It sails," the captain said — and it did.'
    assert item.ours.blocks[-1].kind == "table"
    assert item.ours.blocks[-1].text.split("\n")[1:] == ["Salt Quay\t2\t1\t.667", "Far Side\t1½\t2\t_"]


def test_an_anpa_kill_takes_copy_back() -> None:
    killed = ANPA.replace(b"1stLd-Writethru   05-14", b"Kill   05-14").replace(
        b", 1st Ld-Writethru,113<", b", KILL,113<"
    )
    item = read(killed)
    assert (item.pub_status, item.bodies) == ("canceled", ())


def test_coded_copy_is_read_by_its_signs() -> None:
    item = read(
        b"ZCZC AAP\r\n%A\r\n#Ferry_BC1\r\n$Ferry sails again\r\n:(QUAY)\r\n*07000000\r\n@Vic\r\nThe ferry sailed on Tuesday.\n\n"
        b"   Nobody knew when it would return.\n\r\nAAP RTV\r\nNNNN"
    )
    assert (item.headline, item.slugline) == ("Vic: Ferry sails again", "Ferry_BC1")
    assert item.subjects[1].literal == "07000000"
    assert [block.text for block in item.ours.blocks] == [
        "The ferry sailed on Tuesday.",
        "Nobody knew when it would return.",
    ]


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        (b"\x01SALT QUAY\x1f6\x1fN\x1fN\x1fVIC\x1fTuesday\r\n\r\n1. FERRY: b g 4y.\r\n   AAP RESULTS", "Salt Quay Gallop Result 6 Melbourne Tuesday"),
        (b"zczc\r\nAN#17\r\nPD#06 June 2026 14:00:00\r\nTI#Quay pays more\r\nTX#\r\nThe quay pays more.\r\n", "Quay pays more"),
        (b"Source: Quay Ltd\r\nMEDIA RELEASE PR6701\r\nQuay opens \r\nagain\r\n\r\nSALT QUAY, Feb. 1, 2026 /X-Wire/ --\r\n\r\nIt opens.\r\n", "Quay opens again"),
        (b"10/9/26, 1:37 PM\nquay-ferry\nFerry sails again\nBy: A. Placeholder\n\nSource: Harbour Agency\n\nThe ferry sails.\n", "Ferry sails again"),
        (b"FERRY SAILS AGAIN ** QUAY OPENS DOORS ** BAY IS CALM TODAY ** ", "FERRY SAILS AGAIN"),
        (b"Salt Quay, Wednesday 27 May 2026\r\nPL|NAME|BOX\r\nRace 1|A|B\r\n1|FERRY|2\r\n2|QUAY|3\r\n3|BAY|4\r\n", "Salt Quay, Wednesday 27 May 2026"),
    ],
)  # fmt: skip
def test_other_heads_of_agency_text_are_known(body: bytes, headline: str) -> None:
    assert formats.detect(body, Hints()).name == "coded"
    assert read(body).headline == headline


def test_a_calendar_exported_as_a_table_is_events() -> None:
    body = b'"Subject","Start Date","Start Time","All day event"\r\n"Quay opens","3/9/2026",,"true"\r\n"Bay fair","28/9/2026",,"true"\r\n'
    items = [unit.item for unit in formats.decode(body, Hints())]
    days = [
        item.event_details.dates.expected_start_date
        for item in items
        if item and item.event_details and item.event_details.dates
    ]
    assert days == ["2026-09-03", "2026-09-28"]


def test_a_kill_and_an_embargo_are_known_in_plain_text_too() -> None:
    killed = read(
        b"MANDATORY KILL\n\nThe ferry story of Tuesday is wrong and must not be used.\n\nThe harbour agency regrets it."
    )
    assert (killed.pub_status, killed.bodies) == ("canceled", ())
    held = read(b"Ferry sails\n\nEMBARGO: 22 November 2026 12:00 +0400\n\nThe ferry sails on Sunday.\n\nIt is red.")
    assert held.embargoed_until == datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=4)))


@pytest.mark.parametrize("button", ["Annuler", "إلغاء", "Hold"])
def test_a_button_of_a_page_kills_nothing(button: str) -> None:
    assert (
        read(f"{button}\n\nThe ferry sails on Sunday, the port office said.\n\nIt is red.".encode()).pub_status
        == "usable"
    )


ZCZC = b"ZCZC AAP\n$K\n:\n:x\n*T\n"
A = ANPA[: ANPA.index(b"\x02") + 1]
HOSTILE = {
    "soh without end": b"\x01" * BYTES, "control bytes": HEAD + bytes(range(32)) * 100_000, "soh and letters": HEAD + b"\x01a" * 1_000_000,
    "one line": HEAD + b"x " * 1_900_000, "10 MB": HEAD + b"x" * 10_000_000, "1e5 header lines": HEAD[:-1] + b"a: b\r\n" * 100_000 + b"\x02x\x03",
    "1e5 own words": HEAD[:-1] + b'dragoman.subject: {"name":"a"}\r\n' * 100_000 + b"\x02x\x03", "nuls": HEAD + b"\x00a" * 1_000_000,
    "charsets mixed": HEAD + ("Привет".encode() + "Привет".encode("cp1251") + "茶叶".encode("gb18030")) * 20_000, "equal signs": HEAD + b"=\n" * 100_000,
    "blank lines": HEAD + b"x\n" + b" \n" * 200_000 + b"x", "spaces": HEAD + b"x\n" + b" " * 3_900_000 + b"x", "tabs": HEAD + b"a\t" * 1_900_000,
    "short lines": HEAD + b"a\n" * 110_000, "bullets": HEAD + b"- a\n" * 110_000, "embargoes": HEAD + b"EMBARGO 1\n" * 110_000, "ends": b"a\nNNNN\n" * 500_000,
    "notes": HEAD + (b"* " * 20 + b"\n") * 95_000 + b"ublica", "digits": b"\x01eca" + b"1" * 3_900_000, "head of spaces": b"\x01eca0001" + b" " * 3_900_000,
    "anpa rows": A + b"\t" + b";" * 3_900_000, "anpa commas": A + b"^" + b"," * 3_900_000, "anpa pictures": A + b"^s<\n^AP Photo " + b"A1, " * 900_000 + b"!",
    "anpa byline": A + b"^s<\n^By " + b"A" * 3_900_000 + b"=", "columns": ZCZC + b"ab" + b" " * 3_900_000 + "\u00a0b".encode(), "routing": b"ZCZC X\nYY " + b"A " * 1_900_000,
    "release": b"Source: a\nMEDIA RELEASE PR1234\nt\n\nx" + b"\n" * 200_000 + b"x", "calendar": b'"Subject","Start Date","x"\n"' + b"a" * 3_900_000,
    "tags": b"<p>a" * 900_000, "blank text": b"x\n" + b"\n" * 200_000 + b"x",
}  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_nothing_hostile_takes_long(body: bytes) -> None:
    start = time.process_time()
    units = formats.decode(body, Hints())
    assert time.process_time() - start < 2
    assert all(unit.item or (unit.problem and unit.problem.title != "The document cannot be read") for unit in units)
