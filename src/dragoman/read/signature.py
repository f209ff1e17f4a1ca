"""The agency's signature in a dateline: in brackets, between slashes or bare, with or without a reporter's name. Pure."""

import re

from msgspec import Struct

from dragoman.read.agencies import BARE, BARE_EAST, SHORT, agency_name
from dragoman.read.places import city_country, country_code

_MARK = re.compile(r"[（(]\s*([^()（）\n]{2,48}?)\s*[)）]|/\s*([^/\n]{2,48}?)\s*/")
_CORRESPONDENT = re.compile(r"(?:корр(?:еспондент)?\.?|спец\.?корр\.?|by|von|par|por|müxbir|мухбир)\s+", re.IGNORECASE)
_CAPITALS = re.compile(r"[^\W\d_][^\W\d_a-zà-öø-ÿßəğışа-яё]*[.\-&]?[^\W\d_a-zà-öø-ÿßəğışа-яё]*\Z")
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-ÞƏĞŞİŒА-ЯЁ][A-ZÀ-ÖØ-ÞƏĞŞİŒА-ЯЁ0-9.&\-]{2,24}(?=\s*(?:$|[-–—_/:.،，]))")
_PERSON = re.compile(
    r"(?P<name>[^\W\d_a-zà-ÿəğışа-яё][\w.'’\-]{0,20}(?:\s[^\W\d_a-zà-ÿəğışа-яё][\w.'’\-]{0,24}){1,3})\s*[,،]\s*"
)
_REPORTER_AFTER = re.compile(
    r"\s?,\s*(?P<name>[^\W\d_a-zà-ÿəğışа-яё][\w'’\-]{1,20}(?:\s[^\W\d_a-zà-ÿəğışа-яё][\w'’\-]{1,24}){1,2})(?=\s*(?:[.]|$|\s[-–—]))"
)
_FOLLOWED = re.compile(r"\s*(?:$|[-–—_:.,،，。]|--)")


class Signature(Struct, frozen=True):
    """`agency` is our name for it, or as printed where we know none (`known` says which); offsets include brackets."""

    start: int
    end: int
    agency: str
    known: bool
    reporter: str = ""
    marked: bool = False


def find_marked(line: str, start: int, end: int) -> Signature | None:
    """The first bracket or pair of slashes between `start` and `end` that holds an agency, known ones before others."""
    unknown = None
    for mark in _MARK.finditer(line, start, end):
        found = _inside(mark)
        if found and found.known:
            return found
        unknown = unknown or found
    return unknown


def signature_at(line: str, at: int) -> Signature | None:
    """The signature that starts at `at`: marked, bare, behind a reporter's name, or an unknown name in capitals."""
    if (mark := _MARK.match(line, at)) and (found := _inside(mark)):
        return found
    if found := bare_at(line, at):
        return _with_reporter(line, found)
    if (person := _PERSON.match(line, at)) and (found := bare_at(line, person.end())):
        return Signature(at, found.end, found.agency, found.known, " ".join(person["name"].split()))
    if shouted := _SHOUTED.match(line, at):
        return Signature(at, shouted.end(), shouted[0].rstrip("."), False)
    return None


def bare_at(line: str, at: int) -> Signature | None:
    """A known agency that stands at `at` without brackets; a short name only where nothing can follow but the text."""
    match = BARE.match(line, at) or BARE_EAST.match(line, at)
    if not match and (match := SHORT.match(line, at)) and not _FOLLOWED.match(line, match.end()):
        match = None
    if not match:
        return None
    return Signature(at, match.end(), agency_name(match[0]), True)


def bare_east_at(line: str, at: int) -> Signature | None:
    """A known agency in Chinese, Japanese or Korean at `at`; the place follows it without a space."""
    match = BARE_EAST.match(line, at)
    return Signature(at, match.end(), agency_name(match[0]), True) if match else None


def _inside(mark: re.Match[str]) -> Signature | None:
    words = " ".join((mark[1] or mark[2]).split())
    prefix = _CORRESPONDENT.match(words)
    content = words[prefix.end() :] if prefix else words
    name, reporter = _agency_and_reporter(content)
    if name:
        return Signature(mark.start(), mark.end(), name, True, reporter, marked=True)
    if len(content) <= 32 and (_CAPITALS.match(content) or mark[2] is not None or _is_name(content)):
        return Signature(mark.start(), mark.end(), content, False, marked=True)
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
    if "/" in content and all(agency_name(part) or part.islower() for part in content.split("/")):
        return content, ""
    return "", ""


def _is_name(content: str) -> bool:
    """Could this be an agency we do not know? A few words, the first with a capital, and no country or city."""
    words = content.split()
    return (
        len(words) <= 3
        and content[0].isupper()
        and content.replace(" ", "").isalpha()
        and not (country_code(content) or city_country(content))
    )


def _with_reporter(line: str, found: Signature) -> Signature:
    after = _REPORTER_AFTER.match(line, found.end)
    if not after:
        return found
    return Signature(found.start, after.end(), found.agency, found.known, " ".join(after["name"].split()))
