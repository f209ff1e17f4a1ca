"""Names where names begin with a capital: Latin, Cyrillic, Armenian script. Pure.

Runs of capitalised words are cut at titles, offices and places; what is left is a person where a title stands before it,
where it begins with a given name or initials, or ends as surnames do; else it needs a witness: a verb of saying beside it,
an age or office behind it, a second mention.
"""

import re
from collections.abc import Iterator

from dragoman.read.names.bodies import Bodies
from dragoman.read.names.candidates import Candidate, Surety
from dragoman.read.names.headed import headed_bodies
from dragoman.read.names.known import known_bodies
from dragoman.read.names.lists import listed
from dragoman.read.names.marked import acronyms, bodies_of_countries, quoted_bodies
from dragoman.read.names.scene import Scene
from dragoman.read.names.witnesses import (
    AGE,
    APOSTROPHES,
    JOINS,
    WHERE,
    articled,
    heads_firm,
    office_behind,
    party_behind,
    role_of,
    says,
    titled,
)
from dragoman.read.names.words import (
    ANY_ROLE,
    COMMON,
    CONNECTOR,
    FAMED,
    GIVEN,
    HEAD,
    HONORIFIC,
    MODIFIER,
    NOT,
    NOUN_END,
    OPENER,
    PARTICLE,
    ROLE,
    SPOT,
    SURNAME_END,
    TYPE,
    VERB,
    given_names,
)

_INITIAL_JOINS = frozenset({". ", ".", ".-", ".\u00a0"})
_BEFORE_PEOPLE = frozenset({"von", "mit", "durch", "gegen", "für", "um", "an", "und", "oder", "wie", "als"})
_LATIN_ENDS = "\u0250"
_DIGIT = re.compile(r"\d")
_NAMED = GIVEN | FAMED | HONORIFIC
_MOST = 6
"""Words of the longest name of a person that is believed."""


def capital_names(scene: Scene) -> list[Candidate]:
    """The candidates in order."""
    return list(_names(scene))


def _names(scene: Scene) -> Iterator[Candidate]:
    bodies = Bodies(scene)
    known_bodies(bodies)
    quoted_bodies(bodies, forms_alone=True)
    headed_bodies(bodies)
    quoted_bodies(bodies)
    bodies_of_countries(bodies)
    acronyms(bodies)
    yield from bodies.found
    for start, end in listed(scene.text):
        yield Candidate(start, end, "person", "likely")
    last = 0
    for at in bodies.free_capitals():
        if at < last:
            continue
        if scene.flags[at] & OPENER and not scene.flags[at] & _NAMED and not _joins_capital(scene, at):
            continue
        last = run_end(scene, at, bodies.taken)
        if last - at > 1:
            yield from _read_run(scene, at, last)
        elif not _is_noun(scene, at) and not _is_cut(scene, at, at, last) and not _is_spot(scene, at, last):
            yield from _person(scene, at, last)


def _joins_capital(scene: Scene, at: int) -> bool:
    """Does another capital follow in the same run, or an initial's full stop?"""
    gap = scene.gaps[at]
    return gap[:1] == "." or (at + 1 < scene.length and scene.capital[at + 1] and gap in JOINS) or gap in APOSTROPHES


def _is_noun(scene: Scene, at: int) -> bool:
    """Is it a German noun by itself, behind an article or an adjective? Names have none."""
    if scene.language != "de" or scene.flags[at] & (GIVEN | FAMED):
        return False
    return bool(scene.flags[at] & COMMON) or (articled(scene, at) and scene.said[at - 1] != "so")


def run_end(scene: Scene, at: int, taken: set[int]) -> int:
    """Behind the last of the words that may be one name with the word at `at`."""
    end = at + 1
    while (gap := scene.gaps[end - 1]) in _GOES_ON and end < scene.length and end not in taken:
        if scene.capital[end]:
            if (scene.text[scene.starts[end]] < _LATIN_ENDS) != (scene.text[scene.starts[end - 1]] < _LATIN_ENDS):
                break
            short = scene.words[end - 1].end - scene.starts[end - 1] <= 2
            joined = gap in JOINS or (gap in _INITIAL_JOINS and short) or (gap in APOSTROPHES and short)
            if gap in _NICKNAME_OPENS and _nickname(scene, end):
                end += 2
                continue
            if not joined and not (gap == ". " and scene.flags[end - 1] & HONORIFIC):
                break
            end += 1
            continue
        if (
            gap == "-"
            and not (scene.language == "az" and _AZ_CASE.fullmatch(scene.said[end]))
            and end - at > 1
            and scene.words[end].end - scene.starts[end] > 1
        ):
            end += 1  # "Park Joon-ho"
            continue
        told = scene.flags[end] & PARTICLE or scene.said[end] in _SON_OF
        step = _particles(scene, end, gap, taken) if told else 0
        if not step:
            break
        end += step
    return end


