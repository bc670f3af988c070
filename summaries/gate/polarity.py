"""Which words of a text are negated."""

from summaries.figures import numbers
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS
from summaries.text import fold, forms_of

_SHARP = frozenset(
    fold(w)
    for w in (
        "لا لم لن ليس ليست ليسوا غير عدم بلا بدون دون لست ولا ولم ولن وليس فلا فلم فلن بعدم لعدم وعدم "
        "ألا بألا وألا لئلا كيلا خلو خلوه خلوها يخلو تخلو انعدام وغير ليسا أليس وليست وبلا وبدون فليس بغير وبغير"
    ).split()
)
_WITH_AN = frozenset(fold(w) for w in ("دون", "بدون", "غير"))
_IDLE = frozenset(
    fold(w)
    for w in (
        "يزال تزال زال زالت يزالون سيما بد شك ريب يقل تقل تقتصر يقتصر فقط يمض تمض تمر يمر يكد محالة تكاد "
        "يكاد يكتف يكتفي غنى يفوت سوى مجرد يتجاوز تتجاوز يستثني"
    ).split()
)
_SAID = frozenset(("يقل", "تقل"))  # «لم يقل إن», and «لا يقل عن»
_MILD_VERBS = (
    "رفض/يرفض نفى/ينفي عارض/يعارض امتنع/يمتنع فشل/يفشل أخفق/يخفق استبعد/يستبعد منع/يمنع حظر/يحظر ألغى/يلغي "
    "عجز/يعجز كذب/يكذب تراجع/يتراجع "
    "تخلى/يتخلى أنكر/ينكر تجنب/يتجنب أوقف/يوقف توقف/يتوقف علق/يعلق حال/يحول غاب/يغيب انعدم/ينعدم "
    "اعترض/يعترض كف/يكف ترك/يترك خلا/يخلو عدل/يعدل "
    "أحجم/يحجم تعذر/يتعذر استحال/يستحيل انتفى/ينتفي أبى/يأبى افتقر/يفتقر فقد/يفقد جمد/يجمد رد/يرد نجا/ينجو "
    "حرم/يحرم ربط/يربط رهن/يرهن اشترط/يشترط شكك/يشكك تعثر/يتعثر قاطع/يقاطع "
    "ندد/يندد قل/يقل جافى/يجافي انتهى/ينتهي عرقل/يعرقل أحبط/يحبط تجاهل/يتجاهل غادر/يغادر ثنى/يثني"
)
_MILD_NOUNS = (
    "رفض نفي معارضة امتناع فشل إخفاق استبعاد منع حظر إلغاء عجز تكذيب تراجع تخل إنكار تجنب وقف إيقاف توقف "
    "تعليق غياب انعدام اعتراض كف ترك خلو عدول انقطاع "
    "إحجام تعذر مستحيل مستحيلة استحالة سلبي سلبية رفضه رفضها رفضهم معارض معارضون رافض رافضا رافضة رافضين "
    "ناف نافيا نافية سوى إلا لولا بعيد بعيدا خال "
    "خاليا خالية نقض الفيتو فيتو ناقص نقص قلة قليل شكوك لولا نادر نادرا مجحف كاذب كاذبة وهمي فاشل فاشلة "
    "ممنوع محظور مجمد معلق لولا مقاطعة حتى تعثر تعثرت دون كلا بدل بدلا"
)
_MILD = forms_of(_MILD_VERBS) | frozenset(
    lead + fold(noun)
    for noun in _MILD_NOUNS.split()
    for lead in ("", "ال", "و", "ب", "ل", "وال", "بال", "لل")
)
REACH = 3


def is_sharp(parsed: Parsed, place: int) -> bool:
    """Whether the word at a place negates the next: «لا», «لم», «غير»; not «لا يزال», «لا سيما», «ما لم»."""
    folded = parsed.tokens[place].folded
    if folded not in _SHARP or parsed.tokens[place].text.endswith("إلا"):
        return False  # «ألا» negates, «إلا» excepts
    following = parsed.tokens[place + 1].folded if place + 1 < len(parsed.tokens) else ""
    before = parsed.tokens[place - 1].folded if place else ""
    if folded == "غير" and following in ("ان", "انه", "انها", "انهم"):
        return before == "من"  # «غير أن» is «but», «من غير أن» is «without»
    after = {token.folded for token in parsed.tokens[place + 2 : place + 6]}
    if folded == "غير" and before == "من" and _counted(parsed, place - 1):
        return False  # «ثلاثة نواب من غير الحزبيين»
    return (
        (following not in _IDLE or (following in _SAID and not after.isdisjoint(COMPLEMENTISERS)))
        and before not in ("ما", "ام", "او")
        and not (folded == "دون" and before == "بهدف")
    )


