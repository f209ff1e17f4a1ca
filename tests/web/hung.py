"""An exhibition of four pictures on a served node: proposed, selected, cleared, sized, described in three languages."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from served import Served

from dragoman.desk import exhibition_pictures, exhibitions, projects
from dragoman.model.agency import NodeKey
from dragoman.model.event import Venue
from dragoman.model.exhibition import Exhibition, Right, Room
from dragoman.model.item import Profile
from dragoman.model.project import Project, ProjectTerms
from dragoman.model.taken import WhenTaken
from dragoman.planning.exhibition import Whole
from dragoman.store import agencies
from dragoman.store.connect import borrowed
from dragoman.trust.keys import fingerprint
from hung_pictures import hang_up

NOW = datetime.now(UTC)
PROJECT = "LNA:harbour"
SHOW = Exhibition(
    titles={"en": "The harbour remembers", "ar": "الميناء يتذكر", "zh": "港口的记忆"},
    introduction={
        "en": "Six decades of one harbour, kept by three agencies: boats, nets, cranes, and the people who came to look at"
        " them.\n\nNobody in these pictures knew that they would hang on one wall.",
        "ar": "ستة عقود من حياة ميناء واحد حفظتها ثلاث وكالات: قوارب وشباك ورافعات، وناس جاؤوا ليتفرجوا.",
        "zh": "三家通讯社保存的一座港口的六十年：船只、渔网、起重机，以及前来观看的人们。",
    },
    languages=("en", "ar", "zh"),
    venue=Venue(name="Custom House", address="4 Mole Street", city="Baku", country="AZ", zone="Asia/Baku"),
    opens=NOW - timedelta(days=1),
    until=(NOW + timedelta(days=90)).date(),
)
TAKEN = {
    "boats": WhenTaken(earliest=date(1960, 1, 1), latest=date(1969, 12, 31), precision="decade"),
    "crane": WhenTaken(latest=date(1968, 12, 31), precision="year"),
    "nets": WhenTaken(earliest=date(1970, 1, 1), latest=date(1970, 12, 31), precision="year", circa=True),
    "light": WhenTaken(earliest=date(1984, 5, 12), latest=date(1984, 5, 12), precision="day"),
}
SIZES = {"boats": (1500, 1000), "crane": (900, 1350), "nets": (1200, 800), "light": (600, 600)}


class Hung(Struct, frozen=True, kw_only=True):
    """The exhibition's id and, by the pictures' names, their proposals' ids and their items' numbers."""

    node: Served
    id: str
    pictures: dict[str, str]
    numbers: dict[str, int]
    rooms: tuple[str, ...] = ()

    @property
    def workshop(self) -> str:
        return f"/exhibition/{PROJECT}/{self.id}"

    @property
    def gallery(self) -> str:
        return f"/gallery/{PROJECT}/{self.id}"

    @property
    def whole(self) -> Whole:
        with borrowed(self.node.site.newsroom) as conn:
            return exhibitions.opened(conn, PROJECT, self.id)

    def do(self, act: Any, *values: Any, by: str = "Ada Admin", **more: Any) -> Any:
        with borrowed(self.node.site.newsroom) as conn:
            return act(conn, self.node.site.keyring, PROJECT, *values, **{"by": by, "now": datetime.now(UTC), **more})


def hung(node: Served, *, ready: bool = True, published: bool = False, **changes: Any) -> Hung:
    """Make it: only proposed, or (`ready`) so that it can be published."""
    terms = ProjectTerms(kinds=("text", "picture"), use="free web", credit={"*": "Photo: {agency}"})
    with borrowed(node.site.newsroom) as conn:
        known(node)
        wanted = Project(title="Harbour", terms=terms)
        projects.found(conn, node.site.keyring, "harbour", wanted, by="Ada Admin", now=NOW)
        numbers = {
            name: hang_up(
                conn,
                node.site.files,
                name,
                origin="QMR" if name == "nets" else "LNA",
                width=size[0],
                height=size[1],
                dragoman=Profile(credit="Qamar Wire" if name == "nets" else "Lantern", taken=TAKEN[name]),
            )
            for name, size in SIZES.items()
        }
    made = Hung(node=node, id="", pictures={}, numbers=numbers)
    made = replace(made, id=made.do(exhibitions.make, replace(SHOW, **changes)).id)
    for name, number in numbers.items():
        made.pictures[name] = made.do(exhibition_pictures.propose, made.id, number).id
    if ready:
        made = prepared(made)
    if published:
        made.do(exhibitions.publish, made.id)
    return made


def known(node: Served) -> None:
    """The node knows its own key, as every node does that was made by `init`."""
    public, home = node.site.keyring.current.public, node.site.home.code
    with borrowed(node.site.newsroom) as conn:
        if not agencies.keys(conn, home):
            key = NodeKey(agency=home, public=public, fingerprint=fingerprint(public), state="trusted", since=NOW)
            agencies.add_key(conn, key)


def prepared(made: Hung) -> Hung:
    first = Room(
        exhibition="",
        titles={"en": "Boats and nets", "ar": "قوارب وشباك", "zh": "船与网"},
        text={
            "en": "The first room is about work that begins before light.",
            "ar": "الغرفة الأولى عن عمل يبدأ قبل الضوء.",
            "zh": "第一展厅讲述黎明前的劳作。",
        },
    )
    second = Room(exhibition="", titles={"en": "Standing things", "ar": "أشياء واقفة", "zh": "伫立之物"})
    rooms = tuple(made.do(exhibitions.add_room, made.id, room).id for room in (first, second))
    for name, id in made.pictures.items():
        made.do(exhibition_pictures.select, id, True)
        made.do(exhibition_pictures.say_right, Right(picture=id, use="print", allowed=True, source="letter of 3 May"))
        room = rooms[name in ("crane", "light")]
        made.do(exhibition_pictures.hang, id, room=room, width_mm=SIZES[name][0] // 10)
    return replace(made, rooms=rooms)
