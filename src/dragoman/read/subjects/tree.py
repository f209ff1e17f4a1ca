"""The tree of Media Topics by its codes, and the Subject Codes of old that each stands for. Pure.

Codes alone: names of the two upper levels are in `topics`, the others come with an imported vocabulary.
"""

from functools import lru_cache
from importlib.resources import files

from msgspec import Struct


class Tree(Struct, frozen=True):
    """`broader` is by code, empty at the top; `of_old` a Media Topic by its Subject Code."""

    broader: dict[str, str]
    of_old: dict[str, str]


@lru_cache(maxsize=1)
def tree() -> Tree:
    """As IPTC released it (``data/NOTICE.md``)."""
    broader: dict[str, str] = {}
    of_old: dict[str, str] = {}
    for line in files(__package__).joinpath("data/mediatopics.tsv").read_text("ascii").splitlines():
        code, above, old = (*line.split("\t"), "", "")[:3]
        broader[code] = above
        of_old |= dict.fromkeys(old.split(), code)
    return Tree(broader, of_old)


@lru_cache(maxsize=2048)
def path(code: str) -> tuple[str, ...]:
    """The topics from `code` up to its top; `code` alone where it is not in the tree."""
    above = tree().broader.get(code)
    return (code, *path(above)) if above else (code,)


def top(code: str) -> str:
    """The topic at the top of `code`; empty where it is not in the tree, as one newer than ours."""
    return path(code)[-1] if code in tree().broader else ""


def topic_of_old(code: str) -> tuple[str, bool]:
    """The Media Topic of a Subject Code, and whether it is that very one: else it is of what stands above the code.

    A Subject Code is two digits of a subject, three of a matter and three of a detail (IPTC Subject Reference System).
    """
    known = tree()
    for digits in (8, 5, 2):
        above = code[:digits].ljust(8, "0")
        if found := known.of_old.get(above) or (above if above in known.broader else ""):
            return found, above == code
    return "", False
