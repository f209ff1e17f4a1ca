"""What an exported exhibition says of itself: every picture with its words, credits and rights, every file with its digest. Pure."""

import hashlib
from datetime import date, datetime

import msgspec
from msgspec import Struct

from dragoman.model.event import Venue
from dragoman.model.exhibition import PictureUse
from dragoman.planning.captions import worded
from dragoman.planning.exhibition import Picture, Whole
from dragoman.planning.hanging import print_size
from dragoman.planning.rights_table import Effect, Where, Word, standings

FORMAT = "https://dragoman.example/schema/exhibition-1.json"


class FileLine(Struct, frozen=True, kw_only=True):
    """`path` is relative to the folder; `sha256` in hex."""

    path: str
    size: int
    sha256: str


class GroundLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    effect: Effect
    where: Where
    words: str = ""
    agency: str = ""
    territory: tuple[str, ...] = ()
    until: date | None = None


class RightLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """May the picture be used so, and on what grounds."""

    may: Word
    ends: date | None = None
    grounds: tuple[GroundLine, ...] = ()


class WordsLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    caption: str
    alt: str
    credit: str
    reviewed: str = ""


class SizeLine(Struct, frozen=True, kw_only=True):
    """Of the print, in millimetres, and how sharp it comes out."""

    width_mm: int
    height_mm: int
    dpi: int


class PictureLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`number` is that of the wall. `left_out` says, by what is missing, why it is not in the folder."""

    number: int
    origin: str
    uri: str
    agency: str
    headline: str
    room: str
    pixels: tuple[int, int]
    words: dict[str, WordsLine]
    rights: dict[PictureUse, RightLine]
    size: SizeLine | None = None
    original_sha256: str = ""
    files: tuple[str, ...] = ()
    left_out: dict[str, str] = {}


class RoomLine(Struct, frozen=True, kw_only=True):
    id: str
    titles: dict[str, str]
    text: dict[str, str]


class Manifest(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`changed`: when anything of the exhibition was last changed. There is no hour of the export in it: the same exhibition
    gives the same file."""

    format: str = FORMAT
    project: str
    exhibition: str
    maker: str
    titles: dict[str, str]
    introduction: dict[str, str]
    languages: tuple[str, ...]
    venue: Venue
    opens: datetime | None
    until: date | None
    changed: datetime
    rooms: tuple[RoomLine, ...]
    pictures: tuple[PictureLine, ...]
    files: tuple[FileLine, ...]


def file_line(path: str, body: bytes) -> FileLine:
    return FileLine(path=path, size=len(body), sha256=hashlib.sha256(body).hexdigest())


def picture_line(
    whole: Whole, picture: Picture, number: int, today: date, files: tuple[str, ...], left_out: dict[str, str]
) -> PictureLine:
    """What is said of one picture."""
    lying = picture.lying if picture.lying and picture.lying.is_usable else None
    width, height = (lying.width, lying.height) if lying else (0, 0)
    size = print_size(width, height, picture.record.width_mm, picture.record.height_mm)
    return PictureLine(
        number=number,
        origin=picture.record.origin,
        uri=picture.record.uri,
        agency=picture.agency,
        headline=picture.headline,
        room=whole.room_of(picture),
        pixels=(width, height),
        words={code: _words(whole, picture, code) for code in whole.record.languages},
        rights=_rights(whole, picture, today),
        size=SizeLine(width_mm=size.width_mm, height_mm=size.height_mm, dpi=size.dpi) if size else None,
        original_sha256=lying.digest if lying else "",
        files=files,
        left_out=left_out,
    )


def _words(whole: Whole, picture: Picture, language: str) -> WordsLine:
    words = worded(whole, picture, language)
    return WordsLine(caption=words.text, alt=words.alt, credit=words.credit, reviewed=words.reviewed)


def _rights(whole: Whole, picture: Picture, today: date) -> dict[PictureUse, RightLine]:
    return {
        one.use: RightLine(
            may=one.word,
            ends=one.ends,
            grounds=tuple(
                GroundLine(
                    effect=g.effect, where=g.where, words=g.words, agency=g.agency, territory=g.territory, until=g.until
                )
                for g in one.grounds
            ),
        )
        for one in standings(whole, picture, today)
    }


def manifest_of(whole: Whole, pictures: tuple[PictureLine, ...], files: tuple[FileLine, ...]) -> bytes:
    """The manifest as JSON, indented, its files in the order of their paths."""
    record = whole.record
    made = Manifest(
        project=whole.project,
        exhibition=whole.id,
        maker=whole.maker,
        titles=record.titles,
        introduction=record.introduction,
        languages=record.languages,
        venue=record.venue,
        opens=record.opens,
        until=record.until,
        changed=max(_changes(whole)),
        rooms=tuple(RoomLine(id=one.id, titles=one.record.titles, text=one.record.text) for one in whole.rooms),
        pictures=pictures,
        files=tuple(sorted(files, key=lambda one: one.path)),
    )
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _changes(whole: Whole) -> list[datetime]:
    found = [whole.held.changed.at, *(room.changed.at for room in whole.rooms)]
    for one in whole.pictures:
        found += [one.held.changed.at, *(each.changed.at for each in (*one.rights, *one.captions.values()))]
    return found
