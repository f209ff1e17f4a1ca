"""How well a word in another script, or in another spelling, agrees with a Latin one: chunks of letters aligned. Pure.

A table holds the joint probabilities of chunks (one or two native letters with none to six Latin ones), learned by EM from
name pairs (`quality.names_training`). The forward sum over all ways to cut both words is their joint probability. Three
corrections make one threshold serve every script and length: by chance (what each word is worth by itself), by regret
(what the best partner of each word would have got), and by length. A logistic curve, fitted on names held back from the
training with the closest other names as counterexamples, turns them into a probability.

Limits: one word at a time, folded by `romanise.plain`, 30 letters at most. Han knows one reading a character.
"""

import gzip
import math
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from operator import mul

from dragoman.names.han import syllable

LONGEST = 30
"""Letters of a word that are compared: beyond it no name goes, and the cost is their product."""
_STRAY = 1e-6
"""What a letter without a partner is worth: well under the rarest chunk kept."""
_STEP = 50
"""The tables hold -50 ln p as whole numbers: two per cent apart, far under what the counts can tell."""
_BACKOFF = "#"
Chunks = dict[str, float]


class Table:
    """One script's chunks. Lines are read when their letters are first met; a load takes a few milliseconds."""

    def __init__(self, lines: list[str]) -> None:
        head = lines[0].split("\t")
        self.bounded, self.widest, self.inserted = head[1] == "1", int(head[2]), float(head[3])
        self.centre, self.scale, self.weights = (tuple(map(float, part.split())) for part in head[4:7])
        worth = (line.split("\t") for line in lines[1 : 1 + int(head[0])])
        self.latin = {chunk: (_value(sum_), _value(best)) for chunk, sum_, best in worth}
        self.longest = max(map(len, self.latin), default=1)
        self._lines = dict(line.split("\t", 1) for line in lines[1 + int(head[0]) :])
        self._read: dict[str, tuple[float, Chunks, float, int]] = {}
        self._worth: dict[tuple[bool, str], tuple[float, float]] = {}
        self._wider: dict[str, Chunks] = {}

    def native(self, chunk: str) -> tuple[float, Chunks, float, int]:
        """What `chunk` is worth by itself, with each Latin chunk, with the best, and how long the longest is."""
        known = self._read.get(chunk)
        if known is None:
            known = self._read[chunk] = self._native(chunk)
        return known

    def _native(self, chunk: str) -> tuple[float, Chunks, float, int]:
        line = self._lines.get(chunk)
        if line is None and self.widest == 1 and chunk:
            line = f"{_UNSEEN}\t{_BACKOFF} 0"
        if line is None:
            return 0.0, {}, 0.0, 0
        alone, _, rest = line.partition("\t")
        worth = _value(alone)
        chunks = {part: worth * value for part, value in self._given(chunk, rest).items() if value > _FAINT}
        return worth, chunks, max(chunks.values(), default=0.0), max(map(len, chunks), default=0)

    def _given(self, chunk: str, rest: str) -> Chunks:
        """The Latin chunks given the native one; what its own counts leave comes from its syllable, then from all."""
        parts = rest.split(" ")
        given = {part: _value(value) for part, value in zip(parts[::2], parts[1::2], strict=True)}
        left = given.pop(_BACKOFF, 0.0)
        if left:
            for part, value in self._beyond(f"/{syllable(chunk)}" if len(chunk) == 1 else _BACKOFF).items():
                given[part] = given.get(part, 0.0) + left * value
        return given

    def _beyond(self, wider: str) -> Chunks:
        """The row of a syllable, or the one of all."""
        wider = wider if wider in self._lines else _BACKOFF
        known = self._wider.get(wider)
        if known is None:
            row = self._given(wider * 2, self._lines[wider].partition("\t")[2])
            known = self._wider[wider] = {part: value for part, value in row.items() if value > _FAINT}
        return known

    def worth_latin(self, word: str) -> tuple[float, float]:
        """ln of what `word` is worth by itself, and with its best partner."""
        return self._alone(word, True, self._latin, self.longest)

    def worth_native(self, word: str) -> tuple[float, float]:
        return self._alone(word, False, self._own, self.widest)

    def _latin(self, chunk: str) -> tuple[float, float]:
        return self.latin.get(chunk, (0.0, 0.0))

    def _own(self, chunk: str) -> tuple[float, float]:
        worth, _, best, _ = self.native(chunk)
        return worth, best

    def _alone(
        self, word: str, latin: bool, worth: Callable[[str], tuple[float, float]], widest: int
    ) -> tuple[float, float]:
        known = self._worth.get((latin, word))
        if known is not None:
            return known
        size = len(word)
        sums, bests = [1.0] + [0.0] * size, [1.0] + [0.0] * size
        for at in range(size):
            for end in range(at + 1, min(at + widest, size) + 1):
                total, best = worth(word[at:end])
                if end == at + 1:
                    total, best = total + _STRAY, max(best, _STRAY)
                sums[end] += sums[at] * total
                bests[end] = max(bests[end], bests[at] * best)
        if len(self._worth) > _KEPT:
            self._worth.clear()
        known = self._worth[latin, word] = math.log(sums[-1]), math.log(bests[-1])
        return known


