"""How plausible it is that these letters are what somebody wrote, measured without a dictionary."""

import re

# Parts in a thousand, rounded, of the letters of Arabic newspaper prose.
_FREQUENCY = {
    letter: count
    for letters, count in (
        ("ا", 130), ("ل", 115), ("ي", 75), ("م", 65), ("و", 62), ("ن", 60), ("ر", 52), ("ت", 50),
        ("ب", 36), ("ة", 35), ("عد", 33), ("هس", 30), ("ف", 28), ("قكأ", 25), ("ح", 22), ("ج", 15),
        ("ش", 14), ("ص", 11), ("خطىإ", 10), ("ض", 9), ("ذز", 7), ("ث", 6), ("غءئ", 5), ("ظ", 3), ("ؤآ", 2),
    )
    for letter in letters
}  # fmt: skip
_TYPICAL = 60.0  # the mean of the table over running text
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_ARABIC_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a]{4}")
_ARTICLE = re.compile(r"(?<![\u0621-\u064a])[وفبك]?ال[\u0621-\u064a]{2}")
_SAMPLE = 4000


def looks_arabic(text: str) -> bool:
    """Whether there are Arabic words in it: a quick test, exact enough for valid UTF-8."""
    return _ARABIC_WORD.search(text) is not None


def foreign_letters(text: str) -> int:
    """How many letters beyond ASCII there are."""
    return sum(character.isalpha() for match in _FOREIGN.finditer(text) for character in match[0])


def plausibility(text: str) -> float:
    """From about -1 (certainly misread) over 0 (nothing to judge by) to 1 and more (running Arabic)."""
    runs = []
    length = 0
    for match in _FOREIGN.finditer(text):
        runs.append((match[0], _beside_latin(text, match)))
        length += len(match[0])
        if length > _SAMPLE:
            break
    if not length:
        return 0.0
    total = sum(_run(run, beside) for run, beside in runs)
    articles = sum(len(match[0]) for match in _ARTICLE.finditer(" ".join(run for run, _ in runs)))
    return (total + 0.5 * articles) / length


def _beside_latin(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(match.start() - 1, 0) : match.start()], text[match.end() : match.end() + 1]
    return (before.isalpha() and before.isascii()) or (after.isalpha() and after.isascii())


def _run(run: str, beside_latin: bool) -> float:
    """The worth of a run of characters beyond ASCII. A single accented letter in a Latin word is well; a
    run of them is Arabic misread, and so is an Arabic letter glued to an accented one.
    """
    if beside_latin and len(run) == 1 and "\xc0" <= run <= "\u024f":
        return 1.0
    worth = 0.0
    for character in run:
        if character in _FREQUENCY:
            worth += min(_FREQUENCY[character] / _TYPICAL, 1.5) - 0.3
        elif character in "\u00a0،؛؟٪«»“”‘’–—…ـ\u200e\u200f\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652":
            worth += 0.2
        elif "\u0600" <= character <= "\u06ff":
            worth -= 0.2
        else:
            worth -= 1.0
    return worth
