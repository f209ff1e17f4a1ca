"""News agencies as their datelines sign: the name we use, and how it is spelt in brackets, between slashes or bare.

`bare` spellings are unmistakable and count wherever a signature may stand; `marked` ones (short, or words of their own)
only inside brackets or slashes.
"""

import re
from functools import lru_cache

from msgspec import Struct

from dragoman.text.fold import fold


class AgencyName(Struct, frozen=True):
    name: str
    bare: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


def _agency(name: str, bare: str = "", marked: str = "") -> AgencyName:
    return AgencyName(name, tuple(filter(None, bare.split("|"))), tuple(filter(None, marked.split("|"))))


AGENCIES = (
    _agency("AZERTAC", "AZERTAC|AZERTAJ|AZƏRTAC|AzərTAc|AZERTAG|АЗЕРТАДЖ|АзерТАдж|أذرتاج|أذرتاغ|اذرتاج|阿塞通社|阿塞拜疆国家通讯社|АЗЕРТАГ"),
    _agency("TASS", "ITAR-TASS|ИТАР-ТАСС|塔斯社", "TASS|ТАСС|تاس|طاس|Itar-Tass"),
    _agency("RIA Novosti", "РИА Новости|РИА Новости/Прайм|RIA Novosti|RİA Novosti|RIA Nóvosti|РИА «Новости»|俄新社|نوفوستي|ريا نوفوستي", "РИА"),
    _agency("Prime", "", "ПРАЙМ|Прайм|Prime"),
    _agency("R-Sport", "", "Р-Спорт|РИА Новости Спорт"),
    _agency("Sputnik", "", "Sputnik|سبوتنيك|卫星社|Спутник"),
    _agency("Interfax", "INTERFAX.RU|Interfax-Azerbaijan|Интерфакс-Азербайджан|Интерфакс-Казахстан|Интерфакс-Запад|Интерфакс-АВН|Интерфакс-Украина|Interfax-AVN|Interfax-Ukraine|国际文传电讯社", "Interfax|Интерфакс|INTERFAX"),
    _agency("Trend", "", "Trend|Тренд|TREND"),
    _agency("Report", "REPORT.AZ|Report.az", "Report|Репорт|REPORT"),
    _agency("Turan", "", "Turan|Туран"),
    _agency("APA", "", "APA|АПА|APA Economics|APA-Economics"),
    _agency("Reuters", "", "Reuters|Reuter|Рейтер|رويترز|路透社|路透|Thomson Reuters|Thomson Reuters Foundation|Reuters Breakingviews"),
    _agency("AP", "", "AP|АП|أ ب|أب|أسوشيتد برس|أسوشيتدبرس|美联社|Associated Press|The Associated Press"),
    _agency("AFP", "法新社", "AFP|АФП|أ ف ب|أ.ف.ب|أف ب|ا ف ب|ا.ف.ب|فرانس برس|法新社|Agence France-Presse|afp"),
    _agency("dpa", "德新社", "dpa|DPA|د ب أ|د.ب.أ|德新社|ДПА|dpa-AFX|dpa/tmn"),
    _agency("EFE", "埃菲社", "EFE|Efe|ЭФЭ|إفي|EFE/EPA|Agencia EFE|ACAN-EFE"),
    _agency("EFECOM", "", "EFECOM"),
    _agency("ANSA", "", "ANSA|АНСА|أنسا|安莎社"),
    _agency("Xinhua", "新华社|新华网|新華社", "Xinhua|Синьхуа|شينخوا|Xinhuanet|新华"),
    _agency("China News Service", "中新社|中新网|中国新闻网", "CNS|ECNS"),
    _agency("People's Daily", "人民网|人民日报"),
    _agency("Kyodo", "共同社|共同通信", "Kyodo|Kyodo News|共同|Киодо"),
    _agency("Jiji", "時事", "Jiji|Jiji Press"),
    _agency("Yonhap", "연합뉴스|韩联社", "Yonhap|Ёнхап|يونهاب"),
    _agency("Newsis", "뉴시스"),
    _agency("News1", "뉴스1"),
    _agency("KCNA", "조선중앙통신|朝中社", "KCNA|ЦТАК"),
    _agency("Anadolu", "Anadolu Agency|阿纳多卢通讯社", "AA|AA/Anadolu|Anadolu|الأناضول|Анадолу|Anadolu Ajansı"),
    _agency("DHA", "", "DHA"),
    _agency("IHA", "", "İHA|IHA"),
    _agency("WAM", "", "WAM|وام|ВАМ"),
    _agency("QNA", "", "QNA|قنا"),
    _agency("SPA", "واس", "SPA"),
    _agency("KUNA", "", "KUNA|كونا"),
    _agency("BNA", "", "BNA|بنا"),
    _agency("ONA", "", "ONA|العمانية"),
    _agency("MENA", "", "MENA|أ ش أ|أ.ش.أ|ا ش ا"),
    _agency("Petra", "", "Petra|بترا"),
    _agency("SANA", "", "SANA|سانا"),
    _agency("INA", "", "INA|واع"),
    _agency("NNA", "", "NNA|وطنية"),
    _agency("WAFA", "", "WAFA|وفا"),
    _agency("MAP", "", "MAP|ومع|و م ع"),
    _agency("APS", "", "APS|واج|وأج|وكالة الأنباء الجزائرية"),
    _agency("TAP", "", "TAP|وات"),
    _agency("LANA", "", "LANA|وال"),
    _agency("SUNA", "", "SUNA|سونا"),
    _agency("IRNA", "ایرنا", "IRNA|ИРНА|إرنا|ارنا|ایرنا"),
    _agency("Mehr", "", "MNA|Mehr|مهر"),
    _agency("ISNA", "ایسنا", "ISNA|ИСНА"),
    _agency("Fars", "", "Fars|FNA|فارس"),
    _agency("Tasnim", "", "Tasnim|تسنيم|تسنیم"),
    _agency("BelTA", "", "БЕЛТА|BelTA|BELTA|БелТА"),
    _agency("Kazinform", "КАЗИНФОРМ|KAZINFORM|Казинформ|哈通社|哈萨克国际通讯社|ҚАЗАҚПАРАТ|QAZINFORM", "Kazinform|QAZINFORM"),
    _agency("Kabar", "", "Кабар|КАБАР|Kabar"),
    _agency("UzA", "", "УзА|UzA|ЎзА"),
    _agency("Khovar", "НИАТ «Ховар»", "Ховар|Khovar"),
    _agency("TDH", "", "TDH|ТДХ"),
    _agency("Moldpres", "", "MOLDPRES|Молдпрес"),
    _agency("Ukrinform", "", "Укринформ|Укрінформ|Ukrinform"),
    _agency("UNIAN", "", "УНИАН|УНІАН|UNIAN"),
    _agency("Armenpress", "АРМЕНПРЕС|ARMENPRESS", "Арменпресс"),
    _agency("Bernama", "", "Bernama|BERNAMA"),
    _agency("ANTARA", "", "ANTARA|Antara|ANTARA News"),
    _agency("VNA", "", "VNA|TTXVN"),
    _agency("PTI", "", "PTI"),
    _agency("ANI", "", "ANI"),
    _agency("IANS", "", "IANS"),
    _agency("APP", "", "APP"),
    _agency("BSS", "", "BSS"),
    _agency("AAP", "", "AAP"),
    _agency("PNA", "", "PNA"),
    _agency("NAN", "", "NAN"),
    _agency("Montsame", "", "MONTSAME|Montsame|МОНЦАМЭ"),
    _agency("The Canadian Press", "", "CP|The Canadian Press|Canadian Press"),
    _agency("Bloomberg", "", "Bloomberg|Блумберг"),
    _agency("ats", "", "ats|ATS|SDA|sda|Keystone-SDA|KEYSTONE-SDA|ats afp|SDA/dpa"),
    _agency("awp", "", "awp|AWP"),
    _agency("ANP", "", "ANP"),
    _agency("Adnkronos", "", "Adnkronos|ADNKRONOS|AdnKronos"),
    _agency("Belga", "", "Belga|BELGA"),
    _agency("Lusa", "", "Lusa|LUSA"),
    _agency("Europa Press", "EUROPA PRESS", "Europa Press|EP"),
    _agency("PAP", "", "PAP"),
    _agency("CTK", "", "ČTK|CTK|ЧТК"),
    _agency("TASR", "", "TASR"),
    _agency("MTI", "", "MTI"),
    _agency("AGERPRES", "AGERPRES"),
    _agency("BTA", "", "BTA|БТА"),
    _agency("FENA", "", "FENA|Fena"),
    _agency("Tanjug", "", "Tanjug|Танјуг|TANJUG"),
    _agency("HINA", "", "Hina|HINA"),
    _agency("STA", "", "STA"),
    _agency("ATA", "", "ATA"),
    _agency("ANA-MPA", "", "ANA-MPA|ANA|ΑΠΕ-ΜΠΕ"),
    _agency("Ritzau", "", "ritzau|Ritzau|RITZAU"),
    _agency("TT", "", "TT"),
    _agency("NTB", "", "NTB"),
    _agency("STT", "", "STT"),
    _agency("Prensa Latina", "Prensa Latina|PRENSA LATINA", "PL"),
    _agency("Notimex", "", "Notimex|NOTIMEX"),
    _agency("Télam", "", "Télam|Telam|TELAM"),
    _agency("Agência Brasil", "Agência Brasil", "ABr"),
    _agency("Andina", "", "ANDINA|Andina"),
    _agency("CNA", "", "CNA|中央社"),
    _agency("UPI", "", "UPI"),
    _agency("CNN", "", "CNN"),
    _agency("PA", "", "PA Media|PA"),
    _agency("PRNewswire-AsiaNet", "", "PRNewswire-AsiaNet"),
    _agency("PRNewswire", "", "PRNewswire"),
    _agency("Business Wire", "", "BUSINESS WIRE|Business Wire"),
    _agency("AJMEDIA", "", "AJMEDIA"),
)  # fmt: skip
"""Known agencies; datelines of others are read too, with the agency as printed."""


