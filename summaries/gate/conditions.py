"""Conditions: what is told as free of any must be so in what is cited, none is put in, and none left out.

The words that set a condition or take it away are closed classes; what the condition is need not be known.
"""

from collections.abc import Iterator
from itertools import chain

from summaries.gate import polarity
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, clause_of
from summaries.reading import Parsed
from summaries.text import fold, forms_of
from summaries.types import Reason

_CONDITIONING = forms_of("اشترط/يشترط ارتبط/يرتبط ارتهن/يرتهن")
_CONDITIONAL = forms_of("", "مشروط مشروطة مقيد مقيدة مرتبط مرتبطة مرهون مرهونة مربوط مربوطة منوط منوطة")
_CONDITIONS = frozenset(  # without «his» and «their», with which they are conditions of somebody
    fold(lead + noun)
    for noun in "شرط شروط اشتراط اشتراطات قيد قيود مقابل ربط".split()
    for lead in ("", "ال", "ب", "ل")
)
_ASKS = forms_of("طلب/يطلب طالب/يطالب انتظر/ينتظر")
_IN_RETURN = frozenset(fold(w) for w in "المقابل بالمقابل مقابل لقاء".split())
_WHATEVER = frozenset(fold(w) for w in "مهما أيا".split())
_ASIDE, _VIEW = frozenset(("بغض", "بصرف")), fold("النظر")
_REACH = 3  # words from «دون» or «غير» to the word of condition
_FAR = 8  # the same to «في المقابل»

_IF = frozenset(fold(w) for w in "إذا وإذا فإذا شريطة بشرط شرط".split())
_SETTING = _IF | forms_of(
    "اشترط/يشترط ارتهن/يرتهن", "شرط مشروط مشروطة مرهون مرهونة منوط منوطة", "شريطة رهن رهنا رهينا رهينة"
)
# What may take a condition up in other words, a time or a price among it.
_TAKING_UP = _SETTING | forms_of(
    "ربط/يربط علق/يعلق رهن/يرهن طالب/يطالب طلب/يطلب ضمن/يضمن كفل/يكفل انتظر/ينتظر",
    "ضمان مطلب شروط ربط انتظار",
    "حال حالة بعد بعدما قبل حين عند عندما فور حتى لو ولو ما لحين ريثما دون بدون إلا مقابل لقاء متى كلما طالما مادام",
)
_LEAST = 3  # words that the sentence has of what the condition is for
_MOST = 0.6  # of its words: it speaks of that, not of something else
_NEXT = 6  # words before the condition among which one of those stands


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.condition` where the sentence says that something holds without a condition and what is cited does not,
    where it sets a condition and what is cited has none, or leaves out the one that is cited.
    """
    for rule in (_lifted, _added, _dropped):
        place = rule(pair)
        if place is not None:
            reason = Reason(code="gate.condition", values={"word": pair.claim.tokens[place].text})
            yield Finding(reason=reason, place=place, evidence=Evidence.EXCHANGED)
            return


def _lifted(pair: Pair) -> int | None:
    if any(lifted(pair.source.parsed, low, high) is not None for low, high in pair.ranges):
        return None
    return lifted(pair.claim, 0, len(pair.claim.tokens))


def lifted(parsed: Parsed, low: int, high: int) -> int | None:
    """The place of the first word between two places that takes a condition away; None where none does."""
    for place in range(low, high):
        bare = parsed.tokens[place].folded.removeprefix("و")
        aside = bare in _ASIDE and place + 1 < high and parsed.tokens[place + 1].folded == _VIEW
        if bare in _WHATEVER or aside:
            return place
        if polarity.is_sharp(parsed, place) and (found := _condition_after(parsed, place, high)) is not None:
            return found
    return None


def _condition_after(parsed: Parsed, negator: int, high: int) -> int | None:
    """The place of the word of condition that a negator takes away: «دون أي شرط», «دون أن يطلب شيئا في المقابل»."""
    asks = False
    without = polarity.nominal(parsed, negator) or parsed.tokens[negator].folded.endswith("غير")
    for place in range(negator + 1, min(high, negator + 1 + _FAR)):
        if any(mark in parsed.between(place - 1, place) for mark in "،؛.:"):
            return None
        folded = parsed.tokens[place].folded
        near = place <= negator + (_REACH if without else 1)
        if near and (folded in _CONDITIONING | _CONDITIONAL or (without and folded in _CONDITIONS)):
            return place
        if asks and folded in _IN_RETURN:
            return place
        asks = asks or (without and folded in _ASKS)
    return None


def _set(parsed: Parsed, low: int, high: int, words: frozenset[str]) -> Iterator[int]:
    """The places between two at which a condition begins; «ما إذا» asks and sets none."""
    for place in range(low, high):
        folded = parsed.tokens[place].folded
        before = parsed.tokens[place - 1].folded if place > low else ""
        if folded in words and not before.endswith("ما"):
            yield place
        elif (before, folded) in (("ما", "لم"), ("في", "حال")):
            yield place - 1


def _added(pair: Pair) -> int | None:
    cited = chain.from_iterable(pair.source.parsed.tokens[low:high] for low, high in pair.ranges)
    if any(token.folded in _TAKING_UP for token in cited):
        return None
    return next(_set(pair.claim, 0, len(pair.claim.tokens), _IF), None)


def _dropped(pair: Pair) -> int | None:
    """A word of what a cited condition is for, where the sentence has no word of the condition itself."""
    source = pair.source.parsed
    if any(token.folded in _TAKING_UP for token in pair.claim.tokens):
        return None
    for low, high in pair.ranges:
        for place in _set(source, low, high, _SETTING):
            first, last = clause_of(source, place, low, high)
            met = [
                (term, {other.place for other in pair.aligned[term.place]} & set(range(first, last)))
                for term in pair.terms
            ]
            main = [term for term, there in met if there and min(there) < place]
            of_condition = any(there and min(there) > place for _, there in met)
            beside = any(place - _NEXT <= other < place for _, there in met for other in there)
            enough = len(main) >= max(_LEAST, _MOST * len(pair.terms))
            if enough and beside and not of_condition:
                return main[0].place
    return None
