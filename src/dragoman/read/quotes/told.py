"""The words told without quotation marks: which part of a sentence a reporting verb tells. Pure.

X said (that) …          what follows                 …, X said / …, said X     what stands before the comma
according to X, …        what follows the comma       …, according to X         what stands before
X sagte, …               what follows the comma       X …-diyini bildirib       between subject and verb
…, said X, …             the whole sentence           X warned: …               what follows the colon
"""

import re
from bisect import bisect_right
from itertools import pairwise

from dragoman.read.quotes.cases import VERB_LAST, has_no_subject, is_object
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue

_FEWEST = 2
"""Words told; where nothing but the verb tells that there are words told, one more."""
_FEWEST_SIGNS = 4
"""Chinese signs told."""
_THAT_WITHIN = 16
"""Words between the verb and its "that"."""
_AS_WITHIN = 3
"""Words of the clause among which "as" is: tal y como."""
_THAT_NEAR = 5
"""The same where the verb may as well close the sentence: "…, X said on Monday after …"."""
_TAIL = 16
"""Words from the comma to the end in "…, said the chairman of the committee, X, on Monday"."""
_CLAUSE = 3
"""Words of a clause told before "said the minister", which might else be an adverb."""
_TITLED = 6
"""Words of a title and a name in apposition."""
_NAME_WITHIN = 5
"""Words between "but" and the name of another speaker."""
_REPORTED = 7
"""Words of ", CNN reported on Monday"."""
_SUBJECT = 8
"""Words of a subject between comma and verb, or behind an inverted verb."""
_HARD = re.compile(r"[:;：；؛]|\s[—–-]\s")
_GENITIVE = re.compile(r"[ıiuü]n$")
_AT_EVENT = re.compile(
    r"(?:açıqlama|müsahibə|çıxış|brifinq|bəyanat|iclas|görüş|konfrans|mərasim|tədbir|paylaşım|müraciət|söhbət)\w*d[aə]$"
)
"""Where it was said, between the subject and what is told."""
_AZ_LEAD = 6
"""Words behind an Azerbaijani subject that may say where and to whom."""
_THIRD = frozenset({"er", "sie", "es", "man"})
_SEMICOLON = re.compile(r"[;؛]\s")
_LEADS_IN = re.compile(r"[:：]\s*\Z")
_OWN = ("'s", "’s")
_FROM = (["de"], ["del"], ["of"], ["von"], ["vom"], ["from"])
_COLON = re.compile(r"[:：]\s*(?=\S)")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|[،，]")
_NOMINAL = re.compile(
    r"(?:d[ıiuü][ğgyqk]|[aə]c[aə][kğgy]|ece[ğgk]|l[ıiuü][ğgy](?=[ıiuü]n))"
    r"(?:[ıiuü]n?|[ıiuü]n[ıiuü]n?|lar[ıi]n?[ıi]?|l[əe]r[ıi]n?[ıi]?)(?:n[ıiuü]|a|ə|d[aə]n?)?$"
)
_CONDITIONAL = frozenset(
    {
        "habe",
        "werde",
        "sei",
        "seien",
        "könne",
        "müsse",
        "solle",
        "wolle",
        "dürfe",
        "gebe",
        "komme",
        "gehe",
        "bleibe",
        "stehe",
        "liege",
        "wisse",
        "mache",
        "brauche",
        "sehe",
        "halte",
        "finde",
        "führe",
        "spreche",
        "nehme",
        "bringe",
        "laufe",
        "handle",
        "bestehe",
        "rechne",
        "erwarte",
        "fehle",
        "gelte",
        "trage",
        "zeige",
        "biete",
        "hoffe",
        "diene",
        "verfüge",
        "bedeute",
        "betreffe",
        "gehöre",
        "hätten",
        "hätte",
        "würde",
        "würden",
        "wäre",
        "wären",
    }
)
_TRIM = " \t\n\u3000,،，;:：—–-’"
_BARE = frozenset({"en", "zh", "fa"})
"""Languages that need no "that"."""
_VERBS = ("say", "note", "tell")

