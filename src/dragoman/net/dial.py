"""A connected socket for protocols other than HTTP, its address judged by the same table before it is used."""

import asyncio
import socket
from collections.abc import Sequence

from dragoman.model.errors import BadInput, TryAgain
from dragoman.net.addresses import Allowed, judge

Found = tuple[int, str, int]
"""A family, an address and a port, as a name has been resolved."""


async def dial(
    host: str, found: Sequence[Found], allowed: Allowed, low_ports: frozenset[int], within_s: float
) -> socket.socket:
    """A socket connected to the first of the addresses of `host` that may be used and answers. Non-blocking; yours to close.

    Raises:
        BadInput: none of them may be used.
        TryAgain: none answers in time.
    """
    fits = [one for one in found if _may(one, allowed, low_ports)]
    if not fits:
        raise BadInput(
            "This address is not allowed",
            f"{host} does not lead to a public server, or to a port of this protocol",
            hint="A private network must be allowed explicitly by the operator (net.allow).",
        )
    try:
        async with asyncio.timeout(within_s):
            return await _first(fits)
    except OSError as error:  # TimeoutError is one; its text may name addresses of ours
        raise TryAgain("The server could not be reached", f"{host}: no connection in {within_s:g} s") from error


def _may(one: Found, allowed: Allowed, low_ports: frozenset[int]) -> bool:
    family, ip, port = one
    return family in (socket.AF_INET, socket.AF_INET6) and bool(judge(ip, port, allowed, low_ports))


async def _first(fits: list[Found]) -> socket.socket:
    for number, one in enumerate(fits):
        try:
            return await _connected(one)
        except OSError:
            if number == len(fits) - 1:
                raise
    raise AssertionError("there is at least one")


async def _connected(one: Found) -> socket.socket:
    family, ip, port = one
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (ip, port))
    except BaseException:
        sock.close()
        raise
    return sock
