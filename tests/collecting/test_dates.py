"""Dates as the Arabic press writes them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.feeds import dates, parse_date
from adapters.feeds.calendar import GREGORIAN_MONTHS, HIJRI_MONTHS

RIYADH = "Asia/Riyadh"
EARLY, LATE = datetime(1991, 1, 1), datetime(2099, 1, 1)  # noqa: DTZ001  (hypothesis wants naive bounds)
NOON = datetime(2024, 3, 28, 9, 0, tzinfo=UTC)  # noon in Riyadh
MIDNIGHT = datetime(2024, 3, 27, 21, 0, tzinfo=UTC)

AT_NOON = [
    "Thu, 28 Mar 2024 09:00:00 GMT", "Thu, 28 Mar 2024 12:00:00 +0300", "28 Mar 2024 12:00 +03:00",
    "Thu, 28 Mar 24 09:00:00 Z", "Thu, 28 Mar 2024 12:00:00 AST", "Thu, 28 March 2024 12:00:00",
    "Thu Mar 28 09:00:00 GMT 2024", "Thu Mar 28 12:00:00 2024",
    "2024-03-28T09:00:00Z", "2024-03-28T12:00:00+03:00", "2024-03-28T12:00:00.123+0300", "2024-03-28 12:00:00",
    "2024-03-28 12:00", "20240328T090000Z", "2024/03/28 12:00", "28/03/2024 12:00", "28-03-2024 - 12:00",
    "28.03.2024 | 12:00", "12:00 28/03/2024", "03/28/2024 12:00 PM", "28/3/2024 12:00 م", "28/03/24 12:00",
    "٢٨/٠٣/٢٠٢٤ ١٢:٠٠ م", "۲۸/۰۳/۲۰۲۴ ۱۲:۰۰",
    "الخميس 28 مارس 2024 12:00", "الخميس، 28 مارس، 2024 - 12:00 م", "28 مارس 2024 الساعة 12:00 ظهراً",
    "28 آذار 2024 12:00", "28 آذار/مارس 2024 - 12:00", "28 مارس/ آذار 2024 12:00", "28 مارس-آذار 2024 الساعة 12 ظهرا",
    "28 مارس (آذار) 2024 12:00", "الخميس 28 مارس 2024 09:00 بتوقيت غرينتش", "28 مارس 2024 12:00 بتوقيت مكة المكرمة",
    "28 مارس 2024 11:00 بتوقيت القاهرة", "28 مارس 2024 13:00 بتوقيت أبوظبي", "28 مارس 2024م 12:00",
    "نشر في: 28 مارس 2024 - 12:00", "آخر تحديث 28 مارس 2024, 12:00", "12:00 - 28 مارس 2024",
    "18 رمضان 1445 هـ 12:00", "18 رمضان 1445هـ الموافق 28 مارس 2024م 12:00", "18/09/1445 12:00 م", "1445-09-18 12:00",
    "March 28, 2024 12:00 PM", "28 mars 2024 à 12h00", "1711616400", "1711616400000",
]  # fmt: skip
AT_MIDNIGHT = [
    "28/03/2024", "2024-03-28", "28 مارس 2024", "28 مارس 2024 م", "الخميس ٢٨ مارس ٢٠٢٤",
    "18 رمضان 1445", "28 آذار 2024",
]  # fmt: skip
NO_DATE = [
    "", "   ", "منذ ساعة", "أمس", "غدا 12:00", "12:00", "مارس 2024", "31 شباط 2024", "Sun, 31 Feb 2024 10:00:00 GMT",
    "28/13/2024", "2024", "45 مارس 2024", "خبر رقم 12345", "0000-00-00 00:00:00", "28 مارس 1024", "x" * 500,
]  # fmt: skip


@pytest.mark.parametrize("text", AT_NOON)
def test_a_moment_in_many_spellings(text: str) -> None:
    """One moment, as RFC 822, ISO 8601, numbers day first, months of Egypt, the Levant, the Maghreb and the
    Hijri year, Arabic-Indic digits, ص and م, and the time of a city.
    """
    assert parse_date(text, RIYADH) == NOON


@pytest.mark.parametrize("text", AT_MIDNIGHT)
def test_a_date_without_an_hour_is_its_midnight(text: str) -> None:
    """The midnight of the source's own zone."""
    assert parse_date(text, RIYADH) == MIDNIGHT


