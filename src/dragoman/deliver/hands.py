"""Handing over by each kind of channel: a table. What the libraries need is imported when the first such channel is served."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from dragoman.deliver import folder
from dragoman.deliver.doors import Doors, NoTurn
from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.deliver.push import push
from dragoman.deliver.superdesk import post
from dragoman.model.errors import DragomanError, NotAccepted, Untrusted
from dragoman.net.connector import Connector
from dragoman.store.lanes import Attempt, Lane
from dragoman.trust.keys import Keyring

if TYPE_CHECKING:
    from dragoman.deliver.mail import Takers

log = structlog.get_logger("deliver")


class Hands:
    """The ways out of one delivering process; close it."""

    def __init__(self, connector: Connector, keyring: Callable[[], Keyring]) -> None:
        self._connector, self._keyring = connector, keyring
        self._doors = Doors()
        self._takers: Takers | None = None
        self._ways: dict[str, Callable[[Lane, Attempt, Parcel, str, datetime], Awaitable[Answer]]] = {
            "folder": self._into_folder,
            "node": self._push,
            "webhook": self._push,
            "superdesk": self._post,
            "sftp": self._onto_server,
            "ftp": self._onto_server,
            "mail": self._mail,
        }

    async def over(self, lane: Lane, attempt: Attempt, parcel: Parcel, name: str, now: datetime) -> Answer:
        """One attempt. `name` is the delivery's stable id."""
        try:
            return await self._ways[lane.kind](lane, attempt, parcel, name, now)
        except NoTurn:
            return Answer(status=0, detail="others were before it", meaning="no turn")
        except TimeoutError:
            return Answer(status=0, detail="not finished in time")
        except Untrusted as error:
            log.error("channel paused", channel=lane.name, why=str(error))
            return Answer(status=0, detail=str(error), pause=f"{error}. {error.hint}")
        except NotAccepted as error:
            return Answer(status=401, detail=str(error))
        except DragomanError as error:
            return Answer(status=0, detail=str(error))

    async def close(self) -> None:
        await self._doors.close()

    async def _into_folder(self, lane: Lane, attempt: Attempt, parcel: Parcel, name: str, now: datetime) -> Answer:
        return await asyncio.to_thread(folder.put, Path(lane.address), attempt, parcel)

    async def _push(self, lane: Lane, attempt: Attempt, parcel: Parcel, name: str, now: datetime) -> Answer:
        return await push(self._connector, self._keyring(), lane, name, parcel, now)

    async def _post(self, lane: Lane, attempt: Attempt, parcel: Parcel, name: str, now: datetime) -> Answer:
        return await post(self._connector, lane, parcel, now)

    async def _onto_server(self, lane: Lane, attempt: Attempt, parcel: Parcel, name: str, now: datetime) -> Answer:
        from dragoman.deliver.server import Drop, open_drop

        async with self._doors.open(lane, lambda: open_drop(self._connector, lane)) as drop:
            assert isinstance(drop, Drop)
            return await drop.put(attempt, parcel)

    async def _mail(self, lane: Lane, attempt: Attempt, parcel: Parcel, name: str, now: datetime) -> Answer:
        from dragoman.deliver.mail import Desk, Takers, composed, open_desk

        self._takers = self._takers or Takers()
        message = composed(lane, attempt, parcel, name)
        async with self._doors.open(lane, lambda: open_desk(self._connector, lane)) as desk:
            assert isinstance(desk, Desk)
            return await desk.send(lane.access, attempt, message, self._takers)
