"""A message as units: the copy in its body, and what is attached, each decoded by the format that knows it. Pure.

copy      the body as one item: what a form says, agency text as the format of its shape reads it, HTML
attached  copy and pictures, by the table of formats; a message inside as a message
together  pictures belong to the copy; what the mail says of itself fills what an attachment leaves open
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import content_version
from dragoman.formats._own_words import with_own_words
from dragoman.formats._shape import Others, failed, unforeseen, unit
from dragoman.formats._shown import bare_title
from dragoman.formats._times import read_time, zone_of
from dragoman.formats.mail.attached import attached_all, changed, filled_by, noted, under, with_pictures
from dragoman.formats.mail.body import Chosen, Copy, choose, copy_of, ours
from dragoman.formats.mail.cutting import subject_of
from dragoman.formats.mail.form import form_fields, item_of
from dragoman.formats.mail.headers import Headers, sender
from dragoman.formats.mail.headers import kind as declared
from dragoman.formats.mail.letter import Letter, letter_of
from dragoman.formats.mail.parts import Part, take_apart
from dragoman.formats.mail.proof import asks_for_a_kill, came_by_post, is_one_of, is_proved, no_copy
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Body, Concept, Description, Headline, Item, Removed
from dragoman.read.body import html_blocks, joined
from dragoman.read.dateline import find_dateline
from dragoman.read.header import Header, read_header
from dragoman.read.reading import plain_text, shaped
from dragoman.text.cleaning import squeeze
from dragoman.text.markup import blocks_of_text, html_of_blocks

DEEPEST = 3
_HEAD = 7
"""Lines, the subject among them, in which an embargo is announced."""
_COVER = 400
"""Characters: a body no longer than this, beside attached copy, is a covering note."""
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_PLAIN = frozenset({"", "text", "mail", "html", "picture"})
"""Where the format of a body would be one of these, it is read as plain text."""
_HEADER_WORDS = {
    "slug": "slugline", "by": "by", "credit": "credit", "usage": "usageTerms", "note": "edNote", "urgency": "urgency",
    "copyright": "copyrightHolder", "language": "language",
}  # fmt: skip


def units_of(data: bytes, hints: Hints, others: Others) -> Iterator[Unit]:
    """The units of the mail `data`, numbered in order; at least one."""
    try:
        message, beyond = take_apart(data)
        if not message.headers.fields:
            raise Undecodable("This is no mail", "it begins with no header")
        by_post = came_by_post(message.headers)
        proved = by_post and is_proved(message.headers, hints.vouching)
        named = is_one_of(message.headers, hints.senders)
        if by_post and hints.senders and not (named and (proved or not hints.vouching)):
            raise _unknown(message.headers)
        trusted = not by_post or (proved and named)
        found = _message(message, hints, others, beyond=beyond)
        units = [_judged(each, trusted) for each in found]
    except DragomanError as error:
        units = [failed(0, error)]
    except Exception as error:  # the border to a foreign document
        units = [failed(0, unforeseen(error))]
    for number, each in enumerate(units):
        yield replace(each, index=number)


def _unknown(headers: Headers) -> Undecodable:
    return Undecodable(
        "The mail is not from one whose copy this feed takes, or nobody has proved it",
        sender(headers).address or "it names no sender",
        hint="Ask the agency; if it is theirs, name the sender with `dragoman feed access`, then retry the arrival.",
    )


def _judged(each: Unit, trusted: bool) -> Unit:
    """The unit; where it takes copy back in somebody's name and nobody has proved it, a reason instead."""
    if each.item is None or each.item.pub_status == "usable" or trusted:
        return each
    return failed(
        0,
        Undecodable(
            "A mail takes copy back, and its sender is not proved",
            each.item.uri[:200],
            hint="Ask the agency by another way; then kill or hold the item on the desk.",
        ),
    )


