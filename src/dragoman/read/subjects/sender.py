"""The sender's own subjects as Media Topics: codes in their many spellings, letters of wire categories, names. Pure.

    Media Topics    http://cv.iptc.org/newscodes/mediatopic/20000574, medtop:20000574, iptc:20000574, 20000574
    Subject Codes   …/subjectcode/15054000, subj:15054000, 15054000: by IPTC's own mapping, else the topic above
    categories      a letter or two of ANPA 1312 (AP, Reuters and others send them), of dpa
    names           of the two upper levels in our eight languages, what desks call them, terms of the lexicon

What has none of these (a company's code, a product, a place) says nothing of the subject.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from dragoman.lexicon import found
from dragoman.model.item import Concept
from dragoman.model.reading import Subject
from dragoman.read.subjects.tree import top, topic_of_old, tree
from dragoman.read.topics import label, topics
from dragoman.text.fold import fold

EXACT, ABOVE, NAMED, CATEGORY = 1.0, 0.9, 0.85, 0.8
"""How sure a subject is: by its very code; by a code above it; by a name, which may mean less; by a category of the wire."""
_EIGHT = re.compile(r"(?:\A|.*[:/#])(\d{8})(?:/|:[^:]*)?\Z", re.DOTALL)
_IPTC = re.compile(r"\A\Z|subj|iptc", re.IGNORECASE)
_SCHEMED = re.compile(r"(.*[:/])([^:/]*)\Z", re.DOTALL)
_PARTED = re.compile(r"\s*[\\>]\s*")
_LONGEST = 300
_TELLING = frozenset({"concept", "event-type"})

_ANPA = {
    "d": "10000000", "e": "20000002", "f": "04000000", "l": "10000000", "o": "17000000", "p": "11000000",
    "q": "15000000", "r": "15000000", "s": "15000000", "t": "10000000", "w": "11000000",
}  # fmt: skip
"""Categories of the wire (ANPA 1312, table of categories): food, entertainment, finance, lifestyle, weather, politics,
scores, racing, sport, travel, Washington. General, domestic, foreign, features and advisories name no subject."""
_DPA = {"pl": "11000000", "wi": "04000000", "sp": "15000000", "ku": "01000000"}
_CATEGORIES = (
    (re.compile(r"anpa|a1312cat|apcategory|(?:\A|[:/])(?:category|service|mcc):\Z", re.IGNORECASE), _ANPA),
    (re.compile(r"\Adpa", re.IGNORECASE), _DPA),
)
"""Whose letters they are: by what stands before them."""

_DESKS = """
01000000 entertainment | arts | arts and culture | showbiz | kultur | cultura | culture | культура и искусство
02000000 law and order | crime and courts | courts | justice | cronaca | law | justiz | криминал | kriminal | hadisə | kriminalitet og rettsvesen
04000000 business | finance | economy | economics | wirtschaft | économie | economía | economia | экономика | экономика и бизнес |
    бизнес | финансы | iqtisadiyyat | biznes | اقتصاد | مال وأعمال | 财经 | 经济 | corporate news | economie | talous | økonomi og næringsliv
05000000 education | éducation | educación | bildung | образование | təhsil | تعليم | 教育
06000000 environment | umwelt | environnement | экология | ekologiya | بيئة | 环境 | environment and nature
07000000 health | gesundheit | santé | salud | sanità | здравоохранение | медицина | səhiyyə | صحة | 健康
09000000 labor | labour | jobs | arbeidsliv
10000000 lifestyle | travel | food | living | leisure | lifestyle and leisure
11000000 politics | politik | politique | política | politica | политика | siyasət | سياسة | 政治 | 时政 | government and politics |
    government | domestic politics | politiikka | politikk
13000000 science | technology | tech | vitenskap og teknologi | science and technology | wissenschaft | sciences | ciencia | наука | наука и технологии | elm |
    elm və texnologiya | علوم | علوم وتكنولوجيا | 科技 | технологии
