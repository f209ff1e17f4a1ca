"""A mail with a picture: kept whole, decoded, and the picture is an item whose bytes are in the store."""

import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ways_in import home, new_feed

from dragoman import pipeline
from dragoman.receive.decoding import decode_job, encode_jobs, read_decoded
from dragoman.store import arrivals
from dragoman.store.arrivals import Kept
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from drawn import jpeg

NOW = datetime(2026, 5, 13, 12, 0, tzinfo=UTC)


def mail(picture: bytes) -> bytes:
    text = (
        "From: Ada Placeholder <desk@quay.example>\nDate: Wed, 13 May 2026 10:00:00 +0000\nMessage-ID: <ferry-17@quay.example>\n"
        "Subject: The ferry sails again\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\n"
        "The ferry left the harbour at noon with sixty passengers on board, and nobody knew when it would return.\n--q\n"
        "Content-Type: image/jpeg; name=quay.jpg\nContent-Disposition: attachment; filename=quay.jpg\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(picture).decode()}--q--\n"
    )
    return text.replace("\n", "\r\n").encode()


def taken_in(conn: Connection, body: bytes, files: ByteStore) -> int:
    feed = new_feed(conn, Feed(name="post", agency="HBR", kind="push", format="mail"))
    with conn.transaction():
        arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=body)], files)
    claimed = arrivals.claim(conn, 10, files)
    decoded = read_decoded(decode_job(encode_jobs([pipeline.job_of(one) for one in claimed])))
    return pipeline.take_in(conn, claimed, decoded, NOW, files=files)


@pytest.fixture
def files(tmp_path: Path) -> ByteStore:
    return ByteStore(tmp_path / "bytes")


def test_the_picture_is_stored_with_its_bytes_and_waits_for_the_darkroom(conn: Connection, files: ByteStore) -> None:
    home(conn)
    picture = jpeg()
    assert taken_in(conn, mail(picture), files) == 2
    digest = hashlib.sha256(picture).digest()
    assert files.get(digest.hex()) == picture
    assert conn.execute("select state, media_type, size from media_file where digest = %s", (digest,)).fetchone() == (
        "kept",
        "image/jpeg",
        len(picture),
    )
    assert conn.execute("select proved from media_holder where digest = %s", (digest,)).fetchone() == (True,)
    assert conn.execute("select count(*) from media_use where digest = %s", (digest,)).fetchone() == (1,)


def test_a_mail_whose_filing_fails_leaves_no_picture_behind_in_the_tables(conn: Connection, files: ByteStore) -> None:
    home(conn)
    picture = jpeg()
    feed = new_feed(conn, Feed(name="post", agency="HBR", kind="push", format="mail"))
    with conn.transaction():
        arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=mail(picture))], files)
    claimed = arrivals.claim(conn, 10, files)
    decoded = read_decoded(decode_job(encode_jobs([pipeline.job_of(one) for one in claimed])))
    conn.execute("update arrival set token = token + 1")  # somebody else has taken it over
    assert pipeline.take_in(conn, claimed, decoded, NOW, files=files) == 0
    assert conn.execute("select count(*) from media_file").fetchone() == (0,)
