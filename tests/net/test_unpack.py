"""A packed body is unpacked as it arrives, and stopped where it goes over the limits."""

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput, TooLarge, TryAgain
from dragoman.net.reply import Limits
from dragoman.net.unpack import Unpacker

COPY = b"Ferries to the outer islands run again after the storm.\n" * 40
PACKED = Path(__file__).parents[3] / "shared/data/hostile/made-compression"


def unpacked(encoding: str, packed: bytes, limits: Limits = Limits(), step: int = 7) -> bytes:  # noqa: B008 - frozen
    unpacker = Unpacker(encoding, limits)
    for start in range(0, len(packed), step):
        unpacker.add(packed[start : start + step])
    return unpacker.finish()


def bare_deflate(content: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(content) + engine.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", COPY),
        ("identity", COPY),
        ("gzip", gzip.compress(COPY)),
        ("X-GZIP", gzip.compress(COPY)),
        ("gzip", gzip.compress(COPY[:300]) + gzip.compress(COPY[300:])),
        ("gzip", gzip.compress(COPY) + b"\x00\x00rubbish"),
        ("gzip", COPY),
        ("deflate", zlib.compress(COPY)),
        ("deflate", bare_deflate(COPY)),
        ("deflate", zlib.compress(COPY) + b"rubbish"),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_what_servers_send_is_read_whatever_the_pieces(encoding: str, packed: bytes, step: int) -> None:
    assert unpacked(encoding, packed, step=step) == COPY


def test_a_bomb_is_stopped_by_its_ratio_and_by_its_size() -> None:
    bomb = gzip.compress(bytes(5_000_000))
    with pytest.raises(TooLarge):
        unpacked("gzip", bomb)
    with pytest.raises(TooLarge):
        unpacked("deflate", zlib.compress(bytes(5_000_000)), Limits(max_bytes=100_000, max_ratio=100_000))
    with pytest.raises(TooLarge):
        unpacked("", bytes(1001), Limits(max_bytes=1000))
    assert unpacked("", bytes(1000), Limits(max_bytes=1000)) == bytes(1000)


def test_a_body_that_breaks_off_or_is_damaged_is_asked_for_again() -> None:
    packed = gzip.compress(COPY)
    with pytest.raises(TryAgain):
        unpacked("gzip", packed[:-3])
    with pytest.raises(TryAgain):
        unpacked("gzip", packed[:-8] + bytes(8))


@pytest.mark.parametrize("encoding", ["br", "zstd", "x-foo", "gzip, gzip"])
def test_a_packing_we_did_not_ask_for_is_refused(encoding: str) -> None:
    with pytest.raises(BadInput):
        Unpacker(encoding, Limits())


@given(st.sampled_from(["gzip", "deflate", ""]), st.binary(max_size=200), st.integers(0, 60))
def test_any_bytes_give_a_body_or_a_plain_refusal(encoding: str, noise: bytes, keep: int) -> None:
    packed = gzip.compress(COPY)[:keep] + noise
    try:
        body = unpacked(encoding, packed)
    except (TooLarge, TryAgain):
        return
    assert isinstance(body, bytes)


@pytest.mark.shared
@pytest.mark.skipif(not PACKED.exists(), reason="the development data is not beside the project")
@pytest.mark.parametrize(
    ("name", "encoding", "refusal"),
    [
        ("gzip-100MB-zeros.gz", "gzip", TooLarge),
        ("deflate-100MB-zeros.zz", "deflate", TooLarge),
        ("gzip-truncated.gz", "gzip", TryAgain),
        ("gzip-bad-crc.gz", "gzip", TryAgain),
        ("gzip-two-members.gz", "gzip", None),
        ("gzip-trailing-garbage.gz", "gzip", None),
        ("plain-but-labelled-gzip.gz", "gzip", None),
    ],
)
def test_the_hostile_archives_are_read_or_refused_as_listed(
    name: str, encoding: str, refusal: type[Exception] | None
) -> None:
    packed = (PACKED / name).read_bytes()
    if refusal is None:
        assert b"<rss" in unpacked(encoding, packed, step=4096)
        return
    with pytest.raises(refusal):
        unpacked(encoding, packed, step=4096)
