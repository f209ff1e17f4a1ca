"""What is done inside the box: an arrival's bytes become units, a feed's document becomes its entries. Pure.

Jobs and answers are msgpack, so that nothing but data crosses from the box.
"""

import hashlib

import msgspec
from msgspec import Struct

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Problem, Undecodable
from dragoman.model.version import VersionAct
from dragoman.trust.envelope import Envelope

ENVELOPE = "envelope"


class Job(Struct, frozen=True, array_like=True):
    """The bytes of one arrival, and what its feed knows of them."""

    arrival: int
    body: bytes
    hints: Hints


class Decoded(Struct, frozen=True, array_like=True):
    """The units of one arrival. `act` is what a partner's envelope says it does."""

    arrival: int
    units: list[Unit]
    act: VersionAct | None = None


class Split(Struct, frozen=True, array_like=True):
    """One entry of a feed's document: its key, its bytes as a document of its own, its page where it names one."""

    key: str
    body: bytes
    link: str = ""


class Document(Struct, frozen=True, array_like=True):
    """A feed's document taken apart. Where it is no feed, it has no entries, and `whole` names the format it may be."""

    entries: list[Split]
    whole: str = ""


_jobs = msgspec.msgpack.Decoder(list[Job])
_job = msgspec.msgpack.Decoder(Job)
_decoded = msgspec.msgpack.Decoder(list[Decoded])
_document = msgspec.msgpack.Decoder(Document)


def decode_job(work: bytes) -> bytes:
    """A batch of jobs in, their units out."""
    return msgspec.msgpack.encode([decode_one(job) for job in _jobs.decode(work)])


def decode_one(job: Job) -> Decoded:
    if job.hints.format != ENVELOPE:
        return Decoded(job.arrival, formats.decode(job.body, job.hints))
    try:
        envelope = msgspec.json.decode(job.body, type=Envelope)
    except (msgspec.MsgspecError, RecursionError) as error:
        problem = Problem(
            type="urn:dragoman:problem:undecodable",
            title="This is not an envelope",
            status=422,
            detail=str(error)[:300],
            kept="The bytes.",
        )
        return Decoded(job.arrival, [Unit(index=0, problem=problem)])
    hints = msgspec.structs.replace(job.hints, format="ninjs")
    return Decoded(job.arrival, formats.decode(envelope.content, hints), envelope.action or None)


def split_job(work: bytes) -> bytes:
    """A feed's document in, its entries out, in its order; an empty feed has none.

    Raises:
        Undecodable: it is in no format we know.
    """
    job = _job.decode(work)
    try:
        found = Document([Split(entry.key, entry.body, entry.link) for entry in formats.split(job.body, job.hints)])
    except Undecodable:
        found = Document([], formats.detect(job.body, job.hints).name)
    return msgspec.msgpack.encode(found)


WORK = {"decode": decode_job, "split": split_job}


def encode_job(job: Job) -> bytes:
    return msgspec.msgpack.encode(job)


def encode_jobs(jobs: list[Job]) -> bytes:
    return msgspec.msgpack.encode(jobs)


def read_decoded(answer: bytes) -> list[Decoded]:
    return _decoded.decode(answer)


def read_split(answer: bytes) -> Document:
    return _document.decode(answer)


def unsplit_key(body: bytes) -> str:
    """The key of a document that is kept whole."""
    return "whole:" + hashlib.sha256(body).hexdigest()
