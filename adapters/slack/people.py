"""What Slack tells of a person and of a channel, remembered for a while."""

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outcomes import BROKEN, name_of

log = logging.getLogger(__name__)

REMEMBERED = 5_000
SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`language` is a BCP 47 tag, `zone` IANA; None where Slack does not say."""

    language: str | None = None
    zone: str | None = None
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`member`: whether we are in it; None where Slack does not say."""

    name: str | None = None
    creator: str | None = None
    member: bool | None = None
    archived: bool = False


Kept = TypeVar("Kept")


class Memory(Generic[Kept]):
    """The last answers, each for some minutes; the least recently used are forgotten first."""

    def __init__(
        self, *, most: int = REMEMBERED, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._kept: OrderedDict[tuple[str, str], tuple[float, Kept]] = OrderedDict()

    def get(self, key: tuple[str, str]) -> Kept | None:
        at, value = self._kept.get(key, (float("-inf"), None))
        if self._clock() - at >= self._seconds:
            return None
        self._kept.move_to_end(key)
        return value

    def put(self, key: tuple[str, str], value: Kept) -> Kept:
        self._kept[key] = (self._clock(), value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value


class People:
    """`users.info` and `conversations.info`. What cannot be learned is unknown, never an error."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._people: Memory[Person] = Memory(clock=clock)
        self._channels: Memory[Channel] = Memory(clock=clock)

    async def person(self, client: AsyncWebClient, team: str, user: str) -> Person:
        known = self._people.get((team, user))
        if known is not None:
            return known
        answer = await _asked("users.info", client.users_info(user=user, include_locale=True))
        return (
            Person()
            if answer is None
            else self._people.put((team, user), person_of(answer.get("user") or {}))
        )

    async def channel(self, client: AsyncWebClient, team: str, channel: str) -> Channel:
        known = self._channels.get((team, channel))
        if known is not None and known.member:  # who has just invited us is not told that we are not there
            return known
        try:
            return await self.channel_now(client, team, channel)
        except SlackApiError as error:
            name = name_of(error)
            log.warning("Slack's conversations.info answered %s", name)
            return Channel(member=False) if name == "channel_not_found" else Channel()
        except BROKEN as error:
            log.warning("Slack's conversations.info was not answered: %s", type(error).__name__)
            return Channel()

    async def channel_now(self, client: AsyncWebClient, team: str, channel: str) -> Channel:
        """The channel as it is at this moment. Raises what the SDK raises."""
        answer = await client.conversations_info(channel=channel)
        return self._channels.put((team, channel), channel_of(answer.get("channel") or {}))


async def _asked(method: str, call: Awaitable[Any]) -> Any | None:
    try:
        return await call
    except SlackApiError as error:
        log.warning("Slack's %s answered %s", method, name_of(error))
    except BROKEN as error:
        log.warning("Slack's %s was not answered: %s", method, type(error).__name__)
    return None


def person_of(user: dict[str, Any]) -> Person:
    """From the `user` of `users.info`."""
    rights = ("is_admin", "is_owner", "is_primary_owner")
    return Person(
        language=user.get("locale") or None,
        zone=user.get("tz") or None,
        admin=any(user.get(right) for right in rights),
    )


def channel_of(channel: dict[str, Any]) -> Channel:
    """From the `channel` of `conversations.info`."""
    return Channel(
        name=channel.get("name") or None,
        creator=channel.get("creator") or None,
        member=bool(channel.get("is_member") or channel.get("is_im")),
        archived=bool(channel.get("is_archived")),
    )
