"""When a chat is alerted, and when it is left in peace. Pure: settings, stories and a moment in, a decision out.

An alert on what a chat follows says what is new in it. A *breaking* alert needs two independent origins or an
official source, and a story that has just begun. Both are capped for each day of the chat's own calendar.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests import local_moment
from bot.quiet import quiet_until, when
from storage.chats import Chat
from summaries.ranking import independent
from summaries.types import BriefStory, OriginKind

MOST_A_DAY = 12  # alerts of any kind to one chat
BREAKING_A_DAY = 3
BREAKING_AGE = timedelta(hours=6)  # since the first report
DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What to do with an alert now: `send` it, silently or not before a moment; or wait for the next look."""

    send: bool
    silent: bool = False
    not_before: datetime | None = None


def zone_of(chat: Chat) -> ZoneInfo:
    return ZoneInfo(chat.zone or "UTC")


def day_start(chat: Chat, now: datetime) -> datetime:
    """When the chat's present day began."""
    zone = zone_of(chat)
    return local_moment(now.astimezone(zone).date(), 0, zone)


def timing(chat: Chat, now: datetime, *, critical: bool) -> Timing:
    """When an alert goes out. `critical` ones are breaking news and denials; one that goes out in the quiet hours
    makes no sound. Where alerts are gathered, they wait for the next look: see `batch_since`.
    """
    found = when(chat, now, critical=critical)
    if found.at is None:
        return Timing(send=True, silent=quiet_until(chat, now) is not None)
    return Timing(send=False) if found.together else Timing(send=True, not_before=found.at)


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
