"""How a translation stands: for its page, and as a line of the queue. Nothing here changes anything."""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk.language_versions import sources_of
from dragoman.model.agreement import Verdict
from dragoman.model.errors import BadInput
from dragoman.model.item import Item
from dragoman.model.version import ItemState
from dragoman.route.translation import may_translate
from dragoman.store import agreements, items, translations
from dragoman.store.connect import Connection
from dragoman.store.translations import Aside, Queued, Translation
from dragoman.text.checks import Finding, blocking, findings
from dragoman.text.language import known_tag
from dragoman.text.segments import Segments, changed, paired

Waits = Literal["waiting", "draft", "returned", "ready", "changed", "published"]
WAITS: tuple[Waits, ...] = ("ready", "returned", "changed", "waiting", "draft", "published")
"""What a line of the queue waits for, in the order it is shown: `waiting` is begun by nobody, `changed` published before
the original was."""


class Desk(Struct, frozen=True, kw_only=True):
    """Everything about one translation as it stands: what the page, the command and the API show.

    `translation` is None where nobody has begun it; `changes` counts the paragraphs that the original has changed since.
    """

    original: items.Filed
    language: str
    translation: Translation | None
    target: items.Filed | None
    segments: Segments
    newest: int
    changes: int
    findings: tuple[Finding, ...]
    asides: tuple[Aside, ...]
    leave: Verdict
    eyes: int

    def why_not_ready(self) -> str:
        """The name of what stands in the way of marking it ready; empty: nothing does."""
        if self.translation is None or self.translation.state not in ("draft", "returned"):
            return "state"
        return self._stopped()

    def why_not_publish(self, by: str) -> str:
        """The same of publishing, for this person."""
        one = self.translation
        if one is None or one.state == "published" or (self.eyes > 1 and one.state != "ready"):
            return "state"
        if self.eyes > 1 and by in hands(one):
            return "same_person"
        return self._stopped()

    def _stopped(self) -> str:
        if self.original.state != "usable":
            return "held" if self.original.state == "held" else "killed"
        if not self.leave:
            return "clause"
        if self.changes:
            return "changed"
        return "checks" if blocking(self.findings) else ""


class Line(Struct, frozen=True, kw_only=True):
    """A translation in the queue. `changes`: paragraphs that the original has changed since."""

    translation: Translation
    waits: Waits
    origin: str
    uri: str
    source_language: str
    headline: str
    state: ItemState
    changes: int
    done: int
    """Segments that have their text."""


def desk_of(conn: Connection, item: int, language: str, *, now: datetime) -> Desk:
    """How the translation of an item into a language stands.

    Raises:
        NotFound: there is no such item. BadInput: that is no language.
    """
    language = tag_of(language)
    original = items.current(conn, item)
    one = translations.find(conn, item, language)
    newest, text = _newest(conn, original)
    sources = sources_of(text)
    segments = one.segments if one else paired(sources)
    moved = changed(segments, sources) if one and one.base != newest and original.state == "usable" else 0
    return Desk(
        original=original,
        language=language,
        translation=one,
        target=items.current(conn, one.target) if one and one.target else None,
        segments=segments if original.state == "usable" else (),
        newest=newest,
        changes=moved,
        findings=findings(segments, language) if one and original.state == "usable" else (),
        asides=tuple(translations.asides(conn, one.id)) if one else (),
        leave=leave(conn, original, text, now),
        eyes=translations.eyes(conn),
    )


def lines(conn: Connection, *, language: str = "", person: str = "", item: int | None = None) -> list[Line]:
    """The queue, what is most pressing first; into a language, of a person, of an item, when asked."""
    found = [_line(one) for one in translations.queue(conn, language=language, person=person, item=item)]
    return sorted(found, key=lambda one: WAITS.index(one.waits))


def _line(one: Queued) -> Line:
    work = one.translation
    text = items.decoded(one.payload) if one.state == "usable" else Item(uri=one.uri)
    moved = one.state == "usable" and work.base != one.current
    changes = changed(work.segments, sources_of(text)) if moved else 0
    return Line(
        translation=work,
        waits=_waits(work, changes),
        origin=one.origin,
        uri=one.uri,
        source_language=text.language or "und",
        headline=text.headline,
        state=one.state,
        changes=changes,
        done=sum(bool(each.target) for each in work.segments),
    )


def _waits(work: Translation, changes: int) -> Waits:
    if work.state == "published":
        return "changed" if changes else "published"
    if work.state == "draft":
        return "draft" if work.writers or work.target else "waiting"
    return work.state


def tag_of(language: str) -> str:
    """
    Raises:
        BadInput: that is no language (BCP 47).
    """
    found = known_tag(language)
    if not found:
        raise BadInput("That is no language", language[:40], hint="Write it as in fr, ar, zh-Hant.")
    return found


def _newest(conn: Connection, original: items.Filed) -> tuple[int, Item]:
    """The version of the original whose text is in force; while it is stopped there is none to be seen."""
    if original.state != "usable":
        return original.version.sequence, original.item
    return items.newest_with_text(conn, original.item_id), items.usable_item(conn, original)


def leave(conn: Connection, original: items.Filed, text: Item, now: datetime) -> Verdict:
    """May we translate it, and which clause says that we may not?"""
    book = agreements.book(conn)
    return may_translate(replace(original.version, item=text), book.active, home=book.home, now=now)


def hands(one: Translation) -> frozenset[str]:
    """Who has had a hand in it, and so does not review it."""
    return frozenset((*one.writers, one.ready_by)) - {""}
