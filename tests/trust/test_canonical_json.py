"""The same value gives the same bytes, whoever writes it down."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.trust.canonical import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


def test_keys_are_sorted_by_utf_16_and_nothing_is_escaped_without_need() -> None:
    assert canonical({"\U0001f600": 1, "\ufb33": 2, "é": 3, "a": [1.0, 1e21, "ş\n"]}) == (
        '{"a":[1,1e+21,"ş\\n"],"é":3,"\U0001f600":1,"\ufb33":2}'.encode()
    )


def test_a_struct_and_its_json_have_the_same_bytes() -> None:
    class Note(msgspec.Struct):
        text: str
        at: datetime
        held: msgspec.Raw

    note = Note("Ṣ", datetime(2026, 5, 3, tzinfo=UTC), msgspec.Raw(b'{ "b":1, "a" : 2 }'))
    assert canonical(note) == '{"at":"2026-05-03T00:00:00Z","held":{"a":2,"b":1},"text":"Ṣ"}'.encode()


@given(values)
def test_reading_and_writing_again_changes_nothing(value: object) -> None:
    once = canonical(value)
    assert json.loads(once) == value
    assert canonical(json.loads(once)) == once
    assert len(digest(value)) == 64


@pytest.mark.parametrize("value", [2**53, {"a": "\ud800"}, object(), {1.5: object()}, msgspec.Raw(b"{")])
def test_what_has_no_canonical_form_cannot_be_signed(value: object) -> None:
    with pytest.raises(BadInput):
        canonical(value)


def test_a_value_too_deep_cannot_be_signed() -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    with pytest.raises(BadInput):
        canonical(deep)
