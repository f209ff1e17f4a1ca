"""Places by name: which country a dateline's city lies in, whatever language it is written in. Pure.

Limits: a name two countries share is given to the one whose city has the larger newsroom (Córdoba to Spain).
"""

from functools import lru_cache

from dragoman.read.places.cities import CITY_NAMES
from dragoman.read.places.countries import COUNTRY_NAMES
from dragoman.text.fold import fold

ALSO_COUNTRIES = {
    "US": "USA|U.S.|U.S.A.|EEUU|EE.UU.|EE UU|ABŞ|США|États Unis|USA|US|美國|Estados Unidos de América|United States of America|"
    "Соединенные Штаты Америки|États-Unis d'Amérique|Vereinigte Staaten von Amerika|Amerika|Америка|Amerika Birləşmiş Ştatlar|أمريكا|أميركا|الولايات المتحدة الأمريكية",
    "GB": "UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Böyük Britaniya|Britaniya|Grande-Bretagne|Großbritannien|Gran Bretaña|بريطانيا|"
    "Британия|Соединенное Королевство|المملكة المتحدة|英國",
    "RU": "Russian Federation|РФ|Федерация России|RF|Rusiya Federasiyası|Российская Федерация|Fédération de Russie|Russische Föderation|Federación de Rusia|俄联邦|روسيا الاتحادية",
    "CZ": "Czech Republic|República Checa|République tchèque|Tschechische Republik|Чешская Республика|Чешская республика",
    "AE": "UAE|U.A.E.|ОАЭ|EAU|BƏƏ|VAE|الإمارات|Emirates|Эмираты|Объединенные Арабские Эмираты|阿联酋|EAU",
    "KR": "South Korea|Corée du Sud|Corea del Sur|Южная Корея|Republic of Korea|République de Corée|جمهورية كوريا|كوريا الجنوبية",
    "KP": "North Korea|КНДР|Северная Корея|DPRK|KXDR|KDXR",
    "CN": "PRC|КНР|中国|ÇXR|Çin Xalq Respublikası|中國|中华人民共和国|الصين الشعبية",
    "BY": "Беларусь|Белоруссия|Belorussia|Belorus|Weißrussland|Biélorussie|Bielorrusia|白俄罗斯",
    "DE": "West Germany|East Germany|FRG|ФРГ|AFR|Almaniya Federativ Respublikası|BRD|Bundesrepublik Deutschland",
    "TR": "Turkey|Türkiyə|Türkiye|Turkiye|Turkish Republic|Турецкая Республика|土耳其",
    "MD": "Молдавия|Молдова|Moldau|Moldaviya|Republic of Moldova",
    "KG": "Киргизия|Кыргызстан|Qırğızıstan|Kirgistan|Kirgisien|Kirghizistan|Kirguistán|Kyrgyz Republic|قرغيزستان|吉尔吉斯斯坦",
    "NL": "Holland|Pays Bas|Hollande|Holanda|Hollandiya|Голландия|The Netherlands|هولندا|荷兰",
    "VA": "Holy See|Vatican|Le Vatican|Святой Престол|Heiliger Stuhl|Santa Sede|Saint-Siège|Müqəddəs Taxt|الكرسي الرسولي",
    "AZ": "Azerbaycan|Azərbaycan Respublikası|Republic of Azerbaijan|Азербайджанская Республика|Azerbaiján|اذربيجان|亚塞拜然|Azerbaïdjan",
    "GE": "Gürcüstan Respublikası|Республика Грузия",
    "AM": "Ermənistan Respublikası|Республика Армения",
    "IR": "İran İslam Respublikası|Исламская Республика Иран|ИРИ|Islamic Republic of Iran|IRI",
    "KZ": "Qazaxıstan Respublikası|Казахская Республика|Республика Казахстан|Kazakhstán|Kazajstán|哈萨克",
    "UZ": "Özbəkistan Respublikası|Республика Узбекистан|Usbekistan|乌兹别克",
    "TJ": "Tadschikistan|Tadjikistan|Tadzhikistan",
    "SA": "KSA|Səudiyyə|Королевство Саудовская Аравия|السعودية|沙特|Saudi-Arabien",
    "SY": "Syrian Arab Republic|Сирийская Арабская Республика|叙利亚",
    "PS": "Palestine|Fələstin|Палестина|Palästina|Palestina|فلسطين|巴勒斯坦",
    "HK": "Hong Kong|Honq Konq|Гонконг|Hongkong|هونغ كونغ|هونج كونج|香港",
    "MO": "Macao|Macau|Makao|Макао|ماكاو|澳门",
    "CD": "DR Congo|DRC|Democratic Republic of the Congo|Democratic Republic of Congo|Konqo Demokratik Respublikası|ДР Конго|ДРК|RDC|République démocratique du Congo|DR Kongo|"
    "Demokratische Republik Kongo|República Democrática del Congo|الكونغو الديمقراطية|جمهورية الكونغو الديمقراطية|刚果民主共和国|刚果（金）",
    "CG": "Congo|Konqo|Конго|Kongo|الكونغو|刚果共和国|刚果（布）",
    "CI": "Ivory Coast|Берег Слоновой Кости|Elfenbeinküste|Costa de Marfil|ساحل العاج|象牙海岸",
    "MM": "Burma|Бирма|Birmanie|Birma|缅甸",
    "TL": "East Timor|Timor Oriental|Osttimor",
    "CV": "Cape Verde|Kabo-Verde|Kap Verde",
    "SZ": "Swaziland|Свазиленд",
    "MK": "Macedonia|Makedoniya|Македония",
    "BA": "Bosnia|Bosnia and Herzegovina|Bosniya|Босния|Bosnie|Bosnien|البوسنة|波黑",
    "TT": "Trinidad and Tobago|Trinidad|Тринидад|特立尼达",
    "LK": "Ceylon|Şri Lanka|Шри-Ланка",
    "JP": "Yaponiya|日本",
    "IE": "Ireland|Republic of Ireland",
    "MY": "Malaysien|Malasia",
    "CM": "Kamerun|Camerun",
    "ZA": "Cənubi Afrika Respublikası|ЮАР|RSA|Южная Африка",
    "CF": "ЦАР|RCA",
    "BH": "Bahrain|Bəhreyn|Бахрейн",
    "YE": "Yemen Republic|Yemən",
    "KW": "Küveyt|Kuwait",
    "EG": "Misir Ərəb Respublikası|مصر|Egipto|埃及",
    "OM": "سلطنة عمان|سلطنة عُمان",
    "JO": "المملكة الأردنية الهاشمية|Iordaniya|İordaniya",
    "LY": "Libyan Arab Jamahiriya|Liviya",
    "UN": "",
}
_PROVINCE_NAMES = (
    "Ontario|Ont.|Quebec|Que.|Alberta|Alta.|Manitoba|Man.|British Columbia|B.C.|Nova Scotia|N.S.|Saskatchewan"
)
_PROVINCES = frozenset(map(fold, _PROVINCE_NAMES.split("|")))
_STATES = frozenset(
    fold(name)
    for name in [
        "Ala.",
        "Alaska",
        "Ariz.",
        "Ark.",
        "Calif.",
        "Colo.",
        "Conn.",
        "Del.",
        "Fla.",
        "Ga.",
        "Hawaii",
        "Idaho",
        "Ill.",
        "Ind.",
        "Iowa",
        "Kan.",
        "Kans.",
        "Ky.",
        "La.",
        "Maine",
        "Md.",
        "Mass.",
        "Mich.",
        "Minn.",
        "Miss.",
        "Mo.",
        "Mont.",
        "Neb.",
        "Nebr.",
        "Nev.",
        "N.H.",
        "N.J.",
        "N.M.",
        "N.Y.",
        "N.C.",
        "N.D.",
        "Ohio",
        "Okla.",
        "Ore.",
        "Pa.",
        "Penn.",
        "R.I.",
        "S.C.",
        "S.D.",
        "Tenn.",
        "Tex.",
        "Texas",
        "Utah",
        "Vt.",
        "Va.",
        "Wash.",
        "W.Va.",
        "Wis.",
        "Wyo.",
        "D.C.",
        "Alabama",
        "Arizona",
        "Arkansas",
        "California",
        "Colorado",
        "Connecticut",
        "Delaware",
        "Florida",
        "Illinois",
        "Indiana",
        "Kansas",
        "Kentucky",
        "Louisiana",
        "Maryland",
        "Massachusetts",
        "Michigan",
        "Minnesota",
        "Mississippi",
        "Missouri",
        "Montana",
        "Nebraska",
        "Nevada",
        "New Hampshire",
        "New Jersey",
        "New Mexico",
        "North Carolina",
        "North Dakota",
        "Oklahoma",
        "Oregon",
        "Pennsylvania",
        "Rhode Island",
        "South Carolina",
        "South Dakota",
        "Tennessee",
        "Vermont",
        "Virginia",
        "Washington State",
        "West Virginia",
        "Wisconsin",
        "Wyoming",
    ]
)


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in CITY_NAMES.strip().split("\n"):
        code, names = line.split(" ", 1)
        for name in names.replace(" / ", "|").split("|"):
            found.setdefault(fold(name), code)
    return found


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    found: dict[str, str] = {}
    lines = COUNTRY_NAMES.strip().split("\n") + [f"{code} {names}" for code, names in ALSO_COUNTRIES.items()]
    for line in lines:
        code, names = line.split(" ", 1)
        for name in filter(None, names.split("|")):
            found.setdefault(fold(name), code)
    return found


@lru_cache(maxsize=4096)
def city_country(name: str) -> str:
    """The country (ISO 3166-1 alpha-2) of the city called `name`, or an empty string."""
    return _cities().get(fold(" ".join(name.split())), "")


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """The code of the country, or of the country whose state is, called `name`; or an empty string."""
    folded = fold(" ".join(name.split()))
    state = folded if folded in _STATES or folded in _PROVINCES else f"{folded}."
    return _countries().get(folded, "") or ("US" if state in _STATES else "CA" if state in _PROVINCES else "")


def is_state(name: str) -> bool:
    """Is `name` a state of the United States or a province of Canada, spelt out or as wires abbreviate it?"""
    folded = fold(name.strip())
    return any(spelt in _STATES or spelt in _PROVINCES for spelt in (folded, f"{folded}."))
