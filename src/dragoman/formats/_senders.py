"""Who sends, by the names agencies give themselves in NITF and NewsML 1.x, and the zone of times they send without one. Pure."""

import re
from functools import lru_cache

from msgspec import Struct


class Sender(Struct, frozen=True):
    """An agency as its documents name it: `names` is a pattern for provider ids, holders and distributors in small letters."""

    name: str
    names: str
    zone: str = ""


SENDERS: tuple[Sender, ...] = (
    Sender("NTB", r"\bntb\b|\bntb\.no|nordicir", "Europe/Oslo"),
    Sender("Ritzau", r"ritzau", "Europe/Copenhagen"),
    Sender("TT", r"\btt\.se\b|tidningarnas telegram", "Europe/Stockholm"),
    Sender("STT", r"\bstt\b", "Europe/Helsinki"),
    Sender("AFP", r"\bafp\b|agence france", "UTC"),
    Sender("EFE", r"\befe\b|efeservicios", "Europe/Madrid"),
    Sender("TASS", r"\btass\b|itar-tass", "UTC"),  # its naive times are UTC, whatever its datelines say
    Sender("Belga", r"\bbelga\b", "Europe/Brussels"),
    Sender("ANP", r"\banp\b|nederlands persbureau", "Europe/Amsterdam"),
    Sender("ATS", r"sda-ats|\bats\b|keystone-(?:ats|sda)", "Europe/Zurich"),
    Sender("APA", r"\bapa\.at\b|austria presse", "Europe/Vienna"),
    Sender("dpa", r"\bdpa\b|deutsche presse", "Europe/Berlin"),
    Sender("ANA-MPA", r"\bana-mp[ae]\b|απε-μπε", "Europe/Athens"),
    Sender("ANSA", r"\bansa\b", "Europe/Rome"),
    Sender("Lusa", r"\blusa\b", "Europe/Lisbon"),
    Sender("PAP", r"\bpap\.pl\b|polska agencja prasowa", "Europe/Warsaw"),
    Sender("AAP", r"\baap\b|australian associated press", "Australia/Sydney"),
    Sender("Kyodo", r"\bkyodo\b|共同", "Asia/Tokyo"),
    Sender("Yonhap", r"\byonhap\b|연합", "Asia/Seoul"),
    Sender("Xinhua", r"\bxinhua\b|新华", "Asia/Shanghai"),
    Sender("Anadolu", r"\banadolu\b|\baa\.com\.tr", "Europe/Istanbul"),
    Sender("AZERTAC", r"\bazertac\b", "Asia/Baku"),
    Sender("CP", r"canadian press|\bcp\.org\b", "America/Toronto"),
    Sender("Business Wire", r"business ?wire", "America/New_York"),
    Sender("GlobeNewswire", r"globe ?newswire", "America/New_York"),
    Sender("PR Newswire", r"pr ?newswire", "America/New_York"),
    Sender("PA", r"\bpa\b|press association|pa media", "Europe/London"),
    Sender("AP", r"\bap\b|\bap\.org\b|\bassociated press\b", "America/New_York"),
    Sender("Reuters", r"\breuters\b", "Europe/London"),
)
"""The first row that matches counts: AAP stands before AP, whose name its own contains."""

UNKNOWN = Sender("", "")


def sender_of(*words: str) -> Sender:
    """The agency that `words` (provider id, copyright holder, distributor …) name; `UNKNOWN` where none does."""
    return _sender(" ".join(words)[:400].casefold())


@lru_cache(maxsize=512)
def _sender(said: str) -> Sender:
    return next((one for one in SENDERS if re.search(one.names, said)), UNKNOWN)


def zone_for(hinted: str, sender: Sender) -> str:
    """The zone of times without one: the feed's; where it says nothing ("UTC" is no word of its own), the sender's."""
    return hinted if hinted and hinted != "UTC" else sender.zone or "UTC"
