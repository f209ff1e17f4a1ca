"""The translation desk: drafts kept, two people, corrections of the original, and a version of our own at the end."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.desk import copy as copy_desk
from dragoman.desk import translations as desk
from dragoman.desk.translated import desk_of, lines
from dragoman.model.errors import BadInput, Conflict, Gone, NotFound, Refused, TooLarge
from dragoman.model.item import Block, Body, Concept, Correction, Dateline, Headline, Item, Profile
from dragoman.store import audit, families, items, translations
from dragoman.text.markup import html_of_blocks
from dragoman.text.segments import Written
from newsdesk import Newsroom, copy, tombstone

HEADLINE = "Harbour to open in July"
LEAD = "The new harbour will open in July, the city council said on Monday."
SHIPS = "It has room for 40 ships and two ferries."
OURS = {
    "headline": "Le port ouvrira en juillet",
    "p1": "Le nouveau port ouvrira en juillet.",
    "p2": "Il accueille 40 navires.",
}


def harbour(version: str = "1", lead: str = LEAD, ships: str = SHIPS, uri: str = "adr:harbour", **more: object) -> Item:
    blocks = (Block(kind="paragraph", text=lead), Block(kind="quote", text=ships))
    usual = {
        "headlines": (Headline(value=HEADLINE),),
        "bodies": (Body(value=html_of_blocks(blocks)),),
        "dragoman": Profile(blocks=blocks),
        "slugline": "harbour-open",
        "urgency": 4,
        "subjects": (Concept(name="transport", uri="medtop:20000337"),),
    }
    return copy(uri, version, **(usual | more))


class Room:
    """The desk of one item: what was said by whom, in as few words as it takes."""

    def __init__(self, newsroom: Newsroom, uri: str = "adr:harbour", origin: str = "ADR") -> None:
        self.newsroom, self.conn = newsroom, newsroom.conn
        self.item = newsroom.item(uri, origin).item_id

    def start(self, language: str = "fr", by: str = "nino") -> translations.Translation:
        return desk.start(self.conn, self.item, language, by, datetime.now(UTC))

    def save(self, by: str = "nino", language: str = "fr", **targets: str) -> desk.Saved:
        stamps = {one.id: one.stamp for one in self.work(language).segments}
        written = [Written(id=name, target=text, seen=stamps[name]) for name, text in targets.items()]
        return desk.save(self.conn, self.item, language, written, by=by, now=datetime.now(UTC))

    def ready(self, by: str = "nino", language: str = "fr") -> translations.Translation:
        return desk.ready(self.conn, self.item, language, by, datetime.now(UTC))

    def publish(self, by: str = "olga", language: str = "fr", **more: str) -> items.Filed:
        done = desk.publish(self.conn, self.item, language, by, datetime.now(UTC), **more)  # type: ignore[arg-type]
        return items.version(self.conn, done.sequence)

    def take_over(self, by: str = "nino") -> translations.Translation:
        return desk.take_over(self.conn, self.item, "fr", by=by, now=datetime.now(UTC))

    def work(self, language: str = "fr") -> translations.Translation:
        return translations.translation(self.conn, self.item, language)

    def done(self, **more: str) -> items.Filed:
        """Translated by Nino, published by Olga."""
        self.start()
        self.save(**OURS)
        self.ready()
        return self.publish(**more)


@pytest.fixture
def room(newsroom: Newsroom) -> Room:
    newsroom.filed(harbour())
    return Room(newsroom)


# ---------------------------------------------------------------------------------------------- a draft


def test_a_translation_begins_with_headline_and_every_paragraph_in_its_kind_and_no_text(room: Room) -> None:
    one = room.start()
    assert [(each.id, each.kind, each.target) for each in one.segments] == [
        ("headline", "headline", ""),
        ("p1", "paragraph", ""),
        ("p2", "quote", ""),
    ]
    assert audit.entries(room.conn, about="adr:harbour")[0].act == "translation started"
    assert room.start(by="olga").id == one.id


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_nobody_translates_an_item_into_its_own_language(room: Room, language: str) -> None:
    with pytest.raises(BadInput, match="written in that language"):
        room.start(language)


@pytest.mark.parametrize("language", ["", "no such tongue", "../fr"])
def test_what_is_no_language_is_refused(room: Room, language: str) -> None:
    with pytest.raises(BadInput):
        room.start(language)
    with pytest.raises(NotFound):
        room.work("fr")


def test_a_draft_is_kept_as_it_is_written_and_says_who_wrote(room: Room) -> None:
    room.start()
    room.save(headline="Le port")
    one = room.save(by="olga", p1="Le nouveau port.").translation
    assert [each.target for each in one.segments] == ["Le port", "Le nouveau port.", ""]
    assert (one.writers, one.changed_by, one.counter) == (("nino", "olga"), "olga", 3)


def test_two_who_write_the_same_paragraph_both_keep_their_words(room: Room) -> None:
    empty = room.start().segments[1].stamp
    room.save(p1="Nino's.")
    late = [Written(id="p1", target="Olga's.", seen=empty), Written(id="p2", target="Olga's quote.", seen=empty)]
    saved = desk.save(room.conn, room.item, "fr", late, by="olga", now=datetime.now(UTC))
    assert [each.target for each in saved.translation.segments] == ["", "Nino's.", "Olga's quote."]
    assert [(clash.mine, clash.theirs) for clash in saved.clashes] == [("Olga's.", "Nino's.")]
    assert [(one.by, one.text) for one in translations.asides(room.conn, saved.translation.id)] == [("olga", "Olga's.")]
    room.save(by="olga", p1="Both together.")
    assert translations.asides(room.conn, saved.translation.id) == []


def test_a_paragraph_nobody_can_mean_is_refused_and_the_draft_stays(room: Room) -> None:
    room.start()
    room.save(p1="Kept.")
    with pytest.raises(TooLarge):
        room.save(p1="x" * 200_001)
    assert room.work().segments[1].target == "Kept."


def test_who_else_has_it_open_is_said_and_those_who_left_are_not(room: Room) -> None:
    number, now = room.start().id, datetime.now(UTC)
    assert translations.opened(room.conn, number, "nino", now - timedelta(minutes=2)) == []
    assert [one.person for one in translations.opened(room.conn, number, "olga", now)] == ["nino"]
    translations.left(room.conn, number, "nino")
    assert translations.opened(room.conn, number, "olga", now) == []
    translations.opened(room.conn, number, "nino", now - timedelta(minutes=9))
    assert translations.opened(room.conn, number, "olga", now) == []


# ---------------------------------------------------------------------------------------------- two people


def test_a_second_person_publishes_and_it_is_an_item_of_ours_in_that_language(room: Room) -> None:
    found = room.done()
    item = found.item
    assert (found.version.origin, found.version.agency, found.by, found.version.act) == (
        "ADR",
        "ADR",
        "olga",
        "publish",
    )
    assert (item.language, item.headline, item.version, item.slugline, item.urgency) == (
        "fr",
        OURS["headline"],
        "1",
        "harbour-open",
        4,
    )
    assert item.bodies[0].value == f"<p>{OURS['p1']}</p>\n<blockquote>{OURS['p2']}</blockquote>"
    assert item.subjects[0].uri == "medtop:20000337"
    said = item.ours.translation_of
    assert said
    assert (said.origin, said.uri, said.version, said.language) == ("ADR", "adr:harbour", "1", "en")
    assert [one.language for one in families.family(room.conn, room.item)] == ["en", "fr"]
    one = room.work()
    assert (one.state, one.target, one.reviewer, one.writers) == ("published", found.item_id, "olga", ())


def test_nobody_publishes_what_is_not_ready_nor_what_they_have_written(room: Room) -> None:
    room.start()
    room.save(**OURS)
    with pytest.raises(Conflict, match="not ready"):
        room.publish()
    room.ready()
    with pytest.raises(Refused, match="second person"):
        room.publish(by="nino")
    assert room.work().state == "ready"


def test_whoever_mends_a_word_while_reviewing_has_written_it_and_the_first_reviews(room: Room) -> None:
    room.start()
    room.save(**OURS)
    room.ready()
    room.save(by="olga", p2="Il accueille 40 navires et deux bacs.")
    assert room.work().state == "draft"
    room.ready(by="olga")
    for person in ("nino", "olga"):
        with pytest.raises(Refused):
            room.publish(by=person)
    assert room.publish(by="rustam").by == "rustam"


def test_one_person_suffices_where_the_agency_has_said_so(room: Room) -> None:
    translations.set_eyes(room.conn, 1)
    room.start()
    room.save(**OURS)
    assert room.publish(by="nino").by == "nino"


def test_a_translation_is_returned_with_a_note_by_somebody_else(room: Room) -> None:
    room.start()
    room.save(**OURS)
    room.ready()
    now = datetime.now(UTC)
    with pytest.raises(BadInput):
        desk.send_back(room.conn, room.item, "fr", " ", by="olga", now=now)
    with pytest.raises(Refused):
        desk.send_back(room.conn, room.item, "fr", "Not good.", by="nino", now=now)
    back = desk.send_back(room.conn, room.item, "fr", "The quote is too free.", by="olga", now=now)
    assert (back.state, back.note, back.reviewer) == ("returned", "The quote is too free.", "olga")
    with pytest.raises(Conflict):
        desk.send_back(room.conn, room.item, "fr", "Again.", by="olga", now=now)
    room.save(p2="Quarante navires.")
    assert room.work().state == "returned"
    room.ready()
    assert room.publish().item.language == "fr"


def test_what_is_missing_is_named_and_blocks(room: Room) -> None:
    room.start()
    room.save(headline="Le <b>port</b>", p1="Le port.")
    with pytest.raises(BadInput) as error:
        room.ready()
    assert error.value.detail == "headline: markup, p2: empty"
    assert error.value.kept == "The draft."


# ---------------------------------------------------------------------------------------------- what binds the original


def _take(newsroom: Newsroom, **clauses: object) -> Room:
    newsroom.agree("ADR", giver="ORI", **clauses)
    newsroom.filed(harbour(uri="ori:1", usage_terms="Not for archives."), origin="ORI")
    return Room(newsroom, "ori:1", "ORI")


def test_a_partners_copy_is_translated_only_where_the_clause_allows_it_and_the_clause_is_named(
    newsroom: Newsroom,
) -> None:
    room = _take(newsroom, translation=False)
    with pytest.raises(Refused) as error:
        room.start()
    assert "§ translation: not allowed (ORI-ADR with ORI)" in error.value.detail
    assert not desk_of(room.conn, room.item, "fr", now=datetime.now(UTC)).leave


def test_leave_that_is_taken_back_stops_the_publication_and_the_draft_is_kept(newsroom: Newsroom) -> None:
    room = _take(newsroom)
    room.start()
    room.save(**OURS)
    room.ready()
    newsroom.agree("ADR", giver="ORI", revision=2, translation=False)
    with pytest.raises(Refused):
        room.publish()
    assert room.work().state == "ready"


def test_credit_restrictions_and_the_way_it_came_travel_with_the_translation(newsroom: Newsroom) -> None:
    room = _take(newsroom, credit={"fr": "Agence Oriel", "*": "Oriel"}, onward=True)
    newsroom.agree("VAL", languages=("fr",))
    newsroom.agree("ORI", languages=("fr",))
    newsroom.channel("VAL")
    found = room.done()
    item = found.item
    assert (item.ours.credit, item.usage_terms, item.copyright_holder) == (
        "Agence Oriel",
        "Not for archives.",
        "Oriel Agency",
    )
    assert [hop.agency for hop in item.ours.hops] == ["ORI"]
    assert {right.agency for right in items.rights(room.conn, found.version.sequence)} == {"VAL"}


def test_a_translation_of_what_may_not_go_on_stays_here(newsroom: Newsroom) -> None:
    room = _take(newsroom)
    newsroom.agree("VAL")
    assert items.rights(room.conn, room.done().version.sequence) == []


def test_the_translation_of_embargoed_copy_is_made_ahead_and_held_as_long(newsroom: Newsroom) -> None:
    newsroom.agree("ADR", giver="ORI", onward=True)
    newsroom.agree("VAL")
    newsroom.channel("VAL")
    lifts = datetime.now(UTC) + timedelta(hours=3)
    newsroom.filed(harbour(uri="ori:1", embargoed_until=lifts), origin="ORI")
    found = Room(newsroom, "ori:1", "ORI").done()
    assert found.embargoed_until == lifts
    assert newsroom.deliver() == []


def test_the_dateline_is_translated_and_keeps_its_meaning(newsroom: Newsroom) -> None:
    line = Dateline(text="BAKU, May 3 (Adrian) -", place="BAKU", country="AZ", day=3, month=5)
    blocks = (Block(kind="paragraph", text=LEAD),)
    newsroom.filed(harbour(bodies=(), dragoman=Profile(blocks=blocks, dateline=line)))
    room = Room(newsroom)
    room.start()
    room.save(headline="Le port", dateline="BAKOU, 3 mai (Adrian) –", p1="Le port ouvrira.")
    room.ready()
    item = room.publish().item
    assert item.bodies[0].value == "<p>BAKOU, 3 mai (Adrian) – Le port ouvrira.</p>"
    got = item.ours.dateline
    assert got
    assert (got.text, got.country, got.day, got.month) == ("BAKOU, 3 mai (Adrian) –", "AZ", 3, 5)


@pytest.mark.parametrize(
    ("language", "line", "ours"),
    [
        ("fr", Dateline(text="BAKU, May 3 -", place="BAKU", day=3, month=5), "Bakou, 3 mai –"),
        (
            "ru",
            Dateline(text="BAKU, May 3 (TASS) -", place="BAKU", day=3, month=5, agency="TASS"),
            "БАКУ, 3 мая. /ТАСС/.",
        ),
        ("fr", Dateline(text="QARABULAQ, May 3 -", place="QARABULAQ", day=3, month=5), ""),
        ("fr", Dateline(text="Berlin (dpa) -", place="Berlin", agency="dpa"), ""),
        ("tr", Dateline(text="BAKU, May 3 -", place="BAKU", day=3, month=5), ""),
    ],
)
def test_the_dateline_is_there_in_our_language_before_anybody_has_begun(
    newsroom: Newsroom, language: str, line: Dateline, ours: str
) -> None:
    blocks = (Block(kind="paragraph", text=LEAD),)
    newsroom.filed(harbour(bodies=(), dragoman=Profile(blocks=blocks, dateline=line)))
    segments = Room(newsroom).start(language).segments
    assert {one.id: one.target for one in segments} == {"headline": "", "dateline": ours, "p1": ""}


def test_an_item_without_blocks_of_ours_is_translated_by_what_its_body_holds(newsroom: Newsroom) -> None:
    newsroom.filed(copy())
    one = Room(newsroom, "adr:bridge").start()
    assert [(each.kind, each.source) for each in one.segments] == [
        ("headline", "Bridge, version 1"),
        ("paragraph", "The old bridge reopens."),
    ]


def test_while_the_original_is_held_what_is_written_is_kept_and_nothing_of_it_is_shown(room: Room) -> None:
    empty = room.start().segments[1].stamp
    room.save(p1="Nino's.")
    copy_desk.hold(room.conn, "adr:harbour", "Being checked.", by="leyla", now=datetime.now(UTC))
    late = [Written(id="p1", target="Olga's.", seen=empty), Written(id="p2", target="Olga's quote.", seen=empty)]
    saved = desk.save(room.conn, room.item, "fr", late, by="olga", now=datetime.now(UTC))
    assert saved.clashes == ()
    assert room.work().segments[2].target == "Olga's quote."
    assert desk_of(room.conn, room.item, "fr", now=datetime.now(UTC)).segments == ()
    assert len(translations.asides(room.conn, room.work().id)) == 1


def test_held_and_killed_copy_is_not_translated_and_the_draft_is_kept(room: Room) -> None:
    room.start()
    room.save(**OURS)
    room.ready()
    now = datetime.now(UTC)
    copy_desk.hold(room.conn, "adr:harbour", "Being checked.", by="leyla", now=now)
    with pytest.raises(Refused, match="held"):
        room.publish()
    assert desk_of(room.conn, room.item, "fr", now=now).segments == ()
    copy_desk.kill(room.conn, "adr:harbour", "Untrue.", by="leyla", now=now)
    copy_desk.kill(room.conn, "adr:harbour", "Untrue.", by="rustam", now=now)
    with pytest.raises(Gone):
        room.publish()
    with pytest.raises(Gone):
        room.start("ar")


# ---------------------------------------------------------------------------------------------- the original is corrected


def test_a_correction_of_the_original_marks_what_has_changed_and_only_that_is_done_again(room: Room) -> None:
    first = room.done()
    room.newsroom.filed(harbour("2", ships="It has room for 42 ships and two ferries."))
    (line,) = lines(room.conn)
    assert (line.waits, line.changes) == ("changed", 1)
    work = room.take_over()
    assert [(one.target, one.was) for one in work.segments] == [
        (OURS["headline"], ""),
        (OURS["p1"], ""),
        (OURS["p2"], SHIPS),
    ]
    with pytest.raises(BadInput, match="missing"):
        room.ready()
    room.save(p2="Il accueille 42 navires.")
    room.ready()
    with pytest.raises(BadInput, match="what was wrong"):
        room.publish()
    found = room.publish(reason="Les navires sont 42, non 40.")
    assert (found.item_id, found.item.version, found.version.act) == (first.item_id, "2", "correct")
    said = found.item.ours
    assert said.translation_of
    assert said.translation_of.version == "2"
    assert said.correction == Correction(kind="correction", reason="Les navires sont 42, non 40.", replaces="1")
    assert lines(room.conn)[0].waits == "published"


def test_a_paragraph_whose_translation_still_holds_is_accepted_without_writing_it_again(room: Room) -> None:
    room.done()
    room.newsroom.filed(harbour("2", lead="The new harbour will open in July, the council said on Monday."))
    room.take_over()
    kept = [Written(id="p1", target=OURS["p1"], seen=room.work().segments[1].stamp, accepted=True)]
    desk.save(room.conn, room.item, "fr", kept, by="nino", now=datetime.now(UTC))
    room.ready()
    with pytest.raises(BadInput, match="Nothing is changed"):
        room.publish(reason="The original was corrected.")


def test_a_stale_translation_is_not_published_over_a_newer_original(room: Room) -> None:
    room.start()
    room.save(**OURS)
    room.ready()
    room.newsroom.filed(harbour("2", ships="It has room for 42 ships and two ferries."))
    with pytest.raises(Conflict, match="changed since"):
        room.publish()


def test_a_newer_version_without_other_words_changes_no_translation(room: Room) -> None:
    room.done()
    room.newsroom.filed(harbour("2", urgency=2))
    assert lines(room.conn)[0].waits == "published"
    assert room.take_over().state == "published"


def test_what_is_gone_from_the_original_is_kept_aside(room: Room) -> None:
    room.done()
    blocks = (Block(kind="paragraph", text=LEAD),)
    room.newsroom.filed(harbour("2", bodies=(Body(value=html_of_blocks(blocks)),), dragoman=Profile(blocks=blocks)))
    work = room.take_over()
    assert [one.id for one in work.segments] == ["headline", "p1"]
    assert [one.text for one in translations.asides(room.conn, work.id)] == [OURS["p2"]]


def test_a_killed_version_is_followed_by_one_under_another_id(room: Room) -> None:
    first, now = room.done(), datetime.now(UTC)
    copy_desk.kill(room.conn, first.item.uri, "A wrong word.", by="leyla", now=now)
    with pytest.raises(Conflict):
        room.publish()
    room.save(p2="40 navires.")
    room.ready()
    with pytest.raises(Refused, match="held"):
        room.publish()
    copy_desk.kill(room.conn, first.item.uri, "A wrong word.", by="rustam", now=now)
    again = room.publish()
    assert (again.item.version, again.item.uri == first.item.uri) == ("1", False)


# ---------------------------------------------------------------------------------------------- it goes out, and comes back


def test_the_translation_reaches_those_who_have_agreed_to_it_and_dies_with_its_original(newsroom: Newsroom) -> None:
    newsroom.agree("VAL", languages=("fr",))
    newsroom.channel("VAL")
    newsroom.agree("ADR", giver="ORI", onward=True)
    newsroom.filed(harbour(uri="ori:1"), origin="ORI")
    room = Room(newsroom, "ori:1", "ORI")
    room.done()
    assert [(a.partner, a.act) for a in newsroom.deliver()] == [("VAL", "publish")]
    newsroom.filed(tombstone(harbour("2", uri="ori:1")), origin="ORI")
    assert [(a.partner, a.act) for a in newsroom.deliver()] == [("VAL", "kill")]
    assert newsroom.seen_by("VAL")[0][1:] == ("kill", "")


def test_the_queue_says_what_waits_for_whom(room: Room) -> None:
    room.start("fr")
    room.start("ar")
    room.save(language="ar", headline="الميناء")
    room.start("de")
    room.save(language="de", headline="Der Hafen", p1="Der Hafen.", p2="40 Schiffe.", by="olga")
    room.ready(by="olga", language="de")
    assert [(one.translation.language, one.waits) for one in lines(room.conn)] == [
        ("de", "ready"),
        ("fr", "waiting"),
        ("ar", "draft"),
    ]
    assert [one.translation.language for one in lines(room.conn, person="olga")] == ["de"]
    assert [one.translation.language for one in lines(room.conn, language="ar")] == ["ar"]
    held = msgspec.structs.replace(tombstone(harbour("2")), pub_status="withheld")
    room.newsroom.filed(held)
    assert {one.headline for one in lines(room.conn)} == {""}
