"""Media Topics by their codes, labelled in our eight languages without anything being imported; old Subject Codes as topics. Pure.

The same seventeen terms stand at the top of both (IPTC NewsCodes, Subject Code to Media Topic): what is finer in a Subject Code is
given up, and an imported vocabulary knows more.
"""

import re
from functools import lru_cache

from msgspec import Struct

from dragoman.read._topic_labels import TABLE

TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
SUBJECTS = "http://cv.iptc.org/newscodes/subjectcode/"
_NAMED = re.compile(
    r"(?:https?://cv\.iptc\.org/newscodes/(mediatopic|subjectcode)/|(medtop|subj|iptccat):|)(\d{8})/?\Z", re.IGNORECASE
)
_OLD = frozenset({"subjectcode", "subj", "iptccat"})


class Topic(Struct, frozen=True, kw_only=True):
    """A Media Topic: its code, its labels by language, the code of the topic above it (empty at the top)."""

    code: str
    labels: dict[str, str]
    broader: str = ""

    @property
    def uri(self) -> str:
        return TOPICS + self.code


@lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """Those that are built in, by code, each top before what is below it."""
    head, *lines = TABLE.splitlines()
    languages = [name.strip() for name in head.split("|")[1:]]
    found: dict[str, Topic] = {}
    top = ""
    for line in lines:
        code, *labels = (part.strip() for part in line.split("|"))
        top = top if line.startswith(" ") else code
        found[code] = Topic(
            code=code, labels=dict(zip(languages, labels, strict=True)), broader=top if top != code else ""
        )
    return found


def topic_of(name: str) -> str:
    """The uri of the Media Topic that `name` means: an address of IPTC's, a qcode (``medtop:20000002``) or eight digits; of a
    Subject Code the topic at its top. Empty where it means none.
    """
    found = _NAMED.match(name.strip())
    if found is None:
        return ""
    scheme, code = (found[1] or found[2] or "").lower(), found[3]
    if scheme in _OLD or (not scheme and not code.startswith("20")):
        top = f"{code[:2]}000000"
        return TOPICS + top if top in topics() else ""
    return TOPICS + code if scheme or code in topics() else ""


def same_topic(name: str) -> str:
    """As `topic_of`, but of a Subject Code only where it is the top itself: that topic and no wider one."""
    uri = topic_of(name)
    return uri if uri and uri.removeprefix(TOPICS) in name else ""


def label(name: str, language: str) -> str:
    """What the topic called `name` is called in `language`, or in English; empty where it is none that is built in. A Subject
    Code has the label of its top only where it is the top."""
    found = topics().get(same_topic(name).removeprefix(TOPICS))
    return (found.labels.get(language.split("-")[0].lower()) or found.labels["en"]) if found else ""
