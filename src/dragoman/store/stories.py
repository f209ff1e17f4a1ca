"""Stories as the newsroom sees them, and what editors decide about them: it binds the linker.

Every decision is written to the audit. Of killed and held items nothing is shown; killed ones are in no story any more.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.link.narrative.told import Telling
from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.model.item import Item
from dragoman.model.reading import Reading
from dragoman.model.version import ItemState
from dragoman.read.reading import plain_text
from dragoman.store import audit, linking
from dragoman.store.connect import Connection
from dragoman.store.linking import Because

LONGEST_TITLE = 200
MOST_MEMBERS = 5_000
_item = msgspec.json.Decoder(Item)
_reading = msgspec.json.Decoder(Reading)
_reasons = msgspec.json.Decoder(tuple[tuple[str, float], ...])


class Story(Struct, frozen=True, kw_only=True):
    """`title` is an editor's, empty without one; `headlines` are the newest of its usable items in each language."""

    id: int
    opened: datetime
    latest: datetime
    title: str
    titled_by: str
    items: int
    languages: tuple[str, ...]
    agencies: tuple[str, ...]
    headlines: dict[str, str]

    def name(self, language: str) -> str:
        """What the story is called for a reader of this language."""
        return self.title or self.headlines.get(self.spoken(language), "")

    def spoken(self, language: str) -> str:
        """The language of the headline that stands for it there: this one, else that of the newest; empty where there is none."""
        return language if language in self.headlines else next(iter(self.headlines), "")


class Member(Struct, frozen=True, kw_only=True):
    """An item of a story: how like it is to the others (0 to 1), by which features, who put it there (empty: the linker).
    `headline` is empty where it is held."""

    item: int
    sequence: int
    story: int
    agency: str
    language: str
    state: ItemState
    received: datetime
    headline: str
    likeness: float
    reasons: tuple[tuple[str, float], ...]
    because: Because
    by: str


class Part(Struct, frozen=True):
    """An item's story, for a list of items: how many usable items it has, in which languages."""

    story: int
    items: int
    languages: tuple[str, ...] = ()


_MEMBERS = (
    "select s.item, v.sequence, s.story, a.code, v.language, i.state, v.received, p.item, s.likeness, s.reasons, s.because,"
    " s.by from story_item s join item i on i.id = s.item join version v on v.sequence = i.current"
    " join agency a on a.id = v.origin left join payload p on p.sequence = v.sequence and p.at = v.received"
    " where i.state not in ('killed', 'expunged')"
)


def _member(row: tuple[object, ...]) -> Member:
    item, sequence, story, agency, language, state, received, payload, likeness, reasons, because, by = row
    headline = _item.decode(payload).headline if state == "usable" and payload else ""  # type: ignore[arg-type]
    return Member(
        item=item,  # type: ignore[arg-type]  # as selected, here and below
        sequence=sequence,  # type: ignore[arg-type]
        story=story,  # type: ignore[arg-type]
        agency=str(agency),
        language=str(language),
        state=state,  # type: ignore[arg-type]
        received=received,  # type: ignore[arg-type]
        headline=headline,
        likeness=round(likeness, 4),  # type: ignore[call-overload]
        reasons=_reasons.decode(reasons) if state == "usable" else (),  # type: ignore[arg-type]
        because=because,  # type: ignore[arg-type]
        by=str(by),
    )


def members(conn: Connection, story: int) -> list[Member]:
    """The items of a story, in the order in which they came."""
    rows = conn.execute(_MEMBERS + " and s.story = %s order by s.at, s.item limit %s", (story, MOST_MEMBERS))
    return [_member(row) for row in rows]


def of_item(conn: Connection, item: int) -> Member | None:
    """The item as a member of its story; None where it is in none (yet)."""
    row = conn.execute(_MEMBERS + " and s.item = %s", (item,)).fetchone()
    return _member(row) if row else None


def parts(conn: Connection, items: Sequence[int]) -> dict[int, Part]:
    """The stories of these items, by item; who is in none, or alone in one, is left out."""
    rows = conn.execute(
        "select mine.item, mine.story, count(*), array_agg(distinct split_part(v.language, '-', 1)) from story_item mine"
        " join story_item s on s.story = mine.story join item i on i.id = s.item join version v on v.sequence = i.current"
        " where mine.item = any(%s) and i.state = 'usable'"
        " group by mine.item, mine.story having count(*) > 1",
        (list(items),),
    )
    return {item: Part(story, count, tuple(languages)) for item, story, count, languages in rows}


