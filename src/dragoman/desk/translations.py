"""The translation desk: start, save, ready, publish; send back; take over what the original has changed.

A translation is an item of our own, filed like any other: agreements route it, and what binds the original binds it.
Two people make it, unless the agency has said that one suffices: who has written a word of it since it was last
published does not publish it.

The segments (`text.segments`), their changes and their checks (`text.checks`) know nothing of items: whoever else has
texts to be translated paragraph by paragraph uses them, and `web/translate/segments.html`, as this desk does.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.crash import crash
from dragoman.desk.copy import MAX_REASON, Done, wake
from dragoman.desk.language_versions import Ground, sources_of, targets_of, uri_of, version_of
from dragoman.desk.translated import hands, leave, tag_of
from dragoman.model.errors import BadInput, Conflict, Gone, NotFound, Refused, TooLarge
from dragoman.model.item import Correction, Item
from dragoman.model.version import VersionAct
from dragoman.store import agencies, agreements, audit, filing, items, translations
from dragoman.store.connect import Connection
from dragoman.store.filing import Filing
from dragoman.store.identity import content_digest, next_version
from dragoman.store.translations import Translation
from dragoman.text.checks import blocking, findings
from dragoman.text.segments import Clash, Written, aligned, changed, merged, paired

__all__ = ["Saved", "publish", "ready", "save", "send_back", "start", "take_over", "wake"]
LONGEST = 200_000
"""Characters of one paragraph that are still kept as a draft."""


class Saved(Struct, frozen=True, kw_only=True):
    """The translation as kept, and the paragraphs that somebody else had written meanwhile: both texts are kept."""

    translation: Translation
    clashes: tuple[Clash, ...] = ()


def start(conn: Connection, item: int, language: str, by: str, now: datetime) -> Translation:
    """Begin to translate an item, or go on with what was begun.

    Raises:
        Refused: the agreement under which we have it does not allow translation, or it is held.
        Gone: it was killed. BadInput: it is in that language already.
    """
    language = tag_of(language)
    with conn.transaction():
        found = translations.find(conn, item, language)
        if found is not None:
            return found
        original, text = _usable(conn, item)
        if original.item.language.split("-")[0] == language.split("-")[0]:
            raise BadInput("It is written in that language", f"item {item} is {original.item.language}")
        _must_be_allowed(conn, original, text, now)
        sources = sources_of(text)
        if not sources:
            raise BadInput("There is no text to translate", original.item.uri)
        newest = items.newest_with_text(conn, item)
        translations.begin(conn, item, language, newest, paired(sources, targets_of(text, language)), by, now)
        audit.record(conn, by, "translation started", original.item.uri, language=language)
    return translations.translation(conn, item, language)


def save(conn: Connection, item: int, language: str, written: Iterable[Written], *, by: str, now: datetime) -> Saved:
    """Put in what was written. Nobody overwrites unseen: where a paragraph has changed after it was shown (`Written.seen`),
    what is there stays, and what was sent is kept beside it.

    What was ready is a draft again; what was published is under correction.

    Raises:
        TooLarge: a paragraph that cannot be meant.
    """
    sent = list(written)
    for each in sent:
        if len(each.target) > LONGEST:
            raise TooLarge("A paragraph is too long", f"{len(each.target)} characters", hint=f"At most {LONGEST}.")
    with conn.transaction():
        one = _locked(conn, item, language)
        segments, clashes = merged(one.segments, sent)
        clashed = {clash.id for clash in clashes}
        translations.settled(conn, one.id, [each.id for each in sent if each.id not in clashed], by)
        translations.put_aside(conn, one.id, clashes, by, now)
        if items.current(conn, item).state != "usable":
            clashes = ()  # kept, and shown once the original is let go: of what is stopped no word is given out
        if segments == one.segments:
            return Saved(translation=one, clashes=clashes)
        kept = _written(replace(one, segments=segments), by, now)
        translations.keep(conn, kept)
        crash("translation.saved")
        if one.changed_by != by or one.state != kept.state or by not in one.writers:
            audit.record(conn, by, "translation written", _uri(conn, item), language=one.language)
    return Saved(translation=kept, clashes=clashes)


def ready(conn: Connection, item: int, language: str, by: str, now: datetime) -> Translation:
    """Done, as far as the translator goes: now a second pair of eyes.

    Raises:
        BadInput: something that blocks it. Conflict: the original has changed, or it is not a draft.
    """
    with conn.transaction():
        one = _locked(conn, item, language)
        if one.state not in ("draft", "returned"):
            raise Conflict(f"It is {one.state} already", _named(one))
        _must_be_whole(conn, one)
        kept = replace(one, state="ready", ready_by=by, changed=now, changed_by=by, counter=one.counter + 1)
        translations.keep(conn, kept)
        audit.record(conn, by, "translation ready", _uri(conn, item), language=one.language)
    return kept


def send_back(conn: Connection, item: int, language: str, note: str, *, by: str, now: datetime) -> Translation:
    """Back to the translator, with a note.

    Raises:
        BadInput: no note. Refused: one does not review one's own. Conflict: it does not wait for a review.
    """
    _said(note, "what is to be done")
    with conn.transaction():
        one = _locked(conn, item, language)
        if one.state != "ready":
            raise Conflict("It does not wait for a review", f"{_named(one)} is {one.state}")
        _second_person(conn, one, by)
        kept = replace(one, state="returned", reviewer=by, note=note.strip(), changed=now, changed_by=by)
        translations.keep(conn, replace(kept, counter=one.counter + 1))
        audit.record(conn, by, "translation returned", _uri(conn, item), language=one.language, note=note.strip())
    return kept


def take_over(conn: Connection, item: int, language: str, *, by: str, now: datetime) -> Translation:
    """Go on from the original as it is now: what is unchanged keeps its translation, what has changed is marked until
    somebody has looked, and ours of what is gone is kept aside.

    Raises:
        Refused, Gone: the original is held, or was killed.
    """
    with conn.transaction():
        one = _locked(conn, item, language)
        original, text = _usable(conn, item)
        newest = items.newest_with_text(conn, item)
        if newest == one.base:
            return one
        segments, gone = aligned(one.segments, sources_of(text))
        lost = [Clash(id=each.id, mine=each.target, theirs="") for each in gone if each.target]
        translations.put_aside(conn, one.id, lost, by, now)
        state = one.state if segments == one.segments else "draft"
        kept = replace(one, segments=segments, base=newest, state=state, changed=now, changed_by=by)
        if state == "published":
            kept = replace(kept, published=newest)
        translations.keep(conn, replace(kept, counter=one.counter + 1))
        audit.record(conn, by, "translation brought up to date", original.item.uri, language=one.language)
    return translations.translation(conn, item, one.language)


def publish(
    conn: Connection,
    item: int,
    language: str,
    by: str,
    now: datetime,
    *,
    reason: str = "",
    kind: Literal["correction", "update"] = "correction",
) -> Done:
    """File it: a new item of ours, or a new version of the one there is, with what was wrong. Afterwards `wake`.

    Raises:
        Refused: a clause forbids it, the original is held, or it takes another person.
        Gone: the original was killed. Conflict: it is not ready, or the original has changed.
        BadInput: a check blocks it, or it is not said what was wrong.
    """
    with conn.transaction():
        one = _locked(conn, item, language)
        alone = translations.eyes(conn) == 1
        if one.state == "published" or (one.state != "ready" and not alone):
            raise Conflict(
                "It is not ready to be published", f"{_named(one)} is {one.state}", hint="Mark it ready first."
            )
        _second_person(conn, one, by)
        original, text = _must_be_whole(conn, one)
        _must_be_allowed(conn, original, text, now)
        target, attempt = _target(conn, one)
        made = _made(conn, one, original, text, target, attempt, now)
        act = _correcting(made, target, reason, kind) if target else None
        if target:
            correction = Correction(kind=kind, reason=reason.strip(), replaces=target.item.version)
            made = replace(made, dragoman=replace(made.ours, correction=correction))
        sequence = _file(conn, made, act, by, now)
        number = items.version(conn, sequence).item_id
        kept = replace(one, target=number, attempt=attempt, state="published", published=one.base, reviewer=by, note="")
        translations.keep(conn, replace(kept, writers=(), changed=now, changed_by=by, counter=one.counter + 1))
        audit.record(
            conn,
            by,
            "translation published",
            original.item.uri,
            language=one.language,
            sequence=sequence,
            reason=reason,
        )
        crash("translation.published")
    return Done(sequence=sequence, act=act or "publish")


# ---------------------------------------------------------------------------------------------- what an act stands on


def _locked(conn: Connection, item: int, language: str) -> Translation:
    return translations.translation(conn, item, tag_of(language), lock=True)


def _usable(conn: Connection, item: int) -> tuple[items.Filed, Item]:
    """The original and its text, as they stay until our commit."""
    conn.execute("select from item where id = %s for no key update", (item,))
    original = items.current(conn, item)
    if original.state == "held":
        raise Refused(
            "The original is held",
            original.item.uri,
            hint="It can be translated once it is released.",
            kept="The draft.",
        )
    if original.state != "usable":
        raise Gone("The original was killed", original.item.uri, kept="The draft, which nobody publishes.")
    return original, items.usable_item(conn, original)


def _must_be_allowed(conn: Connection, original: items.Filed, text: Item, now: datetime) -> None:
    verdict = leave(conn, original, text, now)
    if not verdict:
        raise Refused(
            "We may not translate this",
            "; ".join(verdict.reasons),
            hint="The agreement's translation clause says so: propose another, or ask its partner.",
        )


def _must_be_whole(conn: Connection, one: Translation) -> tuple[items.Filed, Item]:
    """The original it was made from is in force, and nothing blocks it."""
    original, text = _usable(conn, one.item)
    moved = changed(one.segments, sources_of(text)) if items.newest_with_text(conn, one.item) != one.base else 0
    if moved:
        raise Conflict(
            "The original has changed since",
            f"{moved} paragraphs",
            hint="Take the changes over, look at each, then go on.",
            kept="The draft.",
        )
    wrong = blocking(findings(one.segments, one.language))
    if wrong:
        said = ", ".join(f"{finding.id}: {finding.rule}" for finding in wrong[:10])
        raise BadInput(
            "Something is missing",
            said,
            hint="Every paragraph wants its text; what is marked is to be mended.",
            kept="The draft.",
        )
    return original, text


def _second_person(conn: Connection, one: Translation, by: str) -> None:
    if translations.eyes(conn) > 1 and by in hands(one):
        raise Refused(
            "It takes a second person",
            f"{by} has written it",
            hint="Somebody else reads it, and publishes it or sends it back.",
            kept="The draft.",
        )


def _written(one: Translation, by: str, now: datetime) -> Translation:
    return replace(
        one,
        state="draft" if one.state in ("ready", "published") else one.state,
        ready_by="",
        counter=one.counter + 1,
        writers=one.writers if by in one.writers else (*one.writers, by),
        changed=now,
        changed_by=by,
    )


def _target(conn: Connection, one: Translation) -> tuple[items.Filed | None, int]:
    """Our item as it stands, and the attempt it is; a killed one is followed by another."""
    if one.target is None:
        return None, one.attempt
    conn.execute("select from item where id = %s for no key update", (one.target,))
    target = items.current(conn, one.target)
    if target.state == "held":
        raise Refused("Our version is held", target.item.uri, hint="Release or kill it first.", kept="The draft.")
    return (target, one.attempt) if target.state == "usable" else (None, one.attempt + 1)


def _made(
    conn: Connection,
    one: Translation,
    original: items.Filed,
    text: Item,
    target: items.Filed | None,
    attempt: int,
    now: datetime,
) -> Item:
    book = agreements.book(conn)
    ground = Ground(
        original=replace(original.version, item=text), home=book.home, agreements=book.active, names=book.names
    )
    before = target.item if target else None
    return version_of(
        ground,
        one.segments,
        one.language,
        uri=uri_of(ground, one.language, attempt),
        version=next_version(before.version, book.home, book.home) if before else "1",
        now=now,
        first_created=before.first_created if before else None,
    )


def _correcting(made: Item, target: items.Filed, reason: str, kind: str) -> VersionAct:
    _said(reason, "what was wrong")
    same = replace(
        made, version=target.item.version, version_created=target.item.version_created, dragoman=target.item.ours
    )
    if content_digest(same) == content_digest(target.item):
        raise BadInput("Nothing is changed", target.item.uri, hint="There is nothing to tell those who have it.")
    return "correct" if kind == "correction" else "update"


def _file(conn: Connection, made: Item, act: VersionAct | None, by: str, now: datetime) -> int:
    home = agencies.home(conn).code
    made_now = Filing(item=made, origin=home, agency=home, received=now, act=act, by=by)
    outcome = filing.file(conn, [made_now], now)[0]
    if outcome.sequence is None:
        raise Conflict("Somebody else changed it just now", made.uri, hint="Look at it again.", kept="The draft.")
    return outcome.sequence


def _said(words: str, what: str) -> None:
    if not words.strip():
        raise BadInput(f"Say {what}", "it is empty", hint="One sentence.")
    if len(words) > MAX_REASON:
        raise BadInput("That is too long", f"{len(words)} characters", hint=f"Use {MAX_REASON} or fewer.")


def _uri(conn: Connection, item: int) -> str:
    row = conn.execute("select uri from item where id = %s", (item,)).fetchone()
    if row is None:
        raise NotFound(f"There is no item {item}")
    return str(row[0])


def _named(one: Translation) -> str:
    return f"item {one.item} into {one.language}"
