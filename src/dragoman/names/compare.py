"""Are two names, in whatever scripts, spellings and forms, one? A score with its reasons. Pure.

    compare("Heydar Aliyev", "Гейдара Алиева")   → same, "Heydar ~ Гейдара: inflected", ...

What the agency has decided (`forms.NamesFile`) binds; then the lexicon says which bodies are one; then the words are laid
side by side, in any order. Scores are 0 to 1; from `THRESHOLD` on, both are one.

Limits: two people of the same name are one here. A surname alone is not its bearer: who is meant, the item says.
"""

from collections.abc import Iterator, Sequence
from math import exp, log

from msgspec import Struct

from dragoman.names.acronym import acronym_score
from dragoman.names.forms import NamesFile
from dragoman.names.forms_of import father
from dragoman.names.known import known, meanings, short_names
from dragoman.names.parts import Parts, Word, parts
from dragoman.names.word_score import word_score
from dragoman.names.words import words
from dragoman.text.fold import fold

THRESHOLD = 0.5
"""The scores of the tables are laid so that one half is where held names were parted best."""
_ALONE = 0.45
"""A surname beside a full name: as close as can be without being one."""
_BOUND, _APART = 1.0, 0.0
_MIDDLE = 0.95
_GENERIC = 0.35
"""The weight of a word that many organisations have."""
_MEANT = 0.9
_JOINED = 0.9
_HAN_LONGEST = 4
_CERTAIN, _LEANS = 3.0, 0.4
"""A weak word leans on the others: a surname that is certain lets a given name pass that alone would fall a little short."""
_TOLD_APART = 0.05
_MATCHED = 0.2
_BOTH_MISS, _UNLIKE = 0.9, 0.4
"""What is left of the share where both have words of their own, and where the words that tell are not the ones matched."""


class Compared(Struct, frozen=True):
    """`reasons` in the order they counted."""

    score: float
    same: bool
    reasons: tuple[str, ...]


def compare(
    a: str,
    b: str,
    a_language: str = "",
    b_language: str = "",
    kind: str = "",
    names: NamesFile | None = None,
) -> Compared:
    """Whether `a` and `b` name one person or organisation. `kind` is ``person``, ``organisation`` or unknown."""
    if names is not None and (decided := _decided(a, b, a_language, b_language, names)):
        return decided
    kind = kind if kind in ("person", "organisation") else ""
    one, other = parts(a, a_language, kind), parts(b, b_language, kind)
    if not one.words or not other.words:
        same = bool(one.folded) and one.folded == other.folded
        return _said(float(same), ["the same signs"] if same else ["nothing to compare"])
    if one.folded == other.folded:
        return _said(1.0, ["the same letters"])
    if kind != "person" and (by_lexicon := _by_lexicon(one, other)):
        return by_lexicon
    score, reasons = _by_words(one, other, kind)
    if kind != "person":
        short, reason = acronym_score(one, other)
        if short > score:
            score, reasons = short, [reason]
    reasons += [f"left aside: {', '.join(aside)}" for aside in (_aside(one, other),) if aside]
    return _said(score, reasons)


def _said(score: float, reasons: Sequence[str]) -> Compared:
    return Compared(round(score, 4), score >= THRESHOLD, tuple(reasons))


def _aside(one: Parts, other: Parts) -> list[str]:
    return list(dict.fromkeys((*one.titles, *other.titles, *one.legal, *other.legal)))


def _decided(a: str, b: str, a_language: str, b_language: str, names: NamesFile) -> Compared | None:
    one, other = names.find(a, a_language), names.find(b, b_language)
    if one is None or other is None:
        return None
    if one.id == other.id:
        return _said(_BOUND, [f"the names file: both are {one.id}"])
    return _said(_APART, [f"the names file: {one.id} is not {other.id}"])


def _by_lexicon(one: Parts, other: Parts) -> Compared | None:
    mine, theirs = known(one), known(other)
    if shared := [id_ for id_ in mine if id_ in theirs]:
        return _said(0.99, [f"the lexicon: both are {shared[0]}"])
    if mine and theirs:
        return _said(_TOLD_APART, [f"the lexicon: {mine[0]} is not {theirs[0]}"])
    for ids, beside in ((mine, other), (theirs, one)):
        if ids and len(beside.words) == 1:
            word = beside.words[0]
            best = max(((_short(name, word), name) for name in short_names(ids[0])), default=(0.0, ""))
            if best[0] >= THRESHOLD:
                return _said(0.95 * best[0], [f"the lexicon: {ids[0]}, and {best[1]} ~ {word.text}: spelled alike"])
    return None


