"""What a command is, and what it is given when it runs."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from adapters.chat.message import Line, Message, Note, Paragraph, Text
from adapters.chat.ports import Reply, Request
from bot.errors import UsageError
from bot.services import Services
from bot.texts import Texts
from storage.chats import Chat

_EMPTY_LINES = re.compile(r"(?:[ \t\r]*\n){3,}")
Who: TypeAlias = Literal["reader", "admin", "editor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One command as it was given: by whom, where, with which words, at which moment."""

    request: Request
    chat: Chat
    texts: Texts
    words: tuple[str, ...]
    now: datetime
    services: Services

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.chat.zone or self.request.zone or "UTC")

    @property
    def writer(self) -> str:
        """The person as drafts and the record name them: `platform:id`."""
        return f"{self.request.address.platform}:{self.request.person}"

    @property
    def rest(self) -> str:
        return " ".join(self.words)

    def written(self, words: int) -> str:
        """What stands after so many words of the line, with its line breaks."""
        parts = self.request.text.lstrip("/ ").split(None, words)
        return _EMPTY_LINES.sub("\n\n", parts[words]).strip() if len(parts) > words else ""

    def zone_note(self) -> tuple[Note, ...]:
        """What is said below times where nobody told us a zone, and how to set it; nothing where one is known."""
        known = self.chat.zone or self.request.zone
        return () if known else (Note(line=line(self.texts("time.utc"))),)

    def say(self, key: str, /, **values: object) -> Reply:
        """A reply of one paragraph."""
        return self.reply(Paragraph(line=line(self.texts(key, **values))))

    def reply(self, *blocks: object) -> Reply:
        return Reply(messages=(Message(blocks=blocks, language=self.texts.language),))  # type: ignore[arg-type]


def reached_later(call: Call) -> None:
    """Raise `UsageError` where we are not in the chat: what is promised there for later could not be sent."""
    if not call.request.present:
        raise UsageError("error.absent" if call.request.group else "error.absent_direct")


def line(text: str) -> Line:
    return (Text(text=text),)


Run: TypeAlias = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`who` may use it: a reader; in a group, its admin; or an editor named in `KAWALIS_ADMINS`.

    Its help is the text `help.<name>`. `aliases` are Arabic words that mean it.
    """

    name: str
    run: Run
    who: Who = "reader"
    menu: bool = True
    aliases: tuple[str, ...] = ()
