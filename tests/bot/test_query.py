"""What is asked of the archive."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.query import parse_query
from bot.errors import UsageError

NOW = datetime(2024, 3, 28, 9, tzinfo=UTC)
RIYADH = ZoneInfo("Asia/Riyadh")
OUTLETS = {"قنطره الخبر": "قنطرة الخبر", "قنطره": "قنطرة", "dar 24": "Dar 24"}


def day(month: int, number: int) -> datetime:
    return datetime(2024, month, number, tzinfo=RIYADH)


@pytest.mark.parametrize(
    ("typed", "words", "phrase", "outlet", "start", "end", "offset"),
    [
        ("هدنة رفح", "هدنة رفح", False, None, None, None, 0),
        ("«مجلس الأمن»", "مجلس الأمن", True, None, None, None, 0),
        ('"مجلس الأمن" +8', "مجلس الأمن", True, None, None, None, 8),
        ("هدنة من:قنطرة الخبر أمس", "هدنة أمس", False, "قنطرة الخبر", None, None, 0),
        ("من: قنطرة الخبر", "", False, "قنطرة الخبر", None, None, 0),
        ("outlet:Dar_24 rafah", "rafah", False, "Dar 24", None, None, 0),
        ("هدنة 3d", "هدنة", False, None, NOW - timedelta(days=3), None, 0),
        ("هدنة ٢٥/٣/٢٠٢٤", "هدنة", False, None, day(3, 25), day(3, 26), 0),
        ("2024-03-20..2024-03-25", "", False, None, day(3, 20), day(3, 26), 0),
        ("2024-03-25..2024-03-20", "", False, None, day(3, 20), day(3, 26), 0),
        ("هدنة 2024-02-31", "هدنة 2024-02-31", False, None, None, None, 0),
    ],
)
def test_what_is_understood(
    typed: str, words: str, phrase: bool, outlet: str | None, start: datetime | None, end: datetime | None, offset: int
) -> None:  # fmt: skip
    """Words or a phrase, an outlet by the longest name that fits, days of the reader's own zone, a page."""
    found = parse_query(typed.split(), OUTLETS, NOW, RIYADH)
    assert (found.words, found.phrase, found.outlet, found.start, found.end, found.offset) == (
        words, phrase, outlet, start, end, offset,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "usage.search"),
        ("+8", "usage.search"),
        ('"', "usage.search"),
        ("%_*", "usage.search"),
        ("هدنة من:لا_أحد", "usage.outlet"),
    ],
)
def test_what_is_not_understood(typed: str, key: str) -> None:
    """Nothing asked, and an outlet that nobody knows, are each said."""
    with pytest.raises(UsageError) as raised:
        parse_query(typed.split(), OUTLETS, NOW, RIYADH)
    assert raised.value.key == key
