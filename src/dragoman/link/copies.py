"""The same copy by another road: a fingerprint of its words, and what its sender asks of those who use it. Pure.

    words     headline and body folded, in order; a headline that was derived, or that opens the body as well, counts once
    left out  dateline, page furniture and the wire's marks at either end, typography, layout, everything about the road
    kept      every word and figure, decimal signs, minus, percent and currency

Two texts have one fingerprint only if all of their words are the same. Fewer than `SHORTEST` words say too little: two agencies
write the same flash line of the same event, and a flash sent twice is a nuisance where one swallowed is a loss. Of a table
(more than `FIGURES` of it numbers) only the same origin's is the same copy: two agencies have the same figures from the same office.

Limits: a copy that was shortened, split or given another headline on its road has another fingerprint; `sketch` finds those.
"""

import hashlib
import re

from dragoman.model.item import Item
from dragoman.read.body import html_blocks
from dragoman.read.furniture import furniture
from dragoman.text.fold import fold
from dragoman.text.sentences import first_sentence

SHORTEST, SHORTEST_OF_SIGNS = 20, 40
"""Words (Chinese: signs) that a text must have to be known again."""
FIGURES = 0.3
"""The share of a text's words that are numbers from which on it is a table."""
_TELLING = 15
"""Characters of a headline or a sentence that may be looked for: shorter ones stand over many items."""
_LONGEST = 100_000
_EDGE_LINE, _EDGE = 110, 40  # characters: furniture and marks are short
_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+")
_LAID_ON = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u05b0-\u05c7\u0640\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u200c\u200d"
)
"""Signs laid on letters: inside a word they part nothing."""
_NO_WORD = re.compile(rf"(?:[^\w\s%$€£¥₼₽{_LAID_ON}]|_)+")
_ASCII = bytes(ord(chr(one).lower()) if chr(one).isalnum() or chr(one) in "%$" else 32 for one in range(128)) + bytes(
    128
)
"""The same for ASCII alone, small letters made of capitals: most copy in English, at a fifth of the cost."""
_FIGURE = re.compile(r"\d\d*(?:[.,]\d+)*")
_MINUS = frozenset("-−–")
_REMEMBERED = 12_000
_ENDS = "end|ends|endit|end item|fin|ende|конец|son|النهاية|انتهى|完|终"
_SIGNED = r"[/(\[（【]{1,2}[^\W\d_][\w .&-]{0,30}(?:/[\w .-]{1,12}){0,2}[/)\]）】]{1,2}\.?"
_MARKS: tuple[tuple[str, str], ...] = (
    ("end", rf"(?:{_ENDS})[.:]?|\((?:{_ENDS})\)[\w ./:-]{{0,24}}"),
    ("end", r"[-=*#]+\s*(?:0|30)\s*[-=*#]+|[-=*#_]+|\(?(?:more|mf|à suivre|forts\.?|sigue)\)?[\s.=-]*"),
    ("signature", _SIGNED),
    ("initials", r"[a-zа-я]{2,4}(?:/[a-zа-я]{2,4}){1,3}"),
)
_OPENING_MARKS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:nr|no|№)\s?\.?\s?\d{1,5}|[a-z]{1,3}\d{3,5}"),
    ("stamp", r"\d{6}\s(?:gmt\s)?[a-z]{3}\s\d\d(?:\d\d)?|\d{4}\s?(?:gmt|z)"),
    ("signature", _SIGNED),
)
_MARK, _OPENING_MARK = (
    re.compile("|".join(f"(?:{pattern})" for _, pattern in table), re.IGNORECASE) for table in (_MARKS, _OPENING_MARKS)
)
_CLOSING = re.compile(r"\s*(?:[/(（【]{1,2}[A-ZА-ЯƏĞİŞÖÜÇ][\w.&-]{1,20}[/)）】]{1,2}|-0-|###|\(END\))\s*\Z")