def find(conn: Connection, number: int) -> Story:
    """The story of this number, or the one that it is part of now.

    Raises:
        NotFound: there is none.
    """
    row = conn.execute(
        "with recursive now (id, merged_into) as (select id, merged_into from story where id = %s"
        "   union select s.id, s.merged_into from now n join story s on s.id = n.merged_into)"
        " select id from now where merged_into is null",
        (number,),
    ).fetchone()
    found = _stories(conn, [row[0]]) if row else []
    if not found:
        raise NotFound(f"There is no story {number}", hint="`dragoman story list` shows the latest.")
    return found[0]


def latest(conn: Connection, *, limit: int = 50, before: datetime | None = None, least: int = 2) -> list[Story]:
    """The stories with the newest items, those with at least `least` of them."""
    rows = conn.execute(
        "select s.id from story s where s.merged_into is null and (%s::timestamptz is null or s.latest < %s) and (select"
        " count(*) from story_item m join item i on i.id = m.item where m.story = s.id and i.state = 'usable') >= %s"
        " order by s.latest desc, s.id desc limit %s",
        (before, before, least, limit),
    )
    return _stories(conn, [row[0] for row in rows])


def _stories(conn: Connection, numbers: Sequence[int]) -> list[Story]:
    rows = conn.execute(
        _MEMBERS.replace("select s.item", "select distinct on (s.story, v.language) s.item")
        + " and i.state = 'usable' and s.story = any(%s) order by s.story, v.language, v.received desc",
        (list(numbers),),
    )
    headlines: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for one in sorted(map(_member, rows), key=lambda one: one.received, reverse=True):
        headlines[one.story].setdefault(one.language.split("-")[0], one.headline)
    rows = conn.execute(
        "select s.id, s.opened, s.latest, s.title, s.titled_by, count(i.id), coalesce(array_agg(distinct a.code) filter"
        " (where a.code is not null), '{}') from story s left join story_item m on m.story = s.id"
        " left join item i on i.id = m.item and i.state = 'usable' left join version v on v.sequence = i.current"
        " left join agency a on a.id = v.origin where s.id = any(%s) group by s.id",
        (list(numbers),),
    )
    found = {
        row[0]: Story(
            id=row[0],
            opened=row[1],
            latest=row[2],
            title=row[3],
            titled_by=row[4],
            items=row[5],
            languages=tuple(sorted(headlines[row[0]])),
            agencies=tuple(row[6]),
            headlines=headlines[row[0]],
        )
        for row in rows
    }
    return [found[number] for number in numbers if number in found]


def tellings(conn: Connection, story: int) -> list[Telling]:
    """Every version of every item of a story, killed ones without a word, for the narrative."""
    rows = conn.execute(
        "select v.sequence, s.item, a.code, v.received, v.language, v.act, i.state, p.item, r.body from story_item s"
        " join item i on i.id = s.item join version v on v.item = s.item join agency a on a.id = v.origin"
        " left join payload p on p.sequence = v.sequence and p.at = v.received left join reading r on r.sequence = v.sequence"
        " where s.story = %s order by v.sequence limit %s",
        (story, MOST_MEMBERS),
    )
    return [_telling(*row) for row in rows]


def _telling(
    sequence: int,
    item: int,
    agency: str,
    received: datetime,
    language: str,
    act: str,
    state: str,
    payload: bytes | None,
    reading: bytes | None,
) -> Telling:
    copy = _item.decode(payload) if payload and state == "usable" else Item(uri="")
    return Telling(
        sequence=sequence,
        item=str(item),
        agency=agency,
        received=received,
        language=language,
        act=act,  # type: ignore[arg-type]  # as selected
        headline=copy.headline,
        text=plain_text(copy) if copy.uri else "",
        reading=_reading.decode(reading) if reading and copy.uri else Reading(version=0),
    )


# what editors decide


def rename(conn: Connection, story: int, title: str, by: str) -> None:
    """The story is called so; with an empty title its headlines stand for it again.

    Raises:
        BadInput: the title is too long.
        NotFound: there is no such story.
    """
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        raise BadInput(f"The title is longer than {LONGEST_TITLE} characters", hint="Make it shorter.")
    number = find(conn, story).id
    conn.execute("update story set title = %s, titled_by = %s where id = %s", (title, by if title else "", number))
    audit.record(conn, by, "story renamed", str(number), title=title)


def accept(conn: Connection, item: int, by: str) -> None:
    """The item belongs where it is: no machine moves it.

    Raises:
        NotFound: the item is in no story.
    """
    linking.turn(conn)
    story = _story_of(conn, item)
    conn.execute("update story_item set by = %s, because = 'editor' where item = %s", (by, item))
    _tell(conn, [item])
    audit.record(conn, by, "item stays in its story", str(item), story=story)


