"""A vocabulary as its keeper publishes it; what is none is refused with the field that is wrong."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.errors import Undecodable
from dragoman.model.vocabulary import in_language
from dragoman.read.vocabulary import read_vocabulary
from vocabulary_files import QUAYS, vocabulary_file

SHARED = Path(__file__).parents[2].parent / "shared/data/standards/newscodes"


def test_concepts_come_with_their_labels_by_language_and_what_they_stand_below() -> None:
    found = read_vocabulary(vocabulary_file())
    assert (found.uri, found.alias, in_language(found.title, "en")) == (QUAYS, "quay", "Quays")
    assert found.licence == "https://licence.example/"
    first, second, third = found.concepts
    assert (first.uri, first.code) == (f"{QUAYS}100", "100")
    assert first.labels == {"en-GB": "harbour", "sv": "hamn", "da": "havn", "zh-Hans": "港口", "ar": "ميناء"}
    assert second.broader == (f"{QUAYS}100",)
    assert second.matches == ("https://elsewhere.example/pier",)
    assert third.retired == "2016-04-05T12:00:00+00:00"


def test_a_text_is_asked_for_in_a_language_or_a_form_of_it() -> None:
    texts = {"en-GB": "harbour", "zh-Hans": "港口", "pt-PT": "porto"}
    asked = ("en", "zh", "pt-BR", "ru")
    assert [in_language(texts, one) for one in asked] == ["harbour", "港口", "porto", "harbour"]
    assert in_language({}, "en") == ""


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "This is not JSON"),
        (b"[" * 100_000, "This is not JSON"),
        (b"[]", "This is no vocabulary"),
        (b'{"conceptSet": 3}', "This is no vocabulary"),
        (b'{"conceptSet": []}', "The vocabulary has no address"),
        (b'{"uri": "javascript:x", "conceptSet": []}', "The vocabulary has no address"),
        (b'{"uri": "http://x/", "conceptSet": [{"uri": "http://x/1"}, {}]}', "A concept has no address"),
        (b'{"uri": "http://x/", "conceptSet": ["x"]}', "A concept has no address"),
    ],
)
def test_what_is_no_vocabulary_is_refused_and_the_place_is_named(body: bytes, told: str) -> None:
    with pytest.raises(Undecodable) as error:
        read_vocabulary(body)
    assert error.value.title == told


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_keys = ("uri", "qcode", "prefLabel", "definition", "broader", "exactMatch", "retired", "@id")


@given(st.dictionaries(st.sampled_from(_keys), _json), st.dictionaries(st.sampled_from((*_keys, "conceptSet")), _json))
@settings(max_examples=200)
def test_no_file_makes_the_reading_raise_but_for_a_reason(concept: object, scheme: dict[str, object]) -> None:
    for value in (scheme, {**scheme, "uri": QUAYS, "conceptSet": [concept]}):
        try:
            read_vocabulary(json.dumps(value).encode())
        except Undecodable as error:
            told = error.title
        else:
            told = "read"
        assert told


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not here")
def test_media_topics_as_published_are_read_whole() -> None:
    start = time.perf_counter()
    found = read_vocabulary((SHARED / "superdesk-core/cptall-x-all.json").read_bytes())
    assert time.perf_counter() - start < 2
    assert found.alias == "medtop"
    assert len(found.concepts) == 1286
    assert sum(bool(one.retired) for one in found.concepts) == 153
    sport = next(one for one in found.concepts if one.code == "15000000")
    assert {"sv", "da", "zh-Hans", "ar", "fr"} <= set(sport.labels)
    for name in (
        "JSON-schema/samples/KI-scene-test04=nativeJson.json",
        "JSON-LD/samples/KI-scene-test04=jsonldCompacted.json",
    ):
        assert read_vocabulary((SHARED / "json-for-concepts" / name).read_bytes()).alias == "scn"
