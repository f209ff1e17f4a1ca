"""From acts to records: the same acts give the same records on every node, in whatever order they arrived.

Acts are taken in the project's order (clock, agency, log, number). Each is judged by what stands at its place in that
order; one that is refused stays in the log with its reason and changes nothing. Of two that set the same field the later
one in the order holds.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar

import msgspec
from msgspec import Struct

from dragoman.model.project import Act, Record, Stamp
from dragoman.planning.kinds import KINDS

R_co = TypeVar("R_co", bound=Record, covariant=True)
_YEARS: Final = range(1583, 2201)
"""Of a time that every zone and every calendar of ours can show."""
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""As JSON has it: an escape that is not itself escaped."""
_COMPOUND: Final = (datetime, Struct, tuple, list, dict)


class Held(Struct, Generic[R_co], frozen=True, kw_only=True):
    """A record as it stands: who made it, who changed it last. `dropped`: taken away; who sets it again has made it."""

    project: str
    kind: str
    id: str
    record: R_co
    made: Stamp
    changed: Stamp
    dropped: bool = False


class Records(Protocol):
    """What a rule may look at: one record at a time, by its kind and id."""

    def get(self, kind: str, id: str) -> Held[Record] | None: ...


class Case(Struct, frozen=True, kw_only=True):
    """An act before it counts: the record before and after it, the fields it changes, and all the others."""

    act: Act
    before: Held[Record] | None
    after: Record
    changes: frozenset[str]
    records: Records

    @property
    def founder(self) -> str:
        return self.act.project.partition(":")[0]


class Folded(Struct, frozen=True):
    """The records by kind and id, and why acts were refused, by their order."""

    records: dict[tuple[str, str], Held[Record]]
    refused: dict[tuple[int, str, int, int], str]

    def get(self, kind: str, id: str) -> Held[Record] | None:
        return self.records.get((kind, id))


class Rule(Protocol):
    """Why an act does not count; empty: it does."""

    def __call__(self, case: Case) -> str: ...


def fold(acts: Iterable[Act], rule: Rule) -> Folded:
    """What the acts, each given once, come to."""
    folded = Folded({}, {})
    for act in sorted(acts, key=lambda one: one.order):
        held, why = judge(folded, act, rule)
        if held is None:
            folded.refused[act.order] = why
        else:
            folded.records[held.kind, held.id] = held
    return folded


def judge(records: Records, act: Act, rule: Rule) -> tuple[Held[Record] | None, str]:
    """The record as the act leaves it, or none and why."""
    struct = KINDS.get(act.kind)
    if struct is None:
        return None, f"this node knows no record of the kind {act.kind!r}"
    before = records.get(act.kind, act.id)
    if act.verb == "drop" and (before is None or before.dropped):
        return None, "there is nothing to drop"
    try:
        changes = _fields(act)
        after = _merged(struct, before, changes)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return None, f"its fields do not fit: {error}"[:300]
    why = rule(Case(act=act, before=before, after=after, changes=frozenset(changes), records=records))
    if why:
        return None, why
    stamp = Stamp(act.clock, act.agency, act.by)
    made = stamp if before is None or before.dropped else before.made
    return Held(
        project=act.project,
        kind=act.kind,
        id=act.id,
        record=after,
        made=made,
        changed=stamp,
        dropped=act.verb == "drop",
    ), ""


def difference(before: Record | None, after: Record) -> dict[str, Any]:
    """The fields, as JSON has them, that an act has to name to lead from `before` to `after`."""
    now = _plain(after)
    if before is None:
        return {name: value for name, value in now.items() if name in msgspec.to_builtins(after)}
    then = _plain(before)
    return {name: value for name, value in now.items() if then.get(name) != value}


def _plain(record: Record) -> dict[str, Any]:
    """Every field, those with their default too."""
    return {name: msgspec.to_builtins(getattr(record, name)) for name in record.__struct_fields__}


def _fields(act: Act) -> Mapping[str, Any]:
    changes = msgspec.json.decode(act.fields)
    if not isinstance(changes, dict):
        raise ValueError("not an object")
    if _NUL.search(bytes(act.fields)):
        raise ValueError("a NUL in them")
    return changes if act.verb == "set" else {}


def _merged(struct: type[Record], before: Held[Record] | None, changes: Mapping[str, Any]) -> Record:
    unknown = changes.keys() - set(struct.__struct_fields__)
    if unknown:
        raise ValueError(f"no field {min(unknown)!r} here")
    plain = {} if before is None else msgspec.to_builtins(before.record)
    after = msgspec.convert({**plain, **changes}, struct)
    for name in changes:
        value = getattr(after, name)
        if isinstance(value, _COMPOUND) and any(at.year not in _YEARS for at in _times(value)):
            raise ValueError("a time that is out of reach")
    return after


def _times(value: object) -> Iterable[datetime]:
    """Every time in a field, deep inside too."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, Struct):
        yield from _times(tuple(getattr(value, name) for name in value.__struct_fields__))
    elif isinstance(value, (tuple, list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _times(one)