def reject(conn: Connection, item: int, by: str) -> int:
    """The item does not belong where it is, and never comes back there by itself: it has a story of its own, whose number is
    returned.

    Raises:
        NotFound: the item is in no story.
        Conflict: it is alone there.
    """
    linking.turn(conn)
    story = _story_of(conn, item)
    if len(_items(conn, story)) == 1:
        raise Conflict(f"Item {item} is alone in its story", hint="There is nothing to take it out of.")
    conn.execute("insert into story_rejected values (%s, %s, %s) on conflict do nothing", (item, story, by))
    new = _moved(conn, [item], linking.next_story(conn), "")
    _tell(conn, [None, item])
    audit.record(conn, by, "item taken out of a story", str(item), story=story, new=new)
    return new


def move(conn: Connection, item: int, story: int, by: str) -> int:
    """The item belongs to this story, and stays there. The story's number as it is now.

    Raises:
        NotFound: there is no such story, or the item is in none yet.
    """
    linking.turn(conn)
    before, target = _story_of(conn, item), find(conn, story).id
    conn.execute("delete from story_rejected where item = %s and story = %s", (item, target))
    _moved(conn, [item], target, by)
    _tell(conn, [None, item])
    audit.record(conn, by, "item put into a story", str(item), story=target, before=before)
    return target


def merge(conn: Connection, story: int, into: int, by: str) -> int:
    """The two are one, under the second number, and its items stay together. That number as it is now.

    Raises:
        NotFound: there is no such story.
        BadInput: they are one already.
    """
    linking.turn(conn)
    gone, target = find(conn, story).id, find(conn, into).id
    if gone == target:
        raise BadInput(f"{story} and {into} are one story already")
    items = _items(conn, gone)
    conn.execute("delete from story_apart where one = least(%s, %s) and other = greatest(%s, %s)", (gone, target) * 2)
    _moved(conn, items, target, by)
    conn.execute("update story_item set by = %s where story = %s and by = ''", (by, target))
    conn.execute("update story set merged_into = %s where id = %s", (target, gone))
    linking.decisions_follow(conn, gone, target)
    _tell(conn, [None, *_items(conn, target)])
    audit.record(conn, by, "stories merged", str(target), story=gone, items=len(items))
    return target


def split(conn: Connection, story: int, items: Sequence[int], by: str) -> int:
    """These items are a story of their own; the two are never merged by a machine. The number of the new one.

    Raises:
        NotFound: there is no such story.
        BadInput: none or all of its items are named, or one that is not in it.
    """
    linking.turn(conn)
    number = find(conn, story).id
    among = set(_items(conn, number))
    chosen = sorted(set(items))
    if not chosen or not among.issuperset(chosen) or len(chosen) == len(among):
        raise BadInput(
            f"Story {number} cannot be split so",
            f"it has {len(among)} items; {len(chosen)} were named",
            hint="Name some of its items, not all, and no others.",
        )
    new = _moved(conn, chosen, linking.next_story(conn), by)
    conn.execute("insert into story_apart values (least(%s, %s), greatest(%s, %s), %s)", (number, new, number, new, by))
    conn.execute("update story_item set by = %s where story = %s and by = ''", (by, number))
    _tell(conn, [None, *among])
    audit.record(conn, by, "story split", str(number), new=new, items=chosen)
    return new


def _story_of(conn: Connection, item: int) -> int:
    row = conn.execute("select story from story_item where item = %s", (item,)).fetchone()
    if row is None:
        raise NotFound(
            f"Item {item} is in no story",
            hint="What was filed a moment ago is linked within seconds; killed copy is in none.",
        )
    return int(row[0])


def _items(conn: Connection, story: int) -> list[int]:
    return [row[0] for row in conn.execute("select item from story_item where story = %s order by item", (story,))]


def _moved(conn: Connection, items: Sequence[int], story: int, by: str) -> int:
    conn.execute(
        "insert into story (id, latest) select %s, max(at) from story_item where item = any(%s)"
        " on conflict (id) do update set latest = greatest(story.latest, excluded.latest)",
        (story, list(items)),
    )
    conn.execute(
        "update story_item set story = %s, likeness = 0, reasons = '[]', because = 'editor', by = %s where item = any(%s)",
        (story, by, list(items)),
    )
    return story


def _tell(conn: Connection, items: Sequence[int | None]) -> None:
    """Have the linker look at these again; None: at what was decided against."""
    conn.execute("insert into story_change (item) select unnest(%s::bigint[])", (list(items),))
