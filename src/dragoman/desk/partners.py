"""Partners' nodes: found at an address, trusted once a person has confirmed the fingerprint, followed through new keys."""

import base64
import binascii
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from dragoman.model.agency import Agency, NodeKey
from dragoman.model.delivery import Channel
from dragoman.model.errors import BadInput, Conflict, NotAccepted
from dragoman.store import agencies, audit, channels, feeds, letters
from dragoman.store.connect import LETTERS, Connection, Waker
from dragoman.trust.keys import PUBLIC_BYTES, Keyring, Succession, fingerprint, same_fingerprint, verify_succession

OVERLAP = timedelta(days=30)
"""How long a partner's old key still counts after it has vouched for the new one."""


class Card(Struct, frozen=True, kw_only=True):
    """What a node says of itself at ``/.well-known/dragoman``: to be believed only once a person has confirmed the key."""

    agency: str
    name: str
    node: str
    public: str
    """Base64 of the 32 public bytes."""
    languages: tuple[str, ...] = ()
    country: str = ""


def card(conn: Connection, keyring: Keyring, url: str) -> Card:
    """Our own card."""
    home = agencies.home(conn)
    return Card(
        agency=home.code,
        name=home.name,
        node=url,
        public=_base64(keyring.current.public),
        languages=home.languages,
        country=home.country,
    )


def trust(conn: Connection, card: Card, confirmed: str, *, by: str, now: datetime) -> Agency:
    """Pin the key on the card, because a person has compared `confirmed` with what the partner told them by another way.

    Makes the agency, its channel and its feed where they are missing. A pinned key is never replaced by a card.

    Raises:
        NotAccepted: the fingerprint is another one.
        Conflict: another key of theirs is trusted already.
    """
    public = _bytes(card.public)
    if len(public) != PUBLIC_BYTES or not same_fingerprint(confirmed, fingerprint(public)):
        raise NotAccepted(
            "This is not the key you confirmed",
            f"the node shows {fingerprint(public)}",
            hint="Ask the partner again, by telephone or in person; somebody may stand between.",
            kept="Nothing.",
        )
    with conn.transaction():
        known = {a.code: a for a in agencies.agencies(conn)}
        agency = known.get(card.agency) or agencies.add_agency(
            conn,
            Agency(code=card.agency, name=card.name, node=card.node, languages=card.languages, country=card.country),
        )
        if agency.home:
            raise BadInput("This is our own node", card.node)
        trusted = agencies.trusted_keys(conn, card.agency, now)
        if trusted and public not in trusted:
            raise Conflict(
                f"Another key of {card.agency} is trusted already",
                fingerprint(trusted[0]),
                hint="If they have lost it, end it first: `dragoman node trust … --replace`.",
            )
        agencies.set_node(conn, card.agency, card.node)
        agencies.add_key(
            conn,
            NodeKey(agency=card.agency, public=public, fingerprint=fingerprint(public), state="trusted", since=now),
        )
        _connect(conn, card)
        audit.record(conn, by, "node trusted", card.agency, fingerprint=fingerprint(public), node=card.node)
    return agencies.agency(conn, card.agency)


def _connect(conn: Connection, card: Card) -> None:
    """The ways to and from a node: pushes go to its inbox; its change feed is read for what a push missed."""
    name = card.agency.lower()
    if not any(c.channel.kind == "node" for c in channels.channels(conn, card.agency)):
        channels.add_channel(conn, Channel(name=name, agency=card.agency, kind="node", address=card.node))
    if not any(f.agency == card.agency and f.kind == "node" for f in feeds.feeds(conn, kinds=("node",))):
        feeds.add_feed(
            conn,
            feeds.Feed(
                name=name,
                agency=card.agency,
                kind="node",
                address=card.node,
                format="envelope",
                every=timedelta(minutes=1),
            ),
        )


def forget_keys(conn: Connection, code: str, *, by: str, now: datetime) -> None:
    """Retire every key of a partner: nothing of theirs is accepted until a new fingerprint is confirmed."""
    with conn.transaction():
        for key in agencies.keys(conn, code, state="trusted"):
            agencies.add_key(conn, msgspec.structs.replace(key, state="retired", until=now))
        audit.record(conn, by, "keys retired", code)


def announce_key(conn: Connection, succession: Succession, *, by: str) -> int:
    """Tell every partner's node of our new key; how many."""
    with conn.transaction():
        partners = [a for a in agencies.agencies(conn) if a.node and not a.home]
        for partner in partners:
            letters.post(conn, partner.code, "key", msgspec.json.encode(succession))
        home = agencies.home(conn).code
        agencies.add_key(
            conn,
            NodeKey(
                agency=home,
                public=_bytes(succession.public),
                state="trusted",
                since=succession.at,
                fingerprint=fingerprint(_bytes(succession.public)),
            ),
        )
        audit.record(conn, by, "key rotated", home, fingerprint=fingerprint(_bytes(succession.public)))
    Waker(conn).wake(LETTERS)
    return len(partners)


def key_received(conn: Connection, sender: str, succession: Succession, now: datetime) -> None:
    """A partner's new key, vouched for by one we trust; the old one counts for a while beside it.

    Raises:
        NotAccepted: no key we trust vouches for it.
    """
    for old in agencies.keys(conn, sender, state="trusted"):
        if same_fingerprint(succession.previous, old.fingerprint) and (old.until is None or now < old.until):
            public = verify_succession(succession, old.public, agency=sender)
            if any(key.public == public for key in agencies.keys(conn, sender)):
                return  # followed before; a key that has been retired since does not come back by an old letter
            if old.until is not None:
                break  # it has named its successor: whoever has stolen it must not name another
            agencies.add_key(
                conn, NodeKey(agency=sender, public=public, fingerprint=fingerprint(public), state="trusted", since=now)
            )
            agencies.add_key(conn, msgspec.structs.replace(old, until=now + OVERLAP))
            audit.record(conn, sender, "key followed", sender, fingerprint=fingerprint(public))
            return
    raise NotAccepted(
        "No key we trust vouches for the new one",
        sender,
        hint="Confirm the new fingerprint with them in person: `dragoman node trust`.",
    )


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
