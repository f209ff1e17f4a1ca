"""``dragoman read``: one answer a line, whatever the lines are."""

import json

import pytest
from cli_run import dragoman

DATED = "BAKU, December 31 (AZERTAC) - The bridge was opened."
PARTS = ("names", "places", "dates", "figures", "quotes", "subjects")


def read(*docs: object) -> list[dict]:
    said = dragoman("read", typed="".join(json.dumps(one) + "\n" for one in docs))
    assert said.code == 0, said.err
    return said.lines


def test_every_part_is_there_empty_or_not() -> None:
    one, two = read({"id": 1, "text": DATED, "time": "2026-01-01T00:10:00Z"}, {"id": "b", "text": ""})
    assert (one["dateline"]["year"], one["dateline"]["month"], one["dateline"]["agency"]) == (2025, 12, "AZERTAC")
    assert DATED[one["dateline"]["body_start"] :] == "The bridge was opened."
    assert (two["language"], two["dateline"], [two[part] for part in PARTS]) == ("und", None, [[]] * 6)


def test_a_name_and_a_quote_have_all_their_fields_empty_or_not() -> None:
    [one] = read({"id": 1, "text": "Ida Brandt left. “We will open the new bridge on Friday morning.”"})
    assert all({"text", "kind", "key", "role"} <= name.keys() for name in one["names"])
    assert all({"text", "speaker", "verb"} <= quote.keys() for quote in one["quotes"])
    assert one["names"]
    assert one["quotes"]


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00", "0001-01-01", "yesterday", ""]
)
def test_no_time_is_too_strange(time: str) -> None:
    [one] = read({"id": 1, "text": DATED, "time": time})
    assert one["dateline"]["day"] == 31
    assert dragoman("dateline", "read", typed=json.dumps({"id": 1, "text": DATED, "time": time})).lines[0]["dateline"]


def test_marks_and_bytes_that_do_not_belong_there_are_no_hindrance() -> None:
    line = b'{"id": 1, "text": "The bridge \xff\xfe was opened."}\n'
    said = dragoman("language", typed=b"\xef\xbb\xbf" + line)
    assert (said.code, said.lines[0]["language"]) == (0, "en")


def test_a_text_that_no_reader_survives_costs_no_other_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.read import reader

    whole = reader.read_text

    def faulty(text: str, **more: object) -> object:
        if "POISON" in text:
            raise IndexError("out of range")
        return whole(text, **more)

    monkeypatch.setattr(reader, "read_text", faulty)
    said = dragoman("read", typed='{"id": 1, "text": "POISON"}\n{"id": 2, "text": "A line."}\n')
    assert (said.code, [one["id"] for one in said.lines]) == (3, [2])
    assert "line 1" in said.err


def test_earlier_copy_that_cannot_be_read_is_told_and_counted(tmp_path) -> None:
    sources = tmp_path / "wire.jsonl"
    sources.write_text('nothing\n{"id": 1, "text": "The bridge was opened."}\n', "utf-8")
    said = dragoman("pickups", "--sources", sources, typed='{"id": 2, "text": "Another line."}\n')
    assert (said.code, [one["label"] for one in said.lines]) == (3, ["none"])
    assert "wire.jsonl, line 1" in said.err


def test_languages_of_a_pair_may_be_unknown() -> None:
    pair = {"id": 1, "source": ["A line."], "target": ["A line."], "source_lang": None, "target_lang": None}
    said = dragoman("align", typed=json.dumps(pair))
    assert (said.code, said.one["beads"]) == (0, [[[0], [0]]])
