"""What an agency may do with a version, now: one judge for every surface. Pure.

| action | may the agency … | item usable, version carries copy | item held, version is the hold | item killed or expunged, version is the kill | else |
|---|---|---|---|---|---|
| see | know that it is there, read the headline | running | no | no | no |
| read | read the text, fetch files | running | no | no | no |
| send | be sent this version: an attempt starts | running | held by it | held by it | no |
| translate | translate it | running, and the terms say so | no | no | no |
| onward | hand it on to others | running but never ahead, and the terms say so | no | no | no |
| tombstone | be told that it is held or killed | no | held by it | held by it | no |

*Copy* is a version with the act publish, update, correct or release; a hold and a kill are *notices*.

*running*: there is a grant, not withdrawn, its `since` has come; the agreement is active and now lies from `valid_from`
up to but not including `valid_until`; the item's embargo has come, or the grant is an `advance` one, which opens all but
`onward`. The embargo is that of the item's newest version: when it moves later, what was open closes again.

*held by it*: there is a grant of the notice itself, and its `since` has come. Only holders of the copy are given one
(`matching`), so nobody learns of an item from its kill; neither the agreement's end nor a withdrawal takes it back.

Embargoes, dates and `since` open at their very moment (`<=`). All of this is `core_refusals`, and is true in SQL as well
(`dragoman.route.twin`). Beyond it `may` asks the terms about translation and onward use, and refuses copy that a newer
version has superseded.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from dragoman.model.agreement import AgreementState, Grant, Terms, Verdict
from dragoman.model.version import ItemState, VersionAct

Action = Literal["see", "read", "send", "translate", "onward", "tombstone"]

COPY: Final[tuple[VersionAct, ...]] = ("publish", "update", "correct", "release")
NOTICES: Final[tuple[VersionAct, ...]] = ("hold", "kill")


class Rule(Struct, frozen=True, kw_only=True):
    """One line of the table: in these `states`, these `actions` on versions with these `acts` may be allowed.

    `running` asks for the agreement and the embargo as well; `ahead` lets an advance grant come before the embargo.
    """

    actions: tuple[Action, ...]
    states: tuple[ItemState, ...]
    acts: tuple[VersionAct, ...]
    running: bool = False
    ahead: bool = False


RULES: Final = (
    Rule(actions=("see", "read", "send", "translate"), states=("usable",), acts=COPY, running=True, ahead=True),
    Rule(actions=("onward",), states=("usable",), acts=COPY, running=True),
    Rule(actions=("send", "tombstone"), states=("held",), acts=("hold",)),
    Rule(actions=("send", "tombstone"), states=("killed", "expunged"), acts=("kill",)),
)
_RULE: Final = {(n, s, a): rule for rule in RULES for n in rule.actions for s in rule.states for a in rule.acts}


class Standing(Struct, frozen=True, kw_only=True):
    """How item and version stand now. `embargoed_until` is that of the item's newest version; `agreement` the state of
    the agreement that the grant follows from."""

    state: ItemState
    act: VersionAct = "publish"
    embargoed_until: datetime | None = None
    superseded: bool = False
    agreement: AgreementState = "active"


class Core(Struct, frozen=True):
    """What the judgement shared with SQL rests on, in the order of the SQL function's parameters.

    No grant: `grant_since` is None. No agreement to be found: `agreement_state` and `valid_from` are None.
    """

    grant_since: datetime | None
    grant_withdrawn: datetime | None
    agreement_state: AgreementState | None
    valid_from: datetime | None
    valid_until: datetime | None
    advance: bool
    embargoed_until: datetime | None
    item_state: ItemState
    act: VersionAct
    action: Action
    now: datetime


def may(terms: Terms | None, facts: Standing, grant: Grant | None, action: Action, now: datetime) -> Verdict:
    """Whether the agency of `grant` may, with the clauses that refuse it; where it may, the reasons of the grant.

    `terms` are those in force, which may be newer than the grant; None where the agreement is no longer here, which
    refuses all but notices.
    """
    refusals = core_refusals(core_of(terms, facts, grant, action, now))
    if facts.act in COPY:
        refusals += _beyond_core(terms, facts, action)
    if refusals or grant is None:
        return Verdict(allowed=False, reasons=refusals)
    return Verdict(allowed=True, reasons=grant.reasons)


def core_of(terms: Terms | None, facts: Standing, grant: Grant | None, action: Action, now: datetime) -> Core:
    """The facts of one case. A grant in advance counts as such only while the terms still have it so."""
    return Core(
        grant.since if grant else None,
        grant.withdrawn if grant else None,
        facts.agreement if terms else None,
        terms.valid_from if terms else None,
        terms.valid_until if terms else None,
        bool(grant and grant.advance and terms and terms.embargo == "advance"),
        facts.embargoed_until,
        facts.state,
        facts.act,
        action,
        now,
    )


def allowed_core(core: Core) -> bool:
    """The judgement that SQL gives as well (`twin`)."""
    return not core_refusals(core)


def core_refusals(core: Core) -> tuple[str, ...]:
    """Every clause that refuses, none where it may."""
    rule = _RULE.get((core.action, core.item_state, core.act))
    if rule is None:
        return (f"§ state: no “{core.action}” of a {core.act} while the item is {core.item_state}",)
    clauses = _GRANT + (_RUNNING if rule.running else ())
    refusals = tuple(said for clause in clauses if (said := clause(core)))
    if rule.running and not (rule.ahead and core.advance):
        refusals += _embargo(core)
    return refusals


# --- clauses: what refuses, or nothing ------------------------------------------------------------------------------


def _granted(core: Core) -> str:
    return "§ grant: none for this version" if core.grant_since is None else ""


def _since(core: Core) -> str:
    early = core.grant_since is not None and core.now < core.grant_since
    return f"§ since: it counts from {core.grant_since:%Y-%m-%dT%H:%M:%S%z}" if early else ""


def _withdrawn(core: Core) -> str:
    taken = core.grant_withdrawn
    return f"§ grant: withdrawn {taken:%Y-%m-%dT%H:%M:%S%z}" if taken is not None else ""


def _active(core: Core) -> str:
    return "" if core.agreement_state == "active" else f"§ agreement: {core.agreement_state or 'none'}"


def _begun(core: Core) -> str:
    begun = core.valid_from is not None and core.valid_from <= core.now
    return "" if begun else f"§ valid from {core.valid_from or 'no day'}"


def _unended(core: Core) -> str:
    ended = core.valid_until is not None and core.valid_until <= core.now
    return f"§ valid until {core.valid_until}" if ended else ""


def _embargo(core: Core) -> tuple[str, ...]:
    early = core.embargoed_until is not None and core.now < core.embargoed_until
    return (f"§ embargo: until {core.embargoed_until:%Y-%m-%dT%H:%M:%S%z}",) if early else ()


_GRANT: Final[tuple[Callable[[Core], str], ...]] = (_granted, _since)
_RUNNING: Final[tuple[Callable[[Core], str], ...]] = (_withdrawn, _active, _begun, _unended)


def _beyond_core(terms: Terms | None, facts: Standing, action: Action) -> tuple[str, ...]:
    refusals: tuple[str, ...] = ()
    if facts.superseded:
        refusals += ("§ superseded: a newer version has taken its place",)
    if terms and action == "translate" and not terms.translation:
        refusals += ("§ translation: not allowed",)
    if terms and action == "onward" and not terms.onward:
        refusals += ("§ onward: not allowed",)
    return refusals