def _short(name: str, word: Word) -> float:
    found = parts(name).words
    return word_score(found[0], word)[0] if len(found) == 1 else 0.0


def _by_words(one: Parts, other: Parts, kind: str) -> tuple[float, list[str]]:
    if len(one.words) == len(other.words) == 1:
        score, reason = word_score(one.words[0], other.words[0])
        return score, [_pair(one.words[0], other.words[0], reason)]
    organisation = kind == "organisation" or (not kind and _is_organisation(one, other))
    score, reasons = (_bodies if organisation else _people)(one.words, other.words)
    if score < THRESHOLD:
        for again, why in (*_cut(one.words, other.words), *_run_together(one.words, other.words)):
            if again > max(score, THRESHOLD):
                score, reasons = again, [why]
    return score, reasons


def _is_organisation(one: Parts, other: Parts) -> bool:
    return any(
        each.legal or any(word.text.lower() in words("generic") or word.text.isdigit() for word in each.words)
        for each in (one, other)
    )


def _pair(one: Word, other: Word, reason: str) -> str:
    return f"{one.text} ~ {other.text}: {reason or 'no likeness'}"


class _Laid(Struct, frozen=True):
    """Words side by side: (score, reason, of one, of other), the best first, and what has no partner."""

    pairs: list[tuple[float, str, int, int]]
    ones: list[int]
    others: list[int]


def _lay(one: Sequence[Word], other: Sequence[Word], organisation: bool = False) -> _Laid:
    scores = []
    for at, left in enumerate(one):
        for beside, right in enumerate(other):
            score, reason = word_score(left, right)
            if organisation and score < _MEANT and meanings(left.text) & meanings(right.text):
                score, reason = _MEANT, "one meaning"
            if score >= _TOLD_APART:
                scores.append((score, reason, at, beside))
    # Among equals the words that stand in the same order.
    scores.sort(key=lambda each: (-round(each[0], 2), abs(each[2] - each[3])))
    pairs: list[tuple[float, str, int, int]] = []
    ones, others = set(range(len(one))), set(range(len(other)))
    for each in scores:
        if each[2] in ones and each[3] in others:
            pairs.append(each)
            ones.discard(each[2])
            others.discard(each[3])
    return _Laid(pairs, sorted(ones), sorted(others))


def _people(one: Sequence[Word], other: Sequence[Word]) -> tuple[float, list[str]]:
    """The weakest of the matched words counts, as every word of a short name tells; middle names may be missing."""
    laid = _lay(one, other)
    good = [each for each in laid.pairs if each[0] >= _MATCHED]
    weak = [each for each in laid.pairs if each[0] < _MATCHED]
    reasons = [_pair(one[at], other[beside], reason) for _, reason, at, beside in laid.pairs]
    if not good:
        return max((each[0] for each in laid.pairs), default=0.0) * 0.5, reasons or ["no word alike"]
    ones = laid.ones + [each[2] for each in weak]
    others = laid.others + [each[3] for each in weak]
    score = _together([each[0] for each in good])
    only_initials = all(each[1] in ("initial", "the same initial", "number") for each in good)
    if only_initials and (ones or others or len(good) < 2):
        return 0.2, [*reasons, "initials alone"]
    if ones and others:
        left = ", ".join(one[at].text for at in ones)
        right = ", ".join(other[at].text for at in others)
        return min(score, 0.3) * (len(good) / (len(good) + 1)), [*reasons, f"{left} is not {right}"]
    if _out_of_turn(one, other, ones, laid, True) or _out_of_turn(other, one, others, laid, False):
        return 0.3, [*reasons, "the first name is missing"]
    if ones or others:
        missing = [one[at] for at in ones] + [other[at] for at in others]
        said = f"missing: {', '.join(word.text for word in missing)}"
        if len(good) == 1:
            return min(score, 1.0) * _ALONE, [*reasons, said, "one word alone is not a full name"]
        return score * _MIDDLE, [*reasons, said]
    return score, reasons


