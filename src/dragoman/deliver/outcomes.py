"""What an attempt's answer means for the delivery, its lane and its channel. Pure.

| answer | delivery | lane |
|---|---|---|
| 2xx | sent | goes on |
| 400 403 404 409 413 415 422 | parked: they refuse this copy | goes on |
| 410 | parked | the channel is disabled: they want no more |
| 401 | retry | rests: they do not accept our key or secret |
| 429 503 with Retry-After | retry then | rests until then |
| anything else, no answer | retry, by the delivery's age | rests, longer each time |
| mail refused for good (5xx) | parked, with the server's words | goes on |
| another host key than the one we know | retry | the channel is paused: a person must look |
| its turn did not come (one connection, many copies) | retry at once | goes on |

A delivery is tried again after half its age so far, between 5 s and 4 h, ± 20 %, for five days; a kill or hold for ever.
After Standard Webhooks 1.0.0 (operational considerations) and Postfix (TUNING, retry by age).
"""

import random
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from dragoman.model.delivery import DeliveryState
from dragoman.store.deliveries import EXPIRE_AFTER
from dragoman.store.lanes import Attempt, Ending

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=4)
FIRST_REST, LONGEST_REST = timedelta(seconds=2), timedelta(minutes=15)
REFUSED = frozenset({400, 403, 404, 409, 413, 415, 422})


class Answer(Struct, frozen=True, kw_only=True):
    """How the other side answered. `status` is HTTP's; 0 is no answer; 200 a file in place.

    Where it speaks in other numbers, `meaning` says what they mean; `pause` why the channel must stop.
    """

    status: int
    detail: str = ""
    retry_after: timedelta | None = None
    meaning: Literal["", "refused", "again", "no turn"] = ""
    pause: str = ""


class Outcome(Struct, frozen=True, kw_only=True):
    """`rest_until`: the lane's circuit opens; `disable`, `pause`: the channel is to be switched off or paused, and why."""

    ending: Ending
    rest_until: datetime | None = None
    disable: str = ""
    pause: str = ""

    @property
    def failed(self) -> bool:
        return self.rest_until is not None


def outcome(attempt: Attempt, answer: Answer, *, failures: int, now: datetime, chance: float | None = None) -> Outcome:
    """What becomes of the attempt. `failures` of the lane before this one; `chance` (0–1) stands in for the jitter."""
    spread = 0.8 + 0.4 * (random.random() if chance is None else chance)
    if answer.meaning == "no turn":
        return Outcome(ending=Ending(attempt=attempt, state="retry", reason=answer.detail, due=now))
    if 200 <= answer.status < 300 and not answer.meaning:
        return Outcome(ending=Ending(attempt=attempt, state="sent"))
    said = f"{answer.status} {answer.detail}".strip() if answer.status else answer.detail
    if answer.meaning == "refused" or (answer.status in REFUSED and not answer.meaning):
        return Outcome(ending=Ending(attempt=attempt, state="parked", reason=said))
    if answer.status == 410 and not answer.meaning:
        return Outcome(
            ending=Ending(attempt=attempt, state="parked", reason=said), disable="they answered 410: no more"
        )
    age = now - attempt.due_since
    state: DeliveryState = "retry"
    if age > EXPIRE_AFTER and attempt.act not in ("kill", "hold"):
        state = "expired"
    wait = answer.retry_after or min(max(age / 2, FIRST_WAIT), LONGEST_WAIT) * spread
    rest = answer.retry_after or min(FIRST_REST * 2 ** min(failures, 12), LONGEST_REST) * spread
    # A kill is tried as soon as the lane is: its age must not make it wait longer.
    due = now + (rest if attempt.act in ("kill", "hold") else wait)
    ending = Ending(attempt=attempt, state=state, reason=said, due=due)
    return Outcome(ending=ending, rest_until=now + rest, pause=answer.pause)
