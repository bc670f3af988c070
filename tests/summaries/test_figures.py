"""Numbers and dates."""

import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.figures import dates, digits, numbers

THURSDAY = date(2024, 3, 28)
ANY = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("قتل 15 شخصا و32 ألف جريح", [15, 32000]),
        ("ألف وستمائة وحدة", [1600]),
        ("ثلاثة وعشرين ألفا وخمسمائة", [23500]),
        ("خمسة عشر", [15]),
        ("مئتين وخمسين", [250]),
        ("مليونان", [2_000_000]),
        ("وثلاثة وعشرون", [23]),
        ("خمسة رجال وسبعة أطفال", [5, 7]),
        ("أحد المسؤولين", []),
        ("آلاف المتظاهرين", []),
        ("يوم الثلاثاء", []),
        ("يوم الاثنين", []),
        ("عشر رهائن", [10]),
        ("عشر السكان", []),
        ("ألف شرطي", [1000]),
        ("بواحد وستين صوتا", [61]),
        ("الدورة الثالثة عشرة", []),
        ("الذكرى الخامسة والعشرين", []),
    ],
)
def test_numbers(text: str, values: list[int]) -> None:
    """Digits and words give values; «أحد» and «آلاف» alone give none, nor do days and ordinals."""
    assert [number.value for number in numbers(text)] == values


def test_percent_is_seen_after_a_number() -> None:
    """«في المئة» belongs to its number, in any digits."""
    found = numbers("٣٫٥ في المئة من 80 دولة")
    assert [(number.value, number.percent) for number in found] == [
        (Decimal("3.5"), True),
        (Decimal(80), False),
    ]


@pytest.mark.parametrize(
    ("written", "value"), [("1,250.5", "1250.5"), ("3,5", "3.5"), ("1.250.000", "1250000")]
)
def test_digits_know_grouping_from_division(written: str, value: str) -> None:
    """Three digits after a comma are a group, one or two a fraction."""
    assert digits(written) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("في 28 مارس/آذار 2024", ["2024-03-28"]),
        ("7 تشرين الأول", ["2023-10-07"]),
        ("12 غشت 2022", ["2022-08-12"]),
        ("2024-02-29", ["2024-02-29"]),
        ("3/4/2023", ["2023-04-03"]),
        ("أمس", ["2024-03-27"]),
        ("أول أمس", ["2024-03-26"]),
        ("الخميس المقبل", ["2024-04-04"]),
        ("الثلاثاء الماضي", ["2024-03-26"]),
        ("15 رمضان 1445 هـ", ["2024-03-25"]),
        ("31 فبراير 2020", []),
        ("بعد 10 أيام", []),
    ],
)
def test_dates(text: str, days: list[str]) -> None:
    """Every calendar's month names, numeric days with the day first, and days relative to the publication."""
    assert [moment.day.isoformat() for moment in dates(text, THURSDAY)] == days


def test_nothing_is_guessed_without_a_publication_day() -> None:
    """Without a day of publication only a day with its year is known."""
    assert [moment.day for moment in dates("أمس، 5 مايو، 6 مايو 2021")] == [date(2021, 5, 6)]


@given(ANY)
def test_figures_of_any_text_stand_in_it(text: str) -> None:
    """No text breaks the readers, and what they find lies inside it in order."""
    for found in (numbers(text), dates(text, THURSDAY)):
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))
