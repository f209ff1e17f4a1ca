"""A round table at a served node: its event, its floor, guests with their links, and questions put by them."""

import re
from datetime import UTC, datetime, timedelta

import aiohttp
from at_desk import Desk, csrf_in
from served import Served

from dragoman.desk import projects
from dragoman.desk.floor import asking, guests, moderating, running
from dragoman.desk.floor.running import Desk as AtFloor
from dragoman.model.event import Event, Venue
from dragoman.planning.floor.hall import Hall
from dragoman.store import floor as store
from dragoman.store.connect import borrowed

TABLE = "ports"


class RoundTable:
    """The floor of one event of LNA's own desk; each act in a connection of its own."""

    def __init__(self, node: Served, *, opened: bool = True, **settings: object) -> None:
        self.node = node
        with borrowed(node.site.newsroom) as conn:
            now = datetime.now(UTC)
            self.project = projects.desk_project(conn, node.site.keyring, now=now)
            event = Event(
                titles={"en": "Round table on ports", "ar": "مائدة مستديرة عن الموانئ", "zh": "港口圆桌会"},
                kind="round table",
                starts=now + timedelta(hours=1),
                venue=Venue(name="Harbour House", city="Baku", zone="Asia/Baku"),
                languages=("en", "ru"),
            )
            projects.put(conn, node.site.keyring, self.project, TABLE, event, by="Hanna Head", now=now)
            usual: dict[str, object] = {"speakers": ("Ines Oda", "Karim Sal"), "languages": ("en", "ru", "ar")}
            if opened:
                running.open_floor(self.at(conn), running.Settings(**(usual | settings)))  # type: ignore[arg-type]
            projects.wake(conn)

    @property
    def base(self) -> str:
        return f"/floor/{self.project}/{TABLE}"

    def at(self, conn: object, by: str = "Hanna Head") -> AtFloor:
        return AtFloor(
            conn=conn,  # type: ignore[arg-type]
            keyring=self.node.site.keyring,
            project=self.project,
            id=TABLE,
            by=by,
            now=datetime.now(UTC),
        )

    def does(self, what: object, *values: object, **named: object) -> object:
        """One act of the moderators', as in ``does(moderating.accept, id)``; the followers are woken."""
        with borrowed(self.node.site.newsroom) as conn:
            done = what(self.at(conn), *values, **named)  # type: ignore[operator]
            projects.wake(conn)
        return done

    def live(self) -> "RoundTable":
        self.does(running.go, "live")
        return self

    def asked(self, text: str, agency: str = "VAL", name: str = "Ana Brek", **more: object) -> str:
        """A question put by a guest of `agency`; its id."""
        who = asking.Asker(who=f"guest of {agency} {name}", name=name, agency=agency, outlet=agency)
        wanted = asking.Wanted(text=text, **({"language": "en"} | more))  # type: ignore[arg-type]
        sent = self.does(asking.ask, who, wanted)
        assert isinstance(sent, asking.Sent)
        return sent.question.id

    def answered(self, id: str, text: str, **more: object) -> None:
        usual: dict[str, object] = {"speaker": "Ines Oda", "language": "en"}
        self.does(moderating.answer, id, moderating.Answering(text=text, **(usual | more)))  # type: ignore[arg-type]

    def invite(self, name: str = "Ana Brek", **more: object) -> str:
        """The code of a new guest."""
        person = guests.Invited(name=name, **({"agency": "VAL", "language": "fr"} | more))  # type: ignore[arg-type]
        (made,) = self.does(guests.accredit, [person])  # type: ignore[misc]
        return str(made.code)

    def hall(self) -> Hall:
        with borrowed(self.node.site.newsroom) as conn:
            return store.read_hall(conn, self.project, TABLE)

    def standing(self, id: str) -> str:
        found = self.hall().find(id)
        assert found is not None
        return found.standing


async def come_in(desk: Desk, code: str) -> str:
    """Open the personal link and press its button; the page it leads to."""
    token = csrf_in(await desk.page(f"/floor/in/{code}"))
    async with desk.client.post(desk.url + "/floor/in", data={"csrf": token, "code": code}) as answer:
        text = await answer.text()
        assert answer.status == 200, (answer.status, text[:400])
        return text


async def send(desk: Desk, page: str, path: str, status: int = 200, **fields: str) -> str:
    """Send a form of a floor's page with its token; the page it leads to."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    data = {"csrf": found[1] if found else "", **fields}
    async with desk.client.post(desk.url + path, data=data, allow_redirects=True) as answer:
        text = await answer.text()
        assert answer.status == status, (path, answer.status, text[:600])
        return text


def session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"accept": "text/html"})
