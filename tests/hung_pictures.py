"""Pictures for an exhibition: drawn by us, filed with their renditions as the darkroom leaves them, but without its process."""

import hashlib
import io
from datetime import UTC, datetime
from functools import cache
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageDraw

from dragoman.model.item import Headline, Item, Profile
from dragoman.model.picture import EDGES, descriptions, fitted, original_of
from dragoman.model.taken import WhenTaken
from dragoman.store import darkroom as queue
from dragoman.store import filing
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.media import Rendition

WORDS = {
    "boats": {"en": "Boats at the old mole.", "ar": "قوارب عند الرصيف القديم.", "zh": "旧码头边的小船。"},
    "crane": {"en": "The crane that never moved.", "ar": "الرافعة التي لم تتحرك قط.", "zh": "从未动过的起重机。"},
    "nets": {"en": "Nets drying on the wall.", "ar": "شباك تجف على الجدار.", "zh": "晾在墙上的渔网。"},
    "light": {"en": "The light at the end of the pier.", "ar": "المنارة في نهاية الرصيف.", "zh": "防波堤尽头的灯塔。"},
}
ALTS = {
    "boats": {"en": "Three boats", "ar": "ثلاثة قوارب", "zh": "三条小船"},
    "crane": {"en": "A tall crane", "ar": "رافعة عالية", "zh": "一台高大的起重机"},
    "nets": {"en": "Nets on a wall", "ar": "شباك على جدار", "zh": "墙上的渔网"},
    "light": {"en": "A small lighthouse", "ar": "منارة صغيرة", "zh": "一座小灯塔"},
}


@cache
def drawn(name: str, width: int, height: int) -> bytes:
    """A JPEG of sea, sky and a few shapes; another for every name."""
    luck = hashlib.sha256(name.encode()).digest()
    picture = Image.new("RGB", (width, height), (150 + luck[0] % 70, 160 + luck[1] % 60, 170 + luck[2] % 60))
    pen = ImageDraw.Draw(picture)
    sea = height * (55 + luck[3] % 20) // 100
    pen.rectangle((0, sea, width, height), fill=(40 + luck[4] % 50, 70 + luck[5] % 50, 90 + luck[6] % 50))
    for at in range(3 + luck[7] % 4):
        left = (luck[8 + at] * width) // 300
        pen.polygon(
            ((left, sea), (left + width // 8, sea), (left + width // 12, sea - height // 4)), fill=(230, 224, 210)
        )
        pen.rectangle((left, sea, left + width // 8, sea + height // 20), fill=(70, 45, 35))
    body = io.BytesIO()
    picture.save(body, "JPEG", quality=80)
    return body.getvalue()


def picture_item(name: str, digest: str, width: int, height: int, **more: Any) -> Item:
    """The item of a picture called `name`, described in three languages unless told otherwise."""
    usual: dict[str, Any] = {
        "language": "en",
        "headlines": (Headline(value=name.capitalize()),),
        "by": "Tora Lind",
        "descriptions": descriptions("en", WORDS.get(name, {"en": f"{name}."}), ALTS.get(name, {"en": name})),
        "renditions": (original_of(digest, "image/jpeg", width, height),),
        "dragoman": Profile(credit="Adrian Press", taken=WhenTaken(words="1961")),
    }
    return Item(uri=f"urn:example:{name}", type="picture", version="1", **(usual | more))


def hang_up(
    conn: Connection,
    store: ByteStore,
    name: str,
    *,
    origin: str,
    width: int = 2400,
    height: int = 1600,
    body: bytes = b"",
    **more: Any,
) -> int:
    """File the picture `name`, its renditions made; its item's number."""
    body = body or drawn(name, width, height)
    digest, now = store.put(body), datetime.now(UTC)
    item = picture_item(name, digest, width, height, **more)
    item = replace(item, dragoman=replace(item.ours, origin=origin))
    with conn.transaction():
        row = conn.execute("select id, home from agency where code = %s", (origin,)).fetchone()
        assert row is not None
        queue.add(conn, digest, row[0], "image/jpeg", len(body))
        queue.developed(conn, digest, renditions(store, body), width=width, height=height)
        version = filing.Filing(item=item, origin=origin, agency=origin, received=now, arrival=None if row[1] else 1)
        outcome = filing.file(conn, [version], now)[0]
        assert outcome.sequence is not None, outcome
    found = conn.execute("select item from version where sequence = %s", (outcome.sequence,)).fetchone()
    assert found is not None
    return int(found[0])


def renditions(store: ByteStore, body: bytes) -> list[Rendition]:
    return [
        Rendition(
            name=name,
            digest=store.put(small),
            media_type="image/jpeg",
            size=len(small),
            width=size[0],
            height=size[1],
        )
        for name, small, size in _resized(body)
    ]


@cache
def _resized(body: bytes) -> list[tuple[str, bytes, tuple[int, int]]]:
    whole = Image.open(io.BytesIO(body))
    found = []
    for name, edge in EDGES.items():
        size, out = fitted(whole.width, whole.height, edge), io.BytesIO()
        whole.resize(size).save(out, "JPEG", quality=80)
        found.append((name, out.getvalue(), size))
    return found
