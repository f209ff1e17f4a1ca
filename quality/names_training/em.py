"""Expectation and maximisation: chunk probabilities from pairs of words, and the lines of a table."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from dragoman.names.han import syllable
from quality.names_training.sources import Pair

Counts = dict[str, dict[str, float]]
Prior = Callable[[int, int], float]
WIDEST, LONGEST_LATIN, LONGEST_HAN = 2, 4, 7
DISCOUNTS = (0.0, 0.3, 0.5, 0.5, 0.5, 0.5)
"""Taken from each chunk's expected count, a round each: chunks that stand for one word alone fade."""
_STEP = 50


def prior(letters: float, cost: float) -> Prior:
    """How likely a chunk is before anything is known: `letters` Latin ones for a native one."""

    def worth(native: int, latin: int) -> float:
        off = abs(latin - letters * native) * cost + max(0, native - 1) * 2 if native else 3
        return float(10 ** (-0.6 * off - 1.3 * max(1, native)))

    return worth


def chunks(pairs: list[Pair], start: Prior, discounts: tuple[float, ...] = DISCOUNTS) -> Counts:
    """The joint probabilities of chunks, native first; words are bounded by ``^`` and ``$``."""
    known: Counts | None = None
    for discount in discounts:
        counts: Counts = defaultdict(lambda: defaultdict(float))
        for latin, native, weight in pairs:
            _expect(f"^{latin}$", f"^{native}$", weight, known, start, counts)
        less = {
            part: {chunk: value - discount * (1 if len(part) + len(chunk) > 2 else 0.2) for chunk, value in row.items()}
            for part, row in counts.items()
        }
        kept = {part: {chunk: value for chunk, value in row.items() if value > 0} for part, row in less.items()}
        total = sum(sum(row.values()) for row in kept.values())
        known = {part: {chunk: value / total for chunk, value in row.items()} for part, row in kept.items() if row}
    assert known is not None
    return known


def _expect(latin: str, native: str, weight: float, known: Counts | None, start: Prior, counts: Counts) -> None:
    rows, columns = len(native), len(latin)
    ahead = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    ahead[0][0] = 1.0
    edges = []
    for row in range(rows + 1):
        for at in range(columns + 1):
            reached = ahead[row][at]
            if not reached:
                continue
            for wide in range(min(WIDEST, rows - row) + 1):
                part = native[row : row + wide]
                table = known.get(part) if known is not None else None
                if known is not None and table is None:
                    continue
                for long in range(0 if wide else 1, min(LONGEST_LATIN if wide else 1, columns - at) + 1):
                    chunk = latin[at : at + long]
                    worth = table.get(chunk) if table is not None else _first(part, chunk, start)
                    if worth:
                        edges.append((row, at, row + wide, at + long, part, chunk, worth))
                        ahead[row + wide][at + long] += reached * worth
    total = ahead[rows][columns]
    if total <= 0:
        return
    back = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    back[rows][columns] = 1.0
    for row, at, below, end, part, chunk, worth in reversed(edges):
        rest = back[below][end]
        if rest:
            back[row][at] += worth * rest
            share = ahead[row][at] * worth * rest / total * weight
            if share > 1e-4:
                counts[part][chunk] += share


def _first(part: str, chunk: str, start: Prior) -> float:
    """The prior; boundaries go with boundaries."""
    if (part[:1] == "^") != (chunk[:1] == "^") or (part[-1:] == "$") != (chunk[-1:] == "$"):
        return 0.0
    return start(len(part), len(chunk))


