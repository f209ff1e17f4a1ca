"""What the translation desk has at hand: the agency's names file, and its own term base. Read again when they change."""

from pathlib import Path

import structlog
from msgspec import Struct

from dragoman.formats.tbx import MOST_BYTES, read_tbx
from dragoman.lexicon.own import OwnTerms
from dragoman.model.errors import BadInput, Undecodable
from dragoman.model.termbase import TermBase
from dragoman.names.forms import NamesFile
from dragoman.store import names
from dragoman.store.connect import Connection

log = structlog.get_logger("desk")
_NONE = OwnTerms()
_read: dict[Path, tuple[tuple[int, int], OwnTerms]] = {}
"""The term base of each path as this process last read it: when it was changed and its size, and its terms."""


class References(Struct, frozen=True, kw_only=True):
    """The names file, and the terms of the agency's own term base."""

    names: NamesFile = NamesFile()
    terms: OwnTerms = _NONE


def references(conn: Connection, term_base: Path) -> References:
    """Both as they are now. A term base that cannot be read is none: the log says why, `dragoman doctor` as well."""
    return References(names=names.latest(conn), terms=_terms(term_base))


def read_term_base(path: Path) -> TermBase:
    """The term base in that file.

    Raises:
        BadInput: it cannot be opened. Undecodable: it is no term base, or too large.
    """
    try:
        with path.open("rb") as file:
            return read_tbx(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise BadInput("The file cannot be read", f"{path}: {error.strerror}") from error


def _terms(path: Path) -> OwnTerms:
    try:
        about = path.stat()
    except OSError:
        return _NONE
    stamp = (about.st_mtime_ns, about.st_size)
    before, terms = _read.get(path, (None, _NONE))
    if stamp != before:
        terms = _opened(path)
        _read[path] = (stamp, terms)
    return terms


def _opened(path: Path) -> OwnTerms:
    try:
        return OwnTerms(read_term_base(path).entries)
    except (BadInput, Undecodable) as error:
        log.warning("the term base cannot be read", path=str(path), why=str(error))
        return _NONE
