"""A question as typed or pasted, made fit to be shown and read aloud; what was taken out is told. Pure."""

import re
import unicodedata
from typing import Final

from msgspec import Struct

from dragoman.text.cleaning import clean

LONGEST: Final = 4_000
"""Characters of a question; a longer one is a statement."""
# Overrides, embeddings and isolates turn the text around them; marks and joiners are spelling and stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile(
    "[\u00ad\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKUP = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>|<[!?][^<>]*>", re.DOTALL)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_STACKED = 4


class Worded(Struct, frozen=True, kw_only=True):
    """`text` as it will stand. `markup`: what was taken for HTML and taken out; `signs`: characters nobody sees, by their
    code points."""

    text: str
    markup: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > LONGEST


def put_right(typed: str) -> Worded:
    """The text without markup, control and direction-turning characters, each line's spaces squeezed.

    Putting it right twice changes nothing.
    """
    markup: list[str] = []
    text, taken = _without_signs(typed)
    while found := _MARKUP.findall(text):  # what is left may close up into a tag again
        markup += found
        text = _MARKUP.sub("", text)
    text = _LINES.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))).strip()
    return Worded(text=text, markup=tuple(markup), signs=taken)


def _without_signs(typed: str) -> tuple[str, tuple[str, ...]]:
    text = _HIDDEN.sub("", _TURNING.sub("", clean(typed)))
    gone = (set(typed) - set(text)) - {"\r", "\n", "\x85", "\u2028", "\u2029"}
    names = tuple(f"U+{ord(sign):04X}" for sign in sorted(gone))
    flat = _unstacked(unicodedata.normalize("NFC", text))
    return flat, names


def _unstacked(text: str) -> str:
    """No more marks on one letter than any script needs: a tower of them runs over the lines around it."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _STACKED:
            kept.append(sign)
    return "".join(kept)
