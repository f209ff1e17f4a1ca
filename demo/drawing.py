"""A sheet to draw on: flat shapes, soft light and a little grain, with Pillow alone; out comes a JPEG with its label.

Coordinates are those of a sheet 1800 wide and 1200 high; everything is drawn at twice that and reduced, for smooth edges.
The same scene always gives the same bytes, whatever else was drawn before.
"""

import io
import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from dragoman.formats.picture.label import Label, labelled

WIDTH, HEIGHT = 1800, 1200
_TWICE = 2
_QUALITY = 80
Colour = tuple[int, int, int]
Point = tuple[float, float]


class Sheet:
    """`luck` is this scene's own: its stars and waves lie where they lay last time."""

    def __init__(self, name: str) -> None:
        self.luck = random.Random(name)
        self.image = Image.new("RGB", (WIDTH * _TWICE, HEIGHT * _TWICE))
        self._pen = ImageDraw.Draw(self.image)

    def sky(self, top: Colour, middle: Colour, low: Colour, *, upto: float = HEIGHT, begin: float = 0) -> None:
        """From one colour over another to a third, downwards, between two heights."""
        ramp = ImageOps.colorize(Image.linear_gradient("L"), top, low, mid=middle)
        size = WIDTH * _TWICE, round((upto - begin) * _TWICE)
        self.image.paste(ramp.resize(size, Image.Resampling.BILINEAR), (0, round(begin * _TWICE)))

    def shape(self, colour: Colour, *points: Point) -> None:
        self._pen.polygon([(x * _TWICE, y * _TWICE) for x, y in points], fill=colour)

    def box(self, colour: Colour, left: float, top: float, right: float, bottom: float, *, round_: float = 0) -> None:
        place = [value * _TWICE for value in (left, top, right, bottom)]
        self._pen.rounded_rectangle(place, radius=round_ * _TWICE, fill=colour)

    def disc(self, colour: Colour, x: float, y: float, across: float, *, high: float = 0) -> None:
        wide, tall = across / 2, (high or across) / 2
        place = [value * _TWICE for value in (x - wide, y - tall, x + wide, y + tall)]
        self._pen.ellipse(place, fill=colour)

    def line(self, colour: Colour, width: float, *points: Point) -> None:
        self._pen.line(
            [(x * _TWICE, y * _TWICE) for x, y in points], fill=colour, width=round(width * _TWICE), joint="curve"
        )

    def arc(self, colour: Colour, width: float, centre: Point, across: float, begin: float, end: float) -> None:
        """Part of a circle, from one angle to another, clockwise from the right."""
        (x, y), half = centre, across / 2
        place = [value * _TWICE for value in (x - half, y - half, x + half, y + half)]
        self._pen.arc(place, begin, end, fill=colour, width=round(width * _TWICE))

    def glow(self, colour: Colour, x: float, y: float, across: float, strength: float = 0.8) -> None:
        """A soft light around a point, added to what is there."""
        self._light(
            colour, strength, lambda pen, by: pen.ellipse(_round(x * by, y * by, across * by), fill=255), across
        )

    def beam(self, colour: Colour, strength: float, *points: Point) -> None:
        """A shape of light with soft edges."""
        self._light(
            colour, strength, lambda pen, by: pen.polygon([(px * by, py * by) for px, py in points], fill=255), 110
        )

    def _light(self, colour: Colour, strength: float, draw: "Drawing", soft: float) -> None:
        # Soft light needs few pixels: a twelfth of the sheet is blurred and made large again.
        by = 1 / 6
        mask = Image.new("L", (round(WIDTH * by), round(HEIGHT * by)))
        draw(ImageDraw.Draw(mask), by)
        mask = mask.filter(ImageFilter.GaussianBlur(soft * by / 4)).point(lambda value: int(value * strength))
        whole = mask.resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), whole)

    def hills(self, colour: Colour, base: float, height: float, waves: Sequence[Point]) -> None:
        """A range of hills down to the sheet's edge; `waves` are their lengths and shifts."""
        points = [
            (x, base - height * sum(math.sin(x / length + shift) for length, shift in waves) / len(waves))
            for x in range(0, WIDTH + 1, 12)
        ]
        self.shape(colour, (0, HEIGHT), *points, (WIDTH, HEIGHT))

    def stars(self, colour: Colour, number: int, *, upto: float) -> None:
        for _ in range(number):
            x, y = self.luck.uniform(0, WIDTH), self.luck.uniform(0, upto)
            self.disc(colour, x, y, self.luck.choice((2.0, 2.0, 3.0, 4.5)))

    def ripples(self, colour: Colour, number: int, *, begin: float, centre: float, spread: float) -> None:
        """Light lying on water under `centre`, in strokes that grow longer towards us."""
        for _ in range(number):
            depth = self.luck.random()
            y = begin + (HEIGHT - begin) * depth
            x = self.luck.gauss(centre, spread * (0.25 + depth))
            half = self.luck.uniform(8, 40) * (0.4 + depth)
            self.line(colour, 1.5 + 3.5 * depth, (x - half, y), (x + half, y))

    def jpeg(self, label: Label, *, aged: Colour | None = None) -> bytes:
        """The drawing as a file that says what it is; `aged`: in the shades of an old print."""
        made = self.image.reduce(_TWICE)
        if aged is not None:
            made = ImageOps.colorize(
                ImageOps.autocontrast(made.convert("L"), cutoff=1), (28, 24, 22), (247, 240, 226), mid=aged
            )
        made = Image.blend(made, _grain(self.luck), 0.055)
        body = io.BytesIO()
        made.save(body, "JPEG", quality=_QUALITY)
        return labelled(body.getvalue(), label)


Drawing = Callable[[ImageDraw.ImageDraw, float], None]


def _round(x: float, y: float, across: float) -> list[float]:
    return [x - across / 2, y - across / 2, x + across / 2, y + across / 2]


def _grain(luck: random.Random) -> Image.Image:
    """Film grain, of one pattern laid over the sheet in pieces."""
    noise = Image.frombytes("L", (300, 200), luck.randbytes(60_000))
    return noise.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC).convert("RGB")
