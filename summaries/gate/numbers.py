"""Numbers: each that a sentence gives must be given by what it cites, in whatever way it is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from summaries.figures import dates, numbers
from summaries.gate.dates import days_of_months, unit_of
from summaries.gate.pair import Pair
from summaries.gate.words import bare_forms, little
from summaries.reading import Parsed
from summaries.text import fold
from summaries.types import Reason, Span

_ORDINALS = {
    fold(form): value
    for value, words in enumerate(
        ("ثان ثاني ثانية", "ثالث ثالثة", "رابع رابعة", "خامس خامسة", "سادس سادسة", "سابع سابعة", "ثامن ثامنة",
         "تاسع تاسعة", "عاشر عاشرة"),
        start=2,
    )
    for word in words.split()
    for form in (word, "ال" + word)
}  # fmt: skip
_FRACTIONS = {
    fold(word): Decimal(value)
    for words, value in (
        ("نصف النصف منتصفا", "0.5"), ("ثلث الثلث", "0.333"), ("ثلثا ثلثي الثلثين الثلثان ثلثان ثلثين", "0.667"),
        ("ربع الربع", "0.25"), ("خمس الخمس", "0.2"), ("عشر العشر", "0.1"),
    )
    for word in words.split()
}  # fmt: skip
_QUARTERS = {fold("أرباع"): 4, fold("أخماس"): 5, fold("أثلاث"): 3, fold("أعشار"): 10}
_MAGNITUDES = {
    fold(word): (Decimal(low), Decimal(high))
    for words, low, high in (
        ("عشرات العشرات", 11, 199), ("مئات المئات مءات", 101, 1999), ("آلاف الآلاف ألوف الألوف", 1001, 199_999),
        ("ملايين الملايين", 1_000_001, 999_999_999), ("مليارات المليارات بلايين", 1_000_000_001, 10**13),
    )
    for word in words.split()
}  # fmt: skip
_DUALS = frozenset(
    fold(noun + ending)
    for noun in (
        "يوم أسبوع شهر عام سن ساع دقيق مر هدف قتيل جريح شخص جندي عضو صاروخ غار جول ضرب طائر سفين دول صوت "
        "طفل شاحن نقط مدني هجوم "
        "قذيف مليار مليون ألف مئ عامل صحفي صحافي لاعب رجل امرأ مرحل عقد قرن درج فتر موسم ضابط شرط فرد سيار "
        "حافل منزل مبنى قري "
        "مدين مقعد ناقل ناقل زلزال اجتماع لقاء مشروع بلد قر مستشفي مدرس مسعف شاب شاهد مسلح سجين رهين معتقل"
    ).split()
    for ending in ("ين", "ان", "تين", "تان")
)
_ABOUT = frozenset(fold(w) for w in "نحو حوالي زهاء قرابة تقريبا يقارب يناهز قراب يقرب حدود".split())
_OVER = frozenset(fold(w) for w in "أكثر أزيد يفوق فاق فوق تجاوز يتجاوز تجاوزت يزيد تزيد تخطى نيف".split())
_UNDER = frozenset(fold(w) for w in "أقل دون يقل تقل".split())
_NEAR = 3  # words before a number in which «about», «over», «under» stand
_ROUNDS = Decimal("0.12")
_FREE = frozenset((Decimal(0), Decimal(1)))  # «هدف», «واحد», «أول»: said without a number too
_SCORE = re.compile(r"(?<!\d)(\d{1,2})\s*[-–—:]\s*(\d{1,2}|صفر)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as given: its lowest and highest value, where, and whether it is «over» or «under»."""

    low: Decimal
    high: Decimal
    start: int
    end: int
    over: bool = False
    under: bool = False
    about: bool = False
    percent: bool = False
    rank: bool = False


def check(pair: Pair) -> Iterator[Reason]:
    """`gate.number` for each number that the cited words do not give."""
    claimed = figures(pair.claim, Span(start=0, end=len(pair.claim.text)))
    if not claimed:
        return
    cited = [figure for span in pair.cited for figure in figures(pair.source.parsed, span)]
    for figure in claimed:
        if not given(figure, cited) or _other_unit(pair, figure, cited):
            yield Reason(code="gate.number", values={"number": pair.claim.text[figure.start : figure.end]})
    if len(claimed) > 1:
        yield from _exchanged(pair, claimed, cited)


def figures(parsed: Parsed, span: Span) -> list[Figure]:
    """The numbers of a span in every form: digits, words, fractions, duals, ordinals, «مئات»."""
    text = parsed.of(span)
    found, taken = [], set[int]()
    days = [(moment.start, moment.end) for moment in dates(text)] + days_of_months(text)
    for number in numbers(text):
        if _YEAR.fullmatch(fold(text[number.start : number.end])) and not number.percent:
            continue  # a date
        if any(start <= number.start < end for start, end in days):
            continue
        taken.update(range(number.start, number.end))
        value = number.value
        found.append(
            _figure(value, value, span.start + number.start, span.start + number.end, number.percent)
        )
    low, high = parsed.range_of(span)
    for place in range(low, high):
        token = parsed.tokens[place]
        if token.start - span.start not in taken or token.folded in _QUARTERS:
            figure = _worded(parsed, place, low)
            if figure is not None and not any(start <= token.start - span.start < end for start, end in days):
                found.append(figure)
    found = _fractions_of(parsed, found)
    return sorted((_bounded(parsed, figure, low) for figure in found), key=lambda figure: figure.start)


