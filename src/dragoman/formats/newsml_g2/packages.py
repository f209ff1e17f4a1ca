"""A package: its groups of references, from the root down, as associations in reading order. Pure. (NewsML-G2, groupSet)"""

from lxml import etree
from msgspec.structs import replace

from dragoman.formats.newsml_g2.codes import last_part
from dragoman.formats.newsml_g2.meta import MOST, association_of
from dragoman.formats.newsml_g2.said import Said, children, concept_of


def read_groups(said: Said, group_set: etree._Element) -> None:
    """The references of every group, each by the role of the group it stands in."""
    groups = {group.get("id", ""): group for group in children(group_set, "group")}
    named = group_set.get("root", "")
    root = groups[named] if named in groups else next(iter(groups.values()), None)
    seen: set[str] = set()
    if root is not None:
        _group(said, root, groups, seen)
    for key, group in groups.items():  # what the root does not reach is still part of it
        if key not in seen and len(seen) < MOST:
            _group(said, group, groups, seen)
    if len(groups) > len(seen):
        said.lost[f"groups behind the first {MOST}"] = None


def read_reference(said: Said, element: etree._Element, role: str) -> None:
    """The item that `element` refers to, related as `role` where it says nothing itself; at most `MOST` in a package."""
    found = association_of(said, element)
    if found is not None and len(said.associations) < MOST:
        said.associations.append(found if found.rel else replace(found, rel=role))


def _group(said: Said, group: etree._Element, groups: dict[str, etree._Element], seen: set[str]) -> None:
    """`group` and those it refers to, each once: a ring of references ends where it began."""
    waiting = [group]
    while waiting and len(seen) < MOST:
        here = waiting.pop()
        key = here.get("id", "")
        if key in seen:
            continue
        seen.add(key)
        role = last_part(here.get("role") or here.get("roleuri") or "") or "part"
        for reference in children(here, "itemRef"):
            read_reference(said, reference, role)
        for reference in children(here, "conceptRef"):
            said.add("subjects", concept_of(said, reference))
        inner = [
            groups[child.get("idref", "")] for child in children(here, "groupRef") if child.get("idref", "") in groups
        ]
        waiting += reversed(inner)
