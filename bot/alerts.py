"""What is worth an alert, and how many there may be. Pure: settings, stories and a moment in, a decision out.

An alert on what a chat follows says what is new in it. A *breaking* alert needs two independent origins or an
official source, and a story that has just begun. Both are capped for each day of the chat's own calendar.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests import local_moment
from bot.quiet import DAY, quiet_until
from storage.chats import Chat
from summaries.ranking import independent
from summaries.types import BriefStory, OriginKind

MOST_A_DAY = 12  # alerts of any kind to one chat
BREAKING_A_DAY = 3
BREAKING_AGE = timedelta(hours=6)  # since the first report


def zone_of(chat: Chat) -> ZoneInfo:
    return ZoneInfo(chat.zone or "UTC")


def day_start(chat: Chat, now: datetime) -> datetime:
    """When the chat's present day began."""
    zone = zone_of(chat)
    return local_moment(now.astimezone(zone).date(), 0, zone)


def batch_since(chat: Chat, now: datetime, within: timedelta) -> datetime | None:
    """Where a chat that gathers has just woken up (at most `within` ago): when its quiet hours began."""
    start, end = chat.quiet_from, chat.quiet_to
    if (chat.quiet_mode or "") != "batch" or start is None or end is None or quiet_until(chat, now):
        return None
    length = timedelta(minutes=(end - start) % DAY)
    zone = zone_of(chat)
    today = now.astimezone(zone).date()
    woke = max(
        (at for back in (0, 1) if (at := local_moment(today - timedelta(days=back), end, zone)) <= now),
        default=None,
    )
    return woke - length if woke is not None and now - woke <= within else None


def is_breaking(story: BriefStory, now: datetime) -> bool:
    """Two independent origins or an official one, and the first report at most `BREAKING_AGE` ago."""
    times = [member.published for member in story.members if member.published is not None]
    fresh = bool(times) and now - min(times) <= BREAKING_AGE
    official = any(origin.kind is OriginKind.OFFICIAL for origin in story.origins)
    return fresh and (official or independent(story.origins) >= 2)
