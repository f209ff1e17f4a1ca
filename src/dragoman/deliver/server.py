"""Handing over into a folder on a partner's server, by SFTP or FTP: the same names, order and care as in a folder of ours.

Written beside under a name that begins with a dot and ends in ``.part``, then renamed; an older version of the item is taken
away. The same version again overwrites itself. A kill is a file as well, before all others that wait.
"""

import secrets
import time
from contextlib import suppress

from dragoman.crash import crash
from dragoman.deliver.folder import enclosed, names
from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.model.errors import TooLarge
from dragoman.net.connector import Connector
from dragoman.net.remote import FileTrouble, Remote, connect, joined
from dragoman.net.reply import Limits
from dragoman.store.lanes import Attempt, Lane

LIMITS = Limits()
MOST_NAMES = 100_000
LISTED_S = 2.0
"""So long a listing is believed, in seconds: with thousands of copies a minute it is not asked for with each."""


class Drop:
    """The folder on the server, open. A `doors.Door`."""

    def __init__(self, remote: Remote, folder: str, *, may_make_it: bool) -> None:
        self._remote, self._folder, self._may_make_it = remote, folder, may_make_it
        self._names: set[str] = set()
        self._listed = float("-inf")

    @property
    def alive(self) -> bool:
        return self._remote.alive

    async def close(self) -> None:
        await self._remote.close()

    async def put(self, attempt: Attempt, parcel: Parcel) -> Answer:
        """The file in place, whole or not at all, what is enclosed before it; doing it again changes nothing.

        Raises:
            TryAgain: the connection is lost.
            TooLarge: the folder can no longer be listed.
        """
        stem, name = names(attempt, parcel)
        this = name.removesuffix(parcel.suffix)
        try:
            await self._list()
            if any(each.startswith(stem) and each[: len(this)] > this for each in self._names):
                return Answer(status=200, detail="a newer version is there already")
            for beside, one in enclosed(name, parcel):
                await self._place(beside, one.body)
            await self._place(name, parcel.body)
            crash("server.renamed")
        except FileTrouble as error:
            return Answer(status=0, detail=error.why)
        await self._tidy(stem, this)
        return Answer(status=200)

    async def _place(self, name: str, body: bytes) -> None:
        """The file under its name once all of it is there.

        Raises:
            FileTrouble: they do not take it.
        """
        part = joined(self._folder, f".{name}.{secrets.token_hex(3)}.part")
        try:
            await self._remote.write(part, body)
            crash("server.written")
            await self._remote.replace(part, joined(self._folder, name))
        except FileTrouble:
            with suppress(FileTrouble):
                await self._remote.remove(part)
            raise
        self._names.add(name)

    async def _list(self) -> None:
        """What lies there now.

        Raises:
            FileTrouble: the folder is missing, or not open to us.
            TooLarge: it can no longer be listed.
        """
        if time.monotonic() - self._listed < LISTED_S:
            return
        try:
            found = await self._remote.names(self._folder, MOST_NAMES)
        except FileTrouble:
            if not self._may_make_it:
                raise
            await self._remote.make_folder(self._folder)
            found = await self._remote.names(self._folder, MOST_NAMES)
        if len(found) > MOST_NAMES:
            raise TooLarge("Too many files lie in the partner's folder", f"more than {MOST_NAMES:,}")
        self._names, self._listed = {one.name for one in found}, time.monotonic()

    async def _tidy(self, stem: str, this: str) -> None:
        """Take away the older versions, and what attempts that died have left. The partner may have been quicker."""
        older = [one for one in self._names if one.startswith(stem) and one[: len(this)] < this]
        parts = [one for one in self._names if one.startswith(f".{stem}") and one.endswith(".part")]
        for one in (*older, *parts):
            with suppress(FileTrouble):
                await self._remote.remove(joined(self._folder, one))
            self._names.discard(one)


async def open_drop(connector: Connector, lane: Lane) -> Drop:
    """Raises: as `net.remote.opened`."""
    remote, folder = await connect(connector, lane.address, lane.access, lane.secret.encode(), LIMITS)
    return Drop(remote, folder, may_make_it=lane.access.folders)
