"""Night, as a chat sees it. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

NIGHT = (23 * 60, 7 * 60)  # minutes of the local day, where a chat set no hours of its own


def is_night(now: datetime, zone: str, start: int | None = None, end: int | None = None) -> bool:
    """Whether `now` lies in the local minutes [start, end), which may go over midnight. Equal ends are no night."""
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    first, last = NIGHT if start is None or end is None else (start, end)
    if first <= last:
        return first <= minute < last
    return minute >= first or minute < last
