"""The agency's signature in a dateline: in brackets, between slashes or bare, with or without a reporter. Pure."""

import re
from collections.abc import Iterator

from msgspec import Struct

from dragoman.read.agencies import BARE, BARE_EAST, FIRST_WORDS, SPELLINGS, agency_name
from dragoman.read.places import city_country, country_code

_MARK = re.compile(r"[（(]\s*([^()（）\n]{2,48}?)\s*[)）]|/\s*([^/\n]{2,24}/[^\W\d_]{2,12}|[^/\n]{2,48}?)\s*/")
_CORRESPONDENT = re.compile(r"(?:корр(?:еспондент)?\.?|спец\.?корр\.?|by|von|par|por|müxbir|мухбир)\s+", re.IGNORECASE)
_EAST_REPORTER = re.compile(r"(?:.{0,8}?(?:记者|記者|通讯员))\s*[:：]?\s*(.{2,60})")
_CAPITALS = re.compile(r"[^\W\d_][^\W\d_a-zà-öø-ÿßəğışа-яё]*[.\-&]?[^\W\d_a-zà-öø-ÿßəğışа-яё]*\Z")
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-ÞƏĞŞİŒА-ЯЁ][A-ZÀ-ÖØ-ÞƏĞŞİŒА-ЯЁ0-9.&\-]{2,24}")
_PERSON = re.compile(r"[^\W\d_a-zà-ÿəğışа-яё][\w.'’\-]{0,20}(?:\s[^\W\d_a-zà-ÿəğışа-яё][\w'’\-]{0,24}){1,3}")
_WORDS = re.compile(r"[^\W\d_]+")


class Signature(Struct, frozen=True, gc=False):
    """`agency` is our name for it, or as printed where we know none (`known` says which). An empty `agency` is a
    bracket that names but the reporter."""

    agency: str
    known: bool = True
    reporter: str = ""


class Mark(Struct, frozen=True, gc=False):
    """A signature and where it stands, brackets and slashes included."""

    start: int
    end: int
    signature: Signature


def marked_names(head: str) -> Iterator[Mark]:
    """Every bracket and pair of slashes in `head` that holds an agency, or what may be one."""
    at = 0
    while mark := _MARK.search(head, at):
        signature = _inside(mark)
        at = mark.end() if signature and signature.known else mark.start() + 1
        if signature:
            yield Mark(mark.start(), mark.end(), signature)


def bare_names(head: str) -> Iterator[Mark]:
    """Every unmistakable name of an agency in `head` that stands there without brackets."""
    if not FIRST_WORDS.isdisjoint(_WORDS.findall(head.lower())):
        for match in BARE.finditer(head):
            yield Mark(match.start(), match.end(), Signature(agency_name(match[0])))
    if not head.isascii():
        for match in BARE_EAST.finditer(head):
            yield Mark(match.start(), match.end(), Signature(agency_name(match[0])))


def short_name(words: str) -> Signature | None:
    """The agency that `words`, alone between two separators, name: a short name counts there, as it is spelt (Saná is a
    city)."""
    return Signature(agency_name(words)) if words in SPELLINGS else None


def shouted_name(words: str) -> Signature | None:
    """An agency we do not know, in capitals: `AAP`, `VESTNIK.AZ`."""
    return Signature(words.rstrip("."), known=False) if _SHOUTED.fullmatch(words) else None


def own_line_name(words: str) -> Signature | None:
    """What stands behind place and date, alone on their line, may be the name of an agency: a few names or initials."""
    first, *rest = words.split() or [""]
    if not first or len(rest) > 3 or any(word[0].islower() or word[0].isdigit() for word in (first, *rest[-1:])):
        return None
    return Signature(agency_name(words) or words, known=bool(agency_name(words)))


def person_name(words: str) -> str:
    """`words` if they may be the name of a reporter: two to four words with capitals; else an empty string."""
    words = _CORRESPONDENT.sub("", " ".join(words.split()), 1)
    return words if _PERSON.fullmatch(words) and not (city_country(words) or country_code(words)) else ""


def _inside(mark: re.Match[str]) -> Signature | None:
    words = " ".join((mark[1] or mark[2]).split())
    if reporter := _EAST_REPORTER.fullmatch(words):
        return Signature("", reporter=reporter[1].strip())
    prefix = _CORRESPONDENT.match(words)
    content = words[prefix.end() :] if prefix else words
    name, person = _agency_and_reporter(content)
    if name:
        return Signature(name, reporter=person)
    if len(content) <= 32 and (_CAPITALS.match(content) or mark[2] is not None or _is_name(content)):
        return None if city_country(content) or country_code(content) else Signature(content, known=False)
    return None


def _agency_and_reporter(content: str) -> tuple[str, str]:
    if name := agency_name(content):
        return name, ""
    for separator in (", ", " - ", " – ", " "):
        first, parted, rest = content.partition(separator)
        if parted and (name := agency_name(first)) and rest[:1].isupper():
            if any(map(str.isdigit, rest)) or agency_name(rest):
                return content, ""  # "APA, Reuters": two agencies signed
            return name, rest
        before, parted, last = content.rpartition(separator)
        if parted and separator != " " and (name := agency_name(last)):
            return name, before
    first, *others = content.split("/")
    if others and (name := agency_name(first)):
        if not any(map(agency_name, others)) and all(part.islower() and len(part) <= 3 for part in others):
            return name, ""  # "dpa/lhe": a regional desk of the agency
        if all(agency_name(part) or part.islower() for part in others):
            return content, ""
    return "", ""


def _is_name(content: str) -> bool:
    """Could this be an agency we do not know? A few words, the first with a capital."""
    return len(content.split()) <= 3 and content[0].isupper() and content.replace(" ", "").isalpha()
