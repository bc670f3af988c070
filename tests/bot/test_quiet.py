"""Quiet hours and large audiences."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.quiet import AT_ONCE, When, when
from bot.spreading import expected, jitter, spread
from storage.chats import Chat


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def chat(start: int | None, end: int | None, mode: str = "hold", zone: str = "Asia/Riyadh") -> Chat:
    return Chat(
        platform="telegram", bot="1", chat="2", zone=zone, quiet_from=start, quiet_to=end, quiet_mode=mode
    )


NIGHT = at("2024-03-28T22:30")  # 01:30 in Riyadh
DAY = at("2024-03-28T12:00")
WAKING = at("2024-03-29T04:00")  # 07:00 there


@pytest.mark.parametrize(
    ("mode", "critical", "expected"),
    [
        ("hold", False, When(at=WAKING)),
        ("hold", True, When(at=WAKING)),
        ("critical", False, When(at=WAKING)),
        ("critical", True, AT_ONCE),
        ("batch", False, When(at=WAKING, together=True)),
        ("batch", True, When(at=WAKING, together=True)),
    ],
)
def test_three_modes(mode: str, critical: bool, expected: When) -> None:
    """`hold` and `batch` let nothing through at night, `critical` what is critical; by day all goes at once."""
    night = chat(23 * 60, 7 * 60, mode)
    assert when(night, NIGHT, critical=critical) == expected
    assert when(night, DAY, critical=critical) == AT_ONCE


def test_hours_over_midnight_end_on_the_right_day() -> None:
    """Before midnight the waking is tomorrow's; the end itself is not quiet any more."""
    assert when(chat(23 * 60, 7 * 60), at("2024-03-28T20:30")) == When(at=WAKING)
    assert when(chat(23 * 60, 7 * 60), WAKING) == AT_ONCE
    assert when(chat(13 * 60, 15 * 60), at("2024-03-28T11:00")) == When(at=at("2024-03-28T12:00"))


def test_equal_start_and_end_are_none() -> None:
    """Quiet hours whose start equals their end silence nobody."""
    assert when(chat(8 * 60, 8 * 60), at("2024-03-28T05:00")) == AT_ONCE
    assert when(chat(None, None), NIGHT) == AT_ONCE


def test_waking_keeps_to_the_clock_across_its_change() -> None:
    """In the night of the change the end is the local hour, not so many hours after the start."""
    berlin = chat(22 * 60, 7 * 60, zone="Europe/Berlin")
    assert when(berlin, at("2024-03-30T22:00")) == When(at=at("2024-03-31T05:00"))
    assert when(berlin, at("2024-10-26T21:00")) == When(at=at("2024-10-27T06:00"))


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
