"""The form in which a place's name is looked up, and the forms an inflected word of a text may stand for. Pure.

Names are kept by one key in every language: folded, cut into words; Cyrillic words without their endings, Arabic words
without their article. What was cut off is the *rest*: it must fit the name's own (Гянджа, Гянджи, Гянджой; not Гянджо).

    name_key("Нижний Новгород")    ("нижн новгород", "ии ")
    word_forms("Bakıda", "az")     bakida, baki

Limits: vowels that come and go (Орёл, в Орле) are found only as a name of their own in the table.
"""

import re
from collections.abc import Iterator

from dragoman.text.analyse import words
from dragoman.text.fold import fold

Form = tuple[str, str]
"""A key and the rest that was cut off for it."""

_VOWELS = "аеиоуыьэюяіїє"
_ENDING = re.compile(
    r"(?:ого|его|ому|ему|ыми|ими|ами|ями|ым|им|ом|ем|ои|еи|ых|их|ах|ях|ам|ям|ов|ев|ую|юю|ью|ая|яя|ою|ею|ой|ій|ському|ські)\Z"
)
_ARTICLE = "ال"
_JOINED = re.compile(r"[وف]?[بلك]?(?=...)")
_AZERBAIJANI = tuple(
    sorted(
        [
            "da",
            "də",
            "dan",
            "dən",
            "dadir",
            "dədir",
            "daki",
            "dəki",
            "in",
            "un",
            "nin",
            "nun",
            "i",
            "u",
            "ni",
            "nu",
            "a",
            "ə",
            "ya",
            "yə",
            "yi",
            "yu",
            "la",
            "lə",
            "dir",
            "dur",
            "nindir",
            "indir",
            "sinda",
            "sində",
            "sindan",
            "sindən",
            "sina",
            "sinə",
            "sinin",
            "sini",
            "dakilar",
            "ninki",
        ],
        key=len,
        reverse=True,
    )
)
_KAZAKH = ("даги", "деги", "нын", "нин", "дын", "дин", "тын", "тин", "дан", "ден", "тан", "тен", "нан", "нен", "да", "де", "та", "те", "га", "ге", "ка", "ке", "ды", "ди", "ты", "ти", "мен")  # fmt: skip


def script_of(letter: str) -> str:
    """``latin``, ``cyrillic``, ``arabic`` or ``han``: by which rules a word that begins with `letter` is read."""
    if letter < "\u0370":
        return "latin"
    if "\u0400" <= letter < "\u0530":
        return "cyrillic"
    if "\u0600" <= letter < "\u0780" or "\ufb50" <= letter < "\uff00":
        return "arabic"
    return "han" if letter >= "\u2e80" else "other"


def name_key(name: str) -> Form:
    """The key of a name as it stands in a list, and what was cut off each of its words."""
    if script_of(name[:1]) == "han":
        return fold(name).replace("·", "").replace("-", ""), ""
    cut = [_own_form(fold(word)) for word, _ in words(name)]
    return " ".join(key for key, _ in cut), " ".join(rest for _, rest in cut).rstrip()


def _own_form(word: str) -> Form:
    match script_of(word[:1]):
        case "cyrillic":
            return _without_vowels(word)
        case "arabic" if word.startswith(_ARTICLE) and len(word) > 4:
            return word[2:], _ARTICLE
    return word, ""


def word_forms(word: str, language: str) -> tuple[Form, ...]:
    """What `word` of a text in `language` may be a form of, the likeliest first; no form twice."""
    folded = fold(word)
    return tuple(dict.fromkeys(_forms(folded, language)))


def _forms(word: str, language: str) -> Iterator[Form]:
    match script_of(word[:1]):
        case "cyrillic":
            yield _without_vowels(word)
            if ending := _ENDING.search(word, 3):
                yield word[: ending.start()], ending[0]
            if language in ("kk", "ky", "tt", "ba"):
                yield from (_without_vowels(word[: -len(end)]) for end in _KAZAKH if word.endswith(end))
        case "arabic":
            yield from _arabic(word)
        case _:
            yield word, ""
            if language == "az":
                yield from ((word[: -len(end)], "") for end in _AZERBAIJANI if word.endswith(end) and len(word) > 4)
            elif language == "de" and word.endswith("s") and len(word) > 4:
                yield word[:-1], ""


def _without_vowels(word: str) -> Form:
    key = word.rstrip(_VOWELS)
    return (key, word[len(key) :]) if len(key) > 1 else (word, "")


def _arabic(word: str) -> Iterator[Form]:
    """With and without what is joined in front: و ف, then ب ل ك, then the article (ل and the article are لل)."""
    yield _own_form(word)
    joined = _JOINED.match(word)
    for end in sorted({1, joined.end()} if joined and joined.end() else ()):
        rest = word[end:]
        yield (rest[1:], _ARTICLE) if word[end - 1] == "ل" and rest.startswith("ل") else _own_form(rest)


_DECLENSIONS = {
    "ия": "ия ии ию ией иею", "ии": "ии ия ию ием ие ого ему ому его им ым ом ем", "ыи": "ыи ого ому ым ом", "ои": "ои ого ому ым ом",
    "ая": "ая ой ую ою", "яя": "яя ей юю", "ое": "ое ого ому ым ом", "ые": "ые ых ым ыми", "ие": "ие ия ию ием ии их им ими",
    "ье": "ье ья ью ьем", "аи": "ай ая аю аем ае", "еи": "ей ея ею еем ее", "уи": "уй уя ую уем уе",
    "а": "а ы и е у ой ою ей і", "я": "я и е ю ей і ї", "ь": "ь и я ю ью ем е і", "о": "о а у е ом", "е": "е я ю ем а у", "и": "и ей ям ями ях ам ах ого",
    "ы": "ы ам ами ах ов", "": "а у е ом ем ы и ов і",
}  # fmt: skip
_FITTING = {rest: frozenset({rest, *fold(forms).split()}) for rest, forms in _DECLENSIONS.items()}


def fits(own: str, said: str) -> bool:
    """May a name with the rest `own` stand in a text with the rest `said`? One word's rests are compared."""
    if own == said:
        return True
    if own == _ARTICLE or said == _ARTICLE:
        return False
    return said in _FITTING.get(own, ()) if not own or script_of(own[:1]) == "cyrillic" else False
