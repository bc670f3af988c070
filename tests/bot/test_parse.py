"""What people type, understood."""

from datetime import timedelta

import pytest

from bot.commands import parse
from bot.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("08:00", 480),
        ("8:00", 480),
        ("٨:٣٠", 510),
        ("20.15", 1215),
        ("8pm", 1200),
        ("12 am", 0),
        ("8 م", 1200),
        ("8", 480),
    ],
)
def test_hours_are_understood_as_people_write_them(typed: str, minutes: int) -> None:
    """Arabic-Indic digits, dots, and am/pm in both languages name the same minute."""
    assert parse.minute_of_day(typed) == minutes


@pytest.mark.parametrize("typed", ["25:00", "8:61", "noon", "", "13pm", "-1:00", "８:００x"])
def test_a_wrong_hour_is_refused(typed: str) -> None:
    """What is no hour of the day is refused, never guessed."""
    with pytest.raises(UsageError):
        parse.minute_of_day(typed)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Riyadh", "Asia/Riyadh"),
        ("asia/riyadh", "Asia/Riyadh"),
        ("الرياض", "Asia/Riyadh"),
        ("Cairo", "Africa/Cairo"),
        ("القاهرة", "Africa/Cairo"),
        ("القاهره", "Africa/Cairo"),
        ("UTC", "UTC"),
        ("new york", "America/New_York"),
    ],
)
def test_zones_by_name_and_by_city(typed: str, zone: str) -> None:
    """An IANA name in any case, or a city in Arabic or English in any spelling, names the zone."""
    assert parse.zone_name(typed) == zone


@pytest.mark.parametrize("typed", ["Mars/Olympus", "", "الأطلسي"])
def test_an_unknown_zone_is_refused(typed: str) -> None:
    """A zone that nobody knows is refused with what was typed."""
    with pytest.raises(UsageError):
        parse.zone_name(typed)


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("24h", timedelta(hours=24)),
        ("3d", timedelta(days=3)),
        ("٢٤ ساعة", timedelta(hours=24)),
        ("1w", timedelta(weeks=1)),
        ("٣ أيام", timedelta(days=3)),
        ("15 يومًا", timedelta(days=15)),
        ("2 Days", timedelta(days=2)),
    ],
)
def test_windows(typed: str, length: timedelta) -> None:
    """Hours, days and weeks in both languages."""
    assert parse.window(typed) == length


def test_a_number_and_its_unit_are_one_word() -> None:
    """`3 d`, `٣ أيام` and `8 pm` are typed with a blank, and mean what they mean without."""
    assert parse.with_units("/x 3 d ٣ أيام 8 pm 10:30 م days".split()) == [
        "/x", "3 d", "٣ أيام", "8 pm", "10:30 م", "days",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["0h", "32d", "abc", "24", "-3d", "9999h"])
def test_a_wrong_window_is_refused(typed: str) -> None:
    """A window below an hour or above 31 days, or nonsense, is refused."""
    with pytest.raises(UsageError):
        parse.window(typed)


@pytest.mark.parametrize(
    ("tags", "zone"),
    [
        (("ar-SA",), "Asia/Riyadh"),
        (("ar",), "Africa/Cairo"),
        (("en-US",), "America/New_York"),
        (("ar_LB",), "Asia/Beirut"),
        ((None, "ar"), "Africa/Cairo"),
        (("xx",), "UTC"),
        ((None,), "UTC"),
    ],
)
def test_a_zone_is_guessed_from_a_locale(tags: tuple[str | None, ...], zone: str) -> None:
    """The country of the locale, or the likeliest of its language, gives the zone of most of its people."""
    assert parse.guessed_zone(*tags) == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("الدوحة", "Asia/Qatar"),
        ("السعوديه", "Asia/Riyadh"),
        ("مصر", "Africa/Cairo"),
        ("rabat", "Africa/Casablanca"),
    ],
)
def test_zones_by_country_and_large_city(typed: str, zone: str) -> None:
    """A country, and a large city that CLDR has no zone named by, name the zone too."""
    assert parse.zone_name(typed) == zone
