"""A calendar taken apart into its components, line by line, before anything is understood. Pure.

Each event is then read by itself, so that one that is broken stops no other (RFC 5545 §3.1, §3.4).
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from dragoman.model.errors import TooLarge, Undecodable

MOST_ENTRIES, LONGEST_ENTRY = 5_000, 200_000
"""Events of one calendar, and characters of one event."""
ENTRIES = frozenset({"VEVENT", "VJOURNAL"})
_FOLD = re.compile(r"\r?\n[ \t]")
_NEWLINE = re.compile(r"\r\n|\n|\r")


class Component(Struct, frozen=True):
    """A component of a calendar: its name, and its unfolded lines from BEGIN to END."""

    name: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\r\n".join(self.lines) + "\r\n"

    def value(self, name: str) -> str:
        """What stands behind the colon of the first such line of its own; empty where there is none."""
        return next((value for found, value in self.properties() if found == name), "")

    def properties(self) -> Iterator[tuple[str, str]]:
        """Names and values of its own lines, those of components inside it left out."""
        depth = 0
        for line in self.lines:
            name, value = named(line)
            depth += (name == "BEGIN") - (name == "END")
            if depth == 1 and name != "BEGIN":
                yield name, value


class Calendar(Struct, frozen=True):
    """`said`: what it says of itself, by name. `zones`: its time zones, by TZID."""

    said: dict[str, str]
    zones: dict[str, Component]
    entries: tuple[Component, ...]


def named(line: str) -> tuple[str, str]:
    """The name of a line, in capitals and without parameters, and what stands behind its colon."""
    quoted = False
    for at, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return re.split("[;:]", line, maxsplit=1)[0].strip().upper(), line[at + 1 :].strip()
    return line.strip().upper(), ""


def take_apart(text: str) -> Calendar:
    """The calendar, or the calendars one after the other, that `text` holds.

    Raises:
        Undecodable: it holds none. TooLarge: it has more than `MOST_ENTRIES` events.
    """
    said: dict[str, str] = {}
    zones: dict[str, Component] = {}
    entries: list[Component] = []
    opened = False
    for component in _components(_NEWLINE.split(_FOLD.sub("", text))):
        if isinstance(component, tuple):
            opened = opened or component == ("BEGIN", "VCALENDAR")
            said.setdefault(*component)
        elif component.name == "VTIMEZONE":
            zones.setdefault(component.value("TZID").strip('"'), component)
        elif component.name in ENTRIES:
            entries.append(component)
        if len(entries) > MOST_ENTRIES:
            raise TooLarge("The calendar holds too much", f"more than {MOST_ENTRIES} events")
    if not opened:
        raise Undecodable("This is not a calendar", "it has no BEGIN:VCALENDAR")
    return Calendar(said, zones, tuple(entries))


def _components(lines: list[str]) -> Iterator[Component | tuple[str, str]]:
    """Each component below the calendar, whole; and each line of the calendar's own, as name and value."""
    inside: list[str] = []
    open_names: list[str] = []
    for line in lines:
        mark, _, name = line[:80].upper().partition(":")
        name = name.strip()
        if open_names and mark in ("BEGIN", "END") and name in ("VCALENDAR", open_names[0]):
            # What was left open ends with what it stands in, and an event where the next one begins.
            yield _closed(open_names, inside)
            begins_anew = mark == "BEGIN" and name == open_names[0]
            inside, open_names = ([line], [name]) if begins_anew else ([], [])
        elif mark == "BEGIN" and name != "VCALENDAR":
            open_names.append(name)
            inside.append(line)
        elif open_names:
            if mark == "END" and name == open_names[-1]:
                open_names.pop()
            inside.append(line)
        elif line.strip():
            found, value = named(line[:2_000])
            yield found, value.upper() if found in ("BEGIN", "METHOD") else value
    if open_names:
        yield _closed(open_names, inside)


def _closed(open_names: list[str], lines: list[str]) -> Component:
    return Component(open_names[0], (*lines, *(f"END:{name}" for name in reversed(open_names))))
