"""``dragoman init``: a node in an empty folder. The settings are written last: a folder without them is no node yet."""

import os
import re
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from msgspec import Struct

from dragoman.app import Node, bring_up_to_date, connected, database_of, reachable, settings
from dragoman.cli.at import now
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.cli.template import settings_text
from dragoman.cli.who import operator, password_option, secret
from dragoman.config import Config, Web, config_path
from dragoman.model.agency import Agency, NodeKey
from dragoman.model.errors import BadInput, Conflict, Misconfigured, NotFound
from dragoman.net.addresses import parse_allowed
from dragoman.store import agencies, audit, people
from dragoman.store.connect import Connection
from dragoman.store.db.database import Database
from dragoman.store.db.secrets import sync_folder
from dragoman.trust.keyfile import load_keyring, save_keyring
from dragoman.trust.keys import Keyring, fingerprint, new_keyring

_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,15}")
_LISTEN = re.compile(r"(\[[0-9a-fA-F:]+\]|[^:\s]+):(\d{1,5})")


class Wanted(Struct, frozen=True, kw_only=True):
    """What the new node shall be, checked before anything is made."""

    agency: Agency
    administrator: str
    password: str
    listen: str
    url: str
    allow: tuple[str, ...]


@click.command(
    cls=Command,
    examples=(
        "dragoman init --code LNA --name 'Lakeland News Agency' --country FI --zone Europe/Helsinki --languages en,ru",
        "dragoman --data /srv/lna init --code LNA --name 'Lakeland News Agency' --admin ayten --password-file secret",
    ),
)
@click.option("--code", required=True, help="The agency's short code: 2 to 16 capital letters, digits, hyphens.")
@click.option("--name", required=True, help="The agency's name.")
@click.option("--country", default="", help="ISO 3166 code of its country.")
@click.option("--zone", default="UTC", show_default=True, help="Its time zone, as in Europe/Helsinki.")
@click.option("--languages", default="en", show_default=True, help="The languages it writes, as in en,ru.")
@click.option("--admin", default="admin", show_default=True, help="Name of the first administrator.")
@password_option
@click.option("--listen", default="127.0.0.1:8080", show_default=True, help="Where pages and API listen: host:port.")
@click.option("--url", default="", help="The address partners and browsers reach it at.")
@click.option("--allow", multiple=True, help="A private network it may connect to, as in 10.2.0.0/16. Repeatable.")
@click.pass_obj
def init(
    out: Out,
    code: str,
    name: str,
    country: str,
    zone: str,
    languages: str,
    admin: str,
    password_file: Path | None,
    listen: str,
    url: str,
    allow: tuple[str, ...],
) -> None:
    """Make a node: data directory, keys, database, settings, first administrator.

    A PostgreSQL of your own is used when DATABASE_URL names one; set it for every later command as well.
    """
    refuse_existing(out.folder)
    agency = Agency(
        code=code, name=name, country=country.upper(), zone=zone, languages=_words(languages), node="", home=True
    )
    _check(agency, listen, allow)
    wanted = Wanted(
        agency=agency,
        administrator=admin,
        password=_password(admin, password_file),
        listen=listen,
        url=url.rstrip("/"),
        allow=allow,
    )
    keyring = make_node(out.folder, wanted)
    out.record(
        {
            "folder": out.folder.resolve(),
            "agency": code,
            "url": Config(web=Web(listen=wanted.listen, url=wanted.url)).url,
            "fingerprint": fingerprint(keyring.current.public),
            "administrator": admin,
        }
    )
    out.say(_NEXT.format(data="" if os.environ.get("DRAGOMAN_DATA") else f" --data {out.folder}", admin=admin))


_NEXT = """
The node is made. Next:
  dragoman{data} serve                   run it, then log in as {admin}
  dragoman{data} feed add …              a way in
  dragoman{data} node trust URL          a partner that runs Dragoman: confirm its fingerprint by telephone
  dragoman{data} agreement propose …     what you exchange
  dragoman{data} backup FILE             and keep the file somewhere else: it holds the keys"""


def make_node(folder: Path, wanted: Wanted) -> Keyring:
    """Everything, in an order in which an interrupted attempt can simply be made again."""
    make_folder(folder)
    config = _draft(folder, wanted)
    database = database_of(config)
    keyring = _keys(config, wanted.agency.code)
    node = Node(config=config, keyring=keyring, database=database)
    with reachable(database):
        bring_up_to_date(node)
        with connected(node) as conn:
            _register(conn, wanted, keyring)
    make_bytes(config, database)
    write_settings(config_path(folder), settings_text(wanted.listen, wanted.url, wanted.allow))
    return keyring


