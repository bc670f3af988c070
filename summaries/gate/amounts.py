"""The numbers of a text in every form: digits, words, fractions, duals, ordinals, «مئات»; with bounds and units."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from summaries.figures import dates, numbers
from summaries.gate.bounds import MARK, bounded
from summaries.gate.figure import Figure
from summaries.gate.number_words import FRACTIONS, QUARTERS
from summaries.gate.times import days_of_months, is_weekday, is_year, unit_of
from summaries.gate.worded import scale_of, worded
from summaries.gate.words import little
from summaries.reading import Parsed
from summaries.text import fold
from summaries.types import Span

_POINTS = frozenset(fold(w) for w in ("نقطة", "نقاط", "نقطتين", "نقطتان"))
_YEAR_DIGITS = 4
_CURRENCIES = {
    fold(form): word
    for word in ("دولار", "يورو", "جنيه", "ريال", "درهم", "دينار", "شيكل", "ليرة", "روبل", "يوان", "ين")
    for form in (word, word + "ا", word + "ات")
}


def figures(parsed: Parsed, span: Span) -> list[Figure]:
    """The numbers of a span, in order. Days of months and years are none."""
    text = parsed.of(span)
    found, taken = dict[int, Figure](), set[int]()  # by where it begins
    days = [(moment.start, moment.end) for moment in dates(text)] + days_of_months(text)
    dated = {offset for start, end in days for offset in range(start, end)}
    for number in numbers(text):
        if number.end - number.start == _YEAR_DIGITS and is_year(text, number.start) and not number.percent:
            continue  # a date
        if number.start in dated:
            continue
        if _NO_NUMBER.search(text, max(0, number.end - _LONGEST), number.end) and _TO.match(text, number.end):
            continue
        taken.update(range(number.start, number.end))
        found[span.start + number.start] = Figure(
            number.value,
            number.value,
            span.start + number.start,
            span.start + number.end,
            percent=number.percent,
        )
    low, high = parsed.range_of(span)
    for place in range(low, high):
        token = parsed.tokens[place]
        if token.start - span.start not in taken or token.folded in QUARTERS:
            figure = worded(parsed, place, low)
            if figure is not None and token.start - span.start not in dated:
                for offset in range(figure.start, figure.end):
                    found.pop(offset, None)
                found[figure.start] = figure
    joined = _joined(parsed, [found[offset] for offset in sorted(found)], low)
    return [bounded(parsed, figure, low) for figure in _ranged(parsed, joined)]


_TO_AND_FROM = frozenset(fold(w) for w in "إلى و أو مقابل حتى".split())


def _ranged(parsed: Parsed, found: list[Figure]) -> list[Figure]:
    """«من 54 إلى 47 في المئة»: what the second counts the first counts too."""
    ranged = list(found)
    for number, (one, two) in enumerate(pairwise(found)):
        between = fold(parsed.text[one.end : two.start]).split()
        plain = not (one.unit or one.noun or one.percent or one.rank)
        if plain and len(between) == 1 and between[0] in _TO_AND_FROM and (two.percent or two.unit):
            ranged[number] = replace(one, percent=two.percent, unit=two.unit)
    return ranged


_LONGEST = 30  # characters of what is no number though it looks like one
_NO_NUMBER = re.compile(r"(?:لم|لا|ولم|ولا|فلم)\s+تسع$")  # «لم تسعَ إلى»
_TO = re.compile(r"\s+(?:إلى|الى|وراء|في|ل)")


def _joined(parsed: Parsed, found: list[Figure], low: int) -> list[Figure]:
    """«نصف مليون», «أربعة مليارات ونصف المليار», «ساعتان ونصف», «عشرات الآلاف», «اثنان من كل ثلاثة» are one number."""
    multiplied: list[Figure] = []
    for figure in found:
        last = multiplied[-1] if multiplied else None
        if (
            last
            and (last.high < 1 <= figure.low or _magnitude(last))
            and not parsed.text[last.end : figure.start].strip()
        ):
            multiplied[-1] = replace(
                figure, low=last.low * _one_of(figure), high=last.high * figure.high, start=last.start
            )
        else:
            multiplied.append(figure)
    joined: list[Figure] = []
    for figure in multiplied:
        with_unit = _with_unit(parsed, figure)
        joined[-1:] = _added(parsed, joined[-1], with_unit) if joined else [with_unit]
    return [_half_of_one(parsed, figure, low) for figure in joined]


def _magnitude(figure: Figure) -> bool:
    return figure.high > figure.low and figure.high <= 1999


def _one_of(figure: Figure) -> Decimal:
    """«الآلاف» after «عشرات» counts from one thousand, alone from more than one."""
    return figure.low if figure.low == figure.high else figure.low - 1


def _scale(parsed: Parsed, figure: Figure) -> int:
    """The scale of a number's last word: of «أربعة ملايين» a million, of «خمسة» one."""
    return scale_of(parsed.tokens[parsed.range_of_token(figure.end - 1)].folded)


