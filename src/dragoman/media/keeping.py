"""What a darkroom has made, put away: the bytes durably, then the rows that name them, in one transaction."""

from collections.abc import Sequence

from dragoman.media.renditions import Made
from dragoman.store.bytes import ByteStore
from dragoman.store.media import Rendition


def put_away(store: ByteStore, made: Sequence[Made]) -> list[Rendition]:
    """The renditions as rows; their bytes are on the disk when this returns.

    Raises: TryAgain: the disk is full.
    """
    return [
        Rendition(
            name=one.name,
            digest=store.put(one.body),
            media_type=one.media_type,
            size=len(one.body),
            width=one.width,
            height=one.height,
        )
        for one in made
    ]
