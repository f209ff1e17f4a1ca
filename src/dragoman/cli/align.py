"""``dragoman align``: which sentences translate which, offline; JSON lines in, JSON lines out."""

import sys
from collections import defaultdict

import click
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import lines_of, write_answers


class Pair(Struct, frozen=True):
    """Two language versions, in sentences. Languages are BCP 47."""

    id: str | int
    source: list[str]
    target: list[str]
    source_lang: str | None = None
    target_lang: str | None = None


@click.command(cls=Command, examples=("dragoman align < pairs.jsonl",))
def align() -> None:
    """Which sentences of two language versions translate each other, one JSON line a pair.

    In: {"id","source":[sentences],"target":[sentences],"source_lang","target_lang"}. Out: beads, each the places (from 0)
    of the sentences on both sides. All pairs of the same two languages teach a lexicon first: give many at once.
    """
    from dragoman.link.alignment import align_all, prepared

    bad: list[int] = []
    asked = list(lines_of(sys.stdin.buffer, Pair, "", bad))
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, pair in enumerate(asked):
        groups[pair.source_lang or "", pair.target_lang or ""].append(number)
    beads: dict[int, object] = {}
    for (mine, theirs), numbers in groups.items():
        texts = [(prepared(asked[n].source, mine), prepared(asked[n].target, theirs)) for n in numbers]
        beads |= zip(numbers, align_all(texts), strict=True)
    write_answers(({"id": pair.id, "beads": beads[number]} for number, pair in enumerate(asked)), bad)
