"""What an item says in words of our own, for formats that have headers or meta elements but no field for it. Pure.

A word is a name and a line of text. Lists (subjects, places, associations …) are the same name several times, each a part
of the item as JSON, so that it comes back whole. Mail writes them as ``X-Dragoman-…`` headers, HTML as ``dragoman:…`` metas.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from dragoman.formats._carried import is_gone
from dragoman.formats._status import correction_of, status_of
from dragoman.formats._times import read_time, rfc3339
from dragoman.model.errors import Undecodable
from dragoman.model.happening import EventDetails, PlannedCoverage
from dragoman.model.item import (
    AltId,
    Association,
    Concept,
    Correction,
    Dateline,
    Description,
    Headline,
    Item,
    Profile,
    Rendition,
)
from dragoman.model.taken import WhenTaken
from dragoman.text.cleaning import clean

Words = tuple[tuple[str, str], ...]
_MOST, _LONGEST = 400, 20_000
"""Words of one item, characters of one word: more are not read."""

_LINES: Mapping[str, str] = {
    "version": "version",
    "language": "language",
    "slugline": "slugline",
    "by": "by",
    "located": "located",
    "copyrightHolder": "copyright_holder",
    "copyrightNotice": "copyright_notice",
    "usageTerms": "usage_terms",
    "edNote": "ed_note",
}
_TIMES: Mapping[str, str] = {
    "firstCreated": "first_created",
    "versionCreated": "version_created",
    "contentCreated": "content_created",
    "embargoedUntil": "embargoed_until",
}
_LISTS: Mapping[str, tuple[str, type]] = {
    "description": ("descriptions", Description),
    "subject": ("subjects", Concept),
    "place": ("places", Concept),
    "person": ("people", Concept),
    "organisation": ("organisations", Concept),
    "genre": ("genres", Concept),
    "infoSource": ("info_sources", Concept),
    "altId": ("alt_ids", AltId),
    "rendition": ("renditions", Rendition),
    "association": ("associations", Association),
    "event": ("events", Concept),
    "plannedCoverage": ("planned_coverage", PlannedCoverage),
}
_TEXT = frozenset({"descriptions", "renditions", "associations"})
"""What goes with the text where copy is taken back."""
_KINDS = frozenset(["picture", "graphic", "audio", "video", "composite", "event", "planning", "component", "package"])

CARRIED: Mapping[str, str] = {
    "uri": "uri",
    "type": "type",
    "pub_status": "pubStatus",
    **{field: word for word, field in (*_LINES.items(), *_TIMES.items())},
    "urgency": "urgency",
    "headlines": "alternativeHeadline",
    "summary": "description",
    "subjects.uri": "subject",
    **{field: word for word, (field, _) in _LISTS.items()},
    "versions": "association",
    "event_details": "eventDetails",
    "dateline": "dateline",
    "credit": "credit",
    "correction": "correction",
    "correction.reason": "reason",
    "advance": "advance",
    "taken": "taken",
}
"""Each field of `_fields.FIELDS` that has a word, and the word."""


def own_words(item: Item) -> Words:
    """What `item` says, without its headline and text."""
    ours, correction = item.ours, item.ours.correction
    said: dict[str, str] = {
        "uri": item.uri,
        "type": item.type if item.type != "text" else "",
        "pubStatus": item.pub_status if item.pub_status != "usable" else "",
        **{word: getattr(item, field) for word, field in _LINES.items()},
        **{word: rfc3339(moment) for word, field in _TIMES.items() if (moment := getattr(item, field))},
        "urgency": str(item.urgency or ""),
        "credit": ours.credit,
        "correction": correction.kind if correction else "",
        "reason": correction.reason if correction else "",
        "replaces": correction.replaces if correction else "",
        "advance": "true" if ours.advance else "",
        "dateline": _json(ours.dateline) if ours.dateline else "",
        "taken": _json(ours.taken) if ours.taken else "",
        "eventDetails": _json(item.event_details) if item.event_details else "",
    }
    words = [(name, clean(text)) for name, text in said.items() if text]
    if not is_gone(item):
        words += [("alternativeHeadline", _json(one)) for one in item.headlines[1:]]
    for name, (field, _) in _LISTS.items():
        if not (is_gone(item) and field in _TEXT):
            words += [(name, _json(one)) for one in getattr(item, field)]
    return tuple(words)


def with_own_words(item: Item, words: Iterable[tuple[str, str]]) -> Item:
    """`item` with what `words` say; a word that makes no sense is named as lost.

    Raises:
        Undecodable: the embargo cannot be read.
    """
    said = [(name, text) for name, text in words if len(text) <= _LONGEST][:_MOST]
    first = dict(reversed(said))
    changes: dict[str, Any] = {field: first[word] for word, field in _LINES.items() if word in first}
    lost: list[str] = []
    for word, field in _TIMES.items():
        if word in first and (moment := _moment(word, first[word], lost)):
            changes[field] = moment
    if "urgency" in first:
        changes["urgency"] = int(first["urgency"]) if first["urgency"] in set("123456789") else None
    if first.get("type") in _KINDS:
        changes["type"] = first["type"]
    if status := status_of(first.get("pubStatus", "")):
        changes["pub_status"] = status
    for name, (field, shape) in _LISTS.items():
        if found := _read_all(said, name, shape, lost):
            changes[field] = found
    if details := _read_all(said, "eventDetails", EventDetails, lost):
        changes["event_details"] = details[0]
    if headlines := _read_all(said, "alternativeHeadline", Headline, lost):
        changes["headlines"] = (*(item.headlines[:1] or (Headline(value=""),)), *headlines)
    profile = _profile(item, said, first, lost)
    return replace(item, **changes, dragoman=replace(profile, lost=(*profile.lost, *lost)))


def _profile(item: Item, said: list[tuple[str, str]], first: Mapping[str, str], lost: list[str]) -> Profile:
    kind = correction_of(first.get("correction", ""))
    correction = (
        Correction(kind=kind, reason=first.get("reason", ""), replaces=first.get("replaces", "")) if kind else None
    )
    datelines = _read_all(said, "dateline", Dateline, lost)
    taken = _read_all(said, "taken", WhenTaken, lost)
    profile = item.ours
    return replace(
        profile,
        credit=first.get("credit", profile.credit),
        correction=correction or profile.correction,
        advance=first.get("advance") == "true",
        dateline=datelines[0] if datelines else profile.dateline,
        taken=taken[0] if taken else profile.taken,
    )


def _moment(word: str, text: str, lost: list[str]) -> datetime | None:
    moment, note = read_time(text, "UTC")
    if moment is None and word == "embargoedUntil":
        # An embargo nobody can read must not be lost: without it the copy would be free.
        raise Undecodable("The embargo cannot be read", text[:80])
    if moment is None:
        lost.append(f"{word}: {note}")
    return moment


def _read_all(said: list[tuple[str, str]], name: str, shape: type, lost: list[str]) -> tuple[Any, ...]:
    found: list[Any] = []
    for word, text in said:
        if word != name:
            continue
        try:
            found.append(msgspec.json.decode(text, type=shape))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            lost.append(f"{name}: it is not what we write")
    return tuple(found)


def _json(part: object) -> str:
    return msgspec.json.encode(part).decode("utf-8")