def _alternatives(spellings: list[str]) -> str:
    return "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))


BARE = re.compile(
    rf"(?<![^\W_])(?:{_alternatives([spelling for agency in AGENCIES for spelling in agency.bare])})(?![^\W\d_])",
    re.IGNORECASE,
)
"""An unmistakable signature at this place. Chinese names are followed by a sign of the place: see `BARE_EAST`."""
FIRST_WORDS = frozenset(
    word.group()
    for agency in AGENCIES
    for spelling in agency.bare
    if (word := re.search(r"[^\W\d_]+", spelling.lower()))
)
"""In lower case the first word of each of them: where none stands, `BARE` need not look."""
BARE_EAST = re.compile(
    _alternatives([s for agency in AGENCIES for s in agency.bare + agency.marked if "\u3040" <= s[0] <= "\ud7af"])
)
SPELLINGS = frozenset(
    form
    for agency in AGENCIES
    for spelling in (agency.name, *agency.bare, *agency.marked)
    for form in (spelling, spelling.upper())
)
"""Every spelling, as printed and in capitals."""
SHORT = re.compile(
    rf"(?:{_alternatives([spelling for spelling in SPELLINGS if not '一' <= spelling[0] <= '힣'])})(?![^\W\d_])"
)
"""A signature that is one only where nothing but a signature can stand; case counts."""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for agency in AGENCIES:
        for spelling in (agency.name, *agency.bare, *agency.marked):
            found.setdefault(fold(spelling), agency.name)
    return found


@lru_cache(maxsize=4096)
def agency_name(printed: str) -> str:
    """The name we use for the agency that signs itself `printed`, or an empty string where we know none."""
    return _names().get(fold(" ".join(printed.split())), "")