Extent = tuple[int, int]


def told(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, beside: bool) -> Extent | None:
    """From where to where `cue` tells, between `left` and `right`; nothing where it tells only what stands in quotation marks
    (`beside`: a quote stands beside it) or no words at all."""
    extent = _told(copy, sentence, cue, left, right, beside)
    if extent is None:
        return None
    extent = _before_another(copy, sentence, cue, *_before_quote(copy, sentence, *extent))
    start, end = trimmed(copy.text, *extent)
    bare = cue.last + 1 == copy.word_at(start) and not _HARD.search(copy.text, cue.end, start)
    least = _FEWEST + (bare and cue.kind in _VERBS)
    return (start, end) if _long_enough(copy, start, end, least) else None


def _before_quote(copy: Copy, sentence: Sentence, start: int, end: int) -> Extent:
    """Without a quote at the end that a comma, a colon or another "that" parts from what is told."""
    for quote in sentence.quotes:
        if not start < quote.start < end:
            continue
        if copy.text[start : quote.start].rstrip()[-1:] in (",", "،", "，", ":", "："):
            return start, quote.start
        if copy.count(quote.first, quote.last) < _FEWEST:
            continue
        number = copy.word_at(quote.start) - 1
        while copy.starts[number] > start:
            joined = copy.is_one_of("that", number) and (
                copy.is_one_of("and", number - 1) or copy.small[number][:1] == "و"
            )
            if joined:
                return start, copy.starts[number - (copy.small[number][:1] != "و")]
            number -= 1
        comma = copy.text.rfind("，", start, quote.start)
        if copy.language == "zh" and comma > start:
            return start, comma
    return start, end


def _before_another(copy: Copy, sentence: Sentence, cue: Cue, start: int, end: int) -> Extent:
    """Without a clause at the end that is somebody else's: ", while …", ", but Y …", "; …", and without who reported it:
    ", CNN reported"."""
    stop = _SEMICOLON.search(copy.text, start, end) if copy.language != "zh" else None
    end = stop.start() if stop else end
    told_here = start >= cue.end
    for comma in _COMMA.finditer(copy.text, start, end) if told_here else ():
        number = copy.word_at(comma.end())
        if copy.is_one_of("while", number):
            return start, comma.start()
        if copy.is_one_of("but", number) and any(
            copy.count(comma.end(), spot.start) <= _NAME_WITHIN
            and (
                copy.count(comma.end(), spot.start) <= 2
                or any(spot.end <= other.start < end for other in sentence.cues)
            )
            for spot in copy.named(comma.end(), end)[:1]
        ):
            return start, comma.start()
    if told_here:
        commas = [found.start() for found in _COMMA.finditer(copy.text, start, end)][-1:]
        last = [other for other in sentence.cues if commas and other.start > commas[0]]
        if (
            last
            and copy.count(commas[0], end) <= _REPORTED
            and last[0].kind in ("say", "after")
            and end == sentence.end
        ):
            return start, commas[0]
    return start, end


def that_behind(copy: Copy, cue: Cue, right: int) -> int | None:
    """The number of the word "that" behind `cue`, before any colon."""
    stop = _HARD.search(copy.text, cue.end, right)
    end = stop.start() if stop else right
    at = bisect_right(copy.cue_starts, cue.start)
    if at < len(copy.cues) and copy.cues[at].kind in _VERBS:
        end = min(end, copy.cues[at].start)
    for number in range(cue.last + 1, min(cue.last + 1 + _THAT_WITHIN, len(copy.words))):
        if copy.starts[number] >= end:
            break
        if copy.is_one_of("that", number):
            return number
    return None


