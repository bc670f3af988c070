"""The numbers of a text in every form: digits, words, fractions, duals, ordinals, «مئات»; with bounds and units."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from summaries.figures import dates, numbers
from summaries.gate.number_words import (
    CONSTRUCT,
    DUALS,
    FIRST,
    FRACTIONS,
    MAGNITUDES,
    OF_SO_MANY,
    ORDINALS,
    PLURAL_TOO,
    QUARTERS,
    RATHER_NUMBERS,
    THIRDS,
)
from summaries.gate.times import days_of_months, is_weekday, is_year, unit_of
from summaries.gate.words import bare_forms, little
from summaries.reading import Parsed
from summaries.text import fold, known_word
from summaries.types import Span

_FEMININE_DUAL = re.compile("^[وفبلك]?(?:ال|ل)?(.{2,})ت[يا]ن$")
_SCALE = re.compile("^(?:ال)?(?:(الاف|الف(?:ا|ين|ان)?$)|(ملايين|مليون)|(مليار))")
_ABOUT = frozenset(
    fold(w)
    for w in (
        "نحو حوالي زهاء قرابة تقريبا يقارب تقارب قارب قاربت يناهز تناهز ناهز ناهزت قراب يقرب تقرب حدود يكاد تكاد "
        "كاد كادت حوالى بنحو تقديرا"
    ).split()
)
_OVER = frozenset(
    fold(w)
    for w in (
        "أكثر أزيد يفوق تفوق فاق فاقت فوق تجاوز يتجاوز تتجاوز تجاوزت متجاوزا متجاوزة يزيد تزيد زاد زادت تخطى تخطت "
        "يتخطى تتخطى نيف ينيف يربو تربو أعلى أزيد تعدى تعدت يتعدى تتعدى جاوز جاوزت"
    ).split()
)
_UNDER = frozenset(fold(w) for w in "أقل دون يقل تقل أدنى".split())
_NOT = frozenset(fold(w) for w in "لا لم لن ولا ولم ولن".split())
_OWN = re.compile("(?<=...)(?:ها|هم|هما|ه)$")
_DEFINITE = re.compile("^[وف]?(?:[بك]?ال|لل)")
_NEAR, _FAR = (
    3,
    7,
)  # words before a number in which «about», «over», «under» stand; «لا يقل عدد السكان عن 500»
_FROM = frozenset(fold(w) for w in ("عن", "على"))
_NEARING = frozenset(fold(w) for w in ("يقترب", "تقترب", "اقترب", "اقتربت"))
_POINTS = frozenset(fold(w) for w in ("نقطة", "نقاط", "نقطتين", "نقطتان"))
_YEAR_DIGITS = 4
_CURRENCIES = {
    fold(form): word
    for word in ("دولار", "يورو", "جنيه", "ريال", "درهم", "دينار", "شيكل", "ليرة", "روبل", "يوان", "ين")
    for form in (word, word + "ا", word + "ات")
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as given: its lowest and highest value, where, and whether it is «over» or «under».

    `unit`: a unit of time or a currency. `vague`: two and more people are written alike, or a definite dual («البلدين»)
    that speaks of what was named: it supports, and need not be supported.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    over: bool = False
    under: bool = False
    about: bool = False
    percent: bool = False
    rank: bool = False
    unit: str = ""
    vague: bool = False
    place: bool = False  # may tell a place in a row: «الجولة 6», «ثلاث مرات» for «المرة الثالثة»
    noun: bool = False  # a noun follows, which is no unit


def figures(parsed: Parsed, span: Span) -> list[Figure]:
    """The numbers of a span, in order. Days of months and years are none."""
    text = parsed.of(span)
    found, taken = [], set[int]()
    days = [(moment.start, moment.end) for moment in dates(text)] + days_of_months(text)
    for number in numbers(text):
        if number.end - number.start == _YEAR_DIGITS and is_year(text, number.start) and not number.percent:
            continue  # a date
        if any(start <= number.start < end for start, end in days):
            continue
        if _NO_NUMBER.search(text, 0, number.end) and _TO.match(text, number.end):
            continue
        taken.update(range(number.start, number.end))
        found.append(
            Figure(number.value, number.value, span.start + number.start, span.start + number.end,
                   percent=number.percent)
        )  # fmt: skip
    low, high = parsed.range_of(span)
    for place in range(low, high):
        token = parsed.tokens[place]
        if token.start - span.start not in taken or token.folded in QUARTERS:
            figure = _worded(parsed, place, low)
            if figure is not None and not any(start <= token.start - span.start < end for start, end in days):
                found = [other for other in found if not figure.start <= other.start < figure.end] + [figure]
    found = _joined(parsed, sorted(found, key=lambda figure: figure.start), low)
    return [_bounded(parsed, figure, low) for figure in found]


_NO_NUMBER = re.compile(r"(?:لم|لا|ولم|ولا|فلم)\s+تسع$")  # «لم تسعَ إلى»
_TO = re.compile(r"\s+(?:إلى|الى|وراء|في|ل)")


def _after_its_like(parsed: Parsed, place: int, first: int) -> bool:
    """Whether a word and the one before it end in «ا»: «أسبوعا ثالثا»."""
    return place > first and all(token.folded.endswith("ا") for token in parsed.tokens[place - 1 : place + 1])


def _again(parsed: Parsed, place: int) -> bool:
    """Whether «ثانية» means «again»: it follows a definite noun and stands without an article."""
    if place == 0 or parsed.tokens[place].folded not in ("ثانيه", "ثانيا"):
        return False
    before = parsed.tokens[place - 1]
    return before.folded.startswith(("ال", "لل", "وال", "بال")) or before.folded in ("مره", "كره")


def _worded(parsed: Parsed, place: int, first: int) -> Figure | None:
    token = parsed.tokens[place]
    after = parsed.tokens[place + 1].folded if place + 1 < len(parsed.tokens) else ""
    for form in bare_forms(token.folded):
        if form in QUARTERS:
            above = numbers(parsed.tokens[place - 1].text) if place > first else ()
            value = (above[0].value if above else Decimal(3)) / QUARTERS[form]
            return _exactly(value, parsed.tokens[place - 1].start if above else token.start, token.end)
        if form in RATHER_NUMBERS and place > first and parsed.tokens[place - 1].folded == "اصل":
            return _exactly(Decimal(RATHER_NUMBERS[form]), token.start, token.end)  # «من أصل خمس»
        part = form if form in FRACTIONS else _OWN.sub("", form)  # «ثلثها»
        if part in FRACTIONS:
            if _of_cup_or_year(after) or (part in RATHER_NUMBERS and not after.startswith("ال")):
                continue
            value = FRACTIONS[part]
            if part in THIRDS and token.folded[:1] == "و":
                value = Decimal("0.333")
            return _exactly(value, token.start, token.end)
        if form in MAGNITUDES:
            return Figure(*MAGNITUDES[form], token.start, token.end)
        rank = form.removesuffix("ا") if _after_its_like(parsed, place, first) else form
        if (
            rank in ORDINALS
            and not _again(parsed, place)
            and not _month(parsed, place)
            and not _part_of_year(parsed, place)
        ):
            value = Decimal(ORDINALS[rank])
            if after in ("عشر", "عشره"):
                value += 10
            elif after[:1] == "و" and (more := numbers(after[1:].removeprefix("ال"))):
                value += more[0].value
            return replace(_exactly(value, token.start, token.end), rank=True)
        if form in OF_SO_MANY:
            return _exactly(Decimal(OF_SO_MANY[form]), token.start, token.end)
        if form in CONSTRUCT and after and not numbers(after):
            return _exactly(Decimal(CONSTRUCT[form]), token.start, token.end)
        if form in DUALS or form in PLURAL_TOO or _feminine_dual(token.text):
            value = Decimal(200 if form.startswith("مي") else 2 * _scale_of(form))
            vague = form in PLURAL_TOO or _DEFINITE.match(token.folded) is not None
            return replace(
                _exactly(value, token.start, token.end), unit=unit_of(token.folded) or "", vague=vague
            )
    return None


def _exactly(value: Decimal, start: int, end: int) -> Figure:
    return Figure(value, value, start, end)


def _feminine_dual(word: str) -> bool:
    """Whether a word is the dual of a known feminine noun: «جمعيتان»، «صحفيتين»."""
    found = _FEMININE_DUAL.match(word)
    return found is not None and known_word(found[1] + "ة")


def _of_cup_or_year(after: str) -> bool:
    """«نصف النهائي» is a round of a cup, «الربع الأول» a part of a year or match."""
    return after.endswith("نهايي") or after in ORDINALS or after in FIRST


_MONTHS_BEFORE = frozenset(fold(w) for w in ("كانون", "تشرين", "ربيع", "جمادى"))
_PARTS_OF_YEAR = frozenset(fold(w) for w in ("الربع", "النصف", "بالربع", "للربع", "بالنصف", "والربع"))


def _month(parsed: Parsed, place: int) -> bool:
    return place > 0 and parsed.tokens[place - 1].folded in _MONTHS_BEFORE


def _part_of_year(parsed: Parsed, place: int) -> bool:
    return place > 0 and parsed.tokens[place - 1].folded in _PARTS_OF_YEAR


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
    return _scale_of(parsed.tokens[parsed.range_of_token(figure.end - 1)].folded)


def _scale_of(folded: str) -> int:
    found = _SCALE.match(folded)
    return 1 if found is None else (0, 1000, 10**6, 10**9)[found.lastindex or 0]


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
    if last.low < 1 or last.rank or _MARK.search(between) or not (in_digits or is_part):
        return [last, figure]
    return [
        replace(
            last, low=last.low + part, high=last.high + part, end=figure.end, unit=last.unit or figure.unit,
            percent=last.percent or figure.percent or _percent_after(parsed, figure.end),
        )
    ]  # fmt: skip


_NOUN_BETWEEN = 2  # places from the last word of a number to the part that follows its noun
_MARK = re.compile("[،,.؛:()]")
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
    if place >= len(parsed.tokens) or _MARK.search(parsed.text[figure.end : parsed.tokens[place].start]):
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


def _bounded(parsed: Parsed, figure: Figure, first: int) -> Figure:
    place = parsed.range_of_token(figure.start)
    reach = _FAR if place > first and parsed.tokens[place - 1].folded in _FROM else _NEAR
    before = parsed.tokens[max(first, place - reach) : place]
    near = {form for token in before for form in bare_forms(token.folded)}
    if near.isdisjoint(_OVER | _UNDER):
        near |= _verb_of_amount(parsed, first, place)
    after = [token.folded for token in parsed.tokens[place + 1 : place + 4]]
    denied = not _NOT.isdisjoint(near)
    part = figure.high < 1 and not _NOT.isdisjoint(
        token.folded for token in parsed.tokens[max(first, place - _FAR) : place]
    )
    over, under = not _OVER.isdisjoint(near), not _UNDER.isdisjoint(near)
    if denied and over != under:
        over, under = under, over
    following = (
        after[0]
        if after and not _MARK.search(parsed.text[figure.end : parsed.tokens[place + 1].start])
        else ""
    )
    return replace(
        figure,
        place=following.startswith("مر")
        or bool(before and before[-1].folded.startswith("ال") and not figure.noun),
        about=not _ABOUT.isdisjoint((*near, *after)) or _nearing(parsed, first, place),
        over=over or _AT_LEAST in pairwise(after),
        under=under or (part and not over) or _AT_MOST in pairwise(after),
    )


def _verb_of_amount(parsed: Parsed, first: int, place: int) -> set[str]:
    """The verb such as «تتجاوز» before a number and what is counted («تتجاوز كلفة الجسر عشرين»), if no other number,
    mark or preposition of place stands between.
    """
    for other in range(place - 1, max(first, place - _VERB_BEFORE) - 1, -1):
        token = parsed.tokens[other]
        gap = parsed.text[token.end : parsed.tokens[other + 1].start]
        if _MARK.search(gap) or token.folded[0].isdigit() or numbers(token.text):
            break
        form = token.folded[1:] if token.folded[0] in "وفس" else token.folded  # «سيتجاوز»
        not_so = other > first and parsed.tokens[other - 1].folded in _NOT
        if not_so and form in _PASSING | _REACHING:
            return {"اقل"}  # «لا يبلغ الفارق خمسين»
        if form in _PASSING:
            return {form}
    return set()


_PASSING = frozenset(
    fold(w)
    for w in "يتجاوز تتجاوز تجاوز تجاوزت يتخطى تتخطى تخطى تخطت يفوق تفوق فاق فاقت يتعدى تتعدى تعدى تعدت".split()
)
_REACHING = frozenset(fold(w) for w in "يبلغ تبلغ يصل تصل".split())
_VERB_BEFORE = 8  # words before a number in which such a verb stands


def _nearing(parsed: Parsed, first: int, place: int) -> bool:
    """«يقترب عدد السكان من عشرة ملايين»."""
    return (
        place > first
        and parsed.tokens[place - 1].folded == "من"
        and any(token.folded in _NEARING for token in parsed.tokens[max(first, place - _FAR) : place])
    )


def bounded(parsed: Parsed, figure: Figure, span: Span) -> Figure:
    """A figure with «about», «over» and «under» as they stand before and after it."""
    return _bounded(parsed, figure, parsed.range_of(span)[0])


_AT_MOST = (fold("على"), fold("الأكثر"))
_AT_LEAST = (fold("على"), fold("الأقل"))
