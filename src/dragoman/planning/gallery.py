"""What the public sees of an exhibition in one language: only what is selected, usable and cleared for the web. Pure.

Numbers are those of the wall: a picture that is taken away leaves its number behind, and the others keep theirs.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.model.picture import EDGES, fitted
from dragoman.planning.captions import worded
from dragoman.planning.exhibition import Picture, Said, Whole, said
from dragoman.planning.rights_table import standings
from dragoman.read.taken_said import say_taken


class Plate(Struct, frozen=True, kw_only=True):
    """One picture as it is shown. `width` and `height` are its preview's, in pixels; `digest` names the original."""

    id: str
    number: int
    room: str
    agency: str
    caption: Said
    alt: Said
    credit: str
    taken: str
    width: int
    height: int
    digest: str
    is_cleared: bool = True


class Hall(Struct, frozen=True, kw_only=True):
    """A room with what hangs in it; of the pictures that hang in none the title is empty."""

    id: str
    title: Said
    text: Said
    plates: tuple[Plate, ...]


class Gallery(Struct, frozen=True, kw_only=True):
    """`languages`: those it can be read in. `agencies`: whose pictures are in it, by name."""

    language: str
    languages: tuple[str, ...]
    title: Said
    introduction: Said
    halls: tuple[Hall, ...]
    agencies: tuple[str, ...]

    @property
    def plates(self) -> tuple[Plate, ...]:
        return tuple(plate for hall in self.halls for plate in hall.plates)

    def beside(self, id: str) -> tuple[Plate | None, Plate | None]:
        """The plates before and after the one called `id`."""
        plates = self.plates
        at = next(at for at, plate in enumerate(plates) if plate.id == id)
        return (plates[at - 1] if at else None), (plates[at + 1] if at + 1 < len(plates) else None)


def is_public(whole: Whole, picture: Picture, now: datetime) -> bool:
    """May anybody see this picture in the gallery, now?"""
    lying = picture.lying
    if not picture.record.selected or lying is None or not lying.is_usable or not lying.is_shown:
        return False
    if lying.embargoed_until is not None and now < lying.embargoed_until:
        return False
    return "web" in whole.record.uses and is_cleared(whole, picture, now)


def is_cleared(whole: Whole, picture: Picture, now: datetime) -> bool:
    """Is it cleared for the web?"""
    return all(one.is_cleared for one in standings(whole, picture, now.date(), ("web",)))


def gallery(whole: Whole, language: str, now: datetime, *, workshop: bool = False) -> Gallery:
    """The gallery in `language`, or in the exhibition's first one. `workshop`: with the pictures that are not cleared yet,
    as those who make it look at it."""
    languages = whole.record.languages
    chosen = language if language in languages else languages[0]
    numbers = {one.id: at for at, one in enumerate(whole.selected, 1)}
    shown = [one for one in whole.selected if (is_hung(one) if workshop else is_public(whole, one, now))]
    halls = [
        Hall(
            id=room.id,
            title=said(room.record.titles, chosen, languages),
            text=said(room.record.text, chosen, languages),
            plates=_plates(whole, shown, room.id, chosen, numbers, now),
        )
        for room in whole.rooms
    ]
    nothing = Said("", chosen)
    halls.append(Hall(id="", title=nothing, text=nothing, plates=_plates(whole, shown, "", chosen, numbers, now)))
    return Gallery(
        language=chosen,
        languages=languages,
        title=said(whole.record.titles, chosen, languages),
        introduction=said(whole.record.introduction, chosen, languages),
        halls=tuple(hall for hall in halls if hall.plates),
        agencies=tuple(dict.fromkeys(whole.names.get(one.record.origin, one.record.origin) for one in shown)),
    )


def is_hung(picture: Picture) -> bool:
    """Is there something to look at?"""
    return picture.lying is not None and picture.lying.is_usable and picture.lying.is_shown


def _plates(
    whole: Whole, shown: Sequence[Picture], room: str, language: str, numbers: dict[str, int], now: datetime
) -> tuple[Plate, ...]:
    return tuple(plate(whole, one, language, numbers[one.id], now) for one in shown if whole.room_of(one) == room)


def plate(whole: Whole, picture: Picture, language: str, number: int, now: datetime) -> Plate:
    """One picture with its words in `language`, in another language of the exhibition where those are missing."""
    order = (language, *(code for code in whole.record.languages if code != language))
    words = [worded(whole, picture, code) for code in order]
    caption = next((Said(one.text, one.language) for one in words if one.text), Said("", language))
    alt = next((Said(one.alt, one.language) for one in words if one.alt), Said("", language))
    lying = picture.lying
    size = fitted(lying.width, lying.height, EDGES["preview"]) if lying else (0, 0)
    return Plate(
        id=picture.id,
        number=number,
        room=whole.room_of(picture),
        agency=picture.agency,
        caption=caption,
        alt=alt,
        credit=words[0].credit,
        taken=say_taken(lying.taken, language) if lying and lying.taken else "",
        width=size[0],
        height=size[1],
        digest=lying.digest if lying else "",
        is_cleared=is_cleared(whole, picture, now),
    )
