"""Who is speaking: the subject beside a reporting verb, resolved to a name of the item. Pure.

In this order: a name beside the verb, a pronoun, a role ("the minister"), a name further off in the sentence; else whoever
spoke before. A name behind a preposition ("with Putin"), a genitive or in another case where the language shows it is no
subject. A pronoun is the nearest person who can be meant; a role is the person who bears it in the item.

Limits: nobody is taken out by the verb's number; "the two" and the like are nobody.
"""

import re
from functools import lru_cache

from dragoman.read.quotes.cases import VERB_LAST, has_no_subject, is_object
from dragoman.read.quotes.copy import Copy, Sentence, Spot
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.memory import NOBODY, Memory, Speaker, bearer
from dragoman.read.quotes.roles import GENITIVES, article_at, has_source, role_of, words_on
from dragoman.read.quotes.words import (
    ALSO,
    AND,
    AS,
    AUX,
    BODY,
    FIGURES,
    HE,
    HER,
    HIS,
    PAPER,
    REPORTER,
    SHE,
    SOURCE,
    THAT,
    THEIR,
    THEY,
    TO,
    VOICE,
    WHICH,
    lowered,
)

_FIRM = re.compile(r"[;:|؛；：!?\n]|\s[—–-]\s|—")
_BODY_WITHIN = 100
"""Signs behind a verb in which "in the ministry" may follow."""
_RELATIVE = 2
"""Words of a clause that is only "who" and a verb."""
_OPENING = 4
"""Words of a subject that a clause parts from its verb: "One judge, who asked not to be named, said"."""
_APPOSED = 60
"""Signs behind a role in which the name stands: "according to his lawyer, Me X"."""
_NEXT = 3
"""Words of a title between a role's comma and the name that it belongs to."""
_NEAR = 20
"""Words behind an inverted verb in which its subject is looked for."""
_LEFT_ONLY = VERB_LAST | {"zh"}
"""Languages whose verb does not go before its subject."""
_PASSIVE = {
    "de": re.compile(r"^(?:hieß|heißt|verlaute)"),
    "ru": re.compile(r"(?:ется|ится|сказано)$"),
    "az": re.compile(r"(?:[ıiuü]l|[ıiuü]n)(?:[ıiuü]b|d[ıiuü]|[ıiuü]r|m[ıi]şd[ıi]r)$"),
    "tr": re.compile(r"(?:[ıiuü]l|[ıiuü]n)(?:d[ıiuü]|[ıiuü]yor|miş)$"),
    "uk": re.compile(r"(?:ється|йдеться)$"),
    "zh": re.compile(r"^(?:获悉|了解到)$"),
}
"""It was said, from somewhere."""
_PRONOUN = HE | SHE | THEY
_SEX = {HE: "he", SHE: "she", THEY: "they"}
_TOLD_TO = re.compile(r"['’-][y]?[aəe]\b")
"""The case of who is told: AZƏRTAC-a."""


def speaker_of(copy: Copy, memory: Memory, sentence: Sentence, cue: Cue, left: int, right: int) -> Speaker:
    """Who does what `cue` says. `left` and `right` bound what may belong to it: the sentence's ends, quotes, the words told."""
    if cue.kind in ("after", "for"):
        return _named_after(copy, memory, sentence, cue, right)
    if cue.kind == "before":
        return _named_before(copy, memory, cue, left)
    joined = copy.flags[cue.first - 1] & (AND | ALSO | AUX)
    if has_no_subject(copy, cue) or (joined and _is_second(copy, cue, left)):
        return _further(copy, memory, sentence, sentence.start, cue.start) or memory.recent
    clause, after_comma = _clause_start(copy, cue, left)
    if _is_passive(copy, cue) and not _pronoun(copy, clause, cue.start):
        return _from(copy, memory, cue, clause, right)
    found = _before_verb(copy, memory, sentence, cue, left, clause, right)
    if found:
        return found
    bare = _is_bare(copy, clause, cue.start)
    if not bare:
        role = role_of(copy, clause, cue.start)
        if role:
            return bearer(copy, memory, role, sentence, cue.start)
    if bare and after_comma:
        found = _further(copy, memory, sentence, left, clause)
    if bare and not found and copy.language not in _LEFT_ONLY and cue.kind != "tell":
        found = _inverted(copy, memory, sentence, cue, right)
    return (
        found
        or _further(copy, memory, sentence, left, clause)
        or (_opening(copy, memory, sentence, cue, left) if after_comma else NOBODY)
        or _body(copy, clause, min(right, cue.end + _BODY_WITHIN))
        or _body_meant(copy, memory, sentence, cue, clause)
    )


