"""The figures behind the picture of coverage."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from summaries.types import Article, ArticleId
from summaries.volume import volume

NOON = datetime(2024, 3, 28, 12, tzinfo=UTC)


def article(outlet: str, at: datetime | None, number: int = 0, collected: datetime | None = None) -> Article:
    id = ArticleId(f"{outlet}{at}{number}")
    return Article(id=id, outlet=outlet, url="", title="عنوان", text="", published=at, collected=collected)


def test_a_day_is_the_readers_day() -> None:
    """An article of 22:30 UTC belongs to the next day in Riyadh, and a day without articles is there as zero."""
    late = datetime(2024, 3, 25, 22, 30, tzinfo=UTC)
    made = volume([article("أ", late)], NOON - timedelta(days=3), NOON, ZoneInfo("Asia/Riyadh"))
    assert [day.isoformat() for day in made.days] == ["2024-03-25", "2024-03-26", "2024-03-27", "2024-03-28"]
    assert made.series[0].counts == (0, 1, 0, 0)


def test_outlets_beyond_the_limit_are_counted_together() -> None:
    """Nothing is left out: what is not named is counted in one series at the end."""
    articles = [article(f"صحيفة {n}", NOON - timedelta(hours=1), k) for n in range(9) for k in range(9 - n)]
    made = volume(articles, NOON - timedelta(days=1), NOON, UTC, most=4)
    assert [series.outlet for series in made.series] == ["صحيفة 0", "صحيفة 1", "صحيفة 2", ""]
    assert made.total == len(articles) == 45


def test_what_lies_outside_the_window_or_has_no_time_is_not_counted() -> None:
    """The end of the window is not in it; without a date the time of collecting counts, without both nothing."""
    start = NOON - timedelta(days=1)
    articles = [
        article("أ", NOON), article("أ", start - timedelta(seconds=1)), article("أ", None),
        article("أ", None, collected=NOON - timedelta(hours=2)), article("أ", start),
    ]  # fmt: skip
    assert volume(articles, start, NOON, UTC).total == 2
    assert volume([], start, NOON, UTC).series == ()
