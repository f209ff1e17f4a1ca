"""Datelines: found at the head of a text, completed with what the item knows, written in our languages. Pure.

find_dateline      place, date, agency and reporter as printed, and where the body begins
find_sign_off      who signed behind the text, and when
complete_dateline  the year, and the date

tokens → grammar   the head of the text cut into tokens, matched against a table of shapes
placename, signature   what may stand in them
"""

from dragoman.read.dateline.completion import complete_dateline
from dragoman.read.dateline.grammar import FoundDateline, find_dateline
from dragoman.read.dateline.signoff import find_sign_off

__all__ = [
    "FoundDateline",
    "complete_dateline",
    "find_dateline",
    "find_sign_off",
]