@pytest.mark.parametrize("text", NO_DATE)
def test_what_names_no_full_date_gives_none(text: str) -> None:
    """Relative times, impossible days and other text are no date; nothing is guessed."""
    assert parse_date(text, RIYADH) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("5 يناير 2024", 1), ("5 كانون الثاني 2024", 1), ("5 جانفي 2024", 1), ("5 شباط 2024", 2), ("5 فيفري 2024", 2),
        ("5 نيسان 2024", 4), ("5 أبريل 2024", 4), ("5 إبريل 2024", 4), ("5 أفريل 2024", 4), ("5 أيار 2024", 5),
        ("5 ماي 2024", 5), ("5 حزيران 2024", 6), ("5 يونيو 2024", 6), ("5 يونيه 2024", 6), ("5 جوان 2024", 6),
        ("5 تموز 2024", 7), ("5 يوليوز 2024", 7), ("5 جويلية 2024", 7), ("5 آب 2024", 8), ("5 غشت 2024", 8),
        ("5 أوت 2024", 8), ("5 أغسطس 2024", 8), ("5 أيلول 2024", 9), ("5 شتنبر 2024", 9), ("5 تشرين الأول 2024", 10),
        ("5 أكتوبر 2024", 10), ("5 تشرين الثاني 2024", 11), ("5 نونبر 2024", 11), ("5 كانون الأول 2024", 12),
        ("5 دجنبر 2024", 12), ("5 ديسمبر 2024", 12), ("5 كانون أول 2024", 12), ("5 تشرين ثاني 2024", 11),
    ],
)  # fmt: skip
def test_the_months_of_every_region(text: str, month: int) -> None:
    """Egypt and the Gulf, the Levant, Morocco, Algeria and Tunisia, with hamza or without."""
    found = parse_date(text, "UTC")
    assert found == datetime(2024, month, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("12:30 ص", 0), ("1:30 ص", 1), ("11:30 ص", 11), ("12:30 م", 12), ("1:30 م", 13), ("11:30 م", 23),
        ("6:30 صباحا", 6), ("6:30 مساءً", 18), ("12:30 ظهرا", 12), ("1:30 ظهرا", 13), ("4:30 عصرا", 16),
        ("4:30 فجرا", 4), ("9:30 ليلا", 21), ("12:30 AM", 0), ("12:30 p.m.", 12), ("15:30 م", 15), ("00:30", 0),
    ],
)  # fmt: skip
def test_halves_of_the_day(text: str, hour: int) -> None:
    """ص and م and their long forms; an hour past twelve needs none."""
    found = parse_date(f"28 مارس 2024 {text}", "UTC")
    assert found is not None
    assert (found.hour, found.minute) == (hour, 30)


@pytest.mark.parametrize("name", sorted(HIJRI_MONTHS))
def test_every_hijri_month_is_known(name: str) -> None:
    """All spellings of the twelve months fall into the right Gregorian year."""
    found = parse_date(f"1 {name} 1445", "UTC")
    assert found is not None
    assert found.year in (2023, 2024)


def test_summer_time_is_the_zones_own() -> None:
    """A naive date in July is an hour off from one in January where clocks change."""
    winter, summer = (parse_date(f"2024-{month}-10 12:00", "Africa/Cairo") for month in ("01", "07"))
    assert winter is not None
    assert summer is not None
    assert (winter.hour, summer.hour) == (10, 9)


def test_an_unknown_zone_is_utc() -> None:
    """A source whose zone is misspelt still has dates."""
    assert parse_date("2024-03-28 12:00", "Atlantis/Capital") == datetime(2024, 3, 28, 12, tzinfo=UTC)


@given(st.datetimes(EARLY, LATE), st.sampled_from(sorted(GREGORIAN_MONTHS)))
def test_any_day_in_any_month_name(moment: datetime, name: str) -> None:
    """What is written with a month's name is read back, whatever the name."""
    month, day = GREGORIAN_MONTHS[name], min(moment.day, 28)
    text = f"{day} {name} {moment.year} {moment.hour:02}:{moment.minute:02}"
    expected = datetime(moment.year, month, day, moment.hour, moment.minute, tzinfo=ZoneInfo("UTC"))
    assert parse_date(text, "UTC") == expected


@given(
    st.from_regex(
        r"([A-Z][a-z]{2}, )?[0-9]{1,2} (Jan|Mar|Okt|Dec) (20|14)[0-9]{2} ([0-9]{2}:){2}[0-9]{2} (GMT|[+-][0-9]{4})"
        r"|(20|14)[0-9]{2}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
        fullmatch=True,
    )
)
def test_the_short_way_gives_what_the_long_one_gives(text: str) -> None:
    """A date in one of the commonest forms is the moment that reading it in full makes of it."""
    found: list[object] = []
    for way in (dates._stamp, lambda text: dates._loosely(text, RIYADH)):
        try:
            found.append(way(text))
        except ValueError:
            found.append("no such day")
    assert found[0] in (None, found[1])


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    """Any text at all is a date or none."""
    found = parse_date(text, RIYADH)
    assert found is None or found.tzinfo is UTC
