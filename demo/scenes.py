"""Ten scenes for an exhibition about lights that somebody has left on: drawn from shapes, quiet, no two alike."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from demo.drawing import HEIGHT, WIDTH, Sheet
from dragoman.formats.picture.label import Label

LAMP = (255, 226, 150)
_SEPIA, _SILVER, _BLUE = (150, 122, 96), (132, 132, 134), (112, 122, 138)


def draw(name: str, label: Label) -> bytes:
    """The JPEG of a scene.

    Raises:
        KeyError: there is no scene of this name.
    """
    scene, aged = SCENES[name]
    sheet = Sheet(name)
    scene(sheet)
    return sheet.jpeg(label, aged=aged)


def _lighthouse(on: Sheet) -> None:
    on.sky((24, 34, 66), (92, 92, 130), (236, 168, 122), upto=820)
    on.sky((60, 78, 112), (44, 60, 94), (20, 30, 54), begin=820)
    on.stars((226, 228, 240), 60, upto=380)
    on.ripples((214, 168, 136), 120, begin=835, centre=1500, spread=260)
    on.shape((26, 30, 40), (0, 1200), (0, 940), (260, 880), (520, 842), (760, 850), (900, 930), (1020, 1200))
    on.beam((255, 232, 170), 0.5, (560, 372), (1800, 60), (1800, 330), (560, 392))
    on.beam((255, 232, 170), 0.28, (560, 372), (0, 470), (0, 620), (560, 392))
    on.shape((238, 232, 220), (508, 850), (532, 440), (588, 440), (612, 850))
    for at in range(3):
        top, thin = 520 + at * 120, 6 - 2 * at
        on.shape((176, 62, 50), (518 + thin, top), (602 - thin, top), (605 - thin, top + 60), (515 + thin, top + 60))
    on.box((40, 42, 50), 518, 424, 602, 440)
    on.box((40, 42, 50), 538, 346, 582, 424)
    on.box(LAMP, 543, 356, 577, 416)
    on.shape((40, 42, 50), (530, 346), (560, 310), (590, 346))
    on.glow(LAMP, 560, 385, 250)


def _library(on: Sheet) -> None:
    on.sky((20, 22, 28), (30, 30, 36), (44, 38, 36))
    for shelf in range(5):
        y = 150 + shelf * 150
        x = 60.0
        while x < 1740:
            wide, tall = on.luck.uniform(16, 46), on.luck.uniform(82, 128)
            shade = on.luck.choice(
                ((94, 58, 46), (62, 72, 70), (112, 92, 58), (74, 54, 66), (128, 112, 88), (52, 60, 80))
            )
            on.box(shade, x, y - tall, x + wide - 3, y)
            on.box((150, 132, 96), x + 3, y - tall * 0.8, x + wide - 6, y - tall * 0.8 + 4)
            x += wide
        on.box((58, 42, 34), 40, y, 1760, y + 14)
    on.glow((255, 206, 120), 900, 760, 1300, 0.62)
    on.shape((72, 48, 36), (0, 1200), (120, 960), (1680, 960), (1800, 1200))
    on.glow((255, 218, 146), 900, 1000, 760, 0.55)
    on.box((176, 140, 70), 884, 760, 916, 960)
    on.box((176, 140, 70), 820, 950, 980, 972, round_=10)
    on.shape((34, 92, 74), (720, 770), (790, 640), (1010, 640), (1080, 770))
    on.box(LAMP, 730, 768, 1070, 780)
    for side in (-1, 1):
        on.shape((240, 232, 214), (900, 1075), (900 + side * 230, 1045), (900 + side * 250, 1110), (900, 1145))
    on.line((170, 158, 140), 3, (900, 1075), (900, 1145))


def _ferry(on: Sheet) -> None:
    on.sky((168, 176, 184), (196, 200, 204), (222, 222, 218), upto=760)
    on.sky((150, 160, 168), (126, 140, 150), (84, 98, 110), begin=760)
    on.shape((52, 60, 68), (360, 700), (1480, 700), (1400, 830), (430, 830))
    on.box((232, 230, 224), 430, 600, 1390, 702)
    on.box((222, 220, 214), 520, 520, 1290, 602)
    on.box((214, 212, 206), 640, 452, 960, 522)
    on.box((88, 74, 66), 1050, 380, 1150, 522)
    on.box((196, 96, 66), 1050, 410, 1150, 440)
    for at in range(17):
        on.box(
            (255, 214, 130) if at not in (3, 9, 10) else (96, 104, 110),
            452 + at * 55,
            636,
            480 + at * 55,
            664,
            round_=6,
        )
    for at in range(12):
        on.box((250, 222, 160), 552 + at * 60, 548, 578 + at * 60, 574, round_=5)
    on.line((90, 92, 96), 5, (470, 600), (470, 400))
    on.line((90, 92, 96), 2, (470, 404), (640, 470))
    on.glow((255, 236, 190), 470, 400, 120)
    on.disc((255, 240, 200), 470, 400, 16)
    on.ripples((226, 206, 160), 130, begin=836, centre=900, spread=300)
    on.beam((206, 210, 212), 0.75, (0, 640), (1800, 700), (1800, 860), (0, 800))


def _saffron(on: Sheet) -> None:
    on.sky((46, 44, 92), (168, 110, 140), (250, 198, 140), upto=640)
    on.hills((88, 74, 112), 540, 60, ((210, 0.4), (90, 1.1)))
    on.hills((64, 56, 88), 590, 34, ((160, 2.0), (60, 0.2)))
    on.shape((52, 44, 50), (0, 600), (1800, 590), (1800, 1200), (0, 1200))
    for row in range(19):
        foot = -900 + row * 190
        for step in range(34):
            depth = (step / 33) ** 1.7
            x, y = 900 + (foot - 100) * (0.12 + 0.88 * depth) * 0.9, 606 + 590 * depth
            size = 3 + 26 * depth
            x += on.luck.uniform(-1, 1) * size * 0.6
            on.disc((142, 98, 190), x, y, size * 1.5, high=size)
            on.disc((178, 136, 220), x - size * 0.2, y - size * 0.15, size * 0.8, high=size * 0.6)
            on.line((226, 92, 44), max(1, size / 10), (x, y), (x + size * 0.25, y - size * 0.5))
    on.shape((30, 26, 34), (1216, 640), (1232, 560), (1262, 560), (1276, 640))
    on.disc((30, 26, 34), 1247, 546, 30)
    on.line((30, 26, 34), 6, (1262, 574), (1300, 598))
    on.glow((255, 216, 140), 1304, 612, 220)
    on.box((255, 226, 150), 1296, 600, 1312, 624, round_=3)


def _train(on: Sheet) -> None:
    on.sky((12, 18, 40), (28, 40, 74), (58, 72, 106), upto=860)
    on.stars((232, 236, 246), 170, upto=620)
    on.disc((238, 236, 222), 1420, 230, 110)
    on.disc((24, 34, 64), 1394, 214, 104)
    on.hills((30, 38, 62), 700, 130, ((250, 1.0), (120, 0.3)))
    on.hills((18, 24, 40), 800, 60, ((180, 2.4), (70, 1.7)))
    for pier in range(9):
        x = 80 + pier * 210
        on.box((44, 50, 72), x, 760, x + 40, 1200)
        on.arc((44, 50, 72), 26, (x + 125, 862), 196, 180, 360)
    on.box((44, 50, 72), 0, 700, 1800, 776)
    for car in range(4):
        left = 130 + car * 400
        on.box((54, 62, 88), left, 600, left + 384, 692, round_=12)
        on.box((150, 46, 44), left, 664, left + 384, 672)
        for window in range(7):
            lit = (car * 7 + window) % 5 != 2
            on.box(
                (255, 220, 140) if lit else (38, 44, 64),
                left + 22 + window * 50,
                618,
                left + 56 + window * 50,
                652,
                round_=5,
            )
    on.shape((54, 62, 88), (1730, 600), (1800, 600), (1800, 692), (1730, 692))
    on.glow((255, 220, 150), 950, 640, 1500, 0.16)
    on.box((14, 18, 30), 0, 1120, 1800, 1200)


def _refuge(on: Sheet) -> None:
    on.sky((52, 62, 92), (120, 128, 160), (214, 188, 184), upto=900)
    on.shape(
        (150, 156, 176),
        (0, 760),
        (300, 420),
        (470, 560),
        (760, 180),
        (1010, 520),
        (1240, 330),
        (1800, 820),
        (1800, 1200),
        (0, 1200),
    )
    on.shape((236, 236, 240), (760, 180), (690, 300), (742, 330), (790, 292), (850, 340), (872, 332))
    on.shape((226, 226, 234), (300, 420), (246, 486), (296, 500), (340, 470), (378, 486))
    on.shape((226, 226, 234), (1240, 330), (1186, 372), (1236, 402), (1300, 396), (1346, 408))
    on.hills((94, 102, 126), 800, 70, ((260, 0.6), (110, 2.0)))
    on.hills((224, 226, 234), 930, 60, ((330, 2.2), (140, 0.4)))
    for _ in range(26):
        x, y = on.luck.uniform(0, WIDTH), on.luck.uniform(930, 1010)
        tall = on.luck.uniform(50, 110)
        if not 1010 < x < 1420:
            on.shape((42, 54, 62), (x - tall / 4, y), (x, y - tall), (x + tall / 4, y))
    on.box((78, 58, 48), 1090, 800, 1330, 920)
    on.shape((240, 240, 244), (1060, 806), (1210, 716), (1360, 806), (1330, 806), (1210, 742), (1090, 806))
    on.shape((66, 48, 40), (1090, 806), (1210, 742), (1330, 806))
    on.glow((255, 210, 120), 1210, 850, 420, 0.5)
    on.box((255, 226, 150), 1184, 826, 1236, 874)
    on.line((78, 58, 48), 5, (1210, 826), (1210, 874))
    on.line((78, 58, 48), 5, (1184, 850), (1236, 850))
    on.line((120, 128, 150), 5, (1200, 930), (1130, 1010), (1210, 1090), (1120, 1200))


def _window(on: Sheet) -> None:
    on.sky((34, 30, 34), (44, 38, 40), (30, 26, 30))
    colours = ((206, 74, 52), (232, 166, 58), (46, 104, 142), (58, 132, 104), (240, 214, 150), (120, 70, 128))
    centre = 900.0, 560.0
    for ring, (inner, outer, pieces) in enumerate(((70, 190, 8), (196, 316, 16), (322, 440, 24))):
        for piece in range(pieces):
            first, last = (2 * math.pi * (piece + part) / pieces + ring * 0.13 for part in (0.04, 0.96))
            corners = [(inner, first), (outer, first), (outer, (first + last) / 2), (outer, last), (inner, last)]
            colour = colours[(piece * (ring + 2) + ring) % len(colours)]
            on.shape(colour, *((centre[0] + r * math.cos(a), centre[1] + r * math.sin(a)) for r, a in corners))
    on.disc((250, 232, 176), *centre, 128)
    on.disc((206, 74, 52), *centre, 70)
    on.arc((70, 62, 60), 18, centre, 916, 0, 360)
    on.beam((255, 210, 140), 0.3, (640, 700), (1160, 700), (1560, 1200), (760, 1200))
    for pipe in range(15):
        tall = 250 - abs(pipe - 7) * 24
        x = 250 + pipe * 92
        on.box((124, 116, 104), x, 1130 - tall, x + 46, 1200, round_=8)
        on.shape((30, 26, 30), (x + 12, 1090), (x + 34, 1090), (x + 23, 1064))
    on.glow((255, 220, 160), 900, 560, 1000, 0.16)


def _kites(on: Sheet) -> None:
    on.sky((60, 88, 148), (196, 150, 160), (252, 196, 134), upto=800)
    on.hills((116, 92, 106), 780, 90, ((200, 0.2), (80, 1.2)))
    on.sky((126, 110, 130), (84, 84, 116), (44, 52, 84), begin=800, upto=1010)
    on.ripples((248, 196, 150), 90, begin=806, centre=900, spread=420)
    on.shape((54, 46, 54), (0, 1010), (1800, 980), (1800, 1200), (0, 1200))
    sails = (
        (330, 250, 92, (206, 70, 60)),
        (640, 160, 76, (248, 206, 110)),
        (930, 330, 110, (62, 120, 132)),
        (1230, 190, 84, (236, 232, 220)),
        (1520, 340, 100, (176, 92, 132)),
    )
    for at, (x, y, size, colour) in enumerate(sails):
        on.line((70, 60, 72), 2, (x, y + size), (x - 40 + at * 8, y + size + 120), (420 + at * 240, 960))
        on.shape(colour, (x, y - size), (x + size * 0.7, y), (x, y + size), (x - size * 0.7, y))
        on.shape(tuple(max(0, c - 34) for c in colour), (x, y - size), (x + size * 0.7, y), (x, y + size))  # type: ignore[arg-type]
        on.glow(LAMP, x, y + size * 0.3, 90, 0.7)
        on.disc((255, 238, 190), x, y + size * 0.3, 16)
        child = 420 + at * 240
        on.disc((34, 30, 38), child, 950, 34)
        on.shape((34, 30, 38), (child - 24, 1060), (child - 14, 966), (child + 14, 966), (child + 24, 1060))


def _arch(on: Sheet) -> None:
    on.sky((196, 158, 116), (178, 138, 98), (140, 102, 72))
    for course in range(16):
        for stone in range(15):
            x, y = stone * 126 - (course % 2) * 63, course * 76
            warm = on.luck.randint(-12, 12)
            on.box((186 + warm, 148 + warm, 108 + warm), x + 2, y + 2, x + 122, y + 72, round_=4)

    def opening(half: float, top: float, colour: tuple[int, int, int]) -> None:
        on.shape(colour, *((900 + half * math.cos(a), top + half * 1.12 + half * 1.12 * math.sin(a) * 1.1) for a in (math.pi + math.pi * step / 40 for step in range(41))))  # fmt: skip
        on.box(colour, 900 - half, top + half * 1.12, 900 + half, 1200)

    opening(520, 110, (122, 88, 64))
    opening(470, 160, (232, 204, 160))
    opening(452, 178, (70, 56, 56))
    opening(330, 420, (96, 76, 68))
    opening(306, 446, (244, 214, 160))
    on.shape((206, 168, 120), (594, 1040), (1206, 1040), (1206, 1200), (594, 1200))
    for tree in range(3):
        x = 700 + tree * 190
        on.line((96, 76, 52), 14, (x, 1042), (x + 10, 880))
        for leaf in range(9):
            turn = math.pi * (1.02 + leaf * 0.12)
            on.line((84, 104, 66), 8, (x + 10, 880), (x + 10 + 84 * math.cos(turn), 880 + 70 * math.sin(turn) + 16))
    on.shape((60, 48, 48), (448, 1200), (448, 1080), (594, 1040), (594, 1200))
    on.shape((60, 48, 48), (1352, 1200), (1352, 1080), (1206, 1040), (1206, 1200))
    on.line((50, 40, 38), 5, (900, 180), (900, 330))
    on.shape((150, 110, 52), (866, 330), (934, 330), (920, 420), (880, 420))
    on.glow((255, 214, 130), 900, 380, 360, 0.75)
    on.disc((255, 240, 196), 900, 374, 34)


def _harbour(on: Sheet) -> None:
    on.sky((18, 26, 46), (34, 58, 82), (70, 104, 116), upto=640)
    on.sky((40, 70, 88), (24, 48, 68), (12, 26, 44), begin=640)
    for house in range(22):
        x, tall = house * 84 - 10, on.luck.uniform(50, 150)
        on.box((26, 34, 50), x, 640 - tall, x + 80, 642)
        for _ in range(on.luck.randint(0, 3)):
            wx, wy = x + on.luck.uniform(10, 60), 640 - on.luck.uniform(16, tall - 12)
            on.box((240, 196, 118), wx, wy, wx + 9, wy + 12)
    for at, (x, y, size) in enumerate(((330, 800, 0.9), (760, 720, 0.6), (1080, 900, 1.25), (1490, 770, 0.75))):
        on.shape(
            (14, 18, 28),
            (x - 150 * size, y),
            (x + 160 * size, y - 14 * size),
            (x + 120 * size, y + 44 * size),
            (x - 110 * size, y + 44 * size),
        )
        on.line((14, 18, 28), 7 * size, (x, y), (x - 8 * size, y - 200 * size))
        on.line((14, 18, 28), 4 * size, (x - 8 * size, y - 190 * size), (x + 150 * size, y - 20 * size))
        lamp = (255, 196, 96) if at % 2 else (255, 228, 160)
        on.glow(lamp, x - 8 * size, y - 120 * size, 240 * size, 0.8)
        on.disc((255, 246, 214), x - 8 * size, y - 120 * size, 22 * size)
        on.ripples(lamp, 46, begin=y + 50 * size, centre=x, spread=50 * size)
    on.box((10, 14, 22), 0, HEIGHT - 24, WIDTH, HEIGHT)


SCENES: Final[Mapping[str, tuple[Callable[[Sheet], None], tuple[int, int, int] | None]]] = MappingProxyType(
    {
        "lighthouse": (_lighthouse, None),
        "library": (_library, None),
        "ferry": (_ferry, _SILVER),
        "saffron": (_saffron, None),
        "train": (_train, _BLUE),
        "refuge": (_refuge, _SILVER),
        "window": (_window, None),
        "kites": (_kites, _SEPIA),
        "arch": (_arch, _SEPIA),
        "harbour": (_harbour, None),
    }
)
"""Each scene, and the shade of an old print's greys where it is one."""
