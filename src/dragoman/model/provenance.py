"""What a C2PA manifest says of the picture it belongs to: its own words, and whether the file is as it was signed.

That a manifest is ``valid`` means that nothing was changed since somebody signed it, and nothing about that somebody: we keep
no list of signers to trust, so whose signature it is remains for a person to judge.
"""

from typing import Literal

from msgspec import Struct

Verdict = Literal["valid", "untrusted", "invalid", "elsewhere", "unreadable"]
"""``valid``: as it was signed. ``untrusted``: as it was signed, by somebody on no list of C2PA's. ``invalid``: changed since,
or wrongly signed. ``elsewhere``: not in the file, and not fetched. ``unreadable``: what is there could not be read."""


class Provenance(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """`made_by` are digital source types (NewsCodes), `actions` C2PA's own words for what was done; `signed` a time as written;
    `problems` the codes of what does not hold; `address` where a manifest is said to be kept."""

    verdict: Verdict
    title: str = ""
    generator: str = ""
    signer: str = ""
    signed: str = ""
    actions: tuple[str, ...] = ()
    made_by: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    address: str = ""
    why: str = ""
    """Why it could not be read."""


def said_of(one: Provenance) -> str:
    """A line in English: what it says of itself, and what is known of that."""
    told = [f"made with {one.generator}" if one.generator else "", f"signed by {one.signer}" if one.signer else ""]
    told += [", ".join(one.actions)]
    words = "; ".join(filter(None, told))
    return f"C2PA manifest ({_VERDICTS[one.verdict]})" + (f": as it says of itself, {words}" if words else "")


_VERDICTS: dict[Verdict, str] = {
    "valid": "valid",
    "untrusted": "valid, signer not trusted",
    "invalid": "invalid",
    "elsewhere": "kept elsewhere, not fetched",
    "unreadable": "could not be read",
}
