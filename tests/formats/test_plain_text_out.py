"""Plain agency text out, and in again."""

from datetime import UTC, datetime

import pytest
from format_items import wire_item
from hypothesis import given
from hypothesis import strategies as st

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Block, Body, Concept, Correction, Description, Headline, Item, Profile
from dragoman.text.markup import html_of_blocks

SENTENCES = st.lists(
    st.sampled_from(
        (
            "The ferry left the harbour at noon with sixty passengers on board.",
            "Мост через реку откроют весной, сообщили в управлении дорог.",
            "Limanda yeni terminalın tikintisi başa çatıb.",
            "وصل القطار الأول إلى المدينة صباح اليوم.",
            "茶叶博物馆将于明年春天开放。",
        )
    ),
    min_size=1,
    max_size=5,
)


def text_item(**changes: object) -> Item:
    fields: dict[str, object] = {
        "uri": "urn:example:ferry",
        "version": "7",
        "first_created": datetime(2026, 5, 13, 9, 30, tzinfo=UTC),
        "language": "en",
        "headlines": (Headline(value="The ferry sails again"),),
        "bodies": (Body(value="<p>The ferry left the harbour at noon.</p>"),),
    }
    return Item(**(fields | changes))  # type: ignore[arg-type]


def through(item: Item) -> Item:
    (unit,) = formats.decode(formats.encode("text", [item]).body, Hints(format="text"))
    assert unit.item is not None, unit.problem
    return unit.item


def test_credit_terms_note_and_embargo_travel_with_the_text() -> None:
    sent = text_item(
        usage_terms="For the subscriber's own services.",
        ed_note="Check the spelling of the captain's name.",
        embargoed_until=datetime(2026, 5, 14, 6, 0, tzinfo=UTC),
        copyright_holder="Harbour Agency",
        by="Ada Placeholder",
        urgency=3,
        slugline="ferry-returns",
        subjects=(Concept(name="transport"), Concept(name="sea")),
        descriptions=(Description(value="The first crossing in two years", role="summary"),),
        dragoman=Profile(credit="Harbour Agency / Example"),
    )
    got = through(sent)
    for field in ("uri", "version", "first_created", "usage_terms", "ed_note", "embargoed_until", "copyright_holder", "by", "urgency", "slugline", "headlines", "descriptions", "subjects", "language"):  # fmt: skip
        assert getattr(got, field) == getattr(sent, field), field
    assert got.ours.credit == "Harbour Agency / Example"


def test_the_text_of_a_kill_is_not_sent() -> None:
    killed = text_item(
        pub_status="canceled", dragoman=Profile(correction=Correction(kind="kill", reason="The ferry did not sail."))
    )
    body = formats.encode("text", [killed]).body.decode()
    assert "left the harbour" not in body
    assert "The ferry did not sail." in body
    got = through(killed)
    assert (got.pub_status, got.bodies, got.ours.blocks) == ("canceled", (), ())


@pytest.mark.parametrize(
    ("word", "status"), [("Cancelled", "canceled"), ("killed", "canceled"), ("hold", "withheld"), ("usable", "usable")]
)
def test_every_word_for_a_state_counts_in_a_header(word: str, status: str) -> None:
    (unit,) = formats.decode(
        f"title: Ferry sails\nstatus: {word}\n\nThe ferry sails on Sunday.\n".encode(), Hints(format="text")
    )
    assert unit.item is not None
    assert unit.item.pub_status == status


def test_a_version_sent_when_it_was_created_says_so() -> None:
    item = wire_item(version_created=wire_item().first_created)
    assert through(item).version_created == item.version_created


def test_a_numbered_list_keeps_its_numbers() -> None:
    item = wire_item(bodies=(Body(value="<p>The race:</p><ol><li>Ada</li><li>Ben</li></ol>"),))
    assert b"\n1. Ada\n2. Ben\n" in formats.encode("text", [item]).body


def test_several_items_in_one_text_are_several_units() -> None:
    items = [text_item(uri=f"urn:example:{number}") for number in range(3)]
    units = formats.decode(formats.encode("text", items).body, Hints(format="text"))
    assert [unit.item.uri for unit in units if unit.item] == [item.uri for item in items]


def test_links_and_pictures_are_named_as_lost() -> None:
    item = text_item(
        bodies=(Body(value='<p>The <a href="https://ferry.example/">ferry</a>.</p>'),),
        places=(Concept(name="Harbour"),),
    )
    assert formats.encode("text", [item]).lost == ("links and emphasis", "places")


def test_an_embargo_nobody_can_read_parks_the_copy() -> None:
    (unit,) = formats.decode(
        b"uri: urn:x:1\nembargo: tomorrow, perhaps\n\nThe ferry sails.\n\nIt is red.", Hints(format="text")
    )
    assert unit.item is None


@given(SENTENCES, SENTENCES)
def test_paragraphs_lists_and_headings_survive_the_way_out_and_in(first: list[str], second: list[str]) -> None:
    blocks = (
        Block(kind="paragraph", text=" ".join(first)),
        Block(kind="subheading", text="What comes next"),
        Block(kind="list", text="\n".join(second + second)),
        Block(kind="paragraph", text=" ".join(second)),
    )
    item = text_item(bodies=(Body(value=html_of_blocks(blocks)),))
    got = through(item)
    assert got.ours.blocks == blocks
    assert got.bodies[0].value == html_of_blocks(blocks)
