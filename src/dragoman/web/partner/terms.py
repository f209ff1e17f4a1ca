"""Terms from the form in which a partner manager writes them. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import get_args

import msgspec

from dragoman.model.agreement import EmbargoMode, Terms, Use
from dragoman.model.errors import BadInput
from dragoman.model.item import Kind
from dragoman.web.times import zone_of

KINDS: tuple[str, ...] = get_args(Kind)[:5]
USES: tuple[str, ...] = get_args(Use)
EMBARGOES: tuple[str, ...] = get_args(EmbargoMode)


def terms_of(form: Mapping[str, str], *, home: str, partner: str, zone: str, now: datetime) -> Terms:
    """The terms written in `form`. Dates are days in `zone`; an empty `from` means now.

    Raises:
        BadInput: a field that cannot be read, by its name.
    """
    giver, taker = (partner, home) if form.get("direction") == "take" else (home, partner)
    asked = {
        "giver": giver,
        "taker": taker,
        "content": form.get("content", "").strip(),
        "kinds": [kind for kind in KINDS if form.get(f"kind_{kind}")] or ["text"],
        "languages": form.get("languages", "").replace(",", " ").split(),
        "use": form.get("use", "own wire"),
        "onward": bool(form.get("onward")),
        "translation": bool(form.get("translation")),
        "credit": {"*": form["credit"].strip()} if form.get("credit", "").strip() else {},
        "territory": form.get("territory", "").upper().replace(",", " ").split(),
        "embargo": form.get("embargo", "hold"),
        "no_return": bool(form.get("no_return")),
        "delay_s": _number(form, "delay") or 0,
        "daily_quota": _number(form, "quota"),
        "valid_from": _day(form, "from", zone) or now,
        "valid_until": _day(form, "until", zone),
        "documents": [line.strip() for line in form.get("documents", "").splitlines() if line.strip()],
    }
    try:
        return msgspec.convert(asked, Terms)
    except msgspec.ValidationError as error:
        raise BadInput("The terms cannot be read", str(error), hint="Go back and mend the field named.") from error


def _number(form: Mapping[str, str], field: str) -> int | None:
    text = form.get(field, "").strip()
    if not text:
        return None
    if not text.isdecimal():
        raise BadInput("This is not a number", f"{field}: {text[:40]}", hint="Go back and write it in digits.")
    return int(text)


def _day(form: Mapping[str, str], field: str, zone: str) -> datetime | None:
    text = form.get(field, "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=zone_of(zone))
    except ValueError as error:
        raise BadInput("This is not a day", f"{field}: {text[:40]}", hint="Write it as 2026-05-01.") from error
