"""The names file as stored: added to, merged, split; every change written down, a wrong one changes nothing."""

from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace

from dragoman.model.errors import BadInput
from dragoman.model.item import Block, Item, Profile
from dragoman.names import forms
from dragoman.names.forms import Entry
from dragoman.read.work import Job, encode_jobs, encode_names, read_answer, read_jobs
from dragoman.store import audit, names

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
IDA = Entry(id="ida-brandt", forms={"en": ("Ida Brandt",), "ru": ("Ида Брандт", "Иды Брандт")}, note="harbour council")
OTHER = Entry(id="brandt-i", forms={"en": ("I. Brandt",)})


def change(newsroom, edit, act="name added", about="x"):
    with newsroom.conn.transaction():
        return names.change(newsroom.conn, act, about, edit, by="os:ada", now=NOW)


def test_an_entry_comes_back_as_it_was_added(newsroom):
    change(newsroom, lambda file: forms.add(file, IDA))
    assert names.names(newsroom.conn).entries == (IDA,)
    assert names.names(newsroom.conn).find("иды брандт") == IDA


def test_two_are_merged_and_split_again_and_it_is_written_down(newsroom):
    change(newsroom, lambda file: forms.add(forms.add(file, IDA), OTHER))
    change(newsroom, lambda file: forms.merge(file, "ida-brandt", "brandt-i"), "names merged", "ida-brandt brandt-i")
    [one] = names.names(newsroom.conn).entries
    assert one.forms["en"] == ("Ida Brandt", "I. Brandt")
    change(newsroom, lambda file: forms.split(file, "ida-brandt", ["I. Brandt"], "ilse-brandt"), "name split")
    file = names.names(newsroom.conn)
    assert {one.id for one in file.entries} == {"ida-brandt", "ilse-brandt"}
    assert file.find("I. Brandt").id == "ilse-brandt"
    assert [one.act for one in audit.entries(newsroom.conn)][:3] == ["name split", "names merged", "name added"]


def test_a_change_that_cannot_be_made_changes_nothing(newsroom):
    change(newsroom, lambda file: forms.add(file, IDA))
    stamp = names.stamp(newsroom.conn)
    with pytest.raises(BadInput):
        change(newsroom, lambda file: forms.merge(file, "ida-brandt", "nobody"))
    assert names.stamp(newsroom.conn) == stamp
    assert len(audit.entries(newsroom.conn)) == 1


def test_the_stamp_changes_with_the_file(newsroom):
    before = names.stamp(newsroom.conn)
    change(newsroom, lambda file: forms.add(file, IDA))
    assert names.stamp(newsroom.conn) != before


@pytest.mark.parametrize("note", ["of the harbour\u2028council", "a\x85b", "a\nb", "a\x1cb"])
def test_whatever_stands_in_a_note_the_readers_are_given_the_file(newsroom, note):
    change(newsroom, lambda file: forms.add(file, replace(IDA, note=note)))
    kept = names.names(newsroom.conn)
    assert forms.read(forms.written(kept)) == kept
    work = read_jobs()
    item = msgspec.json.encode(Item(uri="adr:a", dragoman=Profile(blocks=(Block(kind="paragraph", text="A line."),))))
    [answer] = read_answer(work(encode_jobs([Job(1, item, "ADR", NOW)], encode_names(kept))))
    assert answer.reading.words == 2


@pytest.mark.parametrize("wrong", ["id", "forms", "note"])
def test_what_the_database_cannot_hold_is_refused_or_cleaned(newsroom, wrong):
    spoilt = {
        "id": replace(IDA, id="ida\0"),
        "forms": replace(IDA, forms={"en": ("Ida\0 Brandt\ud800",)}),
        "note": replace(IDA, note="a\0\udfff"),
    }[wrong]
    if wrong == "id":
        with pytest.raises(BadInput):
            change(newsroom, lambda file: forms.add(file, spoilt))
        return
    change(newsroom, lambda file: forms.add(file, spoilt))
    [one] = names.names(newsroom.conn).entries
    assert (one.forms["en"][0], one.note[:1]) == ("Ida Brandt", "a" if wrong == "note" else "h")


def test_a_file_larger_than_the_readers_can_hold_is_refused(newsroom, monkeypatch):
    monkeypatch.setattr(forms, "MOST_IN_ALL", 3)
    change(newsroom, lambda file: forms.add(file, IDA))
    with pytest.raises(BadInput, match="too large"):
        change(newsroom, lambda file: forms.add(file, OTHER))
    assert names.names(newsroom.conn).entries == (IDA,)
