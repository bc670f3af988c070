"""Whether a Latin and an Arabic word may be one name, by their consonants."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from summaries.text import fold

_LATIN = (
    ("ph", "F"), ("kh", "K"), ("gh", "G"), ("sh", "X"), ("sch", "X"), ("tch", "X"), ("ch", "X"),
    ("th", "T"), ("dh", "D"), ("ck", "K"), ("qu", "K"), ("x", "KS"), ("c(?=[eiy])", "S"),
    ("[bp]", "B"), ("[fv]", "F"), ("[kcq]", "K"), ("[gj]", "G"), ("[sz]", "S"), ("t", "T"),
    ("d", "D"), ("r", "R"), ("l", "L"), ("m", "M"), ("n", "N"),
)  # fmt: skip
_ARABIC = {
    "ب": "B", "ت": "T", "ث": "T", "ج": "G", "خ": "K", "د": "D", "ذ": "D", "ر": "R", "ز": "S",
    "س": "S", "ش": "X", "ص": "S", "ض": "D", "ط": "T", "ظ": "S", "غ": "G", "ف": "F", "ق": "K",
    "ك": "K", "ل": "L", "م": "M", "ن": "N",
}  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_LIKE, _SHORT = 0.75, 3
_JOINED = re.compile(r"^(?:[وف])?(?:لل|ال|بال|[بلك])?")


@lru_cache(maxsize=50_000)
def latin_sound(word: str) -> str:
    """The consonants of a Latin word as classes of sound; vowels, h, w and y are none."""
    rest = word.lower()
    for pattern, sound in _LATIN:
        rest = re.sub(pattern, sound, rest)
    return _DOUBLE.sub(r"\1", "".join(letter for letter in rest if letter.isupper()))


@lru_cache(maxsize=50_000)
def arabic_sound(word: str) -> str:
    """The consonants of an Arabic word as the same classes."""
    return _DOUBLE.sub(r"\1", "".join(_ARABIC.get(letter, "") for letter in fold(word)))


def sounds_like(latin: str, arabic: str) -> bool:
    """Whether the two may be one name: «Hochstein» and «هوكشتاين», «Gallant» and «غالانت».

    >>> sounds_like("Hochstein", "هوكستين"), sounds_like("Miller", "كيربي")
    (True, False)
    """
    wanted = latin_sound(latin)
    for form in {arabic, _JOINED.sub("", fold(arabic), count=1)}:
        offered = arabic_sound(form)
        if wanted == offered and wanted:
            return True
        if (
            min(len(wanted), len(offered)) >= _SHORT
            and SequenceMatcher(None, wanted, offered).ratio() >= _LIKE
        ):
            return True
    return False


_SOUNDS = str.maketrans(_ARABIC | dict.fromkeys("جغخقك", "K") | {"ه": "H", "ح": "H", "ڤ": "F"})
_SILENT = re.compile("[^A-Z]")
_FEW = 3  # consonants from which a name is known by them alone


@lru_cache(maxsize=50_000)
def sound_row(word: str) -> str:
    """The consonants of a name as classes of sound, in which spellings of one foreign name meet: غ ج ك ق are one."""
    sounds = _SILENT.sub("", fold(word).replace("تش", "ش").replace("دج", "ج").translate(_SOUNDS))
    return _DOUBLE.sub(r"\1", sounds)


def same_sound(one: str, other: str) -> bool:
    """Whether two Arabic spellings may be one name: the same consonants, vowels as they come.

    >>> same_sound("غريغوري", "جريجوري"), same_sound("زندبيرغ", "زندبرغ"), same_sound("كوهلر", "كوهنر")
    (True, True, False)
    """
    mine = sound_row(one)
    if mine != sound_row(other):
        return False
    return len(mine) >= _FEW or (
        len(mine) > 1 and one[:1] == other[:1] and abs(len(one) - len(other)) < _APART
    )


_APART = 2  # letters by which spellings of a short name differ


def sound_keys(word: str) -> frozenset[str]:
    """The key under which spellings of a name meet; none where it has too few consonants."""
    row = sound_row(word)
    return frozenset(("≈" + row,)) if len(row) >= _FEW else frozenset()
