"""Numbers in words, multipliers and the words beside figures, by language. Plain data and their tables by stem.

A number word is a unit (added), a hundred (multiplies what stands before it) or a scale (closes a group). French and German
billions are 10^12. Words for one are articles in most of our languages: they count before a scale only.
"""

from functools import lru_cache

from dragoman.text.analyse import stemmer
from dragoman.text.fold import fold

_UNITS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "az": "bir iki üç dörd beş altı yeddi səkkiz doqquz on",
    "fr": "un,une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "de": "eins,ein,eine,einem,einen,einer zwei,zwo drei,dreien vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "es": "un,uno,una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    "veinte veintiún,veintiuno,veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
    "ru": "один,одна,одно,одного,одной,одну,одним,одному,одном два,две,двух,двум,двумя три,трех,трёх,трем,трём,тремя,трое,троих четыре,четырех,четырёх,четырем,четырьмя,четверо,четверых "
    "пять,пяти,пятью,пятеро шесть,шести,шестью семь,семи,семью восемь,восьми,восемью девять,девяти,девятью десять,десяти,десятью "
    "одиннадцать,одиннадцати двенадцать,двенадцати,двенадцатью тринадцать,тринадцати четырнадцать,четырнадцати пятнадцать,пятнадцати "
    "шестнадцать,шестнадцати семнадцать,семнадцати восемнадцать,восемнадцати девятнадцать,девятнадцати",
    "ar": "واحد,واحدة اثنان,اثنين,اثنتين,اثنتان,اثنا,اثني ثلاث,ثلاثة أربع,أربعة خمس,خمسة ست,ستة سبع,سبعة ثمان,ثماني,ثمانية تسع,تسعة عشر,عشرة",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
}
_MORE = {
    "en": {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12},
    "az": {"iyirmi": 20, "otuz": 30, "qırx": 40, "əlli": 50, "altmış": 60, "yetmiş": 70, "səksən": 80, "doxsan": 90},
    "tr": {"yirmi": 20, "otuz": 30, "kırk": 40, "elli": 50, "altmış": 60, "yetmiş": 70, "seksen": 80, "doksan": 90},
    "fr": {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
           "octante": 80, "nonante": 90},
    "es": {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100,
           "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300, "cuatrocientos": 400,
           "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900},
    "ru": {"двадцать": 20, "двадцати": 20, "двадцатью": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40, "пятьдесят": 50,
           "пятидесяти": 50, "шестьдесят": 60, "шестидесяти": 60, "семьдесят": 70, "семидесяти": 70, "восемьдесят": 80, "восьмидесяти": 80,
           "девяносто": 90, "девяноста": 90, "сто": 100, "ста": 100, "двести": 200, "двухсот": 200, "триста": 300, "трехсот": 300,
           "трёхсот": 300, "четыреста": 400, "четырехсот": 400, "пятьсот": 500, "пятисот": 500, "шестьсот": 600, "шестисот": 600,
           "семьсот": 700, "семисот": 700, "восемьсот": 800, "восьмисот": 800, "девятьсот": 900, "девятисот": 900},
    "ar": {"عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "أربعون": 40, "أربعين": 40, "خمسون": 50, "خمسين": 50, "ستون": 60,
           "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90, "مئة": 100, "مائة": 100,
           "مئتان": 200, "مئتين": 200, "مائتان": 200, "مائتين": 200, "ثلاثمئة": 300, "ثلاثمائة": 300, "أربعمئة": 400, "أربعمائة": 400,
           "خمسمئة": 500, "خمسمائة": 500, "ستمئة": 600, "ستمائة": 600, "سبعمئة": 700, "سبعمائة": 700, "ثمانمئة": 800, "ثمانمائة": 800,
           "تسعمئة": 900, "تسعمائة": 900},
}  # fmt: skip
_HUNDREDS = {"en": "hundred", "az": "yüz", "tr": "yüz", "fr": "cent cents", "de": "hundert"}
_MILLION, _MILLIARD, _BILLION = 10**6, 10**9, 10**12
_SCALES: dict[str, dict[int, str]] = {
    "en": {1000: "thousand thousands k", _MILLION: "million millions m mn mln", _MILLIARD: "billion billions bn bln b", _BILLION: "trillion trillions tn trn"},
    "az": {1000: "min", _MILLION: "milyon mln", _MILLIARD: "milyard mlrd", _BILLION: "trilyon trln"},
    "tr": {1000: "bin", _MILLION: "milyon mln", _MILLIARD: "milyar mlr", _BILLION: "trilyon"},
    "ru": {1000: "тысяча тысячи тысяч тысячу тысяче тысячам тысячами тысячей тыс", _MILLION: "миллион миллиона миллионе миллиону миллионом миллионов миллионам миллионами миллионах млн",
           _MILLIARD: "миллиард миллиарда миллиарде миллиарду миллиардом миллиардов миллиардам миллиардами млрд", _BILLION: "триллион триллиона триллионов трлн"},
    "uk": {1000: "тисяча тисячі тисяч тис", _MILLION: "мільйон мільйони мільйонів млн", _MILLIARD: "мільярд мільярди мільярдів млрд"},
    "kk": {1000: "мың", _MILLION: "миллион млн", _MILLIARD: "миллиард млрд"},
    "fr": {1000: "mille milliers", _MILLION: "million millions", _MILLIARD: "milliard milliards md mds mrd", _BILLION: "billion billions"},
    "de": {1000: "tausend tsd", _MILLION: "million millionen mio", _MILLIARD: "milliarde milliarden mrd", _BILLION: "billion billionen bio"},
    "es": {1000: "mil miles", _MILLION: "millón millones mm", _BILLION: "billón billones"},
    "ar": {1000: "ألف آلاف ألفا", _MILLION: "مليون ملايين مليونا", _MILLIARD: "مليار مليارات بليون", _BILLION: "تريليون"},
}  # fmt: skip
_DUALS = {
    "ألفان": 2000,
    "ألفين": 2000,
    "ألفي": 2000,
    "مليونان": 2 * _MILLION,
    "مليونين": 2 * _MILLION,
    "مليوني": 2 * _MILLION,
    "ملياري": 2 * _MILLIARD,
    "مليارين": 2 * _MILLIARD,
}
ALONE = {
    "az": frozenset({"min", "yuz"}), "fr": frozenset({"cent", "mille"}), "es": frozenset({"mil", "cien"}), "de": frozenset({"tausend", "hundert"}),
    "ru": frozenset({"тысяча", "тысячу", "миллион", "миллиард"}), "ar": frozenset(map(fold, ("ألف", "مليون", "مليار"))),
}  # fmt: skip
"""Scales that are a number without one before them ("mille soldats", but not "thousands of soldiers"), folded."""
JOINS = {"en": "and", "fr": "et", "es": "y", "de": "und", "ar": "و"}


@lru_cache(maxsize=16)
def number_words(language: str) -> dict[str, tuple[str, int]]:
    """By the folded word: ``n`` and what is added, ``h`` and 100, or ``s`` and the scale; ``one`` where it may be an article;
    with ``+`` where "and" is joined to it."""
    found: dict[str, tuple[str, int]] = {}
    for value, forms in enumerate(_UNITS.get(language, "").split(), 1):
        for form in forms.split(","):
            found[fold(form)] = ("one" if value == 1 else "n", value)
    for word, value in _MORE.get(language, {}).items():
        found[fold(word)] = ("n", value)
    for word in _HUNDREDS.get(language, "").split():
        found[fold(word)] = ("h", 100)
    if language == "de":
        found.update((fold(word), ("n", value)) for word, value in _german())
    for scale, words in _SCALES.get(language, {}).items():
        for word in words.split():
            if len(word) > 2:
                found.setdefault(fold(word), ("s", scale))
    if language == "ar":
        found.update((fold(word), ("n", value)) for word, value in _DUALS.items())
        for word, (kind, value) in list(found.items()):
            found.setdefault(fold("و") + word, (f"+{kind}", value))
    return found


@lru_cache(maxsize=16)
def number_stems(language: str) -> frozenset[str]:
    """Stems that number words have: a word with another one is none, and need not be folded."""
    return frozenset(map(stemmer(language), number_words(language)))


@lru_cache(maxsize=16)
def scale_words(language: str) -> dict[str, int]:
    """By the folded word: what a figure before it is multiplied by ("2.5 mln", "5bn")."""
    own = _SCALES.get(language, {}) or _SCALES["en"]
    return {fold(word): scale for scale, words in own.items() for word in words.split()}


def _german() -> list[tuple[str, int]]:
    """The compounds: zwanzig to neunundneunzig, zweihundert, dreitausend, fünfhunderttausend."""
    ones = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
    tens = {
        20: "zwanzig",
        30: "dreißig",
        40: "vierzig",
        50: "fünfzig",
        60: "sechzig",
        70: "siebzig",
        80: "achtzig",
        90: "neunzig",
    }
    below = dict(enumerate([*ones, *_UNITS["de"].split()[9:]], 1)) | tens
    below |= {ten + value: f"{one}und{word}" for ten, word in tens.items() for value, one in enumerate(ones, 1)}
    found = [(word, value) for value, word in below.items() if value > 1]
    found += [(f"{word}hundert", value * 100) for value, word in below.items() if value < 10]
    found += [(f"{word}tausend", value * 1000) for value, word in below.items()]
    return found + [(f"{word}hunderttausend", value * 100_000) for value, word in below.items() if value < 10]


_LEAST_BEFORE = {
    "en": "more than|over|at least|above|upwards of|exceeding|exceeded|in excess of|no fewer than|no less than|surpassed",
    "ru": "более|более чем|свыше|больше|не менее|не меньше|минимум|превысило|превысил|превысила",
    "fr": "plus de|plus d'|plus d’|au moins|au-delà de|supérieur à",
    "de": "mehr als|über|mindestens|wenigstens|rund über",
    "es": "más de|al menos|por lo menos|no menos de|superior a",
    "az": "ən azı|azı|minimum|ən azından",
    "ar": "أكثر من|اكثر من|ما لا يقل عن|لا يقل عن|ما يزيد على|ما يزيد عن|يزيد على|نحو أكثر من|على الأقل|بأكثر من|لأكثر من",
    "zh": "超过|逾|至少|不少于|超|多达|突破|高于",
    "tr": "en az", "uk": "більше|понад|щонайменше",
}  # fmt: skip
_LEAST_AFTER = {
    "en": "or more|plus",
    "ar": "على الأقل|فأكثر",
    "de": "oder mehr",
    "fr": "ou plus",
    "es": "o más",
    "ru": "и более|с лишним",
}


@lru_cache(maxsize=16)
def least_words(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What "at least" is called before a figure, and behind it; in small letters."""
    before, after = _LEAST_BEFORE.get(language, ""), _LEAST_AFTER.get(language, "")
    return tuple(before.split("|")) if before else (), tuple(after.split("|")) if after else ()
