"""Copy sent by mail to a real server: an answer for each recipient, one id over every attempt, nothing unencrypted unseen."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import msgspec
import pytest
from partner_server import until
from ways_out import ATTEMPT, add, at_work, hands, lane, over, parcel, version

from dragoman.deliver.lanes import Lanes
from dragoman.deliver.mail import Refusal, composed, judged
from dragoman.deliver.parcel import Enclosure
from dragoman.model.access import Access
from dragoman.model.errors import BadInput
from dragoman.net.servers import checked_server
from dragoman.store.lanes import Lane
from newsdesk import Newsroom, copy, tombstone
from servers import PASSWORD, USER, Certificate, MailServer, mail_server

ONE, TWO = "desk@valonia.example", "night@valonia.example"
PLAIN = Access(security="plain", sender="wire@adrian.example", recipients=(ONE,))
BOTH = msgspec.structs.replace(PLAIN, recipients=(ONE, TWO))
TEXT = parcel(b"The old bridge reopens.\n", ".txt", "text/plain; charset=utf-8")

# The test's server leaves a transport behind when a client breaks off its handshake; our side leaves none.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def to(server: MailServer, access: Access = PLAIN, format: str = "text", secret: str = "") -> Lane:
    return lane("mail", server.address, access, secret, format)


def read(message: bytes | str | None) -> EmailMessage:
    assert isinstance(message, bytes)
    return email.message_from_bytes(message, policy=email.policy.default)  # type: ignore[return-value]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def test_a_text_is_the_mail_itself(server: MailServer) -> None:
    [answer] = over(to(server, BOTH), (ATTEMPT, TEXT))
    assert answer.status == 250
    [taken] = server.post.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("wire@adrian.example", [ONE, TWO])
    mail = read(taken.content)
    assert (mail["Subject"], mail["Message-ID"]) == ("Bridge reopens", "<ADR-1-1-7@adrian.example>")
    assert mail.get_content().strip() == "The old bridge reopens."


def test_anything_else_is_attached_pictures_too(server: MailServer) -> None:
    picture = Enclosure(body=b"\xff\xd8picture", media_type="image/jpeg", suffix=".jpg")
    over(to(server, format="ninjs"), (ATTEMPT, parcel(b'{"uri":"adr:3"}', enclosures=(picture,))))
    parts = list(read(server.post.taken[0].content).iter_attachments())
    assert [(one.get_content_type(), one.get_filename()) for one in parts] == [
        ("application/json", "ADR-1-1-7.json"),
        ("image/jpeg", "ADR-1-1-7.jpg"),
    ]
    assert parts[1].get_content() == b"\xff\xd8picture"


def test_a_mail_goes_as_its_format_has_written_it_with_pictures_behind_it() -> None:
    from dragoman import formats

    document = formats.encode("mail", [copy()])
    what = parcel(document.body, ".eml", document.media_type)
    there = lane("mail", "smtp://127.0.0.1", BOTH, format="mail")
    mail = read(composed(there, ATTEMPT, what, "ADR-1-1-7"))
    assert (mail["To"], mail["Subject"]) == (f"{ONE}, {TWO}", "Bridge, version 1")
    picture = Enclosure(body=b"\xff\xd8picture" * 1000, media_type="image/jpeg", suffix=".jpg")
    whole = read(composed(there, ATTEMPT, msgspec.structs.replace(what, enclosures=(picture,)), "ADR-1-1-7"))
    assert (whole["Message-ID"], whole["Subject"]) == (mail["Message-ID"], mail["Subject"])
    [attached] = list(whole.iter_attachments())
    assert attached.get_content() == b"\xff\xd8picture" * 1000
    body = whole.get_body(("plain",))
    assert body is not None
    assert "The old bridge reopens." in body.get_content()


def test_a_headline_can_bring_no_field_of_its_own(server: MailServer) -> None:
    payload = b'{"uri":"adr:3","headlines":[{"value":"Bridge\\r\\nBcc: everybody@else.example\\r\\n\\r\\nBody"}]}'
    over(to(server), (version(7, payload=payload), TEXT))
    mail = read(server.post.taken[0].content)
    assert mail["Bcc"] is None
    assert server.post.taken[0].rcpt_tos == [ONE]


def test_sent_again_it_has_the_same_id(server: MailServer) -> None:
    over(to(server), (ATTEMPT, TEXT), (ATTEMPT, TEXT), (version(8), TEXT))
    ids = [read(one.content)["Message-ID"] for one in server.post.taken]
    assert ids[0] == ids[1] != ids[2]


def test_what_may_go_better_later_is_tried_again_for_those_only_who_have_not_got_it(server: MailServer) -> None:
    server.post.says[TWO] = ["450 mailbox busy", "250 fine"]
    first, second = over(to(server, BOTH), (ATTEMPT, TEXT), (ATTEMPT, TEXT))
    assert (first.meaning, second.status) == ("again", 250)
    assert "450" in first.detail
    assert f"taken by {ONE}" in first.detail
    assert [one.rcpt_tos for one in server.post.taken] == [[ONE], [TWO]]


def test_a_recipient_refused_for_good_is_said_with_the_servers_words(server: MailServer) -> None:
    server.post.says[TWO] = ["550 5.1.1 no such desk"]
    [answer] = over(to(server, BOTH), (ATTEMPT, TEXT))
    assert answer.meaning == "refused"
    assert "550 5.1.1 no such desk" in answer.detail
    assert f"taken by {ONE}" in answer.detail


@pytest.mark.parametrize(
    ("what", "said", "meaning"),
    [
        ("DATA", "554 5.7.1 not wanted", "refused"),
        ("DATA", "451 try later", "again"),
        ("MAIL", "550 who are you", "refused"),
        (ONE, "421 going down", "again"),
    ],
)
def test_each_answer_has_its_meaning(server: MailServer, what: str, said: str, meaning: str) -> None:
    server.post.says[what] = [said]
    [answer] = over(to(server), (ATTEMPT, TEXT))
    assert (answer.meaning, said[:3] in answer.detail) == (meaning, True)


def test_refusals_are_judged_by_the_mildest() -> None:
    no, later = Refusal(ONE, 550, "no"), Refusal(TWO, 450, "later")
    assert judged(frozenset({ONE}), []).status == 250
    assert judged(frozenset(), [no]).meaning == "refused"
    assert judged(frozenset(), [no, later]).meaning == "again"


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
def test_encrypted_and_logged_in(tmp_path: Path, implicit: bool) -> None:
    certificate = Certificate(tmp_path)
    access = Access(
        login=USER,
        security="tls" if implicit else "starttls",
        certificates=certificate.pem,
        sender="wire@adrian.example",
        recipients=(ONE,),
    )
    with mail_server(certificate, implicit=implicit, login=True) as server:
        [good] = over(to(server, access, secret=PASSWORD), (ATTEMPT, TEXT))
        assert good.status == 250
        [wrong] = over(to(server, access, secret="wrong"), (ATTEMPT, TEXT))
        assert wrong.status == 401
        assert "refuses our login" in wrong.detail
        strange = msgspec.structs.replace(access, certificates="")
        [nobody] = over(to(server, strange, secret=PASSWORD), (ATTEMPT, TEXT))
        assert "certificate is not valid" in nobody.detail


def test_nothing_goes_unencrypted_where_encryption_was_promised(server: MailServer) -> None:
    for security in ("starttls", "tls"):
        access = msgspec.structs.replace(PLAIN, security=security)
        [answer] = over(to(server, access), (ATTEMPT, TEXT))
        assert answer.status == 0
    assert server.post.taken == []


def test_a_server_that_wants_encryption_gets_nothing_in_the_clear(tmp_path: Path) -> None:
    with mail_server(Certificate(tmp_path)) as server:
        [answer] = over(to(server), (ATTEMPT, TEXT))
        assert (answer.meaning, "530" in answer.detail) == ("refused", True)
        assert server.post.taken == []


def test_a_private_address_needs_the_operators_word(server: MailServer) -> None:
    [answer] = over(to(server), (ATTEMPT, TEXT), allow=("10.0.0.0/8",))
    assert "not allowed" in answer.detail


def test_an_address_with_more_than_a_server_in_it_is_refused() -> None:
    for text in (
        "smtp://lna:word@mail.example",
        "smtp://mail.example\r\nRCPT",
        "http://mail.example",
        "smtp://",
        "smtp://a b",
    ):
        with pytest.raises(BadInput):
            checked_server(text, "smtp")


def test_a_connection_that_was_closed_meanwhile_costs_no_copy(server: MailServer) -> None:
    import asyncio

    async def go() -> list[int]:
        async with hands() as ours:
            first = await ours.over(to(server), ATTEMPT, TEXT, "d1", ATTEMPT.at)
            [kept] = ours._doors._kept.values()
            assert kept.door is not None
            await kept.door.close()
            second = await ours.over(to(server), version(8), TEXT, "d2", ATTEMPT.at)
            return [first.status, second.status]

    assert asyncio.run(go()) == [250, 250]


# ---------------------------------------------------------------------------------------------- with the lanes


def test_a_kill_is_mailed_and_a_refusal_parked(newsroom: Newsroom, server: MailServer) -> None:
    newsroom.agree()
    add(newsroom, "mail", server.address, PLAIN, format="mail")
    newsroom.filed(copy())

    async def story(lanes: Lanes) -> None:
        await until(lambda: newsroom.states() == [("publish", "sent")])
        newsroom.filed(tombstone(copy(version="2")))
        lanes.wake()
        await until(lambda: newsroom.states()[-1] == ("kill", "sent"))
        server.post.says["DATA"] = ["554 not wanted"]
        newsroom.filed(copy(uri="adr:other"))
        lanes.wake()
        await until(lambda: newsroom.states()[-1] == ("publish", "parked"))

    at_work(newsroom, story)
    assert len(server.post.taken) == 2
    assert "reopens" not in str(server.post.taken[1].content)
    assert "554 not wanted" in newsroom.one("select reason from delivery where state = 'parked'")