def _figure(
    low: Decimal, high: Decimal, start: int, end: int, percent: bool = False, rank: bool = False
) -> Figure:
    return Figure(low, high, start, end, percent=percent, rank=rank)


def _worded(parsed: Parsed, place: int, first: int) -> Figure | None:
    token = parsed.tokens[place]
    for form in bare_forms(token.folded):
        if form in _QUARTERS:
            above = numbers(parsed.tokens[place - 1].text) if place > first else ()
            over = above[0].value if above else Decimal(3)
            value = over / _QUARTERS[form]
            start = parsed.tokens[place - 1].start if above else token.start
            return _figure(value, value, start, token.end)
        if form in _FRACTIONS and form not in ("خمس", "عشر") and not _of_final(parsed, place):
            return _figure(_FRACTIONS[form], _FRACTIONS[form], token.start, token.end)
        if form in _MAGNITUDES:
            return _figure(*_MAGNITUDES[form], token.start, token.end)
        if form in _ORDINALS and not _month(parsed, place):
            value = Decimal(_ORDINALS[form])
            tens = parsed.tokens[place + 1].folded if place + 1 < len(parsed.tokens) else ""
            value += 10 if tens in ("عشر", "عشره") else 0
            if tens[:1] == "و" and (more := numbers(tens[1:].removeprefix("ال"))):
                value += more[0].value
            return _figure(value, value, token.start, token.end, rank=True)
        if form in _CONSTRUCT:
            return _figure(Decimal(_CONSTRUCT[form]), Decimal(_CONSTRUCT[form]), token.start, token.end)
        if form in _DUALS:
            value = Decimal(2 * _scale(form))
            return _figure(value, value, token.start, token.end)
    return None


_CONSTRUCT = {
    fold(word): value
    for word, value in (
        ("مليوني", 2 * 10**6),
        ("ألفي", 2000),
        ("ملياري", 2 * 10**9),
        ("مئتي", 200),
        ("مائتي", 200),
    )
}


def _scale(form: str) -> int:
    for start, value in (("الف", 1000), ("مليون", 10**6), ("مليار", 10**9), ("مي", 100)):
        if form.startswith(start):
            return value
    return 1


def _of_final(parsed: Parsed, place: int) -> bool:
    """«نصف النهائي» and «ربع النهائي» are rounds of a cup."""
    return place + 1 < len(parsed.tokens) and parsed.tokens[place + 1].folded.endswith("نهايي")


_MONTHS_BEFORE = frozenset(fold(w) for w in ("كانون", "تشرين", "ربيع", "جمادى"))


def _month(parsed: Parsed, place: int) -> bool:
    return place > 0 and parsed.tokens[place - 1].folded in _MONTHS_BEFORE


def _fractions_of(parsed: Parsed, found: list[Figure]) -> list[Figure]:
    """«نصف مليون» is one number, «نصف» alone is also 50 per cent."""
    found = sorted(found, key=lambda figure: figure.start)
    joined: list[Figure] = []
    for figure in found:
        if (
            joined
            and joined[-1].high < 1 < figure.low
            and not parsed.text[joined[-1].end : figure.start].strip()
        ):
            last = joined.pop()
            joined.append(_figure(last.low * figure.low, last.high * figure.high, last.start, figure.end))
        elif (
            joined
            and figure.low == Decimal("0.5")
            and parsed.tokens[parsed.range_of_token(figure.start)].folded == "ونصف"
            and joined[-1].low >= 1
        ):
            last = joined.pop()
            joined.append(
                _figure(
                    last.low * Decimal("1.5") if last.low >= 1000 else last.low + figure.low,
                    last.high * Decimal("1.5") if last.low >= 1000 else last.high + figure.high,
                    last.start,
                    figure.end,
                )
            )
        else:
            joined.append(figure)
    return joined


def _bounded(parsed: Parsed, figure: Figure, first: int) -> Figure:
    place = parsed.range_of_token(figure.start)
    near = {
        form
        for token in parsed.tokens[max(first, place - _NEAR) : place]
        for form in bare_forms(token.folded)
    }
    after = parsed.tokens[place + 1 : place + 3]
    about = not _ABOUT.isdisjoint(near) or any(token.folded in _ABOUT for token in after)
    return Figure(
        figure.low, figure.high, figure.start, figure.end, percent=figure.percent, rank=figure.rank, about=about,
        over=not _OVER.isdisjoint(near), under=not _UNDER.isdisjoint(near) and "لا" not in near,
    )  # fmt: skip


