"""Race results behind one header line of fields parted by US: meeting, race, repeated, …, state, day of the week. Pure."""

import re
from collections.abc import Mapping

from dragoman.formats._wire_copy import known
from dragoman.formats.coded.said import Said
from dragoman.formats.coded.zczc import ZONE
from dragoman.model.arrival import Hints
from dragoman.model.item import Concept

HEAD = re.compile(
    r"\s*\x01?(?P<meeting>[^\n\x1f]{2,60})\x1f(?P<race>\d{1,2}(?:-\d{1,2})?)\x1f(?P<again>[YN])\x1f[^\n\x1f]{0,8}\x1f(?P<state>[A-Z]{2,3})\x1f(?P<day>[A-Za-z]{3,10})[ \t]*\n"
)
_SIGNED = re.compile(r"\n[ \t]*(?P<line>AAP RESULTS)\s*\Z")
_FRACTION = re.compile(r"#sfr(?=\d)")
_BREAK = re.compile(r"#q[clr]|(?<=\^)(?=[A-Z])")
_CODE = re.compile(r"#(?:me\d+:?|fu\d+\S{0,3}|b[bd]\d?|nf|[a-z]{2}\d*)")
_LONGEST_SLUG = 30
CITIES: Mapping[str, str] = {
    "NSW": "Sydney", "VIC": "Melbourne", "QLD": "Brisbane", "SA": "Adelaide", "WA": "Perth", "TAS": "Hobart", "NT": "Darwin", "ACT": "Canberra", "NZ": "Auckland",
}  # fmt: skip
RACES: Mapping[str, str] = {"R": "Gallop", "T": "Trot", "G": "Dogs"}
"""Letter in the file's name (``RR_…``, ``TR_…``) → the kind of race; gallops where it says nothing."""
_KIND = re.compile(r"(?:[A-Z]{2})?(?P<kind>[RTG])R_")


def read(text: str, hints: Hints) -> Said:
    """What one result says."""
    head = HEAD.match(text)
    assert head is not None, "asked for by HEAD"
    body = text[head.end() :]
    signed = _SIGNED.search(f"\n{body}")
    if signed:
        body = body[: max(0, signed.start() - 1)]
    named = _KIND.match(hints.source.rsplit("/", 1)[-1])
    kind = RACES[named["kind"]] if named else "Gallop"
    meeting = f"{head['meeting'].title()} {kind}"
    race, state = head["race"], head["state"]
    result = "Results" if "-" in race else "Result"
    again = head["again"] == "Y"
    return Said(
        text=_CODE.sub("", _BREAK.sub("\n", _FRACTION.sub(" ", body))),
        headline=f"{'RPTG CRTG ' if again else ''}{meeting} {result} {race} {CITIES.get(state, state)} {head['day']}",
        slugline=meeting[:_LONGEST_SLUG].strip(),
        take_key=f"{result} {race} {CITIES.get(state, state)}",
        genre="Results (sport)",
        category="r",
        places=(Concept(name=state),),
        source="AAP" if signed else "",
        zone=known(hints, ZONE),
        language="en",
        again=again,
        as_set=True,
        signs_off=signed["line"] if signed else "",
        header=(" ".join(head[0].replace("\x1f", " | ").replace("\x01", "").split()),),
    )
