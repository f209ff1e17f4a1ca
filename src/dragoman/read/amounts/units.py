"""What is measured: signs, units and currencies beside a figure, and the one name each has here. Plain data.

Currencies are ISO 4217 codes; units are the symbols of the SI and its companions; spans of time are English words. Currency
words are the lexicon's (`us-dollar`, `manat`), so their forms in eight languages stand there.
"""

from functools import lru_cache

from dragoman.text.analyse import stemmer

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "CNY", "₽": "RUB", "₼": "AZN", "₺": "TRY", "₸": "KZT", "₾": "GEL", "₴": "UAH",
         "₹": "INR", "₪": "ILS", "₩": "KRW", "₦": "NGN", "₫": "VND", "₱": "PHP", "฿": "THB", "֏": "AMD"}  # fmt: skip
DOLLARS = {
    "us": "USD",
    "u.s.": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "hk": "HKD",
    "nz": "NZD",
    "s": "SGD",
    "r": "BRL",
}
CODES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "JPY",
        "CNY",
        "RUB",
        "AZN",
        "TRY",
        "KZT",
        "GEL",
        "UAH",
        "INR",
        "ILS",
        "KRW",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "AUD",
        "CAD",
        "NZD",
        "SGD",
        "HKD",
        "MXN",
        "BRL",
        "ARS",
        "CLP",
        "COP",
        "PEN",
        "ZAR",
        "NGN",
        "EGP",
        "SAR",
        "AED",
        "QAR",
        "KWD",
        "BHD",
        "OMR",
        "IRR",
        "IQD",
        "JOD",
        "LBP",
        "SYP",
        "YER",
        "DZD",
        "MAD",
        "TND",
        "LYD",
        "SDG",
        "PKR",
        "BDT",
        "LKR",
        "THB",
        "VND",
        "IDR",
        "MYR",
        "PHP",
        "TWD",
        "UZS",
        "KGS",
        "TJS",
        "TMT",
        "AMD",
        "BYN",
        "MDL",
    ]
)
CURRENCY_CONCEPTS = {
    "us-dollar": "USD", "euro": "EUR", "manat": "AZN", "ruble": "RUB", "yuan": "CNY", "yen": "JPY", "pound-sterling": "GBP", "swiss-franc": "CHF",
    "turkish-lira": "TRY", "lari": "GEL", "tenge": "KZT", "uzbek-sum": "UZS", "hryvnia": "UAH", "iranian-rial": "IRR", "saudi-riyal": "SAR",
    "uae-dirham": "AED", "kuwaiti-dinar": "KWD", "iraqi-dinar": "IQD", "egyptian-pound": "EGP", "lebanese-pound": "LBP", "shekel": "ILS",
    "indian-rupee": "INR", "pakistani-rupee": "PKR", "south-korean-won": "KRW", "brazilian-real": "BRL", "peso": "MXN", "canadian-dollar": "CAD",
    "australian-dollar": "AUD", "polish-zloty": "PLN", "belarusian-ruble": "BYN", "armenian-dram": "AMD",
}  # fmt: skip
"""The lexicon's currencies. A peso without its country is Mexico's, a rupee India's, a dinar Kuwait's: as the lexicon has it."""

