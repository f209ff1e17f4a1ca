"""The pictures' pages, API and files: uploaded, described, looked at, stopped."""

import io
from datetime import UTC, datetime
from typing import Any

import aiohttp
import anyio
import pytest
from at_desk import Desk, csrf_in, sitting
from PIL import Image
from served import Served, copy_of

from dragoman.desk import copy, pictures
from dragoman.desk.pictures import Wording
from dragoman.model.picture import original_of
from dragoman.store import audit, media, people
from dragoman.store.connect import borrowed
from drawn import camera, jpeg
from signed_picture import signed

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def added(node: Served, number: int = 0, **said: Any) -> pictures.Done:
    with borrowed(node.site.newsroom) as conn:
        return pictures.add(
            conn,
            node.site.files,
            jpeg(400, 300, number=number, exif=camera()),
            by="Eldar Editor",
            now=datetime.now(UTC),
            said=Wording(**({"language": "en", "captions": {"en": "Boats."}} | said)),
        )


async def upload(desk: Desk, *files: tuple[str, bytes], status: int = 200, **fields: str) -> str:
    form = aiohttp.FormData()
    form.add_field("csrf", csrf_in(await desk.page("/pictures")))
    for name, value in fields.items():
        form.add_field(name, value)
    for name, body in files:
        form.add_field("files", body, filename=name, content_type="application/octet-stream")
    async with desk.client.post(desk.url + "/pictures", data=form) as answer:
        text = await answer.text()
        assert answer.status == status, (answer.status, text[:600])
        return text


async def test_several_files_come_in_with_one_credit_and_one_that_is_no_picture_stops_no_other(node: Served) -> None:
    async with sitting(node, "Eldar Editor") as desk:
        page = await upload(
            desk,
            ("one.jpg", jpeg(number=1)),
            ("page.jpg", b"<html>no</html>"),
            ("two.jpg", jpeg(number=2)),
            status=201,
            credit="LNA/Quay",
            taken="c. 1970",
        )
        assert "It is called a picture and is none" in page
        sheet = await desk.page("/pictures")
        assert sheet.count("/thumbnail") == 2
        assert "c. 1970" in sheet
        assert 'value="LNA/Quay"' in sheet  # remembered for the next ones
    with borrowed(node.site.newsroom) as conn:
        assert {row.credit for row in media.pictures(conn)} == {"LNA/Quay"}


async def test_one_file_leads_to_its_page_with_its_texts_in_the_viewers_language(node: Served) -> None:
    async with sitting(node, "Eldar Editor") as desk:
        await upload(desk, ("one.jpg", jpeg(400, 300)), caption="Лодки в порту.", language="ru", taken="до 1969 г.")
        with borrowed(node.site.newsroom) as conn:
            [row] = media.pictures(conn)
        page = await desk.page(f"/picture/{row.number}")
        assert 'lang="ru" dir="ltr">Лодки в порту.' in page
        assert "before 1969" in page
        await desk.send("/language", language="ar", next="/wire")
        assert "قبل 1969" in await desk.page(f"/picture/{row.number}")
        assert f"/picture/file/{row.digest}/preview" in await desk.page(f"/item/{row.number}")


async def test_a_form_without_a_file_or_without_the_right_is_told_so(node: Served) -> None:
    async with sitting(node, "Eldar Editor") as desk:
        assert "No file was chosen" in await upload(desk, status=400)
    async with sitting(node, "Rana Reader") as desk:
        token = csrf_in(await desk.page("/node"))
        form = aiohttp.FormData({"csrf": token})
        form.add_field("files", jpeg(), filename="a.jpg")
        async with desk.client.post(node.url + "/pictures", data=form) as answer:
            assert answer.status == 403


async def test_a_description_is_issued_from_the_form_and_a_stale_form_is_not(node: Served) -> None:
    done = added(node)
    async with sitting(node, "Eldar Editor") as desk:
        page = await desk.send(
            f"/picture/{done.number}",
            sequence=str(done.sequence),
            caption_en="Boats at dawn.",
            caption_az="Qayıqlar.",
            alt_en="Small boats.",
        )
        assert "Qayıqlar." in page
        await desk.send(f"/picture/{done.number}", status=409, sequence=str(done.sequence), caption_en="Late.")
    with borrowed(node.site.newsroom) as conn:
        row = media.picture(conn, done.number)
    assert (row.version, row.captions, row.alts) == (
        "2",
        {"en": "Boats at dawn.", "az": "Qayıqlar."},
        {"en": "Small boats."},
    )