def _before_verb(
    copy: Copy, memory: Memory, sentence: Sentence, cue: Cue, left: int, clause: int, right: int
) -> Speaker:
    """A name or a pronoun between the last comma and the verb, or a pronoun right behind it; an unnamed source."""
    kinds = sentence.kinds
    if kinds & WHICH and cue.at - copy.word_at(clause) <= _RELATIVE and copy.any_of(WHICH, clause, cue.start):
        before = _subject(copy, copy.named(left, clause), nearest=True)
        if before:
            return Speaker(before.name, before.name.role)
    spots = copy.named(clause, cue.start)
    spot = _subject(copy, spots, nearest=copy.language not in _LEFT_ONLY) if spots else None
    pronoun = _pronoun(copy, clause, cue.start) if kinds & _PRONOUN else None
    if pronoun and (not spot or pronoun[0] > spot.start):
        return _meant_here(copy, memory, sentence, *pronoun)
    source = bool(kinds & SOURCE) and has_source(copy, clause, cue.start)
    if spot and not (source and spot.name.kind == "organisation"):
        return Speaker(spot.name, spot.name.role)
    if source or (spots and copy.text[spots[-1].end : spots[-1].end + 2] in ("'s", "’s")):
        return Speaker(None, role_of(copy, clause, cue.start))
    behind = _pronoun_at(copy, cue.last + 1) if cue.end < right else None
    if behind is not None and copy.language not in _LEFT_ONLY:
        return _meant_here(copy, memory, sentence, cue.end, behind)
    begins = copy.text[clause : cue.start].strip()[:1]
    if copy.language == "zh" and begins in ("他", "她"):
        return _meant_here(copy, memory, sentence, clause, "he" if begins == "他" else "she")
    return NOBODY


def _from(copy: Copy, memory: Memory, cue: Cue, clause: int, right: int) -> Speaker:
    """Where words of nobody come from: "Nazirlikdən bildirilib", "hieß es aus dem Ministerium"."""
    spots = copy.named(clause, cue.start) or copy.named(cue.end, copy.signs.first_break(cue.end, right))
    spots = [one for one in spots if not _TOLD_TO.match(copy.text, one.end)]
    bodies = [one for one in spots if one.name.kind == "organisation"] or spots
    if bodies and not has_source(copy, clause, cue.start):
        return Speaker(bodies[-1].name, bodies[-1].name.role)
    role = copy.text[clause : cue.start].strip() or copy.text[cue.start : cue.end]
    return bearer(copy, memory, role, None, cue.start)


def _opening(copy: Copy, memory: Memory, sentence: Sentence, cue: Cue, left: int) -> Speaker:
    """A short subject that a clause parts from its verb: "One judge, who asked not to be named, said"."""
    end = copy.signs.first_break(left, cue.start)
    incised = copy.text[cue.end : cue.end + 1] == ","
    if incised or end == cue.start or copy.count(left, end) > _OPENING or copy.flags[copy.word_at(left)] & ALSO:
        return NOBODY
    role = role_of(copy, left, end)
    return bearer(copy, memory, role, sentence, cue.start) if role else NOBODY


def _body_meant(copy: Copy, memory: Memory, sentence: Sentence, cue: Cue, clause: int) -> Speaker:
    """ "In the press service of the museum they say": the body that is meant."""
    if sentence.kinds & (VOICE | BODY) and copy.any_of(VOICE | BODY, clause, cue.start):
        return bearer(copy, memory, copy.text[clause : cue.start].strip(), sentence, cue.start)
    return NOBODY


def _meant_here(copy: Copy, memory: Memory, sentence: Sentence, at: int, sex: str) -> Speaker:
    """Whom a pronoun at `at` means: the sentence's own subject before a comma, else who is in view."""
    comma = copy.text.rfind("，" if copy.language == "zh" else ",", sentence.start, at)
    if sex != "they" and comma > 0:
        spots = [spot for spot in copy.named(sentence.start, comma) if not _in_quotes(sentence, spot)]
        people = [spot for spot in spots if spot.name.kind == "person" and not is_object(copy, spot)]
        if people and (not sex or memory.sex(people[0].name) in ("", sex)):
            return Speaker(people[0].name, people[0].name.role)
    return memory.meant_by(sex)


def _is_second(copy: Copy, cue: Cue, left: int) -> bool:
    """Does "and" stand before the verb: the second of one subject?"""
    number = cue.first - 1
    while number > 0 and copy.starts[number] >= left:
        if copy.flags[number] & AND:
            return copy.starts[number] > left
        if not (copy.flags[number] & (ALSO | AUX)):
            return False
        number -= 1
    return False


