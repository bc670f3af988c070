"""A message as Telegram takes it: HTML of at most 4096 UTF-16 units after parsing and 100 entities. Pure.

Everything is escaped here; a tag never opens in one part and closes in another, since parts are made of whole
pieces. Buttons stand below the last part.
"""

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from adapters.chat.cutting import cut, together
from adapters.chat.isolate import Direction
from adapters.chat.links import web_address
from adapters.chat.message import (
    Block,
    Bullets,
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
from adapters.chat.shown import parted, shown
from adapters.chat.units import units

TEXT = 4000  # of 4096: a margin kept
CAPTION = 1000  # of 1024
ENTITIES = 90  # of 100; what is over is silently dropped
CALLBACK = 64  # bytes
HTML = 32_000  # bytes before parsing, of 32,768: many long addresses have more than the words between them
LINK = 3000  # bytes; a longer address is left out
RULE = "─" * 12
_BREAK = Text(text="\n")
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of HTML that is never cut: what it measures after parsing, and how many entities it has."""

    html: str
    length: int
    entities: int
    gap: str = "\n\n"  # what parts it from the piece before
    leads: bool = False  # a heading: never the last of a part
    divider: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One call of the Bot API. `payload` is its canonical JSON: method and parameters, but for a key's `start`: the
    link that it stands for names the bot, which is known when it is sent.
    """

    payload: str


def render(message: Message) -> list[Rendered]:
    """The calls that send the message, in order."""
    calls: list[dict[str, Any]] = [
        _photo(block, message) for block in message.blocks if isinstance(block, Picture)
    ]
    texts = _packed([piece for block in message.blocks for piece in _pieces(block, message.direction)])
    calls += [_text(part, None if place else message.preview) for place, part in enumerate(texts)]
    calls += [_document(block, message) for block in message.blocks if isinstance(block, File)]
    keyboard = _keyboard(message)
    if keyboard and calls:
        calls[-1]["parameters"]["reply_markup"] = {"inline_keyboard": keyboard}
    return [Rendered(payload=json.dumps(call, ensure_ascii=False, sort_keys=True)) for call in calls]


def _text(html: str, preview: str | None) -> dict[str, Any]:
    options: dict[str, Any] = {"is_disabled": True}
    if preview and preview.startswith(("http://", "https://")):
        options = {"url": preview, "is_disabled": False, "prefer_small_media": True}
    return {"method": "sendMessage",
            "parameters": {"text": html, "parse_mode": "HTML", "link_preview_options": options}}  # fmt: skip


def _photo(block: Picture, message: Message) -> dict[str, Any]:
    caption = _html(parted(block.caption, CAPTION, message.direction)[0])
    return {"method": "sendPhoto", "png": base64.b64encode(block.png).decode("ascii"),
            "parameters": {"caption": caption, "parse_mode": "HTML"}}  # fmt: skip


def _document(block: File, message: Message) -> dict[str, Any]:
    caption = _html(parted(block.caption, CAPTION, message.direction)[0])
    return {"method": "sendDocument", "name": block.name, "file": base64.b64encode(block.content).decode("ascii"),
            "parameters": {"caption": caption, "parse_mode": "HTML"}}  # fmt: skip


def _keyboard(message: Message) -> list[list[dict[str, str]]]:
    rows = [row for block in message.blocks if isinstance(block, Buttons) for row in block.rows]
    keyboard = []
    for row in rows:
        keys = []
        for button in row:
            label = shown(button.label, message.direction)
            if button.start is not None:
                if not _START.fullmatch(button.start):
                    raise ValueError(f"Telegram takes no such deep link: {button.start!r}")
                keys.append({"text": label, "start": button.start})
            elif button.action is not None:
                if len(button.action.encode()) > CALLBACK:
                    raise ValueError(f"a button's action is longer than {CALLBACK} bytes: {button.action!r}")
                keys.append({"text": label, "callback_data": button.action})
            elif address := web_address(button.url):
                keys.append({"text": label, "url": address})
        keyboard.append(keys)
    return keyboard


def _pieces(block: Block, direction: Direction) -> Iterator[Piece]:
    match block:
        case Heading(line=line):
            for part in _cut(line, TEXT // 2, direction):
                yield _piece(part, "<b>{}</b>", leads=True)
        case Paragraph(line=line):
            for part in _cut(line, TEXT, direction):
                yield _piece(part, "{}")
        case Note(line=line):
            for part in _cut(line, TEXT, direction):
                yield _piece(part, "<i>{}</i>")
        case Bullets(items=items, numbered=numbered):
            for number, item in enumerate(items, start=1):
                mark = f"{number}. " if numbered else "• "
                for place, part in enumerate(_cut((Text(text=mark), *item), TEXT, direction)):
                    yield _piece(part, "{}", gap="\n" if number > 1 or place else "\n\n")
        case Quotation(lines=lines, expandable=expandable):
            yield from _quoted(lines, expandable, direction)
        case Divider():
            yield Piece(html=RULE, length=units(RULE), entities=0, divider=True)
        case Picture() | File() | Buttons():
            return


def _cut(line: Line, most: int, direction: Direction) -> Iterator[Line]:
    """`parted`, no line with more entities or longer addresses than half a message may have."""
    for part in cut(line, most):
        for few in together(part, _half):
            yield from parted(tuple(few), most, direction)


def _half(line: Sequence[Text]) -> bool:
    return _measure(line)[1] < ENTITIES // 2 and _size(_html(line)) <= HTML // 2


def _piece(line: Line, frame: str, *, gap: str = "\n\n", leads: bool = False) -> Piece:
    length, entities = _measure(line)
    return Piece(html=frame.format(_html(line)), length=length,
                 entities=entities + (frame != "{}"), gap=gap, leads=leads)  # fmt: skip


def _quoted(lines: tuple[Line, ...], expandable: bool, direction: Direction) -> Iterator[Piece]:
    """Blockquotes of whole lines; a long one goes on in the next."""
    frame = "<blockquote expandable>{}</blockquote>" if expandable else "<blockquote>{}</blockquote>"
    shown = [part for whole in lines for part in _cut(whole, TEXT // 2, direction)]
    return (_piece(_joined_lines(held), frame) for held in together(shown, _quotable))


def _joined_lines(lines: list[Line]) -> Line:
    return tuple(inline for place, line in enumerate(lines) for inline in ((_BREAK,) if place else ()) + line)


def _quotable(lines: list[Line]) -> bool:
    line = _joined_lines(lines)
    return _measure(line)[0] <= TEXT // 2 and _half(line)


def _size(html: str) -> int:
    return len(html.encode(errors="surrogatepass"))  # each as long as what takes its place


def _html(line: Sequence[Text]) -> str:
    return "".join(_inline(inline) for inline in line)


def _inline(inline: Text) -> str:
    html = escape(inline.text, quote=False)
    if inline.code:
        html = f"<code>{html}</code>"
    if inline.italic:
        html = f"<i>{html}</i>"
    if inline.bold:
        html = f"<b>{html}</b>"
    if _linked(inline):
        html = f'<a href="{escape(inline.url or "", quote=True)}">{html}</a>'
    return html


def _linked(inline: Text) -> bool:
    return inline.url is not None and inline.text.strip() != "" and _size(inline.url) <= LINK


def _measure(line: Sequence[Text]) -> tuple[int, int]:
    """Of a line as it is shown: UTF-16 units after parsing, and entities."""
    length = sum(units(inline.text) for inline in line)
    marks = sum(inline.bold + inline.italic + inline.code + _linked(inline) for inline in line)
    return length, marks


def _packed(pieces: list[Piece]) -> list[str]:
    """Parts as long as they may be, broken before a divider where what follows would not fit."""
    parts: list[list[Piece]] = []
    current: list[Piece] = []
    for story in _stories(pieces):
        if current and _fits([*current, *story]):
            current += story
            continue
        if current and _fits(story[1:] if story[0].divider else story):
            parts.append(current)
            current = story
            continue
        for piece in story:
            if current and not _fits([*current, piece]):
                keep = _leading(current)
                parts.append(current[: len(current) - len(keep)])
                current = keep
            current = [*current, piece]
    return [_joined(part) for part in [*parts, current] if _trimmed(part)]


def _stories(pieces: list[Piece]) -> list[list[Piece]]:
    stories: list[list[Piece]] = []
    for piece in pieces:
        if piece.divider or not stories:
            stories.append([])
        stories[-1].append(piece)
    return stories


def _leading(current: list[Piece]) -> list[Piece]:
    """The headings at the end of a part, which belong to what comes."""
    kept: list[Piece] = []
    for piece in reversed(current):
        if not piece.leads or len(kept) == len(current) - 1:
            break
        kept.insert(0, piece)
    return kept


def _fits(pieces: list[Piece]) -> bool:
    length = sum(piece.length + len(piece.gap) for piece in pieces)
    size = sum(_size(piece.html) + len(piece.gap) for piece in pieces)
    return length <= TEXT and size <= HTML and sum(piece.entities for piece in pieces) <= ENTITIES


def _trimmed(part: list[Piece]) -> list[Piece]:
    """Without dividers at either end."""
    while part and part[0].divider:
        part = part[1:]
    while part and part[-1].divider:
        part = part[:-1]
    return part


def _joined(part: list[Piece]) -> str:
    shown = _trimmed(part)
    return "".join((piece.gap if place else "") + piece.html for place, piece in enumerate(shown))
