"""Everything decoding may need later, loaded now: before the fork, and before a worker loses the right to read our files.

Python imports encodings, zones and parsers when they are first used. In a worker that runs as nobody, under a folder
only root may enter, first use would come too late: the text would be called undecodable, the zone unknown.
"""

import codecs
import io
import os
import pkgutil
import zoneinfo
from functools import lru_cache
from importlib import import_module

from dragoman.formats._times import zone_of
from dragoman.model.arrival import Hints
from dragoman.text.language import identify

_SKIPPED = frozenset({"aliases", "mbcs", "oem", "idna", "punycode", "undefined", "rot_13"})
_PAGE = (
    "<html><body><article><h1>T</h1><p>"
    + "Nothing of this text matters, and nobody reads it. " * 9
    + "</p></article></body></html>"
)
_BROKEN = b"<rss version='2.0'><channel><title>t</title><item><title>a & b</title></item></rss>"


@lru_cache(maxsize=1)
def prepare() -> None:
    """Load the encodings, the zones and the parsers that are otherwise loaded when first needed. Does it once."""
    import encodings

    import chardet
    import feedparser
    import icalendar
    import trafilatura
    from PIL import Image

    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in _SKIPPED:
            try:
                codecs.lookup(module.name)
            except (LookupError, ImportError):
                continue  # not on this system
    on_system = any(os.path.isdir(folder) for folder in zoneinfo.TZPATH)  # else they lie among our own packages
    for name in ("Asia/Baku", "Europe/Paris") if on_system else zoneinfo.available_timezones():
        zone_of(name)
    chardet.detect("Bakı şəhəri, 19 fevral, Москва, 23 мая".encode("utf-16-be") + b"\xff")
    chardet.detect("Президент прибыл с визитом".encode("cp1251"))
    feedparser.parse(io.BytesIO(_BROKEN), sanitize_html=False, resolve_relative_uris=False)
    icalendar.Component.from_ical(
        "BEGIN:VEVENT\r\nDTSTART;TZID=Arabian Standard Time:20260101T000000\r\nEND:VEVENT\r\n"
    )
    trafilatura.bare_extraction(_PAGE, fast=True, with_metadata=False)
    Image.preinit()
    for plugin in ("Mpo", "Tiff", "WebP"):  # which preinit leaves for later
        import_module(f"PIL.{plugin}ImagePlugin")
    identify("Nothing of this text matters.", Hints().language)
