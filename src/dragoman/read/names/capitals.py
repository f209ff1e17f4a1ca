"""Names where names begin with a capital: Latin, Cyrillic, Armenian script. Pure.

Runs of capitalised words are cut at titles, offices and places; what is left is a person where a title stands before it,
where it begins with a given name or initials, or ends as surnames do; else it needs a witness: a verb of saying beside it,
an age or office behind it, a second mention.
"""

import re

from dragoman.read.names.bodies import Bodies
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.headed import headed_bodies
from dragoman.read.names.known import known_bodies
from dragoman.read.names.lists import listed
from dragoman.read.names.marked import acronyms, bodies_of_countries, quoted_bodies
from dragoman.read.names.persons import person, single
from dragoman.read.names.scene import Scene
from dragoman.read.names.witnesses import APOSTROPHES, JOINS, articled
from dragoman.read.names.words import (
    ANY_ROLE,
    CAPITAL,
    COMMON,
    CONNECTOR,
    FAMED,
    GIVEN,
    HEAD,
    HONORIFIC,
    MODIFIER,
    NOT,
    NOT_ALONE,
    NOUN_END,
    OPENER,
    PARTICLE,
    PLACED,
    ROLE,
    SON_OF,
    SPOT,
    TYPE,
    VERB,
    given_names,
)

_INITIAL_JOINS = frozenset({". ", ".", ".-", ".\u00a0"})
_LATIN_ENDS = "\u0250"
_CUTTING = NOT | SPOT | HONORIFIC | ANY_ROLE | PLACED | OPENER | VERB | MODIFIER | CONNECTOR
"""What no part of a name is, in some places."""
_MAY_FOLLOW = CAPITAL | PARTICLE | SON_OF
_NAMED = GIVEN | FAMED | HONORIFIC


def capital_names(scene: Scene) -> list[Candidate]:
    """The candidates, organisations first."""
    bodies = Bodies(scene)
    known_bodies(bodies)
    quoted_bodies(bodies, forms_alone=True)
    headed_bodies(bodies)
    quoted_bodies(bodies)
    bodies_of_countries(bodies)
    acronyms(bodies)
    found = bodies.found
    found += [Candidate(start, end, "person", "likely") for start, end in listed(scene.text)]
    last = 0
    for at in [at for at in scene.capitals if at not in bodies.taken]:
        if at < last:
            continue
        flag = scene.flags[at]
        if flag & (OPENER | _NAMED) == OPENER and not _joins_capital(scene, at):
            continue
        last = run_end(scene, at, bodies.taken) if scene.flags[at + 1] & _MAY_FOLLOW else at + 1
        if last - at > 1:
            _read_run(scene, at, last, found)
        elif not flag & (NOT_ALONE | PLACED) and not _is_word(scene, at, flag) and not _is_spot(scene, at, last):
            single(scene, at, found)
    return found


def _is_word(scene: Scene, at: int, flag: int) -> bool:
    """Is the word, which stands alone, no part of a name?"""
    if flag & (NOT | SPOT | ANY_ROLE) and not flag & GIVEN:
        return True
    if flag & (OPENER | VERB | MODIFIER | CONNECTOR) and not flag & (GIVEN | PARTICLE):
        return True
    if flag & (OPENER | VERB | CONNECTOR) and scene.opens(at):
        return True
    # German nouns stand behind an article or an adjective, names do not
    if scene.language != "de" or flag & (GIVEN | FAMED):
        return False
    return bool(flag & COMMON) or (articled(scene, at) and scene.said[at - 1] != "so")


def _joins_capital(scene: Scene, at: int) -> bool:
    """Does another capital follow in the same run, or an initial's full stop?"""
    gap = scene.gaps[at]
    return gap[:1] == "." or (at + 1 < scene.length and scene.capital[at + 1] and gap in JOINS) or gap in APOSTROPHES


def run_end(scene: Scene, at: int, taken: set[int]) -> int:
    """Behind the last of the words that may be one name with the word at `at`."""
    flags, gaps = scene.flags, scene.gaps
    end = at + 1
    while (gap := gaps[end - 1]) in _GOES_ON and end < scene.length and end not in taken:
        flag = flags[end]
        if flag & CAPITAL:
            if (scene.said[end] < _LATIN_ENDS) != (scene.said[end - 1] < _LATIN_ENDS):
                break
            if gap in _NICKNAME_OPENS and _nickname(scene, end):
                end += 2
                continue
            if gap not in JOINS and not _is_joined(scene, end, gap):
                break
            end += 1
        elif gap == "-" and end - at > 1 and _is_second_part(scene, end):
            end += 1
        elif flag & (PARTICLE | SON_OF) and (step := _particles(scene, end, gap, taken)):
            end += step
        else:
            break
    return end


