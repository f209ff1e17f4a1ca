"""Mail out: what is in it, that it comes back, and that no value can bring a header field of its own."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from format_items import corrected_item, killed_item, restricted_item, through, wire_item
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman import formats
from dragoman.formats.mail import addressed
from dragoman.model.arrival import Hints
from dragoman.model.item import Body, Concept, Headline, Item, Profile

FIELDS = {
    "From", "Date", "Subject", "Message-ID", "References", "Content-Language", "Keywords", "Sensitivity", "Importance",
    "Auto-Submitted", "MIME-Version", "Content-Type",
}  # fmt: skip
EVIL = (
    "Hi\r\nBcc: victim@evil.invalid", "Hi\nBcc: victim@evil.invalid", "Hi\rBcc: victim@evil.invalid", "Hi\u2028Bcc: victim@evil.invalid",
    "x\r\n\r\n<html>body takeover", '"=?utf-8?q?a=0d=0aBcc:_victim@evil.invalid?="', "=?utf-8?b?DQpCY2M6IHZpY3RpbUBldmlsLmludmFsaWQ=?=",
    "a\x00b\x0bBcc: x\x85y", "\u560a\u560dBcc: a@evil.invalid", "x" * 5_000, "ж" * 2_000, "--=_boundary--", ".\r\nMAIL FROM:<a@b>",
)  # fmt: skip


def written(item: Item) -> bytes:
    return formats.encode("mail", [item]).body


def parsed(body: bytes):  # type: ignore[no-untyped-def]  # a message of the standard library
    return message_from_bytes(body, policy=policy.default)


def test_a_mail_says_what_must_be_seen_in_both_its_halves() -> None:
    message = parsed(written(restricted_item()))
    assert message["Subject"] == "The ferry sails again"
    assert message["Keywords"] == "transport, sea"
    assert message["Content-Language"] == "en"
    assert message["Sensitivity"] == "Company-Confidential"
    assert message["Date"].datetime == restricted_item().version_created
    for kind in ("plain", "html"):
        text = message.get_body((kind,)).get_content()
        for words in (
            "Harbour Agency / Example",
            "Own services only.",
            "2026-05-14T06:00:00Z",
            "The ferry left the harbour",
        ):
            assert words in text
    assert not message.defects


def test_one_version_has_one_message_id_and_all_of_an_item_stand_together() -> None:
    first, again, second = (parsed(written(wire_item(version=version))) for version in ("7", "7", "8"))
    assert first["Message-ID"] == again["Message-ID"] != second["Message-ID"]
    assert first["References"] == second["References"]


def test_a_kill_says_so_and_brings_no_text() -> None:
    message = parsed(written(replace(killed_item(), bodies=wire_item().bodies)))
    assert message["Subject"] == "KILLED: The ferry sails again"
    for kind in ("plain", "html"):
        text = message.get_body((kind,)).get_content()
        assert "withdrawn" in text
        assert "The ferry did not sail." in text
        assert "sixty passengers" not in text
    back = through("mail", killed_item())
    assert (back.pub_status, back.headline, back.version) == ("canceled", "The ferry sails again", "8")


def test_a_correction_comes_back_as_one() -> None:
    back = through("mail", corrected_item())
    assert back.headline == "The ferry sails again"
    assert back.ours.correction == corrected_item().ours.correction


def test_several_items_are_a_digest_and_come_back_in_order() -> None:
    items = [wire_item(uri=f"urn:example:{number}", version=str(number)) for number in range(3)]
    encoded = formats.encode("mail", items)
    assert parsed(encoded.body).get_content_type() == "multipart/digest"
    found = formats.decode(encoded.body, Hints())
    assert [(each.index, each.item.uri, each.item.version) for each in found if each.item] == [
        (number, f"urn:example:{number}", str(number)) for number in range(3)
    ]


@pytest.mark.parametrize("evil", EVIL)
def test_no_value_brings_a_header_field_with_it(evil: str) -> None:
    item = wire_item(
        headlines=(Headline(value=evil),),
        slugline=evil,
        by=evil,
        usage_terms=evil,
        language=evil,
        subjects=(Concept(name=evil),),
        bodies=(Body(value=f"<p>{'copy'}</p>"),),
        dragoman=Profile(credit=evil),
    )
    body = formats.encode("mail", [item], formats.EncodeContext(title=evil, site="https://a\r\nb/")).body
    message = message_from_bytes(body)
    assert {name for name in message if not name.startswith("X-Dragoman-")} <= FIELDS
    assert len(message.keys()) == len(set(message.keys()))
    assert "Bcc" not in message
    assert all(len(line) <= 998 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert "Bcc" not in parsed(body)
    assert len(message.get_payload()) == 2


@given(st.text(max_size=200))
def test_whatever_stands_in_a_headline_is_one_field(text: str) -> None:
    message = message_from_bytes(written(wire_item(headlines=(Headline(value=text),))))
    assert message.keys().count("Subject") == 1
    assert "Bcc" not in message


def test_a_channel_puts_sender_and_recipients_in() -> None:
    message = parsed(addressed(written(wire_item()), "wire@quay.example", ["desk@hill.example", "two@hill.example"]))
    assert message["From"].addresses[0].addr_spec == "wire@quay.example"
    assert [one.addr_spec for one in message["To"].addresses] == ["desk@hill.example", "two@hill.example"]
    for wrong in ("a@b\r\nBcc: c@d", "a b@c.example", "a,b@c.example", "nobody", "é@c.example"):
        with pytest.raises(ValueError, match="no address"):
            addressed(written(wire_item()), "wire@quay.example", [wrong])


def test_long_lines_and_other_scripts_are_carried_in_an_encoding_that_holds() -> None:
    for text in ("word " * 1_000, "Мост через реку. " * 300, "ä" + "plain words " * 300):
        item = wire_item(
            bodies=(Body(value=f"<p>{text.strip()}</p>"),), first_created=datetime(2026, 5, 13, tzinfo=UTC)
        )
        assert all(len(line) <= 998 for line in written(item).split(b"\r\n"))
        assert through("mail", item).bodies[0].value == item.bodies[0].value
