"""Whether a word of a text is a form of a term, where a stemmer says that it might be. Pure.

Stemmers are greedy: Spanish *para*, *París*, *paro* and *parto* have one stem, Arabic السيد and سيدني, Azerbaijani *gənc* and
*Gəncə*. So a word alone counts only if it is the term with an ending of its declension; forms that are farther away stand in
the lexicon. A term with a capital counts with a capital.

Limits: homonyms that decline alike stay; verbs of reporting (concepts without a subject) are left to the stemmer.
"""

import re
from collections.abc import Callable

from dragoman.text.fold import fold

_LONG = 6
"""Letters from which a term is told by its beginning alone: an accent left out, another gender."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def is_form(written: str, term: str, language: str) -> bool:
    """Is the one word `written` the one-word `term`, or that with an ending?"""
    if language not in _DECLINED:
        return written == term
    word, base = _small(written, language), _small(term, language)
    if word == base:
        return term[:1].islower() or not written[:1].islower()
    if (term[:1].isupper() and written[:1].islower()) or word in _COMMON.get(language, ()):
        return False
    return _DECLINED[language](word, base) or (written.isupper() and fold(word) == fold(base))


def is_common(written: str, language: str) -> bool:
    """Is it a common word that only looks like a form of a term?"""
    return _small(written, language) in _COMMON.get(language, ())


def _small(word: str, language: str) -> str:
    if language == "az":
        word = word[:1].replace("I", "i") + word[1:].replace("I", "ı")
        word = word.replace("İ", "i")
    return word.lower().replace("ё", "е").replace("’", "'")


def _english(word: str, base: str) -> bool:
    if word.startswith(base):
        rest = word[len(base) :]
        return rest in ("s", "es", "ed", "d", "ing") or rest in (f"{base[-1]}ed", f"{base[-1]}ing")
    return (base[-1] == "y" and word in (f"{base[:-1]}ies", f"{base[:-1]}ied")) or (
        base[-1] == "e" and word == f"{base[:-1]}ing"
    )


def _french(word: str, base: str) -> bool:
    if word.startswith(base):
        return word[len(base) :] in ("s", "e", "es", "x")
    return (base.endswith("al") and word == f"{base[:-1]}ux") or _bare(word, base)


def _spanish(word: str, base: str) -> bool:
    plain, stem = fold(word), fold(base)
    if base[-1] in "aeiouáéó" and plain == f"{stem}s":
        return True
    if base[-1] not in "aeiou" and (plain == f"{stem}es" or (base[-1] == "z" and plain == f"{stem[:-1]}ces")):
        return True
    if len(base) < _LONG:
        return False
    if base[-1] == "o" and plain[: len(stem) - 1] == stem[:-1]:
        return plain[len(stem) - 1 :] in ("a", "os", "as")
    return (base[-1] in "rnls" and plain in (f"{stem}a", f"{stem}as")) or _bare(word, base)


def _german(word: str, base: str) -> bool:
    plain, stem = fold(word), fold(base)
    rest = plain[len(stem) :] if plain.startswith(stem) else None
    if rest == "":
        return len(base) >= _LONG
    adjective = base.endswith(("isch", "lich", "ig", "al", "ell", "iv", "bar", "los"))
    changed = rest is not None and word[: len(base)] != base  # Haus, Häuser; Kampf, Kämpfe
    return rest in ("e", "n", "en", "s", "es", "ns", "em", "nen") or (
        rest in ("er", "ern") and (changed or base in _GERMAN_IN_ER or adjective)
    )


_GERMAN_IN_ER = frozenset({"bild", "kind", "mitglied", "geld", "kleid", "feld", "schild", "licht", "lied"})


def _bare(word: str, base: str) -> bool:
    """The term without its accents, where it is long enough to be no other word."""
    return len(base) >= _LONG and word == fold(word) == fold(base)


_RUSSIAN: tuple[tuple[re.Pattern[str], int, str], ...] = (
    (re.compile("(?:[ыио]й)$"), 2, "ого его ому ему ым им ом ем ая яя ой ей ую юю ое ее ые ие ых их ыми ими ый ий"),
    (re.compile("(?:ия|ие)$"), 1, "и й ю я ем ей ям ями ях"),
    (re.compile("[гкхжшщч]а$"), 1, "и е у ой ей ам ами ах"),
    (re.compile("а$"), 1, "ы е у ой ей ам ами ах"),
    (re.compile("я$"), 1, "и е ю ей ь ям ями ях"),
    (re.compile("ь$"), 1, "и ью ей я ю ем е ям ями ях"),
    (re.compile("й$"), 1, "я ю ем е и ев ям ями ях"),
    (re.compile("о$"), 1, "а у ом е ам ами ах"),
    (re.compile("е$"), 1, "а я у ю ом ем ам ям ами ями ах ях"),
    (re.compile("[ыи]$"), 1, "ов ев ей ам ям ами ями ах ях"),
    (re.compile("$"), 0, "а у ом ем е ы и ов ев ей ам ами ах"),
)
"""By the end of a term: the letters that give way, and what comes in their place. A bare plural (*стран*) stands below."""


def _russian(word: str, base: str) -> bool:
    for end, giving, endings in _RUSSIAN:
        if end.search(base):
            stem = base[: len(base) - giving]
            bare = base[-1] in "ао" and len(base) >= _LONG - 1
            return word.startswith(stem) and (word[len(stem) :] in endings.split() or (bare and word == stem))
    return False


_ARABIC_BEFORE = re.compile("^(?:[وف]?(?:[بك]?ال|لل|[بكل])|[وف])(?=..)")
_ARABIC_ARTICLE = re.compile("^ال(?=..)")
_ARABIC_BEHIND = _set("ها هم هما نا ات ين ون ان ي ه ا و")
_ARABIC_FEMININE = _set("ته تها تهم تنا تي تين تان ات اتها اتهم اته")


def _arabic(word: str, base: str) -> bool:
    stems = {fold(base), _ARABIC_ARTICLE.sub("", fold(base))}
    for plain in {fold(word), _ARABIC_BEFORE.sub("", fold(word))}:
        for stem in stems:
            if plain == stem:
                return True
            rest = plain[len(stem) :] if plain.startswith(stem) else ""
            if len(stem) > 3 and rest in _ARABIC_BEHIND and (len(stem) > 4 or rest not in ("ه", "ي")):
                return True
            if len(stem) > 4 and stem[-1] == "ه" and plain[: len(stem) - 1] == stem[:-1]:
                return plain[len(stem) - 1 :] in _ARABIC_FEMININE
    return False


_AZERBAIJANI_ENDINGS = re.compile(
    "(?:l[aə]r)?(?:[ıiuü]?m[ıiuü]z|[ıiuü]n[ıiuü]z|[ıiuü]m|s?[ıiuü])?(?:n?[ıiuü]n|[yn]?[ıiuü]|[yn]?[aə]|n?d[aə]|n?d[aə]n|l[aə]|yl[aə])?(?:k[ıi])?"
    "(?:d[ıiuü]r(?:l[aə]r)?|l[ıiuü](?:l[aə]r)?|ç[ıiuü](?:l[aə]r)?)?\\Z"
)
_SOFT = {"q": "ğ", "k": "y", "t": "d"}


def _azerbaijani(word: str, base: str) -> bool:
    word, base = word.replace("'", "").replace("-", ""), base.replace("'", "").replace("-", "")
    if word.startswith(base):
        return _AZERBAIJANI_ENDINGS.match(word, len(base)) is not None
    soft = _SOFT.get(base[-1])
    return bool(soft and word.startswith(base[:-1] + soft)) and _AZERBAIJANI_ENDINGS.match(word, len(base)) is not None


_DECLINED: dict[str, Callable[[str, str], bool]] = {
    "ar": _arabic,
    "az": _azerbaijani,
    "de": _german,
    "en": _english,
    "es": _spanish,
    "fr": _french,
    "ru": _russian,
}
_COMMON = {
    "en": _set("hailed hailing matched wasted judged pressed fired firing trained training bridged voiced housed"),
    "fr": _set("comment assurance assurances cours information informations"),
    "es": _set("público públicos pública públicas salud récord nota notas"),
    "de": _set("bürger bürgern treffen christine"),
    "ru": _set("после премьер смогу почти угол угла лет имя пару"),
    "ar": _set("معارضي معارضة المعارضة المعارضين إلا ألا سوف مثل كافة العمر الناس السيد السيدة"),
    "az": _set("fiziki ayın ayında ayından ayına"),
}
"""Words that look like a form of a term and nearly always are none."""
