"""What bounds a number: «نحو», «أكثر من», «أقل من», «لا يتجاوز», before it and after it."""

import re
from dataclasses import replace
from itertools import pairwise

from summaries.figures import numbers
from summaries.gate.figure import Figure
from summaries.gate.words import bare_forms
from summaries.reading import Parsed
from summaries.text import fold

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
_NOT = frozenset(fold(w) for w in "لا لم لن ألا ولا ولم ولن وألا".split())
_NEAR = 3  # words before a number in which «about», «over», «under» stand
_FAR = 7  # the same where «عن» or «على» stands right before it: «لا يقل عدد السكان عن 500»
_FROM = frozenset(fold(w) for w in ("عن", "على"))
_NEARING = frozenset(fold(w) for w in ("يقترب", "تقترب", "اقترب", "اقتربت"))
MARK = re.compile("[،,.؛:()]")


def bounded(parsed: Parsed, figure: Figure, first: int) -> Figure:
    """A figure with «about», «over» and «under» as they stand before it, from the token `first` on, and after it."""
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
        if after and not MARK.search(parsed.text[figure.end : parsed.tokens[place + 1].start])
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
        if MARK.search(gap) or token.folded[0].isdigit() or numbers(token.text):
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


_AT_MOST = (fold("على"), fold("الأكثر"))
_AT_LEAST = (fold("على"), fold("الأقل"))
