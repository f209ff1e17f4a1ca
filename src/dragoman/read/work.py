"""What the box does for the readers: a batch of stored items in, their readings out. Pure.

Jobs and answers are msgpack, so that nothing but data crosses from the box.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.item import Item
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.reader import READERS, Reader, begun, read_document
from dragoman.read.reading import plain_text


class Job(Struct, frozen=True, array_like=True):
    """A version to be read: its item as stored, JSON; who gave it, when it came."""

    sequence: int
    item: bytes
    agency: str
    received: datetime


_jobs = msgspec.msgpack.Decoder(list[Job])
_readings = msgspec.msgpack.Decoder(list[Reading])


def read_jobs(readers: Mapping[str, Reader] = READERS) -> Callable[[bytes], bytes]:
    """The work of a box: jobs in, readings out in the same order."""

    def work(body: bytes) -> bytes:
        return msgspec.msgpack.encode([_read(job, readers) for job in _jobs.decode(body)])

    return work


def encode_jobs(jobs: Sequence[Job]) -> bytes:
    return msgspec.msgpack.encode(jobs)


def read_answer(answer: bytes) -> list[Reading]:
    return _readings.decode(answer)


def _read(job: Job, readers: Mapping[str, Reader]) -> Reading:
    return read_version(msgspec.json.decode(job.item, type=Item), job.agency, job.received, readers)


def read_version(item: Item, agency: str, received: datetime, readers: Mapping[str, Reader] = READERS) -> Reading:
    """What `item`'s text says of itself: its blocks, one a line; its dateline was read when it was decoded."""
    text, dateline = plain_text(item), item.ours.dateline
    if dateline and text.startswith(dateline.text):  # a sender of our own profile may leave it where it was printed
        text = " " * len(dateline.text) + text[len(dateline.text) :]
    reading = begun(text, item.headline, item.language)
    document = Document(
        text,
        language=reading.language,
        headline=item.headline,
        time=item.content_created or item.first_created or item.version_created or received,
        agency=agency,
        dateline=dateline,
        sent=item.subjects,
    )
    return read_document(document, replace(reading, dateline=dateline), readers)
