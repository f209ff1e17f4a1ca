"""Who may act at all: members, by their role. What the rules of every noun are made of."""

from collections.abc import Callable

from dragoman.model.project import Member, Project
from dragoman.planning.fold import Case

Clause = Callable[[Case], str]
"""Why an act does not count; empty: as far as this clause goes it does."""


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
