r"""The grammar of the query language, and its limits.

    query   = [ either ] ;                              (* nothing at all, like *, means everything *)
    either  = both , { "OR" , both } ;
    both    = single , { [ "AND" ] , single } ;         (* side by side means both *)
    single  = ( "-" | "NOT" ) , single | "(" , either , ")" | field | phrase | "*" | word ;
    field   = name , ":" , [ "<" | "<=" | ">" | ">=" | "=" ] , value , { "," , value } ;
    value   = phrase | { any character but space , ( ) " } ;
    phrase  = '"' , { any character but the closing quote } , '"' ;      (* also “ ” „ “ « » *)
    word    = { any character but space ( ) " } , [ "*" ] ;
    name    = ASCII letters ;

`OR`, `AND` and `NOT` are words of the grammar only in capitals; in quotes they are words like any other. `-` negates
only where a part begins: `Baku-Tbilisi` is one word.

| part | true when |
|---|---|
| `word` | the folded word stands in headline, text, slugline or byline, as a whole word |
| `word*` | a word there begins so |
| `"exact phrase"` | the folded words stand there, in this order, side by side |
| `language:ru` | the language is Russian, whatever the region; `zh-Hant` asks for that script |
| `agency:ADR` `origin:ADR` | who handed it over; who wrote it |
| `place:Baku` | a place of the item, or of its dateline, has these words in its name; or is this uri or literal |
| `country:AZ` | the dateline, or a place that is a country, says so |
| `kind:text` | text, picture, graphic, audio, video, composite, event, planning, component, package |
| `subject:sport` | a subject has these words in its name; or is this uri or literal |
| `project:LANTERN:harbour-forum` | what has been put into this joint project |
| `before:2026-05-01` | the version is of an earlier moment than the beginning of that day |
| `after:2026-05-01` | the version is of that beginning or later; `after:24h` = of the last 24 hours (m h d w) |
| `urgency:<3` `urgency:1,2` | the urgency is given, and so |
| `has:picture` | picture, embargo, correction, dateline, byline |
| `state:usable` | usable, held, killed (expunged included), embargoed (at this moment) |
| `headline:…` `slug:…` `byline:…` | these words stand there side by side |

A list `language:ru,az` means any of them. Words without spaces between them (Chinese, Japanese, Thai …) are found
wherever their characters stand side by side. Days and times without a zone are UTC; a month or a year begins with its
first day. The moment of a version is its `versionCreated`, or when we received it.

Every query is bounded, so that no query can cost more than a glance (`MAX_…` below).
"""

import re
from typing import Final

MAX_CHARACTERS: Final = 2_000
MAX_TERMS: Final = 200
"""Words, phrases and values together."""
MAX_DEPTH: Final = 20
"""Parentheses and negations inside each other."""

QUOTES: Final = {'"': '"', "“": "”", "„": "“", "«": "»", "»": "«"}
"""Opening quote to closing quote: what editors' keyboards put in for a straight one."""

FIELD_NAME: Final = re.compile(r"([A-Za-z_]+):")
"""Only Latin letters make a field: `12:30` and `Баку:` are words."""
OPERATOR: Final = re.compile(r"<=|>=|<|>|=")
WORD: Final = re.compile(r'[^\s()"“”„«»]+')
VALUE: Final = re.compile(r'[^\s(),"“”„«»]+')
