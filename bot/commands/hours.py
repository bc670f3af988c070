"""Hours of the day as people type them: `08:00`, `٨:٣٠`, `8pm`, `٨ ونصف مساء`, `الثامنة إلا ربعا`. Pure."""

import re
from itertools import pairwise

from bot.errors import UsageError
from summaries.text import fold

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HOUR = re.compile(r"(\d{1,2})(?:[:٫.](\d{2}))?\s*(am|pm|ص|م)?")
_NUMBER = re.compile(r"\d{1,4}(?:[:٫.]\d{2})?(?:am|pm|ص|م)?")
_NAMES = (
    "واحده الواحده", "اثنتان ثنتين اثنين ثانيه الثانيه", "ثلاث ثلاثه الثالثه", "اربع اربعه الرابعه",
    "خمس خمسه الخامسه", "ست سته السادسه", "سبع سبعه السابعه", "ثمان ثماني ثمانيه الثامنه", "تسع تسعه التاسعه",
    "عشر عشره العاشره",
)  # fmt: skip
_NAMED = {name: hour for hour, names in enumerate(_NAMES, start=1) for name in names.split()}
_AFTER_TEN = {"الحاديه عشره": "11", "احدي عشره": "11", "الثانيه عشره": "12", "اثنتا عشره": "12"}
_PARTS = {
    **dict.fromkeys(("ونصف", "ونص", "والنصف", "والنص"), 30), **dict.fromkeys(("وربع", "والربع"), 15),
    **dict.fromkeys(("وثلث", "والثلث"), 20),
}  # fmt: skip
_LACKING = "الا"
_LESS = {"ربع": 15, "ربعا": 15, "الربع": 15, "ثلث": 20, "ثلثا": 20, "الثلث": 20}  # after «إلا»
_MORNING = frozenset(("am", "ص", "صباحا", "فجرا"))
_EVENING = frozenset(("pm", "م", "مساء", "عصرا", "ظهرا"))
_NIGHT = "ليلا"
_HALVES = _MORNING | _EVENING | {_NIGHT}


def digits(text: str) -> str:
    """Arabic-Indic and Persian digits as 0-9."""
    return text.translate(_DIGITS)


def minute_of_day(text: str) -> int:
    """An hour as minutes after midnight, 0-1439. Raises `UsageError("usage.hour")`."""
    words = _words(text)
    halves = [word for word in words if word in _HALVES]
    more = [_PARTS[word] for word in words if word in _PARTS]
    less = [-_LESS[after] for before, after in pairwise(words) if before == _LACKING and after in _LESS]
    rest = [word for word in words if not _belongs(word)]
    found = _HOUR.fullmatch(" ".join(str(_NAMED.get(word, word)) for word in rest))
    halves += [found[3]] if found and found[3] else []
    told = [*more, *less]
    unpaired = sum(word in _LESS or word == _LACKING for word in words) != 2 * len(less)
    if found is None or len(halves) > 1 or len(told) > 1 or unpaired or (told and found[2]):
        raise UsageError("usage.hour", hour=text)
    hour, minute, half = int(found[1]), int(found[2] or 0), "".join(halves)
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        raise UsageError("usage.hour", hour=text)
    return ((_of_24(hour, half) if half else hour) * 60 + minute + sum(told)) % 1440


def goes_on(so_far: str, word: str) -> bool:
    """Whether a word belongs to the hour (or number) before it: `8` and `pm`, `٨` and «ونصف», «الثامنة» and «مساء»."""
    before, added = _words(so_far), _words(word)
    if not before or not added:
        return False
    if len(before) == 1 and _words(f"{so_far} {word}") in (["11"], ["12"]):
        return True  # «الثانية» and «عشرة»
    begun = bool(_NUMBER.fullmatch(before[0])) or before[0] in _NAMED
    return begun and all(_belongs(each) for each in added)


def _belongs(word: str) -> bool:
    return word in _HALVES or word in _PARTS or word in _LESS or word == _LACKING


def _of_24(hour: int, half: str) -> int:
    """An hour of twelve. At night twelve is midnight, and what is before six has midnight behind it."""
    late = half in _EVENING or (half == _NIGHT and 6 <= hour < 12)
    return hour % 12 + (12 if late else 0)


def _words(text: str) -> list[str]:
    told = re.sub(r"\s+", " ", fold(digits(text)).lower()).strip()
    for name, hour in _AFTER_TEN.items():
        told = told.replace(name, hour)
    return [word for word in told.split() if word not in {"الساعه", "ساعه"}]