def _told(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, beside: bool) -> Extent | None:
    quoted = left > sentence.start and beside
    if cue.kind == "before":
        return cue.end, sentence.end
    if cue.kind in ("after", "for"):
        return None if quoted and not copy.count(left, cue.start) else _according(copy, sentence, cue, left, right)
    commas = [found.start() for found in _COMMA.finditer(copy.text, left, cue.start)]
    at = _as_at(copy, cue, left, commas)
    if at is not None:
        return _as_said(copy, sentence, cue, left, right, at)
    that = that_behind(copy, cue, right)
    if that is not None and quoted and _is_relative(copy, that):
        that = None
    if cue.kind == "ask":
        return None
    ending = sentence if right == sentence.end or quoted else Sentence(sentence.start, right, (), sentence.cues)
    before = _before(copy, ending, cue, left, right, commas)
    if that is not None and not _is_far(copy, cue, that, before):
        return copy.words[that].end, sentence.end
    if beside and not (copy.language == "zh" and copy.text[cue.end : cue.end + 1] in "，,"):
        led_in = not quoted and copy.language == "de" and _LEADS_IN.search(copy.text, cue.end, right)
        if before and led_in and is_conditional(copy, *before):
            return before
        return _without_that(copy, sentence, cue, left, right) if copy.language in VERB_LAST and not quoted else None
    if before:
        return before
    colon = _COLON.search(copy.text, cue.end, right)
    if colon:
        return (colon.end(), sentence.end) if colon.end() < right or right == sentence.end else None
    return _without_that(copy, sentence, cue, left, right)


def _is_far(copy: Copy, cue: Cue, that: int, before: Extent | None) -> bool:
    """Does this "that" belong to something else: behind a verb that closes the sentence, or that tells without it?"""
    if that - cue.last <= _THAT_NEAR:
        return False
    if before and (before[1] > cue.start or copy.count(*before) > _CLAUSE):
        return True
    return copy.language == "en" and cue.kind == "say" and not copy.is_one_of("to", cue.last + 1)


def _as_at(copy: Copy, cue: Cue, left: int, commas: list[int]) -> int | None:
    """Where "as X said" begins: at `left`, or at a comma before `cue`."""
    for start in (left, *commas) if copy.language == "de" or not commas else commas[-1:]:
        first = copy.word_at(start)
        if any(copy.is_one_of("as", number) for number in range(first, min(first + _AS_WITHIN, cue.first))):
            return start
    return None


def _is_relative(copy: Copy, number: int) -> bool:
    """Is this "que" or "that" a relative pronoun: one behind a comma, where the language joins words told without?"""
    before = copy.text[copy.words[number - 1].end : copy.starts[number]]
    return "," in before and copy.language in ("en", "es", "fr")


def _without_that(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int) -> Extent | None:
    if copy.language in VERB_LAST:
        return _nominal(copy, cue, left) if _is_last(copy, cue, sentence.end) else None
    if copy.language == "zh" and cue.kind != "say" and copy.text[cue.end : cue.end + 1] not in ("，", ",", "：", ":"):
        return _behind_told(copy, cue, sentence.end) if cue.kind == "tell" else None
    he = any(copy.is_one_of(sex, cue.last + 1) for sex in ("he", "she", "they", "it"))
    if copy.language == "zh" or (copy.language in _BARE and (cue.kind == "say" or he)):
        return _bare(copy, cue, sentence.end)
    if copy.language == "de":
        comma = _comma_told(copy, cue, right)
        if comma and (cue.kind == "say" or is_conditional(copy, comma.end(), sentence.end)):
            return comma.end(), sentence.end
    return None


def _comma_told(copy: Copy, cue: Cue, end: int) -> re.Match[str] | None:
    """The comma before what a German verb tells: the first but where it only parts who says it from his office."""
    commas = [*_COMMA.finditer(copy.text, cue.end, end)]
    for comma, following in pairwise(commas):
        named = any(comma.start() - 2 <= spot.end <= comma.start() for spot in copy.named(cue.end, comma.start() + 1))
        if not named or is_conditional(copy, comma.end(), following.start()):
            return comma
    return commas[-1] if commas else None


