"""The picture of coverage."""

import itertools
import struct
import zlib
from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from adapters.pictures.bars import (
    COLOURS,
    DPI,
    HEIGHT,
    WIDTH,
    Bars,
    _columns,
    _dress,
    png,
    reading_order,
)

BARS = Bars(
    title="تغطية الخلاف يومًا بيوم",
    labels=("25 مارس", "26 مارس", "27 مارس"),
    series=(("القدس اليوم", (0, 0, 6)), ("BBC عربي", (2, 1, 0))),
)


def pixels(data: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the rows of a PNG of eight bits a channel with alpha, filters undone."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, header, packed = 8, b"", b""
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        header = body if kind == b"IHDR" else header
        packed += body if kind == b"IDAT" else b""
        place += 12 + length
    width, height, depth, colour = struct.unpack(">IIBB", header[:10])
    assert (depth, colour) == (8, 6)
    return width, height, _rows(zlib.decompress(packed), width * 4, height)


def _rows(raw: bytes, stride: int, height: int) -> list[bytes]:
    rows: list[bytes] = []
    above = bytes(stride)
    for number in range(height):
        kind, *line = raw[number * (stride + 1) : (number + 1) * (stride + 1)]
        row = bytearray(line)
        for at in range(stride):
            left = row[at - 4] if at >= 4 else 0
            corner = above[at - 4] if at >= 4 else 0
            row[at] = (row[at] + _predicted(kind, left, above[at], corner)) & 255
        rows.append(bytes(row))
        above = bytes(row)
    return rows


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]


@pytest.mark.parametrize(("direction", "newest_is_left"), [("rtl", True), ("ltr", False)])
def test_time_runs_as_one_reads(direction: str, newest_is_left: bool) -> None:
    """In Arabic the newest day stands on the left, in English on the right; the size is what a phone shows well."""
    bars = Bars(title=BARS.title, labels=BARS.labels, series=BARS.series[:1], direction=direction)  # type: ignore[arg-type]
    width, height, rows = pixels(png(bars))
    assert (width, height) == (round(WIDTH * DPI), round(HEIGHT * DPI))
    colour = bytes.fromhex(COLOURS[0][1:]) + b"\xff"
    middle = rows[height // 2]
    found = [at for at in range(width) if middle[at * 4 : at * 4 + 4] == colour]
    assert found
    assert (max(found) < width / 2) == newest_is_left


def test_arabic_is_shaped_and_no_letter_is_missing(recwarn: pytest.WarningsRecorder) -> None:
    """Matplotlib warns of a letter that the font lacks; and shaped Arabic is narrower than its letters apart."""
    from matplotlib.backends.backend_agg import RendererAgg

    from adapters.pictures.bars import _font

    png(BARS)
    assert [str(warning.message) for warning in recwarn if "missing" in str(warning.message)] == []
    renderer = RendererAgg(100, 100, 72)
    font = _font("Regular", 20)
    joined = renderer.get_text_width_height_descent("كواليس", font, False)[0]
    apart = sum(renderer.get_text_width_height_descent(letter, font, False)[0] for letter in "كواليس")
    assert joined < apart * 0.9


def test_a_label_begins_from_the_side_of_the_picture() -> None:
    """«BBC عربي» would turn round without a mark of direction, and so would an Arabic name in an English legend."""
    assert BARS.said("BBC عربي") == "\u200fBBC عربي"
    assert replace(BARS, direction="ltr").said("قناة 24") == "\u200eقناة 24"


def test_a_name_is_neither_a_formula_nor_left_out(recwarn: pytest.WarningsRecorder) -> None:
    """Dollar signs in an outlet's name are no mathematics, and one that begins with _ keeps its place."""
    for name in ("$x^{$", "_hidden", "a\u202eb"):
        assert png(replace(BARS, series=((name, (1, 2, 3)),), direction="ltr")).startswith(b"\x89PNG")
    assert not [warning for warning in recwarn if "legend" in str(warning.message)]
    assert "\u202e" not in BARS.said("a\u202eb")


def test_a_legend_is_read_row_by_row() -> None:
    """Columns are filled from the left; in Arabic the first name stands at the right, the second beside it."""
    assert reading_order(8, 4, "ltr") == [0, 4, 1, 5, 2, 6, 3, 7]
    assert reading_order(8, 4, "rtl") == [3, 7, 2, 6, 1, 5, 0, 4]


def test_what_stands_beside_the_columns() -> None:
    """The newest day is named however many there are, the axis counts in the digits chosen, and the legend's names
    stand in the order in which its rows are read.
    """
    days, digits = tuple(f"d{n}" for n in range(31)), "٠١٢٣٤٥٦٧٨٩"
    series = tuple((f"s{n}", tuple(n + 1 for _ in days)) for n in range(8))
    axes = Figure().add_subplot()
    drawn = replace(BARS, labels=days, series=series, digits=digits)
    _columns(axes, drawn)
    _dress(axes, drawn)
    assert drawn.said("d30") in [tick.get_text() for tick in axes.get_xticklabels()]
    assert axes.yaxis.get_major_formatter()(12.0, 0) == "١٢"
    names = [name.get_text() for name in axes.get_legend().get_texts()]
    assert names == [drawn.said(f"s{n}") for n in (3, 7, 2, 6, 1, 5, 0, 4)]


def test_colours_differ_in_grey() -> None:
    """Printed in grey, neighbours in a column are at least a tenth of the way from black to white apart."""
    lights = [_lightness(colour) for colour in COLOURS]
    assert all(after - before >= 10 for before, after in itertools.pairwise(lights))


def _lightness(colour: str) -> float:
    """CIE L* of an sRGB colour, from 0 (black) to 100 (white)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 116 * (0.2126 * red + 0.7152 * green + 0.0722 * blue) ** (1 / 3) - 16  # type: ignore[no-any-return]


def test_figures_are_written_in_the_digits_chosen() -> None:
    """A chat that reads ٠١٢٣ reads them in the picture too."""
    assert replace(BARS, digits="٠١٢٣٤٥٦٧٨٩").figure(120.0) == "١٢٠"


@pytest.mark.parametrize("outlets", [1, 20])
@pytest.mark.parametrize("days", [1, 31])
def test_few_and_many_are_drawn(outlets: int, days: int) -> None:
    """One outlet or twenty, one day or a month, also days on which nothing was published."""
    series = tuple((f"وسيلة {n}", tuple(day % 3 for day in range(days))) for n in range(outlets))
    assert png(replace(BARS, labels=tuple(map(str, range(days))), series=series)).startswith(b"\x89PNG")


def test_an_empty_window_is_still_a_picture() -> None:
    """No article in the window draws empty axes and fails nothing."""
    bars = Bars(title="لا شيء", labels=("1",), series=())
    assert png(bars).startswith(b"\x89PNG")
