"""When digests are due."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.digests import latest_due, local_moment, next_firing
from storage.chat_keys import ChatKey
from storage.chats import Subscription
from summaries.types import TopicId

CHAT = ChatKey(platform="telegram", bot="1", chat="2")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def digest(zone: str, minute: int, *, weekdays: int = 127, last: datetime | None = None) -> Subscription:
    return Subscription(
        id="s", chat=CHAT, topic=TopicId("t"), time=minute, zone=zone, weekdays=weekdays,
        created=at("2024-01-01T00:00"), last_fired=last,
    )  # fmt: skip


def test_hour_is_the_chats_own() -> None:
    """A digest at 08:00 Asia/Riyadh (UTC+3, no daylight saving) is due at 05:00 UTC."""
    assert next_firing(digest("Asia/Riyadh", 480), at("2024-03-27T12:00")) == at("2024-03-28T05:00")


@pytest.mark.parametrize(
    ("zone", "day", "minute", "expected"),
    [
        (
            "Europe/Berlin",
            "2024-03-31",
            150,
            "2024-03-31T01:00",
        ),  # 02:30 is skipped: the gap ends at 03:00 CEST
        ("Europe/Berlin", "2024-10-27", 150, "2024-10-27T00:30"),  # 02:30 comes twice: the first, in CEST
        ("Asia/Beirut", "2024-03-31", 0, "2024-03-30T22:00"),  # midnight itself is skipped
        ("Africa/Cairo", "2024-04-26", 30, "2024-04-25T22:00"),  # 00:30 is skipped
        ("Asia/Gaza", "2024-10-26", 90, "2024-10-25T22:30"),  # 01:30 comes twice
    ],
)
def test_clock_changes_fire_once_at_a_real_moment(zone: str, day: str, minute: int, expected: str) -> None:
    """A skipped local time fires at the end of the gap; a doubled one at the first of the two."""
    from zoneinfo import ZoneInfo

    found = local_moment(datetime.fromisoformat(day).date(), minute, ZoneInfo(zone))
    assert found == at(expected)


def test_a_year_of_days_has_each_digest_once() -> None:
    """Over a whole year with both clock changes, each local day has exactly one firing."""
    from zoneinfo import ZoneInfo

    subscription, moment, days = digest("Europe/Berlin", 150), at("2024-01-01T12:00"), []
    for _ in range(366):
        moment = next_firing(subscription, moment)
        days.append(moment.astimezone(ZoneInfo("Europe/Berlin")).date())
    assert len(set(days)) == 366
    assert days[-1] - days[0] == timedelta(days=365)


def test_only_chosen_weekdays() -> None:
    """A digest for Sundays and Thursdays skips the days between."""
    chosen = digest("Asia/Riyadh", 480, weekdays=1 << 6 | 1 << 3)
    first = next_firing(chosen, at("2024-03-28T05:00"))  # a Thursday, just fired
    assert first == at("2024-03-31T05:00")


def test_a_fired_window_is_not_due_again() -> None:
    """Once fired, the same window never fires again, however often the tick comes."""
    due = at("2024-03-28T05:00")
    assert latest_due(digest("Asia/Riyadh", 480, last=due), due + timedelta(minutes=1)) is None


def test_a_late_tick_still_fires() -> None:
    """A window missed by less than three hours goes out late rather than never."""
    firing = latest_due(digest("Asia/Riyadh", 480, last=at("2024-03-27T05:00")), at("2024-03-28T07:59"))
    assert firing is not None
    assert (firing.verdict, firing.key) == ("fire", "2024-03-28T08:00@Asia/Riyadh")


def test_a_stale_window_is_skipped() -> None:
    """After three hours down the old window is skipped, not sent at a strange hour."""
    firing = latest_due(digest("Asia/Riyadh", 480, last=at("2024-03-27T05:00")), at("2024-03-28T09:00"))
    assert firing is not None
    assert firing.verdict == "skip_stale"


def test_after_days_down_only_the_newest_window_counts() -> None:
    """An outage of a week does not release seven digests."""
    firing = latest_due(digest("Asia/Riyadh", 480, last=at("2024-03-20T05:00")), at("2024-03-28T05:10"))
    assert firing is not None
    assert firing.at == at("2024-03-28T05:00")


def test_the_edition_is_named_by_the_readers_day() -> None:
    """Where it is already tomorrow, the key says tomorrow, whatever UTC's day is."""
    firing = latest_due(digest("Pacific/Auckland", 480, last=at("2024-03-26T19:00")), at("2024-03-27T19:00"))
    assert firing is not None
    assert firing.key.startswith("2024-03-28")