def _message(message: Part, hints: Hints, others: Others, depth: int = 0, beyond: tuple[str, ...] = ()) -> list[Unit]:
    if depth > DEEPEST:
        return [failed(0, Undecodable("Messages inside messages", f"more than {DEEPEST} deep"))]
    kind = declared(message.headers)  # a multipart whose parts are missing says what it is all the same
    if why := no_copy(message.headers, kind.type, kind.report):
        return [failed(0, Undecodable(f"This is {why}, not copy", message.headers.text("subject")[:120]))]
    if kind.type in _ENCRYPTED:
        return [
            failed(0, Undecodable("The mail is encrypted", kind.type, hint="Ask the sender to send it in the clear."))
        ]
    if message.is_message:
        return [each for part in message.parts for each in _message(part, hints, others, depth + 1, beyond)]
    chosen = choose(message)
    charset = next((part.kind.charset for part in (*chosen.plain, *chosen.html)), "")
    letter = letter_of(message.headers, charset, hints)
    letter = replace(letter, beyond=beyond)
    if letter.words:
        return [unit(0, lambda: _own_item(letter, chosen, hints))]
    try:
        copy = copy_of(chosen, hints.charset, forward=letter.is_forward)
        letter = _handed_on(letter, copy, hints)
        embargo, note = _embargo((letter.subject, *copy.lines), letter, hints)
    except DragomanError as error:  # what is attached may be under the same embargo
        return [failed(0, error)]
    letter = replace(letter, notes=(*letter.notes, *copy.notes, *((note,) if note else ())))
    inside = partial(_message, hints=hints, others=others, depth=depth + 1)
    return _together(letter, copy, attached_all(chosen.attached, hints, others, inside), embargo, hints, others)


def _together(
    letter: Letter,
    copy: Copy,
    attached: tuple[list[Unit], list[str]],
    embargo: datetime | None,
    hints: Hints,
    others: Others,
) -> list[Unit]:
    units, left = attached
    body = _body_units(letter, copy, hints, others) if copy.lines or not units else []
    body = [changed(each, left=left, removed=copy.removed if number == 0 else ()) for number, each in enumerate(body)]
    written = [each for each in units if each.item and each.item.type != "picture"]
    if written and len(body) == 1 and body[0].item and _is_cover(body[0].item):
        cover = Removed(text=squeeze(" ".join(copy.lines))[:300], reason="covering note")
        body, units = [], [changed(each, removed=(cover,)) if each is written[0] else each for each in units]
    units = [filled_by(each, letter) for each in units]
    units = [under(each, embargo) for each in (*body, *units)]
    return with_pictures(units)


def _body_units(letter: Letter, copy: Copy, hints: Hints, others: Others) -> list[Unit]:
    """The copy in the body. A subject alone is copy too: that is how some send a flash."""
    if asks_for_a_kill(letter.subject):
        hint = "Kill or hold the item on the desk, once the agency has confirmed it."
        return [failed(0, Undecodable("The mail asks to take copy back", letter.subject[:120], hint=hint))]
    if fields := form_fields(copy.text):
        return [unit(0, lambda: _form_item(letter, fields, hints))]
    if copy.markup:
        return [unit(0, lambda: _html_item(letter, copy, hints))]
    if not copy.text:
        return [unit(0, lambda: _headline_alone(letter, hints))]
    inside = replace(hints, format="", media_type="text/plain; charset=utf-8", charset="utf-8", source="")
    body = copy.text.encode("utf-8")
    if others.surest(body, inside) not in _PLAIN:
        return [filled_by(each, letter) for each in others.decode(body, inside)]
    return _text_units(letter, copy.text, replace(inside, format="text"), others)


def _form_item(letter: Letter, fields: dict[str, list[str]], hints: Hints) -> Item:
    item, embargo = item_of(fields, replace(letter.item(), by=""))
    if embargo:
        moment, note = _moment(embargo, item.first_created, hints)
        item = noted(replace(item, embargoed_until=moment), note)
    return _read(item, hints)


def _html_item(letter: Letter, copy: Copy, hints: Hints) -> Item:
    """HTML copy; `Key: value` lines in front of it are taken for what they say."""
    blocks, _ = html_blocks(copy.markup)
    lines = [block.text for block in blocks]
    while lines and "\n" in lines[-1]:
        lines.pop()
    header, rest = read_header("\n".join(lines[:12]))
    item = letter.item()
    if header.fields:
        blocks = blocks[min(len(lines), 12) - (len(rest.split("\n")) if rest else 0) :]
        item = _with_header(item, header, hints)
    return _read(replace(item, bodies=(Body(value=joined(blocks)),)), hints)


