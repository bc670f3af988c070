"""Stacked bars, drawn right to left for Arabic. Matplotlib 3.11 shapes Arabic itself (libraqm).

The library is imported when a picture is first asked for: it takes half a second, which no other command waits for.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any, Literal

from summaries.harmless import harmless

WIDTH, HEIGHT, DPI = 8.0, 4.8, 150  # inches, dots an inch: 1200 x 720, clear on a phone
# From dark to light in even steps, so that neighbours differ in grey and to eyes that see few colours.
COLOURS = ("#14284b", "#7a1f4b", "#1d6b4f", "#c4622f", "#4aa3c4", "#e3b04b", "#d5d9df")
EDGE = "#4b5563"
MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
MOST_LABELS = 10
LEAST_COLUMNS = 6  # the room of so many, that few days are not drawn as walls
LEGEND_COLUMNS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """`labels` name the columns, oldest first; each series is a name and a value for each column. `digits` are
    those in which the figures are written, from nought to nine.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    direction: Literal["rtl", "ltr"] = "rtl"
    digits: str = "0123456789"

    def figure(self, value: float) -> str:
        return str(round(value)).translate(str.maketrans("0123456789", self.digits))

    def said(self, text: str) -> str:
        """A text of the picture's direction, also where it begins with a letter of the other; never a formula."""
        return MARKS[self.direction] + harmless(text).replace("$", r"\$")


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
    """Stacked, each with its sum above; a column of nothing says nought."""
    places = range(len(bars.labels))
    below = [0] * len(bars.labels)
    for number, (name, values) in enumerate(bars.series):
        axes.bar(places, values, bottom=below, color=COLOURS[number % len(COLOURS)], width=0.72,
                 edgecolor=EDGE, linewidth=0.4, label=bars.said(name))  # fmt: skip
        below = [one + more for one, more in zip(below, values, strict=True)]
    for place, total in zip(places, below, strict=True):
        axes.annotate(bars.figure(total), (place, total), (0, 3), textcoords="offset points", ha="center",
                      fontproperties=_font("Regular", 9))  # fmt: skip


def _dress(axes: Any, bars: Bars) -> None:
    """Title, labels, legend: each in a font that has the letters."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    last = len(bars.labels) - 1
    every = max(1, -(-len(bars.labels) // MOST_LABELS))
    shown = list(range(last, -1, -every))  # the newest has its label
    axes.set_xticks(shown, [bars.said(bars.labels[place]) for place in shown])
    spare = max(0, LEAST_COLUMNS - len(bars.labels)) / 2
    axes.set_xlim(-0.6 - spare, last + 0.6 + spare)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: bars.figure(value)))
    for tick in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        tick.set_fontproperties(_font("Regular", 10))
    axes.margins(y=0.1)
    axes.set_title(bars.said(bars.title), fontproperties=_font("Bold", 14), pad=12, wrap=True)
    axes.spines[["top", "left" if bars.direction == "rtl" else "right"]].set_visible(False)
    if bars.direction == "rtl":
        axes.invert_xaxis()
        axes.yaxis.tick_right()
    if bars.series:
        _legend(axes, bars)


def _legend(axes: Any, bars: Bars) -> None:
    """Row by row as one reads. Matplotlib fills columns, from the left; what is empty is filled with nothing."""
    from matplotlib.patches import Patch

    handles, names = axes.get_legend_handles_labels()
    columns = min(LEGEND_COLUMNS, len(handles))
    empty = -len(handles) % columns
    entries = [*zip(handles, names, strict=True), *[(Patch(alpha=0), " ")] * empty]
    ordered = [entries[place] for place in reading_order(len(entries), columns, bars.direction)]
    axes.legend([handle for handle, _ in ordered], [name for _, name in ordered],
                prop=_font("Regular", 10), frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.1),
                ncols=columns, markerfirst=bars.direction == "ltr")  # fmt: skip


def reading_order(count: int, columns: int, direction: str) -> list[int]:
    """The places of entries in the order in which columns are filled, so that rows are read from the side where one
    begins. `count` fills `columns` evenly.
    """
    sides = range(columns) if direction == "ltr" else range(columns - 1, -1, -1)
    return [place for column in sides for place in range(column, count, columns)]


@lru_cache(maxsize=8)
def _font(weight: str, size: float) -> Any:
    from matplotlib.font_manager import FontProperties

    name = f"IBMPlexSansArabic-{weight}.ttf"
    with as_file(files("fontpkg_ibm_plex_sans_arabic").joinpath("files", name)) as file:
        return FontProperties(fname=str(file), size=size)
