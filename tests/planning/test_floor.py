"""The floor decided purely: who may ask, edit and move; the queue and its fairness; a question's wording; the transcript."""

import itertools
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.event import Event
from dragoman.model.floor import Answer, Floor, Interpretation, Question
from dragoman.model.project import Act, Member, Project, Record
from dragoman.planning.floor.fairness import shares, suggestion
from dragoman.planning.floor.hall import Hall, hall, place_at
from dragoman.planning.floor.transcript import labels, passages, printed
from dragoman.planning.floor.wording import put_right
from dragoman.planning.fold import Folded, Held, difference, fold, judge
from dragoman.planning.kinds import NAMES
from dragoman.planning.rules import rule

PROJECT, TABLE = "ADR:harbour-forum", "round-table"
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Story:
    """Acts of several agencies in their order, folded as they come; ADR hosts, VAL and MER are members, ORI reads."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.folded = Folded({}, {})
        self.numbers = itertools.count(1)
        self.does("ADR", "project", Project(title="Harbour forum"))
        self.does("ADR", "ADR", Member(role="lead", joined=START))
        for code in ("VAL", "MER", "ORI"):
            role = "reader" if code == "ORI" else "editor"
            self.does("ADR", code, Member(role=role))  # type: ignore[arg-type]
            self.does(code, code, joined=START.isoformat(), kind="member")
        self.does("ADR", TABLE, Event(titles={"en": "Round table on ports"}, kind="round table", starts=START))

    def does(self, agency: str, id: str, record: Record | None = None, kind: str = "", **fields: Any) -> str:
        """The act's refusal; empty where it counts."""
        number = next(self.numbers)
        changes = difference(None, record) if record is not None else fields
        act = Act(
            project=PROJECT,
            agency=agency,
            log=1,
            number=number,
            clock=int((START + timedelta(minutes=number)).timestamp() * 1e6),
            by="somebody",
            verb="drop" if kind and not fields else "set",
            kind=kind or NAMES[type(record)],  # type: ignore[index]
            id=id,
            fields=msgspec.Raw(msgspec.json.encode(changes)),
        )
        self.acts.append(act)
        held, why = judge(self.folded, act, rule)
        if held is not None:
            self.folded.records[held.kind, held.id] = held
        return why

    def open(self, **settings: Any) -> "Story":
        assert self.does("ADR", TABLE, Floor(event=TABLE, state="taking questions", **settings)) == ""
        return self

    def live(self) -> "Story":
        assert self.does("ADR", TABLE, kind="floor", state="live") == ""
        return self

    def asked(self, id: str, agency: str = "VAL", **more: Any) -> str:
        return self.does(agency, id, Question(floor=TABLE, agency=agency, **({"text": f"What of {id}?"} | more)))

    def moves(self, id: str, state: str, agency: str = "ADR", **more: Any) -> str:
        return self.does(agency, id, kind="question", state=state, **more)

    def of(self, kind: str) -> list[Held[Any]]:
        return [one for (k, _), one in self.folded.records.items() if k == kind and not one.dropped]

    def hall(self) -> Hall:
        floor = self.folded.records["floor", TABLE]
        event = self.folded.records["event", TABLE]
        return hall(floor, event, self.of("question"), self.of("answer"), self.of("interpretation"))  # type: ignore[arg-type]


def standings(story: Story) -> dict[str, str]:
    return {one.id: one.standing for one in story.hall().asked}


# ------------------------------------------------------------------------------------------------ rules


def test_only_the_events_host_opens_its_floor() -> None:
    story = Story()
    assert "host" in story.does("VAL", TABLE, Floor(event=TABLE))
    assert "event's id" in story.does("ADR", "other", Floor(event=TABLE))
    assert "no such event" in story.does("ADR", "nowhere", Floor(event="nowhere"))
    assert "begins" in story.does("ADR", TABLE, Floor(event=TABLE, state="live"))
    assert story.does("ADR", TABLE, Floor(event=TABLE)) == ""


def test_a_floor_goes_from_announced_to_published_and_never_leaps() -> None:
    story = Story()
    story.does("ADR", TABLE, Floor(event=TABLE))
    assert "cannot become published" in story.does("ADR", TABLE, kind="floor", state="published")
    for state in ("taking questions", "live", "closed", "live", "closed", "published"):
        assert story.does("ADR", TABLE, kind="floor", state=state) == "", state
    assert "cannot become live" in story.does("ADR", TABLE, kind="floor", state="live")
    assert "not dropped" in story.does("ADR", TABLE, kind="floor")


