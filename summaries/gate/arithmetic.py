"""What follows from the cited numbers in one step: a sum, what is left, a share, so many times as much.

Bounds: the numbers stand in one cited span, no farther apart than some numbers, and count the same kind of thing
(money of one currency, time of one unit, or things), and words say that it was reckoned («بين», «بفارق», «الباقي»,
«آخرين», «من أصل»).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from summaries.gate.durations import is_time
from summaries.gate.figure import Figure
from summaries.gate.pair import Pair, clause_of
from summaries.gate.rounding import close, nearly
from summaries.gate.words import bare_forms, little
from summaries.reading import Parsed
from summaries.text import fold, forms_of
from summaries.types import Span

_TOGETHER = frozenset(
    fold(w)
    for w in (
        "أصل مجموع المجموع مجموعه مجموعها إجمال إجمالا إجمالي الإجمالي إجماليا مجتمعين مجتمعة معا كلاهما مجمل حصيلة "
        "الحصيلة شارك شاركت المشاركين سواء"
    ).split()
)
_APART = frozenset(
    fold(w)
    for w in (
        "فارق الفارق فرق الفرق يفوق تفوق تقدم متقدما متقدمة زيادة الزيادة نقصان نقص باقي الباقي الباقية الباقين باقون "
        "الباقون بقي بقيت يبقى تبقى سيبقى ستبقى ستظل سيظل بقوا يبقون بقية المتبقية المتبقي تبقت إضافي إضافية إضافيين "
        "ناقص لم أقل أكثر"
    ).split()
)
_OTHERS = frozenset(
    fold(w)
    for w in "آخرين آخرون أخرى أخريات آخران الآخرون الآخرين الأخرى جانب فضلا عدا سوى غير باستثناء بخلاف".split()
)
_WAS = frozenset(
    fold(w)
    for w in "كان كانت قبل سابقا السابق السابقة حاليا الحالي الحالية اليوم الآن بات باتت أصبح صار".split()
)
_CHANGED = frozenset(
    fold(w) for w in "زيادة ارتفاع انخفاض تراجع خفض رفع نقص نقصان إضافة تقليص خسارة هبوط صعود".split()
) | forms_of(
    "زاد/يزيد ارتفع/يرتفع انخفض/ينخفض تراجع/يتراجع نقص/ينقص أضاف/يضيف قلص/يقلص خسر/يخسر فقد/يفقد كسب/يكسب ربح/يربح "
    "هبط/يهبط صعد/يصعد خفض/يخفض رفع/يرفع قلل/يقلل ضاعف/يضاعف تقلص/يتقلص ازداد/يزداد"
)
_OF = frozenset(fold(w) for w in "من أصل بين إجمالي مجموع منها منهم منهن بينها بينهم".split())
_ONLY = frozenset(
    fold(w) for w in "سوى إلا فقط فحسب باقي الباقي الباقون الباقين بقية وحده وحدهم البقية".split()
)
_REST = frozenset(fold(w) for w in "باقي الباقي الباقون الباقين بقية البقية".split())
_TIMES = frozenset(fold(w) for w in ("أضعاف", "مرات"))
_NEAR = 8  # words around a claimed number in which it is said how it was reckoned
_FAR = 14  # words after a number within which its kinds follow
_CLOSE = 6  # words between the two numbers of a share
_NOUN = 3  # words after a number among which is what it counts
_NAMES = range(2, 7)  # how many joined names a number may count
_BESIDE = 4  # letters between a name and the number of others
_JOINED = re.compile(r"\s*[،,]?\s*و?\s*")


def follows(pair: Pair, figure: Figure, by_span: Sequence[Sequence[Figure]]) -> bool:
    """Whether a number of the claim follows from the numbers of one cited span; `by_span`: those, by span."""
    if figure.rank or figure.low != figure.high:
        return False
    source, near = pair.source.parsed, _near(pair.claim, figure)
    for span, found in zip(pair.cited, by_span, strict=True):
        counts = [one for one in found if one.low == one.high >= 1 and not one.rank]
        there = _forms(source, *source.range_of(span))
        changed = not _CHANGED.isdisjoint(near) or (
            not _WAS.isdisjoint(near) and not _CHANGED.isdisjoint(there)
        )
        if (
            _is_sum(pair, figure, counts, said=changed or _together(pair.claim, figure, near))
            or _is_rest(figure, counts, said=changed or not (_APART | _OTHERS).isdisjoint(near))
            or (not _OTHERS.isdisjoint(near) and _is_rest_of_named(pair.claim, figure, counts))
            or _is_named_and_others(pair, figure, span, counts)
            or (not _ONLY.isdisjoint(near | (there & _REST)) and _is_complement(figure, found))
            or any(one.rank and one.low == figure.low and _same_noun(pair, figure, one) for one in found)
            or _is_share(pair, figure, counts)
            or (changed and _is_change(figure, counts))
            or _is_part(pair, figure, found)
            or _is_multiple(pair.claim, figure, counts)
        ):
            return True
    return (
        figure.low in _NAMES
        and not figure.unit
        and any(
            figure.low in _chains(source, span, found)
            for span, found in zip(pair.cited, by_span, strict=True)
        )
    )


def _forms(parsed: Parsed, low: int, high: int) -> set[str]:
    return {form for token in parsed.tokens[max(low, 0) : high] for form in bare_forms(token.folded)}


def _near(parsed: Parsed, figure: Figure) -> set[str]:
    """The words around a number, «الفارق» and the like in all of its clause, and «بفارق» for «يزيد … ب»."""
    place = parsed.range_of_token(figure.start)
    found = _forms(parsed, place - _NEAR, place + _NEAR)
    low, high = clause_of(parsed, place, max(0, place - _CLAUSE), len(parsed.tokens))
    clause = _forms(parsed, low, min(high, place + _CLAUSE))
    more = parsed.tokens[place].folded.startswith("ب") and not clause.isdisjoint(_EXCEEDS)
    return found | (clause & (_DIFFERENCE | _WAS)) | (_DIFFERENCE if more else set())


_CLAUSE = 16  # words before and after a number that belong to its clause
_DIFFERENCE = frozenset(fold(w) for w in ("فارق", "الفارق", "فرق", "الفرق"))
_EXCEEDS = forms_of("زاد/يزيد فاق/يفوق تفوق/يتفوق تقدم/يتقدم سبق/يسبق نقص/ينقص")


def _alike(figure: Figure, *counts: Figure) -> bool:
    """Whether numbers count the same kind of thing, and the claimed one no other kind."""
    first = counts[0]
    units = {one.unit for one in counts}
    if len(units) > 1 and not any(is_time(unit) for unit in units):
        units -= {""}  # «26 مليار دولار، منها 9 مليارات»
    return (
        len(units) == 1
        and all(one.percent == first.percent for one in counts)
        and figure.percent == first.percent
        and figure.unit in ("", *units)
    )


def _together(claim: Parsed, figure: Figure, near: set[str]) -> bool:
    """Whether a number is said to be a whole: «إجمالا», or its kinds follow («بين قتيل وجريح»)."""
    place = claim.range_of_token(figure.start)
    kinds = any(
        one.folded == "بين" and not other.folded.startswith("ال") and at not in claim.named
        for at, (one, other) in enumerate(pairwise(claim.tokens[place : place + _FAR]), start=place + 1)
    )
    return kinds or not _TOGETHER.isdisjoint(near)


def _is_sum(pair: Pair, figure: Figure, counts: Sequence[Figure], *, said: bool) -> bool:
    return any(
        close(figure, figure.low, sum((part.low for part in parts), Decimal(0)))
        and _alike(figure, *parts)
        and (said or _joined(pair, figure, parts) or all(_same_noun(pair, figure, part) for part in parts))
        for more in (1, 2)
        for parts in _together_with(counts, more)
    )


_AMONG = (
    16  # numbers among which those stand that are reckoned with: of a whole article's, any is a sum of others
)


def _together_with(counts: Sequence[Figure], more: int) -> Iterator[tuple[Figure, ...]]:
    """Each number with one or two of those after it."""
    for place, first in enumerate(counts):
        for others in combinations(counts[place + 1 : place + _AMONG], more):
            yield first, *others


def _pairs(counts: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    return ((first, two) for first, two in _together_with(counts, 1))


_COUNTED = 5  # words from a number that counts something to the next that is added to it


def _joined(pair: Pair, figure: Figure, parts: Sequence[Figure]) -> bool:
    """«ستة جنود وثلاثة مدنيين»: numbers of things, joined by «و», which a sentence may give as nine."""
    source = pair.source.parsed
    same = [_same_noun(pair, figure, part) for part in parts]
    if any(same) and not all(same):
        return False  # of «خمسة مستوطنين وثلاث شركات» there are not eight companies
    places = [source.range_of_token(part.start) for part in parts]
    counting = [part.noun or part.low == _TWO for part in parts]  # «كيانين» says itself what it counts
    return (
        counting[0]
        and not any(part.unit or part.percent for part in parts)
        and all(
            0 < two - one <= _COUNTED
            and (source.tokens[two].folded[0] == "و" or source.text[source.tokens[two].start - 1] == "و")
            and not any(mark in source.between(one, two) for mark in "؛.:")
            for one, two in pairwise(places)
        )
    )


def _is_rest(figure: Figure, counts: Sequence[Figure], *, said: bool) -> bool:
    return said and any(
        close(figure, figure.low, abs(one.low - two.low)) and _alike(figure, one, two)
        for one, two in _pairs(counts)
    )


def _is_rest_of_named(claim: Parsed, figure: Figure, counts: Sequence[Figure]) -> bool:
    """«سوى سبع دول أخرى» beside the names of two, for nine."""
    named = _chains(claim, Span(start=0, end=len(claim.text))) | {1}
    return not figure.unit and any(one.low - figure.low in named and _alike(figure, one) for one in counts)


def _is_named_and_others(pair: Pair, figure: Figure, span: Span, counts: Sequence[Figure]) -> bool:
    """«تسع دول» for the names of two «وسبع دول أخرى»."""
    source = pair.source.parsed
    for one in counts:
        place = source.range_of_token(one.start)
        if _OTHERS.isdisjoint(token.folded for token in source.tokens[place + 1 : place + 1 + _NOUN]):
            continue
        before = Span(start=span.start, end=one.start)
        named, start = 0, one.start
        for mention in reversed(source.mentions_in(before)):
            if not _JOINED.fullmatch(source.text, mention.end, start):
                break
            named, start = named + 1, mention.start
        if named and figure.low == one.low + named and _alike(figure, one):
            return True
    return False


_TWO = 2


def _same_noun(pair: Pair, figure: Figure, part: Figure) -> bool:
    """Whether one of the words after a claimed number says what a cited number counts."""
    meaning, alike = pair.words.meaning, pair.words.alike
    source = pair.source.parsed
    own = source.tokens[source.range_of_token(part.start)].text
    dual = (
        [own] if part.low == _TWO and own.endswith(("ين", "ان")) else []
    )  # «هدفين» says itself what it counts
    named = _after(source, part)[:1]
    if named and fold(named[0]) in _OTHERS:
        return True  # «أربعة طلاب وتسعة آخرين»
    counted = [meaning(word) for word in (*named, *dual)]
    return any(alike(meaning(word), noun) for word in _after(pair.claim, figure) for noun in counted)


def _after(parsed: Parsed, figure: Figure) -> list[str]:
    high = parsed.range_of(Span(start=figure.start, end=figure.end))[1]
    return [token.text for token in parsed.tokens[high : high + _NOUN] if not little(token.folded)]


def _share(figure: Figure) -> Decimal:
    """A part of one: of 25% and of a quarter 0.25."""
    return figure.low / 100 if figure.percent else figure.low


def _is_share(pair: Pair, figure: Figure, counts: Sequence[Figure]) -> bool:
    """«أقل من ثلث الشاحنات» for 37 of 120."""
    source = pair.source.parsed
    value = _share(figure)
    return value < 1 and any(
        min(one.low, two.low) < max(one.low, two.low)
        and _alike(one, two)
        and (_part_of(source, one, two) or _count_alike(pair, one, two))
        and close(figure, value, min(one.low, two.low) / max(one.low, two.low))
        for one, two in _pairs(counts)
    )


def _is_change(figure: Figure, counts: Sequence[Figure]) -> bool:
    """«خسر ربع قيمته» for what fell from 80 to 60."""
    value = _share(figure)
    return value < 1 and any(
        _alike(one, two) and one.low != two.low and close(figure, value, abs(two.low - one.low) / one.low)
        for one, two in pairwise(counts)
    )


def _count_alike(pair: Pair, one: Figure, two: Figure) -> bool:
    """Whether two cited numbers count things of one name: «140 شاحنة», «500 شاحنة»."""
    nouns = [_after(pair.source.parsed, number)[:1] for number in (one, two)]
    return all(nouns) and pair.words.alike(pair.words.meaning(nouns[0][0]), pair.words.meaning(nouns[1][0]))


def _is_part(pair: Pair, figure: Figure, found: Sequence[Figure]) -> bool:
    """«ثلاثون شاحنة» for a third of ninety lorries, «ثلاثون وافدا» for ninety, a third of them arrivals."""
    shares = [(at, one, _share(one)) for at, one in enumerate(found) if one.percent or one.high < 1]
    return not figure.percent and any(
        one.low == one.high > 1
        and not one.percent
        and close(figure, figure.low, (one.low * share).quantize(Decimal(1)))
        and (_same_noun(pair, figure, one) or _same_noun(pair, figure, part))
        for at, part, share in shares
        for one in found[max(0, at + 1 - _AMONG) : at + _AMONG]
    )


def _is_complement(figure: Figure, found: Sequence[Figure]) -> bool:
    """«لا يصل سوى ثلث الموظفين» where two thirds do not."""
    value = _share(figure)
    shares = [one for one in found if one.percent or one.high < 1]
    rests = [1 - _share(one) for one in shares]
    rests += [1 - _share(one) - _share(two) for one, two in _pairs(shares)]
    return value < 1 and any(close(figure, value, rest) for rest in rests if rest > 0)


def _part_of(source: Parsed, one: Figure, two: Figure) -> bool:
    low, high = source.range_of(Span(start=one.end, end=two.start))
    after = _forms(source, high + 1, high + 2)
    return high - low <= _CLOSE and not _OF.isdisjoint(_forms(source, low, high) | after)


def _is_multiple(claim: Parsed, figure: Figure, counts: Sequence[Figure]) -> bool:
    """«ثلاثة أضعاف» for 30 and 90."""
    high = claim.range_of(Span(start=figure.start, end=figure.end))[1]
    return not _TIMES.isdisjoint(_forms(claim, high, high + 1)) and any(
        _alike(one, two) and nearly(max(one.low, two.low) / min(one.low, two.low), figure.low)
        for one, two in _pairs(counts)
    )


def _chains(parsed: Parsed, span: Span, given: Sequence[Figure] = ()) -> set[int]:
    """How many names stand joined by «و» in a span: «المجر وباراغواي» are two."""
    counts, run, end = set[int](), 0, -1
    numbered = {figure.start: int(figure.low) for figure in given if figure.low == figure.high}
    for mention in parsed.mentions_in(span):
        joined = end >= 0 and _JOINED.fullmatch(parsed.text, end, mention.start) is not None
        run = run + 1 if joined else 1
        counts.add(run)
        end = mention.end
        for start in range(end + 1, end + _BESIDE):  # «فلان وفلان وثلاثة آخرين»
            if start in numbered and _JOINED.fullmatch(parsed.text, end, start):
                counts.add(run + numbered[start])
    return counts
