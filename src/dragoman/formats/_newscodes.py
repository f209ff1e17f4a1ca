"""IPTC's older codes as concepts: subject codes of eight digits, countries of two or three letters. Pure."""

import re

from dragoman.model.item import Concept

SUBJECT_CODES = "http://cv.iptc.org/newscodes/subjectcode/"
_COUNTRIES = {2: "http://cvx.iptc.org/iso3166-1a2/", 3: "http://cvx.iptc.org/iso3166-1a3/"}
_CODE = re.compile(r"\d{8}\Z")
_LETTERS = re.compile(r"[A-Z]{2,3}\Z")


def subject(code: str, name: str = "", scheme: str = "") -> Concept:
    """The subject called `code`: IPTC's own by its uri, another's as ``scheme:code``."""
    if _CODE.match(code) and scheme.upper() in ("", "IPTC", "IPTCSUBJECTCODES"):
        return Concept(name=name, uri=SUBJECT_CODES + code)
    return Concept(name=name, literal=f"{scheme}:{code}" if scheme and code else code)


def subject_code(uri: str) -> str:
    """The eight digits of IPTC's subject code `uri`, or empty."""
    code = uri.removeprefix(SUBJECT_CODES)
    return code if code != uri and _CODE.match(code) else ""


def country(code: str, name: str = "") -> Concept:
    """The country with the ISO 3166-1 code `code` (two or three letters), named by the code where nothing else is said."""
    code = code.strip()
    if _LETTERS.match(code):
        return Concept(name=name or code, uri=_COUNTRIES[len(code)] + code)
    return Concept(name=name or code)
