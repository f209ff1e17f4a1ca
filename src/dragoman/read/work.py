"""What the box does for the readers: a batch of stored items in, their readings out. Pure.

Jobs and answers are msgpack, so that nothing but data crosses from the box.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.item import Item
from dragoman.model.reading import Reading
from dragoman.names.forms import Entry, NamesFile
from dragoman.read.document import NO_NAMES, Document
from dragoman.read.reader import READERS, Reader, begun, read_document
from dragoman.read.reading import plain_text


class Batch(Struct, frozen=True, array_like=True):
    """Versions to be read, and the entries of the agency's names file (`encode_names`)."""

    jobs: list["Job"]
    names: bytes = b""


class Job(Struct, frozen=True, array_like=True):
    """A version to be read: its item as stored, JSON; who gave it, when it came."""

    sequence: int
    item: bytes
    agency: str
    received: datetime


class Answer(Struct, frozen=True, array_like=True):
    """What was read of a version, and what was made of that for others (`also`)."""

    reading: Reading
    also: bytes = b""


Also = Callable[[Document, Reading], bytes]
"""What is made of a document while it is cut and looked up."""

_batch = msgspec.msgpack.Decoder(Batch)
_answers = msgspec.msgpack.Decoder(list[Answer])
_entries = msgspec.msgpack.Decoder(tuple[Entry, ...])


def read_jobs(
    readers: Mapping[str, Reader] = READERS, identifier: str = "lexical", also: Also = lambda _, __: b""
) -> Callable[[bytes], bytes]:
    """The work of a box: a batch in, answers out in the same order."""

    def work(body: bytes) -> bytes:
        batch = _batch.decode(body)
        names = _names_file(batch.names)
        return msgspec.msgpack.encode(
            [
                read_version(
                    msgspec.json.decode(job.item, type=Item),
                    job.agency,
                    job.received,
                    readers=readers,
                    identifier=identifier,
                    names=names,
                    also=also,
                )
                for job in batch.jobs
            ]
        )

    return work


@lru_cache(maxsize=1)
def _names_file(entries: bytes) -> NamesFile:
    return NamesFile(_entries.decode(entries)) if entries else NO_NAMES


def encode_names(file: NamesFile) -> bytes:
    """The names file for a batch: as it is kept, looked at no more."""
    return msgspec.msgpack.encode(file.entries)


def encode_jobs(jobs: Sequence[Job], names: bytes = b"") -> bytes:
    return msgspec.msgpack.encode(Batch(list(jobs), names))


def read_answer(answer: bytes) -> list[Answer]:
    return _answers.decode(answer)


def read_version(
    item: Item,
    agency: str,
    received: datetime,
    *,
    readers: Mapping[str, Reader] = READERS,
    identifier: str = "lexical",
    names: NamesFile = NO_NAMES,
    also: Also = lambda _, __: b"",
) -> Answer:
    """What `item`'s text says of itself: its blocks, one a line; its dateline was read when it was decoded."""
    text, dateline = plain_text(item), item.ours.dateline
    if dateline and text.startswith(dateline.text):  # a sender of our own profile may leave it where it was printed
        text = " " * len(dateline.text) + text[len(dateline.text) :]
    reading = begun(text, item.headline, item.language, identifier)
    document = Document(
        text,
        language=reading.language,
        headline=item.headline,
        time=item.content_created or item.first_created or item.version_created or received,
        agency=agency,
        dateline=dateline,
        sent=item.subjects,
        names=names,
    )
    reading = read_document(document, replace(reading, dateline=dateline), readers)
    return Answer(reading, also(document, reading))