def _added(parsed: Parsed, last: Figure, figure: Figure) -> list[Figure]:
    """Two numbers, as one where they are: «3 ملايين و500 ألف», «خمس ساعات ونصف الساعة», «اثنان من كل ثلاثة»."""
    between = parsed.text[last.end : figure.start]
    if fold(between).split() == ["من", "كل"] and last.high < figure.low:
        return [Figure(last.low / figure.low, last.high / figure.high, last.start, figure.end)]
    scale = _scale(parsed, last)
    part = figure.low if figure.low >= 1 else figure.low * scale
    first = parsed.range_of_token(figure.start)
    apart = first - parsed.range_of_token(last.end - 1)
    in_digits = between.split() == ["و"] and part < scale
    is_part = (
        figure.low == figure.high
        and (figure.low < 1 or (scale > part and parsed.tokens[first].folded[1:] in FRACTIONS))
        and parsed.tokens[first].folded[:1] == "و"
        and apart <= _NOUN_BETWEEN
    )
    if last.low < 1 or last.rank or MARK.search(between) or not (in_digits or is_part):
        return [last, figure]
    return [
        replace(
            last, low=last.low + part, high=last.high + part, end=figure.end, unit=last.unit or figure.unit,
            percent=last.percent or figure.percent or _percent_after(parsed, figure.end),
        )
    ]  # fmt: skip


_NOUN_BETWEEN = 2  # places from the last word of a number to the part that follows its noun
_PERCENT = re.compile(r"\s*(?:%|٪|[فب]ي? ?الم[ئا]+ة)")


def _percent_after(parsed: Parsed, end: int) -> bool:
    return _PERCENT.match(parsed.text, end) is not None


def _half_of_one(parsed: Parsed, figure: Figure, low: int) -> Figure:
    """«عام ونصف», «ساعة وربع الساعة»: a unit without a number, and a part of it."""
    place = parsed.range_of_token(figure.start)
    token = parsed.tokens[place]
    if figure.low < 1 and token.folded[:1] == "و" and token.folded[1:] in FRACTIONS and place > low:
        before = parsed.tokens[place - 1]
        unit = unit_of(before.folded)
        if unit and parsed.text[before.end : token.start] == " ":
            return replace(figure, low=figure.low + 1, high=figure.high + 1, start=before.start, unit=unit)
    return figure


def _with_unit(parsed: Parsed, figure: Figure) -> Figure:
    """With the unit of time or money that follows a number."""
    if figure.unit or figure.rank:
        return figure
    first = parsed.range_of_token(figure.start)
    if (
        first
        and parsed.tokens[first].folded.startswith("ال")
        and parsed.tokens[first - 1].folded.startswith("ال")
    ):
        before = unit_of(parsed.tokens[first - 1].folded)  # «الساعات الأربع والعشرين»
        if before:
            return replace(figure, unit=before)
    place = parsed.range_of(Span(start=figure.start, end=figure.end))[1]
    if place >= len(parsed.tokens) or MARK.search(parsed.text[figure.end : parsed.tokens[place].start]):
        return figure
    folded = parsed.tokens[place].folded
    after = parsed.tokens[place + 1].folded if place + 1 < len(parsed.tokens) else ""
    unit = (
        "" if folded == "يوم" and is_weekday(after) else _CURRENCIES.get(folded) or unit_of(folded) or ""
    )  # «القرار 24 يوم الأحد»
    noun = (
        not unit
        and not folded[:1].isdigit()
        and not little(folded)
        and not numbers(parsed.tokens[place].text)
    )
    return replace(figure, unit=unit, noun=noun, percent=figure.percent or folded in _POINTS)
