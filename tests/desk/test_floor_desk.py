"""A round table held between two nodes: asked there, accepted and answered here, read there; and published as items."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from dragoman.desk import copy, projects
from dragoman.desk.floor import asking, guests, listing, moderating, publishing, running
from dragoman.desk.floor.running import Desk, Settings
from dragoman.model.errors import BadInput, Conflict, NotAccepted, NotFound, Refused, TooLarge, TooOften
from dragoman.model.event import Event, Participant, Venue
from dragoman.model.project import Project
from dragoman.planning.floor.hall import Asked, Hall
from dragoman.store import floor as store
from dragoman.store import items
from letter_node import Node

NOW = datetime.now(UTC)
PROJECT, TABLE = "ADR:harbour-forum", "round-table"


class Table:
    """One node's part in the round table; the clock goes on by a second with every act."""

    seconds = 0

    def __init__(self, node: Node, by: str) -> None:
        self.node, self.by = node, by

    def desk(self) -> Desk:
        Table.seconds += 1
        now = NOW + timedelta(seconds=Table.seconds)
        return Desk(conn=self.node.conn, keyring=self.node.keyring, project=PROJECT, id=TABLE, by=self.by, now=now)

    def asks(self, text: str, name: str = "", *, who: str = "", address: str = "", **more: object) -> str:
        home = self.node.home
        asker = asking.Asker(who=who or f"person {name or self.by}", name=name or self.by, agency=home)
        wanted = asking.Wanted(text=text, **({"language": "en"} | more))  # type: ignore[arg-type]
        return asking.ask(self.desk(), asker, wanted, address=address).question.id

    def answers(self, id: str, text: str, **more: object) -> None:
        usual: dict[str, object] = {"speaker": "Ines Oda", "language": "en"}
        moderating.answer(self.desk(), id, moderating.Answering(text=text, **(usual | more)))  # type: ignore[arg-type]

    def hall(self) -> Hall:
        return store.read_hall(self.node.conn, PROJECT, TABLE)

    def question(self, id: str) -> Asked:
        found = self.hall().find(id)
        assert found is not None
        return found


@pytest.fixture
def tables(nodes: tuple[Node, Node]) -> tuple[Table, Table]:
    """ADR has opened the floor of its event and begun; VAL is a member."""
    Table.seconds = 0
    adr, val = nodes
    here, there = Table(adr, "Ines"), Table(val, "Orla")
    now = here.desk().now
    projects.found(adr.conn, adr.keyring, "harbour-forum", Project(title="Harbour forum"), by="Ines", now=now)
    projects.invite(adr.conn, adr.keyring, PROJECT, "VAL", by="Ines", now=now)
    meet(here, there)
    projects.join(val.conn, val.keyring, PROJECT, by="Orla", now=there.desk().now)
    meet(here, there)
    event = Event(
        titles={"en": "Round table on ports", "ru": "Круглый стол о портах"},
        kind="round table",
        starts=NOW,
        venue=Venue(name="Harbour House", city="Baku", zone="Asia/Baku"),
    )
    projects.put(adr.conn, adr.keyring, PROJECT, TABLE, event, by="Ines", now=here.desk().now)
    person = Participant(event=TABLE, name="Ines Oda", names={"ru": "Инес Ода"}, role="speaker")
    projects.put(adr.conn, adr.keyring, PROJECT, "ines", person, by="Ines", now=here.desk().now)
    running.open_floor(here.desk(), Settings(speakers=("Ines Oda",), languages=("en", "ru")))
    running.go(here.desk(), "live")
    meet(here, there)
    return here, there


def meet(one: Table, other: Table) -> None:
    """Both nodes open what the other has written, until neither writes."""
    pair = (one.node, other.node)
    while letters := [(node, letter) for node in pair for letter in node.written()]:
        for node, letter in letters:
            reader = pair[1] if node is pair[0] else pair[0]
            if letter.partner == reader.home:
                reader.open(letter, node.home)


@contextmanager
def nothing_changed(table: Table) -> Iterator[None]:
    before = table.hall()
    yield
    assert table.hall() == before


def test_a_partners_journalist_asks_on_her_node_and_reads_the_answer_there(tables: tuple[Table, Table]) -> None:
    here, there = tables
    asked = there.asks("Et le port ?", "Ana Brek", language="fr")
    assert there.question(asked).standing == "pending"
    meet(here, there)
    moderating.interpret(here.desk(), asked, "en", "And the port?")
    moderating.accept(here.desk(), asked)
    moderating.ask_now(here.desk(), asked)
    meet(here, there)
    assert there.question(asked).standing == "asking"
    here.answers(asked, "In June.")
    meet(here, there)
    read = there.question(asked)
    assert (read.standing, read.said, [one.answer.text for one in read.answers]) == (
        "answered",
        {"en": "And the port?"},
        ["In June."],
    )
    assert read.question.party == "VAL"