def is_conditional(copy: Copy, start: int, end: int) -> bool:
    """Is there a German verb in the form of words told (Konjunktiv)?"""
    first, behind = copy.word_at(start), copy.word_at(end)
    for number in range(first, behind):
        word = copy.small[number]
        if word in _CONDITIONAL and copy.text[copy.starts[number]].islower():
            return True
        if word.endswith("e") and not word.endswith("te") and number > first and copy.small[number - 1] in _THIRD:
            return True
    return False


def _according(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int) -> Extent | None:
    """What stands behind the comma where the phrase begins the sentence; what stands before it where it ends it; all where it
    stands in the middle."""
    text = copy.text
    opening = copy.count(left, cue.start) <= 1 and not _COMMA.search(text, left, cue.start)
    comma = _comma_behind(copy, cue.end, right)
    if opening:
        if comma:
            that = next((n for n in range(cue.last, copy.word_at(right)) if copy.is_one_of("that", n)), None)
            if copy.language == "ar" and that is not None and copy.starts[that] > comma.start():
                return copy.words[that].end, sentence.end
            apposed = right < sentence.end and text[comma.end() : right].rstrip()[-1:] in (",", "،", "，")
            return None if apposed and not _COMMA.search(text, comma.end(), right - 2) else (comma.end(), sentence.end)
        return _behind_phrase(copy, cue, right), sentence.end
    if text[left : cue.start].rstrip()[-1:] in (",", "،", "，", "—", "–"):
        if comma and copy.count(comma.end(), sentence.end) > 1 and copy.count(left, cue.start) < 4:
            return left, sentence.end
        return left, cue.start
    behind = _behind_phrase(copy, cue, right)
    return (left, sentence.end) if copy.count(behind, sentence.end) >= 2 else (left, cue.start)


def _behind_phrase(copy: Copy, cue: Cue, right: int) -> int:
    """Where the speaker of "according to X" ends: with his name, else with the first word in a small letter that is no
    article or genitive."""
    spots = copy.named(cue.end, min(right, cue.end + 120))
    if spots and copy.count(cue.end, spots[0].start) <= 6:
        return spots[0].end
    number = cue.last + 1
    while number < copy.word_at(right) and (
        copy.is_one_of("article", number)
        or copy.text[copy.starts[number]].isupper()
        or copy.is_one_of("article", number - 1)
    ):
        number += 1
    return copy.words[number - 1].end


def _as_said(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, at: int) -> Extent | None:
    """As X said, …; …, as X said."""
    if copy.count(left, at) >= _FEWEST:
        return left, at
    comma = _comma_behind(copy, cue.end, right)
    return (comma.end(), sentence.end) if comma else None


def _comma_behind(copy: Copy, start: int, end: int) -> re.Match[str] | None:
    """The comma that ends the speaker: the next, or the one behind a name or a "from Y" that stands right behind it."""
    comma = _COMMA.search(copy.text, start, end)
    if comma and not any(copy.text[spot.end : spot.end + 2] not in _OWN for spot in copy.named(start, comma.start())):
        named = copy.named(comma.start(), min(end, comma.end() + 60))
        if named and copy.count(comma.end(), named[0].start) <= 2:
            return _COMMA.search(copy.text, named[0].end, end) or comma
    if comma and copy.small[copy.word_at(comma.end()) : copy.word_at(comma.end()) + 1] in _FROM:
        return _COMMA.search(copy.text, comma.end(), end) or comma
    return comma


