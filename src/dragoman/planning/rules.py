"""Who may change what in a project. One table: a kind, and the rules that its acts must pass, in order."""

from collections.abc import Callable, Mapping
from typing import Final

from dragoman.model.project import Member, Project
from dragoman.planning.fold import Case

Clause = Callable[[Case], str]
_OWN: Final = frozenset({"name", "node", "keys", "joined", "accepted", "left"})


def rule(case: Case) -> str:
    """Why the act does not count, by the first rule of its kind that refuses it; empty: it counts."""
    for clause in RULES.get(case.act.kind, (by_an_editor, dropped_by_its_maker)):
        why = clause(case)
        if why:
            return why
    return ""


def member(case: Case, agency: str = "") -> Member | None:
    """The member as it stands, of the act's own agency unless told; none for who was never one."""
    held = case.records.get("member", agency or case.act.agency)
    return held.record if held and not held.dropped and isinstance(held.record, Member) else None


def by_a_member(case: Case) -> str:
    """Only who has joined and not left may act."""
    who = member(case)
    if who is None or not who.is_in:
        return f"{case.act.agency} is not a member of the project"
    held = case.records.get("project", "project")
    if held is not None and isinstance(held.record, Project) and held.record.closed and case.act.kind != "project":
        return "the project is closed"
    return ""


def by_an_editor(case: Case) -> str:
    """Readers read."""
    who = member(case)
    return by_a_member(case) or (f"{case.act.agency} may only read" if who and who.role == "reader" else "")


def by_the_lead(case: Case) -> str:
    who = member(case)
    return by_a_member(case) or ("" if who and who.role == "lead" else "only the lead may do this")


def by_its_maker(case: Case) -> str:
    """Only the agency that made a record changes it."""
    if case.before is None or case.before.made.agency == case.act.agency:
        return ""
    return f"only {case.before.made.agency}, who made it, may change it"


def dropped_by_its_maker(case: Case) -> str:
    """A record is taken away by the agency that made it, or by the lead."""
    return "" if case.act.verb == "set" or not by_its_maker(case) else by_the_lead(case)


def _project(case: Case) -> str:
    if case.act.id != "project":
        return "there is one record of the project"
    if case.act.verb == "drop":
        return "a project is closed, not dropped"
    if case.before is None:
        return "" if case.act.agency == case.founder else "only its founder founds a project"
    return by_the_lead(case)


def _member(case: Case) -> str:
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
    if "joined" in case.changes and after.joined is not None:
        return f"only {act.id} itself can join"
    return "the accepted terms are the member's own word" if after.accepted and "accepted" in case.changes else ""


def _own_membership(case: Case) -> str:
    before, after = member(case), case.after
    assert isinstance(after, Member)
    if before is not None and before.left and after.left is None:
        return "who has left is invited again by the lead"
    if before is not None and before.role == "lead" and case.changes - _OWN:
        return ""
    foreign = case.changes - _OWN
    return f"only the lead changes a member's {min(foreign)}" if foreign else ""


RULES: Final[Mapping[str, tuple[Clause, ...]]] = {
    "project": (_project,),
    "member": (_member,),
    "note": (by_a_member, by_its_maker),
    "vote": (by_an_editor, by_its_maker),
}
"""What is not here any member but a reader may change, and its maker or the lead may take away."""
