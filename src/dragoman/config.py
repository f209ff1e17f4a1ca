"""The settings of a node: one TOML file, then ``DRAGOMAN_…`` in the environment; an unknown key is an error.

Agencies, agreements, feeds, channels and people are not settings: they live in the database.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from dragoman.model.errors import Misconfigured

FILE = "dragoman.toml"
Seconds = Annotated[float, Meta(gt=0)]


class Web(Struct, frozen=True, forbid_unknown_fields=True):
    """Where pages and API listen, and the address partners and browsers reach them at."""

    listen: str = "127.0.0.1:8080"
    """``host:port``; port 0 takes a free one and prints it."""
    url: str = ""
    """The public address, without a slash at its end. Empty: ``http://`` and what `listen` says."""
    secure_cookies: bool | None = None
    """Empty: yes where `url` is https."""


class DatabaseSettings(Struct, frozen=True, forbid_unknown_fields=True):
    url: str = ""
    """A PostgreSQL of your own; empty: Dragoman keeps one in the data directory."""


class Net(Struct, frozen=True, forbid_unknown_fields=True):
    """Outgoing connections. Private addresses are refused unless listed here."""

    allow: tuple[str, ...] = ()
    """``network`` or ``network:port``, as in ``10.2.0.0/16`` or ``127.0.0.1/32:8081``."""


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """What one input may cost."""

    body_bytes: Annotated[int, Meta(ge=1024)] = 16_000_000
    decode_s: Seconds = 10.0
    decode_memory_bytes: Annotated[int, Meta(ge=100_000_000)] = 512_000_000


class Work(Struct, frozen=True, forbid_unknown_fields=True):
    """How much is done at once."""

    decoders: Annotated[int, Meta(ge=1, le=64)] = 2
    batch: Annotated[int, Meta(ge=1, le=1000)] = 32
    lanes: Annotated[int, Meta(ge=1, le=2000)] = 64
    window: Annotated[int, Meta(ge=1, le=64)] = 16


class Print(Struct, frozen=True, forbid_unknown_fields=True):
    """What puts pages on paper."""

    chromium: str = ""
    """The program that prints PDF; empty: a Chromium on the path."""


class Readers(Struct, frozen=True, forbid_unknown_fields=True):
    """Which languages copy comes in; and folders of models that take the place of the readers that come with Dragoman, empty
    where those read."""

    names: str = ""
    """A model that labels tokens: people and organisations."""
    places: str = ""
    """The same kind of model, often the same folder: places."""
    subjects: str = ""
    """A model that labels texts by Media Topic."""
    language: str = ""
    """A model that labels texts by language."""
    languages: tuple[str, ...] = ()
    """The languages that copy comes in (primary BCP 47 tags): nothing else is thought of where no sender declares one and the
    script leaves a choice. Empty: any, the newsroom's fourteen first."""


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """How stories are told from each other."""

    window_days: Annotated[int, Meta(ge=1, le=90)] = 14
    """Items of so many days are compared with what comes in."""


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """A node's settings. `folder` is its data directory."""

    folder: Path = Path()
    web: Web = Web()
    database: DatabaseSettings = DatabaseSettings()
    net: Net = Net()
    limits: Limits = Limits()
    work: Work = Work()
    print: Print = Print()
    readers: Readers = Readers()
    link: Link = Link()
    roles: tuple[str, ...] = ()
    """Which roles run here; empty: all."""
    log: Annotated[str, Meta(pattern="^(human|json)$")] = "human"

    @property
    def url(self) -> str:
        return self.web.url.rstrip("/") or f"http://{self.web.listen}"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    @property
    def subject_rules(self) -> Path:
        """The agency's own rules on subjects (`read.subjects.rules`), where there are any."""
        return self.folder / "subjects.rules"

    @property
    def term_base(self) -> Path:
        """The agency's own term base (TBX), where there is one."""
        return self.folder / "terms.tbx"

    @property
    def models(self) -> dict[str, Path]:
        """The folders of models, by what each reads; a relative one is in the data directory."""
        named = msgspec.structs.asdict(self.readers)
        return {part: self.folder / path for part, path in named.items() if path and part != "languages"}


