"""What people type, understood."""

from datetime import timedelta

import pytest

from bot.commands import hours, parse
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
        ("8:30م", 1230),
        ("8.30pm", 1230),
        ("٨ ونص", 510),
        ("٨ ونصف مساءً", 1230),
        ("الثامنة مساء", 1200),
        ("الساعة ٨ صباحًا", 480),
        ("الثامنة والنصف", 510),
        ("التاسعة إلا ربعًا", 525),
        ("السابعة وثلث", 440),
        ("ثمانية وربع", 495),
        ("الثانية عشرة ظهرًا", 720),
        ("12 ليلًا", 0),
        ("11 ليلا", 1380),
        ("2 ليلا", 120),
        ("4 عصرا", 960),
        ("الواحدة إلا ثلثا", 40),
        ("8", 480),
    ],
)
def test_hours_are_understood_as_people_write_them(typed: str, minutes: int) -> None:
    """Arabic-Indic digits, dots, and am/pm in both languages name the same minute."""
    assert hours.minute_of_day(typed) == minutes


@pytest.mark.parametrize(
    "typed",
    [
        "25:00",
        "8:61",
        "noon",
        "",
        "13pm",
        "-1:00",
        "８:００x",
        "مساء",
        "8:15 ونصف",
        "8 م مساء",
        "إلا ربعا",
        "8 ربع",
        "8 إلا",
        "8 ونصف وربع",
        "الساعة",
    ],
)
def test_a_wrong_hour_is_refused(typed: str) -> None:
    """What is no hour of the day is refused, never guessed."""
    with pytest.raises(UsageError):
        hours.minute_of_day(typed)


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
        ("GMT+3", "Etc/GMT-3"),
        ("gmt +3", "Etc/GMT-3"),
        ("UTC-5", "Etc/GMT+5"),
        ("UTC+03:00", "Etc/GMT-3"),
        ("توقيت غرينتش +٢", "Etc/GMT-2"),
        ("GMT+0", "UTC"),
        ("Etc/GMT-3", "Etc/GMT-3"),
        ("جدة", "Asia/Riyadh"),
    ],
)
def test_zones_by_name_and_by_city(typed: str, zone: str) -> None:
    """An IANA name in any case, or a city in Arabic or English in any spelling, names the zone."""
    assert parse.zone_name(typed) == zone


@pytest.mark.parametrize("typed", ["Mars/Olympus", "", "الأطلسي", "GMT+15", "UTC+5:30", "ز"])
def test_an_unknown_zone_is_refused(typed: str) -> None:
    """A zone that nobody knows is refused with what was typed."""
    with pytest.raises(UsageError):
        parse.zone_name(typed)


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Bierut", "Beirut"), ("بيرووت", "بيروت"), ("الرياظ", "الرياض"), ("Asia/Riyad", "Asia/Riyadh")],
)
def test_a_zone_that_is_nearly_right_is_asked_back(typed: str, near: str) -> None:
    """Who mistypes a city is offered the one that it resembles, as it is written."""
    with pytest.raises(UsageError) as raised:
        parse.zone_name(typed)
    assert (raised.value.key, raised.value.values["near"]) == ("usage.zone_near", near)


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


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("الثامنة والنصف مساء الرياض", ["الثامنة والنصف مساء", "الرياض"]),
        ("الساعة ٩ إلا ربعا صباحا بيروت", ["٩ إلا ربعا صباحا", "بيروت"]),
        ("الثانية عشرة ظهرا", ["الثانية عشرة ظهرا"]),
        ("8:30م القاهرة", ["8:30م", "القاهرة"]),
    ],
)
def test_an_hour_in_words_is_one_word(typed: str, words: list[str]) -> None:
    """An hour that is written out ends where the city begins."""
    assert parse.with_units(typed.split()) == words


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


def test_no_zone_is_suggested_that_was_surely_not_meant() -> None:
    """Half hours from Greenwich, of which there is no zone, are not answered with Greenwich itself, nor Haifa with
    Halifax.
    """
    with pytest.raises(UsageError) as refused:
        parse.zone_name("GMT+5:30")
    assert refused.value.key == "usage.zone"
    assert parse.zone_name("Haifa") == "Asia/Jerusalem"
