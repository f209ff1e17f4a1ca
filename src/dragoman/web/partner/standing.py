"""How each partner stands: what came from them and went to them lately, and what went wrong last."""

from datetime import datetime

from msgspec import Struct

from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement
from dragoman.store import agencies, agreements, channels, feeds, figures
from dragoman.store.connect import Connection


class Standing(Struct, frozen=True, kw_only=True):
    """One line of the partners' list. Counts are of the last 24 hours; `state` is ``good``, ``failing`` or ``quiet``."""

    agency: Agency
    state: str
    came: int
    went: int
    waiting: int
    last_arrival: datetime | None
    last_error: str
    agreements: int
    open_offers: int


def standings(conn: Connection) -> list[Standing]:
    """Every partner, by name."""
    came, went = figures.came(conn), figures.went(conn)
    ways_in, ways_out = feeds.feeds(conn), channels.channels(conn)
    agreed = agreements.agreements(conn)
    found: list[Standing] = []
    for agency in agencies.agencies(conn):
        if agency.home:
            continue
        ins = [f for f in ways_in if f.agency == agency.code]
        outs = [c for c in ways_out if c.channel.agency == agency.code]
        errors = [f.last_error for f in ins if f.failures] + [c.last_error for c in outs if c.failures]
        theirs = [a for a in agreed if agency.code in (a.terms.giver, a.terms.taker)]
        found.append(
            Standing(
                agency=agency,
                state="failing" if errors else "good" if came.get(agency.code) or went.get(agency.code) else "quiet",
                came=came.get(agency.code, 0),
                went=went.get(agency.code, 0),
                waiting=sum(c.waiting for c in outs),
                last_arrival=max((f.last_arrival for f in ins if f.last_arrival), default=None),
                last_error=errors[0] if errors else "",
                agreements=sum(1 for a in theirs if a.state == "active"),
                open_offers=sum(1 for a in theirs if a.state in ("offered", "proposed")),
            )
        )
    return sorted(found, key=lambda one: one.agency.name.casefold())


class Clause(Struct, frozen=True):
    """One line of the terms as a person reads them: `key` names it, `word` a value that has words of its own."""

    key: str
    text: str = ""
    word: str = ""
    at: datetime | None = None
    names: tuple[str, ...] = ()


def clauses(agreement: Agreement) -> list[Clause]:
    """The terms, in the order of the document."""
    terms = agreement.terms
    anything = "terms.anything"
    return [
        Clause("content", text=terms.content, word="" if terms.content else anything),
        Clause("kinds", text=", ".join(terms.kinds)),
        Clause("languages", names=terms.languages, word="" if terms.languages else "terms.any"),
        Clause("use", word=f"use.{terms.use.replace(' ', '_')}"),
        Clause("onward", word="terms.yes" if terms.onward else "terms.no"),
        Clause("translation", word="terms.yes" if terms.translation else "terms.no"),
        Clause("relays", text=", ".join(terms.relays) or "–"),
        Clause("credit", text="; ".join(f"{name}: {line}" for name, line in sorted(terms.credit.items())) or "–"),
        Clause("territory", text=", ".join(terms.territory), word="" if terms.territory else "terms.everywhere"),
        Clause("embargo", word=f"embargo.{terms.embargo}"),
        Clause("no_return", word="terms.yes" if terms.no_return else "terms.no"),
        Clause("delay", text=f"{terms.delay_s} s" if terms.delay_s else "–"),
        Clause("quota", text=str(terms.daily_quota) if terms.daily_quota is not None else "–"),
        Clause("from", at=terms.valid_from),
        Clause("until", at=terms.valid_until, text="" if terms.valid_until else "–"),
        Clause("documents", text="; ".join(terms.documents) or "–"),
    ]
