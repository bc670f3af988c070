"""Quiet hours and large audiences."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.quiet import Timing, alert_timing, digest_timing, post_silent, quiet_until
from bot.spreading import expected, jitter, spread
from storage.chats import Chat


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def chat(start: int | None, end: int | None, mode: str = "hold", zone: str | None = "Asia/Riyadh") -> Chat:
    return Chat(
        platform="telegram", bot="1", chat="2", zone=zone, quiet_from=start, quiet_to=end, quiet_mode=mode
    )


NIGHT = at("2024-03-28T22:30")  # 01:30 in Riyadh
DAY = at("2024-03-28T12:00")
WAKING = at("2024-03-29T04:00")  # 07:00 there


@pytest.mark.parametrize(
    ("mode", "critical", "expected"),
    [
        ("hold", False, Timing(not_before=WAKING)),
        ("hold", True, Timing(not_before=WAKING)),
        ("critical", False, Timing(not_before=WAKING)),
        ("critical", True, Timing(silent=True)),
        ("batch", False, Timing(send=False)),
        ("batch", True, Timing(send=False)),
    ],
)
def test_alerts_in_three_modes(mode: str, critical: bool, expected: Timing) -> None:
    """`hold` waits; `critical` lets breaking news and denials through without a sound; `batch` leaves all to one
    message in the morning. By day everything comes at once.
    """
    night = chat(23 * 60, 7 * 60, mode)
    assert alert_timing(night, NIGHT, critical=critical) == expected
    assert alert_timing(night, DAY, critical=critical) == Timing()


@pytest.mark.parametrize("zone", [None, "Asia/Riyadh"])
@pytest.mark.parametrize(
    ("start", "end", "moment", "silent"),
    [
        (None, None, NIGHT, True),
        (None, None, DAY, False),
        (13 * 60, 16 * 60, NIGHT, False),
        (13 * 60, 16 * 60, DAY, True),
        (8 * 60, 8 * 60, NIGHT, False),
    ],
)
def test_posts_come_at_once(
    start: int | None, end: int | None, moment: datetime, silent: bool, zone: str | None
) -> None:
    """What an editor posts waits for nothing: in the channel's quiet hours, or at night where it has none, it comes
    without a sound. The editor's zone counts where the channel has none.
    """
    assert post_silent(chat(start, end, zone=zone), moment, "Asia/Riyadh") == silent


@pytest.mark.parametrize("mode", ["hold", "critical", "batch"])
def test_digests_wait_in_every_mode(mode: str) -> None:
    """A digest whose hour lies in the quiet hours comes when they end, and then with a sound."""
    assert digest_timing(chat(23 * 60, 7 * 60, mode), NIGHT, "UTC") == Timing(not_before=WAKING)


def test_the_night_of_a_chat_without_quiet_hours_has_no_sound() -> None:
    """From 23:00 to 07:00 of the chat's own time; a digest brings its zone along; with no zone nobody can tell."""
    free, nowhere = chat(None, None), chat(None, None, zone=None)
    assert alert_timing(free, NIGHT, critical=False) == Timing(silent=True)
    assert alert_timing(free, DAY, critical=False) == Timing()
    assert alert_timing(free, at("2024-03-28T19:59"), critical=True) == Timing()
    assert alert_timing(free, at("2024-03-28T20:00"), critical=True) == Timing(silent=True)
    assert alert_timing(nowhere, NIGHT, critical=False) == Timing()
    assert digest_timing(nowhere, NIGHT, "Asia/Riyadh") == Timing(silent=True)


def test_hours_of_ones_own_take_the_place_of_the_night() -> None:
    """Who is quiet from 13:00 to 15:00 works at night, and hears."""
    assert alert_timing(chat(13 * 60, 15 * 60), NIGHT, critical=False) == Timing()


def test_hours_over_midnight_end_on_the_right_day() -> None:
    """Before midnight the waking is tomorrow's; the end itself is not quiet any more."""
    assert quiet_until(chat(23 * 60, 7 * 60), at("2024-03-28T20:30")) == WAKING
    assert quiet_until(chat(23 * 60, 7 * 60), WAKING) is None
    assert quiet_until(chat(13 * 60, 15 * 60), at("2024-03-28T11:00")) == at("2024-03-28T12:00")


def test_equal_start_and_end_are_none() -> None:
    """Quiet hours whose start equals their end silence nobody."""
    assert alert_timing(chat(8 * 60, 8 * 60), at("2024-03-28T05:00"), critical=False) == Timing()
    assert quiet_until(chat(None, None), NIGHT) is None


def test_waking_keeps_to_the_clock_across_its_change() -> None:
    """In the night of the change the end is the local hour, not so many hours after the start."""
    berlin = chat(22 * 60, 7 * 60, zone="Europe/Berlin")
    assert quiet_until(berlin, at("2024-03-30T22:00")) == at("2024-03-31T05:00")
    assert quiet_until(berlin, at("2024-10-26T21:00")) == at("2024-10-27T06:00")


def test_a_large_audience_is_spread_stably_and_evenly() -> None:
    """Each subscription has its own place, the same every day; small audiences wait for nothing."""
    assert spread(999, 1) == timedelta()
    over = spread(10_000, 2)
    assert over == timedelta(seconds=200)
    assert spread(10_000_000, 1) == timedelta(minutes=30)
    places = [jitter(f"s{number}", over) for number in range(10_000)]
    assert places == [jitter(f"s{number}", over) for number in range(10_000)]
    tenths = [sum(1 for place in places if over * n / 10 <= place < over * (n + 1) / 10) for n in range(10)]
    assert min(tenths) > 850
    assert expected(90_000, 1) == timedelta(hours=1)