def _before(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, commas: list[int]) -> Extent | None:
    """ "…, X said", "…, said X": the comma parts the verb and its subject from what is told. "…, said X, …": all of it."""
    if not commas or right < sentence.end or copy.language in VERB_LAST or copy.language == "zh" or cue.kind == "tell":
        return None
    if has_no_subject(copy, cue) or copy.is_one_of("and", cue.first - 1):
        return None
    comma = commas[-1]
    if copy.count(comma, cue.start) > _SUBJECT or copy.any_of("which", comma, cue.start):
        return None
    if copy.count(left, comma) <= _CLAUSE and copy.is_one_of("to", copy.word_at(left)):
        return None  # "On Monday, X said": when or where, and nothing told
    if _plain(copy, comma, cue.start) == 0:
        return _before_inverted(copy, sentence, cue, left, comma)
    named = bool(copy.named(comma, cue.start)) or copy.any_of("source", comma, cue.start)
    if (cue.kind != "say" and not named) or copy.is_one_of("to", copy.word_at(comma)):
        return None
    rest = copy.count(cue.end, sentence.end)
    if copy.text[cue.end : cue.end + 1] == "," and rest > 2 and not _is_subject_clause(copy, left, comma):
        return _around(copy, sentence, left, comma, cue.end) if copy.count(left, comma) < _SUBJECT else (left, comma)
    if rest <= 3 or copy.is_one_of("to", cue.last + 1):
        return left, comma
    return None


def _around(copy: Copy, sentence: Sentence, left: int, comma: int, behind: int) -> Extent:
    """The whole sentence around ", X said, ", unless another verb, a name or another clause joins on behind."""
    following = copy.word_at(behind)
    named = copy.named(behind, sentence.end)
    if named and copy.count(behind, named[0].start) <= 2 and copy.count(named[0].end, sentence.end) == 0:
        return left, comma
    other = any(copy.is_one_of(kind, following) for kind in ("while", "which", "as", "but"))
    joins = any(cue.first - following <= 1 for cue in sentence.cues if cue.start >= behind)
    return (left, comma) if joins or other else (left, sentence.end)


def _plain(copy: Copy, start: int, end: int) -> int:
    """Words from `start` to `end` that are no auxiliaries, nor "also"."""
    return sum(
        not (copy.is_one_of("also", number) or copy.is_one_of("aux", number))
        for number in range(copy.word_at(start), copy.word_at(end))
    )


def _before_inverted(copy: Copy, sentence: Sentence, cue: Cue, left: int, comma: int) -> Extent | None:
    if _is_subject_clause(copy, left, comma):
        return None
    behind = _COMMA.search(copy.text, cue.end, sentence.end)
    stop = behind.start() if behind else sentence.end
    spots = copy.named(cue.end, stop)
    near = bool(spots) and copy.count(cue.end, spots[0].start) <= _SUBJECT
    he = any(copy.is_one_of(sex, cue.last + 1) for sex in ("he", "she", "they")) or (
        stop == cue.end and cue.kind == "say"
    )
    first = _COMMA.search(copy.text, left, comma + 1)
    length = copy.count(left, first.start() if first else comma)
    short = copy.count(cue.end, stop) <= _SUBJECT and cue.kind == "say" and length > _CLAUSE
    few = 0 < copy.count(cue.end, stop) <= _CLAUSE
    if behind and (near or he or few) and copy.count(stop, sentence.end) > 1 and length < _SUBJECT:
        return _around(copy, sentence, left, comma, stop)
    if not (near or he or short) or copy.count(left, comma) < _FEWEST:
        return None
    if not (near or he) and any(left <= other.start < comma for other in sentence.cues):
        return None  # "Y welcomed the law, warned however": two verbs of one subject
    return (left, comma) if copy.count(cue.end, sentence.end) <= _TAIL else None


