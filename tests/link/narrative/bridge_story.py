"""An invented event, told by four invented agencies: a bridge gives way in Lindava."""

from datetime import UTC, datetime, timedelta

from dragoman.link.narrative.told import Telling
from dragoman.model.version import VersionAct
from dragoman.read.reader import read_text

NOON = datetime(2026, 2, 19, 12, tzinfo=UTC)

ENGLISH_FIRST = """A railway bridge over the river collapsed in Ganja on Thursday.
At least 10 people were injured, police said.
"""
ENGLISH = """A railway bridge over the river collapsed in Ganja on 19 February 2026.
Police said 14 people were injured.
The repair of the bridge will cost 3 million manats.
"We will rebuild the bridge before the summer," Transport Minister Rashad Nabizade said.
A dog led the firefighters to a child in the water.
"""
AZERBAIJANI = """Fevralın 19-da Gəncədə çayın üzərindəki dəmir yolu körpüsü uçub.
Polisin məlumatına görə, 12 nəfər yaralanıb.
Nəqliyyat naziri Rəşad Nəbizadə "Körpünü yaydan əvvəl yenidən quracağıq", - deyib.
Körpünün təmiri 3 milyon manata başa gələcək.
"""
RUSSIAN = """19 февраля в Гяндже обрушился железнодорожный мост через реку.
По данным полиции, 12 человек ранены.
«Мы восстановим мост до лета», — сказал министр транспорта Рашад Набизаде.
Прокуратура возбудила уголовное дело против строительной компании.
"""
ARABIC = """انهار جسر للسكك الحديدية فوق النهر في كنجة يوم 19 فبراير.
وقالت الشرطة إن أكثر من 10 أشخاص أصيبوا.
وقال وزير النقل رشاد نبي زاده: "سنعيد بناء الجسر قبل الصيف".
"""


def telling(
    sequence: int,
    item: str,
    agency: str,
    language: str,
    text: str,
    act: VersionAct = "publish",
    headline: str = "",
    minutes: int | None = None,
) -> Telling:
    """One version, received as many minutes after noon as its sequence says, where nothing else is said."""
    received = NOON + timedelta(minutes=sequence if minutes is None else minutes)
    reading, _ = read_text(text, headline=headline, language=language, time=received, agency=agency)
    return Telling(
        sequence=sequence,
        item=item,
        agency=agency,
        language=language,
        received=received,
        act=act,
        headline=headline,
        text=text,
        reading=reading,
    )


def bridge() -> list[Telling]:
    """Five versions: North told it first and corrected itself."""
    return [
        telling(1, "n-1", "North", "en", ENGLISH_FIRST, headline="Bridge collapses in Ganja"),
        telling(2, "x-1", "Xəzər", "az", AZERBAIJANI, headline="Gəncədə körpü uçub"),
        telling(3, "v-1", "Volna", "ru", RUSSIAN, headline="В Гяндже обрушился мост"),
        telling(4, "n-1", "North", "en", ENGLISH, "correct", headline="Bridge collapses in Ganja, 14 injured"),
        telling(5, "s-1", "Sahra", "ar", ARABIC, headline="انهيار جسر في كنجة"),
    ]