def _together(scores: list[float]) -> float:
    """The weakest word's log-odds, and a part of what the others have."""
    odds = sorted(max(-_CERTAIN, min(_CERTAIN, log(max(score, 1e-6) / max(1 - score, 1e-6)))) for score in scores)
    others = sum(odds[1:]) / len(odds[1:]) if odds[1:] else odds[0]
    return 1 / (1 + exp(-(odds[0] + _LEANS * others)))


def _out_of_turn(words_: Sequence[Word], beside: Sequence[Word], missing: list[int], laid: _Laid, first: bool) -> bool:
    """A word stands for one behind another that is missing: an initial of a father's name, or that name for a first name."""
    for _, reason, at, partner in laid.pairs:
        own, other = (at, partner) if first else (partner, at)
        if any(each < own for each in missing) and (
            (reason == "initial" and not words_[own].initial)
            or (len(words_) > 2 and father(words_[own].plain) and not father(beside[other].plain))
        ):
            return True
    return False


def _bodies(one: Sequence[Word], other: Sequence[Word]) -> tuple[float, list[str]]:
    """The share of words matched, those that many bodies have weighing less; numbers must agree."""
    laid = _lay(one, other, organisation=True)
    reasons = [_pair(one[at], other[beside], reason) for _, reason, at, beside in laid.pairs]
    if any(one[at].number for at in laid.ones) or any(other[at].number for at in laid.others):
        return 0.1, [*reasons, "numbers differ"]
    whole = sum(map(_weight, one)) + sum(map(_weight, other))
    matched = sum(
        (score + 1) / 2 * (_weight(one[at]) + _weight(other[beside]))
        for score, _, at, beside in laid.pairs
        if score >= THRESHOLD
    )
    share = matched / whole if whole else 0.0
    missing = [one[at] for at in laid.ones] + [other[at] for at in laid.others]
    if missing:
        reasons.append(f"missing: {', '.join(word.text for word in missing)}")
    one_sided = min(len(one), len(other)) > 1 and not (laid.ones and laid.others)
    if one_sided and any(fold(word.text) in words("named-for") for word in missing):
        return share * _UNLIKE, [*reasons, "what is named for somebody is not the person"]
    own_missing = [word for word in missing if _weight(word) == 1.0]
    own_matched = [each for each in laid.pairs if _weight(one[each[2]]) == 1.0 and each[0] >= THRESHOLD]
    if own_missing and not own_matched:
        return share * _UNLIKE, reasons
    if own_missing and laid.ones and laid.others:
        share *= _BOTH_MISS
    # Two thirds of the weight matched is one word of three beside the name: half of the names so far apart were one.
    return max(0.0, min(1.0, share * share * (1.0 if not own_missing else 0.9))), reasons


def _weight(word: Word) -> float:
    return _GENERIC if word.text.lower() in words("generic") else 1.0


def _cut(one: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[float, str]]:
    """A Chinese name without a blank beside one of two words: the surname is its first sign, or the first two."""
    for han, words_ in ((one, other), (other, one)):
        if len(han) == 1 and len(words_) == 2 and han[0].script == "hani" and len(han[0].plain) <= _HAN_LONGEST:
            signs = han[0].plain
            for at in range(1, min(3, len(signs))):
                pieces = [Word(piece, "hani", piece) for piece in (signs[:at], signs[at:])]
                score, _ = _people(pieces, words_)
                yield score, f"{signs[:at]} {signs[at:]} ~ {' '.join(word.text for word in words_)}: sounds alike"


def _run_together(one: Sequence[Word], other: Sequence[Word]) -> Iterator[tuple[float, str]]:
    """Two neighbours as one word: Abd al-Rahman beside Abdurrahman, 弗拉基米尔普京 beside two words."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(long) - len(short) != 1 or len(long) > 5:
        return
    for at in range(len(long) - 1):
        left, right = long[at], long[at + 1]
        if (
            left.script == right.script
            and left.plain
            and right.plain
            and not (left.initial or right.initial or left.father or right.father)
        ):
            joined = Word(left.text + right.text, left.script, left.plain + right.plain)
            words_ = (*long[:at], joined, *long[at + 2 :])
            score = word_score(words_[0], short[0])[0] if len(short) == 1 else _people(words_, short)[0]
            yield score * _JOINED, f"{left.text} {right.text} run together"
