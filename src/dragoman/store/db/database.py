"""What the program sees of its database, ours or another's: an address for each role, start, stop and health."""

from pathlib import Path
from typing import Literal, Protocol

import msgspec

from dragoman.store.db.account import Account

Role = Literal["owner", "newsroom", "partner", "admin"]
"""`owner` migrates, `newsroom` takes in and edits, `partner` reads what it was granted; `admin` only creates the rest."""

DATABASE = "dragoman"


class Health(msgspec.Struct, frozen=True):
    """One look at the database: `serving`, whether intake must be refused, and why, in a sentence."""

    serving: bool
    intake_refused: bool = False
    restarts: int = 0
    free_bytes: int | None = None  # on the volume of the write-ahead log; None when it is not ours to see
    total_bytes: int | None = None
    reason: str = ""


class Database(Protocol):
    """Our own `Cluster` or somebody's `External`: the same surface, the same promises."""

    def start(self) -> None:
        """Serve, with the roles in place, when this returns.

        Raises: Misconfigured when it can never serve as set up; Conflict when another process serves this data
        directory; TryAgain when the server did not come up this time.
        """

    def stop(self) -> None:
        """Stop serving what `start` started; a second call, or one in a forked child, does nothing."""

    def poll(self) -> Health:
        """How it is now, without waiting; frees or takes back the reserve as the volume allows."""

    def restart_if_dead(self) -> Health:
        """`poll`, and one attempt to bring a dead server back; called about once a second by the supervisor."""

    def conninfo(self, role: Role, database: str | None = None) -> str:
        """The address psycopg connects to as `role`; holds a password, so it is never logged nor put in argv."""

    def tool(self, name: str, conninfo: str) -> Path:
        """The program `name` (`pg_dump`, `pg_restore`) that can reach `conninfo`. Raises: Misconfigured."""

    @property
    def intake_refused(self) -> bool:
        """The volume is full and its reserve is spent: acknowledge nothing new. Any process may ask, at any time."""

    @property
    def account(self) -> Account | None:
        """The unprivileged user that roles should become when we are root, or None."""

    @property
    def maintainer(self) -> Role:
        """The role that dumps and restores: it must see every row, whatever the policies."""
