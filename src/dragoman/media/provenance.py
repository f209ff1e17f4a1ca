"""The process in which a C2PA manifest is read: a picture in on standard input, what the manifest says out, and it ends.

    python -P -m dragoman.media.provenance UID GID MEMORY SECONDS

The library is native code that a stranger's file may crash; and it fetches manifests and certificates from wherever a file
says, unless it is told not to. It is told, and the process has no network to do it with.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
from c2pa import C2paError, Context, Reader, Settings

from dragoman.media.developing import give_up
from dragoman.model.provenance import Provenance, Verdict

_OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False}}
_MOST, _LONGEST = 20, 300
_UNTRUSTED = ("signingCredential.untrusted", "cawg.")
"""Codes that say that nobody vouches for the signer, or for one who says that he took part; not that anything was changed."""


def read(body: bytes) -> Provenance | None:
    """What the manifest in the picture says; None where there is none. Never raises for what the bytes are."""
    try:
        with (
            Context(Settings.from_dict(_OFFLINE)) as context,
            Reader(None, io.BytesIO(body), context=context) as reader,
        ):
            return _said(json.loads(reader.json()))
    except C2paError.ManifestNotFound:
        return None
    except C2paError as error:
        told = str(error)
        _, far, address = told.partition("must fetch remote manifests from url ")
        if far:
            return Provenance(verdict="elsewhere", address=_line(address))
        return Provenance(verdict="unreadable", why=_line(told))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        return Provenance(verdict="unreadable", why=_line(f"{type(error).__name__}: {error}"))


def _said(store: dict[str, Any]) -> Provenance:
    manifest = store["manifests"][store["active_manifest"]]
    signature = manifest.get("signature_info") or {}
    problems = tuple(dict.fromkeys(str(one.get("code", "")) for one in store.get("validation_status") or ()))
    actions = list(_actions(manifest))
    return Provenance(
        verdict=_verdict(str(store.get("validation_state", "")), problems),
        title=_line(manifest.get("title")),
        generator=_line(_generator(manifest)),
        signer=_line(", ".join(filter(None, (signature.get("common_name"), signature.get("issuer"))))),
        signed=_line(signature.get("time")),
        actions=_several(one.get("action") for one in actions),
        made_by=_several(one.get("digitalSourceType") for one in actions),
        problems=tuple(code[:_LONGEST] for code in problems[:_MOST]),
    )


def _verdict(state: str, problems: tuple[str, ...]) -> Verdict:
    if state not in ("Valid", "Trusted"):
        return "invalid"
    return "untrusted" if any(code.startswith(_UNTRUSTED) for code in problems) else "valid"


def _actions(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for assertion in manifest.get("assertions") or ():
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            yield from (one for one in assertion["data"].get("actions") or () if isinstance(one, dict))


def _generator(manifest: dict[str, Any]) -> str:
    for one in manifest.get("claim_generator_info") or ():
        if one.get("name"):
            return f"{one['name']} {one.get('version', '')}".strip()
    return str(manifest.get("claim_generator") or "")


def _several(texts: Iterator[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_line(text) for text in texts if text))[:_MOST]


def _line(text: Any) -> str:
    """A stranger's words on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text or "")).split())[:_LONGEST]


def main(words: list[str]) -> None:
    """The process from beginning to end."""
    give_up(*(int(word) for word in words))
    with suppress(MemoryError):
        sys.stdout.buffer.write(msgspec.msgpack.encode(read(sys.stdin.buffer.read())))
        sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