def test_moderators_run_the_floor_but_only_its_host_sets_it_up() -> None:
    story = Story().open(moderators=("ADR", "MER"))
    assert story.does("MER", TABLE, kind="floor", state="live") == ""
    assert "only ADR" in story.does("MER", TABLE, kind="floor", public=True)
    assert "run by ADR, MER" in story.does("VAL", TABLE, kind="floor", state="closed")


def test_every_member_but_a_reader_asks_for_itself_alone() -> None:
    story = Story()
    assert "no such floor" in story.asked("early")
    story.open()
    assert story.asked("q1") == ""
    assert "only read" in story.asked("q2", "ORI")
    assert "itself alone" in story.does("VAL", "q3", Question(floor=TABLE, text="Whose?", agency="MER"))
    assert story.does("ADR", "q4", Question(floor=TABLE, text="A guest's.", outlet="Harbour Radio")) == ""
    assert "begins pending" in story.does("VAL", "q5", Question(floor=TABLE, text="?", agency="VAL", state="accepted"))


def test_a_floor_that_is_announced_or_closed_takes_no_question() -> None:
    story = Story()
    story.does("ADR", TABLE, Floor(event=TABLE))
    assert "it is announced" in story.asked("q1")
    for state in ("taking questions", "closed"):
        story.does("ADR", TABLE, kind="floor", state=state)
    assert "it is closed" in story.asked("q1")


def test_the_words_are_their_own_agencys_and_only_while_pending() -> None:
    story = Story().open()
    story.asked("q1")
    assert "only VAL" in story.does("ADR", "q1", kind="question", text="Put more kindly?")
    assert story.does("VAL", "q1", kind="question", text="What of the quay?") == ""
    story.moves("q1", "accepted")
    assert "no longer pending" in story.does("VAL", "q1", kind="question", text="Something else entirely?")


def test_questions_are_moved_by_moderators_and_withdrawn_by_who_asked() -> None:
    story = Story().open()
    story.asked("q1")
    assert "moved by ADR" in story.moves("q1", "accepted", "VAL")
    assert "cannot become withdrawn" in story.moves("q1", "withdrawn")
    assert story.moves("q1", "withdrawn", "VAL", moved=START.isoformat()) == ""
    assert "cannot become accepted" in story.moves("q1", "accepted")
    assert "not dropped" in story.does("VAL", "q1", kind="question")


def test_a_question_is_declined_with_a_reason() -> None:
    story = Story().open()
    story.asked("q1")
    assert "with a reason" in story.moves("q1", "declined")
    assert story.moves("q1", "declined", reason="Answered in the opening statement.") == ""


def test_a_question_is_merged_into_another_of_its_floor_never_into_itself_or_round_in_a_ring() -> None:
    story = Story().open()
    for name in ("q1", "q2", "q3"):
        story.asked(name)
    for into in ("q1", "nothing", ""):
        assert "another one" in story.moves("q1", "merged", merged_into=into)
    assert story.moves("q1", "merged", merged_into="q2") == ""
    assert "is merged" in story.moves("q2", "merged", merged_into="q1")
    assert story.moves("q2", "merged", merged_into="q3") == ""
    assert story.hall().find("q1").heads == "q3"  # type: ignore[union-attr]
    assert story.hall().find("q3").merged == ("q1", "q2")  # type: ignore[union-attr]


def test_only_one_question_is_asked_now_and_the_former_goes_back_to_the_list() -> None:
    story = Story().open()
    for name in ("q1", "q2"):
        story.asked(name)
        story.moves(name, "accepted")
    assert "nothing is asked while" in story.does("ADR", TABLE, kind="floor", asking="q1")
    story.live()
    assert story.does("ADR", TABLE, kind="floor", asking="q1") == ""
    assert standings(story) == {"q1": "asking", "q2": "accepted"}
    assert story.does("ADR", TABLE, kind="floor", asking="q2") == ""
    assert standings(story) == {"q1": "accepted", "q2": "asking"}
    story.moves("q2", "answered")
    assert standings(story) == {"q1": "accepted", "q2": "answered"}
    assert "is answered" in story.does("ADR", TABLE, kind="floor", asking="q2")


