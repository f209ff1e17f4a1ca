"""How we get into a partner's server, how we know that it is theirs, and what we do there. The secret is kept beside it."""

from typing import Literal

from msgspec import Struct

Security = Literal["tls", "starttls", "plain"]
"""`tls` from the first byte on; `starttls` upgraded before anything is said; `plain` only where a person chose it."""

Afterwards = Literal["move", "delete", "leave"]
"""What becomes of a file or a message whose bytes are kept: moved to ``done``, deleted, or left and remembered."""


Enclosing = Literal["captioned", "received", "none"]
"""The picture's file with our caption, credit and terms in it; as it was received, a C2PA manifest in it whole; or none."""


class Access(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed or a channel of kind imap, sftp, ftp or mail knows of the server; of a push feed, how it is signed."""

    login: str = ""
    by_key: bool = False
    """The secret is a private key (OpenSSH or PEM), not a password."""
    security: Security = "tls"
    host_keys: tuple[str, ...] = ()
    """SFTP: the server's keys, one of which it must show: ``SHA256:…`` or ``ssh-ed25519 AAAA…``."""
    certificates: str = ""
    """PEM: trusted for this server instead of the system's authorities."""
    after: Afterwards = "move"
    depth: int = 0
    """How many levels of folders below the address are looked into."""
    folders: bool = False
    """A channel may make the folder it delivers into."""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    attached: bool = False
    """Mail: the document is attached, whatever its format."""
    pictures: Enclosing = "captioned"
    """A channel that carries files: what goes beside a picture's document."""
    senders: tuple[str, ...] = ()
    """A mailbox: whose mail is copy, addresses or domains; nobody else's is. Empty: everybody's, and none takes copy back."""
    vouching: str = ""
    """A mailbox: the mail server whose word on senders is believed, as it is called in Authentication-Results."""
    signed: Literal["", "superdesk"] = ""
    """A push feed: its sender signs as Superdesk does."""
