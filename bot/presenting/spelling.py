"""How a command is written where it is typed: `/brief` in Telegram and the terminal, `/kawalis brief` in Slack."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from adapters.chat.message import Line, with_lines
from adapters.chat.ports import Reply

Spell = Callable[[Reply, Collection[str]], Reply]
_COMMAND = re.compile(r"(?<![\w/.:])/([a-z]+)\b")


def spelled_for(platform: str) -> Spell | None:
    """What rewrites a reply for this platform; None where commands are typed as we write them."""
    return _for_slack if platform == "slack" else None


def _for_slack(reply: Reply, names: Collection[str]) -> Reply:
    notice = _spelled(reply.notice, names) if reply.notice else reply.notice
    messages = tuple(with_lines(message, lambda line: _line(line, names)) for message in reply.messages)
    return replace(reply, messages=messages, notice=notice)


def _line(line: Line, names: Collection[str]) -> Line:
    return tuple(
        inline if inline.url else replace(inline, text=_spelled(inline.text, names)) for inline in line
    )


def _spelled(text: str, names: Collection[str]) -> str:
    return _COMMAND.sub(lambda found: f"/kawalis {found[1]}" if found[1] in names else found[0], text)
