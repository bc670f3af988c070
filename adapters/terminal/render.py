"""A message in a terminal: plain text, links written out, buttons with numbers to type.

Terminals differ in how they lay out Arabic: those that know the bidirectional algorithm need no help, the others
show what they are given. So lines are wrapped by us, isolates keep Latin runs together, and nothing is padded.
"""

import textwrap

from adapters.chat.isolate import Direction
from adapters.chat.links import web_address
from adapters.chat.message import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    File,
    Heading,
    Line,
    Message,
    Note,
    Paragraph,
    Picture,
    Quotation,
    Text,
)
from adapters.chat.shown import shown, shown_line
from summaries.harmless import harmless

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render(message: Message, *, width: int = 88, colour: bool = False) -> str:
    """The message as lines of at most `width` columns, but for links, which are never broken."""
    pages = _Page(message.direction, width, colour)
    for block in message.blocks:
        pages.add(block)
    return pages.text()


def actions(message: Message) -> list[str]:
    """The actions of the message's buttons, in the order in which they are numbered."""
    return [button.action for button in _buttons(message) if button.action is not None]


def _buttons(message: Message) -> list[Button]:
    return [b for block in message.blocks if isinstance(block, Buttons) for row in block.rows for b in row]


class _Page:
    """Lines as they come; blank lines between blocks."""

    def __init__(self, direction: Direction, width: int, colour: bool) -> None:
        self._direction, self._width, self._colour = direction, width, colour
        self._parts: list[str] = []
        self._numbered = 0

    def text(self) -> str:
        return "\n\n".join(part for part in self._parts if part)

    def add(self, block: Block) -> None:
        match block:
            case Heading(line=line):
                self._parts.append(self._styled(self._wrapped(line), _BOLD))
            case Paragraph(line=line):
                self._parts.append(self._wrapped(line))
            case Note(line=line):
                self._parts.append(self._styled(self._wrapped(line), _DIM))
            case Bullets(items=items, numbered=numbered):
                marks = (f"{number}. " if numbered else "• " for number in range(1, len(items) + 1))
                self._parts.append("\n".join(self._wrapped(i, m) for i, m in zip(items, marks, strict=True)))
            case Quotation(lines=lines):
                self._parts.append("\n".join(self._wrapped(line, "│ ") for line in lines))
            case Divider():
                self._parts.append("─" * min(self._width, 40))
            case Picture(alt=alt, caption=caption):
                self._parts.append(self._wrapped((Text(text=f"[{alt}] "), *caption)))
            case File(caption=caption, content=content):
                self._parts.append(self._wrapped(caption))
                self._parts.append(harmless(content.decode("utf-8", "replace")))
            case Buttons(rows=rows):
                self._parts.append("\n".join(self._row(row) for row in rows))

    def _row(self, row: tuple[Button, ...]) -> str:
        return "   ".join(self._button(button) for button in row if button.action or button.url)

    def _button(self, button: Button) -> str:
        label = shown(button.label, self._direction)
        if button.action is None:
            return _addressed(label, web_address(button.url))
        self._numbered += 1
        return f"[{self._numbered}] {label}"

    def _wrapped(self, line: Line, mark: str = "") -> str:
        text = "".join(_addressed(i.text, i.url) for i in shown_line(line, self._direction))
        wrapped = textwrap.wrap(
            text, self._width, initial_indent=mark, subsequent_indent=" " * len(mark), break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
        return "\n".join(wrapped)

    def _styled(self, text: str, style: str) -> str:
        return f"{style}{text}{_PLAIN}" if self._colour and text else text


def _addressed(text: str, url: str | None) -> str:
    return f"{text} <{url}>" if url else text
