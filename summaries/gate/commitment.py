"""Commitment: how far an act has come, and of how many something holds, in the sentence and in what is cited.

What is thought possible, studied, demanded or planned is not yet decided, and what is decided is not yet done; what
holds of most does not hold of all. The words that say so are closed classes; each governs what follows in its clause.
"""

import re
from collections.abc import Iterator
from enum import IntEnum

from summaries.gate import polarity
from summaries.gate.actors import places_of
from summaries.gate.finding import Evidence, Finding
from summaries.gate.pair import Pair, Term, clause_of
from summaries.gate.speech import strength_of
from summaries.gate.words import little
from summaries.reading import Parsed
from summaries.statements.verbs import COMPLEMENTISERS, verb_of
from summaries.text import fold, forms_of
from summaries.types import Reason


class Stage(IntEnum):
    """How far an act has come."""

    POSSIBLE = 0
    STUDIED = 1
    ASKED = 2
    PLANNED = 3
    AHEAD = 4  # it will be: «سيفعل», «يفعل»
    DECIDED = 5
    BEGUN = 6
    DONE = 7
    ENDED = 8


_POSSIBLE = forms_of(
    "احتمل/يحتمل أمكن/يمكن جاز/يجوز رجح/يرجح توقع/يتوقع اعتقد/يعتقد ظن/يظن اشتبه/يشتبه شك/يشك خمن/يخمن "
    "مال/يميل اتجه/يتجه",
    "احتمال إمكان إمكانية ترجيح توقع اعتقاد اشتباه شبهة ميل",
    "ربما لعل عسى يحتمل محتمل محتملا محتملة المحتمل ممكن ممكنا الممكن وارد واردا الوارد بإمكان بوسع",
)
_PERHAPS = frozenset(("قد", "وقد", "فقد"))
_STUDIED = forms_of(
    "درس/يدرس تدارس/يتدارس بحث/يبحث ناقش/يناقش فكر/يفكر نظر/ينظر تداول/يتداول قيم/يقيم استكشف/يستكشف",
    "دراسة مناقشة تدارس تفكير",
    "قيد مطروح مطروحا مطروحة",
)
_ASKED = forms_of(
    "طالب/يطالب دعا/يدعو طلب/يطلب اقترح/يقترح أوصى/يوصي نصح/ينصح حث/يحث ناشد/يناشد حض/يحض عرض/يعرض اشترط/يشترط "
    "التمس/يلتمس استجدى/يستجدي تمنى/يتمنى أمل/يأمل",
    "مطالبة دعوة اقتراح مقترح توصية مناشدة عرض طلب مطلب",
)
_PLANNED = forms_of(
    "اعتزم/يعتزم نوى/ينوي خطط/يخطط استعد/يستعد تأهب/يتأهب هدد/يهدد لوح/يلوح توعد/يتوعد تعهد/يتعهد سعى/يسعى حاول/يحاول "
    "أراد/يريد رغب/يرغب طمح/يطمح عزم/يعزم أوشك/يوشك هم/يهم ود/يود أنذر/ينذر رمى/يرمي هدف/يهدف",
    "اعتزام نية خطة تهديد تلويح استعداد عزم تعهد محاولة سعي مسعى مساع رغبة توعد",
    "المقرر مقررا مقرر المزمع مزمع المنتظر المرتقب مرتقب المفترض بصدد",
) - {fold("هم"), fold("وهم")}
_AHEAD = frozenset(fold(w) for w in "سوف وسوف فسوف".split())
_INTENDED = forms_of(
    "اعتزم/يعتزم نوى/ينوي خطط/يخطط عزم/يعزم تعهد/يتعهد",
    "اعتزام نية خطة عزم تعهد",
    "المقرر مقررا مقرر المزمع مزمع",
)
_DECIDED = forms_of("قرر/يقرر حسم/يحسم صادق/يصادق أقر/يقر أمر/يأمر فرض/يفرض ألزم/يلزم أوعز/يوعز") - forms_of(
    "", "أمر"
)
_ADMITTING = forms_of("أقر/يقر")
_BEGUN = forms_of("بدأ/يبدأ باشر/يباشر شرع/يشرع استهل/يستهل")
_DONE = forms_of("نجح/ينجح تمكن/يتمكن أفلح/يفلح نفذ/ينفذ أنجز/ينجز أتم/يتم")
_ENDED = (
    forms_of("أنهى/ينهي أكمل/يكمل استكمل/يستكمل أتم/يتم فرغ/يفرغ اختتم/يختتم") - COMPLEMENTISERS
)  # «أنها» is no «أنهى»
_STAGES = (
    (_POSSIBLE, Stage.POSSIBLE), (_STUDIED, Stage.STUDIED), (_ASKED, Stage.ASKED), (_PLANNED, Stage.PLANNED),
    (_AHEAD, Stage.AHEAD), (_DECIDED, Stage.DECIDED), (_BEGUN, Stage.BEGUN), (_ENDED, Stage.ENDED),
    (_DONE, Stage.DONE),
)  # fmt: skip
_DOUBTS = (
    _POSSIBLE
    | _STUDIED
    | _ASKED
    | _PLANNED
    | _PERHAPS
    | forms_of(
        "رأى/يرى اعتقد/يعتقد ظن/يظن رجح/يرجح توقع/يتوقع قدر/يقدر استبعد/يستبعد ألمح/يلمح لمح/يلمح خشي/يخشى حذر/يحذر "
        "شكك/يشكك "
        "وعد خاف/يخاف تخوف/يتخوف نبه/ينبه وافق/يوافق قبل/يقبل قابل",
        "تقدير اعتقاد توقع ترجيح خشية مخاوف تحذير خطر شأن موافقة",
        "إن إذا لو مرشح مرشحة مرجح مرجحة متوقع متوقعة وشيك وشيكا عرضة مهدد مهددة قابل قابلة كي حتى",
    )
)
_ENDS = frozenset(
    fold(w)
    for w in "لأن لأنه لأنها بعد قبل منذ حين عندما فيما بينما حيث إذ رغم بسبب لكن كما بعدما إثر عقب خلال".split()
)
_RELATIVE = frozenset(fold(w) for w in "الذي التي الذين اللذان اللذين اللتان اللتين".split())
_LEFT_OPEN = frozenset(
    fold(w) for w in "قيد مطروح مطروحا مطروحة وارد واردا وارده".split()
)  # «خفضها قيد الدرس»
_SHORT = 3  # letters of a verb
_REACH = 4  # words that say something, between the word that says how far an act has come and the act


