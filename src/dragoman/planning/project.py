"""The rules of the project itself and of its members: the lead invites, everybody joins and leaves by itself."""

from typing import Final

from dragoman.model.project import Member, ProjectItem
from dragoman.planning.fold import Case
from dragoman.planning.members import by_the_lead, member

_OWN: Final = frozenset({"name", "node", "keys", "joined", "accepted", "left"})


def of_the_project(case: Case) -> str:
    if case.act.id != "project":
        return "there is one record of the project"
    if case.act.verb == "drop":
        return "a project is closed, not dropped"
    if case.before is None:
        return "" if case.act.agency == case.founder else "only its founder founds a project"
    return by_the_lead(case)


def of_a_member(case: Case) -> str:
    """The founder begins as the lead; then the lead invites and excludes, and everybody joins and leaves by itself."""
    act, who = case.act, case.act.agency
    after = case.after
    assert isinstance(after, Member)
    if act.verb == "drop":
        return "a member leaves, it is not dropped"
    if case.before is None and act.id == who == case.founder:
        return "" if after.role == "lead" else "the founder begins as the lead"
    if act.id == who and case.before is not None:
        return _own_membership(case)
    if by_the_lead(case):
        return by_the_lead(case)
    before = member(case, act.id)
    if after.is_in and not (before and before.is_in):
        return f"only {act.id} itself can join"
    if before and before.is_in and after.joined != before.joined:
        return "when it joined is the member's own word"
    return "the accepted terms are the member's own word" if after.accepted and "accepted" in case.changes else ""


def of_an_item(case: Case) -> str:
    """An item stays the one that was put in: by this record its maker gives what it names."""
    after, before = case.after, case.before.record if case.before else None
    assert isinstance(after, ProjectItem)
    if not isinstance(before, ProjectItem) or (after.origin, after.uri) == (before.origin, before.uri):
        return ""
    return "an item's origin and uri stay: put the other one in"


def _own_membership(case: Case) -> str:
    before, after = member(case), case.after
    assert isinstance(after, Member)
    if before is not None and before.left and after.left is None:
        return "who has left is invited again by the lead"
    if before is not None and before.role == "lead" and case.changes - _OWN:
        return ""
    foreign = case.changes - _OWN
    return f"only the lead changes a member's {min(foreign)}" if foreign else ""
