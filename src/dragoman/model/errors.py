"""What can go wrong, one class per *reaction*.

    DragomanError            something a person or a partner is told
    ├── BadInput             tell the sender; what was sent is not taken (400)
    │   ├── Undecodable      keep the bytes, park the unit, show a person (422)
    │   ├── TooLarge         tell the sender the limit (413)
    │   └── NotAccepted      signature, recipient, time or key is wrong: refuse, keep nothing (401)
    ├── Refused              a right, a role or an agreement forbids it (403)
    │   └── TooOften         allowed, but not so fast: wait, then do it again (429)
    ├── NotFound             it is not here, or not for you: the same answer (404)
    │   └── Gone             it was here: killed, or an older epoch's cursor (410)
    ├── Conflict             the thing has changed meanwhile: look again (409)
    ├── TryAgain             the database, the disk or a partner is away: nothing was acknowledged (503)
    ├── Untrusted            a server is not the one we know: pause that way, alarm, wait for a person (502)
    ├── Misconfigured        do not start (exit 2)
    └── Damaged              alarm: what is stored contradicts itself (500)

Every error says what happened (`title`, `detail`), what was kept (`kept`), what to do (`hint`), and carries an id to quote.
"""

import secrets
from typing import ClassVar

import msgspec


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An error as JSON: RFC 9457 problem+json with our `hint`, `kept` and `id`."""

    type: str
    title: str
    status: int
    detail: str = ""
    hint: str = ""
    kept: str = ""
    id: str = ""


class DragomanError(Exception):
    """The root: `title` is one sentence; `hint` says what to do; `kept` what was kept."""

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1
    kind: ClassVar[str] = "error"

    def __init__(self, title: str, detail: str = "", *, hint: str = "", kept: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint
        self.kept = kept
        self.id = secrets.token_hex(4)

    def __str__(self) -> str:
        return f"{self.title}: {self.detail}" if self.detail else self.title

    def problem(self) -> Problem:
        return Problem(
            type=f"urn:dragoman:problem:{self.kind}",
            title=self.title,
            status=self.status,
            detail=self.detail,
            hint=self.hint,
            kept=self.kept,
            id=self.id,
        )


class BadInput(DragomanError):
    status, exit_code, kind = 400, 2, "bad-input"


class Undecodable(BadInput):
    status, exit_code, kind = 422, 1, "undecodable"


class TooLarge(BadInput):
    status, kind = 413, "too-large"


class NotAccepted(BadInput):
    status, exit_code, kind = 401, 5, "not-accepted"


class Refused(DragomanError):
    status, exit_code, kind = 403, 5, "refused"


class TooOften(Refused):
    status, exit_code, kind = 429, 75, "too-often"


class NotFound(DragomanError):
    status, exit_code, kind = 404, 4, "not-found"


class Gone(NotFound):
    status, kind = 410, "gone"


class Conflict(DragomanError):
    status, kind = 409, "conflict"


class TryAgain(DragomanError):
    status, exit_code, kind = 503, 75, "try-again"


class Untrusted(DragomanError):
    status, exit_code, kind = 502, 5, "untrusted"


class Misconfigured(DragomanError):
    exit_code, kind = 2, "misconfigured"


class Damaged(DragomanError):
    kind = "damaged"
