"""Which messages told a chat of a story, so that a denial answers the very message that carried the claim (F9)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from storage.alerts import Alerts
from storage.chat_keys import ChatKey
from storage.told import Told
from storage.unit_of_work import UnitOfWork
from summaries.types import ArticleId, Brief, StoryId

REMEMBERED = timedelta(days=3)  # how long what was told may be denied by a reply to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """How a chat was told of a story: the message, or the headline by which to find it among what was sent."""

    headline: str = ""
    message: str | None = None


Carriers: TypeAlias = dict[str, Carrier]  # by story or article


async def told_of(
    unit: UnitOfWork, stories: Iterable[StoryId], now: datetime, read: dict[str, Carriers]
) -> dict[ChatKey, Carriers]:
    """What chats were told in the last days by digests and alerts, and of these stories where a person asked. `read`
    is what each edition told, as it was left by the last call: an edition does not change once it is sent, and days of
    them are too many to read every minute.
    """
    found: dict[ChatKey, Carriers] = defaultdict(dict)
    sent = await Alerts(unit.connection).told_since(now - REMEMBERED, ("digest:", "alert:"))
    editions = {edition for _, edition in sent}
    for old in read.keys() - editions:
        del read[old]
    for edition in editions - read.keys():
        kept = await unit.briefs.edition(edition)
        read[edition] = _carriers(kept.brief) if kept and kept.brief else {}
    for key, edition in sent:
        found[key] |= read[edition]
    members = await unit.stories.members(stories)
    # A story that was merged since is known by the article it began with, whose id it had.
    now_in = {article: story for story, articles in members.items() for article in articles}
    asked = dict.fromkeys([*map(StoryId, now_in), *members])
    for one in await Told(unit.connection).since(asked, now - REMEMBERED):
        found[one.chat][now_in.get(ArticleId(one.story), one.story)] = Carrier(message=one.message)
    return found


def _carriers(brief: Brief) -> Carriers:
    found: Carriers = {}
    for story in brief.stories:
        known = (story.id, *(member.article for member in story.members))
        found |= dict.fromkeys(known, Carrier(headline=story.headline))
    return found


async def message_of(unit: UnitOfWork, chat: ChatKey, carrier: Carrier, now: datetime) -> str | None:
    """The platform's id of the message; None where it is not known any more."""
    if carrier.message is not None:
        return carrier.message
    return await Alerts(unit.connection).message_with(chat, carrier.headline, now - REMEMBERED)
