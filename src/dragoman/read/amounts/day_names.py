"""Months, days of the week and words such as "tomorrow", as texts in each language write them. Plain data.

Forms are listed where a language has few, endings allowed where they are put on in a row. Monday is 1, as in ISO 8601.
"""

import re
from functools import lru_cache

from msgspec import Struct

from dragoman.text.analyse import stemmer
from dragoman.text.fold import fold

_MONTHS = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec",
    "az": "yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr",
    "ru": "январь января январе январю янв|февраль февраля феврале февралю фев февр|март марта марте марту мар|апрель апреля апреле апрелю апр|май мая мае маю|июнь июня июне июню|"
    "июль июля июле июлю|август августа августе августу авг|сентябрь сентября сентябре сентябрю сен сент|октябрь октября октябре октябрю окт|ноябрь ноября ноябре ноябрю ноя нояб|декабрь декабря декабре декабрю дек",
    "fr": "janvier janv|février févr|mars|avril avr|mai|juin|juillet juil|août|septembre sept|octobre oct|novembre nov|décembre déc",
    "de": "januar jänner jan|februar feb|märz|april apr|mai|juni|juli|august aug|september sept|oktober okt|november nov|dezember dez",
    "es": "enero ene|febrero feb|marzo|abril abr|mayo|junio jun|julio jul|agosto ago|septiembre setiembre sept|octubre oct|noviembre nov|diciembre dic",
    "ar": "يناير جانفي|فبراير شباط فيفري|مارس آذار|أبريل إبريل ابريل نيسان أفريل|مايو أيار ماي|يونيو يونيه حزيران جوان|يوليو يوليوز يوليه تموز جويلية|"
    "أغسطس اغسطس آب أوت غشت|سبتمبر أيلول شتنبر|أكتوبر اكتوبر|نوفمبر نونبر|ديسمبر دجنبر",
    "tr": "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "uk": "січень січня січні|лютий лютого лютому|березень березня березні|квітень квітня квітні|травень травня травні|червень червня червні|"
    "липень липня липні|серпень серпня серпні|вересень вересня вересні|жовтень жовтня жовтні|листопад листопада листопаді|грудень грудня грудні",
    "kk": "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан",
    "fa": "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
}
_LEVANTINE = {("كانون", "الثاني"): 1, ("تشرين", "الاول"): 10, ("تشرين", "الثاني"): 11, ("كانون", "الاول"): 12}
"""Months of two words, folded."""
_WEEKDAYS = {
    "en": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "az": "|||||şənbə|bazar",
    "ru": "понедельник понедельника понедельнику|вторник вторника вторнику|среда среду среды среде|четверг четверга четвергу|пятница пятницу пятницы пятнице|суббота субботу субботы субботе|воскресенье воскресенья воскресенью",
    "fr": "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    "de": "montag|dienstag|mittwoch|donnerstag|freitag|samstag sonnabend|sonntag",
    "es": "lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    "ar": "الاثنين الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    "tr": "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|",
    "uk": "понеділок|вівторок|середа середу середи|четвер|п'ятниця п'ятницю|субота суботу|неділя неділю",
    "kk": "дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі",
}
_RELATIVE = {
    "en": (("today", 0), ("yesterday", -1), ("tomorrow", 1)),
    "az": (("bugün", 0), ("dünən", -1), ("sabah", 1)),
    "ru": (("сегодня", 0), ("вчера", -1), ("завтра", 1), ("позавчера", -2), ("послезавтра", 2)),
    "fr": (("hier", -1), ("demain", 1), ("avant-hier", -2)),
    "de": (("heute", 0), ("gestern", -1), ("morgen", 1), ("vorgestern", -2), ("übermorgen", 2)),
    "es": (("hoy", 0), ("ayer", -1), ("mañana", 1), ("anteayer", -2)),
    "ar": (("اليوم", 0), ("أمس", -1), ("امس", -1), ("غدا", 1), ("غداً", 1)),
    "tr": (("bugün", 0), ("dün", -1), ("yarın", 1)),
    "uk": (("сьогодні", 0), ("вчора", -1), ("учора", -1), ("завтра", 1)),
    "kk": (("бүгін", 0), ("кеше", -1), ("ертең", 1)),
}
_AGGLUTINATES = frozenset({"az", "tr", "kk"})
_ENDING = re.compile(
    "n?(?:in|un)?(?:[iua]|si|su)?n?(?:d[aə]n?|a|ə|e|d[ae]n?|la|lə|ki|dir|dur)?(?:ki|dir)?|д[ае]|н[ыі]ң|т[ае]"
)


class DayWord(Struct, frozen=True, gc=False):
    """What a word says: `kind` is month (1 to 12), weekday (1 to 7) or relative (days from today)."""

    kind: str
    value: int


@lru_cache(maxsize=16)
def day_words(language: str) -> dict[str, DayWord]:
    """By the folded word; empty for a language without a table. Chinese is read by its signs."""
    found: dict[str, DayWord] = {}
    for kind, table in (("month", _MONTHS), ("weekday", _WEEKDAYS)):
        for value, names in enumerate(table.get(language, "").split("|"), 1):
            found.update((fold(name), DayWord(kind, value)) for name in names.split())
    for word, days in _RELATIVE.get(language, ()):
        found[fold(word)] = DayWord("relative", days)
    if language == "az":
        found |= {"cərsənbə": DayWord("weekday", 3), "cumə": DayWord("weekday", 5), "bu": DayWord("this", 0)}
    if language == "fr":
        found["aujourd"] = DayWord("relative", 0)
    if language == "ar":
        found.update((first, DayWord("levantine", 0)) for first, _ in _LEVANTINE)
    return found


@lru_cache(maxsize=16)
def day_stems(language: str) -> frozenset[str]:
    """Stems that these words have: a word with another one is none, and need not be folded."""
    stem = stemmer(language)
    joined = ("", "و", "ب", "ل") if language == "ar" else ("",)
    return frozenset(stem(before + word) for word in day_words(language) for before in joined)


def day_word(word: str, language: str) -> DayWord | None:
    """What a word as it stands says of a day, or None."""
    table, folded = day_words(language), fold(word)
    if said := table.get(folded):
        return said
    if language == "ar":
        return table.get(folded[1:]) if folded[:1] in "وبلف" else None
    if language in _AGGLUTINATES:  # an ending may follow: fevralın, fevralda
        for length in range(len(folded) - 1, 2, -1):
            if said := table.get(folded[:length]):
                return said if _ENDING.fullmatch(folded, length) else None
    return None


def levantine_month(first: str, second: str) -> int:
    """The month that two folded words name, or 0."""
    return _LEVANTINE.get((first, second), 0)
