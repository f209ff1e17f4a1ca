"""A node's web side, served over a real socket on a real database; and the invented copy that is put on its wire."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import uvicorn
from msgspec import Struct

from database import Addresses
from dragoman.config import Config, Web
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.delivery import Channel
from dragoman.model.item import Block, Body, Dateline, Headline, Item, Profile
from dragoman.store import agencies, agreements, channels, filing, people
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import LOG, Connection, Waker, borrowed, open_pool
from dragoman.text.markup import html_of_blocks
from dragoman.trust.keys import new_keyring
from dragoman.web import Site, Stop, build_app

PASSWORD = "tide-lamp-orchard-9"
PEOPLE = (
    ("Rana Reader", "reader"),
    ("Eldar Editor", "editor"),
    ("Hanna Head", "desk head"),
    ("Hugo Head", "desk head"),
    ("Pia Partner", "partner manager"),
    ("Otto Operator", "operator"),
    ("Ada Admin", "administrator"),
)
HOME = Agency(code="LNA", name="Lantern News Agency", country="AZ", zone="Asia/Baku", languages=("az", "en", "ru"))
PARTNERS = (
    Agency(code="VAL", name="Valdora Presse", country="FR", zone="Europe/Paris", languages=("fr", "de", "es")),
    Agency(code="QMR", name="Qamar Wire", country="AE", zone="Asia/Dubai", languages=("ar", "zh", "en")),
)


class Served(Struct, frozen=True, kw_only=True):
    """`url` has no slash at its end."""

    url: str
    site: Site

    def file(self, item: Item, origin: str = "LNA", **more: object) -> int:
        """Put an item on the wire, as the pipeline would; its number."""
        with borrowed(self.site.newsroom) as conn:
            return put(conn, item, origin, **more)


@contextmanager
def serving(database: Addresses, folder: Path) -> Iterator[Served]:
    """The application on a free port of this machine, people and partners in place."""
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    newsroom = open_pool(database.newsroom, name="newsroom", size=6)
    partner = open_pool(database.partner, name="partner", size=2)
    try:
        with borrowed(newsroom) as conn:
            home = furnish(conn)
        keyring = new_keyring(home.code, datetime.now(UTC))
        site = Site(
            config=Config(folder=folder, web=Web(listen=url.removeprefix("http://"))),
            home=home,
            keys=lambda: keyring,
            newsroom=newsroom,
            partner=partner,
            files=ByteStore(folder),
            stop=Stop(),
            intake_refused=lambda: False,
        )
        with running(site, listening):
            yield Served(url=url, site=site)
    finally:
        newsroom.close()
        partner.close()
        listening.close()


@contextmanager
def running(site: Site, listening: socket.socket) -> Iterator[uvicorn.Server]:
    """uvicorn in a thread, ready when entered, gone when left."""
    config = uvicorn.Config(build_app(site), log_config=None, lifespan="on", timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.01)
    try:
        yield server
    finally:
        site.stop.set()
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not stop"


def furnish(conn: Connection) -> Agency:
    """People of every role, two partners, an agreement with one of them, a channel."""
    home = agencies.add_agency(conn, msgspec.structs.replace(HOME, home=True))
    for partner in PARTNERS:
        agencies.add_agency(conn, partner)
    people.add_person(conn, PEOPLE[0][0], PASSWORD, PEOPLE[0][1])
    for name, role in PEOPLE[1:]:  # a password's hash takes its time by design: one is made, and shared
        conn.execute(
            "insert into person (name, password, role) select %s, password, %s from person limit 1", (name, role)
        )
    since = datetime.now(UTC) - timedelta(days=30)
    given = Terms(giver="LNA", taker="VAL", languages=("en", "fr"), credit={"*": "LNA"}, valid_from=since)
    agreements.save(conn, Agreement(id="a1b2c3d4e5f60718", revision=1, terms=given, state="active"), "LNA")
    taken = Terms(giver="QMR", taker="LNA", valid_from=since)
    agreements.save(conn, Agreement(id="0f1e2d3c4b5a6978", revision=1, terms=taken, state="active"), "LNA")
    channels.add_channel(
        conn, Channel(name="valdora", agency="VAL", kind="webhook", address="http://127.0.0.1:9/inbox")
    )
    return home


def copy_of(uri: str, language: str, headline: str, *paragraphs: str, dateline: str = "", **more: object) -> Item:
    """An item as a decoder makes it; `dateline` opens its first paragraph."""
    texts = [dateline + paragraphs[0], *paragraphs[1:]] if paragraphs else []
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts)
    line = Dateline(text=dateline, place=dateline.split(",")[0].strip(" .")) if dateline else None
    item = Item(
        uri=f"urn:example:{uri}",
        version="1",
        version_created=datetime.now(UTC),
        language=language,
        headlines=(Headline(value=headline),) if headline else (),
        bodies=(Body(value=html_of_blocks(blocks)),),
        dragoman=Profile(blocks=blocks, dateline=line),
    )
    return msgspec.structs.replace(item, **more)


def put(conn: Connection, item: Item, origin: str = "LNA", **more: object) -> int:
    """File one item in a transaction of its own and wake the followers; the item's number."""
    now = datetime.now(UTC)
    made = filing.Filing(item=item, origin=origin, agency=origin, received=now, **more)  # type: ignore[arg-type]
    with conn.transaction():
        outcome = filing.file(conn, [made], now)[0]
    assert outcome.sequence is not None, outcome
    Waker(conn).wake(LOG)
    row = conn.execute("select item from version where sequence = %s", (outcome.sequence,)).fetchone()
    assert row is not None
    return int(row[0])
