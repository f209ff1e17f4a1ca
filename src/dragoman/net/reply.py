"""What we allow a server to send (limits), and what it sent (reply). Pure."""

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """Caps of one fetch. `max_bytes` counts the body both as sent and after decompression."""

    max_bytes: int = 16 * 1024 * 1024
    max_ratio: int = 100
    connect_s: float = 5.0
    """One connection attempt, TLS included."""
    first_byte_s: float = 15.0
    """Silence between two reads, so also the wait for the answer to begin."""
    total_s: float = 30.0
    """Everything: waiting for a free connection, redirects, the body."""
    redirects: int = 5


class Reply(Struct, frozen=True, kw_only=True):
    """A server's answer, whatever its status. `url` is the one that answered, after redirects."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case, in the order received."""
    body: bytes = b""
    url: str
    elapsed_s: float = 0.0

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def header(self, name: str) -> str:
        """The first header of this name in any case, or an empty string."""
        return next((value for key, value in self.headers if key == name.lower()), "")
