"""Fuzz one family of readers: `python -m fuzz FAMILY [--seconds 600] [--seeds FOLDER] [--corpus FOLDER]`.

A finding is an exception that no reader foresaw, a document that takes longer than a second, or a unit that is neither an
item nor a problem. It is printed with the bytes that bring it about, which are kept in the corpus as ``crash-…``.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dragoman.formats", "dragoman.read", "dragoman.text"]):
    from dragoman import formats

from dragoman.model.arrival import Hints
from fuzz.seeds import seeds_of

FAMILIES: dict[str, tuple[str, ...]] = {
    "g2": ("newsml-g2",),
    "newsml": ("newsml-1", "press-xml"),
    "nitf": ("nitf",),
    "wires": ("iptc7901", "anpa", "text"),
    "json": ("ninjs", "ap", "vendor-json", "jsonfeed"),
    "feeds": ("rss", "atom"),
    "mail": ("mail",),
    "html": ("html",),
    "picture": ("picture",),
    "ical": ("ical",),
    "any": ("",),
}
"""Readers that are fuzzed together; ``""`` lets the bytes say what they are."""
SLOW_S = 1.0
MAX_LENGTH = 20_000


class Finding(Exception):
    """Something a reader must never do."""


def target(names: tuple[str, ...]) -> Callable[[bytes], None]:
    """What is done with each input."""

    def one_input(data: bytes) -> None:
        for name in names:
            began = time.perf_counter()
            units = formats.decode(data, Hints(format=name, agency="fuzz"))
            took = time.perf_counter() - began
            if took > SLOW_S:
                raise Finding(f"{name}: {took:.1f} s for {len(data)} bytes")
            for unit in units:
                if (unit.item is None) == (unit.problem is None):
                    raise Finding(f"{name}: unit {unit.index} is neither an item nor a problem, or both")
                if unit.problem and unit.problem.title == "The document cannot be read":
                    raise Finding(f"{name}: {unit.problem.detail}")

    return one_input


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seeds", type=Path, help="a folder of further documents to begin with; it is only read")
    parser.add_argument("--corpus", type=Path, help="where inputs are kept that reach something new")
    asked = parser.parse_args()
    names = tuple(name for name in FAMILIES[asked.family] if not name or name in formats.FORMATS)
    corpus = asked.corpus or Path(".fuzz") / asked.family
    corpus.mkdir(parents=True, exist_ok=True)
    count = sum(_keep(corpus, seed) for seed in seeds_of(names, asked.seeds, MAX_LENGTH))
    print(f"{asked.family}: {', '.join(name or 'anything' for name in names)}; {count} seeds; {asked.seconds} s")
    formats.prepare()
    atheris.Setup(
        [
            sys.argv[0],
            str(corpus),
            f"-max_total_time={asked.seconds}",
            f"-max_len={MAX_LENGTH}",
            f"-artifact_prefix={corpus}/",
            "-rss_limit_mb=1500",
            "-timeout=10",
            "-print_final_stats=1",
        ],
        target(names),
    )
    atheris.Fuzz()


def _keep(corpus: Path, seed: tuple[str, bytes]) -> bool:
    (corpus / f"seed-{seed[0]}").write_bytes(seed[1])
    return True


main()
