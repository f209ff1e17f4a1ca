"""Plain agency text, in and out: wire files, and copy as it comes off a web page. Pure.

In, a header (a date to the day, month or year; `Key: value` lines) is told from the copy, left-over template expressions
and page furniture are removed and reported, and the rest is taken apart: headline, summary, dateline, sub-headings.
Out, the same header lines, then the copy; what is written can be read again.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time

from msgspec.structs import replace

from dragoman.formats._carried import credit, ed_note, is_gone, mark
from dragoman.formats._charset import decode_text
from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._plain import written
from dragoman.formats._shape import EncodeContext, Encoded, Format, suits, unit
from dragoman.formats._times import read_time, zone_of
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import AltId, Block, Concept, Correction, Description, Headline, Item, Profile, Removed
from dragoman.read.body import html_blocks
from dragoman.read.calendar import PartialDate
from dragoman.read.furniture import furniture
from dragoman.read.header import Header, read_header, stamp
from dragoman.read.leftovers import remove_leftovers
from dragoman.read.reading import Taken, read_item
from dragoman.read.structure import Copy, take_apart
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.markup import html_of_blocks
from dragoman.text.paragraphs import paragraphs
