"""An exhibition as a folder or a zip that works without us: the gallery, what hangs beside it, the pictures that are cleared.

The same exhibition gives the same bytes: nothing in it says when it was exported.
"""

import os
import re
import shutil
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.errors import BadInput, Conflict
from dragoman.planning.exhibition import Picture, Whole
from dragoman.planning.gallery import Gallery, gallery, is_public
from dragoman.planning.rights_table import standings
from dragoman.store import media
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.web.exhibition.manifest import FileLine, PictureLine, file_line, manifest_of, picture_line
from dragoman.web.exhibition.paper import Choice, Kind, paper_page
from dragoman.web.exhibition.print_sheet import print_csv
from dragoman.web.exhibition.shown import ASSETS, PUBLIC, FolderLinks, front_page, image_path, plate_name, plate_page
from dragoman.web.render import STATIC
from dragoman.web.words import words

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKED = frozenset({".jpg", ".pdf", ".png"})
"""Packing these again makes them no smaller."""
_DATES = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
Printer = Callable[[str], bytes]
"""HTML to PDF, as `desk.printing.pdf_of`."""


class Piece(Struct, frozen=True, kw_only=True):
    """One file; `path` is relative, with slashes."""

    path: str
    body: bytes


class Wanted(Struct, frozen=True, kw_only=True):
    """What is exported: in which languages (empty: the exhibition's), under whose name, with PDF where there is a
    `printer`."""

    languages: tuple[str, ...] = ()
    home: str = ""
    printer: Printer | None = None


def pieces(conn: Connection, files: ByteStore, whole: Whole, wanted: Wanted, now: datetime) -> Iterator[Piece]:
    """Every file, one at a time, the manifest last.

    Only what may be shown on the web stands in the gallery, only what may be printed comes as a large picture.

    Raises:
        BadInput: a language that the exhibition has not.
        Gone: a picture was stopped meanwhile: nothing of this export may be used.
    """
    whole = _in_languages(whole, wanted.languages)
    # What is exported before the opening is shown after it: an embargo that ends until then is no obstacle.
    then = max(now, whole.record.opens) if whole.record.opens else now
    lines: list[FileLine] = []
    for piece in (
        *_gallery(whole, wanted, then),
        *_paper(conn, files, whole, wanted, then),
    ):
        lines.append(file_line(piece.path, piece.body))
        yield piece
    pictures: list[PictureLine] = []
    for number, picture in enumerate(whole.selected, 1):
        left_out: dict[str, str] = {}
        paths: list[str] = []
        for piece in _pictures(conn, files, whole, picture, number, then, left_out):
            lines.append(file_line(piece.path, piece.body))
            paths.append(piece.path)
            yield piece
        pictures.append(picture_line(whole, picture, number, then.date(), tuple(paths), left_out))
    yield Piece(path="manifest.json", body=manifest_of(whole, tuple(pictures), tuple(lines)))


def _in_languages(whole: Whole, languages: tuple[str, ...]) -> Whole:
    known = whole.record.languages
    if unknown := [code for code in languages if code not in known]:
        raise BadInput(f"The exhibition is not in {unknown[0]}", hint=f"It is in: {', '.join(known)}.")
    chosen = tuple(code for code in known if code in languages) or known
    return replace(whole, held=replace(whole.held, record=replace(whole.record, languages=chosen)))


def _gallery(whole: Whole, wanted: Wanted, now: datetime) -> Iterator[Piece]:
    if "web" not in whole.record.uses:
        return
    for name in ASSETS:
        yield Piece(path=name, body=(STATIC / name).read_bytes())
    for at, language in enumerate(whole.record.languages):
        shown = gallery(whole, language, now)
        if at == 0:
            html = front_page(whole, shown, FolderLinks(up=""), wanted.home, now)
            yield Piece(path="index.html", body=html.encode())
        yield from _tongue(whole, shown, wanted.home, now)


def _tongue(whole: Whole, shown: Gallery, home: str, now: datetime) -> Iterator[Piece]:
    links = FolderLinks()
    yield Piece(path=f"{shown.language}/index.html", body=front_page(whole, shown, links, home, now).encode())
    for plate in shown.plates:
        html = plate_page(whole, shown, plate, links, home, now)
        yield Piece(path=f"{shown.language}/{plate_name(plate.number)}.html", body=html.encode())


