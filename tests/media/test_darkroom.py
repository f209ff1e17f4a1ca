"""The darkroom: renditions without a word of what the camera wrote, made in a process that is given nothing."""

import io
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from dragoman.media.darkroom import PRINT, SMALL, Limits, develop
from dragoman.media.developing import _NEW_NETWORK, _NEW_USER, Order
from dragoman.media.developing import develop as developed_here
from dragoman.media.renditions import make
from dragoman.model.arrival import Hints
from drawn import camera, encoded, image, jpeg

HINTS = Hints(agency="LNA")
HOSTILE = Path(__file__).parents[2].parent / "shared/data/hostile/made-images"


def opened(body: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(body))
    picture.load()
    return picture


def test_a_picture_comes_back_with_what_is_written_in_it_and_its_renditions() -> None:
    done = develop(jpeg(3_000, 2_000, exif=camera()), HINTS)
    assert done.problem is None
    assert done.unit.item is not None
    assert done.unit.item.by == "Nora Quay"
    assert [(one.name, one.width, one.height) for one in done.made] == [
        ("large", 2_400, 1_600),
        ("preview", 1_280, 853),
        ("thumbnail", 320, 213),
    ]


def test_a_small_picture_is_never_enlarged() -> None:
    assert {(one.width, one.height) for one in make(jpeg(90, 60), (*SMALL, *PRINT))} == {(90, 60)}


def test_nothing_of_what_the_camera_wrote_is_in_a_rendition() -> None:
    data = jpeg(400, 300, exif=camera(), comment=b"Owner Ownersson was here")
    assert b"SERIAL-778899" in data
    for one in make(data, (*SMALL, *PRINT)):
        for secret in (b"SERIAL", b"Ownersson", b"Cambox", b"Exif", b"GPS", b"Nora Quay"):
            assert secret not in one.body, one.name
        assert not opened(one.body).getexif()


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_rendition_stands_upright_whichever_way_the_camera_was_held(turn: int) -> None:
    upright = Image.new("RGB", (120, 80), "white")
    upright.paste("black", (0, 0, 60, 40))  # black in the corner where a picture begins
    back = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[turn]  # fmt: skip
    held = upright.transpose(back) if back is not None else upright
    exif, body = Image.Exif(), io.BytesIO()
    exif[0x0112] = turn
    held.save(body, "JPEG", quality=95, exif=exif)
    [made] = make(body.getvalue(), PRINT)
    seen = opened(made.body)
    assert seen.size == (120, 80)
    corners = [seen.getpixel(at) for at in ((20, 20), (100, 20), (20, 60), (100, 60))]
    assert [sum(one) < 200 if isinstance(one, tuple) else one < 100 for one in corners] == [True, False, False, False]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "LA"),
        ("PNG", "I;16"),
        ("TIFF", "CMYK"),
        ("WEBP", "RGBA"),
        ("JPEG", "CMYK"),
    ],
)
def test_every_kind_of_colour_becomes_a_plain_jpeg(form: str, mode: str) -> None:
    data = encoded(form, mode) if mode != "I;16" else sixteen_bits()
    [made] = make(data, ("preview",))
    assert opened(made.body).mode in ("RGB", "L")


def sixteen_bits() -> bytes:
    body, grey = io.BytesIO(), Image.new("I;16", (40, 30), 0xFFFF)
    grey.save(body, "PNG")
    return body.getvalue()


def test_sixteen_bits_of_white_are_white() -> None:
    [made] = make(sixteen_bits(), ("preview",))
    assert opened(made.body).getpixel((5, 5)) == 255


def test_what_is_transparent_stands_on_white() -> None:
    body = io.BytesIO()
    Image.new("RGBA", (40, 30), (200, 0, 0, 0)).save(body, "PNG")
    [made] = make(body.getvalue(), ("preview",))
    assert opened(made.body).getpixel((5, 5)) == (255, 255, 255)


def test_another_colour_space_is_brought_to_srgb() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (srgb, profile, b"no profile at all"):  # the right one, one of other colours, none
        body = io.BytesIO()
        image().save(body, "JPEG", icc_profile=icc)
        [made] = make(body.getvalue(), ("preview",))
        assert "icc_profile" not in opened(made.body).info


def test_a_camera_that_puts_more_behind_its_picture_is_understood() -> None:
    body = io.BytesIO()
    image(number=1).save(body, "MPO", save_all=True, append_images=[image(number=2)])
    done = developed_here(Order(body.getvalue(), HINTS, ("preview",)))
    assert done.problem is None
    assert [one.name for one in done.made] == ["preview"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has namespaces")
def test_whoever_takes_over_the_darkroom_finds_no_network_there() -> None:
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK
    left = f"import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare({flags}) != 0)"
    if subprocess.run([sys.executable, "-c", left], check=False).returncode:
        pytest.skip("this system lets nobody leave its networks")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        begin = "from dragoman.media.developing import give_up; import socket;"
        reach = f"socket.create_connection(('127.0.0.1', {port}), 5)"
        ways = [
            subprocess.run([sys.executable, "-P", "-c", f"{begin} {way} {reach}"], check=False, capture_output=True)
            for way in ("", "give_up(0, 0, 640_000_000, 5);")
        ]
    assert ways[0].returncode == 0
    assert b"Network is unreachable" in ways[1].stderr


def test_a_truncated_picture_is_a_problem_not_half_a_picture() -> None:
    done = develop(jpeg(800, 600)[:-400], HINTS, ("preview",))
    assert done.problem is not None
    assert done.problem.title == "The picture is damaged"
    assert done.made == ()


def test_what_takes_too_long_or_too_much_is_ended_and_said_to_be_at_fault() -> None:
    body = io.BytesIO()
    Image.new("RGB", (6_000, 6_000)).save(body, "PNG")
    began = time.monotonic()
    slow = develop(body.getvalue(), HINTS, PRINT, limits=Limits(wall_s=0.05))
    assert time.monotonic() - began < 2
    assert slow.problem is not None
    assert slow.problem.detail == "it took too long"
    large = develop(body.getvalue(), HINTS, PRINT, limits=Limits(memory_bytes=60_000_000))
    assert large.problem is not None
    assert large.problem.title in (
        "The picture needs more memory than it may have",
        "The picture could not be decoded within limits",
    )


@pytest.mark.shared
@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the development data is not here")
@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.[!ms]*")), ids=lambda path: path.name)
def test_hostile_pictures_end_within_two_seconds_and_300_megabytes(path: Path) -> None:
    began = time.monotonic()
    done = develop(path.read_bytes(), Hints(agency="LNA", source=path.name), limits=Limits(memory_bytes=300_000_000))
    assert time.monotonic() - began < 2
    assert bool(done.made) != bool(done.problem)
    for one in done.made:
        assert not opened(one.body).getexif()
