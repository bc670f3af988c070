"""A chat-neutral message as Block Kit. Pure: the same message always gives the same payloads."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain

from adapters.chat.cutting import together
from adapters.chat.isolate import FSI, PDI, Direction
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
from adapters.chat.shown import led, parted, shown
from adapters.chat.units import units
from adapters.slack import limits
from adapters.slack.inlines import (
    Json,
    bold,
    elements,
    escape,
    fits_mrkdwn,
    is_bare,
    mrkdwn,
    plain,
)
from adapters.slack.packing import Piece, gathered, pack, weigh

PICTURE = "picture:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One message for Slack. `pictures` are PNG files by the place that stands for them in `blocks`,
    to be uploaded before the message is sent.
    """

    text: str
    blocks: tuple[Json, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    file: File | None = None  # sent with `text` beside it, in the place of blocks

    @property
    def payload(self) -> str:
        """Canonical JSON: sorted keys, no spaces, pictures in base64."""
        content: Json = {"text": self.text, "blocks": list(self.blocks)}
        if self.file:
            encoded = base64.b64encode(self.file.content).decode("ascii")
            content["file"] = {"name": self.file.name, "content": encoded}
        if self.pictures:
            content["pictures"] = {
                name: base64.b64encode(png).decode("ascii") for name, png in self.pictures.items()
            }
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def render(message: Message, *, most_blocks: int = limits.BLOCKS) -> list[Rendered]:
    """The message as payloads within Slack's limits, cut between stories, blocks or sentences."""
    pieces: list[Piece] = []
    for place, block in enumerate(message.blocks):
        pieces += _pieces(block, message.direction, place)
    told = [_rendered(part) for part in pack(gathered(pieces), most_blocks)]
    return told + [_file(block, message.direction) for block in message.blocks if isinstance(block, File)]


def _file(file: File, direction: Direction) -> Rendered:
    return Rendered(text=escape(plain(led(file.caption, direction))), blocks=(), file=file)


def _rendered(part: list[Piece]) -> Rendered:
    pictures = {name: png for piece in part for name, png in piece.pictures.items()}
    return Rendered(text=_fallback(part), blocks=tuple(p.block for p in part), pictures=pictures)


def _fallback(part: list[Piece]) -> str:
    """The words for notifications and screen readers, whole lines as far as they fit."""
    said, left = [], limits.FALLBACK
    for piece in part:
        line = escape(piece.words)
        if not line:
            continue
        if units(line) + 1 > left:
            said.append("…")
            break
        said.append(line)
        left -= units(line) + 1
    return "\n".join(said) or "…"


def _pieces(block: Block, direction: Direction, place: int) -> list[Piece]:
    match block:
        case Heading():
            return _heading(block, direction)
        case Paragraph():
            return _paragraph(block.line, direction)
        case Bullets():
            return _bullets(block, direction)
        case Quotation():
            return _quotation(block, direction)
        case Note():
            return _note(block.line, direction)
        case Divider():
            return [Piece(block={"type": "divider"}, divider=True)]
        case Picture():
            return [_picture(block, direction, place)]
        case File():
            return []
        case Buttons():
            return _buttons(block, direction, place)


def _heading(heading: Heading, direction: Direction) -> list[Piece]:
    line = led(heading.line, direction)
    words = plain(line)
    text = escape(words).strip()
    if heading.level == 1 and is_bare(line) and "\n" not in text and 0 < units(text) <= limits.HEADER:
        block = {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}
        return [Piece(block=block, words=words, leads=True)]
    return _paragraph(bold(heading.line), direction, leads=True)


def _paragraph(line: Line, direction: Direction, *, leads: bool = False) -> list[Piece]:
    return [
        Piece(block=_rich(_section(part)), words=plain(part), leads=leads) for part in _lines(line, direction)
    ]


def _rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def _section(line: Line) -> Json:
    return {"type": "rich_text_section", "elements": elements(line)}


def _bullets(bullets: Bullets, direction: Direction) -> list[Piece]:
    """Lists of as many items as one block holds; numbers go on from the list before."""
    items = [part for item in bullets.items for part in _lines(item, direction)]
    pieces: list[Piece] = []
    for start, group in _grouped(items):
        rich: Json = {
            "type": "rich_text_list",
            "style": "ordered" if bullets.numbered else "bullet",
            "elements": [_section(line) for line in group],
        }
        if bullets.numbered and start:
            rich["offset"] = start
        mark = [f"{start + n}. " if bullets.numbered else "• " for n in range(1, len(group) + 1)]
        words = "\n".join(m + plain(line) for m, line in zip(mark, group, strict=True))
        pieces.append(Piece(block=_rich(rich), words=words))
    return pieces


def _lines(line: Line, direction: Direction) -> list[Line]:
    """The line in as many as fit a block each, their addresses half a message."""
    few = [tuple(inlines) for inlines in together(line, lambda held: _weigh(held) <= limits.MESSAGE // 2)]
    return [
        part for part in chain(*(parted(each, limits.TEXT, direction) for each in few)) if plain(part).strip()
    ]


def _weigh(line: Sequence[Text]) -> int:
    return weigh(elements(tuple(line)))


def _grouped(lines: list[Line]) -> list[tuple[int, list[Line]]]:
    """Lines in groups that fit one block, each with the number of lines before it."""
    groups = list(together(lines, _one_block))
    return list(zip(accumulate(map(len, groups), initial=0), groups, strict=False))


def _one_block(lines: list[Line]) -> bool:
    length = sum(units(plain(line)) + 1 for line in lines)
    return length <= limits.TEXT and sum(map(_weigh, lines)) <= limits.MESSAGE // 2


def _quotation(quotation: Quotation, direction: Direction) -> list[Piece]:
    """A quotation with a bar beside it. Slack folds long messages by itself, so nothing is marked."""
    lines = [part for line in quotation.lines for part in _lines(line, direction)]
    pieces: list[Piece] = []
    for _, group in _grouped(lines):
        inner: list[Json] = []
        for place, line in enumerate(group):
            inner += ([{"type": "text", "text": "\n"}] if place else []) + elements(line)
        block = _rich({"type": "rich_text_quote", "elements": inner})
        pieces.append(Piece(block=block, words="\n".join(plain(line) for line in group)))
    return pieces


def _note(line: Line, direction: Direction) -> list[Piece]:
    """Small print where Slack can show it as such, else italic text."""
    whole = led(line, direction)
    text = escape(plain(whole)) if is_bare(whole) else mrkdwn(whole)
    if not plain(whole).strip():
        return []
    if units(text) > limits.TEXT or not (is_bare(whole) or fits_mrkdwn(whole)):
        return _paragraph(tuple(replace(inline, italic=True) for inline in line), direction)
    inner: Json = (
        {"type": "plain_text", "text": text, "emoji": False}
        if is_bare(whole)
        else {"type": "mrkdwn", "text": text, "verbatim": True}
    )
    return [Piece(block={"type": "context", "elements": [inner]}, words=plain(whole))]


def _picture(picture: Picture, direction: Direction, place: int) -> Piece:
    name = f"{PICTURE}{place}"
    block: Json = {
        "type": "image",
        "slack_file": {"id": name},
        "alt_text": shortened(shown(picture.alt, direction) or "…", limits.ALT),
    }
    caption = plain(led(picture.caption, direction)).strip()
    if caption:
        title = shortened(escape(caption), limits.TITLE)
        block["title"] = {"type": "plain_text", "text": title, "emoji": False}
    return Piece(block=block, words=caption or shown(picture.alt, direction), pictures={name: picture.png})


def _buttons(buttons: Buttons, direction: Direction, place: int) -> list[Piece]:
    """Each row a block of its own; what is more than Slack takes in one goes to the next."""
    pieces = []
    for row, given in enumerate(buttons.rows):
        for start in range(0, len(given), limits.ACTIONS):
            seen: set[str] = set()
            pressed = given[start : start + limits.ACTIONS]
            inner = [_button(b, direction, seen) for b in pressed if b.action or web_address(b.url)]
            if inner:
                block = {"type": "actions", "block_id": f"buttons:{place}:{row}:{start}", "elements": inner}
                pieces.append(Piece(block=block, follows=True))
    return pieces


def _button(button: Button, direction: Direction, seen: set[str]) -> Json:
    """`action_id` must be alone in its block; `value` is what the application is told."""
    wanted = button.action or f"link:{len(seen)}"
    name = wanted if wanted not in seen else f"{wanted}#{len(seen)}"
    seen.add(name)
    label = shortened(escape(shown(button.label, direction)).strip() or "…", limits.LABEL)
    made: Json = {
        "type": "button",
        "action_id": name,
        "text": {"type": "plain_text", "text": label, "emoji": False},
    }
    if button.action:
        made["value"] = button.action
    else:
        made["url"] = web_address(button.url)
    if button.style != "plain":
        made["style"] = button.style
    return made


def shortened(text: str, most: int) -> str:
    """At most `most` UTF-16 units, with an ellipsis where something was left out; never half an `&amp;`, and no
    isolate is left open.
    """
    if units(text) <= most:
        return text
    kept = text[: most - 3]
    while units(kept) > most - 3:
        kept = kept[:-1]
    entity = kept.rfind("&")
    if entity >= 0 and ";" not in kept[entity:]:
        kept = kept[:entity]
    return kept.rstrip() + "…" + PDI * (kept.count(FSI) - kept.count(PDI))
