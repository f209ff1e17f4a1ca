"""The history checker: the promises as rules over a history; each says in words where it is broken.

    python -m tests.crash.history FILE

One pass over the lines, one small entry in memory for each version and delivery: it serves 20 items in a test and
2 million in a soak.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from .lines import Given, History, Line, Received, history, read

STARTED_S = 0.5
"""How long an attempt that the store let begin may take to be packed, in seconds: one stamped later began after the kill."""
SENDERS = ("deliver", "supervisor", "database")
"""What the roles' names end with whose death may leave a delivery sent and not recorded."""
STOPS = frozenset({"hold", "kill"})


class Violation(Struct, frozen=True, order=True):
    """A broken promise. `rule` is one of `RULES`."""

    rule: str
    said: str


def check(lines: Iterable[Line]) -> list[Violation]:
    """Every broken promise, by rule; empty for a good history."""
    found = history(lines)
    return sorted(Violation(name, said) for name, rule in RULES.items() for said in rule(found))


def main(path: Path) -> int:
    """Check the file; 1 where a promise is broken."""
    with path.open("rb") as file:
        broken = check(read(file))
    for violation in broken:
        sys.stdout.write(f"{violation.rule}: {violation.said}\n")
    sys.stdout.write(f"{len(broken)} violations\n")
    return 1 if broken else 0


# ------------------------------------------------------------------------------------------------ the rules


def units_add_up(history: History) -> Iterator[str]:
    """P2: received = stored + duplicate + parked + refused."""
    for one in history.counted:
        if one.received != (found := one.stored + one.duplicate + one.parked + one.refused):
            yield f"{one.received} units came in, {found} are accounted for"


def nothing_acknowledged_is_lost(history: History) -> Iterator[str]:
    """P1: what was acknowledged is in the database."""
    for (item, version), given in history.given.items():
        if given.acknowledged and (item, version) not in history.stored:
            yield f"{item} version {version} was acknowledged and is not stored"


def an_effect_happens_once(history: History) -> Iterator[str]:
    """P3: one id for one version and action at one partner."""
    for (partner, item), received in history.received.items():
        ids: dict[tuple[str, str], str] = {}
        for one in received:
            if ids.setdefault((one.version, one.action), one.id) != one.id:
                yield f"{partner} got {one.action} of {item} version {one.version} as {ids[one.version, one.action]} and {one.id}"


def what_was_taken_is_not_sent_again(history: History) -> Iterator[str]:
    """P3: a repeat of what the partner has taken comes only after a death of whoever sent it, before it was recorded."""
    deaths = [one.at for one in history.died if one.role.endswith(SENDERS)]
    for (partner, item), received in history.received.items():
        taken: dict[str, float] = {}
        for one in received:
            before = taken.get(one.id)
            if before is not None and not any(before - STARTED_S <= at <= one.at for at in deaths):
                yield f"{partner} had taken {one.id} ({item}) and got it again"
            if 200 <= one.answered < 300:
                taken[one.id] = one.at


def versions_never_go_back(history: History) -> Iterator[str]:
    """P4: in the order of the version's number; a repeat of the newest is none."""
    for (partner, item), received in history.received.items():
        newest = ""
        for one in received:
            if newest and number(one.version) < number(newest):
                yield f"{partner} got version {one.version} of {item} after version {newest}"
            newest = max(newest, one.version, key=number)


def number(version: str) -> tuple[int, str]:
    return (int(version), "") if version.isdecimal() else (0, version)


def nothing_begins_after_a_kill(history: History) -> Iterator[str]:
    """P5: from the commit of a kill nothing of the item begins but the kill; and nothing comes after it."""
    for (partner, item), received in history.received.items():
        if item not in history.killed:
            continue
        told = False
        for one in received:
            if one.action != "kill" and one.begun > history.killed[item] + STARTED_S:
                yield f"{one.action} of {item} to {partner} began {one.begun - history.killed[item]:.1f} s after its kill"
            elif one.action != "kill" and told:
                yield f"{partner} got {one.action} of {item} after its kill"
            told = told or one.action == "kill"
            if one.action in STOPS and one.text:
                yield f"the {one.action} of {item} to {partner} carries its text"


