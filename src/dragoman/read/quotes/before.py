"""Words told before their verb: "…, X said", "…, said X", and "…, said X, …" within them. Pure."""

from dragoman.read.quotes.cases import VERB_LAST, has_no_subject
from dragoman.read.quotes.clauses import CLAUSE, FEWEST, SUBJECT, Extent, is_conditional, plain
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.words import AND, AS, BUT, HE, SHE, SOURCE, THEY, TO, WHICH, WHILE

_TAIL = 16
"""Words from the comma to the end in "…, said the chairman of the committee, X, on Monday"."""
_TITLED = 6
"""Words of a title and a name in apposition."""


def told_before(copy: Copy, sentence: Sentence, cue: Cue, left: int, right: int, commas: list[int]) -> Extent | None:
    """ "…, X said", "…, said X": the comma parts the verb and its subject from what is told. "…, said X, …": all of it."""
    if not commas or right < sentence.end or copy.language in VERB_LAST or copy.language == "zh" or cue.kind == "tell":
        return None
    if has_no_subject(copy, cue) or copy.flags[cue.first - 1] & AND:
        return None
    comma = commas[-1]
    if copy.count(comma, cue.start) > SUBJECT or copy.any_of(WHICH, comma, cue.start):
        return None
    if copy.count(left, comma) <= CLAUSE and copy.flags[copy.word_at(left)] & TO:
        return None  # "On Monday, X said": when or where, and nothing told
    if plain(copy, comma, cue.start) == 0:
        return _before_inverted(copy, sentence, cue, left, comma)
    named = bool(copy.named(comma, cue.start)) or copy.any_of(SOURCE, comma, cue.start)
    if (cue.kind != "say" and not named) or copy.flags[copy.word_at(comma)] & TO:
        return None
    rest = copy.count(cue.end, sentence.end)
    if copy.text[cue.end : cue.end + 1] == "," and rest > 2 and not _is_subject_clause(copy, left, comma):
        return _around(copy, sentence, left, comma, cue.end) if copy.count(left, comma) < SUBJECT else (left, comma)
    if rest <= 3 or copy.flags[cue.last + 1] & TO:
        return left, comma
    return None


def _around(copy: Copy, sentence: Sentence, left: int, comma: int, behind: int) -> Extent:
    """The whole sentence around ", X said, ", unless another verb, a name or another clause joins on behind."""
    following = copy.word_at(behind)
    named = copy.named(behind, sentence.end)
    if named and copy.count(behind, named[0].start) <= 2 and copy.count(named[0].end, sentence.end) == 0:
        return left, comma
    other = bool(copy.flags[following] & (WHILE | WHICH | AS | BUT))
    joins = any(cue.first - following <= 1 for cue in sentence.cues if cue.start >= behind)
    return (left, comma) if joins or other else (left, sentence.end)


def _before_inverted(copy: Copy, sentence: Sentence, cue: Cue, left: int, comma: int) -> Extent | None:
    if _is_subject_clause(copy, left, comma):
        return None
    behind = copy.signs.comma(cue.end, sentence.end)
    stop = sentence.end if behind is None else behind
    spots = copy.named(cue.end, stop)
    near = bool(spots) and copy.count(cue.end, spots[0].start) <= SUBJECT
    he = bool(copy.flags[cue.last + 1] & (HE | SHE | THEY)) or (stop == cue.end and cue.kind == "say")
    first = copy.signs.comma(left, comma + 1)
    length = copy.count(left, comma if first is None else first)
    short = copy.count(cue.end, stop) <= SUBJECT and cue.kind == "say" and length > CLAUSE
    few = 0 < copy.count(cue.end, stop) <= CLAUSE
    if behind is not None and (near or he or few) and copy.count(stop, sentence.end) > 1 and length < SUBJECT:
        return _around(copy, sentence, left, comma, stop)
    if not (near or he or short) or copy.count(left, comma) < FEWEST:
        return None
    if not (near or he) and any(left <= other.start < comma for other in sentence.cues):
        return None  # "Y welcomed the law, warned however": two verbs of one subject
    return (left, comma) if copy.count(cue.end, sentence.end) <= _TAIL else None


def _is_subject_clause(copy: Copy, left: int, comma: int) -> bool:
    """Is what stands before the comma no clause told but the subject: "The chairman, X", "X, number three of the world", "X,
    who arrived yesterday"?"""
    commas = [at + 1 for at in (*copy.signs.commas(left, comma), comma)]
    relative = any(copy.flags[copy.word_at(start)] & WHICH for start in commas[-2:-1])
    if relative and not (copy.language == "de" and is_conditional(copy, left, comma)):
        return True
    ends = {spot.end for spot in copy.named(left, comma + 1)}
    if comma in ends and len(commas) > 1 and copy.count(commas[-2], comma) <= _TITLED:
        return True
    return any(
        copy.count(left, at - 1) <= SUBJECT and any(end in ends for end in (at - 1, at - 2)) for at in commas[-2:]
    )
