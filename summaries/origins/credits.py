"""How a text credits an outlet: the words before its name, and those right behind it.

    verb        «كشفت صحيفة …», «أفاد المراسل السياسي لصحيفة …», «نشرها موقع …»
    source      «نقلا عن …», «بحسب ما أوردت …», «وفقا لموقع …», «في تقرير لصحيفة …»
    told        «قال مسؤولون لموقع …»: somebody spoke to it
    joined      «… وشبكة …» after a credited one

Anything else is no credit: an outlet that is talked about, where somebody works, or a photo's.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import product

from summaries.names import Mention
from summaries.reading import Parsed
from summaries.text import Token, fold
from summaries.types import Span

_PAST = (
    "نقل قال ذكر افاد كشف نشر اورد اعلن اكد كتب نسب تحدث استعرض سرب تناول بث ابرز ابرزت اضاف اوضح اشار "
    "لفت زعم علم رصد "
    "خلص اعتبر رجح توقع تطرق استند نوه بين اجري"
).split()
_PRESENT = "نقل قول ذكر فيد كشف نشر ورد علن وكد كتب تحدث شير زعم خلص عتبر رجح توقع بين".split()
_IRREGULAR = "حكت روت رات ادعت راي ادعي حكي روي علمت سربت اجرت".split()
_OBJECTS = ("", "ه", "ها", "هم", "هما")
VERBS = frozenset(
    conjunction + verb + pronoun
    for conjunction, verb, pronoun in product(
        ("", "و", "ف"),
        [*_PAST, *(v + "ت" for v in _PAST), *(p + v for v in _PRESENT for p in "يت"), *_IRREGULAR],
        _OBJECTS,
    )
)
"""Verbs by which an outlet reports, folded, with the pronoun of what it reported («نشرته»)."""

_SOURCES = frozenset(
    conjunction + word
    for conjunction in ("", "و", "ف", "ب")
    for word in (
        "وفق", "وفقا", "بحسب", "حسب", "حسبما", "نقلا", "طبقا", "استنادا", "عن", "المصدر", "لما", "كما", "مثلما",
        "تقرير",
        "تقارير", "تقريرا", "التقرير", "تحقيق", "تحقيقا", "تحقيقات", "مقال", "مقالا", "خبر", "خبرا",
        "تغطيه", "افتتاحيه",
    )
)  # fmt: skip
_HELD = frozenset(
    (
        "مقابله مقابلات المقابله لقاء حديث حديثه حوار حوارا تصريح تصريحا تصريحات تصريحاته مداخله "
        "حديثها تصريحاتها اتصال"
    ).split()
)  # said to an outlet
_CARRIERS = (
    "صحيفه جريده موقع الموقع قناه شبكه وكاله مجله اذاعه تلفزيون تليفزيون هييه محطه راديو منصه صحيفتي "
    "وكالتي قناتي شبكتي موقعي "
    "الصحيفه القناه الشبكه الوكاله المجله الالكتروني الاخباري الاخباريه الرسميه الرسمي انباء للانباء "
    "يوميه وسايل اعلام بوابه "
    "الانباء اخبار فضاييه تلفزه تلفزيونيه التلفزيونيه الخاصه المحليه محليه العبريه العبري ملحق نسخه طبعه"
).split()
_CARRIER = frozenset((*_CARRIERS, *("ال" + word for word in _CARRIERS)))
_PEOPLE = frozenset(
    "مراسل مراسله مراسلها مراسلو محرر محرره محلل معلق المراسل المحلل المعلق المحرر السياسي العسكري الصحفي "
    "الصحفيه صحفي كاتب الكاتب "
    "الدبلوماسي لشوون للشوون الامني الامنيه العسكريه السياسيه".split()
)
_TIMES = frozenset(
    "اليوم امس مساء صباح فجر الليله الماضيه السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه قد كانت "
    "كان في وقت سابق لاحق "
    "ايضا ما به بها عنه عنها عليه عليها اطلعت اطلع بدورها بدوره لاول مره حصريا عده كل من مقربه".split()
)
_ADDED = _CARRIER | _TIMES | frozenset(("", "الصادره", "كذلك"))  # between outlets that are credited together
_NEAR = 7  # words between a verb and the outlet that is its subject
_ENDS = re.compile(r"[.!؟?\n\u2029:؛]|\.\.")
_CONNECTING = re.compile(r"^[\s\"«»“”'()A-Za-z]*(?:[،,]?\s*و|[،,]|\+|/)[\s\"«»“”']*$")


class Credit(StrEnum):
    """How an outlet is credited."""

    VERB = "verb"
    SOURCE = "source"
    TOLD = "told"
    CHAIN = "chain"  # another outlet took it from there


def is_outlet(mention: Mention) -> bool:
    return mention.name.kind in {"outlet", "agency"}


def outlets(parsed: Parsed) -> list[Mention]:
    """The outlets and agencies that a text names, in order."""
    return [mention for mention in parsed.mentions if is_outlet(mention)]


def credit_of(parsed: Parsed, start: int) -> Credit | None:
    """How the outlet that begins at an offset is credited by the words before it in its sentence."""
    before = _clause(parsed, start)
    attached = _attached(parsed, start)
    place, told = _back_over_carriers(before, to=attached.endswith("ل"))
    head = before[place - 1].folded if place else ""
    if told:
        return _to(before[:place])
    if attached in {"و", "ف"} and not head:
        return None
    if head in _HELD or (head in {"مع", "من", "علي", "الي", "ب", "في", "عبر"} and place > 1):
        return _through(before, place)
    return _from(before[:place])


def _through(before: Sequence[Token], place: int) -> Credit | None:
    """After a preposition: «في تقرير على موقع …» credits, «في مقابلة مع …» is somebody speaking to it."""
    head, back = before[place - 1].folded, [token.folded for token in before[max(0, place - 5) : place - 1]]
    if head in _HELD or not _HELD.isdisjoint(back):
        return Credit.TOLD
    if head in {"علي", "في", "عبر"} and any(word in VERBS or word in _SOURCES for word in back):
        return Credit.SOURCE
    if head == "الي" and any(word.lstrip("وف").startswith("سرب") for word in back):
        return Credit.SOURCE
    return None


def _to(before: Sequence[Token]) -> Credit | None:
    """After ل: «وفقا لصحيفة …» and «مراسل صحيفة» credit; «قال لصحيفة …» is somebody speaking to it."""
    for back, token in enumerate(reversed(before[-_NEAR:])):
        word = token.folded
        if word in _SOURCES:
            return Credit.SOURCE if back < 4 else Credit.TOLD
        if word in _HELD:
            return Credit.TOLD
        if word in _PEOPLE and back < 3:
            return _from(before[: len(before) - back - 1])
        if word not in _TIMES and word not in _CARRIER and back:
            return Credit.TOLD
    return Credit.TOLD


def _from(before: Sequence[Token]) -> Credit | None:
    """The verb or preposition of which the outlet is subject or object, at most a few words before it."""
    for back, token in enumerate(reversed(before[-_NEAR:])):
        word = token.folded
        if word in _SOURCES:
            return Credit.SOURCE
        if word in VERBS:
            return Credit.VERB
        if word not in _TIMES and word not in _PEOPLE and word not in _CARRIER and back > 1:
            return None
        if word in {"ان", "بان", "انه", "انها", "مراسله", "مراسلتها"}:
            return None
    return None


def _clause(parsed: Parsed, start: int) -> Sequence[Token]:
    """The words before an offset in its clause; at most a line's worth."""
    text = parsed.text
    low = max(0, start - 110)
    for end in _ENDS.finditer(text, low, start):
        if end[0] != ":" or start - end.end() > 2:
            low = end.end()
    return _words(parsed, low, start)