def check(pair: Pair) -> Iterator[Finding]:
    """`gate.degree` for an act that is farther in the sentence than anywhere in what is cited, and for a word that
    speaks of more or fewer of the same.
    """
    for rule in (_farther, _of_more, _of_too_many):
        for place in rule(pair):
            reason = Reason(code="gate.degree", values={"word": pair.claim.tokens[place].text})
            yield Finding(reason=reason, place=place, evidence=Evidence.EXCHANGED)
            break


def _farther(pair: Pair) -> Iterator[int]:
    source, named = pair.source.parsed, places_of(pair.actors)
    theirs = places_of(pair.cited_actors)
    for term in pair.terms:
        if term.place in named or strength_of(pair.claim, term.place, 0) is not None:
            continue
        there = pair.cited_forms(term) or _hollow(pair, term)
        if not there or any(o.place in theirs or strength_of(source, o.place, 0) is not None for o in there):
            continue
        if all(_perfect_of(term.token.folded, o.token.folded) and _ahead(source, o.place) for o in there):
            if not _doubted(pair, term, Stage.DONE) and not _in_doubt(pair.claim, term.place):
                yield term.place
            continue
        mine = stage_of(pair.claim, term.place)
        if (
            mine is None
            or mine < Stage.PLANNED
            or (mine is Stage.PLANNED and not _intended(pair.claim, term.place))
        ):
            continue
        stages = [stage_of(source, other.place) for other in there]
        known = [stage for stage in stages if stage is not None]
        if len(known) == len(stages) and _too_far(mine, max(known)) and not _doubted(pair, term, mine):
            yield term.place


_PERSONS = "يتن"
_WEAK = re.compile("[اويءهت]")


def _hollow(pair: Pair, term: Term) -> list[Term]:
    """The cited words like one of the sentence's that have its strong letters: «باعت», «بيع»."""
    own = _WEAK.sub("", term.token.folded.removeprefix("و"))
    return [o for o in pair.aligned[term.place] if len(own) > 1 and own == _WEAK.sub("", o.token.folded)]


def _perfect_of(mine: str, theirs: str) -> bool:
    """Whether a word is a verb of the past and another its present or future, by what their forms differ in:
    «توجه», «سيتوجه»; «وصلت», «تصل».
    """
    theirs = theirs.removeprefix("و").removeprefix("ف").removeprefix("س")
    if len(theirs) < _SHORT or theirs[0] not in _PERSONS:
        return False
    bare = mine.removeprefix("و") if len(mine) > _SHORT + 1 else mine
    stem = theirs[1:]
    if bare[0] in _PERSONS and bare[1:] == stem:
        return False  # both are of the present
    return bare.removesuffix("ت").removesuffix("وا") in (stem, "ا" + stem) or (
        bare[0] not in _PERSONS and _WEAK.sub("", bare) == _WEAK.sub("", stem)
    )