class Han:
    """Chinese: one character a chunk; what its own counts leave comes from its syllable, what that leaves from all."""

    OWN, SYLLABLE, DISCOUNT, ROUNDS = 8.0, 2.0, 0.1, 8

    def __init__(self, pairs: list[Pair]) -> None:
        lengths = (0.05, 0.2, 0.35, 0.25, 0.1, 0.04, 0.01, 0.002)
        first = [share / 26**long for long, share in enumerate(lengths)]
        self.given: Callable[[str], Callable[[str], float]] = lambda _: lambda chunk: first[len(chunk)]
        self.often = Counter[str]()
        for _, native, weight in pairs:
            for character in native:
                self.often[character] += weight  # type: ignore[assignment]
        for _ in range(self.ROUNDS):
            counts: Counts = defaultdict(lambda: defaultdict(float))
            for latin, native, weight in pairs:
                _expect_han(latin, native, weight, self.given, counts)
            self._maximise(counts)

    def _maximise(self, counts: Counts) -> None:
        every: Counter[str] = Counter()
        sounds: Counts = defaultdict(lambda: defaultdict(float))
        for character, row in counts.items():
            for chunk, value in row.items():
                sounds[syllable(character)][chunk] += value
                every[chunk] += value  # type: ignore[assignment]
        total = sum(every.values())
        self.all = {chunk: 0.5 * value / total for chunk, value in every.items() if value > 0.5}
        self.sounds = {sound: self._less(row, self.SYLLABLE) for sound, row in sounds.items()}
        self.own = {character: self._less(row, self.OWN) for character, row in counts.items()}
        cache: dict[str, dict[str, float]] = {}

        def given(character: str) -> Callable[[str], float]:
            row = cache.get(character)
            if row is None:
                row = cache[character] = self.row(character)
            return lambda chunk: row.get(chunk, 0.0)

        self.given = given

    def _less(self, row: dict[str, float], left: float) -> dict[str, float]:
        total = sum(row.values()) + left
        kept = {chunk: (value - self.DISCOUNT) / total for chunk, value in row.items() if value > self.DISCOUNT}
        return kept | {"#": left / total}

    def row(self, character: str) -> dict[str, float]:
        own, sound = self.own.get(character, {"#": 1.0}), self.sounds.get(syllable(character), {"#": 1.0})
        made: dict[str, float] = {}
        for share, row in ((1.0, own), (own["#"], sound), (own["#"] * sound["#"], self.all)):
            for chunk, value in row.items():
                if chunk != "#":
                    made[chunk] = made.get(chunk, 0.0) + share * value
        return {chunk: value for chunk, value in made.items() if value > 1e-5}


def _expect_han(
    latin: str, native: str, weight: float, given: Callable[[str], Callable[[str], float]], counts: Counts
) -> None:
    rows, columns = len(native), len(latin)
    ahead = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    ahead[0][0] = 1.0
    edges = []
    for row in range(rows):
        worth_of = given(native[row])
        for at in range(columns + 1):
            reached = ahead[row][at]
            if reached <= 1e-60:
                continue
            for end in range(at, min(columns, at + LONGEST_HAN) + 1):
                worth = worth_of(latin[at:end])
                if worth:
                    ahead[row + 1][end] += reached * worth
                    edges.append((row, at, end, worth))
    total = ahead[rows][columns]
    if total <= 0:
        return
    back = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    back[rows][columns] = 1.0
    for row, at, end, worth in reversed(edges):
        rest = back[row + 1][end]
        if rest:
            back[row][at] += worth * rest
            share = ahead[row][at] * worth * rest / total * weight
            if share > 1e-3:
                counts[native[row]][latin[at:end]] += share


def chunk_lines(known: Counts) -> tuple[list[str], list[str]]:
    """Of a table: the lines of Latin chunks, and those of native ones."""
    total, best = _by_latin((chunk, value) for row in known.values() for chunk, value in row.items())
    native = []
    for part, row in sorted(known.items()):
        alone = sum(row.values())
        native.append(f"{part}\t{_code(alone)}\t{_row({chunk: value / alone for chunk, value in row.items()})}")
    return _latin_lines(total, best), native


def han_lines(han: Han) -> tuple[list[str], list[str]]:
    every = sum(han.often.values())
    share = {character: (often + 0.3) / (every + 2000) for character, often in han.often.items()}
    joint = ((chunk, value * share[one]) for one in han.often for chunk, value in han.row(one).items())
    total, best = _by_latin(joint)
    native = [f"#\t0\t{_row(han.all)}"]
    native += [f"/{sound}\t0\t{_row(row)}" for sound, row in sorted(han.sounds.items()) if sound]
    native += [f"{one}\t{_code(share[one])}\t{_row(han.own.get(one, {'#': 1.0}))}" for one in sorted(han.often)]
    return _latin_lines(total, best), native


def _by_latin(values: Iterable[tuple[str, float]]) -> tuple[dict[str, float], dict[str, float]]:
    total: dict[str, float] = defaultdict(float)
    best: dict[str, float] = defaultdict(float)
    for chunk, value in values:
        total[chunk] += value
        best[chunk] = max(best[chunk], value)
    return total, best


def _latin_lines(total: dict[str, float], best: dict[str, float]) -> list[str]:
    return [
        f"{chunk}\t{_code(value)}\t{_code(best[chunk])}"
        for chunk, value in sorted(total.items())
        if chunk and value > 1e-7
    ]


def _row(row: dict[str, float]) -> str:
    return " ".join(f"{chunk} {_code(value)}" for chunk, value in sorted(row.items(), key=lambda one: -one[1]))


def _code(value: float) -> int:
    return round(-_STEP * math.log(value))