_AZ_CASE = re.compile(r"n?[ıiuü]n|d[əa]n?|[ys]?[əaıiuü]|n?[ıiuü]|l[əa]|l[əa]r.*")
_NICKNAME_OPENS = (' "', " „", " «", " “", " « ")
_GOES_ON = JOINS | _INITIAL_JOINS | APOSTROPHES | frozenset(_NICKNAME_OPENS)
"""What may stand between the words of a name."""
_NICKNAME_CLOSES = ('" ', "“ ", "» ", "” ", " » ")


def _nickname(scene: Scene, at: int) -> bool:
    """Is the word one in quotation marks between given name and surname: Юрий «Джонни» Кошелев?"""
    if scene.gaps[at] not in _NICKNAME_CLOSES or at + 1 >= scene.length:
        return False
    return bool(scene.flags[at - 1] & GIVEN) and scene.capital[at + 1]


def _particles(scene: Scene, at: int, gap: str, taken: set[int]) -> int:
    """How many words "de la Cruz" takes on from `at`: the particles and the capital behind them; 0 where it is none."""
    if gap not in JOINS:
        return 0
    if scene.said[at] in _SON_OF and at + 1 < scene.length and scene.capital[at + 1] and scene.gaps[at] == " ":
        return 2
    for step in (1, 2):
        place = at + step - 1
        if not scene.flags[place] & PARTICLE and not (step == 2 and scene.said[place] in ("den", "der", "het", "ten")):
            return 0
        following = place + 1
        joined = scene.gaps[place] in JOINS or scene.gaps[place] in APOSTROPHES
        if not joined or following >= scene.length or following in taken:
            return 0
        if scene.capital[following]:
            return step + 1 if scene.flags[place] & PARTICLE and _may_follow(scene, at, following) else 0
    return 0


_SON_OF = frozenset({"oğlu", "qızı", "оглы", "кызы", "гызы", "оглу"})


def _may_follow(scene: Scene, particle: int, following: int) -> bool:
    """Is it "Ursula von der Leyen" and not "president of France" or "the Bank of Baku"?"""
    before = scene.flags[particle - 1] if not scene.flags[particle - 2] & GIVEN else 0
    if before & (HEAD | COMMON | NOT | TYPE) or scene.flags[particle - 1] & ANY_ROLE or following in scene.in_place:
        return False
    named = (place for place in range(max(0, particle - 3), particle) if scene.capital[place])
    if not any(
        scene.flags[place] & GIVEN
        or _is_initial(scene, place)
        or (scene.flags[place - 1] & ANY_ROLE and scene.gaps[place - 1] == " ")
        for place in named
    ):
        return False
    if scene.said[particle] in {"of", "the"} or (particle - 1) in scene.in_place:
        return False
    return not scene.flags[following] & (HEAD | NOT | ROLE | TYPE)


def _read_run(scene: Scene, first: int, end: int) -> Iterator[Candidate]:
    """The names in a run, cut at titles, offices, places."""
    at = first
    while at < end:
        if _is_cut(scene, at, first, end):
            at += 1
            continue
        stop = at + 1
        while stop < end and not _is_cut(scene, stop, first, end):
            stop += 1
        if not _is_spot(scene, at, stop):
            yield from _person(scene, *_trimmed(scene, at, stop))
        at = stop + 1  # what it ends at is cut


def _is_spot(scene: Scene, first: int, end: int) -> bool:
    """Is it the name of a street, a stadium, a prize: Bestwood Street, rue Victor Hugo?"""
    behind = scene.flags[end]
    small = not scene.capital[end] and scene.language not in ("az", "tr")
    if behind & SPOT and not behind & TYPE and not small and scene.gaps[end - 1] in JOINS:
        return True
    if not scene.flags[first - 1] & SPOT or scene.language not in ("fr", "es", "ru"):
        return False
    return scene.gaps[first - 1] in (" ", ' "', " «")


