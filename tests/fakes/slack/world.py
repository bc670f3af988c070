"""What the fake Slack knows: workspaces, people, channels, messages."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fakes.slack.manifest import SCOPES

Json = dict[str, Any]


@dataclass(kw_only=True)
class Message:
    """A message as Slack keeps it. `seen_by` is set for one that is shown to a single person."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    thread_ts: str | None = None
    seen_by: str | None = None
    author: str | None = None  # the person who wrote it; None: the app
    edited: int = 0
    files: list[str] = field(default_factory=list)  # their ids
    sent: Json = field(default_factory=dict)  # the arguments as they came


@dataclass(kw_only=True)
class Channel:
    """`member`: whether the app is in it; `people`: who else is."""

    id: str
    name: str
    creator: str = "U0CREATOR"
    member: bool = True
    archived: bool = False
    private: bool = False
    admins_post: bool = False  # only admins may post here, and so no app
    people: set[str] = field(default_factory=set)


@dataclass(kw_only=True)
class Team:
    id: str
    token: str
    bot_user: str = "U0KAWALIS"
    enterprise: str | None = None  # the organisation that it belongs to
    revoked: bool = False
    scopes: tuple[str, ...] = SCOPES


class World:
    def __init__(self) -> None:
        self.teams: dict[str, Team] = {}
        self.channels: dict[str, Channel] = {}
        self.people: dict[str, Json] = {}
        self.messages: list[Message] = []
        self.homes: dict[str, Json] = {}
        self.views: list[Json] = []
        self.view_errors: dict[str, str] = {}  # what the modal that was sent last shows below its fields
        self.triggers: set[str] = set()  # with which a modal may be opened, each once
        self.files: dict[str, bytes] = {}
        self.file_names: dict[str, str] = {}
        self.shown_files: set[str] = set()
        self._numbers = count(1)

    def number(self) -> int:
        return next(self._numbers)

    def ts(self) -> str:
        return f"1711600000.{self.number():06d}"

    def team_of(self, token: str) -> Team | None:
        return next((team for team in self.teams.values() if team.token == token), None)

    def channel_for(self, name: str) -> Channel | None:
        """A channel by its id; for a person's id, the direct message with them."""
        if name in self.people:
            name = self.direct_with(name)
        return self.channels.get(name)

    def direct_with(self, user: str) -> str:
        name = "D" + user[1:]
        self.channels.setdefault(name, Channel(id=name, name="directmessage", creator=user, people={user}))
        return name

    def add_person(
        self, user: str, *, locale: str = "ar-SA", zone: str = "Asia/Riyadh", admin: bool = False
    ) -> None:
        self.people[user] = {
            "id": user,
            "name": user.lower(),
            "locale": locale,
            "tz": zone,
            "is_admin": admin,
            "is_owner": False,
            "is_primary_owner": False,
        }

    def find(self, channel: str, ts: str) -> Message | None:
        return next((m for m in self.messages if m.channel == channel and m.ts == ts), None)


def read(message: Message) -> str:
    """What a person reads of a message: its blocks, or its text where there are none."""
    return words(message.blocks) or message.text


def words(value: object) -> str:
    """All that a person reads in blocks, a line for each text."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return "\n".join(
            own + [w for k, v in value.items() if k != "text" or not isinstance(v, str) if (w := words(v))]
        )
    if isinstance(value, list):
        return "\n".join(w for inner in value if (w := words(inner)))
    return ""
