"""Names and quotes in the annotated sample: F1 by language, on the part that was tuned on and on the part that was not."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dragoman.lexicon import LANGUAGES
from dragoman.model.reading import Mention, Name, Quote, Reading
from dragoman.read.dateline import find_dateline
from dragoman.read.document import Document
from dragoman.read.quotes import find_quotes
from dragoman.read.reader import read_text
from dragoman.text.fold import fold
from quality.table import Row, share

_FOLDER = Path(__file__).with_name("sample")
_MARKS = re.compile(r"[\"'«»“”„‟‘’‚‹›「」『』《》]")
_OVERLAP = 0.8
"""The share of a quote's characters that must be in both."""


class Count(Struct):
    """What was right, of how many we said, of how many there are; and what went wrong, for ``--misses``."""

    right: int = 0
    said: int = 0
    there: int = 0
    misses: list[str] = []

    def add(self, other: "Count") -> None:
        self.right += other.right
        self.said += other.said
        self.there += other.there
        self.misses += other.misses

    @property
    def f1(self) -> str:
        return share(2 * self.right, self.said + self.there)


def rows(_: Path) -> Iterator[Row]:
    """Names and quotes, each on both parts, overall and by language. The misses of the held part are not shown."""
    for part in ("dev", "held"):
        names: dict[str, Count] = {}
        quotes: dict[str, Count] = {}
        alone: dict[str, Count] = {}
        for item in _items(part):
            reading = _read(item)
            names.setdefault(item["language"], Count()).add(names_right(item, reading.names))
            quotes.setdefault(item["language"], Count()).add(quotes_right(item, reading))
            alone.setdefault(item["language"], Count()).add(quotes_right(item, _read_with_names(item)))
        yield from _table(f"names found, F1, {part}", names, "aim 92 %, must 85 %", shown=part == "dev")
        yield from _table(f"quotes with their speakers, F1, {part}", quotes, "aim 92 %, must 85 %", shown=part == "dev")
        yield from _table(f"quotes where the names are given, F1, {part}", alone, "", shown=part == "dev")


def _items(part: str) -> Iterator[dict[str, Any]]:
    for language in LANGUAGES:
        for path in sorted(_FOLDER.glob(f"{language}*.jsonl")):
            for line in path.read_text("utf-8").splitlines():
                item = json.loads(line)
                if item["part"] == part:
                    yield item


def _read(item: dict[str, Any]) -> Reading:
    time = datetime.fromisoformat(item["time"]) if item.get("time") else None
    reading, _ = read_text(
        item["text"],
        headline=item.get("headline", ""),
        language=item["language"],
        time=time,
        agency=item.get("agency", ""),
    )
    return reading


def _read_with_names(item: dict[str, Any]) -> Reading:
    """The item's quotes alone, its names being those of the sample: what is wrong here is the quotes' own."""
    text = item["text"]
    dateline = find_dateline(text)
    body = dateline.body if dateline else 0
    text = " " * body + text[body:]
    names = tuple(
        Name(one["text"], one["kind"], key=one["text"], role=one.get("role", ""), mentions=tuple(_mentions(text, one)))
        for one in item["names"]
    )
    reading = Reading(version=1, language=item["language"], names=names)
    document = Document(text, language=item["language"], headline=item.get("headline", ""))
    return replace(reading, quotes=find_quotes(document, reading))


def _mentions(text: str, name: dict[str, Any]) -> Iterator[Mention]:
    """Where the forms of a name stand; the readers are told the longest where they overlap."""
    for form in (name["text"], *name.get("forms", ())):
        for found in re.finditer(re.escape(form), text):
            beside = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
            if not any(sign.isalpha() and sign < "\u0600" for sign in beside):
                yield Mention(form, found.start(), found.end())


def _table(what: str, counts: dict[str, Count], goal: str, *, shown: bool) -> Iterator[Row]:
    total = Count()
    for count in counts.values():
        total.add(count)
    yield Row(what, total.f1, goal, total.there, tuple(total.misses) if shown else ())
    for language, count in counts.items():
        detail = f"{count.f1} (precision {share(count.right, count.said)}, recall {share(count.right, count.there)})"
        yield Row(f"{what}, {language}", detail, "", count.there)


def plain(text: str) -> str:
    """A name as it is compared: folded, without quotation marks, its blanks single."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


def names_right(item: dict[str, Any], names: Sequence[Name]) -> Count:
    """An entity is right where the kind agrees and our text, or that of one of our mentions, is one of its forms."""
    open_ = [
        (one["kind"], {plain(form) for form in (one["text"], *one.get("forms", ()))}, one) for one in item["names"]
    ]
    count = Count(said=len(names), there=len(open_), misses=[])
    for name in names:
        ours = {plain(name.text), *(plain(mention.text) for mention in name.mentions)}
        match = next((each for each in open_ if each[0] == name.kind and each[1] & ours), None)
        if match:
            open_.remove(match)
            count.right += 1
        else:
            count.misses.append(f"{item['id']}: wrong {name.kind} {name.text!r}")
    count.misses += [f"{item['id']}: not found {one['kind']} {one['text']!r}" for _, _, one in open_]
    return count


def quotes_right(item: dict[str, Any], reading: Reading) -> Count:
    """A quote is right where the words overlap and the speaker is the same entity, or there is none."""
    open_ = list(item.get("quotes", ()))
    count = Count(said=len(reading.quotes), there=len(open_), misses=[])
    forms = {plain(form): one["text"] for one in item["names"] for form in (one["text"], *one.get("forms", ()))}
    for quote in reading.quotes:
        match = next((each for each in open_ if _overlaps(each["text"], quote.text)), None)
        if match and _speaks(match["speaker"], quote, reading.names, forms):
            open_.remove(match)
            count.right += 1
        else:
            why = f"speaker {quote.speaker!r}, not {match['speaker']!r}" if match else "no quote"
            count.misses.append(f"{item['id']}: wrong {quote.text[:60]!r}: {why}")
    count.misses += [f"{item['id']}: not found {each['text'][:60]!r} ({each['speaker']})" for each in open_]
    return count


def _overlaps(gold: str, ours: str) -> bool:
    one, other = plain(gold), plain(ours)
    same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return same >= _OVERLAP * max(len(one), len(other), 1)


def _speaks(gold: str, quote: Quote, names: Sequence[Name], forms: dict[str, str]) -> bool:
    if not gold or not quote.speaker:
        return not gold and not quote.speaker
    ours = {plain(quote.speaker)}
    for name in names:
        said = {plain(name.text), *(plain(mention.text) for mention in name.mentions)}
        if ours & said:
            ours = ours | said
    return any(forms.get(each, each) == gold or each == plain(gold) for each in ours)