def _trimmed(scene: Scene, first: int, end: int) -> tuple[int, int]:
    """The name alone: not the club before "Allan McGregor", nor the noun behind "Gwyneth Paltrows"."""
    if end - first == 1:
        return first, end
    if end - first > 2 and scene.flags[first] & COMMON and not scene.flags[first] & GIVEN and scene.opens(first):
        first += 1
    tail = scene.text[scene.starts[min(first + 1, end - 1)] : scene.words[end - 1].end]
    if end - first == 3 and scene.opens(first) and not scene.flags[first] & GIVEN and scene.text.count(tail) > 1:
        first += 1
    if (
        not scene.flags[first] & GIVEN
        and not _is_initial(scene, first)
        and (
            scene.language == "de"
            or (scene.language == "ru" and scene.flags[first - 1] & ANY_ROLE)
            or _stands_apart(scene, first)
        )
    ):
        for at in range(first + 1, end - 1):
            if scene.flags[at] & GIVEN and scene.gaps[at - 1] == " " and scene.capital[at] and scene.capital[at - 1]:
                first = at
                break
    if scene.language == "de":
        for at in range(first + 1, end):
            if not scene.capital[at] or scene.gaps[at - 1] != " ":
                continue
            flag = scene.flags[at]
            noun = flag & COMMON or flag & NOUN_END
            owner = at - first > 1 and scene.said[at - 1].endswith("s") and not scene.flags[at - 1] & GIVEN
            if scene.flags[at - 1] & GIVEN and not flag & COMMON:
                continue
            if (noun or owner) and not flag & GIVEN:
                return first, at
    return first, end


def _is_cut(scene: Scene, at: int, first: int, end: int) -> bool:
    """Is the word no part of a name here?"""
    flag = scene.flags[at]
    if (not scene.capital[at] and scene.said[at] in _SON_OF) or (at > first and scene.gaps[at - 1] == "-"):
        return scene.language == "de" and bool(scene.flags[at] & ANY_ROLE) and not scene.flags[at - 1] & GIVEN
    if at + 2 < end and scene.gaps[at + 1] == "-" and not scene.capital[at + 2] and not flag & (OPENER | HONORIFIC):
        return False  # "Park Joon-ho"
    follows_given = at > first and scene.flags[at - 1] & GIVEN and scene.gaps[at - 1] == " "
    if flag & (NOT | SPOT) and not flag & GIVEN:
        # "Theresa May", "Kanye West"
        spot = flag & SPOT and scene.language not in ("fr", "es", "ru")
        return not (follows_given and len(scene.said[at]) > 2 and not spot and not scene.gaps[at][1:2].isdigit())
    if flag & HONORIFIC and at + 1 < end and scene.gaps[at] != "-" and scene.gaps[at - 1] != "-":
        return True
    if scene.gaps[at] == "-" and at + 1 < end and scene.capital[at + 1]:
        return scene.language == "de" and bool(scene.flags[at + 1] & ANY_ROLE)
    if scene.gaps[at] in APOSTROPHES and at + 1 < end and len(scene.said[at]) <= 2:
        return False
    if (
        scene.flags[at] & ANY_ROLE
        and not (flag & GIVEN)
        and not (follows_given and not scene.low & {scene.words[at].stem})
    ):
        return True
    if at in scene.in_place:
        if (
            scene.language == "en"
            and at + 1 < end
            and at + 1 not in scene.in_place
            and scene.flags[at - 1] & ANY_ROLE
            and scene.gaps[at - 1] == " "
            and not scene.flags[at + 1] & (ROLE | NOT)
        ):
            return False  # "Council member Odessa Brand"
        following = scene.flags[at + 1] if at + 1 < end else 0
        if (
            flag & GIVEN
            and scene.said[at].lower() in given_names()
            and at + 1 < end
            and not following & GIVEN
            and at + 1 not in scene.in_place
        ):
            return False  # "Jordan Spieth"
        return not follows_given
    if at == first and flag & (OPENER | VERB | CONNECTOR) and scene.opens(at):
        return not _is_initial(scene, at)
    if flag & (OPENER | VERB | MODIFIER | CONNECTOR) and not flag & GIVEN and not follows_given:
        return not _is_initial(scene, at) and not (flag & PARTICLE)
    return False


