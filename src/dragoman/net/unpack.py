"""A body unpacked as it arrives, stopped at the byte that goes over the limits. Pure.

gzip of several members and gzip with rubbish behind it are taken, as browsers and curl do; a body labelled gzip that is
not packed at all is taken as it is.
"""

import zlib

from dragoman.model.errors import BadInput, TooLarge, TryAgain
from dragoman.net.reply import Limits

ENCODINGS = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
ACCEPTED = "gzip, deflate"
FREE_BYTES = 64 * 1024
"""Up to this size nobody counts the ratio: a short list of the same line packs better than 1:100."""
MOST_MEMBERS = 1000
_GZIP_MAGIC = b"\x1f\x8b"


class Unpacker:
    """Give it chunks with `add`, take the body with `finish`."""

    def __init__(self, encoding: str, limits: Limits) -> None:
        """Raises: BadInput: a content encoding we did not ask for."""
        kind = ENCODINGS.get(encoding.strip().lower())
        if kind is None:
            raise BadInput("The answer is packed in a way we did not ask for", encoding[:40])
        self._kind = kind
        self._limits = limits
        self._engine: zlib._Decompress | None = None
        self._members = 0
        self._held = b""
        self._over = False
        self._received = 0
        self._size = 0
        self._pieces: list[bytes] = []

    def add(self, chunk: bytes) -> None:
        """Raises: TooLarge: over `max_bytes` or `max_ratio`. TryAgain: the packing is damaged."""
        self._received += len(chunk)
        if self._received > self._limits.max_bytes:
            raise self._too_large()
        if not self._kind:
            return self._keep(chunk)
        rest = self._held + chunk
        self._held = b""
        while rest and not self._over:
            rest = self._unpack(rest)

    def finish(self) -> bytes:
        """The whole body. Raises: TryAgain: it broke off inside."""
        if self._engine is not None:
            raise TryAgain("The answer broke off", "its packed body is incomplete")
        if self._held and not self._members:
            self._keep(self._held)
        return b"".join(self._pieces)

    def _unpack(self, packed: bytes) -> bytes:
        """One step; what is left of `packed` for the next."""
        if self._engine is None and not self._begin(packed):
            return b""
        assert self._engine is not None
        try:
            piece = self._engine.decompress(packed, self._limits.max_bytes - self._size + 1)
        except zlib.error as error:
            raise TryAgain("The answer is damaged", "its packed body cannot be unpacked") from error
        self._keep(piece)
        if not self._engine.eof:
            return self._engine.unconsumed_tail
        rest, self._engine = self._engine.unused_data, None
        return rest

    def _begin(self, packed: bytes) -> bool:
        """Start the next member; False where more bytes are needed first or none follows."""
        if len(packed) < 2:
            self._held = packed
            return False
        if self._kind == "gzip" and not packed.startswith(_GZIP_MAGIC):
            return self._take_unpacked(packed)
        if self._members and (self._kind == "deflate" or self._members >= MOST_MEMBERS):
            self._over = True
            return False
        self._members += 1
        self._engine = zlib.decompressobj(_window(self._kind, packed))
        return True

    def _take_unpacked(self, chunk: bytes) -> bool:
        if self._members:
            self._over = True  # rubbish behind the last member
        else:
            self._kind = ""
            self._keep(chunk)
        return False

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        packed_too_well = self._size > FREE_BYTES and self._size > self._received * self._limits.max_ratio
        if self._size > self._limits.max_bytes or packed_too_well:
            raise self._too_large()
        self._pieces.append(piece)

    def _too_large(self) -> TooLarge:
        limits = self._limits
        return TooLarge(
            "The answer is too large", f"over {limits.max_bytes} bytes, or packed more than 1:{limits.max_ratio}"
        )


def _window(kind: str, packed: bytes) -> int:
    """zlib's wbits: "deflate" means zlib (RFC 9110 §8.4.1.2), but some servers send it bare."""
    if kind == "gzip":
        return 31
    is_zlib = packed[0] & 0x0F == 8 and int.from_bytes(packed[:2], "big") % 31 == 0
    return 15 if is_zlib else -15
