"""Two charts as SVG: columns over time, bars side by side. Pure; the words come from the caller, in his language.

Each says in its title and description what its table says, labels its bars directly, and uses two colours that differ in
lightness. Colours stand as attributes, so that the file is whole by itself; on a page the classes of ``report.css`` win,
and follow the theme. Time runs left to right in every language.
"""

import re
from collections.abc import Sequence
from html import escape

from msgspec import Struct

WIDTH = 720.0
_LIGHT = {
    "ink": "#17191d",
    "soft": "#5a5d65",
    "rule": "#e3dfd4",
    "ours": "#0b4f6c",
    "others": "#9db9c6",
    "track": "#f3f0e8",
}
_FONT = "system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', sans-serif"
_WIDE = 0.62
"""The width of a letter in its own size, on the safe side; Chinese signs take a whole."""


class Series(Struct, frozen=True, kw_only=True):
    """`style` is ``ours`` or ``others``: the colour, and the class."""

    name: str
    values: tuple[int, ...]
    style: str


class Chart(Struct, frozen=True, kw_only=True):
    """`labels` name the columns or bars; `series` are stacked in order. `id` is unique on the page.

    `notes` stand behind the bars instead of their sums (``3 of 7``); `tracks` are the longest each bar could be.
    """

    id: str
    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    language: str = "en"
    notes: tuple[str, ...] = ()
    tracks: tuple[int, ...] = ()

    @property
    def sums(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(one.values for one in self.series), strict=True)))


def columns(chart: Chart) -> str:
    """A column for each label, series stacked from the ground; labels where they fit, every column with its numbers."""
    sums = chart.sums
    top, ground, left = 34.0, 214.0, 34.0
    most = max((*sums, 1))
    each = (WIDTH - left) / max(1, len(sums))
    wide = max(1.0, min(36.0, each * 0.72))
    parts = [_text(left - 6, top + 4, str(most), "soft", "end"), _text(left - 6, ground + 4, "0", "soft", "end")]
    parts += [_rule(left, top, WIDTH, top), _rule(left, ground, WIDTH, ground)]
    for place, label in enumerate(chart.labels):
        x, y = left + each * place + (each - wide) / 2, ground
        for series in chart.series:
            height = (ground - top) * series.values[place] / most
            if height:
                y -= height
                parts.append(_rect(x, y, wide, height, series.style, _told(label, series, place)))
        if sums[place] and len(sums) <= 31:
            parts.append(_text(x + wide / 2, y - 4, str(sums[place]), "ink", "middle"))
    for place in _labelled(chart.labels, each):
        parts.append(_text(left + each * (place + 0.5), ground + 16, chart.labels[place], "soft", "middle"))
    return _svg(chart, ground + 26, [*_legend(chart), *parts])


def _labelled(labels: Sequence[str], each: float) -> range:
    widest = max((_width(label, 12) for label in labels), default=0.0) + 10
    step = max(1, int(-(-widest // each))) if each else 1
    return range(0, len(labels), step)


def bars(chart: Chart) -> str:
    """A bar for each label, its series one after the other, its name before and its note behind it."""
    sums = chart.sums
    high, top = 24.0, 30.0 if len(chart.series) > 1 else 2.0
    left = min(220.0, max((_width(label, 13) for label in chart.labels), default=0.0) + 12)
    room = WIDTH - left - max((_width(note, 12) for note in _notes(chart)), default=0.0) - 14
    most = max((*sums, *chart.tracks, 1))
    parts = []
    for place, label in enumerate(chart.labels):
        y, x = top + high * place, left
        parts.append(_text(left - 8, y + 15, _clipped(label, left - 8), "ink", "end", 13))
        track = room * chart.tracks[place] / most if chart.tracks else 0.0
        if track:
            parts.append(_rect(left, y + 4, track, high - 8, "track", ""))
        for series in chart.series:
            length = room * series.values[place] / most
            if length:
                parts.append(_rect(x, y + 4, length, high - 8, series.style, _told(label, series, place)))
                x += length
        parts.append(_text(max(x, left + track) + 6, y + 15, _notes(chart)[place], "soft", "start"))
    return _svg(chart, top + high * len(chart.labels) + 4, [*_legend(chart), *parts])


def _notes(chart: Chart) -> tuple[str, ...]:
    return chart.notes or tuple(map(str, chart.sums))


def _told(label: str, series: Series, place: int) -> str:
    return f"{label} · {series.name}: {series.values[place]}"


def _legend(chart: Chart) -> list[str]:
    """The names of the series on the top line; one series needs none."""
    parts, x = [], 0.0
    for series in chart.series if len(chart.series) > 1 else ():
        parts += [_rect(x, 4, 10, 10, series.style, ""), _text(x + 15, 13, series.name, "ink", "start")]
        x += 15 + _width(series.name, 12) + 22
    return parts


def _svg(chart: Chart, height: float, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {WIDTH:g} {height:g}"'
        f' direction="ltr" lang="{escape(chart.language)}" font-family="{_FONT}"'
        f' aria-labelledby="{chart.id}-title {chart.id}-says">'
        f'<title id="{chart.id}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.id}-says">{escape(chart.description)}</desc>'
    )
    return head + "".join(parts) + "</svg>"


def _rect(x: float, y: float, width: float, height: float, style: str, told: str) -> str:
    title = f"<title>{escape(told)}</title>" if told else ""
    return (
        f'<rect class="c-{style}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' fill="{_LIGHT[style]}">{title}</rect>'
    )


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="c-rule" x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{_LIGHT["rule"]}"/>'


def _text(x: float, y: float, text: str, style: str, anchor: str, size: int = 12) -> str:
    return (
        f'<text class="t-{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' fill="{_LIGHT[style]}">{escape(_isolated(text))}</text>'
    )


def _isolated(text: str) -> str:
    """Numbers beside Arabic words keep their places, whichever way the drawing runs (UAX #9, FSI and PDI)."""
    return f"\u2068{text}\u2069" if _RTL.search(text) else text


_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def _width(text: str, size: int) -> float:
    return size * sum(1.0 if "\u2e80" <= sign <= "\uffef" else _WIDE for sign in text)


def _clipped(text: str, room: float) -> str:
    if _width(text, 13) <= room + 4:
        return text
    kept = text
    while kept and _width(kept, 13) + 13 > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"
