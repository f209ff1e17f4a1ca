"""What a C2PA manifest says is told as its own word, with what is known of it; nothing is fetched, and nothing it does hurts."""

import socket
import threading

import pytest

from dragoman.formats.picture.header import has_manifest
from dragoman.formats.picture.label import Label, written_into
from dragoman.media import darkroom
from dragoman.media.darkroom import PRINT, SMALL, Limits, develop, vouched
from dragoman.media.provenance import read
from dragoman.model.arrival import Hints
from dragoman.model.provenance import said_of
from drawn import encoded, jpeg, xmp
from signed_picture import SOURCE, signed


@pytest.fixture(scope="module")
def picture() -> bytes:
    return signed(jpeg(400, 300, number=7))


def test_what_a_manifest_says_is_read_and_its_signer_is_not_trusted_for_it(picture: bytes) -> None:
    found = vouched(picture)
    assert found is not None
    assert (found.verdict, found.signer, found.generator) == ("untrusted", "Nora Quay, Lantern", "Cambox 3")
    assert (found.actions, found.made_by, found.title) == (("c2pa.created",), (SOURCE,), "Boats")
    assert said_of(found).startswith(
        "C2PA manifest (valid, signer not trusted): as it says of itself, made with Cambox 3"
    )


def test_a_picture_that_was_changed_is_not_what_was_signed(picture: bytes) -> None:
    changed = picture[:-200] + bytes(one ^ 1 for one in picture[-200:-100]) + picture[-100:]
    found = vouched(changed)
    assert found is not None
    assert found.verdict == "invalid"
    assert "assertion.dataHash.mismatch" in found.problems


def test_most_pictures_have_none_and_no_process_is_started_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert vouched(jpeg()) is None
    assert not has_manifest(jpeg())
    assert not has_manifest(encoded("WEBP"))
    started: list[str] = []
    asked = darkroom._asked
    monkeypatch.setattr(darkroom, "_asked", lambda module, *more: started.append(module) or asked(module, *more))
    develop(jpeg(), Hints())
    assert len(started) == 1


def test_it_is_told_with_the_renditions_once(picture: bytes) -> None:
    found = develop(picture, Hints(), SMALL)
    assert found.made
    assert found.provenance is not None
    assert develop(picture, Hints(), PRINT).provenance is None


def test_a_manifest_kept_elsewhere_is_named_and_never_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(2)
        called = threading.Event()

        def listen() -> None:
            try:
                server.accept()
                called.set()
            except OSError:
                return

        listening = threading.Thread(target=listen)
        listening.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/m.c2pa"
        far = xmp("", f'xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{address}"')
        found = vouched(jpeg(xmp=far))
        here = read(jpeg(xmp=far))
        listening.join()
    assert not called.is_set()
    assert found == here
    assert found is not None
    assert (found.verdict, found.address) == ("elsewhere", address)


def test_a_reader_that_dies_costs_nothing_but_the_statement(picture: bytes) -> None:
    found = vouched(picture, limits=Limits(wall_s=0.01))
    assert found is not None
    assert (found.verdict, found.why) == ("unreadable", "it took too long")


@pytest.mark.parametrize("at", range(20, 4_000, 397))
def test_a_damaged_manifest_is_a_statement_too(picture: bytes, at: int) -> None:
    read(picture[:at] + b"\xff" * 40 + picture[at + 40 :])
    read(picture[:at])


def test_words_written_into_the_picture_leave_no_manifest_that_no_longer_fits(picture: bytes) -> None:
    written = written_into(picture, Label(language="en", credit="LNA"))
    assert written.lost == ("a C2PA manifest",)
    assert not has_manifest(written.body)
    assert read(written.body) is None