def _paper(conn: Connection, files: ByteStore, whole: Whole, wanted: Wanted, now: datetime) -> Iterator[Piece]:
    """Labels in both sizes, panels, the printer's list; each as a page, and as PDF where there is a printer."""
    languages = whole.record.languages
    own = words(languages[0])
    sheets: tuple[tuple[str, Kind, Choice], ...] = (
        ("labels-a6", "labels", Choice(languages=languages)),
        ("labels-a5-together", "labels", Choice(languages=languages, sheet="a5", together=True)),
        ("panels", "panels", Choice(languages=languages, together=True)),
        ("print-list", "list", Choice(languages=languages)),
    )
    for name, kind, choice in sheets:
        inside = _thumbnails(conn, files, whole, now) if kind == "list" else {}
        html = paper_page(kind, whole, choice, own, wanted.home, now, alone=True, pictures=inside)
        yield Piece(path=f"paper/{name}.html", body=html.encode())
        if wanted.printer is not None:
            yield Piece(path=f"paper/{name}.pdf", body=undated(wanted.printer(html)))
    yield Piece(path="paper/print-list.csv", body=print_csv(whole, languages[0], now.date()).encode())


def _thumbnails(conn: Connection, files: ByteStore, whole: Whole, now: datetime) -> dict[str, str]:
    """Small pictures inside the page, of what may be printed."""
    found = [one for one in whole.selected if one.lying and one.lying.is_shown and _may_print(whole, one, now)]
    sent = {one.id: media.sent(conn, files, one.lying.digest, "thumbnail") for one in found if one.lying}
    return {id: f"data:{one.media_type};base64,{b64encode(one.body).decode()}" for id, one in sent.items()}


def _pictures(
    conn: Connection,
    files: ByteStore,
    whole: Whole,
    picture: Picture,
    number: int,
    now: datetime,
    left_out: dict[str, str],
) -> Iterator[Piece]:
    digest, item = (picture.lying.digest, picture.lying.number) if picture.lying else ("", None)
    if is_public(whole, picture, now):
        for name in PUBLIC:
            yield Piece(path=image_path(number, name), body=media.sent(conn, files, digest, name, number=item).body)
    elif "web" in whole.record.uses:
        left_out["web"] = _why(whole, picture, "web", now)
    if "print" not in whole.record.uses:
        return
    made = {one.name for one in media.renditions(conn, digest)} if digest else set()
    if not _may_print(whole, picture, now):
        left_out["print"] = _why(whole, picture, "print", now)
    elif "print" not in made:
        left_out["print"] = "its large rendition has not been made yet"
    else:
        body = media.sent(conn, files, digest, "print", number=item).body
        yield Piece(path=f"print/{plate_name(number)}.jpg", body=body)


def _may_print(whole: Whole, picture: Picture, now: datetime) -> bool:
    usable = picture.lying is not None and picture.lying.is_usable
    return usable and all(one.is_cleared for one in standings(whole, picture, now.date(), ("print",)))


def _why(whole: Whole, picture: Picture, use: str, now: datetime) -> str:
    lying = picture.lying
    if lying is None:
        return "the picture has not come to this node"
    if not lying.is_usable:
        return f"the picture is {lying.state}"
    standing = next(one for one in standings(whole, picture, now.date(), ("web", "print")) if one.use == use)
    if not standing.is_cleared:
        return "refused" if standing.word == "no" else "not cleared"
    return "it is under embargo" if lying.is_shown else "nothing can be shown of it yet"


def undated(pdf: bytes) -> bytes:
    """The PDF without the hour at which it was made; nothing in it moves."""
    return _DATES.sub(lambda found: b"/" + found[1] + b" (D:" + b"0" * (len(found[0]) - len(found[1]) - 6) + b")", pdf)


# ------------------------------------------------------------------------------------------------ written


def write_folder(found: Iterator[Piece], folder: Path) -> int:
    """The folder whole, or not at all; how many files.

    Raises:
        Conflict: there is something in it already.
        BadInput: it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Conflict("There is something there already", str(folder), hint="Name another folder.", kept="All of it.")
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    count = 0
    try:
        for piece in found:
            target = part / piece.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(piece.body)
            count += 1
        if folder.exists():
            folder.rmdir()
        part.replace(folder)
    except OSError as error:
        raise BadInput("The folder cannot be written", f"{folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return count


def write_zip(found: Iterator[Piece], path: Path) -> int:
    """The zip whole, or not at all; how many files.

    Raises:
        Conflict: there is a file already.
        BadInput: it cannot be written.
    """
    if path.exists():
        raise Conflict("The file is there already", str(path), hint="Name another file.", kept="The file.")
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            count = fill_zip(found, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise BadInput("The file cannot be written", f"{path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def fill_zip(found: Iterator[Piece], file: IO[bytes]) -> int:
    """Each file as it comes, all of the same age and owner; how many."""
    count = 0
    with zipfile.ZipFile(file, "w") as archive:
        for piece in found:
            entry = zipfile.ZipInfo(piece.path, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            packed = Path(piece.path).suffix in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, piece.body, compresslevel=None if packed else 6)
            count += 1
    return count
