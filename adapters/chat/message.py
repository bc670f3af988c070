"""The chat-neutral message: a tree of blocks that every renderer knows.

Text is plain text, never markup: each renderer escapes it for its platform. A renderer must
handle every block and every inline; what a platform lacks, it shows in the nearest way it has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from adapters.chat.isolate import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str | None = None  # an http(s) link


Inline: TypeAlias = Text
Line: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    line: Line
    level: int = 1  # 1: the message; 2: a story


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What is shown as a quotation; `expandable` where it may be folded (sources, evidence)."""

    lines: tuple[Line, ...]
    expandable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Small print: what the brief rests on, the label of the sample."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider:
    """A line between stories."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    png: bytes
    caption: Line  # at most 1024 UTF-16 units
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to keep, sent as a message of its own."""

    name: str
    content: bytes
    caption: Line  # at most 1024 UTF-16 units


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """An action (1-64 bytes of `A-Za-z0-9_:.-`, sent back when pressed), a link, or a way into the reader's own chat
    with us: where a platform has links that open it, `start` (1-64 of `A-Za-z0-9_-`) travels along and arrives as the
    command `start`; elsewhere the action is offered, if there is one.
    """

    label: str
    action: str | None = None
    url: str | None = None
    start: str | None = None
    style: Literal["plain", "primary", "danger"] = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """Rows of buttons. They may stand after any block; Telegram gathers them below the message."""

    rows: tuple[tuple[Button, ...], ...]


Block: TypeAlias = Heading | Paragraph | Bullets | Quotation | Note | Divider | Picture | File | Buttons


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    blocks: tuple[Block, ...]
    language: Literal["ar", "en"] = "ar"
    preview: str | None = (
        None  # the link whose preview is shown where a platform lets us choose; None shows none
    )
    private: bool = False  # shown only to the person who asked, where the platform can

    @property
    def direction(self) -> Direction:
        return "rtl" if self.language == "ar" else "ltr"


def before_buttons(message: Message, blocks: Sequence[Block]) -> Message:
    """The message with these blocks above its first buttons, or at its end where it has none."""
    at = next(
        (n for n, block in enumerate(message.blocks) if isinstance(block, Buttons)), len(message.blocks)
    )
    return replace(message, blocks=(*message.blocks[:at], *blocks, *message.blocks[at:]))


def with_lines(message: Message, change: Callable[[Line], Line]) -> Message:
    """The message with each of its lines changed; buttons and the words for a picture stay."""
    return replace(message, blocks=tuple(_changed(block, change) for block in message.blocks))


def _changed(block: Block, change: Callable[[Line], Line]) -> Block:
    match block:
        case Heading(line=line) | Paragraph(line=line) | Note(line=line):
            return replace(block, line=change(line))
        case Bullets(items=items):
            return replace(block, items=tuple(map(change, items)))
        case Quotation(lines=lines):
            return replace(block, lines=tuple(map(change, lines)))
        case Picture(caption=caption) | File(caption=caption):
            return replace(block, caption=change(caption))
        case Divider() | Buttons():
            return block