def fingerprint(item: Item, origin: str = "") -> bytes:
    """16 bytes by which the words of `item` are known again; empty where there are too few, or it is no text.

    `origin` wrote it, as far as we know: it counts where the text is a table.
    """
    if item.type != "text":
        return b""  # one caption serves many pictures
    lines = _copy_lines(item)
    if not lines:
        return b""
    body = "\n".join(lines)
    said = _words(body)
    headline = "" if item.ours.headline_derived else _words(item.headline)
    if headline and not f"{said} ".startswith(f"{headline} "):
        said, body = f"{headline} {said}", f"{item.headline}\n{body}"
    count = said.count(" ") + 1
    shortest = SHORTEST
    if _is_chinese(said):  # white space parts nothing there
        said, shortest = said.replace(" ", ""), SHORTEST_OF_SIGNS
        count = len(said)
    if count < shortest:
        return b""
    figures = _figures(body)
    scope = origin if len(figures) > FIGURES * count else ""
    return hashlib.blake2b(_bytes(f"{said}\n{' '.join(figures)}\n{scope}"), digest_size=16).digest()


def copy_text(item: Item) -> str:
    """The text that counts: without dateline, marks and furniture, a line a block."""
    return "\n".join(_copy_lines(item))


def terms(item: Item) -> bytes:
    """8 bytes over what the item asks of those who use it: restrictions, the note to editors. Empty where it asks nothing."""
    if not (item.usage_terms or item.ed_note):
        return b""
    said = "\x1f".join(" ".join(fold(words).split()) for words in (item.usage_terms, item.ed_note))
    return hashlib.blake2b(_bytes(said), digest_size=8).digest() if len(said) > 1 else b""


def sketch(item: Item) -> list[int]:
    """The few hashes by which near-copies of `item` are looked for, each of 8 bytes with a sign: of its headline, of its first
    sentence, of its last line. Two versions of one item have one of them in common, as a rule."""
    lines = _copy_lines(item)
    said = [item.headline] if not item.ours.headline_derived else []
    if lines:
        said += [first_sentence(lines[0]), lines[-1]]
    return sorted({_hash(words) for words in map(_words, said) if len(words) >= _TELLING})


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(_bytes(words), digest_size=8).digest(), "big", signed=True)


class _Folded(dict[str, str]):
    """Words as they are compared, made when first met; all are forgotten when they are too many."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        folded = self[word] = fold(word)
        return folded


_folded = _Folded()


def _words(text: str) -> str:
    """The words of `text` folded, a space between two."""
    text = text[:_LONGEST]
    if text.isascii():
        return b" ".join(text.encode().translate(_ASCII).split()).decode()
    return " ".join(map(_folded.__getitem__, _NO_WORD.sub(" ", text).split()))


def _is_chinese(said: str) -> bool:
    return not said.isascii() and 3 * (len(said) - len(_HAN.sub("", said))) > len(said)


def _figures(text: str) -> list[str]:
    """The numbers with what a word loses of them: the decimal sign, the minus."""
    found = []
    for one in _FIGURE.finditer(text):
        at = one.start()
        below = at > 0 and text[at - 1] in _MINUS and (at == 1 or not text[at - 2].isalnum())
        found.append(f"-{one[0]}" if below else one[0])
    return found if text.isascii() else [fold(one) for one in found]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _copy_lines(item: Item) -> list[str]:
    """The text without its dateline (the blocks have none), and without what the road put before and behind it."""
    lines = [block.text for block in item.ours.blocks if block.kind != "summary"]
    if not lines:
        lines = [one.text for body in item.bodies[:1] for one in html_blocks(body.value)[0]]
    while lines and _is_mark(lines[-1], _MARK):
        lines.pop()
    while lines and _is_mark(lines[0], _OPENING_MARK):
        lines.pop(0)
    if lines:
        lines[-1] = lines[-1][:-_EDGE] + _CLOSING.sub("", lines[-1][-_EDGE:])
    return lines


def _is_mark(line: str, mark: re.Pattern[str]) -> bool:
    line = line.strip()
    return len(line) <= _EDGE_LINE and (not line or mark.fullmatch(line) is not None or bool(furniture(line)))