def _ahead(parsed: Parsed, place: int) -> bool:
    """Whether a verb of the present is told as what may be, is meant or will be."""
    stage = stage_of(parsed, place)
    return _future(parsed.tokens[place].folded) or (stage is not None and stage < Stage.AHEAD)


def _in_doubt(parsed: Parsed, place: int) -> bool:
    """Whether a word of doubt or a condition governs a word in its clause."""
    stage = stage_of(parsed, place)
    return (stage is not None and stage < Stage.AHEAD) or polarity.negated(parsed, place, 0)


def _too_far(mine: Stage, theirs: Stage) -> bool:
    """Whether what the sentence tells goes beyond the cited stage: a plan may be told as what will be."""
    if mine is Stage.ENDED:
        return theirs <= Stage.BEGUN
    if mine in (Stage.DONE, Stage.BEGUN):
        return theirs < Stage.AHEAD
    if mine is Stage.PLANNED:
        return theirs <= Stage.STUDIED
    return theirs <= Stage.ASKED


def _intended(parsed: Parsed, place: int) -> bool:
    """Whether an act is said to be meant, and not only threatened, tried or wished."""
    return any(token.folded in _INTENDED for token in parsed.tokens[max(0, place - 2 * _REACH) : place])


def _doubted(pair: Pair, term: Term, mine: Stage) -> bool:
    """Whether the sentence has a word of doubt of its own shortly before the act: for it there are many words."""
    cited = {token.folded for low, high in pair.ranges for token in pair.source.parsed.tokens[low:high]}
    doubts = _DOUBTS - cited - (_INTENDED if mine is Stage.PLANNED else frozenset())
    return any(
        token.folded in doubts for token in pair.claim.tokens[max(0, term.place - 2 * _REACH) : term.place]
    )


def stage_of(parsed: Parsed, place: int) -> Stage | None:
    """How far an act at a place has come, where a word or its form says so."""
    token = parsed.tokens[place]
    if _future(token.folded):
        return Stage.AHEAD
    if any(other.folded in _LEFT_OPEN for other in parsed.tokens[place + 1 : place + 1 + _REACH + 1]):
        return Stage.STUDIED
    if place and parsed.tokens[place - 1].folded in _PERHAPS and token.folded[0] in "يتن":
        return Stage.POSSIBLE if imperfect(parsed, place) else None
    passed = 0
    for other in range(place - 1, -1, -1):
        if any(mark in parsed.between(other, other + 1) for mark in "،؛.:"):
            break
        folded = parsed.tokens[other].folded
        if folded in _ENDS or folded in _RELATIVE:
            break  # «طلبات تقدم بها», and «الطلبات التي قُدمت»: what governs the noun does not govern its clause
        if polarity.is_sharp(parsed, other):
            return None
        if folded in _PERHAPS and other + 1 < place and imperfect(parsed, other + 1):
            return Stage.POSSIBLE
        found = next((stage for words, stage in _STAGES if folded in words), None)
        told = parsed.tokens[other + 1 : place + 1]
        if folded in _ADMITTING and any(word.folded[0] == "ب" for word in told):
            found = None  # who «أقر بإطلاق» admits that it was done
        if found is not None:
            return None if polarity.negated(parsed, other, 0) else found
        if _future(folded):
            return Stage.AHEAD if folded.endswith(("يكون", "تكون")) else None
        if not little(folded):
            passed += 1
            if passed >= _REACH or verb_of(folded) is not None:
                break
    if past(parsed, place):
        return Stage.DONE
    return Stage.AHEAD if place == 0 and token.folded[0] in "يت" and not token.text.endswith("ة") else None


def _future(folded: str) -> bool:
    return folded.removeprefix("و").removeprefix("ف").startswith(("سي", "ست", "سن")) and len(folded) > 5


def imperfect(parsed: Parsed, place: int) -> bool:
    """Whether the word after «قد» is what may be («قد يقبل») and not what was («قد تقدم»)."""
    folded = parsed.tokens[place].folded
    if folded[0] == "ي":
        return True
    if folded[0] != "ت" or folded.endswith(("ت", "وا")):
        return False
    fifth = len(folded) == len("تقدم") or (len(folded) == len("تقادم") and folded[2] == "ا")
    beside = (parsed.tokens[place - 2] if place > 1 else None, *parsed.tokens[place + 1 : place + 2])
    return not fifth or any(token is not None and token.folded.endswith(("ه", "ات")) for token in beside)


