"""What the desk may do to an item, and if this person may not do it now, why. Pure."""

from msgspec import Struct

from dragoman.store.items import Filed
from dragoman.web.asking import RIGHTS, Asking


class Act(Struct, frozen=True, kw_only=True):
    """`why` names the words that say why not, completed by `who`; empty: it may be done."""

    name: str
    why: str = ""
    who: str = ""

    @property
    def is_allowed(self) -> bool:
        return not self.why


def acts_on(filed: Filed, asking: Asking, home: str) -> tuple[Act, ...]:
    """Every act, allowed or not: what is forbidden is shown with its reason, not hidden."""
    return tuple(_act(name, filed, asking, home) for name in ("correct", "hold", "release", "kill"))


def _act(name: str, filed: Filed, asking: Asking, home: str) -> Act:
    why, who = _STATES[name](filed, asking, home)
    if why:
        return Act(name=name, why=why, who=who)
    if not asking.may(name):
        return Act(name=name, why="act.why.role", who=", ".join(asking.words.known("role", r) for r in RIGHTS[name]))
    return Act(name=name)


def _correct(filed: Filed, asking: Asking, home: str) -> tuple[str, str]:
    if filed.state in ("killed", "expunged"):
        return "act.why.killed", ""
    return ("act.why.origin", filed.version.origin) if filed.version.origin != home else ("", "")


def _hold(filed: Filed, asking: Asking, home: str) -> tuple[str, str]:
    if filed.state == "held":
        return "act.why.held", filed.held_by
    return ("act.why.killed", "") if filed.state != "usable" else ("", "")


def _release(filed: Filed, asking: Asking, home: str) -> tuple[str, str]:
    if filed.state != "held":
        return "act.why.not_held", ""
    return ("act.why.holder", filed.held_by) if filed.held_by not in ("", home) else ("", "")


def _kill(filed: Filed, asking: Asking, home: str) -> tuple[str, str]:
    if filed.state in ("killed", "expunged"):
        return "act.why.killed", ""
    if filed.version.origin != home:
        return "act.why.origin", filed.version.origin
    if filed.kill_requested_by == asking.person.name:
        return "act.why.second", asking.person.name
    return "", ""


_STATES = {"correct": _correct, "hold": _hold, "release": _release, "kill": _kill}
