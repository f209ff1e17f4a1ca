"""The demo's pictures: drawn the same every time, small, and with everything in them that a desk would write."""

import importlib
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.picture import captions

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
copy, exhibiting, scenes = (importlib.import_module(f"demo.{name}") for name in ("copy", "exhibiting", "scenes"))
START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def pictures() -> list[Any]:
    return list(exhibiting.draw_all(START))


def test_ten_pictures_of_ten_scenes_are_less_than_three_megabytes(pictures: list[Any]) -> None:
    assert [one.shown.scene for one in pictures] == list(dict.fromkeys(one.shown.scene for one in pictures)), (
        "a scene is there twice"
    )
    assert {one.shown.scene for one in pictures} == set(scenes.SCENES)
    assert len({one.uri for one in pictures}) == 10
    assert sum(len(one.body) for one in pictures) < 3_000_000
    for one in pictures:
        assert Image.open(io.BytesIO(one.body)).size == (1800, 1200)


def test_a_scene_drawn_again_is_the_same_bytes(pictures: list[Any]) -> None:
    one = pictures[5]
    assert scenes.draw(one.shown.scene, exhibiting.label_of(one.shown)) == one.body


def test_what_the_desk_wrote_is_read_from_the_file(pictures: list[Any]) -> None:
    for one in pictures:
        zone = copy.AGENCIES[one.shown.agency].zone
        unit = formats.decode(one.body, Hints(agency=one.shown.agency, zone=zone, source=one.name))[0]
        item, file = unit.item, one.shown.file
        assert item is not None
        assert (item.language, item.headline, item.by) == (file.language, file.headline, file.by)
        assert captions(item) == {file.language: file.caption}
        assert item.ours.credit == file.credit
        assert item.copyright_notice == file.copyright
        assert item.located == file.city
        assert "no photograph" in item.ed_note
        assert item.ours.notes == ()


def test_some_were_taken_nobody_knows_just_when(pictures: list[Any]) -> None:
    found = {}
    for one in pictures:
        unit = formats.decode(one.body, Hints(agency=one.shown.agency, zone="UTC"))[0]
        assert unit.item is not None
        taken = unit.item.ours.taken
        assert taken is not None
        assert taken.is_known, taken.words
        found[one.shown.scene] = taken
    assert {taken.precision for taken in found.values()} >= {"day", "month", "season", "year", "decade", "either"}
    assert found["lighthouse"].circa
    assert found["refuge"].earliest is None
    assert found["library"].earliest == START.date().replace(year=1976)