def past(parsed: Parsed, place: int) -> bool:
    """Whether a word is likely a verb of the past: at the head of its clause, and of no other form."""
    token = parsed.tokens[place]
    bare = token.folded[1:] if token.folded[0] in "وف" and len(token.folded) > 4 else token.folded
    if token.text.startswith(("ال", "وال", "فال", "لل")) or bare.startswith("ي"):
        return False
    if bare.startswith(("م", "ب", "ل", "ك")) and not token.text.endswith("ت"):
        return False
    if token.text.endswith(("ة", "اً", "ات", "ين", "ون", "ء", "ية")) or (
        bare.startswith("ت") and not bare.endswith("ت")
    ):
        return False
    if place == 0 or bare is not token.folded:
        return True
    return "،" in parsed.between(place - 1, place) or parsed.tokens[place - 1].folded in _BEFORE


_BEFORE = frozenset(
    fold(w)
    for w in (
        "قد وقد فقد لقد بعدما حين عندما أنها أنه إنه إنها الذي التي الذين فيما بينما كما ثم حيث لكن بعد أن إن"
    ).split()
)

_ALL, _MOST, _SOME, _FEW = range(4)
_AMOUNTS = {
    fold(lead + word): rank
    for words, rank in (
        ("كل جميع كافة سائر عموم كامل", _ALL), ("معظم أغلب غالبية أغلبية أكثرية جل", _MOST),
        ("بعض عدد عددا قسم قسما جزء جزءا شطر شطرا", _SOME), ("قلة أقلية ندرة", _FEW),
    )
    for word in words.split()
    for lead in ("", "و", "ف", "ب", "ل", "من")
}  # fmt: skip
_FOLLOWING = {
    fold(word): rank
    for words, rank in (
        ("كلهم كلها كله جميعا جميعهم جميعها كافة قاطبة برمته برمتها بأسره بأسرها", _ALL),
        ("بعضهم بعضها", _SOME),
    )
    for word in words.split()
}


def _of_more(pair: Pair) -> Iterator[int]:
    """Words before which the sentence has «all» and what is cited «most», and the like."""
    source = pair.source.parsed
    for term in pair.terms:
        mine = amount_of(pair.claim, term.place)
        there = (
            [amount_of(source, other.place) for other in pair.cited_forms(term)] if mine is not None else []
        )
        if there and all(rank is not None and rank != mine for rank in there):
            yield term.place


def _of_too_many(pair: Pair) -> Iterator[int]:
    """Words before which the sentence has «all», where what is cited has but «some» of the like, or where the same is
    done to some: «أوقفت بعض المحتجين», «أوقفت كل المشاركين».
    """
    source = pair.source.parsed
    theirs = [
        (term, rank) for term in pair.cited_terms if (rank := amount_of(source, term.place)) is not None
    ]
    for term in pair.terms:
        mine = amount_of(pair.claim, term.place)
        if mine is None or mine == _SOME or any(rank <= mine for _, rank in theirs):
            continue
        like = {other.place for other in pair.aligned[term.place]}
        if any(o.place in like or (not like and _same_act(pair, term, o)) for o, _ in theirs):
            yield term.place


_ADJECTIVES = 2  # between a noun and the word after it that says of how many
_ACT = 3  # words from what is counted to what is done to it


def _same_act(pair: Pair, term: Term, other: Term) -> bool:
    """Whether a word shortly before the one has a like shortly before the other, in the clauses of both."""
    first, _ = clause_of(pair.claim, term.place, 0, len(pair.claim.tokens))
    start, _ = clause_of(pair.source.parsed, other.place, *pair.range_at(other.place))
    near = range(max(first, term.place - 1 - _ACT), term.place)
    there = range(max(start, other.place - 1 - _ACT), other.place)
    verbs = [t for t in pair.terms if t.place in near and t.place not in places_of(pair.actors)]
    return any(o.place in there for t in verbs for o in pair.aligned[t.place])


def amount_of(parsed: Parsed, place: int) -> int | None:
    """Of how many something is told: the rank of a word such as «معظم» before it or «كافة» after it."""
    for other in range(place - 1, max(-1, place - 3), -1):
        if parsed.between(other, other + 1).strip():
            break
        folded = parsed.tokens[other].folded
        if folded in _AMOUNTS:
            return None if polarity.negated(parsed, other, 0) else _AMOUNTS[folded]
        if folded != "من":
            break
    for other in range(place + 1, min(len(parsed.tokens), place + 2 + _ADJECTIVES)):
        if parsed.between(other - 1, other).strip():
            break
        folded = parsed.tokens[other].folded
        if folded in _FOLLOWING:
            return _FOLLOWING[folded]
        if not folded.startswith("ال"):
            break  # «الدول المانحة كافة»
    return None
