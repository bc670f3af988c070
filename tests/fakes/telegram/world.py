"""The chats, people and messages of the fake, and the updates that wait to be fetched."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
EPOCH = 1_711_616_400


@dataclass(kw_only=True)
class Chat:
    id: int
    type: str = "private"
    title: str | None = None
    username: str | None = None
    members: dict[int, Json] = field(default_factory=dict)
    blocked: bool = False
    migrated_to: int | None = None
    forum: bool = False
    topics: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)  # topics that take no messages; 0 is the general one

    def shown(self) -> Json:
        value: Json = {"id": self.id, "type": self.type}
        if self.type == "private":
            value["first_name"] = self.title or "قارئ"
        else:
            value["title"] = self.title or "قناة"
        return (
            value
            | ({"username": self.username} if self.username else {})
            | ({"is_forum": True} if self.forum else {})
        )


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


@dataclass(kw_only=True)
class Sent:
    """A message that the bot sent, as a reader sees it."""

    id: int
    chat: int
    html: str
    text: str
    keyboard: list[list[Json]]
    parameters: Json
    edits: int = 0

    @property
    def upload(self) -> Upload | None:
        """The file or picture that it shows."""
        return next((value for value in self.parameters.values() if isinstance(value, Upload)), None)

    @property
    def links(self) -> dict[str, str]:
        """Its buttons that are links: label -> address."""
        return {key["text"]: key["url"] for row in self.keyboard for key in row if "url" in key}

    @property
    def buttons(self) -> list[str]:
        """The data of its buttons."""
        return [key["callback_data"] for row in self.keyboard for key in row if "callback_data" in key]


class World:
    """What Telegram's servers know."""

    def __init__(self, bot: Json, wake: Callable[[], None]) -> None:
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.sent: list[Sent] = []
        self.updates: list[Json] = []
        self.answered: list[Json] = []
        self.offered: list[Json] = []
        self.descriptions: dict[tuple[str, str], str] = {}
        self.actions: list[tuple[int, str]] = []
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self._messages = itertools.count(100)
        self._updates = itertools.count(1)
        self._wake = wake

    def chat(self, given: Any) -> Chat | None:
        if isinstance(given, str) and given.startswith("@"):
            return next((c for c in self.chats.values() if c.username == given[1:]), None)
        try:
            return self.chats.get(int(given))
        except (TypeError, ValueError):
            return None

    def message_id(self) -> int:
        return next(self._messages)

    def push(self, update: Json) -> None:
        self.updates.append({"update_id": next(self._updates), **update})
        self._wake()

    def person(self, number: int, language: str | None) -> Json:
        person: Json = {"id": number, "is_bot": False, "first_name": "قارئ"}
        return person | ({"language_code": language} if language else {})