14000000 society | social | gesellschaft | société | sociedad | общество | cəmiyyət | مجتمع | 社会
15000000 sport | sports | domestic sport | international sport | sport tables | sport results | спорт | idman | deportes | رياضة | 体育 | urheilu
16000000 war | conflict | conflict, terrorism and security | defence | defense
17000000 weather | wetter | météo | погода | hava | طقس | 天气
"""
"""What newsrooms call their desks where that is no name of a topic's."""


def mapped(subjects: Iterable[Concept], language: str = "en") -> tuple[Subject, ...]:
    """What the sender's `subjects` are as Media Topics, the surest first, each once, with the topics at their tops.

    `language` is the item's: that of the labels, and the one in which a name is looked up in the lexicon.
    """
    told: dict[str, tuple[float, list[str]]] = {}
    for one in subjects:
        code, score, said = _topic(one, language)
        for each in dict.fromkeys(filter(None, (code, top(code)))):
            before, evidence = told.get(each, (0.0, []))
            told[each] = max(before, score), evidence if said in evidence else [*evidence, said]
    by_score = sorted(told.items(), key=lambda entry: -entry[1][0])
    return tuple(
        Subject(code=code, label=label(f"medtop:{code}", language), score=score, evidence=tuple(evidence), by="sender")
        for code, (score, evidence) in by_score
    )


def _topic(one: Concept, language: str) -> tuple[str, float, str]:
    """The topic's code or nothing, how sure it is, and what says so."""
    for said in (one.uri, one.literal, one.name):
        if said and len(said) <= _LONGEST and (found := _by_code(said) or _by_category(said)):
            return *found, said
    for name in _PARTED.split(one.name[:_LONGEST])[::-1]:  # the narrowest first
        if name and (code := named(name, language)):
            return code, NAMED, one.name
    return "", 0.0, ""


def _by_code(said: str) -> tuple[str, float] | None:
    found = _EIGHT.match(said)
    if found is None:
        return None
    code = found[1]
    if code in tree().broader:  # the tops are the same in both schemes
        return code, EXACT
    if code.startswith("2"):
        return (code, EXACT) if "mediatopic/" in said or said.lower().startswith("medtop:") else None
    topic, same = topic_of_old(code)
    if not topic or not (same or _IPTC.search(said[: found.start(1)])):  # eight digits of another scheme mean no topic
        return None
    return topic, EXACT if same else ABOVE


def _by_category(said: str) -> tuple[str, float] | None:
    if len(said) == 1:  # a category of the wire stands without a scheme in the wire's own formats
        return (_ANPA[said.lower()], CATEGORY) if said.lower() in _ANPA else None
    parts = _SCHEMED.match(said)
    for whose, letters in _CATEGORIES if parts and len(parts[2]) <= 2 else ():
        if parts and whose.search(parts[1]) and (topic := letters.get(parts[2].lower())):
            return topic, CATEGORY
    return None


def named(name: str, language: str) -> str:
    """The code of the topic called `name`, in any of our languages; in `language` and in English also by a term of the lexicon
    that has one subject alone. Empty where there is none."""
    return _names().get(_key(name)) or _by_term(name, language) or _by_term(name, "en")


def _by_term(name: str, language: str) -> str:
    spotted = found(name, language)
    codes = {code for one in spotted if one.concept.kind in _TELLING for code in one.concept.subjects}
    whole = all((one.start, one.end) == (0, len(name)) for one in spotted)
    return codes.pop() if whole and len(codes) == 1 else ""


def _key(name: str) -> str:
    return " ".join(fold(name.replace("&", " and ")).split())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    told: dict[str, str] = {}
    for line in _DESKS.replace("\n    ", " ").split("\n"):
        code, _, names = line.partition(" ")
        told |= {_key(name): code for name in names.split("|") if name}
    for one in topics().values():  # the upper level first, so that "health" is all of it
        for name in one.labels.values():
            told.setdefault(_key(name), one.code)
    return told
