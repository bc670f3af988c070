"""Quiet hours. Pure: a chat's settings, a moment and how pressing a message is in; when it goes out comes back.

- `hold`: everything waits for the end of the quiet hours, then each message goes out
- `critical`: what is critical goes at once; the rest waits
- `batch`: everything waits, and what waits is to be told as one message on waking

Hours whose start equals their end are no quiet hours: they would silence a chat for ever.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.digests import local_moment
from storage.chats import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """`at` is when to send, None for at once; `together` says to tell what waits as one message."""

    at: datetime | None = None
    together: bool = False


AT_ONCE = When()


def when(chat: Chat, now: datetime, *, critical: bool = False, zone: str | None = None) -> When:
    """When a message for this chat goes out. `zone` (IANA) counts where the chat has none; else UTC does."""
    waking = quiet_until(chat, now, zone)
    if waking is None or (critical and chat.quiet_mode == "critical"):
        return AT_ONCE
    return When(at=waking, together=chat.quiet_mode == "batch")


def quiet_until(chat: Chat, now: datetime, zone: str | None = None) -> datetime | None:
    """The end of the chat's quiet hours where `now` is within them, right across changes of the clock."""
    start, end = chat.quiet_from, chat.quiet_to
    if start is None or end is None or start == end:
        return None
    named = chat.zone or zone
    there: tzinfo = ZoneInfo(named) if named else UTC
    local = now.astimezone(there)
    minute = local.hour * 60 + local.minute
    within = start <= minute < end if start < end else minute >= start or minute < end
    if not within:
        return None
    day = local.date() + timedelta(days=1 if start > end and minute >= start else 0)
    waking = local_moment(day, end, ZoneInfo(named or "UTC"))
    return max(waking, now)
