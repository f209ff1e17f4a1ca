"""Script and direction: which way a language is written, which scripts a text is made of. Pure."""

import re
from collections import Counter
from functools import lru_cache
from typing import Literal

from dragoman.text.han import han_script

_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku-arab", "ps", "sd", "syr", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm"})

_RANGES: dict[str, str] = {
    "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff",
    "Cyrillic": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc",
    "Han": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd",
    "Kana": "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "Hebrew": "\u0590-\u05ff",
    "Greek": "\u0370-\u03ff\u1f00-\u1fff",
    "Armenian": "\u0530-\u058f",
    "Georgian": "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f",
    "Devanagari": "\u0900-\u097f",
    "Thai": "\u0e00-\u0e7f",
}
_FINDERS = {name: re.compile(f"[{ranges}]") for name, ranges in _RANGES.items()}
_REMEMBERED = 20_000
"""Signs whose script is kept, some 2 MB; those of our eight languages are a third of them."""


class _ScriptOf(dict[str, str]):
    """The script of each sign that was met; empty for one of none. All are forgotten when they are too many."""

    def __missing__(self, sign: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[sign] = next((name for name, finder in _FINDERS.items() if finder.match(sign)), "")
        return found


_SCRIPT_OF = _ScriptOf()


def scripts(text: str) -> dict[str, int]:
    """How many letters of `text` belong to each script it uses; scripts that do not occur are absent."""
    counts = dict.fromkeys((*_RANGES, ""), 0)
    for sign, times in Counter(text).items():
        counts[_SCRIPT_OF[sign]] += times
    return {name: count for name, count in counts.items() if count and name}


def in_script(word: str, script: str) -> bool:
    """Does `word` begin in `script`, one of the names that `scripts` gives?"""
    return _SCRIPT_OF[word[:1]] == script


_CODES = {
    "Latin": "Latn", "Cyrillic": "Cyrl", "Arabic": "Arab", "Kana": "Jpan", "Hangul": "Kore", "Hebrew": "Hebr",
    "Greek": "Grek", "Armenian": "Armn", "Georgian": "Geor", "Devanagari": "Deva", "Thai": "Thai",
}  # fmt: skip
_LOOKED_AT = 400  # characters
NO_SCRIPT = "Zyyy"
"""What ISO 15924 calls a script that nobody can say."""


def script_code(text: str, language: str = "") -> str:
    """The script most of `text` is in, as ISO 15924 has it; Chinese is ``Hans`` or ``Hant``, ``Hani`` where it does not tell.

    A sign of Chinese says as much as two letters; `language` tells Japanese and Korean, which write such signs, too.
    """
    counts = scripts(text[:_LOOKED_AT])
    if not counts:
        return NO_SCRIPT
    if "Han" in counts:
        counts["Han"] *= 2
    most = max(counts, key=lambda name: counts[name])
    if most in ("Han", "Kana", "Hangul"):
        return _EAST.get(language.split("-")[0]) or (han_script(text) if most == "Han" else _CODES[most])
    return _CODES[most]


_EAST = {"ja": "Jpan", "ko": "Kore"}


@lru_cache(maxsize=512)
def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way `language` (BCP 47) is written; a script subtag wins over the language's own habit."""
    parts = language.lower().replace("_", "-").split("-")
    for part in parts[1:]:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RTL else "ltr"
