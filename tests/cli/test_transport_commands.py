"""Feeds and channels that log in at a partner's server, added, tried and changed at the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_run import Desk

from servers import (
    PASSWORD,
    USER,
    Certificate,
    MailServer,
    SftpServer,
    ftp_server,
    imap_server,
    mail_server,
    sftp_server,
)

COPY = "Harbour reopens\n\nThe harbour reopened on Monday, the port authority said.\n"


@pytest.fixture
def secret(folder: Path) -> Path:
    path = folder / "partner"
    path.write_text(PASSWORD)
    return path


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[SftpServer]:
    (tmp_path / "root/out").mkdir(parents=True)
    with sftp_server(tmp_path / "root") as server:
        yield server


def _agency(desk: Desk, code: str) -> None:
    desk.run("agency", "add", code, "--name", f"Agency {code}")


def _words(noun: str, name: str, kind: str, address: str, *more: object) -> tuple[object, ...]:
    return (noun, "add", name, "--agency", "SALT", "--kind", kind, "--address", address, "--user", USER, *more)


def test_a_host_key_is_shown_and_must_be_confirmed_by_another_way(desk: Desk, sftp: SftpServer, secret: Path) -> None:
    _agency(desk, "SALT")
    words = _words("feed", "salt-drop", "sftp", f"{sftp.address}out", "--password-file", secret)
    unknown = desk.run(*words, "--json")
    assert (unknown.code, sftp.pin in unknown.error["detail"], "--host-key" in unknown.error["hint"]) == (2, True, True)
    wrong = desk.run(*words, "--host-key", "SHA256:" + "A" * 43, "--json")
    assert (wrong.code, wrong.error["title"]) == (5, "THE SERVER SHOWS ANOTHER HOST KEY")
    assert desk.run(*words, "--host-key", "no key").code == 2
    (made,) = desk.ok(*words, "--host-key", sftp.pin)
    assert (made["host_keys"], made["login"], made["after"]) == ([sftp.pin], USER, "move")
    assert PASSWORD not in desk.run("feed", "list", "--json").out


def test_a_feed_is_tried_without_moving_anything(desk: Desk, sftp: SftpServer, secret: Path) -> None:
    _agency(desk, "SALT")
    (sftp.root / "out/copy.txt").write_text(COPY)
    words = _words("feed", "salt-try", "sftp", f"{sftp.address}out", "--password-file", secret)
    desk.ok(*words, "--host-key", sftp.public, "--format", "text")
    (entry,) = desk.ok("feed", "test", "salt-try")
    assert entry["problem"] is None
    assert [path.name for path in (sftp.root / "out").iterdir()] == ["copy.txt"]


def test_a_new_host_key_is_accepted_by_a_person_only(desk: Desk, sftp: SftpServer, secret: Path) -> None:
    _agency(desk, "SALT")
    desk.ok(
        *_words("feed", "salt-keys", "sftp", f"{sftp.address}out", "--password-file", secret), "--host-key", sftp.pin
    )
    sftp.new_host_key()
    said = desk.run("feed", "test", "salt-keys", "--json")
    assert (said.code, said.error["title"]) == (5, "THE SERVER SHOWS ANOTHER HOST KEY")
    words = ("feed", "access", "salt-keys", "--user", USER, "--password-file", secret, "--host-key", sftp.pin)
    assert desk.ok(*words)[0]["host_keys"] == [sftp.pin]
    assert desk.run("feed", "test", "salt-keys").code == 0


def test_a_key_file_is_checked_before_it_is_kept(desk: Desk, sftp: SftpServer, folder: Path) -> None:
    _agency(desk, "SALT")
    bad, locked, good = folder / "bad", folder / "locked", folder / "good"
    bad.write_text("-----BEGIN NOTHING-----")
    locked.write_bytes(sftp.client_key.export_private_key("pkcs8-pem", passphrase="lighthouse"))
    good.write_bytes(sftp.client_key.export_private_key())
    words = _words("channel", "salt-key", "sftp", f"{sftp.address}out", "--host-key", sftp.pin)
    assert desk.run(*words, "--key-file", bad).code == 2
    assert "passphrase" in desk.run(*words, "--key-file", locked).err
    desk.ok(*words, "--key-file", good)
    (tried,) = desk.ok("channel", "test", "salt-key")
    assert (tried["ok"], "0 names" in tried["said"]) == (True, True)


def test_a_mailbox_and_an_ftp_server_are_added_and_tried(desk: Desk, tmp_path: Path, secret: Path) -> None:
    _agency(desk, "SALT")
    certificate = Certificate(tmp_path)
    with imap_server(certificate) as server:
        server.deliver(b"From: a@salt.example\r\nMessage-ID: <1@salt.example>\r\nSubject: Harbour\r\n\r\nReopened.\r\n")
        words = _words("feed", "salt-mail", "imap", server.address, "--password-file", secret, "--security", "starttls")
        broken = tmp_path / "broken.pem"
        broken.write_text("-----BEGIN CERTIFICATE-----\nTIDE\n-----END CERTIFICATE-----\n")
        assert "not a certificate" in desk.run(*words, "--certificate", broken).err
        assert "no address or domain" in desk.run(*words, "--sender", "salt").err
        named = ("--sender", "salt.example", "--vouched-by", "mx.lna.example")
        (made,) = desk.ok(*words, "--certificate", certificate.cert, *named)
        assert (made["senders"], made["vouched_by"]) == (["salt.example"], "mx.lna.example")
        access = ("feed", "access", "salt-mail", "--user", USER, "--password-file", secret, "--security", "starttls")
        (again,) = desk.ok(*access, "--certificate", certificate.cert, "--sender", "desk@salt.example")
        assert (again["senders"], again["vouched_by"]) == (["desk@salt.example"], "mx.lna.example")
        (entry,) = desk.ok("feed", "test", "salt-mail")
        assert entry["headline"] == "Harbour"
        assert len(server.lying()) == 1
    (tmp_path / "root").mkdir()
    with ftp_server(tmp_path / "root") as ftp:
        words = _words("feed", "salt-ftp", "ftp", ftp.address, "--password-file", secret, "--security", "plain")
        said = desk.run(*words)
        assert (said.code, "nothing is encrypted" in said.err) == (0, True)
        (tmp_path / "root/copy.txt").write_text(COPY)
        assert len(desk.ok("feed", "test", "salt-ftp")) == 1


def test_a_mail_channel_is_added_and_tried(desk: Desk, tmp_path: Path, secret: Path) -> None:
    _agency(desk, "SALT")
    certificate = Certificate(tmp_path)
    with mail_server(certificate, login=True) as server:
        _try_mail(desk, server, certificate, secret)


def _try_mail(desk: Desk, server: MailServer, certificate: Certificate, secret: Path) -> None:
    words = _words("channel", "salt-out", "mail", server.address, "--password-file", secret)
    assert "Sender and recipients" in desk.run(*words).err
    assert desk.run(*words, "--from", "wire@lna.example", "--to", "two words@salt.example").code == 2
    full = (*words, "--from", "wire@lna.example", "--to", "desk@salt.example", "--certificate", certificate.cert)
    (made,) = desk.ok(*full)
    assert (made["format"], made["recipients"], made["security"]) == ("mail", ["desk@salt.example"], "starttls")
    assert desk.ok("channel", "test", "salt-out")[0]["ok"]
    assert server.post.taken == []


def test_a_superdesk_channel_has_its_secret_from_us_or_from_them(desk: Desk, secret: Path) -> None:
    _agency(desk, "SALT")
    words = ("channel", "add", "salt-desk", "--agency", "SALT", "--kind", "superdesk", "--format", "ninjs")
    (made,) = desk.ok(*words, "--address", "https://news.salt.example/push")
    assert len(made["secret"]) > 30
    theirs = ("channel", "add", "salt-desk-2", *words[3:], "--address", "https://news.salt.example/push")
    assert "secret" not in desk.ok(*theirs, "--password-file", secret)[0]
    with desk.store() as conn:
        row = conn.execute("select secret from channel where name = 'salt-desk-2'").fetchone()
    assert row == (PASSWORD,)


@pytest.mark.parametrize(
    ("noun", "words"),
    [
        ("feed", ("--kind", "sftp", "--address", "http://x.example", "--user", "a")),
        ("feed", ("--kind", "sftp", "--address", "sftp://lna:word@x.example", "--user", "a")),
        ("feed", ("--kind", "sftp", "--address", "sftp://x.example/in")),
        ("feed", ("--kind", "imap", "--address", "imap://x.example/IN%0ABOX", "--user", "a")),
        ("feed", ("--kind", "imap", "--address", "imap://x.example", "--user", "a\nb")),
        ("feed", ("--kind", "imap", "--address", "imap://x.example", "--user", "a", "--host-key", "SHA256:x")),
        ("feed", ("--kind", "folder", "--address", "/tmp", "--after", "delete")),
        ("feed", ("--kind", "http", "--address", "https://x.example", "--user", "a")),
        ("feed", ("--kind", "sftp", "--address", "sftp://x.example", "--user", "a", "--sender", "x.example")),
        ("channel", ("--kind", "folder", "--address", "/tmp", "--user", "a")),
        ("feed", ("--kind", "http", "--address", "https://x.example", "--signed", "superdesk")),
        ("channel", ("--kind", "mail", "--address", "smtp://x.example/box", "--from", "a@b.example")),
        ("channel", ("--kind", "folder", "--address", "/srv", "--to", "a@b.example")),
        ("channel", ("--kind", "superdesk", "--address", "ftp://x.example", "--format", "ninjs")),
    ],
)
def test_what_does_not_go_together_is_said(desk: Desk, secret: Path, noun: str, words: tuple[str, ...]) -> None:
    _agency(desk, "SALT")
    said = desk.run(noun, "add", "odd", "--agency", "SALT", *words, "--password-file", secret, "--json")
    assert (said.code, bool(said.error["title"])) == (2, True)