async def test_pictures_are_found_by_the_query_language_and_by_agency(node: Served) -> None:
    added(node, 1, captions={"en": "The lighthouse."}, photographer="Nora Quay")
    added(node, 2, captions={"en": "The bridge."}, photographer="Rauf Dal")
    async with sitting(node, "Rana Reader") as desk:
        found = await desk.page("/pictures?q=byline%3Aquay")
        assert "The lighthouse." in found
        assert "The bridge." not in found
        assert "No picture answers this." in await desk.page("/pictures?agency=VAL")
        assert 'id="mistake"' in await desk.page("/pictures?q=urgency%3A%3C%3C", status=400)


async def test_a_rendition_is_a_plain_picture_with_its_credit_and_nothing_of_the_camera(node: Served) -> None:
    done = added(node, credit="LNA/Quay")
    async with sitting(node, "Rana Reader") as desk:
        path = f"/picture/file/{done.digest}/preview"
        async with desk.client.get(node.url + path) as answer:
            body = await answer.read()
            assert (answer.status, answer.content_type) == (200, "image/jpeg")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "private" in answer.headers["cache-control"]
            tag = answer.headers["etag"]
        assert b"LNA/Quay" in body
        for secret in (b"SERIAL", b"Ownersson", b"Cambox"):
            assert secret not in body
        with Image.open(io.BytesIO(body)) as picture:
            assert not picture.getexif()
        async with desk.client.get(node.url + path, headers={"if-none-match": tag}) as answer:
            assert answer.status == 304
        await desk.page(f"/picture/file/{done.digest}/original", status=403)
        await desk.page(f"/picture/file/{done.digest}/nothing", status=404)
        await desk.page("/picture/file/zz/preview", status=404)


async def test_the_original_is_saved_never_shown_and_written_down(node: Served) -> None:
    done = added(node)
    async with (
        sitting(node, "Eldar Editor") as desk,
        desk.client.get(f"{node.url}/picture/file/{done.digest}/original") as answer,
    ):
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert b"SERIAL-778899" in await answer.read()
    with borrowed(node.site.newsroom) as conn:
        assert [entry.act for entry in audit.entries(conn, about=done.digest)] == ["original saved"]


async def test_the_original_is_offered_with_our_caption_and_terms_in_it(node: Served) -> None:
    done = added(node, terms="Editorial use only.", taken="c. 1970")
    path = f"/picture/file/{done.digest}/captioned"
    async with sitting(node, "Eldar Editor") as desk:
        assert path in await desk.page(f"/picture/{done.number}")
        async with desk.client.get(node.url + path) as answer:
            assert answer.headers["content-disposition"].startswith("attachment")
            body = await answer.read()
    assert b"Editorial use only." in body
    assert b"SERIAL-778899" in body
    async with sitting(node, "Rana Reader") as desk:
        assert path not in await desk.page(f"/picture/{done.number}")
        await desk.page(path, status=403)
    with borrowed(node.site.newsroom) as conn:
        assert [entry.act for entry in audit.entries(conn, about=done.digest)] == ["captioned saved"]


