"""An exhibition as files: it works from a folder without us, says what is in it, and is the same every time."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from at_desk import CHROMIUM
from hung import Hung, hung
from msgspec.structs import replace
from PIL import Image
from served import Served, serving

from database import Addresses, drop_database, fresh_database
from dragoman.desk import copy, exhibition_pictures
from dragoman.desk.printing import pdf_of
from dragoman.model.errors import BadInput, Conflict
from dragoman.model.exhibition import Right
from dragoman.store.connect import borrowed
from dragoman.store.db.cluster import Cluster
from dragoman.web.exhibition.export import Piece, Wanted, fill_zip, pieces, undated, write_folder, write_zip

NOW = datetime.now(UTC)
USUAL = Wanted(home="Lantern News Agency")


@pytest.fixture(scope="module")
def node(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    fresh: Addresses = fresh_database(cluster)
    with serving(fresh, tmp_path_factory.mktemp("node")) as served:
        yield served
    drop_database(cluster, fresh.name)


@pytest.fixture(scope="module")
def made(node: Served) -> Hung:
    """Published; one picture is refused for the web, one is not cleared for print."""
    found = hung(node, published=True, opens=NOW + timedelta(days=3))
    boats, light = found.pictures["boats"], found.pictures["light"]
    found.do(exhibition_pictures.say_right, Right(picture=boats, use="web", allowed=False, source="the estate"))
    found.do(exhibition_pictures.say_right, Right(picture=light, use="print", allowed=False, source="the museum"))
    return found


def exported(made: Hung, wanted: Wanted = USUAL, now: datetime = NOW) -> dict[str, bytes]:
    with borrowed(made.node.site.newsroom) as conn:
        return {one.path: one.body for one in pieces(conn, made.node.site.files, made.whole, wanted, now)}


@pytest.fixture(scope="module")
def files(made: Hung) -> dict[str, bytes]:
    return exported(made)


def test_the_manifest_names_every_file_with_its_digest(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    named = {one["path"]: one["sha256"] for one in manifest["files"]}
    assert named.keys() == files.keys() - {"manifest.json"}
    assert all(hashlib.sha256(files[path]).hexdigest() == digest for path, digest in named.items())
    assert [one["path"] for one in manifest["files"]] == sorted(named)


def test_the_manifest_says_what_may_be_done_with_each_picture_and_what_was_left_out(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    boats, nets, _, light = manifest["pictures"]
    assert boats["left_out"] == {"web": "refused"}
    assert boats["rights"]["web"]["may"] == "no"
    assert boats["rights"]["web"]["grounds"][0]["words"] == "the estate"
    assert light["left_out"] == {"print": "refused"}
    assert nets["words"]["ar"] == {
        "caption": "شباك تجف على الجدار.",
        "alt": "شباك على جدار",
        "credit": "Tora Lind / Qamar Wire",
    }
    assert nets["size"] == {"width_mm": 120, "height_mm": 80, "dpi": 254}
    assert set(nets["files"]) == {"pictures/002-thumbnail.jpg", "pictures/002-preview.jpg", "print/002.jpg"}


def test_only_cleared_pictures_are_in_the_folder(files: dict[str, bytes]) -> None:
    names = {path for path in files if path.endswith(".jpg")}
    assert not [name for name in names if name.startswith("pictures/001")]
    assert "print/001.jpg" in names
    assert "print/004.jpg" not in names
    assert {f"{code}/001.html" for code in ("en", "ar", "zh")} & files.keys() == set()
    assert Image.open(io.BytesIO(files["print/003.jpg"])).size == (900, 1350)


def test_every_page_parses_and_every_link_leads_to_a_file_in_the_folder(files: dict[str, bytes]) -> None:
    pages = {path: body.decode() for path, body in files.items() if path.endswith(".html")}
    assert {"index.html", "en/index.html", "ar/002.html", "zh/index.html", "paper/labels-a6.html"} <= pages.keys()
    for path, text in pages.items():
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
        for link in links(parser.parse(text)):
            assert not urlsplit(link).netloc, (path, link)
            if link.startswith(("data:", "#")):
                continue
            target = resolved(PurePosixPath(path).parent, link)
            assert target in files, (path, link, target)


def links(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if element.tag == "meta":
            assert "http" not in element.get("content", "")
        for name in ("href", "src"):
            if element.get(name):
                yield element.get(name)
        yield from (part.split()[0] for part in element.get("srcset", "").split(",") if part.strip())


def resolved(folder: PurePosixPath, link: str) -> str:
    parts: list[str] = []
    for part in (folder / urlsplit(link).path).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_the_same_exhibition_gives_the_same_bytes(made: Hung) -> None:
    both = []
    for now in (NOW, NOW + timedelta(minutes=7)):
        file = io.BytesIO()
        fill_zip((Piece(path=path, body=body) for path, body in exported(made, now=now).items()), file)
        both.append(hashlib.sha256(file.getvalue()).hexdigest())
    assert both[0] == both[1]


def test_an_export_in_some_languages_has_no_word_of_the_others(made: Hung) -> None:
    found = exported(made, replace(USUAL, languages=("ar",)))
    assert "index.html" in found
    assert not [path for path in found if path.startswith(("en/", "zh/"))]
    assert '<html lang="ar" dir="rtl">' in found["index.html"].decode()
    assert "旧码头边的小船" not in found["paper/labels-a6.html"].decode()
    with pytest.raises(BadInput, match="not in fr"):
        exported(made, replace(USUAL, languages=("ar", "fr")))


def test_labels_stand_alone_in_each_language_and_the_list_is_for_spreadsheets(files: dict[str, bytes]) -> None:
    labels = files["paper/labels-a6.html"].decode()
    assert labels.count('class="label a6') == 12
    assert 'lang="ar" dir="rtl"' in labels
    assert "<script" not in labels
    assert "/* on the screen */" not in labels
    lines = files["paper/print-list.csv"].decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert lines[2].startswith("2,Boats and nets,Nets,Tora Lind")


def test_a_folder_and_a_zip_are_written_whole_or_not_at_all(files: dict[str, bytes], tmp_path: Path) -> None:
    found = [Piece(path=path, body=body) for path, body in files.items()]
    assert write_folder(iter(found), tmp_path / "show") == len(files)
    assert (tmp_path / "show/ar/index.html").read_bytes() == files["ar/index.html"]
    assert write_zip(iter(found), tmp_path / "show.zip") == len(files)
    with zipfile.ZipFile(tmp_path / "show.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == files.keys()
    with pytest.raises(Conflict):
        write_folder(iter(found), tmp_path / "show")
    with pytest.raises(Conflict):
        write_zip(iter(found), tmp_path / "show.zip")

    def broken() -> Iterator[Piece]:
        yield found[0]
        raise BadInput("It stopped in the middle")

    with pytest.raises(BadInput):
        write_zip(broken(), tmp_path / "half.zip")
    with pytest.raises(BadInput):
        write_folder(broken(), tmp_path / "half")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["show", "show.zip"]


def test_a_picture_that_is_held_is_in_no_export_and_its_words_are_not_either(made: Hung) -> None:
    with borrowed(made.node.site.newsroom) as conn:
        copy.hold(conn, str(made.numbers["crane"]), "Wrong crane", by="Hanna Head", now=NOW)
    try:
        found = exported(made)
        assert not [path for path in found if re.search(r"00[3]\.(jpg|html)|003-", path)]
        for path, body in found.items():
            if not path.endswith((".jpg", ".css", ".js")):
                assert b"The crane that never moved" not in body, path
        assert json.loads(found["manifest.json"])["pictures"][2]["left_out"]["print"] == "the picture is held"
    finally:
        with borrowed(made.node.site.newsroom) as conn:
            copy.release(conn, str(made.numbers["crane"]), "It was the crane", by="Hugo Head", now=NOW)


@pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium on this machine")
def test_labels_panels_and_list_come_as_pdf_with_their_own_paper_the_same_every_time(files: dict[str, bytes]) -> None:
    sizes = {"labels-a6": {(595, 842)}, "labels-a5-together": {(842, 595)}, "panels": {(595, 842)}}
    for name, expected in sizes.items():
        html = files[f"paper/{name}.html"].decode()
        first = undated(pdf_of(html, chromium=str(CHROMIUM)))
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", first)
        assert {(round(float(w)), round(float(h))) for w, h in boxes} == expected, name
        if name == "labels-a6":
            assert len(boxes) == 6
            assert first == undated(pdf_of(html, chromium=str(CHROMIUM)))