def _with_header(item: Item, header: Header, hints: Hints) -> Item:
    removed = tuple(Removed(text=line, reason="header line") for line in header.lines)
    words = tuple((_HEADER_WORDS[name], said) for name, said in header.fields if name in _HEADER_WORDS)
    item = with_own_words(item, words)
    if summary := header.field("summary"):
        item = replace(item, descriptions=(Description(value=summary, role="summary"),))
    if source := header.field("source"):
        item = replace(item, info_sources=(Concept(name=source, role="source"),))
    if embargo := header.field("embargo"):
        moment, note = _moment(embargo, item.first_created, hints)
        item = noted(replace(item, embargoed_until=moment), note)
    return replace(item, dragoman=replace(item.ours, removed=(*item.ours.removed, *removed)))


def _headline_alone(letter: Letter, hints: Hints) -> Item:
    if letter.beyond or not any(map(str.isalpha, letter.subject)):
        raise Undecodable("There is no text in the mail", "; ".join(letter.beyond))
    return _read(noted(letter.item(), "the mail has no text"), hints)


def _text_units(letter: Letter, text: str, hints: Hints, others: Others) -> list[Unit]:
    """Plain text, as the format for it reads it: its identity and its headline are put in front, as that format knows them."""
    ours = [f"{key}: {word}" for key, word in (("uri", letter.uri), ("title", letter.subject)) if word]
    units = others.decode("\n".join((*ours, text)).encode("utf-8"), hints)
    made = [changed(each, without=frozenset(ours)) for each in units]
    return [filled_by(each, letter, at_home=number == 0) for number, each in enumerate(made)]


def _own_item(letter: Letter, chosen: Chosen, hints: Hints) -> Item:
    """The item of a mail that a Dragoman wrote."""
    body = ours(chosen)
    if not body:
        copy = copy_of(chosen, hints.charset, forward=False)
        body = copy.markup or html_of_blocks(blocks_of_text(copy.text))
    item = Item(
        uri=dict(letter.words)["uri"],
        headlines=(Headline(value=letter.subject),) if letter.subject else (),
        bodies=(Body(value=body),) if body else (),
    )
    item = with_own_words(item, letter.words)
    if item.pub_status != "usable":
        item = replace(item, bodies=())
    return _read(bare_title(item), hints)


def _read(item: Item, hints: Hints) -> Item:
    item = shaped(item, from_page=not item.version)
    return item if item.version else replace(item, version=content_version(item))


def _embargo(lines: tuple[str, ...], letter: Letter, hints: Hints) -> tuple[datetime | None, str]:
    """The embargo that the subject or the head of the text announces. Raises: Undecodable: it says no exact moment."""
    for line in lines[:_HEAD]:
        if found := embargo_of(line, letter.date or hints.received, zone_of(hints.zone), hints.zone):
            return found
    return None, ""


def _moment(said: str, sent: datetime | None, hints: Hints) -> tuple[datetime | None, str]:
    """The moment a field that is an embargo names. Raises: Undecodable: it says no exact moment."""
    moment, note = read_time(said, hints.zone)
    if moment is not None and ":" in said:
        return moment, note
    found = embargo_of(f"EMBARGO: {squeeze(said)[:120]}", sent or hints.received, zone_of(hints.zone), hints.zone)
    if found is None:
        raise Undecodable("The embargo cannot be read", squeeze(said)[:120])
    return found


def _handed_on(letter: Letter, copy: Copy, hints: Hints) -> Letter:
    """The letter with what the header of the forwarded mail said."""
    said = copy.forwarded
    if not said:
        return letter
    who = sender(Headers((("from", said.get("from", "").encode("utf-8")),)))
    moment, _ = read_time(said.get("date", ""), hints.zone)
    subject, _ = subject_of(said.get("subject", ""))
    return replace(
        letter,
        subject=subject[:1_000] or letter.subject,
        sender=who if who.name or who.address else letter.sender,
        organisation="" if who.address else letter.organisation,
        date=moment or letter.date,
        notes=(*letter.notes, "a forwarded mail: sender, subject and time are those of the mail inside"),
    )


def _is_cover(item: Item) -> bool:
    return item.type == "text" and not _has_dateline(item) and len(plain_text(item)) <= _COVER


def _has_dateline(item: Item) -> bool:
    return bool(item.ours.dateline) or any(find_dateline(block.text) for block in item.ours.blocks[:_HEAD])