def _is_subject_clause(copy: Copy, left: int, comma: int) -> bool:
    """Is what stands before the comma no clause told but the subject: "The chairman, X", "X, number three of the world", "X,
    who arrived yesterday"?"""
    commas = [*(found.end() for found in _COMMA.finditer(copy.text, left, comma)), comma + 1]
    relative = any(copy.is_one_of("which", copy.word_at(start)) for start in commas[-2:-1])
    if relative and not (copy.language == "de" and is_conditional(copy, left, comma)):
        return True
    ends = {spot.end for spot in copy.named(left, comma + 1)}
    if comma in ends and len(commas) > 1 and copy.count(commas[-2], comma) <= _TITLED:
        return True
    return any(
        copy.count(left, at - 1) <= _SUBJECT and any(end in ends for end in (at - 1, at - 2)) for at in commas[-2:]
    )


def _behind_told(copy: Copy, cue: Cue, end: int) -> Extent | None:
    """What follows the comma behind who is told: 告诉记者，…"""
    comma = _COMMA.search(copy.text, cue.end, end)
    return (comma.end(), end) if comma and copy.count(cue.end, comma.start()) <= _SUBJECT else None


def _bare(copy: Copy, cue: Cue, end: int) -> Extent | None:
    """What follows the verb, and "on Monday", "in a statement"."""
    number, last = cue.last + 1, copy.word_at(end)
    if copy.language == "zh":
        return cue.end, end
    while number < last and copy.is_one_of("to", number):
        number += 1 + (copy.small[number + 1 : number + 2] in (["a"], ["an"], ["the"]))
        named = copy.named(copy.starts[min(number, last - 1)], end)[:1]
        if named and copy.word_at(named[0].start) == number:
            number = copy.word_at(named[0].end)
        else:
            number += 1
    if number >= last or _SEMICOLON.match(copy.text, copy.words[number - 1].end):
        return None
    return copy.starts[number], end


def _is_last(copy: Copy, cue: Cue, end: int) -> bool:
    """Does the verb end its clause?"""
    following = copy.text[cue.end : end].strip()
    return following[:1] in ("", ".", ",", ":", ";", "!") or copy.is_one_of("also", cue.last + 1)


def _nominal(copy: Copy, cue: Cue, left: int) -> Extent | None:
    """ "X …-diyini bildirib": told is what stands between the subject and the verb."""
    number = cue.first - 1
    while number > 0 and copy.is_one_of("also", number):
        number -= 1
    if number < 0 or copy.starts[number] < left or not _NOMINAL.search(copy.small[number]):
        return None
    able = [spot for spot in copy.named(left, cue.start) if copy.count(spot.end, cue.start) >= _CLAUSE]
    able = [spot for spot in able if not is_object(copy, spot)]
    people = [spot for spot in able if spot.name.kind == "person"] or able
    commas = [found.end() for found in _COMMA.finditer(copy.text, left, cue.start)]
    if people:
        start = people[-1].end
    elif commas and copy.count(commas[0], cue.start) >= _FEWEST:
        start = commas[-1] if copy.count(commas[-1], cue.start) >= _FEWEST else commas[0]
    else:
        start = _genitive_at(copy, left, cue.first)
    for lead in range(copy.word_at(start), min(copy.word_at(start) + _AZ_LEAD, number)):
        if copy.is_one_of("source", lead) or copy.small[lead] == "isə" or _AT_EVENT.match(copy.small[lead]):
            start = copy.words[lead].end
    return start, cue.start


def _genitive_at(copy: Copy, left: int, behind: int) -> int:
    """Where the told clause's own subject begins, a genitive soon behind a speaker who is only a role."""
    first = copy.word_at(left)
    if not _GENITIVE.search(copy.small[first]):
        for number in range(first + 1, min(first + 4, behind)):
            if _GENITIVE.search(copy.small[number]):
                return copy.starts[number]
    return left


def trimmed(text: str, start: int, end: int) -> Extent:
    """Without white space and commas at its ends, and the full stop."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end - 1 if text[end - 1 : end] in (".", "。", "۔") else end


def _long_enough(copy: Copy, start: int, end: int, least: int) -> bool:
    if end <= start:
        return False
    if copy.language == "zh":
        return end - start >= _FEWEST_SIGNS
    return copy.count(start, end) >= least
