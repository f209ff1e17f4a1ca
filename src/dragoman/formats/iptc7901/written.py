"""Items written as IPTC 7901: a message each, CR LF, UTF-8. Pure.

Lines are broken at 69 signs where a space allows it, paragraphs parted by a blank line. What the standard has no field for
stands in header lines of our own between the keywords and the text, where a receiver that does not know them skips them.
"""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from dragoman.formats._fields import lost
from dragoman.formats._own_words import own_words
from dragoman.formats._wire_times import end_line
from dragoman.formats.iptc7901.message import EOT, ETX, SOH, STX
from dragoman.formats.iptc7901.own import LINES, OWN, laid
from dragoman.model.item import Item
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.counting import count_words

_USUAL_PRIORITY, _USUAL_CATEGORY = 4, "i"
_CATEGORY = re.compile(r"[A-Za-z]{1,3}")
_SOURCE = re.compile(r"[A-Za-z]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def document(items: Iterable[Item], places: Collection[str]) -> tuple[bytes, tuple[str, ...]]:
    """The messages of `items`, and what of them got lost."""
    messages, named = [], dict[str, None]()
    for number, item in enumerate(items, 1):
        messages.append(_message(item, number))
        named |= dict.fromkeys(lost(item, places))
    return "".join(messages).replace("\n", "\r\n").encode("utf-8"), tuple(named)


def _message(item: Item, number: int) -> str:
    text = laid(item)
    said = "\n".join(text.lines)
    own = [*own_words(item), (LINES, " ".join(map(str, text.counts)))]
    header = [
        f"{_source(item)}{number % 10_000:04} {item.urgency or _USUAL_PRIORITY} {_category(item)} {count_words(said)}",
        *([f"{squeeze(clean(item.slugline))}/"] if item.slugline else []),
        *(f"{OWN}{name}: {squeeze(words)}" for name, words in own),
    ]
    sent = item.version_created or item.first_created or item.content_created or _EPOCH
    opening = "\n".join(header)
    return f"{SOH}{opening}\n{STX}{said}\n{ETX}{end_line(sent)}\n{EOT}\n"


def _source(item: Item) -> str:
    letters = "".join(_SOURCE.findall(item.ours.origin))[:3].lower()
    return letters if len(letters) == 3 else "drg"


def _category(item: Item) -> str:
    said = (subject.literal for subject in item.subjects if subject.role == "category")
    return next((code for code in said if _CATEGORY.fullmatch(code)), _USUAL_CATEGORY)
