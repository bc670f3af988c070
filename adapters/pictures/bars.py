"""Stacked bars, drawn right to left for Arabic. Matplotlib 3.11 shapes Arabic itself (libraqm).

The library is imported when a picture is first asked for: it takes half a second, which no other command waits for.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, Literal

WIDTH, HEIGHT, DPI = 8.0, 4.8, 150  # inches, dots an inch: 1200 x 720, clear on a phone
COLOURS = ("#1f4e79", "#c55a11", "#2e7d32", "#7b3fa0", "#b8860b", "#00838f", "#8a8f98")
RLM = "\u200f"
MOST_LABELS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """`labels` name the columns, oldest first; each series is a name and a value for each column."""

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    direction: Literal["rtl", "ltr"] = "rtl"


def png(bars: Bars) -> bytes:
    """The picture as PNG. In Arabic time runs from right to left, as one reads."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
    canvas: Any = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _columns(axes, bars)
    _dress(axes, bars)
    written = io.BytesIO()
    canvas.print_png(written, metadata={"Software": "Kawalis"})
    return written.getvalue()


def _columns(axes: Any, bars: Bars) -> None:
    places = range(len(bars.labels))
    below = [0] * len(bars.labels)
    for number, (name, values) in enumerate(bars.series):
        colour = COLOURS[number % len(COLOURS)]
        axes.bar(places, values, bottom=below, color=colour, width=0.72, label=_said(name, bars.direction))
        below = [one + more for one, more in zip(below, values, strict=True)]
    for place, total in zip(places, below, strict=True):
        if total:
            axes.annotate(str(total), (place, total), (0, 3), textcoords="offset points", ha="center",
                          fontproperties=_font("Regular", 9))  # fmt: skip


def _dress(axes: Any, bars: Bars) -> None:
    """Title, labels, legend: each in a font that has the letters."""
    from matplotlib.ticker import MaxNLocator

    every = max(1, -(-len(bars.labels) // MOST_LABELS))
    shown = list(range(len(bars.labels)))[::every]
    axes.set_xticks(shown, [_said(bars.labels[place], bars.direction) for place in shown])
    for tick in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        tick.set_fontproperties(_font("Regular", 10))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.margins(y=0.1)
    axes.set_title(_said(bars.title, bars.direction), fontproperties=_font("Bold", 14), pad=12)
    axes.spines[["top", "left" if bars.direction == "rtl" else "right"]].set_visible(False)
    if bars.direction == "rtl":
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    if bars.series:
        axes.legend(prop=_font("Regular", 10), frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.1),
                    ncols=min(4, len(bars.series)), markerfirst=bars.direction == "ltr")  # fmt: skip


def _said(text: str, direction: str) -> str:
    """A label of Arabic's direction, also where it begins with a Latin letter or a figure."""
    return f"{RLM}{text}" if direction == "rtl" else text


@lru_cache(maxsize=8)
def _font(weight: str, size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    name = f"IBMPlexSansArabic-{weight}.ttf"
    with as_file(files("fontpkg_ibm_plex_sans_arabic").joinpath("files", name)) as file:
        return FontProperties(fname=str(file), size=size)
