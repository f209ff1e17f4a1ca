"""What a look at one thing found: it passes, it warns, it fails, or it was skipped; and the one action that helps."""

from typing import Literal

from msgspec import Struct

State = Literal["pass", "warn", "fail", "skipped"]


class Finding(Struct, frozen=True, kw_only=True):
    """A line of the doctor's report. `advice` is set where `state` is not ``pass``. Neither holds a secret."""

    group: str
    name: str
    state: State
    says: str = ""
    advice: str = ""


def judged(group: str, name: str, good: bool, says: str, advice: str, *, otherwise: State = "fail") -> Finding:
    """Passed if `good`; otherwise, with the advice, `otherwise`."""
    if good:
        return Finding(group=group, name=name, state="pass", says=says)
    return Finding(group=group, name=name, state=otherwise, says=says, advice=advice)


def skipped(group: str, name: str, why: str) -> Finding:
    return Finding(group=group, name=name, state="skipped", says=why)
