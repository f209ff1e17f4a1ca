"""An agency's own rules on subjects: what always makes a topic, what never does. Pure.

A file of rules has one a line; blank lines and what stands behind a ``#`` at the beginning of a line are left out:

    20000574: seçki* OR ballot
    not 15000000: "chess piece"
    medtop:20000209: subject:harbour language:en,az

Before the colon a Media Topic, after it a query as agreements and alerts have it (`dragoman.query`), put to the item's headline,
text, language, dateline and sender's subjects. A rule without a query holds always. ``not`` is stronger than the rest.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from dragoman.model.errors import BadInput
from dragoman.model.item import Body, Item, Profile
from dragoman.model.reading import Reading, Subject
from dragoman.model.version import Version
from dragoman.query import Reading as Asked
from dragoman.query import Tree, canonical, matches, parse
from dragoman.read.document import Document
from dragoman.read.subjects.tree import path, top, tree
from dragoman.read.topics import label

MOST_RULES = 2_000
"""Rules of one agency: each is put to every item."""
_LINE = re.compile(r"(not\s+)?(?:medtop:)?(\d{8})\s*:(.*)\Z", re.IGNORECASE)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

Find = Callable[[Document, Reading], tuple[Subject, ...]]


class Rule(Struct, frozen=True):
    """Where `query` holds, an item has the topic `code`; or never has it nor what is below it."""

    code: str
    query: Tree
    never: bool = False


def read_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a file.

    Raises:
        BadInput: a line is no rule, its topic is none, its query cannot be read, or there are too many; the line is named.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip().removeprefix("\ufeff")
        if line and not line.startswith("#"):
            found.append(_rule(line, number))
    if len(found) > MOST_RULES:
        raise BadInput("There are too many rules", f"{len(found):,}; {MOST_RULES:,} are read")
    return tuple(found)


def _rule(line: str, number: int) -> Rule:
    parts = _LINE.match(line)
    if parts is None or not (parts[2] in tree().broader or parts[2].startswith("20")):
        raise BadInput(f"Line {number} is no rule", line[:200], hint="As in 20000574: ballot OR election")
    try:
        return Rule(code=parts[2], query=parse(parts[3].strip()), never=bool(parts[1]))
    except BadInput as error:
        raise BadInput(f"Line {number}: {error.title}", error.detail, hint=error.hint) from error


def with_rules(rules: Sequence[Rule], find: Find) -> Find:
    """`find` with `rules` above what it finds: a reader of subjects for the table of readers."""

    def ruled(document: Document, so_far: Reading) -> tuple[Subject, ...]:
        return rule(rules, document, find(document, so_far))

    return ruled if rules else find


def rule(rules: Sequence[Rule], document: Document, found: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """What is ruled for `document`, first; then what was `found` and not ruled out. A ruled topic brings its top along."""
    version = _as_version(document)
    holding = [one for one in rules if matches(one.query, version, now=version.version.received)]
    never = {one.code for one in holding if one.never}
    told: dict[str, Subject] = {}
    for one in holding:
        for code in dict.fromkeys((one.code, top(one.code) or one.code)) if not one.never else ():
            said = label(f"medtop:{code}", document.language)
            told.setdefault(code, Subject(code=code, label=said, evidence=(canonical(one.query),), by="rule"))
    told |= {one.code: one for one in found if one.code not in told}
    return tuple(one for one in told.values() if never.isdisjoint(path(one.code)))


def _as_version(document: Document) -> Asked:
    """The document as queries look at it; it has no time, no state and no agency but the sender's."""
    item = Item(
        uri="",
        title=document.headline,
        language=document.language,
        bodies=(Body(value=document.text, content_type="text/plain"),),
        subjects=document.sent,
        dragoman=Profile(dateline=document.dateline),
    )
    received = document.time or _LONG_AGO
    return Asked(Version(item=item, origin=document.agency, agency=document.agency, received=received))