_UNITS = {
    "km": "km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros километр километра километров км kilometr كيلومتر كيلومترا كيلومترات كم 公里 千米",
    "m": "metre metres meter meters mètre mètres metro metros метр метра метров metr متر مترا أمتار 米",
    "cm": "cm centimetre centimetres centimeter zentimeter centimètre centimètres centímetro centímetros сантиметр сантиметра сантиметров см santimetr سنتيمتر سم 厘米",
    "mm": "mm millimetre millimetres millimeter millimètre millimètres milímetro milímetros миллиметр миллиметра миллиметров мм millimetr ملم مليمتر 毫米",
    "mi": "mile miles миля мили миль meile meilen milla millas ميل أميال 英里",
    "in": "inch inches дюйм дюйма дюймов zoll pouce pouces pulgada pulgadas düym بوصة بوصات 英寸",
    "ft": "ft foot feet фут фута футов fuß قدم 英尺",
    "km2": "km² km2 kv.km кв.км 平方公里 平方千米",
    "m2": "m² m2 кв.м 平方米",
    "ha": "ha hectare hectares hektar hectárea hectáreas гектар гектара гектаров га هكتار هكتارا هكتارات 公顷",
    "kg": "kg kilogram kilograms kilo kilos kilogramme kilogrammes kilogramm kilogramos килограмм килограмма килограммов кг kiloqram كيلوغرام كيلوجرام كغ كيلو 公斤 千克",
    "g": "gram grams gramme grammes gramm gramos грамм грамма граммов qram غرام غراما 克",
    "t": "tonne tonnes ton tons tonnen tonelada toneladas тонна тонны тонн طن طنا أطنان 吨",
    "l": "litre litres liter liters litro litros литр литра литров لتر لترا 升",
    "m3": "m³ m3 куб.м кубометр кубометра кубометров kubmetr 立方米",
    "bbl": "barrel barrels baril barils fass barril barriles баррель барреля баррелей برميل برميلا 桶",
    "CNY": "元 人民币 块钱",
    "°C": "°c 摄氏度",
    "°F": "°f",
    "km/h": "km/h kmh км/ч km/saat 公里/小时",
    "m/s": "m/s м/с m/san 米/秒",
    "kW": "kw kilowatt киловатт", "MW": "mw megawatt megawatts mégawatts мегаватт мвт meqavat ميغاوات 兆瓦", "GW": "gw gigawatt gigawatts гигаватт гвт qiqavat غيغاوات 吉瓦",
    "kWh": "kwh киловатт-час квт·ч 千瓦时 度电", "%": "процентный процентном процентного prozentig prozentige prozentigen percent per-cent pct prozent faiz процент процента процентов процентам процентами проц 个百分点",
    "year": "year years yr yrs год года лет году il ildən an ans année années jahr jahre jahren año años سنة سنوات عام عاما أعوام 年 岁 yaş yaşlı рік років",
    "month": "month months месяц месяца месяцев ay mois monat monate monaten mes meses شهر شهرا أشهر شهور 个月",
    "week": "week weeks неделя недели недель həftə semaine semaines woche wochen semana semanas أسبوع أسابيع أسبوعا 周 星期",
    "day": "day days день дня дней gün jour jours tag tage tagen día días يوم يوما أيام 天",
    "hour": "hour hours час часа часов saat heure heures stunde stunden hora horas ساعة ساعات 小时",
    "minute": "minute minutes минута минуты минут dəqiqə minuten minuto minutos دقيقة دقائق 分钟",
    "second": "second seconds секунда секунды секунд saniyə seconde secondes sekunde sekunden segundo segundos ثانية ثوان 秒",
}  # fmt: skip
HAN_UNITS = {
    "美元": "USD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP", "卢布": "RUB", "港元": "HKD", "韩元": "KRW", "马纳特": "AZN", "里拉": "TRY", "元": "CNY", "人民币": "CNY",
    "瑞士法郎": "CHF", "加元": "CAD", "澳元": "AUD", "公里": "km", "千米": "km", "平方公里": "km2", "平方米": "m2", "立方米": "m3", "米": "m", "厘米": "cm", "毫米": "mm",
    "公斤": "kg", "千克": "kg", "克": "g", "吨": "t", "公顷": "ha", "桶": "bbl", "升": "l", "摄氏度": "°C", "千瓦时": "kWh", "千瓦": "kW", "兆瓦": "MW", "个百分点": "%",
    "岁": "year", "年": "year", "个月": "month", "周": "week", "天": "day", "小时": "hour", "分钟": "minute", "秒": "second", "公里/小时": "km/h", "英里": "mi",
}  # fmt: skip
"""Chinese units, which need not begin where a word does."""
SYMBOLS = {
    "km": "km", "km²": "km2", "km2": "km2", "m²": "m2", "m2": "m2", "m³": "m3", "m": "m", "cm": "cm", "mm": "mm", "kg": "kg", "g": "g", "t": "t", "l": "l", "L": "l",
    "ha": "ha", "°C": "°C", "°F": "°F", "°": "°", "ºC": "°C", "km/h": "km/h", "km/s": "km/s", "m/s": "m/s", "kW": "kW", "MW": "MW", "GW": "GW", "TW": "TW",
    "kWh": "kWh", "MWh": "MWh", "GWh": "GWh", "TWh": "TWh", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "GB": "GB", "MB": "MB", "TB": "TB", "ft": "ft", "mph": "mph", "kph": "km/h",
    "км": "km", "км²": "km2", "м²": "m2", "м³": "m3", "м": "m", "см": "cm", "мм": "mm", "кг": "kg", "г": "g", "т": "t", "л": "l", "га": "ha", "км/ч": "km/h", "м/с": "m/s",
    "кВт": "kW", "МВт": "MW", "ГВт": "GW", "кВт·ч": "kWh", "℃": "°C", "bpd": "bpd", "%": "%", "％": "%", "٪": "%", "pc": "%", "كم": "km", "كم²": "km2", "سم": "cm",
}  # fmt: skip
"""As they are written, capitals and all."""


