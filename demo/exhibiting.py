"""The exhibition of the three agencies: ten pictures drawn and left with each photo desk, then proposed, voted on, captioned.

It is published once the nodes run and every picture has come to the one that makes it (`demo.later`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct, convert

from demo.copy import AGENCIES
from demo.desks import CREDIT, Desks
from demo.moments import moment
from demo.scenes import draw
from demo.together import Deed, read
from dragoman import formats
from dragoman.formats.picture.label import Label
from dragoman.model.arrival import Hints
from dragoman.planning.captions import Worded, stamp_of
from dragoman.planning.exhibition import caption_id, picture_id, vote_id
from dragoman.planning.exhibition_rules import author

EXHIBITION = "ten-lights"
MAKER = "LNA"
WRITERS = {"az": "LNA", "en": "LNA", "ar": "QMR", "zh": "QMR"}
"""Who writes the captions of each language; its second person reads them over."""
_DRAWN = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"
_STEP = 1024.0


class File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is written in a picture's file, in its own agency's words."""

    language: str
    headline: str
    by: str
    credit: str
    copyright: str
    city: str
    country: str
    taken: str
    caption: str


class Shown(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture of the exhibition: whose it is, where and how wide it hangs, what is said of it in each language.

    `votes`: stars by agency. `right`: on whose word it may be printed, until when.
    """

    scene: str
    agency: str
    room: str
    width_mm: int
    votes: dict[str, int]
    right: str
    file: File
    text: dict[str, str]
    alt: dict[str, str]
    note: str = ""
    right_until: str = ""
    by: dict[str, str] = {}
    """The photographer's name as other languages write it."""


class Picture(Struct, frozen=True, kw_only=True):
    """A picture drawn: its bytes, and the uri it will have as an item."""

    shown: Shown
    body: bytes
    uri: str

    @property
    def id(self) -> str:
        """Of its proposal."""
        return picture_id(EXHIBITION, self.shown.agency, self.uri)

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.shown.scene}.jpg"


def draw_all(start: datetime) -> list[Picture]:
    """The ten pictures, each with what is said of it in its file. Takes two or three seconds."""
    return [_drawn(convert(one, Shown)) for one in read("exhibition", start)["picture"]]


def _drawn(shown: Shown) -> Picture:
    body = draw(shown.scene, label_of(shown))
    hints = Hints(agency=shown.agency, zone=AGENCIES[shown.agency].zone, source=f"{shown.scene}.jpg")
    unit = formats.decode(body, hints)[0]
    if unit.item is None:
        raise ValueError(f"the picture {shown.scene} cannot be read: {unit.problem}")
    return Picture(shown=shown, body=body, uri=unit.item.uri)


def label_of(shown: Shown) -> Label:
    """What is written into the file; that it was drawn, too."""
    file = shown.file
    return Label(
        language=file.language,
        headline=file.headline,
        captions={file.language: file.caption},
        by=file.by,
        credit=file.credit,
        copyright=file.copyright,
        instructions="Drawn for the demo of Dragoman; no photograph.",
        city=file.city,
        country=file.country,
        taken=file.taken,
        made_by=_DRAWN,
    )


def leave(desks: Desks, pictures: Iterable[Picture]) -> None:
    """Each picture in the folder from which its agency's node takes it."""
    for picture in pictures:
        (desks[picture.shown.agency].photos / picture.name).write_bytes(picture.body)


def deeds(pictures: list[Picture], start: datetime) -> list[Deed]:
    """Everything that was done for the exhibition so far."""
    whole = read("exhibition", start)
    found = [*_making(whole, start)]
    for number, picture in enumerate(pictures, 1):
        found += [*_proposing(picture, start), *_voting(picture, start), *_clearing(picture, start)]
        found += [*_captioning(picture, whole["unreviewed"], start), _hanging(picture, number, start)]
    return found


def _making(whole: dict[str, Any], start: datetime) -> Iterator[Deed]:
    told = {name: whole[name] for name in ("titles", "introduction", "languages", "venue", "opens", "until")}
    at = moment("@-11 15:30 Asia/Baku", start)
    yield _deed(at, MAKER, "desk", "exhibition", EXHIBITION, **told, event="opening", announced=True)
    for number, room in enumerate(whole["room"], 1):
        words = {"titles": room["titles"], "text": room["text"], "position": number * _STEP}
        yield _deed(at, MAKER, "desk", "room", room["id"], exhibition=EXHIBITION, **words)


def _proposing(picture: Picture, start: datetime) -> Iterator[Deed]:
    shown, at = picture.shown, moment("@-10 12:00 Asia/Baku", start)
    there = {"origin": shown.agency, "uri": picture.uri, "headline": shown.file.headline}
    yield _deed(at, shown.agency, "editor", "item", f"picture-{shown.scene}", **there, language=shown.file.language, type="picture")  # fmt: skip
    yield _deed(at, shown.agency, "editor", "picture", picture.id, exhibition=EXHIBITION, **there, note=shown.note)


def _voting(picture: Picture, start: datetime) -> Iterator[Deed]:
    at = moment("@-8 16:00 Asia/Baku", start)
    for agency, stars in picture.shown.votes.items():
        yield _deed(
            at, agency, "editor", "vote", vote_id(picture.id, agency, "editor"), picture=picture.id, stars=stars
        )


def _clearing(picture: Picture, start: datetime) -> Iterator[Deed]:
    shown, at = picture.shown, moment("@-7 12:00 Asia/Baku", start)
    said = {"picture": picture.id, "use": "print", "allowed": True, "source": shown.right}
    until = {"until": shown.right_until} if shown.right_until else {}
    yield _deed(at, shown.agency, "desk", "right", f"print-{shown.scene}", **said, **until)


def _captioning(picture: Picture, unreviewed: str, start: datetime) -> Iterator[Deed]:
    """Written by one person of the agency that writes this language, read over by a second one."""
    shown, written, read_over = picture.shown, *(moment(f"@-{day} 14:00 Asia/Baku", start) for day in (6, 5))
    for language, agency in WRITERS.items():
        id = caption_id(picture.id, language)
        text, alt, credit = shown.text[language], shown.alt[language], _credit(shown, language)
        words = {"picture": picture.id, "language": language, "text": text, "alt": alt, "credit": credit}
        yield _deed(written, agency, "editor", "caption", id, **words, written=author(agency, "editor"))
        if f"{shown.scene}.{language}" != unreviewed:
            seen = stamp_of(Worded(language=language, text=text, alt=alt, credit=credit))
            done = {"reviewed": author(agency, "second"), "reviewed_words": seen}
            yield _deed(read_over, agency, "second", "caption", id, **done)


def _credit(shown: Shown, language: str) -> str:
    names = CREDIT[shown.agency]
    photographer = shown.by.get(language, shown.file.by)
    return " / ".join(filter(None, (photographer, names.get(language, names["*"]))))


def _hanging(picture: Picture, number: int, start: datetime) -> Deed:
    shown, at = picture.shown, moment("@-4 18:00 Asia/Baku", start)
    place = {"selected": True, "room": shown.room, "position": number * _STEP, "width_mm": shown.width_mm}
    return _deed(at, MAKER, "desk", "picture", picture.id, **place)


def _deed(at: datetime, agency: str, person: str, kind: str, id: str, **record: Any) -> Deed:
    return Deed(at=at, who=f"{agency} {person}", kind=kind, id=id, record=record)
