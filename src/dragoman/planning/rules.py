"""Who may change what in a project. One table: a kind, and the rules that its acts must pass, in order."""

from collections.abc import Mapping
from typing import Final

from dragoman.planning.event import OF_A_PARTICIPANT, OF_AN_EVENT, OF_COVERAGE
from dragoman.planning.exhibition_rules import EXHIBITION_RULES
from dragoman.planning.floor.rules import FLOOR_RULES
from dragoman.planning.fold import Case
from dragoman.planning.members import Clause, by_a_member, by_an_editor, by_its_maker, dropped_by_its_maker
from dragoman.planning.project import of_a_member, of_an_item, of_the_project

RULES: Final[Mapping[str, tuple[Clause, ...]]] = {
    "project": (of_the_project,),
    "member": (of_a_member,),
    "note": (by_a_member, by_its_maker),
    "item": (by_an_editor, dropped_by_its_maker, of_an_item),
    "event": OF_AN_EVENT,
    "participant": OF_A_PARTICIPANT,
    "coverage": OF_COVERAGE,
    **EXHIBITION_RULES,
    **FLOOR_RULES,
}
"""What is not here any member but a reader may change, and its maker or the lead may take away."""
_USUAL: Final = (by_an_editor, dropped_by_its_maker)


def rule(case: Case) -> str:
    """Why the act does not count, by the first rule of its kind that refuses it; empty: it counts."""
    for clause in RULES.get(case.act.kind, _USUAL):
        why = clause(case)
        if why:
            return why
    return ""
