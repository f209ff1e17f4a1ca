"""The transcript as items of ours: one in each language chosen, linked as language versions of the first."""

import hashlib
import html
from collections.abc import Sequence
from datetime import datetime, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk.floor.running import Desk, locked, put, tag
from dragoman.model.errors import BadInput, Conflict, Gone, NotFound, Refused
from dragoman.model.event import Event, Participant
from dragoman.model.item import (
    TRANSLATION_OF,
    Association,
    Block,
    Body,
    Concept,
    Correction,
    Headline,
    Item,
    Original,
    Profile,
)
from dragoman.planning.floor.hall import Hall
from dragoman.planning.floor.rules import moderators
from dragoman.planning.floor.transcript import Paragraph, passages, printed
from dragoman.planning.times import wall_of, zone
from dragoman.store import agencies, audit, filing, items
from dragoman.store import floor as store
from dragoman.store.connect import Connection
from dragoman.store.identity import next_version
from dragoman.store.projects import records
from dragoman.text.counting import count_characters, count_words
from dragoman.text.script import direction


class Wanted(Struct, frozen=True, kw_only=True):
    """One language of the transcript and its headline."""

    language: str
    headline: str


class Publication(Struct, frozen=True, kw_only=True):
    """`versions`: the first is the original, the others are its language versions. `reason`: what is new, where a language
    has been published before."""

    versions: tuple[Wanted, ...]
    credit: str = ""
    slugline: str = ""
    embargoed_until: datetime | None = None
    urgency: int | None = None
    reason: str = ""


class Published(Struct, frozen=True, kw_only=True):
    """The item made; `foreign` passages of it are not translated and say so."""

    language: str
    uri: str
    sequence: int
    foreign: int


class Text(Struct, frozen=True, kw_only=True):
    """The transcript in one language: its lead, its paragraphs, how many passages are not translated."""

    lead: str
    paragraphs: tuple[Paragraph, ...]
    foreign: int


def text_of(conn: Connection, hall: Hall, language: str) -> Text:
    """What would be published now in `language`."""
    found = passages(hall, language, _names(conn, hall, language))
    return Text(
        lead=_lead(hall, language),
        paragraphs=printed(found, language, _tongues(language)),
        foreign=sum(one.foreign for one in found),
    )


def publish(desk: Desk, wanted: Publication) -> list[Published]:
    """File the transcript as items of ours, to go out under our agreements, and leave the floor published.

    Corrections are the items' own afterwards. A language published before gets an update, which needs a reason.

    Raises:
        BadInput: no language or headline is named, or nothing has been answered on the record.
        Refused: we are not the floor's moderators, or it is not closed.
    """
    versions = _checked(wanted.versions)
    with locked(desk) as floor:
        if floor.record.state not in ("closed", "published"):
            raise Refused(
                "Only a closed floor is published",
                f"this one is {floor.record.state}",
                hint=f"`dragoman floor close {desk.id}`.",
            )
        if desk.keyring.agency not in moderators(floor):
            raise Refused("Its moderators publish this floor", ", ".join(moderators(floor)), kept="Nothing was filed.")
        hall = store.read_hall(desk.conn, desk.project, desk.id)
        made = _items(desk, hall, replace(wanted, versions=versions))
        done = _file(desk, made)
        uris = floor.record.transcripts | {one.language: one.uri for one in done}
        put(desk, replace(floor.record, state="published", transcripts=uris))
    return done


def _checked(versions: Sequence[Wanted]) -> tuple[Wanted, ...]:
    found = tuple(replace(one, language=tag(one.language), headline=" ".join(one.headline.split())) for one in versions)
    if not found:
        raise BadInput("Choose a language to publish in", kept="The floor as it was.")
    for one in found:
        if not one.language or not one.headline:
            raise BadInput(
                "Each language needs a headline", one.language or one.headline, kept="What you wrote, in the form."
            )
    if len({one.language for one in found}) != len(found):
        raise BadInput("A language is named twice", ", ".join(one.language for one in found))
    return found


class _Made(Struct, frozen=True, kw_only=True):
    item: Item
    foreign: int


def _items(desk: Desk, hall: Hall, wanted: Publication) -> list[_Made]:
    made: list[_Made] = []
    for one in wanted.versions:
        text = text_of(desk.conn, hall, one.language)
        if not text.paragraphs:
            raise BadInput(
                "Nothing has been answered on the record",
                hint="Write the answers down first.",
                kept="The floor as it was.",
            )
        item = _item(desk, hall, one, text, wanted)
        if made:
            item = _version_of(item, made[0].item, desk.keyring.agency)
        made.append(_Made(item=item, foreign=text.foreign))
    return made


