"""Numbers in digits and in words. Offsets are of the text as given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from summaries.text import Token, fold, tokens

_UNITS = {
    "واحد": 1, "واحده": 1, "احد": 1, "احدي": 1, "اثنان": 2, "اثنين": 2, "اثنتان": 2, "اثنتين": 2, "اثنا": 2, "اثني": 2,
    "اثنتا": 2, "اثنتي": 2, "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6,
    "سبع": 7, "سبعه": 7, "ثمان": 8, "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
_UNITS |= {fold(word): value for word, value in (
    ("ثلاثا", 3), ("أربعا", 4), ("خمسا", 5), ("ستا", 6), ("سبعا", 7), ("ثمانيا", 8), ("تسعا", 9), ("عشرا", 10),
    ("إحدى", 1), ("واحدا", 1),
)}  # fmt: skip
_TENS = {
    "عشرون": 20, "عشرين": 20, "ثلاثون": 30, "ثلاثين": 30, "اربعون": 40, "اربعين": 40, "خمسون": 50, "خمسين": 50,
    "ستون": 60, "ستين": 60, "سبعون": 70, "سبعين": 70, "ثمانون": 80, "ثمانين": 80, "تسعون": 90, "تسعين": 90,
}  # fmt: skip
_HUNDREDS = {
    "ماءه": 100,
    "مايه": 100,
    "ميه": 100,
    "مءه": 100,
    "ماتي": 200,
    "مايتان": 200,
    "مايتين": 200,
    "ميتان": 200,
    "ميتين": 200,
    "ميتي": 200,
    "ميتا": 200,
    "مايتي": 200,
    "مايتا": 200,
}
_HUNDREDS |= {
    fold(unit + hundred): value * 100
    for unit, value in (("ثلاث", 3), ("أربع", 4), ("خمس", 5), ("ست", 6),
                        ("سبع", 7), ("ثمان", 8), ("ثمانية", 8), ("تسع", 9))
    for hundred in ("مائة", "مئة", "ماية")
}  # fmt: skip
_DEAD = ("ميتا", "ميتاً")  # «ميتا» is dead, «مئتا» two hundred
_SCALES = {
    "الف": 1000, "الفا": 1000, "الاف": 1000, "الفان": 2000, "الفين": 2000, "مليون": 10**6, "مليونا": 10**6,
    "ملايين": 10**6,
    "مليونان": 2 * 10**6, "مليونين": 2 * 10**6, "مليار": 10**9, "مليارا": 10**9, "مليارات": 10**9, "ملياران": 2 * 10**9,
    "مليارين": 2 * 10**9, "بليون": 10**9, "تريليون": 10**12, "تريليونات": 10**12,
}  # fmt: skip
_LONE = frozenset(
    ("احد", "احدي", "واحد", "واحده", "ست", "الف", "الاف", "ملايين", "مليارات", "ماتي", "سبع", "عشر", "خمس")
)
"""Words that stand for a number only beside another: «أحد المسؤولين», «آلاف المتظاهرين»."""
_COUNTING = frozenset(("ست", "سبع", "عشر", "خمس", "الف"))
"""Of these: numbers too where a noun without «ال» follows at once: «ست سنوات», «ألف جندي»."""
_NO_NOUN = frozenset(
    fold(word) for word in "في من إلى على عن مع أن إن لا ما لم لن قد كل كتاب رواية مقال مقالا كتابا".split()
)
_ORDINAL = re.compile("^[وفبلك]*(?:ال)?(?:[حث]ا[دن]ي?|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع)ه?$")
_OF_ORDINAL = re.compile("^(?:عشره?|وال\\w+[وي]ن)$")
_PERCENT = re.compile(r"\s*(?:%|٪|في المئة|في المائة|بالمئة|بالمائة|في المية)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as written between `start` and `end`."""

    start: int
    end: int
    value: Decimal
    percent: bool = False


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in digits and in words, in order. «الثلاثاء» and ordinals are none."""
    words = tokens(text)
    found, place = [], 0
    while place < len(words):
        number, used = _number_at(words, place, text)
        if number is not None:
            found.append(number)
        place += max(1, used)
    return tuple(found)


def _number_at(words: Sequence[Token], place: int, text: str) -> tuple[Number | None, int]:
    word = words[place]
    if place and _OF_ORDINAL.match(word.folded) and _ORDINAL.match(words[place - 1].folded):
        return None, 1  # «الثالث عشر»، «الخامسة والعشرين»
    value, used = _in_digits(words, place) if word.folded[:1].isdigit() else _in_words(words, place)
    if value is None:
        return None, used
    end = words[place + used - 1].end
    percent = _PERCENT.match(text, end)
    start = word.start + (_value(word.folded)[0] is None and word.folded[0] == "و")
    return Number(start=start, end=end, value=value, percent=percent is not None), used


def _in_digits(words: Sequence[Token], place: int) -> tuple[Decimal | None, int]:
    value = digits(words[place].folded)
    if value is None:
        return None, 1
    scale = _SCALES.get(words[place + 1].folded) if place + 1 < len(words) else None
    if scale is not None and scale in (1000, 10**6, 10**9, 10**12):
        return value * scale, 2
    return value, 1


def digits(written: str) -> Decimal | None:
    """The value of a number in digits: a comma before three digits groups, another divides.

    >>> digits("1,250.5"), digits("3,5")
    (Decimal('1250.5'), Decimal('3.5'))
    """
    plain = fold(written)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def _in_words(words: Sequence[Token], place: int) -> tuple[Decimal | None, int]:
    """The number that begins at a word, and how many words it takes: «ألف وستمئة», «ثلاثة وعشرين ألفا»."""
    total, current, used = 0, 0, 0
    if words[place].text.startswith(_DEAD):
        return None, 1
    lone = words[place].folded.removeprefix("و")
    lone = lone if lone in _LONE else lone[1:] if lone[:1] in tuple("بلك") and lone[1:] in _LONE else ""
    while place + used < len(words):
        word = words[place + used].folded
        value, joined = _value(word)
        if value is None and not used and lone and word != lone:
            value, joined = _value(lone)
        if value is None and word.startswith("و"):
            value, joined = _value(word[1:])
            if used and value is not None and not joined and _another(current, value):
                break
        elif used and not joined and value is not None and value < 1000 and not _fits(current, value):
            break
        if value is None:
            break
        if value >= 1000:
            total += (current or 1) * value if value in (1000, 10**6, 10**9, 10**12) else value
            current = 0
        elif value == 100 and 0 < current < 10:
            current *= 100
        else:
            current += value
        used += 1
    if not used or (used == 1 and lone and not _counts(words, place, lone)):
        return None, max(1, used)
    return Decimal(total + current), used


def _counts(words: Sequence[Token], place: int, lone: str) -> bool:
    """Whether a word that is a number or something else counts the noun behind it: «عشر رهائن»."""
    if lone not in _COUNTING or place + 1 >= len(words) or words[place + 1].start - words[place].end != 1:
        return False
    after = words[place + 1].folded
    return (
        after[0].isalpha()
        and not after.startswith(("ال", "لل"))
        and after not in _NO_NOUN
        and _value(after.removeprefix("و"))[0] is None
    )


def _value(word: str) -> tuple[int | None, bool]:
    if word.endswith("الاثنين"):
        return None, False  # Monday
    for form in (word, _without_clitic(word)):
        for table in (_UNITS, _TENS, _HUNDREDS, _SCALES):
            if form in table:
                return table[form], table is _SCALES
    return None, False


def _without_clitic(word: str) -> str:
    """«بأربعة», «لثلاثين», «العشرين»: without the letters before; short words keep them, for «بست» is rare."""
    for clitic in ("بال", "لل", "ال", "ب", "ل", "ك"):
        hundred = len(clitic) == 1 and word[1:] in _HUNDREDS  # «بمئة», not «بالمئة»
        least = len(clitic) + (2 if hundred or word[2:] in _UNITS else 3)
        if word.startswith(clitic) and len(word) > least and word[len(clitic) :] not in _LONE - {"خمس"}:
            return word[len(clitic) :]
    return word


def _another(current: int, value: int) -> bool:
    """Whether a word with و begins a number of its own: «أربعة وستة», «عشرين وثلاثين»."""
    if value >= 100:
        return current >= 100
    return current % 100 >= 10 if value >= 10 else current % 10 > 0


def _fits(current: int, value: int) -> bool:
    """Whether a word continues the number without و: «خمسة عشر», «ثلاث مئة»."""
    return (value == 10 and 0 < current < 10) or (value == 100 and 0 < current < 10)
