"""The places a text speaks of: every known name is a candidate, and its surroundings decide. Pure.

    sure names        countries, regions, cities that newsrooms name without their country: taken, unless they are a word of
                      the language, or part of a person's or an organisation's name
    the others        need something that speaks for them: a preposition, "the city of", ", Texas" behind them, or their
                      country elsewhere in the text or in the dateline
    several places    the one that is named behind the comma, else in the country that is spoken of, else the larger
                      (a country before its capital)

Limits: a demonym ("French") tells which country is spoken of and is no mention of it; forms of traditional Chinese are
found for the names that GeoNames has in them.
"""

from dragoman.model.reading import Mention, Place, Reading
from dragoman.read.document import Document
from dragoman.read.places.gazetteer import Known, gazetteer
from dragoman.read.places.judge import Judge
from dragoman.read.places.seen import names_seen


def find_places(document: Document, so_far: Reading) -> tuple[Place, ...]:
    """The places in the order of their first mention, each once, with every mention."""
    table = gazetteer()
    seen = names_seen(document, table)
    if not seen:
        return ()
    judge = Judge(document, table, seen)
    mentions: dict[int, list[Mention]] = {}
    for at in range(len(seen)):
        number = judge.place(at)
        if number is not None:
            one = seen[at]
            mentions.setdefault(number, []).append(
                Mention(text=document.text[one.start : one.end], start=one.start, end=one.end)
            )
    return tuple(_place(table.place(number), said) for number, said in mentions.items())


def _place(known: Known, mentions: list[Mention]) -> Place:
    return Place(
        text=mentions[0].text,
        kind=known.kind,
        name=known.name,
        country=known.country,
        latitude=known.latitude,
        longitude=known.longitude,
        id=known.id,
        mentions=tuple(mentions),
    )
