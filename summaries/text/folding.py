"""The key by which spellings of one word meet. It is never shown."""

import re
import unicodedata

# What has no width or only colours a letter: harakat, superscript alef, Quranic marks, tatweel, direction marks.
_HARAKAT = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"
_MARKS = _HARAKAT + "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_MARK = re.compile(f"[{_MARKS}]")

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
    "ۃ": "ه", "ہ": "ه", "ە": "ه", "ھ": "ه", "ک": "ك", "گ": "ك", "ڪ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج", "ژ": "ز",
    "ڨ": "ق", "٫": ".", "٬": ",", "٪": "%",
}  # fmt: skip
_DIGITS = {digit: str(value % 10) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_TABLE = str.maketrans(_LETTERS | _DIGITS)
# Presentation forms (U+FB50-FDFF, FE70-FEFC) are what is left of old encodings. Only these are decomposed:
# NFKC over all would damage signs such as ﷺ, and the spacing harakat would bring blanks into words.
_PRESENTATION = re.compile("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufef5-\ufefc\ufe80-\ufef4]")


def fold(text: str) -> str:
    """The key under which spellings of one word meet: no marks, one alef, ya, ha and kaf, ASCII digits, lower
    case. Shorter than its text where there were marks; see `fold_with_offsets`. Idempotent.
    """
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _MARK.sub("", text.translate(_TABLE)).lower()


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) the offset in `text` it came from.

    >>> fold_with_offsets("قُلْ")
    ('قل', [0, 2, 4])
    """
    if not _MARK.search(text) and not _PRESENTATION.search(text):
        folded = text.translate(_TABLE).lower()
        if len(folded) == len(text):
            return folded, list(range(len(text) + 1))
    pieces: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(text):
        piece = fold(character)
        pieces.append(piece)
        offsets += [place] * len(piece)
    return "".join(pieces), [*offsets, len(text)]