def test_on_the_record_is_the_askers_word_and_struck_the_moderators() -> None:
    story = Story().open()
    story.asked("q1", on_record=False)
    assert "only VAL" in story.does("ADR", "q1", kind="question", on_record=True)
    assert "moved by" in story.does("VAL", "q1", kind="question", struck=False)
    assert story.does("VAL", "q1", kind="question", on_record=True) == ""
    assert story.does("ADR", "q1", kind="question", struck=True) == ""
    assert not story.hall().find("q1").on_record  # type: ignore[union-attr]


def test_answers_are_written_by_moderators_and_the_agencies_named_for_it() -> None:
    story = Story().open(answerers=("MER",)).live()
    story.asked("q1")
    reply = Answer(floor=TABLE, question="q1", speaker="The harbour master", text="In June.")
    assert "written down by ADR, MER" in story.does("VAL", "a1", reply)
    assert story.does("MER", "a1", reply) == ""
    assert "only MER" in story.does("ADR", "a1", kind="answer", text="In July.")
    assert story.does("ADR", "a1", kind="answer", struck=True) == ""
    assert "struck is" in story.does("MER", "a1", kind="answer", struck=False)
    assert story.does("ADR", "a1", kind="answer") == ""


def test_interpretations_of_two_languages_never_stand_in_each_others_way() -> None:
    story = Story().open()
    story.asked("q1", language="fr", text="Et le port ?")
    for agency, language, text in (("ADR", "en", "And the port?"), ("VAL", "ru", "А порт?")):
        made = Interpretation(floor=TABLE, of="q1", language=language, text=text)
        assert story.does(agency, f"q1.{language}", made) == ""
    assert story.hall().find("q1").said == {"en": "And the port?", "ru": "А порт?"}  # type: ignore[union-attr]
    foreign = Interpretation(floor=TABLE, of="q1", language="ar", text="والميناء؟")
    assert "interpreted by" in story.does("MER", "q1.ar", foreign)
    assert "its id" in story.does("ADR", "q1.de", foreign)


def test_a_floor_folds_to_the_same_whatever_order_its_acts_arrive_in() -> None:
    story = Story().open().live()
    for name in ("q1", "q2", "q3"):
        story.asked(name, random.Random(name).choice(("VAL", "MER")))
        story.moves(name, "accepted")
        story.does("ADR", TABLE, kind="floor", asking=name)
    story.moves("q1", "merged", merged_into="q2")
    luck = random.Random(7)
    for _ in range(20):
        shuffled = luck.sample(story.acts, len(story.acts))
        assert fold(shuffled, rule).records == story.folded.records


# ------------------------------------------------------------------------------------------------ the queue


def test_on_an_open_floor_a_question_is_on_the_list_at_once() -> None:
    for settings in ({"mode": "open"}, {"pre_moderated": False}):
        story = Story().open(**settings)
        story.asked("q1")
        assert standings(story) == {"q1": "accepted"}, settings
    story = Story().open()
    story.asked("q1")
    assert standings(story) == {"q1": "pending"}


def test_what_is_off_the_record_is_in_nothing_public() -> None:
    story = Story().open(mode="open").live()
    story.asked("q1")
    story.asked("q2", on_record=False)
    for name, on_record in (("a1", True), ("a2", False)):
        story.does("ADR", name, Answer(floor=TABLE, question="q1", speaker="Ines", text=name, on_record=on_record))
    story.moves("q1", "answered")
    public = story.hall().public()
    assert [one.id for one in public] == ["q1"]
    assert [given.answer.text for given in public[0].answers] == ["a1"]


def test_a_question_is_given_any_place_in_the_queue() -> None:
    story = Story().open(mode="open")
    for name in ("q1", "q2", "q3", "q4"):
        story.asked(name)
    queue = story.hall().asked
    for number, expected in ((1, "q3 q1 q2 q4"), (2, "q1 q3 q2 q4"), (4, "q1 q2 q4 q3"), (99, "q1 q2 q4 q3")):
        places = {one.id: one.place for one in queue} | place_at(queue, "q3", number)
        assert " ".join(sorted(places, key=places.__getitem__)) == expected


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6)), max_size=200))
def test_moving_questions_about_for_hours_never_loses_their_order(moves: list[tuple[int, int]]) -> None:
    story = Story().open(mode="open")
    names = [f"q{n}" for n in range(6)]
    for name in names:
        story.asked(name)
    queue = list(story.hall().asked)
    for which, number in moves:
        id = names[which]
        expected = [one.id for one in queue if one.id != id]
        expected.insert(number - 1, id)
        places = {one.id: one.place for one in queue} | place_at(queue, id, number)
        queue = sorted((msgspec.structs.replace(one, place=places[one.id]) for one in queue), key=lambda one: one.place)
        assert [one.id for one in queue] == expected


