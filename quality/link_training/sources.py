"""Where words and what they mean are taken from."""

import gzip
import json
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.text.analyse import stems
from quality.table import json_lines

Pair = tuple[str, str]
"""A text, and the same in English."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TERMS, _ENGLISH = 4, 3
"""Terms of a concept that are paired: the later ones are forms of the first."""
_WORDS = Path(__file__).parent / "words.tsv"
_ORDER = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")


def tico(folder: Path, language: str) -> Iterator[Pair]:
    """The segments of the translation memory that English and `language` have in common; none where there is none."""
    for path in sorted(folder.glob(f"all.en-{language}*")):
        for unit in ElementTree.fromstring(_unpacked(path)).iter("tu"):
            said = {each.get(_LANG, "").split("-")[0].lower(): _segment(each) for each in unit.iter("tuv")}
            if "en" in said and language in said:
                yield said[language], said["en"]


def _unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    with zipfile.ZipFile(path) as packed:
        return packed.read(next(name for name in packed.namelist() if name.endswith(".tmx")))


def _segment(variant: ElementTree.Element) -> str:
    found = variant.find("seg")
    return "" if found is None else "".join(found.itertext())


def lexicon(language: str) -> Iterator[Pair]:
    """Each term of a concept with each of its English ones."""
    for one in concepts().values():
        for mine in one.terms_in(language)[:_TERMS]:
            for english in one.terms_in("en")[:_ENGLISH]:
                yield mine, english


def annotations(package: Path, language: str) -> Iterator[Pair]:
    """The name of each sign of CLDR; and its name and keywords."""
    mine, english = _signs(package, language), _signs(package, "en")
    for sign, told in mine.items():
        if sign in english:
            yield " ".join(told.get("tts", [])), " ".join(english[sign].get("tts", []))
            yield _all(told), _all(english[sign])


def _all(told: dict[str, list[str]]) -> str:
    return " ".join(told.get("default", []) + told.get("tts", []))


@lru_cache(maxsize=16)
def _signs(package: Path, language: str) -> dict[str, Any]:
    with tarfile.open(package) as packed:
        file = packed.extractfile(f"package/annotations/{language}/annotations.json")
        if file is None:
            raise SystemExit(f"{package.name} has no {language}.")
        told: dict[str, Any] = json.load(file)["annotations"]["annotations"]
    return told


def general(language: str) -> Iterator[tuple[str, str, int]]:
    """Each word of ``words.tsv`` in `language`, the English stem its row begins with, and how many rows the word stands in."""
    at = _ORDER.index(language)
    rows = [[field.split() for field in line.split("\t")] for line in _WORDS.read_text("utf-8").splitlines()]
    told = Counter(word for row in rows for word in row[at])
    for row in rows:
        for word in row[at]:
            yield word, stems(row[0][0], "en")[0], told[word]


def texts(sentences: Path, sample: Path, language: str) -> Iterator[Pair]:
    """Headline (or nothing) and text of small items in `language`."""
    assert language in LANGUAGES
    for line in (sentences / f"{language}.txt").read_text("utf-8").splitlines():
        yield "", line.strip()
    for part in ("", "-more"):
        for row in json_lines(sample / f"{language}{part}.jsonl"):
            yield row["headline"], row["text"]
