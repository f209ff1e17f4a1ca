"""Words told before their verb: "…, X said", "…, said X", and "…, said X, …" within them. Pure."""

from dragoman.read.quotes.cases import VERB_LAST, has_no_subject
from dragoman.read.quotes.clauses import CLAUSE, FEWEST, SUBJECT, Extent, is_conditional, is_plain
from dragoman.read.quotes.copy import Copy, Sentence
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.words import AND, AS, BUT, HE, SHE, SOURCE, THEY, TO, WHICH, WHILE, together

_TAIL = 16
"""Words from the comma to the end in "…, said the chairman of the committee, X, on Monday"."""
_TITLED = 6
"""Words of a title and a name in apposition."""


def told_before(copy: Copy, sentence: Sentence, cue: Cue, left: int, end: int, commas: list[int]) -> Extent | None:
    """ "…, X said", "…, said X": the comma parts the verb and its subject from what is told. "…, said X, …": all of it.
    `commas` are those from `left` to `cue`, `end` is where the sentence ends, or the next quote begins."""
    if not commas or copy.language in VERB_LAST or copy.language == "zh" or cue.kind == "tell":
        return None
    flags, comma, kinds = copy.flags, commas[-1], sentence.kinds
    behind_comma = copy.word_at(comma)
    if flags[cue.first - 1] & AND or has_no_subject(copy, cue) or cue.at - behind_comma > SUBJECT:
        return None
    between = together(flags[behind_comma : cue.at]) if kinds & (WHICH | SOURCE) else 0
    if between & WHICH:
        return None
    first = copy.word_at(left)
    if flags[first] & TO and behind_comma - first <= CLAUSE:
        return None  # "On Monday, X said": when or where, and nothing told
    if is_plain(copy, comma, cue.start):
        return _before_inverted(copy, sentence, cue, left, end, comma)
    if flags[behind_comma] & TO or (cue.kind != "say" and not between & SOURCE and not copy.named(comma, cue.start)):
        return None
    rest = copy.word_at(end) - cue.last - 1
    if rest > 2 and copy.text[cue.end : cue.end + 1] == "," and not _is_subject_clause(copy, left, comma):
        return _around(copy, sentence, left, comma, cue.end, end) if behind_comma - first < SUBJECT else (left, comma)
    if rest <= 3 or flags[cue.last + 1] & TO:
        return left, comma
    return None


def _around(copy: Copy, sentence: Sentence, left: int, comma: int, behind: int, end: int) -> Extent:
    """The whole sentence around ", X said, ", unless another verb, a name or another clause joins on behind."""
    following = copy.word_at(behind)
    named = copy.named(behind, end)
    if named and copy.count(behind, named[0].start) <= 2 and copy.count(named[0].end, end) == 0:
        return left, comma
    other = bool(copy.flags[following] & (WHILE | WHICH | AS | BUT))
    joins = any(cue.first - following <= 1 for cue in sentence.cues if cue.start >= behind)
    return (left, comma) if joins or other else (left, end)


def _before_inverted(copy: Copy, sentence: Sentence, cue: Cue, left: int, end: int, comma: int) -> Extent | None:
    if _is_subject_clause(copy, left, comma):
        return None
    behind = copy.signs.comma(cue.end, end)
    stop = end if behind is None else behind
    spots = copy.named(cue.end, stop)
    near = bool(spots) and copy.word_at(spots[0].start) - cue.last - 1 <= SUBJECT
    he = bool(copy.flags[cue.last + 1] & (HE | SHE | THEY)) or (stop == cue.end and cue.kind == "say")
    first = copy.signs.comma(left, comma + 1)
    length = copy.count(left, comma if first is None else first)
    short = copy.word_at(stop) - cue.last - 1 <= SUBJECT and cue.kind == "say" and length > CLAUSE
    few = 0 < copy.word_at(stop) - cue.last - 1 <= CLAUSE
    if behind is not None and (near or he or few) and copy.count(stop, end) > 1 and length < SUBJECT:
        return _around(copy, sentence, left, comma, stop, end)
    if not (near or he or short) or copy.count(left, comma) < FEWEST:
        return None
    if not (near or he) and any(left <= other.start < comma for other in sentence.cues):
        return None  # "Y welcomed the law, warned however": two verbs of one subject
    return (left, comma) if copy.word_at(end) - cue.last - 1 <= _TAIL else None


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
