"""What agencies do with NITF that the standard does not say, a row each. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from dragoman.formats._senders import Sender


class Dialect(Struct, frozen=True, kw_only=True):
    """`slug` names where the slugline stands, the best first: ``du-key``, ``keyword`` or the name of a ``meta``.
    `lead_is_summary`: a paragraph marked as the lead is the abstract, and stands nowhere else."""

    slug: tuple[str, ...] = ("anpa-keyword", "ntbstikkord", "du-key")
    lead_is_summary: bool = False


USUAL = Dialect()

DIALECTS: Mapping[str, Dialect] = {
    "EFE": Dialect(slug=("keyword",)),  # "HONDURAS GOVERNMENT"; its hl2 says the same
    "PA": Dialect(slug=("keyword",)),  # its du-key is a number, or the number of a wire
    "NTB": Dialect(lead_is_summary=True),
}
"""By the sender's name in `_senders.SENDERS`; who is not here does what is usual."""

METAS: Mapping[str, tuple[str, str]] = {
    "aap-source": ("info_sources", "source"),
    "aap-original-source": ("info_sources", "originalSource"),
    "ntbkilde": ("info_sources", "source"),
    "source": ("info_sources", "source"),
    "aap-place": ("places", ""),
    "ntbmeldingstype": ("genres", ""),
    "anpa-category": ("subjects", "anpa-category"),
    "category": ("subjects", "category"),
    "categoria": ("subjects", "categoria"),
    "ntbtjeneste": ("subjects", "service"),
    "keywords": ("subjects", ""),
    "anpa-sequence": ("alt_ids", "anpa-sequence"),
    "ntbid": ("alt_ids", "NTBID"),
    "dragoman-first-created": ("first_created", ""),
    "dragoman-version": ("version", ""),
    "dragoman-original": ("associations", "translationOf"),
    "dragoman-translation": ("associations", "translation"),
    "language": ("language", ""),
    "lang": ("language", ""),
    "dc.language": ("language", ""),
    "copyright": ("copyright_notice", ""),
    "dc.rights": ("copyright_notice", ""),
    "author": ("by", ""),
}
"""The name of a ``meta`` in small letters → the field it fills, and the role or scheme it has there."""

KNOWN_METAS = frozenset({
    "subject", "title", "description", "foldername", "anpa-format", "anpa-service", "anpa-takekey",
    "anpa-wordcount", "ntbmeldingssign", "ntbprioritet", "ntbbeskrivelse", "ntbdistribusjonskode", "ntbkanal",
    "generator", "date", "creationdate", "filename", "charset",
})  # fmt: skip
"""Those that say nothing of the copy, or what other elements say as well."""


def dialect_of(sender: Sender) -> Dialect:
    return DIALECTS.get(sender.name, USUAL)
