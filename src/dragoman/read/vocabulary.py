"""A vocabulary as IPTC publishes it: a ConceptSet in JSON, or the same as JSON-LD in compact form. Pure.

(IPTC IKOS, JSON for concepts and vocabularies 0.2; SKOS.) IPTC writes some languages by the names of countries.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from dragoman.model.errors import Undecodable
from dragoman.model.vocabulary import Vocabulary, VocabularyConcept
from dragoman.text.cleaning import clean

MOST_BYTES, MOST_CONCEPTS = 32_000_000, 100_000
_LABEL, _TEXT = 500, 4_000  # characters
_MISNAMED = {"se": "sv", "dk": "da"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch")
_HINT = "A ConceptSet in JSON is taken, as at cv.iptc.org: ?format=json."


def read_vocabulary(body: bytes) -> Vocabulary:
    """The vocabulary in the file.

    Raises:
        Undecodable: it is none; the detail names the field.
    """
    if len(body) > MOST_BYTES:
        raise Undecodable("The vocabulary is too large", f"{len(body):,} bytes; the limit is {MOST_BYTES:,}")
    try:
        value = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Undecodable("This is not JSON", str(error)[:200], hint=_HINT) from error
    if not isinstance(value, dict) or not isinstance(entries := value.get("conceptSet", value.get("@graph")), list):
        raise Undecodable("This is no vocabulary", "it has no conceptSet", hint=_HINT)
    uri = _word(value.get("uri") or value.get("@id"))
    if not uri.startswith(("http://", "https://", "urn:")):
        raise Undecodable("The vocabulary has no address", f"uri: {uri[:80]!r}", hint=_HINT)
    if len(entries) > MOST_CONCEPTS:
        raise Undecodable("The vocabulary is too large", f"{len(entries):,} concepts; the limit is {MOST_CONCEPTS:,}")
    alias = _word(value.get("prefSchemeAlias") or value.get("prefAlias"))
    known = {_word(one.get("qcode")): _word(one.get("uri")) for one in entries if isinstance(one, dict)}
    return Vocabulary(
        uri=uri,
        alias=alias,
        title=_texts(value.get("prefLabel"), _LABEL),
        authority=_word(value.get("authority")),
        licence=_word(value.get("licenceLink")),
        released=_word(value.get("dateReleased")),
        concepts=tuple(_concepts(entries, uri, known)),
    )


def _concepts(entries: list[Any], scheme: str, known: dict[str, str]) -> Iterator[VocabularyConcept]:
    seen: set[str] = set()
    for number, one in enumerate(entries, 1):
        uri = _word(one.get("uri") or one.get("@id")) if isinstance(one, dict) else ""
        if not uri:
            raise Undecodable("A concept has no address", f"conceptSet, entry {number}: uri", hint=_HINT)
        if uri in seen:
            continue
        seen.add(uri)
        yield VocabularyConcept(
            uri=uri,
            code=_word(one.get("qcode")).rpartition(":")[2] or uri.removeprefix(scheme),
            labels=_texts(one.get("prefLabel"), _LABEL),
            definitions=_texts(one.get("definition"), _TEXT),
            broader=tuple(known.get(name, name) for name in _several(one.get("broader"))),
            matches=tuple(dict.fromkeys(name for key in _MATCHES for name in _several(one.get(key)))),
            retired=_word(one.get("retired")),
        )


def _texts(value: Any, most: int) -> dict[str, str]:
    """Texts by language; what has no language we know the tag of is left out."""
    if not isinstance(value, dict):
        return {}
    found: dict[str, str] = {}
    for code, text in value.items():
        tag = _MISNAMED.get(str(code), str(code))
        if isinstance(text, str) and _TAG.match(tag) and (said := " ".join(clean(text).split())):
            found.setdefault(tag, said[:most])
    return found


def _several(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [word for one in values[:200] if (word := _word(one.get("@id") if isinstance(one, dict) else one))]


def _word(value: Any) -> str:
    return " ".join(clean(value).split())[:300] if isinstance(value, str) else ""
