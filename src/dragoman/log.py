"""What the program says while it works: one event, one line, to standard error; for people or as JSON.

Lines carry ids and counts, never the text of an item and never a secret.
"""

import logging
import sys
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Style = Literal["human", "json"]


def set_up(style: str = "human", *, verbose: bool = False) -> None:
    """Send every event, ours and the libraries', to standard error in `style`. Again in a forked role: no harm."""
    level = logging.DEBUG if verbose else logging.INFO
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _one_line_error,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # a role set up again after its fork writes as told then
    )
    wanted = structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _RENDERERS[style]],
        foreign_pre_chain=shared,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(wanted)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("asyncio", "psycopg.pool", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def logger(**bound: Any) -> structlog.stdlib.BoundLogger:
    """A logger whose every event carries `bound`, such as ``role="deliver"``."""
    found: structlog.stdlib.BoundLogger = structlog.get_logger(**bound)
    return found


def _one_line_error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A caught error as its class and message; its trace, where asked for by ``exc_info``, stays on the same line."""
    info = event.pop("exc_info", None)
    if info:
        error = info if isinstance(info, BaseException) else (info[1] if isinstance(info, tuple) else sys.exc_info()[1])
        if error is not None:
            event["error"] = f"{type(error).__name__}: {error}"
            event["at"] = _innermost(error)
    return event


def _innermost(error: BaseException) -> str:
    """Where it was raised, the innermost three frames first: ``file:line`` each."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(frames[-3:]))


def _as_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """``2026-11-22T15:03:06Z info  kept  feed=coast count=3``: for people, and for grep."""
    at = str(event.pop("timestamp", ""))[:19]
    level = event.pop("level", "info")
    name = _plain(event.pop("event", ""))
    words = " ".join(f"{key}={_quoted(value)}" for key, value in event.items())
    return f"{at}Z {level:<7} {name}{'  ' + words if words else ''}"


def _quoted(value: object) -> str:
    text = _plain(value)
    return f'"{text}"' if " " in text or not text else text


def _plain(value: object) -> str:
    # Whatever came from outside must not begin a line of its own, nor move the terminal's cursor.
    return "".join(c if c.isprintable() else " " for c in str(value))


_RENDERERS: dict[str, Processor] = {"human": _as_line, "json": structlog.processors.JSONRenderer(ensure_ascii=False)}