def config_path(folder: Path) -> Path:
    return folder / FILE


def load(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The settings of the node in `folder`.

    Raises:
        Misconfigured: no such node, a key that is unknown, a value that is out of range: says which and what is meant.
    """
    path = config_path(folder)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Misconfigured(
            "There is no node here", str(path), hint="`dragoman init` makes one; --data names its folder."
        ) from error
    except OSError as error:
        raise Misconfigured(
            "The settings cannot be read", f"{path}: {error.strerror}", hint="Run as the user who made the node."
        ) from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured("The settings are not TOML", f"{path}: {error}", hint="Mend the line named.") from error
    _check_keys(values, Config, "", path)
    _overlay(values, os.environ if environment is None else environment)
    values["folder"] = str(folder.resolve())
    try:
        return msgspec.convert(values, Config, strict=False, dec_hook=_decode)
    except msgspec.ValidationError as error:
        raise Misconfigured(
            "A setting has a wrong value", f"{path}: {error}", hint="See docs/operate.md, Settings."
        ) from error


def _decode(kind: type, value: Any) -> Any:
    return kind(value)


def _check_keys(values: dict[str, Any], struct: type[Struct], prefix: str, path: Path) -> None:
    known = {f.encode_name: f.type for f in msgspec.structs.fields(struct) if f.name != "folder"}
    for key, value in values.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            meant = f"Did you mean {prefix}{near[0]}?" if near else f"Known: {', '.join(prefix + k for k in known)}."
            raise Misconfigured(f"Unknown setting {prefix}{key}", str(path), hint=meant)
        if isinstance(value, dict) and isinstance(known[key], type) and issubclass(known[key], Struct):
            _check_keys(value, known[key], f"{prefix}{key}.", path)


def _overlay(values: dict[str, Any], environment: Mapping[str, str]) -> None:
    """``DRAGOMAN_WEB_LISTEN`` over ``web.listen``, ``…_FILE`` for what a file holds; DATABASE_URL as everybody has it."""
    for name, value in environment.items():
        if name == "DATABASE_URL":
            values.setdefault("database", {})["url"] = value
        if not name.startswith("DRAGOMAN_") or name in _NOT_SETTINGS:
            continue
        words = name.removeprefix("DRAGOMAN_").lower()
        if words.endswith("_file"):
            words, value = words.removesuffix("_file"), Path(value).read_text(encoding="utf-8").strip()
        _set(values, words, value, name)


_NOT_SETTINGS = frozenset({"DRAGOMAN_DATA", "DRAGOMAN_CRASH_AT", "DRAGOMAN_FAIL_AT", "DRAGOMAN_CRASH_ONCE"})


_LISTS = frozenset({"allow", "languages"})
"""Settings of several values, parted by commas in the environment."""


def _set(values: dict[str, Any], words: str, value: str, name: str) -> None:
    for f in msgspec.structs.fields(Config):
        if f.name == words and f.name != "folder":
            values[f.name] = value.split(",") if f.name == "roles" else value
            return
        if isinstance(f.type, type) and issubclass(f.type, Struct) and words.startswith(f.name + "_"):
            inner = words.removeprefix(f.name + "_")
            if inner in {g.name for g in msgspec.structs.fields(f.type)}:
                values.setdefault(f.name, {})[inner] = value.split(",") if inner in _LISTS else value
                return
    raise Misconfigured(f"Unknown setting {name} in the environment", hint="See docs/operate.md, Settings.")


class Described(Struct, frozen=True):
    """A setting with its value, for `docs/operate.md` and its test."""

    name: str
    default: Any


def settings() -> list[Described]:
    """Every setting by its dotted name, with its default."""
    found: list[Described] = []
    for f in msgspec.structs.fields(Config):
        if f.name == "folder":
            continue
        if isinstance(f.type, type) and issubclass(f.type, Struct):
            found += [Described(f"{f.name}.{g.name}", g.default) for g in msgspec.structs.fields(f.type)]
        else:
            found.append(Described(f.name, f.default))
    return found
