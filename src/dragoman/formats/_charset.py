"""Bytes as text: byte order mark, then what is declared, then strict UTF-8, then the feed's hint, then a guess. Pure.

What was decided is noted whenever it was not plain UTF-8; text that looks doubly encoded is noted and never "mended".
"""

import codecs
import re

from msgspec import Struct

from dragoman.model.errors import Undecodable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALIASES = {
    "iso-8859-1": "cp1252",  # what is labelled so is written in Windows-1252 (WHATWG Encoding, §4.2)
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
    "iso-8859-8-i": "iso-8859-8",
    "windows-31j": "cp932",
    "unicode": "utf-16",
}
_WIDER = {"euc_kr": "cp949"}
"""What Windows writes under the name of the narrower one."""
_REFUSED = frozenset(
    {"utf-7", "utf7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "hz"}
)
"""Codecs that hide markup, or are none for documents."""
_MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf‚-™ ]|â€[™œ\u009d\"¦“”]|Ð[\u0080-\u00bf°-¿]Ð|Ñ[\u0080-\u00bf‚-™]Ð|Ø[§-¿]Ù|[ÐÑ][\u00a0-\u00bf][ÐÑ][\u0080-\u00bf]|\ufffd"
)
_MOJIBAKE_LEADS = "ÃâÐÑØ\ufffd"
"""What each of its alternatives begins with: most text has none of them, and is not looked through sign by sign."""
_LATIN_RUNS = re.compile(r"[À-ÿ][À-ÿ]{3,40} [À-ÿ]{4,40} ")
_FOUR_LATIN = re.compile(rb"\xc3[\x80-\xbf]\xc3[\x80-\xbf]\xc3[\x80-\xbf]\xc3")
"""Four such letters in UTF-8: a search for the first byte passes over the rest of a text at once."""
_ENOUGH = 20_000  # bytes to guess from


class Decoded(Struct, frozen=True):
    """`charset` is what was used; `notes` say how it was found out, where it was not plain UTF-8."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def decode_text(data: bytes, *, declared: str = "", hint: str = "", mark: bool = True) -> Decoded:
    """`data` as text. `declared` is the document's own word, `hint` the feed's.

    What is declared is believed, but for one lie: a single-byte charset over bytes that are UTF-8 throughout.

    Raises:
        Undecodable: no encoding fits, or there are NUL bytes as no text has them.
    """
    for bom, charset in _BOMS if mark else ():
        if data.startswith(bom) and (text := _try(data[len(bom) :], charset)) is not None:
            return _decoded(text, charset, "byte order mark" if charset != "utf-8" else "")
    known = _known(declared)
    if known and known != "utf-8" and (text := _try(data, known)) is not None and _plausible(text):
        if _is_utf8(data) and len(text) == len(data):
            # One byte a letter is declared, and every run of them is a UTF-8 letter: no text is so by chance.
            return _decoded(data.decode("utf-8"), "utf-8", f"declared {declared}, but UTF-8 throughout")
        return _decoded(text, known, f"declared {declared}", suspect=_is_utf8(data))
    if charset := _by_shape(data):
        return _decoded(data.decode(charset), charset, "guessed from its shape")
    if (text := _try(data, "utf-8")) is not None:
        return _decoded(text, "utf-8")
    hinted = _known(hint)
    if hinted and (text := _try(data, hinted)) is not None:
        return _decoded(text, hinted, f"the feed's hint {hint}")
    return _guessed(data)


def wide_charset(data: bytes) -> str:
    """UTF-16 without a mark, told by what it makes of spaces, digits and stops; empty where it is none."""
    sample = data[: _ENOUGH & ~1]
    if b"\x00" not in sample or len(data) % 2 or data.count(b"\x00\x00") > 2:
        return ""
    found = {charset: text for charset in ("utf-16-le", "utf-16-be") if (text := _try(sample, charset)) is not None}
    plain = {charset: sum(" " <= sign <= "~" or sign == "\n" for sign in text) for charset, text in found.items()}
    best = max(plain, key=lambda charset: plain[charset], default="")
    if not best or not plain[best] or sum(sign < " " and sign not in "\t\n\r" for sign in found[best]):
        return ""
    return best if len(set(map(_row, found[best]))) * 2 < len(found[best]) + 8 else ""


def _row(sign: str) -> int:
    """The row of the code chart `sign` stands in; Chinese is one: right text keeps to few, noise does not."""
    return 0x4E if "\u4e00" <= sign <= "\u9fff" else ord(sign) >> 8


def _by_shape(data: bytes) -> str:
    """An encoding that its own signs give away: UTF-16 without a mark, ISO-2022-JP, HZ."""
    if charset := wide_charset(data):
        return charset
    if b"\x1b" in data and b"\x1b$" in data and _try(data, "iso2022_jp_2") is not None:
        return "iso2022_jp_2"
    return (
        "hz"
        if b"~" in data and b"~{" in data and b"~}" in data and data.isascii() and _try(data, "hz") is not None
        else ""
    )


def _guessed(data: bytes) -> Decoded:
    import chardet  # slow to import, and seldom needed

    found = chardet.detect(data[:_ENOUGH])
    charset = str(found["encoding"] or "")
    known = _known(charset)
    text = _try(data, known) if known else None
    if text is None or not _plausible(text):
        raise Undecodable(
            "The bytes are no text in any known encoding", hint="Name the feed's charset, then decode again."
        )
    confidence = float(found["confidence"] or 0.0)
    return _decoded(text, known, f"guessed, confidence {confidence:.2f}", suspect=confidence < 0.5)


def _decoded(text: str, charset: str, how: str = "", *, suspect: bool = False) -> Decoded:
    notes: tuple[str, ...] = (f"encoding {charset}: {how}",) if how else ()
    if suspect or (not text.isascii() and _is_suspect(text[:_ENOUGH])):
        notes += ("encoding.suspect: the text may have been decoded wrongly before it came",)
    return Decoded(text, charset, notes)


def _is_suspect(text: str) -> bool:
    """Does `text` look as if it had been decoded wrongly before it came?"""
    if any(lead in text for lead in _MOJIBAKE_LEADS) and _MOJIBAKE.search(text):
        return True
    return bool(_FOUR_LATIN.search(text.encode("utf-8", "surrogatepass")) and _LATIN_RUNS.search(text))


def _known(charset: str) -> str:
    name = charset.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if not name or name in _REFUSED:
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return info.name if info._is_text_encoding and info.name not in _REFUSED else ""


def _try(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        wider = _WIDER.get(charset)
        return _try(data, wider) if wider else None


def _is_utf8(data: bytes) -> bool:
    return not data.isascii() and _try(data, "utf-8") is not None


def _plausible(text: str) -> bool:
    """No text has a NUL in it; a declared UTF-16 that is none shows in unassigned signs."""
    return "\x00" not in text[:_ENOUGH]
