"""Make the tables anew; see the package."""

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.lexicon import LANGUAGES
from dragoman.link.learned import learn
from dragoman.link.traits import Traits, traits
from dragoman.read.document import Document
from dragoman.read.reader import begun, read_document
from dragoman.text.analyse import stems
from quality.link_training import __doc__ as about
from quality.link_training import sources
from quality.link_training.sources import Pair

OUT = Path(__file__).parents[2] / "src" / "dragoman" / "link" / "data"
SAMPLE = Path(__file__).parents[1] / "sample"
LEAST, MEANINGS = 12, 5
"""Per cent under which a meaning is left out, and how many a word may have."""
OTHER = 60
"""Per cent: an English word and the word its row of ``words.tsv`` begins with."""
ONCE = 1
"""Words of so few items are left out: nothing is known of them."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m quality.link_training", description=about)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--annotations", type=Path, required=True)
    asked = parser.parse_args()
    OUT.mkdir(exist_ok=True)
    _write("seed", [line for language in LANGUAGES for line in _seed(language, asked.bench, asked.annotations)])
    _write("prior", list(_prior(asked.bench)))


def _write(name: str, lines: list[str]) -> None:
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (OUT / f"{name}.tsv.gz").write_bytes(packed)
    print(f"{name}: {len(lines):,} lines, {len(packed):,} bytes", flush=True)


def _seed(language: str, bench: Path, annotations: Path) -> Iterator[str]:
    """Language, stem, and what it means: English stems with per cent, the surest first."""
    meant: defaultdict[str, Counter[str]] = defaultdict(Counter)
    if language != "en":
        medical = list(sources.tico(bench / "tico19-tmx", language))
        terms = list(sources.lexicon(language))
        signs = list(sources.annotations(annotations, language))
        for pairs in (medical, terms, signs, medical + terms + terms + signs):
            for stem, meanings in learn(_stems(language, pair) for pair in pairs).meanings.items():
                for meaning, sure in meanings.items():
                    meant[stem][meaning] = max(meant[stem][meaning], round(100 * sure))
    for word, head, rows in sources.general(language):
        found = stems(word, language)
        if len(found) == 1 and found[0] != head:
            sure = OTHER if language == "en" else round(100 / rows**0.5)
            meant[found[0]][head] = max(meant[found[0]][head], sure)
    for stem, likely in sorted(meant.items()):
        kept = [(meaning, sure) for meaning, sure in likely.most_common(MEANINGS) if sure >= LEAST]
        if kept:
            yield "\t".join((language, stem, " ".join(f"{meaning} {sure}" for meaning, sure in kept)))


def _stems(language: str, pair: Pair) -> tuple[list[str], list[str]]:
    mine, english = pair
    return list(dict.fromkeys(stems(mine, language))), list(dict.fromkeys(stems(english, "en")))


def _prior(bench: Path) -> Iterator[str]:
    """Language, how many items, nothing; then language, feature, how many items have it. Shared features stand without one."""
    items: Counter[str] = Counter()
    having: Counter[tuple[str, str]] = Counter()
    for language in LANGUAGES:
        for headline, text in sources.texts(bench / "lid" / "lingua" / "sentences", SAMPLE, language):
            found = _traits(headline, text, language)
            items.update((language, ""))
            having.update((language, stem) for stem in found.own)
            having.update(("", feature) for feature in found.shared if not feature.startswith("n:"))
    for language, number in sorted(items.items()):
        yield f"{language}\t\t{number}"
    for (language, feature), number in sorted(having.items()):
        if number > ONCE:
            yield f"{language}\t{feature}\t{number}"


def _traits(headline: str, text: str, language: str) -> Traits:
    document = Document(text, language=language, headline=headline)
    return traits(document, read_document(document, begun(text, headline, language)))


main()
