"""When a digest is due. Pure: a subscription and a moment in, a moment or a decision out.

A digest is named by its chat's local day and hour, so that the day it belongs to is the reader's and not
UTC's, and so that a clock that changes cannot fire it twice:

- a local time that daylight saving skips fires at the first moment after the gap;
- a local time that happens twice fires at the first;
- a window missed by more than `STALE` is skipped, and the next one waits for its own hour;
- where the machine's clock was ahead, windows that were passed over by it are due at their hour once it is right again.
  Those that fired by it are known by their editions (see `bot.digesting`).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from storage.chats import Subscription

STALE = timedelta(hours=3)
Verdict: TypeAlias = Literal["fire", "skip_stale"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """One due window of a subscription. `key` names it for ever: `2024-03-28T08:00@Asia/Riyadh`."""

    at: datetime
    key: str
    verdict: Verdict


def local_moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The UTC moment of a local minute of the day, right across both changes of the clock."""
    wanted = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=zone)  # fold=0: the first of two
    there = wanted.astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return there
    # In a gap, the two folds read the wall clock with the offsets before and after it, and the change
    # itself lies between the two moments so found.
    before = wanted.utcoffset()
    low, high = wanted.replace(fold=1).astimezone(UTC), there
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high.replace(microsecond=0)


def next_firing(subscription: Subscription, after: datetime) -> datetime:
    """The first moment strictly after `after` at which this digest is due."""
    zone = ZoneInfo(subscription.zone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    for ahead in range(10):
        there = day + timedelta(days=ahead)
        if subscription.weekdays >> there.weekday() & 1:
            moment = local_moment(there, subscription.time, zone)
            if moment > after:
                return moment
    raise ValueError("a subscription with no weekday is never due")


def latest_due(subscription: Subscription, now: datetime) -> Firing | None:
    """The newest window that is due and has not been handled, or None. Older missed ones are skipped:
    after an outage a reader gets one brief of now, not a pile of old ones.
    """
    zone = ZoneInfo(subscription.zone)
    today = now.astimezone(zone).date()
    handled = _handled_until(subscription, now)
    for back in range(-1, 9):
        day = today - timedelta(days=back)
        if not subscription.weekdays >> day.weekday() & 1:
            continue
        at = local_moment(day, subscription.time, zone)
        if handled < at <= now:
            verdict: Verdict = "fire" if now - at <= STALE else "skip_stale"
            return Firing(at=at, key=window_key(day, subscription), verdict=verdict)
        if at <= handled:
            return None
    return None


def _handled_until(subscription: Subscription, now: datetime) -> datetime:
    fired, created = subscription.last_fired, subscription.created
    if fired is not None:
        return fired if fired <= now else now - STALE
    return created or now - timedelta(days=1)


def window_key(day: date, subscription: Subscription) -> str:
    return f"{day.isoformat()}T{subscription.time // 60:02}:{subscription.time % 60:02}@{subscription.zone}"
