"""How datelines run, agency by agency: the table that the grammar goes through. Plain data.

A shape is a pattern over the codes of tokens (see `tokens`), with the groups ``place``, ``date``, ``sign`` (the agency),
``reporter`` and ``name`` (words that sign, though we know no such agency); what must follow stands in a lookahead.
"""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from dragoman.read.dateline.placename import PlaceName

DEMANDS: Mapping[str, Callable[[PlaceName], bool]] = {
    "any": lambda place: True,
    "short": lambda place: place.short,
    "sure or short": lambda place: place.sure or place.short,
    "sure": lambda place: place.sure and not place.glued and (place.city or len(place.printed.split()) <= 4),
    "city": lambda place: place.city,
    "city in its country": lambda place: place.city and place.in_country,
}
"""What the words in a place's stead must be, beyond looking like a name: the less else there is that only datelines have,
the more."""


class Shape(Struct, frozen=True, gc=False):
    """`place` is one of `DEMANDS`; a shape that `cuts_in` is sure enough to be found behind a headline, a byline or a
    label on the same line, with a city we know; `example` shows it, `agencies` print it so."""

    codes: re.Pattern[str]
    place: str
    example: str
    agencies: str
    cuts_in: bool = False


_PLACE = r"(?P<place>w(?:,w){0,2})"
_J = r"[-,./]*"  # whatever joins
_DATE = rf"{_J}(?P<date>d)"
_KNOWN = r"(?P<sign>[AB]|S(?=[-.,:/$]))"
_ENDS = r"(?=\.?[-:$]|\.)"


def _shape(codes: str, place: str, example: str, agencies: str, *, cuts_in: bool = False) -> Shape:
    return Shape(re.compile(codes), place, example, agencies, cuts_in)


SHAPES = (
    _shape(r"\((?P<place>w)?(?P<sign>K)", "any", "【ワシントン共同】 · (서울=연합뉴스) 김견본 기자 =", "Kyodo, Jiji; Yonhap"),
    _shape(r"(?P<sign>[ABS])[,/]?(?P<place>w)?[,/-]?(?P<date>d)(?:e(?P<reporter>r)?|(?=-))", "any", "新华社北京9月2日电（记者张样本）", "Xinhua, China News Service, newspapers of others"),
    _shape(r"(?P<place>w),?(?P<date>d)e(?P<reporter>r)?(?P<sign>[AU])?", "sure or short", "巴库2月19日电", "newspapers"),
    _shape(rf"(?P<sign>A|[BS](?=[-:/.]|,d)){_J}(?P<place>w(?:,w)?)?{_DATE}{_ENDS}", "any", "(ANSA) - ROMA, 22 MAR - · ТАСС, 31 декабря.", "ANSA; TASS and RIA without place"),
    _shape(rf"(?P<date>d)[-.,]*(?:{_PLACE}{_J})?(?P<sign>A|[BS](?=[-.:$/]))", "any", "10 июня, Минск /Корр. БЕЛТА/. · Jan 30 (Reuters) -", "BelTA, PAP; Reuters, Interfax without place"),
    _shape(rf"{_PLACE}{_J}h?{_DATE}{_J}(?:(?P<reporter>w)[,-])?{_KNOWN}", "any", "MOSCOW, January 21. /TASS/. · Bakı, 19 fevral, AZƏRTAC", "TASS, RIA, Interfax, Reuters, AFP, EFE, Xinhua, Kyodo, WAM, QNA, KUNA, SPA, Bernama, Lusa, AZERTAC, Report, Kazinform …", cuts_in=True),
    _shape(rf"(?P<place>w[-/]w){_DATE}{_J}(?P<sign>[AB])", "any", "Rivas - Vaciamadrid, 23 may (EFE).-", "EFE"),
    _shape(rf"{_PLACE}{_J}h{_J}{_KNOWN}", "any", "الرياض 04 ذو القعدة 1444 هـ واس", "SPA, IRNA"),
    _shape(rf"{_PLACE}{_DATE}{_J}(?P<sign>U){_ENDS}", "sure or short", "ВЕРХНЕРЕЧЕНСК, 3 мая. /Вестник/.", "as TASS or AFP, one we do not know"),
    _shape(rf"{_PLACE}{_DATE}{_J}(?P<sign>U)(?=w)", "city", "مسقط في 3 مايو /الرسول/ نص", "as WAM or QNA, one we do not know"),
    _shape(rf"{_PLACE},?(?P<date>d),?(?P<name>w)(?=[-.:])", "sure", "SYDNEY, March 22 VESTNIK -", "as AAP or Kyodo, one we do not know"),
    _shape(rf"{_PLACE},(?P<date>d),(?P<name>w)\$", "short", "Qarabulaq, 3 may, BULAQXƏBƏR", "as AZERTAC, one we do not know"),
    _shape(rf"{_PLACE},?(?P<sign>A)[,-]*(?P<date>d){_ENDS}", "any", "LIMA (Reuters), May 3 -", "newspapers"),
    _shape(rf"{_PLACE}[,-]?(?P<sign>A)(?=\.?[-:$])", "sure or short", "Berlin (dpa) -", "dpa, AFP, AP, ANP, Anadolu, ANTARA, Ritzau, EFE on the web", cuts_in=True),
    _shape(rf"{_PLACE},?(?P<sign>A)(?=\.)", "sure", "Berlin (dpa).", "newspapers", cuts_in=True),
    _shape(rf"{_PLACE},?(?P<sign>A)(?=w)", "city", "أبوظبي (وام)", "newspapers"),
    _shape(r"(?P<sign>A)(?=[-:])", "any", "(Reuters) - · (أ ف ب) -", "Reuters, AFP on the web"),
    _shape(rf"{_PLACE}(?P<sign>U)(?=[-:])", "sure", "Berlin (Vestnik) -", "as dpa, one we do not know"),
    _shape(rf"{_PLACE}{_J}(?P<sign>B)(?=[-.:/$U])", "sure or short", "АСТАНА. КАЗИНФОРМ - · تهران- ایرنا-", "Kazinform, IRNA"),
    _shape(rf"{_PLACE}[-./]+(?:(?P<reporter>w)-)?(?P<sign>S)(?=[-.:/$])", "sure", "Baku. APA: · Bakı. Leyla Sınaqlı - APA.", "APA, Trend"),
    _shape(rf"{_PLACE},?(?P<date>d)[.$]+(?P<reporter>w)-(?P<sign>[BS])(?=[-:])", "sure", "Baku, Azerbaijan, Feb. 19⏎By Leyla Sample – Trend:", "Trend"),
    _shape(rf"{_PLACE}[-,.]?(?P<date>d){_ENDS}", "sure", "NEW YORK, March 2 - · BAKU, Azerbaijan, August 19.", "Reuters before 1990, Trend; newspapers"),
    _shape(r"(?P<place>w(?:,w)?),(?P<date>d)\$", "short", "Qarabulaq, 3 may", "a line of its own"),
    _shape(r"(?P<place>w,w),?(?P<date>d)(?=w)", "city in its country", "Baku, Azerbaijan, Jan. 16 The council", "Trend"),
)  # fmt: skip
"""In the order in which they are tried: a shape with an agency in it before the same without."""