def _register(conn: Connection, wanted: Wanted, keyring: Keyring) -> None:
    """Our agency, its key and the first administrator: all or none."""
    with conn.transaction():
        try:
            there = agencies.home(conn)
        except NotFound:
            there = None
        if there is not None and there.code != wanted.agency.code:
            raise Conflict(
                "This database is another node's",
                f"it belongs to {there.code}",
                hint="Point DATABASE_URL at an empty database of its own.",
                kept="Nothing in it was touched.",
            )
        if there is None:
            agencies.add_agency(conn, wanted.agency)
            people.add_person(conn, wanted.administrator, wanted.password, "administrator")
            audit.record(conn, operator(), "node made", wanted.agency.code, administrator=wanted.administrator)
        public = keyring.current.public
        agencies.add_key(
            conn,
            NodeKey(
                agency=wanted.agency.code,
                public=public,
                fingerprint=fingerprint(public),
                state="trusted",
                since=keyring.current.since,
            ),
        )


# ---------------------------------------------------------------------------------------------- what is asked for


def _check(agency: Agency, listen: str, allow: tuple[str, ...]) -> None:
    if not _CODE.fullmatch(agency.code):
        raise BadInput(
            f"{agency.code!r} cannot be an agency's code",
            hint="Use 2 to 16 capital letters, digits or hyphens, a letter first.",
        )
    if not agency.name.strip():
        raise BadInput("The agency has no name", hint="--name 'Lakeland News Agency'")
    check_zone(agency.zone)
    found = _LISTEN.fullmatch(listen)
    if not found or int(found[2]) > 65535:
        raise BadInput(f"{listen!r} is not an address to listen at", hint="host:port, as in 127.0.0.1:8080.")
    parse_allowed(allow)


def check_zone(zone: str) -> None:
    """Raises: BadInput: the system and the tzdata package do not know it."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"There is no time zone {zone!r}", hint="As in Asia/Baku, Europe/Helsinki or UTC.") from error


def _password(name: str, file: Path | None) -> str:
    password = secret(f"Password for {name} ({people.MIN_PASSWORD} characters or more)", file, confirm=True)
    if len(password) < people.MIN_PASSWORD:
        raise BadInput(
            "The password is too short", f"{len(password)} characters", hint=f"Use {people.MIN_PASSWORD} or more."
        )
    return password


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().lower() for word in text.split(",") if word.strip())


# ---------------------------------------------------------------------------------------------- files and folders


def refuse_existing(folder: Path) -> None:
    """Raises: Conflict: there is a node in `folder`."""
    if config_path(folder).exists():
        raise Conflict(
            "There is a node here already",
            str(config_path(folder)),
            hint="Choose another folder with --data. To begin anew, move this one away first.",
            kept="Everything: nothing was touched.",
        )


def make_folder(folder: Path) -> None:
    """Ours alone; the database's user, where we are root, may pass through it but see nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise Misconfigured(
            "The data directory cannot be made",
            f"{folder}: {error.strerror or error}",
            hint="Choose another with --data.",
        ) from error


def _draft(folder: Path, wanted: Wanted) -> Config:
    """The settings as they will be, with what the environment says over them, tried before the file is there."""
    draft = folder / "draft"
    draft.mkdir(mode=0o700, exist_ok=True)
    try:
        write_settings(config_path(draft), settings_text(wanted.listen, wanted.url, wanted.allow))
        found = settings(draft)
    finally:
        config_path(draft).unlink(missing_ok=True)
        draft.rmdir()
    return _moved(found, folder)


def _moved(config: Config, folder: Path) -> Config:
    from msgspec.structs import replace

    return replace(config, folder=folder.resolve())


def _keys(config: Config, code: str) -> Keyring:
    """The keys an interrupted attempt left, or new ones."""
    if config.keys.exists() and (found := load_keyring(config.keys)).agency == code:
        return found
    keyring = new_keyring(code, now())
    save_keyring(keyring, config.keys)
    return keyring


def make_bytes(config: Config, database: Database) -> None:
    """The folder of kept bytes, the user's that the roles run as."""
    folder = config.folder / "bytes"
    folder.mkdir(mode=0o700, exist_ok=True)
    if account := database.account:
        os.chown(folder, account.uid, account.gid)


def write_settings(path: Path, text: str) -> None:
    """The settings file, whole and durable or not at all, ours alone."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
