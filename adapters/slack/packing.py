"""Pieces of a message put into as few messages as hold them, parted between stories where it can be. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import dropwhile, groupby

from adapters.chat.units import units
from adapters.slack import limits
from adapters.slack.inlines import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One Block Kit block. `words` is what it says; `leads`: never the last of a message (a heading);
    `follows`: never the first (buttons), where that can be.
    """

    block: Json
    words: str = ""
    divider: bool = False
    leads: bool = False
    follows: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return weigh(self.block)


def weigh(value: object) -> int:
    """All text in a block, addresses and values too, in UTF-16 units."""
    if isinstance(value, dict):
        return sum(
            units(inner)
            if isinstance(inner, str) and key in {"text", "url", "value", "alt_text"}
            else weigh(inner)
            for key, inner in value.items()
        )
    return sum(weigh(inner) for inner in value) if isinstance(value, list) else 0


def pack(pieces: list[Piece], most_blocks: int) -> list[list[Piece]]:
    """Messages in order; a story (what stands between dividers) is parted only where no message holds it."""
    messages: list[list[Piece]] = []
    current: list[Piece] = []
    for story in _stories(pieces):
        added = [_DIVIDER, *story] if current else story
        if _fits([*current, *added], most_blocks):
            current += added
        elif _fits(story, most_blocks) and not all(piece.leads for piece in current):
            messages.append(current)
            current = story
        else:
            *whole, current = _parted([*current, *added], most_blocks)
            messages += whole
    return [message for message in [*messages, current] if message]


def gathered(pieces: list[Piece]) -> list[Piece]:
    """A heading put into one block with what it stands above, and a list with the line that announces it:
    they belong together for the eye, and blocks are few.
    """
    together: list[Piece] = []
    for piece in pieces:
        last = together[-1] if together else None
        if last is not None and _belongs(last, piece):
            elements = [*last.block["elements"], *piece.block["elements"]]
            block = {"type": "rich_text", "elements": elements}
            together[-1] = Piece(block=block, words=f"{last.words}\n{piece.words}")
        else:
            together.append(piece)
    return together


def _belongs(last: Piece, piece: Piece) -> bool:
    if last.block["type"] != "rich_text" or piece.block["type"] != "rich_text" or piece.leads:
        return False
    ends, begins = last.block["elements"][-1]["type"], piece.block["elements"][0]["type"]
    announces = ends == "rich_text_section" and begins == "rich_text_list"
    return (last.leads or announces) and last.weight + piece.weight <= limits.TEXT


_DIVIDER = Piece(block={"type": "divider"}, divider=True, leads=True)


def _stories(pieces: list[Piece]) -> list[list[Piece]]:
    return [list(group) for divides, group in groupby(pieces, key=lambda p: p.divider) if not divides]


def _fits(pieces: list[Piece], most_blocks: int) -> bool:
    return len(pieces) <= most_blocks and sum(p.weight for p in pieces) <= limits.MESSAGE


def _parted(story: list[Piece], most_blocks: int) -> list[list[Piece]]:
    parts: list[list[Piece]] = []
    current: list[Piece] = []
    for piece in story:
        if current and not _fits([*current, piece], most_blocks):
            rest = _taken_along(current, piece)
            parts.append(current[: len(current) - len(rest)])
            current = list(dropwhile(lambda each: each.divider, rest))
        current.append(piece)
    return [*parts, current]


def _taken_along(current: list[Piece], piece: Piece) -> list[Piece]:
    """What must stand beside `piece` in the next message: a heading before it, or the text of buttons."""
    start = len(current)
    if piece.follows and start > 1 and not current[-1].follows:
        start -= 1
    while start > 1 and current[start - 1].leads:
        start -= 1
    return current[start:]
