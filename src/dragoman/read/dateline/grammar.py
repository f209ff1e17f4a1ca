"""A dateline at the head of a text: place, date, agency and reporter, in whatever order the agency prints them. Pure.

One grammar for all: the head of the text is cut into tokens (`tokens`), and the row of their codes is matched against a
table of shapes (`shapes`), the surest first. What stands where a place should must be one, the more surely the less else
there is that only datelines have (a signature, a dash, a line of its own): a sentence that merely begins with a city or a
date is no dateline.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from dragoman.model.item import Dateline
from dragoman.read.agencies import BARE_EAST
from dragoman.read.calendar import FoundDate, plain_digits
from dragoman.read.dateline.placename import PlaceName, city_at_end, place_name
from dragoman.read.dateline.shapes import DEMANDS, SHAPES, Shape
from dragoman.read.dateline.signature import Signature, own_line_name, person_name, shouted_name
from dragoman.read.dateline.signoff import closing_signature
from dragoman.read.dateline.tokens import Token, tokens_of

_HEAD = 240  # characters: no dateline is longer, labels and bylines before it included
_MOST_LINES = 4  # labels, notes to editors and a byline may each have a line of their own before it
_LABELS = (
    "VIDEO|PHOTO|FOTO|ФОТО|ВИДЕО|UPDATE|UPDATED|AKTUALISIERT|LEAD|URGENT|URGENTE|EXCLUSIVE|CORRECTED|СРОЧНО|TƏCİLİ|"
    "عاجل|快讯"
)
_LEAD_IN = re.compile(
    r"[\s•●▪■◆►▶*·>]*(?:[(\[](?!\w{2,24}[)\]])[^()\[\]=\n]{2,60}[)\]]\s+(?=[^\W\d_]))?"
    rf"(?:(?:{_LABELS})\s*[:：/–—-]\s*)?(?:[（(]?据?(?=(?:{BARE_EAST.pattern})))?"
)
_LABEL_LINE = re.compile(
    rf"\s*(?:[(\[][^()\[\]\n]{{2,80}}[)\]][^\n.!?]{{0,100}}|(?:{_LABELS})[^\n]{{0,40}}"
    r"|(?:By|Por|Par|Von|Di)\s[^\n.!?]{4,60})\s*\Z"
)


class FoundDateline(Struct, frozen=True):
    """`dateline` as printed; the text before `start` is not part of it, the body begins at `body`."""

    dateline: Dateline
    start: int
    body: int


class _Parts(Struct, frozen=True, gc=False):
    start: int
    end: int
    place: PlaceName | None
    date: FoundDate | None
    sign: Signature | None
    reporter: str


def find_dateline(text: str) -> FoundDateline | None:
    """The dateline `text` begins with, its year only where printed; None where there is none."""
    at = 0
    for _ in range(_MOST_LINES):
        head = plain_digits(text[at : at + _HEAD])
        lead_in = _LEAD_IN.match(head)
        start = lead_in.end() if lead_in else 0
        tokens = tokens_of(head, start, whole=at + _HEAD >= len(text))
        if tokens and (parts := _alone(head, tokens) or _cut_in(head, tokens)):
            return _found(text, head, parts, at)
        line, newline, _ = head.partition("\n")
        if not newline or not (_LABEL_LINE.match(line) or not line.strip()):
            return None
        at += len(line) + 1
    return None


def _alone(head: str, tokens: list[Token]) -> _Parts | None:
    """The dateline that begins with the first token."""
    codes = "".join(token.code for token in tokens)
    for shape in SHAPES:
        match = shape.codes.match(codes)
        if match and (parts := _parts(head, tokens, shape, match)):
            return parts
    return None


def _cut_in(head: str, tokens: list[Token]) -> _Parts | None:
    """The dateline that begins behind something else on the same line, with a city we know."""
    codes = "".join(token.code for token in tokens).partition("$")[0]
    for at, code in enumerate(codes):
        for shape in _CUT_IN if code == "w" else ():
            match = shape.codes.match(codes, at)
            if match and (parts := _parts(head, tokens, shape, match, behind=True)):
                return parts
    return None


_CUT_IN = tuple(shape for shape in SHAPES if shape.cuts_in)


def _parts(
    head: str, tokens: list[Token], shape: Shape, match: re.Match[str], *, behind: bool = False
) -> _Parts | None:
    """What `match` takes together, where the place is one and whoever signs may sign."""
    spans = {name: span for name in match.groupdict() if (span := match.span(name)) != (-1, -1)}
    first, place, sign = tokens[match.start()].start, None, _signature(tokens, spans)
    if "place" in spans:
        begin, end = (tokens[spans["place"][0]].start, tokens[spans["place"][1] - 1].end)
        words = head[begin:end]
        if "e" in match[0] and not sign:
            words, sign = _east_sign(words)
        place = city_at_end(words) if behind else place_name(words)
        if place is None or not (behind or DEMANDS[shape.place](place)):
            return None
        first += place.offset if begin == first else 0
    if "name" in spans and sign is None:
        return None
    reporter, last = _reporters(tokens, spans, match.end())
    if reporter is None:
        return None
    date = tokens[spans["date"][0]].value if "date" in spans else None
    return _Parts(first, tokens[last - 1].end, place, date if isinstance(date, FoundDate) else None, sign, reporter)


def _east_sign(words: str) -> tuple[str, Signature | None]:
    """The place, and the agency or paper that may stand before it without a space: `泉谷社巴库`, `本报北京`."""
    if words.startswith("本报"):
        return words[2:], None
    for at in range(2, len(words) - 1):
        if words[at - 1] in "社网報报台" and (place := place_name(words[at:])) and place.city:
            return words[at:], Signature(words[:at], known=False)
    return words, None


def _signature(tokens: list[Token], spans: Mapping[str, tuple[int, int]]) -> Signature | None:
    if "sign" in spans:
        value = tokens[spans["sign"][0]].value
        return value if isinstance(value, Signature) else None
    if "name" in spans:
        words = str(tokens[spans["name"][0]].value)
        return own_line_name(words) if tokens[spans["name"][1]].code == "$" else shouted_name(words)
    return None


def _reporters(tokens: list[Token], spans: Mapping[str, tuple[int, int]], last: int) -> tuple[str | None, int]:
    """The reporter in the line, and the token behind the last of the line; None where what stands in a reporter's place
    is no name. Behind the agency, up to a full stop, a dash or the line's end, there may be one or several: `РИА
    Новости, Иван Образцов.`, `КАЗИНФОРМ /Иван Образцов/ -`."""
    if "reporter" in spans:
        value = tokens[spans["reporter"][0]].value
        return (value.reporter if isinstance(value, Signature) else person_name(str(value)) or None), last
    behind = _BEHIND.match("".join(token.code for token in tokens[last : last + 8])) if "sign" in spans else None
    if not behind:
        return "", last
    told = [token.value for token in tokens[last : last + behind.end()] if token.code in "wU"]
    names = [person_name(one.agency if isinstance(one, Signature) else str(one)) for one in told]
    return (", ".join(names), last + behind.end()) if all(names) else ("", last)


_BEHIND = re.compile(r"(?:U|(?:,w){1,3})(?=[-.:$])")
_LEFT_OVER = re.compile(r"\s?[/)）](?=\s|[^\W\d_]|$)")
_DASH = re.compile(r"\s*[.。]?\s*(?:--?|[–—―_=:：]){1,2}[–—-]?\s*")
_STOP = re.compile(r"\s*[.。]\s*")


def _found(text: str, head: str, parts: _Parts, offset: int) -> FoundDateline:
    at = parts.end
    if left := _LEFT_OVER.match(head, at):
        at = left.end()
    end = len(head[:at].rstrip())
    body = at
    if dash := _DASH.match(head, at):
        body = dash.end()
    elif stop := _STOP.match(head, at):
        end = at + len(stop[0].rstrip())
        body = stop.end()
    date, sign, place = parts.date, parts.sign, parts.place
    body += offset
    return FoundDateline(
        Dateline(
            text=text[offset + parts.start : offset + end].strip(),
            place=place.printed if place else "",
            country=place.country if place else "",
            day=date.day if date else None,
            month=(date.month or None) if date else None,
            year=date.year if date else None,
            agency=sign.agency if sign else closing_signature(text),
            reporter=parts.reporter or (sign.reporter if sign else ""),
        ),
        offset + parts.start,
        body + len(text[body:]) - len(text[body:].lstrip()) if body < len(text) else len(text),
    )