def _words(parsed: Parsed, low: int, high: int) -> Sequence[Token]:
    return parsed.tokens_in(Span(start=low, end=high))


def _attached(parsed: Parsed, start: int) -> str:
    """The clitics written onto the name: «لأكسيوس», «لـ"أكسيوس"»."""
    text = re.sub(r"[\"«“'(ـ\s]+$", "", parsed.text[max(0, start - 6) : start])
    letters = re.search(r"(?:^|[\s(«\"])([وفبلك]{1,2})$", text)
    return fold(letters[1]) if letters else ""


def _back_over_carriers(before: Sequence[Token], *, to: bool) -> tuple[int, bool]:
    """Before «الموقع الإلكتروني لصحيفة» and the like: how many words are left, and whether ل stood there."""
    place = len(before)
    if to and place and before[place - 1].folded in {"ل", "ول"}:
        place -= 1
    while place:
        word = before[place - 1].folded
        if word in _CARRIER or _nationality(word):
            place -= 1
        elif word[:1] == "ل" and (word[1:] in _CARRIER or "ال" + word[2:] in _CARRIER) and len(word) > 3:
            place, to = place - 1, True
        elif word[:1] in "وفب" and word[1:] in _CARRIER:
            place -= 1
            break
        else:
            break
    return place, to


def _nationality(word: str) -> bool:
    return word.endswith(("يه", "ي")) and word.startswith("ال") and len(word) > 6


def joined(parsed: Parsed, credited: Mention, other: Mention) -> bool:
    """Whether an outlet only adds to one that is credited: «… وشبكة …»."""
    between = parsed.text[credited.end : other.start]
    if len(between) > 60 or re.search(r"[.!؟\n:]", between):
        return False
    words = [t.folded for t in _words(parsed, credited.end, other.start)]
    glue = [word for word in words if word not in _CARRIER and not _nationality(word)]
    bare = [word[1:] if word[:1] == "و" else word for word in glue]
    linked = bool(re.search(r"(?:^|\s|[\"»”)])و|[،,+/]", between))
    return linked and all(word in _ADDED or not word.isalpha() or word.isascii() for word in bare)


def passed_on(parsed: Parsed, near: Mention, far: Mention) -> bool:
    """Whether the first outlet only passes on what the second reported: «نقلت … عن صحيفة …»."""
    words = [t.folded for t in _words(parsed, near.end, far.start)]
    return (
        0 < len(words) <= 6
        and any(word in {"عن", "نقلا", "وفقا", "بحسب"} for word in words)
        and not {"ان", "بان", "مسوول", "مسوولين", "مصدر", "مصادر"} & set(words)
    )


def speaks_next(parsed: Parsed, end: int, verbs: Iterable[str] = VERBS) -> bool:
    """Whether a reporting verb follows the name: «أكسيوس تكشف», «صحيفة … قد ذكرت»."""
    following = [token.folded for token in _words(parsed, end, end + 30)[:3]]
    while following and (
        following[0] in {"قد", "نفسها"} or _nationality(following[0]) or following[0].isascii()
    ):
        following.pop(0)
    return bool(following) and following[0] in verbs