def every_holder_gets_the_kill(history: History) -> Iterator[str]:
    """P5: whoever has had any version."""
    for (partner, item), received in history.received.items():
        if item in history.killed and not any(one.action == "kill" and _taken(one) for one in received):
            yield f"{partner} has had {item} and not its kill"


def nothing_comes_before_its_embargo(history: History) -> Iterator[str]:
    """P6, by the last version's hour that holds for the version sent."""
    for (partner, item), received in history.received.items():
        for one in received:
            given = history.given.get((item, one.version))
            if given and one.at < given.embargo:
                yield f"{partner} got {item} version {one.version} {given.embargo - one.at:.3f} s before its hour"


def nothing_leaves_the_agreement(history: History) -> Iterator[str]:
    """P7: only these origins, these languages, and only copy that was given to the node at all."""
    facts = {item: given for (item, _), given in history.given.items()}
    for partner, item in history.received:
        given, terms = facts.get(item), history.agreed.get(partner)
        if given is None:
            yield f"{partner} got {item}, which nobody gave"
        elif terms is None or not _covers(history, partner, given):
            yield f"{partner} got {item} ({given.origin}, {given.language}), outside its agreement"


def _covers(history: History, partner: str, given: Given) -> bool:
    terms = history.agreed[partner]
    return given.origin in terms.origins and given.language in terms.languages


def every_copy_has_its_credit(history: History) -> Iterator[str]:
    """P10; a kill or hold has no text to be credited."""
    for (partner, item), received in history.received.items():
        wanted = history.agreed[partner].credit if partner in history.agreed else ""
        for one in received:
            if one.text and (not one.credit or wanted not in one.credit):
                yield f"{partner} got {item} version {one.version} with the credit line {one.credit!r} instead of {wanted!r}"


def everyone_ends_with_the_current_version(history: History) -> Iterator[str]:
    """P2, on the way out: nothing that was owed stayed behind."""
    facts = {item: given for (item, _), given in history.given.items()}
    for item, stored in history.current.items():
        given = facts.get(item)
        for partner in history.agreed if given else ():
            assert given is not None
            received = history.received.get((partner, item), [])
            taken = [one.version for one in received if _taken(one)]
            owed = _covers(history, partner, given) and (stored.act not in STOPS or taken)
            if owed and (not taken or taken[-1] != stored.version):
                has = f"version {taken[-1]}" if taken else "nothing"
                yield f"{partner} has {has} of {item}, current is {stored.version} ({stored.act})"


def nothing_is_stored_that_nobody_gave(history: History) -> Iterator[str]:
    """Versions of ours come from the desk (act other than publish or update); the rest was given."""
    for (item, version), stored in history.stored.items():
        if (item, version) not in history.given and stored.act in ("publish", "update"):
            yield f"{item} version {version} ({stored.act}) is stored, nobody gave it"


def _taken(one: Received) -> bool:
    return 200 <= one.answered < 300


RULES: dict[str, Callable[[History], Iterator[str]]] = {
    "units add up": units_add_up,
    "nothing acknowledged is lost": nothing_acknowledged_is_lost,
    "an effect happens once": an_effect_happens_once,
    "what was taken is not sent again": what_was_taken_is_not_sent_again,
    "versions never go back": versions_never_go_back,
    "nothing begins after a kill": nothing_begins_after_a_kill,
    "every holder gets the kill": every_holder_gets_the_kill,
    "nothing comes before its embargo": nothing_comes_before_its_embargo,
    "nothing leaves the agreement": nothing_leaves_the_agreement,
    "every copy has its credit": every_copy_has_its_credit,
    "everyone ends with the current version": everyone_ends_with_the_current_version,
    "nothing is stored that nobody gave": nothing_is_stored_that_nobody_gave,
}


def tally(history: History) -> Counter[str]:
    """What the history holds, for the table of a run."""
    received = [one for each in history.received.values() for one in each]
    return Counter(
        given=len(history.given),
        stored=len(history.stored),
        received=len(received),
        repeated=len(received) - len({(one.partner, one.id) for one in received}),
    )


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
