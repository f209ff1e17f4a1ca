"""What a mail says of itself in its header: its id, who sent it, when, what it answers. Pure."""

import re
from datetime import datetime
from urllib.parse import quote

from msgspec import Struct

from dragoman.formats._identity import digest, is_uri, made_uri
from dragoman.formats._notices import notice_of
from dragoman.formats._own_words import Words
from dragoman.formats._status import CorrectionKind
from dragoman.formats._times import read_time
from dragoman.formats.mail.cutting import is_forward, subject_of
from dragoman.formats.mail.headers import Headers, Sender, sender
from dragoman.model.arrival import Hints
from dragoman.model.item import AltId, Association, Concept, Correction, Headline, Item, Profile, Removed

OURS = "x-dragoman-"
_ID = re.compile(rb"<([^<>\s]{1,500})>")
_MOST_ANSWERED = 20
_SAFE = "@!$&'()*+,;=:._~-/?"


class Letter(Struct, frozen=True, kw_only=True):
    """`words` are those of a mail that a Dragoman wrote (`_own_words`), empty for any other."""

    uri: str
    id: str = ""
    subject: str = ""
    marks: str = ""
    kind: CorrectionKind | None = None
    """What the subject says it does to earlier copy: ``CORRECTION: …``. It names none, so nothing is replaced."""
    is_forward: bool = False
    sender: Sender = Sender()
    organisation: str = ""
    date: datetime | None = None
    language: str = ""
    keywords: tuple[str, ...] = ()
    answers: tuple[Association, ...] = ()
    words: Words = ()
    notes: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    """What of the mail was left alone, because it is beyond the bounds."""

    def item(self) -> Item:
        """The item before its text: headline, sender, times, what it answers."""
        source = self.organisation or self.sender.domain
        removed = (Removed(text=self.marks, reason="mark of a reply or a forward"),) if self.marks else ()
        return Item(
            uri=self.uri,
            first_created=self.date,
            version_created=self.date,
            language=self.language,
            headlines=(Headline(value=self.subject),) if self.subject else (),
            by=self.sender.name,
            subjects=tuple(Concept(name=word) for word in self.keywords),
            info_sources=(Concept(name=source, role="source"),) if source else (),
            alt_ids=(AltId(value=self.id, role="messageId"),) if self.id else (),
            associations=self.answers,
            dragoman=Profile(
                removed=removed,
                notes=self.notes,
                lost=self.beyond,
                correction=Correction(kind=self.kind) if self.kind else None,
            ),
        )


def letter_of(headers: Headers, charset: str, hints: Hints) -> Letter:
    """The letter; its uri is its Message-ID (RFC 2392), or made from sender, date and subject."""
    raw = headers.text("subject", charset)
    subject, marks = subject_of(raw)
    notice = notice_of(subject)
    noticed = notice if notice and notice.rest and not notice.takes_back else None
    who = sender(headers, charset)
    date, notes = _date(headers, hints)
    found = _ID.search(headers.raw("message-id"))
    name = found[1].decode("utf-8", "replace") if found else ""
    uri = mid(name)
    if not is_uri(uri):
        uri = made_uri("mail", who.address, headers.text("date"), digest(raw))
        notes += ("no Message-ID: the id is made from sender, date and subject",)
    if sum(field == "from" for field, _ in headers.fields) > 1:
        notes += ("several From fields: the first counts",)
    if headers.text("importance").lower() == "high" or headers.text("x-priority")[:1] in ("1", "2"):
        notes += ("marked as important by its sender's mail program",)
    return Letter(
        uri=uri,
        id=name,
        subject=(noticed.rest if noticed else subject)[:1_000],
        kind=noticed.kind if noticed else None,
        marks=marks,
        is_forward=is_forward(raw),
        sender=who,
        organisation=headers.text("organization", charset)[:200],
        date=date,
        language=headers.text("content-language").split(",")[0].strip()[:35],
        keywords=_keywords(headers),
        answers=_answers(headers),
        words=_own(headers),
        notes=notes,
    )


def mid(name: str) -> str:
    """The uri of the mail with this Message-ID, or nothing."""
    return f"mid:{quote(name, safe=_SAFE)}" if "@" in name else ""


def _date(headers: Headers, hints: Hints) -> tuple[datetime | None, tuple[str, ...]]:
    """Date, or where it cannot be read the moment the last server took the mail."""
    words = headers.text("date")[:200]
    moment, note = read_time(words, hints.zone)
    notes = (f"Date: {note}",) if note else ()
    if moment is not None:
        return moment, notes
    moment, _ = read_time(headers.text("received").rpartition(";")[2][:100], "UTC")
    return moment, notes + (("the time is that of the last mail server",) if moment else ())


def _keywords(headers: Headers) -> tuple[str, ...]:
    words = (word.strip() for line in headers.all("keywords")[:20] for word in re.split(r"[,;]", line))
    return tuple(dict.fromkeys(word[:120] for word in words if word))[:60]


def _answers(headers: Headers) -> tuple[Association, ...]:
    named = [(rel, found) for rel in ("in-reply-to", "references") for found in _ID.findall(headers.raw(rel))]
    by_uri = {mid(name.decode("utf-8", "replace")): rel for rel, name in reversed(named[-_MOST_ANSWERED:])}
    rels = {"in-reply-to": "inReplyTo", "references": "references"}
    return tuple(
        Association(name=f"mail-{number}", rel=rels[rel], uri=uri)
        for number, (uri, rel) in enumerate(reversed(by_uri.items()), 1)
        if is_uri(uri)
    )


def _own(headers: Headers) -> Words:
    """The words of a mail that a Dragoman wrote: ``X-Dragoman-Usage-Terms`` is `usageTerms`."""
    if not is_uri(headers.text(f"{OURS}uri")):
        return ()
    found = []
    for field, _ in dict.fromkeys((name, None) for name, _ in headers.fields if name.startswith(OURS)):
        first, *rest = field.removeprefix(OURS).split("-")
        found += [(first + "".join(map(str.capitalize, rest)), text) for text in headers.all(field)]
    return tuple(found)
