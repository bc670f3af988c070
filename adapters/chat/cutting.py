"""Cutting a line that is longer than a platform takes: at sentence borders, else between words. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from adapters.chat.message import Line, Text
from adapters.chat.units import units

_SENTENCE = re.compile(r"[.!?؟؛…]+[»”\")\]]*\s+|\n+")
_WORD = re.compile(r"\s+")

_Each = TypeVar("_Each")


def together(each: Iterable[_Each], fit: Callable[[list[_Each]], bool]) -> Iterator[list[_Each]]:
    """Neighbours together for as long as they fit; what does not fit even alone stands alone."""
    held: list[_Each] = []
    for one in each:
        if held and not fit([*held, one]):
            yield held
            held = []
        held.append(one)
    if held:
        yield held


def cut(line: Line, most: int) -> list[Line]:
    """The line as lines of at most `most` UTF-16 units each; all of its letters, styles and links kept."""
    if sum(units(inline.text) for inline in line) <= most:
        return [line]
    lines: list[Line] = []
    current: list[Text] = []
    room = most
    for inline in line:
        for piece in _pieces(inline, most):
            length = units(piece.text)
            if length > room and current:
                lines.append(_joined(current))
                current, room = [], most
            current.append(piece)
            room -= length
    if current:
        lines.append(_joined(current))
    return lines


def _joined(pieces: list[Text]) -> Line:
    """Neighbours of one style put together again."""
    line: list[Text] = []
    for piece in pieces:
        if line and replace(line[-1], text="") == replace(piece, text=""):
            line[-1] = replace(piece, text=line[-1].text + piece.text)
        else:
            line.append(piece)
    return tuple(line)


def _pieces(inline: Text, most: int) -> Iterator[Text]:
    if units(inline.text) <= most and not _SENTENCE.search(inline.text):
        yield inline
        return
    for text in split(inline.text, most):
        yield replace(inline, text=text)


def split(text: str, most: int) -> list[str]:
    """Sentences, and where one is longer than `most`, its words; joined they are `text` again."""
    parts: list[str] = []
    for sentence in _after(_SENTENCE, text):
        if units(sentence) <= most:
            parts.append(sentence)
            continue
        for word in _after(_WORD, sentence):
            parts += _hard(word, most)
    return parts


def _after(border: re.Pattern[str], text: str) -> Iterator[str]:
    start = 0
    for found in border.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def _hard(word: str, most: int) -> list[str]:
    step = max(1, most // 2) if units(word) != len(word) else most
    return [word[at : at + step] for at in range(0, len(word), step)]
