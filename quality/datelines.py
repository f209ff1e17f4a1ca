"""Datelines against real ones, labelled: place, day, month and agency all right; none seen where there is none.

A label says what a regular expression of the data's makers took out of the line. It is held against the line itself: an
agency that the line does not name (`NEW YORK, March 2 -`) is not asked for, nor a byline or a desk code as part of the
place (`Por Omar Marrero San Juan`, labelled "Marrero San Juan"), nor an empty label of a line that has a dateline. The
last row counts by the letter of the labels, the sender told as a feed tells it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.model.item import Dateline
from dragoman.read.agencies import AGENCIES, agency_name
from dragoman.read.dateline import complete_dateline, find_dateline, find_sign_off
from dragoman.text.fold import fold
from quality.table import Row, json_lines, share

_LEAST = 5  # lines: a language with fewer is counted in the whole only
_DESK_CODE = re.compile(r"^(?:\w{1,4}-c|CEI)\s+")
_BYLINE = re.compile(r"^Por (?P<name>(?:[^\W\d_][\w.'-]*\s)+)(?=[^,]+,)")


def rows(data: Path) -> Iterator[Row]:
    lines = json_lines(data / "datelines" / "datelines.jsonl")
    told = [(line, _read(line["text"])) for line in lines if not _unlabelled(line)]
    right = [_is_right(line, found) for line, found in told]
    misses = tuple(
        f"{line['text'][:90]!r}: {_seen(found)}" for (line, found), good in zip(told, right, strict=True) if not good
    )
    yield Row("datelines: place, day, month, agency", share(sum(right), len(right)), "≥ 95, aim 98", len(right), misses)
    for language in sorted({line["language"] for line, _ in told}):
        mine = [good for (line, _), good in zip(told, right, strict=True) if line["language"] == language]
        if len(mine) >= _LEAST:
            yield Row(f"datelines: {language}", share(sum(mine), len(mine)), "≥ 90", len(mine))
    letter = [_is_as_labelled(line, _read(line["text"], line["agency"])) for line in lines]
    yield Row("datelines: by the letter of the labels", share(sum(letter), len(letter)), "", len(letter))
    bodies = ["\n".join(line["sentences"]) for line in json_lines(data / "bench" / "ntrex" / "docs.jsonl")]
    seen = tuple(body[:90] for body in bodies if find_dateline(body))
    yield Row(
        "datelines: none where there is none", share(len(bodies) - len(seen), len(bodies)), "≥ 99", len(bodies), seen
    )


def _read(text: str, sender: str = "") -> Dateline | None:
    found = find_dateline(text)
    printed = found.dateline if found else find_sign_off(text)
    return complete_dateline(printed, sender=sender) if printed else None


def _unlabelled(line: dict[str, Any]) -> bool:
    return line["place"] is None and line["day"] is None


def _is_right(line: dict[str, Any], found: Dateline | None) -> bool:
    if found is None or (found.day, found.month) != (line["day"], line["month"]):
        return False
    return _same_place(found.place, _place_of_line(line)) and _same_agency(found.agency, line)


def _is_as_labelled(line: dict[str, Any], found: Dateline | None) -> bool:
    if found is None or (found.day, found.month) != (line["day"], line["month"]):
        return False
    return _same_place(found.place, line["place"] or "") and fold(found.agency) == fold(line["agency"])


def _same_place(ours: str, theirs: str) -> bool:
    """With or without the state or country: the labels have it now and then."""
    ours, theirs = fold(ours), fold(theirs)
    return ours == theirs or ours.split(",")[0].strip() == theirs.split(",")[0].strip()


def _place_of_line(line: dict[str, Any]) -> str:
    """The label's place without what stands before the place: a desk code, the end of a byline."""
    place = _DESK_CODE.sub("", line["place"] or "")
    byline = _BYLINE.match(line["text"])
    names = byline["name"].split() if byline else []
    while names and place.partition(" ")[0] in names and " " in place and not _is_city(place):
        place = place.partition(" ")[2]
    return place


def _is_city(place: str) -> bool:
    from dragoman.read.places import city_country

    return bool(city_country(place.split("(")[0]))


def _same_agency(ours: str, line: dict[str, Any]) -> bool:
    label = line["agency"].rstrip(" –-")
    if fold(ours) == fold(label):
        return True
    return not ours and not _names(line["text"], label)


def _names(text: str, agency: str) -> bool:
    """Does the line name the agency at all?"""
    known = agency_name(agency)
    spellings = next(((one.name, *one.bare, *one.marked) for one in AGENCIES if one.name == known), (agency,))
    return any(f" {spelling}" in f" {text[:120]}".replace("(", " ").replace("/", " ") for spelling in spellings)


def _seen(found: Dateline | None) -> str:
    return f"{found.place} | {found.day}.{found.month}. | {found.agency}" if found else "nothing"
