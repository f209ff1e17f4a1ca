"""Places by name: which country a dateline's city lies in, whatever language it is written in. Pure.

Limits: a name two countries share is given to the one whose city has the larger newsroom (Córdoba to Spain).
"""

from functools import lru_cache

from dragoman.read.cities import CITY_NAMES
from dragoman.read.countries import COUNTRY_NAMES
from dragoman.text.fold import fold

_ALSO_COUNTRIES = {
    "US": "USA|U.S.|U.S.A.|EEUU|EE.UU.|EE UU|ABŞ|США|États Unis|美國|Estados Unidos de América",
    "GB": "UK|U.K.|Britain|Great Britain|England|Scotland|Wales|Böyük Britaniya|Grande-Bretagne|Großbritannien|Gran Bretaña|بريطانيا",
    "RU": "Russian Federation|РФ|Федерация России",
    "CZ": "Czech Republic|República Checa|République tchèque|Tschechische Republik|Чешская Республика",
    "AE": "UAE|U.A.E.|ОАЭ|EAU|BƏƏ|VAE|الإمارات",
    "KR": "South Korea|Corée du Sud|Corea del Sur|Южная Корея",
    "KP": "North Korea|КНДР",
    "CN": "PRC|КНР|中国",
    "BY": "Беларусь|Белоруссия|Belorussia",
    "DE": "West Germany|East Germany|FRG|ФРГ",
    "TR": "Turkey|Türkiyə|Türkiye",
    "MD": "Молдавия|Молдова",
    "KG": "Киргизия|Кыргызстан",
    "NL": "Holland|Pays Bas",
    "VA": "Holy See",
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
    lines = COUNTRY_NAMES.strip().split("\n") + [f"{code} {names}" for code, names in _ALSO_COUNTRIES.items()]
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