_UNSEEN = 600  # a Chinese character no name of the training had: about one in 160,000
_FAINT = 1e-4
"""Under this a chunk of a Chinese character is not kept: it came from all characters alike."""
_KEPT = 8192  # words whose worth is remembered


def _value(written: str) -> float:
    return math.exp(-int(written) / _STEP)


@lru_cache(maxsize=16)
def table(name: str) -> Table:
    """The table of a script or language, one of those in ``tables``. Raises: FileNotFoundError, where there is none."""
    packed = files("dragoman.names").joinpath("tables", f"{name}.tsv.gz").read_bytes()
    return Table(gzip.decompress(packed).decode().split("\n"))


def joint(latin: str, native: str, of: Table) -> float:
    """The probability of both words together: the forward sum over all ways to cut them into chunks."""
    rows, columns = len(native), len(latin)
    inserted = of.native("")[1]
    strays = [inserted.get(letter, 0.0) + of.inserted for letter in latin]
    ahead = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    ahead[0][0] = 1.0
    for row in range(rows + 1):
        line = ahead[row]
        for at in range(columns):
            if line[at]:
                line[at + 1] += line[at] * strays[at]
        for wide in range(1, min(of.widest, rows - row) + 1):
            worth, chunks, _, longest = of.native(native[row : row + wide])
            below = ahead[row + wide]
            if wide == 1:
                dropped = _STRAY * (worth if of.widest == 1 else 1.0)
                for at in range(columns + 1):
                    below[at] += line[at] * dropped
            if not chunks:
                continue
            for at in range(columns + 1):
                reached = line[at]
                if reached < 1e-200:
                    continue
                for end in range(at, min(columns, at + longest) + 1):
                    value = chunks.get(latin[at:end])
                    if value is not None:
                        below[end] += reached * value
    return ahead[rows][columns]


def features(latin: str, native: str, of: Table) -> tuple[float, ...]:
    """What the logistic curve weighs: above chance, regrets, conditionals, by length; natural logarithms."""
    if of.bounded:
        latin, native = f"^{latin}$", f"^{native}$"
    together = joint(latin, native, of)
    both = math.log(together) if together > 1e-290 else -667.0
    alone, best = of.worth_latin(latin)
    alone_native, best_native = of.worth_native(native)
    columns, rows = len(latin), len(native)
    size = rows + columns + 1
    chance = both - alone - alone_native
    regret, regret_native = both - best, both - best_native
    return (
        chance,
        chance / size,
        regret,
        regret / size,
        regret_native,
        regret_native / size,
        (both - alone) / columns,
        (both - alone_native) / rows,
        rows,
        columns,
        abs(columns - rows) / size,
    )


def logit(latin: str, native: str, of: Table) -> float:
    """The log-odds that both are one name. Good for ranking, too: it never saturates."""
    if not latin or not native:
        return -20.0
    weighed = features(latin[:LONGEST], native[:LONGEST], of)
    scaled = [(value - centre) / scale for value, centre, scale in zip(weighed, of.centre, of.scale, strict=True)]
    return float(sum(map(mul, scaled, of.weights))) + of.weights[-1]


@lru_cache(maxsize=32_768)
def agreement(latin: str, native: str, name: str) -> float:
    """The probability that `latin` and `native`, both folded, are one name; `name` is the table's."""
    odds = logit(latin, native, table(name))
    return 1.0 / (1.0 + math.exp(-odds)) if odds > -500 else 0.0


@lru_cache(maxsize=8192)
def likely(word: str, name: str) -> str:
    """Chinese in Latin letters as its characters are mostly used in names: 斯 is an s, 尔 an r. ``""`` for other scripts."""
    if name != "hani":
        return ""
    rows = (table(name).native(character)[1] for character in word[:LONGEST])
    return "".join(max(row, key=row.__getitem__, default="") for row in rows)
