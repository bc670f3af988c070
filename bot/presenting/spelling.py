"""How a command is written where it is typed: `/brief` and `@channel` in Telegram and the terminal, `/kawalis brief`
and `#channel` in Slack.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from adapters.chat.message import Line, Message, with_lines
from adapters.chat.ports import Reply

Spell = Callable[[Reply, Collection[str]], Reply]
_PREFIX = re.compile(r"^/?kawalis(?:\s+|$)", re.IGNORECASE)
_COMMAND = re.compile(r"(?<![\w/.:])/([a-z]+)\b( @channel\b)?( add 123456\b)?")


def spelled_for(platform: str) -> Spell | None:
    """What rewrites a reply for this platform; None where commands are typed as we write them."""
    return _for_slack if platform == "slack" else None


def without_prefix(platform: str, text: str) -> str:
    """What was typed without what `spelled_for` put before it: people copy a command from a message of ours, and
    Slack takes it for plain words where a mark of direction stands before it.
    """
    return _PREFIX.sub("", text) if platform == "slack" else text


def spelled_message(platform: str, message: Message, names: Collection[str]) -> Message:
    """A message with the commands `names` written as this platform takes them."""
    return with_lines(message, lambda line: _line(line, names)) if platform == "slack" else message


def _for_slack(reply: Reply, names: Collection[str]) -> Reply:
    notice = _spelled(reply.notice, names) if reply.notice else reply.notice
    messages = tuple(spelled_message("slack", message, names) for message in reply.messages)
    return replace(reply, messages=messages, notice=notice)


def _line(line: Line, names: Collection[str]) -> Line:
    return tuple(
        inline if inline.url else replace(inline, text=_spelled(inline.text, names)) for inline in line
    )


def _spelled(text: str, names: Collection[str]) -> str:
    def written(found: re.Match[str]) -> str:
        channel, person = " #channel" if found[2] else "", " add @name" if found[3] else ""
        return f"/kawalis {found[1]}{channel}{person}" if found[1] in names else found[0]

    return _COMMAND.sub(written, text)