async def test_what_a_manifest_says_of_a_picture_stands_on_its_page_as_its_own_word(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        done = pictures.add(
            conn, node.site.files, signed(jpeg(300, 200, number=77)), by="Eldar Editor", now=datetime.now(UTC)
        )
        assert any(note.startswith("C2PA manifest (valid, signer not trusted)") for note in done.notes)
        kept = media.file(conn, done.digest).provenance
    assert kept is not None
    assert kept.verdict == "untrusted"
    async with sitting(node, "Eldar Editor") as desk:
        page = await desk.page(f"/picture/{done.number}")
    assert "valid, signer not trusted" in page
    assert "Nora Quay, Lantern" in page


async def test_a_held_picture_is_gone_from_every_page_at_once(node: Served) -> None:
    done = added(node)
    with borrowed(node.site.newsroom) as conn:
        copy.hold(conn, str(done.number), "The boats are not ours.", by="Hanna Head", now=datetime.now(UTC))
    async with sitting(node, "Eldar Editor") as desk:
        for name in ("preview", "thumbnail", "original"):
            await desk.page(f"/picture/file/{done.digest}/{name}", status=410)
        for path in ("/pictures", f"/picture/{done.number}", f"/item/{done.number}"):
            page = await desk.page(path)
            assert done.digest not in page.replace(f"<bdi>{done.digest}</bdi>", "")  # the audit names it
            assert "Boats." not in page


async def test_a_partners_picture_that_is_not_here_says_so(node: Served) -> None:
    item = copy_of(
        "val-boats", "en", "Boats", type="picture", renditions=(original_of("ab" * 32, "image/jpeg", 90, 60),)
    )
    number = node.file(item, "VAL")
    async with sitting(node, "Rana Reader") as desk:
        assert "The picture is not here yet." in await desk.page(f"/picture/{number}")
        assert "The picture is not here yet." in await desk.page("/pictures")


async def test_nobody_sees_pictures_without_logging_in(node: Served) -> None:
    done = added(node)
    async with sitting(node) as desk:
        for path in ("/pictures", f"/picture/{done.number}", f"/picture/file/{done.digest}/preview"):
            async with desk.client.get(node.url + path, allow_redirects=False) as answer:
                assert answer.status == 303
                assert answer.headers["location"].startswith("/login")


async def test_markup_in_a_caption_is_text(node: Served) -> None:
    done = added(node, captions={"en": "<script>alert(1)</script>"}, credit='"><img src=x onerror=alert(1)>')
    async with sitting(node, "Eldar Editor") as desk:
        for path in ("/pictures", f"/picture/{done.number}", f"/item/{done.number}"):
            page = await desk.page(path)
            assert "<script>alert" not in page
            assert "<img src=x" not in page


async def test_the_api_adds_lists_shows_describes_and_hands_out(node: Served) -> None:
    with borrowed(node.site.newsroom) as conn:
        token = people.add_token(conn, "pictures", person="Eldar Editor")
    headers = {"authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(node.url, headers=headers) as client:
        form = aiohttp.FormData({"caption": "Boats.", "language": "en", "credit": "LNA"})
        form.add_field("files", jpeg(number=7), filename="boats.jpg")
        async with client.post("/api/v1/pictures", data=form) as answer:
            assert answer.status == 201, await answer.text()
            number = (await answer.json())["number"]
        async with client.get("/api/v1/pictures?q=kind:picture") as answer:
            [line] = await answer.json()
        assert (line["id"], line["credit"], line["captions"], line["file"]) == (
            number,
            "LNA",
            {"en": "Boats."},
            "ready",
        )
        change = {"captions": {"fr": "Des bateaux."}, "taken": "années 1960"}
        async with client.post(f"/api/v1/pictures/{number}/describe", json=change) as answer:
            assert answer.status == 200, await answer.text()
        async with client.get(f"/api/v1/pictures/{number}") as answer:
            whole = await answer.json()
        assert whole["line"]["taken"]["precision"] == "decade"
        assert [one["name"] for one in whole["renditions"]] == ["thumbnail", "preview", "large"]
        async with client.get(f"/api/v1/pictures/{number}/files/thumbnail") as answer:
            assert answer.content_type == "image/jpeg"
        async with client.post("/api/v1/pictures", data=aiohttp.FormData({"credit": "x"})) as answer:
            assert answer.status == 400
        form = aiohttp.FormData()
        form.add_field("files", io.BytesIO(b"\xff\xd8" + bytes(64_000_001)), filename="huge.jpg")
        async with client.post("/api/v1/pictures", data=form) as answer:
            problem = await answer.json()
            assert answer.status == 413
            assert "64 MB" in problem["hint"]


async def test_uploads_wait_for_each_other_without_stopping_the_pages(node: Served) -> None:
    async with sitting(node, "Eldar Editor") as desk, anyio.create_task_group() as group:
        for number in range(3):
            group.start_soon(upload, desk, (f"{number}.jpg", jpeg(number=20 + number)))
        assert await desk.page("/node")
    with borrowed(node.site.newsroom) as conn:
        assert len(media.pictures(conn)) == 3