def _counted(parsed: Parsed, place: int) -> bool:
    """Whether a number stands shortly before a word."""
    return any(
        token.folded[0].isdigit() or numbers(token.text) for token in parsed.tokens[max(0, place - 3) : place]
    )


def nominal(parsed: Parsed, place: int) -> bool:
    """Whether a negator is a noun («عدم تنفيذ»), for which a source has many other ways."""
    return parsed.tokens[place].folded.endswith(("عدم", "دون", "انعدام", "بلا"))


def doubled(parsed: Parsed, place: int) -> bool:
    """Whether another negation stands close: «لا نصر من دون القضاء»."""
    low, high = max(0, place - REACH - 2), min(len(parsed.tokens), place + REACH + 3)
    return any(
        other != place and is_sharp(parsed, other) and not _joined(parsed, place, other)
        for other in range(low, high)
    )


def _joined(parsed: Parsed, one: int, other: int) -> bool:
    """Whether two negations stand in coordinated clauses: «لم تتوقف ولا …»."""
    first, last = min(one, other), max(one, other)
    between = parsed.tokens[first + 1 : last + 1]
    gap = parsed.between(first, last)
    return "،" in gap or any(token.folded[:1] == "و" for token in between)


def mild(parsed: Parsed, low: int, high: int) -> bool:
    """Whether anything between two places denies, refuses, stops or lacks."""
    return any(token.folded in _MILD or token.folded in _SHARP for token in parsed.tokens[max(0, low) : high])


def negated(parsed: Parsed, place: int, low: int) -> bool:
    """Whether a «لا», «لم», «غير» … right before a word negates it; «دون أن» reaches two words farther."""
    if place - 1 >= low and is_sharp(parsed, place - 1):
        return True
    if (
        place - 2 >= low
        and parsed.tokens[place - 2].folded in _WITH_AN | {"من"}
        and is_sharp(parsed, place - 2)
    ):
        return True
    return (
        place - 3 >= low
        and parsed.tokens[place - 3].folded in _WITH_AN
        and parsed.tokens[place - 2].folded == "ان"
    )


def heads(parsed: Parsed, low: int, high: int) -> list[tuple[int, int]]:
    """Each negator between two places with the word it negates."""
    found = []
    for place in range(low, high):
        if is_sharp(parsed, place):
            head = head_of(parsed, place, high)
            if head is not None:
                found.append((place, head))
    return found


def head_of(parsed: Parsed, place: int, high: int) -> int | None:
    """The place of the word that a negator negates; after «لم يكن» the predicate, which ends in «ا»."""
    high = min(high, len(parsed.tokens))
    head = place + 1
    while head < high and parsed.tokens[head].folded in _SKIPPED:
        head += 1
    if head < high and head > place + 1 and parsed.tokens[place + 1].folded in _BEING:
        near = range(head, min(high, head + 5))
        predicate = next((p for p in near if parsed.tokens[p].folded.endswith("ا")), None)
        if predicate is None and parsed.tokens[head].folded.startswith("ال"):  # «لن تكون الحكومة ملزمة»
            predicate = next((p for p in near if not parsed.tokens[p].folded.startswith("ال")), None)
        return head if predicate is None else predicate
    return head if head < high else None


def what_comes(parsed: Parsed, head: int) -> int:
    """What «لم يصدر عنه ما يؤكد» negates: the word after «ما»; the head itself where it is no such verb."""
    if not is_light(parsed, head):
        return head
    last = min(len(parsed.tokens) - 1, head + _FAR)
    return next((p + 1 for p in range(head + 1, last) if parsed.tokens[p].folded == "ما"), head)


def is_light(parsed: Parsed, place: int) -> bool:
    """Whether a verb says only that something is or comes: in «لم يصدر تعليق» it is the comment that is denied."""
    return parsed.tokens[place].folded in _COMING


def what_is_lacking(parsed: Parsed, head: int) -> range:
    """The places after a verb such as «لم يصدر» among which the thing stands that is not there."""
    return range(head + 1, min(len(parsed.tokens), head + _FAR))


_COMING = frozenset(
    fold(prefix + stem)
    for prefix in "يت"
    for stem in "صدر رد ظهر بدر وجد أت برز توافر توفر تخذ تم جر جري حصل حدث قع".split()
)
_FAR = 6  # words after «لم يصدر» among which «ما» stands
_BEING = frozenset(fold(w) for w in ("يكن", "تكن", "يكون", "تكون", "يعد", "تعد", "كان"))
_SKIPPED = frozenset(
    fold(w)
    for w in (
        "أن",
        "أي",
        "يكن",
        "تكن",
        "يكون",
        "تكون",
        "من",
        "هناك",
        "ثمة",
        "كان",
        "يعد",
        "تعد",
        "يعودوا",
        "أية",
    )
)
