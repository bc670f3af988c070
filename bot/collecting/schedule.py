"""When a source is polled next. Pure: data and `now` in, a moment and its reason out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from adapters.feeds import Cadence
from bot.collecting.policy import Policy

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.I)
_NO_CACHE = re.compile(r"(?:^|[,\s])(?:no-cache|no-store)(?:$|[,\s])", re.I)
_WEEK = timedelta(weeks=1)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """When, and why then: rhythm, quiet, max_age, expires, ttl, update_period, skip_hours, back_off, retry_after,
    outage.
    """

    at: datetime
    interval: timedelta
    reason: str


def after_answer(
    now: datetime,
    headers: Mapping[str, str],
    cadence: Cadence,
    *,
    per_week: float | None,
    last_new: datetime | None,
    jitter: float,
    policy: Policy,
) -> Next:
    """After a good answer: our own rhythm, or what the source asks for, whichever is longer, at most
    `policy.longest`. `per_week` is how many entries the source brings in a week, None where that is
    unknown; `jitter` is a random number of [0, 1).
    """
    asked = [
        _rhythm(now, per_week, last_new, policy),
        (max_age(headers), "max_age"),
        (expires(headers, now), "expires"),
        (cadence.ttl or timedelta(), "ttl"),
        (cadence.update_period or timedelta(), "update_period"),
    ]
    interval, reason = max(asked, key=lambda pair: pair[0])
    interval = min(interval, policy.longest)
    at = min(now + interval * (1 + policy.jitter * jitter), now + policy.longest)
    open_at = _outside_skipped(at, cadence)
    if open_at > at:
        at, reason = min(open_at, now + policy.longest), "skip_hours"
    return Next(at=at, interval=interval, reason=reason)


def after_failure(
    now: datetime, headers: Mapping[str, str], *, failures: int, jitter: float, policy: Policy
) -> Next:
    """After the `failures`-th failure in a row: twice as long each time, or what Retry-After asks for
    where that is longer, at most `policy.longest`.
    """
    wait = min(policy.shortest * 2.0 ** min(failures, 20), policy.longest)
    asked = retry_after(headers, now)
    reason = "back_off"
    if asked > wait:
        wait, reason = min(asked, policy.longest), "retry_after"
    at = min(now + wait * (1 + policy.jitter * jitter), now + policy.longest)
    return Next(at=at, interval=wait, reason=reason)


def after_outage(now: datetime, *, jitter: float, policy: Policy) -> Next:
    """After a failure while the network is away: soon, and no later for having failed before."""
    wait = max(policy.first, policy.shortest)
    return Next(at=now + wait * (1 + policy.jitter * jitter), interval=wait, reason="outage")


def _rhythm(
    now: datetime, per_week: float | None, last_new: datetime | None, policy: Policy
) -> tuple[timedelta, str]:
    """As often as the source writes; less often the longer it has been quiet."""
    if per_week is None:
        return max(policy.first, policy.shortest), "rhythm"
    usual = _WEEK / per_week if per_week >= 1 else policy.slowest
    quiet = (now - last_new) / 8 if last_new is not None else timedelta()
    reason = "quiet" if quiet > usual else "rhythm"
    return max(min(max(usual, quiet), policy.slowest), policy.shortest), reason


def per_week(
    now: datetime,
    published: list[datetime],
    *,
    new: int,
    since: datetime | None,
    before: float | None,
) -> float | None:
    """Entries a week. From the dates in the feed where it has some; else from how many of them were new
    since the last poll, mixed with what was believed before.
    """
    past = sorted((moment for moment in published if moment <= now), reverse=True)
    if len(past) >= 3:
        middle = len(past) // 2  # the newer half: one entry that stays on top for years is no rhythm
        span = max(now - past[middle], timedelta(hours=1))
        return round((middle + 1) * (_WEEK / span), 2)
    if since is None or now <= since:
        return before
    rate = new * (_WEEK / (now - since))
    return round(rate if before is None else 0.7 * before + 0.3 * rate, 2)


def max_age(headers: Mapping[str, str]) -> timedelta:
    """Of Cache-Control, less the age that a cache on the way tells; zero where there is none."""
    control = headers.get("cache-control", "")
    match = _MAX_AGE.search(control)
    if match is None or _NO_CACHE.search(control):
        return timedelta()
    age = headers.get("age", "")
    seconds = int(match[1]) - (int(age) if re.fullmatch(r"[0-9]{1,9}", age) else 0)
    return timedelta(seconds=min(max(seconds, 0), 10**9))


def expires(headers: Mapping[str, str], now: datetime) -> timedelta:
    """From `now` to Expires. By HTTP's rule Cache-Control's max-age stands in its place where given."""
    if "expires" not in headers or "max-age" in headers.get("cache-control", "").lower():
        return timedelta()
    moment = _http_date(headers["expires"])
    return max(moment - now, timedelta()) if moment else timedelta()


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long Retry-After asks us to wait, given in seconds or as a date; zero for none or nonsense."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,18}(?:\.\d+)?", value):
        return timedelta(seconds=min(float(value), 1e9))
    moment = _http_date(value) if value else None
    return max(moment - now, timedelta()) if moment else timedelta()


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _outside_skipped(at: datetime, cadence: Cadence) -> datetime:
    """The first moment from `at` on that is in no hour (GMT) or day which the feed wants us to skip."""
    moment = at
    for _ in range(24 * 8):
        if moment.hour not in cadence.skip_hours and _DAYS[moment.weekday()] not in cadence.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at
