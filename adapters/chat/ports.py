"""What passes between a chat and the application. A chat never imports the application: it is handed
an `Ask`, and it offers a `Post`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from adapters.chat.forms import Form
from adapters.chat.message import Button, Message

Platform: TypeAlias = Literal["telegram", "slack", "terminal", "web"]

NO_ANSWER = "broadcast.no_answer"
"""The text key of a platform that did not say whether we may post: nobody lost a right, and it can be asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a message goes. `bot` is the Telegram bot's id or the Slack team's id."""

    platform: Platform
    bot: str
    chat: str
    thread: str = ""  # forum topic id, or Slack thread_ts; "" is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel or group as the platform knows it: the id that stays, and the name that people see."""

    chat: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person did in a chat.

    `text` is a command line without the chat's own prefix: `/brief 24h` arrives as `brief 24h`, and so
    does Slack's `/kawalis brief 24h`. A pressed button arrives as its action with `pressed=True`. Free
    text (a pasted link) arrives as it is with `command=False`.
    """

    address: Address
    person: str  # the person's id on the platform; "" where they write in the name of a group or channel
    text: str
    command: bool = True
    pressed: bool = False
    inline: bool = False  # typed after the bot's name in another chat: each message answered is one offer
    group: bool = False  # a group, a channel, a forum: settings belong to its admins
    admin: bool = True  # whether the person administers this chat
    addressed: bool = True  # False: a command in a group that may be meant for another bot
    present: bool = True  # whether we are in this chat too, so that what comes later can be sent there
    language: str | None = None  # what the platform tells of the person: a BCP 47 tag
    zone: str | None = None  # IANA, where the platform tells it
    name: str | None = None  # of the chat, shown to editors
    message: str | None = None  # id of the message whose button was pressed
    fields: Mapping[str, str] | None = None  # the answers of a form
    at: datetime | None = None


Arrived: TypeAlias = Callable[[Sequence[tuple[str, str]]], Awaitable[None]]
"""Told of what was sent: each payload with the platform's id of the message by which it can be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the application answers: messages to send, in order.

    `replace` edits the message whose button was pressed instead of sending a new one; `notice` is a
    short text shown as a toast where the platform has one (else it is left out). `aside` is of use to the asker
    alone (what they typed wrongly): a chat that can show it in place to nobody else does.
    """

    messages: tuple[Message, ...] = ()
    replace: bool = False
    notice: str | None = None
    aside: bool = False
    form: Form | None = None  # opened in the place of the messages, where the platform has forms
    errors: Mapping[str, str] | None = (
        None  # field of a form -> what is wrong with its answer; nothing was stored
    )
    above: Button | None = None  # with `start`: shown above the offers of an inline request
    unheard: Message | None = (
        None  # shown in a group in the place of private messages that did not reach the person
    )
    arrived: Arrived | None = None  # called once the messages are sent, by chats whose messages have ids


Ask: TypeAlias = Callable[[Request], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Accepted. `message` is the platform's id of it, by which it can be edited or answered."""

    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """The platform asks us to wait. `whole_bot` where the wait holds for all that this bot sends."""

    seconds: float
    whole_bot: bool = True
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The answer was lost: the message may have arrived or not."""

    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The chat has a new id (a group became a supergroup)."""

    chat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The chat does not want us or does not exist: pause what is subscribed there. With `thread`, that holds for the
    thread alone: a forum's topic was closed or deleted, and the others go on.
    """

    cause: str
    thread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The platform will never accept this message. The cause says why; nothing is retried."""

    cause: str


SendResult: TypeAlias = Sent | Later | Unknown | Moved | Gone | Refused


Sure: TypeAlias = Callable[[], Awaitable[None]]
"""Returns while this process may send; whoever may not any more is cancelled while waiting for it."""


async def at_once() -> None:
    """`Sure` of what nobody else could send in our place."""


class Post(Protocol):
    """How the outbox reaches a chat. One call is one message on the platform."""

    def parts(self, message: Message) -> list[str]:
        """The message as payloads (JSON text), each within the platform's limits, split at sentence
        borders and never inside an entity. Pure, so that the parts of an edition never change.
        """

    async def send(
        self,
        address: Address,
        payload: str,
        *,
        silent: bool = False,
        reply_to: str | None = None,
        sure: Sure = at_once,
    ) -> SendResult:
        """Send one payload. `sure` is awaited when its turn has come, right before it leaves. Expected outcomes are
        values; it raises only on a defect of ours.
        """

    async def edit(self, address: Address, message: str, payload: str, *, sure: Sure = at_once) -> SendResult:
        """Put `payload` in the place of a sent message. Unchanged content counts as `Sent`."""
