"""What hangs on the wall beside the pictures: labels, panels, and the list that goes to the printer. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from dragoman.planning.captions import Worded, worded
from dragoman.planning.exhibition import Said, Whole, said
from dragoman.planning.hanging import FEWEST_DPI, FINE_DPI, PrintSize, largest, print_size
from dragoman.planning.rights_table import Standing, standings
from dragoman.read.taken_said import say_taken
from dragoman.text.counting import count_characters

Sheet = Literal["a6", "a5"]
Setting = Literal["display", "large", "medium", "small", "tiny", "over"]
"""How large a caption is set; ``over``: it does not fit the label at any size that can be read."""

_HOLDS: Final[tuple[tuple[Setting, int], ...]] = (
    ("display", 170),
    ("large", 380),
    ("medium", 560),
    ("small", 820),
    ("tiny", 1250),
)
"""Latin characters that an A6 label holds in each size, measured on the printed page with room to spare."""
_TIMES: Final[Mapping[Sheet, float]] = {"a6": 1.0, "a5": 2.0}
_COLUMN: Final = 0.7
_WIDE: Final[Mapping[str, float]] = {"zh": 2.3, "ja": 2.3, "ko": 2.0, "ar": 1.2, "fa": 1.2, "ur": 1.4, "ru": 1.1}
"""How many Latin characters' room one of the language's takes, its air between the lines counted in."""


class Label(Struct, frozen=True, kw_only=True):
    """The label of one picture: its words in one language, or in all side by side. `taken` is said in each."""

    number: int
    words: tuple[Worded, ...]
    taken: tuple[str, ...]
    setting: Setting


class Panel(Struct, frozen=True, kw_only=True):
    """A panel: the exhibition's title, or a room's (`number` from 1), in each language."""

    number: int
    titles: tuple[Said, ...]
    texts: tuple[Said, ...]


class PrintLine(Struct, frozen=True, kw_only=True):
    """One line of the list for the printer. Sizes in millimetres; `size` is None where none is said, or the picture is not
    here."""

    number: int
    id: str
    room: Said
    headline: str
    language: str
    agency: str
    photographer: str
    credit: str
    width: int
    height: int
    wanted: tuple[int, int]
    size: PrintSize | None
    at_fewest: tuple[int, int]
    at_fine: tuple[int, int]
    right: Standing
    digest: str


def labels(
    whole: Whole, languages: tuple[str, ...], *, sheet: Sheet = "a6", together: bool = False
) -> tuple[Label, ...]:
    """The labels in the order of the hanging: picture by picture, one in each language, or one with all of them."""
    made: list[Label] = []
    for number, picture in enumerate(whole.selected, 1):
        taken = picture.lying.taken if picture.lying and picture.lying.is_usable else None
        for codes in (languages,) if together else tuple((code,) for code in languages):
            words = tuple(worded(whole, picture, code) for code in codes)
            said_taken = tuple(say_taken(taken, code) if taken else "" for code in codes)
            made.append(Label(number=number, words=words, taken=said_taken, setting=setting(words, sheet)))
    return tuple(made)


def setting(words: tuple[Worded, ...], sheet: Sheet) -> Setting:
    """The largest size in which the longest of the captions fits beside the others."""
    # Columns waste room at the ends of their lines, and large type wastes it most.
    sizes, share = (_HOLDS, 1.0) if len(words) < 2 else (_HOLDS[1:], _COLUMN / len(words))
    room = _TIMES[sheet] * share
    most = max((_takes(one) for one in words), default=0.0)
    return next((name for name, holds in sizes if most <= holds * room), "over")


def _takes(words: Worded) -> float:
    return count_characters(words.text) * _WIDE.get(words.language.split("-")[0], 1.0)


def panels(whole: Whole, languages: tuple[str, ...]) -> tuple[Panel, ...]:
    """The title panel, then the rooms' in their order."""
    record = whole.record
    found = [(record.titles, record.introduction), *((room.record.titles, room.record.text) for room in whole.rooms)]
    return tuple(
        Panel(
            number=number,
            titles=tuple(said(titles, code, record.languages) for code in languages),
            texts=tuple(Said(texts.get(code, ""), code) for code in languages),
        )
        for number, (titles, texts) in enumerate(found)
    )


def print_list(whole: Whole, language: str, today: date) -> tuple[PrintLine, ...]:
    """Every selected picture with the size it is wanted in and what its pixels allow."""
    rooms = {room.id: said(room.record.titles, language, whole.record.languages) for room in whole.rooms}
    lines: list[PrintLine] = []
    for number, picture in enumerate(whole.selected, 1):
        lying = picture.lying if picture.lying and picture.lying.is_usable else None
        width, height = (lying.width, lying.height) if lying else (0, 0)
        wanted = picture.record.width_mm, picture.record.height_mm
        lines.append(
            PrintLine(
                number=number,
                id=picture.id,
                room=rooms.get(whole.room_of(picture), Said("", language)),
                headline=picture.headline,
                language=lying.language if lying else "",
                agency=picture.agency,
                photographer=lying.photographer if lying else "",
                credit=worded(whole, picture, language).credit,
                width=width,
                height=height,
                wanted=wanted,
                size=print_size(width, height, *wanted),
                at_fewest=largest(width, height, FEWEST_DPI),
                at_fine=largest(width, height, FINE_DPI),
                right=standings(whole, picture, today, ("print",))[0],
                digest=lying.digest if lying else "",
            )
        )
    return tuple(lines)
