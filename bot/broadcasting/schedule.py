"""When a scheduled broadcast is due. Pure."""

from datetime import datetime, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.digests import STALE, local_moment

Verdict: TypeAlias = Literal["wait", "post", "late"]


def next_at(minute: int, zone: ZoneInfo, now: datetime) -> datetime:
    """The first moment after `now` at which the clocks of `zone` show this minute of the day."""
    today = now.astimezone(zone).date()
    moments = (local_moment(today + timedelta(days=ahead), minute, zone) for ahead in range(-1, 3))
    return next(moment for moment in moments if moment > now)


def verdict(scheduled: datetime, now: datetime) -> Verdict:
    """Post it, or, where its hour went by while nothing ran, leave it to the editor: old news is not posted."""
    if now < scheduled:
        return "wait"
    return "post" if now - scheduled <= STALE else "late"
