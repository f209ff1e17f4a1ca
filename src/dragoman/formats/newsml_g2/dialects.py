"""What agencies mean by what they write in NewsML-G2, as a table: a row an agency. Pure.

A row is found by what stands in the item's guid, its provider and the message's sender. What no row says is the standard's.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from dragoman.formats._status import CorrectionKind
from dragoman.model.item import PubStatus

Field = Literal["subjects", "places", "people", "organisations", "events"]


class Dialect(Struct, frozen=True, kw_only=True):
    """`marks`: one of them stands in small letters in guid, provider or sender. `zone`: of times without one.

    `clock_of_zone`: its ``Z`` is no UTC but the zone's own clock. `signals`, `statuses`: its words for what a version does,
    and for taking copy back, beside the usual ones. `subject_types`: its types of subject → the field they are.
    `nothing`: what it writes for an empty field. `skipped_notes`, `skipped_descriptions`: roles whose text says nothing more.
    `creator_is_author`: the creator is who wrote it, and not a desk or a login. `empty_is_absent`: an empty ``embargoed``
    is a template that nobody filled in.
    """

    name: str
    marks: tuple[str, ...]
    zone: str = ""
    clock_of_zone: bool = False
    signals: Mapping[str, CorrectionKind] = {}
    statuses: Mapping[str, PubStatus] = {}
    subject_types: Mapping[str, Field] = {}
    nothing: frozenset[str] = frozenset()
    skipped_notes: frozenset[str] = frozenset()
    skipped_descriptions: frozenset[str] = frozenset()
    creator_is_author: bool = False
    empty_is_absent: bool = False
    left_over: tuple[str, ...] = ()
    """Markup of its own system that stands in its texts as words, and says nothing."""


SUBJECT_TYPES: Mapping[str, Field] = {
    "person": "people",
    "organisation": "organisations",
    "geoarea": "places",
    "poi": "places",
    "city": "places",
    "statprov": "places",
    "country": "places",
    "event": "events",
}
"""The last part of a subject's type (IPTC NewsCodes cpnature, location) in small letters → the field."""

STANDARD = Dialect(name="", marks=(), creator_is_author=True)

DIALECTS: tuple[Dialect, ...] = (
    Dialect(
        name="Reuters",
        marks=("reuters.com", "thomsonreuters"),
        signals={"edstat:c": "correction", "edstat:w": "kill", "edstat:r": "refile"},
        subject_types={"cpttype:5": "places", "cpttype:2": "people", "cpttype:3": "organisations", "cpttype:37": "events"},
        nothing=frozenset({"No-Data-Available"}),
        skipped_descriptions=frozenset({"audio", "videocaption"}),
    ),
    Dialect(
        name="STT",
        marks=("stt.fi", "stt-lehtikuva", "|stt|"),
        zone="Europe/Helsinki",
        statuses={"sttinstruct:remove": "canceled"},
        left_over=("&lt;endash&gt;", "&lt;/endash&gt;"),
    ),
    Dialect(
        name="dpa",
        marks=("dpa.com", "nprov:dpa|"),
        zone="Europe/Berlin",
        skipped_notes=frozenset({"closingline", "dpacontacts"}),
    ),
    Dialect(
        name="ANSA",
        marks=("ansa.it", "|ansa|", "tag:ansa|"),
        zone="Europe/Rome",
        clock_of_zone=True,
        subject_types={"cpttype:5": "places"},
        skipped_descriptions=frozenset({"semantics"}),
    ),
    Dialect(name="AFP", marks=("afp.com", "nprov:afp"), zone="Europe/Paris"),
    Dialect(name="AP", marks=("ap.org",)),
    Dialect(name="PA", marks=("pressassociation", "pa.media", "pamediagroup", "|nprov:pa|"), zone="Europe/London"),
    Dialect(name="TT", marks=("tt.se", "|tt|"), zone="Europe/Stockholm"),
    Dialect(name="NTB", marks=("ntb.no", "|ntb|"), zone="Europe/Oslo"),
    Dialect(name="Ritzau", marks=("ritzau",), zone="Europe/Copenhagen"),
    Dialect(name="Belga", marks=("belga",), zone="Europe/Brussels"),
    Dialect(name="ANP", marks=("anp.nl", "|anp|"), zone="Europe/Amsterdam"),
    Dialect(name="APA", marks=("apa.at", "|apa|"), zone="Europe/Vienna"),
    Dialect(name="Keystone-ATS", marks=("keystone-ats", "keystone-sda", "ats.ch", "sda.ch"), zone="Europe/Zurich"),
    Dialect(name="EFE", marks=("efe.com", "|efe|"), zone="Europe/Madrid"),
    Dialect(name="ANA-MPA", marks=("ana-mpa", "ana.gr", "amna.gr"), zone="Europe/Athens"),
    Dialect(name="Kyodo", marks=("kyodo",), zone="Asia/Tokyo"),
    Dialect(name="BusinessDesk", marks=("businessdesk", "scoop.co.nz"), zone="Pacific/Auckland", empty_is_absent=True),
    Dialect(name="press releases", marks=("globenewswire", "marketwire", "businesswire", "prnewswire")),
)  # fmt: skip


@lru_cache(maxsize=256)
def dialect_of(guid: str, provider: str, sender: str) -> Dialect:
    """The row for the item; the standard's where there is none. Give of the guid what does not change from item to item."""
    words = f"{guid}|{provider}|{sender}|".lower()
    return next((row for row in DIALECTS if any(mark in words for mark in row.marks)), STANDARD)
