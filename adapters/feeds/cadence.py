"""What a feed says of its own rhythm: ttl, sy:updatePeriod, skipHours, skipDays."""

import re
from datetime import timedelta

from adapters.feeds.model import Cadence

_FIRST_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.I)
_OPEN, _CLOSE = r"\s*(?:<!\[CDATA\[)?\s*", r"(?:\.\d*)?\s*(?:\]\]>)?\s*"
_TTL = re.compile(rf"<ttl>{_OPEN}(\d{{1,7}}){_CLOSE}</ttl>", re.I)
_SKIP_HOURS = re.compile(r"<skipHours>(.*?)</skipHours>", re.I | re.S)
_SKIP_DAYS = re.compile(r"<skipDays>(.*?)</skipDays>", re.I | re.S)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.I)
_DAY = re.compile(r"<day>\s*(\w+)\s*</day>", re.I)
_PERIOD = re.compile(rf"<\w+:updatePeriod>{_OPEN}(\w+){_CLOSE}</\w+:updatePeriod>", re.I)
_FREQUENCY = re.compile(rf"<\w+:updateFrequency>{_OPEN}(\d{{1,6}}){_CLOSE}</\w+:updateFrequency>", re.I)
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def read_cadence(text: str) -> Cadence:
    """The rhythm declared at the head of a feed (its text, decoded). Nonsense counts as nothing said."""
    first = _FIRST_ITEM.search(text)
    head = text[: first.start()] if first else text[:20_000]
    if len(head) == len(text):
        return Cadence()
    # Some feeds put it behind their items.
    tail = text[-2000:] if first else ""
    ttl = _TTL.search(head) or _TTL.search(tail)
    hours = _SKIP_HOURS.search(head) or _SKIP_HOURS.search(tail)
    days = _SKIP_DAYS.search(head) or _SKIP_DAYS.search(tail)
    skipped_hours = frozenset(
        int(hour) % 24 for hour in _HOUR.findall(hours[1] if hours else "") if int(hour) <= 24
    )
    skipped_days = frozenset(day.lower() for day in _DAY.findall(days[1] if days else "")) & _DAYS
    return Cadence(
        ttl=timedelta(minutes=int(ttl[1])) if ttl else None,
        skip_hours=skipped_hours if len(skipped_hours) < 24 else frozenset(),
        skip_days=skipped_days if len(skipped_days) < 7 else frozenset(),
        update_period=_update_period(head),
    )


def _update_period(head: str) -> timedelta | None:
    period = _PERIOD.search(head)
    if period is None or period[1].lower() not in _PERIODS:
        return None
    frequency = _FREQUENCY.search(head)
    return _PERIODS[period[1].lower()] / max(1, int(frequency[1]) if frequency else 1)
