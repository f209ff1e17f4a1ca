"""An exhibition made of values alone: pictures, votes, rights and captions by one call each."""

from datetime import UTC, date, datetime
from typing import Any

from dragoman.model.event import Venue
from dragoman.model.exhibition import Caption, Exhibition, Proposal, Right, Room, Vote
from dragoman.model.project import ProjectTerms, Record, Stamp
from dragoman.planning.exhibition import Lying, Whole, caption_id, hung, picture_id, vote_id
from dragoman.planning.fold import Held
from dragoman.planning.kinds import NAMES

NOW = datetime(2026, 5, 2, 10, 0, tzinfo=UTC)
OPENS = datetime(2026, 5, 20, 16, 0, tzinfo=UTC)
SHOW = "show1"


def held(id: str, record: Record, agency: str = "ADR", by: str = "Ines", clock: int = 1) -> Held[Any]:
    stamp = Stamp(clock, agency, by)
    return Held(project="ADR:harbour", kind=NAMES[type(record)], id=id, record=record, made=stamp, changed=stamp)


def lying(number: int = 1, **more: Any) -> Lying:
    """A picture of three languages, 4,800 × 3,200 pixels, which says nothing of its use."""
    usual: dict[str, Any] = {
        "language": "en",
        "headline": f"Boats {number}",
        "captions": {
            "en": "Boats at the mole in 1961.",
            "ar": "قوارب عند الرصيف عام 1961.",
            "zh": "1961年码头边的船。",
        },
        "alts": {"en": "Three boats", "ar": "ثلاثة قوارب", "zh": "三条船"},
        "credit": "Adrian Press",
        "photographer": "Tora Lind",
        "width": 4800,
        "height": 3200,
        "digest": f"{number:064x}",
    }
    return Lying(number=number, **(usual | more))


def proposal(name: str = "boats", agency: str = "ADR", clock: int = 1, **more: Any) -> Held[Proposal]:
    usual: dict[str, Any] = {"selected": True, "width_mm": 600, "headline": name, "position": float(clock)}
    record = Proposal(exhibition=SHOW, origin=agency, uri=f"urn:{name}", **(usual | more))
    return held(picture_id(SHOW, agency, f"urn:{name}"), record, agency, clock=clock)


def right(picture: str, use: Any = "web", allowed: bool = True, agency: str = "ADR", **more: Any) -> Held[Right]:
    record = Right(picture=picture, use=use, allowed=allowed, source="letter of 3 May", **more)
    return held(f"{picture}-{use}-{agency}-{allowed}", record, agency)


def vote(picture: str, stars: int, agency: str = "ADR", by: str = "Ines") -> Held[Vote]:
    return held(vote_id(picture, agency, by), Vote(picture=picture, stars=stars), agency, by)


def caption(picture: str, language: str, text: str, **more: Any) -> Held[Caption]:
    record = Caption(picture=picture, language=language, text=text, **more)
    return held(caption_id(picture, language), record)


def exhibition(**more: Any) -> Held[Exhibition]:
    usual: dict[str, Any] = {
        "titles": {"en": "Harbour", "ar": "الميناء", "zh": "港口"},
        "introduction": {"en": "Sixty years.", "ar": "ستون عاما.", "zh": "六十年。"},
        "languages": ("en", "ar", "zh"),
        "venue": Venue(name="Custom House", city="Adria", country="AZ", zone="Asia/Baku"),
        "opens": OPENS,
        "until": date(2026, 9, 1),
    }
    return held(SHOW, Exhibition(**(usual | more)))


def room(id: str, position: float, **titles: str) -> Held[Room]:
    return held(id, Room(exhibition=SHOW, titles=titles or {"en": id, "ar": "غرفة", "zh": "展厅"}, position=position))


def whole(*proposals: Held[Proposal], show: Held[Exhibition] | None = None, **more: Any) -> Whole:
    """The exhibition with these proposals; every item lies here unless `lying` says otherwise."""
    here = {one.id: lying(number) for number, one in enumerate(proposals, 1)}
    usual: dict[str, Any] = {
        "terms": ProjectTerms(kinds=("picture",), use="free web"),
        "names": {"ADR": "Adrian Press", "VAL": "Valonia News"},
        "rooms": (),
        "rights": [right(one.id, "print") for one in proposals],
        "lying": here,
    }
    return hung(show or exhibition(), proposals=proposals, **(usual | more))
