"""Mail in: the copy in the body, what stands around it, what is attached."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from dragoman.model.item import Item

HEAD = """From: "Ada Placeholder" <desk@quay.example>
To: intake@hill.example
Date: Wed, 13 May 2026 13:45:00 +0400
Message-ID: <ferry-17@quay.example>
MIME-Version: 1.0
"""
COPY = """SALT QUAY, May 13 (QA) - The ferry left the harbour at noon with sixty passengers on board.

Nobody knew when it would return, the harbour office said on Wednesday."""
HINTS = Hints(agency="quay", received=datetime(2026, 5, 13, 10, 0, tzinfo=UTC))


def mail(
    body: str, *, subject: str = "The ferry sails again", more: str = "", kind: str = "text/plain; charset=utf-8"
) -> bytes:
    head = HEAD if kind == "" else f"{HEAD}Content-Type: {kind}\n"
    return f"{head}Subject: {subject}\n{more}\n{body}\n".replace("\n", "\r\n").encode()


def units(data: bytes) -> list[Unit]:
    return formats.decode(data, HINTS)


def one(data: bytes) -> Item:
    (unit,) = units(data)
    assert unit.item is not None, unit.problem
    return unit.item


def reason(data: bytes) -> str:
    (unit,) = units(data)
    assert unit.problem is not None, unit.item
    return unit.problem.title


def texts(item: Item) -> list[str]:
    return [block.text for block in item.ours.blocks]


def reasons(item: Item) -> list[str]:
    return [one.reason for one in item.ours.removed]


def mixed(*parts: str) -> bytes:
    body = "".join(f"--q\n{part}\n" for part in parts)
    return mail(f"{body}--q--", kind='multipart/mixed; boundary="q"')


def attached(name: str, body: bytes, kind: str) -> str:
    return (
        f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(body).decode()}"
    )


def test_the_copy_in_the_body_is_an_item() -> None:
    item = one(mail(COPY, more="In-Reply-To: <ferry-16@quay.example>\nKeywords: sea, transport\n"))
    assert (item.uri, item.headline) == ("mid:ferry-17@quay.example", "The ferry sails again")
    assert (item.by, [one.name for one in item.info_sources]) == ("Ada Placeholder", ["quay.example"])
    assert item.first_created == datetime(2026, 5, 13, 13, 45, tzinfo=timezone(timedelta(hours=4)))
    assert item.language == "en"
    assert item.ours.dateline is not None
    assert item.ours.dateline.place == "SALT QUAY"
    assert texts(item)[0].startswith("The ferry left")
    assert [(each.rel, each.uri) for each in item.associations] == [("inReplyTo", "mid:ferry-16@quay.example")]
    assert [each.name for each in item.subjects] == ["sea", "transport"]
    assert item.version


def test_the_same_mail_with_another_text_is_another_version_of_it() -> None:
    first, second = one(mail(COPY)), one(mail(COPY.replace("sixty", "seventy")))
    assert first.uri == second.uri
    assert first.version != second.version


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        ("=?utf-8?q?Die_F=C3=A4hre?=", "Die Fähre"),
        ("=?koi8-r?B?8MHSz80=?=", "Паром"),
        ("=?utf-8?b?0J/QsNGA0A==?= =?utf-8?b?vtC8?=", "Паром"),
        ("=?windows-1252?Q?The ferry’s return?=", "The ferry’s return"),
        ("Паром вернулся", "Паром вернулся"),
        ("Re: AW: The ferry", "The ferry"),
        ("=?utf-8?q?no_end", "=?utf-8?q?no_end"),
    ],
)
def test_subjects_are_read_as_they_are_written(raw: str, subject: str) -> None:
    assert one(mail(COPY, subject=raw)).headline == subject


def test_signature_disclaimer_and_the_mail_answered_are_cut_off_and_named() -> None:
    end = "\n-- \nAda Placeholder\nQuay Agency\n"
    assert reasons(one(mail(COPY + end))) == ["signature"]
    small_print = "\n____________________\nThis e-mail is confidential and intended for its recipient only.\n"
    item = one(mail(COPY + small_print))
    assert reasons(item) == ["disclaimer"]
    assert "confidential" not in item.bodies[0].value
    answer = "\n\nOn Tue, 12 May 2026 at 09:00, Hill Desk <desk@hill.example> wrote:\n> When does it sail?\n> Hill\n"
    item = one(mail(COPY + answer))
    assert reasons(item) == ["the mail it answers"]
    assert "When does it sail" not in item.bodies[0].value


def test_what_looks_like_mail_in_copy_stays() -> None:
    letter = f"{COPY}\n\nOn 12 May 2026 the captain wrote:\n\nWe sail at noon, whatever they say.\n"
    item = one(mail(letter))
    assert "whatever they say" in item.bodies[0].value
    assert not item.ours.removed


def test_copy_that_was_forwarded_is_opened() -> None:
    forwarded = (
        "FYI\n\n---------- Forwarded message ----------\nFrom: Bo Example <bo@hill.example>\nDate: Tue, 12 May 2026 09:00:00 +0000\n"
        f"Subject: Harbour reopens\nTo: desk@quay.example\n\n{COPY}"
    )
    item = one(mail(forwarded, subject="Fwd: Harbour reopens"))
    assert (item.headline, item.by) == ("Harbour reopens", "Bo Example")
    assert item.first_created == datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
    assert "covering note" in reasons(item)
    assert texts(item)[0].startswith("The ferry left")


def test_html_alone_is_enough_and_quotations_in_it_go() -> None:
    body = (
        "<html><body><p>The <b>ferry</b> left <a href='https://quay.example/'>the quay</a>.</p><script>x()</script>"
        "<div class='gmail_quote'><p>On 12 May Hill wrote: when?</p></div></body></html>"
    )
    item = one(mail(body, kind="text/html; charset=utf-8"))
    assert item.bodies[0].value == '<p>The <b>ferry</b> left <a href="https://quay.example/">the quay</a>.</p>'
    assert reasons(item) == ["the mail it answers"]


def test_of_two_alternatives_the_fuller_one_is_the_copy() -> None:
    parts = f"--q\nContent-Type: text/plain\n\n{COPY}\n--q\nContent-Type: text/html\n\n<p>See the text.</p>\n--q--"
    assert "sixty passengers" in one(mail(parts, kind="multipart/alternative; boundary=q")).bodies[0].value


def test_flowed_lines_are_one_paragraph() -> None:
    body = "The ferry left the harbour at noon with sixty \npassengers on board.\n\n Nobody knew when it would return."
    item = one(mail(body, kind="text/plain; charset=utf-8; format=flowed"))
    assert texts(item)[0] == "The ferry left the harbour at noon with sixty passengers on board."


def test_key_value_lines_before_the_copy_say_what_they_say() -> None:
    item = one(mail(f"Slug: ferry-returns\nUsage: Own services only.\nUrgency: 3\n\n{COPY}"))
    assert (item.slugline, item.usage_terms, item.urgency) == ("ferry-returns", "Own services only.", 3)


def test_a_form_is_read_by_its_fields() -> None:
    form = (
        '{"Headline":["Ferry returns"],"Slugline":["ferry"],"Abstract":["Sixty on board"],"News Value":["2"],"Desk":["Sea"],'
        '"Body":["The ferry left.\\n\\nNobody\nknew."],"Legal flag":["CHECK"]}'
    )
    item = one(mail(form))
    assert (item.headline, item.slugline, item.urgency) == ("Ferry returns", "ferry", 2)
    assert item.descriptions[0].value == "Sixty on board"
    assert item.bodies[0].value == "<p>The ferry left.</p>\n<p>Nobody knew.</p>"
    assert item.ed_note == "Legal: CHECK"
    assert "form field Desk" in item.ours.lost


def test_attached_copy_is_decoded_by_its_own_format() -> None:
    ninjs = b'{"uri": "urn:example:ferry", "version": "7", "headlines": [{"value": "Ferry"}], "bodies": [{"value": "<p>It left.</p>"}]}'
    found = units(mixed("\nPlease find our copy attached.", attached("ferry.json", ninjs, "application/json")))
    assert [(each.index, each.item.uri if each.item else "") for each in found] == [(0, "urn:example:ferry")]
    item = found[0].item
    assert item is not None
    assert (item.version, reasons(item)) == ("7", ["covering note"])
    assert item.first_created is not None


def test_an_attached_picture_is_an_item_with_its_bytes_and_belongs_to_the_copy(quay_jpeg: bytes) -> None:
    copy, picture = units(mixed(f"\n{COPY}", attached("quay.jpg", quay_jpeg, "image/jpeg")))
    assert copy.item is not None
    assert picture.item is not None
    assert (picture.item.type, picture.body) == ("picture", quay_jpeg)
    assert copy.body == b""
    assert [(each.type, each.uri) for each in copy.item.associations] == [("picture", picture.item.uri)]


@pytest.fixture
def quay_jpeg() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (640, 480), (20, 80, 120)).save(out, "JPEG")
    return out.getvalue()


def test_a_message_inside_a_message_is_copy_of_its_own() -> None:
    inner = f"From: Bo <bo@hill.example>\nSubject: Harbour reopens\nMessage-ID: <h-1@hill.example>\n\n{COPY}"
    found = units(mixed("\nFor your wire, with thanks.", f"Content-Type: message/rfc822\n\n{inner}"))
    assert [each.item.uri for each in found if each.item] == ["mid:h-1@hill.example"]


def test_a_mail_attached_as_a_file_brings_its_picture_with_it(quay_jpeg: bytes) -> None:
    inner = mixed(f"\n{COPY}", attached("quay.jpg", quay_jpeg, "image/jpeg")).replace(b"ferry-17", b"ferry-16")
    told = b'{"uri": "urn:example:picture", "type": "picture", "headlines": [{"value": "Quay"}]}'
    data = mixed(
        "\nAs agreed.",
        attached("copy.eml", inner, "application/octet-stream"),
        attached("p.json", told, "application/json"),
    )
    bodies = {each.item.uri: each.body for each in units(data) if each.item}
    assert bodies["urn:example:picture"] == b""
    assert sorted(bodies.values())[-1] == quay_jpeg
    assert "mid:ferry-16@quay.example" in bodies


def test_mails_in_mails_end_somewhere() -> None:
    data = mail(COPY)
    for _ in range(9):
        data = mixed("\nOnce more.", attached("copy.eml", data, "application/octet-stream"))
    assert [each.problem for each in units(data) if each.problem]


def test_an_attachment_nobody_knows_is_named_and_stops_no_other() -> None:
    found = units(mixed(f"\n{COPY}", attached("plan.pdf", b"%PDF-1.7\n\x00\x01\x02", "application/pdf")))
    assert found[0].item is not None
    assert found[1].problem is not None
    assert "plan.pdf" in found[1].problem.detail


def test_an_embargo_in_the_subject_holds_for_what_is_attached() -> None:
    data = mixed("\nCopy attached.", attached("ferry.txt", COPY.encode(), "text/plain"))
    data = data.replace(b"Subject: The ferry sails again", b"Subject: EMBARGO until 14 May 2026 06:00 GMT")
    assert one(data).embargoed_until == datetime(2026, 5, 14, 6, 0, tzinfo=UTC)


def test_an_embargo_that_cannot_be_read_parks_the_mail() -> None:
    assert "embargo" in reason(mail(f"EMBARGO: until the minister has spoken\n\n{COPY}")).lower()


@pytest.mark.parametrize(
    ("more", "kind", "why"),
    [
        ("Auto-Submitted: auto-replied\n", "text/plain", "This is an automatic answer, not copy"),
        ("", "multipart/report; report-type=delivery-status; boundary=q", "This is a delivery report, not copy"),
        ("", "multipart/encrypted; boundary=q", "The mail is encrypted"),
    ],
)
def test_bounces_and_automatic_answers_are_no_copy(more: str, kind: str, why: str) -> None:
    assert reason(mail("Away until Monday.", more=more, kind=kind)) == why


def test_a_kill_in_words_is_for_a_person() -> None:
    assert reason(mail("Please kill it.", subject="KILL ferry story")) == "The mail asks to take copy back"
    assert one(mail(COPY, subject="Kill Bill sails again")).headline == "Kill Bill sails again"


KILLED = b'{"uri": "urn:example:ferry", "version": "8", "pubStatus": "canceled"}'
TOLD = "Authentication-Results: mx.hill.example; "
POSTED = "Received: from mail.quay.example by mx.hill.example; Wed, 13 May 2026 09:45:01 +0000\n"
NAMED = msgspec.structs.replace(HINTS, senders=("quay.example",), vouching="mx.hill.example")


def killing(more: str, *, sender: str = "desk@quay.example") -> bytes:
    data = mixed("\n", attached("kill.json", KILLED, "application/json")).replace(b"To:", f"{more}To:".encode())
    return data.replace(b"<desk@quay.example>", f"<{sender}>".encode())


def test_a_kill_that_came_by_another_way_is_vouched_for_by_that_way() -> None:
    assert one(killing("")).pub_status == "canceled"


@pytest.mark.parametrize(
    "told",
    [
        "dkim=pass header.d=quay.example",
        "dkim=pass (2048-bit key; unprotected) header.i=@quay.example header.s=may",
        "spf=fail smtp.mailfrom=bounces.example; dmarc=pass (p=NONE) header.from=quay.example",
        "spf=pass smtp.mailfrom=desk@mail.quay.example",
        "spf=none; dmarc=pass",
    ],
)
def test_a_kill_by_post_is_taken_from_a_named_and_proved_sender(told: str) -> None:
    (unit,) = formats.decode(killing(f"{TOLD}{told}\n{POSTED}"), NAMED)
    assert unit.item is not None
    assert unit.item.pub_status == "canceled"


@pytest.mark.parametrize(
    ("more", "sender"),
    [
        (POSTED, "desk@quay.example"),
        (f"{TOLD}dmarc=pass header.from=other.example\n", "desk@other.example"),
        (f"{TOLD}dkim=pass header.d=other.example; spf=fail smtp.mailfrom=quay.example\n", "desk@quay.example"),
        (f"{TOLD}dkim=pass header.d=other.example header.from=quay.example\n", "desk@quay.example"),
        (f"{TOLD}dkim=pass (header.d=quay.example is not) header.d=other.example\n", "desk@quay.example"),
        (f'{TOLD}spf=fail smtp.mailfrom="x;dmarc=pass"@other.example; dmarc=fail\n', "desk@quay.example"),
        (f"{TOLD}spf=fail (of x;dmarc=pass;) smtp.mailfrom=other.example; dmarc=fail\n", "desk@quay.example"),
        (f"{TOLD}spf=fail smtp.mailfrom==?utf-8?q?x=3Bdmarc=3Dpass?=@other.example; dmarc=fail\n", "desk@quay.example"),
        (f"{TOLD}dmarc=fail\n{TOLD}dmarc=pass header.from=quay.example\n", "desk@quay.example"),
        ("Authentication-Results: mx.other.example; dmarc=pass header.from=quay.example\n", "desk@quay.example"),
        (f"{TOLD}dmarc=pass header.from=quay.example\nFrom: desk@other.example\n", "desk@quay.example"),
        (f"{TOLD}dmarc=passing\n", "desk@quay.example"),
    ],
)
def test_a_forged_kill_is_for_a_person(more: str, sender: str) -> None:
    (unit,) = formats.decode(killing(more, sender=sender), NAMED)
    assert (unit.item, unit.problem is not None and "nobody has proved it" in unit.problem.title) == (None, True)


@pytest.mark.parametrize(
    "hints", [HINTS, msgspec.structs.replace(NAMED, senders=()), msgspec.structs.replace(NAMED, vouching="")]
)
def test_nobody_takes_copy_back_by_mail_where_nobody_is_named(hints: Hints) -> None:
    (unit,) = formats.decode(killing(f"{TOLD}dmarc=pass header.from=quay.example\n"), hints)
    assert unit.problem is not None
    assert "not proved" in unit.problem.title


def test_only_copy_of_the_named_senders_is_taken() -> None:
    posted, loose = mail(COPY, more=POSTED), msgspec.structs.replace(NAMED, vouching="")
    assert [unit.item is None for unit in formats.decode(posted, NAMED)] == [True]  # by nobody's word
    assert [unit.item is None for unit in formats.decode(posted, loose)] == [False]
    assert [unit.item is None for unit in formats.decode(posted.replace(b"desk@quay", b"desk@other"), loose)] == [True]


def test_a_time_nobody_can_read_is_that_of_the_last_server() -> None:
    data = (
        mail(COPY)
        .replace(b"Wed, 13 May 2026 13:45:00 +0400", b"yesterday")
        .replace(b"To:", b"Received: from a by b; Wed, 13 May 2026 10:00:00 +0000\r\nTo:")
    )
    assert one(data).first_created == datetime(2026, 5, 13, 10, 0, tzinfo=UTC)


def test_a_charset_that_lies_is_found_out() -> None:
    text = "Мост через реку откроют весной, сообщили во вторник в управлении дорог области. " * 3
    data = mail("@@", kind="text/plain; charset=us-ascii").replace(b"@@", text.encode("cp1251"))
    assert one(data).bodies[0].value.startswith("<p>Мост через реку")


def test_plain_text_with_a_date_line_is_no_mail() -> None:
    assert formats.detect(f"date 2026-05-13\n\n{COPY}".encode(), Hints()).name == "text"
    assert formats.detect(mail(COPY), Hints()).name == "mail"
