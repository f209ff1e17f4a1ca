"""Everything that is read of one text, in one call. Pure.

language, then dateline, then the readers in the order of their table: each is one plain function from the document and
what was read so far to its part of the reading. A reader in the table can be replaced by another of the same shape.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from dragoman.model.reading import READER_VERSION, Reading
from dragoman.names.forms import NamesFile
from dragoman.read.amounts import find_dates, find_figures
from dragoman.read.dateline import complete_dateline, find_dateline, find_sign_off
from dragoman.read.document import LONGEST, NO_NAMES, Document
from dragoman.read.names import find_names
from dragoman.read.places import find_places
from dragoman.read.quotes import find_quotes
from dragoman.read.subjects import find_subjects
from dragoman.text.language import identify
from dragoman.text.passages import passages
from dragoman.text.script import script_code

Reader = Callable[[Document, Reading], tuple[Any, ...]]

READERS: Mapping[str, Reader] = {
    "places": find_places,
    "names": find_names,
    "quotes": find_quotes,
    "dates": find_dates,
    "figures": find_figures,
    "subjects": find_subjects,
}
"""By the field of `Reading` that they fill, in the order in which they run."""


def read_document(document: Document, reading: Reading, readers: Mapping[str, Reader] = READERS) -> Reading:
    """`reading` with every part that `readers` read of `document`."""
    reading = replace(reading, words=len(document.words), sentences=len(document.sentences), cut=document.cut)
    for part, reader in readers.items():
        reading = replace(reading, **{part: reader(document, reading)})
    return reading


def begun(text: str, headline: str = "", declared: str = "", by: str = "lexical") -> Reading:
    """The reading as it begins: in which language and script `text` is, and which paragraphs are in another; `by` names
    the identifier."""
    told = identify(f"{headline}\n{text}" if headline else text, declared, by=by)
    return Reading(
        version=READER_VERSION,
        language=told.tag,
        confidence=told.confidence,
        script=script_code(text or headline, told.tag),
        passages=passages(text, told.tag),
    )


def read_text(
    text: str,
    *,
    headline: str = "",
    language: str = "",
    time: datetime | None = None,
    agency: str = "",
    readers: Mapping[str, Reader] = READERS,
    identifier: str = "lexical",
    names: NamesFile = NO_NAMES,
) -> tuple[Reading, int]:
    """What `text` says of itself, and where its body starts behind the dateline (0 without one).

    `language` as declared may be empty, `time` is the item's; offsets in the reading are those of `text`. `names` is our own
    names file.
    """
    reading = begun(text[: LONGEST + 1], headline, language, identifier)
    found = find_dateline(text)
    body = found.body if found else 0
    printed = found.dateline if found else find_sign_off(text)
    dateline = complete_dateline(printed, item_time=time, sender=agency) if printed else None
    document = Document(
        " " * body + text[body : LONGEST + 1],
        language=reading.language,
        headline=headline,
        time=time,
        agency=agency,
        dateline=dateline,
        names=names,
    )
    return read_document(document, replace(reading, dateline=dateline), readers), body
