"""How a command is written where it is typed: `/brief` in Telegram and the terminal, `/kawalis brief` in Slack."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from adapters.chat.message import Block, Bullets, File, Heading, Line, Message, Note, Paragraph, Quotation
from adapters.chat.ports import Reply

Spell = Callable[[Reply, Collection[str]], Reply]
_COMMAND = re.compile(r"(?<![\w/.:])/([a-z]+)\b")


def spelled_for(platform: str) -> Spell | None:
    """What rewrites a reply for this platform; None where commands are typed as we write them."""
    return _for_slack if platform == "slack" else None


def _for_slack(reply: Reply, names: Collection[str]) -> Reply:
    notice = _spelled(reply.notice, names) if reply.notice else reply.notice
    return replace(reply, messages=tuple(_message(m, names) for m in reply.messages), notice=notice)


def _message(message: Message, names: Collection[str]) -> Message:
    return replace(message, blocks=tuple(_block(block, names) for block in message.blocks))


def _block(block: Block, names: Collection[str]) -> Block:
    match block:
        case Heading(line=line) | Paragraph(line=line) | Note(line=line):
            return replace(block, line=_line(line, names))
        case Bullets(items=items):
            return replace(block, items=tuple(_line(item, names) for item in items))
        case File(caption=caption):
            return replace(block, caption=_line(caption, names))
        case Quotation(lines=lines):
            return replace(block, lines=tuple(_line(each, names) for each in lines))
    return block


def _line(line: Line, names: Collection[str]) -> Line:
    return tuple(
        inline if inline.url else replace(inline, text=_spelled(inline.text, names)) for inline in line
    )


def _spelled(text: str, names: Collection[str]) -> str:
    return _COMMAND.sub(lambda found: f"/kawalis {found[1]}" if found[1] in names else found[0], text)
