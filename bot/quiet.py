"""Quiet hours and the night. Pure: a chat's settings and a moment in; when a message goes out, and how, comes back.

In a chat's quiet hours:

| mode | breaking news and denials | other alerts | digests |
|---|---|---|---|
| `hold` | wait for the end, then each comes | the same | wait for the end |
| `critical` | come at once, without a sound | wait for the end | wait for the end |
| `batch` | are told in one message after the end | the same | wait for the end |

A chat that set no hours is sent everything at its time, at night without a sound. Hours whose start equals their end
are no quiet hours: they would silence a chat for ever. Answers to a person are never held back, nor is what an editor
posts: in a channel's quiet hours, or at night, it comes without a sound.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests import local_moment
from storage.chats import Chat

DAY = 24 * 60
NIGHT = (23 * 60, 7 * 60)  # minutes of the local day, where a chat set no hours of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What to do with a message now: `send` it, silently or not before a moment; or leave it for one on waking."""

    send: bool = True
    silent: bool = False
    not_before: datetime | None = None


def alert_timing(chat: Chat, now: datetime, *, critical: bool) -> Timing:
    """When an alert goes out. `critical` ones are breaking news and denials."""
    until = quiet_until(chat, now)
    if until is None:
        return Timing(silent=is_night(chat, now))
    if chat.quiet_mode == "critical" and critical:
        return Timing(silent=True)
    return Timing(send=False) if chat.quiet_mode == "batch" else Timing(not_before=until)


def digest_timing(chat: Chat, now: datetime, zone: str) -> Timing:
    """When a digest that is due goes out; `zone` (IANA) is the digest's own."""
    return Timing(not_before=quiet_until(chat, now, zone), silent=is_night(chat, now, zone))


def post_silent(chat: Chat, now: datetime, zone: str) -> bool:
    """Whether what an editor posts now comes without a sound; `zone` (IANA) is the editor's."""
    return quiet_until(chat, now, zone) is not None or is_night(chat, now, zone)


def quiet_until(chat: Chat, now: datetime, zone: str | None = None) -> datetime | None:
    """The end of the chat's quiet hours where `now` is within them, right across changes of the clock; None outside
    of them. `zone` counts where the chat has none; else UTC does.
    """
    start, end = chat.quiet_from, chat.quiet_to
    if start is None or end is None or start == end:
        return None
    there = ZoneInfo(chat.zone or zone or "UTC")
    local = now.astimezone(there)
    minute = local.hour * 60 + local.minute
    if not _within(minute, start, end):
        return None
    day = local.date() + timedelta(days=1 if end <= minute else 0)
    return max(local_moment(day, end, there), now)


def is_night(chat: Chat, now: datetime, zone: str | None = None) -> bool:
    """Whether a message would come in the night of a chat without quiet hours. Where no zone is known, nobody can
    tell.
    """
    named = chat.zone or zone
    if named is None or (chat.quiet_from is not None and chat.quiet_to is not None):
        return False
    local = now.astimezone(ZoneInfo(named))
    return _within(local.hour * 60 + local.minute, *NIGHT)


def _within(minute: int, start: int, end: int) -> bool:
    """Whether a minute of the day lies in [start, end), which may go over midnight."""
    return (minute - start) % DAY < (end - start) % DAY