def led_in_by(copy: Copy, memory: Memory, sentence: Sentence, end: int) -> Speaker:
    """Whose words a colon without a verb leads in: the sentence's first person, else who spoke or was spoken of last."""
    if copy.any_of(REPORTER | SOURCE, sentence.start, end):
        return Speaker(None, role_of(copy, sentence.start, end))
    people = [spot for spot in copy.named(sentence.start, end) if spot.name.kind == "person"]
    comma = max(copy.text.rfind(",", sentence.start, end), sentence.start)
    spot = _subject(copy, [spot for spot in people if spot.start > comma], nearest=True)
    spot = spot or _subject(copy, people, nearest=False)
    return Speaker(spot.name, spot.name.role) if spot else memory.recent


def _is_passive(copy: Copy, cue: Cue) -> bool:
    """A form that names no subject: it was said."""
    return _is_passive_form(copy.language, copy.text[cue.start : cue.end])


@lru_cache(maxsize=4096)
def _is_passive_form(language: str, verb: str) -> bool:
    form = _PASSIVE.get(language)
    return bool(form and form.search(lowered(verb)))


def _clause_start(copy: Copy, cue: Cue, left: int) -> tuple[int, bool]:
    """Where the clause of `cue` begins, at the last comma or `left`, and whether that is a comma."""
    if copy.language in VERB_LAST:
        firm = [found.span() for found in _FIRM.finditer(copy.text, left, cue.start)]
        last = firm[-1] if firm else None
    else:
        last = copy.signs.last_break(left, cue.start)
    return (last[1], copy.count(left, last[0]) > 0) if last else (left, False)


def _subject(copy: Copy, spots: list[Spot], nearest: bool) -> Spot | None:
    """Of `spots` the one that can be the subject, people first."""
    body = None
    for spot in reversed(spots) if nearest else spots:
        is_person = spot.name.kind == "person"
        if (is_person or body is None) and not is_object(copy, spot):
            if is_person:
                return spot
            body = spot
    return body


def _pronoun(copy: Copy, start: int, end: int) -> tuple[int, str] | None:
    """The last pronoun from `start` to `end`, and whom it can mean."""
    flags, first = copy.flags, copy.word_at(start)
    for number in range(copy.word_at(end) - 1, first - 1, -1):
        if flags[number] & _PRONOUN and not (number > first and flags[number - 1] & TO):
            return copy.starts[number], _pronoun_at(copy, number) or ""
    return None


def _pronoun_at(copy: Copy, number: int) -> str | None:
    """``he``, ``she``, ``they``, or empty where it can be any."""
    flags = copy.flags[number] & _PRONOUN
    return None if not flags else "" if copy.language in VERB_LAST else _SEX.get(flags, "")


def _meant_at(copy: Copy, number: int) -> str | None:
    """The same of "his words", "according to her"."""
    flags = copy.flags[number]
    if not flags & (HIS | HER | THEIR):
        return _pronoun_at(copy, number)
    if copy.language in VERB_LAST or copy.language == "es":
        return ""
    return "he" if flags & HIS else "she" if flags & HER else "they"


def _is_bare(copy: Copy, start: int, end: int) -> bool:
    """Nothing but auxiliaries and "also" from `start` to `end`, or only what begins with a preposition?"""
    first, behind = copy.word_at(start), copy.word_at(end)
    flags = copy.flags
    for flag in flags[first : min(first + 3, behind)]:
        if flag & AS:
            return True
    while first < behind and flags[first] & ALSO:
        first += 1
    if first < behind and flags[first] & TO and copy.language not in _LEFT_ONLY:
        return True
    while first < behind and flags[first] & (ALSO | AUX | AS):
        first += 1
    return first >= behind


def _inverted(copy: Copy, memory: Memory, sentence: Sentence, cue: Cue, right: int) -> Speaker:
    """The subject behind the verb: a name, a pronoun, a role."""
    behind = cue.last + 1
    end = min(right, words_on(copy, behind, _NEAR))
    end = _told_at(copy, cue.end, end) if sentence.kinds & THAT else end
    stop = copy.signs.first_break(cue.end, end)
    spots = [spot for spot in copy.named(cue.end, end) if not _is_place(copy, cue, spot)]
    spot = _subject(copy, spots, nearest=False)
    pronoun = _pronoun(copy, cue.end, min(end, words_on(copy, behind, 2))) if sentence.kinds & _PRONOUN else None
    if pronoun and (not spot or pronoun[0] < spot.start):
        return memory.meant_by(pronoun[1])
    source = bool(sentence.kinds & SOURCE) and has_source(copy, cue.end, stop)
    if spot and spot.start > stop and copy.count(stop, spot.start) > _NEXT:
        role = role_of(copy, article_at(copy, cue.end, stop), stop)
        borne = bearer(copy, memory, role, sentence, cue.start) if role and not source else NOBODY
        if borne.name:
            return borne
    if spot and (spot.name.kind == "person" or (spot.start < stop and not source)):
        return Speaker(spot.name, spot.name.role)
    role = role_of(copy, article_at(copy, cue.end, stop), stop)
    if source:
        return Speaker(None, role)
    return bearer(copy, memory, role, sentence, cue.start) if role else NOBODY


