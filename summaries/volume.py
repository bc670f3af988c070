"""How many articles each outlet had on each day: the figures behind the picture of coverage. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from summaries.types import Article

MOST_OUTLETS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One outlet's articles, a count for each day. `outlet` is empty for all the outlets that are not named."""

    outlet: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """Every day of the window, also those without an article, and the outlets, the one with most articles first."""

    days: tuple[date, ...]
    series: tuple[Series, ...]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.series)


def volume(
    articles: Iterable[Article], start: datetime, end: datetime, zone: tzinfo, *, most: int = MOST_OUTLETS
) -> Volume:
    """Count the articles published in [start, end) by the day of `zone` and by outlet. Articles without a date of
    their own count on the day they were collected; beyond `most` outlets the rest are counted together.
    """
    counted: Counter[tuple[str, date]] = Counter()
    for article in articles:
        at = article.published or article.collected
        if at is not None and start <= at < end:
            counted[article.outlet, at.astimezone(zone).date()] += 1
    first, last = start.astimezone(zone).date(), (end - timedelta(microseconds=1)).astimezone(zone).date()
    days = tuple(first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    totals = Counter[str]()
    for (outlet, _), count in counted.items():
        totals[outlet] += count
    ranked = sorted(totals, key=lambda outlet: (-totals[outlet], outlet))
    named = ranked if len(ranked) <= most else ranked[: most - 1]
    series = [Series(outlet=outlet, counts=tuple(counted[outlet, day] for day in days)) for outlet in named]
    rest = ranked[len(named) :]
    if rest:
        counts = tuple(sum(counted[outlet, day] for outlet in rest) for day in days)
        series.append(Series(outlet="", counts=counts))
    return Volume(days=days, series=tuple(series))
