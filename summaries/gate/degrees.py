"""Degrees: a plan, a threat or a possibility told as done or certain, and words that soften or harden what was said."""

import re
from collections.abc import Iterator

from summaries.gate import polarity
from summaries.gate.actors import places_of
from summaries.gate.blame import both_blame
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair
from summaries.gate.speech import CONDEMNING, strength_of
from summaries.gate.words import keys, root_of
from summaries.reading import Parsed
from summaries.text import fold, forms_of
from summaries.types import Reason

# What is not done yet, or may never be: it governs the words after it.
_UNDONE = forms_of(
    "هدد/يهدد لوح/يلوح توعد/يتوعد اعتزم/يعتزم نوى/ينوي خطط/يخطط اقترح/يقترح طالب/يطالب دعا/يدعو طلب/يطلب "
    "ناشد/يناشد حث/يحث وعد تعهد/يتعهد توقع/يتوقع سعى/يسعى حاول/يحاول أمل/يأمل رجح/يرجح حذر/يحذر خشي/يخشى "
    "اشترط/يشترط أراد/يريد "
    "استعد/يستعد تأهب/يتأهب رغب/يرغب فكر/يفكر أوصى/يوصي تمنى/يتمنى احتمل/يحتمل أوشك/يوشك",
    "تهديد تلويح اعتزام نية خطة مقترح اقتراح مطالبة دعوة طلب وعد تعهد توقع سعي محاولة أمل احتمال إمكان "
    "إمكانية استعداد رغبة عزم تحذير خشية مخاوف مسعى",
    "يدرس تدرس قد ربما يمكن لعل مقرر المقرر مقررا المزمع مزمع المنتظر المرتقب المتوقع يرتقب ينتظر يفترض مستعد "
    "مستعدة سوف",
)
_PLANNED = forms_of(
    "هدد/يهدد لوح/يلوح توعد/يتوعد اعتزم/يعتزم نوى/ينوي خطط/يخطط اقترح/يقترح أراد/يريد استعد/يستعد تأهب/يتأهب "
    "تعهد/يتعهد",
    "تهديد تلويح اعتزام نية اقتراح استعداد عزم",
    "يدرس تدرس",
)
_MAY = forms_of("", "احتمال إمكان إمكانية", "قد ربما يمكن لعل يحتمل محتمل محتملا عسى")
_ANY_DOUBT = _UNDONE | forms_of(
    "رأى/يرى اعتقد/يعتقد ظن/يظن استبعد/يستبعد ألمح/يلمح لمح/يلمح",
    "تقدير اعتقاد",
    "لو إذا ممكن وارد شأن شأنه شأنها خطر عرضة مهدد مهددة وشيك مرشح مرشحة مرجح مرجحة محتملة المحتمل المحتملة "
    "قابل قابلة بوسع بإمكان يستطيع تستطيع متوقع متوقعة المتوقعة قلق تخوف",
)
_SOFT = forms_of(
    "تحفظ/يتحفظ عاتب/يعاتب حبذ/يحبذ شكك/يشكك تردد/يتردد",
    "تحفظ عتاب تشكيك تردد",
    "برفق بلطف بتحفظ متحفظا متحفظة",
)
_HARD = forms_of(
    "جزم/يجزم أقسم/يقسم حسم/يحسم",
    "جزم",
    "قاطع قاطعا القاطع قاطعة القاطعة قطعا قطعيا حتما حتمي حتميا باتا جازما جازمة وتفصيلا",
)
_COMMENT = forms_of("علق/يعلق عقب/يعقب", "تعليق تعقيب", "الرد الإجابة الإدلاء")
_DECLINES = forms_of("رفض/يرفض امتنع/يمتنع أحجم/يحجم تجنب/يتجنب", "رفض امتناع")
_DENIES = forms_of(
    "نفى/ينفي أنكر/ينكر كذب/يكذب دحض/يدحض فند/يفند أكد/يؤكد أقر/يقر اعترف/يعترف", "", "نافيا نافية"
)
_WEAK = re.compile("[اويءهت]")
_NEAR = 2  # the same for an act that is planned
_PERHAPS = frozenset(("قد", "وقد", "فقد"))  # «قد يفعل» may be, «قد فعل» is
_REACH = 3  # words over which what is planned or possible stands after the word that says so


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.degree` where the source plans, threatens or thinks possible what the sentence tells as done or certain,
    where either softens or hardens what the other does not, or where silence is told as a denial.
    """
    claim = pair.claim
    for rule, evidence in (
        (_condemned, Evidence.DIFFERS),
        (_done, Evidence.DIFFERS),
        (_certain, Evidence.DIFFERS),
        (_toned, Evidence.MISSING),
        (_not_silent, Evidence.DIFFERS),
    ):
        for place in rule(pair):
            reason = Reason(code="gate.degree", values={"word": claim.tokens[place].text})
            yield Finding(reason=reason, place=place, evidence=evidence)
            break


def _governed(parsed: Parsed, place: int, by: frozenset[str], reach: int = _REACH) -> bool:
    """Whether one of these words stands shortly before a word, in its clause."""
    for other in range(place - 1, max(0, place - reach) - 1, -1):
        gap = parsed.between(other, other + 1)
        if any(mark in gap for mark in "،؛.:"):
            return False
        folded = parsed.tokens[other].folded
        if folded in by and (folded not in _PERHAPS or parsed.tokens[other + 1].folded.startswith("ي")):
            return True
    return False


def _past(parsed: Parsed, place: int) -> bool:
    """Whether a word is likely a verb of the past at the head of its clause."""
    token = parsed.tokens[place]
    bare = token.folded[1:] if token.folded[0] in "وف" and len(token.folded) > 3 else token.folded
    articled = token.text.startswith(("ال", "وال", "فال"))
    if (
        articled
        or bare.startswith(("ي", "سي", "ست", "لل", "م", "ب"))
        or token.text.endswith(("ة", "اً", "ات"))
    ):
        return False
    if place == 0:
        return True
    gap = parsed.between(place - 1, place)
    return "،" in gap or parsed.tokens[place - 1].folded in _BEFORE_VERB or bare is not token.folded


_BEFORE_VERB = frozenset(
    fold(w) for w in "قد وقد فقد لقد بعدما حين عندما أنها أنه إنه إنها الذي التي فيما بينما كما ثم".split()
)


def _under_study(parsed: Parsed, place: int) -> bool:
    """Whether a word that may be a noun is said to be planned after it: «خفض الضريبة قيد الدرس»."""
    return any(token.folded in _STUDIED for token in parsed.tokens[place + 1 : place + 1 + _FAR])


_FAR = 6
_STUDIED = frozenset(fold(w) for w in "قيد مطروح مطروحا مطروحة وارد واردا رهن مرهون".split())


def _root(folded: str) -> str:
    """The letters of a word that no form changes, for the short ones that have no other key: ألغى، إلغاء."""
    return _WEAK.sub("", folded.removeprefix("و").removeprefix("ب").removeprefix("ل"))


def _done(pair: Pair) -> Iterator[int]:
    """Acts told as done that what is cited only plans, demands or threatens."""
    source = pair.source.parsed
    named = places_of(pair.actors)
    for term in pair.terms:
        if (
            term.place in named
            or not _past(pair.claim, term.place)
            or strength_of(pair.claim, term.place, 0) is not None
        ):
            continue
        if (
            _under_study(pair.claim, term.place)
            or term.token.folded in _UNDONE
            or _governed(pair.claim, term.place, _ANY_DOUBT)
        ):
            continue
        there = pair.cited_forms(term)
        there = there or [
            o for o in pair.aligned[term.place] if _root(o.token.folded) == _root(term.token.folded)
        ]
        if there and all(
            _governed(source, o.place, _PLANNED, _NEAR) and not _past(source, o.place) for o in there
        ):
            yield term.place


def _certain(pair: Pair) -> Iterator[int]:
    """What may be in what is cited, and will be or is in the sentence."""
    tokens, source = pair.claim.tokens, pair.source.parsed
    if any(token.folded in _ANY_DOUBT for token in tokens):
        return
    met = [
        term
        for term in pair.terms
        if (there := pair.cited_forms(term)) and all(_governed(source, o.place, _MAY) for o in there)
    ]
    if len(met) > 1:
        yield met[0].place


def _toned(pair: Pair) -> Iterator[int]:
    """Words that soften or harden without any such word in what is cited."""
    cited = {token.folded for low, high in pair.ranges for token in pair.source.parsed.tokens[low:high]}
    for place, token in enumerate(pair.claim.tokens):
        for words in (_SOFT, _HARD):
            if token.folded not in words or token.folded in cited or not cited.isdisjoint(words):
                continue
            if polarity.negated(pair.claim, place, 0) or both_blame(token.folded, cited):
                continue  # «لم تحسم» hardens nothing
            if root_of(token.folded) not in pair.cited_roots and keys(token.text).isdisjoint(pair.cited_keys):
                yield place


_UNEASE = forms_of(
    "قلق/يقلق أسف/يأسف استغرب/يستغرب تحفظ/يتحفظ امتعض/يمتعض خشي/يخشى",
    "قلق أسف استغراب دهشة استياء امتعاض تحفظ خشية خيبة عتاب تساؤل مخاوف",
)
_CONDEMNS = forms_of(
    "ندد/يندد دان/يدين أدان/يدين استنكر/يستنكر شجب/يشجب رفض/يرفض اتهم/يتهم", "تنديد إدانة استنكار شجب رفض"
)


def _condemned(pair: Pair) -> Iterator[int]:
    """Condemning or refusing, where what is cited speaks of unease alone: «أعرب عن قلقه»."""
    cited = {token.folded for low, high in pair.ranges for token in pair.source.parsed.tokens[low:high]}
    if cited.isdisjoint(_UNEASE) or not cited.isdisjoint(_CONDEMNS | CONDEMNING - _UNEASE):
        return
    uneasy = any(token.folded in _UNEASE for token in pair.claim.tokens)
    for place, token in enumerate(pair.claim.tokens):
        if token.folded in _CONDEMNS and not uneasy and not polarity.negated(pair.claim, place, 0):
            yield place


def _not_silent(pair: Pair) -> Iterator[int]:
    """A denial or assurance by whoever only refuses to comment."""
    denial = next((p for p, token in enumerate(pair.claim.tokens) if token.folded in _DENIES), None)
    if denial is None or any(token.folded in _COMMENT for token in pair.claim.tokens):
        return
    for low, high in pair.ranges:
        tokens = pair.source.parsed.tokens[low:high]
        declines = any(
            one.folded in _DECLINES and any(two.folded in _COMMENT for two in tokens[number + 1 : number + 5])
            for number, one in enumerate(tokens)
        )
        if declines and not any(token.folded in _DENIES for token in tokens):
            yield denial
