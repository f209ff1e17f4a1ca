"""Codes of controlled vocabularies as URIs: IPTC's aliases, and those a document defines itself. Nothing is fetched. Pure.

(NewsML-G2 2.35, catalog, scheme; IPTC catalog.IPTC-G2-Standards_41.) Our own codes are URIs below `OURS`: no receiver needs
a catalog of ours.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, unquote

OURS: Final = "https://dragoman.example/ns/g2/"
NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""What stands as versionCreated, which must be there, in a document of ours whose item names no time at all."""
_NEWSCODES = "http://cv.iptc.org/newscodes/"
_EXTERNAL = "http://cvx.iptc.org/"

_NAMED = {
    "altidrole": "altidrole", "aoprop": "aoproperty", "app": "application", "aspfacet": "asportfacet",
    "aspfacetvalue": "asportfacetvalue", "acdc": "audiocodec", "authoritystatus": "authoritystatus", "catinat": "catinature",
    "chprop": "characteristicsproperty", "cinat": "cinature", "colsp": "colorspace", "colin": "colourindicator",
    "ctech": "commtech", "cptdefrole": "conceptdefinitionrole", "cptnoterole": "conceptnoterole", "crel": "conceptrelation",
    "conf": "confidence", "ciprol": "contactinfopartrole", "cwarn": "contentwarning", "ctrol": "contributorrole",
    "cpnat": "cpnature", "cpprole": "contentprodpartyrole", "drol": "descriptionrole", "digsrctype": "digitalsourcetype",
    "dimensionunit": "dimensionunit", "ednoterole": "ednoterole", "erol": "edrole", "encd": "encoding",
    "entityprop": "entityproperty", "ecirol": "eventcontactinforole", "edconf": "eventdateconfirm",
    "eocstat": "eventoccurstatus", "eorol": "eventorganiserrole", "eprol": "eventparticipantrole", "eregrol": "eventregrole",
    "eventstatus": "eventstatus", "fisymtype": "financialinstrumentsymboltype", "frmt": "format", "gen": "generic",
    "genre": "genre", "hashscope": "hashscope", "hashtype": "hashtype", "hopaction": "hopaction",
    "hatarget": "hopactiontarget", "howextr": "howextracted", "howpr": "howpresent", "imgregrole": "imageregionrole",
    "imgregtype": "imageregiontype", "impt": "importance", "isrol": "infosourcerole", "irel": "itemrelation",
    "irep": "itemrepresentation", "lbtyp": "labeltype", "lrol": "languagerole", "loutorient": "layoutorientation",
    "loctyp": "location", "medtop": "mediatopic", "mtyp": "mediatype", "medtype": "mediatype1", "nprt": "namepart",
    "nrol": "namerole", "ncostat": "newscoveragestatus", "nityp": "newsitemtype", "nmsig": "newsmsgsignal",
    "nprod": "newsproduct", "nprov": "newsprovider", "ninat": "ninature", "not": "notation", "oito": "ofinterestto",
    "pgrmod": "pkggroupmode", "plinat": "plinature", "prio": "priority", "prodgenre": "productgenre", "prop": "property",
    "prov": "provider", "stat": "pubstatusg2", "rtype": "ratertype", "rcalctype": "rcalctype", "rel": "relevance",
    "rnd": "rendition", "riaspect": "riaspect", "rightsprop": "rightsproperty", "riscope": "riscope", "role1": "role1",
    "rscaleunit": "rscaleunit", "scn": "scene", "sev": "severity", "sig": "signal", "pst1": "status1", "subj": "subjectcode",
    "squ": "subjectqualifier", "timeunit": "timeunit", "tone": "tone", "tpctyp": "topictype",
    "trustindicator": "trustindicator", "urgy": "urgency", "useracttype": "useractiontype", "valfmt": "valueformat",
    "vcdc": "videocodec", "videodef": "videodefinition", "ivqu": "videoqualifier", "sov": "videoscaling",
    "why": "whypresent", "wldreg": "worldregion",
}  # fmt: skip
"""IPTC's alias → its vocabulary below cv.iptc.org/newscodes."""
_OUTSIDE = {
    "a1312cat": "anpa1312-category", "a1312prio": "anpa1312-priority", "a1312svc": "anpa1312-servicelevel",
    "a1312vers": "anpa1312-version", "bcp47": "bcp47", "cusip": "cusip", "figi": "figi", "gics": "gics", "isin": "isin",
    "mic": "iso10383-mic", "iso3166-1a2": "iso3166-1a2", "iso3166-1a3": "iso3166-1a3", "iso3166-2": "iso3166-2",
    "iso4217a": "iso4217a", "iso4217n": "iso4217n", "parasport": "parasport", "secst": "secst", "sedol": "sedol",
    "ticker": "ticker", "tidm": "tidm",
}  # fmt: skip
ALIASES: Final[Mapping[str, str]] = {
    **{alias: f"{_NEWSCODES}{name}/" for alias, name in _NAMED.items()},
    **{alias: f"{_EXTERNAL}{name}/" for alias, name in _OUTSIDE.items()},
    "dbpedia": "http://dbpedia.org/resource/",
    "geonames": "http://sws.geonames.org/",
    "geonameshttps": "https://sws.geonames.org/",
    "plus": "http://ns.useplus.org/ldf/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wikidata": "http://www.wikidata.org/entity/",
}
"""The aliases of IPTC's catalog → the scheme's URI, in front of the code."""
_WRITTEN = {
    ALIASES[alias]: alias
    for alias in ("medtop", "subj", "genre", "wikidata", "iso3166-1a2", "iso3166-1a3", "eocstat", "ncostat", "wldreg")
}
"""The schemes our own documents write as qcodes: they name IPTC's catalog, which has them."""


class Codes:
    """Resolves the qcodes of one item: `own` are the schemes of its catalogs, by alias."""

    __slots__ = ("own",)

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = own

    def uri(self, qcode: str) -> str:
        """The URI of the concept; empty where the alias is in no catalog at hand."""
        alias, sign, code = qcode.partition(":")
        base = self.own.get(alias) or ALIASES.get(alias)
        if base and code:
            return base + code
        return qcode if sign and alias in _SCHEMES else ""


_SCHEMES = frozenset({"urn", "http", "https", "tag"})  # whole URIs that stand where a qcode should


def written(uri: str) -> tuple[str, str]:
    """The attribute and its value that name the concept: a qcode of IPTC's catalog, else the URI."""
    cut = max(uri.rfind("/"), uri.rfind("#")) + 1
    alias, code = _WRITTEN.get(uri[:cut]), uri[cut:]
    return ("qcode", f"{alias}:{code}") if alias and code and not any(map(str.isspace, code)) else ("uri", uri)


def ours(kind: str, word: str) -> str:
    """`word` as a code of ours (a role, a relation)."""
    return f"{OURS}{kind}/{quote(word, safe='')}"


def last_part(code: str) -> str:
    """What a code says without its scheme: ``drol:caption`` → ``caption``; our own as they were written."""
    if code.startswith(OURS):
        return unquote(code[len(OURS) :].partition("/")[2])
    return code.rstrip("/").rpartition("/" if "://" in code else ":")[2]
