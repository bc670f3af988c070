"""Numbers that one word tells: fractions, ordinals, duals, «مئات», «أحدهم»."""

import re
from dataclasses import replace
from decimal import Decimal

from summaries.figures import numbers
from summaries.gate.figure import Figure
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
from summaries.gate.times import unit_of
from summaries.gate.words import bare_forms
from summaries.reading import Parsed
from summaries.text import fold, known_word

_FEMININE_DUAL = re.compile("^[وفبلك]?(?:ال|ل)?(.{2,})ت[يا]ن$")
_SCALE = re.compile("^(?:ال)?(?:(الاف|الف(?:ا|ين|ان)?$)|(ملايين|مليون)|(مليار))")
_OWN = re.compile("(?<=...)(?:ها|هم|هما|ه)$")
_DEFINITE = re.compile("^[وف]?(?:[بك]?ال|لل)")


def _after_its_like(parsed: Parsed, place: int, first: int) -> bool:
    """Whether a word and the one before it end in «ا»: «أسبوعا ثالثا»."""
    return place > first and all(token.folded.endswith("ا") for token in parsed.tokens[place - 1 : place + 1])


def _again(parsed: Parsed, place: int) -> bool:
    """Whether «ثانية» means «again»: it follows a definite noun and stands without an article."""
    if place == 0 or parsed.tokens[place].folded not in ("ثانيه", "ثانيا"):
        return False
    before = parsed.tokens[place - 1]
    return before.folded.startswith(("ال", "لل", "وال", "بال")) or before.folded in ("مره", "كره")


def worded(parsed: Parsed, place: int, first: int) -> Figure | None:
    """The number that the word at a place tells by itself or with its neighbours; `first`: where its span begins."""
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
            value = Decimal(200 if form.startswith("مي") else 2 * scale_of(form))
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


def scale_of(folded: str) -> int:
    """Of «ملايين» a million, of «آلاف» a thousand, of any other folded word one."""
    found = next((m for form in bare_forms(folded) if (m := _SCALE.match(form))), None)
    return 1 if found is None else (0, 1000, 10**6, 10**9)[found.lastindex or 0]