def _item(desk: Desk, hall: Hall, one: Wanted, text: Text, wanted: Publication) -> Item:
    before = _before(desk, hall, one.language)
    if before is not None and not wanted.reason.strip():
        raise BadInput(
            f"The transcript has been published in {one.language} already",
            before.item.uri,
            hint="Say what is new: it goes out as an update. What was wrong is corrected in the item itself.",
        )
    paragraphs = [Paragraph(text=text.lead, language=one.language), *text.paragraphs]
    words = "\n".join(paragraph.text for paragraph in paragraphs)
    created = desk.now
    if before is not None and before.item.version_created is not None and before.item.version_created >= created:
        created = before.item.version_created + timedelta(microseconds=1)
    home = desk.keyring.agency
    return Item(
        uri=before.item.uri if before else _uri(desk, hall, one.language),
        version=next_version(before.item.version, home, home) if before else "1",
        first_created=before.item.first_created if before else desk.now,
        version_created=created,
        content_created=hall.event.record.starts if hall.event else None,
        embargoed_until=wanted.embargoed_until or hall.floor.record.embargoed_until,
        urgency=wanted.urgency,
        language=one.language,
        headlines=(Headline(value=one.headline),),
        slugline=wanted.slugline.strip(),
        located=hall.event.record.venue.city if hall.event else "",
        bodies=(Body(value=_markup(paragraphs), char_count=count_characters(words), word_count=count_words(words)),),
        genres=(Concept(name="transcript"),),
        dragoman=Profile(
            origin=home,
            credit=wanted.credit.strip() or agencies.home(desk.conn).name,
            blocks=tuple(Block(kind="paragraph", text=paragraph.text) for paragraph in paragraphs),
            correction=Correction(kind="update", reason=wanted.reason.strip(), replaces=before.item.version)
            if before
            else None,
        ),
    )


def _before(desk: Desk, hall: Hall, language: str) -> items.Filed | None:
    """Our transcript in this language as it stands; none was published yet, or it was killed."""
    uri = hall.floor.record.transcripts.get(language, "")
    if not uri:
        return None
    try:
        filed = items.find(desk.conn, uri)
        before = items.usable_item(desk.conn, filed)
    except (Gone, NotFound):
        return None
    desk.conn.execute("select from item where id = %s for no key update", (filed.item_id,))
    if filed.state != "usable":
        raise Conflict(f"The transcript is {filed.state}", filed.item.uri, hint="Release it first.")
    assert before.uri == filed.item.uri
    return filed


def _uri(desk: Desk, hall: Hall, language: str) -> str:
    """The id of our transcript in a language. A killed one is not used again."""
    last = hall.floor.record.transcripts.get(language, "")
    name = "\x1f".join((desk.keyring.agency, "floor", desk.project, desk.id, language, last))
    return f"urn:dragoman:{hashlib.sha256(name.encode()).hexdigest()[:40]}"


def _version_of(item: Item, original: Item, home: str) -> Item:
    link = Association(
        name="original",
        rel=TRANSLATION_OF,
        uri=original.uri,
        version=original.version,
        type=original.type,
        language=original.language,
    )
    named = Original(origin=home, uri=original.uri, version=original.version, language=original.language)
    return replace(item, associations=(link,), dragoman=replace(item.ours, translation_of=named))


def _file(desk: Desk, made: Sequence[_Made]) -> list[Published]:
    home = desk.keyring.agency
    filings = [filing.Filing(item=one.item, origin=home, agency=home, received=desk.now, by=desk.by) for one in made]
    done: list[Published] = []
    for one, outcome in zip(made, filing.file(desk.conn, filings, desk.now), strict=True):
        if outcome.sequence is None:
            raise Conflict("Somebody else changed the transcript just now", one.item.uri, hint="Look at it again.")
        audit.record(desk.conn, desk.by, "transcript published", one.item.uri, floor=desk.id, project=desk.project)
        done.append(
            Published(language=one.item.language, uri=one.item.uri, sequence=outcome.sequence, foreign=one.foreign)
        )
    return done


def _markup(paragraphs: Sequence[Paragraph]) -> str:
    """Body HTML; a paragraph in another language than the first says which, and which way it runs."""
    return "\n".join(_element(one, paragraphs[0].language) for one in paragraphs)


def _element(one: Paragraph, language: str) -> str:
    said = "<br>".join(html.escape(line, quote=False) for line in one.text.split("\n"))
    if one.language == language or not one.language:
        return f"<p>{said}</p>"
    return f'<p lang="{html.escape(one.language)}" dir="{direction(one.language)}">{said}</p>'


def _lead(hall: Hall, language: str) -> str:
    """What the floor was, where and when."""
    if hall.event is None:
        return hall.id
    event: Event = hall.event.record
    where = [event.venue.line] if event.venue.line else []
    day = event.starts if event.all_day else wall_of(event.starts, zone(event.place_zone))
    said = format_date(day, format="long", locale=_locale(language))
    return f"{event.title(language) or hall.id}. {', '.join((*where, said))}."


def _names(conn: Connection, hall: Hall, language: str) -> dict[str, str]:
    known = {one.code: one.name for one in agencies.agencies(conn)}
    people = records(conn, Participant, project=hall.project, parents=[hall.id])
    return known | {one.record.name: one.record.names.get(language, one.record.name) for one in people}


def _tongues(language: str) -> dict[str, str]:
    return dict(_locale(language).languages)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