def given(figure: Figure, cited: Sequence[Figure]) -> bool:
    """Whether a number is among those cited, rounded where it says so; nought and one need no number."""
    if figure.low == figure.high and figure.low in _FREE and not figure.percent:
        return True
    return any(_matches(figure, other) for other in cited)


_CURRENCIES = {
    fold(form): word
    for word in ("دولار", "يورو", "جنيه", "ريال", "درهم", "دينار", "شيكل", "ليرة", "روبل", "يوان", "ين")
    for form in (word, word + "ا", word + "ات")
}


def _other_unit(pair: Pair, figure: Figure, cited: Sequence[Figure]) -> bool:
    """Whether a number is given with a unit of time or money, and wherever it is cited with another one."""
    own = _unit_after(pair.claim, figure)
    theirs = {_unit_after(pair.source.parsed, other) for other in cited if _matches(figure, other)}
    return own is not None and bool(theirs) and None not in theirs and own not in theirs


def _unit_after(parsed: Parsed, figure: Figure) -> str | None:
    place = parsed.range_of(Span(start=figure.start, end=figure.end))[1]
    if place >= len(parsed.tokens):
        return None
    folded = parsed.tokens[place].folded
    return _CURRENCIES.get(folded) or unit_of(folded)


def _matches(figure: Figure, other: Figure) -> bool:
    if (figure.over and other.under) or (figure.under and other.over):
        return False
    if figure.percent != other.percent and min(figure.high, other.high) > 1:
        return False
    scale = Decimal(100) if figure.percent and other.high <= 1 else Decimal(1)
    back = Decimal(100) if other.percent and figure.high <= 1 else Decimal(1)
    low, high = figure.low * back, figure.high * back
    other_low, other_high = other.low * scale, other.high * scale
    if low == high and other_low == other_high:
        return _close(figure, low, other_low)
    return low <= other_high and other_low <= high


def _close(figure: Figure, value: Decimal, other: Decimal) -> bool:
    if value == other:
        return True
    if not other or abs(value - other) * 100 > other * 12:
        return False
    apart = abs(value - other) / other
    if figure.percent and max(value, other) <= 100 and value == value.to_integral() == other:
        return False
    rounder = _digits(value) < _digits(other)
    if value != value.to_integral():
        return apart < (_ROUNDS if figure.about else Decimal("0.01"))
    if rounder and (figure.about or (figure.over and other > value) or (figure.under and other < value)):
        return apart <= _ROUNDS
    return rounder and _digits(other) > 2 and apart <= Decimal("0.01")


def _digits(value: Decimal) -> int:
    """How many significant digits a number is given with."""
    return len(value.normalize().as_tuple().digits)


def _exchanged(pair: Pair, claimed: Sequence[Figure], cited: Sequence[Figure]) -> Iterator[Reason]:
    """Two numbers of the source that have changed places: each stands by the words of the other."""
    for one, two in pairwise(claimed):
        mine, yours = _only(one, cited), _only(two, cited)
        if mine is None or yours is None or mine is yours or one.percent != two.percent:
            continue
        straight = _likeness(pair, one, mine) + _likeness(pair, two, yours)
        crossed = _likeness(pair, one, yours) + _likeness(pair, two, mine)
        if crossed > straight and crossed >= 2:
            yield Reason(code="gate.number", values={"number": pair.claim.text[one.start : one.end]})
            return


def _only(figure: Figure, cited: Sequence[Figure]) -> Figure | None:
    matching = [other for other in cited if _matches(figure, other)]
    return matching[0] if len(matching) == 1 else None


def _likeness(pair: Pair, figure: Figure, other: Figure) -> int:
    """How many of the words right around a claimed number stand right around a cited one."""
    claim, source = pair.claim, pair.source.parsed
    here = _around(claim, figure)
    there = _around(source, other)
    meaning, alike = pair.words.meaning, pair.words.alike
    wanted = [meaning(claim.tokens[place].text) for place in here]
    offered = [meaning(source.tokens[place].text) for place in there]
    return sum(any(alike(want, offer) for offer in offered) for want in wanted)


def _around(parsed: Parsed, figure: Figure) -> list[int]:
    """The word before a number and those after it, as far as no other number, comma or «و» stands between."""
    low = parsed.range_of_token(figure.start)
    high = parsed.range_of(Span(start=figure.start, end=figure.end))[1]
    found = [low - 1] if low else []
    for place in range(high, min(high + 6, len(parsed.tokens))):
        gap = parsed.text[parsed.tokens[place - 1].end : parsed.tokens[place].start]
        folded = parsed.tokens[place].folded
        if "،" in gap or numbers(parsed.tokens[place].text) or (folded[0] == "و" and len(folded) > _JOINED):
            break
        found.append(place)
    return [
        place
        for place in found
        if parsed.tokens[place].folded not in ("الميه", "المايه", "بالميه")
        and not little(parsed.tokens[place].folded)
    ]


_JOINED = 3  # letters from which a word that begins with «و» is likely joined to what stands before