def _is_initial(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    return word.end - word.start <= 2 and scene.gaps[at][:1] == "."


def _person(scene: Scene, first: int, end: int) -> Iterator[Candidate]:
    while end > first and scene.flags[end - 1] & (PARTICLE | OPENER) and not scene.capital[end - 1]:
        end -= 1
    size = end - first
    if not size or size > _MOST:
        return
    start, stop = scene.starts[first], scene.words[end - 1].end
    text = scene.text[start:stop]
    if (scene.said[first] in _ARTICLES and not titled(scene, first)) or not any(
        len(said) > 2 for said in scene.said[first:end]
    ):
        return
    if (not text.isalpha() and _DIGIT.search(text)) or (size == 1 and text.isupper()):
        return
    surety = _single(scene, first) if size == 1 else _several(scene, first, end)
    if surety != "sure" and scene.gaps[first - 1] == " " and scene.said[first - 1] in WHERE.get(scene.language, ()):
        surety = "perhaps" if surety else None
    if surety in ("likely", "perhaps") and heads_firm(scene, first):
        yield Candidate(start, stop, "organisation")
    elif surety:
        if scene.text[stop : stop + 1] == "." and (
            (size > 1 and len(scene.said[end - 1]) == 1) or scene.said[end - 1] in {"Jr", "Sr"}
        ):
            stop += 1
        if size == 1 and scene.said[first - 1] in _NOBLE and scene.gaps[first - 1] == " ":
            start = scene.starts[first - 1]
        yield Candidate(start, stop, "person", surety, role_of(scene, first, end) if surety != "perhaps" else "")
        if surety == "sure" and (party := party_behind(scene, end)):
            yield party


_NOBLE = frozenset({"Lord", "Lady", "Baroness", "Baron", "Viscount", "Earl", "Princess", "Prince", "Queen", "King"})
_ARTICLES = frozenset({"The", "Le", "La", "Les", "El", "Los", "Las", "Der", "Die", "Das"})


def _stands_apart(scene: Scene, at: int) -> bool:
    """Is the first word no part of the name: does it also stand elsewhere, as "Rangers" in "Rangers Allan McGregor"?"""
    return at in scene.in_place or bool(scene.flags[at] & COMMON) or scene.often[scene.words[at].stem] > 1


def _several(scene: Scene, first: int, end: int) -> Surety | None:
    flags = scene.flags[first:end]
    caps = [at for at in range(first, end) if scene.capital[at]]
    if scene.text[scene.starts[first] : scene.words[end - 1].end].isupper() and end - first > 1 and scene.opens(first):
        return "perhaps"
    if flags[0] & GIVEN or _is_initial(scene, first):
        common = all(scene.flags[at] & (COMMON | NOT) and not scene.flags[at] & GIVEN for at in caps[1:])
        return "perhaps" if common and not scene.opens(first) and flags[0] & COMMON else "sure"
    if scene.opens(first) and (flags[0] & COMMON or scene.words[first].stem in scene.low) and len(caps) < 3:
        return None
    if any(flag & COMMON for flag in flags) and not titled(scene, first):
        return None
    if scene.flags[end - 1] & SURNAME_END or titled(scene, first):
        return "sure"
    if scene.language == "de" and articled(scene, first):
        return None
    german = scene.language == "de" and not scene.capital[first - 1] and scene.said[first - 1] in _BEFORE_PEOPLE
    if german and not any(scene.flags[at] & NOUN_END for at in caps):
        return "likely"
    if says(scene, first, end) or office_behind(scene, end) or AGE.match(scene.text, scene.words[end - 1].end):
        return "sure"
    if scene.gaps[first - 1][-1:] in ("“", "„", "«", '"') and scene.gaps[end - 1][:1] in ("”", "“", "»", '"'):
        return "perhaps"  # a title
    return "likely" if len(caps) in (2, 3) and scene.language != "de" else "perhaps"


def _single(scene: Scene, at: int) -> Surety | None:
    flag = scene.flags[at]
    said = scene.said[at]
    if scene.language == "en" and said.endswith("ly") and scene.opens(at):
        return None
    if len(said) < 3 and not titled(scene, at):
        return None
    if flag & (COMMON | OPENER | VERB | TYPE | HEAD) and not flag & GIVEN:
        return "perhaps" if not scene.opens(at) else None
    if titled(scene, at) or (flag & FAMED and not flag & (COMMON | NOT)):
        return "sure"
    if scene.language == "de" and articled(scene, at):
        return "perhaps"
    if scene.words[at].stem in scene.low:
        return "perhaps"
    surname = flag & SURNAME_END
    if says(scene, at, at + 1) and (surname or flag & GIVEN or not scene.opens(at) or scene.language != "de"):
        return "likely" if surname else "perhaps"
    if surname and not scene.opens(at):
        return "likely"
    if flag & GIVEN and not scene.opens(at) and scene.gaps[at - 1] == ", ":
        return "likely"
    return "perhaps"
