"""How long a stretch of time is, whatever its unit: 72 hours are three days, thirty days a month."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from summaries.gate.bounds import bounded
from summaries.gate.figure import Figure
from summaries.gate.times import days_between, days_spanned, unit_of
from summaries.reading import Parsed
from summaries.text import fold
from summaries.types import Span

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 7 * 86_400}
_HOURS = 24
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAY, _SHORT, _LONG = 86_400, Decimal("29.9"), Decimal("30.5")  # a month has 30 days, or 30.4 on average
_ABOUT = Decimal("0.12")
_BEYOND = Decimal("0.25")  # «أكثر من أسبوع» for nine days
_BEYOND_ONE = Decimal("0.99")  # the same for ten days, as long as it is no two weeks
_CALENDAR = Decimal("0.08")  # six weeks are told as a month and a half
_SLACK = Decimal("0.012")  # two thirds of an hour are forty minutes, written as .667


def durations(parsed: Parsed, span: Span, numbers: Sequence[Figure]) -> list[Figure]:
    """How long a span says that something lasts: its numbers with a unit of time, and units alone («شهر»), one each."""
    low, high = parsed.range_of(span)
    numbered = [figure for figure in numbers if is_time(figure.unit)]
    alone = [
        bounded(parsed, Figure(Decimal(1), Decimal(1), token.start, token.end, unit=unit), low)
        for place, token in enumerate(parsed.tokens[low:high], start=low)
        if (unit := unit_of(token.folded) or _unit_at(parsed, place)) and token.folded[:2] not in ("ال", "لل")
    ]
    parts = [
        Figure(Decimal(1), Decimal(1), token.start, token.end, unit=unit)
        for place, token in enumerate(parsed.tokens[low:high], start=low)
        if (unit := _part_of_year(parsed, place))
    ]
    parts += _compound(parsed, [*numbered, *alone])
    days = (
        Figure(Decimal(_HOURS * count), Decimal(_HOURS * count), span.start, span.start, unit="hour")
        for count in days_spanned(parsed.of(span)) | days_between(parsed.of(span))
    )
    return [*numbered, *alone, *parts, *days]


def _compound(parsed: Parsed, found: Sequence[Figure]) -> list[Figure]:
    """Two stretches joined by «و» as one: «عاما وشهرين» is 14 months."""
    ordered = sorted(found, key=lambda one: one.start)
    together = []
    for one, other in pairwise(ordered):
        table = next((t for t in (_MONTHS, _SECONDS) if one.unit in t and other.unit in t), None)
        if table is None or one.unit == other.unit or one.high != one.low or other.high != other.low:
            continue
        if parsed.text[one.end : other.start].strip() not in ("", "و") or not fold(
            parsed.text[one.end : other.end]
        ).strip().startswith("و"):
            continue
        count = one.low * table[one.unit] / table[other.unit] + other.low
        together.append(Figure(count, count, one.start, other.end, unit=other.unit))
    return together


_SINCE = frozenset(fold(w) for w in "منذ خلال قبل بعد نحو قرابة مدى طوال طيلة مدار غضون".split())
_FIRST_TO_LAST = frozenset(fold(w) for w in "الأول الثاني الثالث الرابع الأخير".split())
_PARTS = {
    fold(lead + word): unit
    for word, unit in (("الربع", "quarter"), ("الفصل", "quarter"), ("النصف", "half"))
    for lead in ("", "و", "ب", "ك")
}
_YEAR = frozenset(fold(w) for w in "العام السنة عام سنة".split())


def _unit_at(parsed: Parsed, place: int) -> str | None:
    """«منذ عقد» is ten years; elsewhere «عقد» is a contract, or says that a meeting was held."""
    since = place > 0 and parsed.tokens[place - 1].folded in _SINCE
    return "decade" if since and parsed.tokens[place].folded == "عقد" else None


def _part_of_year(parsed: Parsed, place: int) -> str | None:
    """«الربع الأول من العام» is three months, «النصف الثاني من السنة» six."""
    unit = _PARTS.get(parsed.tokens[place].folded)
    after = [token.folded for token in parsed.tokens[place + 1 : place + 4]]
    of_year = unit and after[:1] and after[0] in _FIRST_TO_LAST and not _YEAR.isdisjoint(after)
    return unit if of_year else None


def as_long(one: Figure, other: Figure) -> bool:
    """Whether two stretches given in different units are as long: 72 hours and three days, a month and 30 days."""
    if one.unit == other.unit:
        return False
    mine, yours = _length(one), _length(other)
    if mine is None or yours is None:
        return False
    loose = _CALENDAR if "month" in (one.unit, other.unit) and "week" in (one.unit, other.unit) else _SLACK
    passed = _BEYOND_ONE if one.low == 1 else _BEYOND
    below = passed if one.over else _ABOUT if one.about else loose  # how far the cited one may be longer
    above = _BEYOND if one.under else _ABOUT if one.about else loose
    if one.over and not one.about:
        above = -_SLACK
    if one.under and not one.about:
        below = -_SLACK
    return mine[0] * (1 - above) <= yours[1] and yours[0] * (1 - below) <= mine[1]


def _length(figure: Figure) -> tuple[Decimal, Decimal] | None:
    """How many seconds a stretch lasts, at least and at most."""
    if figure.unit in _SECONDS:
        return figure.low * _SECONDS[figure.unit], figure.high * _SECONDS[figure.unit]
    if figure.unit in _MONTHS:
        months = _MONTHS[figure.unit]
        return figure.low * months * _SHORT * _DAY, figure.high * months * _LONG * _DAY
    return None


def is_time(unit: str) -> bool:
    return unit in _SECONDS or unit in _MONTHS
