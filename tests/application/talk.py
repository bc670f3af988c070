"""A person in a chat: what they type and press goes to the fake platform, and what they then see comes back as text.

The same conversation runs in Telegram and in Slack; only here are they told apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tests.application.conftest import READER, Bench
from tests.fakes.slack import PERSON
from tests.fakes.slack.world import read

_MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")


def plain(text: str) -> str:
    """The text as a person reads it: without marks of direction."""
    return _MARKS.sub("", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as it stands in the chat."""

    id: str
    text: str
    answers: str = ""  # the id of the message that it answers
    silent: bool = False
    file: tuple[str, bytes] | None = None  # its name and what is in it


class Talk(Protocol):
    """A private conversation with the bot."""

    slash: str  # how a command begins here

    async def type(self, line: str, until: str) -> str:
        """Type a line; everything new, once `until` stands in it."""

    async def press(self, action: str, until: str) -> str:
        """Press the newest button with this action; everything new or changed, once `until` stands in it."""

    def actions(self) -> list[str]:
        """The actions of all buttons there are, the newest first."""

    def shown(self) -> list[Shown]:
        """Every message from us, the oldest first."""


class TelegramTalk:
    slash = "/"

    def __init__(self, bench: Bench, language: str = "ar-SA") -> None:
        self._fake, self._language = bench.telegram, language

    async def type(self, line: str, until: str) -> str:
        return await self._new(until, lambda: self._fake.type(READER, line, language=self._language))

    async def press(self, action: str, until: str) -> str:
        sent = next(m for m in reversed(self._fake.sent(READER)) if action in m.buttons)
        return await self._new(until, lambda: self._fake.press(sent, action, language=self._language))

    async def _new(self, until: str, act: Callable[[], None]) -> str:
        before = {(m.id, m.edits) for m in self._fake.sent(READER)}
        toasts = len(self._fake.world.answered)
        act()

        def seen() -> str:
            new = [m.text for m in self._fake.sent(READER) if (m.id, m.edits) not in before]
            new += [str(answer.get("text", "")) for answer in self._fake.world.answered[toasts:]]
            return plain("\n".join(new))

        await self._fake.wait_until(lambda: until in seen())
        return seen()

    def actions(self) -> list[str]:
        return [action for message in reversed(self._fake.sent(READER)) for action in message.buttons]

    def shown(self) -> list[Shown]:
        return [
            Shown(
                id=str(m.id), text=plain(m.text), silent=bool(m.parameters.get("disable_notification")),
                answers=str(m.parameters.get("reply_parameters", {}).get("message_id", "")),
                file=(m.upload.name, m.upload.content) if m.upload else None,
            )
            for m in self._fake.sent(READER)
        ]  # fmt: skip


class SlackTalk:
    slash = "/kawalis "

    def __init__(self, bench: Bench) -> None:
        self._fake = bench.slack

    async def type(self, line: str, until: str) -> str:
        before = self._state()
        await self._fake.dm(PERSON, line.lstrip("/"))
        return await self._new(until, before)

    async def press(self, action: str, until: str) -> str:
        message = next(m for m in reversed(self._fake.sent(PERSON)) if action in values(m.blocks))
        before = self._state()
        await self._fake.press(message.ts, action)
        return await self._new(until, before)

    def _state(self) -> set[tuple[str, int]]:
        return {(m.ts, m.edited) for m in self._fake.sent(PERSON)}

    async def _new(self, until: str, before: set[tuple[str, int]]) -> str:
        def seen() -> str:
            new = [read(m) for m in self._fake.sent(PERSON) if (m.ts, m.edited) not in before]
            return plain("\n".join(new))

        await self._fake.until(lambda: until in seen(), seconds=20)
        return seen()

    def actions(self) -> list[str]:
        return [action for message in reversed(self._fake.sent(PERSON)) for action in values(message.blocks)]

    def shown(self) -> list[Shown]:
        world = self._fake.world
        return [
            Shown(
                id=m.ts, text=plain(read(m)), answers=m.thread_ts or "",
                file=next(((world.file_names[file], world.files[file]) for file in m.files), None),
            )
            for m in self._fake.sent(PERSON)
        ]  # fmt: skip


def values(value: object) -> list[str]:
    """The values of all buttons in blocks."""
    if isinstance(value, dict):
        own = [value["value"]] if value.get("type") == "button" and "value" in value else []
        return own + [each for inner in value.values() for each in values(inner)]
    return [each for inner in value for each in values(inner)] if isinstance(value, list) else []
