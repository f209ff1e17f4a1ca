"""JSON from outside is looked over before anything decodes it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.trust.strict import check_json

SUITE = Path(__file__).parents[3] / "shared/data/hostile/jsontestsuite"
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_ordinary_json_passes(value: object) -> None:
    check_json(json.dumps(value).encode())
    check_json(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a":1,"a":1}',
        b'{"x":[{"a":1,"\\u0061":2}]}',
        b"[NaN]",
        b"[-Infinity]",
        b'["\xff"]',
        '["utf-16"]'.encode("utf-16"),
        b"[]]",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 65 + b"]" * 65,
        b'"' + b'\\"' * 100_000,
        b"]" * 100 + b"[" * 200,
    ],
)
def test_what_two_programs_may_read_differently_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        check_json(body)


def test_brackets_inside_a_text_are_no_depth() -> None:
    check_json(json.dumps(["[{" * 1000, '\\"[' * 100]).encode())
    check_json(b"[" * 64 + b"]" * 64)
    check_json(b"[" + b"9" * 10_000 + b"]")


@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\a1', max_size=200).map(str.encode))
def test_any_bytes_pass_or_are_refused(body: bytes) -> None:
    try:
        check_json(body)
    except BadInput:
        return
    json.loads(body)


@pytest.mark.shared
@pytest.mark.skipif(not SUITE.exists(), reason="the development data is not beside the project")
def test_the_parsers_minefield_is_crossed() -> None:
    doubled = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
    files = sorted(SUITE.rglob("[yni]_*.json"))
    for path in files:
        expected = path.name[0] if path.name not in doubled else "n"
        try:
            check_json(path.read_bytes())
        except BadInput:
            assert expected != "y", path.name
        else:
            assert expected != "n", path.name
    assert len(files) > 300