def _is_place(copy: Copy, cue: Cue, spot: Spot) -> bool:
    """Is `spot` a body that a preposition before it makes the place or the hearer: "said the artist in an interview with
    the magazine X"?"""
    return spot.name.kind == "organisation" and any(
        copy.flags[number] & TO and copy.small[number] not in GENITIVES
        for number in range(cue.last + 1, copy.word_at(spot.start))
    )


def _told_at(copy: Copy, start: int, end: int) -> int:
    """Where "that" stands from `start` on, else `end`."""
    number = copy.first_of(THAT, start, end)
    return end if number is None else copy.starts[number]


def _further(copy: Copy, memory: Memory, sentence: Sentence, left: int, clause: int) -> Speaker:
    """The subject before a clause between ("X, who arrived yesterday, said")."""
    for start, end in ((left, clause), (sentence.start, left)):
        if start >= end:
            continue
        spots = [spot for spot in copy.named(start, end) if not _in_quotes(sentence, spot)]
        apposed = [spot for spot in spots if copy.text[spot.end : spot.end + 1] in (",", "،", "，", "(")]
        spot = _subject(copy, apposed, nearest=True) if len(apposed) < len(spots) else None
        spot = spot if spot and spot.name.kind == "person" else _subject(copy, spots, nearest=False)
        plain = not any(start <= quote.start < end for quote in sentence.quotes)
        if spot:
            if spot.name.kind == "organisation" and spot not in apposed and has_source(copy, start, end):
                return Speaker(None, role_of(copy, start, end))
            return Speaker(spot.name, spot.name.role)
        if plain and has_source(copy, start, end):
            return Speaker(None, role_of(copy, start, end))
        pronoun = _pronoun(copy, start, end)
        if pronoun and not any(quote.start <= pronoun[0] < quote.end for quote in sentence.quotes):
            return memory.meant_by(pronoun[1])
    return NOBODY


def _body(copy: Copy, start: int, end: int) -> Speaker:
    """A body in another case: "in the ministry they said"."""
    bodies = [spot.name for spot in copy.named(start, end) if spot.name.kind == "organisation"]
    return Speaker(bodies[-1]) if bodies else NOBODY


def _in_quotes(sentence: Sentence, spot: Spot) -> bool:
    return any(quote.start <= spot.start < quote.end for quote in sentence.quotes)


def _named_after(copy: Copy, memory: Memory, sentence: Sentence, cue: Cue, right: int) -> Speaker:
    """According to X; nobody where X is a paper."""
    behind = cue.last + 1
    for number in range(cue.first, behind + (copy.language != "es")):
        sex = _meant_at(copy, number)
        if sex is not None:
            return _meant_here(copy, memory, sentence, cue.start, sex)
    stop = copy.signs.first_break(cue.end, min(right, words_on(copy, behind, _NEAR)))
    if sentence.kinds & PAPER and copy.any_of(PAPER, cue.end, min(stop, words_on(copy, behind, 3))):
        return NOBODY
    spots = [spot for spot in copy.named(cue.end, stop) if copy.text[spot.end : spot.end + 2] not in ("'s", "’s")]
    spot = next((spot for spot in spots if spot.name.kind == "person"), spots[0] if spots else None)
    if not spot and sentence.kinds & FIGURES and copy.any_of(FIGURES, cue.end, min(stop, words_on(copy, behind, 3))):
        return NOBODY
    if has_source(copy, cue.end, spot.start if spot else min(stop, words_on(copy, behind, 4))):
        return Speaker(None, role_of(copy, cue.end, stop))
    if spot:
        return Speaker(spot.name, spot.name.role)
    role = role_of(copy, cue.end, stop)
    beside = copy.named(stop, min(right, stop + _APPOSED))
    if role and beside and copy.count(stop, beside[0].start) <= 2:
        return Speaker(beside[0].name, beside[0].name.role)
    return bearer(copy, memory, role, sentence, cue.start) if role else NOBODY


def _named_before(copy: Copy, memory: Memory, cue: Cue, left: int) -> Speaker:
    """ "X-in sözlərinə görə": the nearest name before it, whatever its case."""
    parted = copy.signs.last_break(left, cue.start)
    start = parted[1] if parted else left
    spots = copy.named(start, cue.start)
    people = [spot for spot in spots if spot.name.kind == "person"] or spots
    if people:
        return Speaker(people[-1].name, people[-1].name.role)
    for number in range(cue.last, copy.word_at(start) - 1, -1):
        sex = _meant_at(copy, number)
        if sex is not None:
            return memory.meant_by(sex)
    role = role_of(copy, start, cue.start, any_case=True)
    return bearer(copy, memory, role, None, cue.start) if role and not copy.any_of(PAPER, start, cue.end) else NOBODY
