"""The words that stand about the dates of archive pictures, in eight languages: about, before, after, or, seasons, decades. Pure."""

import re
from typing import Final

from dragoman.model.taken import Season

STARTS: Final = frozenset({"in", "il", "год", "года", "году", "man"})
"""Short words that begin like a month and are none."""


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


CIRCA: Final = _any(
    r"\bcirca\b\.?", r"\bca?\.", r"\bca\b", r"^c(?= ?\d)", r"\babout\b", r"\baround\b", r"\bapprox(?:imately|\.)?", r"~",
    r"\btəxminən\b", r"\btəqribən\b", r"\btəqr\.",
    r"\bоколо\b", r"\bок\.", r"\bпримерно\b", r"\bприблизительно\b", r"\bориентировочно\b",
    r"\bvers\b", r"\benviron\b", r"\benv\.", r"\bum\b", r"\betwa\b", r"\bungefähr\b", r"\bhacia\b", r"\balrededor de\b",
    r"\bcerca de\b", r"حوالي", r"\bنحو\b", r"قرابة", r"تقريبا", r"约", r"大约", r"左右", r"前后",
)  # fmt: skip
BEFORE: Final = _any(
    r"\bbefore\b", r"\bprior to\b", r"\bpre-(?=\d)", r"(?:[- ]c[iıuü])? il(?:in)?dən (?:əvvəl|qabaq)", r"dən əvvəl",
    r"\bдо\b(?! *\d{4} *[-–])", r"\bранее\b", r"\bavant\b", r"\bvor\b", r"\bantes de\b", r"\bقبل\b",
    r"年?(?:以前|之前|前)$",
)  # fmt: skip
AFTER: Final = _any(
    r"\bafter\b", r"\bpost-(?=\d)", r"(?:[- ]c[iıuü])? ildən sonra", r"dən sonra", r"\bпосле\b", r"\bпозднее\b", r"\baprès\b", r"\bnach\b",
    r"\bdespués de\b", r"\btras\b", r"\bبعد\b", r"年?(?:以后|之后|后)$",
)  # fmt: skip
OR: Final = re.compile(r" or | və ya | yaxud | или | ou | oder | o | u | أو |年?或(?:者)?")

SEASONS: Final[dict[Season, re.Pattern[str]]] = {
    "spring": _any(
        r"\bspring\b", r"\byaz(?:ı|ında)?\b", r"\bвесн(?:а|ой|ы|у)\b", r"\bprintemps\b", r"\bfrüh(?:ling|jahr)\b", r"\bprimavera\b", r"ربيع", r"春"
    ),
    "summer": _any(
        r"\bsummer\b", r"\byay(?:ı|ında)?\b", r"\bлет(?:о|ом|а)\b", r"\bété\b", r"\bsommer\b", r"\bverano\b", r"صيف", r"夏"
    ),
    "autumn": _any(
        r"\bautumn\b", r"\bfall\b", r"\bpayız(?:ı|ında)?\b", r"\bосен(?:ь|ью|и)\b", r"\bautomne\b", r"\bherbst\b", r"\botoño\b", r"خريف", r"秋"
    ),
    "winter": _any(
        r"\bwinter\b", r"\bqış(?:ı|ında)?\b", r"\bзим(?:а|ой|ы|у)\b", r"\bhiver\b", r"\binvierno\b", r"شتاء", r"冬"
    ),
}  # fmt: skip

_TENS = {
    "عشرينيات": 20, "ثلاثينيات": 30, "أربعينيات": 40, "خمسينيات": 50, "ستينيات": 60, "سبعينيات": 70, "ثمانينيات": 80, "تسعينيات": 90,
}  # fmt: skip
ARABIC_DECADE: Final = re.compile(rf"(?:ال)?({'|'.join(_TENS)})(?: القرن (?:العشرين|التاسع عشر|الحادي والعشرين))?")
ARABIC_TEN: Final = _TENS
ARABIC_TENS: Final = {ten: word for word, ten in _TENS.items()}
ARABIC_CENTURIES: Final = {1800: "القرن التاسع عشر", 1900: "القرن العشرين", 2000: "القرن الحادي والعشرين"}

_DECADE = r"(?P<year>1\d{2}0|20\d0)"
_SHORT = r"(?P<ten>[1-9]0)"
DECADES: Final = (
    re.compile(rf"(?:the )?{_DECADE} ?['’]?s"),
    re.compile(rf"(?:the )?['’]?{_SHORT} ?['’]?s"),
    re.compile(rf"{_DECADE}[- ]?c[iıuü] ?(?:illər|illərdə|illərin)"),
    re.compile(rf"{_DECADE}[- ]?(?:е|х)(?: ?(?:гг|г|годы|годах|годов))?\.?"),
    re.compile(rf"{_SHORT}[- ]?(?:е|х)(?: ?(?:гг|г|годы|годах|годов))?\.?"),
    re.compile(rf"(?:les |dans les )?années {_DECADE}"),
    re.compile(rf"(?:les |dans les )?années {_SHORT}"),
    re.compile(rf"{_DECADE}er(?: jahren?)?"),
    re.compile(rf"{_SHORT}er(?: jahren?)?"),
    re.compile(rf"(?:los )?(?:años|década de(?: los(?: años)?)?) {_DECADE}"),
    re.compile(rf"(?:los )?(?:años|década de(?: los(?: años)?)?) {_SHORT}"),
    re.compile(rf"(?:عقد|عقد ال) ?{_DECADE}"),
    re.compile(rf"{_DECADE}年代"),
    re.compile(rf"(?P<century>1\d|2[01])世纪{_SHORT}年代"),
)
"""Each names a first year (`year`), or a ten (`ten`) of a century (`century`, the twentieth where none is named)."""