def test_fairness_puts_the_agency_least_heard_first_and_says_why() -> None:
    story = Story().open(mode="open").live()
    for name, agency in (("v1", "VAL"), ("v2", "VAL"), ("m1", "MER"), ("v3", "VAL")):
        story.asked(name, agency, language="fr" if agency == "VAL" else "en")
    story.moves("v1", "answered")
    found = suggestion(story.hall())
    assert found is not None
    assert (found.id, found.party, found.heard) == ("m1", "MER", 0)
    table = {one.party: one for one in shares(story.hall())}
    assert (table["VAL"].asked, table["VAL"].answered, table["VAL"].waiting, table["VAL"].share) == (3, 1, 2, 1.0)
    assert table["VAL"].oldest < table["VAL"].average  # type: ignore[operator]
    assert list(table) == ["MER", "VAL"]


def test_a_merged_question_counts_as_heard_when_the_other_is_answered() -> None:
    story = Story().open(mode="open").live()
    story.asked("v1", "VAL")
    story.asked("m1", "MER")
    story.moves("m1", "merged", merged_into="v1")
    story.moves("v1", "answered")
    assert {one.party: one.answered for one in shares(story.hall())} == {"MER": 1, "VAL": 1}
    assert suggestion(story.hall()) is None


# ------------------------------------------------------------------------------------------------ wording


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  What   now?\r\n\r\n\r\n\r\nAnd then? ", "What now?\n\nAnd then?"),
        ("<b>Bold</b> <script>alert(1)</script>?", "Bold alert(1)?"),
        ("<<b>script>x</script>", "x"),
        ("5 < 6 and 7 > 6?", "5 < 6 and 7 > 6?"),
        ("left\u202eright\u200b\x07", "leftright"),
        ("می‌خواهم؟", "می‌خواهم؟"),
        ("Z" + "\u0301" * 40, "Ź" + "\u0301" * 3),
    ],
)
def test_a_question_is_put_right(typed: str, text: str) -> None:
    assert put_right(typed).text in (text, text + "\u0301")
    assert put_right(put_right(typed).text).text == put_right(typed).text


def test_what_was_taken_out_is_told() -> None:
    worded = put_right("A\u202e<b>B\x00\ufeff")
    assert worded.markup == ("<b>",)
    assert worded.signs == ("U+0000", "U+202E", "U+FEFF")
    assert put_right("x" * 100_000).is_too_long


@given(st.text(alphabet=st.sampled_from("<>ab/!-\u202e\u200b\u0301 \n\x00é"), max_size=60))
def test_putting_a_question_right_twice_changes_nothing(typed: str) -> None:
    once = put_right(typed)
    again = put_right(once.text)
    assert again.text == once.text
    assert again.markup == ()


# ------------------------------------------------------------------------------------------------ the transcript


def test_the_transcript_has_what_was_answered_on_the_record_in_its_order() -> None:
    story = Story().open(mode="open").live()
    story.asked("q1", asker="Ana Brek", language="fr", text="Et le port ?")
    story.asked("q2", "MER", asker="Tomas Lind", anonymous=True, language="en", text="Who pays?")
    story.asked("q3", on_record=False, text="Between us?", language="en")
    story.does("ADR", "q1.en", Interpretation(floor=TABLE, of="q1", language="en", text="And the port?"))
    for name, question, language, text in (
        ("a2", "q2", "ru", "Город."),
        ("a1", "q1", "en", "In June.\n\nOr July."),
        ("a3", "q3", "en", "No."),
    ):
        made = Answer(floor=TABLE, question=question, speaker="Ines Oda", text=text, language=language)
        story.does("ADR", name, made)
        story.moves(question, "answered")
    found = passages(story.hall(), "en", {"VAL": "Valonia News"})
    lines = [one.text for one in printed(found, "en", {"ru": "Russian"})]
    assert lines == [
        "Question · a journalist: Who pays?",
        "Answer · Ines Oda: [in Russian]",
        "Город.",
        "Question · Ana Brek (Valonia News): And the port?",
        "Answer · Ines Oda: In June.",
        "Or July.",
    ]
    assert [one.language for one in found if one.foreign] == ["ru"]
    assert labels("zh-Hans").question == "问"
