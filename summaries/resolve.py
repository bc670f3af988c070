"""Making a sentence stand alone: the speaker it leaves out and the day it means, added in square brackets."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from summaries.text import Token, fold, tokens
from summaries.types import Span, Statement

# Days are counted where most of the outlets are, three hours east of Greenwich.
_EAST = timedelta(hours=3)
_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
_WEEKDAYS = {
    fold(name): number
    for number, name in enumerate(("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"))
}
_NEXT = frozenset(("المقبل", "القادم", "القادمه", "المقبله"))
_NOT_TODAY_BEFORE = frozenset(("في", "حتي", "ذلك", "منذ", "هذا", "بعد", "الي", "من"))
_NOT_TODAY_AFTER = frozenset(
    ("التالي", "السابق", "الاول", "الثاني", "الثالث", "نفسه", "ذاته", "الذي", "العالمي", "الوطني", "الاخير")
)
_NOT_A_DAY_BEFORE = frozenset(("بين", "هذين", "كلا", "مع", "كل", "ايام", "يومي"))
# What may put a weekday ahead rather than behind.
_AHEAD = re.compile(
    r"^ي\w{2,}|\b[وف]?(?:س(?!ياس|يار|يطر|ياد|يد|ينا|ينم|يف|يول|تين|ته\b|تار|نوا|ند)[يتن]\w{2,}|سوف|لن|المقرر|مقررا|المزمع|المرتقب|المتوقع|المنتظر|[يت]عتزم|[يتن]نوي|المقبل|القادم|غدا"
    r"|علي ان|قبل|قبيل|عشيه|حتي|موعد|مهله)\b"
)
# What leans on the sentence before it.
_GOES_ON = frozenset(
    (
        "اضاف", "اضافت", "اضافوا", "تابع", "تابعت", "اكمل", "اكملت", "استطرد", "استطردت", "اردف", "اردفت", "مضي", "زاد",
        "واصل", "واصلت", "اوضح", "اوضحت", "اكد", "اكدت", "اشار", "اشارت", "قال", "قالت", "شدد", "شددت", "ذكر", "ذكرت",
        "اعتبر", "اعتبرت", "راي", "رات", "لفت", "لفتت", "حذر", "حذرت", "اعرب", "اعربت", "نفي", "نفت", "دعا", "دعت",
        "طالب", "طالبت", "بين", "نبه", "نوه", "ختم", "اختتم", "صرح", "صرحت", "كشف", "كشفت", "اعلن", "اعلنت",
    )
)  # fmt: skip
_SAID_AT_ONCE = frozenset(
    (
        "ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "الي", "قايلا", "قايله", "علي", "في", "خلال", "عبر", "لدي",
        "امام", "ردا", "عن", "قوله", "قولها", "بقوله", "بقولها",
    )
)  # fmt: skip
_LEANING = frozenset(
    (
        "لكنه", "لكنها", "لكن", "ولكن", "هو", "هي", "هم", "وهو", "وهي", "وهم", "كما", "وذلك", "ذلك", "وهذا", "هذا",
        "وهذه", "لذلك", "ولذلك", "غير", "الا", "بدوره", "وبدوره", "وكذلك", "كذلك", "ايضا", "وانه", "انه", "انها",
        "وانها", "وكان", "وكانت", "ثم", "عندها", "حينها", "وقتها", "بينما", "فيما", "وفيما", "وبينما", "منهم", "ومنهم",
        "وياتي", "وجاء",
    )
)  # fmt: skip
_PRONOUN_OPENING = re.compile(
    r"^و?(?:من جانبه|من جهته|من ناحيته|علي اثر ذلك|في المقابل|بالتالي|وعليه|في هذا|في السياق|في الاثناء)"
)


def leans(text: str, statements: Sequence[Statement], sentence: Span, whole: str) -> bool:
    """Whether a sentence cannot stand alone, and no speaker can be given back to it.

    `whole` is the article's text, `sentence` where the sentence stands in it.
    """
    words = tokens(text)
    if not words:
        return True
    first = words[0].folded
    if any(_named_in(sentence, statement) for statement in statements):
        return False
    if first in _LEANING or _PRONOUN_OPENING.match(fold(text[:30])):
        return True
    return drops_speaker(words, text) and missing_speaker(statements, sentence, whole) is None


def _named_in(sentence: Span, statement: Statement) -> bool:
    """Whether somebody speaks in the sentence who is named there."""
    named = statement.speaker_span
    return named is not None and sentence.start <= named.start < sentence.end


def drops_speaker(words: Sequence[Token], text: str) -> bool:
    """Whether a verb of saying opens the sentence and what is said follows at once."""
    first = words[0].folded
    bare = first[1:] if first[:1] in ("و", "ف") and first[1:] in _GOES_ON else first
    if bare not in _GOES_ON or len(words) < 2:
        return False
    between = text[words[0].end : words[1].start]
    return words[1].folded in _SAID_AT_ONCE or any(mark in between for mark in ':"«“')


def missing_speaker(
    statements: Sequence[Statement], sentence: Span, whole: str
) -> tuple[Statement, int] | None:
    """The statement that opens a sentence without its speaker, and the offset after its verb, where the speaker
    belongs; None where nothing is missing or nobody is known.
    """
    inside = [s for s in statements if sentence.start <= s.span.start < sentence.end and s.verb]
    first = min(inside, key=lambda statement: statement.span.start, default=None)
    words = tokens(whole[sentence.start : sentence.end])
    if first is None or first.speaker is None or _named_in(sentence, first) or not words:
        return None
    if not drops_speaker(words, whole[sentence.start : sentence.end]):
        return None
    return first, sentence.start + words[0].end


def shown(text: str, sentence: Span, whole: str, statements: Sequence[Statement], at: datetime | None) -> str:
    """The sentence as a reader sees it: `text` with the speaker and the dates it leaves out in brackets.

    >>> from datetime import UTC
    >>> shown("اجتمعا أمس.", Span(start=0, end=11), "اجتمعا أمس.", (), datetime(2024, 3, 26, 9, tzinfo=UTC))
    'اجتمعا أمس [25 مارس].'
    """
    added: list[tuple[int, str]] = []
    if text == whole[sentence.start : sentence.end]:
        missing = missing_speaker(statements, sentence, whole)
        if missing is not None:
            added.append((missing[1] - sentence.start, str(missing[0].speaker)))
    if at is not None:
        added += dates(text, at)
    for place, words in sorted(added, reverse=True):
        text = f"{text[:place]} [{words}]{text[place:]}"
    return text


def dates(text: str, at: datetime) -> list[tuple[int, str]]:
    """Where a text names a day by its distance or weekday, and which it is; `at` is when it was published."""
    today = (at + _EAST).date()
    words, found = tokens(text), []
    place = 0
    while place < len(words):
        ahead = words[place].folded in _WEEKDAYS and bool(_AHEAD.search(fold(text[: words[place].start])))
        day, taken = _day(words, place, today, ahead)
        if day is not None:
            found.append((words[place + taken - 1].end, written(day, today)))
        place += taken
    return found


def _day(words: Sequence[Token], place: int, today: date, ahead: bool) -> tuple[date | None, int]:
    """The day that is named at a word, and over how many words."""
    word = words[place].folded
    before = words[place - 1].folded if place else ""
    after = words[place + 1].folded if place + 1 < len(words) else ""
    if word == "امس" and (after == "الاول" or before == "اول"):
        return today - timedelta(days=2), 2 if after == "الاول" else 1
    if word == "امس":
        return _agreeing(today - timedelta(days=1), after)
    if word == "غدا":
        return _agreeing(today + timedelta(days=1), after)
    if word == "اليوم" and before not in _NOT_TODAY_BEFORE and after not in _NOT_TODAY_AFTER:
        return _agreeing(today, after)
    if word in _WEEKDAYS and before not in _NOT_A_DAY_BEFORE and not after[:1].isdigit():
        return _weekday(_WEEKDAYS[word], before, after, today, ahead)
    return None, 1


def _agreeing(day: date, after: str) -> tuple[date | None, int]:
    """The day, over two words where its weekday is named. Where that is another («اليوم الخميس» in what is stamped
    Friday), the text is right: the day beside with that name; none where the stamp is farther off.
    """
    if after not in _WEEKDAYS:
        return day, 1
    beside = (day + timedelta(days=shift) for shift in (0, -1, 1))
    return next((near for near in beside if near.weekday() == _WEEKDAYS[after]), None), 2


def _weekday(number: int, before: str, after: str, today: date, ahead: bool) -> tuple[date | None, int]:
    if after in _NEXT:
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1), 2
    back = (today.weekday() - number) % 7
    if after == "الماضي":
        return today - timedelta(days=back or 7), 2
    if ahead or before in {"من", "الي", "حتي", "قبل", "بعد"}:
        return None, 1  # it may be the next
    return today - timedelta(days=back), 1


def written(day: date, today: date) -> str:
    """A date as Arabic newspapers write it; with its year where that is not the article's."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"