def test_a_partner_that_does_not_moderate_moves_nothing(tables: tuple[Table, Table]) -> None:
    here, there = tables
    asked = there.asks("When?")
    meet(here, there)
    with nothing_changed(there):
        for do in (moderating.accept, moderating.ask_now, moderating.answered):
            with pytest.raises(Refused):
                do(there.desk(), asked)
        with pytest.raises(Refused):
            there.answers(asked, "Never.")
        with pytest.raises(Refused):
            running.go(there.desk(), "closed")
        with pytest.raises(Refused):
            moderating.strike(there.desk(), asked)


def test_a_question_that_crossed_the_closing_of_the_floor_is_told_as_lost(tables: tuple[Table, Table]) -> None:
    here, there = tables
    running.go(here.desk(), "closed")
    there.asks("Too late?")
    meet(here, there)
    assert there.hall().asked == here.hall().asked == ()
    assert [(one.text, one.reason) for one in asking.lost(there.desk())] == [
        ("Too late?", "the floor takes no questions: it is closed")
    ]


def test_setting_another_question_asking_puts_the_former_back(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    first, second = here.asks("One?"), here.asks("Two?")
    moderating.ask_now(here.desk(), first)
    moderating.ask_now(here.desk(), second)
    assert (here.question(first).standing, here.question(second).standing) == ("accepted", "asking")
    moderating.accept(here.desk(), second)
    assert here.question(second).standing == "accepted"
    moderating.answered(here.desk(), second)
    moderating.accept(here.desk(), second)
    assert here.question(second).standing == "accepted"


def test_merging_declining_and_withdrawing_say_why_and_can_be_read(tables: tuple[Table, Table]) -> None:
    here, there = tables
    one, two, three = (there.asks(f"Number {n}?") for n in (1, 2, 3))
    meet(here, there)
    with pytest.raises(BadInput, match="why"):
        moderating.decline(here.desk(), one, "  ")
    moderating.decline(here.desk(), one, "Answered in the opening statement.")
    moderating.merge(here.desk(), two, three)
    meet(here, there)
    assert there.question(one).question.reason == "Answered in the opening statement."
    assert there.question(three).merged == (two,)
    asking.withdraw(there.desk(), three)
    meet(here, there)
    assert here.question(three).standing == "withdrawn"
    with pytest.raises(Refused):
        asking.reword(there.desk(), one, asking.Wanted(text="Again?"))


def test_the_queue_is_moved_by_place(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    asked = [here.asks(f"Number {n}?", f"P{n}") for n in range(4)]
    for id in asked:
        moderating.accept(here.desk(), id)
    moderating.move(here.desk(), asked[3], 1)
    moderating.move(here.desk(), asked[0], 4)
    assert [one.id for one in here.hall().standing("accepted")] == [asked[3], asked[1], asked[2], asked[0]]


# ------------------------------------------------------------------------------------------------ how much, how fast


def test_nobody_asks_faster_than_can_be_read(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    for number in range(asking.PER_MINUTE):
        here.asks(f"Number {number}?", "Tom")
    with pytest.raises(TooOften, match="too fast"):
        here.asks("One more?", "Tom")
    here.asks("Another person.", "Sara")


def test_an_address_behind_which_somebody_floods_is_slowed_down(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    here.node.conn.execute(
        "insert into floor_try (who, address) select 'guest ' || n, '10.0.0.9' from generate_series(1, %s) n",
        (asking.PER_ADDRESS,),
    )
    with pytest.raises(TooOften, match="too fast"):
        here.asks("Through?", "Tom", address="10.0.0.9")
    here.asks("Through.", "Tom", address="10.0.0.8")


def test_only_so_many_questions_of_one_person_stand_open(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    running.set_up(here.desk(), Settings(per_person=2))
    first, _ = here.asks("One?", "Tom"), here.asks("Two?", "Tom")
    with pytest.raises(Refused, match="stand open"):
        here.asks("Three?", "Tom")
    moderating.answered(here.desk(), first)
    here.asks("Three?", "Tom")


@pytest.mark.parametrize(
    ("text", "error"),
    [("", BadInput), (" \u200b\n", BadInput), ("<b>When</b>?", BadInput), ("x" * 100_000, TooLarge)],
)
def test_what_is_no_question_is_refused_whole(tables: tuple[Table, Table], text: str, error: type[BadInput]) -> None:
    here, _ = tables
    with nothing_changed(here), pytest.raises(error) as told:
        here.asks(text)
    assert "Nothing was sent" in told.value.kept


def test_the_same_question_sent_twice_stands_once(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    here.asks("When?", "Tom")
    with pytest.raises(Conflict, match="already"):
        here.asks(" When? ", "Tom")


def test_invisible_signs_are_taken_out_and_told(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    asker = asking.Asker(who="person 1", name="Tom", agency="ADR")
    sent = asking.ask(here.desk(), asker, asking.Wanted(text="When\u202e now?"))
    assert (sent.question.record.text, sent.signs) == ("When now?", ("U+202E",))
    assert sent.question.record.language == "en"


# ------------------------------------------------------------------------------------------------ guests


def test_a_guest_is_let_in_by_a_link_shown_once(tables: tuple[Table, Table]) -> None:
    here, there = tables
    person = guests.Invited(name="Ana Brek", agency="VAL", language="fr")
    (made,) = guests.accredit(here.desk(), [person])
    assert made.guest.outlet == "Valonia News"
    assert here.node.one("select count(*) from accreditation where position(%s in name) > 0", made.code) == 0
    typed = made.code.lower().replace("-", " ")
    assert guests.find_guest(here.node.conn, typed, "10.0.0.1").id == made.guest.id
    visit = store.visit(here.node.conn, store.enter(here.node.conn, made.guest))
    assert visit is not None
    assert visit.guest.name == "Ana Brek"
    with pytest.raises(Refused, match="accredit"):
        guests.accredit(there.desk(), [person])


def test_a_revoked_guest_is_out_at_once(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    (made,) = guests.accredit(here.desk(), [guests.Invited(name="Tom", outlet="Harbour Radio")])
    cookie = store.enter(here.node.conn, made.guest)
    guests.revoke(here.desk(), made.guest.id)
    assert store.visit(here.node.conn, cookie) is None
    with pytest.raises(NotAccepted):
        guests.find_guest(here.node.conn, made.code, "10.0.0.1")


def test_codes_are_not_guessed(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    for _ in range(guests.TRIES):
        with pytest.raises(NotAccepted):
            guests.find_guest(here.node.conn, "AAAA-AAAA-AAAA-AAAA", "10.0.0.1")
    with pytest.raises(TooOften):
        guests.find_guest(here.node.conn, "AAAA-AAAA-AAAA-AAAA", "10.0.0.1")
    (made,) = guests.accredit(here.desk(), [guests.Invited(name="Tom", outlet="Harbour Radio")])
    assert guests.find_guest(here.node.conn, made.code, "10.0.0.2").name == "Tom"


@pytest.mark.parametrize(
    ("person", "error"),
    [
        (guests.Invited(name=" ", agency="VAL"), BadInput),
        (guests.Invited(name="Tom"), BadInput),
        (guests.Invited(name="Tom", agency="NOWHERE"), NotFound),
        (guests.Invited(name="Tom", agency="VAL", language="klingonese?"), BadInput),
    ],
)
def test_of_a_list_with_a_mistake_nobody_is_accredited(
    tables: tuple[Table, Table], person: guests.Invited, error: type[Exception]
) -> None:
    here, _ = tables
    with pytest.raises(error):
        guests.accredit(here.desk(), [guests.Invited(name="Ana", agency="VAL"), person])
    assert store.guests(here.node.conn, PROJECT, TABLE) == []


# ------------------------------------------------------------------------------------------------ what comes of it


@pytest.fixture
def answered(tables: tuple[Table, Table]) -> Table:
    """Two questions answered on the record, one off it, one anonymous; the floor is closed."""
    here, there = tables
    first = there.asks("Et le port ?", "Ana Brek", language="fr")
    meet(here, there)
    second = here.asks("=cmd|'/c calc'!A1", "Tom Veil", anonymous=True)
    third = here.asks("Between us: who pays?", "Tom Veil", on_record=False)
    moderating.interpret(here.desk(), first, "ru", "А порт?")
    here.answers(first, "In June.")
    here.answers(second, "No.")
    here.answers(second, "Not for quotation.", on_record=False)
    here.answers(third, "The city.")
    running.go(here.desk(), "closed")
    return here


def test_the_transcript_is_one_item_in_each_language_linked_as_a_family(answered: Table) -> None:
    room = answered.node
    room.agree("VAL")
    wanted = publishing.Publication(
        versions=(
            publishing.Wanted(language="en", headline="Ports: the round table"),
            publishing.Wanted(language="ru", headline="Порты: круглый стол"),
        ),
        credit="Source: ADR",
        embargoed_until=NOW + timedelta(days=1),
    )
    done = publishing.publish(answered.desk(), wanted)
    assert [(one.language, one.foreign) for one in done] == [("en", 1), ("ru", 3)]
    english, russian = (items.find(room.conn, one.uri) for one in done)
    text = "\n".join(block.text for block in english.item.ours.blocks)
    assert text.splitlines()[1:] == [
        "Question · Ana Brek (Valonia News): [in French]",
        "Et le port ?",
        "Answer · Ines Oda: In June.",
        "Question · a journalist: =cmd|'/c calc'!A1",
        "Answer · Ines Oda: No.",
    ]
    assert text.startswith("Round table on ports. Harbour House, Baku, ")
    assert '<p lang="fr" dir="ltr">Et le port ?</p>' in english.item.bodies[0].value
    assert "quotation" not in text + str(russian.item)
    assert "city" not in text + str(russian.item)
    assert "Tom Veil" not in text + str(russian.item)
    assert "Вопрос · Ana Brek (Valonia News): А порт?" in str(russian.item)
    assert "Ответ · Инес Ода: [язык оригинала: английский]" in str(russian.item)
    assert russian.item.ours.translation_of is not None
    assert russian.item.ours.translation_of.uri == english.item.uri
    assert (english.item.ours.credit, english.embargoed_until) == ("Source: ADR", NOW + timedelta(days=1))
    assert room.one("select count(*) from item_grant") == 2
    floor = answered.hall().floor.record
    assert (floor.state, set(floor.transcripts)) == ("published", {"en", "ru"})


def test_an_answer_in_writing_comes_later_and_goes_out_as_an_update(tables: tuple[Table, Table]) -> None:
    here, _ = tables
    first, late = here.asks("When?", "Tom"), here.asks("Who pays?", "Tom")
    here.answers(first, "In June.")
    running.go(here.desk(), "closed")
    version = publishing.Wanted(language="en", headline="Ports")
    publishing.publish(here.desk(), publishing.Publication(versions=(version,)))
    assert [one.id for one in here.hall().unanswered()] == [late]
    here.answers(late, "The city.", written=True)
    with pytest.raises(BadInput, match="already"):
        publishing.publish(here.desk(), publishing.Publication(versions=(version,)))
    again = publishing.Publication(versions=(version,), reason="An answer in writing has come.")
    (done,) = publishing.publish(here.desk(), again)
    filed = items.find(here.node.conn, done.uri)
    assert (filed.version.act, filed.item.version, filed.count) == ("update", "2", 2)
    assert "The city." in str(filed.item)
    assert filed.item.ours.correction is not None
    assert filed.item.ours.correction.reason == "An answer in writing has come."
    copy.correct(
        here.node.conn, done.uri, copy.Changes(headline="Ports, corrected"), "A slip.", by="Ines", now=here.desk().now
    )


def test_a_floor_that_is_not_closed_or_has_no_answer_is_not_published(tables: tuple[Table, Table]) -> None:
    here, there = tables
    version = publishing.Wanted(language="en", headline="Ports")
    with pytest.raises(Refused, match="closed"):
        publishing.publish(here.desk(), publishing.Publication(versions=(version,)))
    running.go(here.desk(), "closed")
    with pytest.raises(BadInput, match="on the record"):
        publishing.publish(here.desk(), publishing.Publication(versions=(version,)))
    with pytest.raises(BadInput, match="headline"):
        publishing.publish(here.desk(), publishing.Publication(versions=(replace(version, headline=" "),)))
    meet(here, there)
    with pytest.raises(Refused, match="moderators"):
        publishing.publish(there.desk(), publishing.Publication(versions=(version,)))


def test_the_table_to_take_away_runs_no_formula_and_keeps_the_record(answered: Table) -> None:
    hall = answered.hall()
    everything, public = listing.as_csv(hall, public=False), listing.as_csv(hall, public=True)
    assert everything.startswith("\ufeff")
    assert "'=cmd" in everything
    assert ",=cmd" not in everything
    assert "OFF THE RECORD: Not for quotation." in everything
    assert "Between us" in everything
    for hidden in ("Between us", "Not for quotation", "Tom Veil"):
        assert hidden not in public
    assert "Et le port ?" in public