@lru_cache(maxsize=16)
def unit_words(language: str) -> dict[str, str]:
    """By the stem in `language`, whatever language the word is of: units are few, and their words alike."""
    stem = stemmer(language)
    return {stem(word): unit for unit, words in _UNITS.items() for word in words.split()}


PERCENT_TWO = (
    "per cent",
    "por ciento",
    "pour cent",
    "в процентах",
    "في المئة",
    "في المائة",
    "بالمئة",
    "بالمائة",
    "у відсотках",
)
"""Percent in words that stand behind a figure, some of them two."""

_PERSONS = (
    "people person persons men women individuals passengers civilians children человек человека человеком людей люди лиц nəfər şəxs adam insan vətəndaş personnes personne hommes "
    "femmes menschen personen leute personas persona hombres mujeres شخص شخصا أشخاص آخرين آخرون 人 名 осіб kişi others другие başqa autres weitere otros"
)
_TOLLS = {
    "death-toll": "killed dead died deaths погибли погибло погиб погибших убиты умерли скончались ölüb həlak ölən ölənlər həyatını itirib tués tué morts mort décès "
    "tote toten getötet starben gestorben ums muertos muerto murieron fallecidos fallecieron muertes قتل مقتل قتلوا قتيلا قتلى قتيل قتلا وفاة مصرع لقوا 死亡 遇难 丧生 身亡 死 遇害",
    "injured": "injured wounded hurt ранены ранено ранения ранен раненых пострадали пострадало пострадавших травмы yaralanıb yaralı yaralanan xəsarət blessés blessé blessées "
    "verletzt verletzte verletzten verletzter heridos herido heridas lesionados أصيب إصابة جرح جريحا جرحى مصابا مصابين بجروح 受伤 伤",
    "missing-person": "missing unaccounted пропали пропавших itkin disparus vermisst vermisste desaparecidos مفقودا مفقودين فقدان 失踪 失联",
    "arrest": "arrested detained задержаны задержали задержано арестованы həbs saxlanılıb arrêtés interpellés festgenommen verhaftet detenidos arrestados اعتقال اعتقلت توقيف 逮捕 被捕",
    "evacuation": "evacuated эвакуированы эвакуировано təxliyə évacués evakuiert evacuados إجلاء 疏散 撤离",
    "hospitalisation": "hospitalised hospitalized госпитализированы hospitalisés hospitalizados",
}  # fmt: skip


@lru_cache(maxsize=16)
def toll_words(language: str) -> dict[str, str]:
    """What became of the people counted: the lexicon's concept by the stem of the word that says it."""
    stem = stemmer(language)
    return {stem(word): concept for concept, words in _TOLLS.items() for word in words.split()}


@lru_cache(maxsize=16)
def person_words(language: str) -> frozenset[str]:
    """Stems of the words for people that are counted: what they are counted for stands elsewhere."""
    return frozenset(map(stemmer(language), _PERSONS.split()))


_FRACTIONS = (
    "third thirds quarter quarters fifth fifths tenth трети треть четверти четверть пятых tiers quart quarts drittel viertel fünftel "
    "tercio tercios cuarto cuartos tercera terceras quinto quintos أثلاث أرباع أخماس"
)


@lru_cache(maxsize=16)
def fraction_words(language: str) -> frozenset[str]:
    """Stems of thirds, quarters and fifths."""
    return frozenset(map(stemmer(language), _FRACTIONS.split()))


@lru_cache(maxsize=16)
def link_words(language: str) -> frozenset[str]:
    """Stems of small words between a figure and what is counted, or behind it: they name nothing."""
    return frozenset(map(stemmer(language), _LINKS.split()))


_LINKS = (
    "of the de du des d la le les del los las el von der die das den dem из in and or to at on for by with as is are was were has have had from than that which a an since after before when while more less than fewer about per each between "
    "et ou à au aux en par pour avec est sont sur dans que qui und oder bis im auf für mit ist sind war waren y o e a con por para en es son que und als um "
    "и или до в на по с за от к у о что и как был были было не və ya ilə isə üçün olub edib qədər dən dan tarix bu o ki də da isə sonra əvvəl في من إلى على عن أن و أو هو كان كانت مع بعد منذ خلال 的 在 和 与 是 了 以 为 至 及 等"
)