def _is_joined(scene: Scene, end: int, gap: str) -> bool:
    """Do the signs join the capital to the word before: "J. Smith", "Mr. Smith", "D'Angelo"?"""
    if gap == ". " and scene.flags[end - 1] & HONORIFIC:
        return True
    return len(scene.said[end - 1]) <= 2 and (gap in _INITIAL_JOINS or gap in APOSTROPHES)


def _is_second_part(scene: Scene, at: int) -> bool:
    """Is what a hyphen joins a part of the name, "Park Joon-ho", and no ending?"""
    said = scene.said[at]
    return len(said) > 1 and not (scene.language == "az" and _AZ_CASE.fullmatch(said))


_AZ_CASE = re.compile(r"n?[ıiuü]n|d[əa]n?|[ys]?[əaıiuü]|n?[ıiuü]|l[əa]|l[əa]r.*")
_NICKNAME_OPENS = (' "', " „", " «", " “", " « ")
_GOES_ON = JOINS | _INITIAL_JOINS | APOSTROPHES | frozenset(_NICKNAME_OPENS)
"""What may stand between the words of a name."""
_NICKNAME_CLOSES = ('" ', "“ ", "» ", "” ", " » ")


def _nickname(scene: Scene, at: int) -> bool:
    """Is the word one in quotation marks between given name and surname: Юрий «Джонни» Кошелев?"""
    if scene.gaps[at] not in _NICKNAME_CLOSES or at + 1 >= scene.length:
        return False
    return bool(scene.flags[at - 1] & GIVEN and scene.capital[at + 1])


def _particles(scene: Scene, at: int, gap: str, taken: set[int]) -> int:
    """How many words "de la Cruz" takes on from `at`: the particles and the capital behind them; 0 where it is none."""
    if gap not in JOINS:
        return 0
    if scene.flags[at] & SON_OF and scene.capital[at + 1] and scene.gaps[at] == " ":
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


def _may_follow(scene: Scene, particle: int, following: int) -> bool:
    """Is it "Ursula von der Leyen" and not "president of France" or "the Bank of Baku"?"""
    before = scene.flags[particle - 1] if not scene.flags[particle - 2] & GIVEN else 0
    if before & (HEAD | COMMON | NOT | TYPE) or scene.flags[particle - 1] & ANY_ROLE or scene.flags[following] & PLACED:
        return False
    named = (place for place in range(max(0, particle - 3), particle) if scene.capital[place])
    if not any(
        scene.flags[place] & GIVEN
        or scene.is_initial(place)
        or (scene.flags[place - 1] & ANY_ROLE and scene.gaps[place - 1] == " ")
        for place in named
    ):
        return False
    if scene.said[particle] in {"of", "the"} or scene.flags[particle - 1] & PLACED:
        return False
    return not scene.flags[following] & (HEAD | NOT | ROLE | TYPE)


def _read_run(scene: Scene, first: int, end: int, found: list[Candidate]) -> None:
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
            person(scene, *_trimmed(scene, at, stop), found)
        at = stop + 1  # what it ends at is cut


def _is_spot(scene: Scene, first: int, end: int) -> bool:
    """Is it the name of a street, a stadium, a prize: Bestwood Street, rue Victor Hugo?"""
    behind = scene.flags[end]
    if not (behind | scene.flags[first - 1]) & SPOT:
        return False
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
    if end - first > 2 and scene.flags[first] & (COMMON | GIVEN) == COMMON and scene.opens(first):
        first += 1
    if end - first == 3 and not scene.flags[first] & GIVEN and scene.opens(first):
        first += scene.text.count(scene.span(first + 1, end)) > 1
    if (
        not scene.flags[first] & GIVEN
        and not scene.is_initial(first)
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
    if not flag & _CUTTING and (scene.gaps[at] != "-" or scene.language != "de"):
        return False
    if flag & SON_OF or (at > first and scene.gaps[at - 1] == "-"):
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
    if scene.flags[at] & ANY_ROLE and not (flag & GIVEN) and not (follows_given and not scene.low & {scene.stems[at]}):
        return True
    if scene.flags[at] & PLACED:
        if (
            scene.language == "en"
            and at + 1 < end
            and not scene.flags[at + 1] & PLACED
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
            and not scene.flags[at + 1] & PLACED
        ):
            return False  # "Jordan Spieth"
        return not follows_given
    if at == first and flag & (OPENER | VERB | CONNECTOR) and scene.opens(at):
        return not scene.is_initial(at)
    if flag & (OPENER | VERB | MODIFIER | CONNECTOR) and not flag & GIVEN and not follows_given:
        return not scene.is_initial(at) and not (flag & PARTICLE)
    return False


def _stands_apart(scene: Scene, at: int) -> bool:
    """Is the first word no part of the name: does it also stand elsewhere, as "Rangers" in "Rangers Allan McGregor"?"""
    return bool(scene.flags[at] & (PLACED | COMMON)) or scene.often[scene.stems[at]] > 1
