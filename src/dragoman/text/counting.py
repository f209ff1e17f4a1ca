"""Counting: how long a text is, in words and in characters, right in every script. Pure.

Chinese and Japanese put no spaces: each of their signs counts as one word, as newsrooms there count. A character is
what a reader sees as one: marks laid on a letter (Arabic vowels, accents apart) do not count, nor do line breaks.
"""

import re

_SIGNS = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003fffd"
_SIGN = re.compile(f"[{_SIGNS}]")
_WORD = re.compile(r"\w\S*")
_SIGN_OR_WORD = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}][^\s{_SIGNS}]*")
_UNCOUNTED = re.compile(
    "[\n\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)


def count_words(text: str) -> int:
    """The words of `text`; numbers are words, punctuation standing alone is not."""
    if text.isascii() or not _SIGN.search(text):
        return len(_WORD.findall(text))
    return len(_SIGN_OR_WORD.findall(text))


def count_characters(text: str) -> int:
    """The characters of `text` as a reader counts them, spaces and punctuation included."""
    if text.isascii():
        return len(text) - text.count("\n")
    return len(text) - sum(map(len, _UNCOUNTED.findall(text)))
