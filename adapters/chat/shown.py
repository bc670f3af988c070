"""A line as a platform may show it: harmless, runs isolated, links those of the web. Every renderer asks here."""

from dataclasses import replace
from itertools import groupby

from adapters.chat.cutting import cut
from adapters.chat.isolate import FSI, PDI, Direction, first_strong, isolate, written_from
from adapters.chat.links import web_address
from adapters.chat.message import Line, Text
from adapters.chat.units import units
from summaries.harmless import harmless

_MARKS = {"rtl": "\u200f", "ltr": "\u200e"}


def shown(text: str, direction: Direction) -> str:
    """A text that stands by itself (a label, a title) in an interface of this direction."""
    text = harmless(text)
    return isolate(text, line_direction(text, direction))


def shown_line(line: Line, direction: Direction) -> Line:
    """The line in an interface of this direction. Code is isolated from outside: people copy what is in it."""
    clean = tuple(replace(i, text=harmless(i.text), url=web_address(i.url)) for i in line)
    base = line_direction(_words(clean), direction)
    made: list[Text] = []
    for foreign, group in groupby(clean, key=lambda inline: base == "ltr" and _is_arabic(inline)):
        inlines = list(group)
        if foreign and len(inlines) > 1:  # one sentence in several styles keeps its order in one isolate
            inner = (replace(inline, text=isolate(inline.text, "rtl")) for inline in inlines)
            made += [Text(text=FSI), *inner, Text(text=PDI)]
        else:
            made += [part for inline in inlines for part in _isolated(inline, base)]
    return tuple(made)


def _is_arabic(inline: Text) -> bool:
    return not inline.code and written_from(inline.text) == "rtl"


def _isolated(inline: Text, base: Direction) -> list[Text]:
    if not inline.code:
        return [replace(inline, text=isolate(inline.text, base))]
    if first_strong(inline.text) in (None, base):
        return [inline]
    return [Text(text=FSI), inline, Text(text=PDI)]


def led(line: Line, direction: Direction) -> Line:
    """`shown_line`, begun with a mark of its side where its first letter is of the other: clients take a line's
    direction from its first strong letter, and some look into isolates.
    """
    made = shown_line(line, direction)
    words = _words(line)
    if not words.strip() or (line[0].code and len(line) == 1):
        return made
    base = line_direction(words, direction)
    return made if (first_strong(words) or "ltr") == base else (Text(text=_MARKS[base]), *made)


def parted(line: Line, most: int, direction: Direction) -> list[Line]:
    """The line as it is shown (`led`), in lines of at most `most` UTF-16 units each, what was added for its direction
    included: names of the other script in every sentence add hundreds.
    """
    lines: list[Line] = []
    for part in cut(line, most):
        made = led(part, direction)
        length = units(_words(made))
        if length <= most:
            lines.append(made)
        else:
            room = max(2, most * units(_words(part)) // length)
            lines += [shorter for smaller in cut(part, room) for shorter in parted(smaller, most, direction)]
    return lines


def line_direction(words: str, direction: Direction) -> Direction:
    """An Arabic interface is written from the right throughout; in an English one an Arabic line is still Arabic."""
    return "rtl" if direction == "rtl" else written_from(words)


def _words(line: Line) -> str:
    return "".join(inline.text for inline in line)
