"""The copy on a served node, read and put into stories as the roles do it."""

from contextlib import closing

from served import Served, copy_of

from dragoman.read.work import read_jobs
from dragoman.receive.box import Box, BoxLimits
from dragoman.roles.link import Linker
from dragoman.roles.post import Beats, Post, Stop
from dragoman.roles.read import Readers, encoded_traits
from dragoman.store.connect import borrowed

QUAKE = {
    "en": (
        "Earthquake kills 12 in Lombara",
        "An earthquake of magnitude 6.4 struck the island of Lombara on Monday and killed 12 people. Hundreds of homes"
        " were destroyed. “We will rebuild every house,” governor Ida Brandt said.",
    ),
    "ru": (
        "Землетрясение на Ломбаре: 12 погибших",
        "Землетрясение магнитудой 6,4 произошло в понедельник на острове Ломбара, погибли 12 человек. Разрушены сотни"
        " домов, сообщила губернатор Ида Брандт.",
    ),
    "ar": (
        "زلزال يقتل 14 شخصا في لومبارا",
        "ضرب زلزال بقوة 6.4 درجة جزيرة لومبارا يوم الاثنين وقتل 14 شخصا. دمرت مئات المنازل، قالت الحاكمة إيدا برانت.",
    ),
}


def link_all(node: Served) -> None:
    """Read and link whatever waits."""
    site = node.site
    post = Post(
        role="link", config=site.config, newsroom=str(site.newsroom.conninfo), partner=str(site.partner.conninfo)
    )
    box = Box(1, {"read": read_jobs(also=encoded_traits)}, BoxLimits())
    with borrowed(site.newsroom) as conn:
        beats = Beats(conn, post)
        with closing(Readers(post, box, Stop(), beats)) as readers:
            while readers.turn():
                pass
        with closing(Linker(post, Stop(), beats)) as linker:
            while linker.turn():
                pass
    box.close()


def told(node: Served, language: str, origin: str, uri: str = "", **more: object) -> int:
    headline, text = QUAKE[language]
    return node.file(copy_of(uri or f"quake-{language}", language, headline, text, **more), origin)
